/*
 * What the rates of several count columns tell together, by going through all tables: persons are
 * never more than their events, and women and men are all.
 */
#include "small_table.h"

#include "round/companions.h"
#include "round/rates.h"

enum { CELLS = 3, TOTAL = CELLS - 1, COLUMNS = 3, UNTOLD = 4000, TEXT_ROOM = 512, BASE_MOST = 7 };

/* How the columns hang together. */
enum tie { PERSONS, SUM, TIES };

/* Two categories and their total, with a population each. */
struct columns {
    enum tie tie;
    size_t count;
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

static void fill(struct columns *c, enum tie tie, uint64_t *random)
{
    *c = (struct columns){.tie = tie, .count = tie == SUM ? 3 : 2};
    for (size_t i = 0; i < TOTAL; i++) {
        c->value[0][i] = check_random(random) % 5 ? at_most(60, random) : at_most(4, random);
        c->value[1][i] = at_most(tie == SUM ? 60 : 4, random);
        if (tie == PERSONS)
            c->value[1][i] += c->value[0][i];
        if (tie == PERSONS && c->value[0][i] == 0)
            c->value[1][i] = 0;
        c->value[2][i] = c->value[0][i] + c->value[1][i];
        c->people[i] = 300 + at_most(400, random);
    }
    for (size_t k = 0; k < COLUMNS; k++)
        c->value[k][TOTAL] = c->value[k][0] + c->value[k][1];
    /* some persons in both categories */
    if (tie == PERSONS && c->value[0][0] > 2 && c->value[0][1] > 2)
        c->value[0][TOTAL] -= at_most(2, random);
    c->people[TOTAL] =
        check_random(random) % 2 ? c->people[0] + c->people[1] : 300 + at_most(400, random);
}

static void write_text(const struct columns *c, char *text)
{
    static const char *const labels[CELLS] = {"a", "b", "Total"};

    text += sprintf(text, "%s",
                    c->tie == SUM ? "g,women,men,all,people\n" : "g,persons,events,people\n");
    for (size_t i = 0; i < CELLS; i++) {
        text += sprintf(text, "%s", labels[i]);
        for (size_t k = 0; k < c->count; k++)
            text += sprintf(text, ",%d", (int)c->value[k][i]);
        text += sprintf(text, ",%d\n", (int)c->people[i]);
    }
}

/* Writes the rates; false where they are refused.  *path is then the file of the output. */
static bool write_rates(const struct columns *c, uint64_t base, char path[SMALL_PATH_ROOM])
{
    struct ddg_rating rating = {.precision = {100, 0}, .population = "people", .base = base};
    struct ddg_rated rated;
    struct small_table small;
    struct ddg_output output;
    char text[TEXT_ROOM];
    enum ddg_error error;

    write_text(c, text);
    error = small_table_read(&small, DDG_ROUND, text, c->tie == SUM ? "count women,men,all" : "");
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

static void read_output(const struct columns *c, const char *path, struct reading *r)
{
    char line[256];
    FILE *file = fopen(path, "r");

    memset(r, 0, sizeof *r);
    CHECK(file && fgets(line, sizeof line, file));
    for (size_t i = 0; file && i < CELLS; i++) {
        char *at = line;

        CHECK(fgets(line, sizeof line, file));
        for (size_t k = 0; k < c->count; k++) {
            uint64_t rate, n = 0, whole = c->people[i];

            at = strchr(at, ',') + 1;
            rate = strtoull(at, NULL, 10);
            while ((200 * n + whole) / (2 * whole) < rate)
                n++;
            r->low[k][i] = n;
            while ((200 * n + whole) / (2 * whole) == rate)
                n++;
            r->high[k][i] = n - 1;
        }
    }
    fclose(file);
}

static bool fits(const struct columns *c, const struct reading *r)
{
    for (size_t i = 0; i < CELLS; i++) {
        uint64_t first = r->at[0][i], second = r->at[1][i];

        if (c->tie == SUM && first + second != r->at[2][i])
            return false;
        if (c->tie == PERSONS && (first > second || (first > 0) != (second > 0)))
            return false;
    }
    return true;
}

static void see(const struct columns *c, struct reading *r)
{
    for (size_t k = 0; k < c->count; k++)
        for (size_t i = 0; i < CELLS; i++)
            r->seen[k][i][r->at[k][i]] = true;
}

/* Goes through what is left of column k and those behind it; with women and men known, so are all.
 */
static void try_all(const struct columns *c, struct reading *r, size_t k)
{
    uint64_t *at = r->at[k], *low = r->low[k], *high = r->high[k];

    if (k == c->count) {
        if (fits(c, r))
            see(c, r);
        return;
    }
    for (at[0] = low[0]; at[0] <= high[0]; at[0]++)
        for (at[1] = low[1]; at[1] <= high[1]; at[1]++) {
            uint64_t sum = at[0] + at[1], larger = at[0] > at[1] ? at[0] : at[1];
            bool overlap = c->tie == PERSONS && k == 0;

            if (k == 2 &&
                (at[0] != r->at[0][0] + r->at[1][0] || at[1] != r->at[0][1] + r->at[1][1]))
                continue;
            at[TOTAL] = overlap && larger > low[TOTAL] ? larger : low[TOTAL];
            if (!overlap)
                at[TOTAL] = sum;
            for (; at[TOTAL] <= high[TOTAL] && at[TOTAL] <= sum; at[TOTAL]++)
                if (at[TOTAL] >= low[TOTAL])
                    try_all(c, r, k + 1);
        }
}

static uint64_t fewest_values(const struct columns *c, const struct reading *r)
{
    uint64_t fewest = UNTOLD;

    for (size_t k = 0; k < c->count; k++)
        for (size_t i = 0; i < CELLS; i++) {
            uint64_t values = 0;

            for (size_t n = 0; n < UNTOLD; n++)
                values += r->seen[k][i][n];
            CHECK(r->seen[k][i][c->value[k][i]]);
            if (c->value[k][i] > 0 && values < fewest)
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

    for (int i = 0; i < (check_quickly() ? 20 : 400); i++) {
        struct columns c;

        fill(&c, (enum tie)(i % TIES), &random);
        checked[i % TIES] += check_columns(&c);
    }
    CHECK(checked[PERSONS] > 0 && checked[SUM] > 0);
    return check_result();
}
