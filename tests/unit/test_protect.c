/*
 * Protection piece by piece: rounding, what the data holder knows, what starts out suppressed, the
 * rules for groups, and moves, whose proofs are spoilt in every way.
 */
#include "small_table.h"

#include "protect/group_rule.h"
#include "protect/move.h"
#include "protect/rounding.h"

/* A table with its truth and a mask. */
struct masked {
    struct small_table t;
    struct ddg_truth truth;
    struct ddg_mask mask;
};

static enum ddg_error mask_text(struct masked *m, const char *text, const char *options,
                                enum ddg_knows knows)
{
    enum ddg_error error = small_table_read(&m->t, DDG_SUPPRESS, text, options);

    m->truth = (struct ddg_truth){0};
    m->mask = (struct ddg_mask){0};
    if (!error)
        error = ddg_truth_read(&m->truth, &m->t.model, m->t.table.measure, &m->t.description,
                               &m->t.context);
    if (!error)
        error = ddg_mask_start(&m->mask, &m->t.model, &m->truth, &m->t.description, NULL, knows,
                               &m->t.context);
    return error;
}

static void masked_free(struct masked *m)
{
    ddg_mask_free(&m->mask);
    ddg_truth_free(&m->truth);
    small_table_free(&m->t);
}

/* Rounding ------------------------------------------------------------------------------------- */

static void check_rounding(void)
{
    uint64_t rounded = 77, state = 5;

    for (uint64_t base = 2; base < 40; base++)
        for (uint64_t n = 0; n < 200; n++) {
            CHECK(ddg_round_nearest(n, base, &rounded));
            CHECK(rounded % base == 0);
            /* nearest, and of two as near the larger */
            CHECK(rounded >= n ? 2 * (rounded - n) <= base : 2 * (n - rounded) < base);
        }
    for (int i = 0; i < 1000; i++) {
        uint64_t n = check_random(&state), base = 2 + check_random(&state) % 1000;
        unsigned __int128 exact = ((unsigned __int128)n * 2 + base) / (2 * base) * base;
        bool fits = exact <= UINT64_MAX;

        CHECK(ddg_round_nearest(n, base, &rounded) == fits);
        CHECK(!fits || rounded == (uint64_t)exact);
    }
    CHECK(!ddg_round_nearest(UINT64_MAX, 2, &rounded));
    CHECK(ddg_round_nearest(UINT64_MAX, 3, &rounded) && rounded == UINT64_MAX);
}

/* Truth ---------------------------------------------------------------------------------------- */

static void check_truth(void)
{
    struct masked m;
    uint32_t cell;

    CHECK(!mask_text(&m, "r,c,count\nx,u,1\nx,v,20\ny,u,30\ny,v,0\n", "", DDG_KNOWS_ZEROS));
    cell = small_cell(&m.t, "Total", "Total");
    CHECK(m.truth.low[cell] == 51 && m.truth.high[cell] == 51);
    cell = small_cell(&m.t, "Total", "u");
    CHECK(m.truth.low[cell] == 31 && m.truth.high[cell] == 31);
    masked_free(&m);

    /* R-SUP-13: distinct persons are at least the most of any part, at most all together */
    CHECK(!mask_text(&m, "r,c,persons\nx,u,1\nx,v,20\ny,u,30\ny,v,0\n", "", DDG_KNOWS_ZEROS));
    cell = small_cell(&m.t, "x", "Total");
    CHECK(m.truth.low[cell] == 20 && m.truth.high[cell] == 21);
    cell = small_cell(&m.t, "Total", "Total");
    CHECK(m.truth.low[cell] == 30 && m.truth.high[cell] == 51);
    masked_free(&m);

    /* one dimension overlaps, the other adds up */
    CHECK(!mask_text(&m, "r,c,count\nx,u,1\nx,v,20\ny,u,30\ny,v,0\n", "overlapping r",
                     DDG_KNOWS_ZEROS));
    cell = small_cell(&m.t, "x", "Total");
    CHECK(m.truth.low[cell] == 21 && m.truth.high[cell] == 21);
    cell = small_cell(&m.t, "Total", "u");
    CHECK(m.truth.low[cell] == 30 && m.truth.high[cell] == 31);
    /* Total/Total is at least u and v at their least, and at most x and y together */
    cell = small_cell(&m.t, "Total", "Total");
    CHECK(m.truth.low[cell] == 50 && m.truth.high[cell] == 51);
    masked_free(&m);

    /* a cell without data may be anything */
    CHECK(!mask_text(&m, "g,count,annotation\na,,3\nb,20,\nTotal,50,\n", "", DDG_KNOWS_ZEROS));
    CHECK(m.truth.low[0] == 0 && m.truth.high[0] == UINT64_MAX);
    masked_free(&m);

    CHECK(mask_text(&m, "g,count\na,20\nTotal,21\nb,0\n", "", DDG_KNOWS_ZEROS) == DDG_INPUT);
    CHECK_TEXT(small_message(&m.t),
               "3: a total is more than the sum of its parts: g=Total (parts by g)");
    masked_free(&m);
    CHECK(mask_text(&m, "g,persons\na,20\nTotal,19\nb,0\n", "", DDG_KNOWS_ZEROS) == DDG_INPUT);
    CHECK_TEXT(small_message(&m.t),
               "3: a total is less than one of its parts: g=Total (parts by g)");
    masked_free(&m);
    CHECK(mask_text(&m, "g,count\na,18446744073709551615\nb,18446744073709551615\n", "",
                    DDG_KNOWS_ZEROS) == DDG_INPUT);
    masked_free(&m);
}

