#include "protect/equated.h"

#include "base/prose.h"

#include "base/number.h"

#include <stdlib.h>

static uint32_t place_of(const struct ddg_equated *e, uint32_t i, uint32_t cell)
{
    return e->known ? e->known->place[(size_t)i * e->joint.single->cells + cell]
                    : ddg_joint_cell(&e->joint, i, cell);
}

/* Truth ---------------------------------------------------------------------------------------- */

struct range {
    uint64_t low, high;
};

static struct range add_parts(const struct ddg_equated *e, uint32_t line)
{
    const struct ddg_model *m = &e->joint.model;
    struct range sum = {0, 0};

    for (size_t i = m->line_start[line] + 1; i < m->line_start[line + 1]; i++) {
        if (!ddg_add_unsigned(&sum.low, e->truth.low[m->line_cell[i]]))
            sum.low = UINT64_MAX;
        if (!ddg_add_unsigned(&sum.high, e->truth.high[m->line_cell[i]]))
            sum.high = UINT64_MAX;
    }
    return sum;
}

/* Adds the name of the measure of a joint cell; nothing for one between measures. */
static void say_measure(const struct ddg_joint *j, uint32_t cell, struct ddg_prose *prose)
{
    const struct ddg_table *t = j->single->table;
    uint32_t number = cell / j->single->printed;

    if (number < j->sums.measures)
        ddg_prose_add(prose, t->name[t->measure[j->sums.measure[number]].count]);
    else
        ddg_prose_say(prose, "...");
}

/* Names the row, and the side of the equation that is a line. */
static enum ddg_error fail_row(const struct ddg_joint *j, uint32_t line, uint32_t row,
                               struct ddg_context *context)
{
    const struct ddg_model *m = &j->model;
    const struct ddg_table *t = j->single->table;
    struct ddg_prose sum = {.context = context};
    size_t start = m->line_start[line];
    enum ddg_error error;
    char where[256];

    ddg_model_describe(j->single, row, where, sizeof where);
    for (size_t i = start + 1; i < m->line_start[line + 1]; i++) {
        ddg_prose_say(&sum, i > start + 1 ? " + " : "");
        say_measure(j, m->line_cell[i], &sum);
    }
    ddg_prose_say(&sum, " = ");
    say_measure(j, m->line_cell[start], &sum);
    error = context->error;
    if (!error)
        error = ddg_fail_at(context, DDG_INPUT, ddg_table_file(t, row), t->line[row], NULL,
                            "the --equation '%s' does not hold here%s%s", ddg_prose_string(&sum),
                            where[0] ? ": " : "", where);
    ddg_prose_free(&sum);
    return error;
}

/* The middle of an equation is what its first side adds up to. */
static enum ddg_error check_sums(const struct ddg_equated *e, struct ddg_context *context)
{
    const struct ddg_joint *j = &e->joint;
    const struct ddg_model *m = &j->model;

    for (uint32_t line = 0; line < m->lines; line++) {
        uint32_t total = m->line_cell[m->line_start[line]], i, cell;
        struct range sum;

        if (m->line_measure[line] != DDG_NO_CELL)
            continue;
        sum = add_parts(e, line);
        if (total >= m->own && e->truth.low[total] > e->truth.high[total]) {
            e->truth.low[total] = sum.low;
            e->truth.high[total] = sum.high;
        }
        /* parts are measures */
        if (ddg_joint_place(j, m->line_cell[m->line_start[line] + 1], &i, &cell) &&
            cell < j->single->printed &&
            (sum.low > e->truth.high[total] || sum.high < e->truth.low[total]))
            return fail_row(j, line, cell, context);
    }
    return DDG_OK;
}

static enum ddg_error find_truth(struct ddg_equated *e, const struct ddg_truth *truth,
                                 struct ddg_context *context)
{
    const struct ddg_joint *j = &e->joint;
    uint32_t cells = j->model.cells;
    enum ddg_error error;

