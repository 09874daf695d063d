#include "score/coarser.h"

#include "base/number.h"
#include "base/tuple.h"
#include "score/coarse_table.h"

#include <stdlib.h>

enum { SHOWN = 5, COMBINED = 6 };

struct search {
    const struct ddg_assessment *a;
    struct ddg_intake *intake;
    const char *population;
    uint64_t least;
    struct ddg_context *context;
    struct ddg_choices choices;
    struct ddg_coarse_cells cells;
    struct ddg_coarser *found;
    size_t founds, room;
    size_t *of; /* of each found: its choice */
    size_t of_room;
};

/* What is known of the new table without its dropped columns. */
static enum ddg_error copy_facts(const struct search *s, const struct ddg_choice *const *choice,
                                 struct ddg_facts *facts)
{
    const struct ddg_facts *old = s->a->facts;
    enum ddg_error error;

    *facts = *old;
    facts->saids = 0;
    if ((error = ddg_allocate(&facts->said, old->saids + 1, sizeof *facts->said, s->context)))
        return error;
    for (size_t i = 0; i < old->saids; i++) {
        bool stays = true;

        for (size_t c = 0; c < 2 && choice[c]; c++) {
            const struct ddg_dimension *d = &s->intake->dimension[choice[c]->dimension];

            for (size_t level = choice[c]->levels; level < d->levels; level++)
                stays = stays && !ddg_text_equal(old->said[i].column, d->level[level].name);
        }
        if (stays)
            facts->said[facts->saids++] = old->said[i];
    }
    for (size_t c = 0; c < 2 && choice[c]; c++) {
        if (choice[c]->period && !facts->period)
            facts->period = choice[c]->period;
        facts->statewide = facts->statewide || choice[c]->statewide;
    }
    return DDG_OK;
}

/* The new table has some of the columns that the old one had, and no annotations. */
static struct ddg_description describe(const struct search *s)
{
    struct ddg_description d = *s->intake->description;

    d.several = true;
    d.annotations.count = d.annotation_texts.count = 0;
    d.counts = s->cells.counts;
    return d;
}

static enum ddg_error assess(const struct search *s, struct ddg_text text,
                             const struct ddg_facts *facts, struct ddg_coarser *result,
                             struct ddg_context *context)
{
    struct ddg_description description = describe(s);
    struct ddg_registry *registry = NULL;
    struct ddg_assessment assessment = {0};
    struct ddg_cells cells = {0};
    struct ddg_intake intake;
    enum ddg_error error =
        ddg_intake_read_text(&intake, &description, s->population, text, context);

    if (!error && s->population && intake.people == DDG_NO_COLUMN)
        error = ddg_registry_open(&registry, intake.dimension, intake.dimensions, &description,
                                  s->population, context);
    if (!error)
        error = ddg_cells_read(&cells, &intake, registry, s->least);
    if (!error)
        error = ddg_assess(&assessment, facts, &intake, &cells, s->population, context);
    if (!error) {
        result->score = assessment.score.side[assessment.score.worst].total;
        result->mask = assessment.mask;
        result->small = intake.small;
    }
    ddg_assessment_free(&assessment);
    ddg_cells_free(&cells);
    ddg_registry_close(registry);
    ddg_intake_free(&intake);
    return error;
}

/* Makes the table of one or two choices and assesses it; one that cannot be assessed is passed
 * over: its places may have no column of the file any more, for example. */
static enum ddg_error try(struct search *s, const struct ddg_choice *const *choice, size_t first)
{
    struct ddg_context own = {.error = DDG_OK};
    struct ddg_coarser result = {.kept = 0};
    struct ddg_facts facts;
    char *text = NULL;
    size_t length = 0;
    enum ddg_error error = copy_facts(s, choice, &facts);

    if (!error)
        error = ddg_coarse_table_write(&s->cells, s->intake, choice, &text, &length, &result.kept,
                                       s->context);
    snprintf(result.text, sizeof result.text, "%s%s%s", choice[0]->text, choice[1] ? "; " : "",
             choice[1] ? choice[1]->text : "");
    if (!error)
        error = assess(s, (struct ddg_text){text, length}, &facts, &result, &own);
    free(facts.said);
    free(text);
    if (own.error == DDG_USAGE || own.error == DDG_INPUT)
        return DDG_OK;
    if (own.error)
        return ddg_fail(s->context, own.error, "%s", own.message);
    if (error ||
        (error = ddg_grow(&s->found, &s->room, s->founds + 1, sizeof result, s->context)) ||
        (error = ddg_grow(&s->of, &s->of_room, s->founds + 1, sizeof *s->of, s->context)))
        return error;
    s->of[s->founds] = first;
    s->found[s->founds++] = result;
    return DDG_OK;
}

