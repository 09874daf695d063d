#define _GNU_SOURCE /* O_TMPFILE, mkostemp */
#include "csv/sink.h"

#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MUCH = 1 << 16 };

static enum ddg_error fail_write(struct ddg_sink *sink)
{
    return ddg_fail_at(sink->context, DDG_IO, sink->path ? sink->path : "stdout", 0, NULL, "%s",
                       strerror(errno));
}

static bool write_all(struct ddg_sink *sink, const char *bytes, size_t length)
{
    sink->begun = true;
    while (length > 0) {
        ssize_t count = write(sink->fd, bytes, length);

        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return false;
        sink->written += (uint64_t)count;
        bytes += count;
        length -= (size_t)count;
    }
    return true;
}

/* "dir/file" -> "dir/.ddg-XXXXXX", for mkostemp() and for the moment before a rename. */
static char *name_beside(const char *path)
{
    const char *slash = strrchr(path, '/');
    int directory = slash ? (int)(slash - path) + 1 : 0;
    char *name = NULL;

    return asprintf(&name, "%.*s.ddg-XXXXXX", directory, path) < 0 ? NULL : name;
}

static int open_unnamed(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *directory = slash ? strndup(path, (size_t)(slash - path) + 1) : strdup(".");
    int fd = directory ? open(directory, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600) : -1;

    free(directory);
    return fd;
}

/* In this order: a signal may come at any time. */
static void forget_name(struct ddg_sink *sink)
{
    char *name = sink->temporary;

    sink->temporary = NULL;
    free(name);
}

/* A device or a pipe is written to as it is: only a regular file can be replaced whole. */
static bool is_special(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0 && !S_ISREG(status.st_mode);
}

static enum ddg_error open_file(struct ddg_sink *sink)
{
    if (is_special(sink->path)) {
        sink->fd = open(sink->path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
        return sink->fd < 0 ? fail_write(sink) : DDG_OK;
    }
    sink->fd = open_unnamed(sink->path);
    if (sink->fd >= 0)
        return DDG_OK;
    sink->temporary = name_beside(sink->path);
    if (!sink->temporary)
        return ddg_fail_memory(sink->context);
    sink->fd = mkostemp(sink->temporary, O_CLOEXEC);
    if (sink->fd < 0) {
        enum ddg_error error = fail_write(sink);

        forget_name(sink);
        return error;
    }
    return DDG_OK;
}

static void leave_list(struct ddg_sink *sink)
{
    struct ddg_sink **at = sink->context->sinks;

    while (at && *at && *at != sink)
        at = &(*at)->next;
    if (at && *at)
        *at = sink->next;
}

enum ddg_error ddg_sink_open(struct ddg_sink *sink, const char *path, struct ddg_context *context)
{
    enum ddg_error error;

    *sink = (struct ddg_sink){.fd = STDOUT_FILENO, .context = context};
    if (path && strcmp(path, "-") != 0)
        sink->path = path;
    if (context->sinks) {
        sink->next = *context->sinks;
        *context->sinks = sink;
    }
    error = sink->path ? open_file(sink) : DDG_OK;
    if (error)
        leave_list(sink);
    return error;
}

bool ddg_sink_is_terminal(const struct ddg_sink *sink)
{
    return isatty(sink->fd) == 1;
}

void ddg_sink_hold(struct ddg_sink *sink, struct ddg_context *context)
{
    *sink = (struct ddg_sink){.fd = -1, .held = true, .context = context};
}

void ddg_sink_errors(struct ddg_sink *sink, struct ddg_context *context)
{
    *sink = (struct ddg_sink){.fd = STDERR_FILENO, .context = context};
}

enum ddg_error ddg_sink_room(struct ddg_sink *sink, size_t more)
{
    return ddg_grow(&sink->buffer, &sink->room, sink->used + more, 1, sink->context);
}

void ddg_sink_add(struct ddg_sink *sink, const void *bytes, size_t length)
{
    if (length == 0 || ddg_sink_room(sink, length))
        return;
    memcpy(sink->buffer + sink->used, bytes, length);
    sink->used += length;
}

void ddg_sink_say(struct ddg_sink *sink, const char *string)
{
    ddg_sink_add(sink, string, strlen(string));
}

static enum ddg_error flush(struct ddg_sink *sink)
{
    if (sink->used == 0)
        return DDG_OK;
    if (!write_all(sink, sink->buffer, sink->used))
        return fail_write(sink);
    sink->used = 0;
    return DDG_OK;
}

enum ddg_error ddg_sink_pass(struct ddg_sink *sink)
{
    if (sink->context->error)
        return sink->context->error;
    return sink->used < MUCH || sink->held ? DDG_OK : flush(sink);
}

/* Names the finished file: a temporary name first, since only a rename replaces an old file. */
static enum ddg_error give_name(struct ddg_sink *sink)
{
    mode_t mask = umask(0);
    char self[64];

