/*
 * Rounding counts (R-RND-1).
 */
#ifndef DDG_PROTECT_ROUNDING_H
#define DDG_PROTECT_ROUNDING_H

#include <stdbool.h>
#include <stdint.h>

/* Puts the multiple of `base` (2 or more) nearest to `count` into *rounded; halves go up.  False
 * when it does not fit. */
bool ddg_round_nearest(uint64_t count, uint64_t base, uint64_t *rounded);

#endif
