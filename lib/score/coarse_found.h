/*
 * A coarser table that was tried: by which choices, and what came of it.
 */
#ifndef DDG_SCORE_COARSE_FOUND_H
#define DDG_SCORE_COARSE_FOUND_H

#include "score/coarse_score.h"

/* Room for what is said of one. */
enum { DDG_ADVICE_ROOM = 640 };

/* Some choices, by number and in ascending order, and what their table is like. */
struct ddg_coarse_found {
    uint16_t choice[DDG_CHOICES_TOGETHER];
    size_t choices;
    struct ddg_coarse_score score;
    double kept;  /* share of the entropy of the cells, 0 to 1 */
    double gain;  /* ddg_coarse_found_gain(), for the search */
    bool outdone; /* another helps, of whose choices some merge fewer neighbours */
};

/* True where the table may be released as it is. */
bool ddg_coarse_found_helps(const struct ddg_coarse_found *found);

/* Orders by choices alone; below, above or equal to 0 as qsort() wants it. */
int ddg_coarse_found_compare_choices(const struct ddg_coarse_found *a,
                                     const struct ddg_coarse_found *b);

/* For qsort(): those that help first, which keep most; then those that score lowest. */
int ddg_coarse_found_compare(const void *a, const void *b);

/* For qsort(): those with fewest small counts and populations first. */
int ddg_coarse_found_compare_failing(const void *a, const void *b);

/* For qsort(): those first that come farthest for what they lose. */
int ddg_coarse_found_compare_gain(const void *a, const void *b);

/* How far it comes from a table with the score `whole` towards one that helps, by the score, of
 * which `most` may be released, or by small counts and populations, for the information that it
 * loses. */
double ddg_coarse_found_gain(const struct ddg_coarse_found *found,
                             const struct ddg_coarse_score *whole, int64_t most);

/* True where each choice of `finer` is among the others' or merges a part of what one of those
 * does. */
bool ddg_coarse_found_covers(const struct ddg_coarse_found *found,
                             const struct ddg_coarse_found *finer,
                             const struct ddg_choices *choices);

/* True where all choices of the part are among the others'. */
bool ddg_coarse_found_is_part_of(const struct ddg_coarse_found *part,
                                 const struct ddg_coarse_found *found);

/* Writes "merge 0-4 and 5-9; drop sex: score 10, no small cells; 90 % of the information is kept".
 */
void ddg_coarse_found_say(const struct ddg_coarse_found *found, const struct ddg_choices *choices,
                          char text[static DDG_ADVICE_ROOM]);

#endif
