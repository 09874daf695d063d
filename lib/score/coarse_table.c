#include "score/coarse_table.h"

#include "base/number.h"
#include "base/tuple.h"
#include "csv/output.h"

#include <math.h>
#include <stdlib.h>

/* Cells -------------------------------------------------------------------------------------- */

static enum ddg_error read_row(struct ddg_coarse_cells *c, struct ddg_intake *in, uint64_t number,
                               struct ddg_text *field)
{
    struct ddg_taken taken;
    struct ddg_table_part part = {"", 0};
    struct ddg_table row = in->sample;
    enum ddg_error error;

    if ((error = ddg_intake_next(in, &taken)) || (error = ddg_intake_fields(in, field)))
        return error;
    part.file = in->file[taken.file];
    row.field = field;
    row.line = &taken.line;
    row.part = &part;
    row.rows = row.parts = 1;
    for (size_t d = 0; d < in->dimensions; d++)
        c->category[number * in->dimensions + d] = ddg_intake_category(in, d);
    for (size_t m = 0; !error && m < row.measures; m++) {
        struct ddg_count count;

        error =
            ddg_table_true_count(&row, in->description, 0, &row.measure[m], &count, in->context);
        if (!error && count.state == DDG_SHOWN)
            c->value[number * row.measures + m] = count.value;
    }
    return error;
}

enum ddg_error ddg_coarse_cells_read(struct ddg_coarse_cells *c, struct ddg_intake *in,
                                     const struct ddg_cells *of_intake, struct ddg_context *context)
{
    const struct ddg_table *t = &in->sample;
    struct ddg_text *field = NULL;
    enum ddg_error error;

    *c = (struct ddg_coarse_cells){.rows = in->rows, .people = of_intake->people};
    if (!(error = ddg_allocate(&c->category, in->rows * in->dimensions, sizeof *c->category,
                               context)) &&
        !(error = ddg_allocate(&c->value, in->rows * t->measures, sizeof *c->value, context)) &&
        !(error = ddg_allocate(&field, t->columns, sizeof *field, context)))
        error = ddg_intake_rewind(in, true);
    for (uint64_t i = 0; !error && i < in->rows; i++)
        error = read_row(c, in, i, field);
    for (size_t m = 0; !error && m < t->measures; m++)
        error = ddg_list_push(&c->counts, t->name[t->measure[m].count], context);
    free(field);
    return error;
}

void ddg_coarse_cells_free(struct ddg_coarse_cells *c)
{
    free(c->category);
    free(c->value);
    free(c->counts.item);
    *c = (struct ddg_coarse_cells){.rows = 0};
}

/* Merging ------------------------------------------------------------------------------------ */

/* Where rows go that become one. */
struct merged {
    struct ddg_names key; /* tuples of categories; behind those of the table come new labels */
    uint64_t *value;      /* of each key, by measure */
    size_t value_room;
    bool *printed; /* the table has a row for it */
    size_t printed_room;
    uint64_t *people;
    size_t people_room;
};

struct making {
    const struct ddg_coarse_cells *cells;
    const struct ddg_intake *intake;
    const struct ddg_choice *of[DDG_DIMENSIONS_MOST]; /* each dimension; NULL: stays as it is */
    struct ddg_names label[2];                        /* new ones, of each choice */
    struct merged all, inner;
    struct ddg_tuple tuple;
    struct ddg_context *context;
};

static size_t place_of(const struct ddg_choice *const *choice, size_t d)
{
    return choice[0]->dimension == d ? 0 : 1;
}

/* A row without totals and without categories that have parts. */
static bool is_inner(const struct making *m, uint64_t row)
{
    size_t dimensions = m->intake->dimensions;
    bool inner = true;

    for (size_t d = 0; inner && d < dimensions; d++) {
        uint32_t category = m->cells->category[row * dimensions + d];

        inner = m->intake->dimension[d].height[category] == 0 &&
                category != m->intake->dimension[d].total;
    }
    return inner;
}

