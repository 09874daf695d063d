#include "report/html_parts.h"

#include <stdlib.h>

enum { SCALE = 1000 }; /* width of a bar in its own units */

struct bar {
    uint64_t width; /* values that were seen, less one */
    size_t finding;
};

static int compare_bars(const void *left, const void *right)
{
    const struct bar *a = left, *b = right;

    if (a->width != b->width)
        return a->width < b->width ? -1 : 1;
    return a->finding < b->finding ? -1 : a->finding > b->finding;
}

/* The safe cells, those with the fewest values first. */
static enum ddg_error find_bars(const struct ddg_audit *audit, struct bar **bar, size_t *count,
                                struct ddg_context *context)
{
    enum ddg_error error = ddg_allocate(bar, audit->findings, sizeof **bar, context);

    *count = 0;
    for (size_t i = 0; !error && i < audit->findings; i++) {
        const struct ddg_answer *answer = &audit->finding[i].answer;

        if (answer->verdict == DDG_VERDICT_SAFE && answer->seen_low <= answer->seen_high)
            (*bar)[(*count)++] =
                (struct bar){(uint64_t)answer->seen_high - (uint64_t)answer->seen_low, i};
    }
    if (!error && *count > 0)
        qsort(*bar, *count, sizeof **bar, compare_bars);
    return error;
}

/* Where a value stands on the scale from `from` to `to`, cut off at its ends. */
static uint64_t place(int64_t value, int64_t from, int64_t to)
{
    if (value <= from)
        return 0;
    if (value >= to)
        return SCALE;
    return (uint64_t)((__int128)((__int128)value - from) * SCALE / ((__int128)to - from));
}

static void put_rectangle(struct ddg_page *page, const char *kind, uint64_t from, uint64_t to)
{
    enum { THINNEST = 6 };

    if (to - from < THINNEST) {
        from = from + THINNEST > SCALE ? SCALE - THINNEST : from;
        to = from + THINNEST;
    }
    ddg_page_put(page, "<rect class=\"");
    ddg_page_put(page, kind);
    ddg_page_put(page, "\" x=\"");
    ddg_html_put_number(page, from);
    ddg_page_put(page, "\" width=\"");
    ddg_html_put_number(page, to - from);
    ddg_page_put(page, "\" height=\"16\"/>");
}

static void put_bar(struct ddg_page *page, const struct ddg_answer *answer, int64_t from,
                    int64_t to)
{
    ddg_page_put(page,
                 "<td class=\"bar\"><svg viewBox=\"0 0 1000 16\" preserveAspectRatio=\"none\" "
                 "aria-hidden=\"true\">");
    put_rectangle(page, "proven", place(answer->low, from, to), place(answer->high, from, to));
    put_rectangle(page, "seen", place(answer->seen_low, from, to),
                  place(answer->seen_high, from, to));
    ddg_page_put(page, "</svg></td>");
}

static void put_text(struct ddg_page *page, const char *tag)
{
    ddg_page_put(page, tag);
    ddg_html_put(page, ddg_prose_text(&page->text));
    page->text.used = 0;
}

static void put_row(struct ddg_page *page, const struct ddg_report *report, size_t finding,
                    int64_t from, int64_t to)
{
    const struct ddg_finding *f = &report->audit->finding[finding];
    const struct ddg_release *release = &report->audit->release[f->release];

    ddg_summary_cell(&release->model, f->cell, &page->text);
    put_text(page, "<tr><th scope=\"row\">");
    ddg_summary_place(report, f->release, f->cell, &page->text);
    put_text(page, "</th><td>");
    ddg_prose_add(&page->text, release->table->name[release->table->measure[f->measure].count]);
    put_text(page, "</td><td>");
    ddg_summary_values(&f->answer, &page->text);
    put_text(page, "</td><td class=\"range\">");
    ddg_page_put(page, "</td>");
    put_bar(page, &f->answer, from, to);
    ddg_page_put(page, "</tr>\n");
}

static void put_table(struct ddg_page *page, const struct ddg_report *report, const struct bar *bar,
                      size_t count)
{
    int64_t from = INT64_MAX, to = INT64_MIN;

    for (size_t i = 0; i < count; i++) {
        const struct ddg_answer *answer = &report->audit->finding[bar[i].finding].answer;

        from = answer->seen_low < from ? answer->seen_low : from;
        to = answer->seen_high > to ? answer->seen_high : to;
    }
    from = from > 0 ? 0 : from;
    page->tables++;
    ddg_prose_say(&page->text, "Values left to safe cells; the bars reach from ");
    ddg_prose_say(&page->text, from < 0 ? "the smallest" : "0");
    ddg_prose_say(&page->text, " to the largest value seen");
    ddg_html_table_begin(page, NULL, ddg_prose_text(&page->text));
    page->text.used = 0;
    ddg_page_put(page, "<thead><tr><th scope=\"col\">Cell</th><th scope=\"col\">Line</th>"
                       "<th scope=\"col\">Measure</th><th scope=\"col\">Values left</th>"
                       "<th scope=\"col\">Range</th></tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < count; i++)
        put_row(page, report, bar[i].finding, from, to);
    ddg_page_put(page, "</tbody>\n</table>\n</div>\n");
}

void ddg_html_bars(struct ddg_page *page, const struct ddg_report *report)
{
    struct bar *bar = NULL;
    size_t count;

    if (!find_bars(report->audit, &bar, &count, page->sink->context) && count > 0) {
        size_t listed = count < DDG_HTML_BARS_MOST ? count : DDG_HTML_BARS_MOST;

        ddg_page_say(page, DDG_TONE_PLAIN,
                     "Dark: values that stand in whole tables which fit the publication. Light: "
                     "values that were not ruled out.");
        put_table(page, report, bar, listed);
        if (listed < count) {
            ddg_prose_count(&page->text, count - listed, "cell with a wider range is",
                            "cells with wider ranges are");
            ddg_prose_say(&page->text, " not listed.");
            ddg_page_paragraph(page, DDG_TONE_SMALL);
        }
    }
    free(bar);
}
