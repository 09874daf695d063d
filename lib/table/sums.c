#include "table/sums.h"

#include <stdlib.h>

struct finding {
    struct ddg_measure_sums *sums;
    const struct ddg_table *table;
    struct ddg_context *context;
};

/* Sums ----------------------------------------------------------------------------------------- */

/* The category of a measure, a new one if it has none yet. */
static enum ddg_error find_category(struct finding *f, const struct ddg_equation *equation,
                                    size_t term, uint32_t *category)
{
    struct ddg_measure_sums *s = f->sums;
    const struct ddg_table *t = f->table;
    size_t measure = ddg_table_find_measure(t, equation->name[term]);

    if (measure == DDG_NO_MEASURE)
        return ddg_fail(f->context, DDG_USAGE,
                        "%s: --equation '%.*s': no count column is called '%.*s'; --count names "
                        "count columns",
                        t->file, (int)equation->text.length, equation->text.at,
                        (int)equation->name[term].length, equation->name[term].at);
    for (*category = 0; *category < s->measures; ++*category)
        if (s->measure[*category] == measure)
            return DDG_OK;
    s->measure[s->measures++] = (uint32_t)measure;
    return DDG_OK;
}

/* Adds the sum of one side of an equation. */
static enum ddg_error add_sum(struct finding *f, const struct ddg_equation *equation, int side,
                              uint32_t total)
{
    struct ddg_measure_sum *sum = &f->sums->sum[f->sums->count++];
    enum ddg_error error = DDG_OK;

    *sum = (struct ddg_measure_sum){.total = total};
    sum->part =
        ddg_arena_allocate(&f->sums->arena, equation->terms * sizeof *sum->part, f->context);
    if (!sum->part)
        return DDG_MEMORY;
    for (size_t i = 0; !error && i < equation->terms; i++)
        if (equation->factor[i] == side)
            error = find_category(f, equation, i, &sum->part[sum->parts++]);
    return error;
}

/* How many terms a side has; *only is one of them. */
static size_t side_of(const struct ddg_equation *equation, int side, size_t *only)
{
    size_t count = 0;

    for (size_t i = 0; i < equation->terms; i++)
        if (equation->factor[i] == side) {
            *only = i;
            count++;
        }
    return count;
}

/* Measures are numbered first, so that the middles have the categories behind them. */
static enum ddg_error find_sums(struct finding *f, const struct ddg_equation *equation,
                                size_t equations)
{
    struct ddg_measure_sums *s = f->sums;
    enum ddg_error error = DDG_OK;
    uint32_t category;

    for (size_t i = 0; i < equations; i++)
        for (size_t term = 0; term < equation[i].terms; term++)
            if ((error = find_category(f, &equation[i], term, &category)))
                return error;
    for (size_t i = 0; !error && i < equations; i++) {
        size_t left = 0, right = 0, lefts = side_of(&equation[i], 1, &left);
        size_t rights = side_of(&equation[i], -1, &right);

        if (lefts == 1 || rights == 1) {
            error = find_category(f, &equation[i], lefts == 1 ? left : right, &category);
            if (!error)
                error = add_sum(f, &equation[i], lefts == 1 ? -1 : 1, category);
            continue;
        }
        category = s->measures + s->middles++;
        if (!(error = add_sum(f, &equation[i], 1, category)))
            error = add_sum(f, &equation[i], -1, category);
    }
    return error;
}

enum ddg_error ddg_measure_sums_find(struct ddg_measure_sums *sums, const struct ddg_table *table,
                                     const struct ddg_equation *equation, size_t equations,
                                     struct ddg_context *context)
{
    struct finding f = {sums, table, context};
    enum ddg_error error;

    *sums = (struct ddg_measure_sums){0};
    if ((error = ddg_allocate(&sums->measure, table->measures, sizeof *sums->measure, context)) ||
        (error = ddg_allocate(&sums->sum, 2 * equations, sizeof *sums->sum, context)))
        return error;
    return find_sums(&f, equation, equations);
}

void ddg_measure_sums_free(struct ddg_measure_sums *sums)
{
    free(sums->measure);
    free(sums->sum);
    ddg_arena_free(&sums->arena);
    *sums = (struct ddg_measure_sums){0};
}

/* The dimension of measures -------------------------------------------------------------------- */

/* Makes the sum a part of the tree, where no other sum is in its way: searches find more there. */
static void add_to_tree(struct ddg_dimension *d, const struct ddg_measure_sum *sum)
{
    for (uint32_t i = 0; i < sum->parts; i++)
        if (d->parent[sum->part[i]] != DDG_NO_NAME ||
            ddg_dimension_is_above(d, sum->part[i], sum->total))
            return;
    for (uint32_t i = 0; i < d->category.count; i++)
        if (d->parent[i] == sum->total)
            return;
    for (uint32_t i = 0; i < sum->parts; i++)
        d->parent[sum->part[i]] = sum->total;
}

static void find_heights(struct ddg_dimension *d)
{
    for (uint32_t i = 0; i < d->category.count; i++) {
        uint32_t steps = 0;

        for (uint32_t at = i; d->parent[at] != DDG_NO_NAME; at = d->parent[at]) {
            if (d->height[d->parent[at]] < ++steps)
                d->height[d->parent[at]] = steps;
            if (d->highest < steps)
                d->highest = steps;
        }
    }
    /* any top will do: none is the total of all */
    while (d->parent[d->total] != DDG_NO_NAME)
        d->total = d->parent[d->total];
}

enum ddg_error ddg_measure_sums_dimension(const struct ddg_measure_sums *s,
                                          const struct ddg_table *t, struct ddg_dimension *d,
                                          struct ddg_context *context)
{
    uint32_t count = s->measures + s->middles, number;
    enum ddg_error error = ddg_allocate(&d->level, 1, sizeof *d->level, context);

    ddg_names_init(&d->category);
    if (error)
        return error;
    d->levels = 1;
    d->joined = true;
    d->level->name = ddg_text_of("equation");
    ddg_names_init(&d->level->alias);
    for (uint32_t i = 0; !error && i < count; i++) {
        /* no two columns that are measures have the same name */
        struct ddg_text middle = {(const char *)&i, sizeof i};

        error = ddg_names_add(&d->category,
                              i < s->measures ? t->name[t->measure[s->measure[i]].count] : middle,
                              &number, context);
    }
    if (error || (error = ddg_allocate(&d->parent, count, sizeof *d->parent, context)) ||
        (error = ddg_allocate(&d->height, count, sizeof *d->height, context)))
        return error;
    for (uint32_t i = 0; i < count; i++)
        d->parent[i] = DDG_NO_NAME;
    for (uint32_t i = 0; i < s->count; i++)
        add_to_tree(d, &s->sum[i]);
    find_heights(d);
    return DDG_OK;
}
