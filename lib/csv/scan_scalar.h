/* The parts of a scanner that need no vectors, for those that have nothing better. */

#ifndef SCAN_LOWEST
/* The lowest bit of a mask; any where there is none. */
#define SCAN_LOWEST(bits) ((uint32_t)__builtin_ctzll((bits) | UINT64_C(1) << 63))
#endif

#ifndef SCAN_OWN_PARITY
SCAN_INLINE uint64_t find_parity(uint64_t bits)
{
    for (unsigned by = 1; by < 64; by *= 2)
        bits ^= bits << by;
    return bits;
}
#endif

#ifndef SCAN_OWN_WRITE
/* Writes more than there are, so that it need not ask how many there are after each: as many at a
 * time as few blocks of records have more than. */
SCAN_INLINE uint32_t *write_ends(uint32_t *to, uint64_t ends, uint32_t offset, bool few)
{
    const unsigned at_a_time = few ? 8 : 12;
    uint32_t *behind_last = to + __builtin_popcountll(ends);

    do {
        for (unsigned i = 0; i < at_a_time; i++) {
            to[i] = offset + SCAN_LOWEST(ends);
            ends &= ends - 1;
        }
        to += at_a_time;
    } while (ends);
    return behind_last;
}
#endif
