/*
 * Whole numbers that add up in every line, as near to what is wanted as can be: the search behind
 * controlled rounding and tabular adjustment.
 *
 * A linear program has the nearest numbers, whole or not.  Where the lines are those of two
 * dimensions, one of which may have a hierarchy, it is a network: its vertices are whole, so the
 * first solution is the best there is (Cox and Ernst, "Controlled rounding", 1982).  Elsewhere
 * fractions are cut off, to the nearer side first and then to the other; once there is something,
 * only what is nearer is looked for (branch and bound), within a number of programs.
 */
#ifndef DDG_ROUND_NEARBY_H
#define DDG_ROUND_NEARBY_H

#include "protect/truth.h"

/* What is wanted of a cell, and what each unit below and above it costs: whole numbers, which
 * together are not negative. */
struct ddg_aim {
    uint64_t wanted;
    double below, above;
};

struct ddg_nearby {
    const struct ddg_model *model;
    const bool *loose;      /* of each line: its total is at most the sum of its parts, and at
                             * least the largest */
    struct ddg_truth range; /* of each cell */
    struct ddg_aim *aim;    /* of each cell, within its range */
    bool *gapped;           /* of each cell: 1 to gap - 1 is not allowed */
    uint64_t gap;
};

/* Makes room: ranges and aims of 0, and nothing gapped.  The model and `loose` must outlive it.
 * Free with ddg_nearby_free(), also after an error. */
enum ddg_error ddg_nearby_make(struct ddg_nearby *nearby, const struct ddg_model *model,
                               const bool *loose, struct ddg_context *context);
void ddg_nearby_free(struct ddg_nearby *nearby);

/* Settles on a number for each cell within its range, which is then that number twice: looked at
 * once more, so that nothing that does not add up leaves here.  *found is false where none were
 * found within a few thousand programs; the ranges are then of no use. */
enum ddg_error ddg_nearby_settle(struct ddg_nearby *nearby, bool *found,
                                 struct ddg_context *context);

/* Puts the numbers of the first program, which may be fractions and in gaps, into value[i] of cell
 * i.  *found is false where there are none. */
enum ddg_error ddg_nearby_relax(struct ddg_nearby *nearby, double *value, bool *found,
                                struct ddg_context *context);

/* True when settled ranges are single numbers that add up in every line, or in loose ones keep the
 * bounds. */
bool ddg_nearby_holds(const struct ddg_model *model, const bool *loose,
                      const struct ddg_truth *range);

#endif
