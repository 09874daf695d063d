#include "group/dictionary.h"

#include "base/pages.h"

/* Sparse while that costs nothing, so that the first entry is nearly always the right one. */
enum { FIRST_ENTRIES = 64, SMALL = 512, SPARSE = 8, DENSE = 2, KEPT_LENGTH = 256 };

enum ddg_error ddg_dictionary_init(struct ddg_dictionary *dictionary, struct ddg_context *context)
{
    enum ddg_error error;

    *dictionary = (struct ddg_dictionary){.mask = FIRST_ENTRIES - 1, .key = ddg_hash_key_new()};
    if ((error = ddg_near_init(&dictionary->near, context)))
        return error;
    return ddg_pages_new(&dictionary->entry, FIRST_ENTRIES * sizeof *dictionary->entry, context);
}

static bool is_of(const struct ddg_dictionary_entry *entry, const struct ddg_lookup *lookup,
                  struct ddg_text text)
{
    if (entry->words.low != lookup->words.low || entry->length_and_1 != text.length + 1)
        return false;
    if (text.length <= DDG_SHORT_TEXT_MOST)
        return entry->words.high == lookup->words.high;
    return ddg_long_equal((const char *)(uintptr_t)entry->words.high, text.at, text.length);
}

uint32_t ddg_dictionary_find(const struct ddg_dictionary *dictionary,
                             const struct ddg_lookup *lookup, struct ddg_text text)
{
    for (size_t at = lookup->hash;; at++) {
        const struct ddg_dictionary_entry *entry = &dictionary->entry[at & dictionary->mask];

        if (is_of(entry, lookup, text))
            return entry->number;
        if (!entry->length_and_1)
            return DDG_NOT_THERE;
    }
}

static uint32_t search(const struct ddg_dictionary *dictionary, struct ddg_text text)
{
    struct ddg_lookup lookup = ddg_dictionary_lookup(dictionary, text);

    return ddg_dictionary_find(dictionary, &lookup, text);
}

/* The number of a text, which nearly always stands where it is looked for first. */
static inline uint32_t number_of(const struct ddg_dictionary *dictionary, struct ddg_text text)
{
    struct ddg_words words;
    const struct ddg_dictionary_entry *entry;

    if (text.length > DDG_SHORT_TEXT_MOST)
        return DDG_NOT_THERE;
    words = ddg_words_padded(text.at, text.length);
    entry = &dictionary
                 ->entry[ddg_hash_pair(&dictionary->key, words.low, words.high) & dictionary->mask];
    if (((entry->words.low ^ words.low) | (entry->words.high ^ words.high) |
         (entry->length_and_1 ^ (uint64_t)(text.length + 1))) != 0)
        return DDG_NOT_THERE;
    return entry->number;
}

enum way { NARROW, WIDE, FAR };

static inline __attribute__((always_inline)) size_t
find_numbers(const struct ddg_dictionary *dictionary, const struct ddg_text *text, size_t stride,
             size_t count, uint32_t *number, enum way way)
{
    const struct ddg_dictionary copy = *dictionary; /* which the numbers cannot be a part of */
    size_t i;

    for (i = 0; i < count; i++, text += stride) {
        uint32_t found =
            way == FAR ? number_of(&copy, *text) : ddg_near_find(&copy.near, *text, way == NARROW);

        if (__builtin_expect(found == DDG_NOT_THERE, 0) &&
            (found = search(dictionary, *text)) == DDG_NOT_THERE)
            break;
        number[i] = found;
    }
    return i;
}

size_t ddg_dictionary_numbers(const struct ddg_dictionary *dictionary, const struct ddg_text *text,
                              size_t stride, size_t count, uint32_t *number)
{
    if (!dictionary->near.words)
        return find_numbers(dictionary, text, stride, count, number, FAR);
    if (dictionary->near.narrow)
        return find_numbers(dictionary, text, stride, count, number, NARROW);
    return find_numbers(dictionary, text, stride, count, number, WIDE);
}

static uint64_t hash_of(const struct ddg_dictionary *dictionary,
                        const struct ddg_dictionary_entry *entry)
{
    if (entry->length_and_1 > DDG_SHORT_TEXT_MOST + 1)
        return entry->words.low;
    return ddg_hash_pair(&dictionary->key, entry->words.low, entry->words.high);
}

static struct ddg_dictionary_entry *free_entry(struct ddg_dictionary *dictionary, uint64_t hash)
{
    size_t at = hash & dictionary->mask;

    while (dictionary->entry[at].length_and_1)
        at = (at + 1) & dictionary->mask;
    return &dictionary->entry[at];
}

static enum ddg_error widen(struct ddg_dictionary *dictionary, struct ddg_context *context)
{
    size_t before = dictionary->mask + 1;
    struct ddg_dictionary_entry *old = dictionary->entry, *entry;
    enum ddg_error error = ddg_pages_new(&entry, before * 2 * sizeof *entry, context);

    if (error)
        return error;
    dictionary->entry = entry;
    dictionary->mask = before * 2 - 1;
    for (size_t i = 0; i < before; i++)
        if (old[i].length_and_1)
            *free_entry(dictionary, hash_of(dictionary, &old[i])) = old[i];
    ddg_pages_free(old, before * sizeof *old);
    return DDG_OK;
}

enum ddg_error ddg_dictionary_add(struct ddg_dictionary *dictionary,
                                  const struct ddg_lookup *lookup, struct ddg_text text,
                                  uint32_t number, struct ddg_context *context)
{
    struct ddg_words words = lookup->words;
    enum ddg_error error;

    if (text.length > KEPT_LENGTH)
        return DDG_OK;
    if ((size_t)(dictionary->count + 1) * (dictionary->count < SMALL ? SPARSE : DENSE) >
            dictionary->mask &&
        (error = widen(dictionary, context)))
        return error;
    if (text.length > DDG_SHORT_TEXT_MOST) {
        struct ddg_text copy = ddg_arena_copy(&dictionary->arena, text, context);

        if (!copy.at)
            return DDG_MEMORY;
        words.high = (uint64_t)(uintptr_t)copy.at;
    } else {
        ddg_near_add(&dictionary->near, words, text.length, number);
    }
    *free_entry(dictionary, lookup->hash) =
        (struct ddg_dictionary_entry){words, (uint32_t)text.length + 1, number};
    dictionary->count++;
    return DDG_OK;
}

void ddg_dictionary_clear(struct ddg_dictionary *dictionary)
{
    memset(dictionary->entry, 0, (dictionary->mask + 1) * sizeof *dictionary->entry);
    ddg_near_free(&dictionary->near);
    ddg_arena_free(&dictionary->arena);
    dictionary->count = 0;
}

void ddg_dictionary_free(struct ddg_dictionary *dictionary)
{
    if (dictionary->entry)
        ddg_pages_free(dictionary->entry, (dictionary->mask + 1) * sizeof *dictionary->entry);
    ddg_near_free(&dictionary->near);
    ddg_arena_free(&dictionary->arena);
    *dictionary = (struct ddg_dictionary){0};
}
