#include "protect/unmatched.h"

#include "rules/overlap_between.h"

#include <stdlib.h>

enum ddg_error ddg_unmatched_init(struct ddg_unmatched *u, const struct ddg_table *table,
                                  struct ddg_context *context)
{
    enum ddg_error error;

    *u = (struct ddg_unmatched){.notes = {.context = context}};
    if ((error = ddg_allocate(&u->alias, table->dims, sizeof *u->alias, context)) ||
        (error = ddg_allocate(&u->own, table->dims, sizeof *u->own, context)))
        return error;
    for (; u->dims < table->dims; u->dims++)
        ddg_names_init(&u->own[u->dims]);
    return DDG_OK;
}

enum ddg_error ddg_unmatched_add(struct ddg_unmatched *u, const struct ddg_model *m,
                                 struct ddg_context *context)
{
    enum ddg_error error = DDG_OK;
    uint32_t number;

    for (size_t dim = 0; dim < u->dims; dim++)
        for (uint32_t cell = 0; !error && cell < m->cells; cell++)
            error = ddg_names_add(&u->own[dim], ddg_model_label(m, cell, dim), &number, context);
    return error;
}

/* A column of a file, and how many of its labels are those of the table. */
struct column {
    const struct ddg_table *file;
    struct ddg_text name;
    struct ddg_names seen;
    struct ddg_text strange; /* the first that is not */
    uint32_t strangers, matched;
    bool alias; /* one is a spelling of --alias */
};

static enum ddg_error look(struct column *c, size_t at, const struct ddg_names *own,
                           const struct ddg_level *level, struct ddg_context *context)
{
    enum ddg_error error = DDG_OK;

    for (size_t row = 0; !error && row < c->file->rows; row++) {
        struct ddg_text label = ddg_table_field(c->file, row, at);
        struct ddg_text meaning = ddg_level_meaning(level, label);
        uint32_t before = c->seen.count, number;

        error = ddg_names_add(&c->seen, meaning, &number, context);
        c->alias = c->alias || ddg_names_find(&level->alias, label) != DDG_NO_NAME;
        if (error || number < before || ddg_text_equal(meaning, level->total))
            continue;
        if (ddg_names_find(own, meaning) != DDG_NO_NAME) {
            c->matched++;
            continue;
        }
        if (c->strangers++ == 0)
            c->strange = label;
    }
    return error;
}

static void say_strangers(const struct column *c, struct ddg_prose *prose)
{
    ddg_prose_print(prose, "%s: '", c->file->file);
    ddg_prose_add(prose, c->strange);
    ddg_prose_say(prose, "'");
    if (c->strangers > 1) {
        ddg_prose_say(prose, " and ");
        ddg_prose_number(prose, c->strangers - 1);
        ddg_prose_say(prose, " more");
    }
    ddg_prose_say(prose, " of '");
    ddg_prose_add(prose, c->name);
    ddg_prose_print(prose, "' do%s not occur in the table", c->strangers > 1 ? "" : "es");
}

static enum ddg_error judge(struct ddg_unmatched *u, const struct column *c,
                            struct ddg_context *context)
{
    struct ddg_prose prose = {.context = context};

    if (c->strangers == 0)
        return DDG_OK;
    say_strangers(c, &prose);
    if (c->matched == 0)
        ddg_fail(context, DDG_USAGE,
                 "%s: none of its categories there does; they must be spelt alike, or --alias says "
                 "what they mean",
                 ddg_prose_string(&prose));
    ddg_prose_say(&u->notes, "ddg-suppress: note: ");
    ddg_prose_add(&u->notes, ddg_prose_text(&prose));
    ddg_prose_say(&u->notes, "\n");
    ddg_prose_free(&prose);
    return context->error;
}

/* Bands that are none of ours may overlap some of them. */
static enum ddg_error compare_bands(struct ddg_unmatched *u, const struct column *c,
                                    const struct ddg_model *m, size_t dim,
                                    struct ddg_context *context)
{
    struct ddg_prose prose = {.context = context};
    struct ddg_names own;
    enum ddg_error error = DDG_OK;
    uint32_t number;

    if (c->strangers == 0)
        return DDG_OK;
    ddg_names_init(&own);
    for (uint32_t i = 0; !error && i < u->own[dim].count; i++)
        error = ddg_names_add(&own, u->own[dim].text[i], &number, context);
    if (!error && !(error = ddg_overlap_between_add(&own, m, dim, context)))
        error = ddg_overlap_between_say(&prose, &c->seen, &own, c->name, "the table", context);
    ddg_names_free(&own);
    if (!error && prose.used > 0) {
        ddg_prose_print(&u->notes, "ddg-suppress: note: %s: ", c->file->file);
        ddg_prose_add(&u->notes, ddg_prose_text(&prose));
        ddg_prose_say(&u->notes, "\n");
    }
    ddg_prose_free(&prose);
    return error;
}

static enum ddg_error check_column(struct ddg_unmatched *u, const struct ddg_table *file,
                                   size_t column, const struct ddg_model *m,
                                   struct ddg_context *context)
{
    struct column c = {.file = file, .name = file->name[column]};
    size_t dim = ddg_table_find_dim(m->table, c.name);
    enum ddg_error error;

    if (dim == DDG_NO_COLUMN) {
        ddg_prose_print(&u->notes, "ddg-suppress: note: %s: column '", file->file);
        ddg_prose_add(&u->notes, c.name);
        ddg_prose_say(&u->notes, "' is no dimension of the table\n");
        return context->error;
    }
    ddg_names_init(&c.seen);
    error = look(&c, column, &u->own[dim], ddg_model_level(m, dim), context);
    u->alias[dim] = u->alias[dim] || c.alias;
    if (!error && !(error = judge(u, &c, context)))
        error = compare_bands(u, &c, m, dim, context);
    ddg_names_free(&c.seen);
    return error;
}

enum ddg_error ddg_unmatched_check(struct ddg_unmatched *u, const struct ddg_published *published,
                                   const struct ddg_model *m, struct ddg_context *context)
{
    enum ddg_error error = DDG_OK;

    for (size_t i = 0; i < published->files; i++)
        for (size_t d = 0; !error && d < published->file[i].dims; d++)
            error = check_column(u, &published->file[i], published->file[i].dim[d], m, context);
    return error;
}

void ddg_unmatched_say(const struct ddg_unmatched *u, struct ddg_prose *prose)
{
    ddg_prose_add(prose, ddg_prose_text(&u->notes));
}

void ddg_unmatched_free(struct ddg_unmatched *u)
{
    for (size_t i = 0; i < u->dims; i++)
        ddg_names_free(&u->own[i]);
    free(u->own);
    free(u->alias);
    ddg_prose_free(&u->notes);
    *u = (struct ddg_unmatched){0};
}
