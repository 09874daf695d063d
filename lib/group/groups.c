#include "group/groups.h"

#include <stdlib.h>

/* Keeps the slots' number within what a tag can address. */
static const uint32_t cells_most = UINT32_C(1) << 31;

/* A map of 16 MB, most of which is never touched where few combinations occur. */
static const size_t places_most = (size_t)1 << 22;

enum { FIRST_SIZE = 2 };

enum ddg_error ddg_groups_init(struct ddg_groups *groups, size_t dims, struct ddg_context *context)
{
    enum ddg_error error;

    *groups = (struct ddg_groups){.dims = dims, .hash = ddg_hash_key_new()};
    if ((error = ddg_allocate(&groups->size, dims, sizeof *groups->size, context)) ||
        (error = ddg_allocate(&groups->weight, dims, sizeof *groups->weight, context)))
        return error;
    groups->places = 1;
    return ddg_allocate(&groups->map, groups->places, sizeof *groups->map, context);
}

/* DDG_ALL_LABELS has the first place of its dimension, code 0 the second, and so on. */
static size_t place_of(const struct ddg_groups *groups, const uint32_t *key)
{
    size_t place = 0;

    for (size_t i = 0; i < groups->dims; i++)
        place += (size_t)(key[i] + 1) * groups->weight[i];
    return place;
}

