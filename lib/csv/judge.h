/*
 * Reading one record with libcsv, which says what a record is: the rules are in csv/reader.h.
 */
#ifndef DDG_CSV_JUDGE_H
#define DDG_CSV_JUDGE_H

#include "base/text.h"
#include "csv/window.h"

#include <csv.h>

/* In slot_of: a column that is not kept. */
#define DDG_JUDGE_DROPS SIZE_MAX

/* In stopped: nothing is wrong with the record, or nothing that its line end would end. */
#define DDG_JUDGE_GOES_ON SIZE_MAX

struct ddg_judge {
    /* set before a record is read */
    uint64_t line;                /* where it starts; afterwards, where the next one does */
    const size_t *slot_of;        /* column -> kept field; NULL keeps all */
    const struct ddg_text *names; /* the header, as long-lived as the judge */
    size_t columns;               /* of it and of slot_of */
    bool loose_names;
    /* what was read */
    size_t length;        /* bytes of the record, with its line end */
    size_t fields;        /* kept or not */
    uint64_t record_line; /* where it starts, behind blank lines */
    bool like_header;     /* its first fields are the header's */
    size_t stopped;       /* after an error: the byte where what comes is no record, or
                             DDG_JUDGE_GOES_ON where the error is another */
    /* the rest is the judge's own */
    struct csv_parser parser;
    struct ddg_window *window;
    struct ddg_context *context; /* of the call under way */
    char delimiter;
    uint64_t first_line; /* `line` before the record was read */
    uint64_t blank_line; /* a blank line that nothing may follow, or 0 */
    bool after_return;   /* a line ended with CR: LF has to follow */
    bool complete;       /* the record has ended */
    char *bytes;         /* of kept fields, one behind the other */
    size_t bytes_used, bytes_room;
    struct ddg_judge_span {
        size_t start, length;
    } * span; /* of kept fields */
    size_t span_room;
};

/* Free with ddg_judge_free(). */
void ddg_judge_init(struct ddg_judge *judge, char delimiter, bool loose_names);

/* Other records follow, the first of which begins at `line`: 1 in another file. */
void ddg_judge_start(struct ddg_judge *judge, uint64_t line);

/* Reads the record at the front of the window, which keeps it.  *more is false where only blank
 * lines or nothing is left. */
enum ddg_error ddg_judge_read(struct ddg_judge *judge, struct ddg_window *window, bool *more,
                              struct ddg_context *context);

/* After an error that stopped somewhere: takes all up to the end of the line where it did for the
 * record, which has no fields then. */
enum ddg_error ddg_judge_skip(struct ddg_judge *judge, struct ddg_context *context);

/* A kept field of the record: valid until the next is read, with DDG_WINDOW_SLACK readable bytes
 * behind it. */
static inline struct ddg_text ddg_judge_field(const struct ddg_judge *judge, size_t slot)
{
    return (struct ddg_text){judge->bytes + judge->span[slot].start, judge->span[slot].length};
}

/* A field as a column's name. */
struct ddg_text ddg_judge_name(const struct ddg_judge *judge, struct ddg_text field);

/* Records a failure at a line: "FILE:LINE: text". */
enum ddg_error ddg_judge_fail(const struct ddg_judge *judge, uint64_t line, const char *text);

void ddg_judge_free(struct ddg_judge *judge);

#endif
