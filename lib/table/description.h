/*
 * What a user says about a table: which columns are dimensions, which hold counts, how totals are
 * labelled, which hierarchies there are.  The same options serve every program, on the command
 * line or in a file (--table FILE), so that they stand once.  ddg(7) explains each.
 */
#ifndef DDG_TABLE_DESCRIPTION_H
#define DDG_TABLE_DESCRIPTION_H

#include "base/list.h"
#include "base/options.h"

#include <stdint.h>

/* The programs that take an option (see ddg_option.who). */
enum ddg_program {
    DDG_COUNT = 1,
    DDG_THRESHOLD = 2,
    DDG_SUPPRESS = 4,
    DDG_ROUND = 8,
    DDG_AUDIT = 16,
};

enum ddg_absent {
    DDG_ABSENT_ZERO,    /* a combination without a row is a zero cell */
    DDG_ABSENT_UNKNOWN, /* it is a cell that was left out */
    DDG_ABSENT_AUTO,    /* left out in lines whose total exceeds the shown parts, else zero */
};

enum ddg_totals {
    DDG_TOTALS_IMPLIED, /* unprinted totals are public elsewhere, unless they are small */
    DDG_TOTALS_ADD,     /* they are printed, and can be masked like other cells */
    DDG_TOTALS_NONE,    /* nobody publishes them */
};

/* "DIM=X", or "X" for every dimension (dim.at is NULL). */
struct ddg_of_dimension {
    struct ddg_text dimension, value;
};

struct ddg_of_dimensions {
    struct ddg_of_dimension *item;
    size_t count, capacity;
};

/* A text in a count column that means a range: "<11" is 1 to 10. */
struct ddg_count_range {
    struct ddg_text text;
    uint64_t low, high; /* both ends included; high is DDG_OPEN_RANGE where there is none */
};

#define DDG_OPEN_RANGE UINT64_MAX

struct ddg_description {
    enum ddg_program program;         /* that takes the options */
    struct ddg_list dims;             /* dimension columns; empty: all left of the first count */
    struct ddg_list counts;           /* count columns; empty: "count" or "persons" */
    struct ddg_list annotations;      /* one per count; empty: "annotation", "COUNT_annotation" */
    struct ddg_list annotation_texts; /* "annotation_description", likewise */
    struct ddg_list keep;             /* columns that stay beside a suppressed cell */
    struct ddg_list by;               /* dimensions without totals: each category is a table */
    struct ddg_list *nested;          /* columns that are levels of one hierarchy, top first */
    size_t nested_count, nested_room;
    struct ddg_list overlapping;          /* dimensions whose parts may overlap (R-SUP-13) */
    struct ddg_list hidden;               /* texts in a count column that mean a hidden cell */
    struct ddg_count_range *range;        /* texts that mean a range of counts, */
    size_t ranges, range_room;            /* and how many there are */
    struct ddg_list partitions;           /* pairs of columns: kind of partition, its category */
    struct ddg_list unannotated;          /* texts in an annotation column that mean none */
    struct ddg_of_dimensions totals;      /* total labels; the last that fits wins */
    struct ddg_of_dimensions hierarchies; /* DIM=FILE, two columns child,parent */
    struct ddg_of_dimensions aliases;     /* DIM=FILE, two columns spelling,meaning */
    enum ddg_absent absent;
    enum ddg_totals unprinted;
    uint64_t threshold;     /* a count of 1 to this minus 1 is small (R-NUM-2); 11 */
    char delimiter;         /* ',' */
    bool loose;             /* padded names and numbers, digits grouped by commas */
    bool repeats;           /* a row that repeats a cell belongs to a table of its own */
    bool symbols;           /* S and C with code 1 or 2 mean hidden counts: --display's form */
    bool several;           /* of several tables: each has some of the columns that are named */
    bool blocks;            /* of a table read in blocks: what is named need not be in each */
    bool distinct;          /* counts are of distinct persons, whatever the column is called */
    struct ddg_arena arena; /* owns what the lists point to beside argv */
};

extern const struct ddg_option ddg_description_options[];

/* Defaults for `program`; free with ddg_description_free(). */
void ddg_description_init(struct ddg_description *description, enum ddg_program program);

/* Takes one option of ddg_description_options.  `value` must outlive the description. */
enum ddg_error ddg_description_set(struct ddg_description *description, int id, const char *value,
                                   struct ddg_context *context);

/* True for the ids of ddg_description_options. */
bool ddg_description_has(int id);

void ddg_description_free(struct ddg_description *description);

/* The range that a text in a count column means; NULL when it means none. */
const struct ddg_count_range *ddg_description_range(const struct ddg_description *description,
                                                    struct ddg_text text);

/* Reads a whole number, with --loose also padded or grouped by commas; false for anything else. */
bool ddg_description_number(const struct ddg_description *description, struct ddg_text text,
                            uint64_t *number);

/* What totals are called where nothing else is said. */
#define DDG_USUAL_TOTAL "Total"

/* True when it was said that totals of the dimension are called so, and hence that no other
 * category is one. */
bool ddg_description_total_is_usual(const struct ddg_description *description,
                                    struct ddg_text dimension);

/* The label of totals of the dimension. */
struct ddg_text ddg_description_total(const struct ddg_description *description,
                                      struct ddg_text dimension);

#endif
