#include "table/joint.h"

#include "table/model_parts.h"

#include <stdlib.h>

/* A sum that holds in every cell: categories of the dimension of measures. */
struct sum {
    uint32_t total;
    uint32_t *part;
    uint32_t parts;
};

struct joining {
    struct ddg_joint *joint;
    struct sum *sum;
    uint32_t sums;
    struct ddg_arena arena;
    struct ddg_context *context;
};

/* Sums ----------------------------------------------------------------------------------------- */

/* The category of a measure, a new one if it has none yet. */
static enum ddg_error find_category(struct joining *j, const struct ddg_equation *equation,
                                    size_t term, uint32_t *category)
{
    struct ddg_joint *joint = j->joint;
    const struct ddg_table *t = joint->single->table;
    size_t measure = ddg_table_find_measure(t, equation->name[term]);

    if (measure == DDG_NO_MEASURE)
        return ddg_fail(j->context, DDG_USAGE,
                        "%s: --equation '%.*s': no count column is called '%.*s'; --count names "
                        "count columns",
                        t->file, (int)equation->text.length, equation->text.at,
                        (int)equation->name[term].length, equation->name[term].at);
    for (*category = 0; *category < joint->measures; ++*category)
        if (joint->measure[*category] == measure)
            return DDG_OK;
    joint->measure[joint->measures++] = (uint32_t)measure;
    return DDG_OK;
}

/* Adds the sum of one side of an equation. */
static enum ddg_error add_sum(struct joining *j, const struct ddg_equation *equation, int side,
                              uint32_t total)
{
    struct sum *sum = &j->sum[j->sums++];
    enum ddg_error error = DDG_OK;

    *sum = (struct sum){.total = total};
    sum->part = ddg_arena_allocate(&j->arena, equation->terms * sizeof *sum->part, j->context);
    if (!sum->part)
        return DDG_MEMORY;
    for (size_t i = 0; !error && i < equation->terms; i++)
        if (equation->factor[i] == side)
            error = find_category(j, equation, i, &sum->part[sum->parts++]);
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
static enum ddg_error find_sums(struct joining *j, const struct ddg_equation *equation,
                                size_t equations)
{
    struct ddg_joint *joint = j->joint;
    enum ddg_error error = DDG_OK;
    uint32_t category;

    for (size_t i = 0; i < equations; i++)
        for (size_t term = 0; term < equation[i].terms; term++)
            if ((error = find_category(j, &equation[i], term, &category)))
                return error;
    for (size_t i = 0; !error && i < equations; i++) {
        size_t left = 0, right = 0, lefts = side_of(&equation[i], 1, &left);
        size_t rights = side_of(&equation[i], -1, &right);

        if (lefts == 1 || rights == 1) {
            error = find_category(j, &equation[i], lefts == 1 ? left : right, &category);
            if (!error)
                error = add_sum(j, &equation[i], lefts == 1 ? -1 : 1, category);
            continue;
        }
        category = joint->measures + joint->middles++;
        if (!(error = add_sum(j, &equation[i], 1, category)))
            error = add_sum(j, &equation[i], -1, category);
    }
    return error;
}

/* The dimension of measures -------------------------------------------------------------------- */

static bool is_above(const struct ddg_dimension *d, uint32_t above, uint32_t category)
{
    for (; category != DDG_NO_NAME; category = d->parent[category])
        if (category == above)
            return true;
    return false;
}

/* Makes the sum a part of the tree, where no other sum is in its way: searches find more there. */
static void add_to_tree(struct ddg_dimension *d, const struct sum *sum)
{
    for (uint32_t i = 0; i < sum->parts; i++)
        if (d->parent[sum->part[i]] != DDG_NO_NAME || is_above(d, sum->part[i], sum->total))
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

static enum ddg_error make_dimension(struct joining *j, struct ddg_dimension *d)
{
    const struct ddg_joint *joint = j->joint;
    const struct ddg_table *t = joint->single->table;
    uint32_t count = joint->measures + joint->middles, number;
    enum ddg_error error = ddg_allocate(&d->level, 1, sizeof *d->level, j->context);

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
                              i < joint->measures ? t->name[t->measure[joint->measure[i]].count]
                                                  : middle,
                              &number, j->context);
    }
    if (error || (error = ddg_allocate(&d->parent, count, sizeof *d->parent, j->context)) ||
        (error = ddg_allocate(&d->height, count, sizeof *d->height, j->context)))
        return error;
    for (uint32_t i = 0; i < count; i++)
        d->parent[i] = DDG_NO_NAME;
    for (uint32_t i = 0; i < j->sums; i++)
        add_to_tree(d, &j->sum[i]);
    find_heights(d);
    return DDG_OK;
}

