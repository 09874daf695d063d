/*
 * The populations of California and its counties (census of 2020), by name and by FIPS code.
 */
#ifndef DDG_SCORE_GAZETTEER_H
#define DDG_SCORE_GAZETTEER_H

#include "base/memory.h"

struct ddg_place_entry {
    struct ddg_text name;
    uint64_t code, people;
    bool shared; /* a city, town or community of California, or another state, has the name, too */
};

/* What a label says of how large its place is. */
enum ddg_place_label {
    DDG_PLACE_SURE,  /* a county or the state: "Alpine County", "06003", "6003", "California" */
    DDG_PLACE_NAME,  /* nothing: "Alpine" */
    DDG_PLACE_DIGITS /* one to three digits; see ddg_gazetteer_code() */
};

struct ddg_gazetteer {
    struct ddg_place_entry *place; /* the state first */
    size_t places, room;
    struct ddg_arena arena;
};

/* Free with ddg_gazetteer_free(), also after an error. */
enum ddg_error ddg_gazetteer_read(struct ddg_gazetteer *gazetteer, struct ddg_context *context);

/* The place that a label names if it names a county or the state, and into *how what tells; NULL
 * for none, and for digits. */
const struct ddg_place_entry *ddg_gazetteer_find(const struct ddg_gazetteer *gazetteer,
                                                 struct ddg_text label, enum ddg_place_label *how);

/* The county of a code without the state: "003" is of the FIPS; "3" and "03" are of the FIPS or the
 * third county of the alphabet, of which the one with fewer people is meant unless `fips`.  NULL
 * for any other label. */
const struct ddg_place_entry *ddg_gazetteer_code(const struct ddg_gazetteer *gazetteer,
                                                 struct ddg_text label, bool fips);

void ddg_gazetteer_free(struct ddg_gazetteer *gazetteer);

#endif
