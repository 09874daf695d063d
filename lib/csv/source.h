/*
 * Where bytes come from: a named file, or standard input.  What is compressed (csv/unpack.h) comes
 * out as what it was; what reads bytes above does not know.
 */
#ifndef DDG_CSV_SOURCE_H
#define DDG_CSV_SOURCE_H

#include "base/error.h"
#include "base/text.h"
#include "csv/unpack.h"

/* Starts as {0} or by ddg_source_open(). */
struct ddg_source {
    const char *name; /* for messages: the path, or "stdin" */
    int fd;
    size_t number;  /* among the inputs of the context, where it has any */
    uint64_t taken; /* bytes of the file that were read so far, compressed where it is */
    /* the rest is the source's own */
    char *packed; /* bytes as the file has them; NULL where none wait */
    size_t packed_at, packed_end;
    struct ddg_unpack *unpack; /* NULL for a plain file */
    bool begun, at_end;
    const struct ddg_context *failure; /* an error that reading ends with; NULL: none is known */
    struct ddg_text held; /* what is left of bytes that are in memory already; NULL: none are */
};

/* Opens `path`; NULL and "-" mean standard input.  `path` must outlive the source.  Where the
 * context has inputs the source is noted there, and what is read of it, compressed where it is.
 * Close it with ddg_source_close(), also after an error. */
enum ddg_error ddg_source_open(struct ddg_source *source, const char *path,
                               struct ddg_context *context);

/* The same for bytes in memory, which are no input to be noted. */
void ddg_source_hold(struct ddg_source *source, const char *name, struct ddg_text bytes);

/* Reads up to `room` bytes, not 0; *got is 0 at the end only.  DDG_INPUT for a compressed file that
 * is damaged or cut off. */
enum ddg_error ddg_source_read(struct ddg_source *source, char *bytes, size_t room, size_t *got,
                               struct ddg_context *context);

/* Standard input stays open. */
void ddg_source_close(struct ddg_source *source);

#endif
