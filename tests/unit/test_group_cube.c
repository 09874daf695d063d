/*
 * Groups, distinct persons, sums and margins, against the plainest count that can be written:
 * tables of all pairs.
 */
#include "check.h"
#include "group/margin.h"

enum { DIMS = 3, LABELS = 4, CELLS = LABELS * LABELS * LABELS, PERSONS = 300, RECORDS = 5000 };

static void check_groups(void)
{
    struct ddg_groups groups;
    struct ddg_context context = {0};
    uint32_t cell;

    CHECK(!ddg_groups_init(&groups, 2, &context));
    for (int pass = 0; pass < 2; pass++)
        for (uint32_t i = 0; i < 20000; i++) {
            const uint32_t key[2] = {i % 141, i / 141};

            CHECK(!ddg_groups_add(&groups, key, &cell, &context) && cell == i);
        }
    CHECK(groups.count == 20000 && groups.key[2 * 142] == 1 && groups.key[2 * 142 + 1] == 1);
    ddg_groups_free(&groups);
}

/* Keys by the batch, of ever larger codes: from a map that is laid anew, to a hash table.  Each key
 * finds the cell that has it, and no two cells have one key. */
static void check_batches(void)
{
    enum { WIDE = 3 };
    static uint32_t code[WIDE * DDG_GROUPS_BATCH];
    uint32_t cell[DDG_GROUPS_BATCH], most[WIDE], again;
    struct ddg_groups groups;
    struct ddg_context context = {0};
    uint64_t state = 7;
    bool mapped = false;

    CHECK(!ddg_groups_init(&groups, WIDE, &context));
    for (uint32_t round = 0; round < 60; round++) {
        uint32_t codes = 1 + round * round / 6;
        size_t count = 1 + check_random(&state) % DDG_GROUPS_BATCH;

        for (size_t d = 0; d < WIDE; d++) {
            most[d] = codes - 1;
            for (size_t i = 0; i < count; i++) {
                uint64_t drawn = check_random(&state) % (codes + 1);

                code[d * DDG_GROUPS_BATCH + i] = drawn == codes ? DDG_ALL_LABELS : (uint32_t)drawn;
            }
        }
        CHECK(!ddg_groups_add_all(&groups, code, most, count, cell, &context));
        mapped = mapped || groups.map;
        for (size_t i = 0; i < count && CHECK(cell[i] < groups.count); i++)
            for (size_t d = 0; d < WIDE; d++)
                CHECK(groups.key[cell[i] * WIDE + d] == code[d * DDG_GROUPS_BATCH + i]);
    }
    CHECK(mapped && !groups.map);
    for (uint32_t i = 0; i < groups.count; i++) {
        uint32_t key[WIDE];

        memcpy(key, groups.key + i * WIDE, sizeof key);
        CHECK(!ddg_groups_add(&groups, key, &again, &context) && again == i);
    }
    ddg_groups_free(&groups);
}

