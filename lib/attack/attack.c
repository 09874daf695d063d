#include "attack/attack.h"

#include "attack/ranges.h"
#include "attack/system.h"

#include <stdlib.h>

/* Larger counts would not leave room for sums of many; no population is near it. */
#define LARGEST_COUNT (INT64_MAX / 1024)

struct attacking {
    struct ddg_attack *attack;
    const struct ddg_model *model;
    const struct ddg_measure *measure;
    const struct ddg_description *description;
    const struct ddg_attack_options *options;
    struct ddg_context *context;
    struct ddg_ranges ranges;
    bool *hidden; /* of each cell: printed without a count, or absent */
};

/* What a shown count says: itself, or the numbers that round to it. */
static void shown_range(uint64_t count, uint64_t rounded, int64_t *low, int64_t *high)
{
    int64_t value = (int64_t)count, base = (int64_t)rounded;

    *low = *high = value;
    if (base == 0)
        return;
    *low = value < base / 2 ? 0 : value - base / 2;
    *high = value + (base - 1) / 2;
}

static enum ddg_error fail_too_large(const struct ddg_model *model,
                                     const struct ddg_measure *measure, uint32_t row,
                                     struct ddg_context *context)
{
    return ddg_table_fail(model->table, row, measure->count, context,
                          "a count too large to be attacked");
}

static enum ddg_error read_rows(struct attacking *a)
{
    const struct ddg_table *table = a->model->table;

    for (uint32_t row = 0; row < a->model->printed; row++) {
        struct ddg_count count;
        enum ddg_error error =
            ddg_table_count(table, a->description, row, a->measure, &count, a->context);

        if (error)
            return error;
        a->hidden[row] = count.state != DDG_SHOWN;
        if (a->hidden[row])
            a->ranges.low[row] =
                count.state != DDG_NO_DATA && a->options->reader >= DDG_READER_ZEROS;
        else if (count.value > LARGEST_COUNT)
            return fail_too_large(a->model, a->measure, row, a->context);
        else if (a->options->rounded && count.value % a->options->rounded != 0)
            return ddg_table_fail(table, row, a->measure->count, a->context,
                                  "not a multiple of what --rounded says");
        else
            shown_range(count.value, a->options->rounded, &a->ranges.low[row],
                        &a->ranges.high[row]);
    }
    return DDG_OK;
}

static enum ddg_error start(struct attacking *a)
{
    const struct ddg_model *m = a->model;
    enum ddg_error error;

    a->ranges.model = m;
    if ((error =
             ddg_allocate(&a->attack->finding, m->cells, sizeof *a->attack->finding, a->context)) ||
        (error = ddg_allocate(&a->hidden, m->cells, sizeof *a->hidden, a->context)) ||
        (error = ddg_allocate(&a->ranges.low, m->cells, sizeof(int64_t), a->context)) ||
        (error = ddg_allocate(&a->ranges.high, m->cells, sizeof(int64_t), a->context)) ||
        (error = ddg_allocate(&a->ranges.reason, m->cells, sizeof(uint32_t), a->context)) ||
        (error = ddg_allocate(&a->ranges.loose, m->dimensions, sizeof(bool), a->context)))
        return error;
    for (size_t d = 0; d < m->dimensions; d++)
        a->ranges.loose[d] = a->measure->distinct || m->dimension[d].overlapping;
    for (uint32_t cell = 0; cell < m->cells; cell++) {
        a->ranges.high[cell] = DDG_UNBOUNDED;
        a->ranges.reason[cell] = DDG_NO_LINE;
        a->hidden[cell] = cell >= m->printed && cell < m->printed + m->absent;
    }
    return read_rows(a);
}

/* Makes points of the cells that the system determines. */
static enum ddg_error take_solution(struct attacking *a, const struct ddg_solution *solution)
{
    for (uint32_t cell = 0; cell < a->model->cells; cell++) {
        struct ddg_finding *finding = &a->attack->finding[cell];

        if (!solution->determined[cell])
            continue;
        if (solution->value[cell] < a->ranges.low[cell] ||
            solution->value[cell] > a->ranges.high[cell])
            return ddg_fail(a->context, DDG_INPUT,
                            "%s: no counts fit the table: its lines disagree",
                            a->model->table->file);
        a->ranges.low[cell] = a->ranges.high[cell] = solution->value[cell];
        finding->method = DDG_METHOD_SYSTEM;
    }
    return DDG_OK;
}

static bool has_equations(const struct attacking *a)
{
    for (size_t d = 0; d < a->model->dimensions; d++)
        if (!a->ranges.loose[d])
            return true;
    return false;
}

/* Alternates between lines and the system until neither finds more. */
static enum ddg_error narrow_all(struct attacking *a)
{
    for (;;) {
        struct ddg_solution solution = {0};
        enum ddg_error error = ddg_ranges_narrow(&a->ranges, a->context);
        uint32_t count;

        /* rounded counts are ranges: the system has no numbers to start from */
        if (error || a->options->rounded || !has_equations(a))
            return error;
        if (!(error = ddg_system_solve(&solution, &a->ranges, a->context)))
            error = take_solution(a, &solution);
        count = solution.count;
        ddg_solution_free(&solution);
        if (error || count == 0)
            return error;
    }
}

/* An unprinted total may stand elsewhere unless it is small; this one cannot be small. */
static bool may_stand_elsewhere(const struct attacking *a, uint32_t cell)
{
    return a->attack->totals_known && cell >= a->model->printed + a->model->absent &&
           (uint64_t)a->ranges.low[cell] >= a->description->threshold;
}

