/*
 * Labels of fiscal and school years that only the other labels of their column tell from months and
 * from ranges of two years.
 */
#ifndef DDG_SCORE_FISCAL_H
#define DDG_SCORE_FISCAL_H

#include "score/recognise.h"

/* What the labels of a column say of each other. */
struct ddg_fiscal;

/* Reads the labels of a recognised part into recognised->fiscal, once; which stays NULL where the
 * part is no period.  The arena of the evidence owns it. */
enum ddg_error ddg_fiscal_join(const struct ddg_evidence *e, size_t dimension, size_t part,
                               struct ddg_recognised *recognised);

/* True where a label that by itself reads as so many months is one year: "2019-2020" beside
 * "2020-2021", ranges of two years of which one begins in the year in which another ends; and
 * "2010-11" beside "2012-13", which is no month, where all labels are of this shape or whole years.
 */
bool ddg_fiscal_is_year(const struct ddg_recognised *recognised, struct ddg_text label,
                        uint64_t months);

#endif
