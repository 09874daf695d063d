/*
 * HMAC-SHA-256 (RFC 2104, FIPS 198-1): numbers that nobody can tell from random ones without the
 * key, and that are the same in every run with it.
 */
#ifndef DDG_BASE_KEYED_H
#define DDG_BASE_KEYED_H

#include "base/digest.h"

struct ddg_keyed {
    struct ddg_digest inner, outer; /* with the key taken in; as secret as the key */
};

/* Takes in a key of any length; it need not be kept. */
void ddg_keyed_init(struct ddg_keyed *keyed, const void *key, size_t length);

/* Writes the code of a message. */
void ddg_keyed_bytes(const struct ddg_keyed *keyed, const void *message, size_t length,
                     unsigned char code[DDG_DIGEST_BYTES]);

/* The first eight bytes of the code, the first being the highest. */
uint64_t ddg_keyed_word(const struct ddg_keyed *keyed, const void *message, size_t length);

#endif
