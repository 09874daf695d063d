#include "csv/source.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum ddg_error ddg_source_open(struct ddg_source *source, const char *path,
                               struct ddg_context *context)
{
    if (!path || strcmp(path, "-") == 0) {
        *source = (struct ddg_source){"stdin", STDIN_FILENO};
        return DDG_OK;
    }
    source->name = path;
    source->fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (source->fd < 0)
        return ddg_fail_at(context, DDG_IO, path, 0, NULL, "%s", strerror(errno));
    return DDG_OK;
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
    return DDG_OK;
}

void ddg_source_close(struct ddg_source *source)
{
    if (source->fd > STDERR_FILENO)
        close(source->fd);
    source->fd = -1;
}
