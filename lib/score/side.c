#include "score/side.h"

#include "score/entry.h"

#include <inttypes.h>

/* A side under way. */
struct scoring {
    struct ddg_score *score;
    const struct ddg_evidence *e;
    const struct ddg_side *side;
    struct ddg_side_score *to;
};

static enum ddg_error add(struct scoring *s, struct ddg_score_entry entry)
{
    if (!entry.source)
        return DDG_MEMORY;
    s->to->entry[s->to->entries++] = entry;
    return DDG_OK;
}

/* Dimensions --------------------------------------------------------------------------------- */

/* The entry of the category that scores highest; without a variable where none is shown. */
static enum ddg_error score_dimension(struct scoring *s, size_t d, struct ddg_score_entry *best)
{
    const struct ddg_evidence *e = s->e;
    const struct ddg_dimension *dimension = &e->intake->dimension[d];

    *best = (struct ddg_score_entry){.variable = NULL};
    for (uint32_t i = 0; i < dimension->category.count; i++) {
        size_t level;
        struct ddg_text label = ddg_own_label(dimension, i, &level);
        const struct ddg_recognised *r = &s->score->recognised[d][e->intake->parts[d].of[i]];
        struct ddg_worth worth;
        struct ddg_score_entry entry;
        enum ddg_error error;

        if (!s->side->shown[d][i] || !r->variable || ddg_is_no_category(e->criteria, r, label))
            continue;
        if ((error = ddg_recognise_worth(e, d, i, s->score->recognised[d], &worth)))
            return error;
        entry = ddg_entry_of(worth.variable, worth.class, "");
        entry.column = r->column.at;
        entry.assumed = !worth.known;
        entry.numbered = worth.numbered && worth.known;
        entry.number = worth.number;
        if (!ddg_entry_is_higher(&entry, best))
            continue;
        *best = entry;
        if (!(best->source = ddg_entry_source(e, label, r, &worth)) ||
            (best->assumed &&
             !(best->unknown = ddg_evidence_text(e, "%.*s", (int)label.length, label.at))))
            return DDG_MEMORY;
    }
    return DDG_OK;
}

/* Events ------------------------------------------------------------------------------------- */

static enum ddg_error score_events(struct scoring *s)
{
    const struct ddg_variable *v = ddg_criteria_by(s->e->criteria, DDG_BY_COUNT);
    struct ddg_score_entry entry;

    if (s->side->smallest == DDG_NO_COUNT) {
        entry = (struct ddg_score_entry){.variable = v->name,
                                         .category = "none",
                                         .section = v->class->section,
                                         .source = "no count is above 0"};
        return add(s, entry);
    }
    entry = ddg_entry_of_number(v, s->side->smallest, "the smallest count above 0");
    entry.column = s->e->intake->sample.name[s->e->intake->sample.measure->count].at;
    entry.crossed = false;
    return add(s, entry);
}

enum { YEAR = 12 };

/* What is one variable ------------------------------------------------------------------------- */

struct singles {
    struct ddg_score_entry time, place, plan;
};

static void keep_higher(struct ddg_score_entry *entry, const struct ddg_score_entry *other)
{
    if (ddg_entry_is_higher(other, entry))
        *entry = *other;
}

/* Of a place and a plan the one that does not score stays on the card, with the reason. */
static enum ddg_error add_left_out(struct scoring *s, const struct singles *f, bool plan,
                                   bool numbered)
{
    struct ddg_score_entry entry = plan ? f->place : f->plan;
    const char *scored = plan ? f->plan.variable : f->place.variable;
    const char *why = !numbered ? "one of the numbers is not known, and the higher score holds"
                      : plan    ? "the plan has fewer members than the area has people"
                                : "the plan has no fewer members than the area has people";

    entry.category = ddg_evidence_text(s->e, "%s, not scored", entry.category);
    entry.source = ddg_evidence_text(s->e, "%s; %s scores, never both: %s (R-PSC-9)", entry.source,
                                     scored, why);
    entry.score = 0;
    entry.crossed = false;
    return entry.category ? add(s, entry) : DDG_MEMORY;
}

/* Insurance or geography, never both (R-PSC-9): the plan where its members are fewer than the
 * people of the area.  Where one of the numbers is not known the higher score holds. */
static enum ddg_error score_place_and_plan(struct scoring *s, struct singles *f)
{
    bool plan = f->plan.variable != NULL, both, numbered;
    enum ddg_error error;

    if (!f->place.variable && (!plan || s->e->facts->statewide))
        f->place = ddg_entry_of_place(s->e, s->score->place);
    both = f->place.variable && plan;
    numbered = f->place.numbered && f->plan.numbered;
    if (both)
        plan = numbered ? f->plan.number < f->place.number : f->plan.score > f->place.score;
    error = add(s, plan ? f->plan : f->place);
    if (error || !both)
        return error;
    return add_left_out(s, f, plan, numbered);
}

