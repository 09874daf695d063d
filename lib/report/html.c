#include "report/html.h"

#include "report/escape.h"
#include "report/html_parts.h"

#include <stdio.h>

void ddg_html_put(struct ddg_page *page, struct ddg_text text)
{
    ddg_escape(page->sink, text, DDG_ESCAPE_HTML);
}

void ddg_html_put_number(struct ddg_page *page, uint64_t number)
{
    char room[24];

    snprintf(room, sizeof room, "%llu", (unsigned long long)number);
    ddg_page_put(page, room);
}

static void put_string(struct ddg_page *page, const char *string)
{
    ddg_html_put(page, ddg_text_of(string));
}

/* The page ----------------------------------------------------------------------------------- */

static void put_contents(struct ddg_page *page, const struct ddg_section *section, size_t sections)
{
    ddg_page_put(page, "<nav aria-label=\"Contents\">\n<ol>\n");
    for (size_t i = 0; i < sections; i++) {
        ddg_page_put(page, "<li><a href=\"#");
        put_string(page, section[i].id);
        ddg_page_put(page, "\">");
        put_string(page, section[i].title);
        ddg_page_put(page, "</a></li>\n");
    }
    ddg_page_put(page, "</ol>\n</nav>\n");
}

/* The policy makes sure of what escaping does already: nothing on the page loads or runs. */
static void begin(struct ddg_page *page, struct ddg_text title, const struct ddg_section *section,
                  size_t sections)
{
    ddg_page_put(page, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                       "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
                       "'none'; style-src 'unsafe-inline'\">\n"
                       "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                       "<meta name=\"robots\" content=\"noindex\">\n<title>");
    ddg_html_put(page, title);
    ddg_page_put(page, "</title>\n<style>\n");
    ddg_page_put(page, ddg_html_style);
    ddg_page_put(page, "</style>\n</head>\n<body>\n"
                       "<a class=\"skip\" href=\"#main\">Skip to the report</a>\n<header>\n"
                       "<p>CalHHS Data De-Identification Guidelines, Edition 2.0</p>\n<h1>");
    ddg_html_put(page, title);
    ddg_page_put(page, "</h1>\n</header>\n");
    put_contents(page, section, sections);
    ddg_page_put(page, "<main id=\"main\" tabindex=\"-1\">\n");
}

static void end(struct ddg_page *page)
{
    ddg_page_put(page, page->in_section ? "</section>\n" : "");
    ddg_page_put(page, "</main>\n</body>\n</html>\n");
}

/* Blocks ------------------------------------------------------------------------------------- */

static void put_heading(struct ddg_page *page, const char *id, char level, struct ddg_text text)
{
    const char tag[] = {'h', level, '\0'};

    ddg_page_put(page, "<");
    ddg_page_put(page, tag);
    if (id) {
        ddg_page_put(page, " id=\"");
        put_string(page, id);
        ddg_page_put(page, "\"");
    }
    ddg_page_put(page, ">");
    ddg_html_put(page, text);
    ddg_page_put(page, "</");
    ddg_page_put(page, tag);
    ddg_page_put(page, ">\n");
}

static void heading(struct ddg_page *page, const char *id, unsigned level, struct ddg_text text)
{
    if (level == 2) {
        ddg_page_put(page, page->in_section ? "</section>\n" : "");
        ddg_page_put(page, "<section aria-labelledby=\"");
        put_string(page, id);
        ddg_page_put(page, "\">\n");
        page->in_section = true;
    }
    put_heading(page, id, (char)('0' + level), text);
}

static void paragraph(struct ddg_page *page, enum ddg_tone tone, struct ddg_text text)
{
    static const char *const starts[] = {
        [DDG_TONE_PLAIN] = "<p>",
        [DDG_TONE_SMALL] = "<p class=\"small\">",
        [DDG_TONE_GOOD] = "<p class=\"verdict good\">",
        [DDG_TONE_OPEN] = "<p class=\"verdict open\">",
        [DDG_TONE_BAD] = "<p class=\"verdict bad\">",
    };

    ddg_page_put(page, starts[tone]);
    ddg_html_put(page, text);
    ddg_page_put(page, "</p>\n");
}

static void list(struct ddg_page *page, bool begins)
{
    ddg_page_put(page, begins ? "<ul>\n" : "</ul>\n");
}

