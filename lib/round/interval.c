#include "round/interval.h"

typedef unsigned __int128 wide;

#define LARGEST ((uint64_t)1 << 53)

/* Units in a whole. */
static wide scale_of(struct ddg_precision precision)
{
    wide scale = precision.per;

    for (unsigned i = 0; i < precision.digits; i++)
        scale *= 10;
    return scale;
}

bool ddg_rate_of(struct ddg_precision precision, uint64_t count, uint64_t whole, uint64_t *units)
{
    wide rate;

    if (count >= LARGEST || whole >= LARGEST || whole == 0)
        return false;
    rate = (2 * scale_of(precision) * count + whole) / (2 * (wide)whole);
    *units = (uint64_t)rate;
    return rate < LARGEST;
}

void ddg_rate_counts(struct ddg_precision precision, uint64_t units, uint64_t whole, uint64_t *low,
                     uint64_t *high)
{
    wide scale = 2 * scale_of(precision), least = units > 0 ? 2 * (wide)units - 1 : 0;

    *low = (uint64_t)((least * whole + scale - 1) / scale);
    /* half a unit above would have been rounded up */
    *high = (uint64_t)(((2 * (wide)units + 1) * whole - 1) / scale);
}
