/*
 * Labels of ages: "12", "90-94", "[80-90)", "80-<90", "85+", "90 and over", "up to 4", "under 1",
 * and what rules/age_forms.h has.
 */
#ifndef DDG_RULES_AGE_LABEL_H
#define DDG_RULES_AGE_LABEL_H

#include "base/text.h"

#include <stdint.h>

/* The oldest that an age category has to tell apart (R-SAFE-1): all above are one category. */
#define DDG_OLDEST_AGE 89

struct ddg_age_range {
    uint32_t low, high; /* years, both ends included; high is UINT32_MAX for an open range */
};

/* Reads a label; false where it names no age, or one in months, weeks or days. */
bool ddg_age_label_read(struct ddg_text label, struct ddg_age_range *range);

/* The same for one in any unit, with numbers up to `most`. */
bool ddg_age_label_count(struct ddg_text label, uint32_t most, struct ddg_age_range *range);

/* Reads a label that by itself is one of ages up to `last`, and no single number: beside numbers it
 * has nothing but words for ages.  False for any other. */
bool ddg_age_label_is_plain(struct ddg_text label, uint64_t last, struct ddg_age_range *range);

/* True where a label speaks of age or years. */
bool ddg_age_label_speaks(struct ddg_text label);

/* True where words (ddg_words_of()) of a column's name say that it holds ages. */
bool ddg_age_words_name_ages(const char *words);

/* True when words (ddg_words_of()) of a label or of a column's name speak of months, weeks, days or
 * hours of age. */
bool ddg_age_words_are_fine(const char *words);

/* True when the range tells ages over 89 apart: it holds some of them and not all. */
bool ddg_age_range_is_fine(const struct ddg_age_range *range);

#endif
