/*
 * The cells of a table that was taken in: which dimensions are crossed with which, what each such
 * crossing shows, and the numerator-denominator condition (R-ND-1).
 *
 * A row crosses the dimensions in which it has no total.  Crossings that lie within others are
 * their margins; one that lies within no other is a table of its own, so that variables that are
 * shown side by side are scored side by side (R-PSC-6).
 */
#ifndef DDG_SCORE_CELLS_H
#define DDG_SCORE_CELLS_H

#include "rules/population.h"
#include "score/intake.h"

/* Which dimensions a row crosses: bit d for dimension d; and of breakdowns side by side, which of
 * them it is in (struct ddg_parts), 0 for none. */
struct ddg_crosses {
    uint64_t dimensions;
    uint32_t kind[DDG_PARTITIONS_MOST];
};

/* A table among those that stand side by side. */
struct ddg_side {
    struct ddg_crosses crossing;
    uint64_t smallest; /* count that is not 0, or DDG_NO_COUNT */
    uint64_t rows, small;
    bool **shown; /* of each dimension and category: it stands in a row without the total */
};

struct ddg_cells {
    struct ddg_side *side;
    size_t sides;
    uint64_t denominators_failed, denominators_missing; /* rows */
    uint64_t **people; /* of each dimension and category: the most that the column of populations
                        * has beside it, 0 for none */
    /* the rest is the cells' own */
    struct ddg_side *crossing; /* as rows have them */
    size_t crossings, crossing_room, last;
    struct ddg_names crossing_name;
    struct ddg_registry *registry;
    uint64_t least;
    struct ddg_names place; /* categories whose population was asked for */
    struct person_count {
        uint64_t people;
        bool found;
    } * of_place;
    size_t of_place_room;
    uint32_t *tuple;
    struct ddg_arena arena;
};

/* Looks at every row.  `registry` has the denominators, NULL where none or a column has them;
 * `least` is the smallest that does not fail.  DDG_INPUT for a cell that stands twice.  Free with
 * ddg_cells_free(), also after an error. */
enum ddg_error ddg_cells_read(struct ddg_cells *cells, struct ddg_intake *intake,
                              struct ddg_registry *registry, uint64_t least);

/* Whether the row under the cursor has a denominator that is large enough. */
enum ddg_error ddg_cells_denominator(struct ddg_cells *cells, struct ddg_intake *intake,
                                     const struct ddg_taken *row, bool *ok, bool *known);

/* Which dimensions the row under the cursor crosses. */
struct ddg_crosses ddg_crosses_of(const struct ddg_intake *intake);

/* True where all that a crosses b crosses, too. */
bool ddg_crosses_are_within(const struct ddg_crosses *a, const struct ddg_crosses *b);

void ddg_cells_free(struct ddg_cells *cells);

#endif
