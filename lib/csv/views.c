#include "csv/views.h"

#include "base/memory.h"
#include "base/short_text.h"

#include <stdlib.h>

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

    for (size_t i = 0; i < field.length; i++) {
        *to++ = field.at[i];
        i += field.at[i] == '"';
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

static inline __attribute__((always_inline)) void
show(struct ddg_views *views, const struct ddg_grid *grid, const char *bytes, enum quoting quoting)
{
    /* which the texts that are written are no part of */
    const size_t count = views->count, columns = grid->columns, records = grid->records;
    const size_t *column = views->column;
    struct ddg_text *text = views->text;
    const uint32_t *end = grid->end;

    for (size_t r = 0; r < records; r++, text += count, end += columns)
        for (size_t i = 0; i < count; i++) {
            uint32_t from = end[column[i]] + 1, to = end[column[i] + 1];
            bool quoted = false;

            if (quoting != NO_QUOTES) {
                if (column[i] + 1 == columns)
                    to -= to > from && bytes[to - 1] == '\r';
                quoted = bytes[from] == '"';
            }
            text[i] = (struct ddg_text){bytes + from + quoted, to - from - 2 * (size_t)quoted};
            if (quoting == DOUBLED_QUOTES && quoted && has_quote(text[i]))
                text[i] = undoubled(views, text, i, text[i]);
        }
}

enum ddg_error ddg_views_of_grid(struct ddg_views *views, const struct ddg_grid *grid,
                                 const char *bytes, struct ddg_context *context)
{
    enum ddg_error error = ddg_grow(&views->text, &views->room, grid->records * views->count,
                                    sizeof *views->text, context);

    views->plain_used = 0;
    if (!error && grid->doubled)
        error = ddg_grow(&views->plain, &views->plain_room, grid->length + DDG_WINDOW_SLACK, 1,
                         context);
    if (error)
        return error;
    if (grid->doubled)
        show(views, grid, bytes, DOUBLED_QUOTES);
    else if (grid->quotes || grid->returns)
        show(views, grid, bytes, QUOTES);
    else
        show(views, grid, bytes, NO_QUOTES);
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
