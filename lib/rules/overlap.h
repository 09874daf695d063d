/*
 * Ages and periods of one column that overlap: 0-17 beside 0-18, 2018-2020 beside 2019.  Such
 * categories are no parts of a whole, and one count minus another is a third, of what is in one
 * band and not in the other, that no row has and nothing protects.
 *
 * Columns are known by their names or their labels; what is neither ages nor time is not looked at,
 * nor are labels of which a hierarchy makes one a part of the other: their lines say all of it.
 */
#ifndef DDG_RULES_OVERLAP_H
#define DDG_RULES_OVERLAP_H

#include "rules/banded.h"
#include "table/model.h"

/* DDG_INPUT, naming two rows of the same labels elsewhere, where theirs in one column overlap so
 * that a difference is told. */
enum ddg_error ddg_overlap_check(const struct ddg_model *model,
                                 const struct ddg_description *description,
                                 struct ddg_context *context);

/* Where a label stands. */
struct ddg_overlap_place {
    const char *file;
    uint64_t line;
    struct ddg_text label;
};

/* The failure of a pair: "FILE:LINE: column 'age': '0-18' overlaps '0-17' of line 2, ..."; with
 * `total` what others make up may be the total, if it spans them all. */
enum ddg_error ddg_overlap_fail(const struct ddg_banded_pair *pair,
                                const struct ddg_overlap_place *longer,
                                const struct ddg_overlap_place *shorter, const char *column,
                                bool total, struct ddg_context *context);

#endif
