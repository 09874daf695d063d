/*
 * Weights: what it weighs to change each cell by one (protect/ground.h), looked up by its key.
 *
 * Searches weigh the same cells over and over, and a mask changes by few cells between them: the
 * weights are kept, and brought up to date for what changed.
 */
#ifndef DDG_PROTECT_WEIGHTS_H
#define DDG_PROTECT_WEIGHTS_H

#include "protect/hope.h"

/* Bits of a weight below the cost. */
enum { DDG_WEIGHT_BITS = 12 };

/* What stands in the place of a weight: no cell has the key; the cell may not change so; it costs
 * more than there is room for here. */
#define DDG_WEIGHT_NOBODY UINT32_MAX
#define DDG_WEIGHT_OUT (UINT32_MAX - 1)
#define DDG_WEIGHT_DEAR (UINT32_MAX - 2)

/* Of moves of one manner, with hope or without. */
struct ddg_weights {
    uint32_t *of[2]; /* of each key: of falling and of rising */
    /* the rest is their own */
    bool filled;
    uint64_t mask_seen, hope_seen; /* changes of the mask and of hope that are in them */
};

/* Nobody has any of the keys at first.  Free with ddg_weights_free(), also after an error. */
enum ddg_error ddg_weights_init(struct ddg_weights *weights, uint64_t keys,
                                struct ddg_context *context);
void ddg_weights_free(struct ddg_weights *weights);

/* Brings them up to date.  `may` says of each cell whether it may change, see ddg_hopes(): what
 * `hope` says, or, where that is NULL, always the same. */
void ddg_weights_update(struct ddg_weights *weights, const struct ddg_mask *mask,
                        enum ddg_manner manner, const uint8_t *may, const struct ddg_hope *hope);

/* Sets those of one cell, as if nothing had been changed by now. */
void ddg_weights_set(struct ddg_weights *weights, const struct ddg_mask *mask,
                     enum ddg_manner manner, const uint8_t *may, uint32_t cell);

#endif
