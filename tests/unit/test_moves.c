/*
 * Finding moves: small tables, in which all moves with changes of -2 to 2 are gone through one by
 * one, against what hope and vicinities deny, what searches and linear programs find, and what the
 * store of witnesses says of a cell.
 */
#include "masked_table.h"

#include "protect/chain.h"
#include "protect/deviation.h"
#include "protect/witnesses.h"

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

static void account(struct hunt *h, uint32_t cell, int *least, int *most, int sign)
{
    const struct ddg_model *model = h->m->mask.model;

    for (size_t i = model->cell_start[cell]; i < model->cell_start[cell + 1]; i++) {
        bool part = h->m->mask.sign[i] > 0;

        least[model->cell_line[i]] += sign * (part ? -h->down[cell] : -h->up[cell]);
        most[model->cell_line[i]] += sign * (part ? h->up[cell] : h->down[cell]);
    }
}

static bool may_balance(struct hunt *h, uint32_t cell, int by)
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

static void go_on(struct hunt *h, uint32_t cell)
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
static void hunt(const struct masked *m, enum ddg_manner manner, const int8_t *base, bool paid,
                 visitor *visit, void *data)
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

static uint64_t cost_of(const struct masked *m, const int8_t *change)
{
    uint64_t cost = 0;

    for (uint32_t cell = 0; cell < m->t.model.cells; cell++)
        if (change[cell] != 0 && m->mask.kind[cell] == DDG_PUBLIC)
            cost += m->mask.cost[cell];
    return cost;
}

/* Random masks --------------------------------------------------------------------------------- */

static uint64_t count_of(uint64_t *state)
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

