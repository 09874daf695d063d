/*
 * A dictionary: texts, and a number for each that the caller chose.  It is for hot loops: a text of
 * up to 16 bytes is two words, looked up and compared without a loop, and others are compared with
 * one copy.
 */
#ifndef DDG_GROUP_DICTIONARY_H
#define DDG_GROUP_DICTIONARY_H

#include "base/hash.h"
#include "base/memory.h"
#include "base/short_text.h"

#define DDG_NOT_THERE UINT32_MAX

/* Where a text stands, or would: what it is compared by. */
struct ddg_lookup {
    struct ddg_words words; /* of a longer text its hash, and nothing */
    uint64_t hash;
};

struct ddg_entry {
    struct ddg_words words; /* of a longer text its hash, and where its copy is */
    uint32_t length_and_1;  /* 0 where the entry is free */
    uint32_t number;
};

struct ddg_dictionary {
    uint32_t count;
    /* the rest is the dictionary's own */
    struct ddg_entry *entry;
    size_t mask; /* entries, a power of two, less one */
    struct ddg_hash_key key;
    struct ddg_arena arena;
};

/* Free with ddg_dictionary_free(), also after an error. */
enum ddg_error ddg_dictionary_init(struct ddg_dictionary *dictionary, struct ddg_context *context);

/* The two steps of a lookup, so that callers can ask for the memory of many before they read the
 * first.  `text` is padded (base/short_text.h).  The number, or DDG_NOT_THERE. */
static inline struct ddg_lookup ddg_dictionary_lookup(const struct ddg_dictionary *dictionary,
                                                      struct ddg_text text)
{
    struct ddg_lookup lookup;

    if (__builtin_expect(text.length > DDG_SHORT_TEXT_MOST, 0)) {
        lookup.hash = ddg_hash_long(&dictionary->key, text.at, text.length);
        lookup.words = (struct ddg_words){lookup.hash, 0};
    } else {
        lookup.words = ddg_words_padded(text.at, text.length);
        lookup.hash = ddg_hash_pair(&dictionary->key, lookup.words.low, lookup.words.high);
    }
    return lookup;
}

static inline uint32_t ddg_dictionary_find(const struct ddg_dictionary *dictionary,
                                           const struct ddg_lookup *lookup, struct ddg_text text)
{
    for (size_t at = lookup->hash;; at++) {
        const struct ddg_entry *entry = &dictionary->entry[at & dictionary->mask];

        if (entry->words.low == lookup->words.low && entry->length_and_1 == text.length + 1) {
            if (text.length <= DDG_SHORT_TEXT_MOST) {
                if (entry->words.high == lookup->words.high)
                    return entry->number;
            } else if (memcmp((const char *)(uintptr_t)entry->words.high, text.at, text.length) ==
                       0) {
                return entry->number;
            }
        }
        if (!entry->length_and_1)
            return DDG_NOT_THERE;
    }
}

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
