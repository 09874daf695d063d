#include "attack/listing.h"

#include <stdlib.h>

struct listing {
    const struct ddg_publication *p;
    bool *listed;     /* of each slot */
    uint32_t *number; /* of the first of joined slots: 1 + the release that was listed last */
};

/* True when a rate stands in place of the count, or was left out: nobody hid it. */
static bool is_rate(const struct ddg_publication *p, const struct ddg_release *r, uint32_t slot)
{
    const struct ddg_slot_place at = ddg_slot_at(p, slot);
    const struct ddg_measure *measure = &r->table->measure[at.measure];
    bool suppressed = p->code[slot] == DDG_CODE_SMALL || p->code[slot] == DDG_CODE_COMPLEMENTARY;

    if (!measure->rated || at.cell >= r->model.printed)
        return false;
    return ddg_is_rated(r->table, r->description, at.cell, measure) ||
           (!suppressed && ddg_table_field(r->table, at.cell, measure->count).length == 0);
}

/* True when a cell is shown in another table, and no count of it hidden here: it is a rate, or it
 * has no row and the other table has the same header, so that nobody left it out. */
static bool stands_elsewhere(const struct ddg_publication *p, uint32_t release, uint32_t slot)
{
    uint32_t giver = p->giver[ddg_slot_first(p, slot)];
    const struct ddg_release *r = &p->release[release], *from;

    if (giver == DDG_NO_SLOT || p->seen[giver] != DDG_SEEN_SHOWN)
        return false;
    if (ddg_slot_at(p, slot).cell < r->model.printed)
        return is_rate(p, r, slot);
    from = &p->release[ddg_slot_at(p, giver).release];
    return from->previous == r->previous && ddg_table_same_header(from->table, r->table);
}

static bool may_be_listed(const struct listing *l, uint32_t release, uint32_t slot)
{
    const struct ddg_publication *p = l->p;
    uint32_t before = l->number[ddg_slot_first(p, slot)];

    if (p->seen[slot] != DDG_SEEN_HIDDEN || p->wanted[slot] == 0 ||
        stands_elsewhere(p, release, slot))
        return false;
    if (before == 0 || before == release + 1)
        return true;
    return !p->release[release].previous &&
           !ddg_table_same_header(p->release[before - 1].table, p->release[release].table);
}

static void list_release(struct listing *l, uint32_t release)
{
    const struct ddg_publication *p = l->p;

    for (uint32_t slot = p->base[release]; slot < p->base[release + 1]; slot++)
        if ((l->listed[slot] = may_be_listed(l, release, slot)))
            l->number[ddg_slot_first(p, slot)] = release + 1;
}

/* Tables of one header are gone through one behind the other, so that the release that was listed
 * last is one of them wherever one of them was. */
static enum ddg_error list(struct listing *l, struct ddg_context *context)
{
    const struct ddg_publication *p = l->p;
    bool *done;
    enum ddg_error error;

    if ((error = ddg_allocate(&l->number, p->slots, sizeof *l->number, context)) ||
        (error = ddg_allocate(&done, p->releases, sizeof *done, context)))
        return error;
    for (uint32_t r = 0; r < p->releases; r++)
        for (uint32_t other = r; !done[r] && other < p->releases; other++) {
            if (p->release[other].previous != p->release[r].previous ||
                !ddg_table_same_header(p->release[other].table, p->release[r].table))
                continue;
            list_release(l, other);
            done[other] = other > r;
        }
    free(done);
    return DDG_OK;
}

enum ddg_error ddg_listing_make(const struct ddg_publication *p, bool **listed,
                                struct ddg_context *context)
{
    struct listing listing = {.p = p};
    enum ddg_error error = ddg_allocate(listed, p->slots, sizeof **listed, context);

    listing.listed = *listed;
    if (!error)
        error = list(&listing, context);
    free(listing.number);
    return error;
}
