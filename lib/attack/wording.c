#include "attack/wording.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

/* More lines than these are counted, not named. */
enum { ROWS_MOST = 12 };

/* Texts -------------------------------------------------------------------------------------- */

static void add(struct ddg_wording *w, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Adds to the text at hand; after a failure it stays as it is, and the context says so. */
static void add(struct ddg_wording *w, const char *format, ...)
{
    va_list arguments;
    int length;

    va_start(arguments, format);
    length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length < 0 || w->context->error ||
        ddg_grow(&w->text, &w->room, w->used + (size_t)length + 1, 1, w->context))
        return;
    va_start(arguments, format);
    vsnprintf(w->text + w->used, w->room - w->used, format, arguments);
    va_end(arguments);
    w->used += (size_t)length;
}

static const char *finish(const struct ddg_wording *w)
{
    return w->context->error ? NULL : w->text;
}

enum ddg_error ddg_wording_start(struct ddg_wording *w, const struct ddg_publication *p,
                                 struct ddg_context *context)
{
    const struct ddg_problem *problem = &p->problem;
    enum ddg_error error;

    *w = (struct ddg_wording){.publication = p, .context = context};
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
    free(w->text);
    *w = (struct ddg_wording){0};
}

/* Lines -------------------------------------------------------------------------------------- */

/* What is shown of a line, and whether the cell in question is all that is not. */
struct sight {
    uint32_t parts, known_parts;
    bool total_known;
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
        uint32_t at =
            ddg_slot_first(p, ddg_slot(p, origin->release, origin->measure, m->line_cell[i]));
        bool known = p->low[at] == p->high[at];

        sight.alone = sight.alone && (known || at == own);
        if (i == first) {
            sight.is_total = at == own;
            sight.total_known = known;
            sight.total = p->low[at];
        } else {
            sight.parts++;
            sight.known_parts += known;
            sight.sum += known ? p->low[at] : 0;
        }
    }
    return sight;
}

/* "county=Total, sex=F (parts by county)", with its table and measure where there are several. */
static void add_line(struct ddg_wording *w, const struct ddg_origin *origin)
{
    const struct ddg_publication *p = w->publication;
    const struct ddg_release *r = &p->release[origin->release];
    char room[512];

    if (p->releases > 1)
        add(w, "%s: ", r->table->file);
    if (r->table->measures > 1)
        add(w, "%s: ", r->table->name[r->table->measure[origin->measure].count].at);
    ddg_model_describe_line(&r->model, origin->place, room, sizeof room);
    add(w, "%s", room);
}

static const char *parts_of(uint32_t count)
{
    return count == 1 ? "part" : "parts";
}

/* What a line with nothing hidden but the cell gives away. */
static void add_difference(struct ddg_wording *w, const struct sight *sight, bool values)
{
    unsigned known = sight->known_parts;

    if (sight->is_total && values)
        add(w, ": %lld, the sum of the %u shown %s", (long long)sight->sum, known, parts_of(known));
    else if (sight->is_total)
        add(w, ": the sum of the %u shown %s", known, parts_of(known));
    else if (known == 0)
        add(w, values ? ": %lld, and no other part" : ": the total, and no other part",
            (long long)sight->total);
    else if (values)
        add(w, ": %lld minus %lld in the %u shown %s", (long long)sight->total,
            (long long)sight->sum, known, parts_of(known));
    else
        add(w, ": the total minus the %u shown %s", known, parts_of(known));
}

/* What a line among others contributes. */
static void add_share(struct ddg_wording *w, const struct sight *sight, bool values)
{
    if (values && sight->total_known)
        add(w, ": %lld minus %lld in %u of %u parts", (long long)sight->total,
            (long long)sight->sum, sight->known_parts, sight->parts);
    else if (values)
        add(w, ": the total is not shown, %u of %u parts are %lld", sight->known_parts,
            sight->parts, (long long)sight->sum);
    else if (sight->total_known)
        add(w, ": the total and %u of %u parts are shown", sight->known_parts, sight->parts);
    else
        add(w, ": %u of %u parts are shown, the total is not", sight->known_parts, sight->parts);
}

