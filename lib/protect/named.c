#include "protect/named.h"

#include "protect/categories.h"

#include <stdlib.h>

static const struct ddg_of_dimensions *list_of(const struct ddg_named *n, size_t list)
{
    const struct ddg_of_dimensions *const lists[DDG_NAMED_LISTS] = {
        &n->costs->never, &n->costs->always, &n->costs->prefer};

    return lists[list];
}

enum ddg_error ddg_named_init(struct ddg_named *n, const struct ddg_costs *costs,
                              const struct ddg_published *published, const struct ddg_table *table,
                              const bool *apart, struct ddg_context *context)
{
    enum ddg_error error;

    *n = (struct ddg_named){.costs = costs, .published = published, .apart = apart};
    if ((error = ddg_unmatched_init(&n->unmatched, table, context)) ||
        (error = ddg_allocate(&n->alias, table->dims, sizeof *n->alias, context)) ||
        (error = ddg_allocate(&n->hierarchy, table->dims, sizeof *n->hierarchy, context)))
        return error;
    for (size_t i = 0; !error && i < DDG_NAMED_LISTS; i++)
        error = ddg_allocate(&n->occurs[i], list_of(n, i)->count, sizeof *n->occurs[i], context);
    return error;
}

enum ddg_error ddg_named_note(struct ddg_named *n, const struct ddg_model *m,
                              struct ddg_context *context)
{
    enum ddg_error error = DDG_OK;

    for (size_t d = 0; d < m->table->dims; d++) {
        n->alias[d] = n->alias[d] || !ddg_model_level(m, d)->strange_alias;
        n->hierarchy[d] = n->hierarchy[d] || !ddg_model_level(m, d)->strange_hierarchy;
    }
    for (size_t i = 0; i < DDG_NAMED_LISTS; i++)
        for (size_t j = 0; !error && j < list_of(n, i)->count; j++)
            error = ddg_categories_occur(m, &list_of(n, i)->item[j], &n->occurs[i][j], context);
    if (!error && n->published->files > 0)
        error = ddg_unmatched_add(&n->unmatched, m, context);
    return error ? error : ddg_overlap_blocks_add(&n->blocks, m->table, n->apart, context);
}

static enum ddg_error fail_category(const struct ddg_of_dimension *category,
                                    const struct ddg_table *table, struct ddg_context *context)
{
    return ddg_fail(context, DDG_USAGE, "%s: no cell has '%.*s' in the dimension '%.*s'",
                    table->file, (int)category->value.length, category->value.at,
                    (int)category->dimension.length, category->dimension.at);
}

enum ddg_error ddg_named_check(struct ddg_named *n, const struct ddg_model *m,
                               struct ddg_context *context)
{
    enum ddg_error error = ddg_unmatched_check(&n->unmatched, n->published, m, context);

    for (size_t d = 0; !error && d < m->table->dims; d++) {
        n->alias[d] = n->alias[d] || n->unmatched.alias[d];
        if (!n->alias[d] || !n->hierarchy[d])
            return ddg_dimension_strange(ddg_model_level(m, d), m->table, !n->alias[d], context);
    }
    for (size_t i = 0; !error && i < DDG_NAMED_LISTS; i++)
        for (size_t j = 0; j < list_of(n, i)->count; j++)
            if (!n->occurs[i][j])
                return fail_category(&list_of(n, i)->item[j], m->table, context);
    return error ? error : ddg_overlap_blocks_check(&n->blocks, m->table, context);
}

void ddg_named_free(struct ddg_named *n)
{
    for (size_t i = 0; i < DDG_NAMED_LISTS; i++)
        free(n->occurs[i]);
    ddg_unmatched_free(&n->unmatched);
    ddg_overlap_blocks_free(&n->blocks);
    free(n->alias);
    free(n->hierarchy);
    *n = (struct ddg_named){0};
}
