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
