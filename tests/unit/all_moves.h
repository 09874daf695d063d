/*
 * Every move of a small table, gone through one by one, and tables to try that on: what hope and
 * vicinities deny, what searches find and what is kept of it are held against that.
 */
#ifndef DDG_TESTS_ALL_MOVES_H
#define DDG_TESTS_ALL_MOVES_H

#include "masked_table.h"

#include "protect/vicinity.h"

enum { MOST_CELLS = 32, MOST_LINES = 48, FAR = 2 };

/* Going through all moves ---------------------------------------------------------------------- */

/* What becomes of each move; the changes are those of each cell of the mask. */
typedef void visitor(void *data, const struct masked *m, const int8_t *change);

struct hunt {
    const struct masked *m;
    int down[MOST_CELLS], up[MOST_CELLS]; /* how far each cell may go */
    int8_t change[MOST_CELLS];
    int sum[MOST_LINES], least[MOST_LINES], most[MOST_LINES]; /* of a line: so far, and to come */
    visitor *visit;
    void *data;
};

static inline void account(struct hunt *h, uint32_t cell, int *least, int *most, int sign)
{
    const struct ddg_model *model = h->m->mask.model;

    for (size_t i = model->cell_start[cell]; i < model->cell_start[cell + 1]; i++) {
        bool part = h->m->mask.sign[i] > 0;

        least[model->cell_line[i]] += sign * (part ? -h->down[cell] : -h->up[cell]);
        most[model->cell_line[i]] += sign * (part ? h->up[cell] : h->down[cell]);
    }
}

static inline bool may_balance(struct hunt *h, uint32_t cell, int by)
{
    const struct ddg_model *model = h->m->mask.model;
    bool may = true;

    for (size_t i = model->cell_start[cell]; i < model->cell_start[cell + 1]; i++) {
        uint32_t line = model->cell_line[i];

        h->sum[line] += by * h->m->mask.sign[i];
        may = may && h->sum[line] + h->least[line] <= 0 && h->sum[line] + h->most[line] >= 0;
    }
    return may;
}

static inline void go_on(struct hunt *h, uint32_t cell)
{
    if (cell == h->m->mask.model->cells) {
        h->visit(h->data, h->m, h->change);
        return;
    }
    account(h, cell, h->least, h->most, -1);
    for (int by = -h->down[cell]; by <= h->up[cell]; by++) {
        h->change[cell] = (int8_t)by;
        if (may_balance(h, cell, by))
            go_on(h, cell + 1);
        may_balance(h, cell, -by);
    }
    h->change[cell] = 0;
    account(h, cell, h->least, h->most, 1);
}

/* Visits every move in the manner, in which each cell changes by 2 at the most, from `base` on; no
 * change at all is one of them.  Public cells change where they could serve and `paid` says so. */
static inline void hunt(const struct masked *m, enum ddg_manner manner, const int8_t *base,
                        bool paid, visitor *visit, void *data)
{
    struct hunt h = {.m = m, .visit = visit, .data = data};

    for (uint32_t cell = 0; cell < m->t.model.cells; cell++) {
        int down = ddg_room(&m->mask, cell, -1, manner), up = ddg_room(&m->mask, cell, 1, manner);

        if (m->mask.kind[cell] == DDG_PUBLIC && !paid)
            continue;
        down += base ? base[cell] : 0;
        up -= base ? base[cell] : 0;
        h.down[cell] = down > FAR ? FAR : down < 0 ? 0 : down;
        h.up[cell] = up > FAR ? FAR : up < 0 ? 0 : up;
        account(&h, cell, h.least, h.most, 1);
    }
    go_on(&h, 0);
}

static inline uint64_t cost_of(const struct masked *m, const int8_t *change)
{
    uint64_t cost = 0;

    for (uint32_t cell = 0; cell < m->t.model.cells; cell++)
        if (change[cell] != 0 && m->mask.kind[cell] == DDG_PUBLIC)
            cost += m->mask.cost[cell];
    return cost;
}

/* Random masks --------------------------------------------------------------------------------- */

static inline uint64_t count_of(uint64_t *state)
{
    static const uint64_t most[] = {1, 2, 4, 11, 15, 40};

    return check_random(state) % (most[check_random(state) % 6] + 1);
}

