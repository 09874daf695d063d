#include "group/margin.h"
#include "group/rollup.h"

#include <stdlib.h>

/* What may be held of where inner cells go.  Each time that it does not do for all roll-ups,
 * persons are read again. */
enum { TOGETHER_BYTES = 1 << 26 };

#define NO_CELL UINT32_MAX

/* Roll-ups that are filled together, so that persons are read once for all of them: where each
 * inner cell goes. */
struct filling {
    struct ddg_cube *cube;
    const struct ddg_rollup *rollup;
    size_t count;
    uint32_t
        *cell_of;    /* cell_of[rollup * cube->inner + inner cell]; NO_CELL where it goes nowhere */
    uint64_t *alone; /* alone[inner cell]: persons who are in no other cell */
    uint32_t *seen_by; /* the number, from 1, of the last person who was counted in the cell */
    bool inner;        /* the inner cells are to be counted, too */
};

/* Adds records and amounts of the inner cells to the roll-up's cells, and notes in cell_of which
 * goes where. */
static enum ddg_error add_up(struct ddg_cube *cube, const struct ddg_rollup *rollup,
                             uint32_t *cell_of, struct ddg_context *context)
{
    uint32_t key[DDG_DIMENSIONS_MOST], first, end;
    bool grand = true;
    enum ddg_error error = DDG_OK;

    for (size_t i = 0; i < cube->dims; i++) {
        key[i] = DDG_ALL_LABELS;
        grand = grand && !ddg_rollup_codes(rollup, cube, i, &first, &end);
    }
    if (grand && (error = ddg_cube_cell(cube, key, &first, context)))
        return error;
    for (uint32_t from = 0; !error && from < cube->inner; from++) {
        cell_of[from] = NO_CELL;
        if (ddg_rollup_key(rollup, cube, from, key) &&
            !(error = ddg_cube_cell(cube, key, &cell_of[from], context)))
            error = ddg_tally_merge(&cube->tally, cell_of[from], from, context);
    }
    return error;
}

/* Counts a person of several inner cells once in every cell. */
static void count_person(const struct filling *f, uint32_t person, const uint32_t *inner,
                         size_t count)
{
    uint64_t *persons = f->cube->tally.persons;

    for (size_t i = 0; f->inner && i < count; i++)
        persons[inner[i]]++;
    for (size_t m = 0; m < f->count; m++) {
        const uint32_t *cell_of = f->cell_of + m * f->cube->inner;

        for (size_t i = 0; i < count; i++) {
            uint32_t cell = cell_of[inner[i]];

            if (cell == NO_CELL || f->seen_by[cell] == person)
                continue;
            f->seen_by[cell] = person;
            persons[cell]++;
        }
    }
}

/* Persons of one cell add up; the others are counted one by one. */
static enum ddg_error count_persons(const struct filling *f, struct ddg_context *context)
{
    uint64_t *persons = f->cube->tally.persons;
    const uint32_t *inner;
    size_t count;
    uint32_t person = 0;
    bool more;
    enum ddg_error error;

    ddg_persons_rewind(&f->cube->persons);
    while (!(error = ddg_persons_next(&f->cube->persons, &inner, &count, &more, context)) && more) {
        if (count == 1) {
            f->alone[inner[0]]++;
            continue;
        }
        if (person == UINT32_MAX)
            return ddg_fail(context, DDG_LIMIT, "more than %u persons in several cells",
                            (unsigned)UINT32_MAX);
        count_person(f, ++person, inner, count);
    }
    for (uint32_t cell = 0; !error && cell < f->cube->inner; cell++) {
        if (f->inner)
            persons[cell] += f->alone[cell];
        for (size_t m = 0; m < f->count; m++) {
            uint32_t into = f->cell_of[m * f->cube->inner + cell];

            if (into != NO_CELL)
                persons[into] += f->alone[cell];
        }
    }
    return error;
}

static enum ddg_error fill(struct filling *f, struct ddg_context *context)
{
    struct ddg_cube *cube = f->cube;
    enum ddg_error error = DDG_OK;

    for (size_t m = 0; !error && m < f->count; m++)
        error = add_up(cube, &f->rollup[m], f->cell_of + m * cube->inner, context);
    if (error || !cube->by_person)
        return error;
    if (!(error = ddg_allocate(&f->alone, cube->inner, sizeof *f->alone, context)) &&
        !(error = ddg_allocate(&f->seen_by, cube->groups.count, sizeof *f->seen_by, context)))
        error = count_persons(f, context);
    free(f->alone);
    free(f->seen_by);
    return error;
}

/* Fills all roll-ups but the first, which is the inner table, and counts the persons of that. */
static enum ddg_error fill_all(const struct ddg_rollups *rollups, struct ddg_cube *cube,
                               struct ddg_context *context)
{
    struct filling f = {.cube = cube, .inner = true};
    size_t together = TOGETHER_BYTES / ((size_t)cube->inner + 1) / sizeof *f.cell_of;
    enum ddg_error error;

    if (together == 0)
        together = 1;
    if (together > rollups->count - 1)
        together = rollups->count - 1;
    error = ddg_allocate(&f.cell_of, together * cube->inner, sizeof *f.cell_of, context);
    for (size_t i = 1; !error && (f.inner || i < rollups->count); i += f.count) {
        size_t left = rollups->count - i;

        f.rollup = rollups->item + i;
        f.count = left < together ? left : together;
        error = fill(&f, context);
        f.inner = false;
    }
    free(f.cell_of);
    return error;
}

enum ddg_error ddg_margins_fill(const struct ddg_margins *margins, struct ddg_cube *cube,
                                struct ddg_context *context)
{
    struct ddg_rollups rollups = {0};
    enum ddg_error error = DDG_OK;

    if (cube->by_person)
        error = ddg_persons_end(&cube->persons, context);
    for (size_t i = 0; !error && i < cube->dims; i++)
        error = ddg_labels_climb(&cube->label[i], context);
    if (!error)
        error = ddg_rollups_make(&rollups, margins, cube, context);
    if (!error)
        error = fill_all(&rollups, cube, context);
    free(rollups.item);
    return error;
}
