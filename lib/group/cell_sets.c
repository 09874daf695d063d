#include "group/cell_sets.h"

#include <stdlib.h>

/*
 * A block of size s has 4 << s words.  The first is its size and the number of its cells; the
 * others are its cells, one behind the other up to ROW_SIZE, else in slots with a cell + 1 or 0.
 */
enum { SIZE_BITS = 5, SIZE_MASK = (1 << SIZE_BITS) - 1, ROW_SIZE = 2, CELLS_MOST = (1 << 27) - 1 };

void ddg_cell_sets_init(struct ddg_cell_sets *sets)
{
    *sets = (struct ddg_cell_sets){.used = 4, .key = ddg_hash_key_new().a | 1};
}

static uint32_t *block_of(const struct ddg_cell_sets *sets, uint32_t set)
{
    return sets->word + (size_t)set * 4;
}

static uint32_t words_of(uint32_t size)
{
    return UINT32_C(4) << size;
}

static enum ddg_error new_block(struct ddg_cell_sets *sets, uint32_t size, uint32_t *set,
                                struct ddg_context *context)
{
    enum ddg_error error;

    *set = sets->given_back[size];
    if (*set) {
        sets->given_back[size] = block_of(sets, *set)[1];
    } else {
        if (sets->used / 4 > DDG_SET_MOST)
            return ddg_fail(context, DDG_LIMIT, "more cells of persons than memory can name");
        error = ddg_grow(&sets->word, &sets->room, sets->used + words_of(size), sizeof *sets->word,
                         context);
        if (error)
            return error;
        *set = (uint32_t)(sets->used / 4);
        sets->used += words_of(size);
    }
    memset(block_of(sets, *set), 0, words_of(size) * sizeof *sets->word);
    *block_of(sets, *set) = size;
    return DDG_OK;
}

static void give_back(struct ddg_cell_sets *sets, uint32_t set)
{
    uint32_t *block = block_of(sets, set), size = block[0] & SIZE_MASK;

    block[1] = sets->given_back[size];
    sets->given_back[size] = set;
}

/* Where the cell stands, or where it would: a word that is 0, or NULL when the row is full. */
static uint32_t *find(const struct ddg_cell_sets *sets, uint32_t *block, uint32_t cell)
{
    uint32_t size = block[0] & SIZE_MASK, count = block[0] >> SIZE_BITS;
    uint32_t slots = words_of(size) - 1, at;

    if (size <= ROW_SIZE) {
        for (uint32_t i = 1; i <= count; i++)
            if (block[i] == cell + 1)
                return &block[i];
        return count < slots ? &block[count + 1] : NULL;
    }
    at = (uint32_t)(((cell * sets->key) >> 32) * slots >> 32);
    while (block[1 + at] != 0 && block[1 + at] != cell + 1)
        at = at + 1 < slots ? at + 1 : 0;
    return &block[1 + at];
}

static void put(uint32_t *block, uint32_t *at, uint32_t cell)
{
    *at = cell + 1;
    block[0] += 1 << SIZE_BITS;
}

/* A row is used up to its end, slots to three quarters. */
static bool is_full(const uint32_t *block)
{
    uint32_t size = block[0] & SIZE_MASK, count = block[0] >> SIZE_BITS;

    return count >= (size <= ROW_SIZE ? words_of(size) - 1 : words_of(size) / 4 * 3);
}

static enum ddg_error widen(struct ddg_cell_sets *sets, uint32_t *set, struct ddg_context *context)
{
    uint32_t size = *block_of(sets, *set) & SIZE_MASK, wider, *from, *to;
    enum ddg_error error;

    if (*block_of(sets, *set) >> SIZE_BITS > CELLS_MOST / 4 * 3)
        return ddg_fail(context, DDG_LIMIT, "a person in more than %d cells", CELLS_MOST / 4 * 3);
    if ((error = new_block(sets, size + 1, &wider, context)))
        return error;
    from = block_of(sets, *set);
    to = block_of(sets, wider);
    for (uint32_t i = 1; i < words_of(size); i++)
        if (from[i])
            put(to, find(sets, to, from[i] - 1), from[i] - 1);
    give_back(sets, *set);
    *set = wider;
    return DDG_OK;
}

enum ddg_error ddg_cell_sets_add(struct ddg_cell_sets *sets, uint32_t *set, uint32_t cell,
                                 struct ddg_context *context)
{
    uint32_t *block, *at;
    enum ddg_error error;

    if (*set == DDG_NO_SET && (error = new_block(sets, 0, set, context)))
        return error;
    block = block_of(sets, *set);
    at = find(sets, block, cell);
    if (at && *at)
        return DDG_OK;
    if (is_full(block)) {
        if ((error = widen(sets, set, context)))
            return error;
        block = block_of(sets, *set);
        at = find(sets, block, cell);
    }
    put(block, at, cell);
    return DDG_OK;
}

size_t ddg_cell_sets_count(const struct ddg_cell_sets *sets, uint32_t set)
{
    return set == DDG_NO_SET ? 0 : *block_of(sets, set) >> SIZE_BITS;
}

void ddg_cell_sets_copy(const struct ddg_cell_sets *sets, uint32_t set, uint32_t *cell)
{
    const uint32_t *block = block_of(sets, set);

    if (set == DDG_NO_SET)
        return;
    for (uint32_t i = 1; i < words_of(block[0] & SIZE_MASK); i++)
        if (block[i])
            *cell++ = block[i] - 1;
}

void ddg_cell_sets_clear(struct ddg_cell_sets *sets)
{
    uint64_t key = sets->key;

    free(sets->word);
    *sets = (struct ddg_cell_sets){.used = 4, .key = key};
}

void ddg_cell_sets_free(struct ddg_cell_sets *sets)
{
    free(sets->word);
    *sets = (struct ddg_cell_sets){0};
}
