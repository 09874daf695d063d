#include "table/dimension.h"

#include "base/number.h"
#include "csv/reader.h"

#include <stdlib.h>

/* Joins the labels of levels.  A label that holds it would be taken apart: it is refused. */
enum { JOINT = 0x1f };

/* Adds a category, without a parent so far. */
static enum ddg_error add_category(struct ddg_dimension *d, struct ddg_text label, uint32_t *number,
                                   struct ddg_context *context)
{
    uint32_t before = d->category.count;
    enum ddg_error error = ddg_names_add(&d->category, label, number, context);

    if (error || d->category.count == before)
        return error;
    error = ddg_grow(&d->parent, &d->parent_room, d->category.count, sizeof *d->parent, context);
    if (!error)
        d->parent[*number] = DDG_NO_NAME;
    return error;
}

/* Files of pairs ----------------------------------------------------------------------------- */

struct pairs {
    struct ddg_dimension *dimension;
    struct ddg_level *level;
    const char *file;
    uint64_t line;
    struct ddg_context *context;
};

typedef enum ddg_error pair_handler(const struct pairs *pairs, struct ddg_text left,
                                    struct ddg_text right);

static enum ddg_error fail_pair(const struct pairs *pairs, const char *text)
{
    return ddg_fail_at(pairs->context, DDG_INPUT, pairs->file, pairs->line, NULL, "%s", text);
}

/* Reads a file of pairs.  The first line is a header when it holds `left_name,right_name`. */
static enum ddg_error read_pairs(struct pairs *pairs, struct ddg_text path, const char *left_name,
                                 const char *right_name, pair_handler *handle)
{
    /* the value of an option: it ends with a NUL */
    const char *paths[] = {path.at};
    struct ddg_csv_options options = {.delimiter = ','};
    struct ddg_csv *csv = NULL;
    enum ddg_error error = ddg_csv_open(&csv, paths, 1, &options, pairs->context);
    bool more = true;

    pairs->file = path.at;
    pairs->line = 1;
    if (!error && ddg_csv_columns(csv) != 2)
        error = ddg_fail_at(pairs->context, DDG_INPUT, path.at, 1, NULL,
                            "two columns are wanted: %s,%s", left_name, right_name);
    if (!error && ddg_text_alike(ddg_csv_name(csv, 0), pairs->level->name))
        error = ddg_fail_at(pairs->context, DDG_INPUT, path.at, 1, NULL,
                            "the first line reads like a header, which is '%s,%s' or is left out",
                            left_name, right_name);
    if (!error && !(ddg_text_is(ddg_csv_name(csv, 0), left_name) &&
                    ddg_text_is(ddg_csv_name(csv, 1), right_name)))
        error = handle(pairs, ddg_csv_name(csv, 0), ddg_csv_name(csv, 1));
    while (!error && more) {
        struct ddg_record record;

        error = ddg_csv_next(csv, &record, &more, pairs->context);
        if (error || !more)
            break;
        pairs->line = record.line;
        error = handle(pairs, record.field[0], record.field[1]);
    }
    ddg_csv_close(csv);
    return error;
}

static enum ddg_error take_parent(const struct pairs *pairs, struct ddg_text child,
                                  struct ddg_text parent)
{
    struct ddg_dimension *d = pairs->dimension;
    uint32_t below, above;
    enum ddg_error error;

    if ((error = add_category(d, ddg_level_meaning(pairs->level, child), &below, pairs->context)) ||
        (error = add_category(d, ddg_level_meaning(pairs->level, parent), &above, pairs->context)))
        return error;
    if (below == d->total)
        return fail_pair(pairs, "the total has no parent");
    if (below == above)
        return fail_pair(pairs, "a category is its own parent");
    if (d->parent[below] != DDG_NO_NAME && d->parent[below] != above)
        return fail_pair(pairs, "a category with two different parents: another hierarchy is a "
                                "dimension of its own");
    d->parent[below] = above;
    return DDG_OK;
}

