/*
 * The hunt for one component of a problem: a first witness by a walk, by splitting, from a linear
 * program or by a search tree; more of them by boxes around it, by further walks and by splitting
 * from elsewhere; then ranges by linear programs, and search trees for what is left.
 */
#ifndef DDG_ATTACK_HUNT_H
#define DDG_ATTACK_HUNT_H

#include "attack/part.h"
#include "attack/sightings.h"

/* The first solution of a component, for all who hunt in it. */
struct ddg_first {
    int64_t *value; /* of each unknown of the part; NULL while none was found */
    pthread_mutex_t lock;
};

struct ddg_hunt {
    const struct ddg_part *part; /* a component */
    struct ddg_first *first;     /* the component's */
    struct ddg_sightings *sightings;
    unsigned slice, slices; /* of its unknowns, every slices-th is this hunt's business */
    double deadline;        /* of ddg_clock(), 0 for none */
    bool contradiction;     /* set when it is proven that no numbers fit the component */
};

/* Hunts until every unknown of the slice is settled, time is up, or nothing helps any more. */
enum ddg_error ddg_hunt_run(struct ddg_hunt *hunt, struct ddg_context *context);

#endif
