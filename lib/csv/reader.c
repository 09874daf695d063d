#include "csv/reader_parts.h"

#include "base/memory.h"

#include <assert.h>
#include <stdio.h>

enum {
    /* Where doubts are close to each other, more and more is left to the judge, up to MOST bytes at
     * a time: so looking in vain takes no time that counts. */
    FIRST_STRETCH = 1 << 12,
    MOST = 1 << 20,
    NAME_ROOM = 128,
};

const char *ddg_csv_file(const struct ddg_csv *csv)
{
    return csv->window.source.name;
}

void ddg_csv_drop(struct ddg_csv *csv)
{
    if (csv->by_grid) {
        csv->judge.line += ddg_grid_drop(&csv->grid, csv->window.bytes);
        csv->certain += csv->handed;
    } else if (csv->handed > 0) {
        csv->doubtful -= csv->handed < csv->doubtful ? csv->handed : csv->doubtful;
        if (csv->doubtful == 0)
            ddg_grid_start(&csv->grid);
    }
    ddg_window_drop(&csv->window, csv->handed);
    csv->by_grid = false;
    csv->handed = csv->records = csv->taken = csv->line_of = 0;
    csv->line_at = csv->judge.line;
}

void ddg_csv_look_anew(struct ddg_csv *csv)
{
    csv->doubtful = csv->grid.scanner ? 0 : SIZE_MAX;
    csv->certain = DDG_CSV_FAR;
    ddg_grid_start(&csv->grid);
}

enum ddg_error ddg_csv_project(struct ddg_csv *csv, const size_t *wanted, size_t count,
                               struct ddg_context *context)
{
    size_t kept = 0;
    enum ddg_error error = ddg_views_choose(&csv->views, wanted, count, context);

    if (error)
        return error;
    if (!csv->slot_of &&
        (error = ddg_allocate(&csv->slot_of, csv->columns, sizeof *csv->slot_of, context)))
        return error;
    for (size_t i = 0; i < csv->columns; i++)
        csv->slot_of[i] = DDG_JUDGE_DROPS;
    for (size_t i = 0; i < count; i++)
        if (csv->slot_of[wanted[i]] == DDG_JUDGE_DROPS)
            csv->slot_of[wanted[i]] = kept++;
    csv->judge.slot_of = csv->slot_of;
    error =
        ddg_grow(&csv->judge.span, &csv->judge.span_room, kept, sizeof *csv->judge.span, context);
    if (!error && csv->by_grid)
        error = ddg_views_of_grid(&csv->views, &csv->grid, csv->window.bytes, context);
    return error;
}

/* Leaves what comes next to the judge, at least `bytes` of it. */
static void doubt(struct ddg_csv *csv, size_t bytes)
{
    if (csv->certain >= DDG_CSV_FAR)
        csv->stretch = 0;
    else
        csv->stretch = csv->stretch ? 2 * csv->stretch : FIRST_STRETCH;
    if (csv->stretch > MOST)
        csv->stretch = MOST;
    csv->certain = 0;
    csv->doubtful = bytes > csv->stretch ? bytes : csv->stretch;
}

/* Has the grid look for records, and reads on until it finds or doubts some or the file ends. */
static enum ddg_error look(struct ddg_csv *csv, struct ddg_context *context)
{
    struct ddg_window *window = &csv->window;
    struct ddg_grid *grid = &csv->grid;
    enum ddg_error error;

    while (!(error = ddg_grid_look(grid, window->bytes, window->length, context)) &&
           grid->records == 0 && grid->doubtful == 0 && !window->at_end)
        if ((error = ddg_window_more(window, context)))
            return error;
    if (error)
        return error;
    if (grid->records == 0) {
        /* what remains at the end has no line end, or is nothing */
        doubt(csv, grid->doubtful ? grid->doubtful : SIZE_MAX);
        return DDG_OK;
    }
    csv->by_grid = true;
    csv->records = grid->records;
    csv->handed = grid->length;
    return ddg_views_of_grid(&csv->views, grid, window->bytes, context);
}

/* What a record of another length looks like, and what to do about it. */
static const char *remedy_of(const struct ddg_csv *csv)
{
    if (csv->headless)
        return "";
    if (csv->columns == 1 && csv->judge.record_line == 2)
        return " (if line 1 is a title, take it off: tail -n +2)";
    return csv->judge.fields == 1 && csv->columns > 2
               ? " (if this is a note below the records, take it off)"
               : "";
}

/* What libcsv leaves open about the judge's record. */
static enum ddg_error accept(struct ddg_csv *csv, struct ddg_context *context)
{
    struct ddg_judge *judge = &csv->judge;

    if (judge->fields != csv->columns) {
        judge->stopped = judge->length - 1;
        return ddg_fail_at(
            context, DDG_INPUT, ddg_csv_file(csv), judge->record_line, NULL,
            "%zu field%s where %s %zu%s", judge->fields, judge->fields == 1 ? "" : "s",
            csv->headless ? "--columns names" : "the header has", csv->columns, remedy_of(csv));
    }
    if (ddg_csv_repeats_header(csv))
        return ddg_judge_fail(judge, judge->record_line,
                              csv->headless
                                  ? "the header stands here, where --no-header says there is none"
                                  : "the header stands here a second time");
    csv->records = 1;
    return ddg_views_of_judge(&csv->views, judge, context);
}

