/*
 * The attacker piece by piece: ranges of single lines, and the linear system beside graph theory.
 */
#include "small_table.h"

#include "attack/ranges.h"
#include "attack/system.h"

enum { SIDE = 9, CELLS = SIDE * SIDE };

/* Ranges over the rows of a table; blank counts have `least` as their lower end. */
struct ranged {
    struct small_table t;
    struct ddg_ranges ranges;
};

static void *zeroed(size_t count, size_t size)
{
    void *room = calloc(count + 1, size);

    if (!room)
        abort();
    return room;
}

static enum ddg_error range_text(struct ranged *r, const char *text, const char *options,
                                 int64_t least)
{
    enum ddg_error error = small_table_read(&r->t, DDG_AUDIT, text, options);
    uint32_t cells = r->t.model.cells;

    r->ranges = (struct ddg_ranges){.model = &r->t.model};
    r->ranges.low = zeroed(cells, sizeof(int64_t));
    r->ranges.high = zeroed(cells, sizeof(int64_t));
    r->ranges.reason = zeroed(cells, sizeof(uint32_t));
    r->ranges.loose = zeroed(r->t.model.dimensions, sizeof(bool));
    for (size_t d = 0; d < r->t.model.dimensions; d++)
        r->ranges.loose[d] = r->t.table.measure[0].distinct;
    for (uint32_t cell = 0; !error && cell < cells; cell++) {
        struct ddg_count count = {.state = DDG_BLANK};

        r->ranges.high[cell] = DDG_UNBOUNDED;
        r->ranges.reason[cell] = DDG_NO_LINE;
        if (cell < r->t.model.printed)
            error = ddg_table_count(&r->t.table, &r->t.description, cell, r->t.table.measure,
                                    &count, &r->t.context);
        if (count.state == DDG_SHOWN)
            r->ranges.low[cell] = r->ranges.high[cell] = (int64_t)count.value;
        else if (cell < r->t.model.printed)
            r->ranges.low[cell] = least;
    }
    return error;
}

static void ranged_free(struct ranged *r)
{
    free(r->ranges.low);
    free(r->ranges.high);
    free(r->ranges.reason);
    free(r->ranges.loose);
    small_table_free(&r->t);
}

/* Narrows, and compares the range of a cell. */
static void check_range(const char *text, int64_t least, uint32_t cell, int64_t low, int64_t high)
{
    struct ranged r;

    CHECK(!range_text(&r, text, "", least));
    CHECK(!ddg_ranges_narrow(&r.ranges, &r.t.context));
    CHECK(r.ranges.low[cell] == low && r.ranges.high[cell] == high);
    CHECK(ddg_range_is_point(&r.ranges, cell) == (low == high));
    ranged_free(&r);
}

static void check_ranges(void)
{
    static const char one[] = "g,count\na,\nb,20\nc,10\nTotal,34\n";
    static const char two[] = "g,count\na,\nb,\nc,10\nTotal,34\n";
    static const char open[] = "g,count\na,\nb,20\nc,10\nTotal,\n";
    static const char persons[] = "g,persons\na,\nb,20\nc,10\nTotal,34\n";

    check_range(one, 0, 0, 4, 4);
    check_range(two, 0, 0, 0, 24);
    check_range(two, 1, 0, 1, 23);
    check_range(open, 1, 3, 31, DDG_UNBOUNDED);
    check_range(open, 1, 0, 1, DDG_UNBOUNDED);
    /* nobody counts in the total who counts nowhere; everybody may count in a, too */
    check_range(persons, 1, 0, 4, 34);
    check_range("g,persons\na,9\nb,20\nc,10\nTotal,\n", 1, 3, 20, 39);
    /* a total that is not printed is at least its parts */
    check_range("g,count\na,\nb,20\n", 1, 2, 21, DDG_UNBOUNDED);
    /* one line after the other: row x leaves 1 to 3 for u, column u takes at least 3 */
    check_range(
        "r,c,count\nx,u,\nx,v,\nx,Total,4\ny,u,\ny,v,20\ny,Total,22\nTotal,u,5\nTotal,v,21\n", 1, 0,
        3, 3);
}

