#include "score/score.h"

#include "base/prose.h"
#include "rules/period_label.h"
#include "rules/words.h"

#include <inttypes.h>
#include <stdlib.h>

/* A side under way. */
struct scoring {
    struct ddg_score *score;
    const struct ddg_evidence *e;
    const struct ddg_side *side;
    struct ddg_side_score *to;
};

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

/* Entries ------------------------------------------------------------------------------------ */

static struct ddg_entry entry_of(const struct ddg_variable *variable, const struct ddg_class *class,
                                 const char *source)
{
    return (struct ddg_entry){
        .variable = variable->name,
        .category = class->category,
        .section = class->section,
        .source = source,
        .score = class->high_risk ? 0 : class->score,
        .high_risk = class->high_risk,
        .crossed = class->crossed,
    };
}

static enum ddg_error add(struct scoring *s, struct ddg_entry entry)
{
    if (!entry.source)
        return DDG_MEMORY;
    s->to->entry[s->to->entries++] = entry;
    return DDG_OK;
}

static bool is_higher(const struct ddg_entry *a, const struct ddg_entry *b)
{
    if (a->high_risk != b->high_risk)
        return a->high_risk;
    if (a->score != b->score)
        return a->score > b->score;
    return a->numbered && b->numbered && a->number < b->number;
}

static const char *source_of(const struct ddg_evidence *e, struct ddg_text label,
                             const struct ddg_recognised *r, const struct ddg_worth *w)
{
    static const char *const unit[] = {
        [DDG_BY_YEARS] = "years wide",   [DDG_BY_MONTHS] = "months",
        [DDG_BY_AREA] = "people",        [DDG_BY_MEMBERS] = "members",
        [DDG_BY_ENROLMENT] = "enrolled", [DDG_BY_GROUP] = "people",
        [DDG_BY_GROUPS] = "categories",  [DDG_BY_TOTAL] = ""};
    char name[128] = "";
    struct ddg_prose number = {.context = e->context};
    const char *text;

    if (!w->known)
        return ddg_evidence_text(e,
                                 "not known of a category of column '%s', %s, so the highest "
                                 "class holds (--population, --var)",
                                 r->column.at, r->reason);
    snprintf(name, sizeof name, "'%.*s'", (int)(label.length < 120 ? label.length : 120), label.at);
    if (!w->numbered || r->class || w->variable->by == DDG_BY_LABELS)
        return ddg_evidence_text(e, "%s of column '%s', %s", name, r->column.at, r->reason);
    ddg_prose_number(&number, w->number);
    text = ddg_evidence_text(e, "%s of column '%s', %s: %s %s%s%s%s", name, r->column.at, r->reason,
                             ddg_prose_string(&number), unit[w->variable->by], *w->from ? " (" : "",
                             w->from, *w->from ? ")" : "");
    ddg_prose_free(&number);
    return text;
}

/* Dimensions --------------------------------------------------------------------------------- */

/* Places are of one kind, whatever their columns are called, if somebody said of which. */
static enum ddg_error kind_of_place(const struct ddg_evidence *e,
                                    const struct ddg_variable **variable)
{
    if (!e->facts->geography)
        return DDG_OK;
    *variable = ddg_criteria_find(e->criteria, ddg_text_of(e->facts->geography));
    if (*variable && (*variable)->by == DDG_BY_AREA)
        return DDG_OK;
    return ddg_fail(e->context, DDG_USAGE, "--geography is residence or service, not '%s'",
                    e->facts->geography);
}

static enum ddg_error recognise_all(struct ddg_score *score, struct ddg_evidence *e)
{
    const struct ddg_intake *in = e->intake;
    bool *of_time = ddg_arena_allocate(&score->arena, in->dimensions + 1, e->context);
    const struct ddg_variable *place = NULL;
    enum ddg_error error = of_time ? kind_of_place(e, &place) : DDG_MEMORY;

