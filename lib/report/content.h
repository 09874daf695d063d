/*
 * What stands in a report for people, in order: the verdict, findings, rule checks, pictures where
 * the format can draw, equations, what was audited and how, what is not covered, and the record for
 * the expert determination.
 */
#ifndef DDG_REPORT_CONTENT_H
#define DDG_REPORT_CONTENT_H

#include "report/page.h"

/* At most so many findings stand on a page, the worst first; where there are more it says so, and
 * where to find them. */
enum { DDG_FINDINGS_MOST = 1000 };

/* Writes the report through the page, which has its format and its sink.  Failures are in the
 * context of the sink. */
void ddg_content_write(struct ddg_page *page, const struct ddg_report *report);

#endif
