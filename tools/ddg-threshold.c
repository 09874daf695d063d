/*
 * ddg-threshold: assesses the risk of a count table (steps 1 to 3 of the guideline, DDG 4.1 to 4.3)
 * and appends the verdict on each cell.
 */
#include "base/number.h"
#include "common.h"
#include "report/card.h"
#include "report/report.h"
#include "rules/condition.h"
#include "score/coarser.h"
#include "score/survey.h"
#include "score/verdicts.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { POPULATION = 1, LEAST, CHECK, EXPLAIN, CARD, NAMES, ADVISE };

struct opts {
    const char *population, *card;
    uint64_t least;
    bool check, explain, advise;
    struct ddg_facts facts;
    struct ddg_survey survey;
    struct ddg_list names; /* of the columns that are added */
    struct ddg_arena arena;
};

static const struct ddg_option options[] = {
    {POPULATION, 0, "population", "FILE|COLUMN", "populations: a column, or a file to join", 0},
    {LEAST, 0, "min-population", "N", "the smallest denominator that does not fail [20001]", 0},
    {CHECK, 0, "check", NULL, "print nothing; exit 1 if small counts are to be masked", 0},
    {EXPLAIN, 0, "explain", NULL, "print the score card on stderr", 0},
    {CARD, 0, "card", "FILE", "write the score card: .txt, .md, .html or .json", 0},
    {ADVISE, 0, "advise", NULL, "print what coarser tables would score", 0},
    {NAMES, 0, "names", "LIST",
     "names of the columns added [numerator_ok,denominator_ok,score,mask]", 0},
    {0, 0, NULL, NULL, NULL, 0},
};

static enum ddg_error set_names(struct opts *opts, const char *value, struct ddg_context *context)
{
    enum ddg_error error;

    opts->names.count = 0;
    error = ddg_list_add(&opts->names, value, ',', &opts->arena, context);
    if (!error && opts->names.count != DDG_VERDICT_COLUMNS)
        error = ddg_fail(context, DDG_USAGE, "--names wants %d names, not '%s'",
                         DDG_VERDICT_COLUMNS, value);
    return error;
}

static enum ddg_error set(void *data, int id, const char *value, struct ddg_context *context)
{
    struct opts *opts = data;

    if (ddg_facts_has(id))
        return ddg_facts_set(&opts->facts, id, value, context);
    if (ddg_survey_has(id))
        return ddg_survey_set(&opts->survey, id, value, context);
    switch (id) {
    case POPULATION:
        opts->population = value;
        return DDG_OK;
    case CHECK:
        opts->check = true;
        return DDG_OK;
    case EXPLAIN:
        opts->explain = true;
        return DDG_OK;
    case ADVISE:
        opts->advise = true;
        return DDG_OK;
    case CARD:
        opts->card = value;
        return ddg_report_check(value, context);
    case NAMES:
        return set_names(opts, value, context);
    default:
        return ddg_parse_unsigned(ddg_text_of(value), &opts->least)
                   ? DDG_OK
                   : ddg_fail(context, DDG_USAGE, "--min-population is a whole number, not '%s'",
                              value);
    }
}

/* The name of one of the columns that are added. */
static struct ddg_text name_of(const struct opts *opts, size_t i)
{
    return opts->names.count > 0 ? opts->names.item[i] : ddg_text_of(ddg_verdict_column[i]);
}

static enum ddg_error check_header(const struct opts *opts, const struct ddg_table *table,
                                   struct ddg_context *context)
{
    for (size_t i = 0; i < DDG_VERDICT_COLUMNS; i++) {
        struct ddg_text name = name_of(opts, i);

        if (ddg_table_find(table, name) != DDG_NO_COLUMN)
            return ddg_fail(context, DDG_INPUT, "%s: column '%.*s' is there already", table->file,
                            (int)name.length, name.at);
    }
    return DDG_OK;
}

static enum ddg_error write_table(const struct opts *opts, const struct tool_call *call,
                                  const struct ddg_assessment *assessment,
                                  struct ddg_intake *intake, struct ddg_cells *cells,
                                  struct ddg_context *context)
{
    struct ddg_text name[DDG_VERDICT_COLUMNS];
    struct ddg_output output;
    enum ddg_error error =
        ddg_output_open(&output, call->output, call->description.delimiter, context);

    if (error)
        return error;
    for (size_t i = 0; i < DDG_VERDICT_COLUMNS; i++)
        name[i] = name_of(opts, i);
    error = ddg_verdicts_write(&output, assessment, intake, cells, name,
                               ddg_survey_is_on(&opts->survey));
    return ddg_output_close(&output, error);
}

static void report_score(const struct ddg_assessment *a)
{
    const struct ddg_side_score *side = &a->score.side[a->score.worst];

    for (size_t i = 0; i < side->entries; i++) {
        const struct ddg_score_entry *entry = &side->entry[i];

        if (entry->high_risk)
            fprintf(stderr, "ddg-threshold: %s: high risk (%s): %s\n", entry->variable,
                    entry->category, entry->source);
        else
            fprintf(stderr, "ddg-threshold: %s: %+lld (%s): %s\n", entry->variable,
                    (long long)entry->score, entry->category, entry->source);
    }
    for (size_t i = 0; i < a->score.notes; i++)
        fprintf(stderr, "ddg-threshold: note: %s\n", a->score.note[i]);
}

