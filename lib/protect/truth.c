#include "protect/truth.h"

#include "base/number.h"

#include <stdlib.h>

struct reading {
    struct ddg_truth *truth;
    const struct ddg_model *model;
    size_t measure;
    const struct ddg_description *description;
    struct ddg_context *context;
};

/* What the parts of a line say about its total. */
struct parts {
    uint64_t low, high; /* sums; high is UINT64_MAX when a part has no bound */
    uint64_t largest;   /* the largest low of a part */
};

static enum ddg_error read_rows(const struct reading *r)
{
    const struct ddg_table *table = r->model->table;

    for (uint32_t row = 0; row < r->model->printed; row++) {
        struct ddg_count count;
        enum ddg_error error = ddg_table_true_count(
            table, r->description, row, &table->measure[r->measure], &count, r->context);

        if (error)
            return error;
        r->truth->low[row] = count.state == DDG_SHOWN ? count.value : 0;
        r->truth->high[row] = count.state == DDG_SHOWN ? count.value : UINT64_MAX;
    }
    return DDG_OK;
}

static bool is_loose(const struct reading *r, uint32_t line)
{
    return ddg_model_may_overlap(r->model, r->measure, line);
}

static enum ddg_error add_parts(const struct reading *r, uint32_t line, struct parts *parts)
{
    const struct ddg_model *m = r->model;

    *parts = (struct parts){0, 0, 0};
    for (size_t i = m->line_start[line] + 1; i < m->line_start[line + 1]; i++) {
        uint64_t low = r->truth->low[m->line_cell[i]], high = r->truth->high[m->line_cell[i]];

        if (!ddg_add_unsigned(&parts->low, low))
            return ddg_model_fail(m, line, r->context, "the parts exceed what a count can hold");
        if (!ddg_add_unsigned(&parts->high, high))
            parts->high = UINT64_MAX;
        if (low > parts->largest)
            parts->largest = low;
    }
    return DDG_OK;
}

/* The smallest total that the parts allow. */
static uint64_t least(const struct reading *r, uint32_t line, const struct parts *parts)
{
    return is_loose(r, line) ? parts->largest : parts->low;
}

/* Works out an implied total from every line that it is the total of. */
static enum ddg_error imply(const struct reading *r, uint32_t cell)
{
    const struct ddg_model *m = r->model;
    uint64_t low = 0, high = UINT64_MAX;

    for (size_t i = m->cell_start[cell]; i < m->cell_start[cell + 1]; i++) {
        uint32_t line = m->cell_line[i];
        struct parts parts;
        enum ddg_error error;

        if (m->line_cell[m->line_start[line]] != cell)
            continue;
        if ((error = add_parts(r, line, &parts)))
            return error;
        if (least(r, line, &parts) > low)
            low = least(r, line, &parts);
        if (parts.high < high)
            high = parts.high;
    }
    r->truth->low[cell] = low < high ? low : high;
    r->truth->high[cell] = high;
    return DDG_OK;
}

static enum ddg_error check_line(const struct reading *r, uint32_t line)
{
    const struct ddg_model *m = r->model;
    uint32_t total = m->line_cell[m->line_start[line]];
    bool printed = total < m->printed;
    struct parts parts;
    enum ddg_error error = add_parts(r, line, &parts);

    if (error)
        return error;
    if (r->truth->high[total] < least(r, line, &parts))
        return ddg_model_fail(m, line, r->context,
                              !printed && r->description->dims.count == 0
                                  ? "two breakdowns of an unprinted total disagree (is each column "
                                    "left of the count a dimension? --dims)"
                              : !printed          ? "two breakdowns of an unprinted total disagree"
                              : is_loose(r, line) ? "a total is less than one of its parts"
                                                  : "a total is less than the sum of its parts "
                                                    "(are some subtotals of others? --hierarchy)");
    if (r->truth->low[total] > parts.high)
        return ddg_model_fail(m, line, r->context, "a total is more than the sum of its parts");
    return DDG_OK;
}

/* From the ground up, so that the line which is named is the one that is wrong, not one above it.
 */
static enum ddg_error check_lines(const struct reading *r)
{
    const struct ddg_model *m = r->model;
    uint32_t highest = 0;
    enum ddg_error error = DDG_OK;

    for (size_t d = 0; d < m->dimensions; d++)
        highest += m->dimension[d].highest;
    for (uint32_t height = 1; height <= highest; height++)
        for (uint32_t line = 0; !error && line < m->lines; line++)
            if (ddg_model_height(m, m->line_cell[m->line_start[line]]) == height)
                error = check_line(r, line);
    return error;
}

enum ddg_error ddg_truth_read(struct ddg_truth *truth, const struct ddg_model *model,
                              size_t measure, const struct ddg_description *description,
                              struct ddg_context *context)
{
    struct reading r = {truth, model, measure, description, context};
    enum ddg_error error;

    *truth = (struct ddg_truth){0};
    if ((error = ddg_allocate(&truth->low, model->cells, sizeof *truth->low, context)) ||
        (error = ddg_allocate(&truth->high, model->cells, sizeof *truth->high, context)) ||
        (error = read_rows(&r)))
        return error;
    for (uint32_t i = 0; !error && i < model->cells - model->printed; i++)
        error = imply(&r, model->by_height[i]);
    return error ? error : check_lines(&r);
}

/* True when the category has parts, or in nested columns has the label of totals where these would
 * stand: another block of the table may have them. */
static bool is_total(const struct ddg_dimension *d, uint32_t category)
{
    size_t last = d->levels - 1;

    return d->height[category] > 0 ||
           (last > 0 &&
            ddg_text_equal(ddg_dimension_label(d, category, last), d->level[last].total));
}

/* True when the cell is a total along the dimension and no line adds it up. */
static bool lacks_line(const struct ddg_model *m, uint32_t cell, size_t dimension)
{
    if (!is_total(&m->dimension[dimension], ddg_model_category(m, cell, dimension)))
        return false;
    for (size_t i = m->cell_start[cell]; i < m->cell_start[cell + 1]; i++) {
        uint32_t line = m->cell_line[i];

        if (m->line_dimension[line] == dimension && m->line_cell[m->line_start[line]] == cell)
            return false;
    }
    return true;
}

uint32_t ddg_truth_partless(const struct ddg_truth *truth, const struct ddg_model *m,
                            uint32_t *first)
{
    uint32_t count = 0;

    for (uint32_t cell = 0; cell < m->printed; cell++) {
        bool lacks = false;

        /* the lines of a cell that another stands for are there */
        if (m->same && m->same[cell] != cell)
            continue;
        for (size_t d = 0; !lacks && truth->low[cell] > 0 && d < m->dimensions; d++)
            lacks = lacks_line(m, cell, d);
        if (lacks && count++ == 0)
            *first = cell;
    }
    return count;
}

void ddg_truth_free(struct ddg_truth *truth)
{
    free(truth->low);
    free(truth->high);
    *truth = (struct ddg_truth){0};
}
