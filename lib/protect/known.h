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
#include "table/sums.h"

enum ddg_standing {
    DDG_UNMET,  /* no published table has the cell */
    DDG_SEEN,   /* one shows it, or it follows from what they show */
    DDG_MASKED, /* one hides it, and none shows it */
    DDG_GIVEN,  /* the same, but what is published gives it away by itself */
};

/* How a cell with the same labels was published, even if that was another number. */
enum ddg_before { DDG_BEFORE_NOT, DDG_BEFORE_HIDDEN, DDG_BEFORE_OTHER, DDG_BEFORE_EQUAL };

/* What there is to be known: of one measure of a table, or of several that equations join. */
struct ddg_matter {
    const struct ddg_model *model; /* of the table alone */
    const struct ddg_truth *truth; /* of each measure of the table, as far as they are asked for */
    const uint32_t *measure;       /* those that are, */
    uint32_t measures;             /* and how many */
    const struct ddg_measure_sums *sums; /* of several; their measures are the same */
};

/* What there is to say of one of the measures. */
struct ddg_told {
    uint32_t apart;          /* how many counts of the files are taken for others than ours */
    uint32_t texts, symbols; /* how many are hidden by texts: --hidden and --range, or --display */
    bool *near;              /* of each cell of the table's own model: a file shows another count
                              * than ours, and both are less than the threshold apart */
};

struct ddg_known {
    struct ddg_table table;
    /* cells 0 .. model.own - 1 are those of the table's own model, once for each measure */
    struct ddg_model model;
    uint32_t *place; /* place[i * n + cell]: which of them is a cell, of n, for the measure number
                      * i; NULL: of one measure, the cell of that number */
    struct ddg_truth truth; /* of other cells, counts that fit: see protect/fitting.h */
    uint8_t *standing;      /* enum ddg_standing of each cell */
    uint64_t *least, *most; /* of masked cells: the range that their code leaves */
    uint8_t *before;        /* enum ddg_before of each own cell */
    uint8_t *wants;         /* of each cell: see ddg_given_find(), */
    struct ddg_plan moves;  /* and what showed it */
    const bool *asked;      /* of each own cell: it is to be suppressed (--always); NULL: none */
    bool *always;           /* of each cell: the same, but for those that are no secret; or NULL */
    struct ddg_told *told;  /* of each measure, */
    uint32_t tolds;         /* and how many there are */
};

/* Finds it out.  DDG_INPUT for a published table in which a cell stands twice or whose lines do not
 * add up, and where no counts are found that fit all.  Free with ddg_known_free(), also after an
 * error. */
enum ddg_error ddg_known_find(struct ddg_known *known, const struct ddg_published *published,
                              const struct ddg_matter *matter,
                              const struct ddg_description *description,
                              struct ddg_context *context);

void ddg_known_free(struct ddg_known *known);

#endif
