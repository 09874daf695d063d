/*
 * Reading CSV: records as views, one at a time, from any number of files with one header.
 *
 * libcsv parses, in strict mode, and is the judge of what a record is.  What libcsv leaves open is
 * settled here:
 *
 *   - spaces and tabs belong to their field, also at its ends;
 *   - a record ends with LF or CRLF; a carriage return elsewhere is an error unless quoted;
 *   - a quote inside an unquoted field, anything but a delimiter behind a closing quote, and a
 *     quoted field that never closes are errors;
 *   - a blank line is an error unless only blank lines follow it in its file;
 *   - every record has as many fields as the header;
 *   - a UTF-8 byte order mark at the start of a file is skipped; a NUL byte is an error;
 *   - the last record may lack its line end; lines and fields have no length limit;
 *   - a file without a header is an error, and so is a header that differs from the first file's,
 *     and a record that repeats the header (`cat a.csv b.csv`);
 *   - where the caller names the columns, files have no header and may be empty, and a record that
 *     reads like one is an error.
 *
 * Where the caller sets bad records aside (csv/rejects.h), those that are not read as above do not
 * stop it: a record is then all from where it begins to the end of the line where something is
 * wrong.  These are errors still: headers and what repeats them, and a quoted field that never
 * ends, since so does the output of a program that has failed.
 *
 * Callers see only this interface.  Below it a scanner (csv/scan.h) stands in for libcsv where it
 * provably reads the same; whatever it doubts, libcsv reads.  So records, errors and their lines
 * are the same whichever reads.
 */
#ifndef DDG_CSV_READER_H
#define DDG_CSV_READER_H

#include "base/error.h"
#include "base/list.h"
#include "csv/rejects.h"

#include <stdbool.h>
#include <stdint.h>

/* The environment variable that names a scanner; DDG_USAGE where the processor lacks it. */
#define DDG_CSV_SCANNER "DDG_SCANNER"

struct ddg_csv_options {
    char delimiter;   /* ',' unless said otherwise; not a quote, CR, LF or NUL */
    size_t block;     /* bytes read at a time; 0 takes the default.  Results never depend on it. */
    bool loose_names; /* spaces around column names do not count */
    /* names of the columns of files that have no header, as long-lived as the reader; NULL or none
     * where they have one */
    const struct ddg_list *names;
    /* where records go that cannot be read, in place of an error; NULL where there is no such place
     */
    struct ddg_rejects *rejects;
    struct ddg_text held; /* unless NULL: what the one file holds, which is then not opened */
    const char *scanner;  /* "avx512", "avx2", "sse2", "neon", "words", "scalar", or "libcsv" for
                             none; NULL takes what the environment variable names, or the fastest */
};

struct ddg_record {
    const struct ddg_text *field; /* valid until the next record is read */
    uint64_t line;                /* where the record starts, from 1 */
};

/* Records many at a time, for loops in which a call for each is too slow. */
struct ddg_csv_block {
    const struct ddg_text *field; /* field[r * stride + i] is wanted[i] of record r */
    size_t stride;                /* fields of a record: as many as are wanted */
    size_t count;                 /* records; 0 at the end of the input only */
};

/* So many bytes behind the end of every field can be read, whatever they hold. */
enum { DDG_CSV_SLACK = 64 };

struct ddg_csv;

/* Opens the files (standard input when count is 0), reads the first header, and returns the reader
 * in *csv; free it with ddg_csv_close(), also after an error.  `paths` must outlive the reader. */
enum ddg_error ddg_csv_open(struct ddg_csv **csv, const char *const *paths, size_t count,
                            const struct ddg_csv_options *options, struct ddg_context *context);

/* The header's column names, as long-lived as the reader. */
size_t ddg_csv_columns(const struct ddg_csv *csv);
struct ddg_text ddg_csv_name(const struct ddg_csv *csv, size_t column);

/* The column called `name`; DDG_USAGE when there is none, or more than one. */
enum ddg_error ddg_csv_find(const struct ddg_csv *csv, struct ddg_text name, size_t *column,
                            struct ddg_context *context);

/* From the next record on, field[i] is column wanted[i], and other columns are not kept.  A column
 * may be wanted more than once. */
enum ddg_error ddg_csv_project(struct ddg_csv *csv, const size_t *wanted, size_t count,
                               struct ddg_context *context);

/* Reads one record; *more is false at the end, *record then unchanged. */
enum ddg_error ddg_csv_next(struct ddg_csv *csv, struct ddg_record *record, bool *more,
                            struct ddg_context *context);

/* Reads as many records as are at hand, at least one, all of one file; how many is no promise.
 * What is in the block is valid until the next record or block is read.  Where something is wrong,
 * the records before it come first, and then the error.  Calls of both kinds may be mixed: a block
 * holds what no call has returned. */
enum ddg_error ddg_csv_next_block(struct ddg_csv *csv, struct ddg_csv_block *block,
                                  struct ddg_context *context);

/* The line, from 1, where record r of the last block starts.  Cheap when asked in ascending order.
 */
uint64_t ddg_csv_line(struct ddg_csv *csv, size_t r);

/* Record r of the last block byte for byte as it stands in the file, with its line end and with the
 * blank lines before it, if any; valid as long as the block. */
struct ddg_text ddg_csv_bytes(struct ddg_csv *csv, size_t r);

/* The name of the scanner in use, or "libcsv". */
const char *ddg_csv_scanner(const struct ddg_csv *csv);

/* The name of the file that the last record or block came from, for messages. */
const char *ddg_csv_file(const struct ddg_csv *csv);

/* Sets record r of the last block aside, since its column is as `text` says; where nothing is set
 * aside, fails as below. */
enum ddg_error ddg_csv_reject(struct ddg_csv *csv, size_t r, size_t column,
                              struct ddg_context *context, const char *text);

/* Records a failure at a column of `record`: "FILE:LINE: column 'NAME': text". */
enum ddg_error ddg_csv_fail(const struct ddg_csv *csv, uint64_t line, size_t column,
                            struct ddg_context *context, const char *text);

void ddg_csv_close(struct ddg_csv *csv);

#endif
