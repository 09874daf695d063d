/* clang-format off: one key a line */
/*
 * Reports as JSON (RFC 8259, UTF-8): one object, its keys always all there and in this order.
 *
 *   schema        "ddg-audit-report/1"; the number grows when a key changes its meaning or goes
 *   tool          {name, version}
 *   date          "2025-10-24T16:30:00Z"
 *   values_shown  whether hidden counts and their ranges stand in this report
 *   outcome       "nothing-hidden", "clear", "open" or "findings"
 *   sentence      the same in words
 *   counts        {hidden, recovered, narrowed, determined, undecided, safe: cells; rule_findings;
 *                  previous_alone: findings of earlier releases by themselves, which the others do
 *                  not count; without_row, unprinted_totals}
 *   inputs        [{name, bytes, sha256}]
 *   options       [the command line as given]
 *   parameters    {threshold; seconds: the time allowed, null for no limit; threads; intervals,
 *                  group_rule: booleans}
 *   attack        {unknowns, rows: the size of the problem; crossed: [tables that are not
 *                  printed, attacked through their margins, as "sex, race and age"]}
 *   releases      [{file, previous, rows, dimensions: [name],
 *                   measures: [{name, distinct, knows, min_values: in words;
 *                               hidden, recovered, narrowed, determined, undecided, safe}]}]
 *   conflicts     [what the tables say against each other, and what was set aside]
 *   doubts        [what the description seems to leave out]
 *   findings      [{release: its place in `releases`, from 1; file;
 *                   line: null for a cell without a row; measure; cell: [{dimension, category}];
 *                   code: 0 to 5; verdict; previous_alone: whether an earlier release gives it away
 * by itself; method; how; figures, range: null unless values are shown}] A range is {low, high,
 * seen_low, seen_high}: what is proven, and what was seen in solutions; high is null where nothing
 * bounds it, both seen where none was.  Safe cells are here only with `intervals`. rules [{release,
 * rule; finding: false for a note; file; line: null for the table as a whole; rows: how many it
 * stands for; column: null for none; text}] equations     {declared: [text], discovered: [text],
 * null where they were not looked for} not_covered   [text] steps         [{title, outcome, reason,
 * to_fill_in: [label]}], the six of the guideline
 *
 * Numbers are numbers, up to 64 bits.  A byte of the input that is no UTF-8 becomes U+FFFD.
 */
/* clang-format on */
#ifndef DDG_REPORT_JSON_H
#define DDG_REPORT_JSON_H

#include "csv/sink.h"
#include "report/summary.h"

/* Failures are in the context of the sink. */
void ddg_json_write(struct ddg_sink *sink, const struct ddg_report *report);

#endif
