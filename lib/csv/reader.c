#include "csv/reader.h"

#include "base/memory.h"
#include "csv/source.h"

#include <assert.h>
#include <csv.h>
#include <stdlib.h>

enum { DEFAULT_BLOCK = 1 << 18, BOM_LENGTH = 3 };

#define NOT_KEPT SIZE_MAX

struct ddg_csv {
    struct ddg_csv_options options;
    const char *const *paths;
    size_t path_count, next_path;
    struct ddg_source source;
    struct ddg_context *context; /* of the call under way */

    char *block;
    size_t block_room; /* bytes that fit into a block, at least BOM_LENGTH */
    size_t piece;      /* bytes that are read, and given to libcsv, at a time */
    size_t at, filled; /* block[at..filled) is still to be parsed */
    bool at_end;       /* the source has no more bytes */
    bool nul_behind;   /* block[filled] is a NUL byte */

    struct csv_parser parser;
    uint64_t line;        /* line of the field that is being parsed */
    uint64_t record_line; /* line where the current record starts */
    uint64_t blank_line;  /* a blank line that nothing may follow, or 0 */
    bool after_return;    /* a line ended with CR: LF has to follow */
    bool complete;        /* the record under construction has ended */
    bool like_header;     /* so far its fields are the header's */
    size_t fields;        /* fields of it so far, kept or not */

    /* the record under construction: bytes of kept fields one behind the other */
    char *bytes;
    size_t bytes_used, bytes_room;
    struct span {
        size_t start, length;
    } * span;        /* span[i] of kept field i */
    size_t *slot_of; /* column -> kept field, NOT_KEPT for none; NULL while reading a header */
    size_t span_room;
    struct ddg_text *view;
    size_t *view_of; /* view[i] shows kept field view_of[i] */
    size_t views;

    struct ddg_arena arena;
    struct ddg_text *name;
    size_t columns; /* 0 until the first header was read */
};

static int never(unsigned char c)
{
    (void)c;
    return 0;
}

const char *ddg_csv_file(const struct ddg_csv *csv)
{
    return csv->source.name;
}

static enum ddg_error fail_here(struct ddg_csv *csv, uint64_t line, const char *text)
{
    return ddg_fail_at(csv->context, DDG_INPUT, csv->source.name, line, NULL, "%s", text);
}

static enum ddg_error fail_return(struct ddg_csv *csv)
{
    return fail_here(csv, csv->line, "a carriage return that no line feed follows");
}

static struct ddg_text as_name(const struct ddg_csv *csv, struct ddg_text field)
{
    return csv->options.loose_names ? ddg_text_trim(field) : field;
}

/* libcsv calls this at the end of every field. */
static void take_field(void *bytes, size_t length, void *data)
{
    struct ddg_csv *csv = data;
    size_t column = csv->fields++;
    size_t slot = csv->slot_of ? column < csv->columns ? csv->slot_of[column] : NOT_KEPT : column;
    const char *from = bytes, *newline;
    size_t left = length;

    if (csv->context->error)
        return;
    if (csv->blank_line) {
        fail_here(csv, csv->blank_line, "a blank line");
        return;
    }
    if (column == 0)
        csv->record_line = csv->line;
    if (csv->like_header)
        csv->like_header =
            column < csv->columns &&
            ddg_text_equal(as_name(csv, (struct ddg_text){bytes, length}), csv->name[column]);
    while (left > 0 && (newline = memchr(from, '\n', left))) {
        csv->line++;
        left -= (size_t)(newline - from) + 1;
        from = newline + 1;
    }
    if (slot == NOT_KEPT)
        return;
    if (!csv->slot_of &&
        ddg_grow(&csv->span, &csv->span_room, slot + 1, sizeof *csv->span, csv->context))
        return;
    if (ddg_grow(&csv->bytes, &csv->bytes_room, csv->bytes_used + length + DDG_CSV_SLACK, 1,
                 csv->context))
        return;
    if (length > 0)
        memcpy(csv->bytes + csv->bytes_used, bytes, length);
    csv->span[slot] = (struct span){csv->bytes_used, length};
    csv->bytes_used += length;
}

/* libcsv calls this at the end of every record with the byte that ended it, -1 at the end of the
 * file, and for a line end that follows no field: the LF of a CRLF, or a blank line. */
static void take_record_end(int byte, void *data)
{
    struct ddg_csv *csv = data;

    if (csv->after_return) {
        csv->after_return = false;
    } else {
        if (csv->fields > 0)
            csv->complete = true;
        else if (csv->blank_line == 0)
            csv->blank_line = csv->line;
        csv->after_return = byte == '\r';
    }
    if (byte == '\n')
        csv->line++;
}

static enum ddg_error open_next(struct ddg_csv *csv)
{
    const char *path = csv->path_count ? csv->paths[csv->next_path] : NULL;
    enum ddg_error error = ddg_source_open(&csv->source, path, csv->context);