/* Whether nothing is left to be masked. */
static bool helps(const struct ddg_coarser *c)
{
    return !c->mask || c->small == 0;
}

static int compare(const void *a, const void *b)
{
    const struct ddg_coarser *x = a, *y = b;

    if (helps(x) != helps(y))
        return helps(x) ? -1 : 1;
    if (!helps(x) && x->score != y->score)
        return x->score < y->score ? -1 : 1;
    if (x->kept != y->kept)
        return x->kept > y->kept ? -1 : 1;
    return strcmp(x->text, y->text);
}

/* Pairs of choices, one of them among those that come nearest alone. */
static enum ddg_error combine(struct search *s)
{
    size_t alone = s->founds, best[COMBINED], bests = 0;
    enum ddg_error error = DDG_OK;

    for (size_t i = 0; i < alone; i++) {
        size_t at = bests < COMBINED ? bests++ : COMBINED;

        if (helps(&s->found[i])) {
            bests -= at < COMBINED;
            continue;
        }
        while (at > 0 && compare(&s->found[i], &s->found[best[at - 1]]) < 0) {
            if (at < COMBINED)
                best[at] = best[at - 1];
            at--;
        }
        if (at < COMBINED)
            best[at] = i;
    }
    for (size_t b = 0; !error && b < bests; b++)
        for (size_t i = 0; !error && i < s->choices.count; i++) {
            const struct ddg_choice *pair[2] = {&s->choices.item[s->of[best[b]]],
                                                &s->choices.item[i]};
            bool twice = false;

            /* a pair is tried once, and in no place of a choice that is enough alone */
            for (size_t j = 0; j < alone; j++)
                twice = twice || (s->of[j] == i && helps(&s->found[j]));
            for (size_t j = 0; j < b; j++)
                twice = twice || s->of[best[j]] == i;
            if (!twice && pair[0]->dimension != pair[1]->dimension)
                error = try(s, pair, s->of[best[b]]);
        }
    return error;
}

/* How many of the sorted choices are worth saying: those that help, or else those that come nearer.
 */
static size_t count_shown(const struct search *s)
{
    int64_t score = s->a->score.side[s->a->score.worst].total;
    size_t count = 0;

    while (count < s->founds && count < SHOWN && helps(&s->found[count]))
        count++;
    while (count < s->founds && count < SHOWN && !helps(&s->found[0]) &&
           s->found[count].score < score)
        count++;
    return count;
}

enum ddg_error ddg_coarser_find(struct ddg_coarser **list, size_t *count,
                                const struct ddg_assessment *a, struct ddg_intake *intake,
                                const char *population, uint64_t least, struct ddg_context *context)
{
    struct search s = {
        .a = a, .intake = intake, .population = population, .least = least, .context = context};
    enum ddg_error error = DDG_OK;

    *list = NULL;
    *count = 0;
    if (intake->description->repeats)
        return ddg_fail(context, DDG_USAGE, "--advise goes without --repeats");
    if (intake->description->partitions.count > 0)
        return ddg_fail(context, DDG_USAGE, "--advise goes without --partitions");
    if (!(error = ddg_choices_find(&s.choices, a, context)))
        error = ddg_coarse_cells_read(&s.cells, intake, a->cells, context);
    for (size_t i = 0; !error && i < s.choices.count; i++) {
        const struct ddg_choice *choice[2] = {&s.choices.item[i], NULL};

        error = try(&s, choice, i);
    }
    if (!error)
        error = combine(&s);
    if (!error && s.founds > 0)
        qsort(s.found, s.founds, sizeof *s.found, compare);
    *list = s.found;
    *count = error ? 0 : count_shown(&s);
    ddg_coarse_cells_free(&s.cells);
    ddg_choices_free(&s.choices);
    free(s.of);
    return error;
}
