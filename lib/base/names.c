#include "base/names.h"

#include <stdlib.h>

enum { FIRST_SLOTS = 64 };

void ddg_names_init(struct ddg_names *names)
{
    *names = (struct ddg_names){.key = ddg_hash_key_new()};
}

void ddg_names_free(struct ddg_names *names)
{
    free(names->text);
    free(names->slot);
    free(names->tag);
    ddg_arena_free(&names->arena);
    *names = (struct ddg_names){0};
}

/* The slot where `text` stands, or the empty one where it would. */
static size_t find_slot(const struct ddg_names *names, struct ddg_text text, uint32_t tag)
{
    size_t at = tag & (names->slots - 1);

    for (; names->slot[at]; at = (at + 1) & (names->slots - 1))
        if (names->tag[at] == tag && ddg_text_equal(names->text[names->slot[at] - 1], text))
            break;
    return at;
}

static enum ddg_error make_slots(struct ddg_names *names, struct ddg_context *context)
{
    size_t slots = names->slots ? names->slots * 2 : FIRST_SLOTS;
    uint32_t *slot = calloc(slots, sizeof *slot), *tag = calloc(slots, sizeof *tag);

    if (!slot || !tag) {
        free(slot);
        free(tag);
        return ddg_fail_memory(context);
    }
    for (size_t i = 0; i < names->slots; i++) {
        size_t at = names->tag[i] & (slots - 1);

        if (!names->slot[i])
            continue;
        while (slot[at])
            at = (at + 1) & (slots - 1);
        slot[at] = names->slot[i];
        tag[at] = names->tag[i];
    }
    free(names->slot);
    free(names->tag);
    names->slot = slot;
    names->tag = tag;
    names->slots = slots;
    return DDG_OK;
}

enum ddg_error ddg_names_add(struct ddg_names *names, struct ddg_text text, uint32_t *number,
                             struct ddg_context *context)
{
    uint32_t tag = (uint32_t)ddg_hash_bytes(&names->key, text.at, text.length);
    struct ddg_text copy;
    enum ddg_error error;
    size_t at;

    if (names->count >= names->slots / 2 && (error = make_slots(names, context)))
        return error;
    at = find_slot(names, text, tag);
    if (names->slot[at]) {
        *number = names->slot[at] - 1;
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
    names->tag[at] = tag;
    names->slot[at] = ++names->count;
    *number = names->count - 1;
    return DDG_OK;
}

uint32_t ddg_names_find(const struct ddg_names *names, struct ddg_text text)
{
    size_t at;

    if (names->slots == 0)
        return DDG_NO_NAME;
    at = find_slot(names, text, (uint32_t)ddg_hash_bytes(&names->key, text.at, text.length));
    return names->slot[at] ? names->slot[at] - 1 : DDG_NO_NAME;
}