/* Values of all lengths, which differ in one byte anywhere, one by one and by the column. */
static void check_dictionary(void)
{
    enum { LENGTHS = 300, VALUES = LENGTHS * 3, ROOM = LENGTHS + DDG_SHORT_TEXT_MOST };
    static char bytes[VALUES][ROOM];
    static struct ddg_text value[VALUES];
    static uint32_t code[VALUES];
    const struct ddg_grouping dimension = {.name = {"d", 1}};
    struct ddg_labels labels;
    struct ddg_context context = {0};

    for (size_t i = 0; i < VALUES; i++) {
        size_t length = i / 3;

        /* what stands behind a value does not matter */
        memset(bytes[i], 'x', length);
        memset(bytes[i] + length, (int)i, ROOM - length);
        if (length > 0 && i % 3 > 0)
            bytes[i][i % 3 == 1 ? length / 2 : length - 1] = i % 3 == 1 ? 'y' : 'z';
        value[i] = (struct ddg_text){bytes[i], length};
    }
    CHECK(!ddg_labels_init(&labels, &dimension, (struct ddg_text){"", 0},
                           (struct ddg_text){"Total", 5}, &context));
    for (int pass = 0; pass < 3; pass++) {
        const char *problem = NULL;
        size_t count = VALUES;
        uint32_t one;

        CHECK(!ddg_labels_code_all(&labels, value, 1, &count, code, &problem, &context));
        CHECK(count == VALUES && !problem);
        for (size_t i = 0; i < VALUES; i++) {
            CHECK(ddg_text_equal(labels.label.text[code[i]], value[i]));
            CHECK(!ddg_labels_code(&labels, value[i], &one, &problem, &context) && one == code[i]);
        }
    }
    value[700] = (struct ddg_text){"Total\0          ", 5};
    {
        const char *problem = NULL;
        size_t count = 250;

        CHECK(!ddg_labels_code_all(&labels, value + 50, 3, &count, code, &problem, &context));
        CHECK(count == 250 && !problem);
        count = 300;
        CHECK(!ddg_labels_code_all(&labels, value + 1, 3, &count, code, &problem, &context));
        CHECK(count == 233 && problem);
        CHECK(ddg_text_equal(labels.label.text[code[232]], value[697]));
    }
    ddg_labels_free(&labels);
}

/* Texts one after the other, up to more than have slots of their own: each that is there is found,
 * and none that is as long, or has the same bytes and NULs behind them. */
static void check_few_texts(size_t longest)
{
    enum { TEXTS = 100, ROOM = 64 };
    static char bytes[TEXTS][ROOM];
    struct ddg_text text[TEXTS];
    struct ddg_dictionary dictionary;
    struct ddg_context context = {0};
    uint32_t number[TEXTS];

    CHECK(!ddg_dictionary_init(&dictionary, &context));
    for (uint32_t i = 0; i < TEXTS; i++) {
        struct ddg_lookup lookup;
        size_t length = 2 + i % (longest - 1);

        memset(bytes[i], 0, sizeof bytes[i]);
        memset(bytes[i], 'a' + (int)(i % 7), length);
        bytes[i][i % 2] = (char)('0' + i);
        text[i] = (struct ddg_text){bytes[i], length};
        CHECK(ddg_dictionary_numbers(&dictionary, text, 1, i + 1, number) == i);
        lookup = ddg_dictionary_lookup(&dictionary, text[i]);
        CHECK(!ddg_dictionary_add(&dictionary, &lookup, text[i], 1000 + i, &context));
        CHECK(ddg_dictionary_numbers(&dictionary, text, 1, i + 1, number) == i + 1);
        for (uint32_t j = 0; j <= i; j++) {
            struct ddg_text longer = {bytes[j], text[j].length + 1};

            CHECK(number[j] == 1000 + j);
            CHECK(ddg_dictionary_numbers(&dictionary, &longer, 1, 1, number + j) == 0);
        }
    }
    CHECK(!dictionary.near.words || longest > DDG_SHORT_TEXT_MOST);
    ddg_dictionary_free(&dictionary);
}

/* Reads all persons, twice, and checks each: person p has an identifier of p letters and is in the
 * first p % `most` + 1 cells. */
static void check_reading(struct ddg_persons *persons, uint32_t most, struct ddg_context *context)
{
    static bool known[PERSONS], in[PERSONS];
    const uint32_t *cells;
    size_t count;
    bool more;

    for (int pass = 0; pass < 2; pass++) {
        size_t seen = 0;

        ddg_persons_rewind(persons);
        memset(known, 0, sizeof known);
        while (CHECK(!ddg_persons_next(persons, &cells, &count, &more, context)) && more) {
            struct ddg_text identifier = ddg_persons_identifier(persons);

            if (!CHECK(identifier.length < PERSONS && !known[identifier.length]))
                break;
            known[identifier.length] = true;
            for (size_t i = 0; i < identifier.length; i++)
                CHECK(identifier.at[i] == 'x');
            CHECK(count == identifier.length % most + 1);
            memset(in, 0, sizeof in);
            for (size_t i = 0; i < count; i++)
                if (CHECK(cells[i] < count))
                    in[cells[i]] = true;
            for (size_t i = 0; i < count; i++)
                CHECK(in[i]);
            seen++;
        }
        CHECK(seen == PERSONS);
    }
}

