/*
 * What totals are called: which labels sound like one, whatever the description says, and how to
 * say that one is.
 */
#ifndef DDG_TABLE_TOTAL_NAME_H
#define DDG_TABLE_TOTAL_NAME_H

#include "base/prose.h"

/* True for what totals and subtotals are usually called, "ALL", "All ages", "1_Total" or "State
 * total", and not for "All others"; and for the state of the guideline, which is the total of its
 * places. */
bool ddg_total_name_is_usual(struct ddg_text label);

/* Adds "--total DIM=LABEL" as a shell wants it. */
void ddg_total_name_say(struct ddg_prose *prose, struct ddg_text dimension, struct ddg_text label);

#endif
