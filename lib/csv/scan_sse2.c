#if defined(__x86_64__)
#include <emmintrin.h>

#define SCAN_TARGET
#include "csv/scan_body.h"
#include "csv/scan_scalar.h"

/* The mask of a byte in a block. */
SCAN_INLINE uint64_t find(const __m128i v[4], char byte)
{
    __m128i wanted = _mm_set1_epi8(byte);
    uint64_t mask = 0;

    for (unsigned i = 0; i < 4; i++)
        mask |= (uint64_t)(unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(v[i], wanted)) << 16 * i;
    return mask;
}

SCAN_INLINE void load(__m128i v[4], const char *bytes)
{
    for (unsigned i = 0; i < 4; i++)
        v[i] = _mm_loadu_si128((const __m128i *)(const void *)(bytes + 16 * i));
}

SCAN_INLINE struct scan_ends find_ends(const char *bytes, char delimiter)
{
    const __m128i quote = _mm_set1_epi8('"'), carriage = _mm_set1_epi8('\r');
    __m128i v[4], odd = _mm_setzero_si128();
    struct scan_ends block;

    load(v, bytes);
    for (unsigned i = 0; i < 4; i++) {
        odd = _mm_or_si128(odd, _mm_cmpeq_epi8(v[i], quote));
        odd = _mm_or_si128(odd, _mm_cmpeq_epi8(v[i], carriage));
        odd = _mm_or_si128(odd, _mm_cmpeq_epi8(v[i], _mm_setzero_si128()));
    }
    block.newlines = find(v, '\n');
    block.ends = block.newlines | find(v, delimiter);
    block.odd = (unsigned)_mm_movemask_epi8(odd);
    return block;
}

SCAN_INLINE struct scan_odd find_odd(const char *bytes)
{
    __m128i v[4];

    load(v, bytes);
    return (struct scan_odd){find(v, '"'), find(v, '\r'), find(v, '\0')};
}

SCAN_INLINE uint64_t find_parity(uint64_t bits)
{
    return parity_by_shifts(bits);
}

SCAN_INLINE uint32_t *write_ends(uint32_t *to, uint64_t ends, uint32_t offset)
{
    return write_by_eights(to, ends, offset);
}

const struct ddg_scanner ddg_scanner_sse2 = {"sse2", scan_blocks};
#endif
