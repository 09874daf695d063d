#include "table/subtotals.h"

#include <stdlib.h>

enum {
    LARGE = 100,           /* where a single line shows it, smaller counts are sums by chance */
    LINES_MOST = 20,       /* that candidates are looked for in, */
    CANDIDATES_MOST = 1000 /* and how many of them are kept */
};

/* A category that may be the sum of others: positions in the order of the rows. */
struct candidate {
    uint32_t sum, first, last;
    uint32_t confirmed; /* lines that show it */
    uint64_t largest;   /* what the category counts there at the most */
};

/* A count in one line. */
struct figure {
    uint64_t low, high;
};

/* The parts of one category of a dimension. */
struct group {
    const struct ddg_model *model;
    const struct ddg_figures *figures;
    size_t dimension;
    bool printed; /* lines whose total is printed are looked at, too */
    uint32_t parent;
    uint32_t *position;    /* of each category, among the parts in the order of the rows */
    uint32_t *category;    /* of each position */
    struct figure *figure; /* of each position, in one line */
    uint32_t parts, lines;
    struct candidate *candidate;
    size_t candidates, room;
};

static bool is_known(const struct figure *figure)
{
    return figure->low == figure->high;
}

/* Puts the counts of a line by their positions; false for one that is not of the group, or of which
 * nothing follows. */
static bool read_line(struct group *g, uint32_t line)
{
    const struct ddg_model *m = g->model;
    size_t start = m->line_start[line];
    uint64_t any = 0;

    if (m->line_dimension[line] != g->dimension ||
        (m->line_cell[start] < m->printed && !g->printed) ||
        ddg_model_category(m, m->line_cell[start], g->dimension) != g->parent ||
        ddg_model_may_overlap(m, g->figures->measure, line))
        return false;
    memset(g->figure, 0, g->parts * sizeof *g->figure);
    for (size_t i = start + 1; i < m->line_start[line + 1]; i++) {
        uint32_t cell = m->line_cell[i];
        uint32_t position = g->position[ddg_model_category(m, cell, g->dimension)];

        if (position == DDG_NO_NAME)
            return false;
        g->figure[position] = (struct figure){g->figures->low[cell], g->figures->high[cell]};
        any |= g->figures->high[cell];
    }
    return any > 0;
}

/* Parts beside a position, in one direction, that add up to it, all of them known; *last is the
 * farthest. */
static bool find_run(const struct group *g, uint32_t sum, int step, uint32_t *last)
{
    uint64_t left = g->figure[sum].low, counting = 0;

    if (!is_known(&g->figure[sum]))
        return false;
    for (uint32_t at = sum + (uint32_t)step; at < g->parts && left > 0; at += (uint32_t)step) {
        if (!is_known(&g->figure[at]) || g->figure[at].low > left)
            return false;
        left -= g->figure[at].low;
        counting += g->figure[at].low > 0;
        *last = at;
    }
    return left == 0 && counting > 1;
}

static bool has_candidate(const struct group *g, const struct candidate *c)
{
    for (size_t i = 0; i < g->candidates; i++)
        if (g->candidate[i].sum == c->sum && g->candidate[i].first == c->first &&
            g->candidate[i].last == c->last)
            return true;
    return false;
}

static enum ddg_error add_candidates(struct group *g, struct ddg_context *context)
{
    for (uint32_t sum = 0; sum < g->parts; sum++)
        for (int step = -1; step <= 1; step += 2) {
            uint32_t last = sum;
            struct candidate c = {.sum = sum};
            enum ddg_error error;

            if (g->candidates == CANDIDATES_MOST || !find_run(g, sum, step, &last))
                continue;
            c.first = step < 0 ? last : sum + 1;
            c.last = step < 0 ? sum - 1 : last;
            if (has_candidate(g, &c))
                continue;
            if ((error = ddg_grow(&g->candidate, &g->room, g->candidates + 1, sizeof *g->candidate,
                                  context)))
                return error;
            g->candidate[g->candidates++] = c;
        }
    return DDG_OK;
}

