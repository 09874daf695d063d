/*
 * ddg-suppress: masks small counts of a table, and as many others as it takes so that no masked
 * count can be worked out (DDG 4.4.3).
 */
#include "base/number.h"
#include "common.h"
#include "protect/account.h"
#include "protect/explain.h"
#include "protect/masks.h"
#include "protect/publish.h"
#include "report/datapackage.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum {
    WHEN_MASKED = 1,
    HIGH_RISK,
    GROUP_RULE,
    KNOWS,
    CODES,
    MIN_VALUES,
    EXPLAIN,
    DISPLAY,
    METADATA,
    EFFORT
};

/* The most that can be asked for: witnesses change a count by no more. */
enum { VALUES_MOST = 20, EFFORT_MOST = 1000 };

struct opts {
    bool when_masked, high_risk, display;
    const char *explain, *metadata; /* paths */
    struct ddg_masking masking;
};

static const struct ddg_option options[] = {
    {CODES, 0, "codes", "WHAT",
     "code 1 for all: merged; 2 for complementary: separate; auto: if no worse [merged]", 0},
    {KNOWS, 0, "knows", "LEVEL",
     "reader to protect from: sums, zeros, threshold, codes [zeros; codes if separate]", 0},
    {MIN_VALUES, 0, "min-values", "N[,M]",
     "values that must remain for small counts and for others [3,2]", 0},
    {EFFORT, 0, "effort", "N", "how long to look for a mask that loses less: 0 to 1000 [1]", 0},
    {WHEN_MASKED, 0, "when-masked", NULL,
     "small counts only where ddg-threshold's column mask is 1 [all]", 0},
    {HIGH_RISK, 0, "high-risk", NULL, "all small counts, whatever --when-masked says (R-HR-1)", 0},
    {GROUP_RULE, 0, "group-rule", "on|off", "R-SUP-6, more cells where values are tiny [on]", 0},
    {DISPLAY, 0, "display", NULL, "S and C in place of blanks, and footnotes (R-SUP-11)", 0},
    {EXPLAIN, 0, "explain", "FILE", "write which rule asked for each cell; not for publication", 0},
    {METADATA, 0, "metadata", "FILE", "write a Frictionless data package that describes the table",
     0},
    {0, 0, NULL, NULL, NULL, 0},
};

static enum ddg_error set_effort(struct ddg_masking *masking, const char *value,
                                 struct ddg_context *context)
{
    uint64_t number;

    if (!ddg_parse_unsigned(ddg_text_of(value), &number) || number > EFFORT_MOST)
        return ddg_fail(context, DDG_USAGE, "--effort is 0 to %d, not '%s'", EFFORT_MOST, value);
    masking->effort = (uint32_t)number;
    return DDG_OK;
}

static enum ddg_error set_min_values(struct ddg_masking *masking, const char *value,
                                     struct ddg_context *context)
{
    uint32_t values[2];
    enum ddg_error error = ddg_one_or_two("min-values", value, 2, VALUES_MOST, values, context);

    if (error)
        return error;
    masking->primary_values = values[0];
    masking->complement_values = values[1];
    return DDG_OK;
}

static enum ddg_error set(void *data, int id, const char *value, struct ddg_context *context)
{
    static const char *const levels[] = {"sums", "zeros", "threshold", "codes", NULL};
    static const char *const codes[] = {"merged", "separate", "auto", NULL};
    static const char *const on_off[] = {"on", "off", NULL};
    struct opts *opts = data;
    enum ddg_error error = DDG_OK;
    int choice = 0;

    if (ddg_costs_has(id))
        return ddg_costs_set(&opts->masking.costs, id, value, context);
    switch (id) {
    case WHEN_MASKED:
        opts->when_masked = true;
        break;
    case HIGH_RISK:
        opts->high_risk = true;
        break;
    case KNOWS:
        error = ddg_choose("knows", value, levels, &choice, context);
        opts->masking.knows = (enum ddg_knows)choice;
        opts->masking.knows_given = true;
        break;
    case CODES:
        error = ddg_choose("codes", value, codes, &choice, context);
        opts->masking.codes = (enum ddg_mask_codes)choice;
        break;
    case MIN_VALUES:
        return set_min_values(&opts->masking, value, context);
    case DISPLAY:
        opts->display = true;
        break;
    case METADATA:
        opts->metadata = value;
        break;
    case EFFORT:
        return set_effort(&opts->masking, value, context);
    case EXPLAIN:
        opts->explain = value;
        opts->masking.explained = true;
        break;
    default:
        error = ddg_choose("group-rule", value, on_off, &choice, context);
        opts->masking.group_rule = choice == 0;
    }
    return error;
}

/* Options that each make sense, and together do not. */
static enum ddg_error check_options(const struct opts *opts, uint64_t threshold,
                                    struct ddg_context *context)
{
    if (opts->masking.knows_given && opts->masking.codes == DDG_MASK_AUTO)
        return ddg_fail(context, DDG_USAGE,
                        "--codes auto chooses what --knows says: use merged or separate");
    if (opts->masking.knows_given && opts->masking.codes == DDG_MASK_MERGED &&
        opts->masking.knows > DDG_KNOWS_ZEROS)
        return ddg_fail(context, DDG_USAGE,
                        "--knows threshold and codes are for --codes separate: merged codes do "
                        "not say which counts are small");
    if (opts->masking.codes == DDG_MASK_SEPARATE && threshold < 3)
        return ddg_fail(context, DDG_USAGE,
                        "--codes separate: below a --threshold of 2 there is 1 alone, which code "
                        "1 would give away");
    if ((opts->explain && strcmp(opts->explain, "-") == 0) ||
        (opts->metadata && strcmp(opts->metadata, "-") == 0))
        return ddg_fail(context, DDG_USAGE, "--explain and --metadata want files of their own");
    return DDG_OK;
}

