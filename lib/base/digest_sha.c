#include "base/digest_blocks.h"

#ifdef DDG_DIGEST_SHA

#include <immintrin.h>

/* A state as the instructions want it, the first word in the highest place. */
struct halves {
    __m128i abef, cdgh;
};

__attribute__((target("sha,sse4.1"))) static inline struct halves halves_of(const uint32_t state[8])
{
    __m128i badc = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)state), 0xb1);
    __m128i hgfe = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)(state + 4)), 0x1b);

    return (struct halves){_mm_alignr_epi8(badc, hgfe, 8), _mm_blend_epi16(hgfe, badc, 0xf0)};
}

__attribute__((target("sha,sse4.1"))) static inline void store(struct halves halves,
                                                               uint32_t state[8])
{
    __m128i abef = _mm_shuffle_epi32(halves.abef, 0x1b);
    __m128i ghcd = _mm_shuffle_epi32(halves.cdgh, 0xb1);

    _mm_storeu_si128((__m128i *)state, _mm_blend_epi16(abef, ghcd, 0xf0));
    _mm_storeu_si128((__m128i *)(state + 4), _mm_alignr_epi8(ghcd, abef, 8));
}

/* Four words of the schedule from the sixteen before them, oldest first. */
__attribute__((target("sha,sse4.1"))) static inline __m128i next(__m128i a, __m128i b, __m128i c,
                                                                 __m128i d)
{
    __m128i sum = _mm_add_epi32(_mm_sha256msg1_epu32(a, b), _mm_alignr_epi8(d, c, 4));

    return _mm_sha256msg2_epu32(sum, d);
}

__attribute__((target("sha,sse4.1"))) static inline struct halves
add_block(struct halves now, const unsigned char *block)
{
    const __m128i big_endian = _mm_set_epi8(12, 13, 14, 15, 8, 9, 10, 11, 4, 5, 6, 7, 0, 1, 2, 3);
    __m128i words[4];

#pragma GCC unroll 16
    for (size_t i = 0; i < DDG_DIGEST_ROUNDS / 4; i++) {
        __m128i sum;

        if (i < 4)
            words[i] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)block + i), big_endian);
        else
            words[i % 4] =
                next(words[i % 4], words[(i + 1) % 4], words[(i + 2) % 4], words[(i + 3) % 4]);
        sum =
            _mm_add_epi32(words[i % 4], _mm_loadu_si128((const __m128i *)ddg_digest_constants + i));
        /* after two rounds the halves have changed places, after four they are back */
        now.cdgh = _mm_sha256rnds2_epu32(now.cdgh, now.abef, sum);
        now.abef = _mm_sha256rnds2_epu32(now.abef, now.cdgh, _mm_shuffle_epi32(sum, 0x0e));
    }
    return now;
}

__attribute__((target("sha,sse4.1"))) void
ddg_digest_blocks_sha(uint32_t state[8], const unsigned char *block, size_t count)
{
    struct halves halves = halves_of(state);

    for (size_t i = 0; i < count; i++) {
        struct halves after = add_block(halves, block + i * DDG_DIGEST_BLOCK);

        halves.abef = _mm_add_epi32(halves.abef, after.abef);
        halves.cdgh = _mm_add_epi32(halves.cdgh, after.cdgh);
    }
    store(halves, state);
}

#endif
