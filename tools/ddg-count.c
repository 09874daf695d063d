/*
 * ddg-count: groups records and counts persons or rows in each group and each total.
 */
#include "common.h"
#include "group/count.h"
#include "group/listing.h"
#include "group/margin.h"
#include "group/state.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { GROUP = 1, ID, ROWS, TOTALS, MARGINS, COMPLETE, SUM, MISSING, MEMORY, PARTIAL, MERGE };

static const struct ddg_option options[] = {
    {GROUP, 'g', "group", "SPEC", "dimensions: [NAME=]COLUMN[:RECODING]...,...; repeatable", 0},
    {ID, 0, "id", "COLUMN", "count distinct values of COLUMN: persons", 0},
    {ROWS, 0, "rows", NULL, "rows are meant, not persons", 0},
    {TOTALS, 0, "totals", NULL, "add every total", 0},
    {MARGINS, 0, "margins", "LISTS", "add totals that keep these dimensions: 'a; b,c'", 0},
    {COMPLETE, 0, "complete", NULL, "add zero cells for combinations that do not occur", 0},
    {SUM, 0, "sum", "LIST", "add up the amounts of these columns; repeatable", 0},
    {MISSING, 0, "missing", "LABEL", "label of blank values [blank]", 0},
    {MEMORY, 0, "memory", "SIZE", "spill persons that take more [a quarter of memory]", 0},
    {PARTIAL, 0, "partial", NULL, "write a state that --merge adds up, not a table", 0},
    {MERGE, 0, "merge", NULL, "read states that --partial wrote, not records", 0},
    {0, 0, NULL, NULL, NULL, 0},
};

enum { MEMORY_LEAST = 1 << 20 };

struct opts {
    struct ddg_spec spec;
    struct ddg_list margins; /* arguments of --margins */
    struct ddg_list sums;
    struct ddg_text id, missing;
    bool by_person, rows, totals, complete, partial, merge;
    size_t memory; /* that persons may take */
    struct ddg_arena arena;
};

/* What a run holds, so that one function can free it. */
struct work {
    struct ddg_form own;         /* of the options */
    const struct ddg_form *form; /* of what is counted: that, or that of the states */
    struct ddg_states states;    /* with --merge, */
    struct ddg_csv *csv;         /* or else the records */
    struct ddg_margins margins;
    struct ddg_listing listing;
    struct ddg_cube cube;
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
    case PARTIAL:
        opts->partial = true;
        return DDG_OK;
    case MERGE:
        opts->merge = true;
        return DDG_OK;
    case MISSING:
        opts->missing = ddg_text_of(value);
        return DDG_OK;
    default:
        return ddg_byte_count("memory", value, MEMORY_LEAST, &opts->memory, context);
    }
}

static enum ddg_error check(const struct opts *opts, struct ddg_context *context)
{
    if (opts->spec.count == 0 && !opts->merge)
        return ddg_fail(context, DDG_USAGE, "nothing to group by: -g names the dimensions");
    if (opts->by_person && opts->rows)
        return ddg_fail(context, DDG_USAGE, "--id and --rows exclude each other");
    if (opts->totals && opts->margins.count > 0)
        return ddg_fail(context, DDG_USAGE, "--totals and --margins exclude each other");
    if (opts->spec.count == 0 && (opts->by_person || opts->sums.count > 0 || opts->missing.at))
        return ddg_fail(
            context, DDG_USAGE,
            "--id, --sum and --missing are those of the states, unless -g is given too");
    if (opts->partial && (opts->totals || opts->margins.count > 0 || opts->complete))
        return ddg_fail(context, DDG_USAGE,
                        "--partial writes no totals and no zeros: they are for the last --merge");
    return DDG_OK;
}

static enum ddg_error choose_margins(const struct opts *opts, struct work *work,
                                     struct ddg_context *context)
{
    const struct ddg_spec *spec = &work->form->spec;
    enum ddg_error error = DDG_OK;

    if (opts->totals)
        return ddg_margins_add_all(&work->margins, spec->count, context);
    for (size_t i = 0; !error && i < opts->margins.count; i++)
        error = ddg_margins_add(&work->margins, opts->margins.item[i].at, spec, context);
    return error;
}

static enum ddg_error make_cube(const struct opts *opts, const struct tool_call *call,
                                struct work *work, struct ddg_context *context)
{
    const struct ddg_form *form = work->form;
    const struct ddg_spec *spec = opts->merge ? &form->spec : &opts->spec;
    struct ddg_text total[DDG_DIMENSIONS_MOST];
    enum ddg_error error;

