/*
 * Groups: the combinations of labels that occur, each a cell of the table, numbered in order of
 * arrival.  A cell's key is the tuple of its labels' codes, one per dimension.
 *
 * While the product of the dimensions' sizes is small, a cell is found in a map that has a place
 * for every combination; beyond that in a hash table of those that occur.
 */
#ifndef DDG_GROUP_GROUPS_H
#define DDG_GROUP_GROUPS_H

#include "base/hash.h"
#include "base/slots.h"

/* Stands in a key for all labels together: the cell is a total of this dimension. */
#define DDG_ALL_LABELS UINT32_MAX

/* Keys that are looked up at a time. */
enum { DDG_GROUPS_BATCH = 256 };

struct ddg_groups {
    size_t dims;
    uint32_t count; /* cells */
    uint32_t *key;  /* key[cell * dims + dimension] */
    /* the rest is the groups' own */
    size_t capacity;
    uint32_t *map;    /* map[place of a key] is its cell + 1, 0 where there is none; NULL: hashed */
    size_t places;    /* of the map: the product of the sizes */
    uint32_t *size;   /* size[dimension]: its codes are below this less one */
    uint32_t *weight; /* how far the map's places of a code and the next are from each other */
    struct ddg_numbered *slot;
    size_t slots;
    struct ddg_hash_key hash;
};

/* Free with ddg_groups_free(), also after an error. */
enum ddg_error ddg_groups_init(struct ddg_groups *groups, size_t dims, struct ddg_context *context);

/* Puts the cell of `key` into *cell, adding it if it is new: then *cell is the old count.  `key`
 * must not be a view of groups->key. */
enum ddg_error ddg_groups_add(struct ddg_groups *groups, const uint32_t *key, uint32_t *cell,
                              struct ddg_context *context);

/* The same for `count` keys, DDG_GROUPS_BATCH at most: code[dimension * DDG_GROUPS_BATCH + i] is a
 * code of key i, and most[dimension] is the largest of them, DDG_ALL_LABELS not counted, or more.
 */
enum ddg_error ddg_groups_add_all(struct ddg_groups *groups, const uint32_t *code,
                                  const uint32_t *most, size_t count, uint32_t *cell,
                                  struct ddg_context *context);

void ddg_groups_free(struct ddg_groups *groups);

#endif
