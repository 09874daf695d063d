#include "score/coarser.h"

#include "score/coarse_beam.h"
#include "score/coarse_sample.h"

#include <stdlib.h>

/* The work that is done at most, and what a table takes beside its cells (both in cells): seconds
 * to some tens of seconds. */
#define WORK_MOST UINT64_C(100000000)
enum { WORK_BESIDE = 50000 };

struct search {
    struct ddg_coarse_grounds grounds;
    struct ddg_context *context;
    struct ddg_choices choices;
    struct ddg_coarse_table whole;
    struct ddg_coarse_score score; /* of the whole table */
    struct ddg_coarse_found *found;
    size_t founds, room, rising; /* before `rising` stand those of fewer choices */
    double *alone;               /* what each choice keeps; 1 where that is not known */
    uint16_t *order;             /* choices to try */
    size_t ordered;
    uint64_t work, most, tried; /* work that may be done now */
    bool stopped;
};

/* Trying ------------------------------------------------------------------------------------- */

static enum ddg_error note(struct search *s, struct ddg_coarse_found *f)
{
    enum ddg_error error =
        ddg_grow(&s->found, &s->room, s->founds + 1, sizeof *s->found, s->context);

    if (error)
        return error;
    f->kept = s->score.entropy > 0 ? f->score.entropy / s->score.entropy : 1;
    f->gain = ddg_coarse_found_gain(f, &s->score, s->grounds.assessment->criteria.release_most);
    for (size_t i = 0; i < s->founds && ddg_coarse_found_helps(f); i++)
        if (ddg_coarse_found_helps(&s->found[i]) &&
            ddg_coarse_found_covers(&s->found[i], f, &s->choices))
            s->found[i].outdone = true;
    if (f->choices == 1)
        s->alone[f->choice[0]] = f->kept;
    s->found[s->founds++] = *f;
    return DDG_OK;
}

/* Makes and assesses the table of one choice more; one that cannot be assessed is passed over. */
static enum ddg_error try(struct search *s, const struct ddg_coarse_table *from,
                          struct ddg_coarse_found *f, size_t choice)
{
    struct ddg_context own = {.error = DDG_OK};
    struct ddg_coarse_table table;
    enum ddg_error error =
        ddg_coarse_table_make(&table, from, &s->choices.item[choice], s->context);

    s->work += from->cells + WORK_BESIDE;
    s->tried++;
    if (!error)
        error = ddg_coarse_score_take(&f->score, &s->grounds, &table, &own);
    ddg_coarse_table_free(&table);
    if (own.error == DDG_USAGE || own.error == DDG_INPUT)
        return DDG_OK;
    if (own.error)
        return ddg_fail(s->context, own.error, "%s", own.message);
    return error ? error : note(s, f);
}

/* Combinations ------------------------------------------------------------------------------- */

/* Adds a choice in its place; false where it does not go with the others, was tried with them, or
 * some of them are enough. */
static bool add(const struct search *s, struct ddg_coarse_found *f, size_t choice)
{
    size_t at = f->choices;

    for (size_t i = 0; i < f->choices; i++)
        if (!ddg_choices_go_together(s->grounds.intake, &s->choices.item[f->choice[i]],
                                     &s->choices.item[choice]))
            return false;
    for (; at > 0 && f->choice[at - 1] > choice; at--)
        f->choice[at] = f->choice[at - 1];
    f->choice[at] = (uint16_t)choice;
    f->choices++;
    for (size_t i = 0; i < s->founds; i++)
        if (ddg_coarse_found_helps(&s->found[i])
                ? ddg_coarse_found_covers(f, &s->found[i], &s->choices)
                : i >= s->rising && ddg_coarse_found_is_part_of(&s->found[i], f))
            return false;
    return true;
}

/* Of what helps, the share that is kept by the last one that would be shown; 0 while there are
 * fewer.  A choice more never keeps more. */
static double least_kept(const struct search *s)
{
    double best[DDG_COARSER_SHOWN] = {0};

    for (size_t i = 0; i < s->founds; i++) {
        const struct ddg_coarse_found *f = &s->found[i];
        double kept = ddg_coarse_found_helps(f) && !f->outdone ? f->kept : 0;

        for (size_t j = 0; j < DDG_COARSER_SHOWN; j++)
            if (kept > best[j]) {
                double lower = best[j];

                best[j] = kept;
                kept = lower;
            }
    }
    return best[DDG_COARSER_SHOWN - 1];
}

static enum ddg_error extend_from(struct search *s, const struct ddg_coarse_table *from,
                                  const struct ddg_coarse_found *parent)
{
    enum ddg_error error = DDG_OK;

    for (size_t i = 0; !error && i < s->ordered; i++) {
        size_t choice = s->order[i];
        struct ddg_coarse_found f = *parent;

        if (s->alone[choice] < least_kept(s) || !add(s, &f, choice))
            continue;
        s->stopped = s->work + from->cells + WORK_BESIDE > s->most;
        if (s->stopped)
            break;
        error = try(s, from, &f, choice);
    }
    return error;
}

