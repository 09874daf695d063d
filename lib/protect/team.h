/*
 * A team: a search and, for large tables, a copy of it that works beside it in a thread.
 *
 * Work is dealt out in rounds.  In each round a member makes its own attempts, which are fixed
 * beforehand, on its own mask; then what the one did is repeated by the other, as far as it is
 * still of use beside what that has done itself, so that both are alike again.  What comes out
 * depends on the number of members alone, not on threads: where none can be had, the members work
 * one after the other.
 */
#ifndef DDG_PROTECT_TEAM_H
#define DDG_PROTECT_TEAM_H

#include "protect/deeds.h"

enum { DDG_TEAM_MOST = 2 };

struct ddg_team {
    uint32_t members;
    struct ddg_search *member[DDG_TEAM_MOST]; /* the first is the one that counts */
    /* the rest is its own: the second member, and what each has done in a round */
    struct ddg_search second;
    struct ddg_mask mask;
    struct ddg_context context;
    struct ddg_deeds deeds[DDG_TEAM_MOST];
};

/* Makes an attempt, which leaves the search as it was or better, and notes in `deeds` what it did,
 * unless that is NULL.  `own` is the member's. */
typedef enum ddg_error ddg_attempt(struct ddg_search *search, void *own, uint64_t number,
                                   struct ddg_deeds *deeds);

/* A team of the search and, where `members` is 2, another, which must both stay where they are.
 * End with ddg_team_free(), also after an error; the search stays. */
enum ddg_error ddg_team_init(struct ddg_team *team, struct ddg_search *search, uint32_t members);
void ddg_team_free(struct ddg_team *team);

/* Makes the other member like the first, which others have worked on meanwhile.  Moves that do not
 * hold are forgotten, and hope is found anew, as in ddg_team_refresh(). */
enum ddg_error ddg_team_begin(struct ddg_team *team);

/* Brings up to date what members found out about their masks. */
void ddg_team_refresh(struct ddg_team *team);

/* Makes the attempts of a round, each member up to `most` of its own: *number is the first, and
 * becomes what follows on the last; there are `count` in all.  Members take turns at the numbers. A
 * team of one makes a single attempt. */
enum ddg_error ddg_team_round(struct ddg_team *team, ddg_attempt *attempt,
                              void *const own[DDG_TEAM_MOST], uint32_t most, uint64_t count,
                              uint64_t *number);

/* How much its members searched so far, see ddg_search_work(). */
uint64_t ddg_team_work(const struct ddg_team *team);

#endif
