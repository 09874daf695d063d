/*
 * How the choices of a dimension are found, by what its categories are: for score/choices.c and the
 * files of the kinds of choices alone.
 *
 * Errors are DDG_MEMORY, which is in the context.
 */
#ifndef DDG_SCORE_FINDING_H
#define DDG_SCORE_FINDING_H

#include "score/choices.h"

/* Of one dimension. */
struct finding {
    struct ddg_choices *choices; /* those that are found go there */
    const struct ddg_assessment *a;
    const struct ddg_dimension *d;
    size_t dimension;
    struct ddg_context *context;
};

/* A text that lives as long as the choices, printf-style; NULL when memory runs out. */
const char *ddg_finding_say(const struct finding *f, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Adds a choice that changes nothing yet; NULL when memory runs out.  What its labels become is
 * found once they are all there. */
struct ddg_choice *ddg_finding_add(const struct finding *f, const char *text);

/* The name of the dimension's finest column. */
struct ddg_text ddg_finding_name(const struct finding *f);

/* True for categories that rows have and that are some of the variable's. */
bool ddg_finding_uses(const struct finding *f, uint32_t category);

/* The first and the last year of all labels, and whether some are parts of years; false where one
 * has none or is of weeks or days, where a year is not there with all its months, or, of years that
 * are to be `one` period, between others not at all. */
bool ddg_finding_years(const struct finding *f, bool one, unsigned *first, unsigned *last,
                       bool *parts);

/* Parts of years taken together to years. */
enum ddg_error ddg_find_choices_of_time(const struct finding *f);

/* Runs of adjacent bands of ages merged, two of them or more, or all bands to wider ones. */
enum ddg_error ddg_find_choices_of_ages(const struct finding *f);

#endif
