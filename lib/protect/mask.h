/*
 * A mask: what a publication shows of each cell of one measure, while it is being decided.
 *
 * The reader of the publication is assumed to know every line of the model and every public cell.
 * All cells that are not public are unknowns to him; what else he knows of them is named in levels.
 */
#ifndef DDG_PROTECT_MASK_H
#define DDG_PROTECT_MASK_H

#include "protect/truth.h"

/* What the reader knows beside lines and public cells. */
enum ddg_knows {
    DDG_KNOWS_SUMS,  /* counts are whole and not negative */
    DDG_KNOWS_ZEROS, /* also that zeros are always shown: what is suppressed is 1 or more */
};

enum ddg_cell_kind {
    DDG_PUBLIC,     /* printed, or a total that may stand in print elsewhere */
    DDG_PRIMARY,    /* suppressed because it is small (R-SUP-1) */
    DDG_COMPLEMENT, /* suppressed to protect another cell (R-SUP-2, R-SUP-6) */
    DDG_HIDDEN, /* not printed here nor, since it is small or --totals none says so, elsewhere */
};

struct ddg_mask {
    const struct ddg_model *model;
    const struct ddg_truth *truth;
    uint64_t threshold; /* 1 .. threshold - 1 is small */
    uint64_t floor;     /* the reader knows that an unknown cell is at least this: 0 or 1 */
    uint32_t owned;     /* cells 0 .. owned - 1 are printed, so that they can be suppressed */
    uint8_t *kind;      /* enum ddg_cell_kind of each cell */
    uint32_t *unknowns; /* of each line: how many of its cells are not public */
    uint32_t primary, complementary; /* how many there are */
};

/* Starts a mask: primary cells are the printed small ones (R-NUM-2, R-SUP-1), or with `chosen`
 * (one entry per printed row) those among the rows that it names; what is not printed is hidden or
 * public as the description's --totals says.  `knows` is the reader to protect against.  Free with
 * ddg_mask_free(), also after an error. */
enum ddg_error ddg_mask_start(struct ddg_mask *mask, const struct ddg_model *model,
                              const struct ddg_truth *truth,
                              const struct ddg_description *description, const bool *chosen,
                              enum ddg_knows knows, struct ddg_context *context);

void ddg_mask_free(struct ddg_mask *mask);

/* Suppresses a public cell as a complement. */
void ddg_mask_complement(struct ddg_mask *mask, uint32_t cell);

/* Shows a complement again. */
void ddg_mask_show(struct ddg_mask *mask, uint32_t cell);

/* True for a cell that may serve as a complement: printed, public, and not zero (R-SUP-3). */
bool ddg_mask_eligible(const struct ddg_mask *mask, uint32_t cell);

/* True when its value is unknown to the reader and may be any other as far as the data holder can
 * tell: suppressed and hidden cells, but for those that he has no value of himself. */
bool ddg_mask_movable(const struct ddg_mask *mask, uint32_t cell);

static inline bool ddg_is_suppressed(enum ddg_cell_kind kind)
{
    return kind == DDG_PRIMARY || kind == DDG_COMPLEMENT;
}

#endif
