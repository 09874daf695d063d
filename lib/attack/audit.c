#include "attack/audit.h"

#include "attack/attack.h"
#include "attack/discover.h"
#include "attack/earlier.h"
#include "attack/listing.h"
#include "attack/wording.h"
#include "base/clock.h"
#include "rules/checks.h"

#include <stdlib.h>
#include <string.h>

/* Terms of linear programs that may be gone through for explanations, all findings together: some
 * ten seconds. */
#define EXPLAINING_WORK UINT64_C(25000000)

struct auditing {
    struct ddg_audit *audit;
    struct ddg_attack attack;
    const struct ddg_audit_options *options;
    struct ddg_context *context;
    double begun;
    uint64_t work; /* that may still go into explaining */
};

/* Findings ----------------------------------------------------------------------------------- */

static enum ddg_error list_findings(struct auditing *a)
{
    const struct ddg_publication *p = &a->attack.publication;
    struct ddg_audit *audit = a->audit;
    size_t room = 0;
    bool *listed = NULL;
    enum ddg_error error = ddg_listing_make(p, &listed, a->context);

    for (uint32_t slot = 0; !error && slot < p->slots; slot++) {
        struct ddg_slot_place place;

        if (!listed[slot])
            continue;
        error = ddg_grow(&audit->finding, &room, audit->findings + 1, sizeof *audit->finding,
                         a->context);
        if (error)
            break;
        place = ddg_slot_at(p, slot);
        audit->finding[audit->findings++] = (struct ddg_finding){
            .release = place.release,
            .measure = place.measure,
            .cell = place.cell,
            .answer = ddg_attack_answer(&a->attack, slot),
            .code = p->code[slot],
            .how = "",
            .figures = "",
        };
    }
    free(listed);
    return error;
}

static void count_findings(struct ddg_audit *audit)
{
    for (size_t i = 0; i < audit->findings; i++) {
        const struct ddg_finding *f = &audit->finding[i];

        audit->count[f->answer.verdict]++;
        audit->absent += f->cell >= audit->release[f->release].model.printed;
    }
}

/* Explaining --------------------------------------------------------------------------------- */

static enum ddg_error keep_text(struct auditing *a, const char *text, const char **kept)
{
    struct ddg_text copy = {NULL, 0};

    if (text)
        copy = ddg_arena_copy(&a->audit->arena, ddg_text_of(text), a->context);
    *kept = copy.at;
    return copy.at ? DDG_OK : DDG_MEMORY;
}

/* Says the same with and without counts. */
static enum ddg_error keep_both(struct auditing *a, struct ddg_finding *finding, const char *text)
{
    enum ddg_error error = keep_text(a, text, &finding->how);

    finding->figures = finding->how;
    return error;
}

static enum ddg_error explain_unknown(struct auditing *a, struct ddg_wording *wording,
                                      struct ddg_finding *finding, uint32_t slot)
{
    const struct ddg_publication *p = &a->attack.publication;
    struct ddg_problem original = p->problem;
    struct ddg_reasons reasons = {0};
    enum ddg_error error;

    original.low = a->attack.low;
    original.high = a->attack.high;
    error = ddg_explain(&reasons, &original, &finding->answer, p->unknown[ddg_slot_first(p, slot)],
                        &a->work, a->context);
    if (!error && reasons.rows + reasons.unknowns == 0)
        error = keep_both(a, finding, ddg_wording_unexplained(wording, &finding->answer));
    else if (!error && !(error = keep_text(a, ddg_wording_reasons(wording, &reasons, slot, false),
                                           &finding->how)))
        error = keep_text(a, ddg_wording_reasons(wording, &reasons, slot, true), &finding->figures);
    ddg_reasons_free(&reasons);
    return error;
}

static enum ddg_error explain_finding(struct auditing *a, struct ddg_wording *wording,
                                      struct ddg_finding *finding)
{
    const struct ddg_publication *p = &a->attack.publication;
    uint32_t slot = ddg_slot(p, finding->release, finding->measure, finding->cell);

    if (finding->answer.verdict == DDG_VERDICT_DETERMINED)
        return keep_both(a, finding, ddg_wording_determined(wording, slot));
    if (p->unknown[ddg_slot_first(p, slot)] == DDG_NO_UNKNOWN)
        return keep_both(a, finding, ddg_wording_known(wording, slot));
    if (a->work == 0)
        return keep_both(a, finding, ddg_wording_unexplained(wording, &finding->answer));
    return explain_unknown(a, wording, finding, slot);
}

/* How many unknowns there are in the shortest row of a cell: reasons are found the faster the fewer
 * there are. */
