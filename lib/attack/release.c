#include "attack/release.h"

#include <stdlib.h>
#include <string.h>

/* Reads a file, or standard input where `path` is NULL, into a release of its own. */
static enum ddg_error add_release(struct ddg_releases *r, const char *path, bool previous,
                                  struct ddg_context *context)
{
    struct ddg_release *release;
    enum ddg_error error = ddg_grow(&r->item, &r->room, r->count + 1, sizeof *r->item, context);

    if (error)
        return error;
    release = &r->item[r->count];
    *release = (struct ddg_release){.description = &r->description, .previous = previous};
    if ((error = ddg_allocate(&release->table, 1, sizeof *release->table, context)))
        return error;
    r->count++;
    error =
        ddg_table_read(release->table, &r->description, path ? &path : NULL, path ? 1 : 0, context);
    return error ? error
                 : ddg_allocate(&release->reader, release->table->measures, sizeof *release->reader,
                                context);
}

/* Count columns that --rate names have rates and no counts, as ddg-round --percent writes them. */
static void mark_rated(struct ddg_table *t, const struct ddg_knowledge *k)
{
    for (size_t m = 0; m < t->measures; m++)
        for (size_t i = 0; i < k->rates; i++)
            t->measure[m].rated = t->measure[m].rated ||
                                  ddg_text_equal(k->rate[i].column, t->name[t->measure[m].count]);
}

static void free_release(struct ddg_release *release)
{
    ddg_model_free(&release->model);
    ddg_table_free(release->table);
    free(release->table);
    free(release->reader);
}

/* Takes the last release away again where one before it holds the same; today's release says
 * something also where it is the same as an earlier one. */
static enum ddg_error drop_repeat(struct ddg_releases *r, struct ddg_context *context)
{
    const struct ddg_table *last = r->item[r->count - 1].table;
    bool previous = r->item[r->count - 1].previous;

    for (size_t i = 0; i + 1 < r->count; i++) {
        enum ddg_error error;

        if (r->item[i].previous != previous || !ddg_table_same(r->item[i].table, last))
            continue;
        error = ddg_grow(&r->repeat, &r->repeat_room, r->repeats + 1, sizeof *r->repeat, context);
        if (error)
            return error;
        r->repeat[r->repeats++] = (struct ddg_repeat){last->file, r->item[i].table->file};
        free_release(&r->item[--r->count]);
        return DDG_OK;
    }
    return DDG_OK;
}

/* Joining ------------------------------------------------------------------------------------ */

/* The categories of a table's rows, for its dimension columns one by one. */
struct categories {
    struct ddg_dimension *of_dim;
    size_t dims;
};

static void free_categories(struct categories *c)
{
    for (size_t i = 0; i < c->dims; i++)
        ddg_dimension_free(&c->of_dim[i]);
    free(c->of_dim);
    *c = (struct categories){0};
}

/* Reads what the rows are about through their aliases; hierarchies do not matter for that. */
static enum ddg_error read_categories(struct categories *c, const struct ddg_table *table,
                                      const struct ddg_description *description,
                                      struct ddg_context *context)
{
    struct ddg_description plain = *description;
    enum ddg_error error = ddg_allocate(&c->of_dim, table->dims, sizeof *c->of_dim, context);

    plain.hierarchies.count = 0;
    while (!error && c->dims < table->dims) {
        size_t dim = c->dims++;

        error = ddg_dimension_read(&c->of_dim[dim], table, &table->dim[dim], 1, &plain, context);
    }
    return error;
}

/* Makes a name of the meanings of the labels of a row: each with its length in front. */
static enum ddg_error row_name(const struct categories *c, size_t row, char **bytes, size_t *room,
                               struct ddg_text *name, struct ddg_context *context)
{
    size_t used = 0;

    for (size_t i = 0; i < c->dims; i++) {
        struct ddg_text label = ddg_dimension_label(&c->of_dim[i], c->of_dim[i].of_row[row], 0);
        enum ddg_error error =
            ddg_grow(bytes, room, used + sizeof label.length + label.length, 1, context);

        if (error)
            return error;
        memcpy(*bytes + used, &label.length, sizeof label.length);
        used += sizeof label.length;
        if (label.length > 0)
            memcpy(*bytes + used, label.at, label.length);
        used += label.length;
    }
    *name = (struct ddg_text){*bytes, used};
    return DDG_OK;
}

