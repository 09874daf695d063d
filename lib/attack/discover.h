/*
 * Equations that hold throughout the shown counts, though nobody declared them: what the public can
 * see, too, and use.
 *
 * Between measures: sums of some that are the sum of others in every cell.  Between the categories
 * of a dimension: two or three that add up to another, and one that is the sum of all others (a
 * total under another name).
 */
#ifndef DDG_ATTACK_DISCOVER_H
#define DDG_ATTACK_DISCOVER_H

#include "attack/publication.h"

/* Adds to a growing array a text for each equation that holds in every place in which all of its
 * counts are shown, and in so many places that chance does not explain it:
 * "count @ plan: MHP + MCP = Core Set (confirmed 40 times)".  Up to the brackets, equations can be
 * given to
 * --equation; a total under another name ("... is the sum of all others") to --total.  The texts
 * belong to the arena, the array to the caller. */
enum ddg_error ddg_discover(const struct ddg_publication *publication, const char ***text,
                            size_t *count, size_t *room, struct ddg_arena *arena,
                            struct ddg_context *context);

/* The same of sums of count columns alone, as long as they are few enough, and without those that
 * follow from --equation. */
enum ddg_error ddg_discover_undeclared(const struct ddg_publication *publication,
                                       const char ***text, size_t *count, size_t *room,
                                       struct ddg_arena *arena, struct ddg_context *context);

#endif
