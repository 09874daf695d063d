#include "attack/wording.h"

#include "attack/origin.h"

#include <stdlib.h>

/* More lines than these are counted, not named. */
enum { ROWS_MOST = 12 };

/* Texts -------------------------------------------------------------------------------------- */

static const char *finish(const struct ddg_wording *w)
{
    return w->text.context->error ? NULL : ddg_prose_string(&w->text);
}

enum ddg_error ddg_wording_start(struct ddg_wording *w, const struct ddg_publication *p,
                                 struct ddg_context *context)
{
    const struct ddg_problem *problem = &p->problem;
    enum ddg_error error;

    *w = (struct ddg_wording){.publication = p, .text = {.context = context}};
    if ((error = ddg_allocate(&w->slot, problem->unknowns, sizeof *w->slot, context)))
        return error;
    for (uint32_t slot = 0; slot < p->slots; slot++)
        if (p->same[slot] == slot && p->unknown[slot] != DDG_NO_UNKNOWN)
            w->slot[p->unknown[slot]] = slot;
    for (uint32_t row = 0; !w->overlapping && row < problem->rows; row++)
        w->overlapping = problem->sense[row] == DDG_SUPPOSED;
    for (uint32_t i = 0; !w->totals && i < problem->unknowns; i++)
        w->totals = problem->supposed[i];
    return DDG_OK;
}

void ddg_wording_free(struct ddg_wording *w)
{
    free(w->slot);
    ddg_prose_free(&w->text);
    *w = (struct ddg_wording){0};
}

/* Lines -------------------------------------------------------------------------------------- */

/* What is shown of a line, and whether the cell in question is all that is not. */
struct sight {
    uint32_t parts, known_parts, rounded_parts; /* that is shown, but as a range */
    bool total_known, total_rounded;
    bool is_total; /* the cell is the total */
    bool alone;    /* the cell is the only number that is not known */
    int64_t total, sum;
};

static struct sight look(const struct ddg_publication *p, const struct ddg_origin *origin,
                         uint32_t slot)
{
    const struct ddg_model *m = &p->release[origin->release].model;
    size_t first = m->line_start[origin->place];
    uint32_t own = ddg_slot_first(p, slot);
    struct sight sight = {.alone = true};

    for (size_t i = first; i < m->line_start[origin->place + 1]; i++) {
        uint32_t here = ddg_slot(p, origin->release, origin->measure, m->line_cell[i]);
        uint32_t at = ddg_slot_first(p, here);
        bool known = p->low[at] == p->high[at];
        bool rounded = !known && p->seen[here] == DDG_SEEN_SHOWN;

        sight.alone = sight.alone && (known || at == own);
        if (i == first) {
            sight.is_total = at == own;
            sight.total_known = known;
            sight.total_rounded = rounded;
            sight.total = p->low[at];
        } else {
            sight.parts++;
            sight.known_parts += known;
            sight.rounded_parts += rounded;
            sight.sum += known ? p->low[at] : 0;
        }
    }
    return sight;
}

/* Takes note of the table in which a cell stands. */
static void set_own(struct ddg_wording *w, uint32_t slot)
{
    struct ddg_slot_place place = ddg_slot_at(w->publication, slot);

    w->own = place.cell < w->publication->release[place.release].model.printed ? place.release
                                                                               : UINT32_MAX;
}

/* "county=Total, sex=F (parts by county)", with its table, where it is not the cell's, and its
 * measure, where there are several. */
static void add_line(struct ddg_wording *w, const struct ddg_origin *origin)
{
    const struct ddg_publication *p = w->publication;
    const struct ddg_release *r = &p->release[origin->release];
    struct ddg_prose *text = &w->text;
    char room[512];

    if (p->releases > 1 && origin->release != w->own)
        ddg_prose_print(text, "%s: ", r->table->file);
    if (r->table->measures > 1)
        ddg_prose_print(text, "%s: ", r->table->name[r->table->measure[origin->measure].count].at);
    ddg_model_describe_line(&r->model, origin->place, room, sizeof room);
    ddg_prose_say(text, room);
}

