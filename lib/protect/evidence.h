/*
 * The files about a masked table that only their holder may read, and which are not for
 * publication: which rule asked for each cell, and the proof that none can be recovered.
 */
#ifndef DDG_PROTECT_EVIDENCE_H
#define DDG_PROTECT_EVIDENCE_H

#include "csv/output.h"
#include "protect/masks.h"

struct ddg_evidence {
    const char *reasons, *proof; /* the files' names; NULL: not wanted */
    char delimiter;
    /* the rest is the evidence's own */
    bool begun;
    uint64_t proofs; /* tables in the certificate so far */
    struct ddg_output output[2];
};

/* Writes what is wanted about a block of the table, whose model this is.  The files have their
 * names when the last one is written. */
enum ddg_error ddg_evidence_write(struct ddg_evidence *evidence, const struct ddg_table *table,
                                  const struct ddg_model *model, const struct ddg_masks *masks,
                                  bool last, struct ddg_context *context);

/* Removes files that are not finished; does nothing to others. */
void ddg_evidence_abandon(struct ddg_evidence *evidence);

#endif
