/*
 * Reports as one HTML page: no network, no script, made to be printed, to be read aloud and to be
 * read on a telephone.
 */
#ifndef DDG_REPORT_HTML_H
#define DDG_REPORT_HTML_H

#include "report/page.h"

extern const struct ddg_page_format ddg_html_format;

#endif
