/*
 * Writing CSV, so that a half-written table cannot pass for a whole one.
 *
 * Records leave in whole: a buffer is written only between records.  After a failure, what was
 * already written is ended with a quoted field that never closes, which strict readers reject;
 * where not even that can be written, a regular file is cut back to where the output began. With a
 * path, the file appears under its name only when it is whole, and until then has no name at all
 * where the file system can do that.
 */
#ifndef DDG_CSV_OUTPUT_H
#define DDG_CSV_OUTPUT_H

#include "base/error.h"
#include "base/text.h"

#include <stdint.h>

struct ddg_output {
    char delimiter;
    /* the rest is the output's own */
    const char *path; /* NULL: standard output */
    char *temporary;  /* name of the unfinished file, NULL while it has none */
    int fd;
    uint64_t written; /* bytes that have left the buffer */
    size_t fields;    /* of the record under construction */
    char *buffer;
    size_t used, room;
    size_t record; /* where the record under construction starts in the buffer */
    struct ddg_context *context;
};

/* Opens standard output (path NULL or "-") or prepares `path`, which must outlive the output.  The
 * context is used by every call until the output is finished or abandoned. */
enum ddg_error ddg_output_open(struct ddg_output *output, const char *path, char delimiter,
                               struct ddg_context *context);

/* Adds a field to the record under construction, in quotes only where they are needed.  Failures
 * show at ddg_output_end(). */
void ddg_output_field(struct ddg_output *output, struct ddg_text text);

/* Ends the record. */
enum ddg_error ddg_output_end(struct ddg_output *output);

/* Writes what is left, closes, and gives the file its name.  Frees the output whatever happens. */
enum ddg_error ddg_output_finish(struct ddg_output *output);

/* Finishes the output, or with an error abandons it; returns what went wrong first. */
enum ddg_error ddg_output_close(struct ddg_output *output, enum ddg_error error);

/* Ends the output as a failure: poisons what was written, or removes the unfinished file.  Frees
 * the output.  Does nothing to one that was never opened or is already finished. */
void ddg_output_abandon(struct ddg_output *output);

#endif
