/*
 * A state: what has been counted so far, for others to add up.  It holds the inner cells and, where
 * persons are counted, the cells of each person, so that she is counted once in every cell and
 * every total of all that is added up, however the records were shared out.
 *
 * It is text, in lines of words (group/words.h):
 *
 *   ddg-count-state 1
 *   ...                          the form of the count (group/form.h)
 *   l DIMENSION LABEL            a label; those of a dimension have the codes 0, 1, ...
 *   c CODE... EVENTS SUM...      an inner cell: a code for each dimension; cells are 0, 1, ...
 *   p IDENTIFIER CELL...         a person, and the cells that she is in
 *   end DIGEST                   SHA-256 of all bytes before this line
 *
 * Labels stand before the cells that have them, and cells before the persons.  Labels are in the
 * order of tables, cells in that of their labels, and persons in that of a hash of their
 * identifiers: equal records make equal bytes, whatever the order they came in, how they were
 * shared out and merged, and the memory.  A reader takes any order.  One file can hold several
 * states, one behind the other.
 */
#ifndef DDG_GROUP_STATE_H
#define DDG_GROUP_STATE_H

#include "base/digest.h"
#include "csv/lines.h"
#include "group/cube.h"
#include "group/form.h"

/* The first line of a state: what it is, and the version of what follows. */
static const char ddg_state_first[] = "ddg-count-state 1\n";

/* Writes the state of a cube that has all its records and no margins yet.  The sink is left open.
 */
enum ddg_error ddg_state_write(const struct ddg_form *form, struct ddg_cube *cube,
                               struct ddg_sink *sink, struct ddg_context *context);

/* Files of states.  Starts as {0}. */
struct ddg_states {
    struct ddg_form form; /* of the first state: all others have to agree */
    uint64_t count;       /* states that were added so far */
    /* the rest is the reader's own */
    const char *const *paths;
    size_t path_count, path;
    struct ddg_lines lines;
    struct ddg_text line; /* read last; without its LF once it is known to have one */
    bool terminated;
    struct ddg_digest digest;
};

/* Opens the first file (standard input when count is 0) and reads the form of its first state.
 * DDG_INPUT for what is no whole state, here and below.  `paths` must outlive the reader; free it
 * with ddg_states_free(), also after an error. */
enum ddg_error ddg_states_open(struct ddg_states *states, const char *const *paths, size_t count,
                               struct ddg_context *context);

/* Adds up all states into a cube that was made for their form. */
enum ddg_error ddg_states_add(struct ddg_states *states, struct ddg_cube *cube,
                              struct ddg_context *context);

void ddg_states_free(struct ddg_states *states);

#endif
