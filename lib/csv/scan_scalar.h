/* The parts of a scanner that need no vectors, for those that have nothing better. */

#ifndef SCAN_LOWEST
/* The lowest bit of a mask; any where there is none. */
#define SCAN_LOWEST(bits) ((uint32_t)__builtin_ctzll((bits) | UINT64_C(1) << 63))
#endif

static inline __attribute__((always_inline)) SCAN_TARGET uint64_t parity_by_shifts(uint64_t bits)
{
    for (unsigned by = 1; by < 64; by *= 2)
        bits ^= bits << by;
    return bits;
}

/* Writes more than there are, so that it need not ask how many there are after each. */
static inline __attribute__((always_inline)) SCAN_TARGET uint32_t *
write_by_eights(uint32_t *to, uint64_t ends, uint32_t offset)
{
    uint32_t *behind = to + __builtin_popcountll(ends);

    do {
        for (unsigned i = 0; i < 8; i++) {
            to[i] = offset + SCAN_LOWEST(ends);
            ends &= ends - 1;
        }
        to += 8;
    } while (ends);
    return behind;
}
