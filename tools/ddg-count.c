/*
 * ddg-count: groups records and counts persons or rows in each group and each total.
 */
#include "base/machine.h"
#include "common.h"
#include "group/count.h"
#include "group/listing.h"
#include "group/request.h"
#include "group/strangers.h"
#include "group/state.h"
#include "report/log.h"

#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* What a run holds, so that one function can free it. */
struct work {
    struct ddg_form own;         /* of the options */
    const struct ddg_form *form; /* of what is counted: that, or that of the states */
    struct ddg_states states;    /* with --merge, */
    struct ddg_csv *csv;         /* or else the records, */
    struct ddg_rejects rejects;  /* and with --rejects the bad ones */
    struct ddg_margins margins;
    struct ddg_listing listing;
    struct ddg_cube cube;
    struct ddg_output output;
};

static enum ddg_error make_cube(const struct ddg_request *request, const struct tool_call *call,
                                struct work *work, struct ddg_context *context)
{
    const struct ddg_form *form = work->form;
    const struct ddg_spec *spec = request->merge ? &form->spec : &request->spec;
    struct ddg_text total[DDG_DIMENSIONS_MOST];
    enum ddg_error error;

    for (size_t i = 0; i < spec->count; i++)
        total[i] = ddg_description_total(&call->description, spec->dimension[i].name);
    error = ddg_cube_init(&work->cube, spec, form->missing, total, form->sums.count,
                          form->by_person, context);
    work->cube.persons.memory = request->memory;
    work->cube.persons.ordered = request->partial;
    return error;
}

static enum ddg_error add_hierarchies(const struct ddg_of_dimensions *hierarchies,
                                      struct work *work, struct ddg_context *context)
{
    enum ddg_error error = DDG_OK;

    for (size_t i = 0; !error && i < hierarchies->count; i++) {
        struct ddg_text name = hierarchies->item[i].dimension;
        size_t d = ddg_spec_find(&work->form->spec, name);

        if (d == work->form->spec.count)
            return ddg_fail(context, DDG_USAGE, "--hierarchy: no dimension is called '%.*s'",
                            (int)name.length, name.at);
        /* the value of an option: it ends with a NUL */
        error =
            ddg_labels_add_hierarchy(&work->cube.label[d], hierarchies->item[i].value.at, context);
    }
    return error;
}

static enum ddg_error open_states(const struct ddg_request *request, const struct tool_call *call,
                                  struct work *work, struct ddg_context *context)
{
    const struct ddg_form *form = &work->states.form;
    enum ddg_error error = ddg_states_open(&work->states, call->paths, call->path_count, context);
    const char *difference;

    if (error)
        return error;
    work->form = form;
    if (form->by_person && request->rows)
        return ddg_fail(context, DDG_USAGE, "--rows is not what the states count: persons (--id)");
    if (work->own.spec.count > 0 && (difference = ddg_form_difference(&work->own, form)))
        return ddg_fail(context, DDG_USAGE, "the first state has %s than the options", difference);
    return DDG_OK;
}

static enum ddg_error open_output(const struct ddg_request *request, const struct tool_call *call,
                                  struct work *work, struct ddg_context *context)
{
    struct ddg_sink *sink = &work->output.sink;
    enum ddg_error error =
        ddg_output_open(&work->output, call->output, call->description.delimiter, context);

    if (error || !request->partial)
        return error;
    sink->secret = true;
    if (ddg_sink_is_terminal(sink))
        return ddg_fail(context, DDG_USAGE,
                        "a state is record-level data and not for a terminal (-o FILE)");
    return DDG_OK;
}

static enum ddg_error open_records(const struct ddg_request *request, const struct tool_call *call,
                                   struct work *work, struct ddg_context *context)
{
    const struct ddg_csv_options csv = {
        .delimiter = call->description.delimiter,
        .names = &request->columns,
        .rejects = request->rejects ? &work->rejects : NULL,
    };
    enum ddg_error error = DDG_OK;

    if (request->rejects)
        error = ddg_rejects_open(&work->rejects, request->rejects, request->max_rejects, context);
    return error ? error : ddg_csv_open(&work->csv, call->paths, call->path_count, &csv, context);
}

/* What a signal asks about, and what is said when one ends the run. */
static struct ddg_meter meter;
static struct ddg_log run_log;
static const uint64_t *set_aside;

static void tell(int number)
{
    char room[DDG_METER_ROOM + 1];
    size_t length = ddg_meter_text(&meter, room);
    int kept = errno;
    ssize_t ignored;

    room[length] = '\n';
    ignored = write(STDERR_FILENO, room, length + 1);
    (void)ignored;
    (void)number;
    errno = kept;
}

static void tell_log(int number)
{
    ddg_log_interrupt(&run_log, number, &meter, set_aside);
}

static enum ddg_error start_meter(const struct ddg_request *request, const struct tool_call *call,
                                  struct work *work, struct ddg_context *context)
{
    const struct tool_file files[] = {{"rejects", request->rejects}, {"log", request->log}};
    struct sigaction action = {.sa_handler = tell, .sa_flags = SA_RESTART};
    enum ddg_error error = tool_check_files(call, files, 2, context);

