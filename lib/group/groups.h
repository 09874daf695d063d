/*
 * Groups: the combinations of labels that occur, each a cell of the table, numbered in order of
 * arrival.  A cell's key is the tuple of its labels' codes, one per dimension.
 */
#ifndef DDG_GROUP_GROUPS_H
#define DDG_GROUP_GROUPS_H

#include "base/hash.h"
#include "base/slots.h"

struct ddg_groups {
    size_t dims;
    uint32_t count; /* cells */
    uint32_t *key;  /* key[cell * dims + dimension] */
    /* the rest is the groups' own */
    size_t capacity;
    struct ddg_numbered *slot;
    size_t slots;
    struct ddg_hash_key hash;
};

void ddg_groups_init(struct ddg_groups *groups, size_t dims);

/* Puts the cell of `key` into *cell, adding it if it is new: then *cell is the old count.  `key`
 * must not be a view of groups->key. */
enum ddg_error ddg_groups_add(struct ddg_groups *groups, const uint32_t *key, uint32_t *cell,
                              struct ddg_context *context);

void ddg_groups_free(struct ddg_groups *groups);

#endif
