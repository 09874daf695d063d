#include "rules/period_label.h"

#include "rules/date_label.h"
#include "rules/words.h"

#include <stdio.h>

enum {
    MONTHS = 12,
    HALF = 6,
    QUARTER = 3,
    FIRST_YEAR = DDG_PERIOD_FIRST_YEAR,
    LAST_YEAR = 2150,
    LONGEST_BRIEF = 20
};

/* The numbers and words of a label, in order. */
struct reading {
    uint32_t number[4]; /* of up to four digits each */
    unsigned digits[4];
    unsigned numbers;
    uint32_t month[2]; /* named months, from 1 */
    unsigned months;
    char words[DDG_WORDS_ROOM];
};

static uint32_t month_of(const char *word, size_t length)
{
    static const char *const name[] = {"january",   "february", "march",    "april",
                                       "may",       "june",     "july",     "august",
                                       "september", "october",  "november", "december"};

    for (uint32_t i = 0; length >= 3 && i < MONTHS; i++)
        if (length <= strlen(name[i]) && memcmp(word, name[i], length) == 0)
            return i + 1;
    return length == 4 && memcmp(word, "sept", 4) == 0 ? 9 : 0;
}

static bool read_parts(struct ddg_text label, struct reading *r)
{
    *r = (struct reading){.numbers = 0};
    ddg_words_of(label, r->words);
    for (const char *at = r->words + 1, *end; *at; at = end + 1) {
        size_t length;
        uint32_t month;

        end = strchr(at, ' ');
        length = (size_t)(end - at);
        if (*at >= '0' && *at <= '9') {
            if (r->numbers == 4 || length > 8)
                return false;
            r->digits[r->numbers] = (unsigned)length;
            for (size_t i = 0; i < length; i++)
                r->number[r->numbers] = r->number[r->numbers] * 10 + (uint32_t)(at[i] - '0');
            r->numbers++;
        } else if ((month = month_of(at, length)) > 0) {
            if (r->months == 2)
                return false;
            r->month[r->months++] = month;
        }
    }
    return true;
}

static bool is_year(const struct reading *r, unsigned i)
{
    return i < r->numbers && r->digits[i] == 4 && r->number[i] >= FIRST_YEAR &&
           r->number[i] <= LAST_YEAR;
}

static bool is_fiscal(const char *words)
{
    static const char *const fiscal[] = {"fy", "sfy", "ffy", "fiscal", NULL};

    return ddg_words_have_any(words, fiscal);
}

