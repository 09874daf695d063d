#include "group/tally.h"

#include <stdlib.h>

enum ddg_error ddg_tally_init(struct ddg_tally *tally, size_t sums, struct ddg_context *context)
{
    *tally = (struct ddg_tally){.sums = sums};
    return ddg_allocate(&tally->places, sums, sizeof *tally->places, context);
}

enum ddg_error ddg_tally_extend(struct ddg_tally *tally, uint32_t cells,
                                struct ddg_context *context)
{
    size_t fresh = cells - tally->cells, sums = tally->sums;
    enum ddg_error error;

    if ((error = ddg_grow(&tally->events, &tally->events_room, cells, sizeof *tally->events,
                          context)) ||
        (error = ddg_grow(&tally->persons, &tally->persons_room, cells, sizeof *tally->persons,
                          context)) ||
        (error =
             ddg_grow(&tally->sum, &tally->sum_room, cells * sums, sizeof *tally->sum, context)))
        return error;
    if (fresh == 0)
        return DDG_OK;
    memset(tally->events + tally->cells, 0, fresh * sizeof *tally->events);
    memset(tally->persons + tally->cells, 0, fresh * sizeof *tally->persons);
    if (sums > 0)
        memset(tally->sum + tally->cells * sums, 0, fresh * sums * sizeof *tally->sum);
    tally->cells = cells;
    return DDG_OK;
}

static enum ddg_error fail_sum(struct ddg_context *context)
{
    return ddg_fail(context, DDG_LIMIT, "a sum of amounts is too large");
}

static enum ddg_error add(struct ddg_tally *tally, uint32_t cell, uint64_t events,
                          const struct ddg_decimal *amounts, struct ddg_context *context)
{
    struct ddg_decimal *sum = tally->sum + cell * tally->sums;

    if (!ddg_add_unsigned(&tally->events[cell], events))
        return ddg_fail(context, DDG_LIMIT, "a count is too large");
    for (size_t i = 0; i < tally->sums; i++)
        if (!ddg_decimal_add(&sum[i], amounts[i]))
            return fail_sum(context);
    return DDG_OK;
}

enum ddg_error ddg_tally_add(struct ddg_tally *tally, uint32_t cell, uint64_t events,
                             const struct ddg_decimal *amounts, struct ddg_context *context)
{
    for (size_t i = 0; i < tally->sums; i++)
        if (amounts[i].places > tally->places[i])
            tally->places[i] = amounts[i].places;
    return add(tally, cell, events, amounts, context);
}

/* One at a time, which no computer does often enough to overflow. */
void ddg_tally_count(struct ddg_tally *tally, const uint32_t *cell, size_t count)
{
    for (size_t r = 0; r < count; r++)
        tally->events[cell[r]]++;
}

enum ddg_error ddg_tally_add_amounts(struct ddg_tally *tally, size_t i, const uint32_t *cell,
                                     const struct ddg_decimal *amount, size_t count,
                                     struct ddg_context *context)
{
    for (size_t r = 0; r < count; r++) {
        if (amount[r].places > tally->places[i])
            tally->places[i] = amount[r].places;
        if (!ddg_decimal_add(&tally->sum[cell[r] * tally->sums + i], amount[r]))
            return fail_sum(context);
    }
    return DDG_OK;
}

enum ddg_error ddg_tally_merge(struct ddg_tally *tally, uint32_t into, uint32_t from,
                               struct ddg_context *context)
{
    return add(tally, into, tally->events[from], tally->sum + from * tally->sums, context);
}

enum ddg_error ddg_tally_sum(const struct ddg_tally *tally, uint32_t cell, size_t i,
                             struct ddg_decimal *sum, struct ddg_context *context)
{
    *sum = tally->sum[cell * tally->sums + i];
    return ddg_decimal_add(sum, (struct ddg_decimal){0, tally->places[i]}) ? DDG_OK
                                                                           : fail_sum(context);
}

void ddg_tally_free(struct ddg_tally *tally)
{
    free(tally->events);
    free(tally->persons);
    free(tally->sum);
    free(tally->places);
    *tally = (struct ddg_tally){0};
}
