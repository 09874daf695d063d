#include "group/persons.h"

#include <assert.h>
#include <stdlib.h>

enum { FIRST_SLOTS = 64 };

void ddg_persons_init(struct ddg_persons *persons)
{
    *persons = (struct ddg_persons){.hash = ddg_hash_key_new()};
    ddg_names_init(&persons->name);
}

/* Never 0, which marks an empty slot. */
static uint64_t make_pair(uint32_t person, uint32_t cell)
{
    return ((uint64_t)person << 32 | cell) + 1;
}

static uint32_t person_of(uint64_t pair)
{
    return (uint32_t)((pair - 1) >> 32);
}

static uint32_t cell_of(uint64_t pair)
{
    return (uint32_t)(pair - 1);
}

/* The slot where `pair` stands, or the empty one where it would. */
static size_t find_slot(const uint64_t *slot, size_t slots, const struct ddg_hash_key *hash,
                        uint64_t pair)
{
    size_t at = ddg_hash_word(hash, pair) & (slots - 1);

    while (slot[at] != 0 && slot[at] != pair)
        at = (at + 1) & (slots - 1);
    return at;
}

static enum ddg_error make_slots(struct ddg_persons *persons, struct ddg_context *context)
{
    size_t slots = persons->slots ? persons->slots * 2 : FIRST_SLOTS;
    uint64_t *slot;
    enum ddg_error error = ddg_allocate(&slot, slots, sizeof *slot, context);

    if (error)
        return error;
    for (size_t i = 0; i < persons->slots; i++)
        if (persons->slot[i])
            slot[find_slot(slot, slots, &persons->hash, persons->slot[i])] = persons->slot[i];
    free(persons->slot);
    persons->slot = slot;
    persons->slots = slots;
    return DDG_OK;
}

enum ddg_error ddg_persons_add(struct ddg_persons *persons, struct ddg_text identifier,
                               uint32_t cell, bool *fresh, struct ddg_context *context)
{
    uint32_t person;
    enum ddg_error error = ddg_names_add(&persons->name, identifier, &person, context);
    uint64_t pair;
    size_t at;

    assert(!persons->start);
    if (error)
        return error;
    /* three quarters full at most */
    if (persons->pairs >= persons->slots / 4 * 3 && (error = make_slots(persons, context)))
        return error;
    pair = make_pair(person, cell);
    at = find_slot(persons->slot, persons->slots, &persons->hash, pair);
    *fresh = persons->slot[at] == 0;
    persons->slot[at] = pair;
    persons->pairs += *fresh;
    return DDG_OK;
}

enum ddg_error ddg_persons_sort(struct ddg_persons *persons, struct ddg_context *context)
{
    size_t *start, sum = 0;
    enum ddg_error error;

    if ((error = ddg_allocate(&persons->cell, persons->pairs, sizeof *persons->cell, context)) ||
        (error = ddg_allocate(&persons->start, (size_t)persons->name.count + 1,
                              sizeof *persons->start, context)))
        return error;
    /* counting sort: start[p] first counts the pairs of p, then is where the next one goes, which
     * leaves it at the end of p, the start of p + 1 */
    start = persons->start;
    for (size_t i = 0; i < persons->slots; i++)
        if (persons->slot[i])
            start[person_of(persons->slot[i])]++;
    for (uint32_t p = 0; p <= persons->name.count; p++) {
        size_t count = start[p];

        start[p] = sum;
        sum += count;
    }
    for (size_t i = 0; i < persons->slots; i++)
        if (persons->slot[i])
            persons->cell[start[person_of(persons->slot[i])]++] = cell_of(persons->slot[i]);
    memmove(start + 1, start, persons->name.count * sizeof *start);
    start[0] = 0;
    free(persons->slot);
    persons->slot = NULL;
    persons->slots = 0;
    return DDG_OK;
}

void ddg_persons_rewind(struct ddg_persons *persons)
{
    assert(persons->start);
    persons->next = 0;
}

bool ddg_persons_next(struct ddg_persons *persons, const uint32_t **cells, size_t *count)
{
    const size_t *start = persons->start + persons->next;

    if (persons->next == persons->name.count)
        return false;
    *cells = persons->cell + start[0];
    *count = start[1] - start[0];
    persons->next++;
    return true;
}

void ddg_persons_free(struct ddg_persons *persons)
{
    ddg_names_free(&persons->name);
    free(persons->slot);
    free(persons->cell);
    free(persons->start);
    *persons = (struct ddg_persons){0};
}
