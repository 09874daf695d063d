#include "base/tuple.h"

#include <stdlib.h>

enum ddg_error ddg_tuple_push(struct ddg_tuple *t, uint32_t number, struct ddg_context *context)
{
    enum ddg_error error = ddg_grow(&t->number, &t->room, t->count + 1, sizeof *t->number, context);

    if (!error)
        t->number[t->count++] = number;
    return error;
}

static int compare(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;

    return *x < *y ? -1 : *x > *y;
}

void ddg_tuple_sort(struct ddg_tuple *t)
{
    if (t->count > 0)
        qsort(t->number, t->count, sizeof *t->number, compare);
}

struct ddg_text ddg_tuple_name(const struct ddg_tuple *t)
{
    return (struct ddg_text){(const char *)t->number, t->count * sizeof *t->number};
}

void ddg_tuple_free(struct ddg_tuple *t)
{
    free(t->number);
    *t = (struct ddg_tuple){0};
}
