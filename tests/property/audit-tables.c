/*
 * audit-tables: enumerates what fits a published table, and compares ddg-audit with it.
 *
 * Small random tables are hidden naively (small counts and some others), at each level of what an
 * attacker knows, sometimes rounded, sometimes of distinct persons, with or without their margins.
 * All tables of whole numbers that fit the publication are gone through, by search with bound
 * propagation, so that the values that every hidden cell can have are known exactly; tables for
 * which that takes too long are passed over.  ddg-audit has to say the same of each cell.
 *
 * Written against the text of the rules; shares no code with lib/.
 */
#define PROGRAM "audit-tables"
#include "random_table.h"

enum {
    MOST_CELLS = 128,    /* of a table, with its margins */
    MOST_VALUES = 256,   /* of a cell */
    MOST_NODES = 20000,  /* of the search */
    MOST_ATTEMPTS = 200, /* to draw a table that can be enumerated */
    MOST_TRIALS = 50000,
    INFINITE = 1 << 24,
    USUAL_TABLES = 500,
    SELF_TEST_TABLES = 600,
    SHOWN_FAILURES = 3,
};

/* ---------------------------------------------------------------- publications */

enum rounding { EXACT, NEAREST, RANDOM, CONTROLLED, UP, DOWN };

static const char *const rounding_name[] = {"", "nearest", "random", "controlled", "up", "down"};

enum state { UNPRINTED, SHOWN, HIDDEN, ABSENT };

/* How the table tells that a cell is hidden. */
enum marking {
    BLANK,     /* no annotation at all */
    DESCRIBED, /* code 1, and a description that says that it may be either kind */
    CALLED,    /* code 1, and --codes merged */
    APART,     /* code 1 for small counts, code 2 for complementary ones */
};

/* A published table, and what ddg-audit is told of it. */
struct publication {
    enum knows knows;
    enum marking marking;
    enum rounding rounding;
    int threshold, base;
    int least[3]; /* how many values must remain, by the code that the attacker believes */
    bool inside;  /* a cube all of whose inner cells are hidden, and no other: here that numbers are
                   * whole matters most */
    bool say_knows, say_values, say_two_values, say_absent, absent_unknown, intervals;
    enum state state[MOST_CELLS];
    int code[MOST_CELLS];
    long value[MOST_CELLS]; /* where it is SHOWN */
};

static int smaller(int a, int b)
{
    return a < b ? a : b;
}

static int larger(int a, int b)
{
    return a > b ? a : b;
}

static bool is_small(const struct publication *publication, long count)
{
    return count > 0 && count < publication->threshold;
}

static void choose_shape(struct spec *spec, bool inside, uint64_t *random)
{
    static const int most_leaves[] = {0, 6, 4, 3};
    int most = inside ? 27 : chance(random, 30) ? 12 : 8;

    do {
        spec->dims = inside ? 3 : chance(random, 50) ? 2 : chance(random, 50) ? 1 : 3;
        for (int d = 0; d < spec->dims; d++) {
            spec->dim[d] = (struct dimension){.leaves = pick(random, 2, most_leaves[spec->dims])};
            for (int leaf = 0; leaf < MAX_LEAVES; leaf++)
                spec->dim[d].parent[leaf] = -1;
        }
    } while (inner_cells(spec) > most || (inside && inner_cells(spec) < 18));
    if (!inside && chance(random, 35))
        choose_hierarchy(&spec->dim[pick(random, 0, spec->dims - 1)], random);
}

/* A cube of which nothing but margins is printed: mostly all three of two dimensions, with or
 * without totals, some at the upper level of a hierarchy alone. */
static void choose_crossed(struct spec *spec, uint64_t *random)
{
    spec->dims = 3;
    do
        for (int d = 0; d < 3; d++) {
            spec->dim[d] = (struct dimension){.leaves = pick(random, 2, 3)};
            for (int leaf = 0; leaf < MAX_LEAVES; leaf++)
                spec->dim[d].parent[leaf] = -1;
        }
    while (inner_cells(spec) > 12);
    if (chance(random, 25))
        choose_hierarchy(&spec->dim[pick(random, 0, 2)], random);
    spec->crossed = 0;
    for (unsigned margin = 0; margin < 7; margin++) {
        bool two_way = (margin & (margin - 1)) != 0;

        spec->crossed |= (unsigned)chance(random, two_way ? 90 : 50) << margin;
        spec->coarse |= (unsigned)chance(random, 30) << margin;
    }
}

static void choose_counts(struct spec *spec, const struct publication *publication,
                          uint64_t *random)
{
    int cells = inner_cells(spec), threshold = publication->threshold;
    int zeros = pick(random, 0, 30), large = pick(random, 0, 25);

    for (int i = 0; i < cells; i++) {
        if (chance(random, zeros))
            spec->inner[i] = 0;
        else if (publication->inside)
            spec->inner[i] = pick(random, 1, 3);
        else if (chance(random, large))
            spec->inner[i] = pick(random, threshold, 40);
        else if (chance(random, 40))
            spec->inner[i] = pick(random, 1, 3);
        else
            spec->inner[i] = pick(random, 1, threshold + 4);
    }
}

/* A table may lack rows for its zeros, or for cells that it hides, but not both. */
static void choose_spec(struct spec *spec, struct publication *publication, uint64_t *random)
{
    static const int thresholds[] = {11, 11, 11, 6, 4};

    memset(spec, 0, sizeof *spec);
    memset(publication, 0, sizeof *publication);
    publication->threshold = thresholds[pick(random, 0, 4)];
    publication->inside = chance(random, 8);
    if (!publication->inside && chance(random, 15))
        choose_crossed(spec, random);
    else
        choose_shape(spec, publication->inside, random);
    choose_counts(spec, publication, random);
    spec->key = next_random(random);
    if (publication->inside)
        return;
    if (chance(random, 35))
        spec->printing = (enum printing)pick(random, PRINT_NONE, PRINT_SOME);
    spec->persons = !spec->crossed && chance(random, 20);
    spec->shuffled = chance(random, 30);
    spec->hierarchy_header = chance(random, 50);
    if (chance(random, 15)) {
        publication->rounding = (enum rounding)pick(random, NEAREST, DOWN);
        publication->base = chance(random, 60) ? 3 : chance(random, 60) ? 5 : pick(random, 2, 10);
    } else if (!spec->crossed && chance(random, 20))
        spec->absent_zeros = true;
    else
        publication->absent_unknown = !spec->crossed && chance(random, 5);
}

/* How far the cell is above cells without parts. */
static int height_of(const struct table *table, int cell)
{
    int height = 0;

    for (int d = 0; d < table->spec->dims; d++)
        height += level_of(&table->spec->dim[d], node_of(table, cell, d));
    return height;
}