static void item(struct ddg_page *page, struct ddg_text text)
{
    ddg_page_put(page, "<li>");
    ddg_html_put(page, text);
    ddg_page_put(page, "</li>\n");
}

static void fields(struct ddg_page *page, bool begins)
{
    ddg_page_put(page, begins ? "<dl>\n" : "</dl>\n");
}

static void field(struct ddg_page *page, const char *label, struct ddg_text text)
{
    ddg_page_put(page, text.length > 0 ? "<div><dt>" : "<div class=\"blank\"><dt>");
    put_string(page, label);
    ddg_page_put(page, "</dt><dd>");
    if (text.length > 0)
        ddg_html_put(page, text);
    else
        ddg_page_put(page, "<span class=\"aloud\">to be filled in</span>");
    ddg_page_put(page, "</dd></div>\n");
}

/* Tables ------------------------------------------------------------------------------------- */

void ddg_html_table_begin(struct ddg_page *page, const char *kind, struct ddg_text caption)
{
    ddg_page_put(page, kind ? "<div class=\"wide picture\"" : "<div class=\"wide\"");
    ddg_page_put(page, " role=\"region\" tabindex=\"0\" aria-labelledby=\"t");
    ddg_html_put_number(page, page->tables);
    ddg_page_put(page, "\">\n<table");
    if (kind) {
        ddg_page_put(page, " class=\"");
        ddg_page_put(page, kind);
        ddg_page_put(page, "\"");
    }
    ddg_page_put(page, ">\n<caption id=\"t");
    ddg_html_put_number(page, page->tables);
    ddg_page_put(page, "\">");
    ddg_html_put(page, caption);
    ddg_page_put(page, "</caption>\n");
}

static void table(struct ddg_page *page, const char *caption)
{
    ddg_html_table_begin(page, NULL, ddg_text_of(caption));
    ddg_page_put(page, "<thead><tr>");
    for (size_t i = 0; i < page->columns; i++) {
        ddg_page_put(page, page->column[i].number ? "<th scope=\"col\" class=\"number\">"
                                                  : "<th scope=\"col\">");
        put_string(page, page->column[i].name);
        ddg_page_put(page, "</th>");
    }
    ddg_page_put(page, "</tr></thead>\n<tbody>\n");
}

/* A verdict is drawn like its mark on the maps. */
static void put_row_header(struct ddg_page *page, struct ddg_text text)
{
    static const enum ddg_mark marks[DDG_VERDICTS] = {
        [DDG_VERDICT_UNDECIDED] = DDG_MARK_UNDECIDED,
        [DDG_VERDICT_DETERMINED] = DDG_MARK_DETERMINED,
        [DDG_VERDICT_NARROWED] = DDG_MARK_NARROWED,
        [DDG_VERDICT_RECOVERED] = DDG_MARK_RECOVERED,
    };
    bool verdict = strcmp(page->column[0].name, "Verdict") == 0;

    ddg_page_put(page, verdict ? "<tr><th scope=\"row\" class=\"tag\">" : "<tr><th scope=\"row\">");
    for (int v = DDG_VERDICT_UNDECIDED; verdict && v <= DDG_VERDICT_RECOVERED; v++)
        if (ddg_text_is(text, ddg_verdict_word((enum ddg_verdict)v))) {
            ddg_html_put_mark(page, marks[v]);
            ddg_page_put(page, " ");
        }
    ddg_html_put(page, text);
    ddg_page_put(page, "</th>");
}

static void cell(struct ddg_page *page, struct ddg_text text)
{
    if (page->cell == 0) {
        put_row_header(page, text);
    } else {
        ddg_page_put(page, page->column[page->cell].number ? "<td class=\"number\">" : "<td>");
        ddg_html_put(page, text);
        ddg_page_put(page, "</td>");
    }
    if (page->cell + 1 == page->columns)
        ddg_page_put(page, "</tr>\n");
}

static void table_end(struct ddg_page *page)
{
    ddg_page_put(page, "</tbody>\n</table>\n</div>\n");
}

const struct ddg_page_format ddg_html_format = {
    .begin = begin,
    .end = end,
    .heading = heading,
    .paragraph = paragraph,
    .list = list,
    .item = item,
    .fields = fields,
    .field = field,
    .table = table,
    .cell = cell,
    .table_end = table_end,
    .maps = ddg_html_maps,
    .bars = ddg_html_bars,
};
