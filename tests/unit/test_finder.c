/*
 * Finders: several over one mask find the same, each for itself, whatever they looked for before.
 */
#include "all_moves.h"

#include "protect/finder.h"

static const struct ddg_effort effort = {.chains = 3,
                                         .dives = 30,
                                         .paid_dives = 6,
                                         .reach = 100,
                                         .most_reach = 1000,
                                         .fractions = 2,
                                         .cheap = 20};

/* What there is to look for moves in: a mask, and one move already, if there is one. */
struct field {
    struct masked m;
    struct ddg_witnesses witnesses;
    struct ddg_hope hope;
};

static void keep_first(void *data, const struct masked *m, const int8_t *change)
{
    struct field *f = data;
    struct ddg_move move;
    uint32_t cell[MOST_CELLS];
    int8_t by[MOST_CELLS];

    move = (struct ddg_move){.cell = cell, .change = by};
    for (uint32_t i = 0; i < m->t.model.cells; i++)
        if (change[i] != 0) {
            cell[move.count] = i;
            by[move.count++] = change[i];
        }
    if (move.count > 0 && f->witnesses.count == 0)
        CHECK(!ddg_witnesses_keep(&f->witnesses, &move, &f->m.t.context));
}

static void make_field(struct field *f, enum ddg_knows knows, uint64_t *state)
{
    struct shape shape = choose_shape(state);

    mask_at_random(&f->m, &shape, knows, 30, state);
    CHECK(!ddg_witnesses_init(&f->witnesses, &f->m.mask, &f->m.t.context));
    CHECK(!ddg_hope_init(&f->hope, &f->m.mask, &f->m.t.context));
    ddg_hope_find(&f->hope);
    hunt(&f->m, DDG_ONCE, NULL, false, keep_first, f);
}

static void free_field(struct field *f)
{
    ddg_hope_free(&f->hope);
    ddg_witnesses_free(&f->witnesses);
    masked_free(&f->m);
}

static void start(struct ddg_finder *finder, struct field *f)
{
    CHECK(!ddg_finder_init(finder, &f->m.mask, &f->witnesses, &f->hope, &f->m.t.context));
}

static bool is_same(const struct ddg_move *a, const struct ddg_move *b)
{
    return a->count == b->count && a->cost == b->cost &&
           memcmp(a->cell, b->cell, a->count * sizeof *a->cell) == 0 &&
           memcmp(a->change, b->change, a->count) == 0;
}

/* A finder that has looked for other moves finds what a new one does, and what that found stays. */
static bool check_cell(struct field *f, struct ddg_finder *used, uint32_t cell, bool together)
{
    uint64_t budget = together ? 100 : 1000;
    struct ddg_finder fresh;
    struct ddg_move first, second;
    bool found, again;

    start(&fresh, f);
    CHECK(!ddg_finder_find(&fresh, cell, together, &effort, budget, &found, &first));
    CHECK(!ddg_finder_find(used, cell, together, &effort, budget, &again, &second));
    if (CHECK(found == again) && found)
        CHECK(is_same(&first, &second) && first.cell != second.cell && first.cost <= budget);
    ddg_finder_free(&fresh);
    return found;
}

static void check_finders(int tables)
{
    uint64_t state = 41;
    unsigned long looked = 0, found = 0;

    for (int i = 0; i < tables; i++) {
        struct field f;
        struct ddg_finder used;

        make_field(&f, (enum ddg_knows)(i % 4), &state);
        start(&used, &f);
        for (uint32_t cell = 0; cell < f.m.t.model.cells; cell++)
            if (ddg_is_suppressed(f.m.mask.kind[cell])) {
                found += check_cell(&f, &used, cell, check_random(&state) % 2);
                looked++;
            }
        ddg_finder_free(&used);
        free_field(&f);
    }
    printf("finders: %lu of %lu moves found\n", found, looked);
    CHECK(found > 0 && found < looked);
}

int main(void)
{
    check_finders(check_quickly() ? 5 : 60);
    return check_result();
}
