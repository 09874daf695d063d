/*
 * How long bands of ages and of years are (R-PSC-5, R-PSC-7), those that are told by subtraction
 * among them: who has the counts of ages 0-17 and 0-18 has that of age 18, and who has 2014-2018
 * and 2014-2019 has 2019.  What can be had so is every stretch between two ends that bands join, by
 * however many of them.
 */
#ifndef DDG_SCORE_BANDS_H
#define DDG_SCORE_BANDS_H

#include "score/recognise.h"

/* Puts into worth->number the years of the shortest band of ages that is told within that of the
 * category, whose label is `label`; 0 for what is finer than a year, like months.  Sets worth->from
 * where that is another band.  False where the label names no ages. */
bool ddg_band_of_ages(const struct ddg_evidence *e, const struct ddg_recognised *r,
                      size_t dimension, uint32_t category, struct ddg_text label,
                      struct ddg_worth *worth);

/* The same of time, in months; false, with nothing changed, where the label is not of whole
 * years. */
bool ddg_band_of_time(const struct ddg_evidence *e, const struct ddg_recognised *r,
                      size_t dimension, uint32_t category, struct ddg_text label,
                      struct ddg_worth *worth);

#endif
