/*
 * Findings of an audit as CSV: one row per cell that is given away, and per rule that is broken.
 *
 *   line,measure,DIMENSION...,status,how[,low,high]
 *
 * `line` is where the cell stands in the input ("FILE:LINE" when there are several files), blank
 * for a cell that has no row.  The dimensions are those of all tables.  `how` and the range have
 * counts only when they are asked for: reports get mailed.
 */
#ifndef DDG_REPORT_FINDINGS_H
#define DDG_REPORT_FINDINGS_H

#include "attack/audit.h"
#include "csv/output.h"

struct ddg_findings_options {
    const struct ddg_knowledge *knowledge; /* whose links join columns of several tables */
    bool values;                           /* say what the counts are */
    bool all;                              /* also the cells that are safe */
};

/* The word for a verdict: "recovered". */
/* What stands before the status of what earlier releases give away by themselves. */
#define DDG_ALONE "previous-"

/* How many findings there are of earlier releases by themselves, rules included. */
uint64_t ddg_findings_alone(const struct ddg_audit *audit);

const char *ddg_verdict_word(enum ddg_verdict verdict);

enum ddg_error ddg_findings_write(struct ddg_output *output, const struct ddg_audit *audit,
                                  const struct ddg_findings_options *options,
                                  struct ddg_context *context);

/* How many rules are broken. */
uint64_t ddg_findings_rules(const struct ddg_audit *audit);

#endif
