#include "attack/rows.h"

#include "attack/equations.h"
#include "attack/events.h"
#include "attack/origin.h"

#include <stdlib.h>

struct building {
    struct ddg_publication *publication;
    struct ddg_context *context;
    bool again;    /* the origins are there already, and some are excluded */
    uint32_t most; /* so many of them at the most have a row */
    struct ddg_origin origin;
    /* the row at hand: slots times factors, */
    uint32_t *slot;
    int8_t *factor;
    size_t terms, slot_room, factor_room;
};

static enum ddg_error add_slot(struct building *b, uint32_t slot, int8_t factor)
{
    size_t need = b->terms + 1;
    enum ddg_error error;

    if ((error = ddg_grow(&b->slot, &b->slot_room, need, sizeof *b->slot, b->context)) ||
        (error = ddg_grow(&b->factor, &b->factor_room, need, 1, b->context)))
        return error;
    b->slot[b->terms] = ddg_slot_first(b->publication, slot);
    b->factor[b->terms++] = factor;
    return DDG_OK;
}

/* What a row says of numbers that are known, as the sum over their terms; false where that is too
 * large to be computed with. */
static bool add_known(const struct building *b, int64_t *known, size_t *unknown)
{
    const struct ddg_publication *p = b->publication;

    *known = 0;
    *unknown = 0;
    for (size_t i = 0; i < b->terms; i++) {
        int64_t value = p->low[b->slot[i]];

        if (value != p->high[b->slot[i]])
            ++*unknown;
        else if (__builtin_add_overflow(*known, b->factor[i] * value, known))
            return false;
    }
    return *unknown == 0 || (*known <= DDG_PROBLEM_LARGEST && *known >= -DDG_PROBLEM_LARGEST);
}

/* True when a row of at-most holds whatever its unknowns are. */
static bool always_holds(const struct building *b, int64_t right)
{
    const struct ddg_publication *p = b->publication;
    int64_t most = 0;

    for (size_t i = 0; i < b->terms; i++) {
        uint32_t slot = b->slot[i];

        if (p->low[slot] == p->high[slot])
            continue;
        if (b->factor[i] > 0 && p->high[slot] == DDG_UNBOUNDED)
            return false;
        most += b->factor[i] > 0 ? p->high[slot] : -p->low[slot];
        if (most > DDG_PROBLEM_LARGEST)
            return false;
    }
    return most <= right;
}

static enum ddg_error take_number(struct building *b, bool *excluded, uint32_t *number)
{
    struct ddg_publication *p = b->publication;
    enum ddg_error error;

    *number = p->origins++;
    *excluded = b->again && (p->origin[*number].excluded || *number >= b->most);
    if (b->again)
        return DDG_OK;
    error = ddg_grow(&p->origin, &p->origin_room, p->origins, sizeof *p->origin, b->context);
    if (!error)
        p->origin[*number] = b->origin;
    return error;
}

/* Ends the row at hand: adds it to the problem, unless it says nothing of any unknown. */
static enum ddg_error end_row(struct building *b, enum ddg_sense sense)
{
    struct ddg_publication *p = b->publication;
    bool excluded;
    int64_t known;
    size_t unknown;
    uint32_t number;
    enum ddg_error error;

    if (!add_known(b, &known, &unknown))
        return ddg_fail(b->context, DDG_LIMIT,
                        "%s: hidden counts that may be above 2^40 cannot be attacked",
                        p->release[b->origin.release].table->file);
    if (unknown == 0) {
        bool holds = sense == DDG_SUPPOSED || (sense == DDG_EQUAL ? known == 0 : known <= 0);

        return holds || b->again ? DDG_OK : ddg_origin_fail(p, &b->origin, b->context);
    }
    if (sense == DDG_AT_MOST && always_holds(b, -known))
        return DDG_OK;
    if ((error = take_number(b, &excluded, &number)) || excluded)
        return error;
    error = ddg_problem_add_row(&p->problem, sense, -known, number, b->context);
    for (size_t i = 0; !error && i < b->terms; i++)
        if (p->low[b->slot[i]] != p->high[b->slot[i]])
            error =
                ddg_problem_add_term(&p->problem, p->unknown[b->slot[i]], b->factor[i], b->context);
    return error;
}

static void begin_row(struct building *b, enum ddg_origin_kind kind, uint32_t place)
{
    b->origin.kind = (uint8_t)kind;
    b->origin.place = place;
    b->origin.detail = 0;
    b->terms = 0;
}

/* The parts of a line (factor `parts`) and its total (the other sign). */
static enum ddg_error line_row(struct building *b, uint32_t line, enum ddg_origin_kind kind,
                               enum ddg_sense sense, int8_t parts)
{
    const struct ddg_model *m = &b->publication->release[b->origin.release].model;
    enum ddg_error error = DDG_OK;

    begin_row(b, kind, line);
    for (size_t i = m->line_start[line]; !error && i < m->line_start[line + 1]; i++)
        error = add_slot(
            b, ddg_slot(b->publication, b->origin.release, b->origin.measure, m->line_cell[i]),
            i == m->line_start[line] ? (int8_t)-parts : parts);
    return error ? error : end_row(b, sense);
}

/* A total of parts that may overlap: at most their sum, at least each of them. */
static enum ddg_error overlapping_rows(struct building *b, uint32_t line)
{
    const struct ddg_publication *p = b->publication;
    const struct ddg_model *m = &p->release[b->origin.release].model;
    size_t first = m->line_start[line];
    uint32_t total = ddg_slot(p, b->origin.release, b->origin.measure, m->line_cell[first]);
    enum ddg_error error = line_row(b, line, DDG_ORIGIN_LINE, DDG_AT_MOST, -1);

