/*
 * What printed rates say of counts and of the totals that they are rates of: "45.2 % of all" of 787
 * is 356.  The total stands in the table, and may be hidden itself: a shown count beside its
 * percentage then bounds it.
 */
#ifndef DDG_ATTACK_SHARES_H
#define DDG_ATTACK_SHARES_H

#include "attack/publication.h"

/* True when --rate names totals ("of DIM"). */
bool ddg_shares_any(const struct ddg_knowledge *knowledge);

/* Narrows the ranges of counts and totals by what the lines of the problem and the rates say of
 * each other, once; *changed is then true, and the problem has to be built anew.  Counts the rates
 * of totals that are not known.  DDG_USAGE when no release has the column and the dimensions,
 * DDG_INPUT when no rate can be read; a rate that does not fit is a conflict. */
enum ddg_error ddg_shares_apply(struct ddg_publication *publication, bool *changed,
                                struct ddg_context *context);

#endif
