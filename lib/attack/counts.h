/*
 * What the counts of a release say: the range of each, and how many values have to remain.
 */
#ifndef DDG_ATTACK_COUNTS_H
#define DDG_ATTACK_COUNTS_H

#include "attack/publication.h"

/* Of several tables of which --rounded is true of some, finds those of which it is not: a count
 * that is no multiple was not rounded, nor were the others of its table.  DDG_INPUT names a count
 * that is no number. */
enum ddg_error ddg_counts_find_exact(struct ddg_publication *publication,
                                     struct ddg_context *context);

/* Finds out for each measure what the attacker knows of hidden counts (DDG_READER_AUTO: what the
 * table gives away), and reads all counts of a release into its slots.  DDG_INPUT names a count
 * that is no number, that is too large, or that is not rounded as was said. */
enum ddg_error ddg_counts_read(struct ddg_publication *publication, size_t release,
                               struct ddg_context *context);

/* What the slots can be at the least and at the most, by all lines together, whatever stands in
 * cells that have no row: of joined slots the first has the range. */
struct ddg_ranges {
    int64_t *low, *high;
};

/* Finds these ranges.  Free with ddg_ranges_free(), also after an error. */
enum ddg_error ddg_ranges_find(struct ddg_ranges *ranges, const struct ddg_publication *publication,
                               struct ddg_context *context);

void ddg_ranges_free(struct ddg_ranges *ranges);

/* Adds to a growing array the keys of cells that have no row but must exist (--absent): with
 * DDG_ABSENT_AUTO in lines whose total exceeds all that their parts can be, with
 * DDG_ABSENT_UNKNOWN in every line that the shown counts do not already fill.  The caller frees. */
enum ddg_error ddg_counts_absent(const struct ddg_publication *publication,
                                 const struct ddg_ranges *ranges, size_t release, uint64_t **keys,
                                 size_t *count, size_t *room, struct ddg_context *context);

/* Marks these cells, once they are in the model, as hidden: each in the measures that lack it. */
void ddg_counts_hide_absent(struct ddg_publication *publication, const struct ddg_ranges *ranges,
                            size_t release);

#endif
