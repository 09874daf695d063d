#include "csv/spool.h"

#include "base/memory.h"
#include "base/temporary.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST = 1 << 22, PIECE = 1 << 18 };

static enum ddg_error fail(struct ddg_spool *spool)
{
    return ddg_fail(spool->context, DDG_IO, "%s: temporary file: %s", ddg_temporary_directory(),
                    strerror(errno));
}

void ddg_spool_init(struct ddg_spool *spool, struct ddg_context *context)
{
    *spool = (struct ddg_spool){.fd = -1, .context = context};
}

static enum ddg_error flush(struct ddg_spool *spool)
{
    size_t done = 0;
    enum ddg_error error = DDG_OK;

    if (spool->fd < 0 && (spool->fd = ddg_temporary_open()) < 0)
        error = fail(spool);
    while (!error && done < spool->used) {
        ssize_t count = write(spool->fd, spool->bytes + done, spool->used - done);

        if (count < 0 && errno != EINTR)
            error = fail(spool);
        done += count > 0 ? (size_t)count : 0;
    }
    spool->used = 0;
    return error;
}

enum ddg_error ddg_spool_add(struct ddg_spool *spool, const void *bytes, size_t length)
{
    enum ddg_error error = DDG_OK;

    if (spool->used > 0 && spool->used + length > (spool->most ? spool->most : MOST))
        error = flush(spool);
    if (!error)
        error = ddg_grow(&spool->bytes, &spool->room, spool->used + length, 1, spool->context);
    if (error || length == 0)
        return error;
    memcpy(spool->bytes + spool->used, bytes, length);
    spool->used += length;
    return DDG_OK;
}

enum ddg_error ddg_spool_rewind(struct ddg_spool *spool)
{
    enum ddg_error error = DDG_OK;

    if (spool->fd >= 0 && !spool->reading)
        error = flush(spool);
    spool->reading = true;
    spool->at = 0;
    if (error || spool->fd < 0)
        return error;
    spool->used = 0;
    return lseek(spool->fd, 0, SEEK_SET) < 0 ? fail(spool) : DDG_OK;
}

/* Moves what was not taken to the front, and reads on behind it. */
static enum ddg_error read_on(struct ddg_spool *spool, size_t length)
{
    size_t left = spool->used - spool->at;
    size_t want = length > PIECE ? length : PIECE;
    enum ddg_error error = ddg_grow(&spool->bytes, &spool->room, want, 1, spool->context);

    if (error)
        return error;
    memmove(spool->bytes, spool->bytes + spool->at, left);
    spool->at = 0;
    spool->used = left;
    while (spool->used < length) {
        ssize_t count = read(spool->fd, spool->bytes + spool->used, want - spool->used);

        if (count < 0 && errno == EINTR)
            continue;
        if (count == 0)
            errno = EIO;
        if (count <= 0)
            return fail(spool);
        spool->used += (size_t)count;
    }
    return DDG_OK;
}

enum ddg_error ddg_spool_take(struct ddg_spool *spool, size_t length, const char **bytes)
{
    if (spool->used - spool->at < length) {
        enum ddg_error error = read_on(spool, length);

        if (error)
            return error;
    }
    *bytes = spool->bytes + spool->at;
    spool->at += length;
    return DDG_OK;
}

void ddg_spool_free(struct ddg_spool *spool)
{
    if (spool->fd > STDERR_FILENO)
        close(spool->fd);
    free(spool->bytes);
    *spool = (struct ddg_spool){.fd = -1};
}
