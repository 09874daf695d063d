/*
 * The key of random rounding, and what it makes of a cell.
 *
 * A cell is drawn for by what it is and not by where it stands: by the name of its count column, by
 * the names and labels of its dimensions, in whatever order, and by the base.  A dimension whose
 * total the cell is of is left out, so that a county in all sexes is the same cell in a table by
 * county and sex as in one by county.  So a cell is rounded in the same way in every table and
 * every run with the key; whoever gets it rounded twice learns nothing from the second time.
 */
#ifndef DDG_ROUND_KEY_H
#define DDG_ROUND_KEY_H

#include "base/keyed.h"
#include "base/memory.h"

#include <stdbool.h>

enum { DDG_KEY_FINGERPRINT_ROOM = 17 };

struct ddg_key {
    struct ddg_keyed keyed;
    char fingerprint[DDG_KEY_FINGERPRINT_ROOM]; /* tells keys apart and gives none away */
};

/* Reads a key: all bytes of a file but line ends at its end.  DDG_INPUT where it has fewer than 16
 * bytes or more than 4096, fewer than 8 different ones, or a file that others than its owner can
 * read or change.  Wipe with ddg_key_wipe(), also after an error. */
enum ddg_error ddg_key_read(struct ddg_key *key, const char *path, struct ddg_context *context);

void ddg_key_wipe(struct ddg_key *key);

/* A dimension of a cell. */
struct ddg_trait {
    struct ddg_text name, label;
    bool is_total; /* the cell is a total over it */
};

/* Brings the traits of a cell into the order in which ddg_key_draw() wants them. */
void ddg_key_sort(struct ddg_trait *traits, size_t count);

/* What a draw is made from, between draws; zero-initialise, free with free(bytes). */
struct ddg_key_room {
    unsigned char *bytes;
    size_t used, room;
};

/* Puts a number from 0 to base - 1 into *draw; without the key each is as likely as the others, to
 * within base in 2^64. */
enum ddg_error ddg_key_draw(const struct ddg_key *key, struct ddg_text measure,
                            const struct ddg_trait *traits, size_t count, uint64_t base,
                            struct ddg_key_room *room, uint64_t *draw, struct ddg_context *context);

#endif
