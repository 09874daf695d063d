/*
 * The attacker piece by piece, on problems small enough to be solved by trying every number, and on
 * two-way tables, whose equations graph theory solves.
 */
#include "attack/bounds.h"
#include "attack/box.h"
#include "attack/decide.h"
#include "attack/elimination.h"
#include "attack/explain.h"
#include "attack/knots.h"
#include "attack/part.h"
#include "attack/program.h"
#include "attack/proof.h"
#include "attack/search.h"
#include "attack/splitting.h"
#include "attack/walk.h"
#include "check.h"

enum { SIDE = 9, CELLS = SIDE * SIDE, UNKNOWNS = 6, ROWS = 5, TRIED = 4096 };

static struct ddg_context context;

static uint32_t add_unknown(struct ddg_problem *p, int64_t low, int64_t high, uint8_t wanted)
{
    uint32_t number = 0;

    CHECK(!ddg_problem_add_unknown(p, low, high, wanted, false, &number, &context));
    return number;
}

static void add_row(struct ddg_problem *p, enum ddg_sense sense, int64_t right)
{
    CHECK(!ddg_problem_add_row(p, sense, right, p->rows, &context));
}

static void add_term(struct ddg_problem *p, uint32_t unknown, int64_t factor)
{
    CHECK(!ddg_problem_add_term(p, unknown, factor, &context));
}

static void finish(struct ddg_problem *p)
{
    CHECK(!ddg_problem_finish(p, &context));
}

/* The builder -------------------------------------------------------------------------------- */

static void check_builder(void)
{
    struct ddg_problem p = {0};
    uint32_t a = add_unknown(&p, 0, 5, 1), b = add_unknown(&p, 1, DDG_UNBOUNDED, 0);

    add_row(&p, DDG_EQUAL, 7);
    add_term(&p, a, 1);
    add_term(&p, b, 2);
    add_term(&p, a, -1);
    add_row(&p, DDG_AT_MOST, 9);
    add_term(&p, b, 1);
    add_term(&p, a, 1);
    add_term(&p, b, 1);
    finish(&p);
    /* what cancelled out is gone, what came twice was added up */
    CHECK(p.row_start[1] == 1 && p.row_unknown[0] == b && p.row_factor[0] == 2);
    CHECK(p.row_start[2] == 3 && p.row_factor[1] == 2 && p.row_factor[2] == 1);
    CHECK(p.unknown_start[1] == 1 && p.unknown_row[0] == 1 && p.unknown_start[2] == 3);
    ddg_problem_free(&p);
}

/* Knots -------------------------------------------------------------------------------------- */

/* Margins as texts of dimensions, such as "ab bc ca"; what is knotted, as "ab+bc+ca:abc". */
static const char *knotted(const char *margins, char *room)
{
    uint64_t shared[26] = {0}, knot[DDG_KNOT_MARGINS];
    size_t margin = 0, knots;
    char *to = room;

    for (const char *at = margins; *at; at++)
        if (*at == ' ')
            margin++;
        else
            shared[*at - 'a'] |= UINT64_C(1) << margin;
    knots = ddg_knots_find(shared, 26, knot);
    for (size_t i = 0; i < knots; i++) {
        if (i > 0)
            *to++ = ' ';
        to += sprintf(to, "%llx:", (unsigned long long)knot[i]);
        for (int dimension = 0; dimension < 26; dimension++)
            if (shared[dimension] & knot[i])
                *to++ = (char)('a' + dimension);
    }
    *to = '\0';
    return room;
}

static void check_knots(void)
{
    static const struct {
        const char *margins, *knots;
    } cases[] = {
        {"ab bc", ""},         /* a chain, */
        {"ab ac ad", ""},      /* a star, */
        {"abc ab bc ca", ""},  /* and what a larger margin has */
        {"ab bc cd", ""},      /* can be taken apart */
        {"ab bc ca", "7:abc"}, /* a ring cannot */
        {"ab bc cd da", "f:abcd"},
        {"ab bc ca ad", "7:abc"}, /* what hangs on it can be taken off, */
        {"abx bc ca", "7:abc"},   /* and added up */
        {"ab bc ca de ef fd", "7:abc 38:def"},
        {"abc bcd cda", "7:abcd"},
        {"abc abd acd bcd", "f:abcd"},
        {"", ""},
        {"abc", ""},
    };
    char room[80];

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        CHECK_TEXT(knotted(cases[i].margins, room), cases[i].knots);
}

