#include "score/coarse_table.h"

#include "base/hash.h"
#include "base/number.h"
#include "score/coarse_people.h"

#include <stdlib.h>

static enum ddg_error allocate(struct ddg_coarse_table *t, uint64_t cells, bool peopled,
                               struct ddg_context *context)
{
    size_t measures = t->intake->sample.measures;
    enum ddg_error error;

    if ((error = ddg_allocate(&t->key, cells, sizeof *t->key, context)) ||
        (error = ddg_allocate(&t->value, cells * measures, sizeof *t->value, context)) ||
        (error = ddg_allocate(&t->inner, cells, sizeof *t->inner, context)))
        return error;
    return peopled ? ddg_allocate(&t->people, cells, sizeof *t->people, context) : DDG_OK;
}

void ddg_coarse_table_free(struct ddg_coarse_table *t)
{
    free(t->key);
    free(t->value);
    free(t->inner);
    free(t->people);
    *t = (struct ddg_coarse_table){.cells = 0};
}

/* Reading ------------------------------------------------------------------------------------ */

static enum ddg_error find_strides(struct ddg_coarse_table *t, struct ddg_context *context)
{
    uint64_t stride = 1;

    for (size_t d = 0; d < t->intake->dimensions; d++) {
        t->stride[d] = stride;
        if (__builtin_mul_overflow(stride, (uint64_t)t->intake->dimension[d].category.count,
                                   &stride))
            return ddg_fail(context, DDG_LIMIT, "%s: too many categories in too many dimensions",
                            t->intake->sample.file);
    }
    return DDG_OK;
}

static enum ddg_error read_values(struct ddg_coarse_table *t, struct ddg_intake *in, uint64_t cell,
                                  const struct ddg_taken *taken, struct ddg_text *field)
{
    struct ddg_table_part part = {in->file[taken->file], 0};
    struct ddg_table row = in->sample;
    enum ddg_error error = ddg_intake_fields(in, field);

    row.field = field;
    row.line = (uint64_t *)&taken->line;
    row.part = &part;
    row.rows = row.parts = 1;
    for (size_t m = 0; !error && m < row.measures; m++) {
        struct ddg_count count;

        error =
            ddg_table_true_count(&row, in->description, 0, &row.measure[m], &count, in->context);
        if (!error && count.state == DDG_SHOWN)
            t->value[cell * row.measures + m] = count.value;
    }
    return error;
}

static enum ddg_error read_row(struct ddg_coarse_table *t, struct ddg_intake *in,
                               const struct ddg_cells *cells, uint64_t cell, struct ddg_text *field)
{
    struct ddg_taken taken;
    bool inner = true;
    enum ddg_error error = ddg_intake_next(in, &taken);

    if (error || (error = read_values(t, in, cell, &taken, field)))
        return error;
    for (size_t d = 0; d < in->dimensions; d++) {
        uint32_t category = ddg_intake_category(in, d);

        t->key[cell] += category * t->stride[d];
        inner =
            inner && category != in->dimension[d].total && in->dimension[d].height[category] == 0;
    }
    if (inner)
        t->inner[cell] = t->value[cell * in->sample.measures];
    return t->people ? ddg_coarse_people_read(in, &taken, cells, &t->people[cell]) : DDG_OK;
}

enum ddg_error ddg_coarse_table_read(struct ddg_coarse_table *t, struct ddg_intake *in,
                                     const struct ddg_assessment *assessment,
                                     struct ddg_context *context)
{
    struct ddg_text *field = NULL;
    bool peopled = in->people != DDG_NO_COLUMN || assessment->cells->registry;
    enum ddg_error error;

    *t = (struct ddg_coarse_table){.intake = in, .cells = in->rows};
    if (in->rows > DDG_COARSE_CELLS_MOST)
        return ddg_fail(context, DDG_LIMIT, "%s: --advise takes tables of up to %u rows",
                        in->sample.file, (unsigned)DDG_COARSE_CELLS_MOST);
    if (!(error = find_strides(t, context)) && !(error = allocate(t, in->rows, peopled, context)) &&
        !(error = ddg_allocate(&field, in->sample.columns, sizeof *field, context)))
        error = ddg_intake_rewind(in, true);
    for (uint64_t i = 0; !error && i < in->rows; i++)
        error = read_row(t, in, assessment->cells, i, field);
    free(field);
    return error ? error : ddg_coarse_people_find(t, assessment, context);
}

