/*
 * A clerk: a thread that notes who is in which cell while another reads and counts the records.
 * Finding a person among millions waits for memory about as long as all else takes together; and
 * unlike threads that each count persons of their own (group/crew.h), the two keep one set of them,
 * which need not be joined.
 *
 * Persons are noted in the order in which they come, so that all is as if one thread did both.
 */
#ifndef DDG_GROUP_CLERK_H
#define DDG_GROUP_CLERK_H

#include "group/persons.h"

struct ddg_clerk;

/* Has a clerk note persons, which nobody else may use until ddg_clerk_end().  *clerk is NULL where
 * the system has no more threads.  End it with ddg_clerk_end(), also after an error. */
enum ddg_error ddg_clerk_start(struct ddg_clerk **clerk, struct ddg_persons *persons,
                               struct ddg_context *context);

/* ddg_persons_add_all(), some time later: what is given is copied.  An error is one of persons that
 * were added before. */
enum ddg_error ddg_clerk_add(struct ddg_clerk *clerk, const struct ddg_text *identifier,
                             size_t stride, const uint32_t *cell, size_t count,
                             struct ddg_context *context);

/* Waits until all are noted, and frees the clerk, which may be NULL.  Its error goes before one
 * that the context has already: it met its own at an earlier record. */
enum ddg_error ddg_clerk_end(struct ddg_clerk *clerk, struct ddg_context *context);

#endif