    for (size_t i = 0; i < spec->count; i++)
        total[i] = ddg_description_total(&call->description, spec->dimension[i].name);
    error = ddg_cube_init(&work->cube, spec, form->missing, total, form->sums.count,
                          form->by_person, context);
    work->cube.persons.memory = opts->memory;
    return error;
}

static enum ddg_error open_states(const struct tool_call *call, struct work *work,
                                  struct ddg_context *context)
{
    const struct ddg_form *form = &work->states.form;
    enum ddg_error error = ddg_states_open(&work->states, call->paths, call->path_count, context);
    const char *difference;

    if (error)
        return error;
    work->form = form;
    if (work->own.spec.count > 0 && (difference = ddg_form_difference(&work->own, form)))
        return ddg_fail(context, DDG_USAGE, "the first state has %s than the options", difference);
    return DDG_OK;
}

static enum ddg_error open_output(const struct opts *opts, const struct tool_call *call,
                                  struct work *work, struct ddg_context *context)
{
    struct ddg_sink *sink = &work->output.sink;
    enum ddg_error error =
        ddg_output_open(&work->output, call->output, call->description.delimiter, context);

    if (error || !opts->partial)
        return error;
    sink->secret = true;
    if (ddg_sink_is_terminal(sink))
        return ddg_fail(context, DDG_USAGE,
                        "a state is record-level data and not for a terminal (-o FILE)");
    return DDG_OK;
}

/* Everything that can be refused is refused before the first record is read. */
static enum ddg_error prepare(const struct opts *opts, const struct tool_call *call,
                              struct work *work, struct ddg_context *context)
{
    const struct ddg_csv_options csv = {.delimiter = call->description.delimiter};
    enum ddg_error error;

    work->form = &work->own;
    if ((error = check(opts, context)) ||
        (error = ddg_form_make(&work->own, &opts->spec, opts->missing, opts->by_person, opts->id,
                               &opts->sums, context)) ||
        (opts->merge && (error = open_states(call, work, context))) ||
        (error = choose_margins(opts, work, context)) ||
        (error = ddg_listing_init(&work->listing, &work->form->spec, &work->form->sums,
                                  work->form->by_person, context)) ||
        (error = make_cube(opts, call, work, context)) ||
        (!opts->merge &&
         (error = ddg_csv_open(&work->csv, call->paths, call->path_count, &csv, context))))
        return error;
    return open_output(opts, call, work, context);
}

static enum ddg_error read_input(const struct opts *opts, struct work *work,
                                 struct ddg_context *context)
{
    if (opts->merge)
        return ddg_states_add(&work->states, &work->cube, context);
    return ddg_count_records(&work->cube, work->csv, &opts->spec, opts->id, &opts->sums, context);
}

static enum ddg_error count(const struct opts *opts, struct work *work, struct ddg_context *context)
{
    struct ddg_cube *cube = &work->cube;
    enum ddg_error error = read_input(opts, work, context);

    if (error)
        return error;
    if (opts->partial) {
        error = ddg_state_write(work->form, cube, &work->output.sink, context);
        return error ? error : ddg_output_finish(&work->output);
    }
    if ((error = ddg_margins_fill(&work->margins, cube, context)) ||
        (opts->complete && (error = ddg_margins_complete(&work->margins, cube, context))) ||
        (error = ddg_listing_write(&work->listing, cube, &work->output, context)))
        return error;
    return ddg_output_finish(&work->output);
}

static void release(struct work *work)
{
    ddg_output_abandon(&work->output);
    ddg_csv_close(work->csv);
    ddg_states_free(&work->states);
    ddg_cube_free(&work->cube);
    ddg_listing_free(&work->listing);
    ddg_form_free(&work->own);
    free(work->margins.kept);
}

static enum ddg_error run(void *data, const struct tool_call *call, enum tool_status *status,
                          struct ddg_context *context)
{
    const struct opts *opts = data;
    struct work work = {0};
    enum ddg_error error = prepare(opts, call, &work, context);
    bool rows = !error && !work.form->by_person;

    (void)status;
    if (!error)
        error = count(opts, &work, context);
    release(&work);
    if (!error && rows && !opts->rows && !opts->partial)
        fprintf(stderr, "ddg-count: rows were counted, not persons (R-NUM-1): --id COLUMN counts "
                        "persons, --rows says that rows are meant\n");
    return error;
}

/* A quarter of what the machine has; all that there is where it does not tell. */
static size_t usual_memory(void)
{
    long pages = sysconf(_SC_PHYS_PAGES), size = sysconf(_SC_PAGESIZE);

    return pages > 0 && size > 0 ? (size_t)pages / 4 * (size_t)size : SIZE_MAX;
}

int main(int argc, char **argv)
{
    struct opts opts = {.memory = usual_memory()};
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
