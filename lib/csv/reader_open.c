#include "csv/reader_parts.h"

#include <stdlib.h>

enum { DEFAULT_BLOCK = 1 << 18 };

#define LIBCSV "libcsv" /* in place of a scanner's name */

const char *ddg_csv_scanner(const struct ddg_csv *csv)
{
    return csv->grid.scanner ? csv->grid.scanner->name : LIBCSV;
}

/* UTF-16, with the mark at its start or in front of plain letters. */
static bool is_wide(const struct ddg_window *window)
{
    static const char *const marks[] = {"\xff\xfe", "\xfe\xff"};
    const char *b = window->bytes;

    if (window->length < 2)
        return false;
    return memcmp(b, marks[0], 2) == 0 || memcmp(b, marks[1], 2) == 0 ||
           (window->length > 3 && (b[0] == 0) != (b[1] == 0) && (b[0] == 0) == (b[2] == 0) &&
            (b[1] == 0) == (b[3] == 0));
}

static enum ddg_error open_next(struct ddg_csv *csv, struct ddg_context *context)
{
    static const char bom[] = {'\xef', '\xbb', '\xbf'};
    const char *path = csv->path_count ? csv->paths[csv->next_path] : NULL;
    struct ddg_window *window = &csv->window;
    bool marked;
    enum ddg_error error = DDG_OK;

    if (csv->options.held.at)
        ddg_window_hold(window, path, csv->options.held);
    else
        error = ddg_window_open(window, path, context);
    csv->next_path++;
    csv->handed = 0;
    while (!error && window->length < sizeof bom + 1 && !window->at_end)
        error = ddg_window_more(window, context);
    marked = !error && window->length >= sizeof bom && memcmp(window->bytes, bom, sizeof bom) == 0;
    if (marked)
        ddg_window_drop(window, sizeof bom);
    ddg_judge_start(&csv->judge, 1);
    ddg_csv_look_anew(csv);
    if (!error && !marked && is_wide(window))
        error = ddg_fail_at(context, DDG_INPUT, ddg_csv_file(csv), 1, NULL,
                            "UTF-16, where UTF-8 is wanted: iconv -f UTF-16 -t UTF-8");
    return error;
}

enum ddg_error ddg_csv_judge(struct ddg_csv *csv, bool *more, struct ddg_context *context)
{
    enum ddg_error error = ddg_judge_read(&csv->judge, &csv->window, more, context);

    csv->handed = csv->judge.length;
    return error;
}

static enum ddg_error keep_header(struct ddg_csv *csv, struct ddg_context *context)
{
    const struct ddg_list *names = csv->headless ? csv->options.names : NULL;
    size_t columns = names ? names->count : csv->judge.fields;

    csv->name = ddg_arena_allocate(&csv->arena, columns * sizeof *csv->name, context);
    if (!csv->name)
        return DDG_MEMORY;
    for (size_t i = 0; i < columns; i++) {
        struct ddg_text name =
            names ? names->item[i] : ddg_judge_name(&csv->judge, ddg_judge_field(&csv->judge, i));

        csv->name[i] = ddg_arena_copy(&csv->arena, name, context);
        if (!csv->name[i].at)
            return DDG_MEMORY;
    }
    csv->judge.names = csv->name;
    csv->judge.columns = csv->columns = columns;
    ddg_grid_name(&csv->grid, csv->name, columns, csv->options.loose_names);
    return DDG_OK;
}

static enum ddg_error compare_header(struct ddg_csv *csv)
{
    if (ddg_csv_repeats_header(csv))
        return DDG_OK;
    return ddg_judge_fail(&csv->judge, csv->judge.record_line,
                          "a header that differs from the first file's");
}

enum ddg_error ddg_csv_start_file(struct ddg_csv *csv, struct ddg_context *context)
{
    enum ddg_error error = open_next(csv, context);
    bool more = false;

    if (error)
        return error;
    if (csv->headless)
        return csv->columns ? DDG_OK : keep_header(csv, context);
    csv->judge.slot_of = NULL;
    error = ddg_csv_judge(csv, &more, context);
    csv->judge.slot_of = csv->slot_of;
    if (error)
        return error;
    if (!more)
        return ddg_judge_fail(&csv->judge, 0, "no header: the input is empty");
    return csv->columns ? compare_header(csv) : keep_header(csv, context);
}

/* The scanner called `name`; NULL for "libcsv", which is none. */
static enum ddg_error choose_scanner(const char *name, const struct ddg_scanner **scanner,
                                     struct ddg_context *context)
{
    if (!name)
        name = getenv(DDG_CSV_SCANNER);
    *scanner = NULL;
    if (name && strcmp(name, LIBCSV) == 0)
        return DDG_OK;
    for (size_t i = 0; (*scanner = ddg_scanner_at(i)); i++)
        if (!name || strcmp(name, (*scanner)->name) == 0)
            return DDG_OK;
    return ddg_fail(context, DDG_USAGE, DDG_CSV_SCANNER ": this processor has no scanner '%s'",
                    name);
}

enum ddg_error ddg_csv_open(struct ddg_csv **out, const char *const *paths, size_t count,
                            const struct ddg_csv_options *options, struct ddg_context *context)
{
    struct ddg_csv *csv;
    enum ddg_error error = ddg_allocate(out, 1, sizeof **out, context);
    size_t *all;

    if (error)
        return error;
    csv = *out;
    csv->options = *options;
    csv->paths = paths;
    csv->path_count = count;
    csv->headless = options->names && options->names->count > 0;
    ddg_judge_init(&csv->judge, options->delimiter, options->loose_names);
    error = ddg_window_init(&csv->window, options->block ? options->block : DEFAULT_BLOCK, context);
    if (error || (error = ddg_grid_init(&csv->grid, options->delimiter, context)) ||
        (error = choose_scanner(options->scanner, &csv->grid.scanner, context)) ||
        (error = ddg_csv_start_file(csv, context)))
        return error;
    if ((error = ddg_allocate(&all, csv->columns, sizeof *all, context)))
        return error;
    for (size_t i = 0; i < csv->columns; i++)
        all[i] = i;
    error = ddg_csv_project(csv, all, csv->columns, context);
    free(all);
    return error;
}

size_t ddg_csv_columns(const struct ddg_csv *csv)
{
    return csv->columns;
}

struct ddg_text ddg_csv_name(const struct ddg_csv *csv, size_t column)
{
    return csv->name[column];
}

enum ddg_error ddg_csv_find(const struct ddg_csv *csv, struct ddg_text name, size_t *column,
                            struct ddg_context *context)
{
    size_t found = SIZE_MAX;

    for (size_t i = 0; i < csv->columns; i++) {
        if (!ddg_text_equal(csv->name[i], name))
            continue;
        if (found != SIZE_MAX)
            return ddg_fail(context, DDG_USAGE, "%s: two columns are called '%.*s'",
                            ddg_csv_file(csv), (int)name.length, name.at);
        found = i;
    }
    if (found == SIZE_MAX)
        return ddg_fail(context, DDG_USAGE, "%s: no column is called '%.*s'", ddg_csv_file(csv),
                        (int)name.length, name.at);
    *column = found;
    return DDG_OK;
}

void ddg_csv_close(struct ddg_csv *csv)
{
    if (!csv)
        return;
    ddg_window_free(&csv->window);
    ddg_judge_free(&csv->judge);
    ddg_grid_free(&csv->grid);
    ddg_views_free(&csv->views);
    free(csv->slot_of);
    ddg_arena_free(&csv->arena);
    free(csv);
}
