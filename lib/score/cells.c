#include "score/cells.h"

#include "score/twice.h"

#include <stdlib.h>

struct ddg_crosses ddg_crosses_of(const struct ddg_intake *in)
{
    struct ddg_crosses crossing = {0, {0}};

    for (size_t d = 0; d < in->dimensions; d++) {
        uint32_t category = ddg_intake_category(in, d);
        const struct ddg_parts *parts = &in->parts[d];

        if (parts->kind)
            crossing.kind[parts->slot] = parts->kind[category];
        if (category != in->dimension[d].total && !(parts->kind && parts->kind[category] == 0))
            crossing.dimensions |= UINT64_C(1) << d;
    }
    return crossing;
}

bool ddg_crosses_are_within(const struct ddg_crosses *a, const struct ddg_crosses *b)
{
    bool within = (a->dimensions & b->dimensions) == a->dimensions;

    for (size_t i = 0; within && i < DDG_PARTITIONS_MOST; i++)
        within = a->kind[i] == 0 || a->kind[i] == b->kind[i];
    return within;
}

static bool are_equal(const struct ddg_crosses *a, const struct ddg_crosses *b)
{
    return a->dimensions == b->dimensions && memcmp(a->kind, b->kind, sizeof a->kind) == 0;
}

/* Crossings ----------------------------------------------------------------------------------- */

static enum ddg_error new_side(struct ddg_cells *cells, const struct ddg_intake *in,
                               const struct ddg_crosses *crossing, struct ddg_side *side)
{
    *side = (struct ddg_side){.crossing = *crossing, .smallest = DDG_NO_COUNT};
    side->shown =
        ddg_arena_allocate(&cells->arena, in->dimensions * sizeof *side->shown, in->context);
    if (!side->shown)
        return DDG_MEMORY;
    for (size_t d = 0; d < in->dimensions; d++) {
        side->shown[d] =
            ddg_arena_allocate(&cells->arena, in->dimension[d].category.count + 1, in->context);
        if (!side->shown[d])
            return DDG_MEMORY;
    }
    return DDG_OK;
}

static enum ddg_error find_crossing(struct ddg_cells *cells, const struct ddg_intake *in,
                                    struct ddg_side **found)
{
    struct ddg_crosses crosses = ddg_crosses_of(in);
    uint32_t before = cells->crossing_name.count, number;
    struct ddg_text name = {(const char *)&crosses, sizeof crosses};
    enum ddg_error error = DDG_OK;

    if (cells->crossings == 0 || !are_equal(&cells->crossing[cells->last].crossing, &crosses)) {
        if ((error = ddg_names_add(&cells->crossing_name, name, &number, in->context)) ||
            (error = ddg_grow(&cells->crossing, &cells->crossing_room, (size_t)number + 1,
                              sizeof *cells->crossing, in->context)))
            return error;
        if (number == before && !(error = new_side(cells, in, &crosses, &cells->crossing[number])))
            cells->crossings++;
        cells->last = number;
    }
    *found = &cells->crossing[cells->last];
    return error;
}

static enum ddg_error take_row(struct ddg_cells *cells, const struct ddg_intake *in,
                               const struct ddg_taken *row)
{
    struct ddg_side *crossing;
    enum ddg_error error = find_crossing(cells, in, &crossing);

    if (error)
        return error;
    crossing->rows++;
    crossing->small += !row->numerator_ok;
    if (row->smallest < crossing->smallest)
        crossing->smallest = row->smallest;
    for (size_t d = 0; d < in->dimensions; d++) {
        uint32_t category = ddg_intake_category(in, d);

        if (crossing->crossing.dimensions >> d & 1)
            crossing->shown[d][category] = true;
        if (row->people_known && row->people > cells->people[d][category])
            cells->people[d][category] = row->people;
    }
    return DDG_OK;
}

/* Adds a margin to the table that it belongs to. */
static void add_margin(struct ddg_side *side, const struct ddg_side *margin,
                       const struct ddg_intake *in)
{
    side->rows += margin->rows;
    side->small += margin->small;
    if (margin->smallest < side->smallest)
        side->smallest = margin->smallest;
    for (size_t d = 0; d < in->dimensions; d++)
        for (uint32_t i = 0; i < in->dimension[d].category.count; i++)
            side->shown[d][i] = side->shown[d][i] || margin->shown[d][i];
}

static enum ddg_error find_sides(struct ddg_cells *cells, const struct ddg_intake *in)
{
    static const struct ddg_crosses none = {0, {0}};
    enum ddg_error error =
        ddg_allocate(&cells->side, cells->crossings + 1, sizeof *cells->side, in->context);

