#include "protect/masks.h"

#include "base/clock.h"
#include "protect/apart.h"
#include "protect/breakdowns.h"
#include "protect/derived.h"
#include "protect/failure.h"
#include "protect/given.h"
#include "protect/group_rule.h"
#include "protect/protect.h"
#include "protect/side_by_side.h"
#include "protect/standing.h"
#include "rules/overlap.h"
#include "table/events.h"
#include "table/respelt.h"
#include "table/subtotals.h"

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

/* What is masked: one measure, or those that equations join. */
struct subject {
    const struct ddg_model *model;
    const struct ddg_truth *truth;
    const struct ddg_prices *prices;
    const struct ddg_known *known;
    const bool *chosen;
    size_t measure; /* of those that are joined, any */
};

static struct subject subject_of(const struct maker *maker, size_t measure)
{
    struct ddg_masks *masks = maker->masks;
    const struct ddg_known *known = masks->known ? &masks->known[measure] : NULL;

    return (struct subject){
        .model = known ? &known->model : maker->model,
        .truth = known ? &known->truth : &masks->truth[measure],
        .prices = &masks->prices[measure],
        .known = known,
        .chosen = maker->chosen,
        .measure = measure,
    };
}

/* What becomes of it. */
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

static struct ddg_mask_policy policy_as(const struct ddg_masking *masking,
                                        const struct subject *subject, bool apart)
{
    const struct ddg_known *known = subject->known;

    return (struct ddg_mask_policy){
        .knows = masking->knows_given ? masking->knows
                 : apart              ? DDG_KNOWS_CODES
                                      : DDG_KNOWS_ZEROS,
        .primary_values = masking->primary_values,
        .complement_values = masking->complement_values,
        .apart = apart,
        .chosen = subject->chosen,
        .cost = subject->prices->cost,
        .never = subject->prices->never,
        .always = known && known->always ? known->always : subject->prices->always,
        .explained = masking->explained,
        .known = known,
    };
}

static enum ddg_error mask_as(const struct maker *maker, const struct subject *subject, bool apart,
                              struct made *made, struct ddg_context *context)
{
    const struct ddg_masking *masking = maker->masking;
    const struct ddg_mask_policy policy = policy_as(masking, subject, apart);
    enum ddg_error error;

    if ((error = ddg_mask_start(&made->mask, subject->model, subject->truth, subject->measure,
                                maker->description, &policy, context)) ||
        (error = check_added(&made->mask, context)) ||
        (error = ddg_given_uphold(&made->mask, context)) ||
        (error = ddg_protect(&made->mask, masking->group_rule, masking->effort, &made->outcome,
                             masking->certified ? &made->certificate : NULL, context)) ||
        (error = check_groups(&made->mask, masking->group_rule, context)))
        return error;
    ddg_standing_settle(&made->mask);
    ddg_side_by_side_settle(&made->mask);
    return DDG_OK;
}

/* A total that is not called so is an error where there is little doubt, and noted otherwise. */
static enum ddg_error check_names(const struct maker *maker, size_t measure,
                                  struct ddg_context *context)
{
    struct ddg_misnamed *misnamed = &maker->masks->misnamed;
    const struct ddg_truth *truth = &maker->masks->truth[measure];
    const struct ddg_figures figures = {measure, truth->low, truth->high};
    struct ddg_prose prose = {.context = context};
    enum ddg_error error = DDG_OK;

    if (misnamed->dim == DDG_NO_COLUMN)
        error = ddg_misnamed_find(misnamed, maker->model, &figures, 0, maker->description, context);
    if (error || misnamed->dim == DDG_NO_COLUMN || !misnamed->sure)
        return error;
    ddg_misnamed_say(&prose, misnamed, maker->model, maker->description);
    error =
        ddg_fail(context, DDG_INPUT, "%s: %s", maker->model->table->file, ddg_prose_string(&prose));
    ddg_prose_free(&prose);
    return error;
}