    e->of_time = of_time;
    if (!error)
        error =
            ddg_allocate(&score->recognised, in->dimensions, sizeof *score->recognised, e->context);
    for (size_t d = 0; !error && d < in->dimensions; d++) {
        size_t levels = in->dimension[d].levels;
        struct ddg_recognised *r =
            ddg_arena_allocate(&score->arena, levels * sizeof *r, e->context);

        score->recognised[d] = r;
        error = r ? DDG_OK : DDG_MEMORY;
        for (size_t i = 0; !error && i < levels; i++) {
            error = ddg_recognise(e, d, i, &r[i]);
            if (!error && place && r[i].variable->by == DDG_BY_AREA && !r[i].class)
                r[i].variable = place;
            of_time[d] = of_time[d] || (!error && r[i].variable->by == DDG_BY_MONTHS);
        }
    }
    return error;
}

/* --var for a column that the table does not have is a slip. */
static enum ddg_error check_said(const struct ddg_evidence *e)
{
    const struct ddg_table *t = &e->intake->sample;

    for (size_t i = 0; i < e->facts->saids; i++) {
        struct ddg_text name = e->facts->said[i].column;

        if (ddg_table_find_dim(t, name) == DDG_NO_COLUMN)
            return ddg_fail(e->context, DDG_USAGE, "%s: --var: no dimension is called '%.*s'",
                            t->file, (int)name.length, name.at);
    }
    return DDG_OK;
}

/* The entry of the category that scores highest; *there is false where none is shown. */
static enum ddg_error score_dimension(struct scoring *s, size_t d, struct ddg_entry *best,
                                      bool *there)
{
    const struct ddg_evidence *e = s->e;
    const struct ddg_dimension *dimension = &e->intake->dimension[d];

    *there = false;
    for (uint32_t i = 0; i < dimension->category.count; i++) {
        size_t level;
        struct ddg_text label = ddg_own_label(dimension, i, &level);
        const struct ddg_recognised *r = &s->score->recognised[d][level];
        struct ddg_worth worth;
        struct ddg_entry entry;
        enum ddg_error error;

        if (!s->side->shown[d][i] || ddg_is_nothing(e->criteria, label))
            continue;
        if ((error = ddg_recognise_worth(e, d, i, r, &worth)))
            return error;
        entry = entry_of(worth.variable, worth.class, "");
        entry.column = r->column.at;
        entry.assumed = !worth.known;
        entry.numbered = worth.numbered && worth.known;
        entry.number = worth.number;
        if (*there && !is_higher(&entry, best))
            continue;
        *best = entry;
        if (!(best->source = source_of(e, label, r, &worth)) ||
            (best->assumed &&
             !(best->unknown = ddg_evidence_text(e, "%.*s", (int)label.length, label.at))))
            return DDG_MEMORY;
        *there = true;
    }
    return DDG_OK;
}

/* Facts that stand in no column ---------------------------------------------------------------- */

static struct ddg_entry highest(const struct ddg_variable *variable, const char *source)
{
    struct ddg_entry entry = entry_of(variable, ddg_class_highest(variable), source);

    entry.assumed = true;
    return entry;
}

static struct ddg_entry numbered(const struct ddg_variable *variable, uint64_t number,
                                 const char *source)
{
    struct ddg_entry entry = entry_of(variable, ddg_class_of_number(variable, number), source);

    entry.numbered = true;
    entry.number = number;
    return entry;
}

static enum ddg_error score_events(struct scoring *s)
{
    const struct ddg_variable *v = ddg_criteria_by(s->e->criteria, DDG_BY_COUNT);
    struct ddg_entry entry;

    if (s->side->smallest == DDG_NO_COUNT) {
        entry = (struct ddg_entry){.variable = v->name,
                                   .category = "none",
                                   .section = v->class->section,
                                   .source = "no count is above 0"};
        return add(s, entry);
    }
    entry = numbered(v, s->side->smallest, "the smallest count above 0");
    entry.column = s->e->intake->sample.name[s->e->intake->sample.measure->count].at;
    entry.crossed = false;
    return add(s, entry);
}

static struct ddg_entry period_entry(const struct ddg_evidence *e)
{
    const struct ddg_variable *v = ddg_criteria_by(e->criteria, DDG_BY_MONTHS);
    uint32_t months;

    if (!e->facts->period)
        return highest(v, "not known, so the highest class holds (--period)");
    (void)ddg_period_label_read(ddg_text_of(e->facts->period), "", &months);
    return numbered(v, months, ddg_evidence_text(e, "--period %s", e->facts->period));
}

