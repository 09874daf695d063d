#include "attack/shares.h"

#include "attack/bounds.h"
#include "attack/rates.h"

#include <stdlib.h>

struct sharing {
    struct ddg_publication *p;
    struct ddg_context *context;
    int64_t *low, *high; /* of each unknown: what the lines leave to it */
    const struct ddg_rate *rate;
    uint32_t release;
    size_t column, measure;
    uint64_t read, unread;
    bool changed;
};

bool ddg_shares_any(const struct ddg_knowledge *k)
{
    for (size_t i = 0; i < k->rates; i++)
        if (k->rate[i].of.count > 0)
            return true;
    return false;
}

/* Totals ------------------------------------------------------------------------------------- */

/* Finds the dimension of a column, and which of its levels it is. */
static bool find_level(const struct ddg_model *m, struct ddg_text name, size_t *dimension,
                       size_t *level)
{
    for (size_t d = 0; d < m->dimensions; d++)
        for (size_t i = 0; i < m->dimension[d].levels; i++)
            if (ddg_text_equal(m->dimension[d].level[i].name, name)) {
                *dimension = d;
                *level = i;
                return true;
            }
    return false;
}

/* The category of which this one is a part, and that has the label of totals on the level. */
static uint32_t total_on_level(const struct ddg_dimension *d, size_t level, uint32_t category)
{
    while (category != DDG_NO_NAME && category != d->total &&
           (level == 0 ||
            !ddg_text_equal(ddg_dimension_label(d, category, level), d->level[level].total)))
        category = d->parent[category];
    return category;
}

/* The cell that a rate of `cell` is a rate of, or DDG_NO_CELL. */
static uint32_t whole_of(const struct sharing *s, uint32_t cell)
{
    const struct ddg_model *m = &s->p->release[s->release].model;
    size_t d = 0, level = 0;

    for (size_t i = 0; cell != DDG_NO_CELL && i < s->rate->of.count; i++) {
        uint32_t category;

        find_level(m, s->rate->of.item[i], &d, &level);
        category = total_on_level(&m->dimension[d], level, ddg_model_category(m, cell, d));
        cell = category == DDG_NO_NAME ? DDG_NO_CELL : ddg_model_neighbour(m, cell, d, category);
    }
    return cell;
}

/* Ranges ------------------------------------------------------------------------------------- */

struct range {
    wide low, high;
};

static struct range range_of(const struct sharing *s, uint32_t slot)
{
    const struct ddg_publication *p = s->p;
    struct range range = {p->low[slot], p->high[slot]};
    uint32_t unknown = p->unknown[slot];

    if (unknown != DDG_NO_UNKNOWN) {
        range.low = s->low[unknown] > range.low ? s->low[unknown] : range.low;
        range.high = s->high[unknown] < range.high ? s->high[unknown] : range.high;
    }
    return range;
}

/* Takes what a rate leaves to a slot; false where nothing is left. */
static bool narrow(struct sharing *s, uint32_t slot, struct range left)
{
    struct ddg_publication *p = s->p;
    struct range range = range_of(s, slot);

    if (left.low > range.high || left.high < range.low)
        return false;
    if (left.low > p->low[slot] && left.low <= DDG_PROBLEM_LARGEST) {
        p->low[slot] = (int64_t)left.low;
        s->changed = true;
        p->source[slot] |= DDG_SOURCE_SHARE;
    }
    if (left.high < p->high[slot] && left.high <= DDG_PROBLEM_LARGEST) {
        p->high[slot] = (int64_t)left.high;
        s->changed = true;
        p->source[slot] |= DDG_SOURCE_SHARE;
    }
    if (p->low[slot] == p->high[slot] && p->giver[slot] == DDG_NO_SLOT)
        p->giver[slot] = slot;
    return true;
}

/* Narrows the count and the whole by each other: (2u - 1) * whole <= count * scale <= (2u + 1) *
 * whole.  Figures whose products are too large say nothing; so does what nothing bounds. */
static bool bind(struct sharing *s, uint32_t count, uint32_t whole, struct ddg_decimal rate)
{
    wide scale = ddg_rate_scale(rate, s->rate->per), least = 2 * rate.units - 1, most = least + 2;
    struct range range = range_of(s, whole), left = {0, DDG_UNBOUNDED};

    left.low = -ddg_floor_divide(-least * range.low, scale);
    if (range.high != DDG_UNBOUNDED)
        left.high = most * range.high / scale;
    if (!narrow(s, count, left))
        return false;
    range = range_of(s, count);
    left = (struct range){0, DDG_UNBOUNDED};
    if (__builtin_mul_overflow(range.low, scale, &left.low))
        return true;
    left.low = (left.low + most - 1) / most;
    if (least > 0 && range.high != DDG_UNBOUNDED) {
        if (__builtin_mul_overflow(range.high, scale, &left.high))
            return true;
        left.high /= least;
    }
    return narrow(s, whole, left);
}