/* Every number ------------------------------------------------------------------------------- */

static const enum ddg_sense senses[] = {DDG_EQUAL, DDG_EQUAL, DDG_AT_MOST};

/* A problem of few unknowns in short ranges that has a solution more often than not. */
static void make_random(struct ddg_problem *p, uint64_t *state)
{
    uint32_t unknowns = 2 + (uint32_t)(check_random(state) % (UNKNOWNS - 1));
    uint32_t rows = 1 + (uint32_t)(check_random(state) % ROWS);
    int64_t truth[UNKNOWNS];

    *p = (struct ddg_problem){0};
    for (uint32_t u = 0; u < unknowns; u++) {
        int64_t low = (int64_t)(check_random(state) % 3) - 1;
        int64_t high = low + (int64_t)(check_random(state) % 4);

        truth[u] = low + (int64_t)(check_random(state) % (uint64_t)(high - low + 1));
        add_unknown(p, low, high, (uint8_t)(check_random(state) % 4));
    }
    for (uint32_t row = 0; row < rows; row++) {
        enum ddg_sense sense = senses[check_random(state) % 3];
        int64_t sum = 0;

        add_row(p, sense, 0);
        for (uint32_t u = 0; u < unknowns; u++) {
            int64_t factor = (int64_t)(check_random(state) % 5) - 2;

            if (factor == 0 || check_random(state) % 4 == 0)
                continue;
            add_term(p, u, factor);
            sum += factor * truth[u];
        }
        /* now and then a right side that nothing may fit */
        if (check_random(state) % 16 == 0)
            sum += (int64_t)(check_random(state) % 5) - 2;
        p->right[row] = sum + (sense == DDG_AT_MOST ? (int64_t)(check_random(state) % 2) : 0);
    }
    finish(p);
}

/* What trying every number finds. */
struct tried {
    bool fits;
    int64_t low[UNKNOWNS], high[UNKNOWNS];
    unsigned values[UNKNOWNS];
};

static bool keeps_rows(const struct ddg_problem *p, const int64_t *value)
{
    for (uint32_t row = 0; row < p->rows; row++) {
        int64_t sum = 0;

        for (size_t i = p->row_start[row]; i < p->row_start[row + 1]; i++)
            sum += p->row_factor[i] * value[p->row_unknown[i]];
        if (sum > p->right[row] || (sum < p->right[row] && p->sense[row] == DDG_EQUAL))
            return false;
    }
    return true;
}

static void try_all(const struct ddg_problem *p, const int64_t *low, const int64_t *high,
                    struct tried *tried)
{
    bool had[UNKNOWNS][16] = {{false}};
    int64_t value[UNKNOWNS];
    uint32_t u;

    *tried = (struct tried){false, {0}, {0}, {0}};
    memcpy(value, low, p->unknowns * sizeof *value);
    do {
        if (keeps_rows(p, value)) {
            for (u = 0; u < p->unknowns; u++) {
                bool *seen = &had[u][value[u] - low[u]];

                tried->values[u] += !*seen;
                *seen = true;
                if (!tried->fits || value[u] < tried->low[u])
                    tried->low[u] = value[u];
                if (!tried->fits || value[u] > tried->high[u])
                    tried->high[u] = value[u];
            }
            tried->fits = true;
        }
        for (u = 0; u < p->unknowns && value[u] == high[u]; u++)
            value[u] = low[u];
        if (u < p->unknowns)
            value[u]++;
    } while (u < p->unknowns);
}

