#include "attack/audit.h"

#include "attack/contradiction.h"
#include "attack/discover.h"
#include "attack/listing.h"
#include "attack/wording.h"
#include "base/clock.h"
#include "rules/checks.h"

#include <stdlib.h>
#include <string.h>

/* Contradictions between releases are set aside one by one, up to so many. */
enum { CONFLICTS_MOST = 1000 };

/* Terms of linear programs that may be gone through for explanations, all findings together: some
 * ten seconds. */
#define EXPLAINING_WORK UINT64_C(25000000)

struct auditing {
    struct ddg_audit *audit;
    struct ddg_publication publication;
    const struct ddg_audit_options *options;
    struct ddg_context *context;
    struct ddg_answer *answer; /* of each unknown */
    int64_t *low, *high;       /* the ranges of the problem before anything was narrowed */
    double begun;
    uint64_t work; /* that may still go into explaining */
};

static void free_attack(struct auditing *a)
{
    ddg_publication_free(&a->publication);
    free(a->answer);
    free(a->low);
    free(a->high);
}

/* Solving ------------------------------------------------------------------------------------ */

static enum ddg_error keep_ranges(struct auditing *a)
{
    const struct ddg_problem *problem = &a->publication.problem;
    enum ddg_error error;

    free(a->answer);
    free(a->low);
    free(a->high);
    a->answer = NULL;
    a->low = a->high = NULL;
    if ((error = ddg_allocate(&a->answer, problem->unknowns, sizeof *a->answer, a->context)) ||
        (error = ddg_allocate(&a->low, problem->unknowns, sizeof *a->low, a->context)) ||
        (error = ddg_allocate(&a->high, problem->unknowns, sizeof *a->high, a->context)))
        return error;
    for (uint32_t i = 0; i < problem->unknowns; i++) {
        a->low[i] = problem->low[i];
        a->high[i] = problem->high[i];
    }
    return DDG_OK;
}

/* Puts into *fits whether the rows of the first so many origins fit each other, as far as ranges
 * and equations tell. */
static enum ddg_error try_rows(struct auditing *a, uint32_t origins, bool *fits, uint32_t *row)
{
    struct ddg_publication *p = &a->publication;
    struct ddg_decide_options options = {.threads = 1};
    enum ddg_error error = ddg_publication_shorten(p, origins, a->context);

    if (error)
        return error;
    for (uint32_t i = 0; i < p->problem.unknowns; i++)
        p->problem.wanted[i] = 0;
    return ddg_decide(&p->problem, &options, a->answer, fits, row, a->context);
}

/* Finds a row of those that contradict each other together: the last of the fewest rows, from the
 * first on, that do.  *row stays DDG_NO_ROW where only a search shows that nothing fits. */
static enum ddg_error find_contradiction(struct auditing *a, uint32_t *row)
{
    uint32_t fit = 0, all = a->publication.origins, ignored;
    bool fits = true;
    enum ddg_error error = try_rows(a, all, &fits, &ignored);

    *row = DDG_NO_ROW;
    if (error || fits)
        return error;
    while (fit + 1 < all) {
        uint32_t middle = fit + (all - fit) / 2;

        if ((error = try_rows(a, middle, &fits, &ignored)))
            return error;
        *(fits ? &fit : &all) = middle;
    }
    error = ddg_publication_shorten(&a->publication, all, a->context);
    if (!error && a->publication.problem.rows > 0)
        *row = a->publication.problem.rows - 1;
    return error;
}

/* Sets a row aside of those that contradict each other, or where there is one release says which
 * they are. */
static enum ddg_error set_aside(struct auditing *a, uint32_t row)
{
    struct ddg_publication *p = &a->publication;
    struct ddg_contradiction found;
    enum ddg_error error =
        ddg_contradiction_find(&found, &p->problem, a->low, a->high, row, a->context);

    if (!error && found.rows == 0)
        found.row[found.rows++] = row;
    return error ? error : ddg_publication_exclude(p, found.row, found.rows, a->context);
}

/* Each table may be right, and all margins of one they are not.  Where they contradict each other
 * without that, it was said already. */
