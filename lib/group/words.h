/*
 * The words of which the lines of a state consist (group/state.h).
 *
 * A line is words with one space between them and LF behind the last.  A word is printable ASCII,
 * so that no transport of lines changes it: a byte that is not, a space, or a backslash is written
 * as a backslash and two small hexadecimal digits, and no byte at all as "\-".
 */
#ifndef DDG_GROUP_WORDS_H
#define DDG_GROUP_WORDS_H

#include "base/number.h"
#include "csv/sink.h"

/* Adds a space and the text as a word.  Failures show at ddg_sink_pass(). */
void ddg_word_add(struct ddg_sink *sink, struct ddg_text text);
void ddg_word_add_number(struct ddg_sink *sink, uint64_t number);

/* Cuts the first word off *line; false where there is none, or where something else than one space
 * stands behind it. */
bool ddg_word_next(struct ddg_text *line, struct ddg_text *word);

/* The same for a number up to `most`. */
bool ddg_word_next_number(struct ddg_text *line, uint64_t most, uint64_t *number);

/* The text that a word stands for: its bytes are overwritten with those of *text.  False for what
 * ddg_word_add() does not write, and for a NUL byte, which no text has that was read. */
bool ddg_word_read(struct ddg_text word, struct ddg_text *text);

#endif
