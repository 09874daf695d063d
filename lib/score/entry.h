/*
 * Lines of the score card (struct ddg_score_entry): what a class scores, and where that is from.
 */
#ifndef DDG_SCORE_ENTRY_H
#define DDG_SCORE_ENTRY_H

#include "score/score.h"

/* The entry of a class; it keeps `source` and the texts of both. */
struct ddg_score_entry ddg_entry_of(const struct ddg_variable *variable,
                                    const struct ddg_class *class, const char *source);

/* Of the class that a number is in. */
struct ddg_score_entry ddg_entry_of_number(const struct ddg_variable *variable, uint64_t number,
                                           const char *source);

/* Of the highest class, which holds where nobody said. */
struct ddg_score_entry ddg_entry_highest(const struct ddg_variable *variable, const char *source);

/* Whether a scores more than b, high risk most of all, or as much by a smaller number.  An entry
 * without a variable is none, and lower than any. */
bool ddg_entry_is_higher(const struct ddg_score_entry *a, const struct ddg_score_entry *b);

/* Where the worth of a label in a column is from: "'Kern' of column 'county', by its name: 909,235
 * people (census of 2020)".  It lives in the evidence's arena; NULL when memory runs out. */
const char *ddg_entry_source(const struct ddg_evidence *e, struct ddg_text label,
                             const struct ddg_recognised *recognised,
                             const struct ddg_worth *worth);

/* Of what --period says; "2018-22" is years only beside a column of periods, which lie within it.
 */
struct ddg_score_entry ddg_entry_of_period(const struct ddg_evidence *evidence,
                                           bool beside_periods);

/* Of places that are in no column, of the kind that somebody said, if any. */
struct ddg_score_entry ddg_entry_of_place(const struct ddg_evidence *evidence,
                                          const struct ddg_variable *kind);

#endif
