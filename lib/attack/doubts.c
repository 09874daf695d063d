#include "attack/doubts.h"

#include "attack/discover.h"
#include "attack/events.h"
#include "base/prose.h"
#include "rules/overlap.h"
#include "rules/overlap_between.h"
#include "table/events.h"
#include "table/likely.h"
#include "table/misnamed.h"
#include "table/respelt.h"
#include "table/subtotals.h"

#include <stdio.h>
#include <stdlib.h>

/* What is looked at, and the text that is being made. */
struct doubting {
    const struct ddg_publication *publication;
    size_t release;
    uint64_t *low, *high; /* of each cell of the release, in one measure */
    bool *named;          /* of each dimension: a total may have another name */
    struct ddg_prose text;
    struct ddg_doubts *doubts;
    struct ddg_arena *arena;
    struct ddg_context *context;
};

static const struct ddg_release *release_of(const struct doubting *d)
{
    return &d->publication->release[d->release];
}

/* Counts ------------------------------------------------------------------------------------- */

static enum ddg_error make_room(struct doubting *d)
{
    uint32_t cells = release_of(d)->model.cells;
    enum ddg_error error = ddg_allocate(&d->low, cells, sizeof *d->low, d->context);

    if (!error)
        error = ddg_allocate(&d->high, cells, sizeof *d->high, d->context);
    return error ? error
                 : ddg_allocate(&d->named, release_of(d)->model.dimensions, sizeof *d->named,
                                d->context);
}

static void free_room(struct doubting *d)
{
    free(d->low);
    free(d->high);
    free(d->named);
}

static struct ddg_figures read_figures(struct doubting *d, size_t measure)
{
    const struct ddg_publication *p = d->publication;

    for (uint32_t cell = 0; cell < release_of(d)->model.cells; cell++) {
        uint32_t slot = ddg_slot(p, d->release, measure, cell);

        d->low[cell] = (uint64_t)p->low[slot];
        d->high[cell] = p->high[slot] == DDG_UNBOUNDED ? UINT64_MAX : (uint64_t)p->high[slot];
    }
    return (struct ddg_figures){measure, d->low, d->high};
}

static uint64_t common_divisor(uint64_t a, uint64_t b)
{
    while (b > 0) {
        uint64_t rest = a % b;

        a = b;
        b = rest;
    }
    return a;
}

/* How unlikely chance has to be: one in so many.  Where something is wrong already, and where
 * counts of another release are subtracted, a guess is worth more. */
enum { CAUSE = 1000, COMPARED = 1000, UNLIKELY = 100000, COUNTS_LEAST = 4 };

/* What all shown counts of the release are multiples of, where that is no chance; else 0. */
static uint64_t find_base(const struct doubting *d, uint64_t unlikely)
{
    /* those that are in use */
    static const uint64_t bases[] = {1000, 500, 100, 50, 25, 20, 10, 5, 3};
    const struct ddg_publication *p = d->publication;
    const struct ddg_release *r = release_of(d);
    uint64_t divisor = 0, counts = 0, chance = 1;

    for (size_t m = 0; m < r->table->measures; m++)
        for (uint32_t cell = 0; cell < r->model.printed; cell++) {
            uint32_t slot = ddg_slot(p, d->release, m, cell);

            if (p->seen[slot] != DDG_SEEN_SHOWN || p->low[slot] == 0)
                continue;
            divisor = common_divisor((uint64_t)p->low[slot], divisor);
            counts++;
        }
    for (size_t i = 0; divisor > 1 && i < sizeof bases / sizeof *bases; i++) {
        if (divisor % bases[i] != 0)
            continue;
        for (uint64_t n = 0; n < counts && chance < unlikely; n++)
            chance *= bases[i];
        return counts >= COUNTS_LEAST && chance >= unlikely ? bases[i] : 0;
    }
    return 0;
}

/* Texts -------------------------------------------------------------------------------------- */

static void begin(struct doubting *d)
{
    d->text.used = 0;
    ddg_prose_print(&d->text, "%s: ", release_of(d)->table->file);
}

/* Keeps the text, once: several measures may say the same. */
static enum ddg_error keep(struct doubting *d, bool sure)
{
    struct ddg_doubts *doubts = d->doubts;
    struct ddg_text copy;
    enum ddg_error error = d->context->error;