static void check_answer(const struct ddg_problem *p, uint32_t u, const struct ddg_answer *a,
                         const struct tried *tried, bool intervals)
{
    enum ddg_verdict wanted = tried->values[u] == 1             ? DDG_VERDICT_RECOVERED
                              : tried->values[u] < p->wanted[u] ? DDG_VERDICT_NARROWED
                                                                : DDG_VERDICT_SAFE;

    if (p->wanted[u] == 0) {
        CHECK(a->verdict == DDG_VERDICT_NONE);
        return;
    }
    /* one value is enough where one is wanted: it need not be found out that there is no other */
    CHECK(a->verdict == wanted || (p->wanted[u] == 1 && a->verdict == DDG_VERDICT_SAFE));
    CHECK(a->low <= tried->low[u] && a->high >= tried->high[u]);
    CHECK(a->seen_low >= tried->low[u] && a->seen_high <= tried->high[u]);
    if (intervals || a->verdict == DDG_VERDICT_RECOVERED)
        CHECK(a->low == tried->low[u] && a->high == tried->high[u]);
}

/* With the rows that are named as reasons alone, and the ranges that are, every solution has the
 * unknown in its range. */
static void check_reasons(const struct ddg_problem *p, uint32_t u, const struct ddg_answer *a)
{
    struct ddg_problem few = {0};
    struct ddg_reasons reasons;
    struct tried tried;
    bool ranged[UNKNOWNS] = {false};
    uint64_t work = 1000000;

    CHECK(!ddg_explain(&reasons, p, a, u, &work, &context));
    CHECK(reasons.rows > 0);
    for (size_t i = 0; i < reasons.unknowns; i++)
        ranged[reasons.unknown[i]] = true;
    for (uint32_t i = 0; i < p->unknowns; i++) {
        /* a point is no unknown */
        ranged[i] = ranged[i] || p->low[i] == p->high[i];
        add_unknown(&few, ranged[i] ? p->low[i] : p->low[i] - 3,
                    ranged[i] ? p->high[i] : p->high[i] + 3, 0);
    }
    for (size_t i = 0; i < reasons.rows; i++) {
        uint32_t row = reasons.row[i];

        add_row(&few, (enum ddg_sense)p->sense[row], p->right[row]);
        for (size_t t = p->row_start[row]; t < p->row_start[row + 1]; t++)
            add_term(&few, p->row_unknown[t], p->row_factor[t]);
    }
    finish(&few);
    try_all(&few, few.low, few.high, &tried);
    CHECK(tried.low[u] >= a->low && tried.high[u] <= a->high);
    ddg_problem_free(&few);
    ddg_reasons_free(&reasons);
}

static void check_decisions(void)
{
    uint64_t state = 5;
    int problems = check_quickly() ? 60 : 3000;
    unsigned found = 0, impossible = 0;

    for (int i = 0; i < problems; i++) {
        struct ddg_problem p;
        struct ddg_answer answer[UNKNOWNS];
        struct ddg_decide_options options = {.threads = i % 2 ? 1 : 2, .intervals = i % 3 == 0};
        struct tried tried;
        int64_t low[UNKNOWNS], high[UNKNOWNS];
        uint32_t row;
        bool fits;

        make_random(&p, &state);
        memcpy(low, p.low, p.unknowns * sizeof *low);
        memcpy(high, p.high, p.unknowns * sizeof *high);
        try_all(&p, low, high, &tried);
        CHECK(!ddg_decide(&p, &options, answer, &fits, &row, &context));
        CHECK(fits == tried.fits);
        impossible += !fits;
        for (uint32_t u = 0; fits && u < p.unknowns; u++)
            check_answer(&p, u, &answer[u], &tried, options.intervals);
        memcpy(p.low, low, p.unknowns * sizeof *low);
        memcpy(p.high, high, p.unknowns * sizeof *high);
        for (uint32_t u = 0; fits && u < p.unknowns; u++)
            if (answer[u].verdict >= DDG_VERDICT_NARROWED &&
                (answer[u].low > low[u] || answer[u].high < high[u])) {
                check_reasons(&p, u, &answer[u]);
                found++;
            }
        ddg_problem_free(&p);
    }
    CHECK(found > 10 && impossible > 0);
}

