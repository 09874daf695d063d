/*
 * Points of time in labels: a year, half, quarter, month or day, which another point may share its
 * year with.
 */
#ifndef DDG_RULES_TIME_POINT_H
#define DDG_RULES_TIME_POINT_H

#include "rules/time_token.h"
#include "rules/words.h"

enum { DDG_TIME_YEAR = 12, DDG_TIME_HALF_YEAR = 6, DDG_TIME_QUARTER_YEAR = 3 }; /* months */

/* A year, or a part of one; `year` is 0 where another point has to say it. */
struct ddg_time_point {
    uint32_t year, months; /* months: how many it has; 0 for a day */
    uint32_t part;         /* which of the parts of that length, from 1; of a day, the month */
    uint32_t day;
    bool numbered; /* "2018-03", which may be a fiscal year, too */
};

/* A label that is being read. */
struct ddg_time_reading {
    struct ddg_time_token token[DDG_TIME_TOKENS + 1];
    size_t at;                  /* the next token */
    bool named;                 /* its column is called after time: years may have two digits */
    char words[DDG_WORDS_ROOM]; /* of the label, */
    const char *column;         /* and of its column (ddg_words_of()) */
};

/* The token so far ahead of the place that was read to; DDG_TIME_END behind the last. */
const struct ddg_time_token *ddg_time_peek(const struct ddg_time_reading *reading, size_t ahead);

/* Reads a point; false where there is none, and the place is then anywhere. */
bool ddg_time_take_point(struct ddg_time_reading *reading, struct ddg_time_point *point);

/* The same for the second of two, which may be no more than a number: "Q1-3". */
bool ddg_time_take_second(struct ddg_time_reading *reading, const struct ddg_time_point *first,
                          struct ddg_time_point *point);

/* How many days a month, from 1, has. */
uint32_t ddg_time_month_length(uint32_t year, uint32_t month);

#endif
