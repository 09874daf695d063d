#include "protect/deeds.h"

#include <stdlib.h>
#include <string.h>

void ddg_deeds_free(struct ddg_deeds *d)
{
    free(d->deed);
    free(d->cell);
    ddg_plan_free(&d->moves);
    *d = (struct ddg_deeds){0};
}

void ddg_deeds_clear(struct ddg_deeds *d)
{
    d->count = 0;
    d->moves.count = 0;
}

enum ddg_error ddg_deeds_note(struct ddg_deeds *d, const struct ddg_search *s, struct ddg_mark mark,
                              const uint32_t *shown, size_t count)
{
    size_t start = d->count > 0 ? d->deed[d->count - 1].hidden : 0;
    size_t hidden = s->added_count - mark.added;
    enum ddg_error error;

    if ((error = ddg_grow(&d->deed, &d->deed_room, (size_t)d->count + 1, sizeof *d->deed,
                          s->context)) ||
        (error = ddg_grow(&d->cell, &d->cell_room, start + count + hidden, sizeof *d->cell,
                          s->context)))
        return error;
    for (size_t i = 0; i < count; i++)
        d->cell[start + i] = shown[i];
    for (size_t i = 0; i < hidden; i++)
        d->cell[start + count + i] = s->added[mark.added + i];
    for (uint32_t i = mark.witnesses; i < s->witnesses.count; i++) {
        const struct ddg_move move = ddg_witnesses_move(&s->witnesses, i);

        if ((error = ddg_plan_add(&d->moves, &move, s->context)))
            return error;
    }
    d->deed[d->count++] = (struct ddg_deed){start + count, start + count + hidden, d->moves.count};
    return DDG_OK;
}

/* One deed. */
struct part {
    const uint32_t *shown, *hidden;
    size_t shown_count, hidden_count;
    uint32_t first_move, end_move;
};

static struct part part_of(const struct ddg_deeds *d, uint32_t i)
{
    const struct ddg_deed *deed = &d->deed[i];
    size_t start = i > 0 ? deed[-1].hidden : 0;

    return (struct part){.shown = &d->cell[start],
                         .hidden = &d->cell[deed->shown],
                         .shown_count = deed->shown - start,
                         .hidden_count = deed->hidden - deed->shown,
                         .first_move = i > 0 ? deed[-1].moves : 0,
                         .end_move = deed->moves};
}

enum ddg_error ddg_deeds_undo(const struct ddg_deeds *d, struct ddg_search *s, uint32_t witnesses)
{
    enum ddg_error error = DDG_OK;

    ddg_witnesses_cut(&s->witnesses, witnesses);
    for (uint32_t i = d->count; !error && i-- > 0;) {
        struct part p = part_of(d, i);

        for (size_t j = p.hidden_count; j-- > 0;)
            ddg_search_show(s, p.hidden[j]);
        for (size_t j = p.shown_count; !error && j-- > 0;)
            error = ddg_search_suppress(s, p.shown[j]);
    }
    return error;
}

/* Repeating ------------------------------------------------------------------------------------ */

static bool can_show(const struct ddg_mask *mask, const struct part *p)
{
    for (size_t i = 0; i < p->shown_count; i++)
        if (!ddg_mask_can_show(mask, p->shown[i]))
            return false;
    return true;
}

static bool is_hidden(const struct ddg_mask *mask, const struct ddg_move *move)
{
    for (uint32_t i = 0; i < move->count; i++)
        if (mask->kind[move->cell[i]] == DDG_PUBLIC)
            return false;
    return true;
}

static enum ddg_error apply(const struct ddg_deeds *d, const struct part *p, struct ddg_search *s)
{
    enum ddg_error error = DDG_OK;

    for (size_t i = 0; i < p->shown_count; i++)
        ddg_search_show(s, p->shown[i]);
    for (size_t i = 0; !error && i < p->hidden_count; i++)
        if (s->mask->kind[p->hidden[i]] == DDG_PUBLIC)
            error = ddg_search_suppress(s, p->hidden[i]);
    for (uint32_t i = p->first_move; !error && i < p->end_move; i++) {
        const struct ddg_move move = ddg_plan_move(&d->moves, i);

        if (is_hidden(s->mask, &move))
            error = ddg_witnesses_keep(&s->witnesses, &move, s->context);
    }
    return error;
}

/* True when no line of the cell asks for more than it has, as far as there is something left. */
static bool are_groups_satisfied(const struct ddg_search *s, uint32_t cell)
{
    const struct ddg_model *m = s->mask->model;

    for (size_t i = m->cell_start[cell]; i < m->cell_start[cell + 1]; i++)
        if (ddg_search_needs(s, m->cell_line[i]) &&
            ddg_group_choice(s->mask, m->cell_line[i]) != DDG_NO_CELL)
            return false;
    return true;
}

/* True when no cell that moves tied to this one lacks another. */
static bool are_tied_satisfied(const struct ddg_search *s, uint32_t cell)
{
    const struct ddg_witnesses *w = &s->witnesses;

    for (size_t at = w->first[cell]; at > 0; at = w->next[at - 1]) {
        struct ddg_move move = ddg_witnesses_move(w, w->of[at - 1]);

        for (uint32_t i = 0; i < move.count; i++)
            if (ddg_witnesses_lacking(w, move.cell[i]) > 0)
                return false;
    }
    return true;
}

static bool is_satisfied(const struct ddg_search *s, const struct part *p)
{
    for (size_t i = 0; i < p->shown_count; i++)
        if (!are_groups_satisfied(s, p->shown[i]) || !are_tied_satisfied(s, p->shown[i]))
            return false;
    for (size_t i = 0; i < p->hidden_count; i++)
        if (!are_groups_satisfied(s, p->hidden[i]) ||
            ddg_witnesses_lacking(&s->witnesses, p->hidden[i]) > 0)
            return false;
    return true;
}

enum ddg_error ddg_deeds_repeat(const struct ddg_deeds *d, uint32_t i, struct ddg_search *s)
{
    struct part p = part_of(d, i);
    uint64_t lost = s->mask->lost;
    struct ddg_mark mark;
    enum ddg_error error;

    if (!can_show(s->mask, &p))
        return DDG_OK;
    s->added_count = 0;
    mark = ddg_search_mark(s);
    if ((error = apply(d, &p, s)) || (s->mask->lost < lost && is_satisfied(s, &p)))
        return error;
    ddg_search_back(s, mark);
    for (size_t j = p.shown_count; !error && j-- > 0;)
        error = ddg_search_suppress(s, p.shown[j]);
    return error;
}
