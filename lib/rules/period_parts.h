/*
 * What labels of periods are made of: numbers, months by name, and words.
 */
#ifndef DDG_RULES_PERIOD_PARTS_H
#define DDG_RULES_PERIOD_PARTS_H

#include "rules/words.h"

struct ddg_period_parts {
    uint32_t number[4]; /* of up to eight digits each, in order */
    unsigned digits[4];
    unsigned numbers;
    uint32_t month[2]; /* named months, from 1 */
    unsigned months;
    char words[DDG_WORDS_ROOM]; /* see ddg_words_of() */
};

/* Takes a label apart; false where it has more numbers or months than that. */
bool ddg_period_parts_read(struct ddg_text label, struct ddg_period_parts *parts);

/* The month, from 1, of `length` small letters: "mar", "march"; 0 for none. */
uint32_t ddg_period_month_of(const char *word, size_t length);

/* True where the number is that of a year. */
bool ddg_period_part_is_year(const struct ddg_period_parts *parts, unsigned number);

/* True where words of a label or of a column's name speak of fiscal years. */
bool ddg_period_is_fiscal(const char *words);

#endif
