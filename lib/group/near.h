/*
 * The few short texts of a dictionary, each in a slot of its own: one multiplication, or two, finds
 * the only slot where a text can stand.  The multipliers are drawn by chance, and others when two
 * texts meet, as in the hashing of Fredman, Komlós and Szemerédi, "Storing a Sparse Table with O(1)
 * Worst Case Access Time" (JACM 1984).  So nobody can choose texts that meet, and where there are
 * too many it gives up.
 */
#ifndef DDG_GROUP_NEAR_H
#define DDG_GROUP_NEAR_H

#include "base/hash.h"
#include "base/memory.h"
#include "base/short_text.h"

enum { DDG_NEAR_BITS = 10, DDG_NEAR_SLOTS = 1 << DDG_NEAR_BITS };

#define DDG_NOT_NEAR UINT32_MAX

struct ddg_near_number {
    uint32_t length_and_1; /* 0 where the slot is free */
    uint32_t number;
};

struct ddg_near {
    struct ddg_words *words; /* of the text in the slot; NULL: there were too many texts */
    struct ddg_near_number *number;
    uint64_t first, second; /* the multipliers */
    bool narrow;            /* no text is longer than a word */
    /* the rest is its own */
    uint32_t count;
    uint64_t drawn; /* multipliers so far */
    struct ddg_hash_key key;
};

/* Free with ddg_near_free(), also after an error. */
enum ddg_error ddg_near_init(struct ddg_near *near, struct ddg_context *context);

static inline size_t ddg_near_slot(const struct ddg_near *near, struct ddg_words words)
{
    return (words.low * near->first + words.high * near->second) >> (64 - DDG_NEAR_BITS);
}

/* The number of a text, which is padded, or DDG_NOT_NEAR.  `narrow` is near->narrow. */
static inline uint32_t ddg_near_find(const struct ddg_near *near, struct ddg_text text, bool narrow)
{
    static const unsigned char ones[16] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff};
    struct ddg_words words = {0, 0};
    size_t slot;

    if (text.length > (narrow ? sizeof words.low : DDG_SHORT_TEXT_MOST))
        return DDG_NOT_NEAR;
    if (narrow)
        words.low = ddg_word_at(text.at) & ddg_word_at(ones + sizeof words.low - text.length);
    else
        words = ddg_words_padded(text.at, text.length);
    slot = ddg_near_slot(near, words);
    if (near->words[slot].low != words.low || (!narrow && near->words[slot].high != words.high) ||
        near->number[slot].length_and_1 != text.length + 1)
        return DDG_NOT_NEAR;
    return near->number[slot].number;
}

/* Adds a text of DDG_SHORT_TEXT_MOST bytes at most, which is not there. */
void ddg_near_add(struct ddg_near *near, struct ddg_words words, size_t length, uint32_t number);

void ddg_near_free(struct ddg_near *near);

#endif
