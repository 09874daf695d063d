/*
 * A crew: threads that count a long file together.  Each takes one piece of it after the other
 * (csv/pieces.h), and counts the records into a cube of its own; in the end the cubes are joined.
 * So they wait for each other only while one of them reads or unpacks the next piece.
 *
 * What is counted is what one thread counts.  Labels and cells have other numbers than it would
 * give them, which nothing that is written depends on.  Of the errors that the threads meet that of
 * the first piece counts, which is the one that one thread would have met.  Only a sum that leaves
 * the range of a decimal on the way, and returns, depends on how records are shared out.
 *
 * Signals go to the thread that calls: others block them.
 */
#ifndef DDG_GROUP_CREW_H
#define DDG_GROUP_CREW_H

#include "group/counting.h"

/* Starts with `first` and `wanted` alone. */
struct ddg_crew {
    struct ddg_counting *first; /* what is counted, from where, and into what in the end */
    unsigned wanted;            /* threads: 1 once more than that do not help */
    /* the rest is the crew's own */
    struct ddg_crew_work *work;
};

/* Counts the pieces that the file which is read has; the reader goes on behind them.  Threads are
 * fewer where the system has no more. */
enum ddg_error ddg_crew_count(struct ddg_crew *crew, struct ddg_context *context);

/* Adds all that was counted to the cube of the first, if it is not there yet. */
enum ddg_error ddg_crew_join(struct ddg_crew *crew, struct ddg_context *context);

void ddg_crew_free(struct ddg_crew *crew);

#endif
