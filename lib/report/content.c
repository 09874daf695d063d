#include "report/content.h"

#include "report/steps.h"
#include "report/subject.h"

/* Verdict ------------------------------------------------------------------------------------ */

static void write_verdict_counts(struct ddg_page *page, const struct ddg_report *report)
{
    static const struct ddg_column columns[] = {
        {"Verdict", false}, {"Cells", true}, {"Meaning", false}};
    struct ddg_tally tally = ddg_summary_tally(report, DDG_ALL, DDG_ALL);

    ddg_page_table(page, "Hidden cells by verdict", columns, 3);
    for (int v = DDG_VERDICT_RECOVERED; v >= DDG_VERDICT_SAFE; v--) {
        ddg_page_say_cell(page, ddg_verdict_word((enum ddg_verdict)v));
        ddg_prose_number(&page->text, tally.verdict[v]);
        ddg_page_cell(page);
        ddg_page_say_cell(page, ddg_summary_meaning((enum ddg_verdict)v));
    }
    ddg_page_say_cell(page, "all hidden cells");
    ddg_prose_number(&page->text, tally.hidden);
    ddg_page_cell(page);
    ddg_page_say_cell(page, "");
    ddg_page_table_end(page);
}

static void write_measure_counts(struct ddg_page *page, const struct ddg_report *report, size_t r,
                                 size_t m)
{
    const struct ddg_table *table = report->audit->release[r].table;
    struct ddg_tally tally = ddg_summary_tally(report, r, m);

    ddg_prose_say(&page->text, table->file);
    ddg_page_cell(page);
    ddg_prose_add(&page->text, table->name[table->measure[m].count]);
    ddg_page_cell(page);
    ddg_prose_number(&page->text, tally.hidden);
    ddg_page_cell(page);
    for (int v = DDG_VERDICT_RECOVERED; v >= DDG_VERDICT_SAFE; v--) {
        ddg_prose_number(&page->text, tally.verdict[v]);
        ddg_page_cell(page);
    }
}

static void write_counts_by_measure(struct ddg_page *page, const struct ddg_report *report)
{
    static const struct ddg_column columns[] = {
        {"File", false},    {"Measure", false},   {"Hidden", true},    {"Recovered", true},
        {"Narrowed", true}, {"Determined", true}, {"Undecided", true}, {"Safe", true}};
    const struct ddg_audit *audit = report->audit;

    if (audit->releases == 1 && audit->release[0].table->measures == 1)
        return;
    ddg_page_table(page, "The same by measure", columns, 8);
    for (size_t r = 0; r < audit->releases; r++)
        for (size_t m = 0; m < audit->release[r].table->measures; m++)
            write_measure_counts(page, report, r, m);
    ddg_page_table_end(page);
}

static void write_verdict(struct ddg_page *page, const struct ddg_report *report)
{
    static const enum ddg_tone tones[] = {
        [DDG_OUTCOME_NOTHING] = DDG_TONE_OPEN,
        [DDG_OUTCOME_CLEAR] = DDG_TONE_GOOD,
        [DDG_OUTCOME_OPEN] = DDG_TONE_OPEN,
        [DDG_OUTCOME_FINDINGS] = DDG_TONE_BAD,
    };
    char date[DDG_DATE_ROOM];

    ddg_summary_sentence(report, &page->text);
    ddg_page_paragraph(page, tones[ddg_summary_outcome(report)]);
    for (size_t i = 0; i < report->audit->conflicts; i++) {
        ddg_prose_say(&page->text, "Set aside: ");
        ddg_prose_say(&page->text, report->audit->conflict[i]);
        ddg_page_paragraph(page, DDG_TONE_PLAIN);
    }
    for (size_t i = 0; i < report->audit->doubts.count; i++) {
        ddg_prose_say(&page->text, "Not described: ");
        ddg_prose_say(&page->text, report->audit->doubts.text[i]);
        ddg_page_paragraph(page, DDG_TONE_PLAIN);
    }
    write_verdict_counts(page, report);
    write_counts_by_measure(page, report);
    ddg_prose_say(&page->text, report->record->show_values
                                   ? "This report shows counts that the publication hides. It is "
                                     "as confidential as the records behind the table."
                                   : "This report shows no hidden count and no range of one.");
    ddg_page_paragraph(page, DDG_TONE_SMALL);
    ddg_prose_say(&page->text, "Made by ");
    ddg_prose_say(&page->text, report->record->tool);
    ddg_prose_say(&page->text, " ");
    ddg_prose_say(&page->text, report->record->version);
    ddg_prose_say(&page->text, ", ");
    ddg_prose_say(&page->text, ddg_record_date_text(report->record->date, date));
    ddg_prose_say(&page->text, ".");
    ddg_page_paragraph(page, DDG_TONE_SMALL);
}