    if ((error = ddg_allocate(&e->truth.low, cells, sizeof *e->truth.low, context)) ||
        (error = ddg_allocate(&e->truth.high, cells, sizeof *e->truth.high, context)))
        return error;
    for (uint32_t i = 0; i < j->sums.measures; i++)
        for (uint32_t cell = 0; cell < j->single->cells; cell++) {
            e->truth.low[ddg_joint_cell(j, i, cell)] = truth[j->sums.measure[i]].low[cell];
            e->truth.high[ddg_joint_cell(j, i, cell)] = truth[j->sums.measure[i]].high[cell];
        }
    /* no range yet */
    for (uint32_t cell = j->model.own; cell < cells; cell++)
        e->truth.low[cell] = 1;
    return check_sums(e, context);
}

/* Beside what is published -----------------------------------------------------------------------
 */

static enum ddg_error know(struct ddg_equated *e, const struct ddg_truth *truth,
                           const struct ddg_equated_beside *beside, struct ddg_context *context)
{
    const struct ddg_measure_sums *sums = &e->joint.sums;
    enum ddg_error error;

    if (!beside->files)
        return DDG_OK;
    e->matter = (struct ddg_matter){e->joint.single, truth, sums->measure, sums->measures, sums};
    if ((error = ddg_allocate(&e->known, 1, sizeof *e->known, context)))
        return error;
    return ddg_known_find(e->known, beside->files, &e->matter, beside->description, context);
}

/* Prices --------------------------------------------------------------------------------------- */

/* The cells of which there are prices: middles, and what only files have, have none. */
static uint32_t priced_cells(const struct ddg_equated *e)
{
    return e->known ? e->known->model.own : e->joint.model.cells;
}

static enum ddg_error join_flags(const struct ddg_equated *e, bool **to, const bool *const *from,
                                 struct ddg_context *context)
{
    enum ddg_error error;

    if (!from[0])
        return DDG_OK;
    error = ddg_allocate(to, priced_cells(e), sizeof **to, context);
    for (uint32_t i = 0; !error && i < e->joint.sums.measures; i++)
        for (uint32_t cell = 0; cell < e->joint.single->cells; cell++)
            (*to)[place_of(e, i, cell)] = from[i][cell];
    return error;
}

static enum ddg_error join_costs(struct ddg_equated *e, const struct ddg_prices *prices,
                                 struct ddg_context *context)
{
    const struct ddg_joint *j = &e->joint;
    uint64_t sum = 0;
    enum ddg_error error;

    if (!prices[j->sums.measure[0]].cost)
        return DDG_OK;
    error = ddg_allocate(&e->prices.cost, priced_cells(e), sizeof *e->prices.cost, context);
    for (uint32_t i = 0; !error && i < j->sums.measures; i++)
        for (uint32_t cell = 0; !error && cell < j->single->cells; cell++) {
            uint64_t cost = prices[j->sums.measure[i]].cost[cell];

            e->prices.cost[place_of(e, i, cell)] = cost;
            if (!ddg_add_unsigned(&sum, cost) || sum > UINT64_MAX / 4)
                error = ddg_fail(context, DDG_LIMIT,
                                 "%s: the costs of all cells are too much to be added up",
                                 j->single->table->file);
        }
    return error;
}

/* All measures have a list, or none has. */
static enum ddg_error join_prices(struct ddg_equated *e, const struct ddg_prices *prices,
                                  struct ddg_context *context)
{
    const struct ddg_joint *j = &e->joint;
    const bool **never, **always = NULL;
    enum ddg_error error = ddg_allocate(&never, j->sums.measures, sizeof *never, context);

    if (!error)
        error = ddg_allocate(&always, j->sums.measures, sizeof *always, context);
    for (uint32_t i = 0; !error && i < j->sums.measures; i++) {
        never[i] = prices[j->sums.measure[i]].never;
        always[i] = prices[j->sums.measure[i]].always;
    }
    if (!error && !(error = join_flags(e, &e->prices.never, never, context)) &&
        !(error = join_flags(e, &e->prices.always, always, context)))
        error = join_costs(e, prices, context);
    free(never);
    free(always);
    return error;
}

