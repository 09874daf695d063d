/*
 * Memory: growing arrays, and arenas for what lives as long as its owner.
 *
 * Every size is checked for overflow; every failure is DDG_MEMORY in the context.
 */
#ifndef DDG_BASE_MEMORY_H
#define DDG_BASE_MEMORY_H

#include "base/error.h"
#include "base/text.h"

#include <stddef.h>

/* Makes room for `need` elements of `size` bytes in *array, which holds *capacity of them (NULL and
 * 0 at first).  Grows by half at least, so that pushing one at a time is linear; new elements are
 * not initialised.  The caller owns the array and frees it with free(). */
enum ddg_error ddg_grow(void *array, size_t *capacity, size_t need, size_t size,
                        struct ddg_context *context);

/* Allocates `count` zeroed elements of `size` bytes into *pointer; the caller frees with free().
 * A count of 0 gives a pointer that may be freed and not read. */
enum ddg_error ddg_allocate(void *pointer, size_t count, size_t size, struct ddg_context *context);

/* An arena hands out pieces that are all freed at once.  Zero-initialise it before use. */
struct ddg_arena {
    struct ddg_arena_block *block; /* newest block first */
    size_t used, size;             /* of the newest block */
    size_t bytes;                  /* of all blocks */
};

/* `bytes` of zeroed memory aligned for any type, or NULL with the context set. */
void *ddg_arena_allocate(struct ddg_arena *arena, size_t bytes, struct ddg_context *context);

/* A copy of `text` that lives as long as the arena, followed by a NUL so that `at` is a C string
 * too when the text has no NUL inside.  On failure `at` is NULL and the context is set. */
struct ddg_text ddg_arena_copy(struct ddg_arena *arena, struct ddg_text text,
                               struct ddg_context *context);

/* Moves all that `from` handed out into the ownership of `into`; `from` is then empty. */
void ddg_arena_join(struct ddg_arena *into, struct ddg_arena *from);

void ddg_arena_free(struct ddg_arena *arena);

#endif