/* The category that a row goes to; *changed where it is another. */
static enum ddg_error find_target(struct making *m, const struct ddg_choice *const *choice,
                                  size_t d, uint32_t category, uint32_t *target, bool *changed)
{
    const struct ddg_choice *c = m->of[d];
    const struct ddg_dimension *dimension = &m->intake->dimension[d];
    enum ddg_error error;

    *target = category;
    if (!c || (!c->drop && c->label[category].length == 0))
        return DDG_OK;
    if (c->drop) {
        *changed = *changed || category != dimension->total;
        *target = dimension->total;
        return DDG_OK;
    }
    *changed = true;
    *target = ddg_names_find(&dimension->category, c->label[category]);
    if (*target != DDG_NO_NAME)
        return DDG_OK;
    error = ddg_names_add(&m->label[place_of(choice, d)], c->label[category], target, m->context);
    *target += dimension->category.count;
    return error;
}

static enum ddg_error find_key(struct making *m, struct merged *to, uint32_t *key, bool *is_new)
{
    size_t measures = m->intake->sample.measures;
    uint32_t before = to->key.count;
    enum ddg_error error = ddg_names_add(&to->key, ddg_tuple_name(&m->tuple), key, m->context);

    *is_new = !error && *key == before;
    if (error || !*is_new)
        return error;
    if ((error = ddg_grow(&to->value, &to->value_room, (before + (size_t)1) * measures,
                          sizeof *to->value, m->context)) ||
        (error = ddg_grow(&to->printed, &to->printed_room, before + (size_t)1, sizeof *to->printed,
                          m->context)) ||
        (error = ddg_grow(&to->people, &to->people_room, before + (size_t)1, sizeof *to->people,
                          m->context)))
        return error;
    memset(to->value + before * measures, 0, measures * sizeof *to->value);
    to->printed[before] = false;
    to->people[before] = 0;
    return DDG_OK;
}

/* A row that the table prints goes before what others add up to. */
static enum ddg_error merge(struct making *m, struct merged *to, uint64_t row, bool changed)
{
    size_t measures = m->intake->sample.measures;
    const uint64_t *value = m->cells->value + row * measures;
    uint32_t key;
    bool is_new;
    enum ddg_error error = find_key(m, to, &key, &is_new);

    if (error)
        return error;
    for (size_t i = 0; i < measures; i++) {
        uint64_t *sum = &to->value[key * measures + i];

        if (!changed)
            *sum = value[i];
        else if (!to->printed[key] && !ddg_add_unsigned(sum, value[i]))
            *sum = UINT64_MAX;
    }
    to->printed[key] = to->printed[key] || !changed;
    for (size_t d = 0; d < m->intake->dimensions; d++) {
        uint32_t category = m->cells->category[row * m->intake->dimensions + d];

        if (m->cells->people[d][category] > to->people[key])
            to->people[key] = m->cells->people[d][category];
    }
    return DDG_OK;
}

static enum ddg_error take_row(struct making *m, const struct ddg_choice *const *choice,
                               uint64_t row)
{
    size_t dimensions = m->intake->dimensions;
    bool changed = false;
    enum ddg_error error = DDG_OK;

    m->tuple.count = 0;
    for (size_t d = 0; !error && d < dimensions; d++) {
        uint32_t category = m->cells->category[row * dimensions + d], target;

        if (!(error = find_target(m, choice, d, category, &target, &changed)))
            error = ddg_tuple_push(&m->tuple, target, m->context);
    }
    if (!error)
        error = merge(m, &m->all, row, changed);
    /* of what has parts or is a total nothing is learnt beside them */
    if (!error && is_inner(m, row))
        error = merge(m, &m->inner, row, true);
    return error;
}

/* Entropy ------------------------------------------------------------------------------------ */

static double part_of(double value, double sum)
{
    return value > 0 ? -value / sum * log2(value / sum) : 0;
}

