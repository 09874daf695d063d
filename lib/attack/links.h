/*
 * Which slots are the same number.
 *
 * In two releases these are the cells of the same measure with the same categories in all
 * dimensions in which they are not totals, so that (county=Alpine, sex=Total) in one is
 * (county=Alpine) in another that does not tell sexes apart.  Names of columns that --link joins
 * are one name.  Totals that neither release prints are the same only where both add up the same
 * categories.
 */
#ifndef DDG_ATTACK_LINKS_H
#define DDG_ATTACK_LINKS_H

#include "attack/publication.h"

/* Joins slots of different releases; lists the partners of --previous-kind cumulative.  Shown
 * counts that differ are a conflict (ddg_publication_conflict()), but for those of an earlier
 * release that was restated: they, and what stands in a line with them, are not joined. */
enum ddg_error ddg_links_join(struct ddg_publication *publication, struct ddg_context *context);

/* The name that a column goes by in all releases: that of --link that was named first. */
struct ddg_text ddg_links_name(const struct ddg_knowledge *knowledge, struct ddg_text name);

#endif
