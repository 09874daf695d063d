/*
 * Ages in other forms than rules/age_label.h reads: "LT 18", "at least 18", "0..17", "Birth-17",
 * "Children (0-17)".
 * Whoever compares bands reads them; a score reads the signs, and takes what is no usual label for
 * the narrowest.
 */
#ifndef DDG_RULES_AGE_FORMS_H
#define DDG_RULES_AGE_FORMS_H

#include "base/text.h"

enum { DDG_AGE_FORMS_ROOM = 128 };

/* Writes the label with the signs that others stand for: "<18", "0-17", and not what words mean.
 * Returns as ddg_age_forms_plain() does. */
struct ddg_text ddg_age_forms_signs(struct ddg_text label, char room[DDG_AGE_FORMS_ROOM]);

/* Writes the label with the signs that such forms mean: "<18", ">=18", "0-17", "0-17".  Returns
 * what is in `room`; the label itself where it is too long or has none of them. */
struct ddg_text ddg_age_forms_plain(struct ddg_text label, char room[DDG_AGE_FORMS_ROOM]);

#endif
