/*
 * Rounding a table record by record, in the memory of one.
 */
#ifndef DDG_ROUND_STREAM_H
#define DDG_ROUND_STREAM_H

#include "round/key.h"
#include "round/rounding.h"
#include "table/table.h"

struct ddg_rounds {
    enum ddg_method method;
    uint64_t base;
    const struct ddg_key *key; /* for DDG_METHOD_RANDOM */
};

/* Writes the table with its counts rounded, those beside them too (companions.h).  Suppressed
 * counts, annotations and other columns stay.  DDG_INPUT for a count that is none, that is blank
 * with no annotation that says why, or that is too large. */
enum ddg_error ddg_round_stream(struct ddg_output *output, const struct ddg_rounds *rounds,
                                const struct ddg_description *description, const char *const *paths,
                                size_t path_count, struct ddg_context *context);

#endif