static enum ddg_error take_alias(const struct pairs *pairs, struct ddg_text spelling,
                                 struct ddg_text meaning)
{
    struct ddg_level *level = pairs->level;
    uint32_t before = level->alias.count, alias;
    struct ddg_text copy = ddg_arena_copy(&pairs->dimension->arena, meaning, pairs->context);
    enum ddg_error error;

    if (!copy.at)
        return DDG_MEMORY;
    if ((error = ddg_names_add(&level->alias, spelling, &alias, pairs->context)) ||
        (error = ddg_grow(&level->meaning, &level->meaning_room, level->alias.count,
                          sizeof *level->meaning, pairs->context)))
        return error;
    if (level->alias.count == before && !ddg_text_equal(level->meaning[alias], meaning))
        return fail_pair(pairs, "a spelling with two different meanings");
    level->meaning[alias] = copy;
    return DDG_OK;
}

/* A file that speaks of other labels than the table has describes nothing, unless it is about
 * another table. */
static enum ddg_error check_use(const struct ddg_dimension *d, struct ddg_level *level,
                                const struct ddg_table *table,
                                const struct ddg_description *description,
                                struct ddg_context *context)
{
    bool hierarchy = false, known = false, other = false, alias = level->alias.count == 0;

    for (size_t i = 0; i < description->hierarchies.count; i++)
        hierarchy =
            hierarchy || ddg_text_equal(description->hierarchies.item[i].dimension, level->name);
    for (size_t row = 0; row < table->rows; row++) {
        struct ddg_text label = ddg_table_field(table, row, level->column);
        uint32_t category = d->of_row[row];

        alias = alias || ddg_names_find(&level->alias, label) != DDG_NO_NAME;
        /* the labels of the files came first, so that they have the smaller numbers */
        if (category != d->total)
            *(category < d->of_files ? &known : &other) = true;
    }
    level->strange_alias = table->rows > 0 && !alias;
    level->strange_hierarchy = hierarchy && other && !known;
    if (description->several || description->blocks ||
        !(level->strange_alias || level->strange_hierarchy))
        return DDG_OK;
    return ddg_dimension_strange(level, table, level->strange_alias, context);
}

enum ddg_error ddg_dimension_strange(const struct ddg_level *level, const struct ddg_table *table,
                                     bool alias, struct ddg_context *context)
{
    return ddg_fail(context, DDG_INPUT, "%s: none of the labels of the %s file of '%.*s' occurs",
                    table->file, alias ? "alias" : "hierarchy", (int)level->name.length,
                    level->name.at);
}

static enum ddg_error read_files(struct ddg_dimension *d, struct ddg_level *level,
                                 const struct ddg_description *description,
                                 struct ddg_context *context)
{
    struct pairs pairs = {d, level, NULL, 0, context};
    enum ddg_error error = DDG_OK;

    for (size_t i = 0; !error && i < description->aliases.count; i++)
        if (ddg_text_equal(description->aliases.item[i].dimension, level->name))
            error = read_pairs(&pairs, description->aliases.item[i].value, "spelling", "meaning",
                               take_alias);
    for (size_t i = 0; !error && i < description->hierarchies.count; i++) {
        if (!ddg_text_equal(description->hierarchies.item[i].dimension, level->name))
            continue;
        if (d->levels > 1)
            return ddg_fail(context, DDG_USAGE,
                            "a nested column has its hierarchy from the table, not from a file");
        error = read_pairs(&pairs, description->hierarchies.item[i].value, "child", "parent",
                           take_parent);
    }
    return error;
}

/* Labels ------------------------------------------------------------------------------------- */

struct ddg_text ddg_level_meaning(const struct ddg_level *level, struct ddg_text label)
{
    uint32_t alias = ddg_names_find(&level->alias, label);

    return alias == DDG_NO_NAME ? label : level->meaning[alias];
}

struct ddg_text ddg_dimension_label(const struct ddg_dimension *d, uint32_t category, size_t level)
{
    struct ddg_text rest = d->category.text[category];

