/*
 * The record for the expert determination (R-DOC-1): the six steps of the guideline, with what an
 * audit can know of each.
 */
#ifndef DDG_REPORT_STEPS_H
#define DDG_REPORT_STEPS_H

#include "report/summary.h"

enum { DDG_STEPS = 6 };

/* A step of the guideline: what the audit knows of it, why, and what people have to fill in. */
struct ddg_step {
    const char *title;
    struct ddg_prose outcome, reason;
    const char *const *blank; /* ended by NULL */
};

/* Describes step 0 .. DDG_STEPS - 1.  Free with ddg_step_free(). */
void ddg_step_describe(const struct ddg_report *report, size_t number, struct ddg_step *step,
                       struct ddg_context *context);
void ddg_step_free(struct ddg_step *step);

#endif
