/*
 * The rules for a group of cells that a total adds up (DDG 4.4.3).
 */
#ifndef DDG_PROTECT_GROUP_RULE_H
#define DDG_PROTECT_GROUP_RULE_H

#include "protect/mask.h"

/* R-SUP-6 (a): values up to this are as good as known when their total is. */
#define DDG_TINY 3

/* What a line still needs before its suppressed cells can stay as they are. */
enum ddg_need {
    DDG_NEEDS_NOTHING,
    DDG_NEEDS_PARTNER, /* R-SUP-7: a lone unknown is the total less the rest */
    DDG_NEEDS_MORE,    /* R-SUP-6: all suppressed values are 3 or less, or their sum is small */
};

/* R-SUP-6 binds only while the total is shown; without `group_rule` it is not asked. */
enum ddg_need ddg_group_need(const struct ddg_mask *mask, uint32_t line, bool group_rule);

/* The cell to suppress next in a line: its smallest eligible part; where parts are as small, the
 * one that opens the fewest lines; the total where no part is left; DDG_NO_CELL where nothing is.
 */
uint32_t ddg_group_choice(const struct ddg_mask *mask, uint32_t line);

#endif
