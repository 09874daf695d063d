/*
 * A publication: releases, what each of their counts says, and the attacker's problem that follows.
 *
 * A slot is a number of the publication: a measure of a cell of a release, printed or implied.  It
 * has a range, which is a single value where the count is shown.  Slots that are the same number
 * (the same cell in two releases, the totals of partitions side by side) are joined, and share the
 * range in which both can be.  Slots whose range is more than a value are the unknowns of the
 * problem, lines of the models and equations are its rows.
 */
#ifndef DDG_ATTACK_PUBLICATION_H
#define DDG_ATTACK_PUBLICATION_H

#include "attack/crossing.h"
#include "attack/problem.h"
#include "attack/release.h"

#define DDG_NO_SLOT UINT32_MAX

/* Counts fit into these bounds, so that sums over lines do not overflow. */
#define DDG_LARGEST_COUNT (INT64_MAX / 1024)

enum ddg_seen {
    DDG_SEEN_NOT,    /* an implied total, or an absent cell that nothing shows to be hidden */
    DDG_SEEN_SHOWN,  /* a number stands there */
    DDG_SEEN_HIDDEN, /* a row without a number, or a row that was left out */
};

/* What a range rests on, as bits. */
enum ddg_source {
    DDG_SOURCE_ZEROS = 1, /* zeros are shown */
    DDG_SOURCE_SMALL = 2, /* code 1: below the threshold */
    DDG_SOURCE_LARGE = 4, /* code 2: not below it */
    DDG_SOURCE_TEXT = 8,  /* a text of --range */
    DDG_SOURCE_ROUNDED = 16,
    DDG_SOURCE_RATE = 32,
    DDG_SOURCE_SHARE = 64,   /* a rate of a total */
    DDG_SOURCE_EVENTS = 128, /* persons have events, and events are of persons */
};

/* Where a row of the problem comes from. */
enum ddg_origin_kind {
    DDG_ORIGIN_LINE,     /* a total is the sum of its parts, or at most that */
    DDG_ORIGIN_PART,     /* a part is at most its total */
    DDG_ORIGIN_SUPPOSED, /* a total would be the sum of its parts if nobody counted twice */
    DDG_ORIGIN_EQUATION, /* an equation that was declared */
    DDG_ORIGIN_PREVIOUS, /* an earlier count is at most today's */
    DDG_ORIGIN_EVENTS,   /* persons are at most their events */
    DDG_ORIGIN_CROSSING, /* a count is a sum over a table that is not printed (crossing.h) */
};

struct ddg_origin {
    uint8_t kind;
    bool excluded;           /* it contradicts the rest, and was set aside */
    uint16_t measure;        /* of lines and parts */
    uint32_t release, place; /* the line; the cell of an equation; the slot of an earlier count, of
                              * persons; the number of a cube */
    uint32_t detail; /* the slot of the part, of events, or of a sum over a cube; the number of the
                      * equation */
};

/* The counts of the same cell in an earlier release and today's. */
struct ddg_partners {
    uint32_t earlier, today; /* slots */
};

struct ddg_publication {
    struct ddg_release *release;
    size_t releases;
    const struct ddg_knowledge *knowledge;

    uint32_t slots;
    uint32_t *base;    /* of each release: its first slot */
    int64_t *low;      /* of each slot; of joined ones the first has the range that counts */
    int64_t *high;     /* DDG_UNBOUNDED where nothing bounds it */
    uint32_t *same;    /* a slot that this one is joined to, itself for the first */
    uint32_t *giver;   /* of the first of joined slots: one whose own range is a single value */
    uint8_t *seen;     /* enum ddg_seen */
    uint8_t *code;     /* enum ddg_code, as published */
    uint8_t *source;   /* bits of enum ddg_source */
    uint8_t *wanted;   /* how many values have to remain, 0 where no verdict is wanted */
    uint32_t *unknown; /* of the first of joined slots: its unknown, or DDG_NO_UNKNOWN */

    struct ddg_problem problem;
    struct ddg_origin *origin; /* problem.origin counts into these */
    uint32_t origins;
    size_t origin_room;

    struct ddg_partners *earlier; /* with --previous-kind cumulative */
    size_t earlier_count, earlier_room;
    const char **conflict; /* statements of several releases that contradict each other, in words;
                            * each was set aside */
    size_t conflicts, conflict_room;
    uint64_t vague;  /* rates of totals that are not known, and say less than they could */
    uint64_t unread; /* rates of --rate that are not read, or whose populations are not */
    uint64_t joined; /* slots of different releases that are one number */
    struct ddg_crossing crossing; /* tables that are not printed: their cells are the unknowns */
    uint32_t first_crossing;      /* from this one on */
    struct ddg_arena arena;       /* owns the words */
};

/* Builds the models of the releases, with the cells that they leave out, and the problem.
 * DDG_INPUT names a count that is no number, and a line or an equation of shown counts alone that
 * does not hold (with several releases that is a conflict instead).  `releases` must outlive the
 * publication.  Free with ddg_publication_free(), also after an error. */
enum ddg_error ddg_publication_build(struct ddg_publication *publication,
                                     struct ddg_releases *releases,
                                     const struct ddg_knowledge *knowledge,
                                     struct ddg_context *context);

/* Builds the problem again with the rows of the first `origins` origins alone, which can be all of
 * them: the unknowns stay as they are. */
enum ddg_error ddg_publication_shorten(struct ddg_publication *publication, uint32_t origins,
                                       struct ddg_context *context);

/* Takes note that rows contradict each other, or a single one all others: with several releases the
 * problem is built again without the first, else DDG_INPUT names them. */
enum ddg_error ddg_publication_exclude(struct ddg_publication *publication, const uint32_t *row,
                                       size_t rows, struct ddg_context *context);

/* Takes the crossing cells out of the problem: the tables cannot be margins of one. */
enum ddg_error ddg_publication_uncross(struct ddg_publication *publication,
                                       struct ddg_context *context);

void ddg_publication_free(struct ddg_publication *publication);

/* The slot of a measure of a cell. */
static inline uint32_t ddg_slot(const struct ddg_publication *p, size_t release, size_t measure,
                                uint32_t cell)
{
    return p->base[release] + (uint32_t)measure * p->release[release].model.cells + cell;
}

/* What a slot is: the other way around. */
struct ddg_slot_place {
    uint32_t release, measure, cell;
};
struct ddg_slot_place ddg_slot_at(const struct ddg_publication *publication, uint32_t slot);

/* The first of the slots that are the same number as this one. */
uint32_t ddg_slot_first(const struct ddg_publication *publication, uint32_t slot);

/* Makes one number of two slots.  Where no number is in both ranges they are left alone: that is a
 * conflict (ddg_publication_conflict()). */
enum ddg_error ddg_slot_join(struct ddg_publication *publication, uint32_t a, uint32_t b,
                             struct ddg_context *context);

/* Takes note of a contradiction, which is DDG_INPUT with `format` as its message where there is one
 * release, and a conflict where there are several. */
enum ddg_error ddg_publication_conflict(struct ddg_publication *publication,
                                        struct ddg_context *context, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Writes where a slot stands: "FILE:LINE: county=Alpine, sex=F", without the line for a cell that
 * has no row. */
void ddg_slot_describe(const struct ddg_publication *publication, uint32_t slot, char *room,
                       size_t size);

#endif
