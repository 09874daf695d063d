#include "group/persons.h"

#include <assert.h>
#include <stdlib.h>

enum { FIRST_SLOTS = 1024, BATCH = 64 };

/* A pair whose person is not looked up yet. */
struct ddg_pending {
    size_t start, length; /* of the identifier in the batch's bytes */
    uint32_t hash;        /* of the identifier */
    uint32_t cell;
    uint64_t pair; /* once the person is known */
};

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

static size_t first_slot(const struct ddg_persons *persons, uint64_t pair)
{
    return ddg_hash_word(&persons->hash, pair) & (persons->slots - 1);
}

/* True when the pair is new. */
static bool insert(struct ddg_persons *persons, uint64_t pair)
{
    size_t at = first_slot(persons, pair);
    bool fresh;

    while (persons->slot[at] != 0 && persons->slot[at] != pair)
        at = (at + 1) & (persons->slots - 1);
    fresh = persons->slot[at] == 0;
    persons->slot[at] = pair;
    return fresh;
}

static enum ddg_error make_slots(struct ddg_persons *persons, struct ddg_context *context)
{
    size_t old_slots = persons->slots, slots = old_slots ? old_slots * 2 : FIRST_SLOTS;
    uint64_t *old = persons->slot, *slot;
    enum ddg_error error = ddg_allocate(&slot, slots, sizeof *slot, context);

    if (error)
        return error;
    persons->slot = slot;
    persons->slots = slots;
    for (size_t i = 0; i < old_slots; i++)
        if (old[i])
            insert(persons, old[i]);
    free(old);
    return DDG_OK;
}

static struct ddg_text identifier_of(const struct ddg_persons *persons,
                                     const struct ddg_pending *pending)
{
    return (struct ddg_text){persons->bytes + pending->start, pending->length};
}

/* Looks up the persons of the batch and adds its pairs. */
static enum ddg_error flush(struct ddg_persons *persons, struct ddg_context *context)
{
    struct ddg_pending *pending = persons->pending;
    size_t count = persons->pending_count;
    enum ddg_error error;
    uint32_t person;

    persons->pending_count = persons->bytes_used = 0;
    /* three quarters full at most, also after this batch */
    if (persons->pairs + count > persons->slots / 4 * 3 && (error = make_slots(persons, context)))
        return error;
    for (size_t i = 0; i < count; i++)
        ddg_names_fetch_text(&persons->name, pending[i].hash);
    for (size_t i = 0; i < count; i++)
        ddg_names_fetch_bytes(&persons->name, pending[i].hash);
    for (size_t i = 0; i < count; i++) {
        error = ddg_names_add_hashed(&persons->name, identifier_of(persons, &pending[i]),
                                     pending[i].hash, &person, context);
        if (error)
            return error;
        pending[i].pair = make_pair(person, pending[i].cell);
        __builtin_prefetch(&persons->slot[first_slot(persons, pending[i].pair)], 1);
    }
    for (size_t i = 0; i < count; i++)
        persons->pairs += insert(persons, pending[i].pair);
    return DDG_OK;
}

enum ddg_error ddg_persons_add(struct ddg_persons *persons, struct ddg_text identifier,
                               uint32_t cell, struct ddg_context *context)
{
    struct ddg_pending *pending;
    enum ddg_error error;

    assert(!persons->start);
    if (!persons->pending &&
        (error = ddg_allocate(&persons->pending, BATCH, sizeof *persons->pending, context)))
        return error;
    error = ddg_grow(&persons->bytes, &persons->bytes_room, persons->bytes_used + identifier.length,
                     1, context);
    if (error)
        return error;
    pending = &persons->pending[persons->pending_count++];
    *pending = (struct ddg_pending){persons->bytes_used, identifier.length,
                                    ddg_names_hash(&persons->name, identifier), cell, 0};
    ddg_names_fetch_slot(&persons->name, pending->hash);
    if (identifier.length > 0)
        memcpy(persons->bytes + persons->bytes_used, identifier.at, identifier.length);
    persons->bytes_used += identifier.length;
    return persons->pending_count < BATCH ? DDG_OK : flush(persons, context);
}

enum ddg_error ddg_persons_sort(struct ddg_persons *persons, struct ddg_context *context)
{
    size_t *start, sum = 0;
    enum ddg_error error;

    if ((error = flush(persons, context)) ||
        (error = ddg_allocate(&persons->cell, persons->pairs, sizeof *persons->cell, context)) ||
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

struct ddg_text ddg_persons_identifier(const struct ddg_persons *persons)
{
    assert(persons->start && persons->next > 0);
    return persons->name.text[persons->next - 1];
}

void ddg_persons_free(struct ddg_persons *persons)
{
    ddg_names_free(&persons->name);
    free(persons->pending);
    free(persons->bytes);
    free(persons->slot);
    free(persons->cell);
    free(persons->start);
    *persons = (struct ddg_persons){0};
}
