#include "protect/columns.h"

#include "rules/condition.h"

/* A misspelt name would let a column be blanked that was to be kept. */
static enum ddg_error check_keep(const struct ddg_table *t,
                                 const struct ddg_description *description,
                                 struct ddg_context *context)
{
    for (size_t k = 0; k < description->keep.count; k++) {
        struct ddg_text name = description->keep.item[k];

        if (ddg_table_find(t, name) == DDG_NO_COLUMN)
            return ddg_fail(context, DDG_USAGE, "%s: no column is called '%.*s'", t->file,
                            (int)name.length, name.at);
    }
    return DDG_OK;
}

static void set_role(struct ddg_columns *c, size_t column, enum ddg_column_role role,
                     size_t measure)
{
    c->column[column].role = role;
    c->column[column].measure = measure;
}

static void find_roles(struct ddg_columns *c, const struct ddg_table *t,
                       const struct ddg_description *description, size_t dropped)
{
    for (size_t i = 0; i < t->columns; i++) {
        c->column[i].name = t->name[i];
        c->column[i].role =
            ddg_list_has(&description->keep, t->name[i]) ? DDG_COLUMN_OTHER : DDG_COLUMN_STATISTIC;
        if (ddg_is_verdict_column(t->name[i]) ||
            (i == dropped && c->column[i].role == DDG_COLUMN_STATISTIC))
            c->column[i].role = DDG_COLUMN_DROPPED;
    }
    for (size_t i = 0; i < t->dims; i++)
        c->column[t->dim[i]].role = DDG_COLUMN_OTHER;
    for (size_t i = 0; i < t->measures; i++) {
        const struct ddg_measure *m = &t->measure[i];

        set_role(c, m->count, DDG_COLUMN_COUNT, i);
        if (m->annotation != DDG_NO_COLUMN)
            set_role(c, m->annotation, DDG_COLUMN_ANNOTATION, i);
        if (m->text != DDG_NO_COLUMN)
            set_role(c, m->text, DDG_COLUMN_TEXT, i);
    }
}

static enum ddg_error add_column(struct ddg_columns *c, const struct ddg_table *t, size_t measure,
                                 enum ddg_column_role role, const char *usual,
                                 struct ddg_arena *arena, struct ddg_context *context)
{
    struct ddg_text count = t->name[t->measure[measure].count];
    size_t usual_length = strlen(usual), length = usual_length;
    char *name;

    if (t->measures > 1)
        length += count.length + 1;
    name = ddg_arena_allocate(arena, length + 1, context);
    if (!name)
        return DDG_MEMORY;
    if (t->measures > 1) {
        memcpy(name, count.at, count.length);
        name[count.length] = '_';
    }
    memcpy(name + length - usual_length, usual, usual_length);
    c->column[c->count++] = (struct ddg_column){{name, length}, role, measure};
    return DDG_OK;
}

static enum ddg_error add_columns(struct ddg_columns *c, const struct ddg_table *t,
                                  struct ddg_arena *arena, struct ddg_context *context)
{
    enum ddg_error error = DDG_OK;

    for (size_t i = 0; !error && i < t->measures; i++) {
        if (t->measure[i].annotation == DDG_NO_COLUMN)
            error = add_column(c, t, i, DDG_COLUMN_ANNOTATION, "annotation", arena, context);
        if (!error && t->measure[i].text == DDG_NO_COLUMN)
            error = add_column(c, t, i, DDG_COLUMN_TEXT, "annotation_description", arena, context);
    }
    return error;
}

enum ddg_error ddg_columns_find(struct ddg_columns *columns, const struct ddg_table *t,
                                const struct ddg_description *description, size_t dropped,
                                struct ddg_context *context)
{
    enum ddg_error error;

    *columns = (struct ddg_columns){.count = t->columns};
    columns->column = ddg_arena_allocate(
        &columns->arena, (t->columns + 2 * t->measures) * sizeof *columns->column, context);
    if (!columns->column)
        return DDG_MEMORY;
    if ((error = check_keep(t, description, context)))
        return error;
    find_roles(columns, t, description, dropped);
    return add_columns(columns, t, &columns->arena, context);
}

void ddg_columns_free(struct ddg_columns *columns)
{
    ddg_arena_free(&columns->arena);
    *columns = (struct ddg_columns){0};
}