/* Parts, bounds and proofs never lose a solution. */
static void check_soundness(void)
{
    uint64_t state = 77;
    int problems = check_quickly() ? 60 : 2000;
    unsigned bounds = 0;

    for (int i = 0; i < problems; i++) {
        struct ddg_problem p;
        struct tried tried;
        int64_t low[UNKNOWNS], high[UNKNOWNS], value[UNKNOWNS], bound;
        double prices[ROWS];
        enum ddg_search_result result;
        uint32_t row;

        make_random(&p, &state);
        try_all(&p, p.low, p.high, &tried);
        memcpy(low, p.low, p.unknowns * sizeof *low);
        memcpy(high, p.high, p.unknowns * sizeof *high);
        CHECK(!ddg_bounds_narrow(&p, low, high, DDG_NO_UNKNOWN, &row, &context));
        CHECK(row == DDG_NO_ROW || !tried.fits);
        for (uint32_t u = 0; tried.fits && u < p.unknowns; u++)
            CHECK(low[u] <= tried.low[u] && high[u] >= tried.high[u]);
        /* whatever the prices are, the bound holds */
        for (row = 0; row < p.rows; row++)
            prices[row] = ((double)(check_random(&state) % 4001) - 2000) /
                          (double)(1 + check_random(&state) % 700);
        CHECK(!(tried.fits && ddg_proof_refutes(&p, p.low, p.high, prices)));
        for (int direction = -1; tried.fits && direction <= 1; direction += 2)
            if (ddg_proof_bound(&p, p.low, p.high, prices, 0, direction, &bound)) {
                bounds++;
                CHECK(direction > 0 ? bound >= tried.high[0] : bound <= tried.low[0]);
            }
        CHECK(!ddg_search(&p, p.low, p.high, TRIED, 0, value, &result, &context));
        CHECK(result == (tried.fits ? DDG_SEARCH_FOUND : DDG_SEARCH_REFUTED));
        if (result == DDG_SEARCH_FOUND)
            CHECK(keeps_rows(&p, value) && ddg_walk_fits(&p, p.low, p.high, value));
        ddg_problem_free(&p);
    }
    CHECK(bounds > 100);
}

/* Ranges that shrink one by one for ever: x = y + 1 and y = x + 1 up to a large number. */
static void check_endless(void)
{
    struct ddg_problem p = {0};
    uint32_t row, x = add_unknown(&p, 0, DDG_UNBOUNDED, 1),
                  y = add_unknown(&p, 0, DDG_UNBOUNDED, 1);
    int64_t low[2] = {0, 0}, high[2] = {DDG_PROBLEM_LARGEST, DDG_PROBLEM_LARGEST};

    add_row(&p, DDG_EQUAL, 1);
    add_term(&p, x, 1);
    add_term(&p, y, -1);
    add_row(&p, DDG_EQUAL, 1);
    add_term(&p, x, -1);
    add_term(&p, y, 1);
    finish(&p);
    CHECK(!ddg_bounds_narrow(&p, low, high, DDG_NO_UNKNOWN, &row, &context));
    ddg_problem_free(&p);
}

/* Two-way tables ----------------------------------------------------------------------------- */

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

/* The hidden cells of a table of rows and columns whose totals are all shown; the rows of the
 * problem are the table's, then its columns. */
static void make_two_way(struct ddg_problem *p, uint32_t rows, uint32_t columns,
                         const uint64_t *value, const bool *hidden, uint32_t *number)
{
    *p = (struct ddg_problem){0};
    for (uint32_t i = 0; i < rows * columns; i++)
        number[i] = hidden[i] ? add_unknown(p, 0, DDG_UNBOUNDED, 2) : DDG_NO_UNKNOWN;
    for (uint32_t line = 0; line < rows + columns; line++) {
        add_row(p, DDG_EQUAL, 0);
        for (uint32_t i = 0; i < rows * columns; i++) {
            if (!hidden[i] || (line < rows ? i / columns != line : i % columns != line - rows))
                continue;
            add_term(p, number[i], 1);
            p->right[line] += (int64_t)value[i];
        }
    }
    finish(p);
}