/* The cells of tables that were gone through. */
struct cells {
    struct ddg_names names;
    size_t *from, from_room; /* the table in which each was first met */
    char *bytes;
    size_t room;
};

/* Adds the cells of a table; true into *same when one of them stands in another. */
static enum ddg_error add_cells(struct cells *cells, const struct ddg_releases *r, size_t table,
                                bool *same, struct ddg_context *context)
{
    struct categories categories = {0};
    enum ddg_error error =
        read_categories(&categories, r->item[table].table, &r->description, context);

    for (size_t row = 0; !error && !*same && row < r->item[table].table->rows; row++) {
        uint32_t before = cells->names.count, number;
        struct ddg_text name;

        if ((error = row_name(&categories, row, &cells->bytes, &cells->room, &name, context)) ||
            (error = ddg_names_add(&cells->names, name, &number, context)) ||
            (error = ddg_grow(&cells->from, &cells->from_room, (size_t)number + 1,
                              sizeof *cells->from, context)))
            break;
        if (number == before)
            cells->from[number] = table;
        *same = cells->from[number] != table;
    }
    free_categories(&categories);
    return error;
}

static bool is_like(const struct ddg_releases *r, size_t a, size_t b)
{
    return ddg_table_same_header(r->item[a].table, r->item[b].table);
}

/* Puts true into *same when a cell of one table stands in another, too, of all that have the header
 * of the first. */
static enum ddg_error find_same_cell(const struct ddg_releases *r, size_t first, bool *same,
                                     struct ddg_context *context)
{
    struct cells cells = {0};
    enum ddg_error error = DDG_OK;

    *same = false;
    ddg_names_init(&cells.names);
    for (size_t i = first; !error && !*same && i < r->count; i++)
        if (is_like(r, first, i))
            error = add_cells(&cells, r, i, same, context);
    ddg_names_free(&cells.names);
    free(cells.from);
    free(cells.bytes);
    return error;
}

static void remove_release(struct ddg_releases *r, size_t at)
{
    free_release(&r->item[at]);
    r->count--;
    memmove(&r->item[at], &r->item[at + 1], (r->count - at) * sizeof *r->item);
}

/* True when a table has the header of one behind it, and of none before it. */
static bool begins_group(const struct ddg_releases *r, size_t table)
{
    bool alone = true;

    for (size_t i = 0; i < table; i++)
        if (is_like(r, i, table))
            return false;
    for (size_t i = table + 1; i < r->count; i++)
        alone = alone && !is_like(r, table, i);
    return !alone;
}

/* Makes one table of those that have the header of the first, where that is what they are. */
static enum ddg_error join_like(struct ddg_releases *r, size_t first, struct ddg_context *context)
{
    bool apart = false;
    enum ddg_error error = DDG_OK;

    if (!r->description.repeats)
        error = find_same_cell(r, first, &apart, context);
    for (size_t i = first + 1; !error && !apart && i < r->count;) {
        if (!is_like(r, first, i)) {
            i++;
            continue;
        }
        error = ddg_table_append(r->item[first].table, r->item[i].table, context);
        remove_release(r, i);
    }
    return error;
}

static enum ddg_error join_releases(struct ddg_releases *r, struct ddg_context *context)
{
    enum ddg_error error = DDG_OK;

    for (size_t i = 0; !error && i < r->count; i++)
        if (begins_group(r, i))
            error = join_like(r, i, context);
    return error;
}

/* Names -------------------------------------------------------------------------------------- */

static bool has_column(const struct ddg_releases *r, struct ddg_text name)
{
    for (size_t i = 0; i < r->count; i++)
        if (ddg_table_find(r->item[i].table, name) != DDG_NO_COLUMN)
            return true;
    return false;
}