/* Makes the table of a parent, then tries each choice beside. */
static enum ddg_error extend(struct search *s, const struct ddg_coarse_found *parent)
{
    struct ddg_coarse_table table[2];
    const struct ddg_coarse_table *from = &s->whole;
    size_t made = 0;
    enum ddg_error error = DDG_OK;

    if (parent->kept < least_kept(s))
        return DDG_OK;
    while (!error && made < parent->choices) {
        struct ddg_coarse_table *to = &table[made % 2];

        s->work += from->cells;
        error = ddg_coarse_table_make(to, from, &s->choices.item[parent->choice[made]], s->context);
        if (made++ > 0)
            ddg_coarse_table_free(&table[made % 2]);
        from = to;
    }
    if (!error)
        error = extend_from(s, from, parent);
    if (made > 0)
        ddg_coarse_table_free(&table[(made + 1) % 2]);
    return error;
}

/* The search --------------------------------------------------------------------------------- */

static enum ddg_error add_one_more(struct search *s)
{
    struct ddg_coarse_found parent[DDG_BEAM_MOST], *last = s->found + s->rising;
    size_t count = s->founds - s->rising, parents;
    enum ddg_error error = DDG_OK;

    if (count == 0)
        return DDG_OK;
    parents = ddg_beam_choose(last, count, parent);
    s->rising = s->founds;
    for (size_t i = 0; !error && !s->stopped && i < parents; i++)
        error = extend(s, &parent[i]);
    return error;
}

static enum ddg_error try_alone(struct search *s)
{
    static const struct ddg_coarse_found nothing = {.kept = 1};
    enum ddg_error error = DDG_OK;

    if ((error = ddg_allocate(&s->alone, s->choices.count, sizeof *s->alone, s->context)) ||
        (error = ddg_allocate(&s->order, s->choices.count, sizeof *s->order, s->context)))
        return error;
    ddg_beam_order_alone(s->order, &s->choices);
    s->ordered = s->choices.count;
    for (size_t i = 0; i < s->choices.count; i++)
        s->alone[i] = 1;
    s->most = WORK_MOST / 2;
    if (!(error = extend(s, &nothing)) && s->founds > 0)
        s->ordered = ddg_beam_order(s->order, &s->choices, s->found, s->founds);
    return error;
}

static enum ddg_error search(struct search *s, struct ddg_intake *intake)
{
    const struct ddg_assessment *a = s->grounds.assessment;
    enum ddg_error error;
    bool cut; /* the bound ended what was tried alone */

    for (size_t m = 0; m < intake->sample.measures; m++)
        if ((error =
                 ddg_list_push(&s->grounds.counts,
                               intake->sample.name[intake->sample.measure[m].count], s->context)))
            return error;
    if ((error = ddg_choices_find(&s->choices, a, s->context)) ||
        (error = ddg_coarse_table_read(&s->whole, intake, a, s->context)))
        return error;
    if ((error = ddg_coarse_score_take(&s->score, &s->grounds, &s->whole, s->context)) ||
        (error = try_alone(s)))
        return error;
    cut = s->stopped;
    s->most = WORK_MOST;
    s->stopped = false;
    for (size_t i = 1; !error && !s->stopped && i < DDG_CHOICES_TOGETHER; i++)
        error = add_one_more(s);
    s->stopped = s->stopped || cut;
    return error;
}

/* Those that help, or else those that come nearer. */
static void show(const struct search *s, struct ddg_advice *advice)
{
    const struct ddg_assessment *a = s->grounds.assessment;
    int64_t score = a->score.side[a->score.worst].total;

    for (size_t i = 0; i < s->founds && advice->count < DDG_COARSER_SHOWN; i++) {
        const struct ddg_coarse_found *f = &s->found[i];

        if (f->outdone)
            continue;
        if (!ddg_coarse_found_helps(f) &&
            (ddg_coarse_found_helps(s->found) || f->score.score >= score))
            break;
        ddg_coarse_found_say(f, &s->choices, advice->best[advice->count++]);
    }
}

enum ddg_error ddg_coarser_find(struct ddg_advice *advice, const struct ddg_assessment *a,
                                struct ddg_intake *intake, const char *population, uint64_t least,
                                struct ddg_context *context)
{
    struct search s = {.grounds = {a, intake, population, least, {0}}, .context = context};
    enum ddg_error error;

    *advice = (struct ddg_advice){.count = 0};
    if (intake->description->repeats)
        return ddg_fail(context, DDG_USAGE, "--advise goes without --repeats");
    if (intake->description->partitions.count > 0)
        return ddg_fail(context, DDG_USAGE, "--advise goes without --partitions");
    error = search(&s, intake);
    if (!error && s.founds > 0) {
        qsort(s.found, s.founds, sizeof *s.found, ddg_coarse_found_compare);
        show(&s, advice);
    }
    advice->tried = s.tried;
    advice->stopped = s.stopped;
    ddg_coarse_table_free(&s.whole);
    ddg_choices_free(&s.choices);
    free(s.grounds.counts.item);
    free(s.found);
    free(s.alone);
    free(s.order);
    return error;
}
