#include "report/json.h"

#include "base/number.h"
#include "report/escape.h"
#include "report/steps.h"

#include <inttypes.h>
#include <stdio.h>

/* Values.  `first` says whether a comma is needed: objects and arrays pass on what they began. */

struct json {
    struct ddg_sink *sink;
    bool first; /* nothing stands in the innermost object or array yet */
    unsigned depth;
};

static void put(struct json *json, const char *string)
{
    ddg_sink_say(json->sink, string);
}

static void put_line_start(struct json *json)
{
    put(json, json->first ? "\n" : ",\n");
    for (unsigned i = 0; i < json->depth; i++)
        put(json, "  ");
    json->first = false;
}

/* Starts a member; without a name an element of an array. */
static void start(struct json *json, const char *name)
{
    put_line_start(json);
    if (!name)
        return;
    ddg_escape_quoted(json->sink, ddg_text_of(name));
    put(json, ": ");
}

static void open_with(struct json *json, const char *name, const char *bracket)
{
    start(json, name);
    put(json, bracket);
    json->depth++;
    json->first = true;
}

static void close_with(struct json *json, const char *bracket)
{
    bool empty = json->first;

    json->depth--;
    if (!empty) {
        json->first = true;
        put_line_start(json);
    }
    json->first = false;
    put(json, bracket);
    (void)ddg_sink_pass(json->sink);
}

static void add_text(struct json *json, const char *name, struct ddg_text text)
{
    start(json, name);
    ddg_escape_quoted(json->sink, text);
}

/* NULL is null. */
static void add_string(struct json *json, const char *name, const char *string)
{
    start(json, name);
    if (string)
        ddg_escape_quoted(json->sink, ddg_text_of(string));
    else
        put(json, "null");
}

static void put_text(struct json *json, struct ddg_text text)
{
    ddg_sink_add(json->sink, text.at, text.length);
}

static void add_number(struct json *json, const char *name, uint64_t number)
{
    char room[DDG_UNSIGNED_ROOM];

    start(json, name);
    put_text(json, ddg_format_unsigned(number, room));
}

static void add_null(struct json *json, const char *name)
{
    add_string(json, name, NULL);
}

static void add_bool(struct json *json, const char *name, bool value)
{
    start(json, name);
    put(json, value ? "true" : "false");
}

static void add_signed(struct json *json, const char *name, int64_t number)
{
    char room[32];

    start(json, name);
    snprintf(room, sizeof room, "%" PRId64, number);
    put(json, room);
}

static void add_strings(struct json *json, const char *name, const char *const *string,
                        size_t count)
{
    open_with(json, name, "[");
    for (size_t i = 0; i < count; i++)
        add_string(json, NULL, string[i]);
    close_with(json, "]");
}

/* Parts of the report ------------------------------------------------------------------------ */

static void write_verdicts(struct json *json, const struct ddg_tally *tally)
{
    add_number(json, "hidden", tally->hidden);
    for (int v = DDG_VERDICT_RECOVERED; v >= DDG_VERDICT_SAFE; v--)
        add_number(json, ddg_verdict_word((enum ddg_verdict)v), tally->verdict[v]);
}

static void write_outcome(struct json *json, const struct ddg_report *report)
{
    static const char *const outcomes[] = {
        [DDG_OUTCOME_NOTHING] = "nothing-hidden",
        [DDG_OUTCOME_CLEAR] = "clear",
        [DDG_OUTCOME_OPEN] = "open",
        [DDG_OUTCOME_FINDINGS] = "findings",
    };
    struct ddg_tally tally = ddg_summary_tally(report, DDG_ALL, DDG_ALL);
    struct ddg_prose sentence = {.context = json->sink->context};

    add_string(json, "outcome", outcomes[ddg_summary_outcome(report)]);
    ddg_summary_sentence(report, &sentence);
    add_text(json, "sentence", ddg_prose_text(&sentence));
    ddg_prose_free(&sentence);
    open_with(json, "counts", "{");
    write_verdicts(json, &tally);
    add_number(json, "rule_findings", ddg_findings_rules(report->audit));
    add_number(json, "previous_alone", ddg_findings_alone(report->audit));
    add_number(json, "without_row", report->audit->absent);
    add_number(json, "unprinted_totals", report->audit->unprinted);
    close_with(json, "}");
}

static void write_inputs(struct json *json, const struct ddg_inputs *inputs)
{
    char digest[DDG_DIGEST_ROOM];

    open_with(json, "inputs", "[");
    for (size_t i = 0; inputs && i < inputs->count; i++) {
        if (!ddg_record_input_is_new(inputs, i))
            continue;
        open_with(json, NULL, "{");
        add_string(json, "name", inputs->input[i].name);
        add_number(json, "bytes", inputs->input[i].digest.length);
        ddg_digest_text(&inputs->input[i].digest, digest);
        add_string(json, "sha256", digest);
        close_with(json, "}");
    }
    close_with(json, "]");
}

