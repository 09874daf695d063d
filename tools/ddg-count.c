/*
 * ddg-count: groups records and counts persons or rows in each group and each total.
 */
#include "common.h"
#include "group/count.h"
#include "group/listing.h"
#include "group/margin.h"

#include <stdio.h>
#include <stdlib.h>

enum { GROUP = 1, ID, ROWS, TOTALS, MARGINS, COMPLETE, SUM, MISSING };

static const struct ddg_option options[] = {
    {GROUP, 'g', "group", "SPEC", "dimensions: [NAME=]COLUMN[:RECODING]...,...; repeatable", 0},
    {ID, 0, "id", "COLUMN", "count distinct values of COLUMN: persons", 0},
    {ROWS, 0, "rows", NULL, "rows are meant, not persons", 0},
    {TOTALS, 0, "totals", NULL, "add every total", 0},
    {MARGINS, 0, "margins", "LISTS", "add totals that keep these dimensions: 'a; b,c'", 0},
    {COMPLETE, 0, "complete", NULL, "add zero cells for combinations that do not occur", 0},
    {SUM, 0, "sum", "LIST", "add up the amounts of these columns; repeatable", 0},
    {MISSING, 0, "missing", "LABEL", "label of blank values [blank]", 0},
    {0, 0, NULL, NULL, NULL, 0},
};

struct opts {
    struct ddg_spec spec;
    struct ddg_list margins; /* arguments of --margins */
    struct ddg_list sums;
    struct ddg_text id, missing;
    bool by_person, rows, totals, complete;
    struct ddg_arena arena;
};

/* What a run holds, so that one function can free it. */
struct work {
    struct ddg_margins margins;
    struct ddg_listing listing;
    struct ddg_cube cube;
    struct ddg_csv *csv;
    struct ddg_output output;
};

static enum ddg_error set(void *data, int id, const char *value, struct ddg_context *context)
{
    struct opts *opts = data;

    switch (id) {
    case GROUP:
        return ddg_spec_add(&opts->spec, value, context);
    case ID:
        opts->id = ddg_text_of(value);
        opts->by_person = true;
        return DDG_OK;
    case ROWS:
        opts->rows = true;
        return DDG_OK;
    case TOTALS:
        opts->totals = true;
        return DDG_OK;
    case MARGINS:
        return ddg_list_push(&opts->margins, ddg_text_of(value), context);
    case COMPLETE:
        opts->complete = true;
        return DDG_OK;
    case SUM:
        return ddg_list_add(&opts->sums, value, ',', &opts->arena, context);
    default:
        opts->missing = ddg_text_of(value);
        return DDG_OK;
    }
}

static enum ddg_error check(const struct opts *opts, struct ddg_context *context)
{
    if (opts->spec.count == 0)
        return ddg_fail(context, DDG_USAGE, "nothing to group by: -g names the dimensions");
    if (opts->by_person && opts->rows)
        return ddg_fail(context, DDG_USAGE, "--id and --rows exclude each other");
    if (opts->totals && opts->margins.count > 0)
        return ddg_fail(context, DDG_USAGE, "--totals and --margins exclude each other");
    return DDG_OK;
}

static enum ddg_error choose_margins(const struct opts *opts, struct ddg_margins *margins,
                                     struct ddg_context *context)
{
    enum ddg_error error = DDG_OK;

    if (opts->totals)
        return ddg_margins_add_all(margins, opts->spec.count, context);
    for (size_t i = 0; !error && i < opts->margins.count; i++)
        error = ddg_margins_add(margins, opts->margins.item[i].at, &opts->spec, context);
    return error;
}

static enum ddg_error make_cube(const struct opts *opts, const struct tool_call *call,
                                struct ddg_cube *cube, struct ddg_context *context)
{
    struct ddg_text total[DDG_DIMENSIONS_MOST];

    for (size_t i = 0; i < opts->spec.count; i++)
        total[i] = ddg_description_total(&call->description, opts->spec.dimension[i].name);
    return ddg_cube_init(cube, &opts->spec, opts->missing, total, opts->sums.count, opts->by_person,
                         context);
}

/* Everything that can be refused is refused before the first record is read. */
static enum ddg_error prepare(const struct opts *opts, const struct tool_call *call,
                              struct work *work, struct ddg_context *context)
{
    const struct ddg_csv_options csv = {.delimiter = call->description.delimiter};
    enum ddg_error error;

    if ((error = check(opts, context)) || (error = choose_margins(opts, &work->margins, context)) ||
        (error = ddg_listing_init(&work->listing, &opts->spec, &opts->sums, opts->by_person,
                                  context)) ||
        (error = make_cube(opts, call, &work->cube, context)) ||
        (error = ddg_csv_open(&work->csv, call->paths, call->path_count, &csv, context)))
        return error;
    return ddg_output_open(&work->output, call->output, csv.delimiter, context);
}

static enum ddg_error count(const struct opts *opts, struct work *work, struct ddg_context *context)
{
    enum ddg_error error;

    if ((error = ddg_count_records(&work->cube, work->csv, &opts->spec, opts->id, &opts->sums,
                                   context)) ||
        (error = ddg_margins_fill(&work->margins, &work->cube, context)) ||
        (opts->complete && (error = ddg_margins_complete(&work->margins, &work->cube, context))) ||
        (error = ddg_listing_write(&work->listing, &work->cube, &work->output, context)))
        return error;
    return ddg_output_finish(&work->output);
}

static void release(struct work *work)
{
    ddg_output_abandon(&work->output);
    ddg_csv_close(work->csv);
    ddg_cube_free(&work->cube);
    ddg_listing_free(&work->listing);
    free(work->margins.kept);
}

static enum ddg_error run(void *data, const struct tool_call *call, enum tool_status *status,
                          struct ddg_context *context)
{
    const struct opts *opts = data;
    struct work work = {0};
    enum ddg_error error = prepare(opts, call, &work, context);

    (void)status;
    if (!error)
        error = count(opts, &work, context);
    release(&work);
    if (!error && !opts->by_person && !opts->rows)
        fprintf(stderr, "ddg-count: rows were counted, not persons (R-NUM-1): --id COLUMN counts "
                        "persons, --rows says that rows are meant\n");
    return error;
}

int main(int argc, char **argv)
{
    struct opts opts = {0};
    const struct tool tool = {
        .name = "ddg-count",
        .summary = "Group records and count the persons, or the rows, in each group.",
        .program = DDG_COUNT,
        .options = {options},
        .set = set,
        .run = run,
        .data = &opts,
    };
    int status = tool_main(&tool, argc, argv);

    ddg_spec_free(&opts.spec);
    free(opts.margins.item);
    free(opts.sums.item);
    ddg_arena_free(&opts.arena);
    return status;
}
