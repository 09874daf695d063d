/*
 * The additive structure of a table: its cells, and the lines that bind them.
 *
 * A cell is a combination of categories, one of each dimension.  Beside the cells that the table
 * prints there are those that its totals imply: if Alpine/Female is a cell, so are Total/Female,
 * Alpine/Total and Total/Total, whether or not they have a row.
 *
 * A line says that a cell is the sum of others: one dimension's category stands for the sum of its
 * children while all other dimensions stay put.  There is a line for every cell, dimension and
 * level that has at least one part among the cells.  A total whose parts are nowhere in the table
 * has no line: nothing is known about them.
 *
 * Rows that repeat a cell are an error, or with --repeats cells of tables apart.
 */
#ifndef DDG_TABLE_MODEL_H
#define DDG_TABLE_MODEL_H

#include "table/dimension.h"

#define DDG_NO_CELL UINT32_MAX

struct ddg_model {
    const struct ddg_table *table;
    struct ddg_dimension *dimension; /* nested columns are one dimension */
    size_t dimensions;
    size_t *place; /* of each dimension column of the table: its dimension, then its level */

    uint32_t cells;      /* printed cells in the order of their rows, absent ones, implied ones;
                          * those of rows beyond the table, and what they imply */
    uint32_t printed;    /* how many have a row: cell i has row i for i < printed */
    uint32_t absent;     /* how many were left out: the cells printed .. printed + absent - 1 */
    uint32_t own;        /* how many there are but for those of rows beyond the table */
    uint32_t between;    /* from this one on they are the middles of equations (table/sums.h) */
    uint32_t *beyond;    /* the cell of each of those rows */
    uint64_t *key;       /* which categories: see ddg_model_category() */
    uint64_t *stride;    /* of each dimension: a key is the sum of categories times these */
    uint32_t *by_height; /* the cells without a row, every part before what it is a part of */

    uint32_t lines;
    size_t *line_start;      /* cells of line i: line_cell[line_start[i] .. line_start[i + 1]) */
    uint32_t *line_cell;     /* the total first, then its parts in the order of the cells */
    uint8_t *line_dimension; /* which dimension the line sums over */
    uint32_t *line_measure;  /* which measure it is of, DDG_NO_CELL: an equation; NULL where the
                              * model is not of several (table/joint.h, table/equate.h) */

    uint32_t *same; /* of each cell, after ddg_model_unite(): which one stands for it, itself if
                     * none does; NULL where that is not kept */

    size_t *cell_start; /* lines of cell i: cell_line[cell_start[i] .. cell_start[i + 1]) */
    uint32_t *cell_line;

    /* the rest is the model's own */
    size_t key_room;
    uint32_t *slot;
    size_t slots;
    struct ddg_hash_key hash;
};

/* Builds the structure of `table`, which must outlive the model.  Rows beyond the table make up
 * models of their own beside it, one for each release, with cells and lines of their own: the last
 * dimension tells which, from 0.  So do rows of several measures, of which the dimension before
 * tells.  The table's own cells have the same numbers as without rows beyond it.  Free with
 * ddg_model_free(), also after an error. */
enum ddg_error ddg_model_build(struct ddg_model *model, const struct ddg_table *table,
                               const struct ddg_description *description,
                               struct ddg_context *context);

/* The same with cells that have no row but are taken to exist (--absent unknown): `keys` come from
 * ddg_model_absent_keys() on a model of the same table and description. */
enum ddg_error ddg_model_build_with(struct ddg_model *model, const struct ddg_table *table,
                                    const struct ddg_description *description, const uint64_t *keys,
                                    size_t key_count, struct ddg_context *context);

/* Puts one cell into the lines of others: same[i] in place of each cell i, which may be i itself
 * and is never in a line with it.  Lines that are then the same are one, and cells that were
 * replaced have none. */
enum ddg_error ddg_model_unite(struct ddg_model *model, const uint32_t *same,
                               struct ddg_context *context);

void ddg_model_free(struct ddg_model *model);

/* The category of a cell in a dimension. */
uint32_t ddg_model_category(const struct ddg_model *model, uint32_t cell, size_t dimension);

/* The level that dimension column `dim` of the table is. */
static inline const struct ddg_level *ddg_model_level(const struct ddg_model *model, size_t dim)
{
    return &model->dimension[model->place[2 * dim]].level[model->place[2 * dim + 1]];
}

/* What a row of the cell has in dimension column `dim` of the table; as long-lived as the model. */
struct ddg_text ddg_model_label(const struct ddg_model *model, uint32_t cell, size_t dim);

/* How far a cell is above cells without parts: 0 for those, above every part's for others. */
uint32_t ddg_model_height(const struct ddg_model *model, uint32_t cell);

/* True when a printed cell is the total of something. */
bool ddg_model_has_totals(const struct ddg_model *model);

/* The cell with a category of each dimension, or DDG_NO_CELL. */
uint32_t ddg_model_find(const struct ddg_model *model, const uint32_t *category);

/* The cell with a key, or DDG_NO_CELL. */
uint32_t ddg_model_find_key(const struct ddg_model *model, uint64_t key);

/* The cell in which `dimension` is changed to `category`, or DDG_NO_CELL. */
uint32_t ddg_model_neighbour(const struct ddg_model *model, uint32_t cell, size_t dimension,
                             uint32_t category);

/* True when the parts of a line may overlap in a measure: its total is then at most their sum, and
 * at least the largest.  A model of several measures knows whose line it is. */
static inline bool ddg_model_may_overlap(const struct ddg_model *model, size_t measure,
                                         uint32_t line)
{
    if (model->line_measure && model->line_measure[line] == DDG_NO_CELL)
        return false;
    if (model->line_measure)
        measure = model->line_measure[line];
    return model->table->measure[measure].distinct ||
           model->dimension[model->line_dimension[line]].overlapping;
}

/* True when some category that is a part of the line's total has no cell in the line. */
bool ddg_model_has_absent(const struct ddg_model *model, uint32_t line);

/* Adds the keys of those parts to a growing array, which the caller frees. */
enum ddg_error ddg_model_absent_keys(const struct ddg_model *model, uint32_t line, uint64_t **keys,
                                     size_t *key_count, size_t *key_room,
                                     struct ddg_context *context);

/* Writes "county=Alpine, sex=Total" for messages, cut where the room ends. */
void ddg_model_describe(const struct ddg_model *model, uint32_t cell, char *room, size_t size);

/* The same for a line: its total, then "(parts by county)". */
void ddg_model_describe_line(const struct ddg_model *model, uint32_t line, char *room, size_t size);

/* A failure about a line: "FILE:LINE: text: county=Total, sex=F (parts by county)". */
enum ddg_error ddg_model_fail(const struct ddg_model *model, uint32_t line,
                              struct ddg_context *context, const char *text);

#endif