/* Making ------------------------------------------------------------------------------------- */

/* How near to the table that is made a cell is: of cells that become one only the nearest count. */
enum { THERE = 0, ADDED = 1 };

/* A table on the way: slots have numbers of its cells, from 1; a free one has 0. */
struct making {
    struct ddg_coarse_table *table;
    const struct ddg_coarse_table *from;
    struct ddg_hash_key hash;
    uint32_t *slot, *distance;
    size_t slots, measures;
};

static size_t find(struct making *m, uint64_t key, bool *is_new)
{
    struct ddg_coarse_table *t = m->table;
    size_t at = ddg_hash_pair(&m->hash, key, key) & (m->slots - 1);

    while (m->slot[at] && t->key[m->slot[at] - 1] != key)
        at = (at + 1) & (m->slots - 1);
    *is_new = m->slot[at] == 0;
    if (*is_new) {
        t->key[t->cells++] = key;
        m->slot[at] = (uint32_t)t->cells;
    }
    return m->slot[at] - 1;
}

static void add_up(uint64_t *to, uint64_t value)
{
    if (!ddg_add_unsigned(to, value))
        *to = UINT64_MAX;
}

static void take(struct making *m, uint64_t cell, uint64_t key, size_t dimension, uint32_t distance)
{
    struct ddg_coarse_table *t = m->table;
    const uint64_t *people = m->from->people;
    const uint64_t *value = m->from->value + cell * m->measures;
    bool is_new;
    size_t to = find(m, key, &is_new);
    uint64_t *sum = t->value + to * m->measures;

    if (is_new || distance < m->distance[to]) {
        memcpy(sum, value, m->measures * sizeof *sum);
        m->distance[to] = distance;
        if (people)
            t->people[to] = people[cell];
    } else if (distance == m->distance[to]) {
        for (size_t i = 0; i < m->measures; i++)
            add_up(&sum[i], value[i]);
        if (people)
            t->people[to] = ddg_coarse_people_merge(t, dimension, t->people[to], people[cell]);
    }
    add_up(&t->inner[to], m->from->inner[cell]);
}

static void take_all(struct making *m, const struct ddg_choice *choice)
{
    const struct ddg_coarse_table *from = m->from;
    const struct ddg_dimension *dimension = &from->intake->dimension[choice->dimension];
    uint64_t stride = from->stride[choice->dimension];

    for (uint64_t i = 0; i < from->cells; i++) {
        uint32_t category = ddg_coarse_category(from, from->key[i], choice->dimension);
        uint32_t target = choice->target[category];
        /* wraps around where the target's number is the larger, and the sum back again */
        uint64_t change = ((uint64_t)target - category) * stride;
        bool stays = target == category && choice->label[category].length == 0;

        take(m, i, from->key[i] + change, choice->dimension,
             stays ? THERE : ADDED + dimension->height[category]);
    }
}

enum ddg_error ddg_coarse_table_make(struct ddg_coarse_table *t,
                                     const struct ddg_coarse_table *from,
                                     const struct ddg_choice *choice, struct ddg_context *context)
{
    struct making m = {.table = t,
                       .from = from,
                       .hash = ddg_hash_key_new(),
                       .slots = 16,
                       .measures = from->intake->sample.measures};
    enum ddg_error error;

    *t = *from;
    t->key = t->value = t->inner = t->people = NULL;
    t->cells = 0;
    t->choice[t->choices++] = choice;
    while (m.slots / 2 < from->cells)
        m.slots *= 2;
    if (!(error = allocate(t, from->cells, from->people, context)) &&
        !(error = ddg_allocate(&m.slot, m.slots, sizeof *m.slot, context)) &&
        !(error = ddg_allocate(&m.distance, from->cells, sizeof *m.distance, context)))
        take_all(&m, choice);
    free(m.slot);
    free(m.distance);
    return error;
}
