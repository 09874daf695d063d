/*
 * What the rates of several count columns tell together, by going through all tables: persons are
 * never more than their events, women and men are all or nearly, and so along lines.
 */
#include "small_table.h"

#include "round/companions.h"
#include "round/rates.h"

enum { CELLS = 4, COLUMNS = 3, UNTOLD = 4000, TEXT_ROOM = 512, BASE_MOST = 7 };

/* How the columns hang together: distinct persons and their events, women and men and all, some
 * cases of all, women and men and all with a few others. */
enum tie { PERSONS, SUM, CASES, OTHERS, TIES };

static const char *const names[TIES] = {"persons,events", "women,men,all", "died,cases",
                                        "women,men,all"};

/* Two or three categories and their total, the last one, with a population each. */
struct columns {
    enum tie tie;
    bool percent; /* of the total of each column, which is then known */
    size_t count, total;
    uint64_t value[COLUMNS][CELLS], people[CELLS];
};

/* What a reader may take each count for by itself, and which values it has in tables that fit. */
struct reading {
    uint64_t low[COLUMNS][CELLS], high[COLUMNS][CELLS], at[COLUMNS][CELLS];
    bool seen[COLUMNS][CELLS][UNTOLD];
};

static uint64_t at_most(uint64_t most, uint64_t *random)
{
    return check_random(random) % (most + 1);
}

static void fill_row(struct columns *c, size_t i, uint64_t most, uint64_t *random)
{
    uint64_t few = at_most(c->tie == CASES ? 2 : 4, random);

    c->value[0][i] = check_random(random) % 5 ? at_most(most, random) : at_most(4, random);
    if (c->tie == SUM || c->tie == OTHERS) {
        c->value[1][i] = at_most(most, random);
        c->value[2][i] = c->value[0][i] + c->value[1][i] + (c->tie == OTHERS ? few / 3 : 0);
        return;
    }
    c->value[1][i] = c->value[0][i] + few;
    if (c->tie == PERSONS && c->value[0][i] == 0)
        c->value[1][i] = 0;
}

static void fill(struct columns *c, enum tie tie, uint64_t *random)
{
    *c = (struct columns){.tie = tie, .percent = check_random(random) % 2};
    c->count = tie == SUM || tie == OTHERS ? 3 : 2;
    c->total = tie == CASES ? 3 : 2;
    for (size_t i = 0; i < c->total; i++) {
        fill_row(c, i, c->percent ? 250 : 60, random);
        c->people[i] = 300 + at_most(400, random);
        c->people[c->total] += c->people[i];
    }
    for (size_t k = 0; k < COLUMNS; k++)
        for (size_t i = 0; i < c->total; i++)
            c->value[k][c->total] += c->value[k][i];
    /* some persons in both categories */
    if (tie == PERSONS && c->value[0][0] > 2 && c->value[0][1] > 2)
        c->value[0][c->total] -= at_most(2, random);
    if (check_random(random) % 2)
        c->people[c->total] = 300 + at_most(400, random);
}

static uint64_t whole_of(const struct columns *c, size_t k, size_t i)
{
    return c->percent ? c->value[k][c->total] : c->people[i];
}

static void write_text(const struct columns *c, char *text)
{
    text += sprintf(text, "g,%s,people\n", names[c->tie]);
    for (size_t i = 0; i <= c->total; i++) {
        text += i < c->total ? sprintf(text, "g%zu", i) : sprintf(text, "Total");
        for (size_t k = 0; k < c->count; k++)
            text += sprintf(text, ",%d", (int)c->value[k][i]);
        text += sprintf(text, ",%d\n", (int)c->people[i]);
    }
}

/* Writes the rates; false where they are refused.  *path is then the file of the output. */
static bool write_rates(const struct columns *c, uint64_t base, char path[SMALL_PATH_ROOM])
{
    struct ddg_rating rating = {.precision = {100, 0},
                                .population = c->percent ? NULL : "people",
                                .percent = c->percent,
                                .base = base};
    struct ddg_rated rated;
    struct small_table small;
    struct ddg_output output;
    char text[TEXT_ROOM], option[64];
    enum ddg_error error;

    write_text(c, text);
    snprintf(option, sizeof option, "count %s", names[c->tie]);
    error = small_table_read(&small, DDG_ROUND, text, c->tie == PERSONS ? "" : option);
    if (!error)
        error = ddg_companions_of_table(&small.table, &small.description, &small.context);
    small_file(path, "");
    CHECK(!error && !ddg_output_open(&output, path, ',', &small.context));
    error =
        ddg_rates_write(&output, &small.model, &small.description, &rating, &rated, &small.context);
    CHECK(!error || error == DDG_UNSAFE);
    ddg_output_close(&output, error);
    small_table_free(&small);
    return !error;
}

static void read_rate(uint64_t rate, uint64_t whole, uint64_t *low, uint64_t *high)
{
    uint64_t n = 0;

    while ((200 * n + whole) / (2 * whole) < rate)
        n++;
    *low = n;
    while ((200 * n + whole) / (2 * whole) == rate)
        n++;
    *high = n - 1;
}

