/*
 * Records that cannot be counted, set aside so that the others can: a CSV file with a record for
 * each, `file,line,reason,record`.  The last field holds its bytes as they stood in the input, with
 * the line end, in quotes with each quote doubled; a NUL byte is written as it is.
 */
#ifndef DDG_CSV_REJECTS_H
#define DDG_CSV_REJECTS_H

#include "csv/output.h"

struct ddg_rejects {
    uint64_t count; /* so far */
    uint64_t most;  /* that may be set aside */
    bool full;      /* and one more was to be */
    /* the rest is the rejects' own */
    struct ddg_output output;
    struct ddg_context
        context; /* so that an error elsewhere does not keep the file from its name */
};

/* Prepares `path`, which must outlive the rejects, for at most `most` records.  It can be read by
 * its owner alone.  The rejects must not move in memory.  DDG_USAGE for a terminal.  Finish or
 * abandon it, also after an error. */
enum ddg_error ddg_rejects_open(struct ddg_rejects *rejects, const char *path, uint64_t most,
                                struct ddg_context *context);

/* Sets the record aside that begins in `line` of `file`.  DDG_LIMIT where there are too many: what
 * was set aside can be finished still. */
enum ddg_error ddg_rejects_add(struct ddg_rejects *rejects, const char *file, uint64_t line,
                               const char *reason, struct ddg_text record,
                               struct ddg_context *context);

/* Gives the file its name. */
enum ddg_error ddg_rejects_finish(struct ddg_rejects *rejects, struct ddg_context *context);

/* Ends after another failure: without the file, unless that was that there were too many, which one
 * wants to look at.  Does nothing to rejects that are not open, or finished. */
void ddg_rejects_abandon(struct ddg_rejects *rejects);

#endif
