/*
 * What cannot move: of small tables, in which all moves with changes of -2 to 2 are gone through
 * one by one, hope denies no cell a change that some move makes, and vicinities leave out no move.
 */
#include "all_moves.h"

#include "protect/hope.h"

/* Hope ----------------------------------------------------------------------------------------- */

/* Which cells move, and which way: the bits of hope. */
struct moving {
    enum ddg_manner manner;
    uint8_t *hope;
};

static void note_moving(void *data, const struct masked *m, const int8_t *change)
{
    struct moving *moving = data;

    for (uint32_t cell = 0; cell < m->t.model.cells; cell++)
        if (change[cell] != 0)
            moving->hope[cell] |= ddg_hope_bit(change[cell], moving->manner);
}

static void check_hope_of(struct ddg_hope *hope, const struct masked *m)
{
    for (int manner = DDG_ONCE; manner <= DDG_BOTH_WAYS; manner++) {
        uint8_t seen[MOST_CELLS] = {0};
        struct moving moving = {(enum ddg_manner)manner, seen};

        hunt(m, (enum ddg_manner)manner, NULL, false, note_moving, &moving);
        for (uint32_t cell = 0; cell < m->t.model.cells; cell++)
            CHECK((seen[cell] & ~hope->of[cell]) == 0);
    }
}

/* No cell is denied a change that some move makes; nor is one after another cell was suppressed. */
static void check_hope(int tables)
{
    uint64_t state = 3;
    unsigned long denied = 0;

    for (int i = 0; i < tables; i++) {
        struct shape shape = choose_shape(&state);
        struct ddg_hope hope;
        struct masked m;

        mask_at_random(&m, &shape, (enum ddg_knows)(i % 4), 30, &state);
        CHECK(!ddg_hope_init(&hope, &m.mask, &m.t.context));
        ddg_hope_find(&hope);
        check_hope_of(&hope, &m);
        for (uint32_t cell = 0; cell < m.t.model.cells; cell++)
            denied += m.mask.kind[cell] != DDG_PUBLIC && hope.of[cell] == 0;
        for (uint32_t cell = 0; cell < m.t.model.cells; cell++)
            if (ddg_mask_eligible(&m.mask, cell) && check_random(&state) % 3 == 0) {
                ddg_mask_complement(&m.mask, cell);
                ddg_hope_find(&hope);
                check_hope_of(&hope, &m);
            }
        ddg_hope_free(&hope);
        masked_free(&m);
    }
    CHECK(denied > 0);
}

/* In a line of ones whose total is shown nothing moves for who knows that zeros are shown. */
static void check_hopeless(void)
{
    static const char ones[] = "g,count\na,1\nb,1\nc,1\nd,20\nTotal,23\n";
    struct ddg_hope hope;
    struct masked m;

    for (int knows = DDG_KNOWS_SUMS; knows <= DDG_KNOWS_ZEROS; knows++) {
        bool zeros = knows == DDG_KNOWS_ZEROS;

        CHECK(!mask_text(&m, ones, "", (enum ddg_knows)knows));
        CHECK(!ddg_hope_init(&hope, &m.mask, &m.t.context));
        ddg_hope_find(&hope);
        CHECK(ddg_hopes(hope.of[0], 1, DDG_ONCE) == !zeros);
        CHECK(!ddg_hopes(hope.of[0], 1, DDG_TWICE) && !ddg_hopes(hope.of[3], 1, DDG_ONCE));
        /* with the 20 hidden, ones may rise, and do not fall */
        ddg_mask_complement(&m.mask, 3);
        ddg_hope_suppressed(&hope, 3);
        CHECK(ddg_hopes(hope.of[0], 1, DDG_ONCE) && ddg_hopes(hope.of[1], 1, DDG_TWICE));
        ddg_hope_find(&hope);
        CHECK(ddg_hopes(hope.of[0], 1, DDG_TWICE));
        CHECK(ddg_hopes(hope.of[0], -1, DDG_ONCE) == !zeros);
        CHECK(ddg_hopes(hope.of[0], 1, DDG_BOTH_WAYS) == !zeros);
        ddg_hope_free(&hope);
        masked_free(&m);
    }
}