    umask(mask);
    if (fchmod(sink->fd, (sink->secret ? 0600 : 0666) & ~mask) != 0)
        return fail_write(sink);
    if (!sink->temporary) {
        snprintf(self, sizeof self, "/proc/self/fd/%d", sink->fd);
        sink->temporary = name_beside(sink->path);
        if (!sink->temporary)
            return ddg_fail_memory(sink->context);
        /* mkostemp() finds a free name; the link then takes its place */
        int probe = mkostemp(sink->temporary, O_CLOEXEC);

        if (probe < 0 || close(probe) != 0 || unlink(sink->temporary) != 0 ||
            linkat(AT_FDCWD, self, AT_FDCWD, sink->temporary, AT_SYMLINK_FOLLOW) != 0)
            return fail_write(sink);
    }
    if (rename(sink->temporary, sink->path) != 0)
        return fail_write(sink);
    forget_name(sink);
    return DDG_OK;
}

static void release(struct ddg_sink *sink)
{
    leave_list(sink);
    if (sink->temporary)
        unlink(sink->temporary);
    free(sink->temporary);
    free(sink->buffer);
    /* stdout stays open until the program ends: a message about the output has to be out before the
     * next program in a pipe sees its end */
    if (sink->path && sink->fd >= 0)
        close(sink->fd);
    *sink = (struct ddg_sink){.fd = -1};
}

/* Some file systems report a full disk only when a file is closed: closing a second descriptor asks
 * for that while the old file is still there. */
static enum ddg_error settle(struct ddg_sink *sink)
{
    int again = dup(sink->fd);

    return again < 0 || close(again) != 0 ? fail_write(sink) : DDG_OK;
}

/* A full disk has no room for the poison either: cuts a file back to where the output began.  Not
 * one that is appended to, since the bytes behind need not be ours. */
static void take_back(const struct ddg_sink *sink)
{
    int flags = fcntl(sink->fd, F_GETFL);
    off_t end = lseek(sink->fd, 0, SEEK_CUR);

    if (flags < 0 || (flags & O_APPEND) || end < (off_t)sink->written)
        return;
    (void)!ftruncate(sink->fd, end - (off_t)sink->written);
}

static enum ddg_error finish(struct ddg_sink *sink)
{
    enum ddg_error error = flush(sink);

    if (!error)
        error = settle(sink);
    if (!error && sink->path && !is_special(sink->path))
        error = give_name(sink);
    return error;
}

enum ddg_error ddg_sink_close(struct ddg_sink *sink, enum ddg_error error, const char *poison)
{
    if (!error)
        error = sink->context->error;
    if (!error)
        error = finish(sink);
    if (error)
        ddg_sink_abandon(sink, poison);
    else
        release(sink);
    return error;
}

/* Ends what has left: with the poison, or else where it began. */
static void spoil(struct ddg_sink *sink, const char *poison)
{
    if (!write_all(sink, poison, strlen(poison)))
        take_back(sink);
}

void ddg_sink_abandon(struct ddg_sink *sink, const char *poison)
{
    if (!sink->context)
        return;
    if (sink->written > 0 && (!sink->path || is_special(sink->path)))
        spoil(sink, poison);
    release(sink);
}

void ddg_sinks_interrupt(struct ddg_sink *first)
{
    for (struct ddg_sink *sink = first; sink; sink = sink->next) {
        if (sink->temporary)
            unlink(sink->temporary);
        if (sink->begun && sink->poison && (!sink->path || is_special(sink->path)))
            spoil(sink, sink->poison);
    }
}
