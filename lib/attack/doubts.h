/*
 * What the description of the tables seems to leave out: totals under another name or in another
 * spelling, subtotals, levels of a hierarchy, rounding, count columns that add up, ages and periods
 * that overlap.  An attack that does not know of them is one on another table, and certifies
 * nothing.
 */
#ifndef DDG_ATTACK_DOUBTS_H
#define DDG_ATTACK_DOUBTS_H

#include "attack/publication.h"

struct ddg_doubts {
    const char **text; /* a line each, with the option that says it; the arena's */
    size_t count, room;
    bool open; /* there is little doubt about one of them: no verdict can be taken for a pass */
};

/* Looks for them in all releases; where no cell is `hidden`, for what gives away counts that have
 * no cell.  The texts belong to the arena, the array to the caller, who frees it also after an
 * error. */
enum ddg_error ddg_doubts_find(struct ddg_doubts *doubts, const struct ddg_publication *publication,
                               bool hidden, struct ddg_arena *arena, struct ddg_context *context);

/* Puts into `room` what the likely cause is where no counts fit the only release, or a line of it
 * (else NULL): "; all shown counts are multiples of 5: if they were rounded, --rounded 5", or "".
 * It belongs to an error that is one without it: that it could not be looked for is not said. */
void ddg_doubts_explain(const struct ddg_publication *publication, const struct ddg_origin *line,
                        char *room, size_t size);

#endif
