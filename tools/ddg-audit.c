/*
 * ddg-audit: attacks published tables and lists the masked cells that they give away.
 */
#include "attack/audit.h"
#include "attack/program.h"
#include "base/number.h"
#include "common.h"
#include "report/findings.h"
#include "report/report.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { SHOW_VALUES = 1, INTERVALS, TIME, THREADS, GROUP_RULE, REPORT };

enum { THREADS_USUAL = 2, SECONDS_MOST = 100000000 };

struct opts {
    struct ddg_knowledge knowledge;
    struct ddg_audit_options audit;
    bool show_values;
    struct ddg_list reports; /* paths */
    time_t begun;
};

static const struct ddg_option options[] = {
    {SHOW_VALUES, 0, "show-values", NULL, "print what the counts are", 0},
    {INTERVALS, 0, "intervals", NULL, "list every hidden cell, and find its range exactly", 0},
    {TIME, 0, "time", "SECONDS", "stop then; what is not decided is undecided [no limit]", 0},
    {THREADS, 0, "threads", "N", "processors to use [2, or fewer where there are]", 0},
    {GROUP_RULE, 0, "group-rule", "on|off", "check that lines hide enough (R-SUP-6) [on]", 0},
    {REPORT, 0, "report", "FILE", "write a report: .txt, .md, .html, .json; repeatable", 0},
    {0, 0, NULL, NULL, NULL, 0},
};

static enum ddg_error set_number(const char *option, const char *value, uint64_t most,
                                 uint64_t *number, struct ddg_context *context)
{
    if (ddg_parse_unsigned(ddg_text_of(value), number) && *number > 0 && *number <= most)
        return DDG_OK;
    return ddg_fail(context, DDG_USAGE, "--%s is a whole number from 1 to %llu, not '%s'", option,
                    (unsigned long long)most, value);
}

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
        error = set_number("time", value, SECONDS_MOST, &number, context);
        opts->audit.decide.seconds = (double)number;
        break;
    case THREADS:
        error = set_number("threads", value, DDG_THREADS_MOST, &number, context);
        opts->audit.decide.threads = (unsigned)number;
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

static enum ddg_error write_reports(const struct opts *opts, const struct tool_call *call,
                                    const struct ddg_audit *audit, struct ddg_context *context)
{
    struct ddg_report_record record = {
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
    enum ddg_error error = DDG_OK;

    if (opts->reports.count > 0)
        error = ddg_record_date(&record.date, context);
    for (size_t i = 0; !error && i < opts->reports.count; i++)
        error = ddg_report_write(opts->reports.item[i].at, audit, &record, context);
    return error;
}

/* What the attacker was taken to know, for the verdict. */
static const char *knowledge_of(const struct ddg_audit *audit)
{
    static const char *const words[] = {
        [DDG_READER_SUMS] = "sums",
        [DDG_READER_ZEROS] = "sums and that zeros are shown",
        [DDG_READER_THRESHOLD] = "sums, that zeros are shown, and which counts are small",
        [DDG_READER_CODES] = "sums, that zeros are shown, which counts are small and which are not",
        [DDG_READER_AUTO] = "sums",
    };

    return words[audit->reader];
}

static void report_verdict(const struct ddg_audit *audit)
{
    const uint64_t *count = audit->count, rules = ddg_findings_rules(audit);

    fprintf(stderr, "ddg-audit: %llu of %zu hidden cells can be recovered",
            (unsigned long long)count[DDG_VERDICT_RECOVERED], audit->findings);
    if (count[DDG_VERDICT_NARROWED] > 0)
        fprintf(stderr, ", %llu narrowed to too few values",
                (unsigned long long)count[DDG_VERDICT_NARROWED]);
    if (count[DDG_VERDICT_DETERMINED] > 0)
        fprintf(stderr, ", %llu more if %s%s%s", (unsigned long long)count[DDG_VERDICT_DETERMINED],
                audit->overlapping ? "nobody counts twice" : "",
                audit->overlapping && audit->totals ? " and " : "",
                audit->totals ? "other totals are known" : "");
    if (count[DDG_VERDICT_UNDECIDED] > 0)
        fprintf(stderr, ", %llu undecided", (unsigned long long)count[DDG_VERDICT_UNDECIDED]);
    if (rules > 0)
        fprintf(stderr, "; %llu rule%s broken", (unsigned long long)rules, rules == 1 ? "" : "s");
    if (audit->absent > 0)
        fprintf(stderr, "; %llu without a row taken as hidden", (unsigned long long)audit->absent);
    fprintf(stderr, " (attacker knows %s)\n", knowledge_of(audit));
}

static void note(const char *text)
{
    fprintf(stderr, "ddg-audit: note: %s\n", text);
}

static void report_rules(const struct ddg_audit *audit)
{
    for (size_t r = 0; r < audit->releases; r++)
        for (size_t i = 0; i < audit->notices[r].count; i++) {
            const struct ddg_notice *notice = &audit->notices[r].item[i];

            if (!notice->finding)
                fprintf(stderr, "ddg-audit: note: %s%s%s: %s\n",
                        audit->releases > 1 ? audit->release[r].table->file : "",
                        audit->releases > 1 ? ": " : "", notice->rule, notice->text);
        }
}

static void report_notes(const struct opts *opts, const struct ddg_description *description,
                         const struct ddg_audit *audit)
{
    if (audit->findings == 0)
        note(audit->releases > 1 ? "no cell of these tables is hidden"
                                 : "no cell of this table is hidden");
    for (size_t i = 0; i < audit->repeats; i++)
        fprintf(stderr, "ddg-audit: note: %s holds the same as %s and is passed over\n",
                audit->repeat[i].file, audit->repeat[i].of);
    if (audit->findings > 0 && audit->unprinted > 0 && description->unprinted == DDG_TOTALS_NONE)
        fprintf(stderr,
                "ddg-audit: note: totals that are not printed (%llu) are taken as unknown; "
                "--totals implied takes them as known\n",
                (unsigned long long)audit->unprinted);
    for (size_t i = 0; i < audit->releases && audit->findings > 0; i++)
        if (!ddg_model_has_totals(&audit->release[i].model))
            fprintf(
                stderr,
                "ddg-audit: note: %s: no row is a total; if some are, --total says how they are "
                "labelled\n",
                audit->release[i].table->file);
    if (audit->releases > 1)
        fprintf(stderr, "ddg-audit: note: %zu tables, of which %llu numbers are the same\n",
                audit->releases, (unsigned long long)audit->joined);
    if (audit->margins)
        note("tables share dimensions and none has them all: what binds them beside shared totals, "
             "as margins of a larger table, is not attacked");
    if (audit->unread > 0)
        fprintf(stderr,
                "ddg-audit: note: rates that cannot be read, or have no population beside them "
                "(%llu), are passed over\n",
                (unsigned long long)audit->unread);
    if (opts->knowledge.previous_count > 0 && opts->knowledge.previous_kind == DDG_PREVIOUS_MOVING)
        note("nothing follows from earlier releases whose counts move with time");
    for (size_t i = 0; i < audit->conflicts; i++)
        fprintf(stderr, "ddg-audit: set aside: %s\n", audit->conflict[i]);
    for (size_t i = 0; i < audit->discoveries; i++)
        fprintf(stderr, "ddg-audit: holds throughout: %s\n", audit->discovered[i]);
    report_rules(audit);
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

static enum tool_status status_of(const struct ddg_audit *audit)
{
    const uint64_t *count = audit->count;

    if (count[DDG_VERDICT_RECOVERED] + count[DDG_VERDICT_NARROWED] + count[DDG_VERDICT_DETERMINED] +
            ddg_findings_rules(audit) >
        0)
        return TOOL_NO;
    return count[DDG_VERDICT_UNDECIDED] + audit->conflicts > 0 ? TOOL_ERROR : TOOL_YES;
}

static unsigned usual_threads(void)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);

    return processors > 0 && processors < THREADS_USUAL ? (unsigned)processors : THREADS_USUAL;
}

