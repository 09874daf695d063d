#include "protect/witnesses.h"

#include <assert.h>
#include <stdlib.h>

/* Changes by more than the mask of offsets has bits for do not count as values of their own. */
enum { FARTHEST = DDG_OFFSET_NONE, LEAST_TIMES = 3 };

enum ddg_error ddg_witnesses_init(struct ddg_witnesses *w, const struct ddg_mask *mask,
                                  struct ddg_context *context)
{
    const struct ddg_model *m = mask->model;
    enum ddg_error error;

    *w = (struct ddg_witnesses){.mask = mask};
    if ((error = ddg_allocate(&w->first, m->cells, sizeof *w->first, context)) ||
        (error = ddg_allocate(&w->scratch, m->lines, sizeof *w->scratch, context)) ||
        (error = ddg_grow(&w->witness, &w->witness_room, 1, sizeof *w->witness, context)))
        return error;
    w->witness[0] = (struct ddg_witness){0};
    return DDG_OK;
}

void ddg_witnesses_free(struct ddg_witnesses *w)
{
    free(w->witness);
    free(w->cell);
    free(w->change);
    free(w->of);
    free(w->next);
    free(w->first);
    free(w->scratch);
    *w = (struct ddg_witnesses){0};
}

/* As often as the rooms allow and as verifying confirms, and as many values as are wanted ask for.
 */
static int count_times(struct ddg_witnesses *w, const struct ddg_move *move, int by)
{
    const struct ddg_mask_policy *policy = &w->mask->policy;
    uint32_t most = LEAST_TIMES;
    int times;

    if (policy->primary_values > most)
        most = policy->primary_values;
    if (policy->complement_values > most)
        most = policy->complement_values;
    times = ddg_move_times(w->mask, move, by, (int)most);

    while (times > 0 && !ddg_move_fits(w->mask, move, by * times, w->scratch))
        times--;
    return times;
}

static enum ddg_error make_room(struct ddg_witnesses *w, size_t entries,
                                struct ddg_context *context)
{
    enum ddg_error error;

    if (w->count >= UINT32_MAX - 1)
        return ddg_fail(context, DDG_LIMIT, "more than 4 thousand million moves");
    if ((error = ddg_grow(&w->witness, &w->witness_room, (size_t)w->count + 2, sizeof *w->witness,
                          context)) ||
        (error = ddg_grow(&w->cell, &w->cell_room, entries, sizeof *w->cell, context)) ||
        (error = ddg_grow(&w->change, &w->change_room, entries, sizeof *w->change, context)) ||
        (error = ddg_grow(&w->of, &w->of_room, entries, sizeof *w->of, context)))
        return error;
    return ddg_grow(&w->next, &w->next_room, entries, sizeof *w->next, context);
}

enum ddg_error ddg_witnesses_keep(struct ddg_witnesses *w, const struct ddg_move *move,
                                  struct ddg_context *context)
{
    size_t at = w->witness[w->count].start;
    enum ddg_error error = make_room(w, at + move->count, context);
    struct ddg_witness *witness;

    if (error)
        return error;
    witness = &w->witness[w->count];
    witness->shown = 0;
    witness->forth = (int8_t)count_times(w, move, 1);
    witness->back = (int8_t)count_times(w, move, -1);
    for (uint32_t i = 0; i < move->count; i++, at++) {
        uint32_t cell = move->cell[i];

        w->cell[at] = cell;
        w->change[at] = move->change[i];
        w->of[at] = w->count;
        w->next[at] = w->first[cell];
        w->first[cell] = at + 1;
    }
    w->witness[++w->count].start = at;
    return DDG_OK;
}

void ddg_witnesses_cut(struct ddg_witnesses *w, uint32_t count)
{
    while (w->count > count) {
        size_t end = w->witness[w->count--].start;

        for (size_t at = end; at-- > w->witness[w->count].start;)
            w->first[w->cell[at]] = w->next[at];
    }
}