static const char *parts_of(uint32_t count)
{
    return count == 1 ? "part" : "parts";
}

/* What a line with nothing hidden but the cell gives away. */
static void add_difference(struct ddg_prose *text, const struct sight *sight, bool values)
{
    unsigned known = sight->known_parts;

    if (sight->is_total && values)
        ddg_prose_print(text, ": %lld, the sum of the %u shown %s", (long long)sight->sum, known,
                        parts_of(known));
    else if (sight->is_total)
        ddg_prose_print(text, ": the sum of the %u shown %s", known, parts_of(known));
    else if (known == 0 && values)
        ddg_prose_print(text, ": %lld, and no other part", (long long)sight->total);
    else if (known == 0)
        ddg_prose_say(text, ": the total, and no other part");
    else if (values)
        ddg_prose_print(text, ": %lld minus %lld in the %u shown %s", (long long)sight->total,
                        (long long)sight->sum, known, parts_of(known));
    else
        ddg_prose_print(text, ": the total minus the %u shown %s", known, parts_of(known));
}

/* What a line among others contributes. */
static void add_share(struct ddg_prose *text, const struct sight *sight, bool values)
{
    uint32_t shown = sight->known_parts + sight->rounded_parts;

    if (sight->total_rounded)
        ddg_prose_print(text, ": the total and %u of %u parts are shown, rounded", shown,
                        sight->parts);
    else if (sight->rounded_parts > 0)
        ddg_prose_print(text, ": %u of %u parts are shown, rounded, the total is not", shown,
                        sight->parts);
    else if (shown == 0 && !sight->total_known)
        ddg_prose_print(text, ": neither the total nor any of its %u parts is shown", sight->parts);
    else if (shown == 0 && values)
        ddg_prose_print(text, ": %lld in %u parts, none of which is shown", (long long)sight->total,
                        sight->parts);
    else if (shown == 0)
        ddg_prose_print(text, ": the total is shown, and none of its %u parts", sight->parts);
    else if (values && sight->total_known)
        ddg_prose_print(text, ": %lld minus %lld in %u of %u parts", (long long)sight->total,
                        (long long)sight->sum, sight->known_parts, sight->parts);
    else if (values)
        ddg_prose_print(text, ": the total is not shown, %u of %u parts are %lld",
                        sight->known_parts, sight->parts, (long long)sight->sum);
    else if (sight->total_known)
        ddg_prose_print(text, ": the total and %u of %u parts are shown", sight->known_parts,
                        sight->parts);
    else
        ddg_prose_print(text, ": %u of %u parts are shown, the total is not", sight->known_parts,
                        sight->parts);
}

/* A count that is a sum over a table that is not printed. */
static void add_margin(struct ddg_wording *w, const struct ddg_origin *origin, bool values)
{
    const struct ddg_publication *p = w->publication;
    uint32_t first = ddg_slot_first(p, origin->detail);
    char room[512];

    ddg_slot_describe(p, origin->detail, room, sizeof room);
    ddg_prose_say(&w->text, room);
    if (p->low[first] != p->high[first])
        ddg_prose_say(&w->text, p->seen[origin->detail] == DDG_SEEN_NOT     ? " (not printed)"
                                : p->seen[origin->detail] == DDG_SEEN_SHOWN ? " (rounded)"
                                                                            : " (hidden)");
    else if (values)
        ddg_prose_print(&w->text, " (%lld)", (long long)p->low[first]);
}

