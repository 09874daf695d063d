#include "group/cube.h"

#include <stdlib.h>

enum ddg_error ddg_cube_init(struct ddg_cube *cube, const struct ddg_spec *spec,
                             struct ddg_text missing, const struct ddg_text *total, size_t sums,
                             bool by_person, struct ddg_context *context)
{
    enum ddg_error error;

    *cube = (struct ddg_cube){.by_person = by_person};
    if ((error = ddg_persons_init(&cube->persons, context)) ||
        (error = ddg_groups_init(&cube->groups, spec->count, context)) ||
        (error = ddg_tally_init(&cube->tally, sums, context)) ||
        (error = ddg_allocate(&cube->label, spec->count, sizeof *cube->label, context)))
        return error;
    for (; !error && cube->dims < spec->count; cube->dims++)
        error = ddg_labels_init(&cube->label[cube->dims], &spec->dimension[cube->dims], missing,
                                total[cube->dims], context);
    return error;
}

enum ddg_error ddg_cube_init_like(struct ddg_cube *cube, const struct ddg_cube *other,
                                  struct ddg_context *context)
{
    enum ddg_error error;

    *cube = (struct ddg_cube){.by_person = other->by_person};
    if ((error = ddg_persons_init(&cube->persons, context)) ||
        (error = ddg_groups_init(&cube->groups, other->dims, context)) ||
        (error = ddg_tally_init(&cube->tally, other->tally.sums, context)) ||
        (error = ddg_allocate(&cube->label, other->dims, sizeof *cube->label, context)))
        return error;
    for (; !error && cube->dims < other->dims; cube->dims++)
        error = ddg_labels_init_like(&cube->label[cube->dims], &other->label[cube->dims], context);
    return error;
}

enum ddg_error ddg_cube_cell(struct ddg_cube *cube, const uint32_t *key, uint32_t *cell,
                             struct ddg_context *context)
{
    enum ddg_error error = ddg_groups_add(&cube->groups, key, cell, context);

    if (!error && cube->groups.count > cube->tally.cells)
        error = ddg_tally_extend(&cube->tally, cube->groups.count, context);
    return error;
}

enum ddg_error ddg_cube_add_cell(struct ddg_cube *cube, const uint32_t *key, uint64_t events,
                                 const struct ddg_decimal *sums, uint32_t *cell,
                                 struct ddg_context *context)
{
    enum ddg_error error = ddg_cube_cell(cube, key, cell, context);

    if (error)
        return error;
    cube->inner = cube->groups.count;
    cube->records += events;
    return ddg_tally_add(&cube->tally, *cell, events, sums, context);
}

enum ddg_error ddg_cube_add_person(struct ddg_cube *cube, struct ddg_text person, uint32_t cell,
                                   struct ddg_context *context)
{
    return ddg_persons_add(&cube->persons, person, cell, context);
}

enum ddg_error ddg_cube_add_all(struct ddg_cube *cube, const uint32_t *code, size_t count,
                                uint32_t *cell, struct ddg_context *context)
{
    uint32_t most[DDG_DIMENSIONS_MOST];
    enum ddg_error error;

    for (size_t i = 0; i < cube->dims; i++)
        most[i] = cube->label[i].label.count - 1;
    error = ddg_groups_add_all(&cube->groups, code, most, count, cell, context);
    if (!error && cube->groups.count > cube->tally.cells)
        error = ddg_tally_extend(&cube->tally, cube->groups.count, context);
    if (error)
        return error;
    cube->inner = cube->groups.count;
    ddg_tally_count(&cube->tally, cell, count);
    return DDG_OK;
}

void ddg_cube_free(struct ddg_cube *cube)
{
    for (size_t i = 0; i < cube->dims; i++)
        ddg_labels_free(&cube->label[i]);
    free(cube->label);
    ddg_groups_free(&cube->groups);
    ddg_tally_free(&cube->tally);
    ddg_persons_free(&cube->persons);
    *cube = (struct ddg_cube){0};
}
