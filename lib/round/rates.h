/*
 * Percentages and rates in place of counts, no finer than the counts rounded would be.
 *
 * The reader is taken to know what each rate is of: the population, or the total.  To each count
 * that is not 0 as many values have to be left as rounding to the base leaves, by the rate itself
 * and by what the lines make of all rates together; a suppressed count must not come out.
 */
#ifndef DDG_ROUND_RATES_H
#define DDG_ROUND_RATES_H

#include "base/list.h"
#include "csv/output.h"
#include "round/interval.h"
#include "round/people.h"
#include "table/model.h"

struct ddg_rating {
    struct ddg_precision precision;
    struct ddg_list of;     /* the dimensions whose total a share is of; empty: all of them */
    const char *population; /* column of the table or path of a file; NULL: shares */
    bool percent;           /* the column is called so */
    bool safe;              /* with fewer digits, or without a rate, where what it is of is small */
    bool digits_named;
    uint64_t base;
    struct ddg_arena arena; /* owns the names of `of` */
};

/* What became of it. */
struct ddg_rated {
    unsigned digits; /* at the most: fewer than were asked for where lines would tell too much */
    struct ddg_too_small {
        uint64_t counts;
        unsigned digits; /* of the first */
        char first[256]; /* by its categories */
    } coarser,           /* rates with fewer digits than that: what they are of is too small */
        withheld,        /* counts without a rate: it would be too small for any */
        blank;           /* or it would be 0, hidden or unknown */
    uint64_t least;      /* of what that would have to be */
    struct ddg_people_gaps gaps; /* of the file of populations */
};

/* Writes the table with a column `percent` or `rate` (COUNT_percent, COUNT_rate where there are
 * several counts) in place of each count.  Suppressed counts stay as they are, and so do all other
 * columns; but an annotation that says nothing becomes 3 where a count that is shown has no rate.
 * DDG_UNSAFE, naming a cell by its categories and what would do, where the digits say too much;
 * DDG_USAGE for dimensions that are none, DDG_INPUT for a small count that ddg-threshold asks a
 * mask of.  How many digits --safe leaves depends on what rates are of, and not on counts, of which
 * it would tell. */
enum ddg_error ddg_rates_write(struct ddg_output *output, const struct ddg_model *model,
                               const struct ddg_description *description,
                               const struct ddg_rating *rating, struct ddg_rated *rated,
                               struct ddg_context *context);

#endif