    for (size_t i = 0; !error && i < doubts->count; i++)
        if (ddg_text_is(ddg_prose_text(&d->text), doubts->text[i]))
            return DDG_OK;
    if (error || (error = ddg_grow(&doubts->text, &doubts->room, doubts->count + 1,
                                   sizeof *doubts->text, d->context)))
        return error;
    copy = ddg_arena_copy(d->arena, ddg_prose_text(&d->text), d->context);
    if (!copy.at)
        return DDG_MEMORY;
    doubts->text[doubts->count++] = copy.at;
    doubts->open = doubts->open || (sure && !release_of(d)->previous);
    return DDG_OK;
}

/* Keeps what a check said into a context of its own, of a table that it refuses.  That it could not
 * look is no doubt but an error. */
static enum ddg_error keep_refusal(struct doubting *d, enum ddg_error error,
                                   const struct ddg_context *said)
{
    if (error != DDG_INPUT)
        return error ? ddg_fail(d->context, error, "%s", said->message) : DDG_OK;
    d->text.used = 0;
    ddg_prose_say(&d->text, said->message);
    return keep(d, true);
}

/* Adds "--nested region,county", in quotes where a shell needs them. */
static void say_columns(struct doubting *d, const char *option, struct ddg_text first,
                        struct ddg_text second)
{
    bool plain = !memchr(first.at, ' ', first.length) && !memchr(second.at, ' ', second.length);

    ddg_prose_print(&d->text, "%s %s", option, plain ? "" : "'");
    ddg_prose_add(&d->text, first);
    ddg_prose_say(&d->text, ",");
    ddg_prose_add(&d->text, second);
    ddg_prose_say(&d->text, plain ? "" : "'");
}

/* Doubts ------------------------------------------------------------------------------------- */

static enum ddg_error doubt_spelling(struct doubting *d)
{
    const struct ddg_release *r = release_of(d);
    struct ddg_context inner = {0};

    return keep_refusal(d, ddg_respelt_check(&r->model, r->description, &inner), &inner);
}

static enum ddg_error doubt_names(struct doubting *d, bool *any)
{
    const struct ddg_release *r = release_of(d);
    enum ddg_error error = DDG_OK;

    *any = false;
    for (size_t m = 0; !error && m < r->table->measures; m++) {
        const struct ddg_figures figures = read_figures(d, m);
        struct ddg_misnamed misnamed = {.dim = DDG_NO_COLUMN};

        for (size_t from = 0; !error && from < r->table->dims; from = misnamed.dim + 1) {
            error =
                ddg_misnamed_find(&misnamed, &r->model, &figures, from, r->description, d->context);
            if (error || misnamed.dim == DDG_NO_COLUMN)
                break;
            d->named[r->model.place[2 * misnamed.dim]] = *any = true;
            begin(d);
            ddg_misnamed_say(&d->text, &misnamed, &r->model, r->description);
            error = keep(d, misnamed.sure);
        }
    }
    return error;
}

static enum ddg_error doubt_absence(struct doubting *d)
{
    const struct ddg_release *r = release_of(d);
    const struct ddg_table *t = r->table;
    bool said = true;

    for (size_t i = 0; said && i < t->dims; i++)
        said = ddg_description_total_is_usual(r->description, t->name[t->dim[i]]);
    if (said || ddg_model_has_totals(&r->model))
        return DDG_OK;
    begin(d);
    ddg_prose_say(&d->text, "no row is a total; if some are, --total says how they are labelled");
    return keep(d, false);
}

/* Adds what two columns may be of which one tells the other; nothing where there are none. */
static enum ddg_error say_levels(struct doubting *d)
{
    const struct ddg_release *r = release_of(d);
    const struct ddg_table *t = r->table;
    struct ddg_likely_levels levels;
    struct ddg_text upper, lower;
    bool any;
    enum ddg_error error =
        ddg_likely_levels_find(&levels, &any, &r->model, r->description, d->context);