/* Findings ----------------------------------------------------------------------------------- */

static void write_finding(struct ddg_page *page, const struct ddg_report *report,
                          const struct ddg_finding *finding)
{
    const struct ddg_release *release = &report->audit->release[finding->release];
    const struct ddg_table *table = release->table;
    bool values = report->record->show_values;

    ddg_page_say_cell(page, ddg_verdict_word(finding->answer.verdict));
    ddg_summary_place(report, finding->release, finding->cell, &page->text);
    ddg_page_cell(page);
    ddg_prose_add(&page->text, table->name[table->measure[finding->measure].count]);
    ddg_page_cell(page);
    ddg_summary_cell(&release->model, finding->cell, &page->text);
    ddg_page_cell(page);
    if (values) {
        ddg_summary_values(&finding->answer, &page->text);
        ddg_page_cell(page);
    }
    ddg_page_say_cell(page, values && finding->figures ? finding->figures : finding->how);
}

static void write_findings_left_out(struct ddg_page *page, uint64_t left_out)
{
    if (left_out == 0)
        return;
    ddg_prose_count(&page->text, left_out, "more finding is", "more findings are");
    ddg_prose_say(&page->text, " not listed here. The findings on standard output and a report in "
                               "JSON have all.");
    ddg_page_paragraph(page, DDG_TONE_PLAIN);
}

/* The cells that were found, by verdict; returns how many were listed. */
static uint64_t write_cells(struct ddg_page *page, const struct ddg_report *report,
                            const char *title, size_t from, size_t to)
{
    static const struct ddg_column plain[] = {
        {"Verdict", false}, {"Line", false}, {"Measure", false}, {"Cell", false}, {"How", false}};
    static const struct ddg_column valued[] = {{"Verdict", false},     {"Line", false},
                                               {"Measure", false},     {"Cell", false},
                                               {"Values left", false}, {"How", false}};
    const struct ddg_finding *finding = report->audit->finding;
    uint64_t listed = 0;

    if (report->record->show_values)
        ddg_page_table(page, title, valued, 6);
    else
        ddg_page_table(page, title, plain, 5);
    for (int v = DDG_VERDICT_RECOVERED; v >= DDG_VERDICT_UNDECIDED; v--)
        for (size_t i = from; i < to && listed < DDG_FINDINGS_MOST; i++)
            if (finding[i].answer.verdict == (enum ddg_verdict)v) {
                write_finding(page, report, &finding[i]);
                listed++;
            }
    ddg_page_table_end(page);
    return listed;
}

static void write_part(struct ddg_page *page, const struct ddg_report *report, const char *title,
                       size_t from, size_t to)
{
    uint64_t all = 0;

    for (size_t i = from; i < to; i++)
        all += report->audit->finding[i].answer.verdict > DDG_VERDICT_SAFE;
    if (all > 0)
        write_findings_left_out(page, all - write_cells(page, report, title, from, to));
    else if (from == 0)
        ddg_page_say(page, DDG_TONE_PLAIN, "None.");
}

static void write_findings(struct ddg_page *page, const struct ddg_report *report)
{
    const struct ddg_audit *audit = report->audit;

    write_part(page, report, "Cells that are given away or undecided", 0, audit->findings);
    if (ddg_findings_alone(audit) == 0)
        return;
    ddg_page_heading(page, NULL, 3, "Earlier releases by themselves");
    ddg_page_say(page, DDG_TONE_PLAIN,
                 "What earlier releases give away, or which rules they break, whatever is released "
                 "today. The verdict does not count it.");
    if (audit->alone > 0)
        write_part(page, report, "Cells of earlier releases", audit->findings,
                   audit->findings + audit->alone);
}

/* Rule checks -------------------------------------------------------------------------------- */

static void write_notice(struct ddg_page *page, const struct ddg_report *report, size_t release,
                         const struct ddg_notice *notice)
{
    ddg_page_say_cell(page, notice->rule);
    ddg_prose_say(&page->text, notice->finding ? "finding" : "note");
    ddg_prose_say(&page->text,
                  report->audit->release[release].previous ? " (previous release)" : "");
    ddg_page_cell(page);
    ddg_summary_notice_place(report, release, notice, &page->text);
    ddg_page_cell(page);
    ddg_prose_add(&page->text, ddg_summary_notice_column(report, release, notice));
    ddg_page_cell(page);
    ddg_page_say_cell(page, notice->text);
}