/* The dimensions of the table's model are borrowed. */
static enum ddg_error make_dimensions(struct joining *j)
{
    struct ddg_model *m = &j->joint->model;
    const struct ddg_model *single = j->joint->single;
    uint64_t keys = 1;
    enum ddg_error error;

    if ((error = ddg_allocate(&m->dimension, single->dimensions + 1, sizeof *m->dimension,
                              j->context)) ||
        (error = ddg_allocate(&m->stride, single->dimensions + 1, sizeof *m->stride, j->context)))
        return error;
    for (size_t d = 0; d < single->dimensions; d++) {
        m->dimension[d] = single->dimension[d];
        m->stride[d] = keys;
        keys *= single->dimension[d].category.count;
    }
    m->stride[single->dimensions] = keys;
    m->dimensions = single->dimensions + 1;
    if (m->dimensions > UINT8_MAX)
        return ddg_fail(j->context, DDG_LIMIT, "%s: more than 254 dimensions", m->table->file);
    if ((error = make_dimension(j, &m->dimension[single->dimensions])))
        return error;
    if (__builtin_mul_overflow(keys, (uint64_t)m->dimension[single->dimensions].category.count,
                               &keys))
        return ddg_fail(j->context, DDG_LIMIT, "%s: too many categories in too many dimensions",
                        m->table->file);
    return DDG_OK;
}

/* Cells and lines ------------------------------------------------------------------------------ */

/* The middle number `i` of a cell. */
static uint32_t middle_of(const struct ddg_joint *joint, uint32_t i, uint32_t cell)
{
    return (joint->measures + i) * joint->single->cells + cell;
}

static enum ddg_error make_cells(struct joining *j)
{
    struct ddg_joint *joint = j->joint;
    struct ddg_model *m = &joint->model;
    uint32_t cells = joint->single->cells;
    uint64_t all = (uint64_t)cells * (joint->measures + joint->middles);
    uint64_t stride = m->stride[m->dimensions - 1];
    enum ddg_error error;

    if (all >= DDG_NO_CELL - 1)
        return ddg_fail(j->context, DDG_LIMIT, "more than 4 thousand million cells");
    if ((error = ddg_grow(&m->key, &m->key_room, all, sizeof *m->key, j->context)))
        return error;
    for (uint32_t cell = 0; cell < cells; cell++) {
        for (uint32_t i = 0; i < joint->measures; i++)
            m->key[ddg_joint_cell(joint, i, cell)] = joint->single->key[cell] + i * stride;
        for (uint32_t i = 0; i < joint->middles; i++)
            m->key[middle_of(joint, i, cell)] =
                joint->single->key[cell] + (joint->measures + i) * stride;
    }
    m->printed = joint->measures * joint->single->printed;
    m->own = joint->measures * cells;
    while (!error && m->slots / 2 <= all)
        error = ddg_model_grow_slots(m, j->context);
    m->cells = (uint32_t)all;
    return error ? error : ddg_model_grow_slots(m, j->context);
}

/* The cell of a category of the dimension of measures. */
static uint32_t cell_of(const struct ddg_joint *joint, uint32_t category, uint32_t cell)
{
    return category < joint->measures ? ddg_joint_cell(joint, category, cell)
                                      : middle_of(joint, category - joint->measures, cell);
}