/* Distinct persons: totals become smaller than the sum of their parts, or stay. */
static void count_persons(struct table *table, uint64_t *random)
{
    for (int height = 1; height <= 2 * MAX_DIMS; height++)
        for (int cell = 0; cell < table->cells; cell++) {
            long least = 0, most = INFINITE;

            if (height_of(table, cell) != height)
                continue;
            for (int l = 0; l < table->lines; l++) {
                const struct line *line = &table->line[l];
                long sum = 0;

                for (int i = 0; i < line->parts && line->total == cell; i++) {
                    long part = table->truth[table->term[line->first + i]];

                    sum += part;
                    least = part > least ? part : least;
                }
                most = line->total == cell && sum < most ? sum : most;
            }
            table->truth[cell] = chance(random, 50) ? most : pick(random, (int)least, (int)most);
        }
}

static long round_count(const struct publication *publication, long count, uint64_t *random)
{
    long base = publication->rounding == EXACT ? 1 : publication->base;
    long below = count / base * base;

    switch (publication->rounding) {
    case NEAREST:
        return (count + base / 2) / base * base;
    case RANDOM:
    case CONTROLLED:
        return count == below || chance(random, 50) ? below : below + base;
    case UP:
        return count == below ? below : below + base;
    case DOWN:
        return below;
    default:
        return count;
    }
}

/* Whether a printed cell is hidden: small counts mostly, others at random. */
static bool is_hidden(const struct publication *publication, const struct table *table, int cell,
                      int percent, uint64_t *random)
{
    long count = table->truth[cell];

    if (count == 0 && (publication->knows != SUMS || table->spec->absent_zeros))
        return false;
    if (publication->inside)
        return table->leaf[cell];
    return chance(random, is_small(publication, count) ? 93 : percent);
}

static void hide_cells(struct publication *publication, const struct table *table, uint64_t *random)
{
    static const int often[] = {0, 10, 25, 45};
    bool alone = publication->marking == APART && publication->knows == SMALL &&
                 !publication->say_knows; /* code 1 only */
    int percent = alone ? 0 : often[pick(random, 0, 3)];
    int no_data = publication->marking != BLANK && chance(random, 10) ? 20 : 0;

    for (int cell = 0; cell < table->cells; cell++) {
        bool small = is_small(publication, table->truth[cell]);

        publication->state[cell] = table->printed[cell] ? SHOWN : UNPRINTED;
        publication->value[cell] = round_count(publication, table->truth[cell], random);
        if (!table->printed[cell] || !is_hidden(publication, table, cell, percent, random))
            continue;
        publication->state[cell] = HIDDEN;
        publication->code[cell] = chance(random, no_data)                   ? 3
                                  : publication->marking == APART && !small ? 2
                                                                            : 1;
    }
}

/* True when another row has the cell's label of the dimension. */
static bool label_stays(const struct publication *publication, const struct table *table, int cell,
                        int d)
{
    for (int other = 0; other < table->cells; other++)
        if (other != cell && table->printed[other] && publication->state[other] != ABSENT &&
            node_of(table, other, d) == node_of(table, cell, d))
            return true;
    return false;
}

/* True when the cell is the only part of a line that has a row, and an inner cell. */
static bool is_last_part(const struct publication *publication, const struct table *table, int cell)
{
    for (int l = 0; l < table->lines; l++) {
        const struct line *line = &table->line[l];
        int rows = 0;
        bool meets = false;

        for (int t = line->first; t < line->first + line->parts; t++) {
            meets = meets || table->term[t] == cell;
            rows += table->leaf[table->term[t]] && publication->state[table->term[t]] != ABSENT;
        }
        if (meets && rows < 2)
            return true;
    }
    return false;
}

/* Takes the rows of up to two hidden inner cells away.  Their labels stay, and each of their lines
 * keeps a part, or nobody would miss them. */
static void drop_rows(struct publication *publication, const struct table *table, uint64_t *random)
{
    for (int i = 0; i < 2; i++) {
        int cell = pick(random, 0, table->cells - 1);
        bool stays = table->leaf[cell] && publication->state[cell] == HIDDEN &&
                     !is_last_part(publication, table, cell);

        for (int d = 0; d < table->spec->dims; d++)
            stays = stays && label_stays(publication, table, cell, d);
        if (stays)
            publication->state[cell] = ABSENT;
    }
}

/* Changes a shown count a little: mostly no table fits then. */
static void spoil(struct publication *publication, const struct table *table, uint64_t *random)
{
    int cell = table->order[pick(random, 0, table->rows - 1)];

    if (publication->state[cell] == SHOWN && publication->rounding == EXACT &&
        !table->spec->absent_zeros)
        publication->value[cell] += pick(random, 1, 4);
}

static void choose_marking(struct publication *publication, uint64_t *random)
{
    enum knows knows = publication->knows;

    publication->marking = knows >= SMALL ? APART : (enum marking)pick(random, BLANK, APART);
    publication->say_knows =
        knows == SUMS || (knows == ZEROS && publication->marking == APART) || chance(random, 50);
}

/* How many values must remain: what ddg-audit takes by itself, or is told. */
static void choose_values(struct publication *publication, uint64_t *random)
{
    enum knows knows = publication->knows;
    bool plain = publication->marking != APART || knows == CODES ||
                 (knows == SMALL && !publication->say_knows);

    publication->least[1] = 3;
    publication->least[2] = knows == SMALL ? 3 : 2; /* of code 3, in a table without code 2 */
    publication->say_values = !plain || publication->absent_unknown || chance(random, 25);
    if (!publication->say_values)
        return;
    publication->say_two_values = publication->marking == APART && !publication->absent_unknown;
    publication->least[1] = publication->least[2] = pick(random, 2, 5);
    if (publication->say_two_values)
        publication->least[2] = pick(random, 2, 5);
}

/* Levels that the table gives away by itself are told apart by its codes. */
static void say_what_does_not_show(struct publication *publication, const struct table *table)
{
    bool code[4] = {false};

    for (int cell = 0; cell < table->cells; cell++)
        code[publication->code[cell]] = true;
    if ((publication->knows == CODES && !(code[1] && code[2])) || code[3])
        publication->say_knows = true;
}

static void publish(struct publication *publication, struct table *table, uint64_t *random)
{
    if (table->spec->persons)
        count_persons(table, random);
    choose_marking(publication, random);
    choose_values(publication, random);
    hide_cells(publication, table, random);
    if (publication->absent_unknown)
        drop_rows(publication, table, random);
    else if (!table->spec->crossed && chance(random, 4))
        spoil(publication, table, random);
    say_what_does_not_show(publication, table);
    publication->say_absent = publication->absent_unknown || chance(random, 20);
    publication->intervals = chance(random, 70);
}

/* ---------------------------------------------------------------- what fits */

/* The ranges of all cells. */
struct ranges {
    int low[MOST_CELLS], high[MOST_CELLS];
};

