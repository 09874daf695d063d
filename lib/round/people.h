/*
 * The populations that rates are of: a column of the table, or a file (rules/population.h).
 */
#ifndef DDG_ROUND_PEOPLE_H
#define DDG_ROUND_PEOPLE_H

#include "table/model.h"

/* Puts the population of each printed cell into people[0 .. printed - 1], 0 where none is known.
 * `source` is the name of a column or, if there is none, the path of a file; then lacks[0 .. size -
 * 1] gets the dimensions that the file does not have, as "'sex' or 'age'", cut where the room ends.
 * DDG_INPUT for a population that is no number; see ddg_registry_open() for files. */
enum ddg_error ddg_people_read(uint64_t *people, const struct ddg_model *model,
                               const struct ddg_description *description, const char *source,
                               char *lacks, size_t size, struct ddg_context *context);

#endif
