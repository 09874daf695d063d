/*
 * The store of witnesses: what it says of each cell of a small table is what a plain list of the
 * same moves says, whatever is kept, shown, hidden and forgotten.
 */
#include "all_moves.h"

#include "protect/witnesses.h"

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
    check_witnesses(check_quickly() ? 5 : 100);
    return check_result();
}
