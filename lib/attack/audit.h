/*
 * The audit of a publication: one table or several, attacked together.
 */
#ifndef DDG_ATTACK_AUDIT_H
#define DDG_ATTACK_AUDIT_H

#include "attack/decide.h"
#include "table/model.h"

/* What the attacker knows beside the lines; each level includes those before. */
enum ddg_reader {
    DDG_READER_SUMS,      /* lines add up; counts are whole and not negative */
    DDG_READER_ZEROS,     /* a zero is always shown, so a suppressed cell is at least 1 */
    DDG_READER_THRESHOLD, /* a cell with code 1 is below the threshold */
    DDG_READER_CODES,     /* a cell with code 2 is at the threshold or above */
    DDG_READER_AUTO,      /* what the table itself gives away */
};

/* One table that was handed over. */
struct ddg_release {
    const struct ddg_table *table;
    const struct ddg_description *description;
    struct ddg_model model;  /* of all its measures */
    bool previous;           /* an earlier release of another (--previous) */
    enum ddg_reader *reader; /* of each measure: the level that was used */
};

/* A hidden cell and its verdict. */
struct ddg_finding {
    uint32_t release, measure, cell; /* a cell of the release's model; below model.printed it is
                                      * the table's row of the same number */
    struct ddg_answer answer;
    enum ddg_code code;  /* as published: DDG_CODE_SMALL, DDG_CODE_COMPLEMENTARY, ... */
    const char *how;     /* what gives it away, in words without any count; "" for a safe cell */
    const char *figures; /* the same with the counts, for --show-values */
};

struct ddg_audit {
    struct ddg_release *release;
    size_t releases;
    struct ddg_finding *finding; /* every hidden cell, in the order of releases, measures, cells */
    size_t findings;
    uint64_t count[DDG_VERDICT_RECOVERED + 1]; /* how many of each verdict */
    uint64_t absent;                           /* cells without a row that are among the findings */
    uint64_t unprinted;                        /* totals that the tables do not print */
    /* equations that were declared, and those that --discover found, in words */
    const char **equation;
    size_t equations;
    const char **discovered;
    size_t discoveries;
    uint64_t rows, unknowns; /* of the problem that was solved */
    double seconds;
    struct ddg_arena arena; /* owns the texts */
};

#endif
