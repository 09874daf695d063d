#include "group/roster_parts.h"

/* How many persons each step of adding is ahead of the next one. */
enum { STEP = 32 };

struct lookup {
    struct ddg_words words;
    uint32_t tag;
    size_t at; /* the slot where it goes on */
};

static bool is_short(struct ddg_text identifier)
{
    return identifier.length <= DDG_SHORT_TEXT_MOST;
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
        return entry->words.high == lookup->words.high && !(entry->more & DDG_ROSTER_LONG);
    return (entry->more & DDG_ROSTER_LONG) && ddg_roster_kept(entry)->length == identifier.length &&
           memcmp(ddg_roster_kept(entry)->bytes, identifier.at, identifier.length) == 0;
}

static enum ddg_error keep(struct ddg_roster *roster, struct ddg_text identifier,
                           struct ddg_words *words, struct ddg_context *context)
{
    struct ddg_roster_kept *kept =
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
        entry->more = DDG_ROSTER_LONG;
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
    uint32_t set = entry->more & ~DDG_ROSTER_LONG;
    enum ddg_error error = ddg_cell_sets_add(&roster->more, &set, cell, context);

    entry->more = (entry->more & DDG_ROSTER_LONG) | set;
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
        ddg_cell_sets_fetch(&roster->more, adding.waiting[i].entry->more & ~DDG_ROSTER_LONG);
    for (size_t i = 0; !error && i < adding.waiting_count; i++)
        error = add_more(roster, adding.waiting[i].entry, adding.waiting[i].cell, context);
    return error;
}
