#define _GNU_SOURCE /* O_TMPFILE, mkostemp */
#include "csv/output.h"

#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FLUSH_AT = 1 << 16 };

static const char poison[] = "\"ddg: this output is incomplete";

static enum ddg_error fail_write(struct ddg_output *output)
{
    return ddg_fail_at(output->context, DDG_IO, output->path ? output->path : "stdout", 0, NULL,
                       "%s", strerror(errno));
}

static bool write_all(struct ddg_output *output, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t count = write(output->fd, bytes, length);

        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return false;
        output->written += (uint64_t)count;
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

/* A device or a pipe is written to as it is: only a regular file can be replaced whole. */
static bool is_special(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0 && !S_ISREG(status.st_mode);
}

static enum ddg_error open_file(struct ddg_output *output)
{
    if (is_special(output->path)) {
        output->fd = open(output->path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
        return output->fd < 0 ? fail_write(output) : DDG_OK;
    }
    output->fd = open_unnamed(output->path);
    if (output->fd >= 0)
        return DDG_OK;
    output->temporary = name_beside(output->path);
    if (!output->temporary)
        return ddg_fail_memory(output->context);
    output->fd = mkostemp(output->temporary, O_CLOEXEC);
    if (output->fd < 0) {
        free(output->temporary);
        output->temporary = NULL;
        return fail_write(output);
    }
    return DDG_OK;
}

enum ddg_error ddg_output_open(struct ddg_output *output, const char *path, char delimiter,
                               struct ddg_context *context)
{
    *output = (struct ddg_output){.delimiter = delimiter, .fd = STDOUT_FILENO, .context = context};
    if (!path || strcmp(path, "-") == 0)
        return DDG_OK;
    output->path = path;
    return open_file(output);
}

static bool needs_quotes(const struct ddg_output *output, struct ddg_text text)
{
    for (size_t i = 0; i < text.length; i++) {
        char c = text.at[i];

        if (c == output->delimiter || c == '"' || c == '\n' || c == '\r')
            return true;
    }
    return false;
}

void ddg_output_field(struct ddg_output *output, struct ddg_text text)
{
    bool quotes = needs_quotes(output, text);
    char *to;

    /* worst case: every byte doubled, two quotes, a delimiter; a record needs three more at its
     * end */
    if (ddg_grow(&output->buffer, &output->room, output->used + 2 * text.length + 6, 1,
                 output->context))
        return;
    to = output->buffer + output->used;
    if (output->fields++ > 0)
        *to++ = output->delimiter;
    if (!quotes) {
        if (text.length > 0)
            memcpy(to, text.at, text.length);
        to += text.length;
    } else {
        *to++ = '"';
        for (size_t i = 0; i < text.length; i++) {
            if (text.at[i] == '"')
                *to++ = '"';
            *to++ = text.at[i];
        }
        *to++ = '"';
    }
    output->used = (size_t)(to - output->buffer);
}

static enum ddg_error flush(struct ddg_output *output)
{
    if (output->used == 0)
        return DDG_OK;
    if (!write_all(output, output->buffer, output->used))
        return fail_write(output);
    output->used = 0;
    return DDG_OK;
}

enum ddg_error ddg_output_end(struct ddg_output *output)
{
    if (output->context->error)
        return output->context->error;
    /* a lone blank field would read as a blank line */
    if (output->fields == 1 && output->used == output->record) {
        output->buffer[output->used++] = '"';
        output->buffer[output->used++] = '"';
    }
    output->buffer[output->used++] = '\n';
    output->fields = 0;
    if (output->used >= FLUSH_AT) {
        enum ddg_error error = flush(output);

        if (error)
            return error;
    }
    output->record = output->used;
    return DDG_OK;
}

/* Names the finished file: a temporary name first, since only a rename replaces an old file. */
static enum ddg_error give_name(struct ddg_output *output)
{
    mode_t mask = umask(0);
    char self[64];

    umask(mask);
    if (fchmod(output->fd, 0666 & ~mask) != 0)
        return fail_write(output);
    if (!output->temporary) {
        snprintf(self, sizeof self, "/proc/self/fd/%d", output->fd);
        output->temporary = name_beside(output->path);
        if (!output->temporary)
            return ddg_fail_memory(output->context);
        /* mkostemp() finds a free name; the link then takes its place */
        int probe = mkostemp(output->temporary, O_CLOEXEC);

        if (probe < 0 || close(probe) != 0 || unlink(output->temporary) != 0 ||
            linkat(AT_FDCWD, self, AT_FDCWD, output->temporary, AT_SYMLINK_FOLLOW) != 0)
            return fail_write(output);
    }
    if (rename(output->temporary, output->path) != 0)
        return fail_write(output);
    free(output->temporary);
    output->temporary = NULL;
    return DDG_OK;
}

static void release(struct ddg_output *output)
{
    if (output->temporary)
        unlink(output->temporary);
    free(output->temporary);
    free(output->buffer);
    if (output->fd >= 0)
        close(output->fd);
    *output = (struct ddg_output){.fd = -1};
}

/* Some file systems report a full disk only when a file is closed: closing a second descriptor asks
 * for that while the old file is still there. */
static enum ddg_error settle(struct ddg_output *output)
{
    int again = dup(output->fd);

    return again < 0 || close(again) != 0 ? fail_write(output) : DDG_OK;
}

enum ddg_error ddg_output_finish(struct ddg_output *output)
{
    enum ddg_error error = output->context->error;

    if (!error)
        error = flush(output);
    if (!error)
        error = settle(output);
    if (!error && output->path && !is_special(output->path))
        error = give_name(output);
    if (error) {
        ddg_output_abandon(output);
        return error;
    }
    release(output);
    return DDG_OK;
}

/* A full disk has no room for the poison either: cuts a file back to where this output began.  Not
 * one that is appended to, since the bytes behind need not be ours. */
static void take_back(const struct ddg_output *output)
{
    int flags = fcntl(output->fd, F_GETFL);
    off_t end = lseek(output->fd, 0, SEEK_CUR);

    if (flags < 0 || (flags & O_APPEND) || end < (off_t)output->written)
        return;
    (void)!ftruncate(output->fd, end - (off_t)output->written);
}

void ddg_output_abandon(struct ddg_output *output)
{
    if (!output->context)
        return;
    if (output->written > 0 && (!output->path || is_special(output->path)) &&
        !write_all(output, poison, sizeof poison - 1))
        take_back(output);
    release(output);
}

enum ddg_error ddg_output_close(struct ddg_output *output, enum ddg_error error)
{
    if (!error)
        return ddg_output_finish(output);
    ddg_output_abandon(output);
    return error;
}
