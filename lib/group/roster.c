#include "group/roster.h"

#include "base/pages.h"

#include <assert.h>
#include <stdlib.h>

/* Sets of the persons so far ahead are asked for while persons are read. */
enum { FIRST_SLOTS = 1024, FIRST_CELLS = 3, STEP = 32, AHEAD = 16 };

/* Set in `more` where the identifier is not short: then the words are its hash, and where it is. */
#define LONG (UINT32_C(1) << 31)

struct ddg_roster_entry {
    struct ddg_words words;
    uint32_t cell[FIRST_CELLS]; /* where they are fewer, the others repeat the first */
    uint32_t more;              /* the set of the other cells, and LONG */
};

static_assert(sizeof(struct ddg_roster_entry) == 32, "an entry lies on one line of the cache");

/* How an identifier that is not short is kept. */
struct kept {
    size_t length;
    char bytes[];
};

struct lookup {
    struct ddg_words words;
    uint32_t tag;
    size_t at; /* the slot where it goes on */
};

enum ddg_error ddg_roster_init(struct ddg_roster *roster, struct ddg_hash_key key,
                               struct ddg_context *context)
{
    enum ddg_error error;

    *roster = (struct ddg_roster){.mask = FIRST_SLOTS - 1, .room = FIRST_SLOTS / 2, .key = key};
    ddg_cell_sets_init(&roster->more);
    error = ddg_pages_new(&roster->slot, FIRST_SLOTS * sizeof *roster->slot, context);
    return error ? error
                 : ddg_pages_new(&roster->entry, roster->room * sizeof *roster->entry, context);
}

static bool is_short(struct ddg_text identifier)
{
    return identifier.length <= DDG_SHORT_TEXT_MOST;
}

static const struct kept *kept_of(const struct ddg_roster_entry *entry)
{
    return (const struct kept *)(uintptr_t)entry->words.high;
}

static struct lookup begin(const struct ddg_roster *roster, struct ddg_text identifier)
{
    struct lookup lookup;
    uint64_t hash;

    if (is_short(identifier)) {
        lookup.words = ddg_words_padded(identifier.at, identifier.length);
        hash = ddg_hash_pair(&roster->key, lookup.words.low, lookup.words.high);
    } else {
        hash = ddg_hash_long(&roster->key, identifier.at, identifier.length);
        lookup.words = (struct ddg_words){hash, 0};
    }
    lookup.tag = (uint32_t)hash;
    lookup.at = lookup.tag & roster->mask;
    __builtin_prefetch(&roster->slot[lookup.at], 1);
    return lookup;
}

/* Goes to the next slot that has the tag, and gives its number + 1, or to a free one: 0. */
static uint32_t seek(const struct ddg_roster *roster, struct lookup *lookup)
{
    const struct ddg_numbered *slot = roster->slot;
    size_t at = lookup->at;

    while (slot[at].number_and_1 && slot[at].tag != lookup->tag)
        at = (at + 1) & roster->mask;
    lookup->at = at;
    return slot[at].number_and_1;
}

static bool is_of(const struct ddg_roster_entry *entry, const struct lookup *lookup,
                  struct ddg_text identifier)
{
    if (entry->words.low != lookup->words.low)
        return false;
    if (is_short(identifier))
        return entry->words.high == lookup->words.high && !(entry->more & LONG);
    return (entry->more & LONG) && kept_of(entry)->length == identifier.length &&
           memcmp(kept_of(entry)->bytes, identifier.at, identifier.length) == 0;
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

/* Enters a person where the lookup has come to. */
static enum ddg_error enter(struct ddg_roster *roster, const struct lookup *lookup,
                            struct ddg_text identifier, uint32_t cell, struct ddg_context *context)
{
    struct ddg_roster_entry *entry = &roster->entry[roster->count];

