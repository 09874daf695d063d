/*
 * Rounding piece by piece: counts one by one, keys and what is drawn from them, whole tables that
 * still add up.
 */
#include "small_table.h"

#include "round/controlled.h"
#include "round/key.h"
#include "round/rounding.h"
#include "round/small.h"

#include <sys/stat.h>
#include <unistd.h>

/* Counts --------------------------------------------------------------------------------------- */

static void check_nearest(void)
{
    uint64_t rounded = 77, state = 5;

    for (uint64_t base = 2; base < 40; base++)
        for (uint64_t n = 0; n < 200; n++) {
            CHECK(ddg_round(DDG_METHOD_NEAREST, n, base, 0, &rounded));
            CHECK(rounded % base == 0);
            /* nearest, and of two as near the larger */
            CHECK(rounded >= n ? 2 * (rounded - n) <= base : 2 * (n - rounded) < base);
        }
    for (int i = 0; i < 1000; i++) {
        uint64_t n = check_random(&state), base = 2 + check_random(&state) % 1000;
        unsigned __int128 exact = ((unsigned __int128)n * 2 + base) / (2 * base) * base;
        bool fits = exact <= UINT64_MAX;

        CHECK(ddg_round(DDG_METHOD_NEAREST, n, base, 0, &rounded) == fits);
        CHECK(!fits || rounded == (uint64_t)exact);
    }
    CHECK(!ddg_round(DDG_METHOD_NEAREST, UINT64_MAX, 2, 0, &rounded));
    CHECK(ddg_round(DDG_METHOD_NEAREST, UINT64_MAX, 3, 0, &rounded) && rounded == UINT64_MAX);
}

static void check_up_and_down(void)
{
    uint64_t rounded;

    for (uint64_t base = 2; base < 40; base++)
        for (uint64_t n = 0; n < 200; n++) {
            CHECK(ddg_round(DDG_METHOD_UP, n, base, 0, &rounded));
            CHECK(rounded == (n + base - 1) / base * base);
            CHECK(ddg_round(DDG_METHOD_DOWN, n, base, 0, &rounded));
            CHECK(rounded == n / base * base);
        }
    CHECK(!ddg_round(DDG_METHOD_UP, UINT64_MAX, 2, 0, &rounded));
    CHECK(ddg_round(DDG_METHOD_DOWN, UINT64_MAX, 2, 0, &rounded) && rounded == UINT64_MAX - 1);
}

/* The mean over all draws is the count itself, exactly; what comes out is one of its neighbours. */
static void check_unbiased(void)
{
    for (uint64_t base = 2; base < 60; base++)
        for (uint64_t n = 0; n < 4 * base; n++) {
            uint64_t sum = 0;

            for (uint64_t draw = 0; draw < base; draw++) {
                uint64_t rounded = 1;

                CHECK(ddg_round(DDG_METHOD_RANDOM, n, base, draw, &rounded));
                CHECK(rounded % base == 0 && rounded < n + base && n < rounded + base);
                sum += rounded;
            }
            CHECK(sum == base * n);
        }
}

/* Keys ----------------------------------------------------------------------------------------- */

static void check_code(const void *key, size_t key_length, const char *message, const char *wanted)
{
    unsigned char code[DDG_DIGEST_BYTES];
    char digits[2 * DDG_DIGEST_BYTES + 1];
    struct ddg_keyed keyed;

    ddg_keyed_init(&keyed, key, key_length);
    /* twice: a message leaves nothing behind */
    for (int i = 0; i < 2; i++)
        ddg_keyed_bytes(&keyed, message, strlen(message), code);
    for (size_t i = 0; i < DDG_DIGEST_BYTES; i++)
        sprintf(digits + 2 * i, "%02x", code[i]);
    CHECK_TEXT(digits, wanted);
    digits[16] = '\0';
    CHECK(ddg_keyed_word(&keyed, message, strlen(message)) == strtoull(digits, NULL, 16));
}