static bool has_dimension(const struct ddg_releases *r, struct ddg_text name)
{
    for (size_t i = 0; i < r->count; i++)
        if (ddg_table_find_dim(r->item[i].table, name) != DDG_NO_COLUMN)
            return true;
    return false;
}

static enum ddg_error fail_name(const struct ddg_releases *r, const char *what,
                                struct ddg_text name, struct ddg_context *context)
{
    return ddg_fail(context, DDG_USAGE, "%s: no %s is called '%.*s'", r->item[0].table->file, what,
                    (int)name.length, name.at);
}

/* What the description says of columns has to be about one that some table has. */
static enum ddg_error check_names(const struct ddg_releases *r, struct ddg_context *context)
{
    const struct ddg_description *d = &r->description;
    const struct ddg_list *columns[] = {&d->dims, &d->counts, &d->annotations,
                                        &d->annotation_texts};
    const struct ddg_list *dimensions[] = {&d->by, &d->overlapping};
    const struct ddg_of_dimensions *pairs[] = {&d->totals, &d->hierarchies, &d->aliases};

    for (size_t l = 0; l < sizeof columns / sizeof *columns; l++)
        for (size_t i = 0; i < columns[l]->count; i++)
            if (!has_column(r, columns[l]->item[i]))
                return fail_name(r, "column", columns[l]->item[i], context);
    for (size_t l = 0; l < 2; l++)
        for (size_t i = 0; i < dimensions[l]->count; i++)
            if (!has_dimension(r, dimensions[l]->item[i]))
                return fail_name(r, "dimension", dimensions[l]->item[i], context);
    for (size_t l = 0; l < 3; l++)
        for (size_t i = 0; i < pairs[l]->count; i++)
            if (pairs[l]->item[i].dimension.at && !has_dimension(r, pairs[l]->item[i].dimension))
                return fail_name(r, "dimension", pairs[l]->item[i].dimension, context);
    for (size_t n = 0; n < d->nested_count; n++)
        for (size_t i = 0; i < d->nested[n].count; i++)
            if (!has_dimension(r, d->nested[n].item[i]))
                return fail_name(r, "dimension", d->nested[n].item[i], context);
    return DDG_OK;
}

static enum ddg_error check_links(const struct ddg_releases *r, const struct ddg_knowledge *k,
                                  struct ddg_context *context)
{
    for (size_t i = 0; i < k->links; i++) {
        if (!has_column(r, k->link[i].left))
            return fail_name(r, "column", k->link[i].left, context);
        if (!has_column(r, k->link[i].right))
            return fail_name(r, "column", k->link[i].right, context);
    }
    return DDG_OK;
}

/* Whole -------------------------------------------------------------------------------------- */

enum ddg_error ddg_releases_read(struct ddg_releases *r, const struct ddg_description *description,
                                 const char *const *paths, size_t path_count,
                                 const struct ddg_knowledge *knowledge, struct ddg_context *context)
{
    enum ddg_error error = ddg_knowledge_check(knowledge, context);

    *r = (struct ddg_releases){.description = *description};
    r->description.several = path_count > 1 || knowledge->previous_count > 0;
    if (!error && path_count == 0)
        error = add_release(r, NULL, false, context);
    for (size_t i = 0; !error && i < path_count; i++)
        if (!(error = add_release(r, paths[i], false, context)))
            error = drop_repeat(r, context);
    if (!error)
        error = join_releases(r, context);
    for (size_t i = 0; !error && i < knowledge->previous_count; i++)
        if (!(error = add_release(r, knowledge->previous[i], true, context)))
            error = drop_repeat(r, context);
    for (size_t i = 0; !error && i < r->count; i++)
        mark_rated(r->item[i].table, knowledge);
    if (!error && r->description.several)
        error = check_names(r, context);
    r->description.several = r->count > 1;
    return error ? error : check_links(r, knowledge, context);
}

void ddg_releases_free(struct ddg_releases *r)
{
    for (size_t i = 0; i < r->count; i++)
        free_release(&r->item[i]);
    free(r->item);
    free(r->repeat);
    *r = (struct ddg_releases){0};
}