/* What would be determined if lines that may overlap were equations, and if totals that are not
 * printed were known.  Rounded counts determine nothing. */
static enum ddg_error suppose(struct attacking *a)
{
    struct ddg_solution solution = {0};
    bool *known, any = false;
    enum ddg_error error;

    if (a->options->rounded)
        return DDG_OK;
    if ((error = ddg_allocate(&known, a->model->cells, sizeof *known, a->context)))
        return error;
    for (size_t d = 0; d < a->model->dimensions; d++)
        any = any || a->ranges.loose[d];
    for (uint32_t cell = 0; cell < a->model->cells; cell++) {
        known[cell] = may_stand_elsewhere(a, cell);
        any = any || known[cell];
    }
    if (any)
        error = ddg_system_pattern(&solution, &a->ranges, known, a->context);
    for (uint32_t cell = 0; any && !error && cell < a->model->cells; cell++)
        if (solution.determined[cell])
            a->attack->finding[cell] =
                (struct ddg_finding){DDG_VERDICT_DETERMINED, DDG_METHOD_SYSTEM, DDG_NO_LINE, 0};
    ddg_solution_free(&solution);
    free(known);
    return error;
}

static void judge(struct attacking *a)
{
    for (uint32_t cell = 0; cell < a->model->cells; cell++) {
        struct ddg_finding *finding = &a->attack->finding[cell];

        if (!a->hidden[cell]) {
            finding->verdict = DDG_VERDICT_SHOWN;
            continue;
        }
        a->attack->hidden++;
        if (ddg_range_is_point(&a->ranges, cell)) {
            finding->verdict = DDG_VERDICT_RECOVERED;
            finding->value = (uint64_t)a->ranges.low[cell];
            finding->line = a->ranges.reason[cell];
            if (finding->method == DDG_METHOD_NONE)
                finding->method = DDG_METHOD_BOUNDS;
            a->attack->recovered++;
        } else if (finding->verdict == DDG_VERDICT_DETERMINED) {
            a->attack->determined++;
        } else {
            *finding = (struct ddg_finding){DDG_VERDICT_SAFE, DDG_METHOD_NONE, DDG_NO_LINE, 0};
        }
    }
}

enum ddg_error ddg_attack_run(struct ddg_attack *attack, const struct ddg_model *model,
                              const struct ddg_measure *measure,
                              const struct ddg_description *description,
                              const struct ddg_attack_options *options, struct ddg_context *context)
{
    struct attacking a = {attack, model, measure, description, options, context, {0}, NULL};
    enum ddg_error error;

    *attack = (struct ddg_attack){.totals_known = description->unprinted != DDG_TOTALS_NONE};
    if (!(error = start(&a)) && !(error = narrow_all(&a)) && !(error = suppose(&a)))
        judge(&a);
    free(a.hidden);
    free(a.ranges.low);
    free(a.ranges.high);
    free(a.ranges.reason);
    free(a.ranges.loose);
    return error;
}

void ddg_attack_free(struct ddg_attack *attack)
{
    free(attack->finding);
    *attack = (struct ddg_attack){0};
}

/* Absent cells ------------------------------------------------------------------------------- */

/* True when the line must have parts that it does not print: its total cannot be as small as the
 * parts make it, whatever they were rounded from. */
static bool lacks_parts(const struct ddg_model *m, uint32_t line, enum ddg_absent absent,
                        const struct ddg_count *counts, uint64_t rounded)
{
    uint32_t total = m->line_cell[m->line_start[line]];
    int64_t sum = 0, low, high, least;

    if (!ddg_model_has_absent(m, line))
        return false;
    if (total >= m->printed || counts[total].state != DDG_SHOWN)
        return absent == DDG_ABSENT_UNKNOWN;
    shown_range(counts[total].value, rounded, &least, &high);
    for (size_t i = m->line_start[line] + 1; i < m->line_start[line + 1]; i++) {
        uint32_t part = m->line_cell[i];

        if (part >= m->printed || counts[part].state != DDG_SHOWN)
            return absent == DDG_ABSENT_UNKNOWN;
        shown_range(counts[part].value, rounded, &low, &high);
        if (__builtin_add_overflow(sum, high, &sum))
            return false;
    }
    return least > sum;
}

enum ddg_error ddg_attack_absent(const struct ddg_model *model, const struct ddg_measure *measure,
                                 const struct ddg_description *description,
                                 const struct ddg_attack_options *options, uint64_t **keys,
                                 size_t *key_count, size_t *key_room, struct ddg_context *context)
{
    struct ddg_count *counts;
    enum ddg_error error;

    if (description->absent == DDG_ABSENT_ZERO)
        return DDG_OK;
    if ((error = ddg_allocate(&counts, model->printed, sizeof *counts, context)))
        return error;
    for (uint32_t row = 0; !error && row < model->printed; row++) {
        error = ddg_table_count(model->table, description, row, measure, &counts[row], context);
        if (!error && counts[row].value > LARGEST_COUNT)
            error = fail_too_large(model, measure, row, context);
    }
    for (uint32_t line = 0; !error && line < model->lines; line++)
        if (lacks_parts(model, line, description->absent, counts, options->rounded))
            error = ddg_model_absent_keys(model, line, keys, key_count, key_room, context);
    free(counts);
    return error;
}
