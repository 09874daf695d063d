#include "group/hierarchy.h"

#include "csv/reader.h"

#include <stdlib.h>

/* A file that is being read. */
struct reading {
    struct ddg_hierarchy *hierarchy;
    const char *path;
    struct ddg_text dimension, total;
    struct ddg_context *context;
};

static enum ddg_error fail(const struct reading *r, uint64_t line, const char *text)
{
    return ddg_fail_at(r->context, DDG_INPUT, r->path, line, NULL, "%s", text);
}

static enum ddg_error add_category(const struct reading *r, struct ddg_text label, uint32_t *number)
{
    struct ddg_hierarchy *h = r->hierarchy;
    uint32_t before = h->category.count;
    enum ddg_error error = ddg_names_add(&h->category, label, number, r->context);

    if (error || h->category.count == before)
        return error;
    if ((error = ddg_grow(&h->parent, &h->parent_room, h->category.count, sizeof *h->parent,
                          r->context)) ||
        (error = ddg_grow(&h->has_parts, &h->part_room, h->category.count, sizeof *h->has_parts,
                          r->context)))
        return error;
    h->parent[*number] = DDG_NO_NAME;
    h->has_parts[*number] = false;
    return DDG_OK;
}

static enum ddg_error add_pair(const struct reading *r, struct ddg_text child,
                               struct ddg_text parent, uint64_t line)
{
    struct ddg_hierarchy *h = r->hierarchy;
    uint32_t below, above;
    enum ddg_error error;

    if (ddg_text_equal(child, r->total))
        return fail(r, line, "the total has no parent");
    if (ddg_text_equal(child, parent))
        return fail(r, line, "a category is its own parent");
    if ((error = add_category(r, child, &below)) || ddg_text_equal(parent, r->total) ||
        (error = add_category(r, parent, &above)))
        return error;
    if (h->parent[below] != DDG_NO_NAME && h->parent[below] != above)
        return fail(r, line,
                    "a category with two different parents: another hierarchy is a "
                    "dimension of its own");
    h->parent[below] = above;
    h->has_parts[above] = true;
    return DDG_OK;
}

static enum ddg_error read_pairs(const struct reading *r, struct ddg_csv *csv)
{
    struct ddg_text first, second;
    struct ddg_record record;
    bool more;
    enum ddg_error error = DDG_OK;

    if (ddg_csv_columns(csv) > 2)
        return fail(r, 1,
                    "two columns are wanted: child,parent; of more levels the pairs of each with "
                    "the next stand below each other");
    if (ddg_csv_columns(csv) < 2)
        return fail(r, 1, "two columns are wanted: child,parent");
    first = ddg_csv_name(csv, 0);
    second = ddg_csv_name(csv, 1);
    if (ddg_text_alike(first, r->dimension))
        return fail(r, 1,
                    "the first line reads like a header, which is 'child,parent' or is left out");
    if (!ddg_text_is(first, "child") || !ddg_text_is(second, "parent"))
        error = add_pair(r, first, second, 1);
    while (!error && !(error = ddg_csv_next(csv, &record, &more, r->context)) && more)
        error = add_pair(r, record.field[0], record.field[1], record.line);
    return error;
}

/* How far the category is below the total; more than there are categories where it is below itself.
 */
static size_t depth_of(const struct ddg_hierarchy *h, uint32_t category)
{
    size_t depth = 0;

    for (; category != DDG_NO_NAME && depth <= h->category.count; category = h->parent[category])
        depth++;
    return depth;
}

enum ddg_error ddg_hierarchy_read(struct ddg_hierarchy *hierarchy, const char *path,
                                  struct ddg_text dimension, struct ddg_text total,
                                  struct ddg_context *context)
{
    const struct ddg_csv_options options = {.delimiter = ','};
    const struct reading r = {hierarchy, path, dimension, total, context};
    struct ddg_csv *csv = NULL;
    enum ddg_error error;

    if (hierarchy->category.count == 0)
        ddg_names_init(&hierarchy->category);
    error = ddg_csv_open(&csv, &path, 1, &options, context);
    if (!error)
        error = read_pairs(&r, csv);
    ddg_csv_close(csv);
    for (uint32_t i = 0; !error && i < hierarchy->category.count; i++)
        if (depth_of(hierarchy, i) > hierarchy->category.count)
            error =
                ddg_fail(context, DDG_INPUT, "the hierarchy of '%.*s' has a category below itself",
                         (int)dimension.length, dimension.at);
    return error;
}

bool ddg_hierarchy_has_parts(const struct ddg_hierarchy *hierarchy, struct ddg_text category)
{
    uint32_t number = ddg_names_find(&hierarchy->category, category);

    return number != DDG_NO_NAME && hierarchy->has_parts[number];
}

uint32_t ddg_hierarchy_above(const struct ddg_hierarchy *hierarchy, struct ddg_text category,
                             size_t depth)
{
    uint32_t at = ddg_names_find(&hierarchy->category, category);
    size_t from = depth_of(hierarchy, at);

    if (from <= depth)
        return DDG_NO_NAME;
    for (; from > depth; from--)
        at = hierarchy->parent[at];
    return at;
}

void ddg_hierarchy_free(struct ddg_hierarchy *hierarchy)
{
    ddg_names_free(&hierarchy->category);
    free(hierarchy->parent);
    free(hierarchy->has_parts);
    *hierarchy = (struct ddg_hierarchy){0};
}
