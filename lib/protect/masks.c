#include "protect/masks.h"

#include "base/clock.h"
#include "protect/failure.h"
#include "protect/given.h"
#include "protect/group_rule.h"
#include "protect/protect.h"
#include "protect/standing.h"

#include <stdlib.h>

/* What goes into every mask. */
struct maker {
    struct ddg_masks *masks;
    const struct ddg_masking *masking;
    const struct ddg_model *model;
    const struct ddg_description *description;
    const struct ddg_published *published;
    const bool *chosen;
};

/* Totals of distinct persons cannot be added up from their parts. */
static enum ddg_error check_added(const struct ddg_mask *mask, struct ddg_context *context)
{
    for (uint32_t cell = mask->model->printed; cell < mask->ours; cell++)
        if (mask->truth->low[cell] != mask->truth->high[cell])
            return ddg_fail(context, DDG_INPUT,
                            "%s: --totals add cannot know totals of distinct persons or of cells "
                            "without data: let ddg-count --totals count them",
                            mask->model->table->file);
    return DDG_OK;
}

/* A printed total that binds its line to R-SUP-6 can be hidden, unless the user forbids it or it is
 * published already. */
static enum ddg_error check_groups(const struct ddg_mask *mask, bool group_rule,
                                   struct ddg_context *context)
{
    const struct ddg_model *m = mask->model;

    for (uint32_t line = 0; line < m->lines; line++) {
        uint32_t total = m->line_cell[m->line_start[line]];
        char where[256];

        if (total >= mask->ours ||
            (mask->policy.known && mask->policy.known->standing[total] != DDG_UNMET) ||
            ddg_group_need(mask, line, group_rule) == DDG_NEEDS_NOTHING)
            continue;
        ddg_model_describe_line(m, line, where, sizeof where);
        return ddg_fail(context, DDG_UNSAFE,
                        "%s: R-SUP-6 asks for one more cell where none may be taken, nor the "
                        "total: %s",
                        m->table->file, where);
    }
    return DDG_OK;
}

/* What becomes of one measure. */
struct made {
    struct ddg_mask mask;
    struct ddg_outcome outcome;
    struct ddg_certificate certificate;
};

static void throw_away(struct made *made)
{
    ddg_mask_free(&made->mask);
    ddg_certificate_free(&made->certificate);
}

static struct ddg_mask_policy policy_as(const struct maker *maker, size_t measure, bool apart)
{
    const struct ddg_masking *masking = maker->masking;
    const struct ddg_known *known = maker->masks->known ? &maker->masks->known[measure] : NULL;

    return (struct ddg_mask_policy){
        .knows = masking->knows_given ? masking->knows
                 : apart              ? DDG_KNOWS_CODES
                                      : DDG_KNOWS_ZEROS,
        .primary_values = masking->primary_values,
        .complement_values = masking->complement_values,
        .apart = apart,
        .chosen = maker->chosen,
        .cost = maker->masks->prices[measure].cost,
        .never = maker->masks->prices[measure].never,
        .always = known && known->always ? known->always : maker->masks->prices[measure].always,
        .explained = masking->explained,
        .known = known,
    };
}

static enum ddg_error mask_as(const struct maker *maker, size_t measure, bool apart,
                              struct made *made, struct ddg_context *context)
{
    const struct ddg_masking *masking = maker->masking;
    const struct ddg_mask_policy policy = policy_as(maker, measure, apart);
    const struct ddg_known *known = policy.known;
    enum ddg_error error;

    if ((error = ddg_mask_start(&made->mask, known ? &known->model : maker->model,
                                known ? &known->truth : &maker->masks->truth[measure], measure,
                                maker->description, &policy, context)) ||
        (error = check_added(&made->mask, context)) ||
        (error = ddg_given_uphold(&made->mask, context)) ||
        (error = ddg_protect(&made->mask, masking->group_rule, masking->effort, &made->outcome,
                             masking->certified ? &made->certificate : NULL, context)) ||
        (error = check_groups(&made->mask, masking->group_rule, context)))
        return error;
    ddg_standing_settle(&made->mask);
    return DDG_OK;
}

/* A total that is not called so is an error where there is little doubt, and noted otherwise. */
static enum ddg_error check_names(const struct maker *maker, size_t measure,
                                  struct ddg_context *context)
{
    struct ddg_misnamed *misnamed = &maker->masks->misnamed;
    struct ddg_prose prose = {.context = context};
    enum ddg_error error = DDG_OK;

    if (misnamed->dim == DDG_NO_COLUMN)
        error = ddg_misnamed_find(misnamed, maker->model, &maker->masks->truth[measure], measure,
                                  maker->description, context);
    if (error || misnamed->dim == DDG_NO_COLUMN || !misnamed->sure)
        return error;
    ddg_misnamed_say(&prose, misnamed, maker->model, maker->description);
    error =
        ddg_fail(context, DDG_INPUT, "%s: %s", maker->model->table->file, ddg_prose_string(&prose));
    ddg_prose_free(&prose);
    return error;
}

