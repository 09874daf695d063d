/*
 * Breakdowns of the same people side by side, as ages and sexes in one pair of columns.  Their
 * totals are the same numbers, so that what one of them hides another may show; masked as if they
 * had nothing to do with each other they are not safe.
 */
#ifndef DDG_PROTECT_BREAKDOWNS_H
#define DDG_PROTECT_BREAKDOWNS_H

#include "base/prose.h"
#include "protect/truth.h"

/* What was seen so far.  Starts with ddg_breakdowns_init(). */
struct ddg_breakdowns {
    struct ddg_text name;    /* the column that tells the breakdowns apart, */
    uint64_t same, differ;   /* and how many of their totals are equal */
    struct ddg_names totals; /* the labels of totals, without those of --by, of the first block */
    struct ddg_total_seen {
        uint64_t count, by; /* its count, and a digest of its labels of --by */
    } * seen;               /* of each of them */
    size_t room;
    struct ddg_prose label; /* being put together */
    struct ddg_hash_key key;
    uint64_t blocks;
};

void ddg_breakdowns_init(struct ddg_breakdowns *breakdowns, struct ddg_context *context);
void ddg_breakdowns_free(struct ddg_breakdowns *breakdowns);

/* Looks at a table, or at a block of it; failures are in the context. */
void ddg_breakdowns_add(struct ddg_breakdowns *breakdowns, const struct ddg_model *model,
                        const struct ddg_truth *truth, const struct ddg_description *description);

/* DDG_INPUT for two columns, a kind and what is counted of it, that nobody has declared, where all
 * kinds have the same totals: taken for dimensions they are masked as if these had nothing to do
 * with each other. */
enum ddg_error ddg_breakdowns_check(const struct ddg_model *model, const struct ddg_truth *truth,
                                    const struct ddg_description *description,
                                    struct ddg_context *context);

/* Adds a note where there are such breakdowns; nothing otherwise. */
void ddg_breakdowns_say(const struct ddg_breakdowns *breakdowns, struct ddg_prose *prose);

#endif
