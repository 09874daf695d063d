#include "csv/lines.h"

#include "base/memory.h"
#include "csv/reader.h"

#include <stdlib.h>

enum { BLOCK = 1 << 18 };

enum ddg_error ddg_lines_open(struct ddg_lines *lines, const char *path,
                              struct ddg_context *context)
{
    ddg_source_close(&lines->source);
    lines->at = lines->filled = 0;
    lines->at_end = false;
    lines->number = 0;
    if (ddg_grow(&lines->buffer, &lines->room, BLOCK + DDG_CSV_SLACK, 1, context))
        return DDG_MEMORY;
    return ddg_source_open(&lines->source, path, context);
}

/* Reads more behind the line that has begun. */
static enum ddg_error fill(struct ddg_lines *lines, struct ddg_context *context)
{
    enum ddg_error error;
    size_t got;

    lines->filled -= lines->at;
    if (lines->filled > 0)
        memmove(lines->buffer, lines->buffer + lines->at, lines->filled);
    lines->at = 0;
    error =
        ddg_grow(&lines->buffer, &lines->room, lines->filled + BLOCK + DDG_CSV_SLACK, 1, context);
    if (!error)
        error = ddg_source_read(&lines->source, lines->buffer + lines->filled,
                                lines->room - DDG_CSV_SLACK - lines->filled, &got, context);
    if (error)
        return error;
    lines->filled += got;
    lines->at_end = got == 0;
    return DDG_OK;
}

enum ddg_error ddg_lines_next(struct ddg_lines *lines, char **line, size_t *length,
                              struct ddg_context *context)
{
    size_t seen = 0;
    enum ddg_error error;

    for (;;) {
        size_t left = lines->filled - lines->at;
        char *from = lines->buffer + lines->at;
        char *end = left > seen ? memchr(from + seen, '\n', left - seen) : NULL;

        if (end || lines->at_end) {
            *line = from;
            *length = end ? (size_t)(end - from) + 1 : left;
            lines->at += *length;
            lines->number++;
            return DDG_OK;
        }
        seen = left;
        if ((error = fill(lines, context)))
            return error;
    }
}

void ddg_lines_free(struct ddg_lines *lines)
{
    ddg_source_close(&lines->source);
    free(lines->buffer);
    *lines = (struct ddg_lines){0};
}
