/*
 * Proofs: verified moves, and which suppressed cell rests on which.
 */
#ifndef DDG_PROTECT_PROOFS_H
#define DDG_PROTECT_PROOFS_H

#include "protect/move.h"

#define DDG_NO_PROOF UINT32_MAX

struct ddg_proofs {
    const struct ddg_mask *mask;
    uint32_t *of; /* of each cell: the proof that it rests on, or DDG_NO_PROOF */
    /* the rest is the proofs' own */
    uint32_t count;
    size_t *start; /* changes of proof i: entry[start[i]] .. entry[start[i + 1] - 1] */
    size_t start_room;
    struct ddg_proof_entry {
        uint32_t cell, proof;
        size_t next; /* the next entry of the same cell, plus 1; 0 behind the last */
        int8_t change;
    } * entry;
    size_t entry_room;
    size_t *first;    /* of each cell: its first entry, plus 1 */
    int64_t *scratch; /* for verifying: an entry per line, zero between uses */
};

/* Free with ddg_proofs_free(), also after an error. */
enum ddg_error ddg_proofs_init(struct ddg_proofs *proofs, const struct ddg_mask *mask,
                               struct ddg_context *context);
void ddg_proofs_free(struct ddg_proofs *proofs);

/* Verifies a move and rests on it every cell that it changes and that rests on nothing.  DDG_UNSAFE
 * when it proves nothing. */
enum ddg_error ddg_proofs_keep(struct ddg_proofs *proofs, const struct ddg_move *move,
                               struct ddg_context *context);

/* Takes their proof from all cells that rest on a move of `cell`, and adds them to a growing array
 * (*count of them) with the proofs that they had. */
enum ddg_error ddg_proofs_withdraw(struct ddg_proofs *proofs, uint32_t cell,
                                   struct ddg_proof_entry **withdrawn, size_t *count, size_t *room,
                                   struct ddg_context *context);

/* Verifies once more, against the mask as it is, all proofs that cells rest on; DDG_UNSAFE when one
 * does not hold or a suppressed cell has none. */
enum ddg_error ddg_proofs_check(const struct ddg_proofs *proofs, struct ddg_context *context);

#endif