/* Every pair many times over, identifiers of all lengths from 0, in memory and spilled: once, and
 * over and over. */
static void check_persons(void)
{
    static const size_t memories[] = {SIZE_MAX, 100000, 1000, 0};
    static char identifier[PERSONS];
    struct ddg_context context = {0};
    struct ddg_persons persons;
    const uint32_t *cells;
    size_t count;
    bool more = true;

    memset(identifier, 'x', sizeof identifier);
    for (size_t m = 0; m < sizeof memories / sizeof *memories; m++)
        for (uint32_t most = 7; most < 200; most *= 5) {
            CHECK(!ddg_persons_init(&persons, &context));
            persons.memory = memories[m];
            for (int pass = 0; pass < 3; pass++)
                for (uint32_t p = 0; p < PERSONS; p++)
                    for (uint32_t c = 0; c <= p % most; c++)
                        CHECK(!ddg_persons_add(&persons, (struct ddg_text){identifier, p}, c,
                                               &context));
            CHECK(!ddg_persons_end(&persons, &context));
            CHECK(memories[m] > 1000 || persons.spilled);
            check_reading(&persons, most, &context);
            ddg_persons_free(&persons);
        }
    CHECK(!ddg_persons_init(&persons, &context));
    CHECK(!ddg_persons_end(&persons, &context));
    ddg_persons_rewind(&persons);
    CHECK(!ddg_persons_next(&persons, &cells, &count, &more, &context) && !more);
    ddg_persons_free(&persons);
}

static uint64_t rows[CELLS];
static int64_t cents[CELLS];
static bool is_in[PERSONS][CELLS];

static void add_records(struct ddg_cube *cube, uint64_t *state, struct ddg_context *context)
{
    for (int r = 0; r < RECORDS; r++) {
        uint32_t person = (uint32_t)(check_random(state) % PERSONS), cell = 0, inner, key[DIMS];
        int64_t amount = (int64_t)(check_random(state) % 2001) - 1000;
        struct ddg_decimal value = {amount, 2};
        char name[16];

        for (size_t d = 0; d < DIMS; d++) {
            struct ddg_text label;
            const char *problem;
            char letter = (char)('a' + (int)(check_random(state) % LABELS));

            label = (struct ddg_text){&letter, 1};
            CHECK(!ddg_labels_code(&cube->label[d], label, &key[d], &problem, context));
            CHECK(!problem);
            cell = cell * LABELS + (uint32_t)(letter - 'a');
        }
        if (cell % 5 == 0) /* some cells stay empty */
            continue;
        snprintf(name, sizeof name, "p%u", person);
        CHECK(!ddg_cube_add_cell(cube, key, 1, &value, &inner, context));
        CHECK(!ddg_cube_add_person(cube, ddg_text_of(name), inner, context));
        rows[cell]++;
        cents[cell] += amount;
        is_in[person][cell] = true;
    }
}

/* True when the plain cell belongs to the cube's cell: same labels where it has any. */
static bool belongs(const struct ddg_cube *cube, uint32_t cell, uint32_t plain)
{
    uint32_t label[DIMS] = {plain / LABELS / LABELS, plain / LABELS % LABELS, plain % LABELS};

    for (size_t d = 0; d < DIMS; d++) {
        uint32_t code = cube->groups.key[cell * DIMS + d];

        if (code != DDG_ALL_LABELS && cube->label[d].label.text[code].at[0] - 'a' != (int)label[d])
            return false;
    }
    return true;
}

