/*
 * What the parts of the reader share: it is opened, file after file and header after header, in
 * reader_open.c, read from in reader.c, and cut into pieces in pieces.c.
 */
#ifndef DDG_CSV_READER_PARTS_H
#define DDG_CSV_READER_PARTS_H

#include "base/memory.h"
#include "csv/reader.h"
#include "csv/views.h"

/* Doubts that are farther from each other are single ones: to look anew behind each is still faster
 * than the judge. */
enum { DDG_CSV_FAR = 1 << 12 };

struct ddg_csv {
    struct ddg_csv_options options;
    const char *const *paths;
    size_t path_count, next_path;
    struct ddg_window window;
    struct ddg_judge judge;
    struct ddg_grid grid;
    struct ddg_views views;
    size_t *slot_of; /* column -> kept field of the judge */

    /* the records at the front of the window that views shows */
    bool by_grid;          /* the grid's; else one of the judge */
    size_t records, taken; /* how many, and how many of them were returned */
    size_t handed;         /* their bytes, or those of a header */
    size_t first;          /* record 0 of the last block */
    size_t line_of;        /* a record, and the line where it starts */
    uint64_t line_at;

    size_t doubtful; /* bytes that are left to the judge */
    size_t stretch;  /* what the last doubt left to it at least */
    size_t certain;  /* bytes since then that the grid read */

    struct ddg_arena arena;
    struct ddg_text *name;
    size_t columns; /* 0 until the first header was read */
    bool headless;  /* files have no header: the options name the columns */

    /* of pieces (csv/pieces.h) */
    uint64_t pieces; /* that were cut off; of a reader of pieces, up to its own */
    struct ddg_text piece;
    uint64_t piece_line;        /* where it begins, as far as the pieces before it are done */
    struct ddg_context failure; /* what reading has ended with, for when the pieces are done */
};

/* Leaves the records behind that were handed out. */
void ddg_csv_drop(struct ddg_csv *csv);

/* The window holds other bytes than the grid has looked at. */
void ddg_csv_look_anew(struct ddg_csv *csv);

/* The judge's record reads like the header. */
static inline bool ddg_csv_repeats_header(const struct ddg_csv *csv)
{
    return csv->judge.like_header && csv->judge.fields == csv->columns;
}

/* Has the judge read what comes next. */
enum ddg_error ddg_csv_judge(struct ddg_csv *csv, bool *more, struct ddg_context *context);

/* Opens the next file and reads its header, if it has one, with every column kept.  There must be a
 * next file, or no paths and no file before. */
enum ddg_error ddg_csv_start_file(struct ddg_csv *csv, struct ddg_context *context);

#endif
