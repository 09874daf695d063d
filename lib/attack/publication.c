#include "attack/publication.h"

#include "attack/bounds.h"
#include "attack/counts.h"
#include "attack/events.h"
#include "attack/links.h"
#include "attack/origin.h"
#include "attack/partitions.h"
#include "attack/rates.h"
#include "attack/rows.h"
#include "attack/shares.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

/* Slots -------------------------------------------------------------------------------------- */

uint32_t ddg_slot_first(const struct ddg_publication *p, uint32_t slot)
{
    /* joins point to smaller slots, and each way is halved as it is gone */
    while (p->same[slot] != slot) {
        p->same[slot] = p->same[p->same[slot]];
        slot = p->same[slot];
    }
    return slot;
}

struct ddg_slot_place ddg_slot_at(const struct ddg_publication *p, uint32_t slot)
{
    struct ddg_slot_place place = {0};

    while (slot >= p->base[place.release + 1])
        place.release++;
    slot -= p->base[place.release];
    place.measure = slot / p->release[place.release].model.cells;
    place.cell = slot % p->release[place.release].model.cells;
    return place;
}

void ddg_slot_describe(const struct ddg_publication *p, uint32_t slot, char *room, size_t size)
{
    struct ddg_slot_place place = ddg_slot_at(p, slot);
    const struct ddg_release *r = &p->release[place.release];
    int used;

    if (place.cell < r->model.printed)
        used = snprintf(room, size, "%s:%llu: ", ddg_table_file(r->table, place.cell),
                        (unsigned long long)r->table->line[place.cell]);
    else
        used = snprintf(room, size, "%s: ", r->table->file);
    if (used > 0 && (size_t)used < size)
        ddg_model_describe(&r->model, place.cell, room + used, size - (size_t)used);
}

enum ddg_error ddg_publication_conflict(struct ddg_publication *p, struct ddg_context *context,
                                        const char *format, ...)
{
    char text[sizeof context->message];
    enum ddg_error error;
    struct ddg_text copy;
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (p->releases < 2)
        return ddg_fail(context, DDG_INPUT, "%s", text);
    copy = ddg_arena_copy(&p->arena, ddg_text_of(text), context);
    if (!copy.at)
        return DDG_MEMORY;
    error =
        ddg_grow(&p->conflict, &p->conflict_room, p->conflicts + 1, sizeof *p->conflict, context);
    if (!error)
        p->conflict[p->conflicts++] = copy.at;
    return error;
}

/* Makes one number of two slots; false where no number is in both ranges. */
static bool join(struct ddg_publication *p, uint32_t a, uint32_t b)
{
    int64_t low, high;

    a = ddg_slot_first(p, a);
    b = ddg_slot_first(p, b);
    if (a == b)
        return true;
    low = p->low[a] > p->low[b] ? p->low[a] : p->low[b];
    high = p->high[a] < p->high[b] ? p->high[a] : p->high[b];
    if (low > high)
        return false;
    if (b < a) {
        uint32_t other = a;

        a = b;
        b = other;
    }
    if (p->giver[a] == DDG_NO_SLOT)
        p->giver[a] = p->giver[b];
    p->same[b] = a;
    p->source[a] |= p->source[b];
    p->low[a] = low;
    p->high[a] = high;
    p->joined++;
    return true;
}

enum ddg_error ddg_slot_join(struct ddg_publication *p, uint32_t a, uint32_t b,
                             struct ddg_context *context)
{
    char first[200], second[200];

    if (join(p, a, b))
        return DDG_OK;
    ddg_slot_describe(p, a < b ? a : b, first, sizeof first);
    ddg_slot_describe(p, a < b ? b : a, second, sizeof second);
    return ddg_publication_conflict(p, context, "%s: another count than in %s", second, first);
}

static void free_slots(struct ddg_publication *p)
{
    free(p->low);
    free(p->high);
    free(p->same);
    free(p->giver);
    free(p->seen);
    free(p->code);
    free(p->source);
    free(p->wanted);
    free(p->unknown);
    p->low = p->high = NULL;
    p->same = p->giver = p->unknown = NULL;
    p->seen = p->code = p->source = p->wanted = NULL;
}

static enum ddg_error count_slots(struct ddg_publication *p, struct ddg_context *context)
{
    uint64_t slots = 0;

    for (size_t i = 0; i < p->releases; i++) {
        p->base[i] = (uint32_t)slots;
        slots += (uint64_t)p->release[i].model.cells * p->release[i].table->measures;
        if (slots >= DDG_NO_SLOT || p->release[i].table->measures > UINT16_MAX)
            return ddg_fail(context, DDG_LIMIT, "more than 4 thousand million counts");
    }
    p->base[p->releases] = p->slots = (uint32_t)slots;
    return DDG_OK;
}

