#include "score/coarse_found.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Of a text of advice, for the names of the choices. */
enum { CHOICES_ROOM = 480 };

/* Cells that fail the numerator-denominator condition (R-ND-1); those that fail both, twice. */
static uint64_t failing(const struct ddg_coarse_found *f)
{
    return f->score.small + f->score.few;
}

bool ddg_coarse_found_helps(const struct ddg_coarse_found *f)
{
    return !f->score.mask || failing(f) == 0;
}

int ddg_coarse_found_compare_choices(const struct ddg_coarse_found *a,
                                     const struct ddg_coarse_found *b)
{
    for (size_t i = 0; i < a->choices && i < b->choices; i++)
        if (a->choice[i] != b->choice[i])
            return a->choice[i] < b->choice[i] ? -1 : 1;
    return (a->choices > b->choices) - (a->choices < b->choices);
}

int ddg_coarse_found_compare(const void *a, const void *b)
{
    const struct ddg_coarse_found *x = a, *y = b;

    if (ddg_coarse_found_helps(x) != ddg_coarse_found_helps(y))
        return ddg_coarse_found_helps(x) ? -1 : 1;
    if (!ddg_coarse_found_helps(x) && x->score.score != y->score.score)
        return x->score.score < y->score.score ? -1 : 1;
    if (x->kept != y->kept)
        return x->kept > y->kept ? -1 : 1;
    return ddg_coarse_found_compare_choices(x, y);
}

int ddg_coarse_found_compare_failing(const void *a, const void *b)
{
    const struct ddg_coarse_found *x = a, *y = b;

    if (failing(x) != failing(y))
        return failing(x) < failing(y) ? -1 : 1;
    return ddg_coarse_found_compare(a, b);
}

int ddg_coarse_found_compare_gain(const void *a, const void *b)
{
    const struct ddg_coarse_found *x = a, *y = b;

    if (x->gain != y->gain)
        return x->gain > y->gain ? -1 : 1;
    return ddg_coarse_found_compare(a, b);
}

/* The share of a way that is done. */
static double share(int64_t done, int64_t whole)
{
    return done > 0 && whole > 0 ? (double)done / (double)whole : 0;
}

double ddg_coarse_found_gain(const struct ddg_coarse_found *f, const struct ddg_coarse_score *whole,
                             int64_t most)
{
    enum { FINEST = 1000000 }; /* what loses nothing is not infinitely good */
    struct ddg_coarse_found from = {.score = *whole};
    int64_t cells = (int64_t)failing(&from);
    double by_cells = share(cells - (int64_t)failing(f), cells);
    double by_score = share(whole->score - f->score.score, whole->score - most);

    return (by_cells > by_score ? by_cells : by_score) / (1 - f->kept + 1.0 / FINEST);
}

/* Combinations -------------------------------------------------------------------------------- */

static bool has(const struct ddg_coarse_found *f, size_t choice)
{
    for (size_t i = 0; i < f->choices; i++)
        if (f->choice[i] == choice)
            return true;
    return false;
}

bool ddg_coarse_found_is_part_of(const struct ddg_coarse_found *part,
                                 const struct ddg_coarse_found *f)
{
    for (size_t i = 0; i < part->choices; i++)
        if (!has(f, part->choice[i]))
            return false;
    return true;
}

static bool has_or_covers(const struct ddg_coarse_found *f, size_t choice,
                          const struct ddg_choices *choices)
{
    for (size_t i = 0; i < f->choices; i++)
        if (f->choice[i] == choice || ddg_choices_cover(choices, f->choice[i], choice))
            return true;
    return false;
}

bool ddg_coarse_found_covers(const struct ddg_coarse_found *f, const struct ddg_coarse_found *finer,
                             const struct ddg_choices *choices)
{
    for (size_t i = 0; i < finer->choices; i++)
        if (!has_or_covers(f, finer->choice[i], choices))
            return false;
    return true;
}

/* Saying -------------------------------------------------------------------------------------- */

static const char *many(uint64_t count)
{
    return count == 1 ? "" : "s";
}

void ddg_coarse_found_say(const struct ddg_coarse_found *f, const struct ddg_choices *choices,
                          char text[static DDG_ADVICE_ROOM])
{
    const struct ddg_coarse_score *score = &f->score;
    char small[64] = "", few[80] = "";
    size_t used = 0;

    if (score->small > 0)
        snprintf(small, sizeof small, "%" PRIu64 " small cell%s%s", score->small,
                 many(score->small), score->few > 0 ? " and " : "");
    if (score->few > 0)
        snprintf(few, sizeof few, "%" PRIu64 " cell%s with a small population", score->few,
                 many(score->few));
    for (size_t i = 0; i < f->choices && used < CHOICES_ROOM; i++)
        used += (size_t)snprintf(text + used, CHOICES_ROOM - used, "%s%s", i > 0 ? "; " : "",
                                 choices->item[f->choice[i]].text);
    used = strlen(text);
    snprintf(text + used, DDG_ADVICE_ROOM - used,
             ": score %" PRId64 ", %s%s%s; %.0f %% of the information is kept", score->score, small,
             few,
             failing(f) == 0 ? "no small cells"
             : score->mask   ? ""
                             : ", which need not be masked",
             100 * f->kept);
}
