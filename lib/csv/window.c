#include "csv/window.h"

#include "base/memory.h"

#include <assert.h>
#include <stdlib.h>

enum { PAGE = 4096, LINE = 64 };

static char *first(const struct ddg_window *window)
{
    uintptr_t block = (uintptr_t)window->block, align = window->align;

    return window->block + ((block + align - 1) / align * align - block);
}

static size_t round_up(size_t size, size_t to)
{
    return (size + to - 1) / to * to;
}

static enum ddg_error allocate(struct ddg_window *window, size_t room, struct ddg_context *context)
{
    if (room > SIZE_MAX / 4)
        return ddg_fail_memory(context);
    window->room = room;
    return ddg_allocate(&window->block, room + window->align + DDG_WINDOW_SLACK, 1, context);
}

enum ddg_error ddg_window_init(struct ddg_window *window, size_t piece, struct ddg_context *context)
{
    *window = (struct ddg_window){.source = {.fd = -1}, .piece = piece};
    /* what is read should begin on a page, which the system copies to fastest; tests read in pieces
     * too small for that */
    window->align = piece < 2 * PAGE ? LINE : PAGE;
    if (piece > SIZE_MAX / 4)
        return ddg_fail_memory(context);
    return allocate(window, round_up(piece, 2 * window->align), context);
}

static void start(struct ddg_window *window)
{
    ddg_source_close(&window->source);
    window->bytes = first(window);
    window->length = 0;
    window->at_end = false;
}

void ddg_window_hold(struct ddg_window *window, const char *name, struct ddg_text bytes)
{
    start(window);
    ddg_source_hold(&window->source, name, bytes);
}

enum ddg_error ddg_window_open(struct ddg_window *window, const char *path,
                               struct ddg_context *context)
{
    start(window);
    return ddg_source_open(&window->source, path, context);
}

/* Moves what is at hand so that it ends at a multiple of `align`, into twice the room where it
 * fills more than half of this one: so the moves together take time linear in the input. */
static enum ddg_error make_room(struct ddg_window *window, struct ddg_context *context)
{
    char *old = window->block;
    const char *from = window->bytes;
    size_t end = round_up(window->length, window->align);

    if (window->length > window->room / 2) {
        enum ddg_error error = allocate(window, 2 * window->room, context);

        if (error) {
            window->block = old;
            return error;
        }
    }
    window->bytes = first(window) + end - window->length;
    if (window->length > 0)
        memmove(first(window) + end - window->length, from, window->length);
    if (window->block != old)
        free(old);
    return DDG_OK;
}

enum ddg_error ddg_window_more(struct ddg_window *window, struct ddg_context *context)
{
    size_t used = (size_t)(window->bytes - first(window)) + window->length, room, got;
    enum ddg_error error;

    assert(!window->at_end);
    if (used == window->room || window->length == 0) {
        if ((error = make_room(window, context)))
            return error;
        used = (size_t)(window->bytes - first(window)) + window->length;
    }
    room = window->room - used;
    error = ddg_source_read(&window->source, first(window) + used,
                            room < window->piece ? room : window->piece, &got, context);
    if (error)
        return error;
    window->length += got;
    window->at_end = got == 0;
    return DDG_OK;
}

/* Room for `bytes` of them, which loses what was at hand. */
static enum ddg_error renew(struct ddg_window *window, size_t bytes, struct ddg_context *context)
{
    char *old = window->block;
    size_t room = window->room;
    enum ddg_error error;

    if (bytes <= room)
        return DDG_OK;
    if ((error = allocate(window, bytes, context))) {
        window->block = old;
        window->room = room;
        return error;
    }
    free(old);
    return DDG_OK;
}

enum ddg_error ddg_window_give(struct ddg_window *window, size_t from, struct ddg_window *into,
                               struct ddg_context *context)
{
    size_t length = window->length - from, end = round_up(length, into->align);
    enum ddg_error error = renew(into, end + round_up(into->piece, into->align), context);

    if (error)
        return error;
    start(into);
    into->bytes = first(into) + end - length;
    into->length = length;
    into->at_end = window->at_end;
    into->source = window->source;
    if (length > 0)
        memcpy(first(into) + end - length, window->bytes + from, length);
    window->source = (struct ddg_source){.name = into->source.name, .fd = -1};
    window->length = from;
    window->at_end = true;
    return DDG_OK;
}

void ddg_window_free(struct ddg_window *window)
{
    ddg_source_close(&window->source);
    free(window->block);
    *window = (struct ddg_window){.source = {.fd = -1}};
}
