#include "score/coarse_beam.h"

#include <stdlib.h>

/* Of each kind, at most. */
enum { FEWEST = 2, LOWEST = 4, GAINING = DDG_BEAM_MOST - FEWEST - LOWEST };

/* Runs that are tried beside other choices. */
enum { RUNS_MOST = 40 };

typedef int comparison(const void *a, const void *b);

/* Takes from `found`, once it is sorted, the first ones that do not help. */
static size_t choose(struct ddg_coarse_found *found, size_t count, comparison *compare, size_t most,
                     struct ddg_coarse_found *beam, size_t taken)
{
    qsort(found, count, sizeof *found, compare);
    for (size_t i = 0, more = 0; i < count && more < most; i++) {
        bool twice = ddg_coarse_found_helps(&found[i]);

        for (size_t j = 0; !twice && j < taken; j++)
            twice = ddg_coarse_found_compare_choices(&beam[j], &found[i]) == 0;
        if (twice)
            continue;
        beam[taken++] = found[i];
        more++;
    }
    return taken;
}

size_t ddg_beam_choose(struct ddg_coarse_found *found, size_t count,
                       struct ddg_coarse_found beam[static DDG_BEAM_MOST])
{
    size_t taken = choose(found, count, ddg_coarse_found_compare_failing, FEWEST, beam, 0);

    taken = choose(found, count, ddg_coarse_found_compare_gain, GAINING, beam, taken);
    taken = choose(found, count, ddg_coarse_found_compare, LOWEST, beam, taken);
    qsort(beam, taken, sizeof *beam, ddg_coarse_found_compare);
    return taken;
}

void ddg_beam_order_alone(uint16_t *order, const struct ddg_choices *choices)
{
    size_t ordered = 0, longest = 0;

    for (size_t i = 0; i < choices->count; i++)
        if (choices->item[i].run > longest)
            longest = choices->item[i].run;
    for (size_t i = 0; i < choices->count; i++)
        if (choices->item[i].drop)
            order[ordered++] = (uint16_t)i;
    for (size_t run = 0; run <= longest; run++)
        for (size_t i = 0; i < choices->count; i++)
            if (!choices->item[i].drop && choices->item[i].run == run)
                order[ordered++] = (uint16_t)i;
}

size_t ddg_beam_order(uint16_t *order, const struct ddg_choices *choices,
                      struct ddg_coarse_found *found, size_t count)
{
    size_t ordered = 0, runs = 0;

    qsort(found, count, sizeof *found, ddg_coarse_found_compare);
    for (size_t i = 0; i < count; i++)
        if (choices->item[found[i].choice[0]].run == 0)
            order[ordered++] = found[i].choice[0];
    qsort(found, count, sizeof *found, ddg_coarse_found_compare_gain);
    for (size_t i = 0; i < count && runs < RUNS_MOST; i++)
        if (choices->item[found[i].choice[0]].run > 0) {
            order[ordered++] = found[i].choice[0];
            runs++;
        }
    return ordered;
}
