#include "protect/certificate.h"

#include "base/number.h"

#include <stdio.h>
#include <stdlib.h>

/* Choosing ------------------------------------------------------------------------------------- */

/* How often each witness is made: bit NONE + i of taken[w] is set where it is made i times. */
enum { NONE = 31 };

struct choice {
    const struct ddg_witnesses *witnesses;
    uint64_t *taken;
};

static uint64_t bit(int times)
{
    return (uint64_t)1 << (NONE + times);
}

/* What is taken of a witness shows of a cell that it changes by `change`, as in
 * ddg_witnesses_offsets(). */
static uint64_t offsets_of(uint64_t taken, int change)
{
    uint64_t offsets = 0;

    while (taken) {
        int by = (__builtin_ctzll(taken) - NONE) * change;

        taken &= taken - 1;
        if (abs(by) <= DDG_OFFSET_NONE)
            offsets |= (uint64_t)1 << (DDG_OFFSET_NONE + by);
    }
    return offsets;
}

static bool is_content(const struct choice *choice, uint32_t cell)
{
    const struct ddg_witnesses *w = choice->witnesses;
    uint32_t wants = ddg_mask_wants(w->mask, cell);
    uint64_t offsets = 0;
    size_t at = w->first[cell];

    while (at > 0 && (uint32_t)__builtin_popcountll(offsets) < wants) {
        offsets |= offsets_of(choice->taken[w->of[at - 1]], w->change[at - 1]);
        at = w->next[at - 1];
    }
    return (uint32_t)__builtin_popcountll(offsets) >= wants;
}

/* Leaves a table out where all its cells have enough without it. */
static void leave_out(struct choice *choice, uint32_t witness, int times)
{
    struct ddg_move move = ddg_witnesses_move(choice->witnesses, witness);

    choice->taken[witness] &= ~bit(times);
    for (uint32_t i = 0; i < move.count; i++)
        if (!is_content(choice, move.cell[i])) {
            choice->taken[witness] |= bit(times);
            return;
        }
}

struct sized {
    uint32_t size, witness;
};

static int longest_first(const void *a, const void *b)
{
    const struct sized *s = a, *t = b;

    if (s->size != t->size)
        return s->size > t->size ? -1 : 1;
    return (s->witness > t->witness) - (s->witness < t->witness);
}

static enum ddg_error choose(struct choice *choice, struct ddg_context *context)
{
    const struct ddg_witnesses *w = choice->witnesses;
    struct sized *order;
    enum ddg_error error = ddg_allocate(&order, w->count, sizeof *order, context);

    for (uint32_t i = 0; !error && i < w->count; i++) {
        order[i] = (struct sized){ddg_witnesses_move(w, i).count, i};
        for (int times = -w->witness[i].back; times <= w->witness[i].forth; times++)
            if (w->witness[i].shown == 0 && times != 0)
                choice->taken[i] |= bit(times);
    }
    if (!error)
        qsort(order, w->count, sizeof *order, longest_first);
    for (uint32_t i = 0; !error && i < w->count; i++)
        for (int times = NONE; times > 0; times--)
            for (int by = -1; by <= 1; by += 2)
                if (choice->taken[order[i].witness] & bit(by * times))
                    leave_out(choice, order[i].witness, by * times);
    free(order);
    return error;
}

/* Making --------------------------------------------------------------------------------------- */

static int by_cell(const void *a, const void *b)
{
    const struct ddg_change *s = a, *t = b;

    return (s->cell > t->cell) - (s->cell < t->cell);
}

/* Of each cell the next that the same one stands for, from that one on; DDG_NO_CELL: no other. NULL
 * where no cell stands for another. */
static enum ddg_error list_twins(const struct ddg_model *m, uint32_t **next,
                                 struct ddg_context *context)
{
    enum ddg_error error = DDG_OK;

    *next = NULL;
    if (!m->same || (error = ddg_allocate(next, m->cells, sizeof **next, context)))
        return error;
    for (uint32_t cell = 0; cell < m->cells; cell++)
        (*next)[cell] = DDG_NO_CELL;
    for (uint32_t cell = 0; cell < m->cells; cell++)
        if (m->same[cell] != cell) {
            (*next)[cell] = (*next)[m->same[cell]];
            (*next)[m->same[cell]] = cell;
        }
    return DDG_OK;
}

/* Adds a table; what is one number changes alike, and not by itself. */
static enum ddg_error add(struct ddg_certificate *c, const struct ddg_model *m,
                          const uint32_t *next, struct ddg_move move, int times,
                          struct ddg_context *context)
{
    size_t start = c->start[c->tables], end = start;
    enum ddg_error error =
        ddg_grow(&c->start, &c->start_room, c->tables + 2, sizeof *c->start, context);

