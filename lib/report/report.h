/*
 * Reports of an audit: plain text, Markdown, HTML and JSON, by the name of the file.
 *
 * Without record->show_values no report has a hidden count, a range of one, or a picture from which
 * either could be read: reports get mailed.
 */
#ifndef DDG_REPORT_REPORT_H
#define DDG_REPORT_REPORT_H

#include "report/summary.h"

/* Checks that the name of a report ends in .txt, .md, .html or .json, so that a long audit is not
 * begun for a report that cannot be written; DDG_USAGE where it does not. */
enum ddg_error ddg_report_check(const char *path, struct ddg_context *context);

/* The format of such a file; NULL: JSON, which is no page. */
const struct ddg_page_format *ddg_report_format(const char *path);

/* Writes a report.  A file that is there already is replaced when the new one is whole, and left
 * alone after an error. */
enum ddg_error ddg_report_write(const char *path, const struct ddg_audit *audit,
                                const struct ddg_report_record *record,
                                struct ddg_context *context);

#endif
