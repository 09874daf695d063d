/*
 * The hunt for one component of a problem: witnesses by walks, then ranges by linear programs, then
 * search trees for what is left.
 */
#ifndef DDG_ATTACK_HUNT_H
#define DDG_ATTACK_HUNT_H

#include "attack/part.h"
#include "attack/sightings.h"

struct ddg_hunt {
    const struct ddg_part *part; /* a component */
    struct ddg_sightings *sightings;
    unsigned slice, slices; /* of its unknowns, every slices-th is this hunt's business */
    double deadline;        /* of ddg_clock(), 0 for none */
    bool contradiction;     /* set when it is proven that no numbers fit the component */
};

/* Hunts until every unknown of the slice is settled, time is up, or nothing helps any more. */
enum ddg_error ddg_hunt_run(struct ddg_hunt *hunt, struct ddg_context *context);

#endif
