#include "round/whole_table.h"

#include "base/number.h"
#include "round/adjusted.h"
#include "round/small.h"
#include "round/order.h"
#include "round/verdicts.h"

#include <stdlib.h>

struct writing {
    const struct ddg_model *model;
    const struct ddg_description *description;
    struct ddg_output *output;
    struct ddg_context *context;
    struct ddg_verdicts verdicts;
    struct ddg_shown *shown; /* of each measure */
    uint64_t **value;        /* of each measure, what each row gets */
    struct ddg_order order;
    bool adjusted, small;
    uint64_t base, within;
    struct ddg_strays *strays;
    uint64_t *disorder; /* rows */
    bool *tied;         /* of each column: it was computed from the counts, as far as can be seen */
};

/* Makes the values of one measure. */
static enum ddg_error make_one(struct writing *w, size_t measure, const struct ddg_truth *bound)
{
    const struct ddg_shown *shown = &w->shown[measure];
    struct ddg_strays strays;
    enum ddg_error error;

    if (w->adjusted)
        return ddg_round_adjusted(shown, w->description->threshold, w->within, bound,
                                  w->value[measure], w->context);
    if (w->small)
        return ddg_round_small(shown, w->base, bound, w->value[measure], w->context);
    error = ddg_round_controlled(shown, w->base, w->within, bound, w->value[measure], &strays,
                                 w->context);
    w->strays->counts += strays.counts;
    if (strays.farthest > w->strays->farthest)
        w->strays->farthest = strays.farthest;
    return error;
}

/* ... and gives them to all rows of the same number. */
static enum ddg_error make(struct writing *w, size_t measure, const struct ddg_truth *bound)
{
    const uint32_t *same = w->model->same;
    enum ddg_error error = make_one(w, measure, bound);

    for (uint32_t row = 0; !error && same && row < w->model->printed; row++)
        if (same[row] < w->model->printed)
            w->value[measure][row] = w->value[measure][same[row]];
    return error;
}

/* Makes those of all, in order or each by itself. */
static enum ddg_error make_all(struct writing *w, bool in_order)
{
    enum ddg_error error = DDG_OK;

    if (w->strays)
        *w->strays = (struct ddg_strays){0};
    for (size_t i = 0; !error && i < w->model->table->measures; i++) {
        size_t measure = w->order.turn[i];

        if (in_order)
            ddg_order_bound(&w->order, w->shown, measure, w->value, w->adjusted);
        error = make(w, measure, in_order ? &w->order.bound : NULL);
    }
    return error;
}

static uint64_t count_disorder(const struct writing *w)
{
    uint64_t rows = 0;

    for (uint32_t row = 0; row < w->model->printed; row++)
        rows += !ddg_order_is_kept(&w->order, w->shown, w->value, row, w->adjusted);
    return rows;
}

/* Apart there may be numbers.  Adjusted ones are no counts, and tell nothing by being out of order;
 * of others it is said what was in the way. */
static enum ddg_error give_up_order(struct writing *w)
{
    const struct ddg_table *t = w->model->table;
    const struct ddg_tie *tie = &w->order.ties.tie[0];
    struct ddg_text whole = t->name[t->measure[tie->whole].count],
                    part = t->name[t->measure[ddg_tie_end(tie) - 1].count];
    char remedy[64] = "";
    enum ddg_error error = make_all(w, false);

    if (!error && w->adjusted)
        *w->disorder = count_disorder(w);
    if (error || w->adjusted)
        return error;
    if (!w->small)
        snprintf(remedy, sizeof remedy, ": --within %llu may do",
                 (unsigned long long)w->within + 1);
    return ddg_fail(w->context, DDG_UNSAFE,
                    "%s: no numbers were found that add up and leave '%.*s' nowhere more than "
                    "'%.*s', as it is%s",
                    t->file, (int)part.length, part.at, (int)whole.length, whole.at, remedy);
}