/* The values that a cell has in the tables that were found. */
struct values {
    bool seen[MOST_VALUES]; /* from `from` on */
    int from, count, least, most;
};

/* A publication as a puzzle, and what is known of its solutions. */
struct puzzle {
    const struct table *table;
    bool wanted[MOST_CELLS];
    bool endless[MOST_CELLS]; /* any number from some on fits */
    struct ranges first;
    struct values values[MOST_CELLS];
    long nodes;
    bool solved, single; /* `single`: one solution is enough */
};

static void first_range(struct puzzle *puzzle, const struct publication *publication, int cell)
{
    int *low = &puzzle->first.low[cell], *high = &puzzle->first.high[cell];
    int code = publication->code[cell], base = publication->base;
    bool apart = publication->marking == APART;

    *low = 0;
    *high = INFINITE;
    switch (publication->state[cell]) {
    case UNPRINTED:
        if (puzzle->table->leaf[cell] && !puzzle->table->spec->crossed)
            *high = 0;
        break;
    case HIDDEN:
        if (publication->knows >= ZEROS && code != 3)
            *low = 1;
        if (publication->knows >= SMALL && apart && code == 1)
            *high = publication->threshold - 1;
        if (publication->knows >= CODES && apart && code == 2)
            *low = publication->threshold;
        break;
    case SHOWN:
        *low = *high = (int)publication->value[cell];
        if (publication->rounding == NEAREST) {
            *low -= base / 2;
            *high += (base - 1) / 2;
        }
        if (publication->rounding == RANDOM || publication->rounding == CONTROLLED ||
            publication->rounding == UP)
            *low -= base - 1;
        if (publication->rounding == RANDOM || publication->rounding == CONTROLLED ||
            publication->rounding == DOWN)
            *high += base - 1;
        *low = *low < 0 ? 0 : *low;
        break;
    default:
        break;
    }
}

/* True when some cell that the cell counts in, itself among them, has a bound. */
static bool is_bounded(const struct puzzle *puzzle, int cell, int d)
{
    const struct table *table = puzzle->table;
    int node;

    if (d == table->spec->dims)
        return puzzle->first.high[cell] < INFINITE;
    node = node_of(table, cell, d);
    for (int up = node; up >= 0; up = above(&table->spec->dim[d], up))
        if (is_bounded(puzzle, cell + (up - node) * table->stride[d], d + 1))
            return true;
    return false;
}

static void mark_endless(struct puzzle *puzzle, int cell, int d)
{
    const struct table *table = puzzle->table;
    int node;

    if (d == table->spec->dims) {
        puzzle->endless[cell] = true;
        return;
    }
    node = node_of(table, cell, d);
    for (int up = node; up >= 0; up = above(&table->spec->dim[d], up))
        mark_endless(puzzle, cell + (up - node) * table->stride[d], d + 1);
}

/* Narrows the range of a cell and notes whether that changed it; false when nothing is left. */
static bool narrow(struct ranges *ranges, int cell, int low, int high, bool *changed)
{
    if (low > ranges->low[cell]) {
        ranges->low[cell] = low;
        *changed = true;
    }
    if (high < ranges->high[cell]) {
        ranges->high[cell] = high;
        *changed = true;
    }
    return ranges->low[cell] <= ranges->high[cell];
}

/* Distinct persons: the total is at most the sum of its parts, and at least the largest. */
static bool apply_persons(const struct table *table, const struct line *line, struct ranges *ranges,
                          bool *changed)
{
    const int *part = table->term + line->first;
    int most = 0, largest = 0;

    for (int i = 0; i < line->parts; i++) {
        most = smaller(INFINITE, most + ranges->high[part[i]]);
        largest = larger(largest, ranges->low[part[i]]);
    }
    if (!narrow(ranges, line->total, largest, most, changed))
        return false;
    for (int i = 0; i < line->parts; i++) {
        int others = 0;

        for (int k = 0; k < line->parts; k++)
            if (k != i)
                others = smaller(INFINITE, others + ranges->high[part[k]]);
        if (!narrow(ranges, part[i], others < INFINITE ? ranges->low[line->total] - others : 0,
                    ranges->high[line->total], changed))
            return false;
    }
    return true;
}

static bool apply_sum(const struct table *table, const struct line *line, struct ranges *ranges,
                      bool *changed)
{
    const int *part = table->term + line->first;

    for (int i = -1; i < line->parts; i++) {
        int low = 0, high = 0; /* of all parts but the one that is narrowed */
        int total_low = ranges->low[line->total], total_high = ranges->high[line->total];

        for (int k = 0; k < line->parts; k++)
            if (k != i) {
                low += ranges->low[part[k]];
                high = smaller(INFINITE, high + ranges->high[part[k]]);
            }
        if (i < 0 ? !narrow(ranges, line->total, low, high, changed)
                  : !narrow(ranges, part[i], high < INFINITE ? total_low - high : 0,
                            total_high < INFINITE ? total_high - low : INFINITE, changed))
            return false;
    }
    return true;
}

static bool propagate(const struct table *table, struct ranges *ranges)
{
    for (bool changed = true; changed;) {
        changed = false;
        for (int l = 0; l < table->lines; l++) {
            const struct line *line = &table->line[l];

            if (table->spec->persons ? !apply_persons(table, line, ranges, &changed)
                                     : !apply_sum(table, line, ranges, &changed))
                return false;
        }
    }
    return true;
}

/* Where every number from some on fits, cuts are made that leave all values of the other cells and
 * the smallest of this one: a cell beyond the cut, and all that it counts in, can be taken down to
 * it and every line still holds.  Only inner cells need the cut; totals follow. */
static void cut_endless(struct puzzle *puzzle, const struct publication *publication)
{
    const struct table *table = puzzle->table;
    int cut = publication->threshold;

    for (int cell = 0; cell < table->cells; cell++) {
        cut = larger(cut, puzzle->first.low[cell]);
        if (!puzzle->endless[cell])
            cut = larger(cut, puzzle->first.high[cell]);
    }
    for (int cell = 0; cell < table->cells; cell++)
        if (puzzle->endless[cell] && table->leaf[cell])
            puzzle->first.high[cell] = cut;
}

/* Sets up the puzzle; false when it has no solution, as single lines show. */
static bool set_up(struct puzzle *puzzle, const struct table *table,
                   const struct publication *publication)
{
    memset(puzzle, 0, sizeof *puzzle);
    puzzle->table = table;
    for (int cell = 0; cell < table->cells; cell++) {
        first_range(puzzle, publication, cell);
        puzzle->wanted[cell] =
            publication->state[cell] == HIDDEN || publication->state[cell] == ABSENT;
    }
    for (int cell = 0; cell < table->cells; cell++)
        if (table->leaf[cell] && !is_bounded(puzzle, cell, 0))
            mark_endless(puzzle, cell, 0);
    if (!propagate(table, &puzzle->first))
        return false;
    cut_endless(puzzle, publication);
    return propagate(table, &puzzle->first);
}

