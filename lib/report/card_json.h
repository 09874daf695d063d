/*
 * Score cards as JSON; see report/card.h.
 */
#ifndef DDG_REPORT_CARD_JSON_H
#define DDG_REPORT_CARD_JSON_H

#include "csv/sink.h"
#include "score/assessment.h"

/* Failures are in the context of the sink. */
void ddg_card_json(struct ddg_sink *sink, const struct ddg_assessment *assessment);

#endif
