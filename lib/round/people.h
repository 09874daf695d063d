/*
 * The populations that rates are of: a column of the table, or a file (rules/population.h).
 */
#ifndef DDG_ROUND_PEOPLE_H
#define DDG_ROUND_PEOPLE_H

#include "table/model.h"

/* What a file of populations does not have, cut where the room ends; blank for none. */
struct ddg_people_gaps {
    char dimensions[256]; /* "'sex' or 'age'" */
    char category[256];   /* the first that stands in no row of it: "sex=Unknown" */
};

/* Puts the population of each printed cell into people[0 .. printed - 1], 0 where none is known.
 * `source` is the name of a column or, if there is none, the path of a file, whose gaps go into
 * *gaps.  DDG_INPUT for a population that is no number; see ddg_registry_open() for files. */
enum ddg_error ddg_people_read(uint64_t *people, const struct ddg_model *model,
                               const struct ddg_description *description, const char *source,
                               struct ddg_people_gaps *gaps, struct ddg_context *context);

#endif
