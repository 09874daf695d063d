/*
 * What a run has read: the name, size and digest of every input, taken from the very bytes that the
 * program saw.  So standard input has one too, and a file that changes later does not pass for the
 * one that was read.
 *
 * A context that points to a set of inputs has everything that is read under it noted there.
 */
#ifndef DDG_BASE_INPUTS_H
#define DDG_BASE_INPUTS_H

#include "base/digest.h"
#include "base/memory.h"

struct ddg_input {
    const char *name; /* a copy: the path, or "stdin" */
    struct ddg_digest digest;
};

/* Starts as {0}. */
struct ddg_inputs {
    struct ddg_input *input; /* in the order in which they were opened */
    size_t count, room;
    struct ddg_arena arena;
};

/* Notes an input and puts its place into *number; nothing of it was read yet. */
enum ddg_error ddg_inputs_open(struct ddg_inputs *inputs, const char *name, size_t *number,
                               struct ddg_context *context);

void ddg_inputs_free(struct ddg_inputs *inputs);

#endif
