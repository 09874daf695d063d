#if defined(__aarch64__)
#include <arm_neon.h>

#define SCAN_TARGET
#define SCAN_WIDTH 16

struct scan_block {
    uint8x16_t part[4];
};

#include "csv/scan_body.h"
#include "csv/scan_scalar.h"

SCAN_INLINE struct scan_block load(const char *bytes)
{
    struct scan_block v;

    for (unsigned i = 0; i < 4; i++)
        v.part[i] = vld1q_u8((const uint8_t *)bytes + 16 * i);
    return v;
}

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

SCAN_INLINE uint64_t find(struct scan_block v, char byte)
{
    uint8x16_t wanted = vdupq_n_u8((uint8_t)byte), equal[4];

    for (unsigned i = 0; i < 4; i++)
        equal[i] = vceqq_u8(v.part[i], wanted);
    return mask_of(equal);
}

SCAN_INLINE uint64_t find_any_odd(struct scan_block v)
{
    const uint8x16_t quote = vdupq_n_u8('"'), carriage = vdupq_n_u8('\r');
    uint8x16_t odd = vdupq_n_u8(0);

    for (unsigned i = 0; i < 4; i++) {
        odd = vorrq_u8(odd, vceqq_u8(v.part[i], quote));
        odd = vorrq_u8(odd, vceqq_u8(v.part[i], carriage));
        odd = vorrq_u8(odd, vceqzq_u8(v.part[i]));
    }
    return vmaxvq_u8(odd);
}

SCAN_INLINE struct scan_block no_rare(void)
{
    const uint8x16_t ones = vdupq_n_u8(0xff);

    return (struct scan_block){{ones, ones, ones, ones}};
}

/* In each byte 0 where one was rare: the least of them and of their differences from it. */
SCAN_INLINE struct scan_block join_rare(struct scan_block rare, struct scan_block v)
{
    const uint8x16_t carriage = vdupq_n_u8('\r');

    for (unsigned i = 0; i < 4; i++) {
        uint8x16_t least = vminq_u8(v.part[i], veorq_u8(v.part[i], carriage));

        rare.part[i] = vminq_u8(rare.part[i], least);
    }
    return rare;
}

SCAN_INLINE bool is_rare(struct scan_block rare)
{
    return find(rare, '\0') != 0;
}

const struct ddg_scanner ddg_scanner_neon = {"neon", scan_blocks, odd_quotes};
#endif