/* The text of a message, without the place in front of it. */
static const char *reason_of(const struct ddg_csv *csv, const struct ddg_context *context)
{
    const char *text = context->message;
    size_t name = strlen(ddg_csv_file(csv));

    if (name >= strlen(text))
        return "a bad record";
    text += name + 1;
    text += strspn(text, "0123456789");
    return text + strspn(text, ": ");
}

/* The judge's record is a bad one, of which the context speaks: it goes to the rejects, if there
 * are any, and the error with it. */
static enum ddg_error set_aside(struct ddg_csv *csv, struct ddg_context *context)
{
    char reason[sizeof context->message];
    enum ddg_error error = context->error;

    if (!csv->options.rejects || csv->judge.stopped == DDG_JUDGE_GOES_ON)
        return error;
    strcpy(reason, reason_of(csv, context));
    context->error = DDG_OK;
    if ((error = ddg_judge_skip(&csv->judge, context)))
        return error;
    csv->handed = csv->judge.length;
    return ddg_rejects_add(csv->options.rejects, ddg_csv_file(csv), csv->judge.record_line, reason,
                           (struct ddg_text){csv->window.bytes, csv->handed}, context);
}

/* Reads the next records, if there are any, in place of those that were handed out. */
static enum ddg_error next_records(struct ddg_csv *csv, struct ddg_context *context)
{
    for (;;) {
        enum ddg_error error;
        bool more;

        ddg_csv_drop(csv);
        if (csv->doubtful == 0 && ((error = look(csv, context)) || csv->records > 0))
            return error;
        if (!(error = ddg_csv_judge(csv, &more, context)) && more)
            error = accept(csv, context);
        if (error) {
            if ((error = set_aside(csv, context)))
                return error;
            continue;
        }
        if (more || csv->next_path >= csv->path_count)
            return DDG_OK;
        if ((error = ddg_csv_start_file(csv, context)))
            return error;
    }
}

enum ddg_error ddg_csv_next(struct ddg_csv *csv, struct ddg_record *record, bool *more,
                            struct ddg_context *context)
{
    if (csv->taken == csv->records) {
        enum ddg_error error = next_records(csv, context);

        if (error)
            return error;
    }
    *more = csv->records > 0;
    if (!*more)
        return DDG_OK;
    csv->first = csv->taken++;
    record->field = csv->views.text + csv->first * csv->views.count;
    record->line = ddg_csv_line(csv, 0);
    return DDG_OK;
}

enum ddg_error ddg_csv_next_block(struct ddg_csv *csv, struct ddg_csv_block *block,
                                  struct ddg_context *context)
{
    if (csv->taken == csv->records) {
        enum ddg_error error = next_records(csv, context);

        if (error)
            return error;
    }
    csv->first = csv->taken;
    csv->taken = csv->records;
    *block = (struct ddg_csv_block){
        .field = csv->views.text + csv->first * csv->views.count,
        .stride = csv->views.count,
        .count = csv->records - csv->first,
    };
    return DDG_OK;
}

struct ddg_text ddg_csv_bytes(struct ddg_csv *csv, size_t r)
{
    size_t from, to;

    r += csv->first;
    assert(r < csv->records);
    if (!csv->by_grid)
        return (struct ddg_text){csv->window.bytes, csv->handed};
    from = ddg_grid_from(&csv->grid, r, 0);
    to = ddg_grid_to(&csv->grid, r, csv->columns - 1) + 1;
    return (struct ddg_text){csv->window.bytes + from, to - from};
}

uint64_t ddg_csv_line(struct ddg_csv *csv, size_t r)
{
    r += csv->first;
    assert(r < csv->records);
    if (!csv->by_grid)
        return csv->judge.record_line;
    if (csv->grid.hidden == 0)
        return csv->judge.line + r;
    if (r < csv->line_of) {
        csv->line_of = 0;
        csv->line_at = csv->judge.line;
    }
    if (r > csv->line_of) {
        size_t from = ddg_grid_from(&csv->grid, csv->line_of, 0);
        size_t to = ddg_grid_from(&csv->grid, r, 0);

        csv->line_at += ddg_count_lines(csv->window.bytes + from, to - from);
        csv->line_of = r;
    }
    return csv->line_at;
}

/* Names are cut: a message has little room. */
static void name_column(const struct ddg_csv *csv, size_t column, char name[NAME_ROOM])
{
    size_t length = csv->name[column].length;

    if (length >= NAME_ROOM)
        length = NAME_ROOM - 1;
    memcpy(name, csv->name[column].at, length);
    name[length] = '\0';
}

enum ddg_error ddg_csv_reject(struct ddg_csv *csv, size_t r, size_t column,
                              struct ddg_context *context, const char *text)
{
    char name[NAME_ROOM], reason[sizeof context->message];

    if (!csv->options.rejects)
        return ddg_csv_fail(csv, ddg_csv_line(csv, r), column, context, text);
    name_column(csv, column, name);
    snprintf(reason, sizeof reason, "column '%s': %s", name, text);
    return ddg_rejects_add(csv->options.rejects, ddg_csv_file(csv), ddg_csv_line(csv, r), reason,
                           ddg_csv_bytes(csv, r), context);
}

enum ddg_error ddg_csv_fail(const struct ddg_csv *csv, uint64_t line, size_t column,
                            struct ddg_context *context, const char *text)
{
    char name[NAME_ROOM];

    name_column(csv, column, name);
    return ddg_fail_at(context, DDG_INPUT, ddg_csv_file(csv), line, name, "%s", text);
}
