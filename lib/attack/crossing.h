/*
 * Tables that nobody prints, of which the published ones are margins.
 *
 * A table by sex and race, one by race and age and one by sex and age count the same people.  So
 * there is a table by all three, whose counts are whole and not negative, and each printed count is
 * a sum over it.  That can give away what no line does: the Fréchet and Bonferroni bounds, and more
 * (Dobra and Fienberg, PNAS 97(22), 2000).  Its cells are unknowns that help: no verdict is wanted
 * for them.
 *
 * Only margins that are knotted (knots.h) need them: all others fit together wherever they agree on
 * what they share, and that they do is in the problem already.  Of a hierarchy the table has as
 * much as binds.
 */
#ifndef DDG_ATTACK_CROSSING_H
#define DDG_ATTACK_CROSSING_H

#include "base/memory.h"

#include <stdint.h>

struct ddg_publication;

/* How much crossing cells may cost, all tables together: each cell times the square of how many
 * margins it counts in.  Beyond it margins are attacked each by itself.  It was measured: within it
 * tables take seconds, as 58 by 12 by 8 (50,112; 0.03 s), 58 by 2 by 12 by 8 (400,896; 2.5 s) and
 * 40 by 40 by 30 (432,000; 5 s) do; at twice as much some take minutes. */
#define DDG_CROSSING_MOST 500000
#define DDG_CROSSING_SIDES 32
#define DDG_NO_CROSSING UINT32_MAX

/* A count that is printed, or added up, is the sum of a block of crossing cells. */
struct ddg_crossing_sum {
    uint32_t slot;
    uint32_t *node; /* of each side: the category of the count, or the total */
    uint32_t *from; /* of each side: the first of its cells, */
    uint32_t *to;   /* and the one behind the last */
};

/* A table that is not printed. */
struct ddg_crossed {
    const char *name; /* "sex, race and age" */
    size_t sides;
    uint32_t size[DDG_CROSSING_SIDES];
    uint32_t *cell; /* of each combination, the last side fastest: its number among the crossing
                     * cells, or DDG_NO_CROSSING where there is nobody */
    struct ddg_crossing_sum *sum;
    size_t sums;
};

/* Why knotted margins were not crossed. */
struct ddg_crossing_missed {
    bool large;        /* too many cells */
    bool overlapping;  /* their categories overlap, or they count distinct persons */
    bool different;    /* they do not have the same categories */
    bool contradicted; /* the tables contradict each other */
};

struct ddg_crossing {
    struct ddg_crossed *cube;
    size_t cubes, room;
    uint32_t cells; /* of all cubes together */
    size_t cost;    /* what they cost, see DDG_CROSSING_MOST */
    bool used;      /* they are in the problem */
    struct ddg_crossing_missed missed;
};

/* Finds the tables that the margins of a publication cross.  The publication owns what is found. */
enum ddg_error ddg_crossing_find(struct ddg_publication *publication, struct ddg_context *context);

void ddg_crossing_free(struct ddg_crossing *crossing);

/* The combinations of a sum, one after the other: start with *at = {0}; false at the end. */
struct ddg_crossing_at {
    bool begun;
    uint32_t index[DDG_CROSSING_SIDES];
    size_t place; /* in cube.cell */
};
bool ddg_crossing_next(const struct ddg_crossed *cube, const struct ddg_crossing_sum *sum,
                       struct ddg_crossing_at *at);

#endif
