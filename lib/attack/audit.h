/*
 * The audit of a publication: one table or several, attacked together.
 */
#ifndef DDG_ATTACK_AUDIT_H
#define DDG_ATTACK_AUDIT_H

#include "attack/crossing.h"
#include "attack/decide.h"
#include "attack/doubts.h"
#include "attack/release.h"
#include "rules/notices.h"
#include "rules/scored.h"

/* A hidden cell and its verdict. */
struct ddg_finding {
    uint32_t release, measure, cell; /* a cell of the release's model; below model.printed it is
                                      * the table's row of the same number */
    struct ddg_answer answer;
    enum ddg_code code;  /* as published: DDG_CODE_SMALL, DDG_CODE_COMPLEMENTARY, ... */
    const char *how;     /* what gives it away, in words without any count; "" for a safe cell */
    const char *figures; /* the same with the counts, for --show-values */
};

struct ddg_audit {
    struct ddg_release *release; /* the caller's */
    size_t releases;
    const struct ddg_repeat *repeat; /* files that were passed over, the caller's */
    size_t repeats;
    struct ddg_finding *finding; /* every hidden cell, in the order of releases, measures, cells:
                                  * once where several tables of one header have it, and one of an
                                  * earlier release only where none of today's is the same number */
    size_t findings;
    size_t alone; /* behind them in `finding`: hidden cells of earlier releases of which today's say
                   * no more than those alone do; what follows does not count them */
    uint64_t count[DDG_VERDICT_RECOVERED + 1]; /* how many of each verdict */
    uint64_t absent;                           /* cells without a row that are among the findings */
    uint64_t unprinted;                        /* totals that the tables do not print */
    uint64_t unread;                           /* rates that could not be read */
    uint64_t vague;                            /* rates of totals that are not known */
    uint64_t joined;                           /* numbers that stand in more than one table */
    enum ddg_reader reader;                    /* the highest level that was used for any measure */
    bool overlapping;                          /* some lines may overlap */
    bool totals; /* totals that are not printed were supposed to be known */
    /* equations that were declared, and those that --discover found, in words */
    const char **equation;
    size_t equations;
    const char **discovered;
    size_t discoveries;
    bool discovering;         /* whether they were looked for */
    struct ddg_doubts doubts; /* what the description seems to leave out */
    const char **conflict;    /* what the tables say against each other, and what was set aside */
    size_t conflicts;
    const char **crossed; /* tables that are not printed, and attacked through their margins */
    size_t crosseds;
    struct ddg_crossing_missed missed;
    struct ddg_notices *notices; /* of each release: what the rule checks say */
    uint64_t rows, unknowns;     /* of the problem that was solved */
    double seconds;
    struct ddg_arena arena; /* owns the texts but those of `equation`: they are the knowledge's,
                             * which must outlive the audit */
};

struct ddg_audit_options {
    const struct ddg_knowledge *knowledge;
    struct ddg_decide_options decide;
    bool group_rule; /* R-SUP-6 is checked */
    const struct ddg_scored
        *scored; /* today's tables before they were masked, with their verdicts */
    size_t scoreds;
};

/* Attacks the releases, checks the rules that need no attack, and says what was found.  DDG_INPUT
 * names what no numbers fit: with one release a line, an equation or a rate; with several, such a
 * thing is a conflict, and set aside, where it can be named.  `releases` must outlive the audit.
 * Free with ddg_audit_free(), also after an error. */
enum ddg_error ddg_audit_run(struct ddg_audit *audit, struct ddg_releases *releases,
                             const struct ddg_audit_options *options, struct ddg_context *context);

void ddg_audit_free(struct ddg_audit *audit);

#endif