static void add_origin(struct ddg_wording *w, const struct ddg_origin *origin, uint32_t slot,
                       bool values)
{
    const struct ddg_publication *p = w->publication;
    struct ddg_prose *text = &w->text;
    struct sight sight;
    char room[512];

    switch ((enum ddg_origin_kind)origin->kind) {
    case DDG_ORIGIN_EQUATION:
        ddg_origin_add_equation(text, p, origin);
        return;
    case DDG_ORIGIN_PREVIOUS:
        ddg_slot_describe(p, origin->place, room, sizeof room);
        ddg_prose_print(text, "%s: no more than in the later release", room);
        return;
    case DDG_ORIGIN_EVENTS:
        ddg_slot_describe(p, origin->place, room, sizeof room);
        ddg_prose_print(text, "%s: no more persons than events", room);
        return;
    case DDG_ORIGIN_PART:
        add_line(w, origin);
        ddg_prose_say(text, ": no part is more than the total");
        return;
    case DDG_ORIGIN_CROSSING:
        add_margin(w, origin, values);
        return;
    default:
        add_line(w, origin);
        sight = look(p, origin, slot);
        if (ddg_model_may_overlap(&p->release[origin->release].model, origin->measure,
                                  origin->place))
            ddg_prose_say(text, ": the total is at most the sum of its parts");
        else if (sight.alone)
            add_difference(text, &sight, values);
        else
            add_share(text, &sight, values);
    }
}

/* Ranges ------------------------------------------------------------------------------------- */

/* What was known of hidden counts beside the lines; every fact once. */
static void add_sources(struct ddg_wording *w, unsigned sources, bool plain)
{
    struct ddg_prose *text = &w->text;
    unsigned long long threshold = w->publication->release[0].description->threshold;
    const struct {
        unsigned bit;
        const char *text;
    } facts[] = {
        {DDG_SOURCE_ZEROS, "a hidden count is 1 or more"},
        {DDG_SOURCE_TEXT, "the texts that stand for counts mean ranges"},
        {DDG_SOURCE_ROUNDED, "shown counts are rounded"},
        {DDG_SOURCE_RATE, "rates are printed beside their populations"},
        {DDG_SOURCE_SHARE, "percentages of their totals are printed"},
        {DDG_SOURCE_EVENTS, "persons have events, and events are of persons"},
    };

    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
        if (sources & facts[i].bit)
            ddg_prose_print(text, "%s%s", text->used ? "; " : "", facts[i].text);
    if (sources & DDG_SOURCE_SMALL)
        ddg_prose_print(text, "%scode 1 means 1 to %llu", text->used ? "; " : "", threshold - 1);
    if (sources & DDG_SOURCE_LARGE)
        ddg_prose_print(text, "%scode 2 means %llu or more", text->used ? "; " : "", threshold);
    if (plain && sources == 0)
        ddg_prose_print(text, "%sno count is negative", text->used ? "; " : "");
}

/* What a table that is not printed has to do with the counts that are named next. */
static void begin_margins(struct ddg_wording *w, uint32_t cube)
{
    ddg_prose_print(&w->text,
                    "%seach of these is a sum of counts by %s, which are not printed and cannot be "
                    "negative: ",
                    w->text.used ? "; " : "", w->publication->crossing.cube[cube].name);
}

const char *ddg_wording_reasons(struct ddg_wording *w, const struct ddg_reasons *reasons,
                                uint32_t slot, bool values)
{
    const struct ddg_publication *p = w->publication;
    struct ddg_prose *text = &w->text;
    size_t named = reasons->rows < ROWS_MOST ? reasons->rows : ROWS_MOST;
    uint32_t cube = UINT32_MAX;
    unsigned sources = 0;
    bool plain = false;

    text->used = 0;
    set_own(w, slot);
    /* crossing cells come last in the problem, and so do their rows */
    for (size_t i = 0; i < named; i++) {
        const struct ddg_origin *origin = &p->origin[p->problem.origin[reasons->row[i]]];

        if (origin->kind == DDG_ORIGIN_CROSSING && origin->place != cube)
            begin_margins(w, cube = origin->place);
        else if (i > 0)
            ddg_prose_say(text, "; ");
        add_origin(w, origin, slot, values);
    }
    if (named < reasons->rows)
        ddg_prose_print(text, "; and %zu more lines", reasons->rows - named);
    for (size_t i = 0; i < reasons->unknowns; i++) {
        if (reasons->unknown[i] >= p->first_crossing)
            continue;
        sources |= p->source[w->slot[reasons->unknown[i]]];
        plain = true;
    }
    if (plain)
        add_sources(w, sources, cube == UINT32_MAX);
    if (reasons->whole)
        ddg_prose_print(text, "%scounts are whole", text->used ? "; " : "");
    return finish(w);
}