    for (size_t i = first + 1; !error && i < m->line_start[line + 1]; i++) {
        begin_row(b, DDG_ORIGIN_PART, line);
        b->origin.detail = ddg_slot(p, b->origin.release, b->origin.measure, m->line_cell[i]);
        if (!(error = add_slot(b, b->origin.detail, 1)) && !(error = add_slot(b, total, -1)))
            error = end_row(b, DDG_AT_MOST);
    }
    return error ? error : line_row(b, line, DDG_ORIGIN_SUPPOSED, DDG_SUPPOSED, 1);
}

/* The rows of all lines of all measures. */
static enum ddg_error line_rows(struct building *b)
{
    const struct ddg_publication *p = b->publication;
    enum ddg_error error = DDG_OK;

    for (uint32_t r = 0; r < p->releases; r++)
        for (size_t m = 0; m < p->release[r].table->measures; m++) {
            const struct ddg_model *model = &p->release[r].model;

            b->origin.release = r;
            b->origin.measure = (uint16_t)m;
            for (uint32_t line = 0; !error && line < model->lines; line++)
                error = ddg_model_may_overlap(model, m, line)
                            ? overlapping_rows(b, line)
                            : line_row(b, line, DDG_ORIGIN_LINE, DDG_EQUAL, 1);
        }
    return error;
}

static enum ddg_error equation_row(void *data, const struct ddg_sum *sum, uint32_t release,
                                   uint32_t equation, uint32_t cell, struct ddg_context *context)
{
    struct building *b = data;
    enum ddg_error error = DDG_OK;

    (void)context;
    begin_row(b, DDG_ORIGIN_EQUATION, cell);
    b->origin.release = release;
    b->origin.measure = 0;
    b->origin.detail = equation;
    for (size_t i = 0; !error && i < sum->terms; i++)
        error = add_slot(b, sum->slot[i], sum->factor[i]);
    return error ? error : end_row(b, DDG_EQUAL);
}

static enum ddg_error earlier_rows(struct building *b)
{
    const struct ddg_publication *p = b->publication;
    enum ddg_error error = DDG_OK;

    for (size_t i = 0; !error && i < p->earlier_count; i++) {
        begin_row(b, DDG_ORIGIN_PREVIOUS, p->earlier[i].earlier);
        b->origin.release = ddg_slot_at(p, p->earlier[i].today).release;
        b->origin.detail = p->earlier[i].today;
        if (!(error = add_slot(b, p->earlier[i].earlier, 1)) &&
            !(error = add_slot(b, p->earlier[i].today, -1)))
            error = end_row(b, DDG_AT_MOST);
    }
    return error;
}

static enum ddg_error events_row(void *data, uint32_t release, uint32_t persons, uint32_t events)
{
    struct building *b = data;
    enum ddg_error error;

    begin_row(b, DDG_ORIGIN_EVENTS, persons);
    b->origin.release = release;
    b->origin.detail = events;
    if ((error = add_slot(b, persons, 1)) || (error = add_slot(b, events, -1)))
        return error;
    return end_row(b, DDG_AT_MOST);
}

/* Ends the row at hand, of a count and the crossing cells that it is the sum of. */
static enum ddg_error end_crossing(struct building *b, const struct ddg_crossed *cube,
                                   const struct ddg_crossing_sum *sum)
{
    struct ddg_publication *p = b->publication;
    uint32_t slot = ddg_slot_first(p, sum->slot), number;
    bool known = p->low[slot] == p->high[slot], excluded;
    struct ddg_crossing_at at = {0};
    enum ddg_error error;

    if (known && p->low[slot] > DDG_PROBLEM_LARGEST)
        return ddg_fail(b->context, DDG_LIMIT,
                        "%s: hidden counts that may be above 2^40 cannot be attacked",
                        p->release[b->origin.release].table->file);
    if ((error = take_number(b, &excluded, &number)) || excluded ||
        (error = ddg_problem_add_row(&p->problem, DDG_EQUAL, known ? p->low[slot] : 0, number,
                                     b->context)))
        return error;
    if (!known)
        error = ddg_problem_add_term(&p->problem, p->unknown[slot], -1, b->context);
    while (!error && ddg_crossing_next(cube, sum, &at))
        if (cube->cell[at.place] != DDG_NO_CROSSING)
            error = ddg_problem_add_term(&p->problem, p->first_crossing + cube->cell[at.place], 1,
                                         b->context);
    return error;
}

static enum ddg_error crossing_rows(struct building *b)
{
    const struct ddg_crossing *crossing = &b->publication->crossing;
    enum ddg_error error = DDG_OK;

    for (size_t i = 0; crossing->used && i < crossing->cubes; i++)
        for (size_t s = 0; !error && s < crossing->cube[i].sums; s++) {
            const struct ddg_crossing_sum *sum = &crossing->cube[i].sum[s];

            begin_row(b, DDG_ORIGIN_CROSSING, (uint32_t)i);
            b->origin.release = ddg_slot_at(b->publication, sum->slot).release;
            b->origin.detail = sum->slot;
            error = end_crossing(b, &crossing->cube[i], sum);
        }
    return error;
}

enum ddg_error ddg_rows_build(struct ddg_publication *p, bool again, uint32_t most,
                              struct ddg_context *context)
{
    struct building building = {.publication = p, .context = context, .again = again, .most = most};
    enum ddg_error error;

    p->origins = 0;
    if (!(error = line_rows(&building)) &&
        !(error = ddg_equations_each(p, equation_row, &building, context)))
        error = earlier_rows(&building);
    if (!error)
        error = ddg_events_each(p, events_row, &building, context);
    if (!error)
        error = crossing_rows(&building);
    free(building.slot);
    free(building.factor);
    return error;
}
