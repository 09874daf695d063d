/*
 * The attack on tables that were published: all numbers that they hide, decided together.
 */
#ifndef DDG_ATTACK_ATTACK_H
#define DDG_ATTACK_ATTACK_H

#include "attack/decide.h"
#include "attack/publication.h"

struct ddg_attack {
    struct ddg_publication publication;
    struct ddg_answer *answer; /* of each unknown of the publication's problem */
    int64_t *low, *high;       /* the ranges of the unknowns before anything was narrowed */
};

/* Attacks the releases, which must outlive the attack as the knowledge must.  What contradicts the
 * rest is set aside where there are several releases, and noted as a conflict of the publication;
 * else DDG_INPUT names it.  The seconds of `options` are counted from `begun`, a time of
 * ddg_clock().  Free with ddg_attack_free(), also after an error. */
enum ddg_error ddg_attack_run(struct ddg_attack *attack, struct ddg_releases *releases,
                              const struct ddg_knowledge *knowledge,
                              const struct ddg_decide_options *options, double begun,
                              struct ddg_context *context);
void ddg_attack_free(struct ddg_attack *attack);

/* What is known of a slot now: a number that was never unknown counts as recovered. */
struct ddg_answer ddg_attack_answer(const struct ddg_attack *attack, uint32_t slot);

#endif