static void write_table(char *text, const struct shape *shape, uint64_t *state)
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
static void mask_at_random(struct masked *m, const struct shape *shape, enum ddg_knows knows,
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

static struct shape choose_shape(uint64_t *state)
{
    static const struct shape shapes[] = {
        {2, 2, 1, false}, {3, 2, 1, false}, {2, 3, 1, false}, {3, 3, 1, false},
        {3, 2, 1, true},  {2, 2, 1, true},  {2, 2, 2, false}, {4, 1, 1, true},
    };

    return shapes[check_random(state) % (sizeof shapes / sizeof *shapes)];
}

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

struct wished {
    const struct ddg_wish *wish;
    const struct ddg_vicinity *v; /* NULL: costs are compared, nothing else */
    uint64_t cheapest;            /* of the moves that do as the wish says; UINT64_MAX: none */
    bool outside;                 /* one of them is not possible in the vicinity */
};

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

static void note_wished(void *data, const struct masked *m, const int8_t *change)
{
    struct wished *w = data;
    uint64_t cost;

    if (change[w->wish->cell] != w->wish->change || (cost = cost_of(m, change)) > w->wish->most)
        return;
    if (cost < w->cheapest)
        w->cheapest = cost;
    w->outside = w->outside || (w->v && !is_inside(w->v, m, change));
}

/* A wish for a cell that is unknown; false when there is none. */
static bool choose_wish(struct ddg_wish *wish, const struct masked *m, uint64_t *state)
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
    struct wished wished = {wish, v, UINT64_MAX, false};

    CHECK(!ddg_vicinity_find(v, wish, (struct ddg_context *)&m->t.context));
    hunt(m, wish->manner, base, wish->most > 0, note_wished, &wished);
    if (v->whole)
        CHECK(wished.cheapest == UINT64_MAX || (v->cells > 0 && !wished.outside));
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

/* Deviations ----------------------------------------------------------------------------------- */

struct tally {
    unsigned long possible, found, cheapest;
};

static bool is_plain(const struct shape *shape)
{
    return shape->layers == 1;
}

static void check_deviation_of(struct ddg_deviator *deviator, struct masked *m,
                               const struct ddg_wish *wish, bool plain, struct tally *tally)
{
    struct wished wished = {wish, NULL, UINT64_MAX, false};
    int64_t *scratch = new_scratch(m);
    uint64_t cost = 0;
    struct ddg_move move;
    bool found, good = false;

    hunt(m, wish->manner, NULL, wish->most > 0, note_wished, &wished);
    CHECK(!ddg_deviate(deviator, wish, &found, &move, &m->t.context));
    tally->possible += wished.cheapest != UINT64_MAX;
    if (found) {
        CHECK(ddg_move_fits(&m->mask, &move, 1, scratch));
        CHECK(wish->manner != DDG_TWICE || ddg_move_fits(&m->mask, &move, 2, scratch));
        CHECK(wish->manner != DDG_BOTH_WAYS || ddg_move_fits(&m->mask, &move, -1, scratch));
        for (uint32_t i = 0; i < move.count; i++) {
            good = good || (move.cell[i] == wish->cell && move.change[i] == wish->change);
            cost += m->mask.kind[move.cell[i]] == DDG_PUBLIC ? m->mask.cost[move.cell[i]] : 0;
        }
        CHECK(good && cost == move.cost && cost <= wish->most);
        tally->found += wished.cheapest != UINT64_MAX;
        tally->cheapest += cost <= wished.cheapest && wished.cheapest != UINT64_MAX;
    }
    /* cycles through a network: what the linear program finds is the cheapest */
    if (plain)
        CHECK(found == (wished.cheapest != UINT64_MAX) && (!found || cost == wished.cheapest));
    free(scratch);
}

/* What is found holds and costs what is said; in tables of two dimensions it is the cheapest, in
 * others nearly always. */
static void check_deviations(int tables)
{
    uint64_t state = 23;
    struct tally tally = {0};

    for (int i = 0; i < tables; i++) {
        struct shape shape = choose_shape(&state);
        struct ddg_deviator *deviator = NULL;
        struct ddg_wish wish;
        struct masked m;

        mask_at_random(&m, &shape, (enum ddg_knows)(i % 4), 20, &state);
        CHECK(!ddg_deviator_new(&deviator, &m.mask, &m.t.context));
        for (int j = 0; j < 4 && choose_wish(&wish, &m, &state); j++) {
            check_deviation_of(deviator, &m, &wish, is_plain(&shape), &tally);
            wish.change *= 2;
            check_deviation_of(deviator, &m, &wish, false, &tally);
        }
        ddg_deviator_free(deviator);
        masked_free(&m);
    }
    printf("deviations: %lu possible, %lu found, %lu as cheap as can be\n", tally.possible,
           tally.found, tally.cheapest);
    CHECK(tally.found * 100 >= tally.possible * 97 && tally.cheapest * 100 >= tally.possible * 90);
}

/* Searching ------------------------------------------------------------------------------------ */

/* What the search finds is a move that does as the wish says. */
static void check_found(struct masked *m, const struct ddg_wish *wish, const struct ddg_move *move,
                        int64_t *scratch)
{
    bool moved = false;
    uint64_t cost = 0;

    CHECK(ddg_move_fits(&m->mask, move, 1, scratch));
    CHECK(wish->manner != DDG_TWICE || ddg_move_fits(&m->mask, move, 2, scratch));
    CHECK(wish->manner != DDG_BOTH_WAYS || ddg_move_fits(&m->mask, move, -1, scratch));
    for (uint32_t i = 0; i < move->count; i++) {
        moved = moved || (move->cell[i] == wish->cell && move->change[i] == wish->change);
        cost += m->mask.kind[move->cell[i]] == DDG_PUBLIC ? m->mask.cost[move->cell[i]] : 0;
    }
    CHECK(moved && cost == move->cost && cost <= wish->most);
}

static bool is_in_square(const uint64_t *value, uint32_t rows, uint32_t columns, uint32_t cell)
{
    uint32_t r = cell / columns, c = cell % columns;
    bool square = false;

    for (uint32_t s = 0; s < rows; s++)
        for (uint32_t d = 0; d < columns; d++)
            square = square || (s != r && d != c && value[s * columns + d] <= 10 &&
                                value[s * columns + c] <= 10 && value[r * columns + d] <= 10);
    return square;
}

static bool is_alone(const struct masked *m, uint32_t cell)
{
    for (size_t i = m->t.model.cell_start[cell]; i < m->t.model.cell_start[cell + 1]; i++)
        if (m->mask.unknowns[m->t.model.cell_line[i]] == 1)
            return true;
    return false;
}

static void search_cell(struct masked *m, struct ddg_mover *mover, const struct ddg_hope *hope,
                        uint32_t cell, bool square)
{
    const struct ddg_wish wish = {.cell = cell, .change = 1, .manner = DDG_ONCE};
    int64_t *scratch = new_scratch(m);
    struct ddg_move move, again;
    uint32_t cells[256];
    bool found, hoped;

    CHECK(!ddg_move_search(mover, &wish, NULL, 1500, 0, &found, &move, &m->t.context));
    CHECK(found || !square);
    CHECK(!found || !is_alone(m, cell));
    CHECK(!found || ddg_hopes(hope->of[cell], 1, DDG_ONCE));
    if (found) {
        check_found(m, &wish, &move, scratch);
        memcpy(cells, move.cell, (move.count < 256 ? move.count : 256) * sizeof *cells);
        /* equal seeds, equal moves */
        CHECK(!ddg_move_search(mover, &wish, NULL, 1500, 0, &found, &again, &m->t.context));
        CHECK(found && again.count == move.count &&
              memcmp(cells, again.cell, again.count * sizeof *cells) == 0);
    }
    CHECK(!ddg_move_search(mover, &wish, hope, 1500, 0, &hoped, &move, &m->t.context));
    CHECK(hoped || !square);
    if (hoped)
        check_found(m, &wish, &move, scratch);
    free(scratch);
}

/* Where both are in a square of hidden cells of 2 and more, a cell has a move; the search finds
 * one that changes the cell and that verifies, and finds none where the margins fix the cell. */
static void check_searching(int tables)
{
    uint64_t state = 11;

    for (int i = 0; i < tables; i++) {
        uint32_t rows = 2 + (uint32_t)(check_random(&state) % 5);
        uint32_t columns = 2 + (uint32_t)(check_random(&state) % 5);
        struct ddg_mover *mover = NULL;
        struct ddg_hope hope;
        uint64_t value[36];
        struct masked m;
        char *text;

        for (uint32_t j = 0; j < rows * columns; j++)
            value[j] = check_random(&state) % 3 ? 20 + check_random(&state) % 50
                                                : 2 + check_random(&state) % 9;
        text = two_way_text(rows, columns, value, NULL);
        CHECK(!mask_text(&m, text, "", DDG_KNOWS_ZEROS));
        CHECK(!ddg_mover_new(&mover, &m.mask, &m.t.context));
        CHECK(!ddg_hope_init(&hope, &m.mask, &m.t.context));
        ddg_hope_find(&hope);
        for (uint32_t r = 0; r < rows; r++)
            for (uint32_t c = 0; c < columns; c++)
                if (value[r * columns + c] <= 10)
                    search_cell(&m, mover, &hope, r * (columns + 1) + c,
                                is_in_square(value, rows, columns, r * columns + c));
        ddg_hope_free(&hope);
        ddg_mover_free(mover);
        masked_free(&m);
        free(text);
    }
}

/* By steps or, with `chains`, by chains of cycles. */
static bool search(struct masked *m, const struct ddg_wish *wish, bool chains, int64_t *scratch,
                   struct tally *tally)
{
    struct wished wished = {wish, NULL, UINT64_MAX, false};
    struct ddg_mover *mover = NULL;
    struct ddg_chain chain = {.count = 0};
    struct ddg_move move;
    bool found;

    hunt(m, wish->manner, NULL, wish->most > 0, note_wished, &wished);
    if (chains) {
        CHECK(!ddg_chain_init(&chain, &m->mask, &m->t.context));
        CHECK(!ddg_chain_search(&chain, wish, NULL, 12, 7, &found, &move, &m->t.context));
        /* a part may be above its total, which chains do not look after */
        found =
            found && (!m->mask.any_loose || ddg_move_holds(&m->mask, &move, wish->manner, scratch));
    } else {
        CHECK(!ddg_mover_new(&mover, &m->mask, &m->t.context));
        CHECK(!ddg_move_search(mover, wish, NULL, 200, 7, &found, &move, &m->t.context));
    }
    if (found)
        check_found(m, wish, &move, scratch);
    tally->possible += wished.cheapest != UINT64_MAX;
    tally->found += found && wished.cheapest != UINT64_MAX;
    ddg_mover_free(mover);
    if (chains)
        ddg_chain_free(&chain);
    return found;
}

/* In small tables of every shape searches find most of the moves that there are, and no other. */
static void check_searches(int tables)
{
    uint64_t state = 29;
    struct tally steps = {0}, chains = {0}, both = {0};

    for (int i = 0; i < tables; i++) {
        struct shape shape = choose_shape(&state);
        struct ddg_wish wish;
        struct masked m;
        int64_t *scratch;

        mask_at_random(&m, &shape, (enum ddg_knows)(i % 4), 30, &state);
        scratch = new_scratch(&m);
        for (int j = 0; j < 4 && choose_wish(&wish, &m, &state); j++) {
            bool by_steps = search(&m, &wish, false, scratch, &steps);

            both.found += search(&m, &wish, true, scratch, &chains) || by_steps;
        }
        free(scratch);
        masked_free(&m);
    }
    printf("searches: %lu possible, %lu found by steps, %lu by chains, %lu by either\n",
           steps.possible, steps.found, chains.found, both.found);
    CHECK(steps.found * 100 >= steps.possible * 97);
    CHECK(chains.found * 100 >= chains.possible * 97);
    CHECK(both.found * 100 >= steps.possible * 98);
}

/* A move that costs shown cells stays within what it may cost. */
static void check_paying(void)
{
    struct ddg_wish wish = {.cell = 0, .change = 1, .manner = DDG_ONCE};
    struct ddg_mover *mover = NULL;
    struct masked m;
    struct ddg_move move;
    int64_t *scratch;
    bool found;

    CHECK(
        !mask_text(&m,
                   "r,c,count\nx,u,4\nx,v,30\nx,Total,34\ny,u,25\ny,v,31\ny,Total,56\nTotal,u,29\n"
                   "Total,v,61\nTotal,Total,90\n",
                   "", DDG_KNOWS_ZEROS));
    CHECK(!ddg_mover_new(&mover, &m.mask, &m.t.context));
    scratch = new_scratch(&m);
    for (wish.most = 0; wish.most <= 84; wish.most += 84) {
        CHECK(!ddg_move_search(mover, &wish, NULL, 1500, 0, &found, &move, &m.t.context));
        CHECK(!found);
    }
    wish.most = 86;
    CHECK(!ddg_move_search(mover, &wish, NULL, 1500, 0, &found, &move, &m.t.context));
    CHECK(found && move.cost == 86);
    check_found(&m, &wish, &move, scratch);
    for (uint32_t i = 0; i < move.count; i++)
        if (m.mask.kind[move.cell[i]] == DDG_PUBLIC)
            ddg_mask_complement(&m.mask, move.cell[i]);
    CHECK(m.mask.lost == 86 && ddg_move_fits(&m.mask, &move, 1, scratch));
    free(scratch);
    ddg_mover_free(mover);
    masked_free(&m);
}

/* A move stays as it was found until another is found, also while some are rejected: here one that
 * would take a part above its total, which is shown. */
static void check_staying(void)
{
    struct ddg_wish wish = {.cell = 1, .change = 1, .manner = DDG_ONCE};
    struct ddg_mover *mover = NULL;
    struct masked m;
    struct ddg_move move, other;
    bool found;

    CHECK(!mask_text(&m, "g,persons\na,12\nb,4\nTotal,12\n", "", DDG_KNOWS_ZEROS));
    ddg_mask_complement(&m.mask, 0);
    CHECK(!ddg_mover_new(&mover, &m.mask, &m.t.context));
    CHECK(!ddg_move_search(mover, &wish, NULL, 60, 0, &found, &move, &m.t.context));
    CHECK(found && move.count == 2);
    wish.cell = 0;
    CHECK(!ddg_move_search(mover, &wish, NULL, 60, 0, &found, &other, &m.t.context));
    CHECK(!found);
    for (uint32_t i = 0; i < 2; i++)
        CHECK(move.change[i] == (move.cell[i] == 1 ? 1 : -1));
    ddg_mover_free(mover);
    masked_free(&m);
}

/* A part that is all there is moves together with its total. */
static void check_rising(void)
{
    struct ddg_mover *mover = NULL;
    struct masked m;
    struct ddg_move move;
    int64_t *scratch;
    bool found;

    CHECK(!mask_text(&m, "g,persons\na,1\nTotal,1\n", "", DDG_KNOWS_ZEROS));
    CHECK(!ddg_mover_new(&mover, &m.mask, &m.t.context));
    scratch = new_scratch(&m);
    CHECK(!ddg_move_up(mover, 1, &found, &move, &m.t.context));
    CHECK(found && move.count == 2 && ddg_move_fits(&m.mask, &move, 2, scratch));
    CHECK(ddg_move_times(&m.mask, &move, 1, 3) == 3 && ddg_move_times(&m.mask, &move, -1, 3) == 0);
    free(scratch);
    ddg_mover_free(mover);
    masked_free(&m);
}

/* Witnesses ------------------------------------------------------------------------------------ */

enum { MOST_MOVES = 40 };

/* Moves of a table and, of those in the store, which: the store as it ought to be. */
struct ledger {
    struct masked m;
    struct ddg_witnesses w;
    uint32_t cell[MOST_MOVES][MOST_CELLS], count[MOST_MOVES], moves, seen;
    int8_t change[MOST_MOVES][MOST_CELLS];
    uint32_t kept[MOST_MOVES], keeps;
    uint64_t state;
};

static void collect(void *data, const struct masked *m, const int8_t *change)
{
    struct ledger *l = data;
    uint32_t at, count = 0;

    l->seen++;
    at = l->moves < MOST_MOVES ? l->moves : (uint32_t)(check_random(&l->state) % l->seen);
    if (at >= MOST_MOVES)
        return;
    for (uint32_t cell = 0; cell < m->t.model.cells; cell++)
        if (change[cell] != 0) {
            l->cell[at][count] = cell;
            l->change[at][count++] = change[cell];
        }
    l->count[at] = count;
    if (count > 0)
        l->moves += at == l->moves;
}

static struct ddg_move ledger_move(const struct ledger *l, uint32_t i)
{
    return (struct ddg_move){l->cell[i], l->change[i], l->count[i], 0};
}

static bool ledger_holds(const struct ledger *l, uint32_t i)
{
    bool holds = l->count[i] > 0;

    for (uint32_t j = 0; j < l->count[i]; j++)
        holds = holds && l->m.mask.kind[l->cell[i][j]] != DDG_PUBLIC;
    return holds;
}

/* By how much the moves in the store change the cell, made up to three times either way. */
static uint64_t ledger_offsets(struct ledger *l, uint32_t cell, int64_t *scratch)
{
    uint64_t offsets = 0;

    for (uint32_t i = 0; i < l->keeps; i++) {
        struct ddg_move move = ledger_move(l, l->kept[i]);

        for (uint32_t j = 0; j < move.count && ledger_holds(l, l->kept[i]); j++)
            for (int times = -3; move.cell[j] == cell && times <= 3; times++)
                if (times != 0 && ddg_move_fits(&l->m.mask, &move, times, scratch))
                    offsets |= (uint64_t)1 << (DDG_OFFSET_NONE + times * move.change[j]);
    }
    return offsets;
}

static void check_farthest(const struct ledger *l, uint32_t cell, uint64_t offsets)
{
    for (int by = -1; by <= 1; by += 2) {
        int farthest = 0, times = 0;
        uint32_t witness = 0;
        struct ddg_move move;

        for (int i = 1; i <= DDG_OFFSET_NONE; i++)
            if (offsets >> (DDG_OFFSET_NONE + by * i) & 1)
                farthest = i;
        if (!CHECK(ddg_witnesses_farthest(&l->w, cell, by, &witness, &times) == (farthest > 0)) ||
            farthest == 0)
            continue;
        move = ddg_witnesses_move(&l->w, witness);
        for (uint32_t i = 0; i < move.count; i++)
            if (move.cell[i] == cell)
                farthest -= by * times * move.change[i];
        CHECK(farthest == 0);
    }
}

static void check_ledger(struct ledger *l)
{
    int64_t *scratch = new_scratch(&l->m);
    bool lacking = false, good = true;

    CHECK(l->w.count == l->keeps);
    for (uint32_t cell = 0; cell < l->m.t.model.cells; cell++) {
        uint64_t offsets = ledger_offsets(l, cell, scratch);
        uint32_t has = (uint32_t)__builtin_popcountll(offsets);
        uint32_t wants = ddg_mask_wants(&l->m.mask, cell);
        uint32_t lacks = has < wants ? wants - has : 0;

        good = good && ddg_witnesses_offsets(&l->w, cell) == offsets;
        CHECK(ddg_witnesses_lacking(&l->w, cell) == lacks);
        check_farthest(l, cell, offsets);
        lacking = lacking || lacks > 0;
    }
    CHECK(good);
    CHECK(!ddg_witnesses_check(&l->w, &l->m.t.context) == !lacking);
    free(scratch);
}

/* Shows the complement again, or suppresses the cell, as the search does. */
static void toggle(struct ledger *l, uint32_t cell)
{
    if (l->m.mask.kind[cell] == DDG_COMPLEMENT) {
        ddg_mask_show(&l->m.mask, cell);
        ddg_witnesses_shown(&l->w, cell);
    } else if (ddg_mask_eligible(&l->m.mask, cell)) {
        ddg_mask_complement(&l->m.mask, cell);
        ddg_witnesses_hidden(&l->w, cell);
    }
}

static void keep_some(struct ledger *l)
{
    uint32_t i = (uint32_t)(check_random(&l->state) % l->moves);
    struct ddg_move move = ledger_move(l, i);

    if (l->keeps == MOST_MOVES || move.count == 0)
        return;
    for (uint32_t j = 0; j < move.count; j++)
        if (l->m.mask.kind[move.cell[j]] == DDG_PUBLIC)
            toggle(l, move.cell[j]);
    CHECK(!ddg_witnesses_keep(&l->w, &move, &l->m.t.context));
    l->kept[l->keeps++] = i;
}

static void tidy(struct ledger *l)
{
    uint32_t kept = 0;

    ddg_witnesses_tidy(&l->w);
    for (uint32_t i = 0; i < l->keeps; i++)
        if (ledger_holds(l, l->kept[i]))
            l->kept[kept++] = l->kept[i];
    l->keeps = kept;
}

static void change_ledger(struct ledger *l)
{
    uint32_t left;

    switch (check_random(&l->state) % 8) {
    case 0:
        left = (uint32_t)(check_random(&l->state) % (l->keeps + 1));
        ddg_witnesses_cut(&l->w, left);
        l->keeps = left;
        break;
    case 1:
        tidy(l);
        break;
    case 2:
    case 3:
    case 4:
        toggle(l, (uint32_t)(check_random(&l->state) % l->m.t.model.cells));
        break;
    default:
        keep_some(l);
    }
}

/* The store agrees with a plain list of moves, whatever is kept, shown, hidden and forgotten. */
static void check_witnesses(int tables)
{
    struct ledger *l = calloc(1, sizeof *l);
    uint64_t state = 31;

    if (!l)
        abort();
    for (int i = 0; i < tables; i++) {
        struct shape shape = choose_shape(&state);

        memset(l, 0, sizeof *l);
        l->state = check_random(&state);
        mask_at_random(&l->m, &shape, (enum ddg_knows)(i % 4), 40, &state);
        hunt(&l->m, DDG_ONCE, NULL, shape.rows * shape.columns * shape.layers < 8, collect, l);
        CHECK(!ddg_witnesses_init(&l->w, &l->m.mask, &l->m.t.context));
        for (int step = 0; step < 60 && l->moves > 0; step++) {
            change_ledger(l);
            check_ledger(l);
        }
        ddg_witnesses_free(&l->w);
        masked_free(&l->m);
    }
    free(l);
}

int main(void)
{
    int tables = check_quickly() ? 5 : 100;

    check_hope(tables);
    check_hopeless();
    check_vicinities(tables);
    check_deviations(tables);
    check_searching(tables);
    check_searches(tables);
    check_paying();
    check_staying();
    check_rising();
    check_witnesses(tables);
    return check_result();
}