static void check_impossible(const char *text, int64_t least, const char *message)
{
    struct ranged r;

    CHECK(!range_text(&r, text, "", least));
    CHECK(ddg_ranges_narrow(&r.ranges, &r.t.context) == DDG_INPUT);
    CHECK_TEXT(small_message(&r.t), message);
    ranged_free(&r);
}

static void check_impossibles(void)
{
    check_impossible(
        "g,count\na,20\nb,20\nTotal,41\n", 0,
        "4: no counts fit this line: a total and its parts disagree: g=Total (parts by g)");
    check_impossible(
        "g,count\na,\nb,20\nTotal,20\n", 1,
        "4: no counts fit this line: a total and its parts disagree: g=Total (parts by g)");
    check_impossible(
        "g,persons\na,21\nb,\nTotal,20\n", 1,
        "4: no counts fit this line: a total and its parts disagree: g=Total (parts by g)");
}

/* The system ----------------------------------------------------------------------------------- */

/* True when the cell is in no circle of hidden cells that turns a corner at each: without the cell
 * no way leads from its row to its column. */
static bool is_bridge(uint32_t rows, uint32_t columns, const bool *hidden, uint32_t cell)
{
    bool row_seen[SIDE] = {false}, column_seen[SIDE] = {false};
    bool grown = true;

    row_seen[cell / columns] = true;
    while (grown) {
        grown = false;
        for (uint32_t i = 0; i < rows * columns; i++) {
            uint32_t r = i / columns, c = i % columns;

            if (!hidden[i] || i == cell || row_seen[r] == column_seen[c])
                continue;
            row_seen[r] = column_seen[c] = true;
            grown = true;
        }
    }
    return !column_seen[cell % columns];
}

/* In a table of rows and columns with all its totals the equations determine a hidden cell exactly
 * when it is a bridge of the graph whose edges are the hidden cells. */
static void check_bridges(void)
{
    uint64_t state = 3;
    int tables = check_quickly() ? 20 : 400;

    for (int i = 0; i < tables; i++) {
        uint32_t rows = 1 + (uint32_t)(check_random(&state) % SIDE);
        uint32_t columns = 1 + (uint32_t)(check_random(&state) % SIDE);
        uint64_t value[CELLS], density = 1 + check_random(&state) % 8;
        bool hidden[CELLS];
        struct ranged r;
        struct ddg_solution solution = {0};
        uint32_t determined = 0;
        char *text;

        for (uint32_t j = 0; j < rows * columns; j++) {
            value[j] = check_random(&state) % 100;
            hidden[j] = check_random(&state) % 8 < density;
        }
        text = two_way_text(rows, columns, value, hidden);
        CHECK(!range_text(&r, text, "", 0));
        CHECK(!ddg_system_solve(&solution, &r.ranges, &r.t.context));
        for (uint32_t j = 0; j < rows * columns; j++) {
            uint32_t cell = j / columns * (columns + 1) + j % columns;

            CHECK(solution.determined[cell] == (hidden[j] && is_bridge(rows, columns, hidden, j)));
            if (solution.determined[cell])
                CHECK(solution.value[cell] == (int64_t)value[j]);
            determined += solution.determined[cell];
        }
        CHECK(solution.count == determined);
        ddg_solution_free(&solution);
        ranged_free(&r);
        free(text);
    }
}

static void check_contradiction(void)
{
    struct ranged r;
    struct ddg_solution solution = {0};

    /* rows say 40, columns 41 */
    CHECK(!range_text(&r,
                      "r,c,count\nx,u,\nx,v,\nx,Total,20\ny,u,\ny,v,\ny,Total,20\nTotal,u,20\n"
                      "Total,v,21\n",
                      "", 0));
    CHECK(ddg_system_solve(&solution, &r.ranges, &r.t.context) == DDG_INPUT);
    ddg_solution_free(&solution);
    /* as a pattern there is nothing to contradict, and nothing determined */
    r.t.context = (struct ddg_context){0};
    bool known[16] = {false};

    CHECK(r.ranges.model->cells <= sizeof known);
    CHECK(!ddg_system_pattern(&solution, &r.ranges, known, &r.t.context));
    CHECK(!solution.determined[0]);
    ddg_solution_free(&solution);
    ranged_free(&r);
}

int main(void)
{
    check_ranges();
    check_impossibles();
    check_bridges();
    check_contradiction();
    return check_result();
}