static enum ddg_error report_uncrossed(struct auditing *a)
{
    struct ddg_publication *p = &a->publication;

    if (p->conflicts > 0)
        return DDG_OK;
    return ddg_publication_conflict(p, a->context,
                                    "%s: no counts by %s add up to all that is shown",
                                    p->release[0].table->file, p->crossing.cube[0].name);
}

/* Decides all unknowns.  What contradicts the rest is set aside where there are several releases,
 * and the rest decided. */
static enum ddg_error decide(struct auditing *a)
{
    struct ddg_publication *p = &a->publication;
    struct ddg_decide_options options = a->options->decide;
    bool uncrossed = false;
    enum ddg_error error;

    for (int tries = 0;; tries++) {
        bool fits = true;
        uint32_t row = DDG_NO_ROW;

        if (options.seconds > 0) {
            options.seconds = a->options->decide.seconds - (ddg_clock() - a->begun);
            if (options.seconds <= 0)
                options.seconds = 1e-9;
        }
        if ((error = keep_ranges(a)) ||
            (error = ddg_decide(&p->problem, &options, a->answer, &fits, &row, a->context)))
            return error;
        if (fits)
            return uncrossed ? report_uncrossed(a) : DDG_OK;
        if (p->crossing.used) {
            uncrossed = true;
            if ((error = ddg_publication_uncross(p, a->context)))
                return error;
            continue;
        }
        if (row == DDG_NO_ROW && p->releases > 1 && (error = find_contradiction(a, &row)))
            return error;
        if (row == DDG_NO_ROW || tries == CONFLICTS_MOST)
            return ddg_fail(a->context, DDG_INPUT,
                            "%s: no counts fit the table%s: its lines disagree",
                            p->release[0].table->file, p->releases > 1 ? "s" : "");
        if ((error = set_aside(a, row)))
            return error;
    }
}

/* Findings ----------------------------------------------------------------------------------- */

static struct ddg_answer answer_of(const struct auditing *a, uint32_t slot)
{
    const struct ddg_publication *p = &a->publication;
    uint32_t first = ddg_slot_first(p, slot);
    int64_t value = p->low[first];

    if (p->unknown[first] != DDG_NO_UNKNOWN)
        return a->answer[p->unknown[first]];
    return (struct ddg_answer){
        DDG_VERDICT_RECOVERED, DDG_METHOD_NONE, value, value, value, value,
    };
}

static enum ddg_error list_findings(struct auditing *a)
{
    const struct ddg_publication *p = &a->publication;
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
            place.release, place.measure, place.cell, answer_of(a, slot), p->code[slot], "", "",
        };
    }
    free(listed);
    return error;
}

/* Earlier releases --------------------------------------------------------------------------- */

/* Attacks the earlier releases as if today's were not there.  What they cannot be asked, since an
 * equation is about columns of today or their lines disagree, is an error in the context. */
static void attack_earlier(struct auditing *a, struct ddg_releases *earlier)
{
    if (!ddg_publication_build(&a->publication, earlier, a->options->knowledge, a->context))
        decide(a);
}

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
static enum ddg_verdict verdict_alone(const struct auditing *alone, const struct ddg_model *model,
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
    return answer_of(alone, slot).verdict;
}

/* Puts the findings that today's releases have no part in behind the others. */
static enum ddg_error part_findings(struct auditing *a, const struct auditing *alone, size_t today)
{
    struct ddg_audit *audit = a->audit;
    struct ddg_finding *behind;
    size_t kept = 0, all = audit->findings;
    enum ddg_error error = ddg_allocate(&behind, all, sizeof *behind, a->context);

