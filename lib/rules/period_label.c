#include "rules/period_label.h"

#include "rules/date_label.h"
#include "rules/period_parts.h"

enum { MONTHS = 12, HALF = 6, QUARTER = 3, LONGEST_BRIEF = 20 };

/* Years stand alone or among words that name no part of a year. */
static bool are_whole_years(struct ddg_text label, const struct ddg_period_parts *r)
{
    static const char *const whole[] = {
        "fy",          "sfy",         "ffy",   "cy",           "sy",       "fiscal", "calendar",
        "state",       "school",      "year",  "years",        "yr",       "yrs",    "to",
        "through",     "thru",        "until", "total",        "combined", "annual", "average",
        "preliminary", "provisional", "final", "all",          "p",        "r",      "federal",
        "academic",    "revised",     "my",    "\xe2\x80\x93", NULL};

    for (size_t i = 0; i < label.length; i++)
        /* "2015, 2019" is no range */
        if (strchr(",;&+|.$%:", label.at[i]))
            return false;
    return ddg_words_are_all(r->words, whole);
}

/* The months of the part of a year that a column is named after; 0 where it is none. */
static bool names_part(const char *column, uint32_t *months)
{
    static const char *const quarter[] = {"quarter", "quarters", "qtr", "q", NULL};
    static const char *const month[] = {"month", "months", "mon", NULL};
    static const char *const half[] = {"half", "semester", NULL};

    *months = ddg_words_have_any(column, quarter) ? QUARTER
              : ddg_words_have_any(column, half)  ? HALF
              : ddg_words_have_any(column, month) ? 1
                                                  : 0;
    return *months > 0;
}

/* Whether the second of two years may have two digits: "2018-22" may be a week, unless somebody
 * says that it is years, and "2010-11" a month, where nobody says that it is a fiscal year. */
static bool may_be_brief(const struct ddg_period_parts *r, const char *column)
{
    static const char *const parts[] = {"month", "months", "week", "weeks", "day", "date", NULL};
    static const char *const years[] = {"year", "years", "yr", "yrs", NULL};
    bool of_years = ddg_words_have_any(column, years);

    if (ddg_period_is_fiscal(r->words) || ddg_period_is_fiscal(column))
        return true;
    if (ddg_words_have_any(column, parts))
        return false;
    if (r->number[1] > 0 && r->number[1] <= MONTHS)
        return of_years && !ddg_words_have(column, "period") &&
               r->number[1] == (r->number[0] + 1) % 100;
    return of_years || r->number[1] == (r->number[0] + 1) % 100;
}

/* "FY20", "FY 19-20", and "19/20" in a column of fiscal years. */
static bool read_brief_fiscal(struct ddg_text label, const struct ddg_period_parts *r,
                              const char *column, uint32_t *months)
{
    uint32_t part;

    if (r->months > 0 || r->numbers == 0 || r->numbers > 2 || !are_whole_years(label, r))
        return false;
    for (unsigned i = 0; i < r->numbers; i++)
        if (r->digits[i] != 2)
            return false;
    if (r->numbers == 2 ? r->number[1] != (r->number[0] + 1) % 100
                        : !ddg_period_is_fiscal(r->words))
        return false;
    if (!ddg_period_is_fiscal(r->words) &&
        (!ddg_period_is_fiscal(column) || names_part(column, &part)))
        return false;
    *months = MONTHS;
    return true;
}

/* "2018-2022", and "2010-11", which is a fiscal year. */
static bool read_years(struct ddg_text label, const struct ddg_period_parts *r, const char *column,
                       uint32_t *months)
{
    uint32_t from = r->number[0], to = r->number[1];
    bool brief = r->numbers == 2 && r->digits[1] == 2;
    /* "2020-2021" in a column "school_year"; "2020/2021" anywhere may be one */
    bool of_one = ddg_period_is_fiscal(r->words) || ddg_period_is_fiscal(column) ||
                  memchr(label.at, '/', label.length) != NULL ||
                  ((ddg_words_have(column, "year") || ddg_words_have(column, "yr")) &&
                   !ddg_words_have(column, "years"));

    if (r->months > 0 || !ddg_period_part_is_year(r, 0) || !are_whole_years(label, r))
        return false;
    if (r->numbers == 1) {
        /* in a column of months the month of a bare year is elsewhere */
        if (!names_part(column, months))
            *months = MONTHS;
        return true;
    }
    if (r->numbers != 2 || (!brief && !ddg_period_part_is_year(r, 1)))
        return false;
    if (brief) {
        if (!may_be_brief(r, column))
            return false;
        to += from / 100 * 100 + (from % 100 > to ? 100 : 0);
        if (to > from + LONGEST_BRIEF)
            return false;
    }
    if (to < from)
        return false;
    *months = (to - from + 1) * MONTHS;
    if (to - from == 1 && (brief || of_one))
        *months = MONTHS;
    return true;
}