/* Makes both masks and takes the one with separate codes where it loses nothing more. */
static enum ddg_error mask_best(const struct maker *maker, size_t measure, struct made *made,
                                struct ddg_context *context)
{
    struct ddg_context merged_context = *context, apart_context = *context;
    struct made apart = {0};
    enum ddg_error merged = mask_as(maker, measure, false, made, &merged_context);
    enum ddg_error other = DDG_UNSAFE;

    if (!merged || merged == DDG_UNSAFE)
        other = mask_as(maker, measure, true, &apart, &apart_context);
    if (!other && (merged || (apart.mask.lost <= made->mask.lost &&
                              apart.outcome.unbound <= made->outcome.unbound))) {
        throw_away(made);
        *made = apart;
        return DDG_OK;
    }
    throw_away(&apart);
    if (other && other != DDG_UNSAFE) {
        *context = apart_context;
        return other;
    }
    *context = merged_context;
    return merged;
}

/* What is published already, and what of it is no secret any more. */
static enum ddg_error find_known(const struct maker *maker, size_t measure,
                                 struct ddg_context *context)
{
    struct ddg_masks *masks = maker->masks;
    struct ddg_mask_policy policy;
    enum ddg_error error;

    if (!masks->known)
        return DDG_OK;
    if ((error = ddg_known_find(&masks->known[measure], maker->published, measure,
                                &masks->truth[measure], maker->description, context)))
        return error;
    policy = policy_as(maker, measure, false);
    policy.knows = DDG_KNOWS_SUMS;
    return ddg_given_find(&masks->known[measure], measure, maker->description, &policy, context);
}

static enum ddg_error mask_measure(const struct maker *maker, size_t i, struct ddg_context *context)
{
    struct ddg_masks *masks = maker->masks;
    const struct ddg_description *d = maker->description;
    enum ddg_mask_codes codes = maker->masking->codes;
    struct made made = {0};
    double begun = ddg_clock();
    enum ddg_error error;

    if ((error = ddg_truth_read(&masks->truth[i], maker->model, i, d, context)) ||
        (error = check_names(maker, i, context)) ||
        (error = ddg_prices_find(&masks->prices[i], &maker->masking->costs, maker->model,
                                 &masks->truth[i], d->threshold, maker->chosen, context)) ||
        (error = find_known(maker, i, context)))
        return error;
    /* where only 1 is small, a code of its own would say so */
    if (codes == DDG_MASK_AUTO && d->threshold > 2)
        error = mask_best(maker, i, &made, context);
    else
        error = mask_as(maker, i, codes == DDG_MASK_SEPARATE, &made, context);
    masks->mask[i] = made.mask;
    masks->outcome[i] = made.outcome;
    masks->certificate[i] = made.certificate;
    if (error == DDG_UNSAFE)
        ddg_failure_explain(&made.mask, &masks->misnamed, d, context);
    masks->seconds[i] = ddg_clock() - begun;
    return error;
}

enum ddg_error ddg_masks_make(struct ddg_masks *masks, const struct ddg_masking *masking,
                              const struct ddg_model *model,
                              const struct ddg_description *description,
                              const struct ddg_published *published, const bool *chosen,
                              struct ddg_context *context)
{
    const struct maker maker = {masks, masking, model, description, published, chosen};
    size_t count = model->table->measures;
    enum ddg_error error;

    *masks = (struct ddg_masks){.misnamed = {.dim = DDG_NO_COLUMN}};
    if ((error = ddg_allocate(&masks->truth, count, sizeof *masks->truth, context)) ||
        (error = ddg_allocate(&masks->prices, count, sizeof *masks->prices, context)) ||
        (error = ddg_allocate(&masks->mask, count, sizeof *masks->mask, context)) ||
        (error = ddg_allocate(&masks->outcome, count, sizeof *masks->outcome, context)) ||
        (error = ddg_allocate(&masks->certificate, count, sizeof *masks->certificate, context)) ||
        (error = ddg_allocate(&masks->seconds, count, sizeof *masks->seconds, context)))
        return error;
    masks->count = count;
    if (published)
        error = ddg_allocate(&masks->known, count, sizeof *masks->known, context);
    for (size_t i = 0; !error && i < count; i++)
        error = mask_measure(&maker, i, context);
    return error;
}

void ddg_masks_free(struct ddg_masks *masks)
{
    for (size_t i = 0; i < masks->count; i++) {
        ddg_mask_free(&masks->mask[i]);
        ddg_certificate_free(&masks->certificate[i]);
        ddg_prices_free(&masks->prices[i]);
        ddg_truth_free(&masks->truth[i]);
        if (masks->known)
            ddg_known_free(&masks->known[i]);
    }
    free(masks->known);
    free(masks->truth);
    free(masks->prices);
    free(masks->mask);
    free(masks->outcome);
    free(masks->certificate);
    free(masks->seconds);
    *masks = (struct ddg_masks){0};
}
