/*
 * ddg-suppress: masks small counts of a table, and as many others as it takes so that no masked
 * count can be worked out (DDG 4.4.3).
 */
#include "common.h"
#include "protect/account.h"
#include "protect/explain.h"
#include "protect/linked.h"
#include "protect/masks.h"
#include "protect/publish.h"
#include "report/datapackage.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { EXPLAIN = 1, CERTIFICATE, DISPLAY, METADATA };

struct opts {
    bool display;
    const char *explain, *certificate, *metadata; /* paths */
    struct ddg_masking masking;
};

static const struct ddg_option options[] = {
    {DISPLAY, 0, "display", NULL, "S and C in place of blanks, and footnotes (R-SUP-11)", 0},
    {METADATA, 0, "metadata", "FILE", "write a Frictionless data package that describes the table",
     0},
    {EXPLAIN, 0, "explain", "FILE", "write which rule asked for each cell; not for publication", 0},
    {CERTIFICATE, 0, "certificate", "FILE",
     "write the proof that no count can be recovered; not for publication", 0},
    {0, 0, NULL, NULL, NULL, 0},
};

static enum ddg_error set(void *data, int id, const char *value, struct ddg_context *context)
{
    struct opts *opts = data;

    if (ddg_costs_has(id))
        return ddg_costs_set(&opts->masking.costs, id, value, context);
    if (ddg_masking_has(id))
        return ddg_masking_set(&opts->masking, id, value, context);
    switch (id) {
    case DISPLAY:
        opts->display = true;
        break;
    case EXPLAIN:
        opts->explain = value;
        opts->masking.explained = true;
        break;
    case CERTIFICATE:
        opts->certificate = value;
        opts->masking.certified = true;
        break;
    default:
        opts->metadata = value;
    }
    return DDG_OK;
}

static enum ddg_error check_options(const struct opts *opts, const struct tool_call *call,
                                    struct ddg_context *context)
{
    const struct tool_file files[] = {{"explain", opts->explain},
                                      {"certificate", opts->certificate},
                                      {"metadata", opts->metadata}};
    enum ddg_error error = ddg_masking_check(&opts->masking, call->description.threshold, context);

    if (error)
        return error;
    return tool_check_files(call, files, sizeof files / sizeof *files, context);
}

/* The whole run, as its parts see it. */
struct job {
    const struct opts *opts;
    const struct tool_call *call;
    const struct ddg_model *model;
    struct ddg_masks masks;
    struct ddg_columns columns;
};

/* Files about a table that only its holder may read. */
static enum ddg_error write_secret(const struct job *job, bool certificate,
                                   struct ddg_context *context)
{
    const char *path = certificate ? job->opts->certificate : job->opts->explain;
    struct ddg_output output;
    enum ddg_error error = DDG_OK;

    if (!path)
        return DDG_OK;
    if ((error = ddg_output_open(&output, path, job->call->description.delimiter, context)))
        return error;
    output.sink.secret = true;
    error = certificate ? ddg_certificate_write(&output, job->model, job->masks.certificate)
                        : ddg_explain_write(&output, job->model, job->masks.mask);
    return ddg_output_close(&output, error);
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
    enum ddg_error error = write_secret(job, false, context);

    if (!error)
        error = write_secret(job, true, context);
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

/* Equal input gives equal bytes, also on stderr, unless a person sits before it.  What is said is
 * put together before the table is written, so that nothing can go wrong behind it. */
static enum ddg_error give_account(const struct job *job, struct ddg_prose *prose)
{
    const struct ddg_table *t = job->model->table;
    bool timed = isatty(STDERR_FILENO);

    for (size_t i = 0; i < t->measures; i++) {
        struct ddg_text measure = {NULL, 0};

        if (t->measures > 1)
            measure = t->name[t->measure[i].count];
        ddg_account_mask(prose, &job->masks.mask[i], measure, timed ? job->masks.seconds[i] : -1);
        ddg_account_notes(prose, &job->masks.mask[i], measure, job->masks.unbound[i]);
    }
    ddg_linked_note(prose, job->model, job->masks.truth);
    ddg_account_totals(prose, &job->masks.misnamed, job->model, &job->call->description,
                       &job->masks.truth[0]);
    return prose->context->error;
}

static enum ddg_error run(void *data, const struct tool_call *call, enum tool_status *status,
                          struct ddg_context *context)
{
    const struct opts *opts = data;
    const struct ddg_description *d = &call->description;
    struct ddg_table table = {0};
    struct ddg_model model = {0};
    struct job job = {.opts = opts, .call = call, .model = &model};
    struct ddg_prose account = {.context = context};
    bool *chosen = NULL;
    size_t dropped = DDG_NO_COLUMN;
    enum ddg_error error = check_options(opts, call, context);

    (void)status;
    if (!error)
        error = ddg_table_read(&table, d, call->paths, call->path_count, context);
    if (!error)
        error = ddg_masking_chosen(&opts->masking, &table, &chosen, context);
    if (!error)
        error = ddg_costs_column(&opts->masking.costs, &table, &dropped, context);
    if (!error)
        error = ddg_columns_find(&job.columns, &table, d, dropped, context);
    if (!error)
        error = ddg_model_build(&model, &table, d, context);
    if (!error)
        error = ddg_masks_make(&job.masks, &opts->masking, &model, d, chosen, context);
    if (!error && !call->quiet)
        error = give_account(&job, &account);
    if (!error)
        error = write_all(&job, context);
    if (!error && !call->quiet)
        fputs(ddg_prose_string(&account), stderr);
    ddg_prose_free(&account);
    ddg_masks_free(&job.masks);
    ddg_columns_free(&job.columns);
    free(chosen);
    ddg_model_free(&model);
    ddg_table_free(&table);
    return error;
}

int main(int argc, char **argv)
{
    struct opts opts = {0};
    const struct tool tool = {
        .name = "ddg-suppress",
        .summary = "Masks small counts of a table so that none can be worked out.",
        .program = DDG_SUPPRESS,
        .options = {options, ddg_masking_options},
        .more = ddg_costs_options,
        .set = set,
        .run = run,
        .data = &opts,
        .solves = true,
    };
    int status;

    ddg_masking_init(&opts.masking);
    status = tool_main(&tool, argc, argv);
    ddg_masking_free(&opts.masking);
    return status;
}
