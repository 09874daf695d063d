#include "base/digest.h"

#include <stdio.h>
#include <string.h>

enum { BLOCK = 64, ROUNDS = 64, LENGTH_BYTES = 8 };

/* The first 32 bits of the fractional parts of the cube roots of the first 64 primes. */
static const uint32_t constants[ROUNDS] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

void ddg_digest_init(struct ddg_digest *digest)
{
    /* of the square roots of the first 8 primes */
    static const uint32_t start[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                      0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

    *digest = (struct ddg_digest){0};
    memcpy(digest->state, start, sizeof start);
}

static uint32_t rotate(uint32_t word, unsigned by)
{
    return word >> by | word << (32 - by);
}

static void expand(uint32_t w[ROUNDS], const unsigned char *block)
{
    for (size_t i = 0; i < 16; i++)
        w[i] = (uint32_t)block[4 * i] << 24 | (uint32_t)block[4 * i + 1] << 16 |
               (uint32_t)block[4 * i + 2] << 8 | block[4 * i + 3];
    for (size_t i = 16; i < ROUNDS; i++) {
        uint32_t a = w[i - 15], b = w[i - 2];

        w[i] = w[i - 16] + w[i - 7] + (rotate(a, 7) ^ rotate(a, 18) ^ a >> 3) +
               (rotate(b, 17) ^ rotate(b, 19) ^ b >> 10);
    }
}

static void add_block(uint32_t state[8], const unsigned char *block)
{
    uint32_t w[ROUNDS], s[8];

    expand(w, block);
    memcpy(s, state, sizeof s);
    for (size_t i = 0; i < ROUNDS; i++) {
        uint32_t big1 = rotate(s[4], 6) ^ rotate(s[4], 11) ^ rotate(s[4], 25);
        uint32_t big0 = rotate(s[0], 2) ^ rotate(s[0], 13) ^ rotate(s[0], 22);
        uint32_t choice = (s[4] & s[5]) ^ (~s[4] & s[6]);
        uint32_t majority = (s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]);
        uint32_t first = s[7] + big1 + choice + constants[i] + w[i];

        memmove(s + 1, s, 7 * sizeof *s);
        s[4] += first;
        s[0] = first + big0 + majority;
    }
    for (size_t i = 0; i < 8; i++)
        state[i] += s[i];
}

void ddg_digest_add(struct ddg_digest *digest, const void *bytes, size_t length)
{
    const unsigned char *from = bytes;
    size_t held = digest->length % BLOCK;

    digest->length += length;
    while (held + length >= BLOCK) {
        size_t piece = BLOCK - held;

        if (held > 0)
            memcpy(digest->block + held, from, piece);
        add_block(digest->state, held > 0 ? digest->block : from);
        from += piece;
        length -= piece;
        held = 0;
    }
    if (length > 0)
        memcpy(digest->block + held, from, length);
}

void ddg_digest_bytes(const struct ddg_digest *digest, unsigned char bytes[DDG_DIGEST_BYTES])
{
    struct ddg_digest last = *digest;
    unsigned char end[BLOCK + LENGTH_BYTES] = {0x80};
    size_t held = digest->length % BLOCK;
    size_t blocks = held < BLOCK - LENGTH_BYTES ? 1 : 2;
    size_t zeros = blocks * BLOCK - LENGTH_BYTES - held; /* the 0x80 among them */

    for (unsigned i = 0; i < LENGTH_BYTES; i++)
        end[zeros + i] = (unsigned char)(digest->length * 8 >> (56 - 8 * i));
    ddg_digest_add(&last, end, zeros + LENGTH_BYTES);
    for (size_t i = 0; i < DDG_DIGEST_BYTES; i++)
        bytes[i] = (unsigned char)(last.state[i / 4] >> (24 - 8 * (i % 4)));
}

void ddg_digest_text(const struct ddg_digest *digest, char room[DDG_DIGEST_ROOM])
{
    unsigned char bytes[DDG_DIGEST_BYTES];

    ddg_digest_bytes(digest, bytes);
    for (size_t i = 0; i < DDG_DIGEST_BYTES; i++)
        snprintf(room + 2 * i, 3, "%02x", bytes[i]);
}
