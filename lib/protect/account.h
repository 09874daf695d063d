/*
 * What was done to a table, in words for its holder.  They name no count, for logs are read by
 * others; nor what complements add up to, from which the small counts beside them follow, but to a
 * person at a terminal.
 *
 * Where a table is masked block by block, the account is of all blocks together.
 */
#ifndef DDG_PROTECT_ACCOUNT_H
#define DDG_PROTECT_ACCOUNT_H

#include "base/prose.h"
#include "protect/breakdowns.h"
#include "protect/linked.h"
#include "protect/masks.h"
#include "protect/never_more.h"

/* What there is to say of a table. */
struct ddg_account {
    size_t measures;
    struct ddg_measure_account {
        struct ddg_text name;  /* blank where it is the only one */
        bool apart, published; /* codes tell kinds apart; something is published already */
        bool joined;           /* masked with others that equations join it to */
        enum ddg_knows knows;
        uint64_t cells, primary, complementary;
        unsigned __int128 lost, all; /* what the complements, and all cells, add up to */
        struct ddg_loss {
            unsigned __int128 cost, least; /* what complements cost, and others would at the least:
                                            * 0 in a block of which that is not known */
            bool unbounded;                /* there is one */
            bool loose;                    /* some parts may overlap */
        } loss;                            /* zero in columns that are joined */
        uint64_t derived;                  /* cells without data that are suppressed as small */
        uint64_t never;                    /* cells of --never that are suppressed, */
        uint64_t zeros, elsewhere;  /* and of --always that are not: as zeros, as not printed */
        uint64_t unbound;           /* see struct ddg_outcome */
        uint64_t differ, given;     /* see struct ddg_known, and ddg_mask.given */
        uint64_t texts, symbols;    /* see struct ddg_known */
        uint64_t near, threshold;   /* counts that are shown and known->near; what is not small */
        struct ddg_prose subtotals; /* what is said of subtotals, the same of each block */
        double seconds;
    } * measure;
    struct ddg_loss joined;           /* of all columns that equations join */
    bool asked;                       /* the user gave an --effort above 0 */
    bool published;                   /* something is published already */
    uint64_t lines, totals, partless; /* lines; rows that are totals, and such without parts */
    uint64_t first;                   /* where the first of those stands */
    struct ddg_linked linked;
    struct ddg_never_more never_more;
    struct ddg_breakdowns breakdowns;
    struct ddg_prose misnamed; /* what ddg_misnamed_say() says, the same of each block */
    uint64_t blocks;
};

/* Starts with nothing; `table` has the measures, and must outlive the account as far as names of
 * columns go.  Free with ddg_account_free(), also after an error. */
enum ddg_error ddg_account_init(struct ddg_account *account, const struct ddg_table *table,
                                const struct ddg_masking *masking, struct ddg_context *context);

/* Adds what was done to a table or to a block of it. */
void ddg_account_add(struct ddg_account *account, const struct ddg_model *model,
                     const struct ddg_masks *masks, const struct ddg_description *description);

/* Adds for each measure a line: how many cells there are, how many were suppressed and why, which
 * reader none is recovered by; if `in_person`, what the complementary ones add up to, and how long
 * that took.  Then how much less others would lose, where that is known, and where the user asked
 * for it and it is not, why; what the reader of codes,
 * --never, --always and R-SUP-6 leave to be said, a line each; and notes about rows that look like
 * totals, or should: a total whose label was not declared is an ordinary category to us, and the
 * key to its line to others; one whose parts are not in the table may be the key to another table.
 */
void ddg_account_say(const struct ddg_account *account, bool in_person, struct ddg_prose *prose);

void ddg_account_free(struct ddg_account *account);

#endif
