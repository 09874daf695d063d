/*
 * Persons and their events in two count columns (--events): of each person one event at least, so
 * that no cell has more persons than events, and either none or some of both.
 */
#ifndef DDG_ATTACK_EVENTS_H
#define DDG_ATTACK_EVENTS_H

#include "attack/publication.h"
#include "rules/eventful.h"

/* What takes two slots of a cell. */
typedef enum ddg_error ddg_events_handler(void *data, uint32_t release, uint32_t persons,
                                          uint32_t events);

/* Hands over the counts of every cell of each release that has both columns, printed or not.
 * DDG_USAGE for columns that no release has. */
enum ddg_error ddg_events_each(const struct ddg_publication *publication,
                               ddg_events_handler *handle, void *data, struct ddg_context *context);

/* Narrows ranges by what is said of none and some; that persons are no more is said by rows. */
enum ddg_error ddg_events_apply(struct ddg_publication *publication, struct ddg_context *context);

/* The first columns that are called like persons and like their events, as indices of
 * table->measure, where they are not declared and no shown counts speak against it; *sure where
 * they are what ddg-count writes.  False where there are none. */
bool ddg_events_undeclared(const struct ddg_publication *publication, size_t release,
                           struct ddg_eventful *pair, bool *sure);

#endif