static enum ddg_error make_slots(struct ddg_publication *p, struct ddg_context *context)
{
    enum ddg_error error = count_slots(p, context);

    if (error || (error = ddg_allocate(&p->low, p->slots, sizeof *p->low, context)) ||
        (error = ddg_allocate(&p->high, p->slots, sizeof *p->high, context)) ||
        (error = ddg_allocate(&p->same, p->slots, sizeof *p->same, context)) ||
        (error = ddg_allocate(&p->giver, p->slots, sizeof *p->giver, context)) ||
        (error = ddg_allocate(&p->seen, p->slots, 1, context)) ||
        (error = ddg_allocate(&p->code, p->slots, 1, context)) ||
        (error = ddg_allocate(&p->source, p->slots, 1, context)) ||
        (error = ddg_allocate(&p->wanted, p->slots, 1, context)) ||
        (error = ddg_allocate(&p->unknown, p->slots, sizeof *p->unknown, context)))
        return error;
    for (uint32_t slot = 0; slot < p->slots; slot++)
        p->same[slot] = slot;
    return DDG_OK;
}

/* Reads what all counts say, and joins those that are one number. */
static enum ddg_error read_slots(struct ddg_publication *p, struct ddg_context *context)
{
    enum ddg_error error;

    free_slots(p);
    p->conflicts = p->earlier_count = 0;
    p->joined = p->unread = p->vague = 0;
    if ((error = make_slots(p, context)))
        return error;
    for (size_t i = 0; !error && i < p->releases; i++)
        error = ddg_counts_read(p, i, context);
    if (error || (error = ddg_rates_apply(p, context)) || (error = ddg_events_apply(p, context)))
        return error;
    for (uint32_t slot = 0; slot < p->slots; slot++)
        p->giver[slot] = p->low[slot] == p->high[slot] ? slot : DDG_NO_SLOT;
    return (error = ddg_partitions_join(p, context)) ? error : ddg_links_join(p, context);
}

/* Models ------------------------------------------------------------------------------------- */

/* Builds the model of a release again, with the cells that it leaves out; *any is then true. */
static enum ddg_error add_absent(struct ddg_publication *p, const struct ddg_ranges *ranges,
                                 size_t release, bool *any, struct ddg_context *context)
{
    struct ddg_release *r = &p->release[release];
    uint64_t *keys = NULL;
    size_t count = 0, room = 0;
    enum ddg_error error = ddg_counts_absent(p, ranges, release, &keys, &count, &room, context);

    if (!error && count > 0) {
        struct ddg_model model;

        error = ddg_model_build_with(&model, r->table, r->description, keys, count, context);
        if (error) {
            ddg_model_free(&model);
        } else {
            /* the slots count by the old models until all releases have been asked */
            ddg_model_free(&r->model);
            r->model = model;
            *any = true;
        }
    }
    free(keys);
    return error;
}

/* True when some release has a column of that name to which the file has something to say. */
static bool is_described(const struct ddg_publication *p, struct ddg_text name, bool alias)
{
    for (size_t r = 0; r < p->releases; r++)
        for (size_t d = 0; d < p->release[r].model.dimensions; d++)
            for (size_t i = 0; i < p->release[r].model.dimension[d].levels; i++) {
                const struct ddg_level *level = &p->release[r].model.dimension[d].level[i];

                if (ddg_text_equal(level->name, name) &&
                    !(alias ? level->strange_alias : level->strange_hierarchy))
                    return true;
            }
    return false;
}

/* Of several tables, one at least has to have labels of each file that describes them. */
static enum ddg_error check_files(const struct ddg_publication *p, struct ddg_context *context)
{
    for (size_t r = 0; r < p->releases; r++)
        for (size_t d = 0; d < p->release[r].model.dimensions; d++)
            for (size_t i = 0; i < p->release[r].model.dimension[d].levels; i++) {
                const struct ddg_level *level = &p->release[r].model.dimension[d].level[i];
                const struct ddg_table *table = p->release[r].table;

                if (level->strange_alias && !is_described(p, level->name, true))
                    return ddg_dimension_strange(level, table, true, context);
                if (level->strange_hierarchy && !is_described(p, level->name, false))
                    return ddg_dimension_strange(level, table, false, context);
            }
    return DDG_OK;
}

static enum ddg_error build_models(struct ddg_publication *p, struct ddg_context *context)
{
    struct ddg_ranges ranges = {0};
    enum ddg_error error = DDG_OK;
    bool any = false;

