/*
 * Masks for unit tests: a table written as a text, what the data holder knows of it and its mask.
 */
#ifndef DDG_TESTS_MASKED_TABLE_H
#define DDG_TESTS_MASKED_TABLE_H

#include "small_table.h"

#include "protect/mask.h"

struct masked {
    struct small_table t;
    struct ddg_truth truth;
    struct ddg_mask mask;
};

/* With three values for primary cells and two for complements. */
static inline struct ddg_mask_policy usual_policy(enum ddg_knows knows)
{
    return (struct ddg_mask_policy){.knows = knows, .primary_values = 3, .complement_values = 2};
}

/* Starts the mask of a table that was read, in place of the one that it has. */
static inline enum ddg_error mask_again(struct masked *m, const struct ddg_mask_policy *policy)
{
    ddg_mask_free(&m->mask);
    return ddg_mask_start(&m->mask, &m->t.model, &m->truth, 0, &m->t.description, policy,
                          &m->t.context);
}

/* Free with masked_free(), also after an error. */
static inline enum ddg_error mask_text(struct masked *m, const char *text, const char *options,
                                       enum ddg_knows knows)
{
    const struct ddg_mask_policy policy = usual_policy(knows);
    enum ddg_error error = small_table_read(&m->t, DDG_SUPPRESS, text, options);

    m->truth = (struct ddg_truth){0};
    m->mask = (struct ddg_mask){0};
    if (!error)
        error = ddg_truth_read(&m->truth, &m->t.model, 0, &m->t.description, &m->t.context);
    return error ? error : mask_again(m, &policy);
}

static inline void masked_free(struct masked *m)
{
    ddg_mask_free(&m->mask);
    ddg_truth_free(&m->truth);
    small_table_free(&m->t);
}

/* An entry per line, all zero.  The caller frees. */
static inline int64_t *new_scratch(const struct masked *m)
{
    int64_t *scratch = calloc(m->t.model.lines + 1, sizeof *scratch);

    if (!scratch)
        abort();
    return scratch;
}

#endif
