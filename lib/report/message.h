/*
 * What a program says on stderr of an audit: a line with the verdict, then one for each remark, all
 * of which begin with the name of the program.
 */
#ifndef DDG_REPORT_MESSAGE_H
#define DDG_REPORT_MESSAGE_H

#include "report/summary.h"

/* "ddg-audit: 2 of 9 hidden cells can be recovered (attacker knows sums)". */
void ddg_message_verdict(const struct ddg_report *report, struct ddg_prose *prose);

/* What was left out, set aside or discovered, and the rule checks' notes.  `knowledge` is that of
 * the audit. */
void ddg_message_remarks(const struct ddg_report *report, const struct ddg_knowledge *knowledge,
                         struct ddg_prose *prose);

#endif
