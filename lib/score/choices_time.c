#include "score/finding.h"

#include "rules/period_label.h"
#include "rules/words.h"

#include <stdlib.h>

enum { YEAR = 12, FIRST_YEAR = 1850, LAST_YEAR = 2150 };

/* The one year that a label names, 0 where there is none or several. */
static unsigned year_of(struct ddg_text label)
{
    char words[DDG_WORDS_ROOM];
    unsigned year = 0;

    ddg_words_of(label, words);
    for (const char *at = words; (at = strchr(at, ' ')) != NULL && at[1];) {
        struct ddg_text word = {at + 1, strcspn(at + 1, " ")};

        at++;
        if (!ddg_text_fits(word, "9999"))
            continue;
        if (year)
            return 0;
        year = (unsigned)strtoul(word.at, NULL, 10);
    }
    return year;
}

bool ddg_finding_years(const struct finding *f, bool one, unsigned *first, unsigned *last,
                       bool *parts)
{
    uint32_t months_of[LAST_YEAR - FIRST_YEAR + 1] = {0};

    *first = *last = 0;
    *parts = false;
    for (uint32_t i = 0; i < f->d->category.count; i++) {
        unsigned year;
        uint32_t months = 0;

        if (!ddg_finding_uses(f, i))
            continue;
        year = year_of(f->d->category.text[i]);
        if (year < FIRST_YEAR || year > LAST_YEAR ||
            !ddg_period_label_read(f->d->category.text[i], "", &months) || months == 0)
            return false;
        months_of[year - FIRST_YEAR] += months;
        *parts = *parts || months < YEAR;
        if (*first == 0 || year < *first)
            *first = year;
        if (year > *last)
            *last = year;
    }
    for (unsigned year = *first; *first > 0 && year <= *last; year++) {
        uint32_t months = months_of[year - FIRST_YEAR];

        if (months < YEAR && (one || months > 0))
            return false;
    }
    return *first > 0 && *last < LAST_YEAR;
}

enum ddg_error ddg_find_choices_of_time(const struct finding *f)
{
    struct ddg_choice *choice;
    unsigned first, last;
    bool parts;

    if (f->d->levels > 1 || !ddg_finding_years(f, false, &first, &last, &parts) || !parts)
        return DDG_OK;
    choice = ddg_finding_add(f, ddg_finding_say(f, "take %.*s together to years",
                                                (int)ddg_finding_name(f).length,
                                                ddg_finding_name(f).at));
    for (uint32_t i = 0; choice && i < f->d->category.count; i++) {
        const char *label;

        if (!ddg_finding_uses(f, i))
            continue;
        if (!(label = ddg_finding_say(f, "%u", year_of(f->d->category.text[i]))))
            return DDG_MEMORY;
        choice->label[i] = ddg_text_of(label);
    }
    return choice ? DDG_OK : DDG_MEMORY;
}
