#include "base/keyed.h"

#include <string.h>

enum { BLOCK = 64, INNER = 0x36, OUTER = 0x5c };

static void take_in(struct ddg_digest *digest, const unsigned char *key, unsigned char pad)
{
    unsigned char block[BLOCK];

    for (size_t i = 0; i < BLOCK; i++)
        block[i] = key[i] ^ pad;
    ddg_digest_init(digest);
    ddg_digest_add(digest, block, BLOCK);
    explicit_bzero(block, sizeof block);
}

void ddg_keyed_init(struct ddg_keyed *keyed, const void *key, size_t length)
{
    unsigned char padded[BLOCK] = {0};

    if (length > BLOCK) {
        struct ddg_digest digest;

        ddg_digest_init(&digest);
        ddg_digest_add(&digest, key, length);
        ddg_digest_bytes(&digest, padded);
        explicit_bzero(&digest, sizeof digest);
    } else {
        memcpy(padded, key, length);
    }
    take_in(&keyed->inner, padded, INNER);
    take_in(&keyed->outer, padded, OUTER);
    explicit_bzero(padded, sizeof padded);
}

void ddg_keyed_bytes(const struct ddg_keyed *keyed, const void *message, size_t length,
                     unsigned char code[DDG_DIGEST_BYTES])
{
    struct ddg_digest inner = keyed->inner, outer = keyed->outer;

    ddg_digest_add(&inner, message, length);
    ddg_digest_bytes(&inner, code);
    ddg_digest_add(&outer, code, DDG_DIGEST_BYTES);
    ddg_digest_bytes(&outer, code);
}

uint64_t ddg_keyed_word(const struct ddg_keyed *keyed, const void *message, size_t length)
{
    unsigned char code[DDG_DIGEST_BYTES];
    uint64_t word = 0;

    ddg_keyed_bytes(keyed, message, length, code);
    for (size_t i = 0; i < sizeof word; i++)
        word = word << 8 | code[i];
    return word;
}