    *entry = (struct ddg_roster_entry){lookup->words, {cell, cell, cell}, 0};
    if (!is_short(identifier)) {
        enum ddg_error error = keep(roster, identifier, &entry->words, context);

        if (error)
            return error;
        entry->more = LONG;
    }
    roster->slot[lookup->at] = (struct ddg_numbered){(uint32_t)++roster->count, lookup->tag};
    return DDG_OK;
}

/* Puts the cell into the entry; false where it is another one and the entry is full.  Which of
 * these it is nobody can foretell, so there is no branch. */
static bool put(struct ddg_roster_entry *entry, uint32_t cell)
{
    uint32_t first = entry->cell[0], second = entry->cell[1], third = entry->cell[2];
    bool known = (cell == first) | (cell == second) | (cell == third);
    bool full = third != first;
    uint32_t *next = &entry->cell[1 + (second != first)];
    uint32_t left = 0 - (uint32_t)(known | full); /* all bits or none */

    *next = (*next & left) | (cell & ~left);
    return known | !full;
}

static enum ddg_error add_more(struct ddg_roster *roster, struct ddg_roster_entry *entry,
                               uint32_t cell, struct ddg_context *context)
{
    uint32_t set = entry->more & ~LONG;
    enum ddg_error error = ddg_cell_sets_add(&roster->more, &set, cell, context);

    entry->more = (entry->more & LONG) | set;
    return error;
}

/* Persons that are added at a time, and what is known of each. */
struct adding {
    const struct ddg_text *identifier;
    size_t stride;
    const uint32_t *cell;
    struct lookup lookup[DDG_ROSTER_BATCH];
    struct {
        struct ddg_roster_entry *entry;
        uint32_t cell;
    } waiting[DDG_ROSTER_BATCH]; /* whose entries are full */
    size_t waiting_count;
};

static void begin_some(const struct ddg_roster *roster, struct adding *adding, size_t from,
                       size_t end)
{
    for (size_t i = from; i < end; i++)
        adding->lookup[i] = begin(roster, adding->identifier[i * adding->stride]);
}

static void fetch_some(const struct ddg_roster *roster, struct adding *adding, size_t from,
                       size_t end)
{
    for (size_t i = from; i < end; i++) {
        uint32_t number_and_1 = seek(roster, &adding->lookup[i]);

        __builtin_prefetch(&roster->entry[number_and_1 - (number_and_1 != 0)], 1);
    }
}

static enum ddg_error add_some(struct ddg_roster *roster, struct adding *adding, size_t from,
                               size_t end, struct ddg_context *context)
{
    for (size_t i = from; i < end; i++) {
        struct ddg_text person = adding->identifier[i * adding->stride];
        struct lookup *lookup = &adding->lookup[i];
        struct ddg_roster_entry *entry;
        uint32_t number_and_1;

        while ((number_and_1 = seek(roster, lookup)) &&
               !is_of(&roster->entry[number_and_1 - 1], lookup, person))
            lookup->at = (lookup->at + 1) & roster->mask;
        if (!number_and_1) {
            enum ddg_error error = enter(roster, lookup, person, adding->cell[i], context);

            if (error)
                return error;
            continue;
        }
        entry = &roster->entry[number_and_1 - 1];
        adding->waiting[adding->waiting_count].entry = entry;
        adding->waiting[adding->waiting_count].cell = adding->cell[i];
        adding->waiting_count += !put(entry, adding->cell[i]);
    }
    return DDG_OK;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

enum ddg_error ddg_roster_add(struct ddg_roster *roster, const struct ddg_text *identifier,
                              size_t stride, const uint32_t *cell, size_t count,
                              struct ddg_context *context)
{
    struct adding adding;
    enum ddg_error error = DDG_OK;

    assert(count <= DDG_ROSTER_BATCH && roster->count + count <= roster->room);
    adding.identifier = identifier;
    adding.stride = stride;
    adding.cell = cell;
    adding.waiting_count = 0;
    /* each step asks for what the next one reads, while others are at other steps */
    for (size_t i = 0; !error && i < count + 2 * STEP; i += STEP) {
        begin_some(roster, &adding, least(i, count), least(i + STEP, count));
        if (i >= STEP)
            fetch_some(roster, &adding, least(i - STEP, count), least(i, count));
        if (i >= 2 * STEP)
            error = add_some(roster, &adding, i - 2 * STEP, least(i - STEP, count), context);
    }
    for (size_t i = 0; i < adding.waiting_count; i++)
        ddg_cell_sets_fetch(&roster->more, adding.waiting[i].entry->more & ~LONG);
    for (size_t i = 0; !error && i < adding.waiting_count; i++)
        error = add_more(roster, adding.waiting[i].entry, adding.waiting[i].cell, context);
    return error;
}

/* Slots for so many persons more: three quarters full at most. */
static size_t slots_for(const struct ddg_roster *roster, size_t more)
{
    size_t slots = roster->mask + 1;

    while (roster->count + more > slots / 4 * 3)
        slots *= 2;
    return slots;
}

size_t ddg_roster_bytes(const struct ddg_roster *roster, size_t more)
{
    size_t slots = slots_for(roster, more),
           moving = slots > roster->mask + 1 ? roster->mask + 1 : 0;

    return (slots + moving) * sizeof *roster->slot +
           (roster->count + more) * sizeof *roster->entry +
           roster->more.room * sizeof *roster->more.word + roster->identifier_bytes;
}

static enum ddg_error make_slots(struct ddg_roster *roster, size_t slots,
                                 struct ddg_context *context)
{
    size_t before = roster->mask + 1;
    struct ddg_numbered *old = roster->slot, *fresh;
    enum ddg_error error = ddg_pages_new(&fresh, slots * sizeof *fresh, context);

    if (error)
        return error;
    roster->slot = fresh;
    roster->mask = slots - 1;
    for (size_t i = 0; i < before; i++) {
        size_t at = old[i].tag & roster->mask;

        if (!old[i].number_and_1)
            continue;
        while (fresh[at].number_and_1)
            at = (at + 1) & roster->mask;
        fresh[at] = old[i];
    }
    ddg_pages_free(old, before * sizeof *old);
    return DDG_OK;
}

enum ddg_error ddg_roster_make_room(struct ddg_roster *roster, size_t more,
                                    struct ddg_context *context)
{
    size_t slots = slots_for(roster, more), room = roster->room;
    enum ddg_error error;

    if (roster->count + more > DDG_ROSTER_MOST)
        return ddg_fail(context, DDG_LIMIT, "more persons in memory than it can number");
    if (slots > roster->mask + 1 && (error = make_slots(roster, slots, context)))
        return error;
    while (room < roster->count + more)
        room *= 2;
    if (room > roster->room &&
        (error = ddg_pages_grow(&roster->entry, roster->room * sizeof *roster->entry,
                                room * sizeof *roster->entry, context)))
        return error;
    roster->room = room;
    return DDG_OK;
}

/* How many of the cells stand in the entry. */
static size_t count_first(const struct ddg_roster_entry *entry)
{
    return 1 + (size_t)(entry->cell[1] != entry->cell[0]) +
           (size_t)(entry->cell[2] != entry->cell[0]);
}

enum ddg_error ddg_roster_cells(struct ddg_roster *roster, size_t number, const uint32_t **cells,
                                size_t *count, struct ddg_context *context)
{
    const struct ddg_roster_entry *entry = &roster->entry[number];
    uint32_t set = entry->more & ~LONG;
    enum ddg_error error;

    if (number + AHEAD < roster->count)
        ddg_cell_sets_fetch(&roster->more, entry[AHEAD].more & ~LONG);
    *cells = entry->cell;
    *count = count_first(entry);
    if (set == DDG_NO_SET)
        return DDG_OK;
    *count += ddg_cell_sets_count(&roster->more, set);
    error = ddg_grow(&roster->cell, &roster->cell_room, *count, sizeof *roster->cell, context);
    if (error)
        return error;
    memcpy(roster->cell, entry->cell, sizeof entry->cell);
    ddg_cell_sets_copy(&roster->more, set, roster->cell + FIRST_CELLS);
    *cells = roster->cell;
    return DDG_OK;
}

struct ddg_text ddg_roster_identifier(const struct ddg_roster *roster, size_t number,
                                      char room[DDG_SHORT_TEXT_MOST])
{
    const struct ddg_roster_entry *entry = &roster->entry[number];

    if (entry->more & LONG)
        return (struct ddg_text){kept_of(entry)->bytes, kept_of(entry)->length};
    memcpy(room, &entry->words, sizeof entry->words);
    return (struct ddg_text){room, strnlen(room, sizeof entry->words)};
}

uint64_t ddg_roster_hash(const struct ddg_roster *roster, size_t number)
{
    const struct ddg_roster_entry *entry = &roster->entry[number];

    if (entry->more & LONG)
        return entry->words.low;
    return ddg_hash_pair(&roster->key, entry->words.low, entry->words.high);
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
    if (roster->entry)
        ddg_pages_free(roster->entry, roster->room * sizeof *roster->entry);
    free(roster->cell);
    ddg_cell_sets_free(&roster->more);
    ddg_arena_free(&roster->identifiers);
    *roster = (struct ddg_roster){0};
}
