#include "base/digest_blocks.h"

#include <string.h>

/* The first 32 bits of the fractional parts of the cube roots of the first 64 primes. */
const uint32_t ddg_digest_constants[DDG_DIGEST_ROUNDS] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static inline uint32_t rotate(uint32_t word, unsigned by)
{
    return word >> by | word << (32 - by);
}

static void expand(uint32_t w[DDG_DIGEST_ROUNDS], const unsigned char *block)
{
    for (size_t i = 0; i < 16; i++)
        w[i] = (uint32_t)block[4 * i] << 24 | (uint32_t)block[4 * i + 1] << 16 |
               (uint32_t)block[4 * i + 2] << 8 | block[4 * i + 3];
    for (size_t i = 16; i < DDG_DIGEST_ROUNDS; i++) {
        uint32_t a = w[i - 15], b = w[i - 2];

        w[i] = w[i - 16] + w[i - 7] + (rotate(a, 7) ^ rotate(a, 18) ^ a >> 3) +
               (rotate(b, 17) ^ rotate(b, 19) ^ b >> 10);
    }
}

/* One round on words that stay where they are: the caller gives them other letters. */
static inline void turn(uint32_t a, uint32_t b, uint32_t c, uint32_t *d, uint32_t e, uint32_t f,
                        uint32_t g, uint32_t *h, uint32_t word)
{
    uint32_t first =
        *h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + ((e & f) ^ (~e & g)) + word;

    *d += first;
    *h = first + (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
}

static void add_block(uint32_t state[8], const unsigned char *block)
{
    uint32_t w[DDG_DIGEST_ROUNDS], s[8];

    expand(w, block);
    for (size_t i = 0; i < DDG_DIGEST_ROUNDS; i++)
        w[i] += ddg_digest_constants[i];
    memcpy(s, state, sizeof s);
    for (size_t i = 0; i < DDG_DIGEST_ROUNDS; i += 8) {
        turn(s[0], s[1], s[2], &s[3], s[4], s[5], s[6], &s[7], w[i]);
        turn(s[7], s[0], s[1], &s[2], s[3], s[4], s[5], &s[6], w[i + 1]);
        turn(s[6], s[7], s[0], &s[1], s[2], s[3], s[4], &s[5], w[i + 2]);
        turn(s[5], s[6], s[7], &s[0], s[1], s[2], s[3], &s[4], w[i + 3]);
        turn(s[4], s[5], s[6], &s[7], s[0], s[1], s[2], &s[3], w[i + 4]);
        turn(s[3], s[4], s[5], &s[6], s[7], s[0], s[1], &s[2], w[i + 5]);
        turn(s[2], s[3], s[4], &s[5], s[6], s[7], s[0], &s[1], w[i + 6]);
        turn(s[1], s[2], s[3], &s[4], s[5], s[6], s[7], &s[0], w[i + 7]);
    }
    for (size_t i = 0; i < 8; i++)
        state[i] += s[i];
}

void ddg_digest_blocks_scalar(uint32_t state[8], const unsigned char *block, size_t count)
{
    for (size_t i = 0; i < count; i++)
        add_block(state, block + i * DDG_DIGEST_BLOCK);
}
