/*
 * ddg-audit: attacks published tables and lists the masked cells that they give away.
 */
#include "attack/audit.h"
#include "common.h"
#include "report/message.h"
#include "report/report.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { SHOW_VALUES = 1, INTERVALS, TIME, THREADS, GROUP_RULE, WHEN_MASKED, REPORT };

enum { THREADS_USUAL = 2, SECONDS_MOST = 100000000 };

struct opts {
    struct ddg_knowledge knowledge;
    struct ddg_audit_options audit;
    bool show_values;
    struct ddg_list reports; /* paths, */
    struct ddg_list scored;  /* and those of --when-masked */
    time_t begun;
};

static const struct ddg_option options[] = {
    {SHOW_VALUES, 0, "show-values", NULL, "print what the counts are", 0},
    {INTERVALS, 0, "intervals", NULL, "list every hidden cell, and find its range exactly", 0},
    {TIME, 0, "time", "SECONDS", "stop then; what is not decided is undecided [no limit]", 0},
    {THREADS, 0, "threads", "N", "processors to use [2, or fewer where there are]", 0},
    {GROUP_RULE, 0, "group-rule", "on|off", "check that lines hide enough (R-SUP-6) [on]", 0},
    {WHEN_MASKED, 0, "when-masked", "FILE",
     "small counts may be shown where column mask of this table is 0; repeatable", 0},
    {REPORT, 0, "report", "FILE", "write a report: .txt, .md, .html, .json; repeatable", 0},
    {0, 0, NULL, NULL, NULL, 0},
};

static enum ddg_error set(void *data, int id, const char *value, struct ddg_context *context)
{
    static const char *const switches[] = {"on", "off", NULL};
    struct opts *opts = data;
    enum ddg_error error = DDG_OK;
    uint64_t number = 0;
    int choice = 0;

    if (ddg_knowledge_has(id))
        return ddg_knowledge_set(&opts->knowledge, id, value, context);
    switch (id) {
    case SHOW_VALUES:
        opts->show_values = true;
        break;
    case INTERVALS:
        opts->audit.decide.intervals = true;
        break;
    case TIME:
        error = ddg_whole_number("time", ddg_text_of(value), 1, SECONDS_MOST, &number, context);
        opts->audit.decide.seconds = (double)number;
        break;
    case THREADS:
        error =
            ddg_whole_number("threads", ddg_text_of(value), 1, DDG_THREADS_MOST, &number, context);
        opts->audit.decide.threads = (unsigned)number;
        break;
    case WHEN_MASKED:
        error = ddg_list_push(&opts->scored, ddg_text_of(value), context);
        break;
    case REPORT:
        if (!(error = ddg_report_check(value, context)))
            error = ddg_list_push(&opts->reports, ddg_text_of(value), context);
        break;
    default:
        error = ddg_choose("group-rule", value, switches, &choice, context);
        opts->audit.group_rule = choice == 0;
    }
    return error;
}

static enum ddg_error write_findings(const struct opts *opts, const struct tool_call *call,
                                     const struct ddg_audit *audit, struct ddg_context *context)
{
    const struct ddg_findings_options findings = {
        .knowledge = &opts->knowledge,
        .values = opts->show_values,
        .all = opts->audit.decide.intervals,
    };
    struct ddg_output output;
    enum ddg_error error =
        ddg_output_open(&output, call->output, call->description.delimiter, context);

    if (error)
        return error;
    return ddg_output_close(&output, ddg_findings_write(&output, audit, &findings, context));
}

/* What reports say of this run. */
static enum ddg_error make_record(const struct opts *opts, const struct tool_call *call,
                                  struct ddg_report_record *record, struct ddg_context *context)
{
    *record = (struct ddg_report_record){
        .tool = "ddg-audit",
        .version = DDG_VERSION,
        .inputs = call->inputs,
        .option = call->arguments,
        .options = call->argument_count,
        .min_primary = opts->knowledge.values_primary,
        .min_complementary = opts->knowledge.values_complementary,
        .threshold = call->description.threshold,
        .seconds = opts->audit.decide.seconds,
        .threads = opts->audit.decide.threads,
        .intervals = opts->audit.decide.intervals,
        .group_rule = opts->audit.group_rule,
        .show_values = opts->show_values,
    };
    return opts->reports.count > 0 ? ddg_record_date(&record->date, context) : DDG_OK;
}

