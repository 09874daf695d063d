#if defined(__x86_64__)
#include <immintrin.h>

#define SCAN_TARGET __attribute__((target("avx2,bmi,bmi2,popcnt,pclmul")))
#define SCAN_LOWEST(bits) ((uint32_t)_tzcnt_u64(bits))
#define SCAN_WIDTH 32
#define SCAN_OWN_PARITY

struct scan_block {
    __m256i low, high;
};

#include "csv/scan_body.h"
#include "csv/scan_scalar.h"

SCAN_INLINE struct scan_block load(const char *bytes)
{
    const __m256i *from = (const __m256i *)(const void *)bytes;

    return (struct scan_block){_mm256_loadu_si256(from), _mm256_loadu_si256(from + 1)};
}

SCAN_INLINE uint64_t find(struct scan_block v, char byte)
{
    __m256i wanted = _mm256_set1_epi8(byte);
    int low = _mm256_movemask_epi8(_mm256_cmpeq_epi8(v.low, wanted));
    int high = _mm256_movemask_epi8(_mm256_cmpeq_epi8(v.high, wanted));

    return (uint64_t)(unsigned)high << 32 | (unsigned)low;
}

/* Bytes that are a quote, a carriage return or NUL: each is compared with the one of them that ends
 * in the same four bits, or with a byte that does not. */
SCAN_INLINE __m256i odd_bytes(__m256i v)
{
    const __m256i same = _mm256_broadcastsi128_si256(
        _mm_setr_epi8(0, -1, '"', -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, '\r', -1, 0));

    return _mm256_cmpeq_epi8(v, _mm256_shuffle_epi8(same, v));
}

SCAN_INLINE uint64_t find_any_odd(struct scan_block v)
{
    return (unsigned)_mm256_movemask_epi8(_mm256_or_si256(odd_bytes(v.low), odd_bytes(v.high)));
}

SCAN_INLINE struct scan_block no_rare(void)
{
    return (struct scan_block){_mm256_set1_epi8(-1), _mm256_set1_epi8(-1)};
}

/* In each byte 0 where one was rare: the least of them and of their differences from it. */
SCAN_INLINE struct scan_block join_rare(struct scan_block rare, struct scan_block v)
{
    const __m256i carriage = _mm256_set1_epi8('\r');
    __m256i low = _mm256_min_epu8(v.low, _mm256_xor_si256(v.low, carriage));
    __m256i high = _mm256_min_epu8(v.high, _mm256_xor_si256(v.high, carriage));

    return (struct scan_block){_mm256_min_epu8(rare.low, low), _mm256_min_epu8(rare.high, high)};
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

const struct ddg_scanner ddg_scanner_avx2 = {"avx2", scan_blocks, odd_quotes};
#endif
