/*
 * Which rates are wanted, as ddg-round's options say it.
 */
#ifndef DDG_ROUND_RATING_OPTIONS_H
#define DDG_ROUND_RATING_OPTIONS_H

#include "base/options.h"
#include "round/rates.h"

/* The options that say all of a rating but its base. */
extern const struct ddg_option ddg_rating_options[];

/* Takes one of ddg_rating_options.  `value` must outlive the rating, which all zero is that without
 * rates; free it with ddg_rating_free(). */
enum ddg_error ddg_rating_set(struct ddg_rating *rating, int id, const char *value,
                              struct ddg_context *context);
void ddg_rating_free(struct ddg_rating *rating);

/* True where rates take the place of counts. */
bool ddg_rating_is_wanted(const struct ddg_rating *rating);

/* DDG_USAGE for options that each make sense, and together do not; --percent beside --rate-per is
 * for the caller, who has other options that exclude them. */
enum ddg_error ddg_rating_check(const struct ddg_rating *rating, struct ddg_context *context);

#endif
