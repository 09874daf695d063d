/*
 * Labels of periods, and how long they are (R-PSC-7): "2024", "2018-2022", "2024Q1", "March 2024".
 */
#ifndef DDG_RULES_PERIOD_LABEL_H
#define DDG_RULES_PERIOD_LABEL_H

#include "base/text.h"

#include <stdint.h>

/* Reads a label into the months that it spans, 0 for days and weeks; false where it names no
 * period.  Of labels that can be read in two ways the shorter period holds: "2010-11" is a fiscal
 * year.  `column` has the words of the column's name (ddg_words_of()), which tell what a bare
 * "3" is; "" where there is no name. */
bool ddg_period_label_read(struct ddg_text label, const char *column, uint32_t *months);

/* The same where the label alone says that it is a period: a year, a quarter with its year ... */
bool ddg_period_label_is_plain(struct ddg_text label);

#endif
