/*
 * Ranges that linear programs prove: of the rows around an unknown, or of all rows of a component.
 */
#ifndef DDG_ATTACK_PROVER_H
#define DDG_ATTACK_PROVER_H

#include "attack/part.h"
#include "attack/program.h"
#include "attack/sightings.h"

struct ddg_prover {
    const struct ddg_part *part; /* the component */
    struct ddg_sightings *sightings;
    double deadline;                    /* of ddg_clock(), 0 for none */
    struct ddg_linear_program *program; /* of the whole component, NULL while none was needed */
    bool hopeless;                      /* that program takes too long to be of use */
    uint32_t *scratch;                  /* for ddg_part_around() */
    struct ddg_context *context;
};

/* `part` and `sightings` must outlive the prover.  Free with ddg_prover_free(), also after an
 * error. */
enum ddg_error ddg_prover_start(struct ddg_prover *prover, const struct ddg_part *part,
                                struct ddg_sightings *sightings, double deadline,
                                struct ddg_context *context);
void ddg_prover_free(struct ddg_prover *prover);

/* Solves the program of the whole component where that was not done yet; it can be `hopeless` then.
 */
enum ddg_error ddg_prover_solve(struct ddg_prover *prover);

/* Tells the sightings what the program of at most so many rows around an unknown of the component
 * proves of it; *closed as in ddg_part_around(). */
enum ddg_error ddg_prover_around(struct ddg_prover *prover, uint32_t unknown, size_t rows,
                                 bool *closed);

/* The same with all rows; nothing where that is hopeless. */
enum ddg_error ddg_prover_whole(struct ddg_prover *prover, uint32_t unknown);

#endif
