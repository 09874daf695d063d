#include "attack/earlier.h"

#include "attack/attack.h"

#include <stdlib.h>

/* Copies the earlier releases, without the models of those that were attacked together. */
static enum ddg_error copy_earlier(const struct ddg_releases *releases,
                                   struct ddg_releases *earlier, struct ddg_context *context)
{
    enum ddg_error error;

    *earlier = *releases;
    earlier->count = 0;
    error = ddg_allocate(&earlier->item, releases->count, sizeof *earlier->item, context);
    for (size_t r = 0; !error && r < releases->count; r++)
        if (releases->item[r].previous) {
            earlier->item[earlier->count] = releases->item[r];
            earlier->item[earlier->count++].model = (struct ddg_model){0};
        }
    return error;
}

/* The verdict on the same cell where the earlier releases stand alone. */
static enum ddg_verdict verdict_alone(const struct ddg_attack *alone, const struct ddg_model *model,
                                      size_t release, const struct ddg_finding *finding)
{
    const struct ddg_publication *p = &alone->publication;
    const struct ddg_model *m = &p->release[release].model;
    uint32_t cell = finding->cell, slot;

    /* cells without a row have places of their own in each model */
    if (cell >= model->printed)
        for (cell = m->printed; cell < m->printed + m->absent; cell++)
            if (m->key[cell] == model->key[finding->cell])
                break;
    if (cell >= m->printed + m->absent)
        return DDG_VERDICT_NONE;
    slot = ddg_slot(p, release, finding->measure, cell);
    if (p->seen[slot] != DDG_SEEN_HIDDEN || p->wanted[slot] == 0)
        return DDG_VERDICT_NONE;
    return ddg_attack_answer(alone, slot).verdict;
}

/* Puts the findings that today's releases have no part in behind the others; `alone` is NULL where
 * the earlier releases cannot be attacked alone. */
static enum ddg_error part_findings(struct ddg_audit *audit, const struct ddg_attack *alone,
                                    size_t today, struct ddg_context *context)
{
    struct ddg_finding *behind;
    size_t kept = 0, all = audit->findings;
    enum ddg_error error = ddg_allocate(&behind, all, sizeof *behind, context);

    for (size_t i = 0; !error && i < all; i++) {
        const struct ddg_finding *f = &audit->finding[i];
        const struct ddg_release *r = &audit->release[f->release];

        if (r->previous && (f->answer.verdict == DDG_VERDICT_SAFE ||
                            (alone && verdict_alone(alone, &r->model, f->release - today, f) >=
                                          f->answer.verdict)))
            behind[audit->alone++] = *f;
        else
            audit->finding[kept++] = *f;
    }
    for (size_t i = 0; i < audit->alone; i++)
        audit->finding[kept + i] = behind[i];
    audit->findings = kept;
    free(behind);
    return error;
}

enum ddg_error ddg_earlier_set_apart(struct ddg_audit *audit, const struct ddg_releases *releases,
                                     const struct ddg_audit_options *options, double begun,
                                     struct ddg_context *context)
{
    /* what they cannot be asked, since an equation is about columns of today or their lines
     * disagree, is no error of ours */
    struct ddg_context inner = {0};
    struct ddg_decide_options decide = options->decide;
    struct ddg_attack alone = {0};
    struct ddg_releases earlier;
    enum ddg_error error = copy_earlier(releases, &earlier, context);

    decide.progress = NULL;
    decide.intervals = false;
    if (!error && earlier.count > 0) {
        error = ddg_attack_run(&alone, &earlier, options->knowledge, &decide, begun, &inner);
        if (error && error != DDG_USAGE && error != DDG_INPUT)
            error = ddg_fail(context, error, "%s", inner.message);
        else
            error = part_findings(audit, error ? NULL : &alone, releases->count - earlier.count,
                                  context);
    }
    for (size_t r = 0; r < earlier.count; r++)
        ddg_model_free(&earlier.item[r].model);
    free(earlier.item);
    ddg_attack_free(&alone);
    return error;
}
