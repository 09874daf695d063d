#include "attack/attack.h"

#include "attack/contradiction.h"
#include "attack/doubts.h"
#include "base/clock.h"

#include <stdlib.h>

/* Contradictions between releases are set aside one by one, up to so many. */
enum { CONFLICTS_MOST = 1000 };

static enum ddg_error keep_ranges(struct ddg_attack *a, struct ddg_context *context)
{
    const struct ddg_problem *problem = &a->publication.problem;
    enum ddg_error error;

    free(a->answer);
    free(a->low);
    free(a->high);
    a->answer = NULL;
    a->low = a->high = NULL;
    if ((error = ddg_allocate(&a->answer, problem->unknowns, sizeof *a->answer, context)) ||
        (error = ddg_allocate(&a->low, problem->unknowns, sizeof *a->low, context)) ||
        (error = ddg_allocate(&a->high, problem->unknowns, sizeof *a->high, context)))
        return error;
    for (uint32_t i = 0; i < problem->unknowns; i++) {
        a->low[i] = problem->low[i];
        a->high[i] = problem->high[i];
    }
    return DDG_OK;
}

static enum ddg_error fail_whole(const struct ddg_publication *p, struct ddg_context *context)
{
    char cause[sizeof context->message] = "";

    if (p->releases == 1)
        ddg_doubts_explain(p, NULL, cause, sizeof cause);
    return ddg_fail(context, DDG_INPUT, "%s: no counts fit the table%s: its lines disagree%s",
                    p->release[0].table->file, p->releases > 1 ? "s" : "", cause);
}

/* Puts into *fits whether the rows of the first so many origins fit each other, as far as ranges
 * and equations tell. */
static enum ddg_error try_rows(struct ddg_attack *a, uint32_t origins, bool *fits, uint32_t *row,
                               struct ddg_context *context)
{
    struct ddg_publication *p = &a->publication;
    struct ddg_decide_options options = {.threads = 1};
    enum ddg_error error = ddg_publication_shorten(p, origins, context);

    if (error)
        return error;
    for (uint32_t i = 0; i < p->problem.unknowns; i++)
        p->problem.wanted[i] = 0;
    return ddg_decide(&p->problem, &options, a->answer, fits, row, context);
}

/* Finds a row of those that contradict each other together: the last of the fewest rows, from the
 * first on, that do.  *row stays DDG_NO_ROW where only a search shows that nothing fits. */
static enum ddg_error find_contradiction(struct ddg_attack *a, uint32_t *row,
                                         struct ddg_context *context)
{
    uint32_t fit = 0, all = a->publication.origins, ignored;
    bool fits = true;
    enum ddg_error error = try_rows(a, all, &fits, &ignored, context);

    *row = DDG_NO_ROW;
    if (error || fits)
        return error;
    while (fit + 1 < all) {
        uint32_t middle = fit + (all - fit) / 2;

        if ((error = try_rows(a, middle, &fits, &ignored, context)))
            return error;
        *(fits ? &fit : &all) = middle;
    }
    error = ddg_publication_shorten(&a->publication, all, context);
    if (!error && a->publication.problem.rows > 0)
        *row = a->publication.problem.rows - 1;
    return error;
}

/* Sets a row aside of those that contradict each other, or where there is one release says which
 * they are. */
static enum ddg_error set_aside(struct ddg_attack *a, uint32_t row, struct ddg_context *context)
{
    struct ddg_publication *p = &a->publication;
    struct ddg_contradiction found;
    enum ddg_error error =
        ddg_contradiction_find(&found, &p->problem, a->low, a->high, row, context);

    if (!error && found.rows == 0)
        found.row[found.rows++] = row;
    return error ? error : ddg_publication_exclude(p, found.row, found.rows, context);
}

/* Each table may be right, and all margins of one they are not.  Where they contradict each other
 * without that, it was said already. */
static enum ddg_error report_uncrossed(struct ddg_publication *p, struct ddg_context *context)
{
    if (p->conflicts > 0)
        return DDG_OK;
    return ddg_publication_conflict(p, context, "%s: no counts by %s add up to all that is shown",
                                    p->release[0].table->file, p->crossing.cube[0].name);
}

/* Decides all unknowns.  What contradicts the rest is set aside where there are several releases,
 * and the rest decided. */
static enum ddg_error decide(struct ddg_attack *a, const struct ddg_decide_options *given,
                             double begun, struct ddg_context *context)
{
    struct ddg_publication *p = &a->publication;
    struct ddg_decide_options options = *given;
    bool uncrossed = false;
    enum ddg_error error;

    for (int tries = 0;; tries++) {
        bool fits = true;
        uint32_t row = DDG_NO_ROW;

        if (options.seconds > 0) {
            options.seconds = given->seconds - (ddg_clock() - begun);
            if (options.seconds <= 0)
                options.seconds = 1e-9;
        }
        if ((error = keep_ranges(a, context)) ||
            (error = ddg_decide(&p->problem, &options, a->answer, &fits, &row, context)))
            return error;
        if (fits)
            return uncrossed ? report_uncrossed(p, context) : DDG_OK;
        if (p->crossing.used) {
            uncrossed = true;
            if ((error = ddg_publication_uncross(p, context)))
                return error;
            continue;
        }
        if (row == DDG_NO_ROW && p->releases > 1 && (error = find_contradiction(a, &row, context)))
            return error;
        if (row == DDG_NO_ROW || tries == CONFLICTS_MOST)
            return fail_whole(p, context);
        if ((error = set_aside(a, row, context)))
            return error;
    }
}

enum ddg_error ddg_attack_run(struct ddg_attack *a, struct ddg_releases *releases,
                              const struct ddg_knowledge *knowledge,
                              const struct ddg_decide_options *options, double begun,
                              struct ddg_context *context)
{
    enum ddg_error error;

    *a = (struct ddg_attack){0};
    error = ddg_publication_build(&a->publication, releases, knowledge, context);
    return error ? error : decide(a, options, begun, context);
}

struct ddg_answer ddg_attack_answer(const struct ddg_attack *a, uint32_t slot)
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

void ddg_attack_free(struct ddg_attack *a)
{
    ddg_publication_free(&a->publication);
    free(a->answer);
    free(a->low);
    free(a->high);
    *a = (struct ddg_attack){0};
}
