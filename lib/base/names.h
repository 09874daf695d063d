/*
 * Names: a set of texts, each with a small number in order of arrival (0, 1, 2 ...).  Column names,
 * category labels and person identifiers are kept so.
 */
#ifndef DDG_BASE_NAMES_H
#define DDG_BASE_NAMES_H

#include "base/hash.h"
#include "base/slots.h"

#define DDG_NO_NAME UINT32_MAX

struct ddg_names {
    struct ddg_text *text; /* text[i] is name i; the set owns the bytes */
    uint32_t count;
    /* the rest is the set's own */
    size_t capacity;
    struct ddg_numbered *slot;
    size_t slots;
    struct ddg_hash_key key;
    struct ddg_arena arena;
};

void ddg_names_init(struct ddg_names *names);

/* Puts the number of `text` into *number, adding a copy if it is new. */
enum ddg_error ddg_names_add(struct ddg_names *names, struct ddg_text text, uint32_t *number,
                             struct ddg_context *context);

/* The same in steps, for callers that look up many names at a time: the second asks for the memory
 * that the third reads, so that they wait for many at once and not for one after the other.  It may
 * be left out; what is found never depends on it. */
uint32_t ddg_names_hash(const struct ddg_names *names, struct ddg_text text);
void ddg_names_fetch_slot(const struct ddg_names *names, uint32_t hash);
enum ddg_error ddg_names_add_hashed(struct ddg_names *names, struct ddg_text text, uint32_t hash,
                                    uint32_t *number, struct ddg_context *context);

/* The number of `text`, or DDG_NO_NAME. */
uint32_t ddg_names_find(const struct ddg_names *names, struct ddg_text text);

void ddg_names_free(struct ddg_names *names);

#endif
