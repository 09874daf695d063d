/*
 * Tuples of numbers, built number by number, that go by a name (base/names).
 */
#ifndef DDG_BASE_TUPLE_H
#define DDG_BASE_TUPLE_H

#include "base/memory.h"
#include "base/text.h"

#include <stdint.h>

struct ddg_tuple {
    uint32_t *number;
    size_t count; /* set it to 0 to begin another */
    size_t room;
};

enum ddg_error ddg_tuple_push(struct ddg_tuple *tuple, uint32_t number,
                              struct ddg_context *context);

/* The numbers in ascending order. */
void ddg_tuple_sort(struct ddg_tuple *tuple);

/* The same bytes for the same tuple, until it is changed. */
struct ddg_text ddg_tuple_name(const struct ddg_tuple *tuple);

void ddg_tuple_free(struct ddg_tuple *tuple);

#endif