    for (size_t i = 0; !error && i < cells->crossings; i++) {
        const struct ddg_crosses *crosses = &cells->crossing[i].crossing;
        bool largest = true;

        for (size_t j = 0; largest && j < cells->crossings; j++)
            largest = j == i || !ddg_crosses_are_within(crosses, &cells->crossing[j].crossing);
        if (!largest)
            continue;
        error = new_side(cells, in, crosses, &cells->side[cells->sides++]);
        for (size_t j = 0; !error && j < cells->crossings; j++)
            if (ddg_crosses_are_within(&cells->crossing[j].crossing, crosses))
                add_margin(&cells->side[cells->sides - 1], &cells->crossing[j], in);
    }
    /* a table without rows is one, too */
    if (!error && cells->sides == 0)
        error = new_side(cells, in, &none, &cells->side[cells->sides++]);
    return error;
}

/* Denominators -------------------------------------------------------------------------------- */

static enum ddg_error look_up(struct ddg_cells *cells, const struct ddg_intake *in,
                              struct person_count *count)
{
    uint32_t *category = cells->tuple, *asked = cells->tuple + in->dimensions;
    size_t asked_for = 0;
    uint32_t before = cells->place.count, number;
    enum ddg_error error;

    for (size_t d = 0; d < in->dimensions; d++) {
        category[d] = ddg_intake_category(in, d);
        if (ddg_registry_has(cells->registry, d))
            asked[asked_for++] = category[d];
    }
    if ((error = ddg_names_add(&cells->place,
                               (struct ddg_text){(const char *)asked, asked_for * sizeof *asked},
                               &number, in->context)) ||
        (error = ddg_grow(&cells->of_place, &cells->of_place_room, (size_t)number + 1,
                          sizeof *cells->of_place, in->context)))
        return error;
    if (number == before)
        error = ddg_registry_find(cells->registry, category, &cells->of_place[number].people,
                                  &cells->of_place[number].found);
    *count = cells->of_place[number];
    return error;
}

enum ddg_error ddg_cells_denominator(struct ddg_cells *cells, struct ddg_intake *in,
                                     const struct ddg_taken *row, bool *ok, bool *known)
{
    struct person_count count = {row->people, row->people_known};
    enum ddg_error error = cells->registry ? look_up(cells, in, &count) : DDG_OK;

    *known = count.found;
    *ok = count.found && count.people >= cells->least;
    return error;
}

/* All of it ----------------------------------------------------------------------------------- */

static enum ddg_error start(struct ddg_cells *cells, const struct ddg_intake *in)
{
    enum ddg_error error;

    ddg_names_init(&cells->crossing_name);
    ddg_names_init(&cells->place);
    if ((error =
             ddg_allocate(&cells->people, in->dimensions, sizeof *cells->people, in->context)) ||
        (error =
             ddg_allocate(&cells->tuple, 2 * in->dimensions, sizeof *cells->tuple, in->context)))
        return error;
    for (size_t d = 0; d < in->dimensions; d++) {
        cells->people[d] = ddg_arena_allocate(
            &cells->arena, (in->dimension[d].category.count + 1) * sizeof **cells->people,
            in->context);
        if (!cells->people[d])
            return DDG_MEMORY;
    }
    return DDG_OK;
}

enum ddg_error ddg_cells_read(struct ddg_cells *cells, struct ddg_intake *in,
                              struct ddg_registry *registry, uint64_t least)
{
    enum ddg_error error;

    *cells = (struct ddg_cells){.registry = registry, .least = least};
    if ((error = start(cells, in)) ||
        (!in->description->repeats && (error = ddg_twice_check(in))) ||
        (error = ddg_intake_rewind(in, false)))
        return error;
    for (uint64_t i = 0; !error && i < in->rows; i++) {
        struct ddg_taken row;
        bool ok, known;

        if ((error = ddg_intake_next(in, &row)) || (error = take_row(cells, in, &row)) ||
            (error = ddg_cells_denominator(cells, in, &row, &ok, &known)))
            return error;
        cells->denominators_failed += !ok;
        cells->denominators_missing += !known;
    }
    return find_sides(cells, in);
}

void ddg_cells_free(struct ddg_cells *cells)
{
    free(cells->side);
    free(cells->people);
    free(cells->crossing);
    free(cells->of_place);
    free(cells->tuple);
    ddg_names_free(&cells->crossing_name);
    ddg_names_free(&cells->place);
    ddg_arena_free(&cells->arena);
    *cells = (struct ddg_cells){0};
}