/* Cases of RFC 4231. */
static void check_codes(void)
{
    unsigned char key[131];

    memset(key, 0x0b, 20);
    check_code(key, 20, "Hi There",
               "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    check_code("Jefe", 4, "what do ya want for nothing?",
               "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    memset(key, 0xaa, sizeof key);
    check_code(key, sizeof key, "Test Using Larger Than Block-Size Key - Hash Key First",
               "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

static enum ddg_error read_key(struct ddg_key *key, const char *bytes, size_t length, mode_t mode,
                               struct ddg_context *context)
{
    char path[] = "/tmp/ddg-test-XXXXXX";
    int fd = mkstemp(path);
    enum ddg_error error;

    *context = (struct ddg_context){0};
    if (fd < 0 || write(fd, bytes, length) != (ssize_t)length || fchmod(fd, mode) != 0)
        abort();
    close(fd);
    error = ddg_key_read(key, path, context);
    unlink(path);
    return error;
}

static void check_key_files(void)
{
    static const char good[] = "0123456789abcdef\r\n";
    static char large[4098];
    struct ddg_context context;
    struct ddg_key key, other;

    CHECK(!read_key(&key, good, 16, 0600, &context));
    /* line ends at the end are no part of it */
    CHECK(!read_key(&other, good, 18, 0400, &context));
    CHECK(strlen(key.fingerprint) == 16);
    CHECK_TEXT(other.fingerprint, key.fingerprint);
    CHECK(!read_key(&other, "0123456789abcdeF", 16, 0600, &context));
    CHECK(strcmp(other.fingerprint, key.fingerprint) != 0);
    for (size_t i = 0; i < sizeof large; i++)
        large[i] = (char)('a' + i % 20);
    CHECK(!read_key(&other, large, 4096, 0600, &context));
    CHECK(read_key(&other, large, 4097, 0600, &context) == DDG_INPUT);
    CHECK(read_key(&other, good, 15, 0600, &context) == DDG_INPUT);
    CHECK(strstr(context.message, ": a key has 16 to 4096 bytes"));
    CHECK(read_key(&other, "abcdefgabcdefgabcdefg", 21, 0600, &context) == DDG_INPUT);
    CHECK(strstr(context.message, ": a key has 8 different bytes at least"));
    for (mode_t mode = 1; mode < 0100; mode++)
        CHECK(read_key(&other, good, 16, 0600 | mode, &context) == DDG_INPUT);
    CHECK(strstr(context.message, ": a key that others can read (chmod 600)"));
    CHECK(ddg_key_read(&other, "/nowhere", &(struct ddg_context){0}) == DDG_IO);
    ddg_key_wipe(&key);
    for (size_t i = 0; i < sizeof key; i++)
        CHECK(((char *)&key)[i] == 0);
}

/* Draws ---------------------------------------------------------------------------------------- */

static uint64_t draw_for(const struct ddg_key *key, const char *measure, uint64_t base,
                         const struct ddg_trait *traits, size_t count)
{
    struct ddg_trait sorted[4];
    struct ddg_key_room room = {0};
    struct ddg_context context = {0};
    uint64_t draw = UINT64_MAX;

    for (size_t i = 0; i < count; i++)
        sorted[i] = traits[i];
    ddg_key_sort(sorted, count);
    CHECK(!ddg_key_draw(key, ddg_text_of(measure), sorted, count, base, &room, &draw, &context));
    free(room.bytes);
    return draw;
}

static struct ddg_trait trait(const char *name, const char *label, bool is_total)
{
    return (struct ddg_trait){ddg_text_of(name), ddg_text_of(label), is_total};
}

enum { WIDE = 1000000000 };

/* With a wide base two draws are the same by chance only once in a thousand million cases. */
static void check_identity(const struct ddg_key *key)
{
    const struct ddg_trait cell[] = {trait("sex", "F", false), trait("county", "Inyo", false)};
    const struct ddg_trait turned[] = {cell[1], cell[0]};
    const struct ddg_trait swapped[] = {trait("sex", "Inyo", false), trait("county", "F", false)};
    const struct ddg_trait moved[] = {trait("sex", "FI", false), trait("county", "nyo", false)};
    const struct ddg_trait margin[] = {trait("sex", "Total", true), cell[1]};
    uint64_t draw = draw_for(key, "count", WIDE, cell, 2);

    CHECK(draw < WIDE);
    CHECK(draw_for(key, "count", WIDE, cell, 2) == draw);
    CHECK(draw_for(key, "count", WIDE, turned, 2) == draw);
    CHECK(draw_for(key, "persons", WIDE, cell, 2) != draw);
    CHECK(draw_for(key, "count", WIDE - 1, cell, 2) != draw);
    CHECK(draw_for(key, "count", WIDE, swapped, 2) != draw);
    CHECK(draw_for(key, "count", WIDE, moved, 2) != draw);
    CHECK(draw_for(key, "count", WIDE, cell, 1) != draw);
    /* a county in all sexes is the county in a table without sexes */
    CHECK(draw_for(key, "count", WIDE, margin, 2) == draw_for(key, "count", WIDE, cell + 1, 1));
}

/* Draws are spread evenly: chi-square over ten values, 9 degrees of freedom, below its 1 - 1e-6
 * quantile.  The key is fixed, so this passes always or never. */
static void check_spread(const struct ddg_key *key)
{
    enum { VALUES = 10, DRAWS = 20000 };
    double seen[VALUES] = {0}, sum = 0;

    for (int i = 0; i < DRAWS; i++) {
        char label[16];
        struct ddg_trait cell;

        snprintf(label, sizeof label, "%d", i);
        cell = trait("g", label, false);
        seen[draw_for(key, "count", VALUES, &cell, 1)]++;
    }
    for (int i = 0; i < VALUES; i++)
        sum += (seen[i] - DRAWS / VALUES) * (seen[i] - DRAWS / VALUES) / (DRAWS / VALUES);
    CHECK(sum < 44.8);
}

/* Whole tables --------------------------------------------------------------------------------- */

enum { DIMS_MOST = 4, LABELS_MOST = 8, ROWS_MOST = 4096 };

/* A random table with all its totals.  Dimension d has `leaves[d]` labels, then, where it has a
 * hierarchy, two groups of these, then the total; a row stands for one label of each. */
struct random_cube {
    size_t dims, rows, labels[DIMS_MOST];
    bool leaf[DIMS_MOST][LABELS_MOST];
    uint32_t parts[DIMS_MOST][LABELS_MOST]; /* labels that a label is the sum of, as bits */
    uint64_t value[ROWS_MOST];
    char text[ROWS_MOST * 32], path[SMALL_PATH_ROOM], options[128];
};

static void make_labels(struct random_cube *t, size_t d, size_t leaves, bool groups)
{
    size_t count = leaves;

    memset(t->leaf[d], 0, sizeof t->leaf[d]);
    memset(t->parts[d], 0, sizeof t->parts[d]);
    for (size_t i = 0; i < leaves; i++)
        t->leaf[d][i] = true;
    if (groups) {
        t->parts[d][count++] = 3;
        t->parts[d][count++] = (1U << leaves) - 1 - 3;
    }
    t->parts[d][count] = groups ? 3U << leaves : (1U << leaves) - 1;
    t->labels[d] = count + 1;
}

/* The row in which dimension d of `row` has another label. */
static size_t with_label(const struct random_cube *t, size_t row, size_t d, size_t label)
{
    size_t stride = 1;

    for (size_t i = 0; i < d; i++)
        stride *= t->labels[i];
    return row - row / stride % t->labels[d] * stride + label * stride;
}

static size_t label_of(const struct random_cube *t, size_t row, size_t d)
{
    for (size_t i = 0; i < d; i++)
        row /= t->labels[i];
    return row % t->labels[d];
}

/* Parts come before what they are parts of, in every dimension. */
static void fill_values(struct random_cube *t, uint64_t *random)
{
    for (size_t row = 0; row < t->rows; row++) {
        size_t d = 0;

        while (d < t->dims && t->leaf[d][label_of(t, row, d)])
            d++;
        t->value[row] =
            d == t->dims ? check_random(random) % 40 * (check_random(random) % 4 > 0) : 0;
        for (size_t i = 0; d < t->dims && i < t->labels[d]; i++)
            if (t->parts[d][label_of(t, row, d)] >> i & 1)
                t->value[row] += t->value[with_label(t, row, d, i)];
    }
}

static void write_text(struct random_cube *t)
{
    char *at = t->text;

    for (size_t d = 0; d < t->dims; d++)
        at += sprintf(at, "d%zu,", d);
    at += sprintf(at, "count\n");
    for (size_t row = 0; row < t->rows; row++) {
        for (size_t d = 0; d < t->dims; d++) {
            size_t label = label_of(t, row, d);

            at += label + 1 == t->labels[d] ? sprintf(at, "Total,") : sprintf(at, "%zu,", label);
        }
        at += sprintf(at, "%llu\n", (unsigned long long)t->value[row]);
    }
}

/* With `groups` the first dimension has two groups of its labels. */
static void make_cube(struct random_cube *t, size_t dims, const size_t *leaves, bool groups,
                      uint64_t *random)
{
    t->dims = dims;
    t->rows = 1;
    for (size_t d = 0; d < dims; d++) {
        make_labels(t, d, leaves[d], groups && d == 0);
        t->rows *= t->labels[d];
    }
    fill_values(t, random);
    write_text(t);
    *t->options = '\0';
    if (groups) {
        char pairs[256], *at = pairs;

        for (size_t i = 0; i < leaves[0]; i++)
            at += sprintf(at, "%zu,%zu\n", i, leaves[0] + (i > 1));
        small_file(t->path, pairs);
        sprintf(t->options, "hierarchy d0=%s", t->path);
    }
}

/* True for a row without parts that is counted in another, or is that itself. */
static bool is_under(const struct random_cube *t, size_t row, size_t above)
{
    for (size_t d = 0; d < t->dims; d++) {
        size_t at = label_of(t, above, d), label = label_of(t, row, d);
        uint32_t parts = t->leaf[d][at] ? 1U << at : t->parts[d][at];

        if (!t->leaf[d][label])
            return false;
        for (size_t i = t->labels[d]; i-- > 0;)
            if (parts >> i & 1 && !t->leaf[d][i])
                parts |= t->parts[d][i];
        if (!(parts >> label & 1))
            return false;
    }
    return true;
}

/* How much a number changed; checks that it adds up in all dimensions on the way. */
static uint64_t check_row(const struct random_cube *t, const uint64_t *rounded, size_t row)
{
    for (size_t d = 0; d < t->dims; d++) {
        uint64_t sum = 0;

        for (size_t i = 0; i < t->labels[d]; i++)
            if (t->parts[d][label_of(t, row, d)] >> i & 1)
                sum += rounded[with_label(t, row, d, i)];
        CHECK(t->leaf[d][label_of(t, row, d)] || sum == rounded[row]);
    }
    return rounded[row] > t->value[row] ? rounded[row] - t->value[row]
                                        : t->value[row] - rounded[row];
}

/* The sum of changes; checks that all is additive and near on the way. */
static uint64_t check_rounded(const struct random_cube *t, const uint64_t *rounded, uint64_t base,
                              uint64_t within)
{
    uint64_t changes = 0;

    for (size_t row = 0; row < t->rows; row++) {
        uint64_t change = check_row(t, rounded, row);

        CHECK(rounded[row] % base == 0 && (within > 0 ? change <= within * base : change < base));
        CHECK(t->value[row] > 0 || change == 0);
        changes += change;
    }
    return changes;
}

/* The least sum of changes of any rounding that adds up, by trying all. */
static uint64_t least_changes(const struct random_cube *t, uint64_t base)
{
    uint64_t least = UINT64_MAX, rounded[64];
    size_t inner[16], count = 0;

    for (size_t row = 0; row < t->rows; row++) {
        bool leaf = true;

        for (size_t d = 0; d < t->dims; d++)
            leaf = leaf && t->leaf[d][label_of(t, row, d)];
        if (leaf)
            inner[count++] = row;
    }
    for (uint32_t up = 0; up < 1U << count; up++) {
        uint64_t changes = 0;
        bool near = true;

        for (size_t i = 0; i < count; i++)
            rounded[inner[i]] = t->value[inner[i]] / base * base + (up >> i & 1 ? base : 0);
        for (size_t row = 0; near && row < t->rows; row++) {
            size_t d = 0;
            uint64_t change;

            while (d < t->dims && t->leaf[d][label_of(t, row, d)])
                d++;
            if (d < t->dims)
                rounded[row] = 0;
            for (size_t i = 0; d < t->dims && i < t->labels[d]; i++)
                if (t->parts[d][label_of(t, row, d)] >> i & 1)
                    rounded[row] += rounded[with_label(t, row, d, i)];
            change = rounded[row] > t->value[row] ? rounded[row] - t->value[row]
                                                  : t->value[row] - rounded[row];
            near = change < base;
            changes += change;
        }
        if (near && changes < least)
            least = changes;
    }
    return least;
}

/* True when a rounding was found, which is then checked; *changes is their sum.  Else *remedy is
 * the `within` that would do, as the message has it. */
static bool try_cube(const struct random_cube *t, uint64_t base, uint64_t within, uint64_t *changes,
                     uint64_t *remedy)
{
    struct ddg_strays strays = {0};
    static uint64_t rounded[ROWS_MOST];
    struct small_table small;
    struct ddg_shown shown = {0};
    enum ddg_error error = small_table_read(&small, DDG_ROUND, t->text, t->options);

    if (!error)
        error = ddg_shown_read(&shown, &small.model, 0, &small.description, &small.context);
    CHECK(!error && small.model.printed == t->rows);
    if (!error)
        error = ddg_round_controlled(&shown, base, within, NULL, rounded, &strays, &small.context);
    CHECK(!error || error == DDG_UNSAFE);
    if (!error)
        *changes = check_rounded(t, rounded, base, strays.farthest);
    CHECK(error || strays.farthest <= within);
    CHECK((strays.counts > 0) == (strays.farthest > 0));
    if (error) {
        const char *said = strstr(small.context.message, "asks; ");

        *remedy = said ? strtoull(said + strlen("asks; "), NULL, 10) : 0;
        CHECK(said && strstr(said, " would do"));
    }
    ddg_shown_free(&shown);
    small_table_free(&small);
    return !error;
}

static bool round_cube(const struct random_cube *t, uint64_t base, uint64_t within,
                       uint64_t *changes)
{
    uint64_t remedy;

    return try_cube(t, base, within, changes, &remedy);
}

/* Two dimensions, one of which may have a hierarchy: always found, and nothing is nearer. */
static void check_two_way(void)
{
    static struct random_cube t;
    int tables = check_quickly() ? 5 : 60;
    uint64_t random = 9, changes;

    for (int i = 0; i < tables; i++) {
        bool groups = i % 2 == 1;
        size_t leaves[] = {groups ? 4 : 3, 2 + check_random(&random) % 2};
        uint64_t base = 2 + check_random(&random) % 9;

        make_cube(&t, 2, leaves, groups, &random);
        CHECK(round_cube(&t, base, 0, &changes));
        CHECK(changes == least_changes(&t, base));
        if (groups)
            unlink(t.path);
    }
}

/* Three and four dimensions: what is found adds up at every level, and all is found. */
static void check_more_dimensions(void)
{
    static struct random_cube t;
    int tables = check_quickly() ? 2 : 40;
    uint64_t random = 11, changes;

    for (int i = 0; i < tables; i++) {
        size_t dims = 3 + (size_t)i % 2;
        bool groups = i % 4 < 2;
        size_t leaves[] = {groups ? 4 : 3, 3, dims == 3 ? 4 : 2, dims == 3 ? 2 : 3};

        make_cube(&t, dims, leaves, groups, &random);
        CHECK(round_cube(&t, 5, dims == 3 ? 1 : 2, &changes));
        if (groups)
            unlink(t.path);
    }
}

/* A table that is refused is rounded with the `within` that the message has. */
static void check_remedies(void)
{
    static struct random_cube t;
    const size_t leaves[][DIMS_MOST] = {{3, 3, 3, 3}, {4, 4, 3, 3}};
    int refused = 0;
    uint64_t random = 13, changes, remedy;

    for (int i = 0; i < (check_quickly() ? 8 : 60); i++) {
        make_cube(&t, 4, leaves[i % 4 == 3], false, &random);
        if (try_cube(&t, 5, 0, &changes, &remedy))
            continue;
        refused++;
        CHECK(try_cube(&t, 5, remedy, &changes, &remedy));
    }
    CHECK(refused > 0);
}

/* Small counts become 0 or the base and others stay; totals are sums, and none of them is small. */
static void check_small_rounded(const struct random_cube *t, const uint64_t *rounded, uint64_t base)
{
    for (size_t row = 0; row < t->rows; row++) {
        uint64_t change = check_row(t, rounded, row);
        bool leaf = true;

        for (size_t d = 0; d < t->dims; d++)
            leaf = leaf && t->leaf[d][label_of(t, row, d)];
        CHECK(rounded[row] == 0 || rounded[row] >= base);
        if (leaf)
            CHECK(t->value[row] > 0 && t->value[row] < base
                      ? rounded[row] == 0 || rounded[row] == base
                      : change == 0);
    }
}

/* The sum of the changes of all cells, where each small count goes to what is nearer. */
static uint64_t nearest_changes(const struct random_cube *t, uint64_t base)
{
    uint64_t changes = 0;

    for (size_t row = 0; row < t->rows; row++) {
        int64_t change = 0;

        for (size_t other = 0; other < t->rows; other++) {
            uint64_t count = t->value[other];

            if (is_under(t, other, row) && count > 0 && count < base)
                change += (2 * count >= base ? (int64_t)base : 0) - (int64_t)count;
        }
        changes += (uint64_t)(change < 0 ? -change : change);
    }
    return changes;
}

static void check_small(void)
{
    static uint64_t rounded[ROWS_MOST], again[ROWS_MOST];
    static struct random_cube t;
    int tables = check_quickly() ? 3 : 30;
    uint64_t random = 12, sum = 0, nearest = 0;

    for (int i = 0; i < tables; i++) {
        size_t dims = 2 + (size_t)i % 3;
        bool groups = i % 4 < 2;
        size_t leaves[] = {groups ? 4 : 3, 3, dims == 3 ? 4 : 2, 2};
        uint64_t base = 2 + check_random(&random) % 12;
        struct small_table small;
        struct ddg_shown shown = {0};

        make_cube(&t, dims, leaves, groups, &random);
        CHECK(!small_table_read(&small, DDG_ROUND, t.text, t.options));
        CHECK(!ddg_shown_read(&shown, &small.model, 0, &small.description, &small.context));
        CHECK(!ddg_round_small(&shown, base, NULL, rounded, &small.context));
        CHECK(!ddg_round_small(&shown, base, NULL, again, &small.context));
        CHECK(memcmp(rounded, again, t.rows * sizeof *rounded) == 0);
        check_small_rounded(&t, rounded, base);
        for (size_t row = 0; row < t.rows; row++)
            sum += check_row(&t, rounded, row);
        nearest += nearest_changes(&t, base);
        ddg_shown_free(&shown);
        small_table_free(&small);
        if (groups)
            unlink(t.path);
    }
    CHECK(10 * sum < 9 * nearest);
}

int main(void)
{
    struct ddg_context context;
    struct ddg_key key, other;
    const struct ddg_trait cell = trait("g", "a", false);

    check_nearest();
    check_up_and_down();
    check_unbiased();
    check_codes();
    check_key_files();
    CHECK(!read_key(&key, "an example of a key", 19, 0600, &context));
    CHECK(!read_key(&other, "another one of a key", 20, 0600, &context));
    CHECK(draw_for(&key, "count", WIDE, &cell, 1) != draw_for(&other, "count", WIDE, &cell, 1));
    check_identity(&key);
    check_spread(&key);
    check_two_way();
    check_more_dimensions();
    check_remedies();
    check_small();
    return check_result();
}
