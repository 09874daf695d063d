/*
 * The scanners beside the scalar one and the reader that uses them beside libcsv: the same records,
 * lines and errors, wherever in a block of 64 bytes something stands and however the input is cut.
 */
#define _GNU_SOURCE /* memfd_create */
#include "check.h"

#include "csv/reader.h"
#include "csv/scan.h"

#include <sys/mman.h>
#include <unistd.h>

enum { ROOM = 1 << 13, MOST_RECORDS = 1 << 12 };

static int file;
static char path[64];

static void fill_file(const char *bytes, size_t length)
{
    if (ftruncate(file, (off_t)length) != 0 || pwrite(file, bytes, length, 0) != (ssize_t)length)
        abort();
}

/* What a reading came to: a digest of all fields and lines, and how it ended. */
struct outcome {
    uint64_t digest, records, rejects;
    struct ddg_context context;
};

static void add(struct outcome *outcome, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        outcome->digest = (outcome->digest ^ (unsigned char)bytes[i]) * UINT64_C(0x100000001b3);
    outcome->digest = (outcome->digest ^ (0x100 + length)) * UINT64_C(0x100000001b3);
}

/* Reads the file with every column wanted, or with the last one twice and the first and bad records
 * set aside. */
static struct outcome read_with(const char *scanner, size_t block, bool some)
{
    struct ddg_rejects rejects;
    const struct ddg_csv_options options = {
        .delimiter = ',', .block = block, .scanner = scanner, .rejects = some ? &rejects : NULL};
    const char *paths[] = {path};
    struct outcome outcome = {.digest = 1};
    struct ddg_csv_block records;
    struct ddg_csv *csv = NULL;

    CHECK(!ddg_rejects_open(&rejects, "/dev/null", UINT64_MAX, &outcome.context));
    if (!ddg_csv_open(&csv, paths, 1, &options, &outcome.context)) {
        size_t last = ddg_csv_columns(csv) - 1;
        const size_t wanted[] = {last, 0, last};

        CHECK_TEXT(ddg_csv_scanner(csv), scanner);
        if (some)
            CHECK(!ddg_csv_project(csv, wanted, 3, &outcome.context));
        while (!ddg_csv_next_block(csv, &records, &outcome.context) && records.count > 0)
            for (size_t r = 0; r < records.count; r++) {
                uint64_t line = ddg_csv_line(csv, r);
                struct ddg_text bytes = ddg_csv_bytes(csv, r);

                add(&outcome, (const char *)&line, sizeof line);
                add(&outcome, bytes.at, bytes.length);
                for (size_t i = 0; i < records.stride; i++)
                    add(&outcome, records.field[r * records.stride + i].at,
                        records.field[r * records.stride + i].length);
                outcome.records++;
            }
    }
    ddg_csv_close(csv);
    outcome.rejects = rejects.count;
    ddg_rejects_abandon(&rejects);
    return outcome;
}

static bool same(const struct outcome *a, const struct outcome *b)
{
    return a->digest == b->digest && a->records == b->records && a->rejects == b->rejects &&
           a->context.error == b->context.error &&
           strcmp(a->context.message, b->context.message) == 0;
}

/* Compares every scanner with libcsv. */
static void compare(const char *bytes, size_t length, size_t block, bool some)
{
    struct outcome wanted, got;
    const struct ddg_scanner *scanner;

    fill_file(bytes, length);
    wanted = read_with("libcsv", 0, some);
    for (size_t i = 0; (scanner = ddg_scanner_at(i)); i++) {
        got = read_with(scanner->name, block, some);
        if (!CHECK(same(&wanted, &got)))
            printf("%s, block %zu: %llu records, %s\ninstead of %llu, %s:\n%.*s\n", scanner->name,
                   block, (unsigned long long)got.records, got.context.message,
                   (unsigned long long)wanted.records, wanted.context.message, (int)length, bytes);
    }
}

static const char alphabet[] = {'a', ',', '"', '\n', '\r', '\0'};

/* Every short string over the bytes that matter, across the border of two blocks: behind records
 * that fill the first one but for a few bytes, in quotes and not. */
static void test_borders(void)
{
    const size_t longest = check_quickly() ? 2 : 4;
    size_t digit[8] = {0}, length = 0;

    while (length <= longest) {
        size_t i = 0;

        for (size_t before = 0; before <= 2 * length; before++) {
            char bytes[256] = "h,i\n";
            size_t used = 4, at = 4 + DDG_SCAN_BLOCK - before / 2;

            while (at - used > 8)
                used += (size_t)sprintf(bytes + used, "b,c\n");
            used += (size_t)sprintf(bytes + used, before % 2 ? "d,\"" : "d,");
            while (used < at)
                bytes[used++] = 'e';
            for (size_t j = 0; j < length; j++)
                bytes[used++] = alphabet[digit[j]];
            used += (size_t)sprintf(bytes + used, before % 2 ? "\"\n" : "\n");
            for (size_t j = 0; j < 24; j++)
                used += (size_t)sprintf(bytes + used, "f,g\n");
            compare(bytes, used, 0, before % 4 == 0);
        }
        while (i < length && ++digit[i] == sizeof alphabet)
            digit[i++] = 0;
        if (i == length)
            length++;
    }
}

