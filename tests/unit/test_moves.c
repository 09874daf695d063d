/*
 * Finding moves: in small tables, in which all moves with changes of -2 to 2 are gone through one
 * by one, linear programs and searches find nearly all that there is, and no other.
 */
#include "all_moves.h"

#include "protect/chain.h"
#include "protect/deviation.h"
#include "protect/mover.h"
#include "protect/rise.h"

/* What was found is a move that does as the wish says. */
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
    uint64_t cheapest = cheapest_move(m, wish);
    bool possible = cheapest != UINT64_MAX, found;
    int64_t *scratch = new_scratch(m);
    struct ddg_move move;

    CHECK(!ddg_deviate(deviator, wish, &found, &move, &m->t.context));
    if (found)
        check_found(m, wish, &move, scratch);
    tally->possible += possible;
    tally->found += found && possible;
    tally->cheapest += found && possible && move.cost <= cheapest;
    /* cycles through a network: what the linear program finds is the cheapest */
    if (plain)
        CHECK(found == possible && (!found || move.cost == cheapest));
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

    CHECK(!ddg_mover_search(mover, &wish, NULL, 1500, 0, &found, &move, &m->t.context));
    CHECK(found || !square);
    CHECK(!found || !is_alone(m, cell));
    CHECK(!found || ddg_hopes(hope->of[cell], 1, DDG_ONCE));
    if (found) {
        check_found(m, &wish, &move, scratch);
        memcpy(cells, move.cell, (move.count < 256 ? move.count : 256) * sizeof *cells);
        /* equal seeds, equal moves */
        CHECK(!ddg_mover_search(mover, &wish, NULL, 1500, 0, &found, &again, &m->t.context));
        CHECK(found && again.count == move.count &&
              memcmp(cells, again.cell, again.count * sizeof *cells) == 0);
    }
    CHECK(!ddg_mover_search(mover, &wish, hope, 1500, 0, &hoped, &move, &m->t.context));
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

static bool find_by_steps(struct masked *m, const struct ddg_wish *wish, int64_t *scratch)
{
    struct ddg_mover *mover = NULL;
    struct ddg_move move;
    bool found;

    CHECK(!ddg_mover_new(&mover, &m->mask, &m->t.context));
    CHECK(!ddg_mover_search(mover, wish, NULL, 200, 7, &found, &move, &m->t.context));
    if (found)
        check_found(m, wish, &move, scratch);
    ddg_mover_free(mover);
    return found;
}

static bool find_by_chains(struct masked *m, const struct ddg_wish *wish, int64_t *scratch)
{
    struct ddg_chain chain;
    struct ddg_move move;
    bool found;

    CHECK(!ddg_chain_init(&chain, &m->mask, &m->t.context));
    CHECK(!ddg_chain_search(&chain, wish, NULL, 12, 7, &found, &move, &m->t.context));
    /* a part may be above its total, which chains do not look after */
    found = found && (!m->mask.any_loose || ddg_move_holds(&m->mask, &move, wish->manner, scratch));
    if (found)
        check_found(m, wish, &move, scratch);
    ddg_chain_free(&chain);
    return found;
}

/* In small tables of every shape searches find most of the moves that there are, and no other. */
static void check_searches(int tables)
{
    uint64_t state = 29;
    unsigned long possible = 0, by_steps = 0, by_chains = 0, by_either = 0;

    for (int i = 0; i < tables; i++) {
        struct shape shape = choose_shape(&state);
        struct ddg_wish wish;
        struct masked m;
        int64_t *scratch;

        mask_at_random(&m, &shape, (enum ddg_knows)(i % 4), 30, &state);
        scratch = new_scratch(&m);
        for (int j = 0; j < 4 && choose_wish(&wish, &m, &state); j++) {
            bool is_possible = cheapest_move(&m, &wish) != UINT64_MAX;
            bool steps = find_by_steps(&m, &wish, scratch);
            bool chains = find_by_chains(&m, &wish, scratch);

            possible += is_possible;
            by_steps += is_possible && steps;
            by_chains += is_possible && chains;
            by_either += is_possible && (steps || chains);
        }
        free(scratch);
        masked_free(&m);
    }
    printf("searches: %lu possible, %lu found by steps, %lu by chains, %lu by either\n", possible,
           by_steps, by_chains, by_either);
    CHECK(by_steps * 100 >= possible * 97);
    CHECK(by_chains * 100 >= possible * 97);
    CHECK(by_either * 100 >= possible * 98);
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
        CHECK(!ddg_mover_search(mover, &wish, NULL, 1500, 0, &found, &move, &m.t.context));
        CHECK(!found);
    }
    wish.most = 86;
    CHECK(!ddg_mover_search(mover, &wish, NULL, 1500, 0, &found, &move, &m.t.context));
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
    CHECK(!ddg_mover_search(mover, &wish, NULL, 60, 0, &found, &move, &m.t.context));
    CHECK(found && move.count == 2);
    wish.cell = 0;
    CHECK(!ddg_mover_search(mover, &wish, NULL, 60, 0, &found, &other, &m.t.context));
    CHECK(!found);
    for (uint32_t i = 0; i < 2; i++)
        CHECK(move.change[i] == (move.cell[i] == 1 ? 1 : -1));
    ddg_mover_free(mover);
    masked_free(&m);
}

/* A part that is all there is moves together with its total. */
static void check_rising(void)
{
    struct ddg_rise rise = {0};
    struct masked m;
    struct ddg_move move;
    int64_t *scratch;
    bool found;

    CHECK(!mask_text(&m, "g,persons\na,1\nTotal,1\n", "", DDG_KNOWS_ZEROS));
    scratch = new_scratch(&m);
    CHECK(!ddg_rise_find(&rise, &m.mask, 1, &found, &move, &m.t.context));
    CHECK(found && move.count == 2 && ddg_move_fits(&m.mask, &move, 2, scratch));
    CHECK(ddg_move_times(&m.mask, &move, 1, 3) == 3 && ddg_move_times(&m.mask, &move, -1, 3) == 0);
    free(scratch);
    ddg_rise_free(&rise);
    masked_free(&m);
}

int main(void)
{
    int tables = check_quickly() ? 5 : 100;

    check_deviations(tables);
    check_searching(tables);
    check_searches(tables);
    check_paying();
    check_staying();
    check_rising();
    return check_result();
}
