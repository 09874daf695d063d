/*
 * How crossing.h makes cubes: what its parts share.
 *
 * Counts that no line adds up are put into groups; each group's margins are searched for knots, and
 * each knot is cut into a cube.
 */
#ifndef DDG_ATTACK_CROSSCUT_H
#define DDG_ATTACK_CROSSCUT_H

#include "attack/forest.h"
#include "attack/knots.h"
#include "base/tuple.h"

/* A count that no line adds up. */
struct ddg_margin_count {
    uint32_t group;  /* counts of the same measure, in the same category of --by */
    uint32_t margin; /* which dimensions it is no total of */
    uint32_t release, cell, slot;
};

/* The work at hand. */
struct ddg_crossing_work {
    struct ddg_publication *publication;
    struct ddg_context *context;
    struct ddg_forest forest;
    struct ddg_names groups, margins, labels;
    struct ddg_margin_count *entry;
    size_t entries, room;
    struct ddg_tuple key;
    /* of each node, for the group at hand: */
    uint64_t *shared;       /* margins that tell its parts apart; those of a knot, in the end */
    bool *met;              /* it occurs, */
    uint32_t *child, *next; /* with these below it: the first, and behind each the next */
    uint32_t *from, *to;    /* the cells of the cube at hand that are in it; to = 0: none */
    uint32_t *touched;      /* nodes that occur, */
    size_t touches;         /* so many */
    uint64_t *of_release;   /* of each release: the margins that it has */
    uint64_t knot[DDG_KNOT_MARGINS];
};

static inline const struct ddg_model *ddg_work_model(const struct ddg_crossing_work *x,
                                                     size_t release)
{
    return &x->publication->release[release].model;
}

/* The node of a cell in a dimension that is a tree. */
static inline uint32_t ddg_work_node(const struct ddg_crossing_work *x, size_t release,
                                     uint32_t cell, size_t d)
{
    return x->forest.table[release]
        .node[d][ddg_model_category(ddg_work_model(x, release), cell, d)];
}

/* A cube in the making. */
struct ddg_crosscut {
    struct ddg_crossing_work *x;
    struct ddg_crossed *cube;
    uint64_t knot;
    uint32_t tree[DDG_CROSSING_SIDES], root[DDG_CROSSING_SIDES];
    uint32_t *leaf[DDG_CROSSING_SIDES]; /* of each side: the nodes of its cells */
    uint64_t *margin;                   /* of each sum: its margin, as a bit */
    size_t sum_room, margin_room;
    bool *gone, *met; /* of each combination: there is nobody; some sum has it */
};

/* Cuts the cube of a knot from the counts of its group, and adds it to those of the publication; or
 * notes why it cannot be made. */
enum ddg_error ddg_crosscut_make(struct ddg_crossing_work *work, uint64_t knot,
                                 const struct ddg_margin_count *count, size_t counts);

/* Marks the combinations in which nobody can be, for a margin lacks them and a line says that it
 * lacks nobody. */
enum ddg_error ddg_crosscut_mark_nobody(struct ddg_crosscut *cutting,
                                        const struct ddg_margin_count *count, size_t counts,
                                        size_t cells);

/* Marks the combinations of a sum. */
void ddg_crosscut_mark(const struct ddg_crosscut *cutting, const struct ddg_crossing_sum *sum,
                       bool *marked);

void ddg_crosscut_free(struct ddg_crossed *cube);

#endif