/* Rates -------------------------------------------------------------------------------------- */

static bool is_known(const struct sharing *s, uint32_t slot)
{
    struct range range = range_of(s, slot);

    return range.low == range.high;
}

static enum ddg_error apply_to_row(struct sharing *s, uint32_t row)
{
    struct ddg_publication *p = s->p;
    const struct ddg_table *table = p->release[s->release].table;
    struct ddg_text text = ddg_table_field(table, row, s->column);
    uint32_t cell = whole_of(s, row), count, whole;
    struct ddg_decimal rate;

    if (ddg_text_trim(text).length == 0)
        return DDG_OK;
    if (cell == DDG_NO_CELL || !ddg_rate_read(text, &rate)) {
        s->unread++;
        return DDG_OK;
    }
    s->read++;
    if (cell == row)
        return DDG_OK;
    count = ddg_slot_first(p, ddg_slot(p, s->release, s->measure, row));
    whole = ddg_slot_first(p, ddg_slot(p, s->release, s->measure, cell));
    if (!bind(s, count, whole, rate))
        return ddg_publication_conflict(
            p, s->context, "%s:%llu: column '%.*s': no count fits the rate",
            ddg_table_file(table, row), (unsigned long long)table->line[row],
            (int)s->rate->column.length, s->rate->column.at);
    p->vague += !is_known(s, count) && !is_known(s, whole);
    return DDG_OK;
}

static bool find_columns(struct sharing *s)
{
    const struct ddg_release *r = &s->p->release[s->release];
    bool found = true;
    size_t d, level;

    s->column = ddg_table_find(r->table, s->rate->column);
    s->measure = ddg_rate_measure(r->table, s->rate);
    for (size_t i = 0; i < s->rate->of.count; i++)
        found = found && find_level(&r->model, s->rate->of.item[i], &d, &level);
    return found && s->column != DDG_NO_COLUMN && s->measure != DDG_NO_MEASURE;
}

static enum ddg_error apply_rate(struct sharing *s)
{
    const struct ddg_publication *p = s->p;
    const struct ddg_rate *rate = s->rate;
    enum ddg_error error = DDG_OK;
    bool found = false;

    s->read = s->unread = 0;
    for (s->release = 0; !error && s->release < p->releases; s->release++) {
        if (!find_columns(s))
            continue;
        found = true;
        for (uint32_t row = 0; !error && row < p->release[s->release].model.printed; row++)
            error = apply_to_row(s, row);
    }
    if (!error && !found)
        return ddg_fail(s->context, DDG_USAGE,
                        "%s: the columns of --rate are not there: '%.*s', '%.*s'",
                        p->release[0].table->file, (int)rate->column.length, rate->column.at,
                        (int)rate->population.length, rate->population.at);
    if (!error && s->unread > 0 && s->read == 0)
        return ddg_fail(s->context, DDG_INPUT,
                        "%s: no rate in column '%.*s' can be read with its total '%.*s'",
                        p->release[0].table->file, (int)rate->column.length, rate->column.at,
                        (int)rate->population.length, rate->population.at);
    return error;
}

static enum ddg_error find_ranges(struct sharing *s)
{
    const struct ddg_problem *problem = &s->p->problem;
    uint32_t impossible;
    enum ddg_error error;

    if ((error = ddg_allocate(&s->low, problem->unknowns, sizeof *s->low, s->context)) ||
        (error = ddg_allocate(&s->high, problem->unknowns, sizeof *s->high, s->context)))
        return error;
    for (uint32_t i = 0; i < problem->unknowns; i++) {
        s->low[i] = problem->low[i];
        s->high[i] = problem->high[i];
    }
    error = ddg_bounds_narrow(problem, s->low, s->high, DDG_NO_UNKNOWN, &impossible, s->context);
    /* lines that disagree are named by whoever decides */
    for (uint32_t i = 0; !error && impossible != DDG_NO_ROW && i < problem->unknowns; i++) {
        s->low[i] = problem->low[i];
        s->high[i] = problem->high[i];
    }
    return error;
}

enum ddg_error ddg_shares_apply(struct ddg_publication *p, bool *changed,
                                struct ddg_context *context)
{
    struct sharing sharing = {.p = p, .context = context};
    enum ddg_error error = find_ranges(&sharing);

    p->vague = 0;
    for (size_t i = 0; !error && i < p->knowledge->rates; i++) {
        sharing.rate = &p->knowledge->rate[i];
        if (sharing.rate->of.count == 0)
            continue;
        error = apply_rate(&sharing);
        p->unread += sharing.unread;
    }
    *changed = sharing.changed;
    free(sharing.low);
    free(sharing.high);
    return error;
}
