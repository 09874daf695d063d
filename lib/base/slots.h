/*
 * The slots of a hash table with open addressing, for things that are numbered in order of arrival:
 * a thing stands in the first free slot from the one that its hash names on.
 */
#ifndef DDG_BASE_SLOTS_H
#define DDG_BASE_SLOTS_H

#include "base/memory.h"

#include <stdint.h>

struct ddg_numbered {
    uint32_t number_and_1; /* 0 where the slot is free */
    uint32_t tag;          /* the low bits of the thing's hash */
};

/* Makes twice as many of *slots slots, a power of two, and moves what stands in them; the first few
 * where there are none.  After an error all is as it was.  Free with ddg_slots_free(). */
enum ddg_error ddg_slots_double(struct ddg_numbered **slot, size_t *slots,
                                struct ddg_context *context);

/* NULL is fine. */
void ddg_slots_free(struct ddg_numbered *slot, size_t slots);

#endif
