/*
 * What earlier releases give away by themselves, told from what today's have a part in.
 */
#ifndef DDG_ATTACK_EARLIER_H
#define DDG_ATTACK_EARLIER_H

#include "attack/audit.h"

/* Attacks the earlier of the releases (--previous) once more, as if today's were not there, and
 * puts the findings of which today's say no more behind the others: they are the audit's `alone`.
 * `begun` as in ddg_attack_run(). */
enum ddg_error ddg_earlier_set_apart(struct ddg_audit *audit, const struct ddg_releases *releases,
                                     const struct ddg_audit_options *options, double begun,
                                     struct ddg_context *context);

#endif
