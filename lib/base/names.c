#include "base/names.h"

#include <stdlib.h>

void ddg_names_init(struct ddg_names *names)
{
    *names = (struct ddg_names){.key = ddg_hash_key_new()};
}

void ddg_names_free(struct ddg_names *names)
{
    free(names->text);
    ddg_slots_free(names->slot, names->slots);
    ddg_arena_free(&names->arena);
    *names = (struct ddg_names){0};
}

/* The slot where `text` stands, or the empty one where it would. */
static struct ddg_numbered *find_slot(const struct ddg_names *names, struct ddg_text text,
                                      uint32_t tag)
{
    size_t at = tag & (names->slots - 1);

    for (; names->slot[at].number_and_1; at = (at + 1) & (names->slots - 1))
        if (names->slot[at].tag == tag &&
            ddg_text_equal(names->text[names->slot[at].number_and_1 - 1], text))
            break;
    return &names->slot[at];
}

uint32_t ddg_names_hash(const struct ddg_names *names, struct ddg_text text)
{
    return (uint32_t)ddg_hash_bytes(&names->key, text.at, text.length);
}

void ddg_names_fetch_slot(const struct ddg_names *names, uint32_t hash)
{
    if (names->slots > 0)
        __builtin_prefetch(&names->slot[hash & (names->slots - 1)]);
}

enum ddg_error ddg_names_add(struct ddg_names *names, struct ddg_text text, uint32_t *number,
                             struct ddg_context *context)
{
    return ddg_names_add_hashed(names, text, ddg_names_hash(names, text), number, context);
}

enum ddg_error ddg_names_add_hashed(struct ddg_names *names, struct ddg_text text, uint32_t hash,
                                    uint32_t *number, struct ddg_context *context)
{
    struct ddg_numbered *slot;
    struct ddg_text copy;
    enum ddg_error error;

    if (names->count >= names->slots / 2 &&
        (error = ddg_slots_double(&names->slot, &names->slots, context)))
        return error;
    slot = find_slot(names, text, hash);
    if (slot->number_and_1) {
        *number = slot->number_and_1 - 1;
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
    *slot = (struct ddg_numbered){++names->count, hash};
    *number = names->count - 1;
    return DDG_OK;
}

uint32_t ddg_names_find(const struct ddg_names *names, struct ddg_text text)
{
    const struct ddg_numbered *slot;

    if (names->slots == 0)
        return DDG_NO_NAME;
    slot = find_slot(names, text, ddg_names_hash(names, text));
    return slot->number_and_1 ? slot->number_and_1 - 1 : DDG_NO_NAME;
}
