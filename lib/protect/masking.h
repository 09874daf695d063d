/*
 * How a table is to be masked, as ddg-suppress's options say it.
 */
#ifndef DDG_PROTECT_MASKING_H
#define DDG_PROTECT_MASKING_H

#include "protect/costs.h"
#include "protect/mask.h"
#include "table/equation.h"

/* Whether the two kinds of suppressed cells are told apart (R-SUP-8, R-SUP-10). */
enum ddg_mask_codes {
    DDG_MASK_MERGED,   /* code 1 for both */
    DDG_MASK_SEPARATE, /* code 1 for small cells, 2 for complementary ones */
    DDG_MASK_AUTO,     /* separate in measures where that loses no more than merged */
};

struct ddg_masking {
    bool when_masked, high_risk; /* see ddg_masking_chosen() */
    enum ddg_mask_codes codes;
    bool knows_given; /* else the reader knows what the codes tell him */
    enum ddg_knows knows;
    uint32_t primary_values, complement_values; /* see struct ddg_mask_policy */
    bool group_rule;                            /* R-SUP-6 */
    uint32_t effort;                            /* see ddg_protect(); */
    bool effort_given;                          /* by the user */
    bool whole; /* the table is masked whole, not in blocks: see ddg_masking_blocks() */
    bool explained, certified;     /* reasons and proofs are kept to be written */
    struct ddg_list published;     /* files: releases and tables that the reader has already */
    struct ddg_equation *equation; /* between measures, which are then masked together */
    size_t equations, equation_room;
    struct ddg_costs costs;
    struct ddg_arena arena; /* owns the terms of equations */
};

/* The options that say all this but the costs, which are ddg_costs_options, and what is kept. */
extern const struct ddg_option ddg_masking_options[];

/* Starts with what is usual; free with ddg_masking_free(). */
void ddg_masking_init(struct ddg_masking *masking);
void ddg_masking_free(struct ddg_masking *masking);

/* True for the ids of ddg_masking_options. */
bool ddg_masking_has(int id);

/* Takes one of ddg_masking_options. */
enum ddg_error ddg_masking_set(struct ddg_masking *masking, int id, const char *value,
                               struct ddg_context *context);

/* DDG_USAGE for options that each make sense, and together or in a table of this description do
 * not. */
enum ddg_error ddg_masking_check(const struct ddg_masking *masking,
                                 const struct ddg_description *description,
                                 struct ddg_context *context);

/* True where blocks of --by are to be masked one by one; --codes auto compares masks of all, and
 * partitions side by side have totals in common. */
bool ddg_masking_blocks(const struct ddg_masking *masking,
                        const struct ddg_description *description);

/* With --when-masked and without --high-risk, reads the column `mask`, which says for each row
 * whether its count is to be masked where it is small; else *chosen is NULL: every row.  The caller
 * frees it, also after an error.  DDG_USAGE where there is no such column, DDG_INPUT for a field
 * that is neither 0 nor 1. */
enum ddg_error ddg_masking_chosen(const struct ddg_masking *masking, const struct ddg_table *table,
                                  bool **chosen, struct ddg_context *context);

#endif
