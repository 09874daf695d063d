/*
 * Short texts as words: up to 16 bytes are two machine words, zero behind their end, which are
 * compared and hashed without a loop.  Texts that differ, and are as long or have no NUL, have
 * different words.
 */
#ifndef DDG_BASE_SHORT_TEXT_H
#define DDG_BASE_SHORT_TEXT_H

#include "base/text.h"

#include <stdint.h>

/* Bytes that can be read from the start of a text that is padded, however short it is. */
enum { DDG_SHORT_TEXT_MOST = 16 };

struct ddg_words {
    uint64_t low, high;
};

static inline uint64_t ddg_word_at(const void *bytes)
{
    uint64_t word;

    memcpy(&word, bytes, sizeof word);
    return word;
}

/* The words of the `length` bytes at `at`, DDG_SHORT_TEXT_MOST at most; so many can be read there,
 * and what the others are does not matter. */
static inline struct ddg_words ddg_words_padded(const char *at, size_t length)
{
    static const unsigned char ones[32] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
                                           0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff};
    const unsigned char *mask = ones + DDG_SHORT_TEXT_MOST - length;

    return (struct ddg_words){ddg_word_at(at) & ddg_word_at(mask),
                              ddg_word_at(at + 8) & ddg_word_at(mask + 8)};
}

/* True when the `length` bytes at a and at b, more than DDG_SHORT_TEXT_MOST, are the same. */
static inline bool ddg_long_equal(const char *a, const char *b, size_t length)
{
    uint64_t apart;

    if (length > 2 * DDG_SHORT_TEXT_MOST)
        return memcmp(a, b, length) == 0;
    /* the last 16 bytes overlap the first ones */
    apart = (ddg_word_at(a) ^ ddg_word_at(b)) | (ddg_word_at(a + 8) ^ ddg_word_at(b + 8));
    a += length - DDG_SHORT_TEXT_MOST;
    b += length - DDG_SHORT_TEXT_MOST;
    return (apart | (ddg_word_at(a) ^ ddg_word_at(b)) |
            (ddg_word_at(a + 8) ^ ddg_word_at(b + 8))) == 0;
}

#endif