/* A table of random fields, mostly regular; returns its length. */
static size_t make_table(char *bytes, uint64_t *random)
{
    static const char *const fields[] = {"",
                                         "1",
                                         "ab c",
                                         "\"\"",
                                         "\"x,y\"",
                                         "\"\n\"",
                                         "\"\"\"\"",
                                         "\"\r\n\"",
                                         "\"a\"\"b\"",
                                         "abcdefghijklmnop",
                                         "\"Yolo\"",
                                         "Yolo",
                                         "\"abc,\n,\"\"\n\""};
    static const char noise[] = {'"', ',', '\n', '\r', ' ', '\0', 'x', '\xef'};
    bool quoted = check_random(random) % 2;
    size_t columns = 1 + check_random(random) % 4, rows = check_random(random) % 120, length = 0;
    const char *end = check_random(random) % 4 ? "\n" : "\r\n";

    for (size_t i = 0; i < columns; i++)
        length += (size_t)sprintf(bytes + length, "%sc%zu", i ? "," : "", i);
    length += (size_t)sprintf(bytes + length, "%s", end);
    for (size_t r = 0; r < rows; r++)
        for (size_t i = 0; i < columns; i++) {
            size_t which = check_random(random) % (quoted ? sizeof fields / sizeof *fields : 3);

            if (columns == 1 && which == 0)
                which = 3;
            length +=
                (size_t)sprintf(bytes + length, "%s%s", fields[which], i + 1 < columns ? "," : end);
        }
    if (check_random(random) % 2 == 0)
        for (size_t changes = check_random(random) % 3; changes > 0 && length > 0; changes--)
            bytes[check_random(random) % length] = noise[check_random(random) % sizeof noise];
    if (check_random(random) % 4 == 0 && length > 0)
        length -= check_random(random) % length;
    return length;
}

static void test_tables(void)
{
    uint64_t random = 88172645463325252;
    char bytes[ROOM];

    for (int round = check_quickly() ? 60 : 3000; round > 0; round--) {
        size_t length = make_table(bytes, &random);
        size_t block = round % 3 ? check_random(&random) % 300 : 0;

        CHECK(length <= sizeof bytes);
        compare(bytes, length, block, round % 2);
    }
}

/* One table, cut at every size. */
static void test_sizes(void)
{
    uint64_t random = 4101842887655102017;
    char bytes[ROOM];

    for (int round = check_quickly() ? 1 : 4; round > 0; round--) {
        size_t length = make_table(bytes, &random);

        for (size_t block = 1; block <= length + 1; block++)
            compare(bytes, length, block, round % 2);
    }
}

/* Records longer than what is read at a time, and more columns than a block has bytes. */
static void test_large(void)
{
    enum { LONG = 1 << 17, COLUMNS = 300 };
    static const size_t blocks[] = {0, 1000, 4096, 1 << 14};
    char *bytes = malloc(6 * LONG), *to = bytes;

    if (!bytes)
        abort();
    to += sprintf(to, "a,b\n1,2\n\"");
    for (int i = 0; i < LONG; i++)
        to += sprintf(to, "%s", i % 1000 ? "x" : "\"\"\n");
    to += sprintf(to, "\",3\n4,");
    for (int i = 0; i < LONG; i++)
        *to++ = 'y';
    to += sprintf(to, "\n5,6\n");
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++)
        compare(bytes, (size_t)(to - bytes), blocks[i], true);
    to = bytes;
    for (int r = 0; r < 60; r++)
        for (int i = 0; i < COLUMNS; i++)
            to += sprintf(to, "%d%c", r * i % 10, i + 1 < COLUMNS ? ',' : '\n');
    *to++ = '\n';
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++)
        compare(bytes, (size_t)(to - bytes), blocks[i], true);
    free(bytes);
}

/* Fields of every length with a quote at every place, some with a line feed, on more bytes than are
 * looked at before records are handed out. */
static void test_quotes_within(void)
{
    enum { LONGEST = 64 };
    static const size_t blocks[] = {0, 100, 5000};
    char *bytes = malloc(LONGEST * LONGEST * (LONGEST + 16)), *to = bytes;

    if (!bytes)
        abort();
    to += sprintf(to, "a,b\n");
    for (int length = 1; length <= LONGEST; length++)
        for (int at = 0; at < length; at++) {
            to += sprintf(to, "%d,\"", at);
            for (int i = 0; i < length; i++)
                to += sprintf(to, "%s", i == at ? "\"\"" : i == at + 5 && at % 3 == 0 ? "\n" : "x");
            to += sprintf(to, "\"\n");
        }
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++)
        compare(bytes, (size_t)(to - bytes), blocks[i], true);
    free(bytes);
}

