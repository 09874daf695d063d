/*
 * Weights that are kept are those that are computed, whatever has changed since they were.
 */
#include "all_moves.h"

#include "protect/ground.h"

/* A mask that changes, and what looks at it. */
struct looked_at {
    struct masked m;
    struct ddg_hope hope;
    struct ddg_ground ground;
    uint64_t state;
    unsigned long kinds[4]; /* of weights: by itself, of what is out of range, too dear, nobody's */
};

static void check_weights(struct looked_at *l)
{
    const struct ddg_model *model = &l->m.t.model;
    struct ddg_ground *g = &l->ground;
    uint64_t keys = 1;

    for (size_t d = 0; d < model->dimensions; d++)
        keys *= model->dimension[d].category.count;
    for (uint64_t key = 0; key < keys; key++)
        for (int by = -1; by <= 1; by += 2) {
            uint64_t weight = ddg_ground_compute(g, key, by);

            CHECK(ddg_ground_weight(g, key, by) == weight);
            if (ddg_ground_cell(g, key) == DDG_NO_CELL)
                l->kinds[3]++;
            else
                l->kinds[weight == DDG_NO_WAY ? 2 : weight == g->excess ? 1 : 0]++;
        }
}

/* Some cells are suppressed and shown, and at times hope is found anew, or costs change. */
static void change_mask(struct looked_at *l)
{
    struct ddg_mask *mask = &l->m.mask;
    uint64_t cost[MOST_CELLS];

    for (uint32_t cell = 0; cell < mask->model->cells; cell++) {
        uint64_t random = check_random(&l->state);

        if (random % 4 == 0 && mask->kind[cell] == DDG_COMPLEMENT) {
            ddg_mask_show(mask, cell);
        } else if (random % 8 == 1 && ddg_mask_eligible(mask, cell)) {
            ddg_mask_complement(mask, cell);
            ddg_hope_suppressed(&l->hope, cell);
        }
        /* some have no room among the weights that are kept */
        cost[cell] = random >> (random % 3 == 0 ? 40 : 52);
    }
    if (check_random(&l->state) % 3 == 0)
        ddg_hope_find(&l->hope);
    if (check_random(&l->state) % 3 == 0)
        CHECK(!ddg_mask_price(mask, cost, &l->m.t.context));
}

static void check_steps(struct looked_at *l)
{
    struct ddg_ground *g = &l->ground;
    uint64_t most = check_random(&l->state) >> (check_random(&l->state) % 64);
    bool hopeful = check_random(&l->state) % 2 == 0;

    ddg_ground_choose(g, (enum ddg_manner)(check_random(&l->state) % DDG_MANNERS),
                      hopeful ? &l->hope : NULL, most < DDG_WEIGHT_MOST ? most : DDG_WEIGHT_MOST);
    g->begun = false;
    check_weights(l);
    g->begun = true;
    g->excess = 77;
    for (int step = 0; step < 3; step++) {
        for (uint32_t cell = 0; cell < l->m.t.model.cells; cell++)
            if (check_random(&l->state) % 3 == 0)
                ddg_ground_change(g, cell, (int)(check_random(&l->state) % 7) - 3);
        check_weights(l);
    }
    for (uint32_t cell = 0; cell < l->m.t.model.cells; cell++)
        ddg_ground_change(g, cell, 0);
}

int main(void)
{
    struct looked_at l = {.state = 5};

    for (int i = 0; i < (check_quickly() ? 5 : 60); i++) {
        struct shape shape = choose_shape(&l.state);

        mask_at_random(&l.m, &shape, (enum ddg_knows)(i % 4), 30, &l.state);
        CHECK(!ddg_hope_init(&l.hope, &l.m.mask, &l.m.t.context));
        CHECK(!ddg_ground_init(&l.ground, &l.m.mask, &l.m.t.context));
        CHECK(l.ground.weights);
        ddg_hope_find(&l.hope);
        for (int j = 0; j < 12; j++) {
            change_mask(&l);
            check_steps(&l);
        }
        ddg_ground_free(&l.ground);
        ddg_hope_free(&l.hope);
        masked_free(&l.m);
    }
    for (size_t i = 0; i < 3; i++)
        CHECK(l.kinds[i] > 0);
    return check_result();
}
