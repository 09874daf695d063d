#if defined(__x86_64__)
#include <immintrin.h>

#define SCAN_TARGET                                                                                \
    __attribute__((target(                                                                         \
        "avx512f,avx512bw,avx512vl,avx512vbmi2,avx2,bmi,bmi2,popcnt,pclmul,vpclmulqdq,avx512dq")))
#define SCAN_WIDTH 64
#define SCAN_OWN_PARITY
#define SCAN_OWN_WRITE
#define SCAN_OWN_WORDS

struct scan_block {
    __m512i bytes;
};

#include "csv/scan_body.h"

SCAN_INLINE struct scan_block load(const char *bytes)
{
    return (struct scan_block){_mm512_loadu_si512((const void *)bytes)};
}

SCAN_INLINE uint64_t find(struct scan_block v, char byte)
{
    return _mm512_cmpeq_epi8_mask(v.bytes, _mm512_set1_epi8(byte));
}

SCAN_INLINE uint64_t find_any_odd(struct scan_block v)
{
    return find(v, '"') | find(v, '\r') | find(v, '\0');
}

SCAN_INLINE struct scan_block no_rare(void)
{
    return (struct scan_block){_mm512_set1_epi8(-1)};
}

/* In each byte 0 where one was rare: the least of them and of their differences from it. */
SCAN_INLINE struct scan_block join_rare(struct scan_block rare, struct scan_block v)
{
    __m512i other = _mm512_xor_si512(v.bytes, _mm512_set1_epi8('\r'));

    return (struct scan_block){_mm512_min_epu8(rare.bytes, _mm512_min_epu8(v.bytes, other))};
}

SCAN_INLINE bool is_rare(struct scan_block rare)
{
    return find(rare, '\0') != 0;
}

/* Multiplying by all ones without carries adds up, in each bit, all bits below. */
SCAN_INLINE uint64_t find_parity(uint64_t bits)
{
    __m128i product =
        _mm_clmulepi64_si128(_mm_cvtsi64_si128((long long)bits), _mm_set1_epi8(-1), 0);

    return (uint64_t)_mm_cvtsi128_si64(product);
}

SCAN_INLINE scan_words find_parities(scan_words bits)
{
    const __m512i ones = _mm512_set1_epi8(-1);
    __m512i even = _mm512_clmulepi64_epi128((__m512i)bits, ones, 0x00);
    __m512i odd = _mm512_clmulepi64_epi128((__m512i)bits, ones, 0x01);

    return (scan_words)_mm512_unpacklo_epi64(even, odd);
}

SCAN_INLINE uint32_t last_bits(scan_words words)
{
    return _mm512_movepi64_mask((__m512i)words);
}

SCAN_INLINE scan_words spread_bits(uint32_t bits)
{
    return (scan_words)_mm512_movm_epi64((__mmask8)bits);
}

SCAN_INLINE scan_words behind(scan_words now, scan_words before)
{
    return (scan_words)_mm512_shldi_epi64((__m512i)now, (__m512i)before, 1);
}

SCAN_INLINE void write_sixteen(uint32_t *to, __m128i positions, uint32_t offset)
{
    _mm512_storeu_si512(
        to, _mm512_add_epi32(_mm512_cvtepu8_epi32(positions), _mm512_set1_epi32((int)offset)));
}

/* Presses the positions of the mask's bits together. */
SCAN_INLINE uint32_t *write_ends(uint32_t *to, uint64_t ends, uint32_t offset, bool few)
{
    static const unsigned char position[64] = {
        0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,
        22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43,
        44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63};
    __m512i pressed = _mm512_maskz_compress_epi8(ends, _mm512_loadu_si512((const void *)position));
    unsigned count = (unsigned)__builtin_popcountll(ends);

    (void)few;
    write_sixteen(to, _mm512_castsi512_si128(pressed), offset);
    if (count > 16)
        write_sixteen(to + 16, _mm512_extracti32x4_epi32(pressed, 1), offset);
    if (count > 32) {
        write_sixteen(to + 32, _mm512_extracti32x4_epi32(pressed, 2), offset);
        write_sixteen(to + 48, _mm512_extracti32x4_epi32(pressed, 3), offset);
    }
    return to + count;
}

const struct ddg_scanner ddg_scanner_avx512 = {"avx512", scan_blocks, odd_quotes};
#endif
