/*
 * Numbers that look random, for searches: the same seed gives the same numbers on every machine.
 * They keep no secret; what must, takes a key (base/hash).
 */
#ifndef DDG_BASE_RANDOM_H
#define DDG_BASE_RANDOM_H

#include <stdint.h>

/* The state that belongs to a seed. */
static inline uint64_t ddg_random_start(uint64_t seed)
{
    return seed * UINT64_C(0x9E3779B97F4A7C15) + 1;
}

/* A number from 0 to below - 1 by xorshift64*: Vigna, "An experimental exploration of Marsaglia's
 * xorshift generators" (2016).  `state` must not be 0. */
static inline uint32_t ddg_random_below(uint64_t *state, uint32_t below)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return (uint32_t)(((*state * UINT64_C(2685821657736338717)) >> 32) * below >> 32);
}

#endif
