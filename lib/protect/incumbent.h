/*
 * The incumbent: the best mask that a search has had so far, with its witnesses.
 */
#ifndef DDG_PROTECT_INCUMBENT_H
#define DDG_PROTECT_INCUMBENT_H

#include "protect/search.h"

struct ddg_incumbent {
    uint64_t lost; /* what its complements cost */
    /* the rest is its own; zero at first */
    uint32_t *complement;
    size_t complements, room;
    struct ddg_plan moves;
};

void ddg_incumbent_free(struct ddg_incumbent *incumbent);

/* Takes the mask of the search as it is, where nothing is missing. */
enum ddg_error ddg_incumbent_take(struct ddg_incumbent *incumbent, const struct ddg_search *search);

/* Puts the search back to where the incumbent was taken. */
enum ddg_error ddg_incumbent_restore(const struct ddg_incumbent *incumbent,
                                     struct ddg_search *search);

#endif
