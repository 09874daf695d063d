#include "rules/scored.h"

#include "base/prose.h"
#include "rules/condition.h"
#include "rules/seen.h"

#include <stdlib.h>

enum ddg_error ddg_scored_masks(const struct ddg_table *table, bool **masked,
                                struct ddg_context *context)
{
    size_t column = ddg_find_verdict_column(table->name, table->columns, "mask");
    enum ddg_error error;

    *masked = NULL;
    if (column == table->columns)
        return ddg_fail(context, DDG_USAGE,
                        "%s: --when-masked wants the column 'mask' that ddg-threshold adds: run "
                        "ddg-threshold on the table first",
                        table->file);
    if (column + 1 +
            ddg_find_verdict_column(table->name + column + 1, table->columns - column - 1, "mask") <
        table->columns)
        return ddg_fail(
            context, DDG_USAGE,
            "%s: two columns are called 'mask', and which of them ddg-threshold added is "
            "not known",
            table->file);
    error = ddg_allocate(masked, table->rows, sizeof **masked, context);
    for (size_t row = 0; !error && row < table->rows; row++) {
        struct ddg_text field = ddg_table_field(table, row, column);

        (*masked)[row] = ddg_text_is(field, "1");
        if (!(*masked)[row] && !ddg_text_is(field, "0"))
            error = ddg_table_fail(table, row, column, context, "neither 0 nor 1");
    }
    return error;
}

enum ddg_error ddg_scored_read(struct ddg_scored *scored, const char *path,
                               const struct ddg_description *description,
                               struct ddg_context *context)
{
    struct ddg_description several = *description;
    enum ddg_error error;

    *scored = (struct ddg_scored){0};
    several.several = true;
    error = ddg_table_read(&scored->table, &several, &path, 1, context);
    return error ? error : ddg_scored_masks(&scored->table, &scored->masked, context);
}

void ddg_scored_free(struct ddg_scored *scored)
{
    ddg_table_free(&scored->table);
    free(scored->masked);
    *scored = (struct ddg_scored){0};
}

/* Looking up --------------------------------------------------------------------------------- */

/* What is said of a count. */
enum word { NOTHING, LEFT, MASKED };

struct lookup {
    const struct ddg_model *model;
    const struct ddg_description *description;
    uint64_t below, above;
    uint8_t *word; /* enum word of each count of each measure */
    struct ddg_names cells;
    uint32_t *first, *next; /* rows of each cell, from 1, chained: 0 at the end */
    struct ddg_prose label; /* being put together */
    struct ddg_context *context;
};

/* Puts the labels of a row together, with their aliases, in the order of the model's table;
 * `column` has the row's column for each. */
static enum ddg_error make_label(struct lookup *l, const struct ddg_table *t, size_t row,
                                 const size_t *column)
{
    l->label.used = 0;
    for (size_t d = 0; d < l->model->table->dims; d++) {
        struct ddg_text label =
            ddg_level_meaning(ddg_model_level(l->model, d), ddg_table_field(t, row, column[d]));

        ddg_prose_print(&l->label, "%zu:", label.length);
        ddg_prose_add(&l->label, label);
    }
    return l->context->error;
}

static enum ddg_error number_rows(struct lookup *l)
{
    const struct ddg_table *t = l->model->table;
    enum ddg_error error = ddg_allocate(&l->first, t->rows + 1, sizeof *l->first, l->context);

    if (!error)
        error = ddg_allocate(&l->next, t->rows, sizeof *l->next, l->context);
    for (size_t row = 0; !error && row < t->rows; row++) {
        uint32_t number;

        if ((error = make_label(l, t, row, t->dim)) ||
            (error = ddg_names_add(&l->cells, ddg_prose_text(&l->label), &number, l->context)))
            break;
        l->next[row] = l->first[number];
        l->first[number] = (uint32_t)row + 1;
    }
    return error;
}