/* Years of one kind crossed with years of another ("year" and "fiscal_year") are counts of parts of
 * years, or one of the two is no period of the counts: nobody knows which. */
static bool are_two_kinds_of_years(const struct scoring *s, size_t d,
                                   const struct ddg_score_entry *entry,
                                   const struct ddg_score_entry *before)
{
    const struct ddg_intake *in = s->e->intake;

    return before->variable && before->numbered && entry->numbered && before->number >= YEAR &&
           entry->number >= YEAR && in->group[d].label.count > 1 &&
           !s->score->recognised[d][in->parts[d].count - 1].number_said;
}

static enum ddg_error score_dimensions(struct scoring *s, struct singles *f)
{
    const struct ddg_evidence *e = s->e;

    for (size_t d = 0; d < e->intake->dimensions; d++) {
        struct ddg_score_entry entry;
        enum ddg_error error;
        enum ddg_measured by;

        if (!(s->side->crossing.dimensions >> d & 1))
            continue;
        if ((error = score_dimension(s, d, &entry)))
            return error;
        if (!entry.variable)
            continue;
        by = ddg_criteria_find(e->criteria, ddg_text_of(entry.variable))->by;
        if (by == DDG_BY_MONTHS && are_two_kinds_of_years(s, d, &entry, &f->time))
            f->time =
                ddg_entry_highest(ddg_criteria_by(e->criteria, by),
                                  "two columns of years are crossed, so the highest class holds "
                                  "(--var COLUMN=time:MONTHS)");
        else if (by == DDG_BY_MONTHS)
            keep_higher(&f->time, &entry);
        else if (by == DDG_BY_AREA)
            keep_higher(&f->place, &entry);
        else if (by == DDG_BY_MEMBERS)
            keep_higher(&f->plan, &entry);
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
    if (facts->members_known && !f->plan.variable)
        f->plan = ddg_entry_of_number(plan, facts->members, "--insurance-members");
    if (facts->enrolment_known && !has_enrolment(s))
        return add(s, ddg_entry_of_number(program, facts->enrolment, "--program-enrollment"));
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
    return add(s, ddg_entry_of(v, class,
                               ddg_evidence_text(s->e, "%" PRIu64 " more variable%s crossed",
                                                 crossed, crossed == 1 ? "" : "s")));
}

/* Sides ---------------------------------------------------------------------------------------- */

/* As the guideline's table of criteria has them (DDG 4.3, Figure 6). */
static void put_in_order(struct scoring *s)
{
    const struct ddg_criteria *c = s->e->criteria;
    struct ddg_score_entry *entry = s->to->entry;

    for (size_t i = 1; i < s->to->entries; i++)
        for (size_t j = i; j > 0; j--) {
            struct ddg_score_entry here = entry[j];

            if (ddg_criteria_find(c, ddg_text_of(entry[j - 1].variable)) <=
                ddg_criteria_find(c, ddg_text_of(here.variable)))
                break;
            entry[j] = entry[j - 1];
            entry[j - 1] = here;
        }
}

static enum ddg_error score(struct scoring *s)
{
    struct ddg_side_score *to = s->to;
    struct singles f = {0};
    size_t room = s->e->intake->dimensions + 8;
    enum ddg_error error;

    to->crossing = s->side->crossing;
    to->small = s->side->small;
    to->entry = ddg_arena_allocate(&s->score->arena, room * sizeof *to->entry, s->e->context);
    if (!to->entry)
        return DDG_MEMORY;
    if ((error = score_events(s)) || (error = score_dimensions(s, &f)) ||
        (error = score_facts(s, &f)))
        return error;
    if (!f.time.variable || s->e->facts->period) {
        struct ddg_score_entry period = ddg_entry_of_period(s->e, f.time.variable != NULL);

        keep_higher(&f.time, &period);
    }
    if ((error = add(s, f.time)) || (error = score_place_and_plan(s, &f)) ||
        (error = score_interaction(s)))
        return error;
    put_in_order(s);
    for (size_t i = 0; i < to->entries; i++) {
        to->total += to->entry[i].score;
        to->high_risk = to->high_risk || to->entry[i].high_risk;
    }
    to->high_risk = to->high_risk || s->e->facts->high_risk;
    to->mask = to->high_risk || to->total > s->e->criteria->release_most;
    s->score->annual = s->score->annual && f.time.numbered && f.time.number >= 12;
    s->score->state_wide = s->score->state_wide && f.place.numbered &&
                           f.place.number >= s->e->gazetteer->place[0].people;
    return DDG_OK;
}

enum ddg_error ddg_score_side(struct ddg_score *to, const struct ddg_evidence *e, size_t side)
{
    struct scoring s = {to, e, &e->cells->side[side], &to->side[side]};

    return score(&s);
}
