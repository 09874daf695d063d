/*
 * Rounding counts one by one (R-RND-1): up, down, to the nearest multiple, or at random.
 *
 * Random rounding goes up with a probability that makes the count itself the mean of what can come
 * out: of 12 and base 5, 15 in two of five cases and 10 in the others (Nargundkar and Saveland,
 * "Random rounding to prevent statistical disclosures", 1972).
 */
#ifndef DDG_ROUND_ROUNDING_H
#define DDG_ROUND_ROUNDING_H

#include <stdbool.h>
#include <stdint.h>

enum ddg_method {
    DDG_METHOD_NEAREST, /* halves go up */
    DDG_METHOD_UP,
    DDG_METHOD_DOWN,
    DDG_METHOD_RANDOM,
};

/* Puts a multiple of `base` (2 or more) that is less than `base` away from `count` into *rounded: a
 * multiple stays as it is.  `draw`, 0 to base - 1, each as likely as the others, is what the random
 * method goes by.  False when the multiple does not fit. */
bool ddg_round(enum ddg_method method, uint64_t count, uint64_t base, uint64_t draw,
               uint64_t *rounded);

#endif
