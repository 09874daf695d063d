#include "csv/pieces.h"

#include "csv/reader_parts.h"

#include <assert.h>

enum {
    PIECE = 2, /* as many times what is read at a time */
    LONG = 8,  /* what is read before a file is a long one */
};

bool ddg_csv_is_long(const struct ddg_csv *csv)
{
    const struct ddg_window *window = &csv->window;

    assert(!csv->options.rejects);
    return window->source.taken >= LONG * window->piece && !window->at_end &&
           !window->source.failure;
}

enum ddg_error ddg_csv_read_pieces(struct ddg_csv **out, const struct ddg_csv *csv,
                                   struct ddg_context *context)
{
    struct ddg_csv *reader;
    enum ddg_error error = ddg_allocate(out, 1, sizeof **out, context);

    if (error)
        return error;
    reader = *out;
    reader->options = csv->options;
    reader->headless = csv->headless;
    reader->name = csv->name;
    reader->columns = csv->columns;
    ddg_judge_init(&reader->judge, csv->options.delimiter, csv->options.loose_names);
    reader->judge.names = csv->name;
    reader->judge.columns = csv->columns;
    if ((error = ddg_window_init(&reader->window, csv->window.piece, context)) ||
        (error = ddg_grid_init(&reader->grid, csv->options.delimiter, context)))
        return error;
    reader->grid.scanner = csv->grid.scanner;
    ddg_grid_name(&reader->grid, csv->name, csv->columns, csv->options.loose_names);
    return ddg_csv_project(reader, csv->views.column, csv->views.count, context);
}

/* The line that ends with the line feed at `end` is blank. */
static bool is_blank(const char *bytes, size_t end)
{
    if (end > 0 && bytes[end - 1] == '\r')
        end--;
    return end == 0 || bytes[end - 1] == '\n';
}

/* The end of the last record that is no blank line and ends behind byte `from`, or 0.  `inside`
 * says whether the bytes end in quotes. */
static size_t last_end(const char *bytes, size_t from, size_t length, bool inside)
{
    for (size_t i = length; i-- > from;) {
        if (bytes[i] == '"')
            inside = !inside;
        else if (bytes[i] == '\n' && !inside && !is_blank(bytes, i))
            return i + 1;
    }
    return 0;
}

/* Reads on until the window has a piece, and returns its length; 0 where none is to be had. */
static size_t find_piece(struct ddg_csv *reader, struct ddg_context *context)
{
    const struct ddg_scanner *scanner = reader->grid.scanner;
    struct ddg_window *window = &reader->window;
    size_t seen = 0, end = 0;
    bool inside = false;

    while (end == 0) {
        size_t wanted = seen + PIECE * window->piece;

        while (!window->at_end && window->length < wanted && !ddg_window_more(window, context))
            ;
        inside ^= ddg_scan_odd_quotes(scanner ? scanner : &ddg_scanner_scalar, window->bytes + seen,
                                      window->length - seen);
        end = last_end(window->bytes, seen, window->length, inside);
        seen = window->length;
        if (window->at_end || context->error)
            break;
    }
    return end;
}

/* Begins to read the window, whose first line is `line`. */
static void begin(struct ddg_csv *reader, uint64_t line)
{
    reader->by_grid = false;
    reader->handed = reader->records = reader->taken = reader->line_of = 0;
    ddg_judge_start(&reader->judge, line);
    reader->line_at = line;
    ddg_csv_look_anew(reader);
}

enum ddg_error ddg_csv_cut(struct ddg_csv *csv, struct ddg_csv *reader, bool *more,
                           struct ddg_context *context)
{
    struct ddg_window *window = &reader->window;
    size_t length;
    enum ddg_error error;

    *more = false;
    ddg_csv_drop(csv);
    ddg_csv_look_anew(csv);
    if (csv->window.at_end || csv->window.source.failure)
        return DDG_OK;
    if ((error = ddg_window_give(&csv->window, 0, window, context)))
        return error;
    length = find_piece(reader, context);
    if (context->error) {
        csv->failure = *context;
        window->source.failure = &csv->failure;
        context->error = DDG_OK;
    }
    if ((error = ddg_window_give(window, length, &csv->window, context)))
        return error;
    reader->pieces = ++csv->pieces;
    reader->piece = (struct ddg_text){window->bytes, length};
    reader->piece_line = csv->judge.line;
    begin(reader, 1);
    *more = length > 0;
    return DDG_OK;
}

uint64_t ddg_csv_piece(const struct ddg_csv *reader)
{
    return reader->pieces;
}

void ddg_csv_done(struct ddg_csv *csv, const struct ddg_csv *reader, struct ddg_csv *const *readers,
                  size_t count)
{
    uint64_t lines = reader->judge.line - 1;

    csv->judge.line += lines;
    for (size_t i = 0; i < count; i++)
        if (readers[i]->pieces > reader->pieces)
            readers[i]->piece_line += lines;
}

void ddg_csv_again(struct ddg_csv *reader)
{
    reader->window.bytes = reader->piece.at;
    reader->window.length = reader->piece.length;
    begin(reader, reader->piece_line);
}
