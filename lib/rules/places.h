/*
 * Columns of places below the state (R-SAFE-1), told by their names and by the counties of
 * California in them.
 */
#ifndef DDG_RULES_PLACES_H
#define DDG_RULES_PLACES_H

#include "table/table.h"

enum ddg_place {
    DDG_PLACE_NONE,
    DDG_PLACE_BELOW_STATE, /* counties, cities, tracts ... */
    DDG_PLACE_ZIP,         /* ZIP codes of three digits, or of unknown form */
    DDG_PLACE_ZIP_FIVE,    /* ZIP codes of five digits */
};

/* What a column holds; `words` are those of its name, made by ddg_words_of(). */
enum ddg_place ddg_place_of(const struct ddg_table *table, size_t column, const char *words);

#endif
