/*
 * Hashing of bytes that strangers chose: SipHash (Aumasson and Bernstein, "SipHash: a fast
 * short-input PRF", 2012) with one compression and three finalisation rounds, under a key drawn
 * anew by every process.  Nothing that a program prints depends on the key.
 */
#ifndef DDG_BASE_HASH_H
#define DDG_BASE_HASH_H

#include "base/text.h"

#include <stdint.h>

struct ddg_hash_key {
    uint64_t a, b;
};

/* A key from the system's random source (from address and clock where it has none). */
struct ddg_hash_key ddg_hash_key_new(void);

uint64_t ddg_hash_bytes(const struct ddg_hash_key *key, const void *bytes, size_t length);

/* Mixes one 64-bit word under the key: for keys that are numbers already. */
uint64_t ddg_hash_word(const struct ddg_hash_key *key, uint64_t word);

/* A quicker mix of two words under the key, for hot loops: a multiplication whose halves are folded
 * together, after Wang Yi's wyhash.  It is no pseudo-random function as SipHash is, but strangers
 * neither know the key nor see a hash. */
static inline uint64_t ddg_hash_pair(const struct ddg_hash_key *key, uint64_t first,
                                     uint64_t second)
{
    unsigned __int128 product = (unsigned __int128)(first ^ key->a) * (second ^ key->b);

    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

/* The same of more than 16 bytes. */
static inline uint64_t ddg_hash_long(const struct ddg_hash_key *key, const char *at, size_t length)
{
    uint64_t hash = length, word[2];

    /* the last 16 bytes may overlap those before them */
    for (size_t i = 0; i + 16 < length; i += 16) {
        memcpy(word, at + i, sizeof word);
        hash = ddg_hash_pair(key, word[0] ^ hash, word[1]);
    }
    memcpy(word, at + length - 16, sizeof word);
    return ddg_hash_pair(key, word[0] ^ hash, word[1]);
}

#endif