static void add_origin(struct ddg_wording *w, const struct ddg_origin *origin, uint32_t slot,
                       bool values)
{
    const struct ddg_publication *p = w->publication;
    struct sight sight;
    char room[512];

    switch ((enum ddg_origin_kind)origin->kind) {
    case DDG_ORIGIN_EQUATION:
        ddg_slot_describe(p, ddg_slot(p, origin->release, 0, origin->place), room, sizeof room);
        add(w, "%s: the equation '%s'", room, p->knowledge->equation[origin->detail].text.at);
        return;
    case DDG_ORIGIN_PREVIOUS:
        ddg_slot_describe(p, origin->place, room, sizeof room);
        add(w, "%s: no more than in the later release", room);
        return;
    case DDG_ORIGIN_PART:
        add_line(w, origin);
        add(w, ": no part is more than the total");
        return;
    default:
        add_line(w, origin);
        sight = look(p, origin, slot);
        if (ddg_model_may_overlap(&p->release[origin->release].model, origin->measure,
                                  origin->place))
            add(w, ": the total is at most the sum of its parts");
        else if (sight.alone)
            add_difference(w, &sight, values);
        else
            add_share(w, &sight, values);
    }
}

/* Ranges ------------------------------------------------------------------------------------- */

/* What was known of hidden counts beside the lines; every fact once. */
static void add_sources(struct ddg_wording *w, unsigned sources, bool plain)
{
    unsigned long long threshold = w->publication->release[0].description->threshold;
    const struct {
        unsigned bit;
        const char *text;
    } facts[] = {
        {DDG_SOURCE_ZEROS, "a hidden count is 1 or more"},
        {DDG_SOURCE_TEXT, "the texts that stand for counts mean ranges"},
        {DDG_SOURCE_ROUNDED, "shown counts are rounded"},
        {DDG_SOURCE_RATE, "rates are printed beside their populations"},
    };

    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
        if (sources & facts[i].bit)
            add(w, "%s%s", w->used ? "; " : "", facts[i].text);
    if (sources & DDG_SOURCE_SMALL)
        add(w, "%scode 1 means 1 to %llu", w->used ? "; " : "", threshold - 1);
    if (sources & DDG_SOURCE_LARGE)
        add(w, "%scode 2 means %llu or more", w->used ? "; " : "", threshold);
    if (plain && sources == 0)
        add(w, "%sno count is negative", w->used ? "; " : "");
}

const char *ddg_wording_reasons(struct ddg_wording *w, const struct ddg_reasons *reasons,
                                uint32_t slot, bool values)
{
    const struct ddg_publication *p = w->publication;
    size_t named = reasons->rows < ROWS_MOST ? reasons->rows : ROWS_MOST;
    unsigned sources = 0;

    w->used = 0;
    add(w, "%s", "");
    for (size_t i = 0; i < named; i++) {
        if (i > 0)
            add(w, "; ");
        add_origin(w, &p->origin[p->problem.origin[reasons->row[i]]], slot, values);
    }
    if (named < reasons->rows)
        add(w, "; and %zu more lines", reasons->rows - named);
    for (size_t i = 0; i < reasons->unknowns; i++)
        sources |= p->source[w->slot[reasons->unknown[i]]];
    if (reasons->unknowns > 0)
        add_sources(w, sources, true);
    if (reasons->whole)
        add(w, "%scounts are whole", w->used ? "; " : "");
    return finish(w);
}

const char *ddg_wording_unexplained(struct ddg_wording *w, const struct ddg_answer *answer)
{
    w->used = 0;
    add(w, "%s",
        answer->method == DDG_METHOD_SYSTEM ? "all lines together"
                                            : "all lines and ranges together");
    return finish(w);
}

const char *ddg_wording_known(struct ddg_wording *w, uint32_t slot)
{
    const struct ddg_publication *p = w->publication;
    uint32_t first = ddg_slot_first(p, slot), giver = p->giver[first];
    char room[512];

    w->used = 0;
    add(w, "%s", "");
    if (giver != DDG_NO_SLOT && p->seen[giver] == DDG_SEEN_SHOWN) {
        ddg_slot_describe(p, giver, room, sizeof room);
        add(w, "shown in %s", room);
    } else if (giver != DDG_NO_SLOT) {
        add_sources(w, p->source[giver], true);
    } else {
        add(w, "the same number stands in other tables, or is added up there");
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

        *row = problem->unknown_row[i];
        *totals = false;
        if (problem->sense[*row] == DDG_AT_MOST ||
            p->origin[problem->origin[*row]].kind == DDG_ORIGIN_EQUATION)
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

    w->used = 0;
    if (find_single_row(p, unknown, &row, &totals)) {
        const struct ddg_origin *origin = &p->origin[p->problem.origin[row]];

        twice = p->problem.sense[row] == DDG_SUPPOSED;
        add_line(w, origin);
        add(w, look(p, origin, slot).is_total ? ": the sum of the parts"
                                              : ": the total minus the other parts");
    } else {
        totals = w->totals;
        add(w, "all lines together");
    }
    if (twice)
        add(w, ", if nobody counts twice");
    if (totals)
        add(w, "%s totals that are not printed are known", twice ? " and" : ", if");
    return finish(w);
}