/* False where the line belies the candidate. */
static bool may_hold(const struct group *g, struct candidate *c)
{
    const struct figure *sum = &g->figure[c->sum];
    unsigned __int128 low = 0, high = 0;
    uint32_t counting = 0;

    for (uint32_t at = c->first; at <= c->last; at++) {
        low += g->figure[at].low;
        high += g->figure[at].high;
        counting += g->figure[at].low > 0;
    }
    if (low == high && is_known(sum) && counting > 1) {
        c->confirmed++;
        c->largest = sum->low > c->largest ? sum->low : c->largest;
    }
    return sum->high >= low && sum->low <= high;
}

static void sift(struct group *g)
{
    size_t kept = 0;

    for (size_t i = 0; i < g->candidates; i++)
        if (may_hold(g, &g->candidate[i]))
            g->candidate[kept++] = g->candidate[i];
    g->candidates = kept;
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

/* Of what a single line shows, all that is not large is left out. */
static void drop_small(struct group *g)
{
    size_t kept = 0;

    for (size_t i = 0; i < g->candidates; i++)
        if (g->candidate[i].confirmed > 1 || g->candidate[i].largest >= LARGE)
            g->candidate[kept++] = g->candidate[i];
    g->candidates = kept;
}

static enum ddg_error find(struct group *g, struct ddg_context *context)
{
    enum ddg_error error = DDG_OK;

    for (uint32_t line = 0; !error && g->lines < LINES_MOST && line < g->model->lines; line++)
        if (read_line(g, line)) {
            g->lines++;
            error = add_candidates(g, context);
        }
    for (uint32_t line = 0; !error && g->candidates > 0 && line < g->model->lines; line++)
        if (read_line(g, line))
            sift(g);
    drop_small(g);
    return error;
}

static struct ddg_text label_of(const struct group *g, uint32_t position)
{
    const struct ddg_dimension *d = &g->model->dimension[g->dimension];
    size_t level = d->levels - 1;

    /* of nested columns, the lowest that has a label of its own */
    while (level > 0 && ddg_text_equal(ddg_dimension_label(d, g->category[position], level),
                                       d->level[level].total))
        level--;
    return ddg_dimension_label(d, g->category[position], level);
}

enum ddg_error ddg_subtotals_find(struct ddg_subtotals *found, const struct ddg_model *m,
                                  const struct ddg_figures *figures, size_t dimension, bool printed,
                                  struct ddg_context *context)
{
    uint32_t categories = m->dimension[dimension].category.count;
    struct group g = {.model = m, .figures = figures, .dimension = dimension, .printed = printed};
    enum ddg_error error;

    *found = (struct ddg_subtotals){.any = false};
    if (!(error = ddg_allocate(&g.position, categories, sizeof *g.position, context)) &&
        !(error = ddg_allocate(&g.category, categories, sizeof *g.category, context)))
        error = ddg_allocate(&g.figure, categories, sizeof *g.figure, context);
    g.parent = m->dimension[dimension].total;
    if (!error && g.parent != DDG_NO_NAME)
        find_positions(&g);
    if (!error && g.parts > 2)
        error = find(&g, context);
    if (!error && g.candidates > 0)
        *found = (struct ddg_subtotals){
            .any = true,
            .sum = label_of(&g, g.candidate[0].sum),
            .first = label_of(&g, g.candidate[0].first),
            .last = label_of(&g, g.candidate[0].last),
            .between = g.candidate[0].last - g.candidate[0].first > 1,
            .others = g.candidates - 1,
        };
    free(g.position);
    free(g.category);
    free(g.figure);
    free(g.candidate);
    return error;
}

void ddg_subtotals_say(struct ddg_prose *prose, const struct ddg_subtotals *found)
{
    ddg_prose_quote(prose, found->sum);
    ddg_prose_say(prose, " counts what ");
    ddg_prose_quote(prose, found->first);
    ddg_prose_say(prose, found->between ? " to " : " and ");
    ddg_prose_quote(prose, found->last);
    ddg_prose_say(prose, " do together");
    if (found->others > 0) {
        ddg_prose_say(prose, ", and ");
        ddg_prose_count(prose, found->others, "other does", "others do");
        ddg_prose_say(prose, " the like");
    }
    ddg_prose_print(prose, ": if %s, --hierarchy has to say so",
                    found->others > 0 ? "they are subtotals" : "it is a subtotal");
}