/* Masks ---------------------------------------------------------------------------------------- */

/* "P" public, "S" primary, "C" complement, "H" hidden, in the order of the cells. */
static void check_kinds(const struct masked *m, const char *wanted)
{
    static const char letter[] = "PSCH";
    char got[64] = "";

    for (uint32_t cell = 0; cell < m->t.model.cells && cell < sizeof got - 1; cell++)
        got[cell] = letter[m->mask.kind[cell]];
    CHECK_TEXT(got, wanted);
    for (uint32_t line = 0; line < m->t.model.lines; line++) {
        uint32_t unknowns = 0;

        for (size_t i = m->t.model.line_start[line]; i < m->t.model.line_start[line + 1]; i++)
            unknowns += m->mask.kind[m->t.model.line_cell[i]] != DDG_PUBLIC;
        CHECK(unknowns == m->mask.unknowns[line]);
    }
}

/* R-NUM-2, R-NUM-3, R-SUP-1, and what is taken to be known of totals that are not printed. */
static void check_masks(void)
{
    static const char text[] = "g,h,count\na,x,0\na,y,1\nb,x,10\nb,y,11\nb,Total,21\na,Total,1\n";
    struct masked m;
    bool chosen[6] = {true, false, true, true, true, true};

    /* behind the rows come Total/x 10, Total/y 12 and Total/Total 22 */
    CHECK(!mask_text(&m, text, "", DDG_KNOWS_ZEROS));
    CHECK(m.mask.floor == 1 && m.mask.owned == 6 && m.mask.primary == 3);
    CHECK(m.mask.kind[small_cell(&m.t, "Total", "x")] == DDG_HIDDEN);
    CHECK(m.mask.kind[small_cell(&m.t, "Total", "y")] == DDG_PUBLIC);
    CHECK(m.mask.kind[small_cell(&m.t, "Total", "Total")] == DDG_PUBLIC);
    CHECK(m.mask.kind[0] == DDG_PUBLIC && m.mask.kind[1] == DDG_PRIMARY &&
          m.mask.kind[2] == DDG_PRIMARY && m.mask.kind[3] == DDG_PUBLIC &&
          m.mask.kind[4] == DDG_PUBLIC && m.mask.kind[5] == DDG_PRIMARY);
    /* R-SUP-3 */
    CHECK(!ddg_mask_eligible(&m.mask, 0) && !ddg_mask_eligible(&m.mask, 1) &&
          ddg_mask_eligible(&m.mask, 3) &&
          !ddg_mask_eligible(&m.mask, small_cell(&m.t, "Total", "y")));
    ddg_mask_complement(&m.mask, 3);
    CHECK(m.mask.kind[3] == DDG_COMPLEMENT && m.mask.complementary == 1);
    CHECK(!ddg_mask_eligible(&m.mask, 3) && ddg_mask_movable(&m.mask, 3));
    CHECK(!ddg_mask_movable(&m.mask, 0) && !ddg_mask_movable(&m.mask, 4));
    masked_free(&m);

    CHECK(!mask_text(&m, "g,count\na,4\nb,20\n", "totals none", DDG_KNOWS_SUMS));
    check_kinds(&m, "SPH");
    CHECK(m.mask.floor == 0);
    masked_free(&m);
    CHECK(!mask_text(&m, "g,count\na,4\nb,20\n", "totals add", DDG_KNOWS_SUMS));
    check_kinds(&m, "SPP");
    CHECK(m.mask.owned == 3 && ddg_mask_eligible(&m.mask, 2));
    masked_free(&m);
    CHECK(!mask_text(&m, "g,count\na,4\nb,5\n", "totals add", DDG_KNOWS_SUMS));
    check_kinds(&m, "SSS");
    masked_free(&m);
    CHECK(!mask_text(&m, "g,count\na,14\nb,15\nc,0\n", "threshold 15", DDG_KNOWS_SUMS));
    check_kinds(&m, "SPPP");
    masked_free(&m);

    CHECK(!mask_text(&m, text, "", DDG_KNOWS_ZEROS));
    ddg_mask_free(&m.mask);
    CHECK(!ddg_mask_start(&m.mask, &m.t.model, &m.truth, &m.t.description, chosen, DDG_KNOWS_ZEROS,
                          &m.t.context));
    CHECK(m.mask.kind[1] == DDG_PUBLIC && m.mask.kind[2] == DDG_PRIMARY && m.mask.primary == 2);
    masked_free(&m);
}

