#include "protect/rounding.h"

bool ddg_round_nearest(uint64_t count, uint64_t base, uint64_t *rounded)
{
    uint64_t below = count - count % base;

    *rounded = below;
    /* rest >= base / 2, without a fraction for odd bases */
    if (count - below >= base - (count - below))
        return !__builtin_add_overflow(below, base, rounded);
    return true;
}
