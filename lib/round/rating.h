/*
 * What the parts of rates share: each measure with what its rates are of and how many digits they
 * have (rates.c), what a reader makes of them (rates_told.c), and how they are written
 * (rates_write.c).
 */
#ifndef DDG_ROUND_RATING_H
#define DDG_ROUND_RATING_H

#include "round/rates.h"
#include "round/shown.h"
#include "round/verdicts.h"

/* A measure with what its rates are of. */
struct ddg_measure_rates {
    struct ddg_shown shown;
    uint64_t *whole; /* of each printed cell; 0: it has no rate */
    uint8_t *digits; /* of each printed cell that has a rate */
    bool *withheld;  /* of each printed cell: what its rate would be of is too small */
    bool *is_whole;  /* of each cell: others are shares of it */
};

struct ddg_rating_state {
    const struct ddg_rating *options;
    const struct ddg_model *model;
    const struct ddg_description *description;
    struct ddg_context *context;
    struct ddg_verdicts verdicts;
    unsigned digits;                 /* at the most */
    bool safe;                       /* as the options have it, or tried */
    bool *summed;                    /* of each dimension: shares are of its total */
    uint64_t *people;                /* of each printed cell, 0: unknown; NULL: rates are shares */
    struct ddg_measure_rates *rates; /* of each measure */
};

static inline bool ddg_has_rate(const struct ddg_measure_rates *rates, uint32_t row)
{
    return rates->shown.state[row] == DDG_SHOWN && rates->whole[row] > 0 && !rates->withheld[row];
}

/* How the rate of a row is written. */
static inline struct ddg_precision ddg_row_precision(const struct ddg_rating_state *state,
                                                     const struct ddg_measure_rates *rates,
                                                     uint32_t row)
{
    return (struct ddg_precision){state->options->precision.per, rates->digits[row]};
}

/* A row that rates with such digits tell too much of; DDG_NO_CELL where there is none.  *fewest is
 * the fewest counts that they leave to any such row. */
enum ddg_error ddg_rates_told(const struct ddg_rating_state *state, uint32_t *told,
                              uint64_t *fewest);

enum ddg_error ddg_rates_write_all(const struct ddg_rating_state *state, struct ddg_output *output);

#endif
