/*
 * What labels of time say: numbers, months, parts of years, and words and signs for what lies
 * between, before and behind.
 */
#ifndef DDG_RULES_TIME_TOKEN_H
#define DDG_RULES_TIME_TOKEN_H

#include "base/text.h"

#include <stdint.h>

enum ddg_time_word {
    DDG_TIME_END, /* behind the last */
    DDG_TIME_NUMBER,
    DDG_TIME_MONTH,   /* by name */
    DDG_TIME_QUARTER, /* the word */
    DDG_TIME_HALF,
    DDG_TIME_DASH,
    DDG_TIME_SLASH,
    DDG_TIME_TO,  /* "through" */
    DDG_TIME_AND, /* "&", "," */
    DDG_TIME_PLUS,
    DDG_TIME_YTD,    /* "year to date" */
    DDG_TIME_NOW,    /* "present" */
    DDG_TIME_SINCE,  /* stands before */
    DDG_TIME_LATER,  /* stands behind */
    DDG_TIME_BEFORE, /* before or behind */
};

struct ddg_time_token {
    enum ddg_time_word word;
    uint32_t number; /* of up to eight digits; of a month, from 1 */
    unsigned digits;
};

enum { DDG_TIME_TOKENS = 16 };

/* Takes a label apart, without what says nothing ("of", "fiscal year"); DDG_TIME_END is behind the
 * last.  False where it has words that are not known, or too many. */
bool ddg_time_tokens_read(struct ddg_text label, struct ddg_time_token token[DDG_TIME_TOKENS + 1]);

#endif
