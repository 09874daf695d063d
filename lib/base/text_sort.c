#define _GNU_SOURCE /* qsort_r */
#include "base/text_sort.h"

#include <stdlib.h>

enum {
    DEEP = 4 * DDG_TEXT_KEY, /* bits that are sorted by; what is the same that far is compared */
    FEW = 128,               /* so many are compared at once */
    RADIX = 256,
    DIGITS = DDG_TEXT_KEY / 8,
};

struct keyed {
    uint64_t key;
    uint32_t number;
};

/* What the sorting passes through qsort_r(). */
struct texts {
    const struct ddg_text *at;
};

static int compare(const void *a, const void *b, void *texts)
{
    const struct ddg_text *text = ((const struct texts *)texts)->at;

    return ddg_text_compare(text[((const struct keyed *)a)->number],
                            text[((const struct keyed *)b)->number]);
}

static unsigned digit_of(uint64_t key, unsigned digit)
{
    return key >> 8 * digit & (RADIX - 1);
}

/* Sorts by one byte of the keys; returns where they are then. */
static struct keyed *sort_by_digit(struct keyed *from, struct keyed *to, size_t count,
                                   unsigned digit, size_t *start)
{
    size_t at = 0;

    if (start[digit_of(from->key, digit)] == count)
        return from;
    for (unsigned i = 0; i < RADIX; i++) {
        size_t next = at + start[i];

        start[i] = at;
        at = next;
    }
    for (size_t i = 0; i < count; i++)
        to[start[digit_of(from[i].key, digit)]++] = from[i];
    return to;
}

static void sort_by_key(struct keyed *element, struct keyed *room, size_t count)
{
    size_t start[DIGITS][RADIX] = {{0}}; /* first how many have the byte */
    struct keyed *at = element;

    for (size_t i = 0; i < count; i++)
        for (unsigned digit = 0; digit < DIGITS; digit++)
            start[digit][digit_of(element[i].key, digit)]++;
    for (unsigned digit = 0; digit < DIGITS; digit++)
        at = sort_by_digit(at, at == element ? room : element, count, digit, start[digit]);
    if (at != element)
        memcpy(element, at, count * sizeof *at);
}

/* Sorts elements whose texts have the same first `skip` bits. */
static void sort_behind(struct texts text, struct keyed *element, struct keyed *room, size_t count,
                        unsigned skip)
{
    size_t end;

    if (count <= FEW || skip == DEEP) {
        qsort_r(element, count, sizeof *element, compare, &text);
        return;
    }
    for (size_t i = 0; i < count; i++)
        element[i].key = ddg_text_key(text.at[element[i].number], skip);
    sort_by_key(element, room, count);
    for (size_t i = 0; i < count; i = end) {
        for (end = i + 1; end < count && element[end].key == element[i].key;)
            end++;
        if (end - i > 1)
            sort_behind(text, element + i, room, end - i, skip + DDG_TEXT_KEY);
    }
}

enum ddg_error ddg_text_sort(const struct ddg_text *text, uint32_t *number, size_t count,
                             struct ddg_context *context)
{
    struct keyed *element;
    enum ddg_error error = ddg_allocate(&element, 2 * count, sizeof *element, context);

    if (error)
        return error;
    for (size_t i = 0; i < count; i++)
        element[i].number = number[i];
    sort_behind((struct texts){text}, element, element + count, count, 0);
    for (size_t i = 0; i < count; i++)
        number[i] = element[i].number;
    free(element);
    return DDG_OK;
}
