/*
 * Labels of periods, and how long they are (R-PSC-7): "2024", "2018-2022", "2024Q1", "March 2024".
 */
#ifndef DDG_RULES_PERIOD_LABEL_H
#define DDG_RULES_PERIOD_LABEL_H

#include "base/text.h"

#include <stdint.h>

/* No label of a period names a year before, or after. */
#define DDG_PERIOD_FIRST_YEAR 1850
#define DDG_PERIOD_LAST_YEAR 2150

/* Reads a label into the months that it spans, 0 for days and weeks; false where it names no
 * period.  `column` has the words of the column's name (ddg_words_of()), which tell what a bare "3"
 * is, or "2018-22"; "" where there is no name.  "2010-11" is a fiscal year in a column of years,
 * and a month elsewhere; "2010-2011" is one in a column of a "year", and two years elsewhere;
 * "2010/2011" is one. */
bool ddg_period_label_read(struct ddg_text label, const char *column, uint32_t *months);

/* The words of a column in which every label is a period, lengths like "18 months" among them. */
#define DDG_PERIOD_COLUMN " period years "

/* Reads "2018-2022" into its two years; false for any other label. */
bool ddg_period_label_years(struct ddg_text label, uint32_t *from, uint32_t *to);

/* The first and the last year that a label names in full; false where it names none. */
bool ddg_period_label_span(struct ddg_text label, uint32_t *from, uint32_t *to);

/* True where the label alone says that it is a period: a year, a quarter with its year ... */
bool ddg_period_label_is_plain(struct ddg_text label);

#endif
