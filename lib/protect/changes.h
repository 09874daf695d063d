/*
 * Changes: which cells of something changed lately, so that what others computed of all cells can
 * be brought up to date by computing it anew for these.
 */
#ifndef DDG_PROTECT_CHANGES_H
#define DDG_PROTECT_CHANGES_H

#include <stdbool.h>
#include <stdint.h>

enum { DDG_CHANGES_KEPT = 1024 };

/* Zero at first. */
struct ddg_changes {
    uint64_t count;                  /* how many there were so far */
    uint32_t cell[DDG_CHANGES_KEPT]; /* number i is at i % DDG_CHANGES_KEPT, while it is kept */
};

static inline void ddg_changes_add(struct ddg_changes *changes, uint32_t cell)
{
    changes->cell[changes->count++ % DDG_CHANGES_KEPT] = cell;
}

/* Any cell may have changed. */
static inline void ddg_changes_add_all(struct ddg_changes *changes)
{
    changes->count += DDG_CHANGES_KEPT + 1;
}

/* True when all changes since there were `seen` of them are kept. */
static inline bool ddg_changes_are_kept(const struct ddg_changes *changes, uint64_t seen)
{
    return changes->count - seen <= DDG_CHANGES_KEPT;
}

#endif
