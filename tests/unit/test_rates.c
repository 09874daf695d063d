/*
 * What percentages and rates tell, by going through all tables: the output of small tables is read
 * back as a reader has it, and every table of whole numbers that fits all that is printed is tried.
 */
#include "small_table.h"

#include "attack/rates.h"
#include "round/interval.h"
#include "round/rates.h"

/* A rate by itself ----------------------------------------------------------------------------- */

/* The counts that a rate leaves, by trying all: the reader of ours knows that halves go up.  The
 * attacker, who meets rates of others, does not know their way, and has one count more there. */
static void check_intervals(void)
{
    uint64_t random = 20;
    int tables = check_quickly() ? 200 : 4000;

    for (int i = 0; i < tables; i++) {
        uint64_t whole = 1 + check_random(&random) % 900, count = check_random(&random) % whole,
                 units, low, high;
        int64_t least, most;
        struct ddg_precision precision = {100, (unsigned)(check_random(&random) % 2)};

        CHECK(ddg_rate_of(precision, count, whole, &units));
        ddg_rate_counts(precision, units, whole, &low, &high);
        CHECK(ddg_rate_range((struct ddg_decimal){units, precision.digits}, 100, whole, &least,
                             &most));
        for (uint64_t n = 0; n <= 2 * whole; n++) {
            uint64_t other;

            CHECK(ddg_rate_of(precision, n, whole, &other));
            CHECK((n >= low && n <= high) == (other == units));
        }
        CHECK(least <= (int64_t)low && most >= (int64_t)high &&
              most - least <= (int64_t)(high - low) + 2);
        /* 0.5 of a unit rounds up; 12.5 percent of 8 is one whole person */
        if (i == 0)
            CHECK(ddg_rate_of((struct ddg_precision){100, 0}, 1, 8, &units) && units == 13);
    }
    CHECK(!ddg_rate_of((struct ddg_precision){100, 0}, 1, 0, &(uint64_t){0}));
    CHECK(!ddg_rate_of((struct ddg_precision){100, 0}, UINT64_MAX, 1, &(uint64_t){0}));
}

/* All tables ----------------------------------------------------------------------------------- */

enum {
    DIMS_MOST = 3,
    ROWS_MOST = 27,
    LEAVES_MOST = 12,
    TEXT_ROOM = 4096,
    UNTOLD = 400,
    BASE_MOST = 9
};

/* What rates are of. */
enum of { OF_ALL, OF_FIRST, OF_LAST, OF_PEOPLE, OF_KINDS };

/* A table of two or three dimensions with all its totals; the last label is the total. */
struct lattice {
    size_t dims, labels[DIMS_MOST], rows, leaves, leaf[LEAVES_MOST];
    uint32_t parts[ROWS_MOST]; /* of each row: which leaves it is the sum of, as bits */
    uint64_t value[ROWS_MOST], people[ROWS_MOST];
    bool hidden[ROWS_MOST];
    enum of of;
    unsigned digits;
    bool safe, sizes; /* populations of very different sizes */
    char text[TEXT_ROOM];
};

/* What a reader of the output has: of each row the counts that it may be by itself. */
struct reading {
    uint64_t low[ROWS_MOST], high[ROWS_MOST];
    uint64_t count[ROWS_MOST];        /* while trying: the leaves so far */
    bool seen[ROWS_MOST][UNTOLD + 1]; /* values in tables that fit, above the least */
    uint64_t tables;
};

static size_t label_of(const struct lattice *t, size_t row, size_t d)
{
    for (size_t i = 0; i < d; i++)
        row /= t->labels[i];
    return row % t->labels[d];
}

static bool is_part(const struct lattice *t, size_t leaf, size_t row)
{
    for (size_t d = 0; d < t->dims; d++)
        if (label_of(t, row, d) + 1 < t->labels[d] && label_of(t, row, d) != label_of(t, leaf, d))
            return false;
    return true;
}

