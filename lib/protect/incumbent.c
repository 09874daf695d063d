#include "protect/incumbent.h"

#include <stdlib.h>

void ddg_incumbent_free(struct ddg_incumbent *incumbent)
{
    free(incumbent->complement);
    ddg_plan_free(&incumbent->moves);
    *incumbent = (struct ddg_incumbent){0};
}

enum ddg_error ddg_incumbent_take(struct ddg_incumbent *incumbent, const struct ddg_search *search)
{
    const struct ddg_mask *mask = search->mask;
    enum ddg_error error;

    incumbent->moves.count = 0;
    if ((error = ddg_grow(&incumbent->complement, &incumbent->room, mask->owned,
                          sizeof *incumbent->complement, search->context)))
        return error;
    incumbent->complements = ddg_mask_complements(mask, incumbent->complement);
    for (uint32_t i = 0; !error && i < search->witnesses.count; i++) {
        const struct ddg_move move = ddg_witnesses_move(&search->witnesses, i);

        if (search->witnesses.witness[i].shown == 0)
            error = ddg_plan_add(&incumbent->moves, &move, search->context);
    }
    incumbent->lost = mask->lost;
    return error;
}

enum ddg_error ddg_incumbent_restore(const struct ddg_incumbent *incumbent,
                                     struct ddg_search *search)
{
    enum ddg_error error = DDG_OK;

    ddg_search_restart(search);
    for (size_t i = 0; !error && i < incumbent->complements; i++)
        error = ddg_search_suppress(search, incumbent->complement[i]);
    for (uint32_t i = 0; !error && i < incumbent->moves.count; i++) {
        const struct ddg_move move = ddg_plan_move(&incumbent->moves, i);

        error = ddg_search_use(search, &move);
    }
    return error;
}
