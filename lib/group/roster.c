#include "group/roster.h"

#include "base/pages.h"

#include <assert.h>

/* Sets of the slots so far ahead are asked for while persons are read. */
enum { FIRST_SLOTS = 1024, AHEAD = 16 };

/* Set in `more` where the identifier is not short: then the words are its hash, and where it is. */
#define LONG (UINT32_C(1) << 31)

struct ddg_roster_slot {
    struct ddg_words words;
    uint32_t cell_and_1; /* 0 where the slot is free */
    uint32_t more;       /* the set of the other cells, and LONG */
};

/* How an identifier that is not short is kept. */
struct kept {
    size_t length;
    char bytes[];
};

struct lookup {
    struct ddg_words words;
    uint64_t hash;
};

enum ddg_error ddg_roster_init(struct ddg_roster *roster, struct ddg_hash_key key,
                               struct ddg_context *context)
{
    *roster = (struct ddg_roster){.mask = FIRST_SLOTS - 1, .key = key};
    ddg_cell_sets_init(&roster->more);
    return ddg_pages_new(&roster->slot, FIRST_SLOTS * sizeof *roster->slot, context);
}

static bool is_short(struct ddg_text identifier)
{
    return identifier.length <= DDG_SHORT_TEXT_MOST;
}

static const struct kept *kept_of(struct ddg_words words)
{
    return (const struct kept *)(uintptr_t)words.high;
}

static uint64_t hash_of(const struct ddg_roster *roster, const struct ddg_roster_slot *slot)
{
    if (slot->more & LONG)
        return slot->words.low;
    return ddg_hash_pair(&roster->key, slot->words.low, slot->words.high);
}

/* A slot can lie on two lines of the cache, and so can it and the next one. */
static void fetch_slot(const struct ddg_roster_slot *slot)
{
    __builtin_prefetch(slot, 1);
    __builtin_prefetch(slot + 1, 1);
}

static struct lookup begin(const struct ddg_roster *roster, struct ddg_text identifier)
{
    struct lookup lookup;

    if (is_short(identifier)) {
        lookup.words = ddg_words_padded(identifier.at, identifier.length);
        lookup.hash = ddg_hash_pair(&roster->key, lookup.words.low, lookup.words.high);
    } else {
        lookup.hash = ddg_hash_long(&roster->key, identifier.at, identifier.length);
        lookup.words = (struct ddg_words){lookup.hash, 0};
    }
    fetch_slot(&roster->slot[lookup.hash & roster->mask]);
    return lookup;
}

static bool is_of(const struct ddg_roster_slot *slot, const struct lookup *lookup,
                  struct ddg_text identifier)
{
    if (slot->words.low != lookup->words.low)
        return false;
    if (is_short(identifier))
        return slot->words.high == lookup->words.high && !(slot->more & LONG);
    return (slot->more & LONG) && kept_of(slot->words)->length == identifier.length &&
           memcmp(kept_of(slot->words)->bytes, identifier.at, identifier.length) == 0;
}

static enum ddg_error keep(struct ddg_roster *roster, struct ddg_text identifier,
                           struct ddg_words *words, struct ddg_context *context)
{
    struct kept *kept =
        ddg_arena_allocate(&roster->identifiers, sizeof *kept + identifier.length, context);

    if (!kept)
        return DDG_MEMORY;
    kept->length = identifier.length;
    memcpy(kept->bytes, identifier.at, identifier.length);
    words->high = (uint64_t)(uintptr_t)kept;
    roster->identifier_bytes += sizeof *kept + identifier.length + DDG_SHORT_TEXT_MOST;
    return DDG_OK;
}

/* The slot of the person, or the free one where she would stand. */
static struct ddg_roster_slot *find(const struct ddg_roster *roster, const struct lookup *lookup,
                                    struct ddg_text identifier)
{
    size_t at = lookup->hash & roster->mask;

    while (roster->slot[at].cell_and_1 && !is_of(&roster->slot[at], lookup, identifier))
        at = (at + 1) & roster->mask;
    return &roster->slot[at];
}

static enum ddg_error enter(struct ddg_roster *roster, struct ddg_roster_slot *slot,
                            const struct lookup *lookup, struct ddg_text identifier, uint32_t cell,
                            struct ddg_context *context)
{
    slot->words = lookup->words;
    if (!is_short(identifier)) {
        enum ddg_error error = keep(roster, identifier, &slot->words, context);

        if (error)
            return error;
        slot->more = LONG;
    }
    slot->cell_and_1 = cell + 1;
    roster->count++;
    return DDG_OK;
}

static enum ddg_error add_more(struct ddg_roster *roster, struct ddg_roster_slot *slot,
                               uint32_t cell, struct ddg_context *context)
{
    uint32_t set = slot->more & ~LONG;
    enum ddg_error error = ddg_cell_sets_add(&roster->more, &set, cell, context);

    slot->more = (slot->more & LONG) | set;
    return error;
}