static void write_rules(struct ddg_page *page, const struct ddg_report *report)
{
    static const struct ddg_column columns[] = {
        {"Rule", false}, {"Kind", false}, {"Line", false}, {"Column", false}, {"What", false}};
    const struct ddg_notices *notices = report->audit->notices;
    size_t count = 0, listed = 0;

    for (size_t r = 0; notices && r < report->audit->releases; r++)
        count += notices[r].count;
    if (count == 0) {
        ddg_page_say(page, DDG_TONE_PLAIN,
                     notices ? "No rule was found broken." : "Rules were not checked.");
        return;
    }
    ddg_page_table(page, "Rules of the guideline that need no attack", columns, 5);
    for (int finding = 1; finding >= 0; finding--)
        for (size_t r = 0; r < report->audit->releases; r++)
            for (size_t i = 0; i < notices[r].count && listed < DDG_FINDINGS_MOST; i++)
                if (notices[r].item[i].finding == (finding == 1)) {
                    write_notice(page, report, r, &notices[r].item[i]);
                    listed++;
                }
    ddg_page_table_end(page);
    write_findings_left_out(page, count - listed);
}

/* Pictures and equations --------------------------------------------------------------------- */

static bool has_maps(const struct ddg_page *page, const struct ddg_report *report)
{
    return page->format->maps && report->audit->findings > 0;
}

static void write_maps(struct ddg_page *page, const struct ddg_report *report)
{
    page->format->maps(page, report);
}

static bool has_bars(const struct ddg_page *page, const struct ddg_report *report)
{
    return page->format->bars && report->record->show_values &&
           ddg_summary_tally(report, DDG_ALL, DDG_ALL).verdict[DDG_VERDICT_SAFE] > 0;
}

static void write_bars(struct ddg_page *page, const struct ddg_report *report)
{
    page->format->bars(page, report);
}

static void write_equation_list(struct ddg_page *page, const char *title,
                                const char *const *equation, size_t count)
{
    ddg_page_heading(page, NULL, 3, title);
    if (count == 0)
        ddg_page_say(page, DDG_TONE_PLAIN, "None.");
    for (size_t i = 0; i < count; i++) {
        ddg_prose_say(&page->text, equation[i]);
        ddg_page_item(page);
    }
}

static void write_lines_of(struct ddg_page *page, const struct ddg_release *release, size_t d,
                           uint64_t lines)
{
    const struct ddg_dimension *dimension = &release->model.dimension[d];

    ddg_prose_say(&page->text, release->table->file);
    ddg_prose_say(&page->text, ": along ");
    for (size_t level = 0; level < dimension->levels; level++) {
        ddg_prose_say(&page->text, level > 0 ? " and " : "");
        ddg_prose_add(&page->text, dimension->level[level].name);
    }
    ddg_prose_say(&page->text,
                  dimension->overlapping
                      ? ", whose categories overlap, a total is at most the sum of its "
                        "parts and at least the largest ("
                      : " a total is the sum of its parts (");
    ddg_prose_count(&page->text, lines, "line)", "lines)");
    ddg_page_item(page);
}

static void write_distinct(struct ddg_page *page, const struct ddg_table *table)
{
    for (size_t m = 0; m < table->measures; m++) {
        if (!table->measure[m].distinct)
            continue;
        ddg_prose_say(&page->text, table->file);
        ddg_prose_say(&page->text, ": in ");
        ddg_prose_add(&page->text, table->name[table->measure[m].count]);
        ddg_prose_say(&page->text,
                      ", which counts distinct persons, every total is at most the sum "
                      "of its parts and at least the largest");
        ddg_page_item(page);
    }
}

/* Returns how many lines there are. */
static uint64_t write_lines(struct ddg_page *page, const struct ddg_release *release)
{
    uint64_t all = 0;

    for (size_t d = 0; d < release->model.dimensions; d++) {
        uint64_t lines = 0;

        for (uint32_t line = 0; line < release->model.lines; line++)
            lines += release->model.line_dimension[line] == d;
        if (lines > 0)
            write_lines_of(page, release, d, lines);
        all += lines;
    }
    if (all > 0)
        write_distinct(page, release->table);
    return all;
}

