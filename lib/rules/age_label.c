#include "rules/age_label.h"

#include "base/number.h"
#include "rules/words.h"

enum {
    OLDEST_PERSON = 130,
    HUNDRED_LESS_ONE = 99, /* where a range that means "and over" may end */
};

/* The last two numbers of a text, of three digits at most each. */
static unsigned read_numbers(struct ddg_text label, uint32_t number[2])
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
            value > OLDEST_PERSON)
            return 0;
        if (count == 2)
            number[0] = number[1];
        number[count < 2 ? count++ : 1] = (uint32_t)value;
    }
    return count;
}

static bool has_byte(struct ddg_text text, char byte)
{
    return text.length > 0 && memchr(text.at, byte, text.length);
}

bool ddg_age_label_read(struct ddg_text label, struct ddg_age_range *range)
{
    static const char *const finer[] = {"month", "months", "mo",   "mos",   "week",
                                        "weeks", "day",    "days", "hours", NULL};
    static const char *const open[] = {"over", "older", "above", "up", "more", "plus", NULL};
    static const char *const below[] = {"under", "younger", "less", "below", "to", NULL};
    char said[DDG_WORDS_ROOM];
    uint32_t number[2] = {0, 0};
    unsigned count = read_numbers(label, number);
    bool more, less, strict;

    ddg_words_of(label, said);
    if (count == 0 || ddg_words_have_any(said, finer) || has_byte(label, '.'))
        return false;
    strict = !has_byte(label, '=') && !ddg_words_have(said, "and") && !ddg_words_have(said, "or");
    more = has_byte(label, '+') || has_byte(label, '>') || ddg_words_have_any(said, open);
    less = has_byte(label, '<') || ddg_words_have_any(said, below);
    if (count == 2) {
        /* "[80-90)" ends before 90 */
        *range = (struct ddg_age_range){number[0],
                                        number[1] - has_byte(label, ')') * has_byte(label, '[')};
        return range->low <= range->high;
    }
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

bool ddg_age_range_is_fine(const struct ddg_age_range *range)
{
    if (range->high != UINT32_MAX && range->high <= DDG_OLDEST_AGE)
        return false;
    return range->low > DDG_OLDEST_AGE + 1 || range->high < HUNDRED_LESS_ONE;
}
