#include "csv/views.h"

#include "base/memory.h"
#include "base/short_text.h"

#include <stdlib.h>

/* Where more than one of so many records has doubled quotes, all are looked at for some. */
enum { MANY = 16 };

enum ddg_error ddg_views_choose(struct ddg_views *views, const size_t *column, size_t count,
                                struct ddg_context *context)
{
    enum ddg_error error;

    free(views->column);
    views->column = NULL;
    views->count = 0;
    /* some room in any case: what is at an offset from it is asked for without any records, too */
    if ((error = ddg_allocate(&views->column, count, sizeof *column, context)) ||
        (error = ddg_grow(&views->text, &views->room, count + 1, sizeof *views->text, context)))
        return error;
    if (count > 0)
        memcpy(views->column, column, count * sizeof *column);
    views->count = count;
    return DDG_OK;
}

/* Each two quotes of the field as one. */
static struct ddg_text without_doubles(struct ddg_views *views, struct ddg_text field)
{
    char *start = views->plain + views->plain_used, *to = start;
    bool first = false; /* the byte before is the first quote of two */

    /* without asking which, and without waiting for what was read before */
    for (size_t i = 0; i < field.length; i++) {
        bool quote = field.at[i] == '"';

        *to = field.at[i];
        first = quote && !first;
        to += !quote || first;
    }
    views->plain_used += (size_t)(to - start);
    return (struct ddg_text){start, (size_t)(to - start)};
}

/* Not 0 where one of the eight bytes is a quote. */
static inline uint64_t quote_in(uint64_t word)
{
    uint64_t other = word ^ UINT64_C(0x2222222222222222);

    return (other - UINT64_C(0x0101010101010101)) & ~other & UINT64_C(0x8080808080808080);
}

/* Most fields are short, and for these a call takes longer than the look does. */
static inline bool has_quote(struct ddg_text field)
{
    struct ddg_words words;

    if (field.length > DDG_SHORT_TEXT_MOST)
        return memchr(field.at, '"', field.length) != NULL;
    words = ddg_words_padded(field.at, field.length);
    return (quote_in(words.low) | quote_in(words.high)) != 0;
}

/* A field that had quotes around it as its value; `text` is where the views of its record begin, i
 * its own place there. */
static __attribute__((noinline)) struct ddg_text
undoubled(struct ddg_views *views, const struct ddg_text *text, size_t i, struct ddg_text field)
{
    /* there is room for each column once */
    for (size_t j = 0; j < i; j++)
        if (views->column[j] == views->column[i])
            return text[j];
    return without_doubles(views, field);
}

/* What may stand in the fields of a grid, so that only what may be there is asked for. */
enum quoting { NO_QUOTES, QUOTES, DOUBLED_QUOTES };

/* Field i of the records from `first` up to `behind`, and whether it is the last of a record. */
static inline __attribute__((always_inline)) void
show_column(struct ddg_views *views, const struct ddg_grid *grid, const char *bytes, size_t first,
            size_t behind, size_t i, enum quoting quoting, bool last)
{
    /* which the texts that are written are no part of */
    const size_t count = views->count, columns = grid->columns;
    struct ddg_text *text = views->text + first * count;
    const uint32_t *end = grid->end + first * columns + views->column[i];

    for (size_t r = first; r < behind; r++, text += count, end += columns) {
        uint32_t from = end[0] + 1, to = end[1];
        bool quoted = false;

        if (quoting != NO_QUOTES) {
            if (last)
                to -= to > from && bytes[to - 1] == '\r';
            quoted = bytes[from] == '"';
        }
        text[i] = (struct ddg_text){bytes + from + quoted, to - from - 2 * (size_t)quoted};
        if (quoting == DOUBLED_QUOTES && quoted && has_quote(text[i]))
            text[i] = undoubled(views, text, i, text[i]);
    }
}

static inline __attribute__((always_inline)) void show_as(struct ddg_views *views,
                                                          const struct ddg_grid *grid,
                                                          const char *bytes, size_t first,
                                                          size_t behind, enum quoting quoting)
{
    for (size_t i = 0; i < views->count; i++)
        if (views->column[i] + 1 == grid->columns)
            show_column(views, grid, bytes, first, behind, i, quoting, true);
        else
            show_column(views, grid, bytes, first, behind, i, quoting, false);
}

/* Shows the records from `first` up to `behind`. */
static void show(struct ddg_views *views, const struct ddg_grid *grid, const char *bytes,
                 size_t first, size_t behind, enum quoting quoting)
{
    if (quoting == DOUBLED_QUOTES)
        show_as(views, grid, bytes, first, behind, DOUBLED_QUOTES);
    else if (quoting == QUOTES)
        show_as(views, grid, bytes, first, behind, QUOTES);
    else
        show_as(views, grid, bytes, first, behind, NO_QUOTES);
}

/* The first record, not before `first`, that ends at or behind the offset. */
static size_t record_at(const struct ddg_grid *grid, size_t first, uint32_t offset)
{
    size_t behind = grid->records;

    while (first < behind) {
        size_t middle = first + (behind - first) / 2;

        if (ddg_grid_to(grid, middle, grid->columns - 1) < offset)
            first = middle + 1;
        else
            behind = middle;
    }
    return first;
}

/* Shows the records again that have doubled quotes. */
static void show_doubled(struct ddg_views *views, const struct ddg_grid *grid, const char *bytes)
{
    size_t shown = 0;

    for (size_t i = 0; i < grid->doubles; i++) {
        uint32_t from = grid->doubled[i];

        shown = record_at(grid, shown, from);
        for (;
             shown < grid->records && ddg_grid_from(grid, shown, 0) < (size_t)from + DDG_SCAN_BLOCK;
             shown++)
            show(views, grid, bytes, shown, shown + 1, DOUBLED_QUOTES);
    }
}

enum ddg_error ddg_views_of_grid(struct ddg_views *views, const struct ddg_grid *grid,
                                 const char *bytes, struct ddg_context *context)
{
    enum quoting quoting = grid->quotes || grid->returns ? QUOTES : NO_QUOTES;
    enum ddg_error error = ddg_grow(&views->text, &views->room, grid->records * views->count,
                                    sizeof *views->text, context);

    views->plain_used = 0;
    if (!error && grid->doubles > 0)
        error = ddg_grow(&views->plain, &views->plain_room, grid->length + DDG_WINDOW_SLACK, 1,
                         context);
    if (error)
        return error;
    if (grid->doubles > grid->records / MANY) {
        show(views, grid, bytes, 0, grid->records, DOUBLED_QUOTES);
        return DDG_OK;
    }
    show(views, grid, bytes, 0, grid->records, quoting);
    show_doubled(views, grid, bytes);
    return DDG_OK;
}

enum ddg_error ddg_views_of_judge(struct ddg_views *views, const struct ddg_judge *judge,
                                  struct ddg_context *context)
{
    enum ddg_error error =
        ddg_grow(&views->text, &views->room, views->count, sizeof *views->text, context);

    for (size_t i = 0; !error && i < views->count; i++)
        views->text[i] = ddg_judge_field(judge, judge->slot_of[views->column[i]]);
    return error;
}

void ddg_views_free(struct ddg_views *views)
{
    free(views->column);
    free(views->text);
    free(views->plain);
}
