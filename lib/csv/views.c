#include "csv/views.h"

#include "base/memory.h"

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

/* A field as its value; `text` is where the views of its record begin, i its own place there. */
static struct ddg_text unquoted(struct ddg_views *views, const struct ddg_text *text, size_t i,
                                struct ddg_text field, bool doubled)
{
    if (field.length == 0 || field.at[0] != '"')
        return field;
    field.at++;
    field.length -= 2;
    if (!doubled || field.length == 0 || !memchr(field.at, '"', field.length))
        return field;
    /* there is room for each column once */
    for (size_t j = 0; j < i; j++)
        if (views->column[j] == views->column[i])
            return text[j];
    return without_doubles(views, field);
}

static inline __attribute__((always_inline)) void
show(struct ddg_views *views, const struct ddg_grid *grid, const char *bytes, bool plain)
{
    struct ddg_text *text = views->text;
    size_t count = views->count;

    for (size_t r = 0; r < grid->records; r++, text += count)
        for (size_t i = 0; i < count; i++) {
            size_t column = views->column[i];
            size_t from = ddg_grid_from(grid, r, column), to = ddg_grid_to(grid, r, column);

            if (!plain && column + 1 == grid->columns && to > from && bytes[to - 1] == '\r')
                to--;
            text[i] = (struct ddg_text){bytes + from, to - from};
            if (!plain)
                text[i] = unquoted(views, text, i, text[i], grid->doubled);
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
    if (grid->quotes || grid->returns)
        show(views, grid, bytes, false);
    else
        show(views, grid, bytes, true);
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