    if (error || !any)
        return error;
    upper = t->name[t->dim[levels.upper]];
    lower = t->name[t->dim[levels.lower]];
    ddg_prose_say(&d->text, "values of '");
    ddg_prose_add(&d->text, lower);
    ddg_prose_say(&d->text, "' stand beside one of '");
    ddg_prose_add(&d->text, upper);
    ddg_prose_say(&d->text, "' each: if they are parts of it, ");
    say_columns(d, "--nested", upper, lower);
    ddg_prose_say(&d->text, "; if these are several breakdowns of the same people, ");
    say_columns(d, "--partitions", upper, lower);
    return DDG_OK;
}

static enum ddg_error doubt_levels(struct doubting *d)
{
    size_t begun;
    enum ddg_error error;

    begin(d);
    begun = d->text.used;
    error = say_levels(d);
    return error || d->text.used == begun ? error : keep(d, false);
}

/* Where the total is not known what it is made of is neither. */
static enum ddg_error doubt_subtotals(struct doubting *d)
{
    const struct ddg_release *r = release_of(d);
    enum ddg_error error = DDG_OK;

    for (size_t m = 0; !error && m < r->table->measures; m++) {
        const struct ddg_figures figures = read_figures(d, m);

        for (size_t i = 0; !error && i < r->model.dimensions; i++) {
            struct ddg_subtotals found = {.any = false};

            if (!d->named[i])
                error = ddg_subtotals_find(&found, &r->model, &figures, i, false, r->description,
                                           d->context);
            if (error || !found.any)
                continue;
            begin(d);
            ddg_subtotals_say(&d->text, &found);
            error = keep(d, found.sure);
        }
    }
    return error;
}

static void say_number(struct doubting *d, size_t dim)
{
    const struct ddg_table *t = release_of(d)->table;

    ddg_prose_say(&d->text, "'");
    ddg_prose_add(&d->text, t->name[t->dim[dim]]);
    ddg_prose_say(&d->text, "' has another number in most rows: if it is no dimension, --dims "
                            "names those that are");
}

static enum ddg_error doubt_columns(struct doubting *d)
{
    size_t dim = ddg_likely_number(&release_of(d)->model);

    if (dim == DDG_NO_COLUMN)
        return DDG_OK;
    begin(d);
    say_number(d, dim);
    return keep(d, false);
}

static void say_base(struct doubting *d, uint64_t base)
{
    ddg_prose_print(&d->text,
                    "all shown counts are multiples of %llu: if they were rounded, "
                    "--rounded %llu",
                    (unsigned long long)base, (unsigned long long)base);
}

static enum ddg_error doubt_rounding(struct doubting *d)
{
    uint64_t base = 0;

    if (release_of(d)->exact) {
        begin(d);
        ddg_prose_say(&d->text, "not all counts are multiples of what --rounded says: this table "
                                "is taken as not rounded");
        return keep(d, false);
    }
    if (d->publication->knowledge->base == 0)
        base = find_base(d, release_of(d)->previous ? COMPARED : UNLIKELY);
    if (base == 0)
        return DDG_OK;
    begin(d);
    say_base(d, base);
    return keep(d, false);
}

/* Events of a total that are fewer than those of its parts: some categories are subtotals, which
 * the counts of persons beside them do not show. */
static enum ddg_error doubt_events(struct doubting *d)
{
    const struct ddg_release *r = release_of(d);
    struct ddg_context inner = {0};
    uint64_t below, above;

    ddg_knowledge_rounding(d->publication->knowledge, &below, &above);
    /* rounding that nobody declared is a doubt of its own */
    if (d->publication->knowledge->base == 0 && find_base(d, COMPARED) > 0)
        below = above = find_base(d, COMPARED) - 1;
    return keep_refusal(d, ddg_events_check(&r->model, r->description, below, above, &inner),
                        &inner);
}

/* Columns that are called like persons and their events, of which each tells what the other hides.
 */
static enum ddg_error doubt_persons(struct doubting *d)
{
    const struct ddg_table *t = release_of(d)->table;
    struct ddg_eventful pair;
    struct ddg_text persons, events;
    bool sure;

