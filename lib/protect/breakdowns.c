#include "protect/breakdowns.h"

#include "table/likely.h"

#include <stdlib.h>

/* So many totals are not the same by chance. */
enum { SAME_LEAST = 3, SAME_OF_LEVELS = 2 };

void ddg_breakdowns_init(struct ddg_breakdowns *b, struct ddg_context *context)
{
    *b = (struct ddg_breakdowns){.label = {.context = context}, .key = ddg_hash_key_new()};
    ddg_names_init(&b->totals);
}

void ddg_breakdowns_free(struct ddg_breakdowns *b)
{
    ddg_names_free(&b->totals);
    ddg_prose_free(&b->label);
    free(b->seen);
    b->seen = NULL;
}

static void count(struct ddg_breakdowns *b, bool same)
{
    b->same += same;
    b->differ += !same;
}

/* Puts the labels of a cell together, of the columns of --by or of all others; false where those
 * are no total. */
static bool make_label(struct ddg_breakdowns *b, const struct ddg_model *m, uint32_t cell,
                       const struct ddg_list *by, bool of_by)
{
    const struct ddg_table *t = m->table;
    bool total = false;

    b->label.used = 0;
    for (size_t dim = 0; dim < t->dims; dim++) {
        struct ddg_text label = ddg_model_label(m, cell, dim);

        if (ddg_list_has(by, t->name[t->dim[dim]]) != of_by)
            continue;
        total = total || ddg_text_equal(label, ddg_model_level(m, dim)->total);
        ddg_prose_print(&b->label, "%zu:", label.length);
        ddg_prose_add(&b->label, label);
    }
    return total;
}

/* Compares a total with that of the same labels in another value of --by. */
static void compare(struct ddg_breakdowns *b, const struct ddg_model *m, uint32_t cell,
                    uint64_t value, const struct ddg_list *by)
{
    struct ddg_text text;
    uint32_t number;
    uint64_t digest;

    make_label(b, m, cell, by, true);
    text = ddg_prose_text(&b->label);
    digest = ddg_hash_bytes(&b->key, text.at, text.length);
    if (!make_label(b, m, cell, by, false) || b->label.context->error)
        return;
    text = ddg_prose_text(&b->label);
    number = ddg_names_find(&b->totals, text);
    if (number != DDG_NO_NAME) {
        if (b->seen[number].by != digest)
            count(b, b->seen[number].count == value);
    } else if (b->blocks == 0 && !ddg_names_add(&b->totals, text, &number, b->label.context) &&
               !ddg_grow(&b->seen, &b->room, (size_t)number + 1, sizeof *b->seen,
                         b->label.context)) {
        b->seen[number] = (struct ddg_total_seen){value, digest};
    }
}

/* Compares the parts of a line of nested columns whose total is not printed. */
static void compare_parts(struct ddg_breakdowns *b, const struct ddg_model *m,
                          const struct ddg_truth *truth, uint32_t line)
{
    size_t start = m->line_start[line], end = m->line_start[line + 1];
    uint64_t value = truth->low[m->line_cell[start + 1]];

    if (m->line_cell[start] < m->printed || end - start < 3 || value == 0)
        return;
    for (size_t i = start + 2; i < end; i++)
        if (m->line_cell[i] < m->printed)
            count(b, truth->low[m->line_cell[i]] == value);
}

static void look_at_nested(struct ddg_breakdowns *b, const struct ddg_model *m,
                           const struct ddg_truth *truth)
{
    for (uint32_t line = 0; line < m->lines; line++) {
        const struct ddg_dimension *d = &m->dimension[m->line_dimension[line]];
        uint32_t total = m->line_cell[m->line_start[line]];

        if (d->levels < 2 || ddg_model_category(m, total, m->line_dimension[line]) != d->total)
            continue;
        b->name = d->level[0].name;
        compare_parts(b, m, truth, line);
    }
}

void ddg_breakdowns_add(struct ddg_breakdowns *b, const struct ddg_model *m,
                        const struct ddg_truth *truth, const struct ddg_description *description)
{
    const struct ddg_list *by = &description->by;

    if (description->partitions.count > 0)
        return;
    if (by->count > 0) {
        b->name = by->item[0];
        for (uint32_t cell = 0; cell < m->printed; cell++)
            if (truth->low[cell] > 0)
                compare(b, m, cell, truth->low[cell], by);
    } else {
        look_at_nested(b, m, truth);
    }
    b->blocks++;
}

/* How many totals of the lower column there are beside another value of the upper one, equal or
 * not; none where the upper column has a total itself: then it adds up. */
static void compare_levels(const struct ddg_model *m, const struct ddg_truth *truth,
                           const struct ddg_likely_levels *levels, uint64_t *same, uint64_t *differ)
{
    size_t upper = m->place[2 * levels->upper], lower = m->place[2 * levels->lower];
    const struct ddg_dimension *kinds = &m->dimension[upper];
    uint32_t total = m->dimension[lower].total;

    for (uint32_t cell = 0; cell < m->printed; cell++) {
        uint32_t all = ddg_model_neighbour(m, cell, upper, kinds->total);

        if (ddg_model_category(m, cell, lower) != total || truth->low[cell] == 0 || all == cell)
            continue;
        *differ += all < m->printed;
        for (uint32_t c = 0; c < kinds->category.count; c++) {
            uint32_t other = ddg_model_neighbour(m, cell, upper, c);

            if (c != kinds->total && other < cell)
                *(truth->low[other] == truth->low[cell] ? same : differ) += 1;
        }
    }
}

enum ddg_error ddg_breakdowns_check(const struct ddg_model *m, const struct ddg_truth *truth,
                                    const struct ddg_description *description,
                                    struct ddg_context *context)
{
    const struct ddg_table *t = m->table;
    struct ddg_likely_levels levels;
    struct ddg_text upper, lower;
    uint64_t same = 0, differ = 0;
    bool any;
    enum ddg_error error = ddg_likely_levels_find(&levels, &any, m, description, context);

    if (error || !any)
        return error;
    compare_levels(m, truth, &levels, &same, &differ);
    if (same < SAME_OF_LEVELS || differ > 0)
        return DDG_OK;
    upper = t->name[t->dim[levels.upper]];
    lower = t->name[t->dim[levels.lower]];
    return ddg_fail(context, DDG_INPUT,
                    "%s: values of '%.*s' stand beside one of '%.*s' each, and all these have the "
                    "same totals: breakdowns of the same people want --partitions %.*s,%.*s; of "
                    "others --by %.*s",
                    t->file, (int)lower.length, lower.at, (int)upper.length, upper.at,
                    (int)upper.length, upper.at, (int)lower.length, lower.at, (int)upper.length,
                    upper.at);
}

void ddg_breakdowns_say(const struct ddg_breakdowns *b, struct ddg_prose *prose)
{
    if (b->same < SAME_LEAST || b->differ > 0)
        return;
    ddg_prose_say(prose, "ddg-suppress: note: totals are the same in each '");
    ddg_prose_add(prose, b->name);
    ddg_prose_say(prose, "': if these are breakdowns of the same people, they have to be masked "
                         "together, as ddg-suppress(1) says under BREAKDOWNS SIDE BY SIDE\n");
}