    csv->next_path++;
    if (error)
        return error;
    csv->at = csv->filled = 0;
    csv->at_end = csv->nul_behind = false;
    csv->line = 1;
    csv->blank_line = 0;
    csv->after_return = false;
    while (csv->filled < BOM_LENGTH && !csv->at_end) {
        size_t got;

        error = ddg_source_read(&csv->source, csv->block + csv->filled,
                                csv->block_room - csv->filled, &got, csv->context);
        if (error)
            return error;
        csv->filled += got;
        csv->at_end = got == 0;
    }
    if (csv->filled >= BOM_LENGTH && memcmp(csv->block, "\xef\xbb\xbf", BOM_LENGTH) == 0)
        csv->at = BOM_LENGTH;
    return DDG_OK;
}

/* A NUL byte ends what may be parsed of the block; the bytes before it still count. */
static void look_for_nul(struct ddg_csv *csv)
{
    char *nul =
        csv->filled > csv->at ? memchr(csv->block + csv->at, '\0', csv->filled - csv->at) : NULL;

    if (nul) {
        csv->filled = (size_t)(nul - csv->block);
        csv->nul_behind = true;
    }
}

static enum ddg_error fill(struct ddg_csv *csv)
{
    enum ddg_error error;

    csv->at = csv->filled = 0;
    error = ddg_source_read(&csv->source, csv->block, csv->piece, &csv->filled, csv->context);
    if (error)
        return error;
    csv->at_end = csv->filled == 0;
    look_for_nul(csv);
    return DDG_OK;
}

static enum ddg_error fail_parse(struct ddg_csv *csv)
{
    if (csv_error(&csv->parser) != CSV_EPARSE)
        return ddg_fail_memory(csv->context);
    return ddg_fail_at(csv->context, DDG_INPUT, csv->source.name, csv->line, NULL,
                       "field %zu: a quote where none may stand (a field with quotes in it is "
                       "written in quotes, with each of them doubled)",
                       csv->fields + 1);
}

static enum ddg_error finish_file(struct ddg_csv *csv)
{
    if (csv_fini(&csv->parser, take_field, take_record_end, csv) != 0)
        return ddg_fail_at(csv->context, DDG_INPUT, csv->source.name, csv->line, NULL,
                           "field %zu: a quoted field that never ends", csv->fields + 1);
    if (!csv->context->error && csv->after_return)
        return fail_return(csv);
    return csv->context->error;
}

/* How much of the block libcsv gets at once: up to a line end, so that it never completes two
 * records in one call and a byte behind a carriage return is seen before it is parsed. */
static size_t next_piece(const struct ddg_csv *csv)
{
    const char *from = csv->block + csv->at, *end;
    size_t length = csv->filled - csv->at;

    if (length > csv->piece)
        length = csv->piece;
    if ((end = memchr(from, '\n', length)))
        length = (size_t)(end - from) + 1;
    if ((end = memchr(from, '\r', length)))
        length = (size_t)(end - from) + 1;
    return length;
}

/* Parses until a record and its line end are complete or the file ends. */
static enum ddg_error parse_record(struct ddg_csv *csv, bool *more)
{
    csv->complete = false;
    csv->like_header = csv->columns > 0;
    csv->fields = 0;
    csv->bytes_used = 0;
    while (!csv->complete || csv->after_return) {
        enum ddg_error error;
        size_t length;

        if (csv->at == csv->filled) {
            if (csv->nul_behind)
                return fail_here(csv, csv->line, "a NUL byte");
            if (!csv->at_end && (error = fill(csv)))
                return error;
            if (csv->at_end) {
                error = finish_file(csv);
                *more = csv->complete;
                return error;
            }
            continue;
        }
        if (csv->after_return && csv->block[csv->at] != '\n')
            return fail_return(csv);
        length = next_piece(csv);
        if (csv_parse(&csv->parser, csv->block + csv->at, length, take_field, take_record_end,
                      csv) != length)
            return fail_parse(csv);
        csv->at += length;
        if (csv->context->error)
            return csv->context->error;
    }
    *more = true;
    return DDG_OK;
}

static struct ddg_text kept_field(const struct ddg_csv *csv, size_t slot)
{
    return (struct ddg_text){csv->bytes + csv->span[slot].start, csv->span[slot].length};
}

static struct ddg_text header_name(const struct ddg_csv *csv, size_t column)
{
    return as_name(csv, kept_field(csv, column));
}

static enum ddg_error keep_header(struct ddg_csv *csv)
{
    csv->name = ddg_arena_allocate(&csv->arena, csv->fields * sizeof *csv->name, csv->context);
    if (!csv->name)
        return DDG_MEMORY;
    for (size_t i = 0; i < csv->fields; i++) {
        csv->name[i] = ddg_arena_copy(&csv->arena, header_name(csv, i), csv->context);
        if (!csv->name[i].at)
            return DDG_MEMORY;
    }
    csv->columns = csv->fields;
    return DDG_OK;
}

static bool repeats_header(const struct ddg_csv *csv)
{
    return csv->like_header && csv->fields == csv->columns;
}

static enum ddg_error compare_header(struct ddg_csv *csv)
{
    if (repeats_header(csv))
        return DDG_OK;
    return fail_here(csv, csv->record_line, "a header that differs from the first file's");
}

