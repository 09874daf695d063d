/*
 * Reports as Markdown: CommonMark with the tables of GitHub's.  No text of the input can become
 * markup, a link or HTML.
 */
#ifndef DDG_REPORT_MARKDOWN_H
#define DDG_REPORT_MARKDOWN_H

#include "report/page.h"

extern const struct ddg_page_format ddg_markdown_format;

#endif
