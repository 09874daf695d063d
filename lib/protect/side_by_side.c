#include "protect/side_by_side.h"

#include <stdlib.h>

struct uniting {
    struct ddg_model *model;
    const struct ddg_truth *truth; /* of each measure */
    uint32_t *same;
    struct ddg_context *context;
};

/* Uniting -------------------------------------------------------------------------------------- */

static bool is_of_kinds(const struct ddg_description *description, const struct ddg_dimension *d)
{
    const struct ddg_list *list = &description->partitions;

    for (size_t i = 0; i < list->count; i += 2)
        if (ddg_text_equal(list->item[i], d->level[0].name))
            return true;
    return false;
}

/* Whether two cells can be the same number: printed ones have the same count, or none; others can
 * be any that is not known. */
static bool can_be_same(const struct uniting *u, uint32_t a, uint32_t b, bool printed)
{
    for (size_t i = 0; i < u->model->table->measures; i++) {
        const struct ddg_truth *t = &u->truth[i];

        if (t->low[a] > t->high[b] || t->low[b] > t->high[a] ||
            (printed && (t->low[a] != t->low[b] || t->high[a] != t->high[b])))
            return false;
    }
    return true;
}

static enum ddg_error fail_pair(const struct uniting *u, uint32_t cell, uint32_t other)
{
    const struct ddg_table *t = u->model->table;
    char where[256];

    ddg_model_describe(u->model, cell, where, sizeof where);
    return ddg_fail_at(u->context, DDG_INPUT, ddg_table_file(t, cell), t->line[cell], NULL,
                       "a total of --partitions is another than that of line %llu: %s",
                       (unsigned long long)t->line[other], where);
}

static uint32_t first_of(const struct uniting *u, uint32_t cell)
{
    while (u->same[cell] != cell)
        cell = u->same[cell] = u->same[u->same[cell]];
    return cell;
}

/* True for the one of two that is to stand for the other: printed, or of the longer way up, so that
 * whatever its lines add up comes before it. */
static bool comes_first(const struct ddg_model *m, uint32_t a, uint32_t b)
{
    uint32_t of_a = ddg_model_height(m, a), of_b = ddg_model_height(m, b);

    if (a < m->printed || b < m->printed || of_a == of_b)
        return a < b;
    return of_a > of_b;
}

static enum ddg_error unite_pair(const struct uniting *u, uint32_t a, uint32_t b)
{
    bool printed = a < u->model->printed && b < u->model->printed;

    if (!can_be_same(u, a, b, printed))
        return printed ? fail_pair(u, a > b ? a : b, a < b ? a : b) : DDG_OK;
    a = first_of(u, a);
    b = first_of(u, b);
    if (comes_first(u->model, a, b))
        u->same[b] = a;
    else
        u->same[a] = b;
    return DDG_OK;
}

/* Goes through the cells of one kind; those of each other have the same labels elsewhere. */
static enum ddg_error unite_dimension(const struct uniting *u, size_t dimension)
{
    const struct ddg_model *m = u->model;
    const struct ddg_dimension *d = &m->dimension[dimension];
    enum ddg_error error = DDG_OK;

    for (uint32_t cell = 0; !error && cell < m->cells; cell++) {
        uint32_t own = ddg_model_category(m, cell, dimension);

        for (uint32_t other = 0; !error && other < own && d->parent[own] == DDG_NO_NAME; other++) {
            uint32_t twin = d->parent[other] == DDG_NO_NAME
                                ? ddg_model_neighbour(m, cell, dimension, other)
                                : DDG_NO_CELL;

            if (twin != DDG_NO_CELL)
                error = unite_pair(u, cell, twin);
        }
    }
    return error;
}

/* Where one row of a number is to be masked if it is small, all are. */
static void share_chosen(const struct uniting *u, bool *chosen)
{
    for (uint32_t cell = 0; chosen && cell < u->model->printed; cell++)
        if (chosen[cell] && u->same[cell] < u->model->printed)
            chosen[u->same[cell]] = true;
    for (uint32_t cell = 0; chosen && cell < u->model->printed; cell++)
        chosen[cell] = chosen[cell] || (u->same[cell] < u->model->printed && chosen[u->same[cell]]);
}

static enum ddg_error unite(struct uniting *u, const struct ddg_description *description)
{
    struct ddg_model *m = u->model;
    enum ddg_error error = ddg_allocate(&m->same, m->cells, sizeof *m->same, u->context);

    u->same = m->same;
    for (uint32_t cell = 0; !error && cell < m->cells; cell++)
        u->same[cell] = cell;
    for (size_t d = 0; !error && d < m->dimensions; d++)
        if (is_of_kinds(description, &m->dimension[d]))
            error = unite_dimension(u, d);
    for (uint32_t cell = 0; !error && cell < m->cells; cell++)
        u->same[cell] = first_of(u, cell);
    return error ? error : ddg_model_unite(m, u->same, u->context);
}

enum ddg_error ddg_side_by_side_unite(struct ddg_model *model, const struct ddg_truth *truth,
                                      const struct ddg_description *description,
                                      struct ddg_context *context)
{
    struct uniting u = {.model = model, .truth = truth, .context = context};

    return unite(&u, description);
}

static enum ddg_error unite_all(struct uniting *u, const struct ddg_description *description,
                                bool *chosen)
{
    size_t measures = u->model->table->measures;
    struct ddg_truth *truth;
    enum ddg_error error = ddg_allocate(&truth, measures, sizeof *truth, u->context);

    for (size_t i = 0; !error && i < measures; i++)
        error = ddg_truth_read(&truth[i], u->model, i, description, u->context);
    u->truth = truth;
    if (!error && !(error = unite(u, description)))
        share_chosen(u, chosen);
    for (size_t i = 0; truth && i < measures; i++)
        ddg_truth_free(&truth[i]);
    free(truth);
    return error;
}

enum ddg_error ddg_side_by_side_build(struct ddg_model *model, const struct ddg_table *table,
                                      const struct ddg_description *description, bool *chosen,
                                      struct ddg_context *context)
{
    struct uniting u = {.model = model, .context = context};
    enum ddg_error error = ddg_model_build(model, table, description, context);

    return error || description->partitions.count == 0 ? error : unite_all(&u, description, chosen);
}

/* Sharing -------------------------------------------------------------------------------------- */

void ddg_side_by_side_share(const struct ddg_model *m, const struct ddg_truth *truth,
                            const struct ddg_prices *prices)
{
    for (uint32_t cell = 0; m->same && cell < m->cells; cell++) {
        uint32_t first = m->same[cell];

        truth->low[cell] = truth->low[first];
        truth->high[cell] = truth->high[first];
        if (prices->never)
            prices->never[first] = prices->never[first] || prices->never[cell];
        if (prices->always)
            prices->always[first] = prices->always[first] || prices->always[cell];
    }
}

void ddg_side_by_side_settle(struct ddg_mask *mask)
{
    const uint32_t *same = mask->model->same;

    for (uint32_t cell = 0; same && cell < mask->ours; cell++) {
        uint32_t first = same[cell];

        if (first == cell || mask->kind[cell] == mask->kind[first])
            continue;
        mask->kind[cell] = mask->kind[first];
        mask->complementary++;
        mask->lost += mask->cost[cell];
        if (mask->rule) {
            mask->rule[cell] = mask->rule[first];
            mask->reason[cell] = mask->reason[first];
        }
    }
}