/* Groups --------------------------------------------------------------------------------------- */

/* What the one line of a one-way table needs, and which row would serve. */
static void check_group(const char *counts, const char *options, bool group_rule,
                        enum ddg_need need, uint32_t choice)
{
    struct masked m;
    char text[512] = "g,count\n", *at = text + strlen(text);
    int row = 0;

    for (const char *next = counts; *next; next += strspn(next, " ")) {
        size_t length = strcspn(next, " ");

        at += sprintf(at, "g%d,%.*s\n", row++, (int)length, next);
        next += length;
    }
    CHECK(!mask_text(&m, text, options, DDG_KNOWS_ZEROS));
    CHECK(m.t.model.lines == 1);
    CHECK(ddg_group_need(&m.mask, 0, group_rule) == need);
    if (need != DDG_NEEDS_NOTHING)
        CHECK(ddg_group_choice(&m.mask, 0) == choice);
    masked_free(&m);
}

static void check_groups(void)
{
    check_group("20 30 0", "", true, DDG_NEEDS_NOTHING, 0);
    /* R-SUP-7 */
    check_group("20 4 15 0", "", true, DDG_NEEDS_PARTNER, 2);
    check_group("20 4 15 0", "", false, DDG_NEEDS_PARTNER, 2);
    /* R-SUP-6 (b): less than 11 together */
    check_group("4 6 40 20", "", true, DDG_NEEDS_MORE, 3);
    check_group("4 6 40 20", "", false, DDG_NEEDS_NOTHING, 0);
    check_group("4 7 40 20", "", true, DDG_NEEDS_NOTHING, 0);
    check_group("1 10 40", "", true, DDG_NEEDS_NOTHING, 0);
    /* R-SUP-6 (a): none above 3 */
    check_group("3 3 3 3 50", "", true, DDG_NEEDS_MORE, 4);
    check_group("3 3 3 4 50", "", true, DDG_NEEDS_NOTHING, 0);
    /* the threshold decides what is less than 11 */
    check_group("8 8 50", "threshold 20", true, DDG_NEEDS_MORE, 2);
    check_group("8 8 50", "threshold 16", true, DDG_NEEDS_NOTHING, 0);
    /* nothing but zeros, and a total that is not printed */
    check_group("3 3 3 3 0", "", true, DDG_NEEDS_MORE, DDG_NO_CELL);
    /* ... or that can be hidden */
    check_group("3 3 3 3 0", "totals add", true, DDG_NEEDS_MORE, 5);
    /* a line binds only while its total is shown */
    check_group("2 2 50 0", "totals none", true, DDG_NEEDS_NOTHING, 0);
    check_group("2 2 0", "", true, DDG_NEEDS_NOTHING, 0);
}

