/*
 * Count columns of which one is never more than another, as persons than events, are rounded so
 * that this stays so: one after the other, each bounded by those before it.  Events that were
 * printed below the persons would look wrong, and say that both are between the two.
 */
#ifndef DDG_ROUND_ORDER_H
#define DDG_ROUND_ORDER_H

#include "round/ties.h"

struct ddg_order {
    struct ddg_ties ties; /* pairs */
    size_t *turn;         /* measures, what is never less before what is never more */
    size_t measures;
    uint32_t rows;
    struct ddg_truth bound; /* of each row: what the measure may get at the least and at the most */
};

/* Finds which are to be kept in order.  Free with ddg_order_free(), also after an error. */
enum ddg_error ddg_order_find(struct ddg_order *order, const struct ddg_shown *shown,
                              size_t measures, struct ddg_context *context);
void ddg_order_free(struct ddg_order *order);

/* The other way round. */
void ddg_order_turn_round(struct ddg_order *order);

/* Sets the bounds of a measure by value[i] of the measures i that have their turn before it, for
 * the rows in which both are shown or, if `hidden` is true, have numbers all the same. */
void ddg_order_bound(struct ddg_order *order, const struct ddg_shown *shown, size_t measure,
                     uint64_t *const *value, bool hidden);

/* Is a row in order? */
bool ddg_order_is_kept(const struct ddg_order *order, const struct ddg_shown *shown,
                       uint64_t *const *value, uint32_t row, bool hidden);

/* Narrows low .. high, in steps of `base`, to what the bounds of a row leave; false where that is
 * nothing.  No bounds (NULL) leave all. */
static inline bool ddg_bounds_leave(const struct ddg_truth *bound, uint32_t row, uint64_t base,
                                    uint64_t *low, uint64_t *high)
{
    if (!bound)
        return true;
    if (*low < bound->low[row] / base)
        *low = bound->low[row] / base;
    if (bound->high[row]<UINT64_MAX && * high> bound->high[row] / base)
        *high = bound->high[row] / base;
    return *low <= *high;
}

#endif