/* Gets ready to note values; false when there may be too many. */
static bool clear_values(struct puzzle *puzzle)
{
    puzzle->nodes = MOST_NODES;
    puzzle->solved = false;
    for (int cell = 0; cell < puzzle->table->cells; cell++) {
        struct values *values = &puzzle->values[cell];

        *values = (struct values){.from = puzzle->first.low[cell], .least = INFINITE, .most = -1};
        if (puzzle->wanted[cell] && !puzzle->endless[cell] &&
            puzzle->first.high[cell] - values->from >= MOST_VALUES)
            return false;
    }
    return true;
}

static void note_value(struct puzzle *puzzle, int cell, int value)
{
    struct values *values = &puzzle->values[cell];

    values->least = smaller(values->least, value);
    values->most = larger(values->most, value);
    if (puzzle->endless[cell] || values->seen[value - values->from])
        return;
    values->seen[value - values->from] = true;
    values->count++;
}

/* True when a table within these ranges could have a value that was not seen. */
static bool holds_news(const struct puzzle *puzzle, const struct ranges *ranges)
{
    for (int cell = 0; cell < puzzle->table->cells; cell++) {
        const struct values *values = &puzzle->values[cell];

        if (!puzzle->wanted[cell])
            continue;
        if (puzzle->endless[cell]) {
            if (ranges->low[cell] < values->least)
                return true;
            continue;
        }
        for (int value = ranges->low[cell]; value <= ranges->high[cell]; value++)
            if (!values->seen[value - values->from])
                return true;
    }
    return false;
}

/* The cell with the fewest values, of those with more than one; -1: none. */
static int choose_cell(const struct table *table, const struct ranges *ranges)
{
    int best = -1, fewest = INFINITE;

    for (int cell = 0; cell < table->cells; cell++) {
        int more = ranges->high[cell] - ranges->low[cell];

        if (more > 0 && more < fewest) {
            best = cell;
            fewest = more;
        }
    }
    return best;
}

/* Goes through all tables within the ranges, which have been propagated. */
static void go_through(struct puzzle *puzzle, const struct ranges *ranges)
{
    const struct table *table = puzzle->table;
    int cell = choose_cell(table, ranges);

    if (puzzle->nodes-- <= 0 || (puzzle->single ? puzzle->solved : !holds_news(puzzle, ranges)))
        return;
    if (cell < 0) {
        puzzle->solved = true;
        for (cell = 0; cell < table->cells; cell++)
            if (puzzle->wanted[cell])
                note_value(puzzle, cell, ranges->low[cell]);
        return;
    }
    for (int value = ranges->low[cell]; value <= ranges->high[cell]; value++) {
        struct ranges narrower = *ranges;

        narrower.low[cell] = narrower.high[cell] = value;
        if (propagate(table, &narrower))
            go_through(puzzle, &narrower);
    }
}

/* Finds the values of all wanted cells; false when that takes too long. */
static bool enumerate(struct puzzle *puzzle)
{
    if (!clear_values(puzzle))
        return false;
    puzzle->single = false;
    go_through(puzzle, &puzzle->first);
    return puzzle->nodes > 0;
}

/* ---------------------------------------------------------------- what lines alone determine */

/* True when it is plain that a line may add up: all its cells are known or have values that were
 * enumerated, and some of these fit. */
static bool may_add_up(const struct puzzle *puzzle, const struct line *line)
{
    const struct table *table = puzzle->table;
    long least[2] = {0, 0}, most[2] = {0, 0};

    for (int t = line->first - 1; t < line->first + line->parts; t++) {
        int cell = t < line->first ? line->total : table->term[t], side = t < line->first;
        bool point = puzzle->first.low[cell] == puzzle->first.high[cell];

        if (!point && !puzzle->wanted[cell])
            return false;
        least[side] += point ? puzzle->first.low[cell] : puzzle->values[cell].least;
        most[side] += point ? puzzle->first.high[cell] : puzzle->values[cell].most;
    }
    return least[0] <= most[1] && most[0] >= least[1];
}

/* Marks the cells that are determined if every line adds up, whatever their ranges; `known` cells
 * are taken as known.  With `plainly` only lines that may add up are used. */
static void determine(const struct puzzle *puzzle, const bool *known, bool plainly,
                      bool *determined)
{
    const struct table *table = puzzle->table;
    int n = 0, number[MOST_CELLS];
    uint32_t *basis[MOST_CELLS] = {NULL}, row[MOST_CELLS];
    bool found[MOST_CELLS];

    for (int cell = 0; cell < table->cells; cell++)
        number[cell] = known[cell] ? -1 : n++;
    for (int l = 0; l < table->lines; l++) {
        const struct line *line = &table->line[l];

        if (plainly && !may_add_up(puzzle, line))
            continue;
        memset(row, 0, sizeof row);
        if (number[line->total] >= 0)
            row[number[line->total]] = PRIME - 1;
        for (int t = line->first; t < line->first + line->parts; t++)
            if (number[table->term[t]] >= 0)
                row[number[table->term[t]]] = 1;
        insert_row(basis, row, n);
    }
    reduce(basis, n, found);
    for (int cell = 0; cell < table->cells; cell++)
        determined[cell] = number[cell] >= 0 && found[number[cell]];
}

/* Cells that have to be called determined, and those that may be. */
static void find_determined(const struct puzzle *puzzle, const struct publication *publication,
                            bool *must, bool *may)
{
    bool known[MOST_CELLS];

    for (int cell = 0; cell < puzzle->table->cells; cell++)
        known[cell] = publication->state[cell] == SHOWN && publication->rounding == EXACT;
    for (int cell = 0; cell < puzzle->table->cells; cell++)
        known[cell] =
            known[cell] || (publication->state[cell] == UNPRINTED && puzzle->table->leaf[cell]);
    determine(puzzle, known, true, must);
    for (int cell = 0; cell < puzzle->table->cells; cell++)
        known[cell] = puzzle->first.low[cell] == puzzle->first.high[cell] ||
                      (puzzle->wanted[cell] && puzzle->values[cell].count == 1);
    determine(puzzle, known, false, may);
}

/* ---------------------------------------------------------------- running ddg-audit */

/* One worker's memory. */
struct worker {
    const struct opts *opts;
    struct spec spec;
    struct table table;
    struct publication publication;
    struct puzzle puzzle;
    struct text input, output, errors;
    struct scratch scratch;
    char option[6][48];
    bool show;
};

struct results {
    long tables, cells, recovered, narrowed, safe, determined, undecided, gaps;
    long impossible, passed_over, failures;
};

