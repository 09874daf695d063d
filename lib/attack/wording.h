/*
 * What gives a cell away, in words that a department head can follow: which lines, how many shown
 * counts are in them, and what is known of the hidden ones.
 */
#ifndef DDG_ATTACK_WORDING_H
#define DDG_ATTACK_WORDING_H

#include "attack/explain.h"
#include "attack/publication.h"
#include "base/prose.h"

struct ddg_wording {
    const struct ddg_publication *publication;
    uint32_t *slot;        /* of each unknown: the first of the slots that it is */
    bool overlapping;      /* some lines may overlap */
    bool totals;           /* some totals are supposed to be known */
    uint32_t own;          /* the release of the cell at hand, whose lines go without its name;
                            * UINT32_MAX where the cell has no row that names it */
    struct ddg_prose text; /* the one at hand */
};

/* Starts with a publication, which must outlive the wording; free with ddg_wording_free(), also
 * after an error.  The texts that the functions below make last until the next one is made; they
 * are NULL when memory runs out. */
enum ddg_error ddg_wording_start(struct ddg_wording *wording,
                                 const struct ddg_publication *publication,
                                 struct ddg_context *context);

/* A cell that was recovered or narrowed for these reasons; with `values` the text holds counts. */
const char *ddg_wording_reasons(struct ddg_wording *wording, const struct ddg_reasons *reasons,
                                uint32_t slot, bool values);

/* A cell that was recovered or narrowed for reasons that were not looked for. */
const char *ddg_wording_unexplained(struct ddg_wording *wording, const struct ddg_answer *answer);

/* A cell whose count is known without any line. */
const char *ddg_wording_known(struct ddg_wording *wording, uint32_t slot);

/* A cell that is determined on a condition. */
const char *ddg_wording_determined(struct ddg_wording *wording, uint32_t slot);

void ddg_wording_free(struct ddg_wording *wording);

#endif