    for (uint32_t i = 0; !error && i < move.count; i++) {
        uint32_t cell = move.cell[i];

        if (next && m->same[cell] != cell)
            continue;
        for (; !error && cell != DDG_NO_CELL; cell = next ? next[cell] : DDG_NO_CELL) {
            error = ddg_grow(&c->change, &c->change_room, end + 1, sizeof *c->change, context);
            if (!error)
                c->change[end++] = (struct ddg_change){cell, move.change[i] * times};
        }
    }
    if (error || end == start)
        return error;
    qsort(&c->change[start], end - start, sizeof *c->change, by_cell);
    c->start[++c->tables] = end;
    return DDG_OK;
}

static enum ddg_error make(struct ddg_certificate *c, const struct choice *choice,
                           struct ddg_context *context)
{
    const struct ddg_model *m = choice->witnesses->mask->model;
    uint32_t *next = NULL;
    enum ddg_error error = ddg_grow(&c->start, &c->start_room, 1, sizeof *c->start, context);

    if (!error && !(error = list_twins(m, &next, context)))
        c->start[0] = 0;
    for (uint32_t i = 0; !error && i < choice->witnesses->count; i++)
        for (uint64_t left = choice->taken[i]; !error && left; left &= left - 1)
            error = add(c, m, next, ddg_witnesses_move(choice->witnesses, i),
                        __builtin_ctzll(left) - NONE, context);
    free(next);
    return error;
}

enum ddg_error ddg_certificate_find(struct ddg_certificate *certificate,
                                    const struct ddg_witnesses *witnesses,
                                    struct ddg_context *context)
{
    struct choice choice = {witnesses, NULL};
    enum ddg_error error =
        ddg_allocate(&choice.taken, witnesses->count, sizeof *choice.taken, context);

    *certificate = (struct ddg_certificate){0};
    if (!error && !(error = choose(&choice, context)))
        error = make(certificate, &choice, context);
    free(choice.taken);
    return error;
}

void ddg_certificate_free(struct ddg_certificate *certificate)
{
    free(certificate->start);
    free(certificate->change);
    *certificate = (struct ddg_certificate){0};
}

/* Writing -------------------------------------------------------------------------------------- */

enum ddg_error ddg_certificate_begin(struct ddg_output *output, const struct ddg_table *t)
{
    ddg_output_field(output, ddg_text_of("table"));
    if (t->measures > 1)
        ddg_output_field(output, ddg_text_of("measure"));
    for (size_t d = 0; d < t->dims; d++)
        ddg_output_field(output, t->name[t->dim[d]]);
    ddg_output_field(output, ddg_text_of("change"));
    return ddg_output_end(output);
}

static enum ddg_error write_change(struct ddg_output *output, const struct ddg_model *m,
                                   uint64_t table, size_t measure, struct ddg_change change)
{
    const struct ddg_table *t = m->table;
    char number[DDG_UNSIGNED_ROOM], by[DDG_UNSIGNED_ROOM];

    ddg_output_field(output, ddg_format_unsigned(table, number));
    if (t->measures > 1)
        ddg_output_field(output, t->name[t->measure[measure].count]);
    for (size_t d = 0; d < t->dims; d++)
        ddg_output_field(output, change.cell < m->printed
                                     ? ddg_table_field(t, change.cell, t->dim[d])
                                     : ddg_model_label(m, change.cell, d));
    snprintf(by, sizeof by, "%d", change.by);
    ddg_output_field(output, ddg_text_of(by));
    return ddg_output_end(output);
}

/* What changes in the middle of an equation follows from its sides, and has no row. */
static enum ddg_error write_joint(struct ddg_output *output, const struct ddg_joint *joint,
                                  uint64_t table, struct ddg_change change)
{
    uint32_t number, cell;

    if (!ddg_joint_place(joint, change.cell, &number, &cell))
        return DDG_OK;
    change.cell = cell;
    return write_change(output, joint->single, table, joint->sums.measure[number], change);
}

enum ddg_error ddg_certificate_write(struct ddg_output *output, const struct ddg_model *model,
                                     const struct ddg_certificate *certificates,
                                     const struct ddg_joint *joint, uint64_t *tables)
{
    enum ddg_error error = DDG_OK;

    for (size_t i = 0; i < model->table->measures; i++)
        for (size_t j = 0; j < certificates[i].tables; j++) {
            const struct ddg_change *change = certificates[i].change;
            size_t end = certificates[i].start[j + 1];

            ++*tables;
            for (size_t k = certificates[i].start[j]; !error && k < end; k++)
                error = joint->sums.measures > 0 && joint->sums.measure[0] == i
                            ? write_joint(output, joint, *tables, change[k])
                            : write_change(output, model, *tables, i, change[k]);
        }
    return error;
}