static void check_cell(const struct ddg_cube *cube, uint32_t cell)
{
    uint64_t events = 0, persons = 0;
    int64_t sum = 0;
    struct ddg_decimal got;
    struct ddg_context context = {0};

    for (uint32_t plain = 0; plain < CELLS; plain++)
        if (belongs(cube, cell, plain)) {
            events += rows[plain];
            sum += cents[plain];
        }
    for (uint32_t p = 0; p < PERSONS; p++) {
        bool here = false;

        for (uint32_t plain = 0; plain < CELLS; plain++)
            here = here || (is_in[p][plain] && belongs(cube, cell, plain));
        persons += here;
    }
    CHECK(cube->tally.events[cell] == events);
    CHECK(cube->tally.persons[cell] == persons);
    CHECK(!ddg_tally_sum(&cube->tally, cell, 0, &got, &context));
    CHECK(got.units == sum && got.places == 2);
}

static void check_cube(void)
{
    const struct ddg_text totals[DIMS] = {{"Total", 5}, {"Total", 5}, {"Total", 5}};
    struct ddg_context context = {0};
    struct ddg_margins margins = {0};
    struct ddg_spec spec = {0};
    struct ddg_cube cube;
    uint64_t state = 20251024;

    CHECK(!ddg_spec_add(&spec, "a,b,c", &context));
    CHECK(!ddg_cube_init(&cube, &spec, (struct ddg_text){"", 0}, totals, 1, true, &context));
    add_records(&cube, &state, &context);
    CHECK(!ddg_margins_add_all(&margins, DIMS, &context) && margins.count == 7);
    CHECK(!ddg_margins_fill(&margins, &cube, &context));
    for (uint32_t cell = 0; cell < cube.groups.count; cell++)
        check_cell(&cube, cell);
    CHECK(!ddg_margins_complete(&margins, &cube, &context));
    CHECK(cube.groups.count == (LABELS + 1) * (LABELS + 1) * (LABELS + 1));
    for (uint32_t cell = 0; cell < cube.groups.count; cell++)
        check_cell(&cube, cell);
    free(margins.kept);
    ddg_cube_free(&cube);
    ddg_spec_free(&spec);
}

static void check_margins(void)
{
    struct ddg_context context = {0};
    struct ddg_margins margins = {0};
    struct ddg_spec spec = {0};

    CHECK(!ddg_spec_add(&spec, "a,b,\"c;d\"", &context));
    CHECK(!ddg_margins_add(&margins, "a; b,\"c;d\" ;;a,b,\"c;d\";b , a;a,a", &spec, &context));
    CHECK(margins.count == 4);
    CHECK(margins.kept[0] == 1 && margins.kept[1] == 6 && margins.kept[2] == 0);
    CHECK(margins.kept[3] == 3);
    CHECK(ddg_margins_add(&margins, "a;x", &spec, &context) == DDG_USAGE);
    CHECK_TEXT(context.message, "a margin keeps 'x', which is no dimension");
    free(margins.kept);
    ddg_spec_free(&spec);
}

static void check_overflow(void)
{
    struct ddg_tally tally;
    struct ddg_context context = {0};
    const struct ddg_decimal most = {(__int128)(~(unsigned __int128)0 >> 1), 0}, one = {1, 0};

    CHECK(!ddg_tally_init(&tally, 1, &context) && !ddg_tally_extend(&tally, 2, &context));
    CHECK(!ddg_tally_add(&tally, 0, 1, &most, &context));
    CHECK(ddg_tally_add(&tally, 0, 1, &one, &context) == DDG_LIMIT);
    CHECK_TEXT(context.message, "a sum of amounts is too large");
    context = (struct ddg_context){0};
    tally.events[0] = tally.events[1] = UINT64_C(1) << 63;
    CHECK(ddg_tally_merge(&tally, 0, 1, &context) == DDG_LIMIT);
    CHECK_TEXT(context.message, "a count is too large");
    ddg_tally_free(&tally);
}

int main(void)
{
    check_groups();
    check_batches();
    check_dictionary();
    check_few_texts(8);
    check_few_texts(9);
    check_few_texts(16);
    check_few_texts(40);
    check_persons();
    check_cube();
    check_margins();
    check_overflow();
    return check_result();
}
