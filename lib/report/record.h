/*
 * The record of an audit: what was done, with what, on what, and when; beside the audit itself all
 * that a report knows.
 *
 * How long the audit took is not in it: equal input gives equal reports.
 */
#ifndef DDG_REPORT_RECORD_H
#define DDG_REPORT_RECORD_H

#include "base/inputs.h"

#include <stdbool.h>
#include <stdint.h>

enum { DDG_DATE_ROOM = 32 }; /* bytes that ddg_record_date_text() needs, NUL included */

struct ddg_report_record {
    const char *tool, *version;
    int64_t date;                    /* seconds since 1970, see ddg_record_date() */
    const struct ddg_inputs *inputs; /* NULL: not noted */
    const char *const *option;       /* the command line as given, without the program's name */
    size_t options;
    uint8_t min_primary, min_complementary; /* how many values must remain; 0: what is usual */
    uint64_t threshold;                     /* a count of 1 to this minus 1 is small */
    double seconds;                         /* time allowed; 0: as long as it takes */
    unsigned threads;
    bool intervals;   /* safe cells were listed too */
    bool group_rule;  /* R-SUP-6 was checked */
    bool show_values; /* ranges and counts of hidden cells may stand in the report */
};

/* The time of SOURCE_DATE_EPOCH, so that a report can be made again byte for byte, or else now.
 * DDG_USAGE when that variable is no number of seconds up to the year 9999. */
enum ddg_error ddg_record_date(int64_t *seconds, struct ddg_context *context);

/* Writes "2025-10-24T16:30:00Z" and returns `room`. */
const char *ddg_record_date_text(int64_t seconds, char room[DDG_DATE_ROOM]);

/* True when input `number` is new among those before it: a file that was read twice and had the
 * same bytes both times is one. */
bool ddg_record_input_is_new(const struct ddg_inputs *inputs, size_t number);

#endif
