#include "table/subtotals.h"

#include "table/total_name.h"

#include <stdlib.h>

enum {
    LARGE = 100,            /* where a single line shows it, smaller counts are sums by chance */
    LINES_MOST = 20,        /* that candidates are looked for in, */
    CANDIDATES_MOST = 1000, /* and how many of them are kept */
    NAMED_MOST = 2000, /* of so many parts all runs are tried where one is called like a total */
};

/* A category that may be the sum of others: positions in the order of the rows. */
struct candidate {
    uint32_t sum, first, last; /* it may stand between them */
    uint32_t but;              /* that is left out, too; DDG_NO_NAME: none is */
    bool apart;                /* it does not stand beside what it sums up */
    uint32_t confirmed;        /* lines that show it */
    uint64_t largest;          /* what the category counts there at the most */
};

/* A count in one line. */
struct figure {
    uint64_t low, high;
    bool printed;
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
    bool *named;           /* of each position: called like a total */
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
        g->figure[position] =
            (struct figure){g->figures->low[cell], g->figures->high[cell], cell < m->printed};
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
            g->candidate[i].last == c->last && g->candidate[i].but == c->but)
            return true;
    return false;
}

static enum ddg_error add_candidate(struct group *g, const struct candidate *c,
                                    struct ddg_context *context)
{
    enum ddg_error error;

    if (g->candidates == CANDIDATES_MOST || has_candidate(g, c))
        return DDG_OK;
    if ((error =
             ddg_grow(&g->candidate, &g->room, g->candidates + 1, sizeof *g->candidate, context)))
        return error;
    g->candidate[g->candidates++] = *c;
    return DDG_OK;
}

static enum ddg_error add_beside(struct group *g, uint32_t sum, struct ddg_context *context)
{
    enum ddg_error error = DDG_OK;

    for (int step = -1; !error && step <= 1; step += 2) {
        uint32_t last = sum;
        struct candidate c = {.sum = sum, .but = DDG_NO_NAME};

        if (!find_run(g, sum, step, &last))
            continue;
        c.first = step < 0 ? last : sum + 1;
        c.last = step < 0 ? sum - 1 : last;
        error = add_candidate(g, &c, context);
    }
    return error;
}

/* Parts from a position on that add up to the sum, all of them known; it may stand among them. */
static bool find_run_from(const struct group *g, uint32_t sum, uint32_t first, uint32_t *last)
{
    uint64_t left = g->figure[sum].low, counting = 0;

    for (uint32_t at = first; at < g->parts && left > 0; at++) {
        if (at == sum)
            continue;
        if (!is_known(&g->figure[at]) || g->figure[at].low > left)
            return false;
        left -= g->figure[at].low;
        counting += g->figure[at].low > 0;
        *last = at;
    }
    return left == 0 && counting > 1;
}

/* How much all others count, where that is known and more than the sum. */
static bool find_rest(const struct group *g, uint32_t sum, uint64_t *rest)
{
    unsigned __int128 others = 0;

    for (uint32_t at = 0; at < g->parts; at++) {
        if (!is_known(&g->figure[at]))
            return false;
        others += at == sum ? 0 : g->figure[at].low;
    }
    *rest = (uint64_t)(others - g->figure[sum].low);
    return others > g->figure[sum].low && others - g->figure[sum].low <= UINT64_MAX;
}

/* Where its name says that it is a sum it may be one of any others that stand together, or of all
 * but one: of counties, and not of those who live elsewhere. */
static enum ddg_error add_apart(struct group *g, uint32_t sum, struct ddg_context *context)
{
    struct candidate c = {.sum = sum, .but = DDG_NO_NAME, .apart = true};
    enum ddg_error error = DDG_OK;
    uint64_t rest;

    if (!is_known(&g->figure[sum]) || g->figure[sum].low == 0)
        return DDG_OK;
    for (c.first = 0; !error && c.first < g->parts; c.first++)
        if (c.first != sum && g->figure[c.first].low > 0 && find_run_from(g, sum, c.first, &c.last))
            error = add_candidate(g, &c, context);
    if (error || !find_rest(g, sum, &rest))
        return error;
    c.first = sum == 0 ? 1 : 0;
    c.last = sum == g->parts - 1 ? g->parts - 2 : g->parts - 1;
    for (c.but = c.first + 1; !error && c.but < c.last; c.but++)
        if (c.but != sum && g->figure[c.but].low == rest)
            error = add_candidate(g, &c, context);
    return error;
}

static enum ddg_error add_candidates(struct group *g, struct ddg_context *context)
{
    enum ddg_error error = DDG_OK;

    for (uint32_t sum = 0; !error && sum < g->parts; sum++) {
        error = add_beside(g, sum, context);
        if (!error && g->named[sum] && g->figure[sum].printed && g->parts <= NAMED_MOST)
            error = add_apart(g, sum, context);
    }
    return error;
}

/* False where the line belies the candidate.  A row that a total would have may be missing where
 * totals are called otherwise. */
