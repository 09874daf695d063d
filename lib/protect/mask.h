/*
 * A mask: what a publication shows of each cell of one measure, while it is being decided.
 *
 * The reader of the publication is assumed to know every line of the model and every public cell.
 * All cells that are not public are unknowns to him; what else he knows of them is named in levels.
 */
#ifndef DDG_PROTECT_MASK_H
#define DDG_PROTECT_MASK_H

#include "protect/changes.h"
#include "protect/truth.h"

struct ddg_known; /* protect/known.h */
struct ddg_told;

/* What the reader knows beside lines and public cells, each level with those before it. */
enum ddg_knows {
    DDG_KNOWS_SUMS,      /* counts are whole and not negative */
    DDG_KNOWS_ZEROS,     /* zeros are always shown: what is suppressed is 1 or more */
    DDG_KNOWS_THRESHOLD, /* primary cells are small: threshold - 1 at the most */
    DDG_KNOWS_CODES,     /* complementary cells are not small: the threshold or more */
};

enum ddg_cell_kind {
    DDG_PUBLIC,     /* printed, or a total that may stand in print elsewhere */
    DDG_PRIMARY,    /* suppressed because it is small (R-SUP-1) */
    DDG_COMPLEMENT, /* suppressed to protect another cell (R-SUP-2, R-SUP-6), or as the user asks */
    DDG_HIDDEN, /* not printed here nor, since it is small or --totals none says so, elsewhere */
};

/* Why a cell is suppressed. */
enum ddg_rule {
    DDG_RULE_NONE,
    DDG_RULE_SMALL,   /* R-SUP-1 */
    DDG_RULE_MORE,    /* R-SUP-6: the suppressed cells of a line were too few or too small */
    DDG_RULE_PAIR,    /* R-SUP-7: a line had another suppressed cell, and no more */
    DDG_RULE_OTHER,   /* R-SUP-2: another cell could be computed otherwise */
    DDG_RULE_ALWAYS,  /* none: the user asked for it */
    DDG_RULE_EARLIER, /* R-DOC-2: a published table hides it */
};

/* What a mask is to be like. */
struct ddg_mask_policy {
    enum ddg_knows knows;
    /* values that each primary and each complementary cell must keep, its own among them: 2 or
     * more; where the reader knows that there are no more than n, n */
    uint32_t primary_values, complement_values;
    bool apart; /* the two kinds of suppressed cells carry codes of their own: no small count can
                   be a complement */
    const bool *chosen;   /* one entry per printed row: small counts are primary in these alone;
                             NULL: in all */
    const uint64_t *cost; /* of each cell: what is lost when it is suppressed; NULL: its count */
    const bool *never;    /* of each cell: it must be published, as far as it is not primary; NULL:
                             none */
    const bool *always;   /* of each cell: ddg_protect() suppresses it, but not zeros; NULL: none */
    bool explained;       /* find out why each cell is suppressed */
    /* what is published already, NULL: nothing; the mask is then one of its model and truth */
    const struct ddg_known *known;
    bool before; /* leave what our table shows out of account: see ddg_given_find() */
};

/* Rooms are counted up to this; beyond it more does not matter. */
#define DDG_ROOM_MOST 100

struct ddg_mask {
    const struct ddg_model *model;
    const struct ddg_model *told; /* whose cells and lines `reason` names */
    const struct ddg_truth *truth;
    const struct ddg_told *beside; /* what there is to say of what is published; NULL: nothing is */
    struct ddg_mask_policy policy;
    uint64_t threshold; /* 1 .. threshold - 1 is small */
    uint32_t owned;     /* cells 0 .. owned - 1 are printed, so that they can be suppressed; beside
                         * what is published, all: see ddg_standing_settle() */
    uint32_t ours;      /* cells 0 .. ours - 1 are printed in our table */
    uint8_t *kind;      /* enum ddg_cell_kind of each cell */
    uint32_t primary, complementary; /* how many there are of ours */
    bool *upheld;                    /* of each cell: see ddg_given_uphold(); NULL: none is */
    uint32_t given; /* how many small ones of ours are no secret any more, after settling */
    uint64_t lost;  /* what the complementary cells cost together */
    struct ddg_changes changes; /* of kinds and costs */