    for (size_t i = 0; !error && i < p->releases; i++)
        error = ddg_model_build(&p->release[i].model, p->release[i].table,
                                p->release[i].description, context);
    if (!error)
        error = check_files(p, context);
    if (!error)
        error = read_slots(p, context);
    if (!error)
        error = ddg_ranges_find(&ranges, p, context);
    for (size_t i = 0; !error && i < p->releases; i++)
        error = add_absent(p, &ranges, i, &any, context);
    ddg_ranges_free(&ranges);
    if (error || !any)
        return error;
    error = read_slots(p, context);
    if (!error)
        error = ddg_ranges_find(&ranges, p, context);
    for (size_t i = 0; !error && i < p->releases; i++)
        ddg_counts_hide_absent(p, &ranges, i);
    ddg_ranges_free(&ranges);
    return error;
}

/* Gives implied totals whose parts are all known their value: they are no unknowns then. */
static void add_up_implied(struct ddg_publication *p, size_t release, size_t measure)
{
    const struct ddg_model *m = &p->release[release].model;

    for (uint32_t i = 0; i < m->cells - m->printed - m->absent; i++) {
        uint32_t cell = m->by_height[i];
        uint32_t slot = ddg_slot_first(p, ddg_slot(p, release, measure, cell));

        for (size_t l = m->cell_start[cell]; l < m->cell_start[cell + 1]; l++) {
            uint32_t line = m->cell_line[l];
            size_t first = m->line_start[line], at = first + 1, end = m->line_start[line + 1];
            int64_t sum = 0;

            if (m->line_cell[first] != cell || ddg_model_may_overlap(m, measure, line))
                continue;
            for (; at < end && sum <= DDG_LARGEST_COUNT; at++) {
                uint32_t part = ddg_slot_first(p, ddg_slot(p, release, measure, m->line_cell[at]));

                if (p->low[part] != p->high[part])
                    break;
                sum += p->low[part];
            }
            if (at == end && sum >= p->low[slot] && sum <= p->high[slot] &&
                sum <= DDG_LARGEST_COUNT) {
                p->low[slot] = p->high[slot] = sum;
                break;
            }
        }
    }
}

/* The problem -------------------------------------------------------------------------------- */

static enum ddg_error add_unknowns(struct ddg_publication *p, struct ddg_context *context)
{
    enum ddg_error error = DDG_OK;

    for (uint32_t slot = 0; slot < p->slots; slot++) {
        uint32_t first = ddg_slot_first(p, slot);

        if (p->wanted[first] < p->wanted[slot])
            p->wanted[first] = p->wanted[slot];
    }
    for (uint32_t slot = 0; !error && slot < p->slots; slot++) {
        p->unknown[slot] = DDG_NO_UNKNOWN;
        if (p->same[slot] == slot && p->low[slot] != p->high[slot])
            error = ddg_problem_add_unknown(&p->problem, p->low[slot], p->high[slot],
                                            p->wanted[slot], false, &p->unknown[slot], context);
    }
    p->first_crossing = p->problem.unknowns;
    for (uint32_t i = 0; !error && p->crossing.used && i < p->crossing.cells; i++) {
        uint32_t number;

        error = ddg_problem_add_unknown(&p->problem, 0, DDG_UNBOUNDED, 0, false, &number, context);
    }
    return error;
}

static bool assumes_totals(const struct ddg_publication *p)
{
    return p->release[0].description->unprinted != DDG_TOTALS_NONE;
}

/* Marks as supposed the unknowns of totals that are not printed and cannot be small. */
static enum ddg_error suppose_totals(struct ddg_publication *p, struct ddg_context *context)
{
    struct ddg_problem *problem = &p->problem;
    int64_t *low = NULL, *high = NULL;
    uint32_t impossible;
    enum ddg_error error;

    if ((error = ddg_allocate(&low, problem->unknowns, sizeof *low, context)) ||
        (error = ddg_allocate(&high, problem->unknowns, sizeof *high, context)))
        goto out;
    for (uint32_t i = 0; i < problem->unknowns; i++) {
        low[i] = problem->low[i];
        high[i] = problem->high[i];
    }
    error = ddg_bounds_narrow(problem, low, high, DDG_NO_UNKNOWN, &impossible, context);
    for (size_t r = 0; !error && r < p->releases; r++) {
        const struct ddg_model *m = &p->release[r].model;
        int64_t threshold = (int64_t)p->release[r].description->threshold;

        for (size_t i = 0; i < p->release[r].table->measures; i++)
            for (uint32_t cell = m->printed + m->absent; cell < m->cells; cell++) {
                uint32_t slot = ddg_slot_first(p, ddg_slot(p, r, i, cell));
                uint32_t unknown = p->unknown[slot];

                if (unknown != DDG_NO_UNKNOWN && !problem->wanted[unknown] &&
                    low[unknown] >= threshold)
                    problem->supposed[unknown] = true;
            }
    }
out:
    free(low);
    free(high);
    return error;
}