/* In a table of rows and columns with all its totals the equations determine a hidden cell exactly
 * when it is a bridge of the graph whose edges are the hidden cells. */
static void check_bridges(void)
{
    uint64_t state = 3;
    int tables = check_quickly() ? 20 : 400;

    for (int i = 0; i < tables; i++) {
        uint32_t rows = 1 + (uint32_t)(check_random(&state) % SIDE), number[CELLS];
        uint32_t columns = 1 + (uint32_t)(check_random(&state) % SIDE), determined = 0;
        uint64_t value[CELLS], density = 1 + check_random(&state) % 8;
        bool hidden[CELLS];
        struct ddg_problem p;
        struct ddg_elimination found;

        for (uint32_t j = 0; j < rows * columns; j++) {
            value[j] = check_random(&state) % 100;
            hidden[j] = check_random(&state) % 8 < density;
        }
        make_two_way(&p, rows, columns, value, hidden, number);
        CHECK(!ddg_eliminate(&found, &p, false, &context));
        for (uint32_t j = 0; j < rows * columns; j++) {
            if (!hidden[j])
                continue;
            CHECK(found.determined[number[j]] == is_bridge(rows, columns, hidden, j));
            if (found.determined[number[j]])
                CHECK(found.value[number[j]] == (int64_t)value[j]);
            determined += found.determined[number[j]];
        }
        CHECK(found.count == determined && !found.impossible);
        ddg_elimination_free(&found);
        ddg_problem_free(&p);
    }
}

static void check_contradiction(void)
{
    static const bool hidden[] = {true, true, true, true};
    static const uint64_t value[] = {10, 10, 10, 10};
    struct ddg_elimination found;
    struct ddg_answer answer[4];
    struct ddg_decide_options options = {.threads = 1};
    struct ddg_problem p;
    uint32_t number[4], row;
    bool fits;

    /* rows say 40, columns 41: no single line shows it */
    make_two_way(&p, 2, 2, value, hidden, number);
    p.right[3]++;
    CHECK(!ddg_eliminate(&found, &p, false, &context));
    CHECK(found.impossible);
    ddg_elimination_free(&found);
    /* as a pattern there is nothing to contradict, and nothing determined */
    CHECK(!ddg_eliminate(&found, &p, true, &context));
    CHECK(!found.impossible && found.count == 0);
    ddg_elimination_free(&found);
    CHECK(!ddg_decide(&p, &options, answer, &fits, &row, &context));
    CHECK(!fits);
    ddg_problem_free(&p);
}

/* Boxes -------------------------------------------------------------------------------------- */

enum { CUBE_SIDE = 4, CUBE = CUBE_SIDE * CUBE_SIDE * CUBE_SIDE };

/* The lines of a cube in all three directions, over its hidden cells; the last cell of each line is
 * a total, the others add up to it. */
static void make_cube(struct ddg_problem *p, const int64_t *value, const bool *hidden,
                      int64_t highest, uint32_t *number)
{
    static const uint32_t step[] = {1, CUBE_SIDE, CUBE_SIDE * CUBE_SIDE};

    *p = (struct ddg_problem){0};
    for (uint32_t i = 0; i < CUBE; i++)
        number[i] = hidden[i] ? add_unknown(p, 0, highest, 2) : DDG_NO_UNKNOWN;
    for (uint32_t way = 0; way < 3; way++)
        for (uint32_t i = 0; i < CUBE; i++) {
            if (i / step[way] % CUBE_SIDE != 0)
                continue;
            add_row(p, DDG_EQUAL, 0);
            for (uint32_t k = 0; k < CUBE_SIDE; k++) {
                uint32_t cell = i + k * step[way];
                int64_t factor = k == CUBE_SIDE - 1 ? -1 : 1;

                if (!hidden[cell])
                    continue;
                add_term(p, number[cell], factor);
                p->right[p->rows - 1] += factor * value[cell];
            }
        }
    finish(p);
}