/* The seconds with as many decimals as they have, up to three; no locale changes the point. */
static void write_seconds(struct json *json, double seconds)
{
    char room[DDG_DECIMAL_ROOM];
    struct ddg_decimal value = {(__int128)(seconds * 1000 + 0.5), 3};

    start(json, "seconds");
    while (value.places > 0 && value.units % 10 == 0) {
        value.units /= 10;
        value.places--;
    }
    put_text(json, seconds > 0 ? ddg_decimal_format(value, room) : ddg_text_of("null"));
}

static void write_parameters(struct json *json, const struct ddg_report *report)
{
    const struct ddg_report_record *record = report->record;

    add_strings(json, "options", record->option, record->options);
    open_with(json, "parameters", "{");
    add_number(json, "threshold", record->threshold);
    write_seconds(json, record->seconds);
    add_number(json, "threads", record->threads);
    add_bool(json, "intervals", record->intervals);
    add_bool(json, "group_rule", record->group_rule);
    close_with(json, "}");
    open_with(json, "attack", "{");
    add_number(json, "unknowns", report->audit->unknowns);
    add_number(json, "rows", report->audit->rows);
    add_strings(json, "crossed", report->audit->crossed, report->audit->crosseds);
    close_with(json, "}");
}

static void write_measure(struct json *json, const struct ddg_report *report, size_t r, size_t m)
{
    const struct ddg_release *release = &report->audit->release[r];
    const struct ddg_measure *measure = &release->table->measure[m];
    struct ddg_tally tally = ddg_summary_tally(report, r, m);
    struct ddg_prose values = {.context = json->sink->context};

    open_with(json, NULL, "{");
    add_text(json, "name", release->table->name[measure->count]);
    add_bool(json, "distinct", measure->distinct);
    add_string(json, "knows", ddg_reader_word[release->reader[m]]);
    ddg_summary_min_values(report, release->reader[m], &values);
    add_text(json, "min_values", ddg_prose_text(&values));
    ddg_prose_free(&values);
    write_verdicts(json, &tally);
    close_with(json, "}");
}

static void write_releases(struct json *json, const struct ddg_report *report)
{
    open_with(json, "releases", "[");
    for (size_t r = 0; r < report->audit->releases; r++) {
        const struct ddg_release *release = &report->audit->release[r];
        const struct ddg_table *table = release->table;

        open_with(json, NULL, "{");
        add_string(json, "file", table->file);
        add_bool(json, "previous", release->previous);
        add_number(json, "rows", table->rows);
        open_with(json, "dimensions", "[");
        for (size_t i = 0; i < table->dims; i++)
            add_text(json, NULL, table->name[table->dim[i]]);
        close_with(json, "]");
        open_with(json, "measures", "[");
        for (size_t m = 0; m < table->measures; m++)
            write_measure(json, report, r, m);
        close_with(json, "]");
        close_with(json, "}");
    }
    close_with(json, "]");
    add_strings(json, "conflicts", report->audit->conflict, report->audit->conflicts);
    add_strings(json, "doubts", report->audit->doubts.text, report->audit->doubts.count);
}

static void write_cell(struct json *json, const struct ddg_model *model, uint32_t cell)
{
    open_with(json, "cell", "[");
    for (size_t i = 0; i < model->table->dims; i++) {
        open_with(json, NULL, "{");
        add_text(json, "dimension", model->table->name[model->table->dim[i]]);
        add_text(json, "category", ddg_model_label(model, cell, i));
        close_with(json, "}");
    }
    close_with(json, "]");
}

static void add_bound(struct json *json, const char *name, int64_t value, bool known)
{
    if (known)
        add_signed(json, name, value);
    else
        add_null(json, name);
}

/* What only a report that shows values tells of a cell. */
static void write_values(struct json *json, const struct ddg_finding *finding, bool show)
{
    const struct ddg_answer *answer = &finding->answer;
    bool seen = answer->seen_low <= answer->seen_high;

    add_string(json, "figures", show ? finding->figures : NULL);
    if (!show) {
        add_null(json, "range");
        return;
    }
    open_with(json, "range", "{");
    add_signed(json, "low", answer->low);
    add_bound(json, "high", answer->high, answer->high != DDG_UNBOUNDED);
    add_bound(json, "seen_low", answer->seen_low, seen);
    add_bound(json, "seen_high", answer->seen_high, seen);
    close_with(json, "}");
}

/* The file and line of a row; SIZE_MAX for none. */
static void write_place(struct json *json, const struct ddg_table *table, size_t row)
{
    add_string(json, "file", row == SIZE_MAX ? table->file : ddg_table_file(table, row));
    if (row == SIZE_MAX)
        add_null(json, "line");
    else
        add_number(json, "line", table->line[row]);
}

