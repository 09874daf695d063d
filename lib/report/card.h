/*
 * Score cards (R-PSC-14): the variables of a table, the category that decided in each, its score,
 * where it stands in the guideline and what it rests on; the total and the decision.  As text,
 * Markdown, HTML or JSON, by the name of the file.
 *
 * A card says no count of the table.
 *
 * JSON: {edition; total: a number, null where no score was taken; decision: "release" or "mask";
 * reason; variables: [{variable; column: null where it is none; category; score: a number, or
 * "high-risk"; section; source}]}.  Of tables side by side the variables are those of the one whose
 * score is the total.
 */
#ifndef DDG_REPORT_CARD_H
#define DDG_REPORT_CARD_H

#include "csv/sink.h"
#include "score/assessment.h"

/* Writes a card to `path`, whose name was checked with ddg_report_check(); a file that is there
 * already is replaced when the new one is whole. */
enum ddg_error ddg_card_write(const char *path, const struct ddg_assessment *assessment,
                              struct ddg_context *context);

/* Writes it as text on standard error. */
enum ddg_error ddg_card_explain(const struct ddg_assessment *assessment,
                                struct ddg_context *context);

#endif
