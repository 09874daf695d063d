/*
 * What was audited, and how: the section of a report that lets others repeat the run.
 */
#ifndef DDG_REPORT_SUBJECT_H
#define DDG_REPORT_SUBJECT_H

#include "report/page.h"

/* Writes the files that were read, the attacker of each measure, parameters and command line. */
void ddg_subject_write(struct ddg_page *page, const struct ddg_report *report);

#endif