/* Whether a box through a cell can be gone in one of the two ways, by trying all. */
static bool has_box(const int64_t *value, const bool *hidden, int64_t highest, uint32_t cell)
{
    uint32_t x = cell % 4, y = cell / 4 % 4, z = cell / 16;

    for (uint32_t other = 0; other < CUBE; other++) {
        uint32_t at[3][2] = {{x, other % 4}, {y, other / 4 % 4}, {z, other / 16}};
        bool up = true, down = true;

        if (at[0][0] == at[0][1] || at[1][0] == at[1][1] || at[2][0] == at[2][1])
            continue;
        for (uint32_t corner = 0; corner < 8; corner++) {
            uint32_t i = at[0][corner & 1] + 4 * at[1][corner >> 1 & 1] + 16 * at[2][corner >> 2];
            int sign = 1;

            /* a step changes the sign but for one between a part and its total */
            for (int way = 0; way < 3; way++)
                if ((corner >> way & 1) && at[way][0] != 3 && at[way][1] != 3)
                    sign = -sign;
            up = up && hidden[i] && (sign > 0 ? value[i] < highest : value[i] > 0);
            down = down && hidden[i] && (sign > 0 ? value[i] > 0 : value[i] < highest);
        }
        if (up || down)
            return true;
    }
    return false;
}

/* Whether changing the corners of a box leaves a solution, with the unknown changed by one. */
static bool box_fits(const struct ddg_problem *p, const struct ddg_boxes *boxes, int64_t *value,
                     uint32_t unknown)
{
    int64_t before = value[unknown], after;
    bool fits;

    for (unsigned i = 0; i < boxes->corners; i++)
        value[boxes->corner[i].unknown] += boxes->corner[i].change;
    after = value[unknown];
    fits = ddg_walk_fits(p, p->low, p->high, value);
    for (unsigned i = 0; i < boxes->corners; i++)
        value[boxes->corner[i].unknown] -= boxes->corner[i].change;
    return fits && (after == before + 1 || after == before - 1);
}

/* In a cube with totals a box is found through every cell that has one, and leads to a solution. */
static void check_boxes(void)
{
    uint64_t state = 5;
    int cubes = check_quickly() ? 20 : 300, boxes_found = 0;

    for (int i = 0; i < cubes; i++) {
        int64_t value[CUBE], solution[CUBE] = {0}, highest = 1 + i % 4;
        uint32_t number[CUBE];
        bool hidden[CUBE];
        struct ddg_problem p;
        struct ddg_boxes boxes;

        for (uint32_t j = 0; j < CUBE; j++) {
            value[j] = (int64_t)(check_random(&state) % (uint64_t)(highest + 1));
            hidden[j] = check_random(&state) % 8 != 0;
        }
        make_cube(&p, value, hidden, highest, number);
        for (uint32_t j = 0; j < CUBE; j++)
            if (hidden[j])
                solution[number[j]] = value[j];
        CHECK(!ddg_boxes_start(&boxes, &p, 1 + (uint64_t)i, &context));
        for (uint32_t j = 0; j < CUBE; j++) {
            bool found;

            if (!hidden[j])
                continue;
            found = ddg_boxes_find(&boxes, number[j], true, true, solution, UINT64_MAX);
            CHECK(found == has_box(value, hidden, highest, j));
            CHECK(!found || box_fits(&p, &boxes, solution, number[j]));
            boxes_found += found;
        }
        ddg_boxes_free(&boxes);
        ddg_problem_free(&p);
    }
    CHECK(boxes_found > 0);
}

/* Splitting ---------------------------------------------------------------------------------- */

