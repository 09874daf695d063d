/*
 * A map: labels for values, from a CSV file of two columns.  A first line `value,label` is a
 * header; any other first line is a pair already.
 */
#ifndef DDG_GROUP_MAP_H
#define DDG_GROUP_MAP_H

#include "base/digest.h"
#include "base/names.h"

struct ddg_map {
    struct ddg_names value;
    struct ddg_text *label; /* label[i] belongs to value.text[i] */
    size_t capacity;
    struct ddg_arena arena; /* owns the labels' bytes */
};

/* Reads the file.  DDG_INPUT when it does not have two columns or gives a value twice.  Free with
 * ddg_map_free(), also after an error. */
enum ddg_error ddg_map_read(struct ddg_map *map, const char *path, struct ddg_context *context);

/* Puts the label of `value` into *label, which lives as long as the map; false where there is
 * none. */
bool ddg_map_find(const struct ddg_map *map, struct ddg_text value, struct ddg_text *label);

/* The digest of the pairs: maps with the same one give the same labels. */
void ddg_map_digest(const struct ddg_map *map, char room[DDG_DIGEST_ROOM]);

void ddg_map_free(struct ddg_map *map);

#endif
