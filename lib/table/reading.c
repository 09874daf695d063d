#include "table/reading.h"

#include <assert.h>
#include <stdlib.h>

/* Opening -------------------------------------------------------------------------------------- */

static enum ddg_error keep_header(struct ddg_reading *r, struct ddg_context *context)
{
    r->file = ddg_csv_file(r->csv);
    r->columns = ddg_csv_columns(r->csv);
    r->name = ddg_arena_allocate(&r->arena, r->columns * sizeof *r->name, context);
    if (!r->name)
        return DDG_MEMORY;
    for (size_t i = 0; i < r->columns; i++) {
        r->name[i] = ddg_arena_copy(&r->arena, ddg_csv_name(r->csv, i), context);
        if (!r->name[i].at)
            return DDG_MEMORY;
    }
    return DDG_OK;
}

static bool names_dimension(const struct ddg_of_dimensions *files, struct ddg_text name)
{
    for (size_t i = 0; i < files->count; i++)
        if (ddg_text_equal(files->item[i].dimension, name))
            return true;
    return false;
}

/* A column below another of --nested is no dimension of its own. */
static bool is_nested(const struct ddg_description *description, struct ddg_text name)
{
    for (size_t n = 0; n < description->nested_count; n++)
        for (size_t i = 1; i < description->nested[n].count; i++)
            if (ddg_text_equal(description->nested[n].item[i], name))
                return true;
    return false;
}

static enum ddg_error find_apart(struct ddg_reading *r, bool blocks, struct ddg_context *context)
{
    const struct ddg_description *d = r->description;

    r->apart = ddg_arena_allocate(&r->arena, r->roles.dims * sizeof *r->apart, context);
    if (!r->apart)
        return DDG_MEMORY;
    for (size_t i = 0; blocks && i < r->roles.dims; i++) {
        struct ddg_text name = r->name[r->roles.dim[i]];

        r->apart[i] = ddg_list_has(&d->by, name) && !is_nested(d, name) &&
                      !names_dimension(&d->hierarchies, name) &&
                      !names_dimension(&d->aliases, name);
    }
    return DDG_OK;
}

/* Blocks --------------------------------------------------------------------------------------- */

/* Numbers the block that the record belongs to, in the order in which blocks first appear. */
static enum ddg_error find_block(struct ddg_reading *r, uint32_t *block,
                                 struct ddg_context *context)
{
    enum ddg_error error = DDG_OK;
    uint32_t label;

    r->tuple.count = 0;
    for (size_t i = 0; !error && i < r->roles.dims; i++)
        if (r->apart[i] &&
            !(error = ddg_names_add(&r->label, r->record.field[r->roles.dim[i]], &label, context)))
            error = ddg_tuple_push(&r->tuple, label, context);
    return error ? error : ddg_names_add(&r->block, ddg_tuple_name(&r->tuple), block, context);
}

static enum ddg_error fail_unsorted(struct ddg_reading *r, struct ddg_context *context)
{
    struct ddg_text name = {NULL, 0}, label = {NULL, 0};

    r->unsorted = true;
    for (size_t i = r->roles.dims; i-- > 0;)
        if (r->apart[i]) {
            name = r->name[r->roles.dim[i]];
            label = r->record.field[r->roles.dim[i]];
        }
    return ddg_fail_at(context, DDG_INPUT, ddg_csv_file(r->csv), r->record.line, NULL,
                       "other rows of %.*s=%.*s stand apart from this one: sort the table by the "
                       "columns of --by, or use --whole",
                       (int)name.length, name.at, (int)label.length, label.length ? label.at : "");
}

/* Reads the first record of what follows. */
static enum ddg_error advance(struct ddg_reading *r, struct ddg_context *context)
{
    uint32_t before = r->next, blocks = r->block.count;
    bool more = true;
    enum ddg_error error = ddg_csv_next(r->csv, &r->record, &more, context);

    r->end = !more;
    if (error || r->end || (error = find_block(r, &r->next, context)))
        return error;
    return r->next == before || r->next == blocks ? DDG_OK : fail_unsorted(r, context);
}