/* What is never more than another is so afterwards, too: the larger one is made first or, where
 * that leaves the smaller one no numbers, the smaller one. */
static enum ddg_error make_in_order(struct writing *w)
{
    const struct ddg_context before = *w->context;
    enum ddg_error error = make_all(w, true);

    if (error != DDG_UNSAFE || w->order.ties.count == 0)
        return error;
    *w->context = before;
    ddg_order_turn_round(&w->order);
    error = make_all(w, true);
    if (error != DDG_UNSAFE)
        return error;
    *w->context = before;
    return give_up_order(w);
}

static enum ddg_error make_values(struct writing *w)
{
    size_t measures = w->model->table->measures;
    enum ddg_error error;

    if ((error = ddg_allocate(&w->shown, measures, sizeof *w->shown, w->context)) ||
        (error = ddg_allocate(&w->value, measures, sizeof *w->value, w->context)))
        return error;
    for (size_t i = 0; !error && i < measures; i++) {
        error = ddg_allocate(&w->value[i], w->model->printed, sizeof **w->value, w->context);
        if (!error)
            error = ddg_shown_read(&w->shown[i], w->model, i, w->description, w->context);
    }
    if (!error)
        error = ddg_order_find(&w->order, w->shown, measures, w->context);
    /* hidden persons are no more than what is left to their hidden events */
    for (size_t i = 0; !error && w->adjusted && i < w->order.ties.count; i++)
        ddg_tie_bound_hidden(&w->order.ties.tie[i], w->shown);
    return error ? error : make_in_order(w);
}

static void free_values(struct writing *w)
{
    for (size_t i = 0; i < w->model->table->measures; i++) {
        if (w->shown)
            ddg_shown_free(&w->shown[i]);
        if (w->value)
            free(w->value[i]);
    }
    ddg_order_free(&w->order);
    free(w->shown);
    free(w->tied);
    free(w->value);
}

static bool is_adjusted(const struct writing *w, size_t measure, uint32_t row)
{
    const struct ddg_shown *shown = &w->shown[measure];

    if (!w->adjusted || shown->state[row] == DDG_SHOWN)
        return w->adjusted && w->value[measure][row] != shown->range.low[row];
    return shown->state[row] == DDG_SUPPRESSED;
}

static bool is_row_suppressed(const struct writing *w, uint32_t row)
{
    for (size_t i = 0; i < w->model->table->measures; i++)
        if (w->shown[i].state[row] == DDG_SUPPRESSED)
            return true;
    return false;
}

static bool is_row_adjusted(const struct writing *w, uint32_t row)
{
    for (size_t i = 0; i < w->model->table->measures; i++)
        if (is_adjusted(w, i, row))
            return true;
    return false;
}

/* Columns that are blank beside every suppressed count, as ddg-suppress leaves those that would
 * give it away. */
static enum ddg_error find_tied(struct writing *w)
{
    const struct ddg_table *t = w->model->table;
    enum ddg_error error = ddg_allocate(&w->tied, t->columns, sizeof *w->tied, w->context);

    for (size_t i = 0; !error && i < t->columns; i++) {
        w->tied[i] = w->adjusted && i > t->measure[0].count;
        for (size_t d = 0; d < t->dims; d++)
            w->tied[i] = w->tied[i] && t->dim[d] != i;
        for (uint32_t row = 0; w->tied[i] && row < w->model->printed; row++)
            if (is_row_suppressed(w, row))
                w->tied[i] = ddg_table_field(t, row, i).length == 0;
    }
    return error;
}