    /* How far the value of each cell may fall and rise while it fits what the reader knows of it;
     * of a public cell, as if it were a complement.  Both are 0 where it cannot serve: for zeros,
     * for totals of others, for cells that must be published, for values that the data holder does
     * not have himself. */
    uint8_t *down, *up;
    uint64_t *cost; /* of each cell: what is lost when it is suppressed */

    uint32_t *unknowns; /* of each line: how many of its cells are not public */
    /* which: unknown[line_start[i]] .. unknown[line_start[i] + unknowns[i] - 1], in no order */
    uint32_t *unknown;
    uint32_t *servants; /* of each line: how many of its cells can serve as complements, */
    uint32_t *servant;  /* likewise which, the cheapest first, suppressed or not */
    int8_t *sign;       /* beside model->cell_line: -1 where the cell is the line's total, else 1 */
    bool *loose;        /* of each line: its parts may overlap (R-SUP-13) */
    bool any_loose;     /* there is such a line */

    /* Of each cell, where it was asked for: enum ddg_rule, and by what: the line of R-SUP-6 and
     * R-SUP-7, the other cell of R-SUP-2.  Else NULL. */
    uint8_t *rule;
    uint32_t *reason;
};

/* Starts a mask: primary cells are the printed small ones (R-NUM-2, R-SUP-1); what is not printed
 * is hidden or public as the description's --totals says.  DDG_USAGE for a printed cell that the
 * policy both asks for and forbids.  The arrays of `policy` must outlive the mask.  Free with
 * ddg_mask_free(), also after an error. */
enum ddg_error ddg_mask_start(struct ddg_mask *mask, const struct ddg_model *model,
                              const struct ddg_truth *truth, size_t measure,
                              const struct ddg_description *description,
                              const struct ddg_mask_policy *policy, struct ddg_context *context);

void ddg_mask_free(struct ddg_mask *mask);

/* Gives each cell another cost. */
enum ddg_error ddg_mask_price(struct ddg_mask *mask, const uint64_t *cost,
                              struct ddg_context *context);

/* Suppresses a public cell as a complement. */
void ddg_mask_complement(struct ddg_mask *mask, uint32_t cell);

/* Shows a complement again. */
void ddg_mask_show(struct ddg_mask *mask, uint32_t cell);

/* True for 1 .. threshold - 1; for a cell of ours that is to be suppressed for it (R-SUP-1). */
bool ddg_mask_is_small(const struct ddg_mask *mask, uint32_t cell);
bool ddg_mask_is_primary(const struct ddg_mask *mask, uint32_t cell);

/* How many values beside its own the cell must keep; 0 for cells that are not suppressed.  Beside
 * what is published no more is wanted than that leaves. */
uint32_t ddg_mask_wants(const struct ddg_mask *mask, uint32_t cell);

/* How many that would be if nothing were published. */
uint32_t ddg_mask_wishes(const struct ddg_mask *mask, uint32_t cell);

/* True when the cell's value may be another as far as the reader knows. */
static inline bool ddg_mask_has_room(const struct ddg_mask *mask, uint32_t cell)
{
    return mask->down[cell] > 0 || mask->up[cell] > 0;
}

/* True for a cell that serves as a complement or may: printed, and not zero (R-SUP-3). */
static inline bool ddg_mask_may_serve(const struct ddg_mask *mask, uint32_t cell)
{
    return (mask->kind[cell] == DDG_PUBLIC || mask->kind[cell] == DDG_COMPLEMENT) &&
           ddg_mask_has_room(mask, cell);
}

/* True for one that is public as yet. */
static inline bool ddg_mask_eligible(const struct ddg_mask *mask, uint32_t cell)
{
    return mask->kind[cell] == DDG_PUBLIC && ddg_mask_has_room(mask, cell);
}

/* True for a complement that may be shown where others do. */
static inline bool ddg_mask_can_show(const struct ddg_mask *mask, uint32_t cell)
{
    return mask->kind[cell] == DDG_COMPLEMENT &&
           !(mask->policy.always && mask->policy.always[cell]);
}

/* Puts the complements that may be shown into `list`, which has room for all owned cells. */
size_t ddg_mask_complements(const struct ddg_mask *mask, uint32_t *list);

static inline bool ddg_is_suppressed(enum ddg_cell_kind kind)
{
    return kind == DDG_PRIMARY || kind == DDG_COMPLEMENT;
}

#endif