static void report(const struct opts *opts, const struct ddg_assessment *a)
{
    const struct ddg_intake *intake = a->intake;

    if (a->scored && !opts->explain)
        report_score(a);
    for (size_t i = 0; !opts->explain && i < a->notices.count; i++)
        fprintf(stderr, "ddg-threshold: note: %s: %s\n", a->notices.item[i].rule,
                a->notices.item[i].text);
    fprintf(stderr,
            "ddg-threshold: %llu of %llu cells have a numerator of 1 to %llu, %llu fail the "
            "denominator (%llu have none); ",
            (unsigned long long)intake->small, (unsigned long long)intake->rows,
            (unsigned long long)intake->description->threshold - 1,
            (unsigned long long)a->cells->denominators_failed,
            (unsigned long long)a->cells->denominators_missing);
    if (ddg_survey_is_on(&opts->survey))
        fprintf(stderr, "%llu are not reliable (R-SRV-1); ", (unsigned long long)intake->unstable);
    if (a->facts->no_score)
        fprintf(stderr, "no score was taken, so every small cell is to be masked\n");
    else if (a->scored)
        fprintf(stderr, "score %lld (edition %s): %s (%s)\n",
                (long long)a->score.side[a->score.worst].total, a->criteria.edition,
                a->mask ? "every small cell is to be masked" : "nothing is to be masked",
                a->reason);
    else
        fprintf(stderr, "nothing is to be masked (%s)\n", a->reason);
}

static enum ddg_error advise(const struct opts *opts, const struct ddg_assessment *a,
                             struct ddg_intake *intake, struct ddg_context *context)
{
    struct ddg_advice advice;
    enum ddg_error error;

    if (!a->scored)
        return ddg_fail(context, DDG_USAGE, "--advise wants a score");
    if (!a->mask) {
        fprintf(stderr, "ddg-threshold: advice: nothing has to be coarser (%s)\n", a->reason);
        return DDG_OK;
    }
    if ((error = ddg_coarser_find(&advice, a, intake, opts->population, opts->least, context)))
        return error;
    for (size_t i = 0; i < advice.count; i++)
        fprintf(stderr, "ddg-threshold: advice: %s\n", advice.best[i]);
    if (advice.count == 0)
        fputs("ddg-threshold: advice: nothing that was tried helps\n", stderr);
    if (advice.stopped)
        fprintf(stderr,
                "ddg-threshold: advice: stopped after %" PRIu64 " tables: others may keep more\n",
                advice.tried);
    return DDG_OK;
}

/* Answers in the forms that were asked for. */
static enum ddg_error answer(const struct opts *opts, const struct tool_call *call,
                             const struct ddg_assessment *a, struct ddg_intake *intake,
                             struct ddg_cells *cells, struct ddg_context *context)
{
    enum ddg_error error =
        opts->check ? DDG_OK : write_table(opts, call, a, intake, cells, context);

    if (!error && opts->card)
        error = ddg_card_write(opts->card, a, context);
    if (!error && opts->explain)
        error = ddg_card_explain(a, context);
    if (!error && !opts->check && !call->quiet)
        report(opts, a);
    if (!error && opts->advise)
        error = advise(opts, a, intake, context);
    return error;
}

static enum ddg_error assess(const struct opts *opts, const struct tool_call *call,
                             struct ddg_intake *intake, enum tool_status *status,
                             struct ddg_context *context)
{
    struct ddg_registry *registry = NULL;
    struct ddg_assessment assessment = {0};
    struct ddg_cells cells = {0};
    enum ddg_error error = DDG_OK;

    if (opts->population && intake->people == DDG_NO_COLUMN)
        error = ddg_registry_open(&registry, intake->dimension, intake->dimensions,
                                  &call->description, opts->population, context);
    if (!error)
        error = ddg_cells_read(&cells, intake, registry, opts->least);
    if (!error)
        error = ddg_assess(&assessment, &opts->facts, intake, &cells, opts->population, context);
    if (!error)
        error = answer(opts, call, &assessment, intake, &cells, context);
    if (!error && opts->check && assessment.mask)
        *status = TOOL_NO;
    ddg_assessment_free(&assessment);
    ddg_cells_free(&cells);
    ddg_registry_close(registry);
    return error;
}

static enum ddg_error run(void *data, const struct tool_call *call, enum tool_status *status,
                          struct ddg_context *context)
{
    struct opts *opts = data;
    const struct tool_file files[] = {{"card", opts->card}};
    struct ddg_intake intake = {.key = {.fd = -1}, .text = {.fd = -1}};
    enum ddg_error error = tool_check_files(call, files, 1, context);

    if (!error && opts->check && call->output)
        error = ddg_fail(context, DDG_USAGE, "--check writes no table: it goes without --output");
    if (!error)
        error = ddg_survey_settle(&opts->survey, context);
    if (!error)
        error = ddg_intake_read(&intake, &call->description, opts->population,
                                ddg_survey_is_on(&opts->survey) ? ddg_survey_check : NULL,
                                &opts->survey, call->paths, call->path_count, context);
    if (!error)
        error = check_header(opts, &intake.sample, context);
    if (!error)
        error = assess(opts, call, &intake, status, context);
    ddg_intake_free(&intake);
    return error;
}

int main(int argc, char **argv)
{
    struct opts opts = {.least = DDG_LEAST_POPULATION};
    const struct tool tool = {
        .name = "ddg-threshold",
        .summary = "Assesses the risk of a count table: numerators, denominators and the score.",
        .statuses = "0 done, 1 small counts are to be masked (--check), 2 an error",
        .program = DDG_THRESHOLD,
        .options = {options, ddg_facts_options},
        .more = ddg_survey_options,
        .set = set,
        .run = run,
        .data = &opts,
    };
    int status;

    ddg_facts_init(&opts.facts);
    status = tool_main(&tool, argc, argv);
    ddg_facts_free(&opts.facts);
    ddg_survey_free(&opts.survey);
    free(opts.names.item);
    ddg_arena_free(&opts.arena);
    return status;
}
