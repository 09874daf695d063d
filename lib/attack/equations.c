#include "attack/equations.h"

#include <stdlib.h>

struct walking {
    const struct ddg_publication *publication;
    ddg_sum_handler *handle;
    void *data;
    struct ddg_context *context;
    const struct ddg_equation *equation;
    uint32_t number; /* of the equation */
    uint32_t release;
    struct ddg_sum sum;
    uint32_t *which;          /* of each term: its measure, or its category */
    size_t measure, measures; /* of categories: the first that is meant, and the one behind them */
};

/* Measures ----------------------------------------------------------------------------------- */

static bool find_measures(struct walking *w)
{
    const struct ddg_table *table = w->publication->release[w->release].table;

    for (size_t i = 0; i < w->equation->terms; i++) {
        size_t measure = ddg_table_find_measure(table, w->equation->name[i]);

        if (measure == DDG_NO_MEASURE)
            return false;
        w->which[i] = (uint32_t)measure;
    }
    return true;
}

static enum ddg_error walk_cells(struct walking *w)
{
    const struct ddg_model *m = &w->publication->release[w->release].model;
    enum ddg_error error = DDG_OK;

    for (uint32_t cell = 0; !error && cell < m->printed + m->absent; cell++) {
        for (size_t i = 0; i < w->sum.terms; i++)
            w->sum.slot[i] = ddg_slot(w->publication, w->release, w->which[i], cell);
        error = w->handle(w->data, &w->sum, w->release, w->number, cell, w->context);
    }
    return error;
}

/* Categories --------------------------------------------------------------------------------- */

/* The category of a level that the label of an equation means, by its own label where that is the
 * only one. */
static uint32_t find_on_level(const struct ddg_dimension *d, size_t level, struct ddg_text label)
{
    uint32_t found = DDG_NO_NAME;

    if (ddg_text_equal(label, d->level[level].total) && level == 0)
        return d->total;
    for (uint32_t c = 0; c < d->category.count; c++) {
        bool deepest =
            level + 1 == d->levels ||
            ddg_text_equal(ddg_dimension_label(d, c, level + 1), d->level[level + 1].total);

        if (c == d->total || !deepest || !ddg_text_equal(ddg_dimension_label(d, c, level), label))
            continue;
        if (found != DDG_NO_NAME)
            return DDG_NO_NAME;
        found = c;
    }
    return found;
}

/* The same on the level that the equation names, or on another where it has none. */
static uint32_t find_category(const struct ddg_dimension *d, size_t level, struct ddg_text label)
{
    uint32_t found = find_on_level(d, level, label);

    for (size_t other = 0; found == DDG_NO_NAME && other < d->levels; other++)
        if (other != level)
            found = find_on_level(d, other, label);
    return found;
}

/* Finds the measure of an equation of categories; all are meant where it names none. */
static bool find_measure(struct walking *w)
{
    const struct ddg_table *table = w->publication->release[w->release].table;

    w->measure = 0;
    w->measures = table->measures;
    if (w->equation->measure.length > 0) {
        w->measure = ddg_table_find_measure(table, w->equation->measure);
        w->measures = w->measure + 1;
    }
    return w->measure < table->measures;
}

static bool find_categories(struct walking *w, size_t *dimension)
{
    const struct ddg_model *m = &w->publication->release[w->release].model;

    for (size_t d = 0; d < m->dimensions; d++)
        for (size_t level = 0; level < m->dimension[d].levels; level++) {
            bool all = true;

            if (!ddg_text_equal(m->dimension[d].level[level].name, w->equation->dimension))
                continue;
            for (size_t i = 0; i < w->equation->terms; i++) {
                w->which[i] = find_category(&m->dimension[d], level, w->equation->name[i]);
                all = all && w->which[i] != DDG_NO_NAME;
            }
            *dimension = d;
            return all;
        }
    return false;
}

static enum ddg_error walk_combinations(struct walking *w, size_t dimension)
{
    const struct ddg_release *release = &w->publication->release[w->release];
    const struct ddg_model *m = &release->model;
    enum ddg_error error = DDG_OK;

    for (uint32_t cell = 0; !error && cell < m->cells; cell++) {
        bool all = ddg_model_category(m, cell, dimension) == w->which[0];

        for (size_t i = 0; all && i < w->sum.terms; i++) {
            w->sum.slot[i] = ddg_model_neighbour(m, cell, dimension, w->which[i]);
            all = w->sum.slot[i] != DDG_NO_CELL;
        }
        for (size_t measure = w->measure; all && !error && measure < w->measures; measure++) {
            for (size_t i = 0; i < w->sum.terms; i++)
                w->sum.slot[i] = ddg_slot(w->publication, w->release, measure,
                                          ddg_model_neighbour(m, cell, dimension, w->which[i]));
            error = w->handle(w->data, &w->sum, w->release, w->number, cell, w->context);
        }
    }
    return error;
}

/* Whole -------------------------------------------------------------------------------------- */

/* The first term that is no count column of any table; NULL where all are somewhere. */
static const struct ddg_text *find_stranger(const struct walking *w)
{
    for (size_t i = 0; w->equation->dimension.length == 0 && i < w->equation->terms; i++) {
        bool found = false;

        for (size_t r = 0; !found && r < w->publication->releases; r++) {
            const struct ddg_table *table = w->publication->release[r].table;

            found = ddg_table_find_measure(table, w->equation->name[i]) < table->measures;
        }
        if (!found)
            return &w->equation->name[i];
    }
    return NULL;
}

static enum ddg_error fail_equation(const struct walking *w)
{
    const char *file = w->publication->release[0].table->file;
    const struct ddg_text *stranger = find_stranger(w), *text = &w->equation->text;

    if (stranger)
        return ddg_fail(w->context, DDG_USAGE,
                        "%s: --equation '%.*s': no count column is called '%.*s'; --count names "
                        "count columns",
                        file, (int)text->length, text->at, (int)stranger->length, stranger->at);
    return ddg_fail(w->context, DDG_USAGE, "%s: not all that --equation '%.*s' names is there",
                    file, (int)text->length, text->at);
}

static enum ddg_error walk_equation(struct walking *w)
{
    bool found = false;
    enum ddg_error error = DDG_OK;
    size_t dimension = 0;

    w->sum.terms = w->equation->terms;
    w->sum.factor = w->equation->factor;
    if ((error = ddg_allocate(&w->sum.slot, w->sum.terms, sizeof *w->sum.slot, w->context)) ||
        (error = ddg_allocate(&w->which, w->sum.terms, sizeof *w->which, w->context)))
        return error;
    for (w->release = 0; !error && w->release < w->publication->releases; w->release++) {
        bool measures = w->equation->dimension.length == 0;

        if (measures ? !find_measures(w) : !find_measure(w) || !find_categories(w, &dimension))
            continue;
        found = true;
        error = measures ? walk_cells(w) : walk_combinations(w, dimension);
    }
    if (!error && !found)
        error = fail_equation(w);
    return error;
}

enum ddg_error ddg_equations_each(const struct ddg_publication *p, ddg_sum_handler *handle,
                                  void *data, struct ddg_context *context)
{
    enum ddg_error error = DDG_OK;

    for (size_t i = 0; !error && i < p->knowledge->equations; i++) {
        struct walking walking = {
            .publication = p,
            .handle = handle,
            .data = data,
            .context = context,
            .equation = &p->knowledge->equation[i],
            .number = (uint32_t)i,
        };

        error = walk_equation(&walking);
        free(walking.sum.slot);
        free(walking.which);
    }
    return error;
}
