/*
 * A certificate: the witnesses that a mask rests on, for others to check without our code.
 *
 * It lists tables of whole numbers that fit the publication as the true one does, each as what has
 * to be added to which cells of the true table.  Its format, and how to check it, are in
 * ddg-suppress(1).
 */
#ifndef DDG_PROTECT_CERTIFICATE_H
#define DDG_PROTECT_CERTIFICATE_H

#include "csv/output.h"
#include "protect/witnesses.h"
#include "table/joint.h"

/* Of one mask; zero at first. */
struct ddg_certificate {
    size_t tables;
    size_t *start; /* of each table's changes; those of the next one follow; one more, at the end */
    struct ddg_change {
        uint32_t cell; /* rising within a table */
        int32_t by;    /* never 0 */
    } * change;
    /* the rest is the certificate's own */
    size_t start_room, change_room;
};

/* Takes from witnesses that have been checked what shows of every suppressed cell as many values as
 * it must keep; no table that none of the cells needs.  Cells that another stands for change with
 * it.  Free with ddg_certificate_free(), also
 * after an error. */
enum ddg_error ddg_certificate_find(struct ddg_certificate *certificate,
                                    const struct ddg_witnesses *witnesses,
                                    struct ddg_context *context);
void ddg_certificate_free(struct ddg_certificate *certificate);

/* Writes the names of the columns, */
enum ddg_error ddg_certificate_begin(struct ddg_output *output, const struct ddg_table *table);

/* then a row for each change, of one certificate per measure, for each block of the table.  That of
 * measures which equations join is the certificate of the first of them; `joint` is empty where
 * none are.  There is no count in it, but what a cell can be lowered by says what it is at least.
 * *tables is 0 at first and counts what is written. */
enum ddg_error ddg_certificate_write(struct ddg_output *output, const struct ddg_model *model,
                                     const struct ddg_certificate *certificates,
                                     const struct ddg_joint *joint, uint64_t *tables);

#endif
