/*
 * A report for people, as a row of blocks: headings, paragraphs, lists, tables, fields to fill in.
 *
 * What stands in a report is said once, through these functions; text, Markdown and HTML say how
 * each block looks (struct ddg_page_format) and make every text harmless on the way out.
 *
 * A block's text is built up in page->text; the call that ends the block takes it.  Failures are in
 * the context of the sink, and later calls do no harm.
 */
#ifndef DDG_REPORT_PAGE_H
#define DDG_REPORT_PAGE_H

#include "csv/sink.h"
#include "report/summary.h"

enum ddg_tone {
    DDG_TONE_PLAIN,
    DDG_TONE_SMALL, /* a remark */
    DDG_TONE_GOOD,  /* the verdict, as it is */
    DDG_TONE_OPEN,
    DDG_TONE_BAD,
};

struct ddg_column {
    const char *name;
    bool number; /* set to the right */
};

struct ddg_page {
    const struct ddg_page_format *format;
    struct ddg_sink *sink;
    struct ddg_prose text; /* of the block under construction */
    /* the rest is between the page and its format */
    const struct ddg_column *column; /* of the table under construction */
    size_t columns, cell;            /* how many, and which is next */
    unsigned tables;                 /* begun so far */
    bool in_list, in_fields, in_section;
    struct ddg_prose held; /* what a format keeps of a table until it ends, */
    size_t *end;           /* and where each of its cells ends there */
    size_t ends, end_room;
};

/* A section of the report, for the list of contents. */
struct ddg_section {
    const char *id, *title;
};

/* How blocks look.  Texts are not yet escaped. */
struct ddg_page_format {
    void (*begin)(struct ddg_page *page, struct ddg_text title, const struct ddg_section *section,
                  size_t sections);
    void (*end)(struct ddg_page *page);
    void (*heading)(struct ddg_page *page, const char *id, unsigned level, struct ddg_text text);
    void (*paragraph)(struct ddg_page *page, enum ddg_tone tone, struct ddg_text text);
    void (*list)(struct ddg_page *page, bool begins);
    void (*item)(struct ddg_page *page, struct ddg_text text);
    void (*fields)(struct ddg_page *page, bool begins);
    /* a blank text is one to be filled in by hand */
    void (*field)(struct ddg_page *page, const char *label, struct ddg_text text);
    void (*table)(struct ddg_page *page, const char *caption);
    void (*cell)(struct ddg_page *page, struct ddg_text text);
    void (*table_end)(struct ddg_page *page); /* NULL: rows are all there is */
    /* pictures, for formats that can draw; NULL else */
    void (*maps)(struct ddg_page *page, const struct ddg_report *report);
    void (*bars)(struct ddg_page *page, const struct ddg_report *report);
};

/* Headings have levels from 2, since the title is the first. */
void ddg_page_heading(struct ddg_page *page, const char *id, unsigned level, const char *text);

/* These end the block under construction. */
void ddg_page_paragraph(struct ddg_page *page, enum ddg_tone tone);
void ddg_page_item(struct ddg_page *page);
void ddg_page_field(struct ddg_page *page, const char *label);
void ddg_page_cell(struct ddg_page *page);

/* A table: ddg_page_cell() row by row, then ddg_page_table_end().  The first column names its row.
 * `column` must outlive the table. */
void ddg_page_table(struct ddg_page *page, const char *caption, const struct ddg_column *column,
                    size_t columns);
void ddg_page_table_end(struct ddg_page *page);

/* The same with a text of its own. */
void ddg_page_say(struct ddg_page *page, enum ddg_tone tone, const char *text);
void ddg_page_say_cell(struct ddg_page *page, const char *text);

/* Ends the page, then free what it used. */
void ddg_page_end(struct ddg_page *page);
void ddg_page_free(struct ddg_page *page);

/* For formats: adds a string as it is. */
void ddg_page_put(struct ddg_page *page, const char *string);

#endif
