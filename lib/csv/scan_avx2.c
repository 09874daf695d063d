#if defined(__x86_64__)
#include <immintrin.h>

#define SCAN_TARGET __attribute__((target("avx2,bmi,bmi2,popcnt,pclmul")))
#define SCAN_LOWEST(bits) ((uint32_t)_tzcnt_u64(bits))
#include "csv/scan_body.h"
#include "csv/scan_scalar.h"

SCAN_INLINE uint64_t mask_of(__m256i low, __m256i high)
{
    return (uint64_t)(unsigned)_mm256_movemask_epi8(high) << 32 |
           (unsigned)_mm256_movemask_epi8(low);
}

SCAN_INLINE __m256i load(const char *bytes)
{
    return _mm256_loadu_si256((const __m256i *)(const void *)bytes);
}

/* Bytes that are a quote, a carriage return or NUL: each is compared with the one of them that ends
 * in the same four bits, or with a byte that does not. */
SCAN_INLINE __m256i odd_bytes(__m256i v)
{
    const __m256i same = _mm256_broadcastsi128_si256(
        _mm_setr_epi8(0, -1, '"', -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, '\r', -1, 0));

    return _mm256_cmpeq_epi8(v, _mm256_shuffle_epi8(same, v));
}

SCAN_INLINE struct scan_ends find_ends(const char *bytes, char delimiter)
{
    const __m256i newline = _mm256_set1_epi8('\n'), comma = _mm256_set1_epi8(delimiter);
    __m256i low = load(bytes), high = load(bytes + 32);
    __m256i odd = _mm256_or_si256(odd_bytes(low), odd_bytes(high));
    struct scan_ends block;

    block.newlines = mask_of(_mm256_cmpeq_epi8(low, newline), _mm256_cmpeq_epi8(high, newline));
    block.ends =
        block.newlines | mask_of(_mm256_cmpeq_epi8(low, comma), _mm256_cmpeq_epi8(high, comma));
    block.odd = (unsigned)_mm256_movemask_epi8(odd);
    return block;
}

SCAN_INLINE uint64_t find(__m256i low, __m256i high, char byte)
{
    __m256i wanted = _mm256_set1_epi8(byte);

    return mask_of(_mm256_cmpeq_epi8(low, wanted), _mm256_cmpeq_epi8(high, wanted));
}

SCAN_INLINE struct scan_odd find_odd(const char *bytes)
{
    __m256i low = load(bytes), high = load(bytes + 32);

    return (struct scan_odd){find(low, high, '"'), find(low, high, '\r'), find(low, high, '\0')};
}

/* Multiplying by all ones without carries adds up, in each bit, all bits below. */
SCAN_INLINE uint64_t find_parity(uint64_t bits)
{
    __m128i product =
        _mm_clmulepi64_si128(_mm_cvtsi64_si128((long long)bits), _mm_set1_epi8(-1), 0);

    return (uint64_t)_mm_cvtsi128_si64(product);
}

SCAN_INLINE uint32_t *write_ends(uint32_t *to, uint64_t ends, uint32_t offset)
{
    return write_by_eights(to, ends, offset);
}

const struct ddg_scanner ddg_scanner_avx2 = {"avx2", scan_blocks};
#endif
