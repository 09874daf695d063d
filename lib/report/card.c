#include "report/card.h"

#include "report/card_json.h"
#include "report/page.h"
#include "report/report.h"
#include "report/text.h"

static const char poison[] = "\nddg: this score card is incomplete\n";

static const struct ddg_section sections[] = {
    {"decision", "Decision"}, {"score", "Score"}, {"notes", "Notes"}, {"record", "Record"}};

static void write_decision(struct ddg_page *page, const struct ddg_assessment *a)
{
    unsigned long long small = a->intake->description->threshold - 1;

    ddg_page_heading(page, sections[0].id, 2, sections[0].title);
    if (a->scored)
        ddg_prose_print(&page->text, "Score %lld. ",
                        (long long)a->score.side[a->score.worst].total);
    if (a->mask)
        ddg_prose_print(&page->text, "Mask counts of 1 to %llu: ", small);
    else
        ddg_prose_say(&page->text, "Release without masking: ");
    ddg_prose_say(&page->text, a->reason);
    ddg_prose_say(&page->text, ".");
    ddg_page_paragraph(page, a->mask ? DDG_TONE_BAD : DDG_TONE_GOOD);
    ddg_prose_count(&page->text, a->intake->rows, "cell", "cells");
    ddg_prose_say(&page->text, "; a numerator of 1 to ");
    ddg_prose_print(&page->text, "%llu in ", small);
    ddg_prose_number(&page->text, a->intake->small);
    ddg_prose_say(&page->text, ", a denominator under ");
    ddg_prose_number(&page->text, a->cells->least);
    ddg_prose_say(&page->text, " in ");
    ddg_prose_number(&page->text, a->cells->denominators_failed);
    ddg_prose_say(&page->text, ", of which not known in ");
    ddg_prose_number(&page->text, a->cells->denominators_missing);
    ddg_prose_say(&page->text, " (R-NUM, R-DEN).");
    ddg_page_paragraph(page, DDG_TONE_PLAIN);
}

static void say_crosses(struct ddg_prose *prose, const struct ddg_assessment *a,
                        const struct ddg_crosses *crosses)
{
    bool first = true;

    for (size_t d = 0; d < a->intake->dimensions; d++)
        if (crosses->dimensions >> d & 1) {
            const struct ddg_parts *parts = &a->intake->parts[d];

            ddg_prose_say(prose, first ? "" : " by ");
            ddg_prose_add(prose,
                          parts->name[parts->kind ? crosses->kind[parts->slot] : parts->count - 1]);
            first = false;
        }
    ddg_prose_say(prose, first ? "the total" : "");
}

static void write_entry(struct ddg_page *page, const struct ddg_score_entry *entry, bool record)
{
    ddg_page_say_cell(page, entry->variable);
    ddg_page_say_cell(page, entry->category);
    if (entry->high_risk)
        ddg_prose_say(&page->text, "high-risk");
    else
        ddg_prose_print(&page->text, "%+lld", (long long)entry->score);
    ddg_page_cell(page);
    ddg_page_say_cell(page, entry->section);
    if (record && entry->unknown)
        ddg_prose_print(&page->text, "'%s': ", entry->unknown);
    ddg_page_say_cell(page, entry->source);
}

static void write_side(struct ddg_page *page, const struct ddg_assessment *a,
                       const struct ddg_side_score *side, bool record)
{
    static const struct ddg_column columns[] = {{"Variable", false},
                                                {"Category", false},
                                                {"Score", true},
                                                {"Section", false},
                                                {"Source", false}};
    struct ddg_prose caption = {.context = page->sink->context};

    say_crosses(&caption, a, &side->crossing);
    ddg_page_table(page, ddg_prose_string(&caption), columns, 5);
    for (size_t i = 0; i < side->entries; i++)
        write_entry(page, &side->entry[i], record);
    ddg_page_say_cell(page, "Total");
    ddg_page_say_cell(page, side->mask ? "mask" : "release");
    ddg_prose_print(&page->text, "%lld", (long long)side->total);
    ddg_page_cell(page);
    ddg_page_say_cell(page, a->criteria.release_section);
    ddg_page_say_cell(page, side->high_risk ? "a population at high risk (R-HR-1)" : "");
    ddg_page_table_end(page);
    ddg_prose_free(&caption);
}

static void write_score(struct ddg_page *page, const struct ddg_assessment *a, bool record)
{
    ddg_page_heading(page, sections[1].id, 2, sections[1].title);
    if (!a->scored) {
        ddg_page_say(page, DDG_TONE_PLAIN, "No score was taken.");
        return;
    }
    ddg_prose_print(&page->text, "Publication Scoring Criteria, edition %s (%s).",
                    a->criteria.edition, a->criteria.title);
    if (a->score.sides > 1)
        ddg_prose_print(&page->text,
                        " %zu tables stand side by side; each is scored alone, and the highest "
                        "score is the table's.",
                        a->score.sides);
    ddg_page_paragraph(page, DDG_TONE_PLAIN);
    for (size_t i = 0; i < a->score.sides; i++)
        write_side(page, a, &a->score.side[i], record);
}

static void write_notes(struct ddg_page *page, const struct ddg_assessment *a)
{
    size_t notes = a->score.notes + a->notices.count;

    ddg_page_heading(page, sections[2].id, 2, sections[2].title);
    for (size_t i = 0; i < a->score.notes; i++) {
        ddg_prose_say(&page->text, a->score.note[i]);
        ddg_page_item(page);
    }
    for (size_t i = 0; i < a->notices.count; i++) {
        ddg_prose_print(&page->text, "%s: %s", a->notices.item[i].rule, a->notices.item[i].text);
        ddg_page_item(page);
    }
    if (notes == 0)
        ddg_page_say(page, DDG_TONE_PLAIN, "None.");
}

static void write_record(struct ddg_page *page)
{
    static const char *const fields[] = {"Table", "Assessed by", "Date", "Signature"};

    ddg_page_heading(page, sections[3].id, 2, sections[3].title);
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        ddg_page_field(page, fields[i]);
}

/* A record has lines to fill in, and labels that nothing was known of. */
static void write_page(const struct ddg_page_format *format, struct ddg_sink *sink,
                       const struct ddg_assessment *a, bool record)
{
    struct ddg_page page = {.format = format, .sink = sink};

    page.text.context = page.held.context = sink->context;
    format->begin(&page, ddg_text_of("Score card of a table of counts"), sections,
                  sizeof sections / sizeof *sections);
    write_decision(&page, a);
    write_score(&page, a, record);
    write_notes(&page, a);
    if (record)
        write_record(&page);
    ddg_page_end(&page);
    ddg_page_free(&page);
}

enum ddg_error ddg_card_write(const char *path, const struct ddg_assessment *a,
                              struct ddg_context *context)
{
    struct ddg_sink sink;
    const struct ddg_page_format *format = ddg_report_format(path);
    enum ddg_error error = ddg_sink_open(&sink, path, context);

    if (error)
        return error;
    if (format)
        write_page(format, &sink, a, true);
    else
        ddg_card_json(&sink, a);
    return ddg_sink_close(&sink, DDG_OK, poison);
}

enum ddg_error ddg_card_explain(const struct ddg_assessment *a, struct ddg_context *context)
{
    struct ddg_sink sink;

    ddg_sink_errors(&sink, context);
    write_page(&ddg_text_format, &sink, a, false);
    return ddg_sink_close(&sink, DDG_OK, poison);
}