    if (!ddg_events_undeclared(d->publication, d->release, &pair, &sure))
        return DDG_OK;
    persons = t->name[t->measure[pair.persons].count];
    events = t->name[t->measure[pair.events].count];
    begin(d);
    ddg_prose_print(&d->text,
                    "'%s' and '%s' may be persons and their events, which is not attacked: if they "
                    "are, --events '%s:%s'",
                    persons.at, events.at, persons.at, events.at);
    return keep(d, sure);
}

/* Ages or periods that overlap: what can be had by subtraction is in no row. */
static enum ddg_error doubt_overlap(struct doubting *d)
{
    const struct ddg_release *r = release_of(d);
    struct ddg_context inner = {0};

    return keep_refusal(d, ddg_overlap_check(&r->model, r->description, &inner), &inner);
}

/* The same in a column that two tables have. */
static enum ddg_error doubt_bands(struct doubting *d, size_t dim, const struct ddg_release *other,
                                  size_t other_dim)
{
    const struct ddg_table *t = release_of(d)->table;
    struct ddg_names labels, others;
    size_t begun;
    enum ddg_error error;

    ddg_names_init(&labels);
    ddg_names_init(&others);
    begin(d);
    ddg_prose_say(&d->text, "'");
    ddg_prose_add(&d->text, t->name[t->dim[dim]]);
    ddg_prose_say(&d->text, "': ");
    begun = d->text.used;
    if (!(error = ddg_overlap_between_add(&labels, &release_of(d)->model, dim, d->context)) &&
        !(error = ddg_overlap_between_add(&others, &other->model, other_dim, d->context)))
        error = ddg_overlap_between_say(&d->text, &labels, &others, t->name[t->dim[dim]],
                                        other->table->file, d->context);
    if (!error && d->text.used > begun)
        error = keep(d, false);
    ddg_names_free(&labels);
    ddg_names_free(&others);
    return error;
}

/* All columns that today's tables, and those before, have besides this one. */
static enum ddg_error doubt_overlap_between(struct doubting *d)
{
    const struct ddg_publication *p = d->publication;
    const struct ddg_table *t = release_of(d)->table;
    enum ddg_error error = DDG_OK;

    for (size_t r = d->release + 1; !error && r < p->releases; r++)
        for (size_t dim = 0; !error && dim < t->dims; dim++) {
            const struct ddg_release *other = &p->release[r];
            size_t other_dim = ddg_table_find_dim(other->table, t->name[t->dim[dim]]);

            if (other_dim != DDG_NO_COLUMN)
                error = doubt_bands(d, dim, other, other_dim);
        }
    return error;
}

/* Two of today's tables that have the same columns and cells, and other counts. */
static enum ddg_error doubt_times(struct doubting *d)
{
    const struct ddg_publication *p = d->publication;
    size_t other = d->release + 1;

    while (other < p->releases &&
           (p->release[other].previous ||
            !ddg_table_same_header(release_of(d)->table, p->release[other].table)))
        other++;
    if (p->conflicts == 0 || other == p->releases || release_of(d)->previous)
        return DDG_OK;
    d->text.used = 0;
    ddg_prose_say(&d->text, "tables of the same columns contradict each other: if they are of "
                            "different times or people, --repeats keeps them apart, and a column "
                            "that says which lets them be added up");
    return keep(d, false);
}

static enum ddg_error doubt_release(struct doubting *d)
{
    bool named;
    enum ddg_error error = make_room(d);

    if (!error)
        error = doubt_spelling(d);
    if (!error)
        error = doubt_names(d, &named);
    if (!error && !named)
        error = doubt_absence(d);
    if (!error)
        error = doubt_subtotals(d);
    if (!error)
        error = doubt_events(d);
    if (!error)
        error = doubt_persons(d);
    if (!error)
        error = doubt_levels(d);
    if (!error)
        error = doubt_columns(d);
    if (!error)
        error = doubt_rounding(d);
    if (!error)
        error = doubt_times(d);
    free_room(d);
    return error;
}

/* Count columns that add up, which the attack does not know. */
static enum ddg_error doubt_equations(struct doubting *d)
{
    const char **text = NULL;
    size_t count = 0, room = 0;
    enum ddg_error error =
        ddg_discover_undeclared(d->publication, &text, &count, &room, d->arena, d->context);

