/*
 * Witnesses: the moves that show of each suppressed cell which other values it could have.
 *
 * A move stays in the store when one of its cells is shown again; it then witnesses nothing until
 * that cell is suppressed once more.
 */
#ifndef DDG_PROTECT_WITNESSES_H
#define DDG_PROTECT_WITNESSES_H

#include "protect/move.h"

struct ddg_witnesses {
    const struct ddg_mask *mask;
    uint32_t count;
    struct ddg_witness {
        size_t start;       /* of its changes; those of the next witness follow */
        uint32_t shown;     /* how many of its cells are public: 0 for a move that holds */
        int8_t forth, back; /* how often it can be made forwards and backwards */
    } * witness;            /* one more than `count`, for the end of the last */
    uint32_t *cell;         /* of each change */
    int8_t *change;
    /* the rest is the store's own */
    uint32_t *of;  /* the witness of each change */
    size_t *next;  /* the next older change of the same cell, plus 1; 0 behind the last */
    size_t *first; /* of each cell: its newest change, plus 1 */
    size_t witness_room, cell_room, change_room, of_room, next_room;
    int64_t *scratch; /* for verifying: an entry per line, zero between uses */
};

/* Free with ddg_witnesses_free(), also after an error. */
enum ddg_error ddg_witnesses_init(struct ddg_witnesses *witnesses, const struct ddg_mask *mask,
                                  struct ddg_context *context);
void ddg_witnesses_free(struct ddg_witnesses *witnesses);

/* Keeps a move that holds, all of whose cells are suppressed or hidden by now. */
enum ddg_error ddg_witnesses_keep(struct ddg_witnesses *witnesses, const struct ddg_move *move,
                                  struct ddg_context *context);

/* Forgets the newest moves until `count` are left. */
void ddg_witnesses_cut(struct ddg_witnesses *witnesses, uint32_t count);

/* Forgets the moves that do not hold as the mask is. */
void ddg_witnesses_tidy(struct ddg_witnesses *witnesses);

/* Say that a cell is public from now on, or that it is suppressed. */
void ddg_witnesses_shown(struct ddg_witnesses *witnesses, uint32_t cell);
void ddg_witnesses_hidden(struct ddg_witnesses *witnesses, uint32_t cell);

/* By how much the cell can change: bit DDG_OFFSET_NONE + i for a change of i. */
#define DDG_OFFSET_NONE 31
uint64_t ddg_witnesses_offsets(const struct ddg_witnesses *witnesses, uint32_t cell);

/* How many values the cell still lacks. */
uint32_t ddg_witnesses_lacking(const struct ddg_witnesses *witnesses, uint32_t cell);

/* The newest move that holds and changes the cell, made `times` times so that the cell changes as
 * far as possible by moves in the store in the direction `by`; false when there is none. */
bool ddg_witnesses_farthest(const struct ddg_witnesses *witnesses, uint32_t cell, int by,
                            uint32_t *witness, int *times);

/* A witness as a move; it points into the store. */
struct ddg_move ddg_witnesses_move(const struct ddg_witnesses *witnesses, uint32_t witness);

/* Verifies once more, against the mask as it is, every move that holds, and that no suppressed cell
 * lacks a value; DDG_UNSAFE when one does. */
enum ddg_error ddg_witnesses_check(struct ddg_witnesses *witnesses, struct ddg_context *context);

#endif
