/*
 * What people say for a score: which criteria, what columns are, and facts that no table tells.
 */
#ifndef DDG_SCORE_FACTS_H
#define DDG_SCORE_FACTS_H

#include "base/list.h"
#include "base/options.h"

/* --var COLUMN=VARIABLE[:HOW] */
struct ddg_said {
    struct ddg_text column, variable, how; /* `how` has length 0 where nothing was said */
};

struct ddg_facts {
    const char *edition, *criteria; /* "2.0"; path or NULL */
    struct ddg_said *said;
    size_t saids, said_room;
    const char *geography; /* name of a variable, NULL for none */
    const char *period;    /* a label, NULL for none */
    uint64_t members, enrolment;
    bool members_known, enrolment_known;
    bool statewide, high_risk;
    bool no_persons; /* step 1 answered no: the table is not about persons */
    bool no_score;
    const char *first; /* the option that only a score has use for, as far as one was given */
};

extern const struct ddg_option ddg_facts_options[];

void ddg_facts_init(struct ddg_facts *facts);

/* True for the ids of ddg_facts_options. */
bool ddg_facts_has(int id);

/* Takes one of them.  `value` must outlive the facts. */
enum ddg_error ddg_facts_set(struct ddg_facts *facts, int id, const char *value,
                             struct ddg_context *context);

/* What was said of a column; NULL for nothing. */
const struct ddg_said *ddg_facts_of(const struct ddg_facts *facts, struct ddg_text column);

void ddg_facts_free(struct ddg_facts *facts);

#endif
