#include "group/request.h"

#include "base/machine.h"
#include "group/count.h"

#include <stdlib.h>

enum {
    GROUP = 1,
    ID,
    ROWS,
    TOTALS,
    MARGINS,
    COMPLETE,
    SUM,
    MISSING,
    MEMORY,
    NO_HEADER,
    COLUMNS,
    REJECTS,
    MAX_REJECTS,
    LOG,
    PARTIAL,
    MERGE,
    THREADS,
};

const struct ddg_option ddg_request_options[] = {
    {GROUP, 'g', "group", "SPEC", "dimensions: [NAME=]COLUMN[:RECODING]...,...; repeatable", 0},
    {ID, 0, "id", "COLUMN", "count distinct values of COLUMN: persons", 0},
    {ROWS, 0, "rows", NULL, "rows are meant, not persons", 0},
    {TOTALS, 0, "totals", NULL, "add every total", 0},
    {MARGINS, 0, "margins", "LISTS", "add totals that keep these dimensions: 'a; b,c'", 0},
    {COMPLETE, 0, "complete", NULL, "add zero cells for combinations that do not occur", 0},
    {SUM, 0, "sum", "LIST", "add up the amounts of these columns; repeatable", 0},
    {MISSING, 0, "missing", "LABEL", "label of blank values [blank]", 0},
    {MEMORY, 0, "memory", "SIZE", "spill persons that take more [a quarter of memory]", 0},
    {THREADS, 0, "threads", "N", "processors to use [4 or as there are; with --id 2]", 0},
    {NO_HEADER, 0, "no-header", NULL, "the files have no header", 0},
    {COLUMNS, 0, "columns", "LIST", "names of their columns then", 0},
    {REJECTS, 0, "rejects", "FILE", "set bad records aside in FILE", 0},
    {MAX_REJECTS, 0, "max-rejects", "N", "so many at most [any number]", 0},
    {LOG, 0, "log", "FILE", "note start and end of the run in FILE, as JSON", 0},
    {PARTIAL, 0, "partial", NULL, "write a state that --merge adds up, not a table", 0},
    {MERGE, 0, "merge", NULL, "read states that --partial wrote, not records", 0},
    {0, 0, NULL, NULL, NULL, 0},
};

/* With more, reading is what takes the time; and where persons are counted, each of more threads
 * has nearly all of them, and joining them takes the time that counting gains. */
enum { THREADS_USUAL = 4, THREADS_PERSONS = 2 };

enum { MEMORY_LEAST = 1 << 20 };

void ddg_request_init(struct ddg_request *request)
{
    *request = (struct ddg_request){.memory = ddg_machine_memory() / 4, .max_rejects = UINT64_MAX};
}

enum ddg_error ddg_request_set(void *data, int id, const char *value, struct ddg_context *context)
{
    struct ddg_request *request = data;
    enum ddg_error error;
    uint64_t number;

    switch (id) {
    case GROUP:
        return ddg_spec_add(&request->spec, value, context);
    case ID:
        request->id = ddg_text_of(value);
        request->by_person = true;
        return DDG_OK;
    case ROWS:
        request->rows = true;
        return DDG_OK;
    case TOTALS:
        request->totals = true;
        return DDG_OK;
    case MARGINS:
        return ddg_list_push(&request->margins, ddg_text_of(value), context);
    case COMPLETE:
        request->complete = true;
        return DDG_OK;
    case SUM:
        return ddg_list_add(&request->sums, value, ',', &request->arena, context);
    case PARTIAL:
        request->partial = true;
        return DDG_OK;
    case MERGE:
        request->merge = true;
        return DDG_OK;
    case NO_HEADER:
        request->no_header = true;
        return DDG_OK;
    case COLUMNS:
        return ddg_list_add(&request->columns, value, ',', &request->arena, context);
    case REJECTS:
        request->rejects = value;
        return DDG_OK;
    case MAX_REJECTS:
        request->few_rejects = true;
        return ddg_whole_number("max-rejects", ddg_text_of(value), 0, UINT64_MAX,
                                &request->max_rejects, context);
    case THREADS:
        error = ddg_whole_number("threads", ddg_text_of(value), 1, DDG_COUNT_THREADS_MOST, &number,
                                 context);
        request->threads = error ? 0 : (unsigned)number;
        return error;
    case LOG:
        request->log = value;
        return DDG_OK;
    case MISSING:
        request->missing = ddg_text_of(value);
        return DDG_OK;
    default:
        return ddg_byte_count("memory", value, MEMORY_LEAST, &request->memory, context);
    }
}

enum ddg_error ddg_request_check(const struct ddg_request *request, bool hierarchies,
                                 struct ddg_context *context)
{
    if (request->spec.count == 0 && !request->merge)
        return ddg_fail(context, DDG_USAGE, "nothing to group by: -g names the dimensions");
    if (request->by_person && request->rows)
        return ddg_fail(context, DDG_USAGE, "--id and --rows exclude each other");
    if (request->totals && request->margins.count > 0)
        return ddg_fail(context, DDG_USAGE, "--totals and --margins exclude each other");
    if (request->spec.count == 0 &&
        (request->by_person || request->sums.count > 0 || request->missing.at))
        return ddg_fail(
            context, DDG_USAGE,
            "--id, --sum and --missing are those of the states, unless -g is given too");
    if (request->partial && (request->totals || request->margins.count > 0 || request->complete))
        return ddg_fail(context, DDG_USAGE,
                        "--partial writes no totals and no zeros: they are for the last --merge");
    if (request->partial && hierarchies)
        return ddg_fail(context, DDG_USAGE,
                        "--partial writes no rows of a --hierarchy: they are for the last --merge");
    if (request->no_header != (request->columns.count > 0))
        return ddg_fail(context, DDG_USAGE,
                        "--no-header and --columns want each other: the names that no header has");
    if (request->no_header && request->merge)
        return ddg_fail(context, DDG_USAGE, "--no-header is for records, --merge reads states");
    if (request->rejects && request->merge)
        return ddg_fail(context, DDG_USAGE, "--rejects is for records, --merge reads states");
    if (request->threads > 0 && request->merge)
        return ddg_fail(context, DDG_USAGE, "--threads is for records, --merge reads states");
    if (request->threads > 1 && request->rejects)
        return ddg_fail(context, DDG_USAGE,
                        "--rejects lists records in their order, by --threads 1");
    if (request->few_rejects && !request->rejects)
        return ddg_fail(context, DDG_USAGE,
                        "--max-rejects is a limit of --rejects, which is missing");
    return DDG_OK;
}

unsigned ddg_request_threads(const struct ddg_request *request)
{
    unsigned processors, most;

    if (request->rejects)
        return 1;
    if (request->threads > 0)
        return request->threads;
    most = request->by_person ? THREADS_PERSONS : THREADS_USUAL;
    processors = ddg_machine_processors();
    return processors < most ? processors : most;
}

enum ddg_error ddg_request_margins(const struct ddg_request *request, const struct ddg_spec *spec,
                                   struct ddg_margins *margins, struct ddg_context *context)
{
    enum ddg_error error = DDG_OK;

    if (request->totals)
        return ddg_margins_add_all(margins, spec->count, context);
    for (size_t i = 0; !error && i < request->margins.count; i++)
        error = ddg_margins_add(margins, request->margins.item[i].at, spec, context);
    return error;
}

void ddg_request_free(struct ddg_request *request)
{
    ddg_spec_free(&request->spec);
    free(request->margins.item);
    free(request->sums.item);
    free(request->columns.item);
    ddg_arena_free(&request->arena);
}
