/*
 * What to group by, as the user writes it:
 *
 *   SPEC      = DIMENSION { "," DIMENSION }
 *   DIMENSION = [ NAME "=" ] COLUMN { ":" RECODING }
 *   RECODING  = WORD [ "(" ARGUMENT { "," ARGUMENT } ")" ]
 *
 * COLUMN is a column of the records and NAME its dimension's name in the table, COLUMN where it is
 * left out.  Names and arguments with commas, colons, equals signs or parentheses stand in quotes,
 * as in a CSV record.
 */
#ifndef DDG_GROUP_SPEC_H
#define DDG_GROUP_SPEC_H

#include "group/recoding.h"

enum { DDG_DIMENSIONS_MOST = 64 };

struct ddg_grouping {
    struct ddg_text name;
    struct ddg_text column;
    struct ddg_recoding_step *step; /* in order of application */
    size_t steps, capacity;
};

struct ddg_spec {
    struct ddg_grouping *dimension;
    size_t count, capacity;
    struct ddg_arena arena;
};

/* Adds the dimensions of `argument`, which must outlive the spec, to *spec (zero-initialised at
 * first).  DDG_USAGE for a text that is no SPEC, a name used twice, and too many dimensions; the
 * errors of recodings.  Free with ddg_spec_free(), also after an error. */
enum ddg_error ddg_spec_add(struct ddg_spec *spec, const char *argument,
                            struct ddg_context *context);

/* The place of the dimension called `name`; spec->count where there is none. */
size_t ddg_spec_find(const struct ddg_spec *spec, struct ddg_text name);

void ddg_spec_free(struct ddg_spec *spec);

#endif