/* The variable of places that are in no column. */
static const struct ddg_variable *place_variable(const struct ddg_evidence *e)
{
    const struct ddg_variable *v = ddg_criteria_by(e->criteria, DDG_BY_AREA);

    (void)kind_of_place(e, &v);
    return v;
}

static struct ddg_entry state_entry(const struct ddg_evidence *e)
{
    return numbered(place_variable(e), e->gazetteer->place[0].people,
                    "--statewide (census of 2020)");
}

/* What is one variable ------------------------------------------------------------------------- */

struct singles {
    struct ddg_entry time, place, plan;
    bool has_time, has_place, has_plan;
};

static void keep_higher(struct ddg_entry *entry, bool *has, const struct ddg_entry *other)
{
    if (!*has || is_higher(other, entry))
        *entry = *other;
    *has = true;
}

/* Insurance or geography, never both (R-PSC-9): the plan where its members are fewer than the
 * people of the area.  Where one of the numbers is not known the higher score holds. */
static enum ddg_error score_place_and_plan(struct scoring *s, struct singles *f)
{
    const struct ddg_evidence *e = s->e;
    bool plan = f->has_plan;

    if (!f->has_place && e->facts->statewide) {
        f->place = state_entry(e);
        f->has_place = true;
    }
    if (!f->has_place && !f->has_plan)
        return add(s, highest(place_variable(e), "not known, so the highest class holds "
                                                 "(--statewide, or a column of places)"));
    if (f->has_place && f->has_plan)
        plan = f->place.numbered && f->plan.numbered ? f->plan.number < f->place.number
                                                     : f->plan.score > f->place.score;
    return add(s, plan ? f->plan : f->place);
}

static enum ddg_error score_dimensions(struct scoring *s, struct singles *f)
{
    const struct ddg_evidence *e = s->e;

    for (size_t d = 0; d < e->intake->dimensions; d++) {
        struct ddg_entry entry;
        enum ddg_error error;
        enum ddg_measured by;
        bool there = false;

        if (!(s->side->crosses >> d & 1))
            continue;
        if ((error = score_dimension(s, d, &entry, &there)))
            return error;
        if (!there)
            continue;
        by = ddg_criteria_find(e->criteria, ddg_text_of(entry.variable))->by;
        if (by == DDG_BY_MONTHS)
            keep_higher(&f->time, &f->has_time, &entry);
        else if (by == DDG_BY_AREA)
            keep_higher(&f->place, &f->has_place, &entry);
        else if (by == DDG_BY_MEMBERS)
            keep_higher(&f->plan, &f->has_plan, &entry);
        else if ((error = add(s, entry)))
            return error;
    }
    return DDG_OK;
}

static bool has_enrolment(const struct scoring *s)
{
    for (size_t i = 0; i < s->to->entries; i++)
        if (ddg_criteria_find(s->e->criteria, ddg_text_of(s->to->entry[i].variable))->by ==
            DDG_BY_ENROLMENT)
            return true;
    return false;
}

/* Facts of --insurance-members and --program-enrollment for which no column stands. */
static enum ddg_error score_facts(struct scoring *s, struct singles *f)
{
    const struct ddg_facts *facts = s->e->facts;
    const struct ddg_variable *plan = ddg_criteria_by(s->e->criteria, DDG_BY_MEMBERS);
    const struct ddg_variable *program = ddg_criteria_by(s->e->criteria, DDG_BY_ENROLMENT);

    if ((facts->members_known && !plan) || (facts->enrolment_known && !program))
        return ddg_fail(s->e->context, DDG_USAGE,
                        "the criteria have no variable for --insurance-members or "
                        "--program-enrollment");
    if (facts->members_known && !f->has_plan) {
        f->plan = numbered(plan, facts->members, "--insurance-members");
        f->has_plan = true;
    }
    if (facts->enrolment_known && !has_enrolment(s))
        return add(s, numbered(program, facts->enrolment, "--program-enrollment"));
    return DDG_OK;
}

/* The interaction (R-PSC-11): of the classes for so many variables the one that asks for the
 * largest smallest count. */