    for (size_t i = 0; !error && i < all; i++) {
        const struct ddg_finding *f = &audit->finding[i];
        const struct ddg_release *r = &audit->release[f->release];

        if (r->previous &&
            (f->answer.verdict == DDG_VERDICT_SAFE ||
             (!alone->context->error &&
              verdict_alone(alone, &r->model, f->release - today, f) >= f->answer.verdict)))
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

/* Tells what earlier releases give away by themselves from what today's have a part in. */
static enum ddg_error set_earlier_apart(struct auditing *a, const struct ddg_releases *releases)
{
    struct ddg_context context = {0};
    struct ddg_audit_options options = *a->options;
    struct auditing alone = {.options = &options, .context = &context, .begun = a->begun};
    struct ddg_releases earlier;
    enum ddg_error error = copy_earlier(releases, &earlier, a->context);

    options.decide.progress = NULL;
    options.decide.intervals = false;
    if (!error && earlier.count > 0) {
        attack_earlier(&alone, &earlier);
        error = context.error == DDG_MEMORY
                    ? ddg_fail_memory(a->context)
                    : part_findings(a, &alone, releases->count - earlier.count);
    }
    for (size_t r = 0; r < earlier.count; r++)
        ddg_model_free(&earlier.item[r].model);
    free(earlier.item);
    free_attack(&alone);
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
    const struct ddg_publication *p = &a->publication;
    struct ddg_problem original = p->problem;
    struct ddg_reasons reasons = {0};
    enum ddg_error error;

    original.low = a->low;
    original.high = a->high;
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
    const struct ddg_publication *p = &a->publication;
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
                distance_of(&a->publication, &audit->finding[i]),
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
    enum ddg_error error = ddg_wording_start(&wording, &a->publication, a->context);

    if (!error)
        error = make_turns(a, &turn, &turns);
    for (size_t i = 0; !error && i < turns; i++)
        error = explain_finding(a, &wording, &a->audit->finding[turn[i].finding]);
    a->audit->overlapping = wording.overlapping;
    a->audit->totals = a->publication.release[0].description->unprinted != DDG_TOTALS_NONE;
    free(turn);
    ddg_wording_free(&wording);
    return error;
}

/* Rules -------------------------------------------------------------------------------------- */

static enum ddg_error check_rules(struct auditing *a)
{
    const struct ddg_publication *p = &a->publication;
    struct ddg_check_options options = {.group_rule = a->options->group_rule};
    struct ddg_list populations = {0};
    enum ddg_error error =
        ddg_allocate(&a->audit->notices, p->releases, sizeof *a->audit->notices, a->context);

    ddg_knowledge_rounding(p->knowledge, &options.below, &options.above);
    for (size_t i = 0; !error && i < p->knowledge->rates; i++)
        if (p->knowledge->rate[i].of.count == 0)
            error = ddg_list_push(&populations, p->knowledge->rate[i].population, a->context);
    options.populations = &populations;
    for (size_t r = 0; !error && r < p->releases; r++)
        error = ddg_checks_run(&a->audit->notices[r], &p->release[r].model,
                               p->release[r].description, &options, a->context);
    free(populations.item);
    return error;
}

/* R-DOC-2: what was added since an earlier release is small, and both counts are shown. */
static enum ddg_error check_growth(struct auditing *a)
{
    const struct ddg_publication *p = &a->publication;
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
    const struct ddg_publication *p = &a->publication;
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
    const struct ddg_crossing *crossing = &a->publication.crossing;
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
    const struct ddg_publication *p = &a->publication;
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
    error = ddg_publication_build(&a.publication, releases, options->knowledge, context);
    if (!error && !(error = decide(&a)) && !(error = list_findings(&a)) &&
        !(error = set_earlier_apart(&a, releases)) && !(error = explain_findings(&a)) &&
        !(error = keep_equations(&a)) && !(error = keep_conflicts(&a)) &&
        !(error = keep_crossed(&a)) && !(error = check_rules(&a)) && !(error = check_growth(&a)) &&
        options->knowledge->discover)
        error = ddg_discover(&a.publication, &audit->discovered, &audit->discoveries, &room,
                             &audit->arena, context);
    if (!error) {
        count_findings(audit);
        summarize(&a);
    }
    audit->seconds = ddg_clock() - a.begun;
    free_attack(&a);
    return error;
}

void ddg_audit_free(struct ddg_audit *audit)
{
    for (size_t r = 0; audit->notices && r < audit->releases; r++)
        ddg_notices_free(&audit->notices[r]);
    free(audit->notices);
    free(audit->finding);
    free(audit->discovered);
    ddg_arena_free(&audit->arena);
    *audit = (struct ddg_audit){0};
}