static void read_output(const struct columns *c, const char *path, struct reading *r)
{
    char line[256];
    FILE *file = fopen(path, "r");

    memset(r, 0, sizeof *r);
    CHECK(file && fgets(line, sizeof line, file));
    for (size_t i = 0; file && i <= c->total; i++) {
        char *at = line;

        CHECK(fgets(line, sizeof line, file));
        for (size_t k = 0; k < c->count; k++) {
            at = strchr(at, ',') + 1;
            r->high[k][i] = UNTOLD - 1;
            if (c->percent && i == c->total)
                r->low[k][i] = r->high[k][i] = c->value[k][i];
            else if (*at != ',')
                read_rate(strtoull(at, NULL, 10), whole_of(c, k, i), &r->low[k][i], &r->high[k][i]);
        }
    }
    fclose(file);
}

static bool fits(const struct columns *c, const struct reading *r)
{
    for (size_t i = 0; i <= c->total; i++) {
        uint64_t first = r->at[0][i], second = r->at[1][i];

        if (c->tie == SUM && first + second != r->at[2][i])
            return false;
        if (c->tie == OTHERS && first + second > r->at[2][i])
            return false;
        if ((c->tie == PERSONS || c->tie == CASES) && first > second)
            return false;
        if (c->tie == PERSONS && (first > 0) != (second > 0))
            return false;
    }
    return true;
}

static void see(const struct columns *c, struct reading *r)
{
    for (size_t k = 0; k < c->count; k++)
        for (size_t i = 0; i <= c->total; i++)
            r->seen[k][i][r->at[k][i]] = true;
}

static void try_all(const struct columns *c, struct reading *r, size_t k);

/* Goes through the totals that the categories of column k leave. */
static void try_totals(const struct columns *c, struct reading *r, size_t k)
{
    uint64_t sum = 0, least = 0, low = r->low[k][c->total], high = r->high[k][c->total];

    for (size_t i = 0; i < c->total; i++) {
        sum += r->at[k][i];
        least = r->at[k][i] > least ? r->at[k][i] : least;
    }
    if (c->tie != PERSONS || k > 0)
        least = sum;
    for (uint64_t n = least > low ? least : low; n <= sum && n <= high; n++) {
        r->at[k][c->total] = n;
        try_all(c, r, k + 1);
    }
}

/* ... and through what is left of its categories from i on, with what those columns that went
 * before make of it. */
static void try_column(const struct columns *c, struct reading *r, size_t k, size_t i)
{
    uint64_t low, high;

    if (i == c->total) {
        try_totals(c, r, k);
        return;
    }
    low = r->low[k][i];
    high = r->high[k][i];
    if (k == 2 && low < r->at[0][i] + r->at[1][i])
        low = r->at[0][i] + r->at[1][i];
    if (k == 1 && c->count == 2 && low < r->at[0][i])
        low = r->at[0][i];
    if (k == 2 && c->tie == SUM && high > r->at[0][i] + r->at[1][i])
        high = r->at[0][i] + r->at[1][i];
    for (uint64_t n = low; n <= high; n++) {
        r->at[k][i] = n;
        try_column(c, r, k, i + 1);
    }
}

/* Goes through what is left of column k and those behind it. */
static void try_all(const struct columns *c, struct reading *r, size_t k)
{
    if (k < c->count)
        try_column(c, r, k, 0);
    else if (fits(c, r))
        see(c, r);
}

static uint64_t fewest_values(const struct columns *c, const struct reading *r)
{
    uint64_t fewest = UNTOLD;

    for (size_t k = 0; k < c->count; k++)
        for (size_t i = 0; i <= c->total; i++) {
            uint64_t values = 0;

            for (size_t n = 0; n < UNTOLD; n++)
                values += r->seen[k][i][n];
            CHECK(r->seen[k][i][c->value[k][i]]);
            if (c->value[k][i] > 0 && !(c->percent && i == c->total) && values < fewest)
                fewest = values;
        }
    return fewest;
}

/* The rates that are written for the largest base leave as many values. */
static bool check_columns(const struct columns *c)
{
    static struct reading r;
    char path[SMALL_PATH_ROOM];
    uint64_t base = 1;

    while (base < BASE_MOST && write_rates(c, base + 1, path)) {
        base++;
        unlink(path);
    }
    unlink(path);
    if (base == 1)
        return false;
    CHECK(write_rates(c, base, path));
    read_output(c, path, &r);
    unlink(path);
    try_all(c, &r, 0);
    CHECK(fewest_values(c, &r) >= base);
    return true;
}

int main(void)
{
    uint64_t random = 7;
    int checked[TIES] = {0};

    for (int i = 0; i < (check_quickly() ? 20 : 1200); i++) {
        struct columns c;

        fill(&c, (enum tie)(i % TIES), &random);
        checked[i % TIES] += check_columns(&c);
    }
    for (int tie = 0; tie < TIES; tie++)
        CHECK(checked[tie] > 0);
    return check_result();
}
