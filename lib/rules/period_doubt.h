/*
 * Labels of periods that can be read in two ways: "2011-12", "2018-22", "2020-2021".
 */
#ifndef DDG_RULES_PERIOD_DOUBT_H
#define DDG_RULES_PERIOD_DOUBT_H

#include "base/text.h"

#include <stdint.h>

/* What a label could be, too, that was read as so many months: "which may be a fiscal year, too
 * (FY 2011-12)"; NULL where there is no other reading. */
const char *ddg_period_doubt(struct ddg_text label, uint64_t months);

/* True for "2018-22", a range of years unless it is a week: nothing in it says which. */
bool ddg_period_may_be_week(struct ddg_text label);

#endif
