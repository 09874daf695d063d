#include "score/assessment.h"

#include "rules/safe_harbor.h"
#include "score/unmatched.h"

#include <stdio.h>

static enum ddg_error take_score(struct ddg_assessment *a, const char *population,
                                 struct ddg_intake *intake, struct ddg_context *context)
{
    struct ddg_evidence evidence = {
        .criteria = &a->criteria,
        .gazetteer = &a->gazetteer,
        .facts = a->facts,
        .intake = intake,
        .cells = a->cells,
        .registry = a->cells->registry,
        .population = population,
        .context = context,
    };
    enum ddg_error error;

    if ((error = ddg_criteria_read(&a->criteria, a->facts->edition, a->facts->criteria, context)) ||
        (error = ddg_gazetteer_read(&a->gazetteer, context)) ||
        (error = ddg_score_take(&a->score, &evidence)))
        return error;
    a->scored = true;
    return ddg_safe_harbor_check(&a->notices, &intake->sample, intake->description, context);
}

static bool high_risk_decides(const struct ddg_assessment *a)
{
    for (size_t i = 0; i < a->score.sides; i++)
        if (a->score.side[i].high_risk && a->score.side[i].small > 0)
            return true;
    return false;
}

static bool score_decides(const struct ddg_assessment *a)
{
    for (size_t i = 0; i < a->score.sides; i++)
        if (a->score.side[i].total > a->criteria.release_most)
            return true;
    return false;
}

/* In the order of the steps: whatever says release first, does. */
static void decide(struct ddg_assessment *a)
{
    unsigned long long small = a->intake->description->threshold - 1;
    long long most = a->criteria.release_most;
    char *room = a->reason;

    a->mask = false;
    if (a->facts->no_persons) {
        snprintf(room, sizeof a->reason, "step 1: the table has no personal characteristics");
    } else if (a->holds) {
        snprintf(room, sizeof a->reason,
                 "R-ND-1: no count of 1 to %llu and no population under %llu", small,
                 (unsigned long long)a->cells->least);
    } else if (!a->scored) {
        a->mask = true;
        snprintf(room, sizeof a->reason, "R-SUP-1: no score was taken");
    } else if (score_decides(a)) {
        a->mask = true;
        snprintf(room, sizeof a->reason, "R-PSC-3: a score of %lld or more%s%s", most + 1,
                 high_risk_decides(a) ? ", and R-HR-1: a population at high risk" : "",
                 a->intake->small == 0 ? "; no count is small, but a population is" : "");
    } else if (high_risk_decides(a)) {
        a->mask = true;
        snprintf(room, sizeof a->reason, "R-HR-1: a population at high risk, whatever the score");
    } else {
        snprintf(room, sizeof a->reason, "R-PSC-3: a score of %lld or less", most);
    }
}

enum ddg_error ddg_assess(struct ddg_assessment *a, const struct ddg_facts *facts,
                          struct ddg_intake *intake, const struct ddg_cells *cells,
                          const char *population, struct ddg_context *context)
{
    enum ddg_error error = DDG_OK;

    *a = (struct ddg_assessment){.intake = intake, .cells = cells, .facts = facts};
    a->holds = intake->small == 0 && cells->denominators_failed == 0;
    if (facts->no_score && facts->first)
        return ddg_fail(context, DDG_USAGE, "--no-score goes without --%s", facts->first);
    if ((error = ddg_unmatched_note(&a->notices, intake, cells, population, context)))
        return error;
    if (!facts->no_score && !facts->no_persons)
        error = take_score(a, population, intake, context);
    if (!error)
        decide(a);
    return error;
}

void ddg_assessment_free(struct ddg_assessment *a)
{
    ddg_criteria_free(&a->criteria);
    ddg_gazetteer_free(&a->gazetteer);
    ddg_score_free(&a->score);
    ddg_notices_free(&a->notices);
    *a = (struct ddg_assessment){0};
}