static void begin_lattice(struct lattice *t, size_t dims, const size_t *leaves)
{
    *t = (struct lattice){.dims = dims, .rows = 1};
    for (size_t d = 0; d < dims; d++) {
        t->labels[d] = leaves[d] + 1;
        t->rows *= t->labels[d];
    }
    for (size_t row = 0; row < t->rows; row++) {
        size_t d = 0;

        while (d < dims && label_of(t, row, d) + 1 < t->labels[d])
            d++;
        if (d == dims)
            t->leaf[t->leaves++] = row;
    }
    for (size_t row = 0; row < t->rows; row++)
        for (size_t i = 0; i < t->leaves; i++)
            if (is_part(t, t->leaf[i], row))
                t->parts[row] |= 1U << i;
}

/* The row that a share of `row` is of. */
static size_t whole_row(const struct lattice *t, size_t row)
{
    size_t whole = 0, stride = 1;

    for (size_t d = 0; d < t->dims; stride *= t->labels[d++]) {
        bool summed = t->of == OF_ALL || (t->of == OF_FIRST && d == 0) ||
                      (t->of == OF_LAST && d + 1 == t->dims);

        whole += stride * (summed ? t->labels[d] - 1 : label_of(t, row, d));
    }
    return whole;
}

/* Hides a rectangle of leaves, with two labels in each of two dimensions and any in others, or now
 * and then a single leaf. */
static void hide(struct lattice *t, uint64_t *random)
{
    size_t a = check_random(random) % t->dims,
           b = (a + 1 + check_random(random) % (t->dims - 1)) % t->dims;
    bool whole = check_random(random) % 4 > 0;

    for (size_t i = 0; i < t->leaves; i++)
        if (whole ? label_of(t, t->leaf[i], a) < 2 && label_of(t, t->leaf[i], b) < 2 : i == 0)
            t->hidden[t->leaf[i]] = t->value[t->leaf[i]] > 0;
}

/* Populations of the labels of the first dimension, whatever the others are; of the total they are
 * the sum, or now and then any. */
static void set_people(struct lattice *t, uint64_t *random)
{
    uint64_t of_label[ROWS_MOST], sum = 0;

    for (size_t i = 0; i + 1 < t->labels[0]; i++) {
        of_label[i] = t->sizes ? 100 + 3000 * i + check_random(random) % 500
                               : 300 + check_random(random) % 300;
        sum += of_label[i];
    }
    of_label[t->labels[0] - 1] = check_random(random) % 3 ? sum : 300 + check_random(random) % 300;
    for (size_t row = 0; row < t->rows; row++)
        t->people[row] = of_label[label_of(t, row, 0)];
}

static void fill_lattice(struct lattice *t, uint64_t mean, uint64_t *random)
{
    char *at = t->text;

    for (size_t i = 0; i < t->leaves; i++)
        t->value[t->leaf[i]] = check_random(random) % 5 == 0 ? check_random(random) % 4
                                                             : check_random(random) % (2 * mean);
    for (size_t row = 0; row < t->rows; row++) {
        uint64_t sum = 0;

        for (size_t i = 0; i < t->leaves; i++)
            sum += t->parts[row] >> i & 1 ? t->value[t->leaf[i]] : 0;
        t->value[row] = sum;
    }
    set_people(t, random);
    if (check_random(random) % 2)
        hide(t, random);
    for (size_t d = 0; d < t->dims; d++)
        at += sprintf(at, "d%zu,", d);
    at += sprintf(at, "count,annotation,people\n");
    for (size_t row = 0; row < t->rows; row++) {
        for (size_t d = 0; d < t->dims; d++)
            at += label_of(t, row, d) + 1 == t->labels[d]
                      ? sprintf(at, "Total,")
                      : sprintf(at, "%zu,", label_of(t, row, d));
        at += t->hidden[row] ? sprintf(at, ",1") : sprintf(at, "%d,", (int)t->value[row]);
        at += sprintf(at, ",%d\n", (int)t->people[row]);
    }
}

