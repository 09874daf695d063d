/*
 * The rules that a published table can be seen to break without any attack on it.
 */
#ifndef DDG_RULES_CHECKS_H
#define DDG_RULES_CHECKS_H

#include "rules/notices.h"
#include "table/model.h"

struct ddg_check_options {
    bool group_rule; /* check R-SUP-6 */
    /* A shown count stands for any number from `below` under to `above` over it: 0 and 0 unless
     * the table was rounded.  Base 5: nearest 2 and 2, up 4 and 0, down 0 and 4, random and
     * controlled 4 and 4. */
    uint64_t below, above;
    const bool *left; /* left[measure * rows + row]: a small count may stay in print, by its score
                       * (rules/scored.h); NULL: none */
    const struct ddg_list *populations; /* names of columns known to be populations; may be NULL */
};

/* Carries out every check and adds what it has to say to the list, which is the caller's to free,
 * also after an error.  Fails for want of memory only: counts that cannot be read are passed over,
 * since whoever attacks the table names them.
 *
 * R-SUP-1   finding per cell: a count of 1 to the threshold less 1 is shown; a note per measure for
 *           those that may stay in print
 * R-SUP-3   finding per cell: a zero whose annotation says that it is suppressed, and per line:
 *           suppressed counts that can only be zeros
 * R-SUP-4   finding per cell: an amount beside a hidden count
 * R-SUP-5   the same for every other statistic
 * R-SUP-6   finding per line whose total is shown: its hidden counts can be seen to add up to less
 *           than the threshold, or to be 3 or less each; a note per measure of distinct persons
 *           where they would if nobody counted twice, which names the first few totals
 * R-SUP-8   finding per column: verdicts of ddg-threshold
 * R-SUP-10  finding per column: no annotation, or none that is a code, where counts are blank; and
 *           per cell: a larger number whose annotation says that it is suppressed
 * R-SUP-11  note per measure: symbols hide counts and no column describes them
 * R-SAFE-1  see rules/safe_harbor.h */
enum ddg_error ddg_checks_run(struct ddg_notices *notices, const struct ddg_model *model,
                              const struct ddg_description *description,
                              const struct ddg_check_options *options, struct ddg_context *context);

#endif
