#include "attack/knots.h"

#include <stdbool.h>

/* Forgets what at most one margin has; returns the margins that have anything still. */
static uint64_t drop_single(uint64_t *shared, size_t count)
{
    uint64_t left = 0;

    for (size_t i = 0; i < count; i++) {
        if ((shared[i] & (shared[i] - 1)) == 0)
            shared[i] = 0;
        left |= shared[i];
    }
    return left;
}

/* The margins that have all that a margin has, itself among them. */
static uint64_t holders(const uint64_t *shared, size_t count, uint64_t margin)
{
    uint64_t all = UINT64_MAX;

    for (size_t i = 0; i < count; i++)
        if (shared[i] & margin)
            all &= shared[i];
    return all;
}

/* Takes away a margin all of whose things another has; false where there is none. */
static bool take_one(uint64_t *shared, size_t count, uint64_t left)
{
    for (uint64_t rest = left; rest; rest &= rest - 1) {
        uint64_t margin = rest & -rest;

        if ((holders(shared, count, margin) & left) == margin)
            continue;
        for (size_t i = 0; i < count; i++)
            shared[i] &= ~margin;
        return true;
    }
    return false;
}

/* The margins that hang together with the first of `left`. */
static uint64_t hanging(const uint64_t *shared, size_t count, uint64_t left)
{
    uint64_t knot = left & -left, before = 0;

    while (knot != before) {
        before = knot;
        for (size_t i = 0; i < count; i++)
            if (shared[i] & knot)
                knot |= shared[i];
    }
    return knot;
}

size_t ddg_knots_find(uint64_t *shared, size_t count, uint64_t *knot)
{
    uint64_t left;
    size_t knots = 0;

    do
        left = drop_single(shared, count);
    while (take_one(shared, count, left));
    while (left) {
        knot[knots] = hanging(shared, count, left);
        left &= ~knot[knots++];
    }
    return knots;
}