    if (d->levels == 1)
        return rest;
    if (category == d->total)
        return d->level[level].total;
    for (size_t i = 0;; i++) {
        const char *joint = rest.length ? memchr(rest.at, JOINT, rest.length) : NULL;
        size_t length = joint ? (size_t)(joint - rest.at) : rest.length;

        if (i == level)
            return (struct ddg_text){rest.at, length};
        if (!joint)
            return d->level[level].total;
        rest = (struct ddg_text){joint + 1, rest.length - length - 1};
    }
}

/* Categories of rows ------------------------------------------------------------------------- */

/* Puts into *depth how many levels of the row are above its totals. */
static enum ddg_error find_depth(const struct ddg_dimension *d, const struct ddg_table *table,
                                 size_t row, size_t *depth, struct ddg_context *context)
{
    *depth = d->levels;
    for (size_t i = 0; i < d->levels; i++) {
        const struct ddg_level *level = &d->level[i];
        struct ddg_text label =
            ddg_level_meaning(level, ddg_table_field(table, row, level->column));

        if (ddg_text_equal(label, level->total)) {
            if (*depth == d->levels)
                *depth = i;
        } else if (*depth < i) {
            return ddg_table_fail(table, row, level->column, context,
                                  "a category below a total of the level above it (--alias can "
                                  "make it the label of totals)");
        }
        if (d->levels > 1 && label.length && memchr(label.at, JOINT, label.length))
            return ddg_table_fail(table, row, level->column, context,
                                  "a label with a unit separator (byte 31)");
    }
    return DDG_OK;
}

/* Adds the category of the row's first `depth` levels, and those above it, into *number. */
static enum ddg_error add_path(struct ddg_dimension *d, const struct ddg_table *table, size_t row,
                               size_t depth, uint32_t *number, struct ddg_context *context)
{
    uint32_t above = d->total;
    char *path = NULL;
    size_t used = 0, room = 0;
    enum ddg_error error = DDG_OK;

    *number = d->total;
    for (size_t i = 0; !error && i < depth; i++) {
        const struct ddg_level *level = &d->level[i];
        struct ddg_text label =
            ddg_level_meaning(level, ddg_table_field(table, row, level->column));

        if ((error = ddg_grow(&path, &room, used + label.length + 1, 1, context)))
            break;
        if (i > 0)
            path[used++] = JOINT;
        if (label.length > 0)
            memcpy(path + used, label.at, label.length);
        used += label.length;
        error = add_category(d, (struct ddg_text){path, used}, number, context);
        if (!error && i > 0)
            d->parent[*number] = above;
        above = *number;
    }
    free(path);
    return error;
}

static enum ddg_error read_rows(struct ddg_dimension *d, const struct ddg_table *table,
                                struct ddg_context *context)
{
    size_t rows = table->rows + table->beyond;
    enum ddg_error error = ddg_allocate(&d->of_row, rows, sizeof *d->of_row, context);

    for (size_t row = 0; !error && row < rows; row++) {
        size_t depth;

        if (d->levels == 1) {
            struct ddg_text label = ddg_table_field(table, row, d->level->column);

            error = add_category(d, ddg_level_meaning(d->level, label), &d->of_row[row], context);
            continue;
        }
        if (!(error = find_depth(d, table, row, &depth, context)))
            error = add_path(d, table, row, depth, &d->of_row[row], context);
    }
    return error;
}

/* Gives every top category the total as its parent, and finds heights; a cycle never ends. */
static enum ddg_error finish_tree(struct ddg_dimension *d, bool has_total,
                                  struct ddg_context *context)
{
    uint32_t count = d->category.count;
    enum ddg_error error = ddg_allocate(&d->height, count, sizeof *d->height, context);

    for (uint32_t i = 0; !error && has_total && i < count; i++)
        if (i != d->total && d->parent[i] == DDG_NO_NAME)
            d->parent[i] = d->total;
    for (uint32_t i = 0; !error && i < count; i++) {
        uint32_t steps = 0;

        for (uint32_t at = i; d->parent[at] != DDG_NO_NAME; at = d->parent[at]) {
            if (++steps > count)
                return ddg_fail(context, DDG_INPUT,
                                "the hierarchy of '%.*s' has a category below itself",
                                (int)d->level->name.length, d->level->name.at);
            if (d->height[d->parent[at]] < steps)
                d->height[d->parent[at]] = steps;
            if (d->highest < steps)
                d->highest = steps;
        }
    }
    return error;
}