static double share_kept(const struct making *m)
{
    const struct ddg_coarse_cells *c = m->cells;
    size_t measures = m->intake->sample.measures;
    double sum = 0, before = 0, after = 0;

    for (uint32_t i = 0; i < m->inner.key.count; i++)
        sum += (double)m->inner.value[i * measures];
    for (uint32_t i = 0; i < m->inner.key.count; i++)
        after += part_of((double)m->inner.value[i * measures], sum);
    for (uint64_t row = 0; row < c->rows; row++)
        if (is_inner(m, row))
            before += part_of((double)c->value[row * measures], sum);
    return before > 0 ? after / before : 1;
}

/* Writing ------------------------------------------------------------------------------------ */

static struct ddg_text label_of(const struct making *m, const struct ddg_choice *const *choice,
                                size_t d, uint32_t target, size_t level)
{
    const struct ddg_dimension *dimension = &m->intake->dimension[d];

    if (target < dimension->category.count)
        return ddg_dimension_label(dimension, target, level);
    return m->label[place_of(choice, d)].text[target - dimension->category.count];
}

static size_t levels_of(const struct making *m, size_t d)
{
    return m->of[d] ? m->of[d]->levels : m->intake->dimension[d].levels;
}

static enum ddg_error write_header(const struct making *m, struct ddg_output *out)
{
    const struct ddg_table *t = &m->intake->sample;

    for (size_t d = 0; d < m->intake->dimensions; d++)
        for (size_t i = 0; i < levels_of(m, d); i++)
            ddg_output_field(out, m->intake->dimension[d].level[i].name);
    for (size_t i = 0; i < t->measures; i++)
        ddg_output_field(out, t->name[t->measure[i].count]);
    if (m->intake->people != DDG_NO_COLUMN)
        ddg_output_field(out, t->name[m->intake->people]);
    return ddg_output_end(out);
}

static enum ddg_error write_rows(const struct making *m, const struct ddg_choice *const *choice,
                                 struct ddg_output *out)
{
    size_t measures = m->intake->sample.measures;
    char room[DDG_UNSIGNED_ROOM];
    enum ddg_error error = write_header(m, out);

    for (uint32_t i = 0; !error && i < m->all.key.count; i++) {
        const uint32_t *target = (const uint32_t *)(const void *)m->all.key.text[i].at;

        for (size_t d = 0; d < m->intake->dimensions; d++)
            for (size_t level = 0; level < levels_of(m, d); level++) {
                uint32_t category;

                memcpy(&category, target + d, sizeof category);
                ddg_output_field(out, label_of(m, choice, d, category, level));
            }
        for (size_t j = 0; j < measures; j++)
            ddg_output_field(out, ddg_format_unsigned(m->all.value[i * measures + j], room));
        if (m->intake->people != DDG_NO_COLUMN)
            ddg_output_field(out, ddg_format_unsigned(m->all.people[i], room));
        error = ddg_output_end(out);
    }
    return error;
}

static void free_merged(struct merged *merged)
{
    ddg_names_free(&merged->key);
    free(merged->value);
    free(merged->printed);
    free(merged->people);
}

enum ddg_error ddg_coarse_table_write(const struct ddg_coarse_cells *cells,
                                      const struct ddg_intake *intake,
                                      const struct ddg_choice *const *choice, char **text,
                                      size_t *length, double *kept, struct ddg_context *context)
{
    struct making m = {.cells = cells, .intake = intake, .context = context};
    struct ddg_output out = {.delimiter = intake->description->delimiter};
    enum ddg_error error = DDG_OK;

    ddg_sink_hold(&out.sink, context);
    ddg_names_init(&m.all.key);
    ddg_names_init(&m.inner.key);
    for (size_t i = 0; i < 2; i++) {
        ddg_names_init(&m.label[i]);
        if (choice[i])
            m.of[choice[i]->dimension] = choice[i];
    }
    for (uint64_t row = 0; !error && row < cells->rows; row++)
        error = take_row(&m, choice, row);
    if (!error)
        error = write_rows(&m, choice, &out);
    *kept = share_kept(&m);
    *text = out.sink.buffer;
    *length = out.sink.used;
    free_merged(&m.all);
    free_merged(&m.inner);
    ddg_names_free(&m.label[0]);
    ddg_names_free(&m.label[1]);
    ddg_tuple_free(&m.tuple);
    return error;
}