enum ddg_error ddg_roster_add(struct ddg_roster *roster, const struct ddg_text *identifier,
                              size_t stride, const uint32_t *cell, size_t count,
                              struct ddg_context *context)
{
    struct {
        struct ddg_roster_slot *slot;
        uint32_t cell;
    } more[DDG_ROSTER_BATCH];
    struct lookup lookup[DDG_ROSTER_BATCH];
    size_t waiting = 0;
    enum ddg_error error;

    assert(count <= DDG_ROSTER_BATCH);
    for (size_t i = 0; i < count; i++)
        lookup[i] = begin(roster, identifier[i * stride]);
    for (size_t i = 0; i < count; i++) {
        const struct ddg_roster_slot *first = &roster->slot[lookup[i].hash & roster->mask];

        if (!is_short(identifier[i * stride]) && (first->more & LONG))
            __builtin_prefetch(kept_of(first->words));
    }
    for (size_t i = 0; i < count; i++) {
        struct ddg_roster_slot *slot = find(roster, &lookup[i], identifier[i * stride]);

        if (!slot->cell_and_1) {
            error = enter(roster, slot, &lookup[i], identifier[i * stride], cell[i], context);
            if (error)
                return error;
        } else if (slot->cell_and_1 != cell[i] + 1) {
            more[waiting].slot = slot;
            more[waiting++].cell = cell[i];
            ddg_cell_sets_fetch(&roster->more, slot->more & ~LONG);
        }
    }
    for (size_t i = 0; i < waiting; i++)
        if ((error = add_more(roster, more[i].slot, more[i].cell, context)))
            return error;
    return DDG_OK;
}

/* Slots for so many persons more: seven tenths full at most. */
static size_t slots_for(const struct ddg_roster *roster, size_t more)
{
    size_t slots = roster->mask + 1;

    while (roster->count + more > slots / 10 * 7)
        slots *= 2;
    return slots;
}

size_t ddg_roster_bytes(const struct ddg_roster *roster, size_t more)
{
    size_t slots = slots_for(roster, more),
           moving = slots > roster->mask + 1 ? roster->mask + 1 : 0;

    return (slots + moving) * sizeof *roster->slot + roster->more.room * sizeof *roster->more.word +
           roster->identifier_bytes;
}

enum ddg_error ddg_roster_make_room(struct ddg_roster *roster, size_t more,
                                    struct ddg_context *context)
{
    size_t before = roster->mask + 1, slots = slots_for(roster, more);
    struct ddg_roster_slot *old = roster->slot, *fresh;
    enum ddg_error error;

    if (slots == before)
        return DDG_OK;
    if ((error = ddg_pages_new(&fresh, slots * sizeof *fresh, context)))
        return error;
    roster->slot = fresh;
    roster->mask = slots - 1;
    for (size_t i = 0; i < before; i++) {
        size_t at;

        if (!old[i].cell_and_1)
            continue;
        at = hash_of(roster, &old[i]) & roster->mask;
        while (fresh[at].cell_and_1)
            at = (at + 1) & roster->mask;
        fresh[at] = old[i];
    }
    ddg_pages_free(old, before * sizeof *old);
    return DDG_OK;
}

bool ddg_roster_next(const struct ddg_roster *roster, size_t *at, struct ddg_roster_person *person)
{
    const struct ddg_roster_slot *slot;

    while (*at <= roster->mask && !roster->slot[*at].cell_and_1)
        ++*at;
    if (*at > roster->mask)
        return false;
    slot = &roster->slot[(*at)++];
    if (*at + AHEAD <= roster->mask)
        ddg_cell_sets_fetch(&roster->more, roster->slot[*at + AHEAD].more & ~LONG);
    if (slot->more & LONG) {
        person->identifier =
            (struct ddg_text){kept_of(slot->words)->bytes, kept_of(slot->words)->length};
    } else {
        memcpy(person->room, &slot->words, sizeof person->room);
        person->identifier =
            (struct ddg_text){person->room, strnlen(person->room, sizeof person->room)};
    }
    person->hash = hash_of(roster, slot);
    person->cell = slot->cell_and_1 - 1;
    person->set = slot->more & ~LONG;
    person->cells = 1 + ddg_cell_sets_count(&roster->more, person->set);
    return true;
}

void ddg_roster_clear(struct ddg_roster *roster)
{
    memset(roster->slot, 0, (roster->mask + 1) * sizeof *roster->slot);
    ddg_cell_sets_clear(&roster->more);
    ddg_arena_free(&roster->identifiers);
    roster->identifier_bytes = 0;
    roster->count = 0;
}

void ddg_roster_free(struct ddg_roster *roster)
{
    if (roster->slot)
        ddg_pages_free(roster->slot, (roster->mask + 1) * sizeof *roster->slot);
    ddg_cell_sets_free(&roster->more);
    ddg_arena_free(&roster->identifiers);
    *roster = (struct ddg_roster){0};
}