/* Writes the rates; false where they are refused.  *path is then the file of the output. */
static bool write_rates(const struct lattice *t, uint64_t base, char path[SMALL_PATH_ROOM])
{
    const char *const dims[] = {"d0", "d1", "d2"};
    struct ddg_text of_name = ddg_text_of(t->of == OF_FIRST ? dims[0] : dims[t->dims - 1]);
    struct ddg_list of = {.item = &of_name, .count = t->of == OF_FIRST || t->of == OF_LAST};
    struct ddg_rating rating = {.precision = {100, t->digits},
                                .of = of,
                                .population = t->of == OF_PEOPLE ? "people" : NULL,
                                .percent = true,
                                .safe = t->safe,
                                .base = base};
    struct ddg_rated rated;
    struct small_table small;
    struct ddg_output output;
    enum ddg_error error = small_table_read(&small, DDG_ROUND, t->text, "");

    small_file(path, "");
    CHECK(!error && !ddg_output_open(&output, path, ',', &small.context));
    error =
        ddg_rates_write(&output, &small.model, &small.description, &rating, &rated, &small.context);
    CHECK(!error || error == DDG_UNSAFE);
    ddg_output_close(&output, error);
    small_table_free(&small);
    return !error;
}

/* What a printed rate leaves by itself, count by count. */
static void read_rate(const char *text, uint64_t whole, uint64_t *low, uint64_t *high)
{
    uint64_t scale = strcspn(text, ".") < strcspn(text, ",") ? 1000 : 100,
             units = (uint64_t)(atof(text) * (double)scale / 100 + 0.5);
    bool any = false;

    for (uint64_t n = 0; n <= 3 * whole; n++) {
        if ((2 * n * scale + whole) / (2 * whole) != units)
            continue;
        *low = any ? *low : n;
        *high = n;
        any = true;
    }
    CHECK(any);
}

/* Reads the output: the totals that shares are of are known, a hidden count is not 0. */
static void read_output(const struct lattice *t, const char *path, struct reading *r)
{
    char line[256];
    FILE *file = fopen(path, "r");

    memset(r, 0, sizeof *r);
    CHECK(file && fgets(line, sizeof line, file));
    for (size_t row = 0; file && row < t->rows; row++) {
        uint64_t whole = t->of == OF_PEOPLE ? t->people[row] : t->value[whole_row(t, row)];
        char *at = line;

        CHECK(fgets(line, sizeof line, file));
        for (size_t d = 0; d < t->dims; d++)
            at = strchr(at, ',') + 1;
        r->high[row] = UNTOLD;
        if (*at != ',')
            read_rate(at, whole, &r->low[row], &r->high[row]);
        else if (strncmp(at, ",1", 2) == 0)
            r->low[row] = 1;
    }
    for (size_t row = 0; t->of != OF_PEOPLE && row < t->rows; row++) {
        size_t whole = whole_row(t, row);

        if (!t->hidden[whole])
            r->low[whole] = r->high[whole] = t->value[whole];
    }
    fclose(file);
}

/* Could the leaves so far, with those to come, make what each row may be? */
static bool may_fit(const struct lattice *t, const struct reading *r, size_t done)
{
    for (size_t row = 0; row < t->rows; row++) {
        uint64_t least = 0, most = 0;

        for (size_t i = 0; i < t->leaves; i++) {
            if (!(t->parts[row] >> i & 1))
                continue;
            least += i < done ? r->count[i] : r->low[t->leaf[i]];
            most += i < done ? r->count[i] : r->high[t->leaf[i]];
        }
        if (least > r->high[row] || most < r->low[row])
            return false;
    }
    return true;
}