/* Years stand alone or among words that name no part of a year. */
static bool are_whole_years(struct ddg_text label, const struct reading *r)
{
    static const char *const whole[] = {
        "fy",          "sfy",         "ffy",          "cy",    "sy",       "fiscal", "calendar",
        "state",       "school",      "year",         "years", "yr",       "yrs",    "to",
        "through",     "thru",        "until",        "total", "combined", "annual", "average",
        "preliminary", "provisional", "final",        "all",   "p",        "r",      "federal",
        "academic",    "revised",     "\xe2\x80\x93", NULL};

    for (size_t i = 0; i < label.length; i++)
        /* "2015, 2019" is no range */
        if (strchr(",;&+|.$%:", label.at[i]))
            return false;
    for (const char *at = r->words + 1, *end; *at; at = end + 1) {
        char word[DDG_WORDS_ROOM + 1];

        end = strchr(at, ' ');
        snprintf(word, sizeof word, " %.*s ", (int)(end - at), at);
        if ((*at < '0' || *at > '9') && !ddg_words_have_any(word, whole))
            return false;
    }
    return true;
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

/* "2018-2022", and "2010-11", which is a fiscal year; "2018-22" may be a week, unless somebody says
 * that it is years. */
static bool read_years(struct ddg_text label, const struct reading *r, const char *column,
                       uint32_t *months)
{
    static const char *const parts[] = {"month", "months", "week", "weeks", "day", "date", NULL};
    static const char *const years[] = {"year", "years", "yr", "yrs", NULL};
    uint32_t from = r->number[0], to = r->number[1];
    bool brief = r->numbers == 2 && r->digits[1] == 2;
    /* "2020-2021" in a column "school_year" */
    bool of_one = is_fiscal(r->words) || is_fiscal(column) ||
                  ((ddg_words_have(column, "year") || ddg_words_have(column, "yr")) &&
                   !ddg_words_have(column, "years"));

    if (r->months > 0 || !is_year(r, 0) || !are_whole_years(label, r))
        return false;
    if (r->numbers == 1) {
        /* in a column of months the month of a bare year is elsewhere */
        if (!names_part(column, months))
            *months = MONTHS;
        return true;
    }
    if (r->numbers != 2 || (!brief && !is_year(r, 1)))
        return false;
    if (brief) {
        bool said = is_fiscal(r->words) || is_fiscal(column);

        /* "2024-03" and, in a column of months, "2010-11" are months */
        if (!said &&
            (ddg_words_have_any(column, parts) ||
             (to != (from + 1) % 100 && (to <= MONTHS || !ddg_words_have_any(column, years)))))
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
static bool read_months(const struct reading *r, uint32_t *months)
{
    uint32_t first, last;

    static const char *const apart[] = {"and", "monthly", "weekly", "daily", "week", NULL};

    if (r->months == 0 || r->numbers > 2)
        return false;
    if (r->months == 2 && ddg_words_have_any(r->words, apart))
        return false;
    if (r->months == 1) {
        *months = r->numbers == 2 ? 0 : 1;
        return r->numbers == 0 || is_year(r, r->numbers - 1);
    }
    if (r->numbers > 0 && !is_year(r, 0))
        return false;
    first = (r->numbers > 0 ? r->number[0] * MONTHS : 0) + r->month[0];
    last = (r->numbers > 0 ? r->number[r->numbers - 1] * MONTHS : 0) + r->month[1];
    if (last < first && r->numbers < 2)
        last += MONTHS;
    *months = last - first + 1;
    return last >= first;
}

static bool read_words(const struct reading *r, uint32_t *months)
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
static bool read_named(const struct reading *r, const char *column, uint32_t *months)
{
    static const char *const finer[] = {"week", "day", "date", NULL};

    if (r->numbers != 1 || r->months > 0 || r->digits[0] > 2)
        return false;
    return names_part(column, months) || ddg_words_have_any(column, finer);
}

/* "18 months", "5 years" */
static bool read_length(const struct reading *r, const char *column, uint32_t *months)
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
    struct reading r;
    enum ddg_date_label date;

    label = ddg_text_trim(label);
    if (!read_parts(label, &r))
        return false;
    if (read_years(label, &r, column, months))
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
    struct reading r;

    if (!read_parts(ddg_text_trim(label), &r) || r.numbers != 2 || !is_year(&r, 0) ||
        !is_year(&r, 1))
        return false;
    *from = r.number[0];
    *to = r.number[1];
    return true;
}

bool ddg_period_label_span(struct ddg_text label, uint32_t *from, uint32_t *to)
{
    struct reading r;

    *from = UINT32_MAX;
    *to = 0;
    if (!read_parts(ddg_text_trim(label), &r))
        return false;
    for (unsigned i = 0; i < r.numbers; i++) {
        uint32_t year = r.number[i];

        /* "202003" and "20200315" */
        for (unsigned digits = r.digits[i]; digits > 4 && digits % 2 == 0; digits -= 2)
            year /= 100;
        if (year < FIRST_YEAR || year > LAST_YEAR)
            continue;
        *from = year < *from ? year : *from;
        *to = year > *to ? year : *to;
    }
    return *to > 0;
}

bool ddg_period_label_is_plain(struct ddg_text label)
{
    struct reading r;
    uint32_t months;

    if (!read_parts(ddg_text_trim(label), &r) || !ddg_period_label_read(label, "", &months))
        return false;
    for (unsigned i = 0; i < r.numbers; i++)
        if (is_year(&r, i))
            return true;
    return false;
}