static void begin_line(struct ddg_model *m, size_t dimension, uint32_t measure)
{
    m->line_dimension[m->lines] = (uint8_t)dimension;
    m->line_measure[m->lines++] = measure;
}

static void add_lines(struct joining *j, size_t *end)
{
    const struct ddg_joint *joint = j->joint;
    const struct ddg_model *single = joint->single;
    struct ddg_model *m = &j->joint->model;

    for (uint32_t i = 0; i < joint->measures; i++)
        for (uint32_t line = 0; line < single->lines; line++) {
            begin_line(m, single->line_dimension[line], joint->measure[i]);
            for (size_t at = single->line_start[line]; at < single->line_start[line + 1]; at++)
                m->line_cell[(*end)++] = ddg_joint_cell(joint, i, single->line_cell[at]);
            m->line_start[m->lines] = *end;
        }
    for (uint32_t i = 0; i < j->sums; i++)
        for (uint32_t cell = 0; cell < single->cells; cell++) {
            begin_line(m, single->dimensions, DDG_NO_CELL);
            m->line_cell[(*end)++] = cell_of(joint, j->sum[i].total, cell);
            for (uint32_t part = 0; part < j->sum[i].parts; part++)
                m->line_cell[(*end)++] = cell_of(joint, j->sum[i].part[part], cell);
            m->line_start[m->lines] = *end;
        }
}

static enum ddg_error make_lines(struct joining *j)
{
    const struct ddg_joint *joint = j->joint;
    struct ddg_model *m = &j->joint->model;
    uint64_t lines =
        (uint64_t)joint->single->lines * joint->measures + (uint64_t)joint->single->cells * j->sums;
    size_t entries = joint->measures * joint->single->line_start[joint->single->lines], end = 0;
    enum ddg_error error;

    if (lines >= UINT32_MAX - 1)
        return ddg_fail(j->context, DDG_LIMIT, "more than 4 thousand million lines");
    for (uint32_t i = 0; i < j->sums; i++)
        entries += (size_t)joint->single->cells * (j->sum[i].parts + 1);
    if ((error = ddg_allocate(&m->line_start, lines + 1, sizeof *m->line_start, j->context)) ||
        (error = ddg_allocate(&m->line_dimension, lines, 1, j->context)) ||
        (error = ddg_allocate(&m->line_measure, lines, sizeof *m->line_measure, j->context)) ||
        (error = ddg_allocate(&m->line_cell, entries, sizeof *m->line_cell, j->context)))
        return error;
    add_lines(j, &end);
    return ddg_model_turn_lines(m, entries, j->context);
}

/* Whole ---------------------------------------------------------------------------------------- */

enum ddg_error ddg_joint_build(struct ddg_joint *joint, const struct ddg_model *single,
                               const struct ddg_equation *equation, size_t equations,
                               struct ddg_context *context)
{
    struct joining j = {.joint = joint, .context = context};
    enum ddg_error error;

    *joint = (struct ddg_joint){.single = single};
    joint->model = (struct ddg_model){
        .table = single->table, .place = single->place, .hash = ddg_hash_key_new()};
    if (!(error = ddg_allocate(&joint->measure, single->table->measures, sizeof *joint->measure,
                               context)) &&
        !(error = ddg_allocate(&j.sum, 2 * equations, sizeof *j.sum, context)) &&
        !(error = find_sums(&j, equation, equations)) && !(error = make_dimensions(&j)) &&
        !(error = make_cells(&j)))
        error = make_lines(&j);
    free(j.sum);
    ddg_arena_free(&j.arena);
    return error;
}

void ddg_joint_free(struct ddg_joint *joint)
{
    struct ddg_model *m = &joint->model;

    /* the others are borrowed */
    if (m->dimensions > 0)
        ddg_dimension_free(&m->dimension[m->dimensions - 1]);
    m->dimensions = 0;
    m->place = NULL;
    ddg_model_free(m);
    free(joint->measure);
    *joint = (struct ddg_joint){0};
}
