/*
 * Protection piece by piece: what the data holder knows, what starts out suppressed, the
 * rules for groups, and the verifying of moves, which are spoilt in every way.
 */
#include "masked_table.h"

#include "protect/group_rule.h"
#include "protect/witnesses.h"

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
    const bool chosen[6] = {true, false, true, true, true, true};
    struct ddg_mask_policy policy = usual_policy(DDG_KNOWS_ZEROS);
    struct masked m;

    /* behind the rows come Total/x 10, Total/y 12 and Total/Total 22 */
    CHECK(!mask_text(&m, text, "", DDG_KNOWS_ZEROS));
    CHECK(m.mask.owned == 6 && m.mask.primary == 3);
    /* who knows that zeros are shown takes 1 for the least */
    CHECK(m.mask.down[2] == 9 && m.mask.up[2] == DDG_ROOM_MOST);
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
    CHECK(!ddg_mask_eligible(&m.mask, 3) && ddg_mask_has_room(&m.mask, 3));
    CHECK(!ddg_mask_has_room(&m.mask, 0) && m.mask.kind[4] == DDG_PUBLIC);
    CHECK(m.mask.lost == 11);
    ddg_mask_show(&m.mask, 3);
    CHECK(ddg_mask_eligible(&m.mask, 3) && m.mask.complementary == 0 && m.mask.lost == 0);
    masked_free(&m);

    CHECK(!mask_text(&m, "g,count\na,4\nb,20\n", "totals none", DDG_KNOWS_SUMS));
    check_kinds(&m, "SPH");
    CHECK(m.mask.down[0] == 4 && m.mask.down[1] == 20);
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
    policy.chosen = chosen;
    CHECK(!mask_again(&m, &policy));
    CHECK(m.mask.kind[1] == DDG_PUBLIC && m.mask.kind[2] == DDG_PRIMARY && m.mask.primary == 2);
    masked_free(&m);
}

static void check_rooms(const struct masked *m, uint32_t cell, int down, int up)
{
    CHECK(m->mask.down[cell] == down && m->mask.up[cell] == up);
}

