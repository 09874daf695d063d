#include "table/likely.h"

#include <stdlib.h>

enum {
    LABELS_LEAST = 4, /* of fewer nothing follows */
    FEW = 4,          /* one in so many */
    ROWS_LEAST = 3,
};

/* Digits, perhaps with a point and grouped, and at least four of them: 1,204 and 0.55 but not 12,
 * which could be an age or a month. */
static bool is_long_number(struct ddg_text text)
{
    enum { DIGITS_LEAST = 4 };
    size_t digits = 0;

    for (size_t i = 0; i < text.length; i++) {
        bool digit = text.at[i] >= '0' && text.at[i] <= '9';

        digits += digit;
        if (!digit && !strchr("., ", text.at[i]))
            return false;
    }
    return digits >= DIGITS_LEAST;
}

/* True for a dimension that one column holds, and no file. */
static bool is_plain(const struct ddg_model *m, size_t dim)
{
    const struct ddg_dimension *d = &m->dimension[m->place[2 * dim]];

    return !d->joined && d->levels == 1;
}

/* True for a column most of whose labels, nearly as many as there are rows, are long numbers. */
static bool is_number(const struct ddg_model *m, size_t dim)
{
    const struct ddg_table *t = m->table;
    const struct ddg_dimension *d = &m->dimension[m->place[2 * dim]];
    size_t numbers = 0;

    if (!is_plain(m, dim) || t->rows < ROWS_LEAST || d->of_files > 1 ||
        (d->category.count - 1) * FEW < t->rows * (FEW - 1))
        return false;
    for (size_t row = 0; row < t->rows; row++)
        numbers += is_long_number(ddg_table_field(t, row, t->dim[dim]));
    return numbers * FEW >= t->rows * (FEW - 1);
}

size_t ddg_likely_number(const struct ddg_model *m)
{
    for (size_t dim = 0; m->table->dims > 1 && dim < m->table->dims; dim++)
        if (is_number(m, dim))
            return dim;
    return DDG_NO_COLUMN;
}

/* The categories of the lower column: with which of the upper each stands. */
struct beside {
    uint32_t *first;          /* DDG_NO_NAME: it has not been met */
    bool *several;            /* another one was met, too */
    bool *upper;              /* of each category of the upper column: it was met */
    uint32_t lowers, uppers;  /* that were met */
    uint32_t several_of_them; /* of the lower ones */
};

static void meet(struct beside *b, const struct ddg_dimension *upper,
                 const struct ddg_dimension *lower, size_t rows)
{
    for (uint32_t i = 0; i < lower->category.count; i++)
        b->first[i] = DDG_NO_NAME;
    for (size_t row = 0; row < rows; row++) {
        uint32_t above = upper->of_row[row], below = lower->of_row[row];

        if (above == upper->total || below == lower->total)
            continue;
        b->uppers += !b->upper[above];
        b->upper[above] = true;
        if (b->first[below] == DDG_NO_NAME) {
            b->first[below] = above;
            b->lowers++;
        } else if (b->first[below] != above && !b->several[below]) {
            b->several[below] = true;
            b->several_of_them++;
        }
    }
}

static enum ddg_error are_levels(const struct ddg_model *m, size_t upper, size_t lower, bool *are,
                                 struct ddg_context *context)
{
    const struct ddg_dimension *above = &m->dimension[m->place[2 * upper]],
                               *below = &m->dimension[m->place[2 * lower]];
    struct beside b = {0};
    enum ddg_error error = ddg_allocate(&b.first, below->category.count, sizeof *b.first, context);

    if (!error)
        error = ddg_allocate(&b.several, below->category.count, sizeof *b.several, context);
    if (!error)
        error = ddg_allocate(&b.upper, above->category.count, sizeof *b.upper, context);
    if (!error)
        meet(&b, above, below, m->table->rows);
    *are = !error && b.uppers > 1 && b.lowers >= LABELS_LEAST && b.lowers > b.uppers &&
           b.several_of_them * FEW <= b.lowers;
    free(b.first);
    free(b.several);
    free(b.upper);
    return error;
}

enum ddg_error ddg_likely_levels_find(struct ddg_likely_levels *levels, bool *any,
                                      const struct ddg_model *m,
                                      const struct ddg_description *description,
                                      struct ddg_context *context)
{
    const struct ddg_table *t = m->table;
    enum ddg_error error = DDG_OK;

    *any = false;
    for (size_t upper = 0; upper < t->dims; upper++)
        for (size_t lower = 0; !error && !*any && lower < t->dims; lower++) {
            if (upper == lower || !is_plain(m, upper) || !is_plain(m, lower) ||
                ddg_list_has(&description->by, t->name[t->dim[upper]]) ||
                ddg_list_has(&description->by, t->name[t->dim[lower]]) || is_number(m, upper) ||
                is_number(m, lower))
                continue;
            error = are_levels(m, upper, lower, any, context);
            if (*any)
                *levels = (struct ddg_likely_levels){upper, lower};
        }
    return error;
}