const char *ddg_wording_unexplained(struct ddg_wording *w, const struct ddg_answer *answer)
{
    w->text.used = 0;
    ddg_prose_say(&w->text, answer->method == DDG_METHOD_SYSTEM ? "all lines together"
                                                                : "all lines and ranges together");
    return finish(w);
}

const char *ddg_wording_known(struct ddg_wording *w, uint32_t slot)
{
    const struct ddg_publication *p = w->publication;
    uint32_t first = ddg_slot_first(p, slot), giver = p->giver[first];
    struct ddg_prose *text = &w->text;
    char room[512];

    text->used = 0;
    if (giver != DDG_NO_SLOT && p->seen[giver] == DDG_SEEN_SHOWN) {
        ddg_slot_describe(p, giver, room, sizeof room);
        ddg_prose_print(text, "shown in %s", room);
    } else if (giver != DDG_NO_SLOT) {
        add_sources(w, p->source[giver], true);
    } else {
        ddg_prose_say(text, "the same number stands in other tables, or is added up there");
    }
    return finish(w);
}

/* Conditions --------------------------------------------------------------------------------- */

/* Puts into *row a row in which the cell is the only number that is neither known nor supposed to
 * be; *totals is true when one is supposed. */
static bool find_single_row(const struct ddg_publication *p, uint32_t unknown, uint32_t *row,
                            bool *totals)
{
    const struct ddg_problem *problem = &p->problem;

    for (size_t i = problem->unknown_start[unknown]; i < problem->unknown_start[unknown + 1]; i++) {
        bool single = true;
        unsigned kind;

        *row = problem->unknown_row[i];
        *totals = false;
        kind = p->origin[problem->origin[*row]].kind;
        if (problem->sense[*row] == DDG_AT_MOST || kind == DDG_ORIGIN_EQUATION ||
            kind == DDG_ORIGIN_CROSSING)
            continue;
        for (size_t t = problem->row_start[*row]; t < problem->row_start[*row + 1]; t++) {
            uint32_t other = problem->row_unknown[t];

            single = single && (other == unknown || problem->supposed[other]);
            *totals = *totals || (other != unknown && problem->supposed[other]);
        }
        if (single)
            return true;
    }
    return false;
}

const char *ddg_wording_determined(struct ddg_wording *w, uint32_t slot)
{
    const struct ddg_publication *p = w->publication;
    uint32_t unknown = p->unknown[ddg_slot_first(p, slot)], row;
    bool twice = w->overlapping, totals = w->totals;
    struct ddg_prose *text = &w->text;

    text->used = 0;
    set_own(w, slot);
    if (find_single_row(p, unknown, &row, &totals)) {
        const struct ddg_origin *origin = &p->origin[p->problem.origin[row]];

        twice = p->problem.sense[row] == DDG_SUPPOSED;
        add_line(w, origin);
        ddg_prose_say(text, look(p, origin, slot).is_total ? ": the sum of the parts"
                                                           : ": the total minus the other parts");
    } else {
        totals = w->totals;
        ddg_prose_say(text, "all lines together");
    }
    if (twice)
        ddg_prose_say(text, ", if nobody counts twice");
    if (totals)
        ddg_prose_print(text, "%s totals that are not printed are known", twice ? " and" : ", if");
    return finish(w);
}