static enum ddg_error keep_file(struct ddg_table *table, const char *file,
                                struct ddg_context *context)
{
    enum ddg_error error;

    /* the reader names a file by the same pointer as long as it reads it */
    if (table->parts > 0 && table->part[table->parts - 1].file == file)
        return DDG_OK;
    error =
        ddg_grow(&table->part, &table->part_room, table->parts + 1, sizeof *table->part, context);
    if (!error)
        table->part[table->parts++] = (struct ddg_table_part){file, table->rows};
    return error;
}

static enum ddg_error keep_record(struct ddg_table *table, const struct ddg_record *record,
                                  struct ddg_context *context)
{
    size_t need = (table->rows + 1) * table->columns;
    struct ddg_text *to;
    enum ddg_error error;

    if ((error = ddg_grow(&table->field, &table->field_room, need, sizeof *to, context)) ||
        (error = ddg_grow(&table->line, &table->line_room, table->rows + 1, sizeof *table->line,
                          context)))
        return error;
    to = table->field + table->rows * table->columns;
    for (size_t i = 0; i < table->columns; i++) {
        to[i] = (struct ddg_text){NULL, 0};
        if (record->field[i].length == 0)
            continue;
        to[i] = ddg_arena_copy(&table->arena, record->field[i], context);
        if (!to[i].at)
            return DDG_MEMORY;
    }
    table->line[table->rows++] = record->line;
    return DDG_OK;
}

enum ddg_error ddg_reading_next(struct ddg_reading *r, struct ddg_table *table,
                                struct ddg_context *context)
{
    uint32_t block = r->next;
    enum ddg_error error = DDG_OK;

    assert(r->more);
    *table = (struct ddg_table){
        .file = r->file,
        .columns = r->columns,
        .name = r->name,
        .dim = r->roles.dim,
        .dims = r->roles.dims,
        .measure = r->roles.measure,
        .measures = r->roles.measures,
    };
    while (!error && !r->end && r->next == block) {
        if (table->rows >= UINT32_MAX - 1)
            return ddg_fail(context, DDG_LIMIT, "%s: more than 4 thousand million rows", r->file);
        if ((error = keep_file(table, ddg_csv_file(r->csv), context)) ||
            (error = keep_record(table, &r->record, context)))
            return error;
        error = advance(r, context);
    }
    r->more = !r->end;
    return error;
}

bool ddg_reading_is_unsorted(struct ddg_reading *r, struct ddg_context *context)
{
    struct ddg_context own = {.inputs = context->inputs};
    enum ddg_error error = DDG_OK;

    while (!error && !r->unsorted && !r->end)
        error = advance(r, &own);
    if (error && r->unsorted)
        *context = own;
    return r->unsorted;
}

/* Whole ---------------------------------------------------------------------------------------- */

enum ddg_error ddg_reading_open(struct ddg_reading *r, const struct ddg_description *description,
                                bool blocks, const char *const *paths, size_t path_count,
                                struct ddg_context *context)
{
    struct ddg_csv_options options = {.delimiter = description->delimiter,
                                      .loose_names = description->loose};
    enum ddg_error error;

    *r = (struct ddg_reading){.description = description};
    ddg_names_init(&r->label);
    ddg_names_init(&r->block);
    if ((error = ddg_csv_open(&r->csv, paths, path_count, &options, context)) ||
        (error = keep_header(r, context)) ||
        (error = ddg_roles_find(&r->roles, description, r->file, r->name, r->columns, &r->arena,
                                context)) ||
        (error = find_apart(r, blocks, context)))
        return error;
    r->more = true;
    return advance(r, context);
}

void ddg_reading_close(struct ddg_reading *r)
{
    ddg_csv_close(r->csv);
    ddg_names_free(&r->label);
    ddg_names_free(&r->block);
    ddg_tuple_free(&r->tuple);
    ddg_arena_free(&r->arena);
    *r = (struct ddg_reading){0};
}