static enum ddg_error start(struct ddg_dimension *d, const struct ddg_table *table,
                            const size_t *columns, size_t levels,
                            const struct ddg_description *description, struct ddg_context *context)
{
    enum ddg_error error = ddg_allocate(&d->level, levels, sizeof *d->level, context);

    if (error)
        return error;
    d->levels = levels;
    ddg_names_init(&d->category);
    for (size_t i = 0; i < levels; i++) {
        struct ddg_level *level = &d->level[i];

        level->column = columns[i];
        level->name = table->name[columns[i]];
        level->total = ddg_description_total(description, level->name);
        ddg_names_init(&level->alias);
        d->overlapping = d->overlapping || ddg_list_has(&description->overlapping, level->name);
    }
    return add_category(d, d->level->total, &d->total, context);
}

enum ddg_error ddg_dimension_read(struct ddg_dimension *d, const struct ddg_table *table,
                                  const size_t *columns, size_t levels,
                                  const struct ddg_description *description,
                                  struct ddg_context *context)
{
    enum ddg_error error;

    *d = (struct ddg_dimension){0};
    error = start(d, table, columns, levels, description, context);
    for (size_t i = 0; !error && i < levels; i++)
        error = read_files(d, &d->level[i], description, context);
    d->of_files = d->category.count;
    if (!error)
        error = read_rows(d, table, context);
    for (size_t i = 0; !error && i < levels; i++)
        error = check_use(d, &d->level[i], table, description, context);
    return error ? error : finish_tree(d, !ddg_list_has(&description->by, d->level->name), context);
}

enum ddg_error ddg_dimension_of_numbers(struct ddg_dimension *d, const char *name,
                                        const struct ddg_table *table, const uint32_t *number,
                                        struct ddg_context *context)
{
    size_t rows = table->rows + table->beyond;
    enum ddg_error error;

    *d = (struct ddg_dimension){0};
    ddg_names_init(&d->category);
    if ((error = ddg_allocate(&d->level, 1, sizeof *d->level, context)))
        return error;
    d->levels = 1;
    *d->level = (struct ddg_level){.column = DDG_NO_COLUMN, .name = ddg_text_of(name)};
    if ((error = add_category(d, ddg_text_of("0"), &d->total, context)) ||
        (error = ddg_allocate(&d->of_row, rows, sizeof *d->of_row, context)))
        return error;
    for (size_t row = 0; !error && row < rows; row++) {
        char room[DDG_UNSIGNED_ROOM];

        error = add_category(d, ddg_format_unsigned(number[row], room), &d->of_row[row], context);
    }
    return error ? error : finish_tree(d, false, context);
}

uint32_t ddg_dimension_number(const struct ddg_dimension *d, uint32_t category)
{
    struct ddg_text digits = d->category.text[category];
    uint32_t number = 0;

    for (size_t i = 0; i < digits.length; i++)
        number = number * 10 + (uint32_t)(digits.at[i] - '0');
    return number;
}

size_t ddg_dimension_level_of(const struct ddg_dimension *d, uint32_t category)
{
    size_t level = 0;

    while (level + 1 < d->levels &&
           !ddg_text_equal(ddg_dimension_label(d, category, level + 1), d->level[level + 1].total))
        level++;
    return level;
}

bool ddg_dimension_is_above(const struct ddg_dimension *d, uint32_t above, uint32_t category)
{
    while (category != above && category != DDG_NO_NAME)
        category = d->parent[category];
    return category == above;
}

void ddg_dimension_free(struct ddg_dimension *d)
{
    for (size_t i = 0; i < d->levels; i++) {
        ddg_names_free(&d->level[i].alias);
        free(d->level[i].meaning);
    }
    free(d->level);
    ddg_names_free(&d->category);
    free(d->parent);
    free(d->height);
    free(d->of_row);
    ddg_arena_free(&d->arena);
    *d = (struct ddg_dimension){0};
}