static bool may_hold(const struct group *g, struct candidate *c)
{
    const struct figure *sum = &g->figure[c->sum];
    unsigned __int128 low = 0, high = 0;
    uint32_t counting = 0;

    if (g->named[c->sum] && !sum->printed)
        return true;
    for (uint32_t at = c->first; at <= c->last; at++) {
        if (at == c->sum || at == c->but)
            continue;
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

/* The level of the dimension that the label of a position stands at: of nested columns, the lowest
 * that has one of its own. */
static size_t level_of(const struct group *g, uint32_t position)
{
    const struct ddg_dimension *d = &g->model->dimension[g->dimension];
    size_t level = d->levels - 1;

    while (level > 0 && ddg_text_equal(ddg_dimension_label(d, g->category[position], level),
                                       d->level[level].total))
        level--;
    return level;
}

static struct ddg_text label_of(const struct group *g, uint32_t position)
{
    return ddg_dimension_label(&g->model->dimension[g->dimension], g->category[position],
                               level_of(g, position));
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
        g->named[g->parts] = ddg_total_name_is_usual(label_of(g, g->parts));
        g->position[category] = g->parts++;
    }
}

/* Of what a single line shows, all that is not large is left out, but where the name says it, too.
 */
static void drop_small(struct group *g)
{
    size_t kept = 0;

    for (size_t i = 0; i < g->candidates; i++)
        if (g->candidate[i].confirmed > 1 || g->candidate[i].largest >= LARGE ||
            (g->named[g->candidate[i].sum] && !g->candidate[i].apart))
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

static bool has_totals(const struct group *g)
{
    const struct ddg_dimension *d = &g->model->dimension[g->dimension];

    for (uint32_t row = 0; row < g->model->printed; row++)
        if (d->of_row[row] == d->total)
            return true;
    return false;
}

/* The one to name, a sure one if there is any. */
static void tell(const struct group *g, struct ddg_subtotals *found,
                 const struct ddg_description *description)
{
    const struct candidate *c = &g->candidate[0];
    const struct ddg_level *level;
    uint32_t others = 0;

    for (size_t i = 0; i < g->candidates && !g->named[c->sum]; i++)
        if (g->named[g->candidate[i].sum])
            c = &g->candidate[i];
    for (size_t i = 0; i < g->candidates; i++)
        others += g->candidate[i].sum != c->sum &&
                  (i == 0 || g->candidate[i].sum != g->candidate[i - 1].sum);
    level = &g->model->dimension[g->dimension].level[level_of(g, c->sum)];
    *found = (struct ddg_subtotals){
        .any = true,
        .sum = label_of(g, c->sum),
        .first = label_of(g, c->first),
        .last = label_of(g, c->last),
        .between = c->last - c->first > (c->sum > c->first && c->sum < c->last ? 2 : 1),
        .except = c->but != DDG_NO_NAME,
        .others = others,
        .sure = g->named[c->sum] && !ddg_description_total_is_usual(description, level->name),
        .dimension = level->name,
    };
    if (found->except)
        found->but = label_of(g, c->but);
    if (has_totals(g))
        found->total = level->total;
}

enum ddg_error ddg_subtotals_find(struct ddg_subtotals *found, const struct ddg_model *m,
                                  const struct ddg_figures *figures, size_t dimension, bool printed,
                                  const struct ddg_description *description,
                                  struct ddg_context *context)
{
    uint32_t categories = m->dimension[dimension].category.count;
    struct group g = {.model = m, .figures = figures, .dimension = dimension, .printed = printed};
    enum ddg_error error;

    *found = (struct ddg_subtotals){.any = false};
    if (!(error = ddg_allocate(&g.position, categories, sizeof *g.position, context)) &&
        !(error = ddg_allocate(&g.category, categories, sizeof *g.category, context)) &&
        !(error = ddg_allocate(&g.named, categories, sizeof *g.named, context)))
        error = ddg_allocate(&g.figure, categories, sizeof *g.figure, context);
    g.parent = m->dimension[dimension].total;
    if (!error && g.parent != DDG_NO_NAME)
        find_positions(&g);
    if (!error && g.parts > 2)
        error = find(&g, context);
    if (!error && g.candidates > 0)
        tell(&g, found, description);
    free(g.position);
    free(g.category);
    free(g.named);
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
    if (found->except) {
        ddg_prose_say(prose, " but ");
        ddg_prose_quote(prose, found->but);
    }
    ddg_prose_say(prose, " do together");
    if (found->others > 0) {
        ddg_prose_say(prose, ", and ");
        ddg_prose_count(prose, found->others, "other does", "others do");
        ddg_prose_say(prose, " the like");
    }
    ddg_prose_print(prose, ": if %s, --hierarchy has to say so",
                    found->others > 0 ? "they are subtotals" : "it is a subtotal");
    if (found->sure && found->total.length > 0) {
        ddg_prose_say(prose, "; if it is what ");
        ddg_prose_quote(prose, found->total);
        ddg_prose_say(prose, " is elsewhere, --alias");
    }
    if (found->sure) {
        ddg_prose_say(prose, "; if it is a category like others: ");
        ddg_total_name_say(prose, found->dimension, ddg_text_of(DDG_USUAL_TOTAL));
    }
}
