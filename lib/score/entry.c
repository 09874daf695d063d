#include "score/entry.h"

#include "base/prose.h"
#include "rules/period_doubt.h"
#include "rules/period_label.h"
#include "rules/time_span.h"

#include <stdio.h>

struct ddg_score_entry ddg_entry_of(const struct ddg_variable *variable,
                                    const struct ddg_class *class, const char *source)
{
    return (struct ddg_score_entry){
        .variable = variable->name,
        .category = class->category,
        .section = class->section,
        .source = source,
        .score = class->high_risk ? 0 : class->score,
        .high_risk = class->high_risk,
        .crossed = class->crossed,
    };
}

bool ddg_entry_is_higher(const struct ddg_score_entry *a, const struct ddg_score_entry *b)
{
    if (!b->variable)
        return true;
    if (a->high_risk != b->high_risk)
        return a->high_risk;
    if (a->score != b->score)
        return a->score > b->score;
    return a->numbered && b->numbered && a->number < b->number;
}

const char *ddg_entry_source(const struct ddg_evidence *e, struct ddg_text label,
                             const struct ddg_recognised *r, const struct ddg_worth *w)
{
    static const char *const unit[][2] = {
        [DDG_BY_YEARS] = {"year wide", "years wide"},  [DDG_BY_MONTHS] = {"month", "months"},
        [DDG_BY_AREA] = {"person", "people"},          [DDG_BY_MEMBERS] = {"member", "members"},
        [DDG_BY_ENROLMENT] = {"enrolled", "enrolled"}, [DDG_BY_GROUP] = {"person", "people"},
        [DDG_BY_GROUPS] = {"category", "categories"},  [DDG_BY_TOTAL] = {"", ""}};
    char name[128] = "";
    struct ddg_prose number = {.context = e->context};
    const char *text, *doubt;

    if (w->doubtful)
        return ddg_evidence_text(e,
                                 "a category of column '%s', %s, may be a place smaller than the "
                                 "county of its name, so the highest class holds (if they are "
                                 "counties: --var '%s=%s:county')",
                                 r->column.at, r->reason, r->column.at, w->variable->name);
    if (!w->known)
        return ddg_evidence_text(e,
                                 "not known of a category of column '%s', %s, so the highest "
                                 "class holds (%s)",
                                 r->column.at, r->reason,
                                 w->variable->by == DDG_BY_MONTHS ? "--var COLUMN=time:MONTHS"
                                                                  : "--population, --var");
    snprintf(name, sizeof name, "'%.*s'", (int)(label.length < 120 ? label.length : 120), label.at);
    if (!w->numbered || r->class || w->variable->by == DDG_BY_LABELS)
        return ddg_evidence_text(e, "%s of column '%s', %s", name, r->column.at, r->reason);
    if (w->number == 0 && w->variable->by == DDG_BY_MONTHS)
        ddg_prose_say(&number, "days or weeks");
    else if (w->number == 0 && w->variable->by == DDG_BY_YEARS)
        ddg_prose_say(&number, "less than a year wide");
    else
        ddg_prose_count(&number, w->number, unit[w->variable->by][0], unit[w->variable->by][1]);
    if (w->variable->by == DDG_BY_MONTHS && !*w->from &&
        (doubt = ddg_period_doubt(label, w->number)) != NULL)
        ddg_prose_print(&number, " (read as %s)", doubt);
    text = ddg_evidence_text(e, "%s of column '%s', %s: %s%s%s%s", name, r->column.at, r->reason,
                             ddg_prose_string(&number), *w->from ? " (" : "", w->from,
                             *w->from ? ")" : "");
    ddg_prose_free(&number);
    return text;
}

struct ddg_score_entry ddg_entry_highest(const struct ddg_variable *variable, const char *source)
{
    struct ddg_score_entry entry = ddg_entry_of(variable, ddg_class_highest(variable), source);

    entry.assumed = true;
    return entry;
}

struct ddg_score_entry ddg_entry_of_number(const struct ddg_variable *variable, uint64_t number,
                                           const char *source)
{
    struct ddg_score_entry entry =
        ddg_entry_of(variable, ddg_class_of_number(variable, number), source);

    entry.numbered = true;
    entry.number = number;
    return entry;
}

/* Facts that stand in no column ---------------------------------------------------------------- */

struct ddg_score_entry ddg_entry_of_period(const struct ddg_evidence *e, bool beside_periods)
{
    const struct ddg_variable *v = ddg_criteria_by(e->criteria, DDG_BY_MONTHS);
    struct ddg_text period;
    const char *doubt;
    uint32_t months;

    if (!e->facts->period)
        return ddg_entry_highest(v, "not known, so the highest class holds (--period)");
    period = ddg_text_of(e->facts->period);
    (void)ddg_time_months(period, DDG_PERIOD_COLUMN, &months);
    if (!beside_periods && ddg_period_may_be_week(period))
        return ddg_entry_highest(v, ddg_evidence_text(e,
                                                      "--period %s may be a week, which scores "
                                                      "higher than years (2018-2022 are years)",
                                                      e->facts->period));
    doubt = ddg_period_doubt(period, months);
    return ddg_entry_of_number(v, months,
                               ddg_evidence_text(e, "--period %s%s%s%s", e->facts->period,
                                                 doubt ? " (read as " : "", doubt ? doubt : "",
                                                 doubt ? ")" : ""));
}

struct ddg_score_entry ddg_entry_of_place(const struct ddg_evidence *e,
                                          const struct ddg_variable *kind)
{
    const struct ddg_variable *v = kind ? kind : ddg_criteria_by(e->criteria, DDG_BY_AREA);

    return e->facts->statewide
               ? ddg_entry_of_number(v, e->gazetteer->place[0].people,
                                     "--statewide (census of 2020)")
               : ddg_entry_highest(
                     v, "not known, so the highest class holds (--statewide, or a column of "
                        "places)");
}
