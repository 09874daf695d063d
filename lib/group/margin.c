#include "group/margin.h"

#include <stdlib.h>

/* What may be held of where inner cells go.  Each time that it does not do for all margins, persons
 * are read again. */
enum { TOGETHER_BYTES = 1 << 26 };

/* Adds a margin unless it is among the first `known` already. */
static enum ddg_error push(struct ddg_margins *margins, uint64_t kept, size_t known,
                           struct ddg_context *context)
{
    enum ddg_error error;

    for (size_t i = 0; i < known; i++)
        if (margins->kept[i] == kept)
            return DDG_OK;
    error = ddg_grow(&margins->kept, &margins->capacity, margins->count + 1, sizeof *margins->kept,
                     context);
    if (!error)
        margins->kept[margins->count++] = kept;
    return error;
}

enum ddg_error ddg_margins_add_all(struct ddg_margins *margins, size_t dims,
                                   struct ddg_context *context)
{
    /* those of the loop differ from each other */
    size_t before = margins->count;
    enum ddg_error error = DDG_OK;

    if (dims > DDG_ALL_MARGINS_DIMS)
        return ddg_fail(context, DDG_LIMIT,
                        "every total of more than %d dimensions is too much (--margins chooses)",
                        (int)DDG_ALL_MARGINS_DIMS);
    for (uint64_t kept = 0; !error && kept < ddg_margin_inner(dims); kept++)
        error = push(margins, kept, before, context);
    return error;
}

/* The end of the margin at `at`: a semicolon outside quotes, or the end of the argument. */
static const char *margin_end(const char *at)
{
    bool quoted = false;

    for (; *at && (quoted || *at != ';'); at++)
        quoted ^= *at == '"';
    return at;
}

static enum ddg_error add_named(struct ddg_margins *margins, const struct ddg_list *names,
                                const struct ddg_spec *spec, struct ddg_context *context)
{
    uint64_t kept = 0;

    for (size_t i = 0; i < names->count; i++) {
        size_t dimension = ddg_spec_find(spec, ddg_text_trim(names->item[i]));

        if (dimension == spec->count)
            return ddg_fail(context, DDG_USAGE, "a margin keeps '%.*s', which is no dimension",
                            (int)names->item[i].length, names->item[i].at);
        kept |= UINT64_C(1) << dimension;
    }
    return kept == ddg_margin_inner(spec->count) ? DDG_OK
                                                 : push(margins, kept, margins->count, context);
}

enum ddg_error ddg_margins_add(struct ddg_margins *margins, const char *argument,
                               const struct ddg_spec *spec, struct ddg_context *context)
{
    struct ddg_arena arena = {0};
    enum ddg_error error = DDG_OK;

    for (const char *at = argument, *end; !error; at = end + 1) {
        struct ddg_list names = {0};
        struct ddg_text margin;

        end = margin_end(at);
        margin = ddg_text_trim((struct ddg_text){at, (size_t)(end - at)});
        if (margin.length > 0) {
            margin = ddg_arena_copy(&arena, margin, context);
            error = margin.at ? ddg_list_add(&names, margin.at, ',', &arena, context) : DDG_MEMORY;
        }
        if (!error)
            error = add_named(margins, &names, spec, context);
        free(names.item);
        if (*end == '\0')
            break;
    }
    ddg_arena_free(&arena);
    return error;
}

/* Margins that are filled together, so that persons are read once for all of them: where each
 * inner cell goes. */
struct filling {
    struct ddg_cube *cube;
    const uint64_t *kept;
    size_t count;
    uint32_t *cell_of; /* cell_of[margin * cube->inner + inner cell] */
    uint64_t *alone;   /* alone[inner cell]: persons who are in no other cell */
    uint32_t *seen_by; /* the number, from 1, of the last person who was counted in the cell */
    bool inner;        /* the inner cells are to be counted, too */
};

/* Adds records and amounts of the inner cells to the margin's cells, and notes in cell_of which
 * goes where. */
static enum ddg_error add_up(struct ddg_cube *cube, uint64_t kept, uint32_t *cell_of,
                             struct ddg_context *context)
{
    uint32_t key[DDG_DIMENSIONS_MOST], cell;
    enum ddg_error error;

    memset(key, 0xff, sizeof key); /* DDG_ALL_LABELS */
    if (kept == 0 && (error = ddg_cube_cell(cube, key, &cell, context)))
        return error;
    for (uint32_t from = 0; from < cube->inner; from++) {
        for (size_t i = 0; i < cube->dims; i++)
            if (ddg_margin_keeps(kept, i))
                key[i] = cube->groups.key[from * cube->dims + i];
        if ((error = ddg_cube_cell(cube, key, &cell_of[from], context)) ||
            (error = ddg_tally_merge(&cube->tally, cell_of[from], from, context)))
            return error;
    }
    return DDG_OK;
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

            if (f->seen_by[cell] == person)
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
        for (size_t m = 0; m < f->count; m++)
            persons[f->cell_of[m * f->cube->inner + cell]] += f->alone[cell];
    }
    return error;
}

static enum ddg_error fill(struct filling *f, struct ddg_context *context)
{
    struct ddg_cube *cube = f->cube;
    enum ddg_error error = DDG_OK;

    for (size_t m = 0; !error && m < f->count; m++)
        error = add_up(cube, f->kept[m], f->cell_of + m * cube->inner, context);
    if (error || !cube->by_person)
        return error;
    if (!(error = ddg_allocate(&f->alone, cube->inner, sizeof *f->alone, context)) &&
        !(error = ddg_allocate(&f->seen_by, cube->groups.count, sizeof *f->seen_by, context)))
        error = count_persons(f, context);
    free(f->alone);
    free(f->seen_by);
    return error;
}

enum ddg_error ddg_margins_fill(const struct ddg_margins *margins, struct ddg_cube *cube,
                                struct ddg_context *context)
{
    struct filling f = {.cube = cube, .inner = true};
    size_t together = TOGETHER_BYTES / ((size_t)cube->inner + 1) / sizeof *f.cell_of;
    enum ddg_error error = DDG_OK;

    if (together == 0)
        together = 1;
    if (together > margins->count)
        together = margins->count;
    if (cube->by_person)
        error = ddg_persons_end(&cube->persons, context);
    if (!error)
        error = ddg_allocate(&f.cell_of, together * cube->inner, sizeof *f.cell_of, context);
    for (size_t i = 0; !error && (f.inner || i < margins->count); i += f.count) {
        f.kept = margins->kept + i;
        f.count = margins->count - i < together ? margins->count - i : together;
        error = fill(&f, context);
        f.inner = false;
    }
    free(f.cell_of);
    return error;
}