    if (error)
        return error;
    ddg_meter_start(&meter, "ddg-count", call->paths, call->path_count);
    meter.records = &work->cube.records;
    meter.groups = &work->cube.groups.count;
    context->meter = &meter;
    sigemptyset(&action.sa_mask);
    sigaction(SIGUSR1, &action, NULL);
#ifdef SIGINFO
    sigaction(SIGINFO, &action, NULL);
#endif
    if (!request->log)
        return DDG_OK;
    set_aside = &work->rejects.count;
    return ddg_log_start(&run_log, request->log, "ddg-count", DDG_VERSION, call->arguments,
                         call->argument_count, call->paths, call->path_count, context);
}

/* Everything that can be refused is refused before the first record is read. */
static enum ddg_error prepare(const struct ddg_request *request, const struct tool_call *call,
                              struct work *work, struct ddg_context *context)
{
    enum ddg_error error;

    work->form = &work->own;
    if ((error = ddg_request_check(request, call->description.hierarchies.count > 0, context)) ||
        (error = start_meter(request, call, work, context)) ||
        (error = ddg_form_make(&work->own, &request->spec, request->missing, request->by_person,
                               request->id, &request->sums, context)) ||
        (request->merge && (error = open_states(request, call, work, context))) ||
        (error = ddg_request_margins(request, &work->form->spec, &work->margins, context)) ||
        (error = ddg_listing_init(&work->listing, &work->form->spec, &work->form->sums,
                                  work->form->by_person, context)) ||
        (error = make_cube(request, call, work, context)) ||
        (error = add_hierarchies(&call->description.hierarchies, work, context)) ||
        (!request->merge && (error = open_records(request, call, work, context))))
        return error;
    return open_output(request, call, work, context);
}

static enum ddg_error read_input(const struct ddg_request *request, struct work *work,
                                 struct ddg_context *context)
{
    const struct ddg_counted counted = {&request->spec, request->id, &request->sums};

    if (request->merge)
        return ddg_states_add(&work->states, &work->cube, context);
    return ddg_count_records(&work->cube, work->csv, &counted, ddg_request_threads(request),
                             context);
}

static enum ddg_error write_output(const struct ddg_request *request, struct work *work,
                                   struct ddg_context *context)
{
    struct ddg_cube *cube = &work->cube;
    enum ddg_error error;

    if (request->partial)
        return ddg_state_write(work->form, cube, &work->output.sink, context);
    if ((error = ddg_margins_fill(&work->margins, cube, context)) ||
        (request->complete && (error = ddg_margins_complete(&work->margins, cube, context))))
        return error;
    return ddg_listing_write(&work->listing, cube, &work->output, context);
}

/* The table comes last, so that it is never there without its rejects. */
static enum ddg_error count(const struct ddg_request *request, struct work *work,
                            struct ddg_context *context)
{
    enum ddg_error error;

    if ((error = read_input(request, work, context)) ||
        (error = write_output(request, work, context)) ||
        (request->rejects && (error = ddg_rejects_finish(&work->rejects, context))))
        return error;
    return ddg_output_finish(&work->output);
}

static void report(const struct ddg_request *request, const struct work *work,
                   struct ddg_context *context)
{
    struct ddg_prose notes = {.context = context};
    uint64_t rejects = work->rejects.count;

    if (rejects > 0)
        fprintf(stderr, "ddg-count: %" PRIu64 " bad record%s set aside in %s and counted nowhere\n",
                rejects, rejects == 1 ? " was" : "s were", request->rejects);
    if (!work->form->by_person && !request->rows && !request->partial)
        fprintf(stderr, "ddg-count: rows were counted, not persons (R-NUM-1): --id COLUMN counts "
                        "persons, --rows says that rows are meant\n");
    if (!request->partial)
        ddg_strangers_say(&work->cube, "ddg-count: note:", &notes);
    fputs(ddg_prose_string(&notes), stderr);
    ddg_prose_free(&notes);
}

static void release(struct work *work)
{
    ddg_output_abandon(&work->output);
    ddg_rejects_abandon(&work->rejects);
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
    const struct ddg_request *request = data;
    struct work work = {0};
    enum ddg_error error = prepare(request, call, &work, context), unlogged;

    (void)status;
    if (!error)
        error = count(request, &work, context);
    ddg_meter_hide(&meter);
    unlogged =
        ddg_log_end(&run_log, error ? TOOL_ERROR : TOOL_YES, &meter, work.rejects.count, context);
    meter.records = NULL; /* they go, and a signal may come */
    meter.groups = NULL;
    if (!error)
        error = unlogged;
    if (!error)
        report(request, &work, context);
    release(&work);
    return error;
}

int main(int argc, char **argv)
{
    struct ddg_request request;
    const struct tool tool = {
        .name = "ddg-count",
        .summary = "Group records and count the persons, or the rows, in each group.",
        .program = DDG_COUNT,
        .options = {ddg_request_options},
        .set = ddg_request_set,
        .run = run,
        .data = &request,
        .interrupted = tell_log,
    };
    int status;

    ddg_machine_keep_to_memory();
    ddg_request_init(&request);
    status = tool_main(&tool, argc, argv);
    ddg_request_free(&request);
    return status;
}
