/*
 * Denominators: the population behind each cell (R-DEN-2).
 *
 * They stand in a column of the table (score/intake.h), or in a file with a column `population` and
 * any of the table's dimensions as columns: a cell then has the population of its area whatever its
 * sex or age, and where the file has no row for a total, the sum of its children.
 */
#ifndef DDG_RULES_POPULATION_H
#define DDG_RULES_POPULATION_H

#include "table/dimension.h"

/* The populations of a file. */
struct ddg_registry;

/* Reads a file as above.  DDG_INPUT for a population that is no number or stands twice, and for a
 * file that has no category of a dimension that it has; DDG_USAGE for one without a dimension of
 * the table.  The dimensions have to outlive the registry.  Close with ddg_registry_close(), also
 * after an error. */
enum ddg_error ddg_registry_open(struct ddg_registry **registry,
                                 const struct ddg_dimension *dimension, size_t dimensions,
                                 const struct ddg_description *description, const char *path,
                                 struct ddg_context *context);

/* The population of a cell, which has a category of each dimension. */
enum ddg_error ddg_registry_find(struct ddg_registry *registry, const uint32_t *category,
                                 uint64_t *people, bool *found);

/* True where the file has the dimension. */
bool ddg_registry_has(const struct ddg_registry *registry, size_t dimension);

/* True where the file has the dimension, and in no row the category. */
bool ddg_registry_lacks(const struct ddg_registry *registry, size_t dimension, uint32_t category);

void ddg_registry_close(struct ddg_registry *registry);

#endif
