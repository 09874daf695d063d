/*
 * A roster: persons in memory, each with the set of the cells that she is in.
 *
 * Most persons have a short identifier and are in one cell, so that is what a slot of the hash
 * table holds; other cells and longer identifiers stand elsewhere.  Looking up one among millions
 * of persons waits for memory, so they are looked up many at a time and wait once.
 */
#ifndef DDG_GROUP_ROSTER_H
#define DDG_GROUP_ROSTER_H

#include "base/short_text.h"
#include "group/cell_sets.h"

/* Persons that are looked up at a time. */
enum { DDG_ROSTER_BATCH = 256 };

struct ddg_roster {
    size_t count; /* persons */
    /* the rest is the roster's own */
    struct ddg_roster_slot *slot;
    size_t mask; /* slots, a power of two, less one */
    struct ddg_cell_sets more;
    struct ddg_arena identifiers;
    size_t identifier_bytes;
    struct ddg_hash_key key;
};

/* What is in a slot. */
struct ddg_roster_person {
    char room[DDG_SHORT_TEXT_MOST]; /* a short identifier, which the text is a view of */
    struct ddg_text identifier;
    uint64_t hash;
    size_t cells;  /* how many there are */
    uint32_t cell; /* one of them */
    uint32_t set;  /* the others, in roster->more */
};

/* Rosters with equal keys have equal hashes.  Free with ddg_roster_free(), also after an error. */
enum ddg_error ddg_roster_init(struct ddg_roster *roster, struct ddg_hash_key key,
                               struct ddg_context *context);

/* Notes that the person with identifier[i * stride] is in cell[i], for each i below `count`,
 * DDG_ROSTER_BATCH at most.  Identifiers are padded (base/short_text.h), and a short one does not
 * end in a NUL.  There has to be room. */
enum ddg_error ddg_roster_add(struct ddg_roster *roster, const struct ddg_text *identifier,
                              size_t stride, const uint32_t *cell, size_t count,
                              struct ddg_context *context);

/* Bytes that the roster takes, those included that it takes for a moment while it makes room for
 * so many persons more. */
size_t ddg_roster_bytes(const struct ddg_roster *roster, size_t more);

/* Makes room for so many persons more. */
enum ddg_error ddg_roster_make_room(struct ddg_roster *roster, size_t more,
                                    struct ddg_context *context);

/* Puts the person in the first slot from *at on that has one into *person, and *at behind it; false
 * where there is none.  What it says is valid until the roster changes. */
bool ddg_roster_next(const struct ddg_roster *roster, size_t *at, struct ddg_roster_person *person);

/* Forgets everybody. */
void ddg_roster_clear(struct ddg_roster *roster);

void ddg_roster_free(struct ddg_roster *roster);

#endif
