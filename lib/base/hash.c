#include "base/hash.h"

#include <sys/random.h>
#include <time.h>

struct state {
    uint64_t v0, v1, v2, v3;
};

static uint64_t rotate(uint64_t word, int bits)
{
    return word << bits | word >> (64 - bits);
}

static void mix(struct state *s)
{
    s->v0 += s->v1;
    s->v2 += s->v3;
    s->v1 = rotate(s->v1, 13) ^ s->v0;
    s->v3 = rotate(s->v3, 16) ^ s->v2;
    s->v0 = rotate(s->v0, 32);
    s->v2 += s->v1;
    s->v0 += s->v3;
    s->v1 = rotate(s->v1, 17) ^ s->v2;
    s->v3 = rotate(s->v3, 21) ^ s->v0;
    s->v2 = rotate(s->v2, 32);
}

static void absorb(struct state *s, uint64_t word)
{
    s->v3 ^= word;
    mix(s);
    s->v0 ^= word;
}

static struct state start(const struct ddg_hash_key *key)
{
    return (struct state){key->a ^ 0x736f6d6570736575, key->b ^ 0x646f72616e646f6d,
                          key->a ^ 0x6c7967656e657261, key->b ^ 0x7465646279746573};
}

static uint64_t finish(struct state *s)
{
    s->v2 ^= 0xff;
    mix(s);
    mix(s);
    mix(s);
    return s->v0 ^ s->v1 ^ s->v2 ^ s->v3;
}

struct ddg_hash_key ddg_hash_key_new(void)
{
    struct ddg_hash_key key;

    if (getrandom(&key, sizeof key, 0) != (ssize_t)sizeof key) {
        struct timespec now;

        clock_gettime(CLOCK_MONOTONIC, &now);
        key.a = (uint64_t)now.tv_nsec;
        key.b = (uint64_t)(uintptr_t)&key;
    }
    return key;
}

uint64_t ddg_hash_bytes(const struct ddg_hash_key *key, const void *bytes, size_t length)
{
    const unsigned char *at = bytes;
    struct state s = start(key);
    uint64_t last = (uint64_t)length << 56;
    size_t left = length;

    for (; left >= 8; left -= 8, at += 8) {
        uint64_t word;

        memcpy(&word, at, sizeof word);
        absorb(&s, word);
    }
    for (size_t i = 0; i < left; i++)
        last |= (uint64_t)at[i] << (8 * i);
    absorb(&s, last);
    return finish(&s);
}

uint64_t ddg_hash_word(const struct ddg_hash_key *key, uint64_t word)
{
    struct state s = start(key);

    absorb(&s, word);
    return finish(&s);
}
