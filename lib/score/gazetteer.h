/*
 * The populations of California and its counties (census of 2020), by name and by FIPS code.
 */
#ifndef DDG_SCORE_GAZETTEER_H
#define DDG_SCORE_GAZETTEER_H

#include "base/memory.h"

struct ddg_place_entry {
    struct ddg_text name;
    uint64_t code, people;
};

struct ddg_gazetteer {
    struct ddg_place_entry *place; /* the state first */
    size_t places, room;
    struct ddg_arena arena;
};

/* Free with ddg_gazetteer_free(), also after an error. */
enum ddg_error ddg_gazetteer_read(struct ddg_gazetteer *gazetteer, struct ddg_context *context);

/* The place that a label names: "Alpine", "Alpine County", "06003", "6003", "California", "CA";
 * NULL for none.  With `fips`, which the name of the column says, also "003" and "3". */
const struct ddg_place_entry *ddg_gazetteer_find(const struct ddg_gazetteer *gazetteer,
                                                 struct ddg_text label, bool fips);

void ddg_gazetteer_free(struct ddg_gazetteer *gazetteer);

#endif
