#include "protect/publish.h"

#include "base/number.h"
#include "rules/condition.h"

enum role {
    ROLE_OTHER,     /* copied as it is */
    ROLE_DROPPED,   /* left out */
    ROLE_STATISTIC, /* blank beside a suppressed count */
    ROLE_COUNT,
    ROLE_ANNOTATION,
    ROLE_TEXT,
};

struct column {
    enum role role;
    size_t measure; /* of a count, an annotation or its text */
};

struct writer {
    struct ddg_output *output;
    const struct ddg_model *model;
    const struct ddg_mask *masks;
    struct column *column; /* of the table, then those that are added */
    struct ddg_text *added;
    size_t columns, added_count;
};

static bool is_verdict_column(struct ddg_text name)
{
    for (size_t i = 0; i < DDG_VERDICT_COLUMNS; i++)
        if (ddg_text_is(name, ddg_verdict_column[i]))
            return true;
    return false;
}

/* A misspelt name would let a column be blanked that was to be kept. */
static enum ddg_error check_keep(const struct ddg_table *t,
                                 const struct ddg_description *description,
                                 struct ddg_context *context)
{
    for (size_t k = 0; k < description->keep.count; k++) {
        struct ddg_text name = description->keep.item[k];
        size_t i = 0;

        while (i < t->columns && !ddg_text_equal(t->name[i], name))
            i++;
        if (i == t->columns)
            return ddg_fail(context, DDG_USAGE, "%s: no column is called '%.*s'", t->file,
                            (int)name.length, name.at);
    }
    return DDG_OK;
}

static void find_roles(struct writer *w, const struct ddg_description *description)
{
    const struct ddg_table *t = w->model->table;

    for (size_t i = 0; i < t->columns; i++) {
        w->column[i].role =
            ddg_list_has(&description->keep, t->name[i]) ? ROLE_OTHER : ROLE_STATISTIC;
        if (is_verdict_column(t->name[i]))
            w->column[i].role = ROLE_DROPPED;
    }
    for (size_t i = 0; i < t->dims; i++)
        w->column[t->dim[i]].role = ROLE_OTHER;
    for (size_t i = 0; i < t->measures; i++) {
        const struct ddg_measure *m = &t->measure[i];

        w->column[m->count] = (struct column){ROLE_COUNT, i};
        if (m->annotation != DDG_NO_COLUMN)
            w->column[m->annotation] = (struct column){ROLE_ANNOTATION, i};
        if (m->text != DDG_NO_COLUMN)
            w->column[m->text] = (struct column){ROLE_TEXT, i};
    }
}

static enum ddg_error add_column(struct writer *w, size_t measure, enum role role,
                                 const char *usual, struct ddg_arena *arena,
                                 struct ddg_context *context)
{
    const struct ddg_table *t = w->model->table;
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
    w->added[w->added_count] = (struct ddg_text){name, length};
    w->column[w->columns + w->added_count++] = (struct column){role, measure};
    return DDG_OK;
}

static enum ddg_error add_columns(struct writer *w, struct ddg_arena *arena,
                                  struct ddg_context *context)
{
    const struct ddg_table *t = w->model->table;
    enum ddg_error error = DDG_OK;

    for (size_t i = 0; !error && i < t->measures; i++) {
        if (t->measure[i].annotation == DDG_NO_COLUMN)
            error = add_column(w, i, ROLE_ANNOTATION, "annotation", arena, context);
        if (!error && t->measure[i].text == DDG_NO_COLUMN)
            error = add_column(w, i, ROLE_TEXT, "annotation_description", arena, context);
    }
    return error;
}

static enum ddg_error write_header(const struct writer *w)
{
    for (size_t i = 0; i < w->columns; i++)
        if (w->column[i].role != ROLE_DROPPED)
            ddg_output_field(w->output, w->model->table->name[i]);
    for (size_t i = 0; i < w->added_count; i++)
        ddg_output_field(w->output, w->added[i]);
    return ddg_output_end(w->output);
}

/* What a cell shows in a column.  `old` is what the table has there, blank in added rows. */
static struct ddg_text shown_field(const struct writer *w, uint32_t cell, struct column column,
                                   struct ddg_text old, bool any_suppressed, char *room)
{
    const struct ddg_mask *mask = &w->masks[column.measure];
    bool suppressed = ddg_is_suppressed(mask->kind[cell]);
    struct ddg_text blank = {NULL, 0};

    switch (column.role) {
    case ROLE_STATISTIC:
        return any_suppressed ? blank : old;
    case ROLE_COUNT:
        if (suppressed)
            return blank;
        if (cell < w->model->printed)
            return old;
        return ddg_format_unsigned(mask->truth->low[cell], room);
    case ROLE_ANNOTATION:
        return suppressed ? ddg_text_of(DDG_MERGED_CODE) : old;
    case ROLE_TEXT:
        return suppressed ? ddg_text_of(DDG_MERGED_TEXT) : old;
    default:
        return old;
    }
}

static enum ddg_error write_cell(const struct writer *w, uint32_t cell)
{
    const struct ddg_table *t = w->model->table;
    bool any_suppressed = false;

    for (size_t i = 0; i < t->measures; i++)
        any_suppressed = any_suppressed || ddg_is_suppressed(w->masks[i].kind[cell]);
    for (size_t i = 0; i < w->columns + w->added_count; i++) {
        struct ddg_text old = {NULL, 0};
        char room[DDG_UNSIGNED_ROOM];

        if (w->column[i].role == ROLE_DROPPED)
            continue;
        if (i < w->columns && cell < w->model->printed)
            old = ddg_table_field(t, cell, i);
        for (size_t d = 0; cell >= w->model->printed && d < t->dims; d++)
            if (t->dim[d] == i)
                old = ddg_model_label(w->model, cell, d);
        ddg_output_field(w->output, shown_field(w, cell, w->column[i], old, any_suppressed, room));
    }
    return ddg_output_end(w->output);
}

enum ddg_error ddg_publish(struct ddg_output *output, const struct ddg_model *model,
                           const struct ddg_mask *masks, const struct ddg_description *description,
                           struct ddg_context *context)
{
    const struct ddg_table *t = model->table;
    struct writer w = {.output = output, .model = model, .masks = masks, .columns = t->columns};
    struct ddg_arena arena = {0};
    enum ddg_error error;

    w.column =
        ddg_arena_allocate(&arena, (t->columns + 2 * t->measures) * sizeof *w.column, context);
    w.added = ddg_arena_allocate(&arena, 2 * t->measures * sizeof *w.added, context);
    error = w.column && w.added ? check_keep(t, description, context) : DDG_MEMORY;
    if (!error) {
        find_roles(&w, description);
        error = add_columns(&w, &arena, context);
    }
    if (!error)
        error = write_header(&w);
    for (uint32_t cell = 0; !error && cell < masks[0].owned; cell++)
        error = write_cell(&w, cell);
    ddg_arena_free(&arena);
    return error;
}
