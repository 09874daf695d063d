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

/* The words of the `length` bytes at `at`, DDG_SHORT_TEXT_MOST at most; so many can be read there,
 * and what the others are does not matter. */
static inline struct ddg_words ddg_words_padded(const char *at, size_t length)
{
    static const unsigned char ones[32] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
                                           0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff};
    struct ddg_words words, mask;

    memcpy(&words, at, sizeof words);
    memcpy(&mask, ones + sizeof words - length, sizeof mask);
    return (struct ddg_words){words.low & mask.low, words.high & mask.high};
}

/* The same of a text that nothing needs to follow. */
static inline struct ddg_words ddg_words_of(struct ddg_text text)
{
    struct ddg_words words = {0, 0};

    if (text.length > 0)
        memcpy(&words, text.at, text.length);
    return words;
}

#endif