/* What went wrong; empty when nothing did. */
struct verdict {
    char what[256];
};

__attribute__((format(printf, 2, 3))) static bool blame(struct verdict *verdict, const char *format,
                                                        ...)
{
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(verdict->what, sizeof verdict->what, format, arguments);
    va_end(arguments);
    return false;
}

static void write_publication(struct text *out, const struct table *table,
                              const struct publication *publication)
{
    bool described = publication->marking == DESCRIBED;

    text_clear(out);
    write_header(out, table->spec);
    text_print(out, "%s%s\n", publication->marking == BLANK ? "" : ",annotation",
               described ? ",annotation_description" : "");
    for (int i = 0; i < table->rows; i++) {
        int cell = table->order[i];
        bool hidden = publication->state[cell] == HIDDEN;

        if (publication->state[cell] == ABSENT)
            continue;
        write_cell(out, table, cell);
        if (!hidden)
            text_print(out, "%ld", publication->value[cell]);
        if (publication->marking != BLANK)
            text_print(out, hidden ? ",%d" : ",", publication->code[cell]);
        if (described)
            text_print(out, hidden ? ",small number or complementary" : ",");
        text_print(out, "\n");
    }
}

__attribute__((format(printf, 3, 4))) static void add_option(struct worker *worker, char **argv,
                                                             const char *format, ...)
{
    int number = 0;
    va_list arguments;

    while (argv[number])
        number++;
    for (int i = 0; i < 6; i++)
        if (!*worker->option[i]) {
            va_start(arguments, format);
            vsnprintf(worker->option[i], sizeof worker->option[i], format, arguments);
            va_end(arguments);
            argv[number] = worker->option[i];
            return;
        }
}

static void add_options(struct worker *worker, char **argv)
{
    const struct publication *publication = &worker->publication;

    memset(worker->option, 0, sizeof worker->option);
    if (publication->say_knows)
        add_option(worker, argv, "--knows=%s", level_name[publication->knows]);
    if (publication->say_two_values)
        add_option(worker, argv, "--min-values=%d,%d", publication->least[1],
                   publication->least[2]);
    else if (publication->say_values)
        add_option(worker, argv, "--min-values=%d", publication->least[1]);
    if (publication->marking == CALLED)
        add_option(worker, argv, "--codes=merged");
    if (publication->rounding != EXACT)
        add_option(worker, argv, "--rounded=%d:%s", publication->base,
                   rounding_name[publication->rounding]);
    if (publication->threshold != 11)
        add_option(worker, argv, "--threshold=%d", publication->threshold);
    if (publication->say_absent)
        add_option(worker, argv, "--absent=%s", publication->absent_unknown ? "unknown" : "zero");
}

static int call_audit(struct worker *worker)
{
    static char name[] = "ddg-audit", values[] = "--show-values", intervals[] = "--intervals";
    static char rule[] = "--group-rule=off";
    char *argv[16] = {name, values, rule};
    int status, at = 3;

    if (worker->publication.intervals)
        argv[at++] = intervals;
    describe_hierarchy(&worker->scratch, &worker->table, argv + at);
    add_options(worker, argv);
    write_publication(&worker->input, &worker->table, &worker->publication);
    status = run_tool(name, argv, &worker->input, &worker->output, &worker->errors);
    if (!worker->show)
        return status;
    printf("$");
    for (int i = 0; argv[i]; i++)
        printf(" %s", argv[i]);
    printf("\n");
    if (hierarchical(&worker->spec) >= 0)
        printf("-- hierarchy\n%s", worker->scratch.hierarchy[hierarchical(&worker->spec)].at);
    printf("-- input\n%s-- output, exit status %d\n%s-- messages\n%s--\n", worker->input.at, status,
           worker->output.at, worker->errors.at);
    return status;
}

/* ---------------------------------------------------------------- the comparison */

/* A row of the findings. */
struct row {
    int cell;
    const char *status, *low, *high;
};

/* What the search says of a cell. */
static const char *status_of(const struct puzzle *puzzle, const struct publication *publication,
                             int cell)
{
    const struct values *values = &puzzle->values[cell];
    bool apart = publication->marking == APART && publication->knows >= SMALL;
    bool small = apart && publication->state[cell] == HIDDEN && publication->code[cell] == 1;
    int least = publication->least[small ? 1 : 2];

    /* no more values can be asked for than the code itself leaves */
    if (small)
        least = smaller(least, larger(2, publication->threshold - 1));
    if (!puzzle->endless[cell] && values->count == 1)
        return "recovered";
    if (!puzzle->endless[cell] && values->count < least)
        return "narrowed";
    return "safe";
}

/* A bound that was printed: -1 for none, -2 for anything that is no count. */
static int read_bound(const char *text)
{
    char *end;
    long bound = strtol(text, &end, 10);

    return *text == '\0' ? -1 : *end || bound < 0 || bound >= INFINITE ? -2 : (int)bound;
}

/* The bounds are those that the search found or, where they need not be exact, enclose them. */
static bool bounds_hold(const struct puzzle *puzzle, const struct row *row, bool exact)
{
    const struct values *values = &puzzle->values[row->cell];
    int low = read_bound(row->low), high = read_bound(row->high);

    if (low < 0 || high == -2)
        return false;
    if (puzzle->endless[row->cell])
        return high == -1 && (exact ? low == values->least : low <= values->least);
    if (exact)
        return low == values->least && high == values->most;
    return low <= values->least && (high == -1 || high >= values->most);
}

static bool blame_row(struct verdict *verdict, const struct worker *worker, const struct row *row)
{
    const struct values *values = &worker->puzzle.values[row->cell];
    struct text name = {0};

    write_cell(&name, &worker->table, row->cell);
    blame(verdict, "%s %s %s..%s where it is %s %d..%d, %d values%s", name.at, row->status,
          row->low, row->high, status_of(&worker->puzzle, &worker->publication, row->cell),
          values->least, values->most, values->count,
          worker->puzzle.endless[row->cell] ? " and more" : "");
    free(name.at);
    return false;
}

/* Compares a row of the findings with the search. */
static bool judge_row(const struct worker *worker, const struct row *row, const bool *must,
                      const bool *may, struct results *results, struct verdict *verdict)
{
    const struct puzzle *puzzle = &worker->puzzle;
    const struct publication *publication = &worker->publication;
    const char *wanted = status_of(puzzle, publication, row->cell);
    bool safe = strcmp(wanted, "safe") == 0, persons = worker->spec.persons;
    bool exact = publication->intervals && strcmp(row->status, "undecided") != 0;

    if (!bounds_hold(puzzle, row, exact))
        return blame_row(verdict, worker, row);
    if (strcmp(row->status, "undecided") == 0) {
        results->undecided++;
        return true;
    }
    if (strcmp(row->status, "determined") == 0) {
        results->determined++;
        return (persons && safe && may[row->cell]) || blame_row(verdict, worker, row);
    }
    results->recovered += strcmp(wanted, "recovered") == 0;
    results->narrowed += strcmp(wanted, "narrowed") == 0;
    results->safe += safe;
    if (strcmp(row->status, wanted) != 0 || (persons && safe && must[row->cell]))
        return blame_row(verdict, worker, row);
    return true;
}