static enum ddg_error run(void *data, const struct tool_call *call, enum tool_status *status,
                          struct ddg_context *context)
{
    struct opts *opts = data;
    struct ddg_releases releases;
    struct ddg_audit audit = {0};
    enum ddg_error error;

    opts->audit.knowledge = &opts->knowledge;
    opts->begun = time(NULL);
    opts->audit.decide.data = opts;
    if (!call->quiet && isatty(STDERR_FILENO))
        opts->audit.decide.progress = show_progress;
    error = ddg_releases_read(&releases, &call->description, call->paths, call->path_count,
                              &opts->knowledge, context);
    if (!error)
        error = ddg_audit_run(&audit, &releases, &opts->audit, context);
    if (!error)
        error = write_reports(opts, call, &audit, context);
    if (!error)
        error = write_findings(opts, call, &audit, context);
    if (!error && !call->quiet) {
        report_verdict(&audit);
        report_notes(opts, &call->description, &audit);
    }
    if (!error)
        *status = status_of(&audit);
    ddg_audit_free(&audit);
    ddg_releases_free(&releases);
    return error;
}

/* Nothing has been written when the attack runs, so there is nothing to take back. */
static void end_without_memory(void)
{
    static const char line[] = "ddg-audit: out of memory\n";
    ssize_t ignored = write(STDERR_FILENO, line, sizeof line - 1);

    (void)ignored;
    _exit(TOOL_ERROR);
}

int main(int argc, char **argv)
{
    struct opts opts = {.audit = {.decide = {.threads = usual_threads()}, .group_rule = true}};
    const struct tool tool = {
        .name = "ddg-audit",
        .summary = "Attacks published tables and lists the masked cells that they give away.",
        .program = DDG_AUDIT,
        .options = options,
        .more = ddg_knowledge_options,
        .set = set,
        .run = run,
        .data = &opts,
        .notes_input = true,
    };
    int status;

    ddg_program_on_exhaustion(end_without_memory);
    ddg_knowledge_init(&opts.knowledge);
    status = tool_main(&tool, argc, argv);
    ddg_knowledge_free(&opts.knowledge);
    free(opts.reports.item);
    return status;
}