static void write_field(const struct writing *w, uint32_t row, size_t column)
{
    const struct ddg_table *t = w->model->table;
    struct ddg_text field = ddg_table_field(t, row, column);
    char room[DDG_UNSIGNED_ROOM];

    if (w->tied[column] && is_row_adjusted(w, row))
        field = (struct ddg_text){NULL, 0};
    for (size_t i = 0; i < t->measures; i++) {
        const struct ddg_measure *measure = &t->measure[i];
        bool adjusted = is_adjusted(w, i, row);

        if (column == measure->count && (adjusted || w->shown[i].state[row] == DDG_SHOWN))
            field = ddg_format_unsigned(w->value[i][row], room);
        else if (adjusted && column == measure->annotation)
            field = (struct ddg_text){NULL, 0};
        else if (adjusted && column == measure->text)
            field = ddg_text_of("adjusted, not the count itself");
    }
    ddg_output_field(w->output, field);
}

static enum ddg_error write_names(const struct writing *w)
{
    const struct ddg_table *t = w->model->table;

    for (size_t i = 0; i < t->columns; i++)
        if (!w->verdicts.dropped[i])
            ddg_output_field(w->output, t->name[i]);
    for (size_t i = 0; w->adjusted && i < t->measures; i++) {
        char name[256] = "adjusted";

        if (t->measures > 1)
            snprintf(name, sizeof name, "%.*s_adjusted", (int)t->name[t->measure[i].count].length,
                     t->name[t->measure[i].count].at);
        if (ddg_table_find(t, ddg_text_of(name)) != DDG_NO_COLUMN)
            return ddg_fail(w->context, DDG_INPUT, "%s: there is a column '%s' already", t->file,
                            name);
        ddg_output_field(w->output, ddg_text_of(name));
    }
    return ddg_output_end(w->output);
}

static enum ddg_error write_table(const struct writing *w)
{
    const struct ddg_table *t = w->model->table;
    enum ddg_error error = write_names(w);

    for (uint32_t row = 0; !error && row < w->model->printed; row++) {
        for (size_t i = 0; i < t->columns; i++)
            if (!w->verdicts.dropped[i])
                write_field(w, row, i);
        for (size_t i = 0; w->adjusted && i < t->measures; i++)
            ddg_output_field(w->output, ddg_text_of(is_adjusted(w, i, row) ? "1" : "0"));
        error = ddg_output_end(w->output);
    }
    return error;
}

static enum ddg_error write_made(struct writing *w)
{
    enum ddg_error error = ddg_verdicts_of_table(&w->verdicts, w->model->table, w->context);

    /* the other two leave nothing small */
    if (!error && !w->adjusted && !w->small)
        error = ddg_verdicts_check(&w->verdicts, w->model->table, w->description, w->context);
    if (!error)
        error = make_values(w);
    if (!error)
        error = find_tied(w);
    if (!error)
        error = write_table(w);
    free_values(w);
    ddg_verdicts_free(&w->verdicts);
    return error;
}

static struct writing writing_of(struct ddg_output *output, const struct ddg_model *model,
                                 const struct ddg_description *description,
                                 struct ddg_context *context)
{
    return (struct writing){
        .model = model, .description = description, .output = output, .context = context};
}

enum ddg_error ddg_controlled_write(struct ddg_output *output, const struct ddg_model *model,
                                    const struct ddg_description *description, uint64_t base,
                                    uint64_t within, struct ddg_strays *strays,
                                    struct ddg_context *context)
{
    struct writing w = writing_of(output, model, description, context);

    *strays = (struct ddg_strays){0};
    w.base = base;
    w.within = within;
    w.strays = strays;
    return write_made(&w);
}

enum ddg_error ddg_small_write(struct ddg_output *output, const struct ddg_model *model,
                               const struct ddg_description *description, uint64_t base,
                               struct ddg_context *context)
{
    struct writing w = writing_of(output, model, description, context);

    w.base = base;
    w.small = true;
    return write_made(&w);
}

enum ddg_error ddg_adjusted_write(struct ddg_output *output, const struct ddg_model *model,
                                  const struct ddg_description *description, uint64_t within,
                                  uint64_t *disorder, struct ddg_context *context)
{
    struct writing w = writing_of(output, model, description, context);

    *disorder = 0;
    w.disorder = disorder;
    w.within = within;
    w.adjusted = true;
    return write_made(&w);
}