/* Moves ---------------------------------------------------------------------------------------- */

static int64_t *new_scratch(const struct masked *m)
{
    int64_t *scratch = calloc(m->t.model.lines + 1, sizeof *scratch);

    if (!scratch)
        abort();
    return scratch;
}

static bool verify(const struct masked *m, const uint32_t *cell, const int8_t *change,
                   uint32_t count)
{
    int64_t *scratch = new_scratch(m);
    uint32_t cells[16];
    int8_t changes[16];
    bool good;

    memcpy(cells, cell, count * sizeof *cells);
    memcpy(changes, change, count * sizeof *changes);
    good = ddg_move_verify(&m->mask, &(struct ddg_move){cells, changes, count}, scratch);
    for (uint32_t line = 0; line < m->t.model.lines; line++)
        CHECK(scratch[line] == 0);
    free(scratch);
    return good;
}

/* Around a square of hidden cells one way or the other, and nothing else. */
static void check_verifying(void)
{
    static const char text[] = "r,c,count\nx,u,1\nx,v,9\nx,w,5\ny,u,9\ny,v,9\ny,w,50\nx,Total,15\n"
                               "y,Total,68\nTotal,u,10\nTotal,v,18\nTotal,w,55\nTotal,Total,83\n";
    const uint32_t square[] = {0, 1, 3, 4}, twice[] = {0, 1, 3, 4, 0, 0};
    struct masked m;

    CHECK(!mask_text(&m, text, "", DDG_KNOWS_ZEROS));
    CHECK(verify(&m, square, (const int8_t[]){1, -1, -1, 1}, 4));
    CHECK(verify(&m, square, (const int8_t[]){8, -8, -8, 8}, 4));
    /* below what the reader knows: 1 and 9 have to stay above 0 */
    CHECK(!verify(&m, square, (const int8_t[]){-1, 1, 1, -1}, 4));
    CHECK(!verify(&m, square, (const int8_t[]){9, -9, -9, 9}, 4));
    /* lines that do not add up, nothing at all, no change, a cell twice */
    CHECK(!verify(&m, square, (const int8_t[]){1, -1, -1, 2}, 4));
    CHECK(!verify(&m, square, (const int8_t[]){1, 1, 1, 1}, 4));
    CHECK(!verify(&m, square, (const int8_t[]){1, -1, -1}, 3));
    CHECK(!verify(&m, square, (const int8_t[]){0}, 0));
    CHECK(!verify(&m, square, (const int8_t[]){0, 0, 0, 0}, 4));
    CHECK(!verify(&m, twice, (const int8_t[]){1, -1, -1, 1, 1, -1}, 6));
    /* y/w is shown, and so is the total of x; x/w is hidden */
    CHECK(!verify(&m, (const uint32_t[]){0, 2, 3, 5}, (const int8_t[]){1, -1, -1, 1}, 4));
    CHECK(!verify(&m, (const uint32_t[]){0, 6, 3, 7}, (const int8_t[]){1, 1, -1, -1}, 4));
    masked_free(&m);

    /* who does not know that zeros are shown takes 0 for possible, not less */
    CHECK(!mask_text(&m, text, "", DDG_KNOWS_SUMS));
    CHECK(verify(&m, square, (const int8_t[]){-1, 1, 1, -1}, 4));
    CHECK(!verify(&m, square, (const int8_t[]){-2, 2, 2, -2}, 4));
    masked_free(&m);
}

