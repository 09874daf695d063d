/*
 * The events beside distinct persons.  Persons may count in several parts of a total, so that their
 * counts do not show where some categories are subtotals of others and no hierarchy says so; events
 * happen in one category each, so that theirs do.
 */
#ifndef DDG_TABLE_EVENTS_H
#define DDG_TABLE_EVENTS_H

#include "table/model.h"

/* DDG_INPUT, naming the line, where a total of distinct persons has fewer in the column 'events'
 * (as ddg-count --id writes it) than its parts together.  Blank events say nothing, nor does a
 * table that has no such column, or anything in it that is no whole number.  Lines of categories
 * that were declared to overlap are not looked at.  Rounded events may be up to `below` over the
 * true ones, and up to `above` under them. */
enum ddg_error ddg_events_check(const struct ddg_model *model,
                                const struct ddg_description *description, uint64_t below,
                                uint64_t above, struct ddg_context *context);

#endif