/* Likewise a subtotal that no hierarchy names, and that is called like a total. */
static enum ddg_error check_subtotals(const struct maker *maker, size_t measure,
                                      struct ddg_context *context)
{
    const struct ddg_truth *truth = &maker->masks->truth[measure];
    const struct ddg_figures figures = {measure, truth->low, truth->high};
    enum ddg_error error = DDG_OK;

    for (size_t d = 0; !error && d < maker->model->dimensions; d++) {
        struct ddg_prose prose = {.context = context};
        struct ddg_subtotals found;

        error = ddg_subtotals_find(&found, maker->model, &figures, d, false, maker->description,
                                   context);
        if (error || !found.sure)
            continue;
        ddg_subtotals_say(&prose, &found);
        error = ddg_fail(context, DDG_INPUT, "%s: %s", maker->model->table->file,
                         ddg_prose_string(&prose));
        ddg_prose_free(&prose);
    }
    return error;
}

/* Makes both masks and takes the one with separate codes where it loses nothing more. */
static enum ddg_error mask_best(const struct maker *maker, const struct subject *subject,
                                struct made *made, struct ddg_context *context)
{
    struct ddg_context merged_context = *context, apart_context = *context;
    struct made apart = {0};
    enum ddg_error merged = mask_as(maker, subject, false, made, &merged_context);
    enum ddg_error other = DDG_UNSAFE;

    if (!merged || merged == DDG_UNSAFE)
        other = mask_as(maker, subject, true, &apart, &apart_context);
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

/* What of what is published is no secret any more. */
static enum ddg_error find_given(const struct maker *maker, const struct subject *subject,
                                 struct ddg_known *known, struct ddg_context *context)
{
    struct ddg_mask_policy policy = policy_as(maker->masking, subject, false);

    policy.knows = DDG_KNOWS_SUMS;
    return ddg_given_find(known, subject->measure, maker->description, &policy, context);
}

/* What is published already of one measure. */
static enum ddg_error find_known(const struct maker *maker, size_t measure,
                                 struct ddg_context *context)
{
    struct ddg_masks *masks = maker->masks;
    const struct subject subject = subject_of(maker, measure);
    const uint32_t number = (uint32_t)measure;
    const struct ddg_matter matter = {maker->model, masks->truth, &number, 1, NULL};
    enum ddg_error error;

    if (!masks->known)
        return DDG_OK;
    if ((error = ddg_known_find(&masks->known[measure], maker->published, &matter,
                                maker->description, context)))
        return error;
    return find_given(maker, &subject, &masks->known[measure], context);
}

static enum ddg_error prepare(const struct maker *maker, size_t i, struct ddg_context *context)
{
    struct ddg_masks *masks = maker->masks;
    const struct ddg_description *d = maker->description;
    enum ddg_error error;

    if ((error = ddg_truth_read(&masks->truth[i], maker->model, i, d, context)) ||
        (error = ddg_derived_find(&masks->truth[i], maker->model, i, d->threshold, maker->chosen,
                                  context)) ||
        (error = check_names(maker, i, context)) ||
        /* of all measures alike */
        (i == 0 && ((error = ddg_respelt_check(maker->model, d, context)) ||
                    (error = ddg_events_check(maker->model, d, 0, 0, context)) ||
                    (error = ddg_overlap_check(maker->model, d, context)) ||
                    (error = ddg_breakdowns_check(maker->model, &masks->truth[0], d, context)))) ||
        (error = check_subtotals(maker, i, context)) ||
        (error = ddg_prices_find(&masks->prices[i], &maker->masking->costs, maker->model,
                                 &masks->truth[i], d->threshold, maker->chosen, context)))
        return error;
    ddg_side_by_side_share(maker->model, &masks->truth[i], &masks->prices[i]);
    return DDG_OK;
}

static enum ddg_error make(const struct maker *maker, const struct subject *subject,
                           struct made *made, double *seconds, struct ddg_context *context)
{
    enum ddg_mask_codes codes = maker->masking->codes;
    const struct ddg_description *d = maker->description;
    double begun = ddg_clock();
    enum ddg_error error;