static uint64_t hash_of(const struct ddg_groups *groups, const uint32_t *key)
{
    uint64_t hash = 0;

    for (size_t i = 0; i + 1 < groups->dims; i += 2)
        hash = ddg_hash_pair(&groups->hash, hash ^ key[i], key[i + 1]);
    return groups->dims % 2 ? ddg_hash_pair(&groups->hash, hash ^ key[groups->dims - 1], 0) : hash;
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

/* From the map to the hash table. */
static enum ddg_error hash_all(struct ddg_groups *groups, struct ddg_context *context)
{
    for (uint32_t cell = 0; cell < groups->count; cell++) {
        const uint32_t *key = groups->key + cell * groups->dims;
        uint32_t tag = (uint32_t)hash_of(groups, key);
        enum ddg_error error;

        if (cell >= groups->slots / 2 &&
            (error = ddg_slots_double(&groups->slot, &groups->slots, context)))
            return error;
        *find_slot(groups, key, tag) = (struct ddg_numbered){cell + 1, tag};
    }
    free(groups->map);
    groups->map = NULL;
    return DDG_OK;
}

/* Makes the dimensions large enough for codes up to most[dimension], and the map anew; or a hash
 * table, where the map would be too large. */
static enum ddg_error lay(struct ddg_groups *groups, const uint32_t *most,
                          struct ddg_context *context)
{
    size_t places = 1;
    uint32_t *map;
    enum ddg_error error;

    for (size_t i = groups->dims; i-- > 0;) {
        uint64_t need = (uint64_t)(uint32_t)(most[i] + 1) + 1, size = groups->size[i];

        if (need > size)
            size = size + size / 2 > need ? size + size / 2 : need;
        if (size < FIRST_SIZE)
            size = FIRST_SIZE;
        if (size > places_most / places)
            return hash_all(groups, context);
        groups->size[i] = (uint32_t)size;
        groups->weight[i] = (uint32_t)places;
        places *= size;
    }
    if ((error = ddg_allocate(&map, places, sizeof *map, context)))
        return error;
    free(groups->map);
    groups->map = map;
    groups->places = places;
    for (uint32_t cell = 0; cell < groups->count; cell++)
        map[place_of(groups, groups->key + cell * groups->dims)] = cell + 1;
    return DDG_OK;
}

static bool has_room(const struct ddg_groups *groups, const uint32_t *most)
{
    for (size_t i = 0; i < groups->dims; i++)
        if ((uint32_t)(most[i] + 1) >= groups->size[i])
            return false;
    return true;
}

/* Adds a cell whose key is code[0], code[step], ... */
static enum ddg_error add_cell(struct ddg_groups *groups, const uint32_t *code, size_t step,
                               struct ddg_context *context)
{
    size_t used = groups->count * groups->dims;
    enum ddg_error error;

    if (groups->count == cells_most)
        return ddg_fail(context, DDG_LIMIT, "more than %lu cells", (unsigned long)cells_most);
    error = ddg_grow(&groups->key, &groups->capacity, used + groups->dims, sizeof *code, context);
    if (error)
        return error;
    for (size_t i = 0; i < groups->dims; i++)
        groups->key[used + i] = code[i * step];
    groups->count++;
    return DDG_OK;
}

static enum ddg_error add_hashed(struct ddg_groups *groups, const uint32_t *key, uint32_t tag,
                                 uint32_t *cell, struct ddg_context *context)
{
    struct ddg_numbered *slot;
    enum ddg_error error;

    if (groups->count >= groups->slots / 2 &&
        (error = ddg_slots_double(&groups->slot, &groups->slots, context)))
        return error;
    slot = find_slot(groups, key, tag);
    if (!slot->number_and_1) {
        if ((error = add_cell(groups, key, 1, context)))
            return error;
        *slot = (struct ddg_numbered){groups->count, tag};
    }
    *cell = slot->number_and_1 - 1;
    return DDG_OK;
}

enum ddg_error ddg_groups_add(struct ddg_groups *groups, const uint32_t *key, uint32_t *cell,
                              struct ddg_context *context)
{
    uint32_t *place;
    enum ddg_error error;

    if (groups->map && !has_room(groups, key) && (error = lay(groups, key, context)))
        return error;
    if (!groups->map)
        return add_hashed(groups, key, (uint32_t)hash_of(groups, key), cell, context);
    place = &groups->map[place_of(groups, key)];
    if (!*place) {
        if ((error = add_cell(groups, key, 1, context)))
            return error;
        *place = groups->count;
    }
    *cell = *place - 1;
    return DDG_OK;
}

/* Adds to the places of `count` keys what four dimensions from `d` on make of them; those beyond
 * the last have no weight. */
static void add_places(const struct ddg_groups *groups, const uint32_t *code, size_t d,
                       size_t count, uint32_t *place)
{
    const uint32_t *at[4];
    uint32_t weight[4], all = 0;

    for (size_t i = 0; i < 4; i++) {
        at[i] = code + (d + i < groups->dims ? d + i : d) * DDG_GROUPS_BATCH;
        weight[i] = d + i < groups->dims ? groups->weight[d + i] : 0;
        all += weight[i];
    }
    for (size_t i = 0; i < count; i++)
        place[i] += at[0][i] * weight[0] + at[1][i] * weight[1] + at[2][i] * weight[2] +
                    at[3][i] * weight[3] + all;
}

static enum ddg_error find_mapped(struct ddg_groups *groups, const uint32_t *code, size_t count,
                                  uint32_t *cell, struct ddg_context *context)
{
    uint32_t place[DDG_GROUPS_BATCH];
    uint32_t *map = groups->map;

    memset(place, 0, count * sizeof *place);
    for (size_t d = 0; d < groups->dims; d += 4)
        add_places(groups, code, d, count, place);
    for (size_t i = 0; i < count; i++) {
        uint32_t known = map[place[i]];

        if (__builtin_expect(!known, 0)) {
            enum ddg_error error = add_cell(groups, code + i, DDG_GROUPS_BATCH, context);

            if (error)
                return error;
            map[place[i]] = known = groups->count;
        }
        cell[i] = known - 1;
    }
    return DDG_OK;
}

/* Asks for the slots, then for the keys that they name, and then reads them. */
static enum ddg_error find_hashed(struct ddg_groups *groups, const uint32_t *code, size_t count,
                                  uint32_t *cell, struct ddg_context *context)
{
    uint32_t tag[DDG_GROUPS_BATCH], key[64];
    size_t dims = groups->dims, mask;
    enum ddg_error error = DDG_OK;

    while (!error && groups->count + count > groups->slots / 2)
        error = ddg_slots_double(&groups->slot, &groups->slots, context);
    mask = groups->slots - 1;
    for (size_t i = 0; !error && i < count; i++) {
        for (size_t d = 0; d < dims; d++)
            key[d] = code[d * DDG_GROUPS_BATCH + i];
        tag[i] = (uint32_t)hash_of(groups, key);
        __builtin_prefetch(&groups->slot[tag[i] & mask]);
    }
    for (size_t i = 0; !error && i < count; i++) {
        uint32_t number = groups->slot[tag[i] & mask].number_and_1;

        if (number)
            __builtin_prefetch(&groups->key[(number - 1) * dims]);
    }
    for (size_t i = 0; !error && i < count; i++) {
        for (size_t d = 0; d < dims; d++)
            key[d] = code[d * DDG_GROUPS_BATCH + i];
        error = add_hashed(groups, key, tag[i], &cell[i], context);
    }
    return error;
}

enum ddg_error ddg_groups_add_all(struct ddg_groups *groups, const uint32_t *code,
                                  const uint32_t *most, size_t count, uint32_t *cell,
                                  struct ddg_context *context)
{
    enum ddg_error error;

    if (groups->map && !has_room(groups, most) && (error = lay(groups, most, context)))
        return error;
    if (groups->map)
        return find_mapped(groups, code, count, cell, context);
    return find_hashed(groups, code, count, cell, context);
}

void ddg_groups_free(struct ddg_groups *groups)
{
    free(groups->key);
    free(groups->map);
    free(groups->size);
    free(groups->weight);
    ddg_slots_free(groups->slot, groups->slots);
    *groups = (struct ddg_groups){0};
}
