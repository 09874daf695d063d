/*
 * A dictionary: texts, and a number for each that the caller chose.  It is for hot loops: texts of
 * up to 32 bytes, which nearly all are, are looked up and compared as words, without a loop.
 */
#ifndef DDG_GROUP_DICTIONARY_H
#define DDG_GROUP_DICTIONARY_H

#include "group/near.h"

#define DDG_NOT_THERE DDG_NOT_NEAR

/* Where a text stands, or would: what it is compared by. */
struct ddg_lookup {
    struct ddg_words words; /* of a text that is not short its hash, and nothing */
    uint64_t hash;
};

struct ddg_dictionary_entry {
    struct ddg_words words; /* of a text that is not short its hash, and where its copy is */
    uint32_t length_and_1;  /* 0 where the entry is free */
    uint32_t number;
};

struct ddg_dictionary {
    uint32_t count;
    /* the rest is the dictionary's own */
    struct ddg_dictionary_entry *entry;
    size_t mask; /* entries, a power of two, less one */
    struct ddg_hash_key key;
    struct ddg_near near; /* the short texts, while they are few */
    struct ddg_arena arena;
};

/* Free with ddg_dictionary_free(), also after an error. */
enum ddg_error ddg_dictionary_init(struct ddg_dictionary *dictionary, struct ddg_context *context);

/* The two steps of a lookup, so that callers can ask for the memory of many before they read the
 * first.  `text` is padded (base/short_text.h). */
static inline struct ddg_lookup ddg_dictionary_lookup(const struct ddg_dictionary *dictionary,
                                                      struct ddg_text text)
{
    struct ddg_lookup lookup;

    if (text.length <= DDG_SHORT_TEXT_MOST) {
        lookup.words = ddg_words_padded(text.at, text.length);
        lookup.hash = ddg_hash_pair(&dictionary->key, lookup.words.low, lookup.words.high);
    } else {
        lookup.hash = ddg_hash_long(&dictionary->key, text.at, text.length);
        lookup.words = (struct ddg_words){lookup.hash, 0};
    }
    return lookup;
}

/* The number of the text, or DDG_NOT_THERE. */
uint32_t ddg_dictionary_find(const struct ddg_dictionary *dictionary,
                             const struct ddg_lookup *lookup, struct ddg_text text);

/* Both steps in one for `count` texts, text[0], text[stride], ..., of a dictionary that is likely
 * to be in the cache: number[i] is that of the text i.  Returns how many there are before the first
 * one that is not there. */
size_t ddg_dictionary_numbers(const struct ddg_dictionary *dictionary, const struct ddg_text *text,
                              size_t stride, size_t count, uint32_t *number);

static inline void ddg_dictionary_fetch(const struct ddg_dictionary *dictionary,
                                        const struct ddg_lookup *lookup)
{
    __builtin_prefetch(&dictionary->entry[lookup->hash & dictionary->mask]);
}

/* Adds a text that is not there; one of hundreds of bytes is not kept, and stays unknown.  Lookups
 * that were begun before stay good. */
enum ddg_error ddg_dictionary_add(struct ddg_dictionary *dictionary,
                                  const struct ddg_lookup *lookup, struct ddg_text text,
                                  uint32_t number, struct ddg_context *context);

/* Forgets all texts. */
void ddg_dictionary_clear(struct ddg_dictionary *dictionary);

void ddg_dictionary_free(struct ddg_dictionary *dictionary);

#endif
