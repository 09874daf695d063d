#include "csv/judge.h"

#include "base/memory.h"

#include <assert.h>
#include <stdlib.h>

static int never(unsigned char c)
{
    (void)c;
    return 0;
}

static void start_parser(struct ddg_judge *judge)
{
    csv_init(&judge->parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL);
    csv_set_delim(&judge->parser, (unsigned char)judge->delimiter);
    csv_set_space_func(&judge->parser, never);
}

void ddg_judge_init(struct ddg_judge *judge, char delimiter, bool loose_names)
{
    *judge = (struct ddg_judge){.loose_names = loose_names, .delimiter = delimiter};
    start_parser(judge);
}

void ddg_judge_start(struct ddg_judge *judge, uint64_t line)
{
    judge->line = line;
    judge->blank_line = judge->fields = 0;
    judge->after_return = false;
    csv_free(&judge->parser);
    start_parser(judge);
}

enum ddg_error ddg_judge_fail(const struct ddg_judge *judge, uint64_t line, const char *text)
{
    return ddg_fail_at(judge->context, DDG_INPUT, judge->window->source.name, line, NULL, "%s",
                       text);
}

static enum ddg_error fail_return(struct ddg_judge *judge)
{
    judge->stopped = judge->length;
    return ddg_judge_fail(judge, judge->line, "a carriage return that no line feed follows");
}

struct ddg_text ddg_judge_name(const struct ddg_judge *judge, struct ddg_text field)
{
    return judge->loose_names ? ddg_text_trim(field) : field;
}

/* Blank lines stand in front of a record. */
static void fail_blank(struct ddg_judge *judge)
{
    const char *from = judge->window->bytes;

    judge->stopped = 0;
    while (from[judge->stopped + 1] == '\n' || from[judge->stopped + 1] == '\r')
        judge->stopped++;
    ddg_judge_fail(judge, judge->blank_line,
                   judge->blank_line == 2 && judge->columns == 1
                       ? "a blank line (if the line before it is a title, take both off: "
                         "tail -n +3)"
                       : "a blank line");
}

static void keep(struct ddg_judge *judge, size_t slot, const void *bytes, size_t length)
{
    if (!judge->slot_of &&
        ddg_grow(&judge->span, &judge->span_room, slot + 1, sizeof *judge->span, judge->context))
        return;
    if (ddg_grow(&judge->bytes, &judge->bytes_room, judge->bytes_used + length + DDG_WINDOW_SLACK,
                 1, judge->context))
        return;
    if (length > 0)
        memcpy(judge->bytes + judge->bytes_used, bytes, length);
    judge->span[slot] = (struct ddg_judge_span){judge->bytes_used, length};
    judge->bytes_used += length;
}

/* libcsv calls this at the end of every field. */
static void take_field(void *bytes, size_t length, void *data)
{
    struct ddg_judge *judge = data;
    size_t column = judge->fields++, slot = column;
    const char *from = bytes, *newline;
    size_t left = length;

    if (judge->context->error)
        return;
    if (judge->blank_line) {
        fail_blank(judge);
        return;
    }
    if (column == 0)
        judge->record_line = judge->line;
    if (judge->like_header)
        judge->like_header = column < judge->columns &&
                             ddg_text_equal(ddg_judge_name(judge, (struct ddg_text){bytes, length}),
                                            judge->names[column]);
    while (left > 0 && (newline = memchr(from, '\n', left))) {
        judge->line++;
        left -= (size_t)(newline - from) + 1;
        from = newline + 1;
    }
    if (judge->slot_of)
        slot = column < judge->columns ? judge->slot_of[column] : DDG_JUDGE_DROPS;
    if (slot != DDG_JUDGE_DROPS)
        keep(judge, slot, bytes, length);
}

/* libcsv calls this at the end of every record with the byte that ended it, -1 at the end of the
 * file, and for a line end that follows no field: the LF of a CRLF, or a blank line. */
static void take_record_end(int byte, void *data)
{
    struct ddg_judge *judge = data;

    if (judge->after_return) {
        judge->after_return = false;
    } else {
        if (judge->fields > 0)
            judge->complete = true;
        else if (judge->blank_line == 0)
            judge->blank_line = judge->line;
        judge->after_return = byte == '\r';
    }
    if (byte == '\n')
        judge->line++;
}

/* What else separates fields, where it stands behind the first of a header: a file whose fields all
 * are in quotes fails there. */
static const char *other_delimiter(const struct ddg_judge *judge)
{
    const char *at = judge->window->bytes + judge->stopped;

    if (judge->columns > 0 || judge->fields > 0 || judge->stopped < 2 || at[-1] != '"')
        return NULL;
    switch (*at) {
    case ';':
        return "semicolons (-d ';'";
    case '\t':
        return "tabs (-d tab";
    case '|':
        return "bars (-d '|'";
    case ',':
        return "commas (-d ,";
    }
    return NULL;
}

