/*
 * A roster: persons in memory, each with the set of the cells that she is in.
 *
 * Persons are numbered in order of arrival and stand one behind the other, so that room is made
 * without moving them; a hash table finds their numbers.  Most have a short identifier and are in a
 * few cells, so that is what an entry holds; other cells and longer identifiers stand elsewhere.
 * Looking up one among millions of persons waits for memory, so they are looked up many at a time
 * and wait once.
 */
#ifndef DDG_GROUP_ROSTER_H
#define DDG_GROUP_ROSTER_H

#include "base/short_text.h"
#include "base/slots.h"
#include "group/cell_sets.h"

/* Persons that are looked up at a time. */
enum { DDG_ROSTER_BATCH = 256 };

/* Persons that a roster has room for. */
#define DDG_ROSTER_MOST (UINT32_C(1) << 31)

struct ddg_roster {
    size_t count; /* persons: their numbers are below this */
    /* the rest is the roster's own */
    struct ddg_roster_entry *entry; /* entry[number] */
    size_t room;                    /* for entries */
    struct ddg_numbered *slot;
    size_t mask; /* slots, a power of two, less one */
    struct ddg_cell_sets more;
    uint32_t *cell; /* of the person that was read last, if she is in more than a few */
    size_t cell_room;
    struct ddg_arena identifiers;
    size_t identifier_bytes;
    struct ddg_hash_key key;
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

/* Makes room for so many persons more.  DDG_LIMIT beyond DDG_ROSTER_MOST. */
enum ddg_error ddg_roster_make_room(struct ddg_roster *roster, size_t more,
                                    struct ddg_context *context);

/* Puts the distinct cells of a person, in no order, into *cells, and how many they are into
 * *count.  Valid until the next call, and until the roster changes. */
enum ddg_error ddg_roster_cells(struct ddg_roster *roster, size_t number, const uint32_t **cells,
                                size_t *count, struct ddg_context *context);

/* The identifier of a person, a view of `room` or of the roster. */
struct ddg_text ddg_roster_identifier(const struct ddg_roster *roster, size_t number,
                                      char room[DDG_SHORT_TEXT_MOST]);

/* Its hash under the roster's key. */
uint64_t ddg_roster_hash(const struct ddg_roster *roster, size_t number);

/* Forgets everybody. */
void ddg_roster_clear(struct ddg_roster *roster);

void ddg_roster_free(struct ddg_roster *roster);

#endif
