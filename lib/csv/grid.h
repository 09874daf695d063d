/*
 * Whole records at the front of a window, as the ends of their fields at a fixed stride: what a
 * scanner finds there and what is certain to be read as libcsv reads it.
 *
 * Left to the judge are, beside what scanners doubt: records that have another number of fields
 * than the header, blank lines, and records that read like the header.
 */
#ifndef DDG_CSV_GRID_H
#define DDG_CSV_GRID_H

#include "base/error.h"
#include "base/text.h"
#include "csv/scan.h"

struct ddg_grid {
    const struct ddg_scanner *scanner; /* NULL: everything is left to the judge */
    size_t columns;
    /* what was found */
    size_t records;       /* at the front of the window */
    size_t length;        /* bytes of them */
    bool quotes, returns; /* as in struct ddg_scan: may be true without cause */
    size_t hidden;        /* line feeds in quotes, also behind the records */
    size_t doubtful;      /* where there are no records: bytes that the judge has to read, or 0 */
    uint32_t *doubled; /* where runs of DDG_SCAN_BLOCK bytes begin that have doubled quotes, in */
    size_t doubles;    /* ascending order, also behind the records; and how many there are */
    /* the rest is the grid's own */
    const struct ddg_text *names; /* of the columns */
    bool loose_names;
    bool plain_name; /* the first name is written as it is, but for quotes around it */
    struct ddg_scan scan;
    size_t scanned; /* bytes from the front of the window */
    uint32_t *end;  /* end[0] and then the ends that were found, from the front of the window */
    size_t ends, room, doubled_room;
};

/* Free with ddg_grid_free(), also after an error. */
enum ddg_error ddg_grid_init(struct ddg_grid *grid, char delimiter, struct ddg_context *context);

/* The header, at least one name; as long-lived as the grid. */
void ddg_grid_name(struct ddg_grid *grid, const struct ddg_text *names, size_t columns,
                   bool loose_names);

/* The window now begins with a record that was not looked at. */
void ddg_grid_start(struct ddg_grid *grid);

/* Looks for records in a window of `length` bytes, whose front was not dropped but by
 * ddg_grid_drop() since the grid started.  With no records and no doubt it needs more bytes. */
enum ddg_error ddg_grid_look(struct ddg_grid *grid, const char *bytes, size_t length,
                             struct ddg_context *context);

/* Line feeds in `length` bytes. */
uint64_t ddg_count_lines(const char *bytes, size_t length);

/* Forgets the records, which the window that begins at `bytes` drops next; returns how many lines
 * they have. */
uint64_t ddg_grid_drop(struct ddg_grid *grid, const char *bytes);

/* Where a field of a record begins in the window, and where its delimiter or line feed stands. */
static inline size_t ddg_grid_from(const struct ddg_grid *grid, size_t record, size_t column)
{
    /* end[0] is one before the front */
    return (uint32_t)(grid->end[record * grid->columns + column] + 1);
}

static inline size_t ddg_grid_to(const struct ddg_grid *grid, size_t record, size_t column)
{
    return grid->end[record * grid->columns + column + 1];
}

void ddg_grid_free(struct ddg_grid *grid);

#endif
