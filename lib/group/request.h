/*
 * What ddg-count is asked for: its options, what they ask together, and the recodings and lists
 * that they name.
 */
#ifndef DDG_GROUP_REQUEST_H
#define DDG_GROUP_REQUEST_H

#include "base/options.h"
#include "group/margin.h"

struct ddg_request {
    struct ddg_spec spec;    /* --group */
    struct ddg_list margins; /* arguments of --margins */
    struct ddg_list sums;
    struct ddg_list columns; /* of files without a header; none where they have one */
    struct ddg_text id, missing;
    bool by_person, rows, totals, complete, partial, merge, no_header;
    const char *log;     /* file that the run is noted in; NULL for none */
    const char *rejects; /* file for bad records; NULL where the first one stops the run */
    bool few_rejects;    /* --max-rejects was given */
    uint64_t max_rejects;
    size_t memory;    /* that persons may take */
    unsigned threads; /* 0: --threads was not given */
    struct ddg_arena arena;
};

/* The options, for the command line. */
extern const struct ddg_option ddg_request_options[];

/* Asks for nothing yet.  Free with ddg_request_free(). */
void ddg_request_init(struct ddg_request *request);

/* Takes one of the options: a ddg_option_handler for a struct ddg_request. */
enum ddg_error ddg_request_set(void *request, int id, const char *value,
                               struct ddg_context *context);

/* DDG_USAGE for options that make no sense together; `hierarchies` says that there are some. */
enum ddg_error ddg_request_check(const struct ddg_request *request, bool hierarchies,
                                 struct ddg_context *context);

/* How many threads count the records. */
unsigned ddg_request_threads(const struct ddg_request *request);

/* Adds the margins that are asked for, of the dimensions of `spec`. */
enum ddg_error ddg_request_margins(const struct ddg_request *request, const struct ddg_spec *spec,
                                   struct ddg_margins *margins, struct ddg_context *context);

void ddg_request_free(struct ddg_request *request);

#endif
