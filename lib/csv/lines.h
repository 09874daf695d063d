/*
 * The lines of a source, for texts that are not CSV.
 */
#ifndef DDG_CSV_LINES_H
#define DDG_CSV_LINES_H

#include "csv/source.h"

#include <stdbool.h>
#include <stdint.h>

/* Starts as {0}. */
struct ddg_lines {
    struct ddg_source source;
    uint64_t number; /* of the line that was read last, from 1 */
    /* the rest is the lines' own */
    char *buffer;
    size_t at, filled, room;
    bool at_end;
};

/* Opens `path`, as ddg_source_open() does, and closes what was open before.  Free with
 * ddg_lines_free(), also after an error. */
enum ddg_error ddg_lines_open(struct ddg_lines *lines, const char *path,
                              struct ddg_context *context);

/* Puts the next line into *line with the LF that ends it; the last may lack it, and behind the last
 * *length is 0.  The bytes may be changed and are valid until the next call; as many
 * bytes behind them can be read as behind a field of CSV (csv/reader.h). */
enum ddg_error ddg_lines_next(struct ddg_lines *lines, char **line, size_t *length,
                              struct ddg_context *context);

void ddg_lines_free(struct ddg_lines *lines);

#endif
