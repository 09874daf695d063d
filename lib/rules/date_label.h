/*
 * Labels of dates that are finer than a year: "2024-03", "3/15/2024", "2024Q1", "March 2024".
 */
#ifndef DDG_RULES_DATE_LABEL_H
#define DDG_RULES_DATE_LABEL_H

#include "base/text.h"

enum ddg_date_label {
    DDG_DATE_NONE,
    DDG_DATE_FULL,  /* a day */
    DDG_DATE_PART,  /* a month, quarter, half-year or week */
    DDG_DATE_YEARS, /* "2010-11": November, or two years, of which it would be the usual label */
    DDG_DATE_MAYBE, /* "Q1", "3", "202403": only where the column's name says so */
};

enum ddg_date_label ddg_date_label_read(struct ddg_text label);

#endif
