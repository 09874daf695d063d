#include "base/digest.h"

#include "base/digest_blocks.h"

#include <stdio.h>
#include <string.h>

enum { BLOCK = DDG_DIGEST_BLOCK, LENGTH_BYTES = 8 };

void ddg_digest_init(struct ddg_digest *digest)
{
    /* of the square roots of the first 8 primes */
    static const uint32_t start[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                      0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

    *digest = (struct ddg_digest){0};
    memcpy(digest->state, start, sizeof start);
}

static void add_blocks(uint32_t state[8], const unsigned char *block, size_t count)
{
#ifdef DDG_DIGEST_SHA
    if (__builtin_cpu_supports("sha") && __builtin_cpu_supports("sse4.1")) {
        ddg_digest_blocks_sha(state, block, count);
        return;
    }
#endif
    ddg_digest_blocks_scalar(state, block, count);
}

void ddg_digest_add(struct ddg_digest *digest, const void *bytes, size_t length)
{
    const unsigned char *from = bytes;
    size_t held = digest->length % BLOCK;

    digest->length += length;
    if (held > 0 && held + length >= BLOCK) {
        size_t piece = BLOCK - held;

        memcpy(digest->block + held, from, piece);
        add_blocks(digest->state, digest->block, 1);
        from += piece;
        length -= piece;
        held = 0;
    }
    if (length >= BLOCK) {
        add_blocks(digest->state, from, length / BLOCK);
        from += length / BLOCK * BLOCK;
        length %= BLOCK;
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