/* The cell of a row: by the line of the input, or by its labels where it has none; -1: neither. */
static int cell_of(const struct worker *worker, char **field)
{
    const struct table *table = &worker->table;
    int cell = find_cell(table, field + 2), line = 1;

    if (cell < 0 || *field[0] == '\0')
        return cell >= 0 && worker->publication.state[cell] == ABSENT ? cell : -1;
    for (int i = 0; i < table->rows; i++) {
        line += worker->publication.state[table->order[i]] != ABSENT;
        if (table->order[i] == cell)
            return line == read_bound(field[0]) && worker->publication.state[cell] == HIDDEN ? cell
                                                                                             : -1;
    }
    return -1;
}

/* Every hidden cell has to be in the findings, with --intervals; else those not safe. */
static bool judge_missing(const struct worker *worker, const bool *listed, const bool *must,
                          struct verdict *verdict)
{
    const struct puzzle *puzzle = &worker->puzzle;

    for (int cell = 0; cell < worker->table.cells; cell++) {
        const char *status = status_of(puzzle, &worker->publication, cell);
        bool safe = strcmp(status, "safe") == 0 && !(worker->spec.persons && must[cell]);
        bool zero = worker->publication.state[cell] == ABSENT && puzzle->values[cell].most == 0;

        if (puzzle->wanted[cell] && !listed[cell] && !zero &&
            (worker->publication.intervals || !safe))
            return blame_row(verdict, worker, &(struct row){cell, "not listed", "", ""});
    }
    return true;
}

/* Reads the findings and compares them; sets *finding and *undecided. */
static bool judge_output(struct worker *worker, struct results *results, bool *finding,
                         struct verdict *verdict)
{
    enum { MOST_FIELDS = MAX_DIMS + 8 };
    const int status = worker->spec.dims + 2, all = worker->spec.dims + 6;
    bool listed[MOST_CELLS] = {false}, must[MOST_CELLS], may[MOST_CELLS];
    char *field[MOST_FIELDS], *at;
    int fields;

    find_determined(&worker->puzzle, &worker->publication, must, may);
    at = read_record(worker->output.at, field, MOST_FIELDS, &fields);
    if (!at || fields != all || strcmp(field[status], "status") != 0)
        return blame(verdict, "the header of the findings is not as expected");
    while (*at) {
        struct row row;

        at = read_record(at, field, MOST_FIELDS, &fields);
        if (!at || fields != all)
            return blame(verdict, "a row of the findings is broken");
        row = (struct row){cell_of(worker, field), field[status], field[status + 2],
                           field[status + 3]};
        *finding = *finding || (strcmp(row.status, "safe") != 0 && strcmp(row.status, "undecided"));
        if (strcmp(row.status, "rule") == 0)
            continue;
        if (row.cell < 0 || listed[row.cell])
            return blame(verdict, "a finding of no hidden cell, or twice of one: line '%s'",
                         field[0]);
        listed[row.cell] = true;
        if (!judge_row(worker, &row, must, may, results, verdict))
            return false;
    }
    return judge_missing(worker, listed, must, verdict);
}

/* Runs ddg-audit on the publication and compares. */
static bool try_publication(struct worker *worker, struct results *results, struct verdict *verdict)
{
    int status = call_audit(worker), wanted;
    long undecided = results->undecided;
    bool finding = false;

    results->tables++;
    if (!worker->puzzle.solved) {
        results->impossible++;
        return status == 2 || blame(verdict, "status %d where no table fits", status);
    }
    if (status < 0 || (status == 2 && strchr(worker->output.at, '\n') == NULL))
        return blame(verdict, "status %d: %.200s", status, worker->errors.at);
    for (int cell = 0; cell < worker->table.cells; cell++) {
        const struct values *values = &worker->puzzle.values[cell];

        results->cells += worker->puzzle.wanted[cell];
        results->gaps += worker->puzzle.wanted[cell] && !worker->puzzle.endless[cell] &&
                         values->count <= values->most - values->least;
    }
    if (!judge_output(worker, results, &finding, verdict))
        return false;
    wanted = finding ? 1 : results->undecided > undecided ? 2 : 0;
    return status == wanted || blame(verdict, "status %d, not %d", status, wanted);
}

/* ---------------------------------------------------------------- drawing tables */

static bool has_wanted(const struct puzzle *puzzle)
{
    for (int cell = 0; cell < puzzle->table->cells; cell++)
        if (puzzle->wanted[cell])
            return true;
    return false;
}

/* Draws table `number` of a level: the first of its attempts that can be enumerated. */
static void draw(struct worker *worker, enum knows knows, long number, struct results *results)
{
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
        uint64_t random = mix(worker->opts->seed) ^
                          mix(((uint64_t)number * LEVELS + (uint64_t)knows) * 2654435761u +
                              (uint64_t)attempt * 40503u);
        bool possible;

        choose_spec(&worker->spec, &worker->publication, &random);
        worker->publication.knows = knows;
        build_table(&worker->table, &worker->spec);
        if (worker->table.cells > MOST_CELLS || worker->table.rows == 0)
            continue;
        publish(&worker->publication, &worker->table, &random);
        possible = set_up(&worker->puzzle, &worker->table, &worker->publication);
        if (!has_wanted(&worker->puzzle))
            continue;
        if (!possible || enumerate(&worker->puzzle))
            return;
        results->passed_over++;
    }
    errno = EDOM;
    die("no table that can be enumerated");
}

static void try_number(struct worker *worker, enum knows knows, long number,
                       struct results *results)
{
    struct verdict verdict = {0};

    draw(worker, knows, number, results);
    if (try_publication(worker, results, &verdict))
        return;
    results->failures++;
    printf("FAILED: --seed %llu --knows %s --one %ld: %s\n", (unsigned long long)worker->opts->seed,
           level_name[knows], number, verdict.what);
    if (!worker->show && results->failures <= SHOWN_FAILURES) {
        worker->show = true;
        call_audit(worker);
        worker->show = false;
    }
}

static struct worker *new_worker(const struct opts *opts)
{
    struct worker *worker = need(calloc(1, sizeof *worker));

    worker->opts = opts;
    make_scratch(&worker->scratch);
    return worker;
}

static void free_worker(struct worker *worker)
{
    free_scratch(&worker->scratch);
    free(worker->input.at);
    free(worker->output.at);
    free(worker->errors.at);
    free(worker);
}

/* ---------------------------------------------------------------- self test */