/* Reads the column `mask`: which rows are to be masked where they are small. */
static enum ddg_error read_chosen(const struct ddg_table *table, bool **chosen,
                                  struct ddg_context *context)
{
    size_t column = ddg_table_find(table, ddg_text_of("mask"));
    enum ddg_error error;

    if (column == DDG_NO_COLUMN)
        return ddg_fail(context, DDG_USAGE,
                        "%s: --when-masked wants the column 'mask' that ddg-threshold adds",
                        table->file);
    error = ddg_allocate(chosen, table->rows, sizeof **chosen, context);
    for (size_t row = 0; !error && row < table->rows; row++) {
        struct ddg_text field = ddg_table_field(table, row, column);

        (*chosen)[row] = ddg_text_is(field, "1");
        if (!(*chosen)[row] && !ddg_text_is(field, "0"))
            error = ddg_table_fail(table, row, column, context, "neither 0 nor 1");
    }
    return error;
}

/* The whole run, as its parts see it. */
struct job {
    const struct opts *opts;
    const struct tool_call *call;
    const struct ddg_model *model;
    struct ddg_masks masks;
    struct ddg_columns columns;
};

static enum ddg_error write_explanation(const struct job *job, struct ddg_context *context)
{
    struct ddg_output output;
    enum ddg_error error =
        ddg_output_open(&output, job->opts->explain, job->call->description.delimiter, context);

    if (error)
        return error;
    return ddg_output_close(&output, ddg_explain_write(&output, job->model, job->masks.mask));
}

static enum ddg_error write_metadata(const struct job *job, struct ddg_context *context)
{
    const struct ddg_datapackage package = {
        .tool = "ddg-suppress",
        .version = DDG_VERSION,
        .table = job->call->output,
        .description = &job->call->description,
        .columns = &job->columns,
        .masks = job->masks.mask,
        .display = job->opts->display,
    };

    return ddg_datapackage_write(job->opts->metadata, &package, context);
}

/* The table comes last: what goes wrong before is an error without one. */
static enum ddg_error write_all(const struct job *job, struct ddg_context *context)
{
    struct ddg_output output;
    enum ddg_error error = DDG_OK;

    if (job->opts->explain)
        error = write_explanation(job, context);
    if (!error && job->opts->metadata)
        error = write_metadata(job, context);
    if (!error)
        error =
            ddg_output_open(&output, job->call->output, job->call->description.delimiter, context);
    if (error)
        return error;
    error = ddg_publish(&output, job->model, job->masks.mask, &job->columns, job->opts->display,
                        context);
    return ddg_output_close(&output, error);
}

/* Equal input gives equal bytes, also on stderr, unless a person sits before it. */
static enum ddg_error report(const struct job *job, struct ddg_context *context)
{
    const struct ddg_table *t = job->model->table;
    struct ddg_prose prose = {.context = context};
    bool timed = isatty(STDERR_FILENO);

    for (size_t i = 0; i < t->measures; i++) {
        struct ddg_text measure = {NULL, 0};

        if (t->measures > 1)
            measure = t->name[t->measure[i].count];
        ddg_account_mask(&prose, &job->masks.mask[i], measure, timed ? job->masks.seconds[i] : -1);
        ddg_account_notes(&prose, &job->masks.mask[i], measure, job->masks.unbound[i]);
    }
    ddg_account_totals(&prose, job->model, &job->masks.truth[0]);
    if (!context->error)
        fputs(ddg_prose_string(&prose), stderr);
    ddg_prose_free(&prose);
    return context->error;
}

static enum ddg_error run(void *data, const struct tool_call *call, enum tool_status *status,
                          struct ddg_context *context)
{
    const struct opts *opts = data;
    const struct ddg_description *d = &call->description;
    struct ddg_table table = {0};
    struct ddg_model model = {0};
    struct job job = {.opts = opts, .call = call, .model = &model};
    bool *chosen = NULL;
    size_t dropped = DDG_NO_COLUMN;
    enum ddg_error error = check_options(opts, d->threshold, context);

    (void)status;
    if (!error)
        error = ddg_table_read(&table, d, call->paths, call->path_count, context);
    if (!error && opts->when_masked && !opts->high_risk)
        error = read_chosen(&table, &chosen, context);
    if (!error)
        error = ddg_costs_column(&opts->masking.costs, &table, &dropped, context);
    if (!error)
        error = ddg_columns_find(&job.columns, &table, d, dropped, context);
    if (!error)
        error = ddg_model_build(&model, &table, d, context);
    if (!error)
        error = ddg_masks_make(&job.masks, &opts->masking, &model, d, chosen, context);
    if (!error)
        error = write_all(&job, context);
    if (!error && !call->quiet)
        error = report(&job, context);
    ddg_masks_free(&job.masks);
    ddg_columns_free(&job.columns);
    free(chosen);
    ddg_model_free(&model);
    ddg_table_free(&table);
    return error;
}

int main(int argc, char **argv)
{
    struct opts opts = {
        .masking = {.group_rule = true, .effort = 1, .primary_values = 3, .complement_values = 2}};
    const struct tool tool = {
        .name = "ddg-suppress",
        .summary = "Masks small counts of a table so that none can be worked out.",
        .program = DDG_SUPPRESS,
        .options = options,
        .more = ddg_costs_options,
        .set = set,
        .run = run,
        .data = &opts,
        .solves = true,
    };
    int status;

    status = tool_main(&tool, argc, argv);
    ddg_costs_free(&opts.masking.costs);
    return status;
}
