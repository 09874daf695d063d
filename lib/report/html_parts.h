/*
 * The parts of an HTML report: its style, and its pictures, which no other format has.
 */
#ifndef DDG_REPORT_HTML_PARTS_H
#define DDG_REPORT_HTML_PARTS_H

#include "report/page.h"
#include "report/picture.h"

/* The style sheet, for screens and for paper. */
extern const char ddg_html_style[];

/* Maps of every measure that has hidden cells, at most DDG_HTML_MAPS_MOST pictures. */
enum { DDG_HTML_MAPS_MOST = 60 };
void ddg_html_maps(struct ddg_page *page, const struct ddg_report *report);

/* Ranges of the safe cells that are closest to being narrowed, as numbers and as bars; only for
 * reports that show values. */
enum { DDG_HTML_BARS_MOST = 50 };
void ddg_html_bars(struct ddg_page *page, const struct ddg_report *report);

/* What the parts share. */
void ddg_html_put(struct ddg_page *page, struct ddg_text text);
void ddg_html_put_number(struct ddg_page *page, uint64_t number);
void ddg_html_put_mark(struct ddg_page *page, enum ddg_mark mark);

/* Opens a table in a box of its own that scrolls; `kind` is the class of a picture, NULL for a
 * plain table. */
void ddg_html_table_begin(struct ddg_page *page, const char *kind, struct ddg_text caption);

#endif