/* Opens the next file and reads its header, with every column kept. */
static enum ddg_error read_header(struct ddg_csv *csv)
{
    size_t *slot_of = csv->slot_of;
    enum ddg_error error = open_next(csv);
    bool more = false;

    if (error)
        return error;
    look_for_nul(csv);
    csv->slot_of = NULL;
    error = parse_record(csv, &more);
    csv->slot_of = slot_of;
    if (error)
        return error;
    if (!more)
        return fail_here(csv, 0, "no header: the input is empty");
    return csv->columns ? compare_header(csv) : keep_header(csv);
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
    csv->context = context;
    csv->source = (struct ddg_source){.fd = -1};
    csv->piece = options->block ? options->block : DEFAULT_BLOCK;
    csv->block_room = csv->piece < BOM_LENGTH ? BOM_LENGTH : csv->piece;
    if ((error = ddg_allocate(&csv->block, csv->block_room, 1, context)))
        return error;
    csv_init(&csv->parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL);
    csv_set_delim(&csv->parser, (unsigned char)options->delimiter);
    csv_set_space_func(&csv->parser, never);
    if ((error = read_header(csv)))
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
                            csv->source.name, (int)name.length, name.at);
        found = i;
    }
    if (found == SIZE_MAX)
        return ddg_fail(context, DDG_USAGE, "%s: no column is called '%.*s'", csv->source.name,
                        (int)name.length, name.at);
    *column = found;
    return DDG_OK;
}

enum ddg_error ddg_csv_project(struct ddg_csv *csv, const size_t *wanted, size_t count,
                               struct ddg_context *context)
{
    size_t kept = 0;
    enum ddg_error error;

    free(csv->slot_of);
    free(csv->view);
    free(csv->view_of);
    csv->slot_of = csv->view_of = NULL;
    csv->view = NULL;
    if ((error = ddg_allocate(&csv->slot_of, csv->columns, sizeof *csv->slot_of, context)) ||
        (error = ddg_allocate(&csv->view, count, sizeof *csv->view, context)) ||
        (error = ddg_allocate(&csv->view_of, count, sizeof *csv->view_of, context)) ||
        (error = ddg_grow(&csv->span, &csv->span_room, count, sizeof *csv->span, context)))
        return error;
    for (size_t i = 0; i < csv->columns; i++)
        csv->slot_of[i] = NOT_KEPT;
    for (size_t i = 0; i < count; i++) {
        if (csv->slot_of[wanted[i]] == NOT_KEPT)
            csv->slot_of[wanted[i]] = kept++;
        csv->view_of[i] = csv->slot_of[wanted[i]];
    }
    csv->views = count;
    return DDG_OK;
}

enum ddg_error ddg_csv_next(struct ddg_csv *csv, struct ddg_record *record, bool *more,
                            struct ddg_context *context)
{
    enum ddg_error error;

    csv->context = context;
    for (;;) {
        if ((error = parse_record(csv, more)))
            return error;
        if (*more)
            break;
        if (csv->next_path >= csv->path_count)
            return DDG_OK;
        ddg_source_close(&csv->source);
        if ((error = read_header(csv)))
            return error;
    }
    if (csv->fields != csv->columns)
        return ddg_fail_at(context, DDG_INPUT, csv->source.name, csv->record_line, NULL,
                           "%zu field%s where the header has %zu", csv->fields,
                           csv->fields == 1 ? "" : "s", csv->columns);
    if (repeats_header(csv))
        return fail_here(csv, csv->record_line, "the header stands here a second time");
    for (size_t i = 0; i < csv->views; i++)
        csv->view[i] = kept_field(csv, csv->view_of[i]);
    record->field = csv->view;
    record->line = csv->record_line;
    return DDG_OK;
}

enum ddg_error ddg_csv_next_block(struct ddg_csv *csv, struct ddg_csv_block *block,
                                  struct ddg_context *context)
{
    struct ddg_record record;
    bool more;
    enum ddg_error error = ddg_csv_next(csv, &record, &more, context);

    if (error)
        return error;
    *block = (struct ddg_csv_block){.field = csv->view, .stride = csv->views, .count = more};
    return DDG_OK;
}

uint64_t ddg_csv_line(struct ddg_csv *csv, size_t r)
{
    assert(r == 0);
    return csv->record_line;
}

enum ddg_error ddg_csv_fail(const struct ddg_csv *csv, uint64_t line, size_t column,
                            struct ddg_context *context, const char *text)
{
    char name[128];
    size_t length = csv->name[column].length;

    if (length >= sizeof name)
        length = sizeof name - 1;
    memcpy(name, csv->name[column].at, length);
    name[length] = '\0';
    return ddg_fail_at(context, DDG_INPUT, csv->source.name, line, name, "%s", text);
}

void ddg_csv_close(struct ddg_csv *csv)
{
    if (!csv)
        return;
    ddg_source_close(&csv->source);
    csv_free(&csv->parser);
    free(csv->block);
    free(csv->bytes);
    free(csv->span);
    free(csv->view);
    free(csv->view_of);
    free(csv->slot_of);
    ddg_arena_free(&csv->arena);
    free(csv);
}
