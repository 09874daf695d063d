/*
 * What the reader of a table knows of it, and of what is bound to it, from what is published.
 *
 * Our table and each published one keep their own lines, in one model; cells that stand for the
 * same number are one cell in it.  They are the same where their labels are, but for totals that
 * neither prints and that add up other categories.  Where the counts differ one was corrected: then
 * what stands in a line with it, in either table, is not taken to be the same either.
 *
 * A cell that a published table hides has something to lose; so far as it has it still, it does not
 * lose it by our doing.
 */
#ifndef DDG_PROTECT_KNOWN_H
#define DDG_PROTECT_KNOWN_H

#include "protect/plan.h"
#include "protect/published.h"
#include "protect/truth.h"

enum ddg_standing {
    DDG_UNMET,  /* no published table has the cell */
    DDG_SEEN,   /* one shows it, or it follows from what they show */
    DDG_MASKED, /* one hides it, and none shows it */
    DDG_GIVEN,  /* the same, but what is published gives it away by itself */
};

/* How a cell with the same labels was published, even if that was another number. */
enum ddg_before { DDG_BEFORE_NOT, DDG_BEFORE_HIDDEN, DDG_BEFORE_OTHER, DDG_BEFORE_EQUAL };

struct ddg_known {
    struct ddg_table table;
    struct ddg_model model;  /* cells 0 .. model.own - 1 are those of the table's own model */
    struct ddg_truth truth;  /* of other cells, counts that fit: see protect/fitting.h */
    uint8_t *standing;       /* enum ddg_standing of each cell */
    uint64_t *least, *most;  /* of masked cells: the range that their code leaves */
    uint8_t *before;         /* enum ddg_before of each own cell */
    uint8_t *wants;          /* of each cell: see ddg_given_find(), */
    struct ddg_plan moves;   /* and what showed it */
    const bool *asked;       /* of each own cell: it is to be suppressed (--always); NULL: none */
    bool *always;            /* of each cell: the same, but for those that are no secret; or NULL */
    bool *near;              /* of each own cell: a file shows another count than ours, and both are
                              * less than the threshold apart */
    uint32_t apart;          /* how many of their counts are taken for others than ours */
    uint32_t texts, symbols; /* how many are hidden by texts: see struct ddg_entries */
};

/* Finds out for one measure; `truth` is that of our table alone.  DDG_INPUT for a published table
 * in which a cell stands twice or whose lines do not add up, and where no counts are found that fit
 * all.  Free with ddg_known_free(), also after an error. */
enum ddg_error ddg_known_find(struct ddg_known *known, const struct ddg_published *published,
                              size_t measure, const struct ddg_truth *truth,
                              const struct ddg_description *description,
                              struct ddg_context *context);
void ddg_known_free(struct ddg_known *known);

#endif
