#include "protect/subtotals.h"

#include <stdlib.h>

/* In a single line, smaller counts are sums of their neighbours by chance. */
enum { LARGE = 100 };

/* A category that may be the sum of others: positions in the order of the rows. */
struct candidate {
    uint32_t sum, first, last;
};

/* The parts of one category of a dimension. */
struct group {
    const struct ddg_model *model;
    const struct ddg_truth *truth;
    size_t measure, dimension;
    uint32_t parent;
    uint32_t *position; /* of each category, among the parts in the order of the rows */
    uint32_t *category; /* of each position */
    uint64_t *count;    /* of each position, in one line */
    uint32_t parts, lines;
    struct candidate *candidate;
    size_t candidates, room;
};

/* Puts the counts of a line by their positions; false for one that is not of the group, has a total
 * in print, counts nothing, or whose parts are unknown, not in rows or may overlap. */
static bool read_line(struct group *g, uint32_t line)
{
    const struct ddg_model *m = g->model;
    size_t start = m->line_start[line];
    uint64_t any = 0;

    if (m->line_dimension[line] != g->dimension || m->line_cell[start] < m->printed ||
        ddg_model_category(m, m->line_cell[start], g->dimension) != g->parent ||
        ddg_model_may_overlap(m, g->measure, line))
        return false;
    memset(g->count, 0, g->parts * sizeof *g->count);
    for (size_t i = start + 1; i < m->line_start[line + 1]; i++) {
        uint32_t cell = m->line_cell[i];
        uint32_t position = g->position[ddg_model_category(m, cell, g->dimension)];

        if (position == DDG_NO_NAME || g->truth->low[cell] != g->truth->high[cell])
            return false;
        g->count[position] = g->truth->low[cell];
        any |= g->truth->low[cell];
    }
    return any > 0;
}

/* Parts beside a position, in one direction, that add up to it; *last is the farthest. */
static bool find_run(const struct group *g, uint32_t sum, int step, uint32_t *last)
{
    uint64_t left = g->count[sum], counting = 0;

    for (uint32_t at = sum + (uint32_t)step; at < g->parts && left > 0; at += (uint32_t)step) {
        if (g->count[at] > left)
            return false;
        left -= g->count[at];
        counting += g->count[at] > 0;
        *last = at;
    }
    return left == 0 && counting > 1;
}

static enum ddg_error add_candidates(struct group *g, struct ddg_context *context)
{
    for (uint32_t sum = 0; sum < g->parts; sum++)
        for (int step = -1; step <= 1; step += 2) {
            uint32_t last = sum;
            enum ddg_error error;

            if (!find_run(g, sum, step, &last))
                continue;
            if ((error = ddg_grow(&g->candidate, &g->room, g->candidates + 1, sizeof *g->candidate,
                                  context)))
                return error;
            g->candidate[g->candidates++] =
                (struct candidate){sum, step < 0 ? last : sum + 1, step < 0 ? sum - 1 : last};
        }
    return DDG_OK;
}

static bool holds(const struct group *g, const struct candidate *c)
{
    unsigned __int128 sum = 0;

    for (uint32_t at = c->first; at <= c->last; at++)
        sum += g->count[at];
    return sum == g->count[c->sum];
}

/* Keeps the candidates that hold in the line; the first line finds them. */
static enum ddg_error sift(struct group *g, struct ddg_context *context)
{
    size_t kept = 0;

    if (g->lines++ == 0)
        return add_candidates(g, context);
    for (size_t i = 0; i < g->candidates; i++)
        if (holds(g, &g->candidate[i]))
            g->candidate[kept++] = g->candidate[i];
    g->candidates = kept;
    return DDG_OK;
}

static void find_positions(struct group *g)
{
    const struct ddg_dimension *d = &g->model->dimension[g->dimension];

    g->parts = 0;
    for (uint32_t i = 0; i < d->category.count; i++)
        g->position[i] = DDG_NO_NAME;
    for (uint32_t row = 0; row < g->model->printed; row++) {
        uint32_t category = d->of_row[row];

        if (d->parent[category] != g->parent || g->position[category] != DDG_NO_NAME)
            continue;
        g->category[g->parts] = category;
        g->position[category] = g->parts++;
    }
}

/* In one line, all that is not large is left out. */
static void drop_small(struct group *g)
{
    const struct ddg_model *m = g->model;
    size_t kept = 0;

    for (uint32_t line = 0; line < m->lines && !read_line(g, line); line++)
        continue;
    for (size_t i = 0; i < g->candidates; i++)
        if (g->count[g->candidate[i].sum] >= LARGE)
            g->candidate[kept++] = g->candidate[i];
    g->candidates = kept;
}

static void say_label(struct ddg_prose *prose, const struct group *g, uint32_t position)
{
    const struct ddg_dimension *d = &g->model->dimension[g->dimension];
    size_t level = d->levels - 1;

    /* of nested columns, the lowest that has a label of its own */
    while (level > 0 && ddg_text_equal(ddg_dimension_label(d, g->category[position], level),
                                       d->level[level].total))
        level--;
    ddg_prose_say(prose, "'");
    ddg_prose_add(prose, ddg_dimension_label(d, g->category[position], level));
    ddg_prose_say(prose, "'");
}

static void say(struct ddg_prose *prose, const struct group *g)
{
    const struct candidate *c = &g->candidate[0];
    const struct ddg_table *t = g->model->table;

    ddg_prose_say(prose, "ddg-suppress: note: ");
    if (t->measures > 1) {
        ddg_prose_say(prose, "'");
        ddg_prose_add(prose, t->name[t->measure[g->measure].count]);
        ddg_prose_say(prose, "': ");
    }
    say_label(prose, g, c->sum);
    ddg_prose_say(prose, " counts what ");
    say_label(prose, g, c->first);
    ddg_prose_say(prose, c->last - c->first > 1 ? " to " : " and ");
    say_label(prose, g, c->last);
    ddg_prose_say(prose, " do together");
    if (g->candidates > 1) {
        ddg_prose_say(prose, ", and ");
        ddg_prose_count(prose, g->candidates - 1, "other does", "others do");
        ddg_prose_say(prose, " the like");
    }
    ddg_prose_print(prose, ": if %s, --hierarchy has to say so, or parts are not safe\n",
                    g->candidates > 1 ? "they are subtotals" : "it is a subtotal");
}

enum ddg_error ddg_subtotals_note(struct ddg_prose *prose, const struct ddg_model *m,
                                  const struct ddg_truth *truth, size_t measure)
{
    struct ddg_context *context = prose->context;
    enum ddg_error error = DDG_OK;

    for (size_t d = 0; !error && d < m->dimensions; d++) {
        uint32_t categories = m->dimension[d].category.count;
        struct group g = {.model = m, .truth = truth, .measure = measure, .dimension = d};

        if (!(error = ddg_allocate(&g.position, categories, sizeof *g.position, context)) &&
            !(error = ddg_allocate(&g.category, categories, sizeof *g.category, context)))
            error = ddg_allocate(&g.count, categories, sizeof *g.count, context);
        g.parent = m->dimension[d].total;
        if (!error && g.parent != DDG_NO_NAME)
            find_positions(&g);
        for (uint32_t line = 0; !error && g.parts > 2 && line < m->lines; line++)
            if (read_line(&g, line))
                error = sift(&g, context);
        if (!error && g.lines == 1)
            drop_small(&g);
        if (!error && g.candidates > 0)
            say(prose, &g);
        free(g.position);
        free(g.category);
        free(g.count);
        free(g.candidate);
    }
    return error;
}
