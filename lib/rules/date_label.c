#include "rules/date_label.h"

#include "base/number.h"
#include "rules/words.h"

enum { MONTHS = 12, WEEKS = 53 };

#define MONTH_NAMES                                                                                \
    "january", "february", "march", "april", "may", "june", "july", "august", "september",         \
        "october", "november", "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", \
        "sept", "oct", "nov", "dec"

static unsigned two_digits(const char *at)
{
    return (unsigned)(at[0] - '0') * 10 + (unsigned)(at[1] - '0');
}

/* "2024-03" is a month, "2010-11" more often the year from 2010 to 2011. */
static enum ddg_date_label read_year_and(struct ddg_text label)
{
    unsigned second = two_digits(label.at + 5);

    if (second == (two_digits(label.at + 2) + 1) % 100)
        return DDG_DATE_YEARS;
    return second >= 1 && second <= MONTHS ? DDG_DATE_PART : DDG_DATE_NONE;
}

static bool has_year(const char *words)
{
    for (const char *at = words; (at = strchr(at, ' ')) != NULL;)
        if ((*++at == '1' || *at == '2') && strspn(at, "0123456789") == 4)
            return true;
    return false;
}

/* Labels in words: nothing but months, parts of years and numbers may stand there. */
static enum ddg_date_label read_words(struct ddg_text label)
{
    static const char *const months[] = {MONTH_NAMES, NULL};
    static const char *const parts[] = {"q", "qtr", "quarter", "h", "half",
                                        "w", "wk",  "week",    NULL};
    static const char *const known[] = {MONTH_NAMES, "q",     "qtr",    "quarter", "h",      "half",
                                        "w",         "wk",    "week",   "fy",      "sfy",    "ffy",
                                        "cy",        "st",    "nd",     "rd",      "th",     "to",
                                        "of",        "first", "second", "third",   "fourth", NULL};
    char words[DDG_WORDS_ROOM];
    bool month;

    ddg_words_of(label, words);
    month = ddg_words_have_any(words, months);
    if ((!month && !ddg_words_have_any(words, parts)) || !ddg_words_are_all(words, known))
        return DDG_DATE_NONE;
    return month || has_year(words) ? DDG_DATE_PART : DDG_DATE_MAYBE;
}

enum ddg_date_label ddg_date_label_read(struct ddg_text label)
{
    static const char *const days[] = {"9999-99-99", "9999-99-99T~", "9999-99-99 ~", "9/9/9999~",
                                       "99/9/9999~", "9/99/9999~",   "99/99/9999~",  "9/9/99",
                                       "99/9/99",    "9/99/99",      "99/99/99",     NULL};
    static const char *const months[] = {"9/9999", "99/9999", "99-9999", NULL};
    static const char *const years[] = {"9999-99", "9999/99", NULL};
    uint64_t number;

    label = ddg_text_trim(label);
    if (ddg_text_fits_any(label, days))
        return DDG_DATE_FULL;
    if (ddg_text_fits_any(label, months))
        return DDG_DATE_PART;
    if (ddg_text_fits_any(label, years))
        return read_year_and(label);
    if (ddg_parse_unsigned(label, &number)) {
        bool month =
            number >= 190001 && number <= 209912 && number % 100 >= 1 && number % 100 <= MONTHS;

        return (number >= 1 && number <= WEEKS) || month || ddg_text_fits(label, "20999999") ||
                       ddg_text_fits(label, "19999999")
                   ? DDG_DATE_MAYBE
                   : DDG_DATE_NONE;
    }
    return read_words(label);
}
