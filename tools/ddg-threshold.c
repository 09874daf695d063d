/*
 * ddg-threshold: judges each cell of a count table by the guideline's conditions (DDG 4.2) and
 * appends the verdict.
 */
#include "base/number.h"
#include "common.h"
#include "rules/condition.h"

#include <stdio.h>

enum { POPULATION = 1, LEAST, CHECK };

struct opts {
    const char *population;
    uint64_t least;
    bool check;
};

static const struct ddg_option options[] = {
    {POPULATION, 0, "population", "FILE|COLUMN", "denominators: a column, or a file to join", 0},
    {LEAST, 0, "min-population", "N", "the smallest denominator that does not fail [20001]", 0},
    {CHECK, 0, "check", NULL, "print nothing; exit 1 if any cell fails", 0},
    {0, 0, NULL, NULL, NULL, 0},
};

static enum ddg_error set(void *data, int id, const char *value, struct ddg_context *context)
{
    struct opts *opts = data;

    switch (id) {
    case POPULATION:
        opts->population = value;
        return DDG_OK;
    case CHECK:
        opts->check = true;
        return DDG_OK;
    default:
        if (!ddg_parse_unsigned(ddg_text_of(value), &opts->least))
            return ddg_fail(context, DDG_USAGE, "--min-population is a whole number, not '%s'",
                            value);
        return DDG_OK;
    }
}

static enum ddg_error check_header(const struct ddg_table *table, struct ddg_context *context)
{
    for (size_t i = 0; i < DDG_VERDICT_COLUMNS; i++)
        if (ddg_table_find(table, ddg_text_of(ddg_verdict_column[i])) != DDG_NO_COLUMN)
            return ddg_fail(context, DDG_INPUT, "%s: column '%s' is there already", table->file,
                            ddg_verdict_column[i]);
    return DDG_OK;
}

static enum ddg_error write_rows(struct ddg_output *output, const struct ddg_table *table,
                                 const struct ddg_condition *condition)
{
    enum ddg_error error;

    for (size_t i = 0; i < table->columns; i++)
        ddg_output_field(output, table->name[i]);
    for (size_t i = 0; i < DDG_VERDICT_COLUMNS; i++)
        ddg_output_field(output, ddg_text_of(ddg_verdict_column[i]));
    error = ddg_output_end(output);
    for (size_t row = 0; !error && row < table->rows; row++) {
        bool numerator = condition->numerator_ok[row];

        for (size_t i = 0; i < table->columns; i++)
            ddg_output_field(output, ddg_table_field(table, row, i));
        ddg_output_field(output, ddg_text_of(numerator ? "1" : "0"));
        ddg_output_field(output, ddg_text_of(condition->denominator_ok[row] ? "1" : "0"));
        /* no score is taken, so every small cell is to be masked (R-SUP-1) */
        ddg_output_field(output, ddg_text_of(""));
        ddg_output_field(output, ddg_text_of(numerator ? "0" : "1"));
        error = ddg_output_end(output);
    }
    return error;
}

static enum ddg_error write_table(const struct tool_call *call, const struct ddg_table *table,
                                  const struct ddg_condition *condition,
                                  struct ddg_context *context)
{
    struct ddg_output output;
    enum ddg_error error =
        ddg_output_open(&output, call->output, call->description.delimiter, context);

    if (error)
        return error;
    error = write_rows(&output, table, condition);
    return ddg_output_close(&output, error);
}

static void report(const struct ddg_table *table, const struct ddg_condition *condition,
                   const struct ddg_description *description)
{
    fprintf(stderr,
            "ddg-threshold: %llu of %zu cells have a numerator of 1 to %llu, %llu fail the "
            "denominator (%llu have none); no score was taken, so every small cell is to be "
            "masked\n",
            (unsigned long long)condition->small, table->rows,
            (unsigned long long)description->threshold - 1,
            (unsigned long long)condition->denominators_failed,
            (unsigned long long)condition->denominators_missing);
}

static enum ddg_error judge(const struct opts *opts, const struct tool_call *call,
                            const struct ddg_table *table, struct ddg_condition *condition,
                            struct ddg_context *context)
{
    struct ddg_population population = {0};
    struct ddg_model model;
    enum ddg_error error = ddg_model_build(&model, table, &call->description, context);

    if (!error)
        error =
            ddg_population_read(&population, &model, &call->description, opts->population, context);
    if (!error)
        error = ddg_condition_judge(condition, &model, &call->description, &population, opts->least,
                                    context);
    ddg_population_free(&population);
    ddg_model_free(&model);
    return error;
}

static enum ddg_error run(void *data, const struct tool_call *call, enum tool_status *status,
                          struct ddg_context *context)
{
    const struct opts *opts = data;
    struct ddg_condition condition = {0};
    struct ddg_table table;
    enum ddg_error error =
        ddg_table_read(&table, &call->description, call->paths, call->path_count, context);

    if (!error)
        error = check_header(&table, context);
    if (!error)
        error = judge(opts, call, &table, &condition, context);
    if (!error && opts->check && condition.small + condition.denominators_failed > 0)
        *status = TOOL_NO;
    if (!error && !opts->check)
        error = write_table(call, &table, &condition, context);
    if (!error && !opts->check && !call->quiet)
        report(&table, &condition, &call->description);
    ddg_condition_free(&condition);
    ddg_table_free(&table);
    return error;
}

int main(int argc, char **argv)
{
    struct opts opts = {.least = DDG_LEAST_POPULATION};
    const struct tool tool = {
        .name = "ddg-threshold",
        .summary = "Judges each cell by the numerator-denominator condition.",
        .statuses = "0 done, 1 some cell fails (--check), 2 an error",
        .program = DDG_THRESHOLD,
        .options = {options},
        .set = set,
        .run = run,
        .data = &opts,
    };

    return tool_main(&tool, argc, argv);
}
