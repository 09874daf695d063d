/*
 * What a whole has beyond its parts (ties.h), as the events beyond the persons.
 *
 * It is a count like any other and adds up along the lines: where all died but three, in no county
 * can more than three have lived.  Rates that are coarse by themselves tell each other so much.
 */
#ifndef DDG_ROUND_GAPS_H
#define DDG_ROUND_GAPS_H

#include "round/ties.h"

struct ddg_gaps {
    const struct ddg_ties *ties;
    const struct ddg_shown *shown; /* of each measure */
    struct ddg_truth *gap;         /* of each tie that is not equal: of each cell */
    bool everywhere;               /* ties are taken to hold for cells that are not shown, too */
    bool broken;                   /* something was left no value: then they do not */
};

/* Gaps of any size, everywhere.  Both must outlive it.  Free with ddg_gaps_free(), also after an
 * error. */
enum ddg_error ddg_gaps_init(struct ddg_gaps *gaps, const struct ddg_ties *ties,
                             const struct ddg_shown *shown, struct ddg_context *context);
void ddg_gaps_free(struct ddg_gaps *gaps);

/* Makes them of any size again, everywhere or only where all is shown. */
void ddg_gaps_reset(struct ddg_gaps *gaps, bool everywhere);

/* Narrows the ranges of the measures, range[i] being that of measure i, and the gaps, cell by cell
 * and line by line; true where anything changed. */
bool ddg_gaps_narrow(struct ddg_gaps *gaps, const struct ddg_truth *range);

#endif