/* The columns of a scored table that are the dimensions of the other; false where it lacks one. */
static bool find_columns(const struct ddg_table *scored, const struct ddg_table *t, size_t *column)
{
    for (size_t d = 0; d < t->dims; d++) {
        size_t dim = ddg_table_find_dim(scored, t->name[t->dim[d]]);

        if (dim == DDG_NO_COLUMN)
            return false;
        column[d] = scored->dim[dim];
    }
    return true;
}

/* True for a row of the totals in all dimensions that the other table does not have. */
static bool is_total(const struct lookup *l, const struct ddg_table *scored, size_t row)
{
    for (size_t d = 0; d < scored->dims; d++) {
        struct ddg_text name = scored->name[scored->dim[d]];

        if (ddg_table_find_dim(l->model->table, name) == DDG_NO_COLUMN &&
            !ddg_text_equal(ddg_table_field(scored, row, scored->dim[d]),
                            ddg_description_total(l->description, name)))
            return false;
    }
    return true;
}

/* What a row of a scored table says of the same count in the other. */
static enum word say(const struct lookup *l, const struct ddg_scored *scored, size_t row,
                     size_t measure, uint32_t cell)
{
    const struct ddg_table *t = l->model->table;
    struct ddg_text name = t->name[t->measure[measure].count];
    size_t own = ddg_table_find_measure(&scored->table, name);
    struct ddg_seen shown = ddg_see(t, l->description, cell, &t->measure[measure]), count;

    if (scored->masked[row])
        return MASKED;
    if (own == DDG_NO_MEASURE)
        return NOTHING;
    count = ddg_see(&scored->table, l->description, row, &scored->table.measure[own]);
    if (shown.sight != DDG_SEEN_NUMBER || count.sight != DDG_SEEN_NUMBER)
        return NOTHING;
    return shown.value > count.value ? (shown.value - count.value <= l->below ? LEFT : NOTHING)
                                     : (count.value - shown.value <= l->above ? LEFT : NOTHING);
}

static void take_row(struct lookup *l, const struct ddg_scored *scored, size_t row, uint32_t number)
{
    const struct ddg_table *t = l->model->table;

    for (uint32_t at = l->first[number]; at > 0; at = l->next[at - 1])
        for (size_t m = 0; m < t->measures; m++) {
            enum word word = say(l, scored, row, m, at - 1);
            uint8_t *known = &l->word[m * t->rows + at - 1];

            if (word > *known)
                *known = (uint8_t)word;
        }
}

static enum ddg_error take_table(struct lookup *l, const struct ddg_scored *scored)
{
    size_t *column;
    enum ddg_error error = ddg_allocate(&column, l->model->table->dims, sizeof *column, l->context);

    if (!error && find_columns(&scored->table, l->model->table, column))
        for (size_t row = 0; !error && row < scored->table.rows; row++) {
            uint32_t number;

            if (!is_total(l, &scored->table, row) ||
                (error = make_label(l, &scored->table, row, column)))
                continue;
            number = ddg_names_find(&l->cells, ddg_prose_text(&l->label));
            if (number != DDG_NO_NAME)
                take_row(l, scored, row, number);
        }
    free(column);
    return error;
}

enum ddg_error ddg_scored_find(const struct ddg_scored *scored, size_t count,
                               const struct ddg_model *model,
                               const struct ddg_description *description, uint64_t below,
                               uint64_t above, bool *left, struct ddg_context *context)
{
    size_t counts = model->table->rows * model->table->measures;
    struct lookup l = {.model = model,
                       .description = description,
                       .below = below,
                       .above = above,
                       .label = {.context = context},
                       .context = context};
    enum ddg_error error = ddg_allocate(&l.word, counts, 1, context);

    ddg_names_init(&l.cells);
    if (!error)
        error = number_rows(&l);
    for (size_t i = 0; !error && i < count; i++)
        error = take_table(&l, &scored[i]);
    for (size_t i = 0; !error && i < counts; i++)
        left[i] = l.word[i] == LEFT;
    ddg_names_free(&l.cells);
    ddg_prose_free(&l.label);
    free(l.first);
    free(l.next);
    free(l.word);
    return error;
}
