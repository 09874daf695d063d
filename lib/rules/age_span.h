/*
 * Labels of ages as stretches of months, or of days: "1-4" and "12-23 months" can be compared, and
 * "0-5 weeks" and "0-6 days"; months and days have nothing in common here.
 */
#ifndef DDG_RULES_AGE_SPAN_H
#define DDG_RULES_AGE_SPAN_H

#include "rules/bands.h"

/* Reads a label of ages, of which those from `oldest` years on are one; false where it names none,
 * or several units at once. */
bool ddg_age_span_read(struct ddg_text label, uint32_t oldest, struct ddg_band *span);

#endif
