/*
 * Which variable of the criteria a column of a table is: as somebody said, or by its name, or by
 * the labels that it holds; and what a label in it counts as.
 */
#ifndef DDG_SCORE_RECOGNISE_H
#define DDG_SCORE_RECOGNISE_H

#include "rules/bands.h"
#include "score/cells.h"
#include "score/criteria.h"
#include "score/facts.h"
#include "score/gazetteer.h"
#include "score/scale.h"

/* All that a score is made of. */
struct ddg_evidence {
    const struct ddg_criteria *criteria;
    const struct ddg_gazetteer *gazetteer;
    const struct ddg_facts *facts;
    struct ddg_intake *intake;
    const struct ddg_cells *cells;
    struct ddg_registry *registry; /* populations of a file; NULL for none */
    const char *population;        /* what they were read from */
    const bool *of_time;     /* of each dimension: it is a period, which nobody adds people over */
    struct ddg_arena *arena; /* for texts */
    struct ddg_context *context;
};

/* What a part of a dimension is (score/parts.h). */
struct ddg_recognised {
    struct ddg_text column; /* its name, which a NUL follows */
    char words[256];        /* of the name; see ddg_words_of() */
    const struct ddg_variable *variable;
    const struct ddg_class *class; /* of every label; NULL: each has its own */
    bool number_said;
    uint64_t number;                  /* of every label */
    size_t groups;                    /* how many finest categories it has */
    enum ddg_scale scale;             /* of places, as the name or somebody says */
    bool fips;                        /* codes in the column are FIPS codes */
    const char *reason;               /* "by its name" */
    const struct ddg_band_ends *ends; /* which its bands join (score/bands.h); NULL for none */
    const struct ddg_fiscal *fiscal;  /* of periods (score/fiscal.h) */
};

/* Recognises a part; recognised->variable is NULL where it is nothing that is known.  DDG_USAGE
 * where --var says what makes no sense. */
enum ddg_error ddg_recognise(const struct ddg_evidence *e, size_t dimension, size_t part,
                             struct ddg_recognised *recognised);

/* What a category counts as. */
struct ddg_worth {
    const struct ddg_variable *variable;
    const struct ddg_class *class;
    bool known;    /* false: nobody said, and the class is the highest */
    bool doubtful; /* the place may be the county of its name, or smaller */
    bool numbered; /* `number` is known */
    uint64_t number;
    const char *from; /* where the number comes from; "" for the label itself */
};

/* The worth of a category in the part that is its own; `parts` has all of the dimension. */
enum ddg_error ddg_recognise_worth(const struct ddg_evidence *e, size_t dimension,
                                   uint32_t category, const struct ddg_recognised *parts,
                                   struct ddg_worth *worth);

/* True for a label that is no category of a part, "NA" for one, unless the variable has it. */
bool ddg_is_no_category(const struct ddg_criteria *criteria,
                        const struct ddg_recognised *recognised, struct ddg_text label);

/* True for a label that is no category of anything: blank, "Unknown". */
bool ddg_is_nothing(const struct ddg_criteria *criteria, struct ddg_text label);

/* A text in the arena, printf-style; control bytes become '?'.  NULL when memory runs out. */
const char *ddg_evidence_text(const struct ddg_evidence *e, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
