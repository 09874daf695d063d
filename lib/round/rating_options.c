#include "round/rating_options.h"

#include <stdlib.h>

enum { PERCENT = 1200, OF, RATE_PER, POPULATION, DIGITS, SAFE };

enum { LARGEST_RATE = 1000000000 };

const struct ddg_option ddg_rating_options[] = {
    {PERCENT, 0, "percent", NULL, "percentages instead of counts, of --of or --population", 0},
    {OF, 0, "of", "LIST", "they are of the total along these dimensions [all of them]", 0},
    {RATE_PER, 0, "rate-per", "N", "rates per N of the population instead of counts", 0},
    {POPULATION, 0, "population", "NAME", "what they are of: a column, or a file", 0},
    {DIGITS, 0, "digits", "N", "digits behind the point of percentages and rates [0]", 0},
    {SAFE, 0, "safe", NULL, "fewer digits, or no rate, of small populations and totals [an error]",
     0},
    {0, 0, NULL, NULL, NULL, 0},
};

static enum ddg_error set_digits(struct ddg_rating *rating, const char *value,
                                 struct ddg_context *context)
{
    uint64_t digits;
    enum ddg_error error =
        ddg_whole_number("digits", ddg_text_of(value), 0, DDG_DIGITS_MOST, &digits, context);

    rating->precision.digits = error ? 0 : (unsigned)digits;
    rating->digits_named = true;
    return error;
}

enum ddg_error ddg_rating_set(struct ddg_rating *rating, int id, const char *value,
                              struct ddg_context *context)
{
    switch (id) {
    case PERCENT:
        rating->percent = true;
        return DDG_OK;
    case OF:
        return ddg_list_add(&rating->of, value, ',', &rating->arena, context);
    case RATE_PER:
        return ddg_whole_number("rate-per", ddg_text_of(value), 1, LARGEST_RATE,
                                &rating->precision.per, context);
    case POPULATION:
        rating->population = value;
        return DDG_OK;
    case DIGITS:
        return set_digits(rating, value, context);
    default:
        rating->safe = true;
        return DDG_OK;
    }
}

void ddg_rating_free(struct ddg_rating *rating)
{
    free(rating->of.item);
    ddg_arena_free(&rating->arena);
}

bool ddg_rating_is_wanted(const struct ddg_rating *rating)
{
    return rating->percent || rating->precision.per > 0;
}

enum ddg_error ddg_rating_check(const struct ddg_rating *rating, struct ddg_context *context)
{
    bool per = rating->precision.per > 0;

    if (per && !rating->population)
        return ddg_fail(context, DDG_USAGE, "--rate-per wants a --population");
    if (rating->of.count > 0 && (!rating->percent || rating->population))
        return ddg_fail(context, DDG_USAGE, "--of is for --percent without --population");
    if (!ddg_rating_is_wanted(rating) &&
        (rating->population || rating->safe || rating->digits_named))
        return ddg_fail(context, DDG_USAGE,
                        "--population, --digits and --safe are for --percent and --rate-per");
    return DDG_OK;
}
