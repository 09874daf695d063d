/*
 * Several measures of a table in one model, with the equations that join them.
 *
 * The measure is one more dimension: each cell of the table's own model stands in the joint one
 * once for each measure, with its lines.  Each sum of an equation (table/sums.h) adds a line in
 * every cell.
 */
#ifndef DDG_TABLE_JOINT_H
#define DDG_TABLE_JOINT_H

#include "table/model.h"
#include "table/sums.h"

struct ddg_joint {
    struct ddg_model model; /* printed cells, then others, measure by measure; then middles */
    const struct ddg_model *single;
    struct ddg_measure_sums sums;
};

/* Joins the measures that the equations name, each of which has to be of measures.  `single` must
 * outlive the joint, and have no rows beyond its table.  DDG_USAGE for a name that the table does
 * not have.  Free with ddg_joint_free(), also after an error. */
enum ddg_error ddg_joint_build(struct ddg_joint *joint, const struct ddg_model *single,
                               const struct ddg_equation *equation, size_t equations,
                               struct ddg_context *context);
void ddg_joint_free(struct ddg_joint *joint);

/* The joint cell of a cell of the table's model, for the measure joint->sums.measure[i]. */
static inline uint32_t ddg_joint_cell(const struct ddg_joint *joint, uint32_t i, uint32_t cell)
{
    uint32_t printed = joint->single->printed, others = joint->single->cells - printed;

    return cell < printed ? i * printed + cell
                          : joint->sums.measures * printed + i * others + cell - printed;
}

/* The other way round: false for a middle, which is of no measure. */
static inline bool ddg_joint_place(const struct ddg_joint *joint, uint32_t joint_cell, uint32_t *i,
                                   uint32_t *cell)
{
    uint32_t printed = joint->single->printed, others = joint->single->cells - printed;

    if (joint_cell >= joint->model.own)
        return false;
    if (joint_cell < joint->sums.measures * printed) {
        *i = joint_cell / printed;
        *cell = joint_cell % printed;
        return true;
    }
    joint_cell -= joint->sums.measures * printed;
    *i = joint_cell / others;
    *cell = printed + joint_cell % others;
    return true;
}

#endif
