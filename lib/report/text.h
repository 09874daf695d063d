/*
 * Reports as plain text: UTF-8, 78 characters wide.  A table that does not fit becomes a row of
 * paragraphs, one for each of its rows.
 */
#ifndef DDG_REPORT_TEXT_H
#define DDG_REPORT_TEXT_H

#include "report/page.h"

extern const struct ddg_page_format ddg_text_format;

#endif
