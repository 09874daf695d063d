/*
 * Columns of bands: whether the labels of a column are ages, periods or neither, and which of them
 * overlap so that one count minus another is a third.
 */
#ifndef DDG_RULES_BANDED_H
#define DDG_RULES_BANDED_H

#include "base/memory.h"
#include "rules/bands.h"

/* A label of a column, and the band that it is. */
struct ddg_banded {
    struct ddg_text label;
    uint32_t id;          /* the caller's: the labels are put in another order */
    struct ddg_band band; /* months of age or days; see rules/age_span.h and rules/time_span.h */
    struct ddg_band end; /* the same, with all ends of the column's bands numbered in their order */
};

/* Reads the labels of a column whose name has the words `words` (ddg_words_of()); puts into *bands
 * how many of them are bands, which come first: 0 for a column that is not known to hold ages or
 * periods, or for one of so many days that nobody compares them. */
enum ddg_error ddg_banded_read(struct ddg_banded *label, size_t count, const char *words,
                               size_t *bands, struct ddg_context *context);

enum ddg_overlap_kind {
    DDG_OVERLAP_NONE,
    DDG_OVERLAP_REST,  /* the longer less the shorter is what no row has */
    DDG_OVERLAP_PARTS, /* the shorter and others are the longer one: a hierarchy */
    DDG_OVERLAP_SAME,  /* both are the same ages, or the same time */
};

/* Two labels that overlap; indices. */
struct ddg_banded_pair {
    enum ddg_overlap_kind kind;
    size_t longer, shorter;
    bool all; /* the longer spans all bands */
};

/* True where it is said that one of two is a part of the other, and what else is. */
typedef bool ddg_banded_said(const void *data, uint32_t id, uint32_t other);

/* Looks for two bands of which a difference can be told: one within the other, or overlapping and
 * joined by others.  Those of which only the rest is known come before those that are whole, and
 * those that are nearly the same before others.  `said` may be NULL. */
void ddg_banded_overlap(struct ddg_banded_pair *pair, const struct ddg_banded *band, size_t bands,
                        ddg_banded_said *said, const void *data);

#endif
