/*
 * The counting of one thread: blocks of records become cells of a cube.  One thread reads all, or
 * several share the pieces of long files (group/crew.h).
 */
#ifndef DDG_GROUP_COUNTING_H
#define DDG_GROUP_COUNTING_H

#include "csv/reader.h"
#include "group/clerk.h"
#include "group/cube.h"

/* What is counted: columns by their names. */
struct ddg_counted {
    const struct ddg_spec *spec;
    struct ddg_text identifier; /* read where the cube counts persons */
    const struct ddg_list *sums;
};

/* A column that is read, and where its field stands in a record. */
struct ddg_counted_field {
    size_t column, slot;
};

struct ddg_counting {
    struct ddg_counted counted;
    struct ddg_cube *cube;
    struct ddg_csv *csv;
    struct ddg_clerk *clerk; /* who notes the persons; NULL: the counting does so itself */
    /* the rest is the counting's own */
    struct ddg_counted_field *dimension; /* one per dimension */
    struct ddg_counted_field person;
    struct ddg_counted_field *amount; /* one per sum */
    struct ddg_decimal *value;        /* value[i * DDG_GROUPS_BATCH + r] is amount i of record r, */
    uint32_t *code; /* code[i * DDG_GROUPS_BATCH + r] its label's code in dimension i, */
    uint32_t cell[DDG_GROUPS_BATCH]; /* and cell[r] where it is counted */
    size_t *wanted;                  /* wanted[slot]: each column once, however often it is used */
    size_t wanted_count;
    size_t batch; /* records that are looked at next */
};

/* Finds the columns in `csv` and asks it for them.  DDG_USAGE for a column that is not there.  Free
 * with ddg_counting_free(), also after an error. */
enum ddg_error ddg_counting_start(struct ddg_counting *counting, struct ddg_cube *cube,
                                  struct ddg_csv *csv, const struct ddg_counted *counted,
                                  struct ddg_context *context);

/* Counts the records of a block that `csv` has just read. */
enum ddg_error ddg_counting_add(struct ddg_counting *counting, const struct ddg_csv_block *block,
                                struct ddg_context *context);

void ddg_counting_free(struct ddg_counting *counting);

#endif
