#include "round/whole_percent.h"

#include "base/number.h"
#include "protect/truth.h"

#include <stdio.h>

enum { CATEGORIES = 3 };

#define UNDER "<1%"
#define FOOTNOTE                                                                                   \
    "<1%: more than none and fewer than 1 in 100; percentages are rounded to whole percent and "   \
    "counts are not shown, in accordance with the CalHHS DDG Edition 2.0"

struct percenting {
    const struct ddg_model *model;
    const struct ddg_description *description;
    struct ddg_context *context;
    size_t dimension;
    struct ddg_truth truth;
};

static enum ddg_error find_dimension(struct percenting *p, const char *name)
{
    const struct ddg_model *m = p->model;
    size_t d = 0;

    if (!name && m->dimensions != 1)
        return ddg_fail(p->context, DDG_USAGE,
                        "--whole-percent=DIM has to name one of the dimensions");
    while (name && d < m->dimensions && !ddg_text_is(m->dimension[d].level->name, name))
        d++;
    if (d == m->dimensions)
        return ddg_fail(p->context, DDG_USAGE, "%s: no dimension is called '%s'", m->table->file,
                        name);
    if (m->dimension[d].category.count != CATEGORIES + 1 ||
        m->dimension[d].height[m->dimension[d].total] != 1)
        return ddg_fail(p->context, DDG_INPUT,
                        "%s: whole percentages are for a variable of three categories (R-PCT-1), "
                        "'%.*s' has %u",
                        m->table->file, (int)m->dimension[d].level->name.length,
                        m->dimension[d].level->name.at, m->dimension[d].category.count - 1);
    p->dimension = d;
    return DDG_OK;
}

/* What else counts the variable would give the small category away, were it published: that it is
 * left out here does not mean that it is. */
static enum ddg_error find_other_counts(const struct percenting *p)
{
    const struct ddg_table *t = p->model->table;
    struct ddg_text other;

    if (t->measures == 1)
        return DDG_OK;
    other = t->name[t->measure[1].count];
    return ddg_fail(p->context, DDG_UNSAFE,
                    "%s: column '%.*s': a count of the variable stands elsewhere in the table "
                    "(R-PCT-1)",
                    t->file, (int)other.length, other.at);
}

static enum ddg_error refuse(const struct percenting *p, uint32_t row, const char *why)
{
    const struct ddg_model *m = p->model;
    char where[256];

    /* the group is what its total stands for */
    ddg_model_describe(m,
                       ddg_model_neighbour(m, row, p->dimension, m->dimension[p->dimension].total),
                       where, sizeof where);
    return ddg_fail(p->context, DDG_UNSAFE, "%s: %s (R-PCT-1): %s", m->table->file, why, where);
}

/* Two categories under 1 percent are together what the third is rounded by.  Where that is 100% it
 * is a half percent at most; with one of the two not small, as a reader knows, fewer than three
 * values could be left to the other. */
static bool tell_each_other(const struct percenting *p, uint32_t row)
{
    const struct ddg_model *m = p->model;
    const struct ddg_dimension *d = &m->dimension[p->dimension];
    uint64_t total = p->truth.low[ddg_model_neighbour(m, row, p->dimension, d->total)], rest = 0;
    uint32_t under = 0;

    for (uint32_t category = 0; category < d->category.count; category++) {
        uint32_t cell = ddg_model_neighbour(m, row, p->dimension, category);
        uint64_t count = category == d->total || cell >= m->printed ? 0 : p->truth.low[cell];

        if (count == 0 || count > (total - 1) / 100)
            continue;
        under++;
        rest += count;
    }
    return under > 1 && rest <= total / 200 && total / 200 < p->description->threshold + 2;
}

/* May the row's group be shown in whole percentages? */
static enum ddg_error judge_group(const struct percenting *p, uint32_t row)
{
    const struct ddg_model *m = p->model;
    const struct ddg_dimension *d = &m->dimension[p->dimension];
    uint32_t small = 0, above = ddg_model_neighbour(m, row, p->dimension, d->total);

    for (uint32_t category = 0; category < d->category.count; category++) {
        uint32_t cell = ddg_model_neighbour(m, row, p->dimension, category);

        if (category == d->total || cell >= m->printed)
            continue;
        if (p->truth.low[cell] != p->truth.high[cell])
            return ddg_table_fail(m->table, cell, m->table->measure[0].count, p->context,
                                  "no data: the whole group is wanted");
        small += p->truth.low[cell] >= 1 && p->truth.low[cell] < p->description->threshold;
    }
    if (p->truth.low[above] != p->truth.high[above])
        return refuse(p, row, "the total of distinct persons is not printed");
    if (p->truth.low[above] / 100 < p->description->threshold)
        return refuse(p, row, "the total is too small for whole percentages");
    if (small > 1)
        return refuse(p, row, "more than one category is small");
    if (small > 0 && tell_each_other(p, row))
        return refuse(p, row, "two categories under 1% leave too little to each other");
    return DDG_OK;
}

/* A share under 1% is never written as 0%, which would be read as none. */
static struct ddg_text format_share(uint64_t count, uint64_t total, char *room, size_t size)
{
    unsigned __int128 hundredfold = (unsigned __int128)count * 100;
    int length;

    if (count > 0 && hundredfold < total)
        return ddg_text_of(UNDER);
    length =
        snprintf(room, size, "%llu%%",
                 (unsigned long long)((2 * hundredfold + total) / (2 * (unsigned __int128)total)));
    return (struct ddg_text){room, (size_t)length};
}

static enum ddg_error write_row(const struct percenting *p, struct ddg_output *output, uint32_t row)
{
    const struct ddg_table *t = p->model->table;
    char room[DDG_UNSIGNED_ROOM + 1];
    uint32_t above =
        ddg_model_neighbour(p->model, row, p->dimension, p->model->dimension[p->dimension].total);
    struct ddg_text share;

    for (size_t d = 0; d < t->dims; d++)
        ddg_output_field(output, ddg_table_field(t, row, t->dim[d]));
    share = format_share(p->truth.low[row], p->truth.low[above], room, sizeof room);
    ddg_output_field(output, share);
    ddg_output_field(output, ddg_text_of(ddg_text_is(share, UNDER) ? FOOTNOTE : ""));
    return ddg_output_end(output);
}

enum ddg_error ddg_whole_percent_write(struct ddg_output *output, const struct ddg_model *model,
                                       const struct ddg_description *description, const char *name,
                                       struct ddg_context *context)
{
    struct percenting p = {.model = model, .description = description, .context = context};
    enum ddg_error error = find_dimension(&p, name);

    if (!error)
        error = find_other_counts(&p);
    if (!error)
        error = ddg_truth_read(&p.truth, model, 0, description, context);
    /* every group is judged before the first is written: a refusal leaves no table */
    for (uint32_t row = 0; !error && row < model->printed; row++)
        error = judge_group(&p, row);
    for (size_t d = 0; !error && d < model->table->dims; d++)
        ddg_output_field(output, model->table->name[model->table->dim[d]]);
    if (!error) {
        ddg_output_field(output, ddg_text_of("percent"));
        ddg_output_field(output, ddg_text_of("footnote"));
        error = ddg_output_end(output);
    }
    for (uint32_t row = 0; !error && row < model->printed; row++)
        error = write_row(&p, output, row);
    ddg_truth_free(&p.truth);
    return error;
}
