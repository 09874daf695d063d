#include "score/recognise_by.h"

#include "rules/period_label.h"
#include "rules/time_span.h"
#include "rules/words.h"

/* Whether the name is nothing but a name of the variable. */
static bool is_whole_name(const struct ddg_recognised *r)
{
    for (size_t i = 0; i < r->variable->classes; i++)
        if (ddg_phrases_longest(&r->variable->class[i].columns, r->words) == strlen(r->words))
            return true;
    return false;
}

/* Whether the last words of the name are one of the variable's. */
static bool ends_in(const struct ddg_variable *v, const char *words)
{
    for (size_t i = 0; i < v->classes; i++)
        for (size_t j = 0; j < v->class[i].columns.count; j++) {
            const char *phrase = v->class[i].columns.item[j];
            size_t length = strlen(phrase);

            if (strlen(words) >= length && strcmp(words + strlen(words) - length, phrase) == 0)
                return true;
        }
    return false;
}

/* The variable of the longest phrase in the name. */
static void find_longest(const struct ddg_evidence *e, struct ddg_recognised *r)
{
    size_t longest = 0;

    for (size_t i = 0; i < e->criteria->variables; i++) {
        const struct ddg_variable *v = &e->criteria->variable[i];

        if (ddg_phrases_longest(&e->criteria->apart[v->by], r->words))
            continue;
        for (size_t j = 0; j < v->classes; j++) {
            const struct ddg_class *class = &v->class[j];
            size_t length = ddg_phrases_longest(&class->columns, r->words);

            if (length <= longest)
                continue;
            longest = length;
            r->variable = v;
            r->class = j > 0 && !class->numbers && class->labels.count == 0 ? class : NULL;
        }
    }
}

/* "plan_year" is a year, where its labels are periods whatever the name says. */
static void prefer_period(const struct ddg_evidence *e, size_t dimension, size_t part,
                          struct ddg_recognised *r)
{
    const struct ddg_variable *time = ddg_criteria_by(e->criteria, DDG_BY_MONTHS);
    struct ddg_text label;
    uint32_t at = 0;
    bool any = false;

    if (ddg_phrases_longest(&e->criteria->apart[DDG_BY_MONTHS], r->words) ||
        !ends_in(time, r->words))
        return;
    while (ddg_next_label(e, dimension, part, &at, &label)) {
        any = true;
        if (!ddg_period_label_is_plain(label))
            return;
    }
    if (any) {
        r->variable = time;
        r->class = NULL;
    }
}

/* "age_years" */
static void prefer_age(const struct ddg_evidence *e, struct ddg_recognised *r)
{
    const struct ddg_variable *age = ddg_criteria_by(e->criteria, DDG_BY_YEARS);

    for (size_t j = 0; age && r->variable && r->variable->by == DDG_BY_MONTHS && j < age->classes;
         j++)
        if (ddg_phrases_longest(&age->class[j].columns, r->words) > 0 &&
            !ddg_phrases_longest(&e->criteria->apart[DDG_BY_YEARS], r->words))
            r->variable = age;
}

/* What the labels of a variable have to show where the name says more than that it is one:
 * "wait_time" and "years_of_school" are no period, "mental_state" is no place, and a "care_plan"
 * has no members. */
static bool labels_fit(const struct ddg_evidence *e, size_t dimension, size_t part,
                       const struct ddg_recognised *r)
{
    enum ddg_measured by = r->variable->by;
    struct ddg_text label;
    uint32_t months, at = 0;
    enum ddg_place_label how;

    if ((by != DDG_BY_MONTHS && by != DDG_BY_AREA && by != DDG_BY_MEMBERS) || r->class ||
        is_whole_name(r))
        return true;
    if (by != DDG_BY_MONTHS && e->registry && ddg_registry_has(e->registry, dimension))
        return true;
    if (by == DDG_BY_AREA && r->scale != DDG_SCALE_UNSAID)
        return true;
    if (by == DDG_BY_MEMBERS && e->facts->members_known)
        return true;
    while (ddg_next_label(e, dimension, part, &at, &label))
        if (by == DDG_BY_MONTHS
                ? ddg_time_months(label, r->words, &months)
                : by == DDG_BY_AREA && ddg_gazetteer_find(e->gazetteer, label, &how) != NULL)
            return true;
    return false;
}

/* A column of plans in which programmes stand, Medi-Cal for one, is of payers. */
static void prefer_program(const struct ddg_evidence *e, size_t dimension, size_t part,
                           struct ddg_recognised *r)
{
    const struct ddg_variable *program = ddg_criteria_by(e->criteria, DDG_BY_ENROLMENT);
    struct ddg_text label;

    if (!program || r->variable->by != DDG_BY_MEMBERS)
        return;
    for (uint32_t at = 0; ddg_next_label(e, dimension, part, &at, &label);)
        if (ddg_is_class_label(program, label))
            r->variable = program;
}

void ddg_recognise_by_name(const struct ddg_evidence *e, size_t dimension, size_t part,
                           struct ddg_recognised *r)
{
    find_longest(e, r);
    if (!r->variable)
        return;
    prefer_period(e, dimension, part, r);
    prefer_age(e, r);
    if (!labels_fit(e, dimension, part, r)) {
        r->variable = NULL;
        r->class = NULL;
        return;
    }
    prefer_program(e, dimension, part, r);
    r->reason = "by its name";
}
