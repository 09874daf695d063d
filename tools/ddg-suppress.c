/*
 * ddg-suppress: masks small counts of a table, and as many others as it takes so that no masked
 * count can be worked out (DDG 4.4.3).
 */
#include "common.h"

#include "base/meter.h"
#include "protect/account.h"
#include "protect/evidence.h"
#include "protect/named.h"
#include "protect/publish.h"
#include "protect/side_by_side.h"
#include "report/datapackage.h"
#include "table/reading.h"

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
    enum ddg_error error = ddg_masking_check(&opts->masking, &call->description, context);

    if (error)
        return error;
    if (opts->masking.published.count == 0 && call->texts)
        return ddg_fail(context, DDG_USAGE,
                        "--hidden and --range are about the files of --published: none is named");
    return tool_check_files(call, files, sizeof files / sizeof *files, context);
}

/* The whole run, as its parts see it. */
struct job {
    const struct opts *opts;
    const struct tool_call *call;
    struct ddg_description description;
    struct ddg_context *context;
    struct ddg_reading reading;
    struct ddg_columns columns;
    struct ddg_named named;
    struct ddg_published published;
    struct ddg_account account;
    struct ddg_prose prose; /* the account in words, when all is done */
    bool begun;             /* a block was written */
    struct ddg_evidence evidence;
    struct ddg_output output;
};

/* A block: all of the table, unless --by lets it be read in parts. */
struct block {
    struct ddg_table table;
    struct ddg_model model;
    struct ddg_masks masks;
    bool *chosen;
};

static void free_block(struct block *block)
{
    ddg_masks_free(&block->masks);
    free(block->chosen);
    ddg_model_free(&block->model);
    ddg_table_free(&block->table);
}

/* Writing -------------------------------------------------------------------------------------- */

static enum ddg_error write_metadata(const struct job *job, const struct block *block)
{
    const struct ddg_datapackage package = {
        .tool = "ddg-suppress",
        .version = DDG_VERSION,
        .table = job->call->output,
        .description = &job->description,
        .columns = &job->columns,
        .masks = block->masks.mask,
        .display = job->opts->display,
    };

    return ddg_datapackage_write(job->opts->metadata, &package, job->context);
}

/* The table comes last: of its last block nothing leaves before all else is done. */
static enum ddg_error write_block(struct job *job, const struct block *block)
{
    struct ddg_output *table = &job->output;
    enum ddg_error error = ddg_evidence_write(&job->evidence, &block->table, &block->model,
                                              &block->masks, !job->reading.more, job->context);

    if (!job->reading.more || isatty(STDOUT_FILENO))
        ddg_meter_hide(job->context->meter);
    if (!error && job->opts->metadata && !job->reading.more)
        error = write_metadata(job, block);
    if (!error && !job->begun &&
        !(error =
              ddg_output_open(table, job->call->output, job->description.delimiter, job->context)))
        error = ddg_publish_begin(table, &job->columns);
    if (!error)
        error = ddg_publish(table, &block->model, block->masks.mask, &job->columns,
                            job->opts->display, job->context);
    job->begun = true;
    return error;
}

/* Masking -------------------------------------------------------------------------------------- */

/* What all blocks share is found out from the first. */
static enum ddg_error begin(struct job *job, const struct ddg_table *table)
{
    const struct ddg_masking *masking = &job->opts->masking;
    size_t dropped = DDG_NO_COLUMN;
    enum ddg_error error = ddg_costs_column(&masking->costs, table, &dropped, job->context);

    if (!error)
        error = ddg_columns_find(&job->columns, table, &job->description, dropped, job->context);
    if (!error)
        error = ddg_named_init(&job->named, &masking->costs, &job->published, table,
                               job->reading.apart, job->context);
    if (!error)
        error = ddg_account_init(&job->account, table, masking, job->context);
    if (!error && masking->published.count > 0)
        error = ddg_published_read(&job->published, table, job->reading.apart, &job->description,
                                   &masking->published, job->context);
    return error;
}

/* Equal input gives equal bytes, also on stderr, unless a person sits before it.  What is said is
 * put together before the last block is written, so that nothing can go wrong behind it. */
static enum ddg_error give_account(struct job *job, const struct block *block)
{
    ddg_account_add(&job->account, &block->model, &block->masks, &job->description);
    if (!job->reading.more && !job->call->quiet) {
        ddg_account_say(&job->account, isatty(STDERR_FILENO), &job->prose);
        ddg_unmatched_say(&job->named.unmatched, &job->prose);
    }
    return job->context->error;
}

static enum ddg_error mask_block(struct job *job, struct block *block)
{
    const struct ddg_masking *masking = &job->opts->masking;
    bool beside = masking->published.count > 0;
    enum ddg_error error = ddg_reading_next(&job->reading, &block->table, job->context);

    job->published.table = &block->table;
    if (!error)
        error = ddg_masking_chosen(masking, &block->table, &block->chosen, job->context);
    if (!error && !job->begun)
        error = begin(job, &block->table);
    if (!error &&
        !(error = ddg_side_by_side_build(&block->model, &block->table, &job->description,
                                         block->chosen, job->context)) &&
        !(error = ddg_named_note(&job->named, &block->model, job->context)) && !job->reading.more)
        error = ddg_named_check(&job->named, &block->model, job->context);
    if (!error &&
        !(error = ddg_masks_make(&block->masks, masking, &block->model, &job->description,
                                 beside ? &job->published : NULL, block->chosen, job->context)))
        error = give_account(job, block);
    return error ? error : write_block(job, block);
}

static enum ddg_error run(void *data, const struct tool_call *call, enum tool_status *status,
                          struct ddg_context *context)
{
    const struct opts *opts = data;
    struct job job = {.opts = opts,
                      .call = call,
                      .description = call->description,
                      .context = context,
                      .prose = {.context = context},
                      .evidence = {.reasons = opts->explain,
                                   .proof = opts->certificate,
                                   .delimiter = call->description.delimiter}};
    enum ddg_error error = check_options(opts, call, context);

    (void)status;
    job.description.blocks = true;
    if (!error)
        error = ddg_reading_open(&job.reading, &job.description,
                                 ddg_masking_blocks(&opts->masking, &job.description), call->paths,
                                 call->path_count, context);
    while (!error && job.reading.more) {
        struct block block = {0};

        error = mask_block(&job, &block);
        free_block(&block);
    }
    if (!error)
        error = ddg_output_finish(&job.output);
    else if (job.reading.more && ddg_reading_is_unsorted(&job.reading, context))
        error = context->error;
    ddg_evidence_abandon(&job.evidence);
    ddg_output_abandon(&job.output);
    if (!error && !call->quiet)
        fputs(ddg_prose_string(&job.prose), stderr);
    ddg_prose_free(&job.prose);
    ddg_account_free(&job.account);
    ddg_published_free(&job.published);
    ddg_named_free(&job.named);
    ddg_columns_free(&job.columns);
    ddg_reading_close(&job.reading);
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
        .metered = true,
        .solves = true,
    };
    int status;

    ddg_masking_init(&opts.masking);
    status = tool_main(&tool, argc, argv);
    ddg_masking_free(&opts.masking);
    return status;
}
