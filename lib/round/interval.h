/*
 * What a printed rate says of the count behind it.  The attacker has arithmetic of his own, for
 * rates of which he does not know how halves went (attack/rates.h); tests hold the two against each
 * other.
 */
#ifndef DDG_ROUND_INTERVAL_H
#define DDG_ROUND_INTERVAL_H

#include <stdbool.h>
#include <stdint.h>

enum { DDG_DIGITS_MOST = 9 };

/* Rates are counts * per / whole, rounded to multiples of 1 / 10^digits, halves up. */
struct ddg_precision {
    uint64_t per;    /* 1 to a thousand million */
    unsigned digits; /* 0 to DDG_DIGITS_MOST */
};

/* The rate in those multiples.  False for figures of 2^53 and more and for a whole of 0. */
bool ddg_rate_of(struct ddg_precision precision, uint64_t count, uint64_t whole, uint64_t *units);

/* The counts that ddg_rate_of() rounds to a rate: who reads it knows that halves go up. */
void ddg_rate_counts(struct ddg_precision precision, uint64_t units, uint64_t whole, uint64_t *low,
                     uint64_t *high);

#endif
