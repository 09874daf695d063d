#include "group/roster_parts.h"

#include "base/pages.h"

#include <stdlib.h>

/* Sets of the persons so far ahead are asked for while persons are read. */
enum { FIRST_SLOTS = 1024, AHEAD = 16 };

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
    uint32_t set = entry->more & ~DDG_ROSTER_LONG;
    enum ddg_error error;

    if (number + AHEAD < roster->count)
        ddg_cell_sets_fetch(&roster->more, entry[AHEAD].more & ~DDG_ROSTER_LONG);
    *cells = entry->cell;
    *count = count_first(entry);
    if (set == DDG_NO_SET)
        return DDG_OK;
    *count += ddg_cell_sets_count(&roster->more, set);
    error = ddg_grow(&roster->cell, &roster->cell_room, *count, sizeof *roster->cell, context);
    if (error)
        return error;
    memcpy(roster->cell, entry->cell, sizeof entry->cell);
    ddg_cell_sets_copy(&roster->more, set, roster->cell + DDG_ROSTER_FIRST);
    *cells = roster->cell;
    return DDG_OK;
}

struct ddg_text ddg_roster_identifier(const struct ddg_roster *roster, size_t number,
                                      char room[DDG_SHORT_TEXT_MOST])
{
    const struct ddg_roster_entry *entry = &roster->entry[number];

    if (entry->more & DDG_ROSTER_LONG)
        return (struct ddg_text){ddg_roster_kept(entry)->bytes, ddg_roster_kept(entry)->length};
    memcpy(room, &entry->words, sizeof entry->words);
    return (struct ddg_text){room, strnlen(room, sizeof entry->words)};
}

uint64_t ddg_roster_hash(const struct ddg_roster *roster, size_t number)
{
    const struct ddg_roster_entry *entry = &roster->entry[number];

    if (entry->more & DDG_ROSTER_LONG)
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
