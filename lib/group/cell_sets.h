/*
 * Sets of cells, millions of them and most of them small: the cells of one person.  Sets are blocks
 * of one pool: a few cells stand in a row, more in a hash table.
 */
#ifndef DDG_GROUP_CELL_SETS_H
#define DDG_GROUP_CELL_SETS_H

#include "base/hash.h"
#include "base/memory.h"

enum { DDG_SET_SIZES = 28 };

/* A set is named by where its block is, which changes as it grows; DDG_NO_SET names none. */
#define DDG_NO_SET 0

/* The largest name of a set. */
#define DDG_SET_MOST (UINT32_MAX >> 1)

/* Start with ddg_cell_sets_init(). */
struct ddg_cell_sets {
    size_t used, room; /* words; a word is four bytes */
    /* the rest is the sets' own */
    uint32_t *word;
    uint32_t given_back[DDG_SET_SIZES]; /* blocks of each size that can be used again */
    uint64_t key;
};

void ddg_cell_sets_init(struct ddg_cell_sets *sets);

/* Adds the cell to *set, which it may be in, and makes a set where there is none yet.  DDG_LIMIT
 * for a set of more than a hundred million cells, and for more sets than can be named. */
enum ddg_error ddg_cell_sets_add(struct ddg_cell_sets *sets, uint32_t *set, uint32_t cell,
                                 struct ddg_context *context);

static inline void ddg_cell_sets_fetch(const struct ddg_cell_sets *sets, uint32_t set)
{
    __builtin_prefetch(sets->word + (size_t)set * 4);
}

/* How many cells are in the set. */
size_t ddg_cell_sets_count(const struct ddg_cell_sets *sets, uint32_t set);

/* Copies them to `cell`, in no order. */
void ddg_cell_sets_copy(const struct ddg_cell_sets *sets, uint32_t set, uint32_t *cell);

/* Forgets all sets. */
void ddg_cell_sets_clear(struct ddg_cell_sets *sets);

void ddg_cell_sets_free(struct ddg_cell_sets *sets);

#endif
