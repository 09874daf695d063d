/*
 * Several partitions of one population side by side: ages, races and sexes in one pair of columns,
 * as published tables have them.  The total of each is the same number.
 */
#ifndef DDG_ATTACK_PARTITIONS_H
#define DDG_ATTACK_PARTITIONS_H

#include "attack/publication.h"

/* Joins the totals of all partitions (--partitions) in every release; totals that are not printed
 * only where they add up the same along the other dimensions.  Shown totals that differ are a
 * conflict. */
enum ddg_error ddg_partitions_join(struct ddg_publication *publication,
                                   struct ddg_context *context);

#endif
