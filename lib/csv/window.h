/*
 * The bytes of a source that are at hand: a reader sees a run of them, drops from its front what it
 * is done with, and asks for more behind its end.  What was not dropped stays, so that a record can
 * always be seen whole; it may move in memory when more is read.
 */
#ifndef DDG_CSV_WINDOW_H
#define DDG_CSV_WINDOW_H

#include "csv/source.h"

#include <stdbool.h>
#include <stdint.h>

/* So many bytes behind the last one can be read, whatever they hold. */
enum { DDG_WINDOW_SLACK = 64 };

struct ddg_window {
    struct ddg_source source;
    const char *bytes; /* the first one that was not dropped */
    size_t length;     /* bytes at hand */
    bool at_end;       /* no more are to come */
    /* the rest is the window's own */
    char *block; /* as allocated; the room begins at a multiple of `align` in it */
    size_t room, align;
    size_t piece; /* bytes that are read at a time, at most */
};

/* A window that reads `piece` bytes at a time.  No source is open; free it with
 * ddg_window_free(), also after an error. */
enum ddg_error ddg_window_init(struct ddg_window *window, size_t piece,
                               struct ddg_context *context);

/* Opens `path` as ddg_source_open() does, in place of the source before.  Nothing is at hand yet.
 */
enum ddg_error ddg_window_open(struct ddg_window *window, const char *path,
                               struct ddg_context *context);

/* The same for bytes in memory (ddg_source_hold()). */
void ddg_window_hold(struct ddg_window *window, const char *name, struct ddg_text bytes);

/* Reads once: length grows, or at_end becomes true. */
enum ddg_error ddg_window_more(struct ddg_window *window, struct ddg_context *context);

/* Gives the source, and what is at hand from byte `from` on, to the window `into` in place of what
 * that had, and reading goes on there; the bytes before stay, and are all that is to come.  After
 * an error nothing has changed. */
enum ddg_error ddg_window_give(struct ddg_window *window, size_t from, struct ddg_window *into,
                               struct ddg_context *context);

static inline void ddg_window_drop(struct ddg_window *window, size_t bytes)
{
    window->bytes += bytes;
    window->length -= bytes;
}

void ddg_window_free(struct ddg_window *window);

#endif