void ddg_witnesses_tidy(struct ddg_witnesses *w)
{
    uint32_t kept = 0;
    size_t at = 0;

    for (size_t i = 0; i < w->witness[w->count].start; i++)
        w->first[w->cell[i]] = 0;
    for (uint32_t i = 0; i < w->count; i++) {
        struct ddg_witness witness = w->witness[i];
        size_t end = w->witness[i + 1].start;

        if (witness.shown > 0)
            continue;
        w->witness[kept] = (struct ddg_witness){at, 0, witness.forth, witness.back};
        for (size_t j = witness.start; j < end; j++, at++) {
            uint32_t cell = w->cell[j];

            w->cell[at] = cell;
            w->change[at] = w->change[j];
            w->of[at] = kept;
            w->next[at] = w->first[cell];
            w->first[cell] = at + 1;
        }
        kept++;
    }
    w->count = kept;
    w->witness[kept].start = at;
}

void ddg_witnesses_shown(struct ddg_witnesses *w, uint32_t cell)
{
    for (size_t at = w->first[cell]; at > 0; at = w->next[at - 1])
        w->witness[w->of[at - 1]].shown++;
}

void ddg_witnesses_hidden(struct ddg_witnesses *w, uint32_t cell)
{
    for (size_t at = w->first[cell]; at > 0; at = w->next[at - 1]) {
        assert(w->witness[w->of[at - 1]].shown > 0);
        w->witness[w->of[at - 1]].shown--;
    }
}

/* Looks at one move after the other until the cell can change in `enough` ways. */
static uint64_t find_offsets(const struct ddg_witnesses *w, uint32_t cell, uint32_t enough)
{
    uint64_t offsets = 0;

    for (size_t at = w->first[cell]; at > 0; at = w->next[at - 1]) {
        const struct ddg_witness *witness = &w->witness[w->of[at - 1]];

        if (witness->shown > 0)
            continue;
        for (int times = -witness->back; times <= witness->forth; times++) {
            int by = times * w->change[at - 1];

            if (by != 0 && abs(by) <= FARTHEST)
                offsets |= (uint64_t)1 << (FARTHEST + by);
        }
        if ((uint32_t)__builtin_popcountll(offsets) >= enough)
            break;
    }
    return offsets;
}

uint64_t ddg_witnesses_offsets(const struct ddg_witnesses *w, uint32_t cell)
{
    return find_offsets(w, cell, UINT32_MAX);
}

uint32_t ddg_witnesses_lacking(const struct ddg_witnesses *w, uint32_t cell)
{
    uint32_t wants = ddg_mask_wants(w->mask, cell), has;

    if (wants == 0)
        return 0;
    has = (uint32_t)__builtin_popcountll(find_offsets(w, cell, wants));
    return has < wants ? wants - has : 0;
}

bool ddg_witnesses_farthest(const struct ddg_witnesses *w, uint32_t cell, int by, uint32_t *which,
                            int *times)
{
    int farthest = 0;

    for (size_t at = w->first[cell]; at > 0; at = w->next[at - 1]) {
        const struct ddg_witness *witness = &w->witness[w->of[at - 1]];
        int forwards = w->change[at - 1] * by > 0 ? 1 : -1;
        int most = forwards > 0 ? witness->forth : witness->back;

        if (witness->shown > 0 || most * abs(w->change[at - 1]) <= farthest)
            continue;
        farthest = most * abs(w->change[at - 1]);
        *which = w->of[at - 1];
        *times = most * forwards;
    }
    return farthest > 0;
}

struct ddg_move ddg_witnesses_move(const struct ddg_witnesses *w, uint32_t witness)
{
    size_t start = w->witness[witness].start;

    return (struct ddg_move){.cell = &w->cell[start],
                             .change = &w->change[start],
                             .count = (uint32_t)(w->witness[witness + 1].start - start)};
}

enum ddg_error ddg_witnesses_check(struct ddg_witnesses *w, struct ddg_context *context)
{
    bool good = true;

    for (uint32_t i = 0; i < w->count; i++) {
        struct ddg_move move = ddg_witnesses_move(w, i);

        for (uint32_t j = 0; w->witness[i].shown == 0 && j < move.count; j++)
            good = good && w->mask->kind[move.cell[j]] != DDG_PUBLIC;
        for (int by = -1; by <= 1 && w->witness[i].shown == 0; by += 2)
            for (int times = by > 0 ? w->witness[i].forth : w->witness[i].back; times > 0; times--)
                good = good && ddg_move_fits(w->mask, &move, by * times, w->scratch);
    }
    for (uint32_t cell = 0; cell < w->mask->model->cells; cell++)
        good = good && ddg_witnesses_lacking(w, cell) == 0;
    return good ? DDG_OK : ddg_fail(context, DDG_UNSAFE, "a witness of protection does not hold");
}
