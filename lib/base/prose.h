/*
 * Sentences under construction: a text that grows, of any length.  To begin another in the same
 * room, set `used` to 0.
 *
 * Failures are in the context; what is added after one may be missing.
 */
#ifndef DDG_BASE_PROSE_H
#define DDG_BASE_PROSE_H

#include "base/memory.h"

#include <stdarg.h>
#include <stdint.h>

struct ddg_prose {
    char *at; /* followed by a NUL */
    size_t used, room;
    struct ddg_context *context;
};

void ddg_prose_add(struct ddg_prose *prose, struct ddg_text text);

/* Adds a string, or "" for NULL. */
void ddg_prose_say(struct ddg_prose *prose, const char *string);

/* Adds a text between single quotes. */
void ddg_prose_quote(struct ddg_prose *prose, struct ddg_text text);

/* Adds what printf would print. */
void ddg_prose_print(struct ddg_prose *prose, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Adds a number, its digits grouped in threes: "1,234". */
void ddg_prose_number(struct ddg_prose *prose, uint64_t number);

/* Adds "1 cell" or "1,234 cells". */
void ddg_prose_count(struct ddg_prose *prose, uint64_t number, const char *one, const char *many);

static inline struct ddg_text ddg_prose_text(const struct ddg_prose *prose)
{
    return (struct ddg_text){prose->at, prose->used};
}

/* The same as a C string, where the text has no NUL inside; both last until something is added. */
static inline const char *ddg_prose_string(const struct ddg_prose *prose)
{
    return prose->used > 0 ? prose->at : "";
}

/* A line in the arena, as vprintf would print it, of 767 bytes at most; control bytes become '?'.
 * NULL when memory runs out. */
const char *ddg_prose_line(struct ddg_arena *arena, struct ddg_context *context, const char *format,
                           va_list arguments) __attribute__((format(printf, 3, 0)));

/* Frees the text; the prose can be used again. */
void ddg_prose_free(struct ddg_prose *prose);

#endif
