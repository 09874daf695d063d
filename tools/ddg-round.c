/*
 * ddg-round: rounds the counts of a table, masked or not, or turns them into whole percentages.
 */
#include "base/number.h"
#include "common.h"
#include "csv/reader.h"
#include "protect/rounding.h"
#include "protect/whole_percent.h"

enum { TO = 1, WHOLE_PERCENT };

struct opts {
    uint64_t base;
    bool whole_percent;
    const char *dimension;
};

static const struct ddg_option options[] = {
    {TO, 0, "to", "BASE", "round to the nearest multiple of BASE, halves up [5]", 0},
    {WHOLE_PERCENT, 0, "whole-percent", "[DIM]",
     "whole percentages of DIM instead of counts (R-PCT-1)", 0},
    {0, 0, NULL, NULL, NULL, 0},
};

static enum ddg_error set(void *data, int id, const char *value, struct ddg_context *context)
{
    struct opts *opts = data;

    if (id == WHOLE_PERCENT) {
        opts->whole_percent = true;
        opts->dimension = value;
        return DDG_OK;
    }
    return ddg_whole_number("to", ddg_text_of(value), 2, DDG_LARGEST_BASE, &opts->base, context);
}

/* What has to be rounded: each measure, and `events` beside `persons`. */
struct streaming {
    const struct opts *opts;
    const struct ddg_description *description;
    struct ddg_csv *csv;
    struct ddg_output *output;
    struct ddg_context *context;
    struct ddg_measure *rounded; /* of each column: how it is read */
    bool *is_count;              /* of each column */
};

static enum ddg_error find_counts(struct streaming *s, struct ddg_arena *arena)
{
    size_t columns = ddg_csv_columns(s->csv);
    struct ddg_text *name = ddg_arena_allocate(arena, columns * sizeof *name, s->context);
    struct ddg_roles roles;
    enum ddg_error error;

    s->rounded = ddg_arena_allocate(arena, columns * sizeof *s->rounded, s->context);
    s->is_count = ddg_arena_allocate(arena, columns, s->context);
    if (!name || !s->rounded || !s->is_count)
        return DDG_MEMORY;
    for (size_t i = 0; i < columns; i++)
        name[i] = ddg_csv_name(s->csv, i);
    error = ddg_roles_find(&roles, s->description, ddg_csv_file(s->csv), name, columns, arena,
                           s->context);
    for (size_t i = 0; !error && i < roles.measures; i++) {
        s->rounded[roles.measure[i].count] = roles.measure[i];
        s->is_count[roles.measure[i].count] = true;
    }
    for (size_t i = 0; !error && s->description->counts.count == 0 && i < columns; i++)
        if (ddg_text_is(name[i], "events") && roles.measure[0].distinct) {
            s->rounded[i] = roles.measure[0];
            s->is_count[i] = true;
        }
    return error;
}

static enum ddg_error round_field(const struct streaming *s, const struct ddg_record *record,
                                  size_t column)
{
    struct ddg_text annotation = {NULL, 0}, field = record->field[column];
    char room[DDG_UNSIGNED_ROOM];
    struct ddg_count count;
    const char *what;
    uint64_t rounded;

    if (s->rounded[column].annotation != DDG_NO_COLUMN)
        annotation = record->field[s->rounded[column].annotation];
    if (!ddg_count_parse(s->description, field, annotation, &count, &what))
        return ddg_csv_fail(s->csv, record->line, column, s->context, what);
    if (count.state == DDG_BLANK)
        return ddg_csv_fail(s->csv, record->line, column, s->context,
                            "blank, and no annotation says why");
    if (count.state != DDG_SHOWN) {
        ddg_output_field(s->output, field);
        return DDG_OK;
    }
    if (!ddg_round_nearest(count.value, s->opts->base, &rounded))
        return ddg_csv_fail(s->csv, record->line, column, s->context, "too large to be rounded");
    ddg_output_field(s->output, ddg_format_unsigned(rounded, room));
    return DDG_OK;
}

static enum ddg_error round_records(struct streaming *s)
{
    size_t columns = ddg_csv_columns(s->csv);
    bool more = true;
    enum ddg_error error;

    for (size_t i = 0; i < columns; i++)
        ddg_output_field(s->output, ddg_csv_name(s->csv, i));
    error = ddg_output_end(s->output);
    while (!error) {
        struct ddg_record record;

        error = ddg_csv_next(s->csv, &record, &more, s->context);
        if (error || !more)
            break;
        for (size_t i = 0; !error && i < columns; i++) {
            if (s->is_count[i])
                error = round_field(s, &record, i);
            else
                ddg_output_field(s->output, record.field[i]);
        }
        if (!error)
            error = ddg_output_end(s->output);
    }
    return error;
}

static enum ddg_error round_stream(const struct opts *opts, const struct tool_call *call,
                                   struct ddg_output *output, struct ddg_context *context)
{
    const struct ddg_description *d = &call->description;
    struct ddg_csv_options csv_options = {d->delimiter, 0, d->loose};
    struct streaming s = {.opts = opts, .description = d, .output = output, .context = context};
    struct ddg_arena arena = {0};
    enum ddg_error error =
        ddg_csv_open(&s.csv, call->paths, call->path_count, &csv_options, context);

    if (!error)
        error = find_counts(&s, &arena);
    if (!error)
        error = round_records(&s);
    ddg_csv_close(s.csv);
    ddg_arena_free(&arena);
    return error;
}

static enum ddg_error whole_percent(const struct opts *opts, const struct tool_call *call,
                                    struct ddg_output *output, struct ddg_context *context)
{
    struct ddg_model model = {0};
    struct ddg_table table;
    enum ddg_error error =
        ddg_table_read(&table, &call->description, call->paths, call->path_count, context);

    if (!error)
        error = ddg_model_build(&model, &table, &call->description, context);
    if (!error)
        error =
            ddg_whole_percent_write(output, &model, &call->description, opts->dimension, context);
    ddg_model_free(&model);
    ddg_table_free(&table);
    return error;
}

static enum ddg_error run(void *data, const struct tool_call *call, enum tool_status *status,
                          struct ddg_context *context)
{
    const struct opts *opts = data;
    struct ddg_output output;
    enum ddg_error error =
        ddg_output_open(&output, call->output, call->description.delimiter, context);

    (void)status;
    if (error)
        return error;
    error = opts->whole_percent ? whole_percent(opts, call, &output, context)
                                : round_stream(opts, call, &output, context);
    return ddg_output_close(&output, error);
}

int main(int argc, char **argv)
{
    struct opts opts = {.base = 5};
    const struct tool tool = {
        .name = "ddg-round",
        .summary = "Rounds the counts of a table, or turns them into whole percentages.",
        .program = DDG_ROUND,
        .options = {options},
        .set = set,
        .run = run,
        .data = &opts,
    };

    return tool_main(&tool, argc, argv);
}
