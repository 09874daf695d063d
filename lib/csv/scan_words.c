/* For processors whose vectors no scanner knows: eight bytes at a time in a machine word. */
#define SCAN_TARGET

struct scan_block {
    unsigned long long word[8]; /* the first byte is the lowest, on every machine */
};

#include "csv/scan_body.h"
#include "csv/scan_scalar.h"

/* In each byte of a word */
#define SCAN_ONES UINT64_C(0x0101010101010101)
#define SCAN_HIGH UINT64_C(0x8080808080808080)

SCAN_INLINE struct scan_block load(const char *bytes)
{
    struct scan_block v;

    __builtin_memcpy(&v, bytes, sizeof v);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    for (unsigned i = 0; i < 8; i++)
        v.word[i] = __builtin_bswap64(v.word[i]);
#endif
    return v;
}

/* The high bit of each byte of the word that is `byte`, and no other. */
SCAN_INLINE uint64_t find_in_word(uint64_t word, char byte)
{
    uint64_t other = word ^ SCAN_ONES * (unsigned char)byte;

    return ~(((other & ~SCAN_HIGH) + ~SCAN_HIGH) | other | ~SCAN_HIGH);
}

/* The multiplication moves the bit of each byte to one of its own in the highest byte. */
SCAN_INLINE uint64_t find(struct scan_block v, char byte)
{
    uint64_t mask = 0;

    for (unsigned i = 0; i < 8; i++)
        mask |= (find_in_word(v.word[i], byte) >> 7) * UINT64_C(0x0102040810204080) >> 56 << 8 * i;
    return mask;
}

SCAN_INLINE uint64_t find_any_odd(struct scan_block v)
{
    uint64_t odd = 0;

    for (unsigned i = 0; i < 8; i++)
        odd |= find_in_word(v.word[i], '"') | find_in_word(v.word[i], '\r') |
               find_in_word(v.word[i], '\0');
    return odd;
}

const struct ddg_scanner ddg_scanner_words = {"words", scan_blocks, odd_quotes};
