/*
 * The state of a search for complements: a mask, the witnesses that it has, and what was changed
 * since a point to which it may have to go back.
 */
#ifndef DDG_PROTECT_SEARCH_H
#define DDG_PROTECT_SEARCH_H

#include "protect/finder.h"
#include "protect/group_rule.h"

struct ddg_search {
    struct ddg_mask *mask;
    bool group_rule;
    struct ddg_context *context;
    struct ddg_witnesses witnesses;
    struct ddg_hope hope;
    struct ddg_finder finder; /* of moves over that mask, with those witnesses */
    uint32_t *added;          /* the cells that were suppressed, in this order */
    size_t added_count, added_room;
    struct ddg_plan plan; /* the search's own: moves that others may be better than */
};

/* A point to go back to. */
struct ddg_mark {
    size_t added;
    uint32_t witnesses;
};

/* Free with ddg_search_free(), also after an error. */
enum ddg_error ddg_search_init(struct ddg_search *search, struct ddg_mask *mask, bool group_rule,
                               struct ddg_context *context);
void ddg_search_free(struct ddg_search *search);

/* Suppresses a public cell; shows a complement. */
enum ddg_error ddg_search_suppress(struct ddg_search *search, uint32_t cell);
void ddg_search_show(struct ddg_search *search, uint32_t cell);

/* Takes back what was added since a mark. */
struct ddg_mark ddg_search_mark(const struct ddg_search *search);
void ddg_search_back(struct ddg_search *search, struct ddg_mark mark);

/* Shows every complement that can be shown, and forgets the witnesses. */
void ddg_search_restart(struct ddg_search *search);

/* Finds moves until the cell lacks no value; what they suppress may cost up to *budget, which what
 * they do cost is taken from.  *found is false when that fails: then all is as it was. */
enum ddg_error ddg_search_satisfy(struct ddg_search *search, uint32_t cell,
                                  const struct ddg_effort *effort, uint64_t *budget, bool *found);

/* Uses the move, suppressing its public cells. */
enum ddg_error ddg_search_use(struct ddg_search *search, const struct ddg_move *move);

/* True when the rules for groups ask for more in a line than it has. */
bool ddg_search_needs(const struct ddg_search *search, uint32_t line);

/* Suppresses what they ask for in the lines of a cell, as far as there is something left.  What
 * that costs is taken from *budget; *enough becomes false, and some may have been suppressed, where
 * that does not suffice. */
enum ddg_error ddg_search_groups(struct ddg_search *search, uint32_t cell, uint64_t *budget,
                                 bool *enough);

/* How much was searched so far, in steps that take about as long everywhere. */
uint64_t ddg_search_work(const struct ddg_search *search);

#endif