static int expect(bool held, const char *what)
{
    if (!held)
        printf("self test: FAILED: %s\n", what);
    return held ? 0 : 1;
}

static bool same_values(const struct puzzle *puzzle, const struct values *values)
{
    for (int cell = 0; cell < puzzle->table->cells; cell++) {
        const struct values *other = &puzzle->values[cell];

        if (puzzle->wanted[cell] &&
            (values[cell].least != other->least ||
             (!puzzle->endless[cell] &&
              memcmp(values[cell].seen, other->seen, sizeof other->seen) != 0)))
            return false;
    }
    return true;
}

/* The same by asking for every value of every cell whether a table has it. */
static bool probe(struct puzzle *puzzle)
{
    struct values found[MOST_CELLS];
    bool whole = true;

    puzzle->single = true;
    clear_values(puzzle);
    memcpy(found, puzzle->values, sizeof found);
    for (int cell = 0; cell < puzzle->table->cells; cell++)
        for (int value = puzzle->first.low[cell];
             puzzle->wanted[cell] && value <= puzzle->first.high[cell]; value++) {
            struct ranges ranges = puzzle->first;

            if (puzzle->endless[cell] && found[cell].least < INFINITE)
                break;
            clear_values(puzzle);
            ranges.low[cell] = ranges.high[cell] = value;
            if (propagate(puzzle->table, &ranges))
                go_through(puzzle, &ranges);
            whole = whole && puzzle->nodes > 0;
            if (!puzzle->solved)
                continue;
            found[cell].least = smaller(found[cell].least, value);
            if (!puzzle->endless[cell])
                found[cell].seen[value - found[cell].from] = true;
        }
    memcpy(puzzle->values, found, sizeof found);
    return whole;
}

/* Whether a table of numbers keeps to the ranges and lines. */
static bool fits(const struct puzzle *puzzle, const struct ranges *first, const long *value)
{
    const struct table *table = puzzle->table;

    for (int cell = 0; cell < table->cells; cell++)
        if (value[cell] < first->low[cell] || value[cell] > first->high[cell])
            return false;
    for (int l = 0; l < table->lines; l++) {
        const struct line *line = &table->line[l];
        long sum = 0, largest = 0;

        for (int t = line->first; t < line->first + line->parts; t++) {
            sum += value[table->term[t]];
            largest = value[table->term[t]] > largest ? value[table->term[t]] : largest;
        }
        if (table->spec->persons ? value[line->total] > sum || value[line->total] < largest
                                 : value[line->total] != sum)
            return false;
    }
    return true;
}

/* The totals that inner cells have. */
static void add_up(const struct table *table, long *value)
{
    for (int height = 1; height <= 2 * MAX_DIMS; height++)
        for (int l = 0; l < table->lines; l++) {
            const struct line *line = &table->line[l];

            if (height_of(table, line->total) != height)
                continue;
            value[line->total] = 0;
            for (int t = line->first; t < line->first + line->parts; t++)
                value[line->total] += value[table->term[t]];
        }
}

/* The ranges without any propagation, of a table in which nothing is endless: a cell is at most any
 * bounded cell that it counts in, and a total at most the sum of its inner cells. */
static void plain_ranges(struct puzzle *puzzle, const struct publication *publication,
                         struct ranges *ranges)
{
    const struct table *table = puzzle->table;
    long most[MOST_CELLS];

    for (int cell = 0; cell < table->cells; cell++)
        first_range(puzzle, publication, cell);
    *ranges = puzzle->first;
    for (int again = 0; again < 2 * MAX_DIMS; again++)
        for (int l = 0; l < table->lines; l++)
            for (int t = table->line[l].first; t < table->line[l].first + table->line[l].parts; t++)
                ranges->high[table->term[t]] =
                    smaller(ranges->high[table->term[t]], ranges->high[table->line[l].total]);
    for (int cell = 0; cell < table->cells; cell++)
        most[cell] = ranges->high[cell];
    add_up(table, most);
    for (int cell = 0; cell < table->cells; cell++)
        if (most[cell] < ranges->high[cell])
            ranges->high[cell] = (int)most[cell];
}

/* The same by counting through all numbers within the ranges, without any search; false when that
 * takes too long.  Inner cells alone are counted through where the totals follow from them. */
static bool count_through(struct puzzle *puzzle, const struct publication *publication)
{
    const struct table *table = puzzle->table;
    struct ranges found = puzzle->first, plain;
    long value[MOST_CELLS], trials = 1;
    int open[MOST_CELLS], length = 0, at = 0;

    plain_ranges(puzzle, publication, &plain);
    puzzle->first = found;
    for (int cell = 0; cell < table->cells; cell++) {
        value[cell] = plain.low[cell];
        if (puzzle->endless[cell] || plain.high[cell] >= INFINITE)
            return false;
        if ((table->leaf[cell] || table->spec->persons) && plain.high[cell] > plain.low[cell]) {
            trials *= plain.high[cell] - plain.low[cell] + 1;
            open[length++] = cell;
        }
        if (trials > MOST_TRIALS)
            return false;
    }
    clear_values(puzzle);
    while (at < length || trials == 1) {
        if (!table->spec->persons)
            add_up(table, value);
        if (fits(puzzle, &plain, value))
            for (int cell = 0; cell < table->cells; cell++)
                if (puzzle->wanted[cell])
                    note_value(puzzle, cell, (int)value[cell]);
        for (at = 0; at < length && ++value[open[at]] > plain.high[open[at]]; at++)
            value[open[at]] = plain.low[open[at]];
        trials = 0;
    }
    return true;
}

/* Search, questions value by value, and counting through agree. */
static int test_search(struct worker *worker, long tables)
{
    struct puzzle *puzzle = &worker->puzzle;
    struct results ignored = {0};
    struct values found[MOST_CELLS];
    long counted = 0, probed = 0;
    int failed = 0;

    for (long number = 0; number < tables; number++) {
        draw(worker, (enum knows)(number % LEVELS), number, &ignored);
        if (!puzzle->solved)
            continue;
        memcpy(found, puzzle->values, sizeof found);
        if (probe(puzzle)) {
            probed++;
            failed += expect(same_values(puzzle, found), "search and questions agree");
        }
        if (count_through(puzzle, &worker->publication)) {
            counted++;
            failed += expect(same_values(puzzle, found), "search and counting through agree");
        }
    }
    printf("self test: of %ld tables %ld asked value by value, %ld counted through\n", tables,
           probed, counted);
    failed += expect(tables < 100 || counted * 10 > tables, "enough tables are counted through");
    return failed;
}

/* How many values a cell of an example has; 0: no end. */
static int values_left(struct worker *worker, int cell, enum knows knows)
{
    worker->publication.knows = knows;
    if (!set_up(&worker->puzzle, &worker->table, &worker->publication) ||
        !enumerate(&worker->puzzle))
        return -1;
    return worker->puzzle.endless[cell] ? 0 : worker->puzzle.values[cell].count;
}

