/*
 * Columns of direct identifiers of persons (R-SAFE-1; 45 CFR 164.514(b)(2)(i)), told by their names
 * and by their values.
 */
#ifndef DDG_RULES_IDENTIFIERS_H
#define DDG_RULES_IDENTIFIERS_H

#include "table/table.h"

struct ddg_identifier {
    const char *what; /* "social security numbers" */
    bool personal;    /* nobody but a person has one; facilities have addresses too */
};

/* What the name of a column says that it holds; false where it says nothing of the kind.  `words`
 * as made by ddg_words_of(). */
bool ddg_identifier_by_name(const char *words, struct ddg_identifier *identifier);

/* What all values of a column look like that are neither blank nor the label `total`; false where
 * they look like nothing of the kind or there is none.  A single value in all rows is that of a
 * publisher, not of persons. */
bool ddg_identifier_by_values(const struct ddg_table *table, size_t column, struct ddg_text total,
                              struct ddg_identifier *identifier);

/* True when the words of a name are about an organisation: "hospital address". */
bool ddg_identifier_of_organisation(const char *words);

/* True when most of these values could be names of persons: two to four words, "Last, First". */
bool ddg_identifier_like_names(const struct ddg_table *table, size_t column, struct ddg_text total);

#endif