/* libcsv stopped behind `parsed` bytes of a piece. */
static enum ddg_error fail_parse(struct ddg_judge *judge, size_t parsed)
{
    const char *other;

    if (csv_error(&judge->parser) != CSV_EPARSE)
        return ddg_fail_memory(judge->context);
    judge->stopped = judge->length + parsed;
    if ((other = other_delimiter(judge)))
        return ddg_fail_at(judge->context, DDG_INPUT, judge->window->source.name, judge->line, NULL,
                           "field 1: a quote where none may stand, unless fields are separated by "
                           "%s for tables and records)",
                           other);
    return ddg_fail_at(judge->context, DDG_INPUT, judge->window->source.name, judge->line, NULL,
                       "field %zu: a quote where none may stand (a field with quotes in it is "
                       "written in quotes, with each of them doubled)",
                       judge->fields + 1);
}

static enum ddg_error finish(struct ddg_judge *judge)
{
    if (csv_fini(&judge->parser, take_field, take_record_end, judge) != 0)
        return ddg_fail_at(judge->context, DDG_INPUT, judge->window->source.name, judge->line, NULL,
                           "field %zu: a quoted field that never ends", judge->fields + 1);
    if (!judge->context->error && judge->after_return)
        return fail_return(judge);
    return judge->context->error;
}

/* How much libcsv gets at once: up to a line end, so that it never completes two records in one
 * call and a byte behind a carriage return is seen before it is parsed; and up to a NUL byte, since
 * the bytes before it still count. */
static size_t next_piece(const struct ddg_judge *judge)
{
    const char *from = judge->window->bytes + judge->length, *end;
    size_t length = judge->window->length - judge->length;

    if ((end = memchr(from, '\n', length)))
        length = (size_t)(end - from) + 1;
    if ((end = memchr(from, '\r', length)))
        length = (size_t)(end - from) + 1;
    if ((end = memchr(from, '\0', length)))
        length = (size_t)(end - from);
    return length;
}

static enum ddg_error parse_piece(struct ddg_judge *judge)
{
    const char *from = judge->window->bytes + judge->length;
    size_t length = next_piece(judge), parsed;

    if (length == 0) {
        judge->stopped = judge->length;
        return ddg_judge_fail(judge, judge->line, "a NUL byte");
    }
    if (judge->after_return && *from != '\n')
        return fail_return(judge);
    parsed = csv_parse(&judge->parser, from, length, take_field, take_record_end, judge);
    /* libcsv goes on behind a field that was refused, and may stop at another error later */
    if (judge->context->error)
        return judge->context->error;
    if (parsed != length)
        return fail_parse(judge, parsed);
    judge->length += length;
    return judge->context->error;
}

enum ddg_error ddg_judge_read(struct ddg_judge *judge, struct ddg_window *window, bool *more,
                              struct ddg_context *context)
{
    enum ddg_error error;

    judge->window = window;
    judge->context = context;
    judge->complete = false;
    judge->stopped = DDG_JUDGE_GOES_ON;
    judge->first_line = judge->line;
    judge->like_header = judge->columns > 0;
    judge->length = judge->fields = judge->bytes_used = 0;
    while (!judge->complete || judge->after_return) {
        if (judge->length < window->length) {
            error = parse_piece(judge);
        } else if (!window->at_end) {
            error = ddg_window_more(window, context);
        } else {
            *more = false;
            if ((error = finish(judge)) || !judge->complete)
                return error;
            break;
        }
        if (error)
            return error;
    }
    *more = true;
    return DDG_OK;
}

enum ddg_error ddg_judge_skip(struct ddg_judge *judge, struct ddg_context *context)
{
    struct ddg_window *window = judge->window;
    size_t at = judge->stopped;
    enum ddg_error error;
    const char *end;

    assert(at != DDG_JUDGE_GOES_ON);
    while (!(end = memchr(window->bytes + at, '\n', window->length - at)) && !window->at_end) {
        at = window->length;
        if ((error = ddg_window_more(window, context)))
            return error;
    }
    judge->length = end ? (size_t)(end - window->bytes) + 1 : window->length;
    judge->line = judge->record_line = judge->first_line;
    for (at = 0; (end = memchr(window->bytes + at, '\n', judge->length - at)); judge->line++)
        at = (size_t)(end - window->bytes) + 1;
    ddg_judge_start(judge, judge->line);
    return DDG_OK;
}

void ddg_judge_free(struct ddg_judge *judge)
{
    csv_free(&judge->parser);
    free(judge->bytes);
    free(judge->span);
}