/* A one-dimensional table with its total shown; codes[i] is 0, 1 or 2. */
static void set_example(struct worker *worker, const long *counts, const int *codes)
{
    struct spec *spec = &worker->spec;
    struct publication *publication = &worker->publication;

    memset(spec, 0, sizeof *spec);
    memset(publication, 0, sizeof *publication);
    spec->dims = 1;
    spec->dim[0].leaves = 6;
    for (int i = 0; i < 6; i++) {
        spec->dim[0].parent[i] = -1;
        spec->inner[i] = counts[i];
    }
    build_table(&worker->table, spec);
    publication->threshold = 11;
    publication->marking = APART;
    for (int cell = 0; cell < worker->table.cells; cell++) {
        publication->code[cell] = cell < 6 ? codes[cell] : 0;
        publication->state[cell] = publication->code[cell] ? HIDDEN : SHOWN;
        publication->value[cell] = worker->table.truth[cell];
    }
}

/* The worked examples of the guideline (4.4.3); one of the three zeros is left out. */
static int test_examples(struct worker *worker)
{
    static const long first[] = {10, 14, 10, 10, 0, 30}, second[] = {10, 14, 9, 17, 0, 30};
    static const long fourth[] = {14, 14, 1, 11, 0, 30};
    int failed = 0;

    set_example(worker, first, (const int[]){1, 0, 1, 1, 0, 0});
    failed += expect(values_left(worker, 0, SMALL) == 1, "example 1 is recovered");
    failed += expect(values_left(worker, 0, SUMS) == 31, "example 1, sums alone");
    failed += expect(values_left(worker, 0, ZEROS) == 28, "example 1, zeros shown");
    worker->publication.rounding = RANDOM;
    worker->publication.base = 5;
    failed += expect(values_left(worker, 0, SMALL) == 10, "example 1, rounded");
    set_example(worker, first, (const int[]){1, 2, 1, 1, 0, 0});
    failed += expect(values_left(worker, 0, SMALL) == 10, "example 1, 14 hidden");
    set_example(worker, second, (const int[]){1, 0, 1, 0, 0, 0});
    failed += expect(values_left(worker, 0, SMALL) == 2, "example 2 is narrowed to two");
    set_example(worker, second, (const int[]){1, 2, 1, 0, 0, 0});
    failed += expect(values_left(worker, 0, CODES) == 10, "example 2, 14 hidden");
    set_example(worker, fourth, (const int[]){0, 0, 1, 2, 0, 0});
    failed += expect(values_left(worker, 2, CODES) == 1, "example 4 is recovered");
    failed += expect(values_left(worker, 3, CODES) == 1, "example 4, the other cell");
    failed += expect(values_left(worker, 2, SMALL) == 10, "example 4, small alone");
    worker->publication.state[6] = UNPRINTED;
    failed += expect(values_left(worker, 3, CODES) == 0, "example 4, no total");
    return failed;
}

static int self_test(const struct opts *opts)
{
    struct worker *worker = new_worker(opts);
    int failed = test_examples(worker) + test_search(worker, SELF_TEST_TABLES);

    free_worker(worker);
    printf("self test: %s\n", failed ? "failed" : "passed");
    return failed;
}

/* ---------------------------------------------------------------- main */

static void audit_share(int share, const void *tasks, void *results)
{
    const struct opts *opts = tasks;
    struct worker *worker = new_worker(opts);

    for (long number = share; number < opts->tables; number += WORKERS)
        for (int level = 0; level < LEVELS; level++)
            if (opts->level < 0 || opts->level == level)
                try_number(worker, (enum knows)level, number, &((struct results *)results)[level]);
    free_worker(worker);
}

static bool conclude(int level, const struct results *results)
{
    printf("%s: %ld tables (%ld passed over, %ld that no numbers fit), %ld hidden cells: "
           "%ld recovered, %ld narrowed, %ld safe, %ld determined, %ld undecided, %ld with gaps; "
           "%ld failed\n",
           level_name[level], results->tables, results->passed_over, results->impossible,
           results->cells, results->recovered, results->narrowed, results->safe,
           results->determined, results->undecided, results->gaps, results->failures);
    if (results->undecided * 1000 > results->cells)
        printf("FAILED: more than one cell in a thousand is undecided\n");
    return results->failures == 0 && results->undecided * 1000 <= results->cells;
}

static bool audit_all(const struct opts *opts)
{
    struct results share[WORKERS][LEVELS] = {0};
    bool fine = share_work(audit_share, opts, share, sizeof *share);

    if (!fine)
        printf("FAILED: a worker broke down\n");
    for (int level = 0; level < LEVELS; level++) {
        struct results sum = {0};

        for (int i = 0; i < WORKERS; i++) {
            const struct results *one = &share[i][level];

            sum.tables += one->tables;
            sum.cells += one->cells;
            sum.recovered += one->recovered;
            sum.narrowed += one->narrowed;
            sum.safe += one->safe;
            sum.determined += one->determined;
            sum.undecided += one->undecided;
            sum.gaps += one->gaps;
            sum.impossible += one->impossible;
            sum.passed_over += one->passed_over;
            sum.failures += one->failures;
        }
        if (opts->level < 0 || opts->level == level)
            fine = conclude(level, &sum) && fine;
    }
    return fine;
}

static bool audit_one(const struct opts *opts)
{
    struct worker *worker = new_worker(opts);
    struct results results = {0};
    int level = opts->level < 0 ? ZEROS : opts->level;

    worker->show = true;
    try_number(worker, (enum knows)level, opts->one, &results);
    free_worker(worker);
    return conclude(level, &results);
}

static int usage(void)
{
    fprintf(stderr, "usage: audit-tables [--tables N] [--knows sums|zeros|threshold|codes]\n"
                    "                    [--seed S] [--one K] [--self-test]\n"
                    "DDG_BUILD names the directory with ddg-audit [build];\n"
                    "DDG_PROPERTY_TABLES is how many tables there are for each level\n");
    return 2;
}

int main(int argc, char **argv)
{
    static const struct option options[] = {SHARED_OPTIONS, {NULL, 0, NULL, 0}};
    struct opts opts = {.tables = -1, .one = -1, .seed = 1, .level = -1};

    if (!read_options(&opts, options, argc, argv))
        return usage();
    signal(SIGPIPE, SIG_IGN);
    if (opts.one >= 0)
        return !audit_one(&opts);
    if (self_test(&opts))
        return 1;
    if (opts.self_test)
        return 0;
    if (opts.tables < 0)
        opts.tables = property_tables("DDG_PROPERTY_TABLES", USUAL_TABLES);
    return !audit_all(&opts);
}
