/*
 * What the parts of a hunt share: the way to a first solution, in hunt_first.c, and all that comes
 * after it, in hunt.c.
 */
#ifndef DDG_ATTACK_HUNT_PARTS_H
#define DDG_ATTACK_HUNT_PARTS_H

#include "attack/box.h"
#include "attack/hunt.h"
#include "attack/prover.h"
#include "attack/splitting.h"
#include "attack/walk.h"
#include "base/clock.h"

enum {
    ROUNDS_AT_ONCE = 5,     /* of splitting, between two looks at the clock */
    STEPS_AT_ONCE = 200000, /* of a walk, likewise */
    NODES_MOST = 2000,      /* of a search tree */
    TREE_UNKNOWNS = 30000,  /* larger components get no tree: each node keeps all ranges */
};

struct ddg_hunter {
    struct ddg_hunt *hunt;
    const struct ddg_problem *problem;
    struct ddg_walk walk;
    struct ddg_boxes boxes;
    struct ddg_prover prover;
    struct ddg_splitting splitting; /* not begun before it is wanted */
    bool stands;                    /* the walk keeps a solution */
    int64_t *low, *high, *value;    /* for search trees */
    uint32_t *name;                 /* for telling: numbers in the whole problem */
    int64_t *told;
    uint64_t tries;
    struct ddg_context *context;
};

static inline bool ddg_hunter_late(const struct ddg_hunter *s)
{
    return s->hunt->deadline > 0 && ddg_clock() > s->hunt->deadline;
}

/* The unknown's number in the whole problem. */
static inline uint32_t ddg_hunter_name(const struct ddg_hunter *s, uint32_t unknown)
{
    return s->hunt->part->unknown[unknown];
}

/* Looks for a solution in one way after the other: s->stands where one was found, a contradiction
 * of the hunt where it is proven that there is none. */
enum ddg_error ddg_hunter_first(struct ddg_hunter *s);

/* Keeps the solution at which the walk stands and tells what changed in it, or `all` of it.  False
 * when it is none after all. */
bool ddg_hunter_keep(struct ddg_hunter *s, bool all);

/* Begins to split, unless that was done before. */
enum ddg_error ddg_hunter_start_splitting(struct ddg_hunter *s);

/* Puts the walk where splitting has come to. */
void ddg_hunter_walk_to_splitting(struct ddg_hunter *s);

#endif
