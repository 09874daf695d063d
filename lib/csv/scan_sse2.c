#if defined(__x86_64__)
#include <emmintrin.h>

#define SCAN_TARGET
#define SCAN_WIDTH 16

struct scan_block {
    __m128i part[4];
};

#include "csv/scan_body.h"
#include "csv/scan_scalar.h"

SCAN_INLINE struct scan_block load(const char *bytes)
{
    struct scan_block v;

    for (unsigned i = 0; i < 4; i++)
        v.part[i] = _mm_loadu_si128((const __m128i *)(const void *)(bytes + 16 * i));
    return v;
}

SCAN_INLINE uint64_t find(struct scan_block v, char byte)
{
    __m128i wanted = _mm_set1_epi8(byte);
    uint64_t mask = 0;

    for (unsigned i = 0; i < 4; i++)
        mask |= (uint64_t)(unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(v.part[i], wanted)) << 16 * i;
    return mask;
}

SCAN_INLINE uint64_t find_any_odd(struct scan_block v)
{
    const __m128i quote = _mm_set1_epi8('"'), carriage = _mm_set1_epi8('\r');
    __m128i odd = _mm_setzero_si128();

    for (unsigned i = 0; i < 4; i++) {
        odd = _mm_or_si128(odd, _mm_cmpeq_epi8(v.part[i], quote));
        odd = _mm_or_si128(odd, _mm_cmpeq_epi8(v.part[i], carriage));
        odd = _mm_or_si128(odd, _mm_cmpeq_epi8(v.part[i], _mm_setzero_si128()));
    }
    return (unsigned)_mm_movemask_epi8(odd);
}

SCAN_INLINE struct scan_block no_rare(void)
{
    const __m128i ones = _mm_set1_epi8(-1);

    return (struct scan_block){{ones, ones, ones, ones}};
}

/* In each byte 0 where one was rare: the least of them and of their differences from it. */
SCAN_INLINE struct scan_block join_rare(struct scan_block rare, struct scan_block v)
{
    const __m128i carriage = _mm_set1_epi8('\r');

    for (unsigned i = 0; i < 4; i++) {
        __m128i least = _mm_min_epu8(v.part[i], _mm_xor_si128(v.part[i], carriage));

        rare.part[i] = _mm_min_epu8(rare.part[i], least);
    }
    return rare;
}

SCAN_INLINE bool is_rare(struct scan_block rare)
{
    return find(rare, '\0') != 0;
}

const struct ddg_scanner ddg_scanner_sse2 = {"sse2", scan_blocks, odd_quotes};
#endif
