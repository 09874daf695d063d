/*
 * Ages and periods of two tables, in columns of one name, that overlap: 0-17 in one and 0-18 in the
 * other.  Whether both count the same people is more than labels say.
 */
#ifndef DDG_RULES_OVERLAP_BETWEEN_H
#define DDG_RULES_OVERLAP_BETWEEN_H

#include "base/prose.h"
#include "table/model.h"

/* Adds the labels of a dimension column, an index of table->dim, without the total's, to `labels`:
 * also those that only a hierarchy names, which knows how they hang together. */
enum ddg_error ddg_overlap_between_add(struct ddg_names *labels, const struct ddg_model *model,
                                       size_t dim, struct ddg_context *context);

/* Adds "'0-18' overlaps '0-17' of OTHER, and one less the other is a count that nothing protects"
 * of the labels of a column called `column` and those of the table that `other` names; nothing
 * where none of one overlaps one of the other, or where they have no label in common, since then
 * they may be of anybody. */
enum ddg_error ddg_overlap_between_say(struct ddg_prose *prose, const struct ddg_names *labels,
                                       const struct ddg_names *others, struct ddg_text column,
                                       const char *other, struct ddg_context *context);

#endif
