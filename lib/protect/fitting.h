/*
 * Fitting: counts for cells that nobody told us, so that every line adds up.
 *
 * What a published table hides is not known to whoever masks another.  But any counts that fit all
 * that is published do to start moves from: what can be reached from them fits it, too.
 */
#ifndef DDG_PROTECT_FITTING_H
#define DDG_PROTECT_FITTING_H

#include "protect/truth.h"

#define DDG_NO_LINE UINT32_MAX

struct ddg_fitting {
    const struct ddg_model *model;
    const bool *loose;       /* of each line: its parts may overlap */
    struct ddg_truth *truth; /* the range of each cell, which only narrows */
    /* the rest is its own */
    uint32_t *queue; /* lines to look at again */
    uint32_t head, waiting;
    bool *queued;
    struct ddg_narrowed {
        uint32_t cell;
        uint64_t low, high; /* what they were */
    } * trail;
    size_t trail_count, trail_room;
};

static inline bool ddg_fitting_is_open(const struct ddg_fitting *fitting, uint32_t cell)
{
    return fitting->truth->low[cell] != fitting->truth->high[cell];
}

/* The model, `loose` and the truth must outlive it.  Free with ddg_fitting_free(), also after an
 * error. */
enum ddg_error ddg_fitting_init(struct ddg_fitting *fitting, const struct ddg_model *model,
                                const bool *loose, struct ddg_truth *truth,
                                struct ddg_context *context);
void ddg_fitting_free(struct ddg_fitting *fitting);

/* False for a line that no counts within the ranges fit. */
bool ddg_fitting_allows(const struct ddg_fitting *fitting, uint32_t line);

/* Narrows all ranges to what line after line leaves of them.  *line is one that no counts fit, or
 * DDG_NO_LINE. */
enum ddg_error ddg_fitting_narrow(struct ddg_fitting *fitting, uint32_t *line,
                                  struct ddg_context *context);

/* Narrows a cell to what lies in low .. high, and then the others.  *good is false where that fits
 * no counts; then all is as it was. */
enum ddg_error ddg_fitting_try(struct ddg_fitting *fitting, uint32_t cell, uint64_t low,
                               uint64_t high, bool *good, struct ddg_context *context);

/* Takes back what was narrowed since the trail had `mark` entries. */
void ddg_fitting_back(struct ddg_fitting *fitting, size_t mark);

#endif
