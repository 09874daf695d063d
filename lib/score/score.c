#include "score/score.h"

#include "base/prose.h"
#include "rules/words.h"
#include "score/bands.h"
#include "score/fiscal.h"
#include "score/period.h"
#include "score/side.h"

#include <stdlib.h>

/* Columns ------------------------------------------------------------------------------------ */

/* Places are of one kind, whatever their columns are called, if somebody said of which. */
static enum ddg_error find_place(struct ddg_score *score, const struct ddg_evidence *e)
{
    const struct ddg_variable *v;

    if (!e->facts->geography)
        return DDG_OK;
    score->place = v = ddg_criteria_find(e->criteria, ddg_text_of(e->facts->geography));
    if (v && v->by == DDG_BY_AREA)
        return DDG_OK;
    return ddg_fail(e->context, DDG_USAGE, "--geography is residence or service, not '%s'",
                    e->facts->geography);
}

/* The column of the kinds of breakdowns is no variable. */
static bool is_kinds(const struct ddg_evidence *e, size_t dimension, size_t part)
{
    return e->intake->parts[dimension].kind && part == 0;
}

/* As a word that a shell reads as it is. */
static void say_quoted(struct ddg_prose *prose, struct ddg_text text, const char *end)
{
    ddg_prose_say(prose, "'");
    for (size_t i = 0; i < text.length; i++)
        if (text.at[i] == '\'')
            ddg_prose_say(prose, "'\\''");
        else
            ddg_prose_add(prose, (struct ddg_text){text.at + i, 1});
    ddg_prose_print(prose, "%s'", end);
}

/* Says all that has to be added, so that it can be copied. */
static enum ddg_error fail_unknown(const struct ddg_score *score, const struct ddg_evidence *e)
{
    struct ddg_prose columns = {.context = e->context}, options = {.context = e->context},
                     names = {.context = e->context};
    bool other = ddg_criteria_find(e->criteria, ddg_text_of("other_groups")) != NULL;
    unsigned count = 0;

    for (size_t d = 0; d < e->intake->dimensions; d++)
        for (size_t i = 0; i < e->intake->parts[d].count; i++) {
            const struct ddg_recognised *r = &score->recognised[d][i];

            if (r->variable || is_kinds(e, d, i))
                continue;
            ddg_prose_print(&columns, "%s'%s'", count > 0 ? ", " : "", r->column.at);
            ddg_prose_say(&options, count++ > 0 ? " --var " : "--var ");
            say_quoted(&options, r->column, other ? "=other:groups" : "=VARIABLE");
        }
    ddg_criteria_say_variables(e->criteria, &names);
    (void)ddg_fail(e->context, DDG_USAGE,
                   "%s: column%s %s %s no variable that is known: add %s, %s%s%s; or --no-score",
                   e->intake->sample.file, count > 1 ? "s" : "", ddg_prose_string(&columns),
                   count > 1 ? "are" : "is", ddg_prose_string(&options),
                   other ? "or what it is in place of other:groups (" : "where VARIABLE is one of ",
                   ddg_prose_string(&names), other ? ")" : "");
    ddg_prose_free(&columns);
    ddg_prose_free(&options);
    ddg_prose_free(&names);
    return e->context->error;
}

static enum ddg_error recognise_all(struct ddg_score *score, struct ddg_evidence *e)
{
    const struct ddg_intake *in = e->intake;
    bool unknown = false;
    bool *of_time = ddg_arena_allocate(&score->arena, in->dimensions + 1, e->context);
    enum ddg_error error = of_time ? find_place(score, e) : DDG_MEMORY;

    e->of_time = of_time;
    if (!error)
        error =
            ddg_allocate(&score->recognised, in->dimensions, sizeof *score->recognised, e->context);
    for (size_t d = 0; !error && d < in->dimensions; d++) {
        size_t parts = in->parts[d].count;
        struct ddg_recognised *r = ddg_arena_allocate(&score->arena, parts * sizeof *r, e->context);

        score->recognised[d] = r;
        error = r ? DDG_OK : DDG_MEMORY;
        for (size_t i = 0; !error && i < parts; i++) {
            if (is_kinds(e, d, i))
                continue;
            error = ddg_recognise(e, d, i, &r[i]);
            if (!error && !r[i].variable) {
                unknown = true;
                continue;
            }
            if (!error && score->place && r[i].variable->by == DDG_BY_AREA && !r[i].class)
                r[i].variable = score->place;
            of_time[d] = of_time[d] || (!error && r[i].variable->by == DDG_BY_MONTHS);
            if (!error)
                error = ddg_bands_join(e, d, i, &r[i]);
            if (!error)
                error = ddg_fiscal_join(e, d, i, &r[i]);
        }
    }
    return !error && unknown ? fail_unknown(score, e) : error;
}

static bool is_part(const struct ddg_intake *in, struct ddg_text name)
{
    for (size_t d = 0; d < in->dimensions; d++)
        for (size_t i = 0; i < in->parts[d].count; i++)
            if (ddg_text_equal(in->parts[d].name[i], name))
                return true;
    return false;
}

/* --var for a column that the table does not have is a slip. */
static enum ddg_error check_said(const struct ddg_evidence *e)
{
    const struct ddg_table *t = &e->intake->sample;

    for (size_t i = 0; i < e->facts->saids; i++) {
        struct ddg_text name = e->facts->said[i].column;

        if (ddg_table_find_dim(t, name) == DDG_NO_COLUMN && !is_part(e->intake, name))
            return ddg_fail(e->context, DDG_USAGE, "%s: --var: no dimension is called '%.*s'",
                            t->file, (int)name.length, name.at);
    }
    return DDG_OK;
}

/* Notes -------------------------------------------------------------------------------------- */