static void try_all(const struct lattice *t, struct reading *r, size_t leaf)
{
    if (leaf == t->leaves) {
        r->tables++;
        for (size_t row = 0; row < t->rows; row++) {
            uint64_t sum = 0;

            for (size_t i = 0; i < t->leaves; i++)
                sum += t->parts[row] >> i & 1 ? r->count[i] : 0;
            r->seen[row][sum - r->low[row]] = true;
        }
        return;
    }
    for (uint64_t n = r->low[t->leaf[leaf]]; n <= r->high[t->leaf[leaf]]; n++) {
        r->count[leaf] = n;
        if (may_fit(t, r, leaf + 1))
            try_all(t, r, leaf + 1);
    }
}

/* The fewest values of a count that is shown and is not 0; 0 where one of a hidden count is left.
 */
static uint64_t fewest_values(const struct lattice *t, const struct reading *r)
{
    uint64_t fewest = UNTOLD;

    for (size_t row = 0; row < t->rows; row++) {
        bool known = t->of != OF_PEOPLE && whole_row(t, row) == row;
        uint64_t values = 0;

        for (size_t n = 0; n <= UNTOLD; n++)
            values += r->seen[row][n];
        CHECK(values > 0);
        if (t->hidden[row] && values == 1)
            return 0;
        if (!t->hidden[row] && !known && t->value[row] > 0 && values < fewest)
            fewest = values;
    }
    return fewest;
}

/* The largest base that rates are written for leaves as many values, and a larger one would not. */
static bool check_lattice(const struct lattice *t)
{
    static struct reading r;
    char path[SMALL_PATH_ROOM];
    uint64_t base = 1, fewest;

    while (base < BASE_MOST && write_rates(t, base + 1, path)) {
        base++;
        unlink(path);
    }
    unlink(path);
    if (base == 1 || base == BASE_MOST)
        return false;
    CHECK(write_rates(t, base, path));
    read_output(t, path, &r);
    unlink(path);
    try_all(t, &r, 0);
    fewest = fewest_values(t, &r);
    CHECK(fewest == base);
    return true;
}

/* With --safe as many digits as populations allow, and no rate of those that are too small. */
static void check_safe(void)
{
    const size_t leaves[] = {2, 2};
    uint64_t random = 5;
    unsigned long written = 0, kinds[3] = {0};

    for (int i = 0; i < (check_quickly() ? 5 : 60); i++) {
        static struct lattice t;
        static struct reading r;
        char path[SMALL_PATH_ROOM];
        uint64_t base = 2 + check_random(&random) % 2;

        begin_lattice(&t, 2, leaves);
        t.of = OF_PEOPLE;
        t.digits = 1;
        t.safe = true;
        t.sizes = true;
        fill_lattice(&t, 8, &random);
        if (write_rates(&t, base, path)) {
            read_output(&t, path, &r);
            try_all(&t, &r, 0);
            CHECK(fewest_values(&t, &r) >= base);
            written++;
            for (size_t row = 0; row + 1 < t.rows; row++)
                kinds[r.high[row] == UNTOLD ? 0 : r.high[row] - r.low[row] > 4 ? 1 : 2]++;
        }
        unlink(path);
    }
    CHECK(written > 0 && kinds[0] > 0 && kinds[1] > 0 && kinds[2] > 0);
}

static void check_shape(size_t dims, const size_t *leaves, uint64_t mean, int tables)
{
    uint64_t random = 21 + dims + leaves[1];
    int checked = 0;

    for (int i = 0; i < tables; i++) {
        static struct lattice t;

        begin_lattice(&t, dims, leaves);
        t.of = (enum of)(check_random(&random) % OF_KINDS);
        fill_lattice(&t, mean, &random);
        checked += check_lattice(&t);
    }
    CHECK(checked > 0);
}

int main(void)
{
    const size_t shapes[][DIMS_MOST] = {{2, 2}, {2, 3}, {3, 3}, {2, 2, 2}};
    const int tables[] = {200, 60, 12, 20};

    check_intervals();
    check_safe();
    for (int i = 0; i < 4; i++)
        check_shape(i < 3 ? 2 : 3, shapes[i], i < 2 ? 60 : 40, check_quickly() ? 4 : tables[i]);
    return check_result();
}
