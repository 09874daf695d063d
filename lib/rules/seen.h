/*
 * What a reader sees in each count of a table, whatever stands there: the checks go on where a
 * strict reading would stop at the first count that is no number.
 */
#ifndef DDG_RULES_SEEN_H
#define DDG_RULES_SEEN_H

#include "table/table.h"

enum ddg_sight {
    DDG_SEEN_NUMBER,
    DDG_SEEN_HIDDEN,  /* blank with code 1 or 2, or a text that stands for a hidden count */
    DDG_SEEN_BLANK,   /* blank, and no annotation says why */
    DDG_SEEN_NO_DATA, /* blank with code 3, 4 or 5 */
    DDG_SEEN_OTHER,   /* a text that means nothing here */
};

struct ddg_seen {
    uint64_t value; /* of a number */
    enum ddg_sight sight;
    enum ddg_code code;
    bool symbol;   /* a text, not a blank, hides the count */
    bool bad_code; /* the annotation is no code */
};

/* A hidden count, for whatever reason it is blank but that there is no data. */
static inline bool ddg_seen_hides(const struct ddg_seen *seen)
{
    return seen->sight == DDG_SEEN_HIDDEN || seen->sight == DDG_SEEN_BLANK;
}

/* A number behind an annotation that says that it is suppressed. */
static inline bool ddg_seen_suppresses(const struct ddg_seen *seen)
{
    return seen->code == DDG_CODE_SMALL || seen->code == DDG_CODE_COMPLEMENTARY;
}

/* Reads the count of a measure in a row. */
struct ddg_seen ddg_see(const struct ddg_table *table, const struct ddg_description *description,
                        size_t row, const struct ddg_measure *measure);

/* Puts true into role[column] for dimensions, counts, annotations and their descriptions; `role`
 * has room for every column of the table. */
void ddg_seen_roles(const struct ddg_table *table, bool *role);

#endif
