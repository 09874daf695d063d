#include "rules/period_doubt.h"

#include "rules/period_label.h"
#include "rules/words.h"

enum { YEAR = 12, WEEKS = 53, CENTURY = 100 };

/* Reads "2018-22" and "2018/22" into its two numbers. */
static bool read_brief(struct ddg_text label, uint32_t *year, uint32_t *number)
{
    static const char *const shapes[] = {"9999-99", "9999/99", NULL};

    label = ddg_text_trim(label);
    if (!ddg_text_fits_any(label, shapes))
        return false;
    *year = *number = 0;
    for (size_t i = 0; i < 4; i++)
        *year = 10 * *year + (uint32_t)(label.at[i] - '0');
    *number = 10 * (uint32_t)(label.at[5] - '0') + (uint32_t)(label.at[6] - '0');
    return true;
}

bool ddg_period_may_be_week(struct ddg_text label)
{
    uint32_t year, number;

    return read_brief(label, &year, &number) && number > YEAR && number <= WEEKS &&
           number != (year + 1) % CENTURY;
}

const char *ddg_period_doubt(struct ddg_text label, uint64_t months)
{
    uint32_t year, number;

    if (read_brief(label, &year, &number)) {
        bool follows = number == (year + 1) % CENTURY;

        if (months == 1)
            return follows ? "a month, since it may be one; a fiscal year is FY 2011-12" : NULL;
        if (months == YEAR && follows)
            return number <= YEAR ? "a year that ends in the next, not a month"
                                  : "a year that ends in the next; a week is 2019-W20";
        return months > YEAR ? "years; a week is 2019-W20" : NULL;
    }
    if (!ddg_period_label_years(label, &year, &number) || number != year + 1)
        return NULL;
    return months == YEAR       ? "one year that ends in the next"
           : months == 2 * YEAR ? "two years together; a fiscal year is FY 2020-2021"
                                : NULL;
}
