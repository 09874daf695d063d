/*
 * Where bytes go: a file, or standard output; so that half of something cannot pass for the whole.
 *
 * With a path, the file appears under its name only when it is whole, and until then has no name at
 * all where the file system can do that.  Standard output, devices and pipes are written to as they
 * are: after a failure, what has already left is ended with bytes that its readers refuse, and
 * where not even those can be written, a regular file is cut back to where the output began.
 */
#ifndef DDG_CSV_SINK_H
#define DDG_CSV_SINK_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ddg_sink {
    char *buffer; /* what has not left yet; may be changed behind ddg_sink_room() */
    size_t used, room;
    bool held;   /* nothing leaves the buffer, which is the caller's to take and free */
    bool secret; /* set it before the file gets its name, and none but its owner can read it */
    const char *poison; /* what ends it if a signal ends the program; NULL: nothing */
    /* the rest is the sink's own */
    const char *path; /* NULL: standard output */
    char *temporary;  /* name of the unfinished file, NULL while it has none */
    int fd;
    uint64_t written;      /* bytes that have left the buffer */
    bool begun;            /* or are about to */
    struct ddg_sink *next; /* in the list of the context */
    struct ddg_context *context;
};

/* Opens standard output (path NULL or "-") or prepares `path`, which must outlive the sink.  The
 * context is used by every call until the sink is finished or abandoned; where it lists sinks, this
 * one is in the list until then, and must not move in memory. */
enum ddg_error ddg_sink_open(struct ddg_sink *sink, const char *path, struct ddg_context *context);

/* True when what is written shows on a screen. */
bool ddg_sink_is_terminal(const struct ddg_sink *sink);

/* Keeps all in the buffer: see `held`.  Such a sink is not closed. */
void ddg_sink_hold(struct ddg_sink *sink, struct ddg_context *context);

/* Opens standard error. */
void ddg_sink_errors(struct ddg_sink *sink, struct ddg_context *context);

/* Makes room for `more` bytes behind buffer[used]. */
enum ddg_error ddg_sink_room(struct ddg_sink *sink, size_t more);

/* Adds bytes to the buffer.  Failures are in the context, and show at ddg_sink_pass(). */
void ddg_sink_add(struct ddg_sink *sink, const void *bytes, size_t length);

/* The same for a string. */
void ddg_sink_say(struct ddg_sink *sink, const char *string);

/* Lets the buffer go if there is much in it.  To be called where a reader that gets no more would
 * have whole pieces. */
enum ddg_error ddg_sink_pass(struct ddg_sink *sink);

/* Finishes: writes what is left, closes, gives the file its name.  Or, when `error` or an error in
 * the context says that something went wrong, abandons as below.  Frees the sink whatever happens
 * and returns what went wrong first. */
enum ddg_error ddg_sink_close(struct ddg_sink *sink, enum ddg_error error, const char *poison);

/* Ends as a failure: removes the unfinished file, or writes `poison` behind what has left.  Frees
 * the sink.  Does nothing to one that was never opened or is already closed. */
void ddg_sink_abandon(struct ddg_sink *sink, const char *poison);

/* Ends all sinks of a list as failures, for a program that ends right behind it, in whichever
 * thread and state it is: may be called in the handler of a signal. */
void ddg_sinks_interrupt(struct ddg_sink *first);

#endif
