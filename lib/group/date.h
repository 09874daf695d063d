/*
 * Dates as record-level extracts write them.  Every form is checked against the calendar.
 *
 *   2024-03-05                 ISO 8601; a time may follow: 2024-03-05T13:45, 2024-03-05 13:45:10Z
 *   03/05/2024, 3/5/2024       month, day, year
 *   2024-03, 2024-Q1, 2024     coarser: a month, a quarter, a year
 */
#ifndef DDG_GROUP_DATE_H
#define DDG_GROUP_DATE_H

#include "base/text.h"

struct ddg_date {
    unsigned year;    /* 1..9999 */
    unsigned quarter; /* 1..4, or 0 when the text says no more than the year */
    unsigned month;   /* 1..12, or 0 when it says no more than the quarter */
    unsigned day;     /* 1..31, or 0 when it says no more than the month */
};

/* Reads the whole of `text`.  Returns NULL, or what is wrong as a phrase for a message; *date then
 * means nothing. */
const char *ddg_date_parse(struct ddg_text text, struct ddg_date *date);

#endif
