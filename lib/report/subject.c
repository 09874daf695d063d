#include "report/subject.h"

static void write_inputs(struct ddg_page *page, const struct ddg_inputs *inputs)
{
    static const struct ddg_column columns[] = {
        {"File", false}, {"Bytes", true}, {"SHA-256", false}};
    char digest[DDG_DIGEST_ROOM];

    ddg_page_table(page, "Files that were read", columns, 3);
    for (size_t i = 0; i < inputs->count; i++) {
        if (!ddg_record_input_is_new(inputs, i))
            continue;
        ddg_page_say_cell(page, inputs->input[i].name);
        ddg_prose_number(&page->text, inputs->input[i].digest.length);
        ddg_page_cell(page);
        ddg_digest_text(&inputs->input[i].digest, digest);
        ddg_page_say_cell(page, digest);
    }
    ddg_page_table_end(page);
}

static void write_attackers(struct ddg_page *page, const struct ddg_report *report)
{
    static const struct ddg_column columns[] = {{"File", false},
                                                {"Measure", false},
                                                {"Level", false},
                                                {"What the attacker knows", false},
                                                {"Values that have to remain", false}};
    ddg_page_table(page, "The attacker, for each measure", columns, 5);
    for (size_t r = 0; r < report->audit->releases; r++) {
        const struct ddg_release *release = &report->audit->release[r];

        for (size_t m = 0; m < release->table->measures; m++) {
            ddg_prose_say(&page->text, release->table->file);
            ddg_prose_say(&page->text, release->previous ? " (previous release)" : "");
            ddg_page_cell(page);
            ddg_prose_add(&page->text, release->table->name[release->table->measure[m].count]);
            ddg_page_cell(page);
            ddg_page_say_cell(page, ddg_reader_word[release->reader[m]]);
            ddg_page_say_cell(page, ddg_summary_knowledge(release->reader[m]));
            ddg_summary_min_values(report, release->reader[m], &page->text);
            ddg_page_cell(page);
        }
    }
    ddg_page_table_end(page);
}

static void write_number(struct ddg_page *page, const char *name, uint64_t number)
{
    ddg_page_say_cell(page, name);
    ddg_prose_number(&page->text, number);
    ddg_page_cell(page);
}

static void write_word(struct ddg_page *page, const char *name, const char *word)
{
    ddg_page_say_cell(page, name);
    ddg_page_say_cell(page, word);
}

static void write_time_limit(struct ddg_page *page, double seconds)
{
    ddg_page_say_cell(page, "Time allowed");
    if (seconds > 0)
        ddg_prose_count(&page->text, (uint64_t)(seconds + 0.5), "second", "seconds");
    else
        ddg_prose_say(&page->text, "as long as it takes");
    ddg_page_cell(page);
}

static void write_parameters(struct ddg_page *page, const struct ddg_report *report)
{
    static const struct ddg_column columns[] = {{"Parameter", false}, {"Value", false}};
    const struct ddg_report_record *record = report->record;
    const struct ddg_audit *audit = report->audit;

    ddg_page_table(page, "Parameters and sizes", columns, 2);
    write_number(page, "Threshold (smaller counts are small)", record->threshold);
    write_time_limit(page, record->seconds);
    write_number(page, "Threads", record->threads);
    write_word(page, "Rule R-SUP-6 checked", record->group_rule ? "yes" : "no");
    write_word(page, "Ranges of safe cells asked for", record->intervals ? "yes" : "no");
    write_word(page, "Hidden counts shown in this report", record->show_values ? "yes" : "no");
    write_number(page, "Unknown numbers in the attack", audit->unknowns);
    write_number(page, "Equations and inequalities in the attack", audit->rows);
    write_number(page, "Cells without a row that were taken as hidden", audit->absent);
    write_number(page, "Totals that the tables do not print", audit->unprinted);
    for (size_t i = 0; i < audit->crosseds; i++)
        write_word(page, "Table that is not printed, attacked through its margins: counts by",
                   audit->crossed[i]);
    ddg_page_table_end(page);
}

void ddg_subject_write(struct ddg_page *page, const struct ddg_report *report)
{
    const struct ddg_report_record *record = report->record;

    if (record->inputs && record->inputs->count > 0)
        write_inputs(page, record->inputs);
    write_attackers(page, report);
    write_parameters(page, report);
    ddg_page_heading(page, NULL, 3, "Command line");
    ddg_prose_say(&page->text, record->tool);
    for (size_t i = 0; i < record->options; i++) {
        ddg_prose_say(&page->text, " ");
        ddg_prose_say(&page->text, record->option[i]);
    }
    ddg_page_paragraph(page, DDG_TONE_PLAIN);
}
