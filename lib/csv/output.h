/*
 * Writing CSV, so that a half-written table cannot pass for a whole one.
 *
 * Records leave in whole.  After a failure, what was already written is ended with a quoted field
 * that never closes, which strict readers reject; see csv/sink.h for the rest.
 */
#ifndef DDG_CSV_OUTPUT_H
#define DDG_CSV_OUTPUT_H

#include "base/text.h"
#include "csv/sink.h"

struct ddg_output {
    char delimiter;
    /* the rest is the output's own */
    size_t fields; /* of the record under construction */
    size_t record; /* where it starts in the sink's buffer */
    struct ddg_sink sink;
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