    for (size_t i = 0; !error && i < count; i++) {
        d->text.used = 0;
        ddg_prose_print(&d->text,
                        "count columns add up wherever they are shown, which is not attacked: if "
                        "that is no chance, --equation: %s",
                        text[i]);
        error = keep(d, false);
    }
    free(text);
    return error;
}

enum ddg_error ddg_doubts_find(struct ddg_doubts *doubts, const struct ddg_publication *p,
                               bool hidden, struct ddg_arena *arena, struct ddg_context *context)
{
    enum ddg_error error = DDG_OK;

    for (size_t r = 0; !error && r < p->releases; r++) {
        struct doubting d = {
            .publication = p,
            .release = r,
            .text = {.context = context},
            .doubts = doubts,
            .arena = arena,
            .context = context,
        };

        error = doubt_overlap(&d);
        if (!error)
            error = doubt_overlap_between(&d);
        if (!error && hidden)
            error = doubt_release(&d);
        if (!error && hidden && r + 1 == p->releases && !p->knowledge->discover)
            error = doubt_equations(&d);
        ddg_prose_free(&d.text);
    }
    /* prose that could not grow says so there only */
    return error ? error : context->error;
}

/* Causes ------------------------------------------------------------------------------------- */

static enum ddg_error say_subtotals(struct doubting *d)
{
    const struct ddg_release *r = release_of(d);
    enum ddg_error error = DDG_OK;

    for (size_t m = 0; !error && d->text.used == 0 && m < r->table->measures; m++) {
        const struct ddg_figures figures = read_figures(d, m);

        for (size_t i = 0; !error && d->text.used == 0 && i < r->model.dimensions; i++) {
            struct ddg_subtotals found;

            error = ddg_subtotals_find(&found, &r->model, &figures, i, true, r->description,
                                       d->context);
            if (!error && found.any)
                ddg_subtotals_say(&d->text, &found);
        }
    }
    return error;
}

/* Of a total that is less than its parts: whether what is shown of them is more than it already,
 * though no part is. */
static void say_excess(struct doubting *d, const struct ddg_origin *origin)
{
    const struct ddg_model *m = &release_of(d)->model;
    const struct ddg_figures figures = read_figures(d, origin->measure);
    size_t start = m->line_start[origin->place];
    uint64_t total = figures.high[m->line_cell[start]], largest = 0;
    unsigned __int128 shown = 0, sum = 0;
    bool zeros = true; /* hidden parts are 1 or more, and nothing else is known of them */

    for (size_t i = start + 1; i < m->line_start[origin->place + 1]; i++) {
        uint64_t low = figures.low[m->line_cell[i]];

        largest = low > largest ? low : largest;
        if (low == figures.high[m->line_cell[i]])
            shown += low;
        else
            zeros = zeros && low <= 1;
        sum += low;
    }
    if (shown > total && largest <= total)
        ddg_prose_say(&d->text, "the parts are more than the total: if people can count in several "
                                "of them, --distinct or --overlapping");
    else if (zeros && shown <= total && sum > total)
        ddg_prose_say(&d->text, "if zeros were hidden, too: --knows sums");
}

/* Adds the first of the likely causes. */
static enum ddg_error say_cause(struct doubting *d, const struct ddg_origin *line)
{
    size_t dim = ddg_likely_number(&release_of(d)->model);
    uint64_t base = d->publication->knowledge->base > 0 ? 0 : find_base(d, CAUSE);
    enum ddg_error error = DDG_OK;

    if (dim != DDG_NO_COLUMN)
        say_number(d, dim);
    else
        error = say_levels(d);
    if (!error && d->text.used == 0 && base > 0)
        say_base(d, base);
    if (!error)
        error = say_subtotals(d);
    if (!error && line && d->text.used == 0)
        say_excess(d, line);
    return error;
}

void ddg_doubts_explain(const struct ddg_publication *p, const struct ddg_origin *line, char *room,
                        size_t size)
{
    struct ddg_context aside = {0};
    struct doubting d = {.publication = p, .text = {.context = &aside}, .context = &aside};

    room[0] = '\0';
    if (!make_room(&d) && !say_cause(&d, line) && d.text.used > 0)
        snprintf(room, size, "; %s", ddg_prose_string(&d.text));
    free_room(&d);
    ddg_prose_free(&d.text);
}