    /* where only 1 is small, a code of its own would say so */
    if (codes == DDG_MASK_AUTO && d->threshold > 2)
        error = mask_best(maker, subject, made, context);
    else
        error = mask_as(maker, subject, codes == DDG_MASK_SEPARATE, made, context);
    if (error == DDG_UNSAFE)
        ddg_failure_explain(&made->mask, &maker->masks->misnamed, d, context);
    *seconds = ddg_clock() - begun;
    return error;
}

static enum ddg_error mask_measure(const struct maker *maker, size_t i, struct ddg_context *context)
{
    struct ddg_masks *masks = maker->masks;
    struct made made = {0};
    enum ddg_error error = find_known(maker, i, context);

    if (!error) {
        const struct subject subject = subject_of(maker, i);

        error = make(maker, &subject, &made, &masks->seconds[i], context);
    }
    masks->mask[i] = made.mask;
    masks->outcome[i] = made.outcome;
    masks->certificate[i] = made.certificate;
    return error;
}

/* All measures of equations: in a model of their own, or in that of what is published. */
static enum ddg_error find_subject(const struct maker *maker, struct subject *subject,
                                   struct ddg_context *context)
{
    struct ddg_masks *masks = maker->masks;
    struct ddg_equated *e = &masks->equated;
    const struct ddg_equated_beside beside = {maker->published, maker->description};
    enum ddg_error error =
        ddg_equated_build(e, maker->model, masks->truth, masks->prices, maker->chosen,
                          maker->masking->equation, maker->masking->equations, &beside, context);

    *subject = (struct subject){&e->joint.model, &e->truth, &e->prices, e->known, e->chosen, 0};
    if (error || !e->known)
        return error;
    subject->model = &e->known->model;
    subject->truth = &e->known->truth;
    return find_given(maker, subject, e->known, context);
}

/* Lines, proof and time of all are put down to the first of them; what others would lose at the
 * least is known of all together alone. */
static enum ddg_error mask_equated(const struct maker *maker, struct ddg_context *context)
{
    struct ddg_masks *masks = maker->masks;
    struct ddg_equated *e = &masks->equated;
    struct made made = {0};
    struct subject subject;
    enum ddg_error error = find_subject(maker, &subject, context);

    if (!error) {
        error = make(maker, &subject, &made, &masks->seconds[e->joint.sums.measure[0]], context);
        masks->outcome[e->joint.sums.measure[0]].unbound = made.outcome.unbound;
        masks->bound = (struct ddg_bound){made.mask.lost, made.outcome.least, made.mask.any_loose};
        masks->certificate[e->joint.sums.measure[0]] = made.certificate;
        made.certificate = (struct ddg_certificate){0};
    }
    for (uint32_t i = 0; !error && i < e->joint.sums.measures; i++) {
        uint32_t measure = e->joint.sums.measure[i];

        error = ddg_equated_split(e, &made.mask, i, &masks->truth[measure], &masks->prices[measure],
                                  maker->chosen, &masks->mask[measure], context);
    }
    throw_away(&made);
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
        error = prepare(&maker, i, context);
    if (!error)
        error = ddg_apart_check(model, masks->truth, context);
    if (!error && masking->equations > 0)
        error = mask_equated(&maker, context);
    for (size_t i = 0; !error && i < count; i++)
        if (!masks->mask[i].kind)
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
    ddg_equated_free(&masks->equated);
    free(masks->known);
    free(masks->truth);
    free(masks->prices);
    free(masks->mask);
    free(masks->outcome);
    free(masks->certificate);
    free(masks->seconds);
    *masks = (struct ddg_masks){0};
}