/* "March 2024", "Jan-Jun 2024", "July 2021 to June 2022". */
static bool read_months(const struct ddg_period_parts *r, uint32_t *months)
{
    uint32_t first, last;

    static const char *const apart[] = {"and", "monthly", "weekly", "daily", "week", NULL};

    if (r->months == 0 || r->numbers > 2)
        return false;
    if (r->months == 2 && ddg_words_have_any(r->words, apart))
        return false;
    if (r->months == 1) {
        *months = r->numbers == 2 ? 0 : 1;
        return r->numbers == 0 || ddg_period_part_is_year(r, r->numbers - 1);
    }
    if (r->numbers > 0 && !ddg_period_part_is_year(r, 0))
        return false;
    first = (r->numbers > 0 ? r->number[0] * MONTHS : 0) + r->month[0];
    last = (r->numbers > 0 ? r->number[r->numbers - 1] * MONTHS : 0) + r->month[1];
    if (last < first && r->numbers < 2)
        last += MONTHS;
    *months = last - first + 1;
    return last >= first;
}

static bool read_words(const struct ddg_period_parts *r, uint32_t *months)
{
    static const char *const quarter[] = {"q", "qtr", "quarter", "quarterly", NULL};
    static const char *const half[] = {"h", "half", "semester", NULL};
    static const char *const finer[] = {"w", "wk", "week", "weekly", "day", "daily", NULL};

    if (ddg_words_have_any(r->words, finer)) {
        *months = 0;
        return true;
    }
    *months = ddg_words_have_any(r->words, quarter) ? QUARTER : HALF;
    return *months == QUARTER || ddg_words_have_any(r->words, half);
}

/* What a number stands for in a column of that name. */
static bool read_named(const struct ddg_period_parts *r, const char *column, uint32_t *months)
{
    static const char *const finer[] = {"week", "day", "date", NULL};

    if (r->numbers != 1 || r->months > 0 || r->digits[0] > 2)
        return false;
    return names_part(column, months) || ddg_words_have_any(column, finer);
}

/* "18 months", "5 years" */
static bool read_length(const struct ddg_period_parts *r, const char *column, uint32_t *months)
{
    static const char *const years[] = {"years", "yrs", "year", NULL};
    static const char *const some[] = {"months", "mos", "month", NULL};

    /* in a column "5 years" may be how long somebody waited */
    if (!ddg_words_have(column, "period") || r->numbers != 1 || r->months > 0 || r->digits[0] > 3 ||
        r->words[1] < '0' || r->words[1] > '9')
        return false;
    *months = r->number[0];
    if (ddg_words_have_any(r->words, years))
        *months *= MONTHS;
    else if (!ddg_words_have_any(r->words, some))
        return false;
    return *months > 0;
}

bool ddg_period_label_read(struct ddg_text label, const char *column, uint32_t *months)
{
    static const char *const month_shapes[] = {"9999-99", "9999/99", "99/9999", "9/9999",
                                               "99-9999", "999999",  NULL};
    static const char *const week[] = {"week", "weeks", NULL};
    static const char *const week_shapes[] = {"9999-99", "9999/99", "999999", NULL};
    struct ddg_period_parts r;
    enum ddg_date_label date;

    label = ddg_text_trim(label);
    if (!ddg_period_parts_read(label, &r))
        return false;
    if (read_years(label, &r, column, months) || read_brief_fiscal(label, &r, column, months))
        return true;
    date = ddg_date_label_read(label);
    if (date == DDG_DATE_FULL ||
        (ddg_words_have_any(column, week) && ddg_text_fits_any(label, week_shapes))) {
        *months = 0;
        return true;
    }
    if (read_length(&r, column, months) || read_months(&r, months) || read_words(&r, months) ||
        read_named(&r, column, months))
        return true;
    if (ddg_text_fits_any(label, month_shapes) && date != DDG_DATE_NONE) {
        *months = 1;
        return true;
    }
    *months = 0;
    return date == DDG_DATE_MAYBE && label.length == 8;
}

bool ddg_period_label_years(struct ddg_text label, uint32_t *from, uint32_t *to)
{
    struct ddg_period_parts r;

    if (!ddg_period_parts_read(ddg_text_trim(label), &r) || r.numbers != 2 ||
        !ddg_period_part_is_year(&r, 0) || !ddg_period_part_is_year(&r, 1))
        return false;
    *from = r.number[0];
    *to = r.number[1];
    return true;
}

bool ddg_period_label_span(struct ddg_text label, uint32_t *from, uint32_t *to)
{
    struct ddg_period_parts r;

    *from = UINT32_MAX;
    *to = 0;
    if (!ddg_period_parts_read(ddg_text_trim(label), &r))
        return false;
    for (unsigned i = 0; i < r.numbers; i++) {
        uint32_t year = r.number[i];

        /* "202003" and "20200315" */
        for (unsigned digits = r.digits[i]; digits > 4 && digits % 2 == 0; digits -= 2)
            year /= 100;
        if (year < DDG_PERIOD_FIRST_YEAR || year > DDG_PERIOD_LAST_YEAR)
            continue;
        *from = year < *from ? year : *from;
        *to = year > *to ? year : *to;
    }
    return *to > 0;
}

bool ddg_period_label_is_plain(struct ddg_text label)
{
    struct ddg_period_parts r;
    uint32_t months;

    if (!ddg_period_parts_read(ddg_text_trim(label), &r) ||
        !ddg_period_label_read(label, "", &months))
        return false;
    for (unsigned i = 0; i < r.numbers; i++)
        if (ddg_period_part_is_year(&r, i))
            return true;
    return false;
}
