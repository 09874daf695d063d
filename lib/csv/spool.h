/*
 * Bytes that are written once and then read from the start, any number of times, in little memory:
 * what does not fit goes to a file without a name, which nobody but its owner could read and which
 * is gone when the program ends.  It stands in $TMPDIR, or else in /tmp.
 */
#ifndef DDG_CSV_SPOOL_H
#define DDG_CSV_SPOOL_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

struct ddg_spool {
    char *bytes; /* what was not written to the file yet, or a piece that was read of it */
    size_t used, room, at;
    int fd;       /* -1 while all is in memory */
    bool reading; /* nothing can be added any more */
    size_t most;  /* bytes in memory before there is a file; 0: the usual number */
    struct ddg_context *context;
};

/* Starts an empty spool.  Free with ddg_spool_free(). */
void ddg_spool_init(struct ddg_spool *spool, struct ddg_context *context);

enum ddg_error ddg_spool_add(struct ddg_spool *spool, const void *bytes, size_t length);

/* Goes to the start, to read from there; nothing can be added afterwards. */
enum ddg_error ddg_spool_rewind(struct ddg_spool *spool);

/* The next `length` bytes, which have to be there; valid until the next call. */
enum ddg_error ddg_spool_take(struct ddg_spool *spool, size_t length, const char **bytes);

void ddg_spool_free(struct ddg_spool *spool);

#endif
