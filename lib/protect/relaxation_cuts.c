#include "protect/relaxation_parts.h"

#include <float.h>

/* Cuts that are found before the relaxation is solved again, and at the most altogether. */
enum { AT_A_TIME = 50, MOST_CUTS = 100000 };

static enum ddg_error make_room(struct ddg_relaxation *r, size_t terms, struct ddg_context *context)
{
    size_t cuts = (size_t)r->cuts;
    enum ddg_error error;

    if ((error = ddg_grow(&r->start, &r->room[0], cuts + 2, sizeof *r->start, context)) ||
        (error = ddg_grow(&r->low, &r->room[1], cuts + 1, sizeof *r->low, context)) ||
        (error = ddg_grow(&r->high, &r->room[2], cuts + 1, sizeof *r->high, context)) ||
        (error = ddg_grow(&r->in, &r->room[3], r->terms + terms, sizeof *r->in, context)))
        return error;
    return ddg_grow(&r->weight, &r->room[4], r->terms + terms, sizeof *r->weight, context);
}

static bool is_broken(const struct ddg_relaxation *r, double scale)
{
    const struct ddg_cut *cut = &r->cut;
    double kept = 0;

    for (size_t i = 0; i < cut->count; i++)
        kept += (double)cut->weight[i] * r->share[cut->cell[i]];
    return cut->count > 0 && kept < (double)cut->least - DDG_RELAXED_BROKEN * scale;
}

/* Adds the cut that was found last if the shares break it.  `scale` is what its weights are
 * multiples of. */
static enum ddg_error add_cut(struct ddg_relaxation *r, int64_t scale, struct ddg_context *context)
{
    enum ddg_error error;

    if (!is_broken(r, (double)scale) || r->cuts == MOST_CUTS)
        return DDG_OK;
    if ((error = make_room(r, r->cut.count, context)))
        return error;
    for (size_t i = 0; i < r->cut.count; i++) {
        r->in[r->terms] = r->column[r->cut.cell[i]];
        r->weight[r->terms++] = (double)r->cut.weight[i] / (double)scale;
    }
    r->low[r->cuts] = (double)r->cut.least / (double)scale;
    r->high[r->cuts++] = DBL_MAX;
    r->start[r->cuts] = (CoinBigIndex)r->terms;
    return DDG_OK;
}

static enum ddg_error cut_by_range(struct ddg_relaxation *r, uint32_t cell,
                                   struct ddg_context *context)
{
    enum ddg_error error = ddg_cut_by_range(&r->cut, r->mask, r->role, cell, r->wants[cell],
                                            r->rise, r->fall, context);

    return error ? error : add_cut(r, DDG_POTENTIAL_SCALE, context);
}

/* What single lines ask for. */
static enum ddg_error cut_by_lines(struct ddg_relaxation *r, uint32_t cell,
                                   struct ddg_context *context)
{
    const struct ddg_model *m = r->mask->model;
    enum ddg_error error = DDG_OK;

    for (size_t i = m->cell_start[cell]; !error && i < m->cell_start[cell + 1]; i++) {
        uint32_t line = m->cell_line[i];
        int64_t potential = r->mask->sign[i] * DDG_POTENTIAL_SCALE;

        if (r->mask->loose[line])
            continue;
        r->rise[line] = potential;
        r->fall[line] = -potential;
        error = cut_by_range(r, cell, context);
        r->rise[line] = r->fall[line] = 0;
    }
    return error;
}

/* What R-SUP-6 asks for where the cell is suppressed. */
static enum ddg_error cut_by_groups(struct ddg_relaxation *r, uint32_t cell,
                                    struct ddg_context *context)
{
    const struct ddg_model *m = r->mask->model;
    enum ddg_error error = DDG_OK;

    if (!r->group_rule || cell >= r->mask->ours)
        return DDG_OK;
    for (size_t i = m->cell_start[cell]; !error && i < m->cell_start[cell + 1]; i++)
        for (int sum = 0; !error && sum < 2; sum++)
            if (!(error = ddg_cut_by_group(&r->cut, r->mask, r->role, m->cell_line[i], cell,
                                           sum != 0, context)))
                error = add_cut(r, 1, context);
    return error;
}

static enum ddg_error cut_by_program(struct ddg_relaxation *r, uint32_t cell,
                                     struct ddg_context *context)
{
    double need = r->wants[cell], rise, fall;

    if (r->role[cell] == DDG_ROLE_CANDIDATE)
        need *= r->share[cell];
    need -= DDG_RELAXED_BROKEN;
    if (!ddg_mask_has_room(r->mask, cell) || ddg_ranger_seen(r->ranger, cell) > need ||
        !ddg_ranger_ask(r->ranger, cell, 1, &rise, r->rise) || rise > need ||
        !ddg_ranger_ask(r->ranger, cell, -1, &fall, r->fall) || rise + fall > need)
        return DDG_OK;
    return cut_by_range(r, cell, context);
}

enum ddg_error ddg_relaxation_cut_first(struct ddg_relaxation *r, struct ddg_context *context)
{
    enum ddg_error error = DDG_OK;

    for (uint32_t cell = 0; !error && cell < r->mask->model->cells; cell++)
        if (r->role[cell] == DDG_ROLE_UNKNOWN && r->wants[cell] > 0 &&
            !(error = cut_by_lines(r, cell, context)))
            error = cut_by_groups(r, cell, context);
    return error;
}

enum ddg_error ddg_relaxation_cut_more(struct ddg_relaxation *r, uint64_t end,
                                       struct ddg_context *context)
{
    uint32_t cells = r->mask->model->cells;
    enum ddg_error error = DDG_OK;

    ddg_ranger_share(r->ranger, r->share);
    for (uint32_t i = 0;
         !error && i < cells && r->cuts < r->solved + AT_A_TIME && !ddg_relaxation_over(r, end);
         i++) {
        uint32_t cell = r->next;

        r->next = cell + 1 < cells ? cell + 1 : 0;
        if (r->wants[cell] == 0 ||
            (r->role[cell] == DDG_ROLE_CANDIDATE && r->share[cell] < DDG_RELAXED_NOTHING))
            continue;
        if (r->role[cell] == DDG_ROLE_CANDIDATE)
            error = cut_by_groups(r, cell, context);
        if (!error)
            error = cut_by_program(r, cell, context);
    }
    return error;
}
