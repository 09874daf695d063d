/*
 * What there is to say about an audit, before any format: how many of what, the outcome in a
 * sentence, and what verdicts and levels mean.
 *
 * Nothing here tells a hidden count or its range; that is left to ddg_summary_values(), for those
 * who were asked to show them.
 */
#ifndef DDG_REPORT_SUMMARY_H
#define DDG_REPORT_SUMMARY_H

#include "base/prose.h"
#include "report/findings.h"
#include "report/record.h"

#include <stdint.h>

/* All that a report is about. */
struct ddg_report {
    const struct ddg_audit *audit;
    const struct ddg_report_record *record;
};

enum { DDG_VERDICTS = DDG_VERDICT_RECOVERED + 1 };

struct ddg_tally {
    uint64_t hidden, verdict[DDG_VERDICTS];
    uint64_t small, complementary; /* as their codes say */
    uint64_t printed;              /* cells with a row */
};

enum ddg_outcome {
    DDG_OUTCOME_NOTHING, /* no cell is hidden, and no rule is broken */
    DDG_OUTCOME_CLEAR,   /* every hidden cell is safe, and no rule is broken */
    DDG_OUTCOME_OPEN,    /* undecided cells, numbers that contradict each other, or a total that the
                          * description seems to leave out */
    DDG_OUTCOME_FINDINGS, /* cells are given away, or rules are broken */
};

/* Adds up a measure of a release, or with DDG_ALL all of them. */
#define DDG_ALL SIZE_MAX
struct ddg_tally ddg_summary_tally(const struct ddg_report *report, size_t release, size_t measure);

enum ddg_outcome ddg_summary_outcome(const struct ddg_report *report);

/* The outcome in one sentence. */
void ddg_summary_sentence(const struct ddg_report *report, struct ddg_prose *prose);

const char *ddg_summary_meaning(enum ddg_verdict verdict); /* what that is, in a few words */
const char *ddg_summary_method(enum ddg_method method);    /* "single lines" */
const char *ddg_summary_knowledge(enum ddg_reader reader); /* what he knows, in words */

/* How many values must remain at a level. */
void ddg_summary_min_values(const struct ddg_report *report, enum ddg_reader reader,
                            struct ddg_prose *prose);

/* True when the level takes the codes 1 and 2 at their word: else nobody knows which is which. */
static inline bool ddg_summary_told_apart(enum ddg_reader reader)
{
    return reader == DDG_READER_THRESHOLD || reader == DDG_READER_CODES;
}

/* Where a cell stands: "12", with several files "FILE:12", "no row" for one without. */
void ddg_summary_place(const struct ddg_report *report, size_t release, uint32_t cell,
                       struct ddg_prose *prose);

/* "county=Alpine, sex=Female". */
void ddg_summary_cell(const struct ddg_model *model, uint32_t cell, struct ddg_prose *prose);

/* Where a notice belongs: like a cell, and "and 3 more"; blank for a table as a whole. */
void ddg_summary_notice_place(const struct ddg_report *report, size_t release,
                              const struct ddg_notice *notice, struct ddg_prose *prose);

/* The column that a notice is about, or else its measure; blank for neither. */
struct ddg_text ddg_summary_notice_column(const struct ddg_report *report, size_t release,
                                          const struct ddg_notice *notice);

/* The values that are left to a cell: "7", "3 to 5", "3 or more", "1 to 9 (4 to 5 seen)".  Only for
 * reports that show values. */
void ddg_summary_values(const struct ddg_answer *answer, struct ddg_prose *prose);

/* What the attack does not cover: the text number `number`, NULL behind the last. */
const char *ddg_summary_caveat(const struct ddg_report *report, size_t number);

#endif