static size_t distance_of(const struct ddg_publication *p, const struct ddg_finding *finding)
{
    const struct ddg_problem *problem = &p->problem;
    uint32_t slot = ddg_slot(p, finding->release, finding->measure, finding->cell);
    uint32_t unknown = p->unknown[ddg_slot_first(p, slot)];
    size_t least = SIZE_MAX;

    if (unknown == DDG_NO_UNKNOWN)
        return 0;
    for (size_t i = problem->unknown_start[unknown]; i < problem->unknown_start[unknown + 1]; i++) {
        uint32_t row = problem->unknown_row[i];
        size_t length = problem->row_start[row + 1] - problem->row_start[row];

        if (length < least)
            least = length;
    }
    return least;
}

struct turn {
    size_t distance, finding;
};

static int compare_turns(const void *a, const void *b)
{
    const struct turn *x = a, *y = b;

    if (x->distance != y->distance)
        return x->distance < y->distance ? -1 : 1;
    return x->finding < y->finding ? -1 : x->finding > y->finding;
}

/* Puts what was found into the order in which it is explained. */
static enum ddg_error make_turns(const struct auditing *a, struct turn **turn, size_t *turns)
{
    const struct ddg_audit *audit = a->audit;
    size_t findings = audit->findings + audit->alone;
    enum ddg_error error = ddg_allocate(turn, findings, sizeof **turn, a->context);

    *turns = 0;
    for (size_t i = 0; !error && i < findings; i++)
        if (ddg_verdict_gives_away(audit->finding[i].answer.verdict))
            (*turn)[(*turns)++] = (struct turn){
                distance_of(&a->attack.publication, &audit->finding[i]),
                i,
            };
    if (!error)
        qsort(*turn, *turns, sizeof **turn, compare_turns);
    return error;
}

static enum ddg_error explain_findings(struct auditing *a)
{
    struct ddg_wording wording;
    struct turn *turn = NULL;
    size_t turns = 0;
    enum ddg_error error = ddg_wording_start(&wording, &a->attack.publication, a->context);

    if (!error)
        error = make_turns(a, &turn, &turns);
    for (size_t i = 0; !error && i < turns; i++)
        error = explain_finding(a, &wording, &a->audit->finding[turn[i].finding]);
    a->audit->overlapping = wording.overlapping;
    a->audit->totals = a->attack.publication.release[0].description->unprinted != DDG_TOTALS_NONE;
    free(turn);
    ddg_wording_free(&wording);
    return error;
}

/* Rules -------------------------------------------------------------------------------------- */

/* What was scored is today's. */
static enum ddg_error check_release(struct auditing *a, size_t number,
                                    struct ddg_check_options *options)
{
    const struct ddg_publication *p = &a->attack.publication;
    const struct ddg_release *r = &p->release[number];
    bool *left = NULL;
    enum ddg_error error = DDG_OK;

    options->below = options->above = 0;
    if (!r->exact)
        ddg_knowledge_rounding(p->knowledge, &options->below, &options->above);
    if (!r->previous && a->options->scoreds > 0 &&
        !(error =
              ddg_allocate(&left, r->table->rows * r->table->measures, sizeof *left, a->context)))
        error = ddg_scored_find(a->options->scored, a->options->scoreds, &r->model, r->description,
                                options->below, options->above, left, a->context);
    options->left = left;
    if (!error)
        error = ddg_checks_run(&a->audit->notices[number], &r->model, r->description, options,
                               a->context);
    free(left);
    return error;
}

static enum ddg_error check_rules(struct auditing *a)
{
    const struct ddg_publication *p = &a->attack.publication;
    struct ddg_check_options options = {.group_rule = a->options->group_rule};
    struct ddg_list populations = {0};
    enum ddg_error error =
        ddg_allocate(&a->audit->notices, p->releases, sizeof *a->audit->notices, a->context);

    for (size_t i = 0; !error && i < p->knowledge->rates; i++)
        if (p->knowledge->rate[i].of.count == 0)
            error = ddg_list_push(&populations, p->knowledge->rate[i].population, a->context);
    options.populations = &populations;
    for (size_t r = 0; !error && r < p->releases; r++)
        error = check_release(a, r, &options);
    free(populations.item);
    return error;
}

/* R-DOC-2: what was added since an earlier release is small, and both counts are shown. */
static enum ddg_error check_growth(struct auditing *a)
{
    const struct ddg_publication *p = &a->attack.publication;
    enum ddg_error error = DDG_OK;

    for (size_t i = 0; !error && i < p->earlier_count; i++) {
        uint32_t earlier = ddg_slot_first(p, p->earlier[i].earlier);
        uint32_t today = ddg_slot_first(p, p->earlier[i].today);
        struct ddg_slot_place place = ddg_slot_at(p, p->earlier[i].today);
        const struct ddg_release *r = &p->release[place.release];
        int64_t grown = p->low[today] - p->low[earlier];
        struct ddg_notice notice = {
            .rule = "R-DOC-2",
            .finding = true,
            .row = place.cell,
            .rows = 1,
            .column = r->table->measure[place.measure].count,
            .measure = place.measure,
            .text = "what was added since the earlier release is a small number",
        };

        if (place.cell < r->model.printed && p->low[today] == p->high[today] &&
            p->low[earlier] == p->high[earlier] && grown > 0 &&
            (uint64_t)grown < r->description->threshold)
            error = ddg_notices_add(&a->audit->notices[place.release], &notice, a->context);
    }
    return error;
}