/* Of two dimensions, or of three with two categories each; half of the former with a level more in
 * the first dimension. */
struct shape {
    uint32_t rows, columns, layers;
    bool grouped;
};

static inline void write_table(char *text, const struct shape *shape, uint64_t *state)
{
    char *at = text + sprintf(text, shape->layers > 1 ? "r,c,l,count\n" : "r,c,count\n");

    for (uint32_t r = 0; r < shape->rows; r++)
        for (uint32_t c = 0; c < shape->columns; c++)
            for (uint32_t l = 0; l < shape->layers; l++) {
                at += sprintf(at, "r%u,c%u,", r, c);
                if (shape->layers > 1)
                    at += sprintf(at, "l%u,", l);
                at += sprintf(at, "%llu\n", (unsigned long long)count_of(state));
            }
}

/* A mask with some complements; its totals are printed unless `options` say otherwise. */
static inline void mask_at_random(struct masked *m, const struct shape *shape, enum ddg_knows knows,
                                  int complements, uint64_t *state)
{
    static const char *const totals[] = {"totals add", "totals add", "totals implied",
                                         "totals none"};
    char text[2048], options[256], path[SMALL_PATH_ROOM];

    write_table(text, shape, state);
    small_file(path, "child,parent\nr0,G\nr1,G\n");
    snprintf(options, sizeof options, "%s%s%s", totals[check_random(state) % 4],
             shape->grouped ? ";hierarchy r=" : "", shape->grouped ? path : "");
    CHECK(!mask_text(m, text, options, knows));
    unlink(path);
    CHECK(m->t.model.cells <= MOST_CELLS && m->t.model.lines <= MOST_LINES);
    for (uint32_t cell = 0; cell < m->t.model.cells; cell++)
        if (ddg_mask_eligible(&m->mask, cell) && (int)(check_random(state) % 100) < complements)
            ddg_mask_complement(&m->mask, cell);
}

static inline struct shape choose_shape(uint64_t *state)
{
    static const struct shape shapes[] = {
        {2, 2, 1, false}, {3, 2, 1, false}, {2, 3, 1, false}, {3, 3, 1, false},
        {3, 2, 1, true},  {2, 2, 1, true},  {2, 2, 2, false}, {4, 1, 1, true},
    };

    return shapes[check_random(state) % (sizeof shapes / sizeof *shapes)];
}

/* Wishes --------------------------------------------------------------------------------------- */

/* A wish for a cell that is unknown; false when there is none. */
static inline bool choose_wish(struct ddg_wish *wish, const struct masked *m, uint64_t *state)
{
    static const uint64_t most[] = {0, 3, 15, 40, 100000};
    uint32_t cells = m->t.model.cells, first = (uint32_t)(check_random(state) % cells);

    *wish = (struct ddg_wish){.manner = (enum ddg_manner)(check_random(state) % 3),
                              .most = most[check_random(state) % 5],
                              .change = check_random(state) % 2 ? 1 : -1,
                              .reach = 1000};
    for (uint32_t i = 0; i < cells; i++) {
        wish->cell = (first + i) % cells;
        if (m->mask.kind[wish->cell] != DDG_PUBLIC && ddg_mask_has_room(&m->mask, wish->cell))
            return true;
    }
    return false;
}

static inline bool is_as_wished(const struct masked *m, const struct ddg_wish *wish,
                                const int8_t *change)
{
    return change[wish->cell] == wish->change && cost_of(m, change) <= wish->most;
}

struct wished {
    const struct ddg_wish *wish;
    uint64_t cheapest;
};

static inline void note_wished(void *data, const struct masked *m, const int8_t *change)
{
    struct wished *w = data;
    uint64_t cost = cost_of(m, change);

    if (is_as_wished(m, w->wish, change) && cost < w->cheapest)
        w->cheapest = cost;
}

/* What the cheapest move costs that does as the wish says, from no base; UINT64_MAX when there is
 * none. */
static inline uint64_t cheapest_move(const struct masked *m, const struct ddg_wish *wish)
{
    struct wished wished = {wish, UINT64_MAX};

    hunt(m, wish->manner, NULL, wish->most > 0, note_wished, &wished);
    return wished.cheapest;
}

#endif
