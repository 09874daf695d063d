#define _GNU_SOURCE /* memmem */
#include "rules/age_label.h"

#include "base/number.h"
#include "rules/age_forms.h"
#include "rules/words.h"

/* Signs in UTF-8. */
#define AT_LEAST "\xe2\x89\xa5"
#define AT_MOST "\xe2\x89\xa4"

enum {
    OLDEST_PERSON = 130,
    HUNDRED_LESS_ONE = 99, /* where a range that means "and over" may end */
};

/* The two numbers of a text, up to `most` each; 0 where there are more, but for one that numbers
 * the bands: "Group 3: 18-44", "(3) 18-44". */
static unsigned read_numbers(struct ddg_text label, uint32_t most, uint32_t number[2])
{
    unsigned count = 0;

    for (size_t i = 0; i < label.length;) {
        size_t from = i;
        uint64_t value = 0;

        while (i < label.length && label.at[i] >= '0' && label.at[i] <= '9')
            i++;
        if (i == from) {
            i++;
            continue;
        }
        if (!ddg_parse_unsigned((struct ddg_text){label.at + from, i - from}, &value) ||
            value > most || count == 2)
            return 0;
        if (count == 0 && i < label.length && (label.at[i] == ':' || label.at[i] == ')'))
            continue;
        number[count++] = (uint32_t)value;
    }
    return count;
}

static bool has_byte(struct ddg_text text, char byte)
{
    return text.length > 0 && memchr(text.at, byte, text.length);
}

/* True for '<' or '>' that no '=' follows. */
static bool has_strict(struct ddg_text text, char byte)
{
    for (size_t i = 0; i < text.length; i++)
        if (text.at[i] == byte && (i + 1 == text.length || text.at[i + 1] != '='))
            return true;
    return false;
}

static bool has_sign(struct ddg_text text, const char *sign)
{
    return text.length > 0 && memmem(text.at, text.length, sign, strlen(sign));
}

bool ddg_age_words_are_fine(const char *words)
{
    static const char *const finer[] = {"month", "months", "mo",      "mos",    "mth",   "mths",
                                        "m",     "week",   "weeks",   "wk",     "wks",   "w",
                                        "day",   "days",   "d",       "hour",   "hours", "hr",
                                        "hrs",   "h",      "newborn", "infant", NULL};

    return ddg_words_have_any(words, finer);
}

/* Both ends of a band, of which either may be left out: "[80-90)" ends before 90, and so do
 * "80-<90" and "80 to under 90"; "(80,90]" begins behind 80. */
static bool read_band(struct ddg_text label, const char *said, struct ddg_age_range *range)
{
    static const char *const over[] = {"over", "older", "above", "more", NULL};
    static const char *const under[] = {"under", "younger", "less", "below", NULL};
    bool round = has_byte(label, '(') && has_byte(label, ',') && has_byte(label, ')');

    range->low += round || (has_byte(label, '(') && has_byte(label, ']')) ||
                  has_strict(label, '>') || ddg_words_have_any(said, over);
    if (round || (has_byte(label, '[') && has_byte(label, ')')) || has_strict(label, '<') ||
        ddg_words_have_any(said, under)) {
        if (range->high == 0)
            return false;
        range->high--;
    }
    return range->low <= range->high;
}

/* "1.5", and not "yrs." */
static bool has_fraction(struct ddg_text label)
{
    for (size_t i = 0; i + 1 < label.length; i++)
        if (label.at[i] == '.' && label.at[i + 1] >= '0' && label.at[i + 1] <= '9')
            return true;
    return false;
}

bool ddg_age_label_count(struct ddg_text label, uint32_t most, struct ddg_age_range *range)
{
    static const char *const open[] = {"over", "older", "above", "up", "more", "plus", NULL};
    static const char *const below[] = {"under", "younger", "less", "below", "to", NULL};
    static const char *const negation[] = {"no", "not", NULL};
    char said[DDG_WORDS_ROOM];
    uint32_t number[2] = {0, 0};
    unsigned count = read_numbers(label, most, number);
    bool more, less, strict;

    ddg_words_of(label, said);
    if (count == 0 || ddg_words_have_any(said, negation) || has_fraction(label))
        return false;
    if (count == 2) {
        *range = (struct ddg_age_range){number[0], number[1]};
        return read_band(label, said, range);
    }
    strict = !has_byte(label, '=') && !has_sign(label, AT_LEAST) && !has_sign(label, AT_MOST) &&
             !ddg_words_have(said, "and") && !ddg_words_have(said, "or") &&
             !ddg_words_have(said, "to");
    more = has_byte(label, '+') || has_byte(label, '>') || has_sign(label, AT_LEAST) ||
           (ddg_words_have_any(said, open) && !ddg_words_have(said, "up to"));
    less = has_byte(label, '<') || has_sign(label, AT_MOST) || ddg_words_have_any(said, below);
    *range = (struct ddg_age_range){number[0], number[0]};
    if (more) {
        /* "over 89" begins at 90; "89 and over", "89+" and ">= 89" at 89 */
        range->low += strict && !has_byte(label, '+') && !ddg_words_have(said, "plus");
        range->high = UINT32_MAX;
    } else if (less) {
        range->low = 0;
        range->high -= strict && range->high > 0;
    }
    return true;
}

bool ddg_age_label_read(struct ddg_text label, struct ddg_age_range *range)
{
    char said[DDG_WORDS_ROOM], room[DDG_AGE_FORMS_ROOM];

    label = ddg_age_forms_signs(label, room);
    ddg_words_of(label, said);
    return !ddg_age_words_are_fine(said) && ddg_age_label_count(label, OLDEST_PERSON, range);
}

/* Beside numbers nothing stands in the label but words for ages. */
static bool has_nothing_else(struct ddg_text label)
{
    static const char *const known[] = {
        "age", "ages",    "aged", "year",    "years",        "yr",    "yrs",
        "y",   "old",     "and",  "or",      "over",         "older", "above",
        "up",  "more",    "plus", "under",   "less",         "than",  "below",
        "to",  "through", "thru", "younger", "\xe2\x80\x93", NULL};
    char words[DDG_WORDS_ROOM];

    ddg_words_of(label, words);
    return ddg_words_are_all(words, known) && !has_byte(label, '%') && !has_byte(label, '$');
}

/* What goes to 100 or more may be percent. */
bool ddg_age_label_is_plain(struct ddg_text label, uint64_t last, struct ddg_age_range *range)
{
    uint64_t number;

    return !ddg_parse_unsigned(ddg_text_trim(label), &number) && has_nothing_else(label) &&
           ddg_age_label_read(label, range) &&
           (range->high == UINT32_MAX ? range->low : range->high) <= last;
}

bool ddg_age_label_speaks(struct ddg_text label)
{
    static const char *const words[] = {"age", "ages", "aged", "years", "yrs", "yr", NULL};
    char said[DDG_WORDS_ROOM];

    ddg_words_of(label, said);
    return ddg_words_have_any(said, words);
}

bool ddg_age_words_name_ages(const char *words)
{
    static const char *const names[] = {"age",     "ages",     "agegroup",  "agegrp", "agecat",
                                        "ageband", "agerange", "agegroups", NULL};

    return ddg_words_have_any(words, names);
}

bool ddg_age_range_is_fine(const struct ddg_age_range *range)
{
    if (range->high != UINT32_MAX && range->high <= DDG_OLDEST_AGE)
        return false;
    return range->low > DDG_OLDEST_AGE + 1 || range->high < HUNDRED_LESS_ONE;
}
