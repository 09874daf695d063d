/*
 * Deeds: what was done to the mask of one search, so that it can be taken back, or done to that of
 * another which was alike.
 */
#ifndef DDG_PROTECT_DEEDS_H
#define DDG_PROTECT_DEEDS_H

#include "protect/search.h"

struct ddg_deeds {
    uint32_t count;
    /* the rest is their own; zero at first */
    struct ddg_deed {
        size_t shown, hidden; /* where its shown cells end, and behind them its hidden ones; those
                                 of the next deed follow */
        uint32_t moves;       /* where its moves end */
    } * deed;
    uint32_t *cell;
    struct ddg_plan moves;
    size_t deed_room, cell_room;
};

void ddg_deeds_free(struct ddg_deeds *deeds);

/* Forgets them all. */
void ddg_deeds_clear(struct ddg_deeds *deeds);

/* Notes a deed: some cells were shown, then a search hid others, and found moves, all since `mark`.
 */
enum ddg_error ddg_deeds_note(struct ddg_deeds *deeds, const struct ddg_search *search,
                              struct ddg_mark mark, const uint32_t *shown, size_t count);

/* Takes them all back in the search that did them, which had so many witnesses before. */
enum ddg_error ddg_deeds_undo(const struct ddg_deeds *deeds, struct ddg_search *search,
                              uint32_t witnesses);

/* Does number `i` of them in another search.  It is left if it is no use there: a cell that it
 * shows is public by now, something would lack a witness or what a rule for groups asks, or as
 * much would be lost as before. */
enum ddg_error ddg_deeds_repeat(const struct ddg_deeds *deeds, uint32_t i,
                                struct ddg_search *search);

#endif
