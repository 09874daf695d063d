#include "group/spill.h"

#include "base/temporary.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

enum { ROOM_LEAST = 1 << 12, ROOM_MOST = 1 << 18 };

/* A stretch of the file that belongs to a part. */
struct ddg_spill_piece {
    uint64_t start;
    uint32_t length, part;
};

static enum ddg_error fail(const struct ddg_spill *spill, int number, struct ddg_context *context)
{
    return ddg_fail(context, DDG_IO, "%s: temporary file: %s", spill->directory, strerror(number));
}

enum ddg_error ddg_spill_init(struct ddg_spill *spill, size_t memory, struct ddg_context *context)
{
    *spill = (struct ddg_spill){.room = memory / 8 / DDG_SPILL_PARTS};
    if (spill->room < ROOM_LEAST)
        spill->room = ROOM_LEAST;
    if (spill->room > ROOM_MOST)
        spill->room = ROOM_MOST;
    spill->directory = ddg_temporary_directory();
    spill->fd = ddg_temporary_open();
    if (spill->fd < 0)
        return fail(spill, errno, context);
    return ddg_allocate(&spill->buffer, spill->room, DDG_SPILL_PARTS, context);
}

static enum ddg_error write_all(struct ddg_spill *spill, const char *bytes, size_t length,
                                struct ddg_context *context)
{
    while (length > 0) {
        ssize_t written = write(spill->fd, bytes, length);

        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return fail(spill, errno, context);
        bytes += written;
        length -= (size_t)written;
        spill->end += (size_t)written;
    }
    return DDG_OK;
}

/* Writes the buffer of the part. */
static enum ddg_error flush(struct ddg_spill *spill, size_t part, struct ddg_context *context)
{
    size_t length = spill->used[part];
    enum ddg_error error;

    if (length == 0)
        return DDG_OK;
    error = ddg_grow(&spill->piece, &spill->piece_room, spill->pieces + 1, sizeof *spill->piece,
                     context);
    if (error)
        return error;
    spill->piece[spill->pieces++] =
        (struct ddg_spill_piece){spill->end, (uint32_t)length, (uint32_t)part};
    spill->used[part] = 0;
    return write_all(spill, spill->buffer + part * spill->room, length, context);
}

enum ddg_error ddg_spill_write(struct ddg_spill *spill, size_t part, const void *bytes,
                               size_t length, struct ddg_context *context)
{
    const char *from = bytes;

    while (length > 0) {
        size_t room = spill->room - spill->used[part], now = length < room ? length : room;
        enum ddg_error error;

        memcpy(spill->buffer + part * spill->room + spill->used[part], from, now);
        spill->used[part] += now;
        from += now;
        length -= now;
        if (now == room && (error = flush(spill, part, context)))
            return error;
    }
    return DDG_OK;
}

enum ddg_error ddg_spill_end(struct ddg_spill *spill, struct ddg_context *context)
{
    enum ddg_error error = DDG_OK;

    for (size_t part = 0; !error && part < DDG_SPILL_PARTS; part++)
        error = flush(spill, part, context);
    free(spill->buffer);
    spill->buffer = NULL;
    return error ? error : ddg_allocate(&spill->buffer, spill->room, 1, context);
}

void ddg_spill_open(struct ddg_spill *spill, size_t part)
{
    spill->part = part;
    spill->next = spill->at = spill->filled = 0;
}

/* Reads the next piece of the part; leaves the buffer empty where there is none. */
static enum ddg_error fill(struct ddg_spill *spill, struct ddg_context *context)
{
    const struct ddg_spill_piece *piece;

    spill->at = spill->filled = 0;
    while (spill->next < spill->pieces && spill->piece[spill->next].part != spill->part)
        spill->next++;
    if (spill->next == spill->pieces)
        return DDG_OK;
    piece = &spill->piece[spill->next++];
    while (spill->filled < piece->length) {
        ssize_t got = pread(spill->fd, spill->buffer + spill->filled, piece->length - spill->filled,
                            (off_t)(piece->start + spill->filled));

        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return fail(spill, got < 0 ? errno : EIO, context);
        spill->filled += (size_t)got;
    }
    return DDG_OK;
}

enum ddg_error ddg_spill_read(struct ddg_spill *spill, void *bytes, size_t length, bool *more,
                              struct ddg_context *context)
{
    char *to = bytes;
    size_t left = length;

    *more = true;
    while (left > 0) {
        size_t now = spill->filled - spill->at;
        enum ddg_error error;

        if (now == 0) {
            if ((error = fill(spill, context)))
                return error;
            if (spill->filled > 0)
                continue;
            *more = false;
            return left == length ? DDG_OK : fail(spill, EIO, context);
        }
        if (now > left)
            now = left;
        memcpy(to, spill->buffer + spill->at, now);
        spill->at += now;
        to += now;
        left -= now;
    }
    return DDG_OK;
}

void ddg_spill_free(struct ddg_spill *spill)
{
    if (spill->directory && spill->fd >= 0)
        close(spill->fd);
    free(spill->buffer);
    free(spill->piece);
    *spill = (struct ddg_spill){0};
}
