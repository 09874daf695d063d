/*
 * Labels of time as stretches of days: what rules/bands.h reads, and ranges of dates, of quarters
 * and of months, what is open at one end ("through 2018", "2018 and later"), and a year to date, of
 * which it is only known that it is less than the year.
 */
#ifndef DDG_RULES_TIME_SPAN_H
#define DDG_RULES_TIME_SPAN_H

#include "rules/bands.h"

/* Reads a label into the first day and the one behind the last; years of each calendar (see struct
 * ddg_band) have days of their own.  `column` and `pairs` as in ddg_band_of_time(); a year of two
 * digits ("1Q18") is one where the column is `named` after time. */
bool ddg_time_span_read(struct ddg_text label, const char *column, bool named, bool pairs,
                        struct ddg_band *days);

/* The whole months that a label of a period spans: what ddg_period_label_read() reads, and ranges
 * of dates, of months by numbers and of parts of years, "2022-07 to 2023-06".  0 for less than a
 * month, and for a year to date, of which nobody knows how much has passed.  `column` as there. */
bool ddg_time_months(struct ddg_text label, const char *column, uint32_t *months);

#endif
