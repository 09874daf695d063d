/*
 * What is known so far of each unknown that a verdict is wanted for: the values that it had in
 * solutions, and the range that is proven.  Several threads may tell and ask at the same time.
 */
#ifndef DDG_ATTACK_SIGHTINGS_H
#define DDG_ATTACK_SIGHTINGS_H

#include "attack/decide.h"

#include <pthread.h>

struct ddg_sightings {
    const struct ddg_problem *problem;
    struct ddg_answer *answer; /* of each unknown; `verdict` is not used before the end */
    bool intervals;            /* go on until the seen range is the proven one */
    /* the rest is its own */
    uint64_t open;      /* unknowns that are not settled */
    bool contradiction; /* an unknown has no value left */
    size_t *start;      /* of each unknown: where its values are */
    int64_t *value;     /* different values that were seen, as many as are wanted at the most */
    int64_t *gone;      /* likewise different values that were refuted */
    uint8_t *count;
    uint16_t *gone_count;
    bool *settled;
    pthread_mutex_t lock;
};

/* Starts with the ranges of the problem.  Free with ddg_sightings_free(), also after an error. */
enum ddg_error ddg_sightings_start(struct ddg_sightings *sightings,
                                   const struct ddg_problem *problem, struct ddg_answer *answer,
                                   bool intervals, struct ddg_context *context);

/* Tells the values of unknowns in a solution of the whole problem: `value[i]` of `unknown[i]`. */
void ddg_sightings_tell(struct ddg_sightings *sightings, const uint32_t *unknown,
                        const int64_t *value, size_t count);

/* Tells a range that was proven, and how. */
void ddg_sightings_prove(struct ddg_sightings *sightings, uint32_t unknown, int64_t low,
                         int64_t high, enum ddg_method method);

/* Tells that no solution has the unknown at a value; one at an end of the range moves the end. */
void ddg_sightings_refute(struct ddg_sightings *sightings, uint32_t unknown, int64_t value);

/* True when nothing more is wanted of the unknown. */
bool ddg_sightings_settled(struct ddg_sightings *sightings, uint32_t unknown);

/* True when the verdict on the unknown is certain, even if its interval is not known yet. */
bool ddg_sightings_certain(struct ddg_sightings *sightings, uint32_t unknown);

/* How many unknowns are not settled. */
uint64_t ddg_sightings_open(struct ddg_sightings *sightings);

/* What is known of the unknown now; *seen tells whether it had `value` in a solution. */
struct ddg_answer ddg_sightings_ask(struct ddg_sightings *sightings, uint32_t unknown,
                                    int64_t value, bool *seen);

/* Writes the verdicts into the answers.  False when an unknown has no value left: no numbers fit.
 */
bool ddg_sightings_judge(struct ddg_sightings *sightings);

void ddg_sightings_free(struct ddg_sightings *sightings);

#endif
