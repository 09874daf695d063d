/*
 * What printed rates say of the counts behind them: "0.4 % of 7,500" is 27 to 33 persons.
 */
#ifndef DDG_ATTACK_RATES_H
#define DDG_ATTACK_RATES_H

#include "attack/publication.h"
#include "attack/wide.h"
#include "base/number.h"

/* Reads a rate; false for what is none, or is negative or too long to be computed with. */
bool ddg_rate_read(struct ddg_text text, struct ddg_decimal *rate);

/* A rate of u units is printed for the counts c for which 2u - 1 <= c * scale / population <=
 * 2u + 1, whichever way halves were rounded. */
wide ddg_rate_scale(struct ddg_decimal rate, uint64_t per);

/* The counts that a rate of `per` can be rounded from, whichever way halves were rounded; false
 * where none can.  The rate is not negative. */
bool ddg_rate_range(struct ddg_decimal rate, uint64_t per, uint64_t population, int64_t *low,
                    int64_t *high);

/* The measure that a rate is of: the one that it names or, where it names none, the column itself
 * where that has rates in place of counts, or else the first.  DDG_NO_MEASURE where there is none.
 */
size_t ddg_rate_measure(const struct ddg_table *table, const struct ddg_rate *rate);

/* Narrows the ranges of counts whose rate of a population is printed (--rate), of all releases that
 * have the columns.  DDG_USAGE when no release has them; a rate that does not fit its count is a
 * conflict. Rates that are blank, or no numbers, say nothing, and neither do those of a population
 * that is none. */
enum ddg_error ddg_rates_apply(struct ddg_publication *publication, struct ddg_context *context);

#endif