static enum ddg_error join_chosen(struct ddg_equated *e, const bool *chosen,
                                  struct ddg_context *context)
{
    const struct ddg_joint *j = &e->joint;
    enum ddg_error error;

    if (!chosen)
        return DDG_OK;
    error = ddg_allocate(&e->chosen, j->model.printed, sizeof *e->chosen, context);
    for (uint32_t i = 0; !error && i < j->sums.measures; i++)
        for (uint32_t row = 0; row < j->single->printed; row++)
            e->chosen[ddg_joint_cell(j, i, row)] = chosen[row];
    return error;
}

/* Whole ---------------------------------------------------------------------------------------- */

enum ddg_error ddg_equated_build(struct ddg_equated *e, const struct ddg_model *model,
                                 const struct ddg_truth *truth, const struct ddg_prices *prices,
                                 const bool *chosen, const struct ddg_equation *equation,
                                 size_t equations, const struct ddg_equated_beside *beside,
                                 struct ddg_context *context)
{
    enum ddg_error error;

    *e = (struct ddg_equated){0};
    if ((error = ddg_joint_build(&e->joint, model, equation, equations, context)) ||
        (error = find_truth(e, truth, context)) || (error = know(e, truth, beside, context)) ||
        (error = join_prices(e, prices, context)))
        return error;
    return join_chosen(e, chosen, context);
}

void ddg_equated_free(struct ddg_equated *e)
{
    if (e->known)
        ddg_known_free(e->known);
    free(e->known);
    ddg_truth_free(&e->truth);
    ddg_prices_free(&e->prices);
    free(e->chosen);
    ddg_joint_free(&e->joint);
    *e = (struct ddg_equated){0};
}

/* Splitting ------------------------------------------------------------------------------------ */

static void take_cell(const struct ddg_mask *all, uint32_t from, struct ddg_mask *mask,
                      uint32_t cell)
{
    const struct ddg_known *known = all->policy.known;

    mask->kind[cell] = all->kind[from];
    if (mask->rule) {
        mask->rule[cell] = all->rule[from];
        mask->reason[cell] = all->reason[from];
    }
    if (cell >= mask->ours)
        return;
    mask->primary += mask->kind[cell] == DDG_PRIMARY;
    mask->given += known && mask->kind[cell] == DDG_PRIMARY &&
                   (known->standing[from] == DDG_SEEN || known->standing[from] == DDG_GIVEN);
    mask->complementary += mask->kind[cell] == DDG_COMPLEMENT;
    mask->lost += mask->kind[cell] == DDG_COMPLEMENT ? all->cost[from] : 0;
}

enum ddg_error ddg_equated_split(const struct ddg_equated *e, const struct ddg_mask *all,
                                 uint32_t i, const struct ddg_truth *truth,
                                 const struct ddg_prices *prices, const bool *chosen,
                                 struct ddg_mask *mask, struct ddg_context *context)
{
    const struct ddg_model *single = e->joint.single;
    enum ddg_error error;

    *mask = (struct ddg_mask){
        .model = single, .told = all->model, .truth = truth, .policy = all->policy};
    mask->policy.chosen = chosen;
    mask->policy.cost = prices->cost;
    mask->policy.never = prices->never;
    mask->policy.always = prices->always;
    mask->policy.known = NULL;
    mask->beside = e->known ? &e->known->told[i] : NULL;
    mask->threshold = all->threshold;
    mask->owned = mask->ours = all->ours > all->model->printed ? single->own : single->printed;
    if ((error = ddg_allocate(&mask->kind, single->cells, 1, context)))
        return error;
    if (all->rule &&
        ((error = ddg_allocate(&mask->rule, single->cells, 1, context)) ||
         (error = ddg_allocate(&mask->reason, single->cells, sizeof *mask->reason, context))))
        return error;
    for (uint32_t cell = 0; cell < single->cells; cell++)
        take_cell(all, place_of(e, i, cell), mask, cell);
    return DDG_OK;
}