static enum ddg_error score_interaction(struct scoring *s)
{
    const struct ddg_variable *v = ddg_criteria_by(s->e->criteria, DDG_BY_VARIABLES);
    const struct ddg_class *class = NULL;
    uint64_t crossed = 0, smallest = s->side->smallest == DDG_NO_COUNT ? 0 : s->side->smallest;

    for (size_t i = 0; i < s->to->entries; i++)
        crossed += s->to->entry[i].crossed;
    for (size_t i = 0; i < v->classes; i++) {
        const struct ddg_class *c = &v->class[i];

        if (crossed >= c->min && crossed <= c->max && smallest >= c->least &&
            (!class || c->least > class->least))
            class = c;
    }
    if (!class)
        class = ddg_class_highest(v);
    return add(s, entry_of(v, class,
                           ddg_evidence_text(s->e, "%" PRIu64 " more variable%s crossed", crossed,
                                             crossed == 1 ? "" : "s")));
}

/* Sides ---------------------------------------------------------------------------------------- */

static enum ddg_error score_side(struct scoring *s)
{
    struct ddg_side_score *to = s->to;
    struct singles f = {.has_time = false};
    size_t room = s->e->intake->dimensions + 8;
    enum ddg_error error;

    to->crosses = s->side->crosses;
    to->small = s->side->small;
    to->entry = ddg_arena_allocate(&s->score->arena, room * sizeof *to->entry, s->e->context);
    if (!to->entry)
        return DDG_MEMORY;
    if ((error = score_events(s)) || (error = score_dimensions(s, &f)) ||
        (error = score_facts(s, &f)))
        return error;
    if (!f.has_time || s->e->facts->period) {
        struct ddg_entry period = period_entry(s->e);

        keep_higher(&f.time, &f.has_time, &period);
    }
    if ((error = add(s, f.time)) || (error = score_place_and_plan(s, &f)) ||
        (error = score_interaction(s)))
        return error;
    for (size_t i = 0; i < to->entries; i++) {
        to->total += to->entry[i].score;
        to->high_risk = to->high_risk || to->entry[i].high_risk;
    }
    to->high_risk = to->high_risk || s->e->facts->high_risk;
    to->mask = to->high_risk || to->total > s->e->criteria->release_most;
    s->score->annual = s->score->annual && f.time.numbered && f.time.number >= 12;
    s->score->state_wide = s->score->state_wide && f.has_place && f.place.numbered &&
                           f.place.number >= s->e->gazetteer->place[0].people;
    return DDG_OK;
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
        for (size_t i = 0; !error && i < e->intake->dimension[d].levels; i++) {
            const struct ddg_recognised *r = &score->recognised[d][i];

            if (strncmp(r->variable->name, "other", 5) == 0)
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

enum ddg_error ddg_score_take(struct ddg_score *score, struct ddg_evidence *e)
{
    enum ddg_error error;

    *score = (struct ddg_score){.criteria = e->criteria, .state_wide = true, .annual = true};
    e->arena = &score->arena;
    if ((error = check_said(e)) || (error = recognise_all(score, e)) ||
        (error = ddg_allocate(&score->side, e->cells->sides, sizeof *score->side, e->context)))
        return error;
    for (size_t i = 0; !error && i < e->cells->sides; i++) {
        struct scoring s = {score, e, &e->cells->side[i], &score->side[i]};

        score->sides++;
        error = score_side(&s);
        if (score->side[i].mask > score->side[score->worst].mask ||
            (score->side[i].mask == score->side[score->worst].mask &&
             score->side[i].total > score->side[score->worst].total))
            score->worst = i;
    }
    if (!error)
        error = add_remarks(score, e);
    return error ? error : look_at_texts(score, e);
}

const struct ddg_side_score *ddg_score_of(const struct ddg_score *score, uint64_t crosses)
{
    const struct ddg_side_score *found = NULL;

    for (size_t i = 0; i < score->sides; i++) {
        const struct ddg_side_score *side = &score->side[i];

        if ((crosses & side->crosses) == crosses &&
            (!found || side->mask > found->mask ||
             (side->mask == found->mask && side->total > found->total)))
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
