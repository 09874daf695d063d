/*
 * What names and values look like, for checks that have to guess what a column is.
 *
 * A name is taken apart into its words: "patient_nbr", "PatientNbr" and "Patient-Nbr (old)" all
 * begin with the words "patient nbr", and "average" does not hold the word "age".
 */
#ifndef DDG_RULES_WORDS_H
#define DDG_RULES_WORDS_H

#include "base/text.h"

#include <stdint.h>

enum { DDG_WORDS_ROOM = 256 };

/* Writes the words of `name` in lower case, with a space before, between and behind them; a name
 * that is too long is cut. */
void ddg_words_of(struct ddg_text name, char room[DDG_WORDS_ROOM]);

/* True when `words` holds the phrase (one word, or several with a space between) as whole words. */
bool ddg_words_have(const char *words, const char *phrase);

/* The same for any of several phrases; the list ends with NULL. */
bool ddg_words_have_any(const char *words, const char *const *phrases);

/* True when every word but numbers is one of these; the list ends with NULL. */
bool ddg_words_are_all(const char *words, const char *const *known);

/* True when the text has the shape of the pattern: '9' is any digit, '~' at the end anything, and
 * every other byte is itself. */
bool ddg_text_fits(struct ddg_text text, const char *pattern);

/* The same for any of several patterns; the list ends with NULL. */
bool ddg_text_fits_any(struct ddg_text text, const char *const *patterns);

/* True for what stands where a number should be and is none: blank, "S", "*", "N/A", "null",
 * "suppressed" ... and "<11" with the threshold of 11. */
bool ddg_text_is_mask(struct ddg_text text, uint64_t threshold);

/* True for a number as people publish it: sign, currency, grouped digits, decimals, percent,
 * interval ("1.2 to 3.4", "<1%").  Dates are none. */
bool ddg_text_is_number(struct ddg_text text);

#endif