static void write_equations(struct ddg_page *page, const struct ddg_report *report)
{
    static const char discovered[] = "Found to hold throughout the published cells";
    const struct ddg_audit *audit = report->audit;
    uint64_t lines = 0;

    ddg_page_heading(page, NULL, 3, "From the structure of the tables");
    for (size_t r = 0; r < audit->releases; r++)
        lines += write_lines(page, &audit->release[r]);
    if (lines == 0)
        ddg_page_say(page, DDG_TONE_PLAIN, "None.");
    write_equation_list(page, "Declared", audit->equation, audit->equations);
    if (audit->discovering) {
        write_equation_list(page, discovered, audit->discovered, audit->discoveries);
    } else {
        ddg_page_heading(page, NULL, 3, discovered);
        ddg_page_say(page, DDG_TONE_PLAIN, "They were not looked for (--discover).");
    }
}

/* What is not covered, and the record -------------------------------------------------------- */

static void write_caveats(struct ddg_page *page, const struct ddg_report *report)
{
    const char *caveat;

    ddg_page_say(page, DDG_TONE_PLAIN, "Safe means safe from this attack. Left aside are:");
    for (size_t i = 0; (caveat = ddg_summary_caveat(report, i)) != NULL; i++) {
        ddg_prose_say(&page->text, caveat);
        ddg_page_item(page);
    }
}

static void write_steps(struct ddg_page *page, const struct ddg_report *report)
{
    ddg_page_say(page, DDG_TONE_PLAIN,
                 "The six steps of the CalHHS Data De-Identification Guidelines, Edition 2.0, with "
                 "what the audit knows of each. What is blank is for people to fill in and sign.");
    for (size_t i = 0; i < DDG_STEPS; i++) {
        struct ddg_step step;

        ddg_step_describe(report, i, &step, page->sink->context);
        ddg_page_heading(page, NULL, 3, step.title);
        ddg_prose_add(&page->text, ddg_prose_text(&step.outcome));
        ddg_page_field(page, "Outcome");
        ddg_prose_add(&page->text, ddg_prose_text(&step.reason));
        ddg_page_field(page, "Reason");
        for (size_t b = 0; step.blank[b]; b++)
            ddg_page_field(page, step.blank[b]);
        ddg_step_free(&step);
    }
}

/* The whole ---------------------------------------------------------------------------------- */

static const struct part {
    struct ddg_section section;
    bool (*present)(const struct ddg_page *page, const struct ddg_report *report); /* or NULL */
    void (*write)(struct ddg_page *page, const struct ddg_report *report);
} parts[] = {
    {{"verdict", "Verdict"}, NULL, write_verdict},
    {{"findings", "Findings"}, NULL, write_findings},
    {{"rules", "Rule checks"}, NULL, write_rules},
    {{"maps", "Maps of the hidden cells"}, has_maps, write_maps},
    {{"ranges", "Ranges of safe cells"}, has_bars, write_bars},
    {{"equations", "Equations"}, NULL, write_equations},
    {{"subject", "What was audited, and how"}, NULL, ddg_subject_write},
    {{"limits", "What the attack does not cover"}, NULL, write_caveats},
    {{"record", "Record for the expert determination"}, NULL, write_steps},
};

enum { PARTS = sizeof parts / sizeof *parts };

static void write_title(struct ddg_page *page, const struct ddg_report *report,
                        const struct ddg_section *section, size_t sections)
{
    const struct ddg_audit *audit = report->audit;

    ddg_prose_say(&page->text, "Disclosure audit");
    if (audit->releases > 0) {
        ddg_prose_say(&page->text, " of ");
        ddg_prose_say(&page->text, audit->release[0].table->file);
    }
    if (audit->releases > 1) {
        ddg_prose_say(&page->text, " and ");
        ddg_prose_count(&page->text, audit->releases - 1, "other release", "other releases");
    }
    page->format->begin(page, ddg_prose_text(&page->text), section, sections);
    page->text.used = 0;
}

void ddg_content_write(struct ddg_page *page, const struct ddg_report *report)
{
    struct ddg_section section[PARTS];
    const struct part *part[PARTS];
    size_t sections = 0;

    for (size_t i = 0; i < PARTS; i++)
        if (!parts[i].present || parts[i].present(page, report)) {
            part[sections] = &parts[i];
            section[sections++] = parts[i].section;
        }
    write_title(page, report, section, sections);
    for (size_t i = 0; i < sections; i++) {
        ddg_page_heading(page, section[i].id, 2, section[i].title);
        part[i]->write(page, report);
    }
    ddg_page_end(page);
}
