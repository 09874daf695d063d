/*
 * Arithmetic modulo 2^61 - 1, a prime: numbers are 0 to DDG_FIELD_PRIME - 1.
 */
#ifndef DDG_ATTACK_FIELD_H
#define DDG_ATTACK_FIELD_H

#include <stdint.h>

#define DDG_FIELD_PRIME ((UINT64_C(1) << 61) - 1)

/* The number that any `a` is. */
static inline uint64_t ddg_field_fold(uint64_t a)
{
    a = (a & DDG_FIELD_PRIME) + (a >> 61);
    return a >= DDG_FIELD_PRIME ? a - DDG_FIELD_PRIME : a;
}

static inline uint64_t ddg_field_plus(uint64_t a, uint64_t b)
{
    return ddg_field_fold(a + b);
}

/* What added to `a` gives 0. */
static inline uint64_t ddg_field_minus(uint64_t a)
{
    return a ? DDG_FIELD_PRIME - a : 0;
}

static inline uint64_t ddg_field_times(uint64_t a, uint64_t b)
{
    unsigned __int128 product = (unsigned __int128)a * b;

    return ddg_field_fold((uint64_t)(product & DDG_FIELD_PRIME) + (uint64_t)(product >> 61));
}

/* What times `a`, which is not 0, gives 1.  Fermat: a to the power of DDG_FIELD_PRIME - 2. */
static inline uint64_t ddg_field_inverse(uint64_t a)
{
    uint64_t result = 1;

    for (uint64_t power = DDG_FIELD_PRIME - 2; power; power >>= 1) {
        if (power & 1)
            result = ddg_field_times(result, a);
        a = ddg_field_times(a, a);
    }
    return result;
}

#endif
