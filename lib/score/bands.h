/*
 * How long bands of ages and of time are (R-PSC-5, R-PSC-7), those that are told by subtraction
 * among them (rules/bands.h).
 */
#ifndef DDG_SCORE_BANDS_H
#define DDG_SCORE_BANDS_H

#include "score/recognise.h"

/* Joins the bands of a part that was recognised as ages or as time, and keeps their ends with it,
 * in the arena; nothing for a part of which all labels have one class or number.  DDG_MEMORY. */
enum ddg_error ddg_bands_join(const struct ddg_evidence *e, size_t dimension, size_t part,
                              struct ddg_recognised *recognised);

/* Puts into worth->number the years of the shortest band of ages that is told within that of a
 * label of the part; 0 for what is finer than a year, like months.  Sets worth->from where
 * that is another band.  False where the label names no ages. */
bool ddg_band_of_ages(const struct ddg_evidence *e, const struct ddg_recognised *recognised,
                      struct ddg_text label, struct ddg_worth *worth);

/* The same of time, in months; false, with nothing changed, where the label does not say when the
 * period begins and ends. */
bool ddg_band_of_months(const struct ddg_evidence *e, const struct ddg_recognised *recognised,
                        struct ddg_text label, struct ddg_worth *worth);

#endif
