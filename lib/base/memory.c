#include "base/memory.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>

enum { ARENA_BLOCK = 1 << 16, SMALLEST_ARRAY = 16 };

struct ddg_arena_block {
    struct ddg_arena_block *next;
    alignas(max_align_t) char bytes[];
};

enum ddg_error ddg_grow(void *array, size_t *capacity, size_t need, size_t size,
                        struct ddg_context *context)
{
    size_t room = *capacity;
    void *old, *grown;

    if (need <= room)
        return DDG_OK;
    if (room <= SIZE_MAX / 2)
        room += room / 2;
    if (room < need)
        room = need;
    if (room < SMALLEST_ARRAY)
        room = SMALLEST_ARRAY;
    if (room > SIZE_MAX / size)
        return ddg_fail_memory(context);
    memcpy(&old, array, sizeof old);
    grown = realloc(old, room * size);
    if (!grown)
        return ddg_fail_memory(context);
    memcpy(array, &grown, sizeof grown);
    *capacity = room;
    return DDG_OK;
}

enum ddg_error ddg_allocate(void *pointer, size_t count, size_t size, struct ddg_context *context)
{
    void *fresh = calloc(count ? count : 1, size);

    memcpy(pointer, &fresh, sizeof fresh);
    return fresh ? DDG_OK : ddg_fail_memory(context);
}

void *ddg_arena_allocate(struct ddg_arena *arena, size_t bytes, struct ddg_context *context)
{
    size_t align = alignof(max_align_t);
    char *piece;

    if (bytes > SIZE_MAX / 2) {
        ddg_fail_memory(context);
        return NULL;
    }
    bytes = (bytes + align - 1) / align * align;
    if (!arena->block || arena->size - arena->used < bytes) {
        size_t size = bytes > ARENA_BLOCK ? bytes : ARENA_BLOCK;
        struct ddg_arena_block *block = calloc(1, sizeof *block + size);

        if (!block) {
            ddg_fail_memory(context);
            return NULL;
        }
        block->next = arena->block;
        arena->block = block;
        arena->used = 0;
        arena->size = size;
        arena->bytes += size;
    }
    piece = arena->block->bytes + arena->used;
    arena->used += bytes;
    return piece;
}

struct ddg_text ddg_arena_copy(struct ddg_arena *arena, struct ddg_text text,
                               struct ddg_context *context)
{
    char *copy = ddg_arena_allocate(arena, text.length + 1, context);

    if (!copy)
        return (struct ddg_text){NULL, 0};
    if (text.length > 0)
        memcpy(copy, text.at, text.length);
    return (struct ddg_text){copy, text.length};
}

void ddg_arena_join(struct ddg_arena *into, struct ddg_arena *from)
{
    struct ddg_arena_block **end = &from->block;

    /* the newest block of `from` goes on being the one that pieces are cut from */
    if (!from->block)
        return;
    while (*end)
        end = &(*end)->next;
    *end = into->block;
    from->bytes += into->bytes;
    *into = *from;
    *from = (struct ddg_arena){0};
}

void ddg_arena_free(struct ddg_arena *arena)
{
    while (arena->block) {
        struct ddg_arena_block *next = arena->block->next;

        free(arena->block);
        arena->block = next;
    }
    arena->used = arena->size = arena->bytes = 0;
}
