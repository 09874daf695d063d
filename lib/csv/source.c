#define _GNU_SOURCE /* F_GETPIPE_SZ, F_SETPIPE_SZ */
#include "csv/source.h"

#include "base/inputs.h"
#include "base/memory.h"
#include "base/meter.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Bytes of a file that are read at a time, where they do not go straight to who asked. */
enum { PACKED = 1 << 17 };

/* What a pipe should hold: as much as is read at a time, so that who writes it and who reads it
 * seldom wait for each other; and no more, since it should stay in the cache. */
enum { PIPE = 1 << 18 };

static void widen_pipe(int fd)
{
    int holds = fcntl(fd, F_GETPIPE_SZ);

    if (holds > 0 && holds < PIPE)
        (void)fcntl(fd, F_SETPIPE_SZ, PIPE); /* a wish */
}

static enum ddg_error note(struct ddg_source *source, struct ddg_context *context)
{
    enum ddg_error error;

    if (!context->inputs)
        return DDG_OK;
    error = ddg_inputs_open(context->inputs, source->name, &source->number, context);
    if (error)
        ddg_source_close(source);
    return error;
}

enum ddg_error ddg_source_open(struct ddg_source *source, const char *path,
                               struct ddg_context *context)
{
    if (!path || strcmp(path, "-") == 0) {
        *source = (struct ddg_source){.name = "stdin", .fd = STDIN_FILENO};
        widen_pipe(STDIN_FILENO);
        return note(source, context);
    }
    *source = (struct ddg_source){.name = path};
    source->fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (source->fd < 0)
        return ddg_fail_at(context, DDG_IO, path, 0, NULL, "%s", strerror(errno));
    return note(source, context);
}

void ddg_source_hold(struct ddg_source *source, const char *name, struct ddg_text bytes)
{
    *source = (struct ddg_source){.name = name, .fd = -1, .held = bytes};
}

static void give_held(struct ddg_source *source, char *bytes, size_t room, size_t *got)
{
    *got = source->held.length < room ? source->held.length : room;
    memcpy(bytes, source->held.at, *got);
    source->held.at += *got;
    source->held.length -= *got;
}

/* Bytes as the file has them. */
static enum ddg_error take(struct ddg_source *source, char *bytes, size_t room, size_t *got,
                           struct ddg_context *context)
{
    ssize_t count;

    do
        count = read(source->fd, bytes, room);
    while (count < 0 && errno == EINTR);
    if (count < 0)
        return ddg_fail_at(context, DDG_IO, source->name, 0, NULL, "%s", strerror(errno));
    *got = (size_t)count;
    source->taken += *got;
    if (context->meter)
        ddg_meter_add(context->meter, *got);
    if (context->inputs)
        ddg_digest_add(&context->inputs->input[source->number].digest, bytes, *got);
    return DDG_OK;
}

/* Reads so much of the file that it shows what it is. */
static enum ddg_error begin(struct ddg_source *source, struct ddg_context *context)
{
    enum ddg_packing packing;
    enum ddg_error error = ddg_allocate(&source->packed, PACKED, 1, context);
    size_t got = 1;

    while (!error && got > 0 && source->packed_end < DDG_PACKING_BYTES) {
        error = take(source, source->packed + source->packed_end, PACKED - source->packed_end, &got,
                     context);
        source->packed_end += error ? 0 : got;
    }
    if (error)
        return error;
    source->begun = true;
    source->at_end = got == 0;
    packing = ddg_packing_of(source->packed, source->packed_end);
    return packing == DDG_PLAIN ? DDG_OK
                                : ddg_unpack_open(&source->unpack, packing, source->name, context);
}

/* Hands out what begin() has read of a plain file. */
static void give_first(struct ddg_source *source, char *bytes, size_t room, size_t *got)
{
    size_t left = source->packed_end - source->packed_at;

    *got = left < room ? left : room;
    memcpy(bytes, source->packed + source->packed_at, *got);
    source->packed_at += *got;
    if (source->packed_at < source->packed_end)
        return;
    free(source->packed);
    source->packed = NULL;
}

static enum ddg_error unpack(struct ddg_source *source, char *bytes, size_t room, size_t *got,
                             struct ddg_context *context)
{
    enum ddg_error error;
    size_t used;

    for (;;) {
        error = ddg_unpack_next(source->unpack, source->packed + source->packed_at,
                                source->packed_end - source->packed_at, &used, bytes, room, got,
                                context);
        if (error)
            return error;
        source->packed_at += used;
        if (*got > 0)
            return DDG_OK;
        if (source->packed_at < source->packed_end)
            continue;
        if (source->at_end)
            return ddg_unpack_end(source->unpack, context);
        source->packed_at = source->packed_end = 0;
        if ((error = take(source, source->packed, PACKED, &used, context)))
            return error;
        source->packed_end = used;
        source->at_end = used == 0;
    }
}

enum ddg_error ddg_source_read(struct ddg_source *source, char *bytes, size_t room, size_t *got,
                               struct ddg_context *context)
{
    enum ddg_error error;

    if (source->failure)
        return ddg_fail(context, source->failure->error, "%s", source->failure->message);
    if (source->held.at) {
        give_held(source, bytes, room, got);
        return DDG_OK;
    }
    if (!source->begun && (error = begin(source, context)))
        return error;
    if (source->unpack)
        return unpack(source, bytes, room, got, context);
    if (source->packed)
        give_first(source, bytes, room, got);
    else
        *got = 0;
    /* a terminal says that it has ended once, and would be asked again */
    return *got > 0 || source->at_end ? DDG_OK : take(source, bytes, room, got, context);
}

void ddg_source_close(struct ddg_source *source)
{
    if (source->fd > STDERR_FILENO)
        close(source->fd);
    ddg_unpack_close(source->unpack);
    free(source->packed);
    *source = (struct ddg_source){.name = source->name, .fd = -1};
}
