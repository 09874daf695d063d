/*
 * Where bytes come from: a named file, or standard input.  Decompression, when
 * it comes, belongs here; what reads bytes above does not know.
 */
#ifndef DDG_CSV_SOURCE_H
#define DDG_CSV_SOURCE_H

#include "base/error.h"

struct ddg_source {
    const char *name; /* for messages: the path, or "stdin" */
    int fd;
    size_t number; /* among the inputs of the context, where it has any */
};

/* Opens `path`; NULL and "-" mean standard input.  `path` must outlive the source.  Where the
 * context has inputs the source is noted there, and what is read of it. */
enum ddg_error ddg_source_open(struct ddg_source *source, const char *path,
                               struct ddg_context *context);

/* Reads up to `room` bytes; *got is 0 at the end only. */
enum ddg_error ddg_source_read(struct ddg_source *source, char *bytes, size_t room, size_t *got,
                               struct ddg_context *context);

/* Standard input stays open. */
void ddg_source_close(struct ddg_source *source);

#endif
