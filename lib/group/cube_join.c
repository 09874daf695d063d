#include "group/cube.h"

#include <stdlib.h>

/* What the codes and cells of one cube are in the other. */
struct joining {
    struct ddg_cube *cube, *from;
    uint32_t *code[DDG_DIMENSIONS_MOST]; /* code[d][c] of label c of dimension d */
    uint32_t *cell;
};

static enum ddg_error join_labels(struct joining *j, struct ddg_context *context)
{
    enum ddg_error error = DDG_OK;

    for (size_t d = 0; !error && d < j->cube->dims; d++) {
        const struct ddg_names *label = &j->from->label[d].label;

        error = ddg_allocate(&j->code[d], label->count, sizeof *j->code[d], context);
        for (uint32_t c = 0; !error && c < label->count; c++)
            error =
                ddg_names_add(&j->cube->label[d].label, label->text[c], &j->code[d][c], context);
    }
    return error;
}

static enum ddg_error join_cells(struct joining *j, struct ddg_context *context)
{
    const struct ddg_cube *from = j->from;
    const struct ddg_tally *tally = &from->tally;
    uint32_t key[DDG_DIMENSIONS_MOST];
    enum ddg_error error = ddg_allocate(&j->cell, from->inner, sizeof *j->cell, context);

    for (uint32_t cell = 0; !error && cell < from->inner; cell++) {
        for (size_t d = 0; d < from->dims; d++)
            key[d] = j->code[d][from->groups.key[cell * from->dims + d]];
        error = ddg_cube_add_cell(j->cube, key, tally->events[cell],
                                  tally->sum + cell * tally->sums, &j->cell[cell], context);
    }
    return error;
}

/* Persons and cells that are added at a time. */
struct batch {
    struct ddg_text identifier[DDG_PERSONS_BATCH]; /* before they are added, without their place */
    uint32_t cell[DDG_PERSONS_BATCH];
    size_t count;
    char *bytes; /* of the identifiers, padded, one behind the other */
    size_t used, room;
};

static enum ddg_error flush(struct joining *j, struct batch *batch, struct ddg_context *context)
{
    const char *at = batch->bytes;
    size_t count = batch->count;

    for (size_t i = 0; i < count; i++) {
        batch->identifier[i].at = at;
        at += batch->identifier[i].length + DDG_SHORT_TEXT_MOST;
    }
    batch->count = batch->used = 0;
    return ddg_persons_add_all(&j->cube->persons, batch->identifier, 1, batch->cell, count,
                               context);
}

static enum ddg_error join_person(struct joining *j, struct batch *batch, const uint32_t *cells,
                                  size_t count, struct ddg_context *context)
{
    struct ddg_text identifier = ddg_persons_identifier(&j->from->persons);
    size_t bytes = identifier.length + DDG_SHORT_TEXT_MOST;
    enum ddg_error error = DDG_OK;

    for (size_t i = 0; !error && i < count; i++) {
        error = ddg_grow(&batch->bytes, &batch->room, batch->used + bytes, 1, context);
        if (error)
            return error;
        memcpy(batch->bytes + batch->used, identifier.at, identifier.length);
        memset(batch->bytes + batch->used + identifier.length, 0, DDG_SHORT_TEXT_MOST);
        batch->used += bytes;
        batch->identifier[batch->count].length = identifier.length;
        batch->cell[batch->count++] = j->cell[cells[i]];
        if (batch->count == DDG_PERSONS_BATCH)
            error = flush(j, batch, context);
    }
    return error;
}

static enum ddg_error join_persons(struct joining *j, struct ddg_context *context)
{
    struct ddg_persons *persons = &j->from->persons;
    struct batch batch = {.bytes = NULL};
    const uint32_t *cells;
    size_t count;
    bool more = true;
    enum ddg_error error = ddg_persons_end(persons, context);

    if (!error)
        ddg_persons_rewind(persons);
    while (!error && !(error = ddg_persons_next(persons, &cells, &count, &more, context)) && more)
        error = join_person(j, &batch, cells, count, context);
    if (!error)
        error = flush(j, &batch, context);
    free(batch.bytes);
    return error;
}

enum ddg_error ddg_cube_join(struct ddg_cube *cube, struct ddg_cube *from,
                             struct ddg_context *context)
{
    struct joining j = {.cube = cube, .from = from};
    enum ddg_error error = join_labels(&j, context);

    if (!error)
        error = join_cells(&j, context);
    if (!error && cube->by_person)
        error = join_persons(&j, context);
    for (size_t d = 0; d < cube->dims; d++)
        free(j.code[d]);
    free(j.cell);
    return error;
}

size_t ddg_cube_bytes(const struct ddg_cube *cube)
{
    const struct ddg_groups *groups = &cube->groups;
    const struct ddg_tally *tally = &cube->tally;
    size_t bytes = groups->capacity * sizeof *groups->key + groups->slots * sizeof *groups->slot +
                   tally->events_room * sizeof *tally->events +
                   tally->persons_room * sizeof *tally->persons +
                   tally->sum_room * sizeof *tally->sum;

    if (groups->map)
        bytes += groups->places * sizeof *groups->map;
    for (size_t d = 0; d < cube->dims; d++)
        bytes += ddg_labels_bytes(&cube->label[d]);
    return bytes;
}
