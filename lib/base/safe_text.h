/*
 * Text that grows in a room of fixed size, without a call that a signal could have interrupted: for
 * what a handler has to say.  What does not fit is left out.
 */
#ifndef DDG_BASE_SAFE_TEXT_H
#define DDG_BASE_SAFE_TEXT_H

#include <stddef.h>
#include <stdint.h>

struct ddg_safe_text {
    char *at;
    size_t room, used;
};

void ddg_safe_add(struct ddg_safe_text *text, const char *string);

/* Adds the number with leading zeros up to `least` digits, 20 at most. */
void ddg_safe_add_number(struct ddg_safe_text *text, uint64_t number, unsigned least);

/* Adds the time, in seconds since 1970, as "2025-10-24T16:30:00Z". */
void ddg_safe_add_time(struct ddg_safe_text *text, uint64_t seconds);

#endif
