/*
 * Count columns that are called like persons (patients, clients) and like what happens to them
 * (visits, admissions).  A person has one event at least, so that persons are never more than their
 * events; where a line has as many of both, every cell of it has, and a count that is hidden in one
 * column and shown in the other is known.
 */
#ifndef DDG_RULES_EVENTFUL_H
#define DDG_RULES_EVENTFUL_H

#include "table/table.h"

/* Indices of table->measure. */
struct ddg_eventful {
    size_t persons, events;
};

/* Puts the next pair behind *pair, which begins as {0, 0}, into it; false where there is none. */
bool ddg_eventful_next(const struct ddg_table *table, struct ddg_eventful *pair);

/* True where these are 'persons' and 'events', as ddg-count writes them. */
bool ddg_eventful_is_counted(const struct ddg_table *table, const struct ddg_eventful *pair);

#endif