/* Whether splitting comes to a solution of the walk's problem, and to which value of an unknown. */
static bool splits(struct ddg_walk *walk, struct ddg_splitting *splitting, uint32_t unknown,
                   int64_t *value)
{
    uint32_t name[CUBE];
    int64_t told[CUBE];
    bool kept;

    if (!ddg_splitting_run(splitting, 3000))
        return false;
    for (uint32_t u = 0; u < walk->problem->unknowns; u++)
        ddg_walk_set(walk, u, splitting->value[u]);
    kept = walk->broken == 0 &&
           ddg_walk_keep(walk, name, told, ddg_walk_changes(walk, true, name, told));
    CHECK(kept);
    *value = walk->value[unknown];
    return kept;
}

/* In a cube with totals splitting finds solutions: a first one, one elsewhere, and one in which an
 * unknown is where it is in a known one. */
static void check_splitting(void)
{
    uint64_t state = 7;
    int cubes = check_quickly() ? 20 : 300, found = 0;

    for (int i = 0; i < cubes; i++) {
        int64_t value[CUBE], reached;
        uint32_t number[CUBE], some = 0;
        bool hidden[CUBE];
        struct ddg_problem p;
        struct ddg_walk walk;
        struct ddg_splitting splitting;

        for (uint32_t j = 0; j < CUBE; j++) {
            value[j] = (int64_t)(check_random(&state) % 7);
            hidden[j] = j == 0 || check_random(&state) % 8 != 0;
            if (hidden[j] && check_random(&state) % 16 == 0)
                some = j;
        }
        make_cube(&p, value, hidden, i % 2 ? 6 : DDG_UNBOUNDED, number);
        CHECK(!ddg_walk_start(&walk, &p, p.low, p.high, 1, &context));
        CHECK(!ddg_splitting_start(&splitting, &walk.reduced, p.unknowns, p.low, p.high, 1,
                                   &context));
        found += splits(&walk, &splitting, number[some], &reached);
        ddg_splitting_restart(&splitting, NULL);
        found += splits(&walk, &splitting, number[some], &reached);
        ddg_splitting_restart(&splitting, walk.kept);
        ddg_splitting_aim(&splitting, number[some], value[some]);
        if (splits(&walk, &splitting, number[some], &reached)) {
            CHECK(reached == value[some]);
            found++;
        }
        ddg_splitting_free(&splitting);
        ddg_walk_free(&walk);
        ddg_problem_free(&p);
    }
    CHECK(found > 3 * cubes * 9 / 10);
}

/* A large table with every total: the walk finds tables that fit, and the truth is among what the
 * answers allow. */
static void check_large(void)
{
    enum { SIDES = 40, ALL = SIDES * SIDES };
    static uint64_t value[ALL];
    static bool hidden[ALL];
    static uint32_t number[ALL];
    static struct ddg_answer answer[ALL];
    uint64_t state = 11;
    struct ddg_decide_options options = {.threads = 2};
    struct ddg_problem p;
    uint32_t row;
    bool fits;

    for (uint32_t j = 0; j < ALL; j++) {
        value[j] = check_random(&state) % 40;
        hidden[j] = value[j] < 12 || check_random(&state) % 8 == 0;
    }
    make_two_way(&p, SIDES, SIDES, value, hidden, number);
    CHECK(!ddg_decide(&p, &options, answer, &fits, &row, &context) && fits);
    for (uint32_t j = 0; j < ALL; j++) {
        const struct ddg_answer *a = &answer[hidden[j] ? number[j] : 0];

        if (!hidden[j])
            continue;
        CHECK(a->low <= (int64_t)value[j] && a->high >= (int64_t)value[j]);
        CHECK(a->verdict == DDG_VERDICT_SAFE || a->verdict == DDG_VERDICT_RECOVERED);
    }
    ddg_problem_free(&p);
}

int main(void)
{
    check_builder();
    check_knots();
    check_decisions();
    check_soundness();
    check_endless();
    check_bridges();
    check_contradiction();
    check_boxes();
    check_splitting();
    check_large();
    return check_result();
}
