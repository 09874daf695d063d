#include "rules/eventful.h"

#include "rules/words.h"

/* Words of names, "unique_patients" and "visit_count" among them. */
static const char *const persons[] = {
    "person",    "persons",     "people",      "patient",      "patients",  "client",
    "clients",   "member",      "members",     "beneficiary",  "enrollee",  "beneficiaries",
    "enrollees", "individual",  "individuals", "recipient",    "resident",  "recipients",
    "residents", "participant", "user",        "participants", "users",     "child",
    "children",  "inmate",      "inmates",     "consumer",     "consumers", NULL};
static const char *const events[] = {"event",
                                     "events",
                                     "visit",
                                     "visits",
                                     "encounter",
                                     "encounters",
                                     "admission",
                                     "admissions",
                                     "discharge",
                                     "discharges",
                                     "service",
                                     "services",
                                     "claim",
                                     "claims",
                                     "stay",
                                     "stays",
                                     "episode",
                                     "episodes",
                                     "hospitalizations",
                                     "appointment",
                                     "contact",
                                     "contacts",
                                     "procedure",
                                     "appointments",
                                     "procedures",
                                     "session",
                                     "sessions",
                                     "prescriptions",
                                     "prescription",
                                     "hospitalization",
                                     "dose",
                                     "doses",
                                     "test",
                                     "tests",
                                     "bookings",
                                     "incident",
                                     "incidents",
                                     "referral",
                                     "referrals",
                                     NULL};

/* "patient_visits" are visits. */
static bool counts(const struct ddg_table *t, size_t measure, bool of_events)
{
    char words[DDG_WORDS_ROOM];

    ddg_words_of(t->name[t->measure[measure].count], words);
    return of_events ? ddg_words_have_any(words, events)
                     : ddg_words_have_any(words, persons) && !ddg_words_have_any(words, events);
}

bool ddg_eventful_next(const struct ddg_table *t, struct ddg_eventful *pair)
{
    size_t e = pair->events + 1;

    if (pair->persons == 0 && pair->events == 0)
        e = 0;
    for (size_t p = pair->persons; p < t->measures; p++, e = 0)
        for (; e < t->measures && counts(t, p, false); e++)
            if (e != p && counts(t, e, true)) {
                *pair = (struct ddg_eventful){p, e};
                return true;
            }
    return false;
}

bool ddg_eventful_is_counted(const struct ddg_table *t, const struct ddg_eventful *pair)
{
    return ddg_text_is(t->name[t->measure[pair->persons].count], "persons") &&
           ddg_text_is(t->name[t->measure[pair->events].count], "events");
}