/* Vicinities ----------------------------------------------------------------------------------- */

/* True when the vicinity lets those of its cells that the move changes change so far, and has all
 * of those that make up for each other; what is far from the wish's cell may be left out. */
static bool is_inside(const struct ddg_vicinity *v, const struct masked *m, const int8_t *change)
{
    const struct ddg_model *model = &m->t.model;
    int sum[MOST_LINES] = {0};
    bool inside = true;

    for (uint32_t at = 0; at < v->cells; at++) {
        uint32_t cell = v->cell[at];

        inside = inside && change[cell] <= v->up[at] && -change[cell] <= v->down[at];
        for (size_t i = model->cell_start[cell]; i < model->cell_start[cell + 1]; i++)
            sum[model->cell_line[i]] += change[cell] * m->mask.sign[i];
    }
    for (uint32_t line = 0; line < model->lines; line++)
        inside = inside && sum[line] == 0;
    return inside;
}

/* What becomes of the moves that do as the wish says. */
struct surrounded {
    const struct ddg_wish *wish;
    const struct ddg_vicinity *v;
    bool any, outside; /* there is one; one is not possible in the vicinity */
};

static void note_surrounded(void *data, const struct masked *m, const int8_t *change)
{
    struct surrounded *s = data;

    if (!is_as_wished(m, s->wish, change))
        return;
    s->any = true;
    s->outside = s->outside || !is_inside(s->v, m, change);
}

/* A move among those that there are, made into a base to start from. */
struct base {
    uint64_t state;
    uint32_t seen, cell[MOST_CELLS];
    int8_t change[MOST_CELLS], of[MOST_CELLS];
};

static void choose_base(void *data, const struct masked *m, const int8_t *change)
{
    struct base *base = data;

    if (check_random(&base->state) % ++base->seen == 0)
        memcpy(base->of, change, m->t.model.cells);
}

static struct ddg_move find_base(struct base *base, const struct masked *m)
{
    struct ddg_move move = {base->cell, base->change, 0, 0};

    hunt(m, DDG_ONCE, NULL, false, choose_base, base);
    for (uint32_t cell = 0; cell < m->t.model.cells; cell++)
        if (base->of[cell] != 0) {
            base->cell[move.count] = cell;
            base->change[move.count++] = base->of[cell];
        }
    return move;
}

static void check_vicinity_of(struct ddg_vicinity *v, const struct masked *m,
                              const struct ddg_wish *wish, const int8_t *base)
{
    struct surrounded s = {wish, v, false, false};

    CHECK(!ddg_vicinity_find(v, wish, (struct ddg_context *)&m->t.context));
    hunt(m, wish->manner, base, wish->most > 0, note_surrounded, &s);
    if (v->whole)
        CHECK(!s.any || (v->cells > 0 && !s.outside));
    CHECK(v->cells <= 4 * wish->reach);
}

/* A vicinity that is whole holds every move that does as its wish says. */
static void check_vicinities(int tables)
{
    uint64_t state = 17;

    for (int i = 0; i < tables; i++) {
        struct shape shape = choose_shape(&state);
        struct ddg_vicinity v;
        struct ddg_wish wish;
        struct masked m;

        mask_at_random(&m, &shape, (enum ddg_knows)(i % 4), 30, &state);
        CHECK(!ddg_vicinity_init(&v, &m.mask, &m.t.context));
        for (int j = 0; j < 6 && choose_wish(&wish, &m, &state); j++) {
            struct base base = {.state = check_random(&state)};
            struct ddg_move move;

            check_vicinity_of(&v, &m, &wish, NULL);
            wish.reach = 1 + (uint32_t)(check_random(&state) % 6);
            check_vicinity_of(&v, &m, &wish, NULL);
            move = find_base(&base, &m);
            wish.manner = DDG_ONCE;
            wish.reach = 1000;
            wish.base = &move;
            check_vicinity_of(&v, &m, &wish, base.of);
        }
        ddg_vicinity_free(&v);
        masked_free(&m);
    }
}

int main(void)
{
    int tables = check_quickly() ? 5 : 100;

    check_hope(tables);
    check_hopeless();
    check_vicinities(tables);
    return check_result();
}