/* How far values may go at each level, and how many they are to keep. */
static void check_ranges(void)
{
    static const char text[] = "g,count\na,1\nb,10\nc,11\nd,0\ne,200\n";
    static const int least[] = {0, 1, 1, 1}, least_complement[] = {0, 1, 1, 11};
    const uint64_t cost[] = {1, 1, 7, 1, 5, 9};
    const bool never[] = {false, false, true, false, false, false};
    struct ddg_mask_policy policy;
    struct masked m;

    for (int knows = DDG_KNOWS_SUMS; knows <= DDG_KNOWS_CODES; knows++) {
        bool capped = knows >= DDG_KNOWS_THRESHOLD;

        CHECK(!mask_text(&m, text, "totals add", (enum ddg_knows)knows));
        check_rooms(&m, 0, 1 - least[knows], capped ? 9 : DDG_ROOM_MOST);
        check_rooms(&m, 1, 10 - least[knows], capped ? 0 : DDG_ROOM_MOST);
        check_rooms(&m, 2, 11 - least_complement[knows], DDG_ROOM_MOST);
        check_rooms(&m, 3, 0, 0);
        check_rooms(&m, 4, DDG_ROOM_MOST, DDG_ROOM_MOST);
        CHECK(ddg_mask_wants(&m.mask, 0) == 2 && ddg_mask_wants(&m.mask, 2) == 0);
        ddg_mask_complement(&m.mask, 2);
        CHECK(ddg_mask_wants(&m.mask, 2) == 1);
        masked_free(&m);
    }
    /* a small total that stands elsewhere is hidden there, since it is small */
    CHECK(!mask_text(&m, "g,count\na,4\nb,2\n", "", DDG_KNOWS_CODES));
    check_rooms(&m, 2, 5, 4);
    CHECK(ddg_mask_wants(&m.mask, 2) == 0);
    masked_free(&m);
    /* no more values than there are */
    CHECK(!mask_text(&m, "g,count\na,1\nb,2\nc,50\n", "threshold 3", DDG_KNOWS_THRESHOLD));
    CHECK(ddg_mask_wants(&m.mask, 0) == 1);
    masked_free(&m);

    CHECK(!mask_text(&m, text, "totals add", DDG_KNOWS_ZEROS));
    policy = usual_policy(DDG_KNOWS_ZEROS);
    policy.cost = cost;
    policy.never = never;
    CHECK(!mask_again(&m, &policy));
    CHECK(!ddg_mask_eligible(&m.mask, 2) && ddg_mask_eligible(&m.mask, 4));
    /* the cheapest first: e, then the total */
    CHECK(m.mask.servants[0] == 2 && m.mask.servant[0] == 4 && m.mask.servant[1] == 5);
    ddg_mask_complement(&m.mask, 4);
    CHECK(m.mask.lost == 5);
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

static bool fits(const struct masked *m, const uint32_t *cell, const int8_t *change, uint32_t count,
                 int times)
{
    int64_t *scratch = new_scratch(m);
    bool good = ddg_move_fits(&m->mask, &(struct ddg_move){cell, change, count, 0}, times, scratch);

    for (uint32_t line = 0; line < m->t.model.lines; line++)
        CHECK(scratch[line] == 0);
    free(scratch);
    return good;
}

static bool verify(const struct masked *m, const uint32_t *cell, const int8_t *change,
                   uint32_t count)
{
    return fits(m, cell, change, count, 1);
}

static const char square_text[] =
    "r,c,count\nx,u,1\nx,v,9\nx,w,5\ny,u,9\ny,v,9\ny,w,50\nx,Total,15\n"
    "y,Total,68\nTotal,u,10\nTotal,v,18\nTotal,w,55\nTotal,Total,83\n";
static const uint32_t square[] = {0, 1, 3, 4};

/* Around a square of hidden cells one way or the other, and nothing else. */
static void check_verifying(void)
{
    const uint32_t twice[] = {0, 1, 3, 4, 0, 0};
    struct masked m;

    CHECK(!mask_text(&m, square_text, "", DDG_KNOWS_ZEROS));
    CHECK(verify(&m, square, (const int8_t[]){1, -1, -1, 1}, 4));
    CHECK(verify(&m, square, (const int8_t[]){8, -8, -8, 8}, 4));
    CHECK(fits(&m, square, (const int8_t[]){1, -1, -1, 1}, 4, 8));
    CHECK(fits(&m, square, (const int8_t[]){-1, 1, 1, -1}, 4, -8));
    /* below what the reader knows: 1 and 9 have to stay above 0 */
    CHECK(!verify(&m, square, (const int8_t[]){-1, 1, 1, -1}, 4));
    CHECK(!verify(&m, square, (const int8_t[]){9, -9, -9, 9}, 4));
    CHECK(!fits(&m, square, (const int8_t[]){1, -1, -1, 1}, 4, -1));
    CHECK(!fits(&m, square, (const int8_t[]){1, -1, -1, 1}, 4, 9));
    /* lines that do not add up, nothing at all, no change, a cell twice */
    CHECK(!verify(&m, square, (const int8_t[]){1, -1, -1, 2}, 4));
    CHECK(!verify(&m, square, (const int8_t[]){1, 1, 1, 1}, 4));
    CHECK(!verify(&m, square, (const int8_t[]){1, -1, -1}, 3));
    CHECK(!verify(&m, square, (const int8_t[]){0}, 0));
    CHECK(!verify(&m, square, (const int8_t[]){0, 0, 0, 0}, 4));
    CHECK(!fits(&m, square, (const int8_t[]){1, -1, -1, 1}, 4, 0));
    CHECK(!verify(&m, twice, (const int8_t[]){1, -1, -1, 1, 1, -1}, 6));
    masked_free(&m);

    /* who does not know that zeros are shown takes 0 for possible, not less */
    CHECK(!mask_text(&m, square_text, "", DDG_KNOWS_SUMS));
    CHECK(verify(&m, square, (const int8_t[]){-1, 1, 1, -1}, 4));
    CHECK(!verify(&m, square, (const int8_t[]){-2, 2, 2, -2}, 4));
    masked_free(&m);
    /* who knows what is small takes 10 for the most */
    CHECK(!mask_text(&m, square_text, "", DDG_KNOWS_THRESHOLD));
    CHECK(verify(&m, square, (const int8_t[]){1, -1, -1, 1}, 4));
    CHECK(!verify(&m, square, (const int8_t[]){2, -2, -2, 2}, 4));
    masked_free(&m);
}

/* A public cell is taken as a complement, so that the move costs it, but a witness holds only once
 * it is one; cells that cannot be complements are in no move. */
static void check_public_cells(void)
{
    const uint32_t other[] = {0, 2, 3, 5};
    const int8_t change[] = {1, -1, -1, 1};
    struct ddg_mask_policy policy = usual_policy(DDG_KNOWS_ZEROS);
    bool never[12] = {false};
    struct ddg_witnesses w;
    struct masked m;

    CHECK(!mask_text(&m,
                     "r,c,count\nx,u,2\nx,v,9\nx,w,5\ny,u,9\ny,v,9\ny,w,50\nx,Total,16\n"
                     "y,Total,68\nTotal,u,11\nTotal,v,18\nTotal,w,55\nTotal,Total,84\n",
                     "", DDG_KNOWS_ZEROS));
    CHECK(verify(&m, other, change, 4));
    for (int hidden = 0; hidden < 2; hidden++) {
        CHECK(!ddg_witnesses_init(&w, &m.mask, &m.t.context));
        CHECK(!ddg_witnesses_keep(&w, &(struct ddg_move){other, change, 4, 0}, &m.t.context));
        CHECK(!ddg_witnesses_keep(&w, &(struct ddg_move){square, change, 4, 0}, &m.t.context));
        CHECK(!ddg_witnesses_check(&w, &m.t.context) == (hidden == 1));
        ddg_witnesses_free(&w);
        if (!hidden)
            ddg_mask_complement(&m.mask, 5);
    }
    masked_free(&m);

    CHECK(!mask_text(&m, square_text, "", DDG_KNOWS_ZEROS));
    never[5] = true;
    policy.never = never;
    CHECK(!mask_again(&m, &policy));
    CHECK(!verify(&m, other, change, 4) && verify(&m, square, change, 4));
    masked_free(&m);

    /* codes tell that y/w is 11 or more; it is 11 here */
    for (int knows = DDG_KNOWS_THRESHOLD; knows <= DDG_KNOWS_CODES; knows++) {
        CHECK(!mask_text(&m, "r,c,count\nx,u,2\nx,v,5\ny,u,9\ny,v,11\n", "totals add",
                         (enum ddg_knows)knows));
        CHECK(verify(&m, (const uint32_t[]){0, 1, 2, 3}, change, 4));
        CHECK(fits(&m, (const uint32_t[]){0, 1, 2, 3}, change, 4, -1) ==
              (knows == DDG_KNOWS_THRESHOLD));
        masked_free(&m);
    }
    /* a zero, and a total that stands elsewhere */
    CHECK(!mask_text(&m, "g,count\na,4\nb,0\nc,30\n", "", DDG_KNOWS_ZEROS));
    CHECK(!verify(&m, (const uint32_t[]){0, 1}, (const int8_t[]){-1, 1}, 2));
    CHECK(!verify(&m, (const uint32_t[]){0, 3}, (const int8_t[]){1, 1}, 2));
    CHECK(verify(&m, (const uint32_t[]){0, 2}, (const int8_t[]){1, -1}, 2));
    masked_free(&m);
}

/* R-SUP-13: no part exceeds its total, whichever of them moves. */
static void check_loose(void)
{
    struct masked m;

    /* all of b are in a: 9 of them at most */
    CHECK(!mask_text(&m, "g,persons\na,9\nb,4\nTotal,9\n", "", DDG_KNOWS_ZEROS));
    CHECK(verify(&m, (const uint32_t[]){0, 2}, (const int8_t[]){1, 1}, 2));
    CHECK(verify(&m, (const uint32_t[]){1, 2}, (const int8_t[]){1, 1}, 2));
    CHECK(fits(&m, (const uint32_t[]){0, 2}, (const int8_t[]){1, 1}, 2, -5));
    /* b is 4, so there are 4 persons at least; a is 9 */
    CHECK(!fits(&m, (const uint32_t[]){0, 2}, (const int8_t[]){1, 1}, 2, -6));
    CHECK(!fits(&m, (const uint32_t[]){1, 2}, (const int8_t[]){1, 1}, 2, -1));
    CHECK(!verify(&m, (const uint32_t[]){0, 1}, (const int8_t[]){1, -1}, 2));
    CHECK(fits(&m, (const uint32_t[]){0, 1}, (const int8_t[]){1, -1}, 2, -2));
    CHECK(!fits(&m, (const uint32_t[]){0, 1}, (const int8_t[]){1, -1}, 2, -6));
    masked_free(&m);
    /* the same numbers as far as they go where nobody is twice in a line */
    CHECK(!mask_text(&m, "g,persons\na,9\nb,4\nTotal,13\n", "", DDG_KNOWS_ZEROS));
    CHECK(fits(&m, (const uint32_t[]){0, 1}, (const int8_t[]){1, -1}, 2, 3));
    CHECK(!fits(&m, (const uint32_t[]){0, 1}, (const int8_t[]){1, -1}, 2, 4));
    masked_free(&m);
    /* a part that is all there is */
    CHECK(!mask_text(&m, "g,persons\na,3\nb,0\nTotal,3\n", "", DDG_KNOWS_ZEROS));
    CHECK(fits(&m, (const uint32_t[]){0, 2}, (const int8_t[]){1, 1}, 2, 1));
    CHECK(fits(&m, (const uint32_t[]){0, 2}, (const int8_t[]){1, 1}, 2, -2));
    CHECK(!fits(&m, (const uint32_t[]){0, 2}, (const int8_t[]){1, 1}, 2, -3));
    masked_free(&m);
    /* a total that cannot move bounds its parts from the beginning */
    CHECK(!mask_text(&m, "g,persons\na,9\nb,8\nc,3\n", "", DDG_KNOWS_ZEROS));
    CHECK(m.mask.kind[3] == DDG_PUBLIC && m.mask.up[0] == 0 && m.mask.up[1] == 1);
    masked_free(&m);
}

int main(void)
{
    check_truth();
    check_masks();
    check_ranges();
    check_groups();
    check_verifying();
    check_public_cells();
    check_loose();
    return check_result();
}
