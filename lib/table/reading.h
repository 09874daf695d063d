/*
 * Reading a table: whole, or block by block.
 *
 * Nobody adds up over the dimensions of --by, so rows with the same labels there are a table by
 * themselves.  Where they stand together, a program that needs a whole table needs no more than one
 * of these at a time: such a run of rows is a block.
 */
#ifndef DDG_TABLE_READING_H
#define DDG_TABLE_READING_H

#include "base/names.h"
#include "base/tuple.h"
#include "csv/reader.h"
#include "table/table.h"

struct ddg_reading {
    bool *apart;            /* of each dimension column: blocks differ in it */
    bool unsorted;          /* the last error was that rows of a block stand apart */
    bool more;              /* something is left to be read; a table without rows is read once */
    struct ddg_arena arena; /* owns what all blocks share: columns, their names and roles */
    /* the rest is the reading's own */
    const struct ddg_description *description;
    struct ddg_csv *csv;
    const char *file;
    struct ddg_text *name;
    size_t columns;
    struct ddg_roles roles;
    struct ddg_record record; /* the first of the next block, unless `end` */
    bool end;
    uint32_t next;                 /* which block that is of */
    struct ddg_names label, block; /* what stands in those dimensions, and which stood together */
    struct ddg_tuple tuple;
};

/* Opens the files, or standard input where there are none, and finds the columns that `description`
 * describes; both must outlive the reading.  With `blocks` each run of rows with the same labels in
 * the dimensions of --by is a block, but for dimensions with a file of hierarchies or aliases,
 * where labels that differ may belong together; else all rows are one.  Close with
 * ddg_reading_close(), also after an error. */
enum ddg_error ddg_reading_open(struct ddg_reading *reading,
                                const struct ddg_description *description, bool blocks,
                                const char *const *paths, size_t path_count,
                                struct ddg_context *context);

/* Reads the next block, which borrows what the reading's arena owns.  DDG_INPUT for a row that
 * belongs to one that was read before.  Free with ddg_table_free(), also after an error. */
enum ddg_error ddg_reading_next(struct ddg_reading *reading, struct ddg_table *table,
                                struct ddg_context *context);

/* True where rows of a block stand apart in what has not been read yet, which the context then says
 * in place of an error that it had: a piece of a block may well be no table.  Nothing can be read
 * afterwards. */
bool ddg_reading_is_unsorted(struct ddg_reading *reading, struct ddg_context *context);

void ddg_reading_close(struct ddg_reading *reading);

#endif
