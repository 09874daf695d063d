#include "rules/date_label.h"

#include "base/number.h"
#include "rules/words.h"

enum { MONTHS = 12, WEEKS = 53 };

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

static bool is_month(const char *words)
{
    static const char *const months[] = {
        "january", "february", "march",    "april", "may", "june", "july", "august", "september",
        "october", "november", "december", "jan",   "feb", "mar",  "apr",  "jun",    "jul",
        "aug",     "sep",      "sept",     "oct",   "nov", "dec",  NULL};

    return ddg_words_have_any(words, months);
}

static bool is_digits(const char *word, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (word[i] < '0' || word[i] > '9')
            return false;
    return true;
}

/* Words that may stand in the label of a part of a year, beside the months. */
static bool is_known(const char *word, size_t length)
{
    static const char *const known[] = {"q",     "qtr",    "quarter", "h",      "half", "w",
                                        "wk",    "week",   "fy",      "sfy",    "ffy",  "cy",
                                        "st",    "nd",     "rd",      "th",     "to",   "of",
                                        "first", "second", "third",   "fourth", NULL};

    for (const char *const *each = known; *each; each++)
        if (strlen(*each) == length && memcmp(*each, word, length) == 0)
            return true;
    return false;
}

/* Labels in words: nothing but months, parts of years and numbers may stand there. */
static enum ddg_date_label read_words(struct ddg_text label)
{
    static const char *const parts[] = {"q", "qtr", "quarter", "h", "half",
                                        "w", "wk",  "week",    NULL};
    char words[DDG_WORDS_ROOM];
    bool year = false, month;

    ddg_words_of(label, words);
    month = is_month(words);
    if (!month && !ddg_words_have_any(words, parts))
        return DDG_DATE_NONE;
    for (const char *at = words + 1, *end; *at; at = end + 1) {
        char one[DDG_WORDS_ROOM] = " ";
        size_t length;

        end = strchr(at, ' ');
        length = (size_t)(end - at);
        memcpy(one + 1, at, length + 1);
        if (is_digits(at, length))
            year = year || (length == 4 && (at[0] == '1' || at[0] == '2'));
        else if (!is_known(at, length) && !is_month(one))
            return DDG_DATE_NONE;
    }
    return month || year ? DDG_DATE_PART : DDG_DATE_MAYBE;
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
