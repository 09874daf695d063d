#include "csv/source.h"

#include "base/inputs.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

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
        return note(source, context);
    }
    *source = (struct ddg_source){.name = path};
    source->fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (source->fd < 0)
        return ddg_fail_at(context, DDG_IO, path, 0, NULL, "%s", strerror(errno));
    return note(source, context);
}

enum ddg_error ddg_source_read(struct ddg_source *source, char *bytes, size_t room, size_t *got,
                               struct ddg_context *context)
{
    ssize_t count;

    do
        count = read(source->fd, bytes, room);
    while (count < 0 && errno == EINTR);
    if (count < 0)
        return ddg_fail_at(context, DDG_IO, source->name, 0, NULL, "%s", strerror(errno));
    *got = (size_t)count;
    if (context->inputs)
        ddg_digest_add(&context->inputs->input[source->number].digest, bytes, *got);
    return DDG_OK;
}

void ddg_source_close(struct ddg_source *source)
{
    if (source->fd > STDERR_FILENO)
        close(source->fd);
    source->fd = -1;
}
