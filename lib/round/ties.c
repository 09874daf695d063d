#include "round/ties.h"

#include <stdlib.h>

/* Measures of which all sums are tried, and how many parts the sums of more have. */
enum { MANY = 10, PARTS_OF_MANY = 2 };

typedef unsigned __int128 wide;

struct search {
    struct ddg_ties *ties;
    const struct ddg_shown *shown;
    uint32_t measures, parts_most;
    struct ddg_context *context;
};

bool ddg_tie_is_shown(const struct ddg_tie *tie, const struct ddg_shown *shown, uint32_t row)
{
    uint32_t end = ddg_tie_end(tie);

    for (uint32_t i = 0; i < end; i++)
        if (ddg_tie_has(tie, i) && shown[i].state[row] != DDG_SHOWN)
            return false;
    return shown[tie->whole].state[row] == DDG_SHOWN;
}

/* What the parts come to. */
static wide add_parts(const struct ddg_tie *tie, const struct ddg_shown *shown, uint32_t row)
{
    uint32_t end = ddg_tie_end(tie);
    wide sum = 0;

    for (uint32_t i = 0; i < end; i++)
        sum += ddg_tie_has(tie, i) ? shown[i].range.low[row] : 0;
    return sum;
}

/* Does it hold in every row?  *tie then says whether parts and whole are 0 together. */
static bool holds(struct ddg_tie *tie, const struct ddg_shown *shown)
{
    bool any = false;

    tie->together = true;
    for (uint32_t row = 0; row < shown->model->printed; row++) {
        uint64_t whole = shown[tie->whole].range.low[row];
        wide sum;

        if (!ddg_tie_is_shown(tie, shown, row))
            continue;
        sum = add_parts(tie, shown, row);
        if (tie->equal ? sum != whole : sum > whole)
            return false;
        any = any || sum > 0;
        tie->together = tie->together && (sum > 0) == (whole > 0);
    }
    return any;
}

static enum ddg_error keep_if_true(const struct search *s, struct ddg_tie tie)
{
    struct ddg_ties *ties = s->ties;
    enum ddg_error error;

    if (!holds(&tie, s->shown))
        return DDG_OK;
    error = ddg_grow(&ties->tie, &ties->room, ties->count + 1, sizeof *ties->tie, s->context);
    if (!error)
        ties->tie[ties->count++] = tie;
    return error;
}

/* Is it a sum of some parts of another that holds?  That one says more. */
static bool is_in_another(const struct ddg_ties *ties, const struct ddg_tie *tie)
{
    for (size_t i = 0; i < ties->count; i++) {
        const struct ddg_tie *t = &ties->tie[i];

        if (t->whole == tie->whole && t->parts != tie->parts &&
            (t->parts & tie->parts) == tie->parts)
            return true;
    }
    return false;
}

/* Tries all sums that have the parts so far, and more from measure `from` on: the longest first. */
static enum ddg_error try_sums(const struct search *s, uint32_t whole, uint64_t parts,
                               uint32_t count, uint32_t from)
{
    struct ddg_tie tie = {whole, parts, true, false};
    size_t before = s->ties->count;
    enum ddg_error error = DDG_OK;

    for (uint32_t i = from; !error && count < s->parts_most && i < s->measures; i++)
        if (i != whole)
            error = try_sums(s, whole, parts | 1ULL << i, count + 1, i + 1);
    if (error || count < 2)
        return error;
    error = keep_if_true(s, tie);
    tie.equal = false;
    if (!error && s->ties->count == before && !is_in_another(s->ties, &tie))
        error = keep_if_true(s, tie);
    return error;
}

static enum ddg_error try_pairs(const struct search *s, uint32_t whole)
{
    enum ddg_error error = DDG_OK;

    for (uint32_t part = 0; !error && part < s->measures; part++)
        if (part != whole)
            error = keep_if_true(s, (struct ddg_tie){whole, 1ULL << part, false, false});
    return error;
}

static enum ddg_error find(struct ddg_ties *ties, const struct ddg_shown *shown, size_t measures,
                           bool sums, struct ddg_context *context)
{
    struct search s = {ties, shown, measures < DDG_TIED_MOST ? (uint32_t)measures : DDG_TIED_MOST,
                       measures > MANY ? PARTS_OF_MANY : MANY, context};
    enum ddg_error error = DDG_OK;

    *ties = (struct ddg_ties){0};
    for (uint32_t whole = 0; !error && measures > 1 && whole < s.measures; whole++) {
        error = try_pairs(&s, whole);
        if (!error && sums)
            error = try_sums(&s, whole, 0, 0, 0);
    }
    return error;
}

enum ddg_error ddg_ties_find(struct ddg_ties *ties, const struct ddg_shown *shown, size_t measures,
                             struct ddg_context *context)
{
    return find(ties, shown, measures, true, context);
}

enum ddg_error ddg_ties_find_pairs(struct ddg_ties *ties, const struct ddg_shown *shown,
                                   size_t measures, struct ddg_context *context)
{
    return find(ties, shown, measures, false, context);
}

void ddg_ties_free(struct ddg_ties *ties)
{
    free(ties->tie);
    *ties = (struct ddg_ties){0};
}

void ddg_tie_bound_hidden(const struct ddg_tie *tie, struct ddg_shown *shown)
{
    const struct ddg_shown *whole = &shown[tie->whole];
    struct ddg_shown *part = &shown[ddg_tie_end(tie) - 1];

    if (!ddg_tie_is_pair(tie))
        return;
    for (uint32_t row = 0; row < whole->model->printed; row++)
        if (whole->state[row] == DDG_SUPPRESSED && part->state[row] == DDG_SUPPRESSED &&
            part->range.low[row] <= whole->range.high[row] &&
            part->range.high[row] > whole->range.high[row])
            part->range.high[row] = whole->range.high[row];
}
