/*
 * Counting: records of CSV files become the inner cells of a cube.
 */
#ifndef DDG_GROUP_COUNT_H
#define DDG_GROUP_COUNT_H

#include "group/counting.h"

/* Threads that may be asked for. */
#define DDG_COUNT_THREADS_MOST 64

/* Reads all records of `csv` into the cube, which was made for the counted dimensions and sums.
 * Only the columns that are needed are kept of a record.
 *
 * Long files are counted by so many threads, at most DDG_COUNT_THREADS_MOST; 1 where `csv` sets bad
 * records aside, whose order is that of the input.  Of two threads that count persons one is a
 * clerk (group/clerk.h); others are a crew (group/crew.h).  The cube's persons and, with several
 * threads, what all but the first count into take the memory that the persons may take.
 *
 * DDG_USAGE for a column that is not there; DDG_INPUT for a value that a recoding cannot read, a
 * blank identifier, and an amount that is blank or no decimal number, unless the reader sets such
 * records aside. */
enum ddg_error ddg_count_records(struct ddg_cube *cube, struct ddg_csv *csv,
                                 const struct ddg_counted *counted, unsigned threads,
                                 struct ddg_context *context);

#endif
