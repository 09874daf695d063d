/*
 * Numbers of 128 bits, for sums of products that 64 bits do not hold.
 */
#ifndef DDG_ATTACK_WIDE_H
#define DDG_ATTACK_WIDE_H

typedef __int128 wide;

/* a / b rounded down, also below 0; b is not 0. */
static inline wide ddg_floor_divide(wide a, wide b)
{
    return a / b - (a % b != 0 && (a < 0) != (b < 0));
}

#endif