static enum ddg_error add_note(struct ddg_score *score, const struct ddg_evidence *e,
                               const char *text)
{
    enum ddg_error error = text ? ddg_grow(&score->note, &score->note_room, score->notes + 1,
                                           sizeof *score->note, e->context)
                                : DDG_MEMORY;

    if (!error)
        score->note[score->notes++] = text;
    return error;
}

/* Signs of a population at high risk in names and labels, which somebody has to look at. */
static enum ddg_error look_for_risk(struct ddg_score *score, const struct ddg_evidence *e,
                                    struct ddg_text text)
{
    char words[DDG_WORDS_ROOM];
    enum ddg_error error = DDG_OK;

    ddg_words_of(text, words);
    for (size_t i = 0; !error && i < e->criteria->high_risks; i++) {
        const struct ddg_class *class = &e->criteria->high_risk[i];

        for (size_t j = 0; j < class->labels.count; j++)
            if (strstr(words, class->labels.item[j])) {
                error = add_note(score, e,
                                 ddg_evidence_text(e,
                                                   "R-HR-1: a name or a label speaks of %s, a "
                                                   "population at high risk: --high-risk masks "
                                                   "all small counts",
                                                   class->category));
                break;
            }
    }
    return error;
}

/* R-PSC-12: variables that are not listed are looked at case by case; and R-NUM-1, R-PSC-13. */
static enum ddg_error add_remarks(struct ddg_score *score, const struct ddg_evidence *e)
{
    const struct ddg_table *t = &e->intake->sample;
    enum ddg_error error = DDG_OK;

    for (size_t d = 0; !error && d < e->intake->dimensions; d++)
        for (size_t i = 0; !error && i < e->intake->parts[d].count; i++) {
            const struct ddg_recognised *r = &score->recognised[d][i];

            if (r->variable && strncmp(r->variable->name, "other", 5) == 0)
                error = add_note(score, e,
                                 ddg_evidence_text(e,
                                                   "R-PSC-12: column '%s' is no variable of the "
                                                   "criteria: an expert has to look at it",
                                                   r->column.at));
        }
    for (size_t i = 0; !error && i < t->measures; i++)
        if (!t->measure[i].distinct)
            error = add_note(score, e,
                             ddg_evidence_text(e,
                                               "R-NUM-1: column '%s' is taken to count persons, "
                                               "not events",
                                               t->name[t->measure[i].count].at));
    if (!error && score->state_wide && score->annual)
        error = add_note(score, e,
                         "R-PSC-13: annual and state-wide: within Safe Harbor for geography and "
                         "dates");
    return error;
}

static enum ddg_error look_at_texts(struct ddg_score *score, const struct ddg_evidence *e)
{
    const struct ddg_intake *in = e->intake;
    enum ddg_error error = DDG_OK;

    for (size_t i = 0; !error && i < in->sample.columns; i++)
        error = look_for_risk(score, e, in->sample.name[i]);
    for (size_t d = 0; !error && d < in->dimensions; d++)
        for (uint32_t i = 0; !error && i < in->dimension[d].category.count; i++)
            error = look_for_risk(score, e, in->dimension[d].category.text[i]);
    return error;
}

/* Of two sides the one that decides. */
static bool is_worse(const struct ddg_side_score *a, const struct ddg_side_score *b)
{
    return a->mask == b->mask ? a->total > b->total : a->mask;
}

/* A breakdown in columns (women, men, all) is a variable, too, which nobody would score. */
static enum ddg_error check_breakdown(const struct ddg_evidence *e)
{
    enum { COLUMNS_LEAST = 3, ROWS_LEAST = 2 };
    const struct ddg_intake *in = e->intake;
    const struct ddg_table *t = &in->sample;

    for (size_t m = 0; t->measures >= COLUMNS_LEAST && m < t->measures; m++)
        if (in->summed >= ROWS_LEAST && !in->no_sum[m])
            return ddg_fail(e->context, DDG_INPUT,
                            "%s: column '%s' is the sum of the other counts, whose columns are a "
                            "breakdown that the score has to know: put it into a column of its "
                            "own, and each of its counts into a row",
                            t->file, t->name[t->measure[m].count].at);
    return DDG_OK;
}

enum ddg_error ddg_score_take(struct ddg_score *score, struct ddg_evidence *e)
{
    enum ddg_error error;

    *score = (struct ddg_score){.criteria = e->criteria, .state_wide = true, .annual = true};
    e->arena = &score->arena;
    if ((error = check_said(e)) || (error = check_breakdown(e)) ||
        (error = recognise_all(score, e)) || (error = ddg_period_check(score, e)) ||
        (error = ddg_allocate(&score->side, e->cells->sides, sizeof *score->side, e->context)))
        return error;
    for (size_t i = 0; !error && i < e->cells->sides; i++) {
        score->sides++;
        error = ddg_score_side(score, e, i);
        if (is_worse(&score->side[i], &score->side[score->worst]))
            score->worst = i;
    }
    if (!error)
        error = add_remarks(score, e);
    return error ? error : look_at_texts(score, e);
}

const struct ddg_side_score *ddg_score_of(const struct ddg_score *score,
                                          const struct ddg_crosses *crossing)
{
    const struct ddg_side_score *found = NULL;

    for (size_t i = 0; i < score->sides; i++) {
        const struct ddg_side_score *side = &score->side[i];

        if (ddg_crosses_are_within(crossing, &side->crossing) && (!found || is_worse(side, found)))
            found = side;
    }
    return found;
}

void ddg_score_free(struct ddg_score *score)
{
    free(score->recognised);
    free(score->side);
    free(score->note);
    ddg_arena_free(&score->arena);
    *score = (struct ddg_score){0};
}
