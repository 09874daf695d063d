#include "protect/proofs.h"

#include <stdlib.h>

enum ddg_error ddg_proofs_init(struct ddg_proofs *p, const struct ddg_mask *mask,
                               struct ddg_context *context)
{
    const struct ddg_model *m = mask->model;
    enum ddg_error error;

    *p = (struct ddg_proofs){.mask = mask};
    if ((error = ddg_allocate(&p->of, m->cells, sizeof *p->of, context)) ||
        (error = ddg_allocate(&p->first, m->cells, sizeof *p->first, context)) ||
        (error = ddg_allocate(&p->scratch, m->lines, sizeof *p->scratch, context)) ||
        (error = ddg_grow(&p->start, &p->start_room, 1, sizeof *p->start, context)))
        return error;
    p->start[0] = 0;
    for (uint32_t cell = 0; cell < m->cells; cell++)
        p->of[cell] = DDG_NO_PROOF;
    return DDG_OK;
}

void ddg_proofs_free(struct ddg_proofs *p)
{
    free(p->of);
    free(p->start);
    free(p->entry);
    free(p->first);
    free(p->scratch);
    *p = (struct ddg_proofs){0};
}

enum ddg_error ddg_proofs_keep(struct ddg_proofs *p, const struct ddg_move *move,
                               struct ddg_context *context)
{
    size_t at = p->start[p->count];
    enum ddg_error error;

    if (!ddg_move_verify(p->mask, move, p->scratch))
        return ddg_fail(context, DDG_UNSAFE, "a proof of protection does not hold");
    if (p->count == DDG_NO_PROOF - 1)
        return ddg_fail(context, DDG_LIMIT, "more than 4 thousand million proofs");
    if ((error = ddg_grow(&p->start, &p->start_room, (size_t)p->count + 2, sizeof *p->start,
                          context)) ||
        (error = ddg_grow(&p->entry, &p->entry_room, at + move->count, sizeof *p->entry, context)))
        return error;
    for (uint32_t i = 0; i < move->count; i++, at++) {
        uint32_t cell = move->cell[i];

        p->entry[at] = (struct ddg_proof_entry){cell, p->count, p->first[cell], move->change[i]};
        p->first[cell] = at + 1;
        if (p->of[cell] == DDG_NO_PROOF)
            p->of[cell] = p->count;
    }
    p->start[++p->count] = at;
    return DDG_OK;
}

enum ddg_error ddg_proofs_withdraw(struct ddg_proofs *p, uint32_t cell,
                                   struct ddg_proof_entry **withdrawn, size_t *count, size_t *room,
                                   struct ddg_context *context)
{
    for (size_t at = p->first[cell]; at > 0; at = p->entry[at - 1].next) {
        uint32_t proof = p->entry[at - 1].proof;

        for (size_t i = p->start[proof]; i < p->start[proof + 1]; i++) {
            uint32_t other = p->entry[i].cell;
            enum ddg_error error;

            if (p->of[other] != proof)
                continue;
            error = ddg_grow(withdrawn, room, *count + 1, sizeof **withdrawn, context);
            if (error)
                return error;
            (*withdrawn)[(*count)++] = p->entry[i];
            p->of[other] = DDG_NO_PROOF;
        }
    }
    return DDG_OK;
}

static bool holds(const struct ddg_proofs *p, uint32_t proof, struct ddg_move *move)
{
    size_t start = p->start[proof];

    move->count = (uint32_t)(p->start[proof + 1] - start);
    for (uint32_t i = 0; i < move->count; i++) {
        move->cell[i] = p->entry[start + i].cell;
        move->change[i] = p->entry[start + i].change;
    }
    return ddg_move_verify(p->mask, move, p->scratch);
}

enum ddg_error ddg_proofs_check(const struct ddg_proofs *p, struct ddg_context *context)
{
    struct ddg_move move = {0};
    bool *good = NULL;
    size_t longest = 0;
    enum ddg_error error;

    for (uint32_t i = 0; i < p->count; i++)
        if (p->start[i + 1] - p->start[i] > longest)
            longest = p->start[i + 1] - p->start[i];
    if (!(error = ddg_allocate(&move.cell, longest, sizeof *move.cell, context)) &&
        !(error = ddg_allocate(&move.change, longest, sizeof *move.change, context)) &&
        !(error = ddg_allocate(&good, p->count, sizeof *good, context)))
        for (uint32_t cell = 0; !error && cell < p->mask->owned; cell++) {
            uint32_t proof = p->of[cell];

            if (!ddg_is_suppressed(p->mask->kind[cell]))
                continue;
            if (proof != DDG_NO_PROOF && !good[proof])
                good[proof] = holds(p, proof, &move);
            if (proof == DDG_NO_PROOF || !good[proof])
                error = ddg_fail(context, DDG_UNSAFE, "a proof of protection does not hold");
        }
    free(move.cell);
    free(move.change);
    free(good);
    return error;
}