/* Whole -------------------------------------------------------------------------------------- */

static enum ddg_error keep_equations(struct auditing *a)
{
    const struct ddg_knowledge *k = a->options->knowledge;

    a->audit->equation =
        ddg_arena_allocate(&a->audit->arena, (k->equations + 1) * sizeof(char *), a->context);
    if (!a->audit->equation)
        return DDG_MEMORY;
    for (size_t i = 0; i < k->equations; i++)
        a->audit->equation[a->audit->equations++] = k->equation[i].text.at;
    return DDG_OK;
}

static enum ddg_error keep_conflicts(struct auditing *a)
{
    const struct ddg_publication *p = &a->attack.publication;
    enum ddg_error error = DDG_OK;

    a->audit->conflict =
        ddg_arena_allocate(&a->audit->arena, (p->conflicts + 1) * sizeof(char *), a->context);
    if (!a->audit->conflict)
        return DDG_MEMORY;
    for (size_t i = 0; !error && i < p->conflicts; i++)
        error = keep_text(a, p->conflict[i], &a->audit->conflict[a->audit->conflicts++]);
    return error;
}

/* Names the tables that were attacked without being printed, each once. */
static enum ddg_error keep_crossed(struct auditing *a)
{
    const struct ddg_crossing *crossing = &a->attack.publication.crossing;
    struct ddg_audit *audit = a->audit;
    enum ddg_error error = DDG_OK;

    audit->crossed = ddg_arena_allocate(&audit->arena,
                                        (crossing->cubes + 1) * sizeof *audit->crossed, a->context);
    if (!audit->crossed)
        return DDG_MEMORY;
    for (size_t i = 0; !error && crossing->used && i < crossing->cubes; i++) {
        size_t at = 0;

        while (at < audit->crosseds && strcmp(audit->crossed[at], crossing->cube[i].name) != 0)
            at++;
        if (at == audit->crosseds)
            error = keep_text(a, crossing->cube[i].name, &audit->crossed[audit->crosseds++]);
    }
    return error;
}

static void summarize(struct auditing *a)
{
    const struct ddg_publication *p = &a->attack.publication;
    struct ddg_audit *audit = a->audit;

    audit->rows = p->problem.rows;
    audit->unknowns = p->problem.unknowns;
    audit->joined = p->joined;
    audit->unread = p->unread;
    audit->vague = p->vague;
    audit->missed = p->crossing.missed;
    audit->discovering = a->options->knowledge->discover;
    for (size_t r = 0; r < p->releases; r++) {
        const struct ddg_release *release = &p->release[r];

        audit->unprinted +=
            (uint64_t)(release->model.cells - release->model.printed - release->model.absent) *
            release->table->measures;
        for (size_t m = 0; m < release->table->measures; m++)
            if (release->reader[m] > audit->reader)
                audit->reader = release->reader[m];
    }
}

enum ddg_error ddg_audit_run(struct ddg_audit *audit, struct ddg_releases *releases,
                             const struct ddg_audit_options *options, struct ddg_context *context)
{
    struct auditing a = {.audit = audit,
                         .options = options,
                         .context = context,
                         .begun = ddg_clock(),
                         .work = EXPLAINING_WORK};
    size_t room = 0;
    enum ddg_error error;

    *audit = (struct ddg_audit){
        .release = releases->item,
        .releases = releases->count,
        .repeat = releases->repeat,
        .repeats = releases->repeats,
    };
    error =
        ddg_attack_run(&a.attack, releases, options->knowledge, &options->decide, a.begun, context);
    if (!error && !(error = list_findings(&a)) &&
        !(error = ddg_earlier_set_apart(audit, releases, options, a.begun, context)) &&
        !(error = explain_findings(&a)) && !(error = keep_equations(&a)) &&
        !(error = keep_conflicts(&a)) && !(error = keep_crossed(&a)) &&
        !(error = check_rules(&a)) && !(error = check_growth(&a)))
        error = ddg_doubts_find(&audit->doubts, &a.attack.publication, audit->findings > 0,
                                &audit->arena, context);
    if (!error && options->knowledge->discover)
        error = ddg_discover(&a.attack.publication, &audit->discovered, &audit->discoveries, &room,
                             &audit->arena, context);
    if (!error) {
        count_findings(audit);
        summarize(&a);
    }
    audit->seconds = ddg_clock() - a.begun;
    ddg_attack_free(&a.attack);
    return error;
}

void ddg_audit_free(struct ddg_audit *audit)
{
    for (size_t r = 0; audit->notices && r < audit->releases; r++)
        ddg_notices_free(&audit->notices[r]);
    free(audit->notices);
    free(audit->finding);
    free(audit->discovered);
    free(audit->doubts.text);
    ddg_arena_free(&audit->arena);
    *audit = (struct ddg_audit){0};
}
