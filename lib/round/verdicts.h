/*
 * The columns that ddg-threshold adds to a table: what it says of each count.
 *
 * They tell small counts from others, which rounding is to hide, and are left out of what is
 * written.  And where a count has to be masked, rounding it is not enough.
 */
#ifndef DDG_ROUND_VERDICTS_H
#define DDG_ROUND_VERDICTS_H

#include "table/table.h"

struct ddg_verdicts {
    bool *dropped; /* of each column */
    size_t mask;   /* column or DDG_NO_COLUMN */
    bool ours;     /* ddg-threshold wrote it, so that 0 alone is its leave */
};

/* What is said of a count that has to be masked. */
#define DDG_VERDICTS_FORBID "ddg-threshold asks for a mask of this row: ddg-suppress comes first"

/* Finds them in a header whose other columns have roles.  They are ours, and dropped, where
 * `numerator_ok` is among them, in capitals or not.  Free with ddg_verdicts_free(), also after an
 * error. */
enum ddg_error ddg_verdicts_find(struct ddg_verdicts *verdicts, const struct ddg_text *name,
                                 size_t columns, const struct ddg_roles *roles,
                                 struct ddg_context *context);
enum ddg_error ddg_verdicts_of_table(struct ddg_verdicts *verdicts, const struct ddg_table *table,
                                     struct ddg_context *context);
void ddg_verdicts_free(struct ddg_verdicts *verdicts);

/* False where the field says that a mask is wanted and the count is small and shown.  What neither
 * asks nor allows is no leave in a column of ddg-threshold, and nothing in one of others. */
static inline bool ddg_verdict_allows(const struct ddg_verdicts *verdicts, struct ddg_text mask,
                                      const struct ddg_count *count, uint64_t threshold)
{
    bool wanted = verdicts->ours ? !ddg_text_is(mask, "0") : ddg_text_is(mask, "1");

    return !wanted || count->state != DDG_SHOWN || count->value == 0 || count->value >= threshold;
}

/* Looks at all counts of a table; DDG_INPUT naming the row of one that has to be masked. */
enum ddg_error ddg_verdicts_check(const struct ddg_verdicts *verdicts,
                                  const struct ddg_table *table,
                                  const struct ddg_description *description,
                                  struct ddg_context *context);

#endif
