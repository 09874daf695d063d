#include "base/names.h"

#include <stdlib.h>

enum { FIRST_SLOTS = 64 };

struct ddg_name_slot {
    uint32_t name_and_1; /* 0 where empty */
    uint32_t tag;        /* the low bits of the name's hash */
};

void ddg_names_init(struct ddg_names *names)
{
    *names = (struct ddg_names){.key = ddg_hash_key_new()};
}

void ddg_names_free(struct ddg_names *names)
{
    free(names->text);
    free(names->slot);
    ddg_arena_free(&names->arena);
    *names = (struct ddg_names){0};
}

/* The slot where `text` stands, or the empty one where it would. */
static struct ddg_name_slot *find_slot(const struct ddg_names *names, struct ddg_text text,
                                       uint32_t tag)
{
    size_t at = tag & (names->slots - 1);

    for (; names->slot[at].name_and_1; at = (at + 1) & (names->slots - 1))
        if (names->slot[at].tag == tag &&
            ddg_text_equal(names->text[names->slot[at].name_and_1 - 1], text))
            break;
    return &names->slot[at];
}

static enum ddg_error make_slots(struct ddg_names *names, struct ddg_context *context)
{
    size_t slots = names->slots ? names->slots * 2 : FIRST_SLOTS;
    struct ddg_name_slot *slot;
    enum ddg_error error = ddg_allocate(&slot, slots, sizeof *slot, context);

    if (error)
        return error;
    for (size_t i = 0; i < names->slots; i++) {
        size_t at = names->slot[i].tag & (slots - 1);

        if (!names->slot[i].name_and_1)
            continue;
        while (slot[at].name_and_1)
            at = (at + 1) & (slots - 1);
        slot[at] = names->slot[i];
    }
    free(names->slot);
    names->slot = slot;
    names->slots = slots;
    return DDG_OK;
}

uint32_t ddg_names_hash(const struct ddg_names *names, struct ddg_text text)
{
    return (uint32_t)ddg_hash_bytes(&names->key, text.at, text.length);
}

/* The first name that has the hash, which is very likely the one: DDG_NO_NAME for none. */
static uint32_t guess(const struct ddg_names *names, uint32_t hash)
{
    size_t at = hash & (names->slots - 1);

    if (names->slots == 0)
        return DDG_NO_NAME;
    for (; names->slot[at].name_and_1; at = (at + 1) & (names->slots - 1))
        if (names->slot[at].tag == hash)
            return names->slot[at].name_and_1 - 1;
    return DDG_NO_NAME;
}

void ddg_names_fetch_slot(const struct ddg_names *names, uint32_t hash)
{
    if (names->slots > 0)
        __builtin_prefetch(&names->slot[hash & (names->slots - 1)]);
}

void ddg_names_fetch_text(const struct ddg_names *names, uint32_t hash)
{
    uint32_t name = guess(names, hash);

    if (name != DDG_NO_NAME)
        __builtin_prefetch(&names->text[name]);
}

void ddg_names_fetch_bytes(const struct ddg_names *names, uint32_t hash)
{
    uint32_t name = guess(names, hash);

    if (name != DDG_NO_NAME)
        __builtin_prefetch(names->text[name].at);
}

enum ddg_error ddg_names_add(struct ddg_names *names, struct ddg_text text, uint32_t *number,
                             struct ddg_context *context)
{
    return ddg_names_add_hashed(names, text, ddg_names_hash(names, text), number, context);
}

enum ddg_error ddg_names_add_hashed(struct ddg_names *names, struct ddg_text text, uint32_t hash,
                                    uint32_t *number, struct ddg_context *context)
{
    struct ddg_name_slot *slot;
    struct ddg_text copy;
    enum ddg_error error;

    if (names->count >= names->slots / 2 && (error = make_slots(names, context)))
        return error;
    slot = find_slot(names, text, hash);
    if (slot->name_and_1) {
        *number = slot->name_and_1 - 1;
        return DDG_OK;
    }
    if (names->count == DDG_NO_NAME - 1)
        return ddg_fail(context, DDG_LIMIT, "more than %u different values",
                        (unsigned)DDG_NO_NAME - 1);
    error = ddg_grow(&names->text, &names->capacity, (size_t)names->count + 1, sizeof *names->text,
                     context);
    if (error)
        return error;
    copy = ddg_arena_copy(&names->arena, text, context);
    if (!copy.at)
        return DDG_MEMORY;
    names->text[names->count] = copy;
    *slot = (struct ddg_name_slot){++names->count, hash};
    *number = names->count - 1;
    return DDG_OK;
}

uint32_t ddg_names_find(const struct ddg_names *names, struct ddg_text text)
{
    const struct ddg_name_slot *slot;

    if (names->slots == 0)
        return DDG_NO_NAME;
    slot = find_slot(names, text, ddg_names_hash(names, text));
    return slot->name_and_1 ? slot->name_and_1 - 1 : DDG_NO_NAME;
}
