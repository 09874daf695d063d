/*
 * The numbers of the cells: records, distinct persons, and sums of amounts.
 */
#ifndef DDG_GROUP_TALLY_H
#define DDG_GROUP_TALLY_H

#include "base/memory.h"
#include "base/number.h"

struct ddg_tally {
    uint32_t cells;
    uint64_t *events;        /* events[cell]: records */
    uint64_t *persons;       /* persons[cell]: distinct persons; 0 where none are counted */
    struct ddg_decimal *sum; /* sum[cell * sums + i] of amount column i */
    size_t sums;
    unsigned *places; /* places[i]: the finest that amount column i has anywhere */
    /* the rest is the tally's own */
    size_t events_room, persons_room, sum_room;
};

/* `sums` amount columns.  Free with ddg_tally_free(), also after an error. */
enum ddg_error ddg_tally_init(struct ddg_tally *tally, size_t sums, struct ddg_context *context);

/* Makes room for `cells` cells; new ones are zero. */
enum ddg_error ddg_tally_extend(struct ddg_tally *tally, uint32_t cells,
                                struct ddg_context *context);

/* Adds records with the `sums` sums of their amounts to the cell.  DDG_LIMIT on overflow. */
enum ddg_error ddg_tally_add(struct ddg_tally *tally, uint32_t cell, uint64_t events,
                             const struct ddg_decimal *amounts, struct ddg_context *context);

/* Adds a record without amounts to each of the cells. */
void ddg_tally_count(struct ddg_tally *tally, const uint32_t *cell, size_t count);

/* Adds amounts of column i, amount[r] to cell[r].  DDG_LIMIT on overflow. */
enum ddg_error ddg_tally_add_amounts(struct ddg_tally *tally, size_t i, const uint32_t *cell,
                                     const struct ddg_decimal *amount, size_t count,
                                     struct ddg_context *context);

/* Adds the records and sums of the cell `from` to the cell `into`; persons do not add up.
 * DDG_LIMIT on overflow. */
enum ddg_error ddg_tally_merge(struct ddg_tally *tally, uint32_t into, uint32_t from,
                               struct ddg_context *context);

/* The sum of amount column i in the cell, with the places of its column: a column of money has
 * cents in every row.  DDG_LIMIT on overflow. */
enum ddg_error ddg_tally_sum(const struct ddg_tally *tally, uint32_t cell, size_t i,
                             struct ddg_decimal *sum, struct ddg_context *context);

void ddg_tally_free(struct ddg_tally *tally);

#endif
