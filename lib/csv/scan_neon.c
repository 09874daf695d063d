#if defined(__aarch64__)
#include <arm_neon.h>

#define SCAN_TARGET
#include "csv/scan_body.h"
#include "csv/scan_scalar.h"

/* One bit of each of 64 bytes that are 0 or all ones. */
SCAN_INLINE uint64_t mask_of(const uint8x16_t equal[4])
{
    static const uint8_t bit[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    const uint8x16_t bits = vld1q_u8(bit);
    uint8x16_t low = vpaddq_u8(vandq_u8(equal[0], bits), vandq_u8(equal[1], bits));
    uint8x16_t high = vpaddq_u8(vandq_u8(equal[2], bits), vandq_u8(equal[3], bits));
    uint8x16_t all = vpaddq_u8(low, high);

    return vgetq_lane_u64(vreinterpretq_u64_u8(vpaddq_u8(all, all)), 0);
}

SCAN_INLINE uint64_t find(const uint8x16_t v[4], char byte)
{
    uint8x16_t wanted = vdupq_n_u8((uint8_t)byte), equal[4];

    for (unsigned i = 0; i < 4; i++)
        equal[i] = vceqq_u8(v[i], wanted);
    return mask_of(equal);
}

SCAN_INLINE void load(uint8x16_t v[4], const char *bytes)
{
    for (unsigned i = 0; i < 4; i++)
        v[i] = vld1q_u8((const uint8_t *)bytes + 16 * i);
}

SCAN_INLINE struct scan_ends find_ends(const char *bytes, char delimiter)
{
    const uint8x16_t quote = vdupq_n_u8('"'), carriage = vdupq_n_u8('\r');
    uint8x16_t v[4], odd = vdupq_n_u8(0);
    struct scan_ends block;

    load(v, bytes);
    for (unsigned i = 0; i < 4; i++) {
        odd = vorrq_u8(odd, vceqq_u8(v[i], quote));
        odd = vorrq_u8(odd, vceqq_u8(v[i], carriage));
        odd = vorrq_u8(odd, vceqzq_u8(v[i]));
    }
    block.newlines = find(v, '\n');
    block.ends = block.newlines | find(v, delimiter);
    block.odd = vmaxvq_u8(odd);
    return block;
}

SCAN_INLINE struct scan_odd find_odd(const char *bytes)
{
    uint8x16_t v[4];

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

const struct ddg_scanner ddg_scanner_neon = {"neon", scan_blocks};
#endif
