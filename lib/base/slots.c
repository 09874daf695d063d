#include "base/slots.h"

#include "base/pages.h"

enum { FIRST_SLOTS = 64 };

enum ddg_error ddg_slots_double(struct ddg_numbered **slot, size_t *slots,
                                struct ddg_context *context)
{
    size_t count = *slots ? *slots * 2 : FIRST_SLOTS;
    struct ddg_numbered *moved;
    enum ddg_error error = ddg_pages_new(&moved, count * sizeof *moved, context);

    if (error)
        return error;
    for (size_t i = 0; i < *slots; i++) {
        size_t at = (*slot)[i].tag & (count - 1);

        if (!(*slot)[i].number_and_1)
            continue;
        while (moved[at].number_and_1)
            at = (at + 1) & (count - 1);
        moved[at] = (*slot)[i];
    }
    ddg_slots_free(*slot, *slots);
    *slot = moved;
    *slots = count;
    return DDG_OK;
}

void ddg_slots_free(struct ddg_numbered *slot, size_t slots)
{
    ddg_pages_free(slot, slots * sizeof *slot);
}
