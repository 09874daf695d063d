/*
 * Pieces of what a reader reads, for several threads: each takes one piece after the other, and
 * reads its records with a reader of its own.
 *
 * A piece ends behind a record.  Where records end can be told without reading them: at a line feed
 * with an even number of quotes before it, in its file.  That is so as long as no quote stands
 * where none may; a record in which one does is an error of the piece that has it, and no piece
 * before depends on it.  A piece never ends with a blank line, so that whoever reads a blank line
 * knows whether something follows.
 *
 * Only long files are cut.  What remains at the end of a file, the next file, and what cannot be
 * read are left to the reader that was cut, which goes on behind the last piece once all pieces are
 * done.  So the records are those that it would have read alone, and the errors too, if that of the
 * first piece that has one counts.
 */
#ifndef DDG_CSV_PIECES_H
#define DDG_CSV_PIECES_H

#include "csv/reader.h"

/* True where the file that is read seems to be long enough for pieces.  All records of the last
 * block have been dealt with.  `csv` sets no bad records aside. */
bool ddg_csv_is_long(const struct ddg_csv *csv);

/* Makes a reader of pieces in *reader, with the columns that `csv` wants now; `csv` must outlive
 * it. Free it with ddg_csv_close(), also after an error. */
enum ddg_error ddg_csv_read_pieces(struct ddg_csv **reader, const struct ddg_csv *csv,
                                   struct ddg_context *context);

/* Cuts off the next piece for `reader`, which reads it to its end by ddg_csv_next_block(); *more is
 * false where `csv` has none for now.  One thread at a time may be here, or in ddg_csv_done(). */
enum ddg_error ddg_csv_cut(struct ddg_csv *csv, struct ddg_csv *reader, bool *more,
                           struct ddg_context *context);

/* The number of the reader's piece: ascending. */
uint64_t ddg_csv_piece(const struct ddg_csv *reader);

/* Says that all records of the reader's piece were read, so that lines behind it get their numbers;
 * readers[0..count) are all readers of pieces. */
void ddg_csv_done(struct ddg_csv *csv, const struct ddg_csv *reader, struct ddg_csv *const *readers,
                  size_t count);

/* Has the reader begin its piece anew, all pieces before which are done: lines now have the numbers
 * that they have in the file. */
void ddg_csv_again(struct ddg_csv *reader);

#endif
