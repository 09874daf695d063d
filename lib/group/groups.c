#include "group/groups.h"

#include <stdlib.h>

/* Keeps the slots' number within what a tag can address. */
static const uint32_t cells_most = UINT32_C(1) << 31;

void ddg_groups_init(struct ddg_groups *groups, size_t dims)
{
    *groups = (struct ddg_groups){.dims = dims, .hash = ddg_hash_key_new()};
}

/* The slot of `key`, or the empty one where it would stand. */
static struct ddg_numbered *find_slot(const struct ddg_groups *groups, const uint32_t *key,
                                      uint32_t tag)
{
    size_t bytes = groups->dims * sizeof *key, at = tag & (groups->slots - 1);

    for (; groups->slot[at].number_and_1; at = (at + 1) & (groups->slots - 1))
        if (groups->slot[at].tag == tag &&
            memcmp(groups->key + (groups->slot[at].number_and_1 - 1) * groups->dims, key, bytes) ==
                0)
            break;
    return &groups->slot[at];
}

enum ddg_error ddg_groups_add(struct ddg_groups *groups, const uint32_t *key, uint32_t *cell,
                              struct ddg_context *context)
{
    uint32_t tag = (uint32_t)ddg_hash_bytes(&groups->hash, key, groups->dims * sizeof *key);
    struct ddg_numbered *slot;
    enum ddg_error error;

    if (groups->count >= groups->slots / 2 &&
        (error = ddg_slots_double(&groups->slot, &groups->slots, context)))
        return error;
    slot = find_slot(groups, key, tag);
    if (!slot->number_and_1) {
        size_t used = groups->count * groups->dims;

        if (groups->count == cells_most)
            return ddg_fail(context, DDG_LIMIT, "more than %lu cells", (unsigned long)cells_most);
        error =
            ddg_grow(&groups->key, &groups->capacity, used + groups->dims, sizeof *key, context);
        if (error)
            return error;
        memcpy(groups->key + used, key, groups->dims * sizeof *key);
        *slot = (struct ddg_numbered){++groups->count, tag};
    }
    *cell = slot->number_and_1 - 1;
    return DDG_OK;
}

void ddg_groups_free(struct ddg_groups *groups)
{
    free(groups->key);
    free(groups->slot);
    *groups = (struct ddg_groups){0};
}