/* Writes reports, findings and, last, the lines on stderr. */
static enum ddg_error write_all(const struct opts *opts, const struct tool_call *call,
                                const struct ddg_report *report, struct ddg_context *context)
{
    struct ddg_prose message = {.context = context};
    enum ddg_error error;

    if (!call->quiet) {
        ddg_message_verdict(report, &message);
        ddg_message_remarks(report, &opts->knowledge, &message);
    }
    error = context->error;
    for (size_t i = 0; !error && i < opts->reports.count; i++)
        error = ddg_report_write(opts->reports.item[i].at, report->audit, report->record, context);
    if (!error)
        error = write_findings(opts, call, report->audit, context);
    if (!error)
        fputs(ddg_prose_string(&message), stderr);
    ddg_prose_free(&message);
    return error;
}

/* People who wait see how far it is; short work goes without. */
static void show_progress(void *data, uint64_t decided, uint64_t all)
{
    enum { SHORT = 3 };
    const struct opts *opts = data;

    if (time(NULL) - opts->begun >= SHORT)
        fprintf(stderr, "\rddg-audit: %llu of %llu cells decided%s", (unsigned long long)decided,
                (unsigned long long)all, decided == all ? "\n" : "");
}

static enum tool_status status_of(const struct ddg_report *report)
{
    static const enum tool_status status[] = {
        [DDG_OUTCOME_NOTHING] = TOOL_YES,
        [DDG_OUTCOME_CLEAR] = TOOL_YES,
        [DDG_OUTCOME_OPEN] = TOOL_ERROR,
        [DDG_OUTCOME_FINDINGS] = TOOL_NO,
    };

    return status[ddg_summary_outcome(report)];
}

static unsigned usual_threads(void)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);

    return processors > 0 && processors < THREADS_USUAL ? (unsigned)processors : THREADS_USUAL;
}

/* Reads the tables of --when-masked; free_scored() frees them, also after an error. */
static enum ddg_error read_scored(struct opts *opts, const struct tool_call *call,
                                  struct ddg_scored **scored, struct ddg_context *context)
{
    enum ddg_error error = ddg_allocate(scored, opts->scored.count, sizeof **scored, context);

    opts->audit.scored = *scored;
    while (!error && opts->audit.scoreds < opts->scored.count) {
        size_t i = opts->audit.scoreds++;

        error =
            ddg_scored_read(&(*scored)[i], opts->scored.item[i].at, &call->description, context);
    }
    return error;
}

static void free_scored(const struct opts *opts, struct ddg_scored *scored)
{
    for (size_t i = 0; i < opts->audit.scoreds; i++)
        ddg_scored_free(&scored[i]);
    free(scored);
}

static enum ddg_error run(void *data, const struct tool_call *call, enum tool_status *status,
                          struct ddg_context *context)
{
    struct opts *opts = data;
    struct ddg_releases releases;
    struct ddg_scored *scored = NULL;
    struct ddg_audit audit = {0};
    struct ddg_report_record record;
    struct ddg_report report = {&audit, &record};
    enum ddg_error error;

    opts->audit.knowledge = &opts->knowledge;
    opts->begun = time(NULL);
    opts->audit.decide.data = opts;
    if (!call->quiet && isatty(STDERR_FILENO))
        opts->audit.decide.progress = show_progress;
    error = ddg_releases_read(&releases, &call->description, call->paths, call->path_count,
                              &opts->knowledge, context);
    if (!error)
        error = read_scored(opts, call, &scored, context);
    if (!error)
        error = ddg_audit_run(&audit, &releases, &opts->audit, context);
    if (!error)
        error = make_record(opts, call, &record, context);
    if (!error)
        error = write_all(opts, call, &report, context);
    if (!error)
        *status = status_of(&report);
    ddg_audit_free(&audit);
    ddg_releases_free(&releases);
    free_scored(opts, scored);
    return error;
}

int main(int argc, char **argv)
{
    struct opts opts = {.audit = {.decide = {.threads = usual_threads()}, .group_rule = true}};
    const struct tool tool = {
        .name = "ddg-audit",
        .summary = "Attacks published tables and lists the masked cells that they give away.",
        .statuses = "0 nothing found, 1 findings, 2 not all decided, or an error",
        .program = DDG_AUDIT,
        .options = {options},
        .more = ddg_knowledge_options,
        .set = set,
        .run = run,
        .data = &opts,
        .notes_input = true,
        .solves = true,
    };
    int status;

    ddg_knowledge_init(&opts.knowledge);
    status = tool_main(&tool, argc, argv);
    ddg_knowledge_free(&opts.knowledge);
    free(opts.reports.item);
    free(opts.scored.item);
    return status;
}
