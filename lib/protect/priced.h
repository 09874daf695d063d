/*
 * Things by price: cells, or categories, in the order of what they cost.
 */
#ifndef DDG_PROTECT_PRICED_H
#define DDG_PROTECT_PRICED_H

#include <stdint.h>

struct ddg_priced {
    uint64_t cost;
    uint32_t item;
};

/* For qsort(); of two at the same cost the lower number comes first. */
static inline int ddg_cheapest_first(const void *a, const void *b)
{
    const struct ddg_priced *s = a, *t = b;

    if (s->cost != t->cost)
        return s->cost < t->cost ? -1 : 1;
    return (s->item > t->item) - (s->item < t->item);
}

/* The same, and again the lower number first. */
static inline int ddg_dearest_first(const void *a, const void *b)
{
    const struct ddg_priced *s = a, *t = b;

    return s->cost == t->cost ? ddg_cheapest_first(a, b) : ddg_cheapest_first(b, a);
}

#endif