/* What the scanners write, byte for byte, from any state of the first one. */
static void compare_scans(const char *bytes, size_t length, bool inside)
{
    static uint32_t wanted[ROOM + DDG_SCAN_SLACK], got[ROOM + DDG_SCAN_SLACK];
    uint32_t wanted_doubled[ROOM / DDG_SCAN_BLOCK + 2], doubled[ROOM / DDG_SCAN_BLOCK + 2];
    struct ddg_scan first = {.delimiter = ',', .to = wanted, .doubled = wanted_doubled}, other;
    const struct ddg_scanner *scanner;
    size_t done;

    ddg_scan_start(&first);
    first.inside = inside ? UINT64_MAX : 0;
    other = first;
    done = ddg_scan_bytes(&ddg_scanner_scalar, &first, bytes, length);
    for (size_t i = 0; (scanner = ddg_scanner_at(i)); i++) {
        struct ddg_scan scan = other;

        scan.to = got;
        scan.doubled = doubled;
        CHECK(ddg_scan_bytes(scanner, &scan, bytes, length) == done);
        CHECK(scan.to - got == first.to - wanted &&
              memcmp(got, wanted, (size_t)(scan.to - got) * sizeof *got) == 0);
        CHECK(scan.doubled - doubled == first.doubled - wanted_doubled &&
              memcmp(doubled, wanted_doubled, (size_t)(scan.doubled - doubled) * sizeof *doubled) ==
                  0);
        CHECK(scan.offset == first.offset && scan.newlines == first.newlines &&
              scan.inside == first.inside && scan.behind_end == first.behind_end &&
              scan.behind_close == first.behind_close && scan.behind_return == first.behind_return);
        CHECK(scan.quotes == first.quotes && scan.hidden == first.hidden &&
              scan.returns == first.returns);
    }
}

static void test_scanners(void)
{
    static const char likely[] = {'a', 'a', 'a', ',', ',', '\n', '"', '\r', '\0', '\xac', '\x0a'};
    uint64_t random = 1442695040888963407;

    for (int round = check_quickly() ? 1000 : 20000; round > 0; round--) {
        size_t length = check_random(&random) % 400, choice = 2 + check_random(&random) % 9;
        bool sparse = check_random(&random) % 2;
        char bytes[ROOM];

        for (size_t i = 0; i < length; i++)
            bytes[i] =
                sparse && check_random(&random) % 8 ? 'b' : likely[check_random(&random) % choice];
        compare_scans(bytes, length, check_random(&random) % 2);
        if (round % 8 == 0)
            compare_scans(bytes, make_table(bytes, &random), false);
    }
}

static void test_choice(void)
{
    const char *paths[] = {path};
    struct ddg_csv_options options = {.delimiter = ','};
    struct ddg_context context = {0};
    struct ddg_csv *csv = NULL;
    size_t scanners = 0;

    fill_file("a\n1\n", 4);
    while (ddg_scanner_at(scanners))
        scanners++;
    CHECK_TEXT(ddg_scanner_at(scanners - 1)->name, "scalar");
    unsetenv(DDG_CSV_SCANNER);
    CHECK(!ddg_csv_open(&csv, paths, 1, &options, &context));
    CHECK_TEXT(ddg_csv_scanner(csv), ddg_scanner_at(0)->name);
    ddg_csv_close(csv);
    setenv(DDG_CSV_SCANNER, "scalar", 1);
    CHECK(!ddg_csv_open(&csv, paths, 1, &options, &context));
    CHECK_TEXT(ddg_csv_scanner(csv), "scalar");
    ddg_csv_close(csv);
    setenv(DDG_CSV_SCANNER, "libcsv", 1);
    CHECK(!ddg_csv_open(&csv, paths, 1, &options, &context));
    CHECK_TEXT(ddg_csv_scanner(csv), "libcsv");
    ddg_csv_close(csv);
    setenv(DDG_CSV_SCANNER, "abacus", 1);
    CHECK(ddg_csv_open(&csv, paths, 1, &options, &context) == DDG_USAGE);
    CHECK_TEXT(context.message, "DDG_SCANNER: this processor has no scanner 'abacus'");
    ddg_csv_close(csv);
}

int main(void)
{
    file = memfd_create("input", MFD_CLOEXEC);
    if (file < 0)
        abort();
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    test_scanners();
    test_borders();
    test_tables();
    test_sizes();
    test_large();
    test_quotes_within();
    test_choice();
    return check_result();
}
