/*
 * What the parts of a model's making share: its cells, in model.c, and its lines, in model_lines.c.
 */
#ifndef DDG_TABLE_MODEL_PARTS_H
#define DDG_TABLE_MODEL_PARTS_H

#include "table/model.h"

/* The key of a cell with another category of a dimension, `to` in place of `from`. */
static inline uint64_t ddg_model_changed_key(const struct ddg_model *m, uint32_t cell,
                                             size_t dimension, uint32_t from, uint32_t to)
{
    return m->key[cell] - from * m->stride[dimension] + to * m->stride[dimension];
}

/* Puts the cell with that key into *cell, a new one if there is none. */
enum ddg_error ddg_model_add_cell(struct ddg_model *model, uint64_t key, uint32_t *cell,
                                  struct ddg_context *context);

/* Makes room in the table of keys for twice as many cells, and puts in those that there are. */
enum ddg_error ddg_model_grow_slots(struct ddg_model *model, struct ddg_context *context);

/* Makes of lines of cells, of which there are `entries`, lists of lines of each cell. */
enum ddg_error ddg_model_turn_lines(struct ddg_model *model, size_t entries,
                                    struct ddg_context *context);

/* Makes the lines of a model that has all its cells. */
enum ddg_error ddg_model_build_lines(struct ddg_model *model, struct ddg_context *context);

#endif
