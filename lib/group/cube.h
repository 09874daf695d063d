/*
 * The cube: every cell that is counted, inner ones (a label in each dimension) and totals (some
 * dimensions taken together), with its numbers.  The name and the idea are those of Gray et al.,
 * "Data Cube: A Relational Aggregation Operator" (1997).
 *
 * Records make the inner cells; when all are in, persons are counted and margins are added
 * (group/margin.h); then the cube can be listed (group/listing.h).
 */
#ifndef DDG_GROUP_CUBE_H
#define DDG_GROUP_CUBE_H

#include "group/groups.h"
#include "group/labels.h"
#include "group/persons.h"
#include "group/tally.h"

struct ddg_cube {
    size_t dims;
    struct ddg_labels *label;   /* one per dimension */
    struct ddg_groups groups;   /* cells by key */
    struct ddg_tally tally;     /* their numbers */
    struct ddg_persons persons; /* who is in the inner cells */
    bool by_person;             /* persons are counted */
    uint64_t records;           /* that were counted */
    uint32_t inner;             /* cells below this are inner ones, filled by records */
};

/* A cube with the dimensions of `spec`, which must outlive it.  `missing` is the label of blank
 * values, total[i] that of the totals of dimension i; `sums` is the number of amounts.  Free with
 * ddg_cube_free(), also after an error. */
enum ddg_error ddg_cube_init(struct ddg_cube *cube, const struct ddg_spec *spec,
                             struct ddg_text missing, const struct ddg_text *total, size_t sums,
                             bool by_person, struct ddg_context *context);

/* A cube for other records of the same count as `other`, which must outlive it: none so far.  Free
 * with ddg_cube_free(), also after an error. */
enum ddg_error ddg_cube_init_like(struct ddg_cube *cube, const struct ddg_cube *other,
                                  struct ddg_context *context);

/* Adds all records of `from`, which has no margins and loses its persons, to `cube`. */
enum ddg_error ddg_cube_join(struct ddg_cube *cube, struct ddg_cube *from,
                             struct ddg_context *context);

/* Bytes that labels and cells take, nearly. */
size_t ddg_cube_bytes(const struct ddg_cube *cube);

/* Adds to an inner cell what is known of it from elsewhere: records with the sums of their amounts.
 * *cell is its number, for ddg_cube_add_person(). */
enum ddg_error ddg_cube_add_cell(struct ddg_cube *cube, const uint32_t *key, uint64_t events,
                                 const struct ddg_decimal *sums, uint32_t *cell,
                                 struct ddg_context *context);

/* Notes that a person is in an inner cell. */
enum ddg_error ddg_cube_add_person(struct ddg_cube *cube, struct ddg_text person, uint32_t cell,
                                   struct ddg_context *context);

/* Adds `count` records without amounts, DDG_GROUPS_BATCH at most, whose codes are as in
 * ddg_groups_add_all() (group/groups.h), and puts the cells that they are in into cell[]. */
enum ddg_error ddg_cube_add_all(struct ddg_cube *cube, const uint32_t *code, size_t count,
                                uint32_t *cell, struct ddg_context *context);

/* Puts the cell of `key` (DDG_ALL_LABELS where a dimension is totalled) into *cell, adding an empty
 * one if there is none. */
enum ddg_error ddg_cube_cell(struct ddg_cube *cube, const uint32_t *key, uint32_t *cell,
                             struct ddg_context *context);

void ddg_cube_free(struct ddg_cube *cube);

#endif
