/*
 * Numbers as texts.  Parsing is strict (every byte counts, the locale never does) and amounts are
 * exact decimals: 0.1 + 0.2 is 0.3.
 */
#ifndef DDG_BASE_NUMBER_H
#define DDG_BASE_NUMBER_H

#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    DDG_UNSIGNED_ROOM = 21,      /* bytes that ddg_format_unsigned needs, NUL included */
    DDG_DECIMAL_ROOM = 48,       /* bytes that ddg_decimal_format needs, NUL included */
    DDG_DECIMAL_PLACES_MOST = 18 /* digits behind the point that a decimal may have */
};

/* Reads a whole number of digits only ("007" is 7).  False when the text is empty, holds anything
 * else, or exceeds UINT64_MAX; *value is then unchanged. */
bool ddg_parse_unsigned(struct ddg_text text, uint64_t *value);

/* The same for numbers as people publish them: spaces around, digits grouped by commas in threes
 * (" 293,311 ").  Groups of any other size are refused. */
bool ddg_parse_grouped(struct ddg_text text, uint64_t *value);

/* Writes the digits and a NUL into `room` (DDG_UNSIGNED_ROOM bytes) and returns a view of them. */
struct ddg_text ddg_format_unsigned(uint64_t value, char *room);

/* Adds b to *a; false on overflow, *a then unchanged. */
bool ddg_add_unsigned(uint64_t *a, uint64_t b);

/* An exact decimal: `units` times ten to the power of minus `places`. */
struct ddg_decimal {
    __int128 units;
    unsigned places; /* 0..DDG_DECIMAL_PLACES_MOST */
};

/* Reads an optional sign, digits, and optionally a point with more digits; at least one digit.
 * False for anything else (exponents, currency signs, groups) and when it does not fit. */
bool ddg_decimal_parse(struct ddg_text text, struct ddg_decimal *value);

/* Adds b to *a exactly, with as many places as the finer of the two; false on overflow. */
bool ddg_decimal_add(struct ddg_decimal *a, struct ddg_decimal b);

/* Writes all `places` digits, so that money keeps its cents ("12.50").  `room` holds
 * DDG_DECIMAL_ROOM bytes; returns a view of them. */
struct ddg_text ddg_decimal_format(struct ddg_decimal value, char *room);

#endif