/* Where both are in a square of hidden cells of 2 and more, a cell has a move; the search finds
 * one that changes the cell and that verifies, and finds none where the margins fix the cell. */
static void check_searching(void)
{
    uint64_t state = 11;
    int tables = check_quickly() ? 10 : 200;

    for (int i = 0; i < tables; i++) {
        uint32_t rows = 2 + (uint32_t)(check_random(&state) % 5);
        uint32_t columns = 2 + (uint32_t)(check_random(&state) % 5);
        uint64_t value[36];
        char *text;
        struct masked m;
        struct ddg_mover *mover = NULL;
        int64_t *scratch;

        for (uint32_t j = 0; j < rows * columns; j++)
            value[j] = check_random(&state) % 3 ? 20 + check_random(&state) % 50
                                                : 2 + check_random(&state) % 9;
        text = two_way_text(rows, columns, value, NULL);
        CHECK(!mask_text(&m, text, "", DDG_KNOWS_ZEROS));
        CHECK(!ddg_mover_new(&mover, &m.mask, &m.t.context));
        scratch = new_scratch(&m);
        for (uint32_t cell = 0; cell < m.t.model.printed; cell++) {
            struct ddg_move move;
            uint64_t cost = 1;
            bool square = false, alone = false, moved = false;
            uint32_t r = cell / (columns + 1), c = cell % (columns + 1);

            if (r == rows || c == columns || value[r * columns + c] > 10)
                continue;
            for (uint32_t s = 0; s < rows; s++)
                for (uint32_t d = 0; d < columns; d++)
                    square =
                        square || (s != r && d != c && value[s * columns + d] <= 10 &&
                                   value[s * columns + c] <= 10 && value[r * columns + d] <= 10);
            for (size_t k = m.t.model.cell_start[cell]; k < m.t.model.cell_start[cell + 1]; k++)
                alone = alone || m.mask.unknowns[m.t.model.cell_line[k]] == 1;
            if (!ddg_move_search(mover, cell, 0, 10000, &move, &cost)) {
                CHECK(!square);
                continue;
            }
            CHECK(!alone && cost == 0 && ddg_move_verify(&m.mask, &move, scratch));
            for (uint32_t k = 0; k < move.count; k++)
                moved = moved || move.cell[k] == cell;
            CHECK(moved);
        }
        free(scratch);
        ddg_mover_free(mover);
        masked_free(&m);
        free(text);
    }
}

/* A move that costs shown cells stays within what it may cost, and proves nothing until they are
 * hidden. */
static void check_paying(void)
{
    struct masked m;
    struct ddg_mover *mover = NULL;
    struct ddg_move move;
    uint64_t cost, sum = 0;
    int64_t *scratch;

    CHECK(
        !mask_text(&m,
                   "r,c,count\nx,u,4\nx,v,30\nx,Total,34\ny,u,25\ny,v,31\ny,Total,56\nTotal,u,29\n"
                   "Total,v,61\nTotal,Total,90\n",
                   "", DDG_KNOWS_ZEROS));
    CHECK(!ddg_mover_new(&mover, &m.mask, &m.t.context));
    scratch = new_scratch(&m);
    CHECK(!ddg_move_search(mover, 0, 0, 10000, &move, &cost));
    CHECK(!ddg_move_search(mover, 0, 84, 10000, &move, &cost));
    CHECK(ddg_move_search(mover, 0, 86, 10000, &move, &cost));
    CHECK(cost == 86 && !ddg_move_verify(&m.mask, &move, scratch));
    for (uint32_t i = 0; i < move.count; i++)
        if (m.mask.kind[move.cell[i]] == DDG_PUBLIC) {
            sum += m.truth.low[move.cell[i]];
            ddg_mask_complement(&m.mask, move.cell[i]);
        }
    CHECK(sum == cost && ddg_move_verify(&m.mask, &move, scratch));
    free(scratch);
    ddg_mover_free(mover);
    masked_free(&m);
}

int main(void)
{
    check_rounding();
    check_truth();
    check_masks();
    check_groups();
    check_verifying();
    check_searching();
    check_paying();
    return check_result();
}
