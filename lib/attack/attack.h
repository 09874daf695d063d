/*
 * The attacker: what a reader can work out from one measure of a published table.
 *
 * He knows every shown count (with --rounded, the range that it was rounded from), that the lines
 * of the model add up, whether their totals are printed or not, that counts are whole and not
 * negative, and with DDG_READER_ZEROS that zeros are always shown.  From that he narrows the range
 * of every hidden cell line by line, and solves the linear system of all lines exactly.
 *
 * Nothing here is shared with the code that protects.
 */
#ifndef DDG_ATTACK_ATTACK_H
#define DDG_ATTACK_ATTACK_H

#include "table/model.h"

enum ddg_reader {
    DDG_READER_SUMS,  /* lines add up; counts are whole and not negative */
    DDG_READER_ZEROS, /* also: a zero is always shown, so a hidden cell is at least 1 */
};

struct ddg_attack_options {
    enum ddg_reader reader;
    uint64_t rounded; /* shown counts were rounded to the nearest multiple, half up; 0: not */
};

enum ddg_verdict {
    DDG_VERDICT_SHOWN,      /* not hidden at all */
    DDG_VERDICT_SAFE,       /* not recovered by this attack */
    DDG_VERDICT_RECOVERED,  /* a single value fits the publication */
    DDG_VERDICT_DETERMINED, /* a single value would fit if lines that may overlap added up, or if
                             * totals that are not printed here were known (--totals implied) */
};

enum ddg_method {
    DDG_METHOD_NONE,
    DDG_METHOD_BOUNDS, /* by the range that one line leaves, after others */
    DDG_METHOD_SYSTEM, /* by the linear system of all lines */
};

struct ddg_finding {
    enum ddg_verdict verdict;
    enum ddg_method method;
    uint32_t line;  /* the line that gave the cell away; of DDG_METHOD_BOUNDS only */
    uint64_t value; /* of a recovered cell */
};

struct ddg_attack {
    struct ddg_finding *finding;    /* one per cell of the model */
    uint32_t hidden;                /* printed or absent cells that are hidden */
    uint32_t recovered, determined; /* among these */
    bool totals_known;              /* totals that are not printed were taken as known */
};

/* Attacks.  DDG_INPUT names a count that is no number, and a line that no numbers fit.  Free with
 * ddg_attack_free(), also after an error. */
enum ddg_error ddg_attack_run(struct ddg_attack *attack, const struct ddg_model *model,
                              const struct ddg_measure *measure,
                              const struct ddg_description *description,
                              const struct ddg_attack_options *options,
                              struct ddg_context *context);

void ddg_attack_free(struct ddg_attack *attack);

/* Adds to a growing array the keys of cells that have no row but must exist (--absent): with
 * DDG_ABSENT_AUTO in lines whose shown total exceeds its parts, all of them shown; with
 * DDG_ABSENT_UNKNOWN in every line that the shown counts do not already fill.  The caller frees. */
enum ddg_error ddg_attack_absent(const struct ddg_model *model, const struct ddg_measure *measure,
                                 const struct ddg_description *description,
                                 const struct ddg_attack_options *options, uint64_t **keys,
                                 size_t *key_count, size_t *key_room, struct ddg_context *context);

#endif