static void write_finding(struct json *json, const struct ddg_report *report,
                          const struct ddg_finding *finding)
{
    const struct ddg_release *release = &report->audit->release[finding->release];
    const struct ddg_table *table = release->table;

    open_with(json, NULL, "{");
    add_number(json, "release", finding->release + (uint64_t)1);
    write_place(json, table, finding->cell < release->model.printed ? finding->cell : SIZE_MAX);
    add_text(json, "measure", table->name[table->measure[finding->measure].count]);
    write_cell(json, &release->model, finding->cell);
    add_number(json, "code", (uint64_t)finding->code);
    add_string(json, "verdict", ddg_verdict_word(finding->answer.verdict));
    add_bool(json, "previous_alone", finding >= report->audit->finding + report->audit->findings);
    add_string(json, "method", ddg_summary_method(finding->answer.method));
    add_string(json, "how", finding->how);
    write_values(json, finding, report->record->show_values);
    close_with(json, "}");
}

static void write_findings(struct json *json, const struct ddg_report *report)
{
    open_with(json, "findings", "[");
    for (size_t i = 0; i < report->audit->findings + report->audit->alone; i++) {
        const struct ddg_finding *finding = &report->audit->finding[i];

        if (finding->answer.verdict > DDG_VERDICT_SAFE || report->record->intervals)
            write_finding(json, report, finding);
    }
    close_with(json, "]");
}

static void write_notice(struct json *json, const struct ddg_report *report, size_t release,
                         const struct ddg_notice *notice)
{
    const struct ddg_table *table = report->audit->release[release].table;
    struct ddg_text column = ddg_summary_notice_column(report, release, notice);

    open_with(json, NULL, "{");
    add_number(json, "release", release + 1);
    add_string(json, "rule", notice->rule);
    add_bool(json, "finding", notice->finding);
    write_place(json, table, notice->row == DDG_WHOLE_TABLE ? SIZE_MAX : notice->row);
    add_number(json, "rows", notice->rows);
    if (column.at)
        add_text(json, "column", column);
    else
        add_null(json, "column");
    add_string(json, "text", notice->text);
    close_with(json, "}");
}

static void write_rules(struct json *json, const struct ddg_report *report)
{
    const struct ddg_notices *notices = report->audit->notices;

    open_with(json, "rules", "[");
    for (size_t r = 0; notices && r < report->audit->releases; r++)
        for (size_t i = 0; i < notices[r].count; i++)
            write_notice(json, report, r, &notices[r].item[i]);
    close_with(json, "]");
}

static void write_limits(struct json *json, const struct ddg_report *report)
{
    const char *caveat;

    open_with(json, "not_covered", "[");
    for (size_t i = 0; (caveat = ddg_summary_caveat(report, i)) != NULL; i++)
        add_string(json, NULL, caveat);
    close_with(json, "]");
}

static void write_steps(struct json *json, const struct ddg_report *report)
{
    open_with(json, "steps", "[");
    for (size_t i = 0; i < DDG_STEPS; i++) {
        struct ddg_step step;
        size_t blanks = 0;

        ddg_step_describe(report, i, &step, json->sink->context);
        while (step.blank[blanks])
            blanks++;
        open_with(json, NULL, "{");
        add_string(json, "title", step.title);
        add_text(json, "outcome", ddg_prose_text(&step.outcome));
        add_text(json, "reason", ddg_prose_text(&step.reason));
        add_strings(json, "to_fill_in", step.blank, blanks);
        close_with(json, "}");
        ddg_step_free(&step);
    }
    close_with(json, "]");
}

void ddg_json_write(struct ddg_sink *sink, const struct ddg_report *report)
{
    struct json json = {.sink = sink, .first = true, .depth = 1};
    char date[DDG_DATE_ROOM];

    put(&json, "{");
    add_string(&json, "schema", "ddg-audit-report/1");
    open_with(&json, "tool", "{");
    add_string(&json, "name", report->record->tool);
    add_string(&json, "version", report->record->version);
    close_with(&json, "}");
    add_string(&json, "date", ddg_record_date_text(report->record->date, date));
    add_bool(&json, "values_shown", report->record->show_values);
    write_outcome(&json, report);
    write_inputs(&json, report->record->inputs);
    write_parameters(&json, report);
    write_releases(&json, report);
    write_findings(&json, report);
    write_rules(&json, report);
    open_with(&json, "equations", "{");
    add_strings(&json, "declared", report->audit->equation, report->audit->equations);
    if (report->audit->discovering)
        add_strings(&json, "discovered", report->audit->discovered, report->audit->discoveries);
    else
        add_null(&json, "discovered");
    close_with(&json, "}");
    write_limits(&json, report);
    write_steps(&json, report);
    put(&json, "\n}\n");
}
