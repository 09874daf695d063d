/*
 * What is behind a roster: how an entry holds a person.
 */
#ifndef DDG_GROUP_ROSTER_PARTS_H
#define DDG_GROUP_ROSTER_PARTS_H

#include "group/roster.h"

#include <assert.h>

/* Cells that stand in an entry. */
enum { DDG_ROSTER_FIRST = 3 };

/* Set in `more` where the identifier is not short: then the words are its hash, and where it is. */
#define DDG_ROSTER_LONG (UINT32_C(1) << 31)

struct ddg_roster_entry {
    struct ddg_words words;
    uint32_t cell[DDG_ROSTER_FIRST]; /* where they are fewer, the others repeat the first */
    uint32_t more;                   /* the set of the other cells, and DDG_ROSTER_LONG */
};

static_assert(sizeof(struct ddg_roster_entry) == 32, "an entry lies on one line of the cache");

/* How an identifier that is not short is kept. */
struct ddg_roster_kept {
    size_t length;
    char bytes[];
};

static inline const struct ddg_roster_kept *ddg_roster_kept(const struct ddg_roster_entry *entry)
{
    return (const struct ddg_roster_kept *)(uintptr_t)entry->words.high;
}

#endif
