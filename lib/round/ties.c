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

static bool has_part(const struct ddg_tie *tie, uint32_t measure)
{
    return tie->parts >> measure & 1;
}

/* The measures behind the last part. */
static uint32_t end_of_parts(uint64_t parts)
{
    uint32_t end = 0;

    while (end < DDG_TIED_MOST && parts >> end > 0)
        end++;
    return end;
}

static bool is_shown(const struct ddg_tie *tie, const struct ddg_shown *shown, uint32_t row)
{
    uint32_t end = end_of_parts(tie->parts);

    for (uint32_t i = 0; i < end; i++)
        if (has_part(tie, i) && shown[i].state[row] != DDG_SHOWN)
            return false;
    return shown[tie->whole].state[row] == DDG_SHOWN;
}

/* What the parts come to. */
static wide add_parts(const struct ddg_tie *tie, const struct ddg_shown *shown, uint32_t row)
{
    uint32_t end = end_of_parts(tie->parts);
    wide sum = 0;

    for (uint32_t i = 0; i < end; i++)
        sum += has_part(tie, i) ? shown[i].range.low[row] : 0;
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

        if (!is_shown(tie, shown, row))
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

/* Tries all sums that have the parts so far, and more from measure `from` on. */
static enum ddg_error try_sums(const struct search *s, uint32_t whole, uint64_t parts,
                               uint32_t count, uint32_t from)
{
    enum ddg_error error = DDG_OK;

    if (count > 1)
        error = keep_if_true(s, (struct ddg_tie){whole, parts, true, false});
    for (uint32_t i = from; !error && count < s->parts_most && i < s->measures; i++)
        if (i != whole)
            error = try_sums(s, whole, parts | 1ULL << i, count + 1, i + 1);
    return error;
}

enum ddg_error ddg_ties_find(struct ddg_ties *ties, const struct ddg_shown *shown, size_t measures,
                             struct ddg_context *context)
{
    struct search s = {ties, shown, measures < DDG_TIED_MOST ? (uint32_t)measures : DDG_TIED_MOST,
                       measures > MANY ? PARTS_OF_MANY : MANY, context};
    enum ddg_error error = DDG_OK;

    *ties = (struct ddg_ties){0};
    for (uint32_t whole = 0; !error && measures > 1 && whole < s.measures; whole++) {
        for (uint32_t part = 0; !error && part < s.measures; part++)
            if (part != whole)
                error = keep_if_true(&s, (struct ddg_tie){whole, 1ULL << part, false, false});
        if (!error)
            error = try_sums(&s, whole, 0, 0, 0);
    }
    return error;
}

void ddg_ties_free(struct ddg_ties *ties)
{
    free(ties->tie);
    *ties = (struct ddg_ties){0};
}

/* Narrowing ------------------------------------------------------------------------------------ */

/* What is shown is in every range, and fits every tie: nothing is left empty. */
static bool restrict_to(const struct ddg_truth *range, uint32_t row, wide low, wide high)
{
    bool changed = false;

    if (low > range->low[row]) {
        range->low[row] = (uint64_t)low;
        changed = true;
    }
    if (high < range->high[row]) {
        range->high[row] = (uint64_t)high;
        changed = true;
    }
    return changed;
}

static bool narrow_sum(const struct ddg_tie *tie, const struct ddg_truth *range, uint32_t row)
{
    uint32_t end = end_of_parts(tie->parts);
    uint64_t least = range[tie->whole].low[row], most = range[tie->whole].high[row];
    wide low = 0, high = 0;
    bool changed;

    for (uint32_t i = 0; i < end; i++) {
        low += has_part(tie, i) ? range[i].low[row] : 0;
        high += has_part(tie, i) ? range[i].high[row] : 0;
    }
    changed = restrict_to(&range[tie->whole], row, low, high);
    for (uint32_t i = 0; i < end; i++) {
        wide others_low, others_high;

        if (!has_part(tie, i))
            continue;
        /* of the ranges as they were: what is narrowed here is gone into once more */
        others_low = low - range[i].low[row];
        others_high = high - range[i].high[row];
        changed |= restrict_to(&range[i], row, least > others_high ? least - others_high : 0,
                               most > others_low ? most - others_low : 0);
        low = others_low + range[i].low[row];
        high = others_high + range[i].high[row];
    }
    return changed;
}

static bool narrow_pair(const struct ddg_tie *tie, const struct ddg_truth *range, uint32_t row)
{
    const struct ddg_truth *whole = &range[tie->whole],
                           *part = &range[end_of_parts(tie->parts) - 1];
    uint64_t some = tie->together && whole->low[row] > 0;
    bool changed = restrict_to(part, row, some, whole->high[row]);

    return restrict_to(whole, row, part->low[row], UINT64_MAX) || changed;
}

bool ddg_tie_narrow(const struct ddg_tie *tie, const struct ddg_shown *shown,
                    const struct ddg_truth *range, uint32_t row)
{
    if (!is_shown(tie, shown, row))
        return false;
    return tie->equal ? narrow_sum(tie, range, row) : narrow_pair(tie, range, row);
}

void ddg_tie_bound_hidden(const struct ddg_tie *tie, struct ddg_shown *shown)
{
    const struct ddg_shown *whole = &shown[tie->whole];
    struct ddg_shown *part = &shown[end_of_parts(tie->parts) - 1];

    if (tie->equal)
        return;
    for (uint32_t row = 0; row < whole->model->printed; row++)
        if (whole->state[row] == DDG_SUPPRESSED && part->state[row] == DDG_SUPPRESSED &&
            part->range.low[row] <= whole->range.high[row] &&
            part->range.high[row] > whole->range.high[row])
            part->range.high[row] = whole->range.high[row];
}