static enum ddg_error build_problem(struct ddg_publication *p, bool again, uint32_t most,
                                    struct ddg_context *context)
{
    enum ddg_error error;

    ddg_problem_free(&p->problem);
    p->problem = (struct ddg_problem){0};
    if (!(error = add_unknowns(p, context)) && !(error = ddg_rows_build(p, again, most, context)) &&
        !(error = ddg_problem_finish(&p->problem, context)) && assumes_totals(p))
        error = suppose_totals(p, context);
    return error;
}

/* Builds the problem anew where rates narrowed ranges.  Conflicts from the first `before` on are
 * those of its rows, which are found again, and behind the first `built` those of the rates, which
 * are not. */
static enum ddg_error build_anew(struct ddg_publication *p, size_t *before, size_t built,
                                 struct ddg_context *context)
{
    for (size_t i = built; i < p->conflicts; i++)
        p->conflict[(*before)++] = p->conflict[i];
    p->conflicts = *before;
    return build_problem(p, false, UINT32_MAX, context);
}

/* Narrows ranges by rates of totals, as long as what lines and rates say of each other changes
 * something; more would be true, too. */
static enum ddg_error apply_shares(struct ddg_publication *p, size_t before,
                                   struct ddg_context *context)
{
    enum { PASSES_MOST = 10 };
    bool more = ddg_shares_any(p->knowledge);
    uint64_t unread = p->unread;
    enum ddg_error error = DDG_OK;

    for (int pass = 0; !error && more && pass < PASSES_MOST; pass++) {
        size_t built = p->conflicts;
        bool changed;

        p->unread = unread;
        error = ddg_shares_apply(p, &changed, context);
        more = changed && p->conflicts == built;
        if (!error && changed)
            error = build_anew(p, &before, built, context);
    }
    return error;
}

enum ddg_error ddg_publication_build(struct ddg_publication *p, struct ddg_releases *releases,
                                     const struct ddg_knowledge *knowledge,
                                     struct ddg_context *context)
{
    size_t conflicts;
    enum ddg_error error;

    *p = (struct ddg_publication){
        .release = releases->item,
        .releases = releases->count,
        .knowledge = knowledge,
    };
    if ((error = ddg_allocate(&p->base, p->releases + 1, sizeof *p->base, context)) ||
        (error = ddg_counts_find_exact(p, context)) || (error = build_models(p, context)))
        return error;
    for (size_t r = 0; r < p->releases; r++)
        for (size_t m = 0; m < p->release[r].table->measures; m++)
            add_up_implied(p, r, m);
    conflicts = p->conflicts;
    if ((error = build_problem(p, false, UINT32_MAX, context)) ||
        (error = apply_shares(p, conflicts, context)) || (error = ddg_crossing_find(p, context)))
        return error;
    return p->crossing.used ? build_problem(p, false, UINT32_MAX, context) : DDG_OK;
}

enum ddg_error ddg_publication_shorten(struct ddg_publication *p, uint32_t origins,
                                       struct ddg_context *context)
{
    return build_problem(p, true, origins, context);
}

enum ddg_error ddg_publication_exclude(struct ddg_publication *p, const uint32_t *row, size_t rows,
                                       struct ddg_context *context)
{
    struct ddg_origin *origin = &p->origin[p->problem.origin[row[0]]];
    enum ddg_error error = rows > 1 ? ddg_origin_fail_together(p, row, rows, context)
                                    : ddg_origin_fail(p, origin, context);

    origin->excluded = true;
    return error ? error : build_problem(p, true, UINT32_MAX, context);
}

enum ddg_error ddg_publication_uncross(struct ddg_publication *p, struct ddg_context *context)
{
    p->crossing.used = false;
    p->crossing.missed.contradicted = true;
    return build_problem(p, true, UINT32_MAX, context);
}

void ddg_publication_free(struct ddg_publication *p)
{
    free_slots(p);
    free(p->base);
    ddg_problem_free(&p->problem);
    ddg_crossing_free(&p->crossing);
    free(p->origin);
    free(p->earlier);
    free(p->conflict);
    ddg_arena_free(&p->arena);
    *p = (struct ddg_publication){0};
}
