/*
 * Bands of ages and of time, and what is told by subtraction: who has the counts of ages 0-17 and
 * 0-18 has that of age 18, and who has 2014-2018 and 2014-2019 has 2019.  What can be had so is
 * every stretch between two ends that bands join, by however many of them.
 */
#ifndef DDG_RULES_BANDS_H
#define DDG_RULES_BANDS_H

#include "base/text.h"

#include <stdint.h>

/* Years of age, or months of time: the first, and the one behind the last.  Months count from
 * DDG_PERIOD_FIRST_YEAR; those of fiscal and of school years are numbers of their own. */
struct ddg_band {
    uint32_t from, behind;
};

/* Reads a label of ages, of which those from `oldest` on are one; false where it names none, or
 * what is finer than a year. */
bool ddg_band_of_age(struct ddg_text label, uint32_t oldest, struct ddg_band *band);

/* Reads a label that says when a period begins and ends: years, quarters, halves, months; false for
 * any other.  `column` as in ddg_period_label_read().  "2018-2019" may be a year that begins in
 * 2018, or with `pairs` is both, unless a word says of what year ("FY"). */
bool ddg_band_of_time(struct ddg_text label, const char *column, bool pairs, struct ddg_band *band);

/* The months of a year from `month` on, counted from 0; `words` of the label and those of the
 * column say of which calendar. */
struct ddg_band ddg_band_in_year(const char *words, const char *column, uint32_t year,
                                 uint32_t month, uint32_t months);

/* True for a calendar year by itself: "2018". */
bool ddg_band_is_year(struct ddg_text label, const char *column);

/* Ends of bands are below this. */
enum { DDG_BAND_ENDS = 4 * 12 * (2150 - 1850 + 2) };

/* Which ends bands join. */
struct ddg_band_ends {
    uint16_t root[DDG_BAND_ENDS]; /* an end that it is joined to, itself for one of them */
};

/* Starts with none joined. */
void ddg_band_ends_init(struct ddg_band_ends *ends);

/* Joins both ends of a band. */
void ddg_band_ends_join(struct ddg_band_ends *ends, const struct ddg_band *band);

/* True where the ends of both are all joined. */
bool ddg_band_ends_meet(const struct ddg_band_ends *ends, const struct ddg_band *a,
                        const struct ddg_band *b);

/* How long the shortest stretch is that is told within a band, which was joined; its own length
 * where that is all. */
uint32_t ddg_band_ends_shortest(const struct ddg_band_ends *ends, const struct ddg_band *band);

#endif
