/*
 * The masks of a table: one for each measure, as the user wants them.
 */
#ifndef DDG_PROTECT_MASKS_H
#define DDG_PROTECT_MASKS_H

#include "protect/certificate.h"
#include "protect/equated.h"
#include "protect/known.h"
#include "protect/masking.h"
#include "protect/protect.h"
#include "table/misnamed.h"

/* Arrays with an entry per measure. */
struct ddg_masks {
    size_t count;
    struct ddg_truth *truth;
    struct ddg_known *known; /* NULL where nothing is published; masks are of its models then */
    struct ddg_prices *prices;
    struct ddg_equated equated; /* of measures that equations join; empty where there are none */
    struct ddg_bound {
        uint64_t cost, least; /* what the complements cost, and any would; see struct ddg_outcome */
        bool loose;           /* some parts may overlap */
    } bound;                  /* of all that equations join; of others `outcome` has it */
    struct ddg_mask *mask;
    struct ddg_outcome *outcome;
    /* empty where none was asked for; that of measures which equations join, in the cells of the
     * joint model, is the first one's */
    struct ddg_certificate *certificate;
    double *seconds;              /* that it took */
    struct ddg_misnamed misnamed; /* what may be a total, and is not called so */
};

/* Makes the masks; `chosen` as in struct ddg_mask_policy, `published` beside which they are made or
 * NULL.  All that is passed must outlive them.
 * DDG_INPUT also for what surely is a total and is not called so, DDG_UNSAFE where a cell cannot be
 * protected, or R-SUP-6 not be kept.  Free with ddg_masks_free(),
 * also after an error. */
enum ddg_error ddg_masks_make(struct ddg_masks *masks, const struct ddg_masking *masking,
                              const struct ddg_model *model,
                              const struct ddg_description *description,
                              const struct ddg_published *published, const bool *chosen,
                              struct ddg_context *context);

void ddg_masks_free(struct ddg_masks *masks);

#endif
