#include "score/facts.h"

#include "rules/period_label.h"
#include "rules/time_span.h"

#include <stdlib.h>

enum {
    EDITION = 1800,
    CRITERIA,
    VAR,
    GEOGRAPHY,
    STATEWIDE,
    MEMBERS,
    ENROLMENT,
    PERIOD,
    HIGH_RISK,
    PROVIDER_DATA,
    NO_SCORE,
    BEHIND_LAST,
};

const struct ddg_option ddg_facts_options[] = {
    {VAR, 0, "var", "COLUMN=VARIABLE[:HOW]",
     "what a column is, and how it is scored: population, groups, detailed, a number; repeatable",
     0},
    {PERIOD, 0, "period", "PERIOD", "what the counts are of: 2018-2022, 2024Q1, '18 months'", 0},
    {GEOGRAPHY, 0, "geography", "WHAT", "places are those of: residence, service [residence]", 0},
    {STATEWIDE, 0, "statewide", NULL, "the table is about the whole state", 0},
    {MEMBERS, 0, "insurance-members", "N", "members of the health plan that the table is about", 0},
    {ENROLMENT, 0, "program-enrollment", "N", "enrolment of the programme that it is about", 0},
    {HIGH_RISK, 0, "high-risk", NULL, "a population at high risk: all small counts are masked", 0},
    {PROVIDER_DATA, 0, "provider-data", NULL,
     "no personal characteristics (step 1): nothing is masked", 0},
    {EDITION, 0, "edition", "EDITION", "of the criteria: 2.0, 1.0 [2.0]", 0},
    {CRITERIA, 0, "criteria", "FILE", "criteria of your own", 0},
    {NO_SCORE, 0, "no-score", NULL, "take no score: all small counts are masked", 0},
    {0, 0, NULL, NULL, NULL, 0},
};

bool ddg_facts_has(int id)
{
    return id >= EDITION && id < BEHIND_LAST;
}

void ddg_facts_init(struct ddg_facts *facts)
{
    *facts = (struct ddg_facts){.edition = "2.0"};
}

void ddg_facts_free(struct ddg_facts *facts)
{
    free(facts->said);
}

static enum ddg_error set_var(struct ddg_facts *facts, const char *value,
                              struct ddg_context *context)
{
    /* a name of a column may hold '=' and ':', a name of a variable neither */
    const char *equals = strrchr(value, '='), *colon;
    struct ddg_said said = {{value, 0}, {NULL, 0}, {NULL, 0}};
    enum ddg_error error;

    /* "race=other:population=50000" */
    for (const char *at = equals; at && at > value; at--)
        if (*at == '=' && !memchr(value, ':', (size_t)(at - value)))
            equals = at;
    colon = equals ? strchr(equals, ':') : NULL;
    if (!equals || equals == value || equals[1] == '\0' || colon == equals + 1)
        return ddg_fail(context, DDG_USAGE, "--var wants COLUMN=VARIABLE, not '%s'", value);
    said.column.length = (size_t)(equals - value);
    said.variable = ddg_text_of(equals + 1);
    if (colon) {
        said.variable.length = (size_t)(colon - equals - 1);
        said.how = ddg_text_of(colon + 1);
    }
    error = ddg_grow(&facts->said, &facts->said_room, facts->saids + 1, sizeof said, context);
    if (!error)
        facts->said[facts->saids++] = said;
    return error;
}

static enum ddg_error set_period(struct ddg_facts *facts, const char *value,
                                 struct ddg_context *context)
{
    uint32_t months;

    facts->period = value;
    if (ddg_time_months(ddg_text_of(value), DDG_PERIOD_COLUMN, &months))
        return DDG_OK;
    return ddg_fail(context, DDG_USAGE,
                    "--period is a period like 2024, 2018-2022, 2024Q1, 2024-03 or '2022-07 to "
                    "2023-06', not '%s'",
                    value);
}

enum ddg_error ddg_facts_set(struct ddg_facts *facts, int id, const char *value,
                             struct ddg_context *context)
{
    if (id != PROVIDER_DATA && id != NO_SCORE)
        for (const struct ddg_option *o = ddg_facts_options; o->name; o++)
            if (o->id == id)
                facts->first = o->name;
    switch (id) {
    case EDITION:
        facts->edition = value;
        return DDG_OK;
    case CRITERIA:
        facts->criteria = value;
        return DDG_OK;
    case VAR:
        return set_var(facts, value, context);
    case GEOGRAPHY:
        facts->geography = value;
        return DDG_OK;
    case STATEWIDE:
        facts->statewide = true;
        return DDG_OK;
    case MEMBERS:
        facts->members_known = true;
        return ddg_whole_number("insurance-members", ddg_text_of(value), 0, UINT32_MAX,
                                &facts->members, context);
    case ENROLMENT:
        facts->enrolment_known = true;
        return ddg_whole_number("program-enrollment", ddg_text_of(value), 0, UINT32_MAX,
                                &facts->enrolment, context);
    case PERIOD:
        return set_period(facts, value, context);
    case HIGH_RISK:
        facts->high_risk = true;
        return DDG_OK;
    case PROVIDER_DATA:
        facts->no_persons = true;
        return DDG_OK;
    default:
        facts->no_score = true;
        return DDG_OK;
    }
}

const struct ddg_said *ddg_facts_of(const struct ddg_facts *facts, struct ddg_text column)
{
    for (size_t i = facts->saids; i > 0; i--)
        if (ddg_text_equal(facts->said[i - 1].column, column))
            return &facts->said[i - 1];
    return NULL;
}
