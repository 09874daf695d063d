/*
 * Putting many labels in order.  Comparing two of them takes long, since digits are read as
 * numbers; so each is turned into a number of 64 bits that does not contradict their order, and
 * these are sorted by their bytes, from the last to the first.
 */
#ifndef DDG_BASE_TEXT_SORT_H
#define DDG_BASE_TEXT_SORT_H

#include "base/memory.h"

#include <stdint.h>

/* Sorts `count` numbers, each of which is the place of a text in text[], by ddg_text_compare() of
 * the texts; equal ones come in any order.  After an error the numbers are as they were. */
enum ddg_error ddg_text_sort(const struct ddg_text *text, uint32_t *number, size_t count,
                             struct ddg_context *context);

#endif
