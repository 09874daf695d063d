#include "rules/period_parts.h"

#include "rules/period_label.h"

enum { MONTHS = 12 };

uint32_t ddg_period_month_of(const char *word, size_t length)
{
    static const char *const name[] = {"january",   "february", "march",    "april",
                                       "may",       "june",     "july",     "august",
                                       "september", "october",  "november", "december"};

    for (uint32_t i = 0; length >= 3 && i < MONTHS; i++)
        if (length <= strlen(name[i]) && memcmp(word, name[i], length) == 0)
            return i + 1;
    return length == 4 && memcmp(word, "sept", 4) == 0 ? 9 : 0;
}

bool ddg_period_parts_read(struct ddg_text label, struct ddg_period_parts *r)
{
    *r = (struct ddg_period_parts){.numbers = 0};
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
        } else if ((month = ddg_period_month_of(at, length)) > 0) {
            if (r->months == 2)
                return false;
            r->month[r->months++] = month;
        }
    }
    return true;
}

bool ddg_period_part_is_year(const struct ddg_period_parts *r, unsigned i)
{
    return i < r->numbers && r->digits[i] == 4 && r->number[i] >= DDG_PERIOD_FIRST_YEAR &&
           r->number[i] <= DDG_PERIOD_LAST_YEAR;
}

bool ddg_period_is_fiscal(const char *words)
{
    static const char *const fiscal[] = {"fy", "sfy", "ffy", "fiscal", NULL};

    return ddg_words_have_any(words, fiscal);
}
