/*
 * The CSV reader at every block size, beside a reference that shares no code with it, and the
 * writer read back.
 */
#define _GNU_SOURCE /* memfd_create */
#include "check.h"
#include "reference_csv.h"

#include "base/memory.h"
#include "csv/output.h"
#include "csv/reader.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

/* A growing text: what a reading came to. */
struct story {
    char *text;
    size_t length, room;
};

static void tell(struct story *story, const char *bytes, size_t length)
{
    struct ddg_context context = {0};

    if (ddg_grow(&story->text, &story->room, story->length + length + 1, 1, &context))
        abort();
    if (length > 0)
        memcpy(story->text + story->length, bytes, length);
    story->length += length;
    story->text[story->length] = '\0';
}

static void tell_field(struct story *story, const char *bytes, size_t length)
{
    tell(story, "[", 1);
    tell(story, bytes, length);
    tell(story, "]", 1);
}

/* Files in memory, so that the tests leave nothing behind. */
enum { MOST_FILES = 3 };

static struct {
    int fd;
    char path[64];
} file[MOST_FILES];

static void make_files(void)
{
    for (int i = 0; i < MOST_FILES; i++) {
        file[i].fd = memfd_create("input", MFD_CLOEXEC);
        if (file[i].fd < 0)
            abort();
        snprintf(file[i].path, sizeof file[i].path, "/proc/self/fd/%d", file[i].fd);
    }
}

static void fill_file(int i, const char *bytes, size_t length)
{
    if (ftruncate(file[i].fd, (off_t)length) != 0 ||
        pwrite(file[i].fd, bytes, length, 0) != (ssize_t)length)
        abort();
}

/* "/proc/self/fd/5:3: text" -> "3: text", so that the tests need not know a number. */
static const char *without_path(const char *message)
{
    const char *colon = strchr(message, ':');

    return strncmp(message, "/proc/", 6) == 0 && colon ? colon + 1 + (colon[1] == ' ') : message;
}

static volatile char slack_read;

static void tell_record(struct story *story, uint64_t line, const struct ddg_text *field,
                        size_t fields)
{
    char number[32];

    tell(story, number, (size_t)snprintf(number, sizeof number, " %d", (int)line));
    for (size_t i = 0; i < fields; i++) {
        /* for the sanitizers */
        slack_read = field[i].at[field[i].length + DDG_CSV_SLACK - 1];
        tell_field(story, field[i].at, field[i].length);
    }
}

static void tell_one_by_one(struct story *story, struct ddg_csv *csv, struct ddg_context *context)
{
    struct ddg_record record;
    bool more;

    while (!ddg_csv_next(csv, &record, &more, context) && more)
        tell_record(story, record.line, record.field, ddg_csv_columns(csv));
}

static void tell_block(struct story *story, struct ddg_csv *csv, const struct ddg_csv_block *block)
{
    CHECK(block->stride == ddg_csv_columns(csv));
    for (size_t r = 0; r < block->count; r++)
        tell_record(story, ddg_csv_line(csv, r), block->field + r * block->stride, block->stride);
    CHECK(ddg_csv_line(csv, 0) <= ddg_csv_line(csv, block->count - 1));
}

static size_t without_line_ends(const char *bytes, size_t length)
{
    while (length > 0 && (bytes[length - 1] == '\n' || bytes[length - 1] == '\r'))
        length--;
    return length;
}

/* The bytes of the records, one behind the other, are what the last file ends with. */
static void check_raw(const struct story *raw, const struct ddg_csv *csv)
{
    struct story whole = {0};
    char piece[4096];
    int fd = open(ddg_csv_file(csv), O_RDONLY | O_CLOEXEC);
    size_t length = without_line_ends(raw->text, raw->length);
    ssize_t got;

    while ((got = read(fd, piece, sizeof piece)) > 0)
        tell(&whole, piece, (size_t)got);
    whole.length = without_line_ends(whole.text, whole.length);
    CHECK(whole.length > length &&
          memcmp(whole.text + whole.length - length, raw->text, length) == 0);
    close(fd);
    free(whole.text);
}

static void tell_blocks(struct story *story, struct ddg_csv *csv, struct ddg_context *context)
{
    struct story raw = {0};
    struct ddg_csv_block block;
    const char *name = ddg_csv_file(csv);

    while (!ddg_csv_next_block(csv, &block, context) && block.count > 0) {
        tell_block(story, csv, &block);
        if (name != ddg_csv_file(csv))
            raw.length = 0;
        name = ddg_csv_file(csv);
        for (size_t r = 0; r < block.count; r++)
            tell(&raw, ddg_csv_bytes(csv, r).at, ddg_csv_bytes(csv, r).length);
    }
    if (!context->error && raw.length > 0)
        check_raw(&raw, csv);
    free(raw.text);
}

/* A record, a block, a record, and so on. */
static void tell_by_turns(struct story *story, struct ddg_csv *csv, struct ddg_context *context)
{
    struct ddg_csv_block block;
    struct ddg_record record;
    bool more;

    while (!ddg_csv_next(csv, &record, &more, context) && more) {
        tell_record(story, record.line, record.field, ddg_csv_columns(csv));
        if (ddg_csv_next_block(csv, &block, context) || block.count == 0)
            break;
        tell_block(story, csv, &block);
    }
}

static void (*const ways[])(struct story *, struct ddg_csv *,
                            struct ddg_context *) = {tell_one_by_one, tell_blocks, tell_by_turns};

/* Reads the first `files` files and tells "[header]...", then "LINE[field]..." per record, and
 * "!LINE: message" where the reading ends in an error. */
static void read_in(size_t way, struct story *story, size_t files,
                    const struct ddg_csv_options *options)
{
    const char *paths[MOST_FILES];
    struct ddg_context context = {0};
    struct ddg_csv *csv = NULL;

    for (size_t i = 0; i < files; i++)
        paths[i] = file[i].path;
    story->length = 0;
    tell(story, "", 0);
    if (!ddg_csv_open(&csv, paths, files, options, &context)) {
        for (size_t i = 0; i < ddg_csv_columns(csv); i++)
            tell_field(story, ddg_csv_name(csv, i).at, ddg_csv_name(csv, i).length);
        ways[way](story, csv, &context);
    }
    if (context.error) {
        const char *message = without_path(context.message);

        CHECK(context.error == DDG_INPUT);
        tell(story, " !", 2);
        tell(story, message, strlen(message));
    }
    ddg_csv_close(csv);
}

static void read_files(struct story *story, size_t files, const struct ddg_csv_options *options)
{
    read_in(0, story, files, options);
}

/* Reads at every block size and checks that the story is the same each time. */
static void read_at_every_size(struct story *story, size_t files, size_t longest,
                               struct ddg_csv_options options)
{
    struct story again = {0};

    read_files(story, files, &options);
    for (options.block = 0; options.block <= longest + 1; options.block++) {
        read_in(options.block % (sizeof ways / sizeof *ways), &again, files, &options);
        if (!CHECK(again.length == story->length &&
                   memcmp(again.text, story->text, story->length) == 0)) {
            printf("block %zu reads\n%s\ninstead of\n%s\n", options.block, again.text, story->text);
            break;
        }
    }
    free(again.text);
}

static const struct ddg_csv_options commas = {.delimiter = ','};

#define BOM "\xef\xbb\xbf"
#define STRAY_QUOTE                                                                                \
    "a quote where none may stand (a field with quotes in it is written in quotes, with each of "  \
    "them doubled)"
#define STRAY_RETURN "a carriage return that no line feed follows"
#define INPUT(text) (text), sizeof(text) - 1

static const struct {
    const char *input;
    size_t length;
    const char *story;
} cases[] = {
    {INPUT("a,b\n1,2\n"), "[a][b] 2[1][2]"},
    {INPUT("a,b\n1,2"), "[a][b] 2[1][2]"},
    {INPUT("a,b"), "[a][b]"},
    {INPUT("a,b\r\n1,2\r\n"), "[a][b] 2[1][2]"},
    {INPUT("a,b\r\n1,2\n3,4\r\n"), "[a][b] 2[1][2] 3[3][4]"},
    {INPUT(BOM "a,b\n1,2\n"), "[a][b] 2[1][2]"},
    {INPUT(BOM "\"a\",b\n1,2\n"), "[a][b] 2[1][2]"},
    {INPUT(BOM BOM "a\n1\n"), "[" BOM "a] 2[1]"},
    {INPUT("a\n" BOM "1\n"), "[a] 2[" BOM "1]"},
    {INPUT("\xef\xbb"), "[\xef\xbb]"},
    {INPUT(" a ,\tb\n 1 , \n"), "[ a ][\tb] 2[ 1 ][ ]"},
    {INPUT("a,b\n\" x \",\" \"\n"), "[a][b] 2[ x ][ ]"},
    {INPUT("a,b\n\"1,2\",\"3\"\"4\"\n"), "[a][b] 2[1,2][3\"4]"},
    {INPUT("a,b\n\"1\n2\n\",3\n4,5\n"), "[a][b] 2[1\n2\n][3] 5[4][5]"},
    {INPUT("a,b\n\"1\r\n2\",3\r\n4,5\r\n"), "[a][b] 2[1\r\n2][3] 4[4][5]"},
    {INPUT("a,b\n\"1\r2\",\"\r\"\n"), "[a][b] 2[1\r2][\r]"},
    {INPUT("\"a\nb\",c\n1,2\n"), "[a\nb][c] 3[1][2]"},
    {INPUT("a,b\n,\n\"\",\"\"\n"), "[a][b] 2[][] 3[][]"},
    {INPUT("a,b\n1,"), "[a][b] 2[1][]"},
    {INPUT("a\n\"\"\n1\n"), "[a] 2[] 3[1]"},
    {INPUT("a\n\"\""), "[a] 2[]"},
    {INPUT("\"\"\n1\n"), "[] 2[1]"},
    {INPUT("a,b\n1,2\n\n\n"), "[a][b] 2[1][2]"},
    {INPUT("a,b\r\n1,2\r\n\r\n"), "[a][b] 2[1][2]"},
    {INPUT("a,a\n1,2\n"), "[a][a] 2[1][2]"},
    {INPUT("a,b\na,2\n1,b\n"), "[a][b] 2[a][2] 3[1][b]"},
    {INPUT("a,b\n\xff\xfe,\x01\x7f\n"), "[a][b] 2[\xff\xfe][\x01\x7f]"},
    {INPUT(""), " !no header: the input is empty"},
    {INPUT(BOM), " !no header: the input is empty"},
    {INPUT("\n\n"), " !no header: the input is empty"},
    {INPUT("\na,b\n"), " !1: a blank line"},
    {INPUT("a,b\n1,2\n\n3,4\n"), "[a][b] 2[1][2] !3: a blank line"},
    {INPUT("a,b\r\n1,2\r\n\r\n\r\n3,4\r\n"), "[a][b] 2[1][2] !3: a blank line"},
    {INPUT("a,b\n1\n"), "[a][b] !2: 1 field where the header has 2"},
    {INPUT("a,b\n1,2,3\n"), "[a][b] !2: 3 fields where the header has 2"},
    {INPUT("a,b\n\"1\n\n2\"\n"), "[a][b] !2: 1 field where the header has 2"},
    {INPUT("a,b\n1,2\na,b\n3,4\n"), "[a][b] 2[1][2] !3: the header stands here a second time"},
    {INPUT("a,b\n\"a\",\"b\"\n"), "[a][b] !2: the header stands here a second time"},
    {INPUT("a,b\n1,x\"y\n"), "[a][b] !2: field 2: " STRAY_QUOTE},
    {INPUT("a,b\n1,\"x\" \n"), "[a][b] !2: field 2: " STRAY_QUOTE},
    {INPUT("a,b\n1, \"x\"\n"), "[a][b] !2: field 2: " STRAY_QUOTE},
    {INPUT("a,b\n\"x\"y,1\n"), "[a][b] !2: field 1: " STRAY_QUOTE},
    {INPUT("a,b\n1,2\"\n"), "[a][b] !2: field 2: " STRAY_QUOTE},
    {INPUT("a,b\n1,\"2\n3,4\n"), "[a][b] !2: field 2: a quoted field that never ends"},
    {INPUT("a,b\n1,\""), "[a][b] !2: field 2: a quoted field that never ends"},
    {INPUT("\"a,b\n"), " !1: field 1: a quoted field that never ends"},
    {INPUT("a,b\n1,2\r3,4\n"), "[a][b] !2: " STRAY_RETURN},
    {INPUT("a,b\n1\r,2\n"), "[a][b] !2: " STRAY_RETURN},
    {INPUT("a,b\n1,2\r"), "[a][b] !2: " STRAY_RETURN},
    {INPUT("a,b\n1,2\r\r\n"), "[a][b] !2: " STRAY_RETURN},
    {INPUT("a,b\n1,\"2\"\r\"3\"x\n"), "[a][b] !2: " STRAY_RETURN},
    {INPUT("a,b\r1,2\r"), " !1: " STRAY_RETURN},
    {INPUT("\r"), " !1: " STRAY_RETURN},
    {INPUT("a,b\n\r1,2\n"), "[a][b] !2: " STRAY_RETURN},
    {INPUT("a,b\n1,2\n3,\0004\n"), "[a][b] 2[1][2] !3: a NUL byte"},
    {INPUT("\0"), " !1: a NUL byte"},
    {INPUT(BOM "\0"), " !1: a NUL byte"},
    {INPUT("a,b\n1,\"\0\"\n"), "[a][b] !2: a NUL byte"},
    {INPUT("a,b\n1,2\n\0"), "[a][b] 2[1][2] !3: a NUL byte"},
    /* UTF-16, as Excel's "Unicode text" is */
    {INPUT("\xff\xfe"
           "a\0,\0b\0\n\0"),
     " !1: UTF-16, where UTF-8 is wanted: iconv -f UTF-16 -t UTF-8"},
    {INPUT("a,b\n1,2\n\"ddg: this output is incomplete"),
     "[a][b] 2[1][2] !3: field 1: a quoted field that never ends"},
};

static void test_cases(void)
{
    struct story story = {0};

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        fill_file(0, cases[i].input, cases[i].length);
        read_at_every_size(&story, 1, cases[i].length, commas);
        CHECK_TEXT(story.text, cases[i].story);
    }
    free(story.text);
}

static void test_delimiters(void)
{
    struct story story = {0};

    fill_file(0, INPUT("a\tb,c\n1 \t\"2\t3\"\n"));
    read_at_every_size(&story, 1, 16, (struct ddg_csv_options){.delimiter = '\t'});
    CHECK_TEXT(story.text, "[a][b,c] 2[1 ][2\t3]");
    fill_file(0, INPUT("a;b\n1,5;2\n"));
    read_at_every_size(&story, 1, 10, (struct ddg_csv_options){.delimiter = ';'});
    CHECK_TEXT(story.text, "[a][b] 2[1,5][2]");
    fill_file(0, INPUT("a b\n1 \n"));
    read_at_every_size(&story, 1, 7, (struct ddg_csv_options){.delimiter = ' '});
    CHECK_TEXT(story.text, "[a][b] 2[1][]");
    free(story.text);
}

static void test_loose_names(void)
{
    const struct ddg_csv_options loose = {.delimiter = ',', .loose_names = true};
    struct story story = {0};

    fill_file(0, INPUT(" a ,b\t\n 1 ,2\n"));
    read_at_every_size(&story, 1, 12, loose);
    CHECK_TEXT(story.text, "[a][b] 2[ 1 ][2]");
    fill_file(1, INPUT("a, b\n3,4\n"));
    read_at_every_size(&story, 2, 12, loose);
    CHECK_TEXT(story.text, "[a][b] 2[ 1 ][2] 2[3][4]");
    fill_file(0, INPUT(" a ,b\n1,2\na, b\n"));
    read_at_every_size(&story, 1, 14, loose);
    CHECK_TEXT(story.text, "[a][b] 2[1][2] !3: the header stands here a second time");
    free(story.text);
}

static void test_several_files(void)
{
    struct story story = {0};

    fill_file(0, INPUT(BOM "a,b\r\n1,2"));
    fill_file(1, INPUT("\"a\",b\n"));
    fill_file(2, INPUT(BOM "a,b\n3,4\n\n"));
    read_at_every_size(&story, 3, 14, commas);
    CHECK_TEXT(story.text, "[a][b] 2[1][2] 2[3][4]");
    fill_file(1, INPUT("b,a\n3,4\n"));
    read_at_every_size(&story, 2, 12, commas);
    CHECK_TEXT(story.text, "[a][b] 2[1][2] !1: a header that differs from the first file's");
    fill_file(1, INPUT("a,b,c\n"));
    read_at_every_size(&story, 2, 12, commas);
    CHECK_TEXT(story.text, "[a][b] 2[1][2] !1: a header that differs from the first file's");
    fill_file(1, INPUT("a\n"));
    read_at_every_size(&story, 2, 12, commas);
    CHECK_TEXT(story.text, "[a][b] 2[1][2] !1: a header that differs from the first file's");
    fill_file(1, INPUT(""));
    read_at_every_size(&story, 2, 12, commas);
    CHECK_TEXT(story.text, "[a][b] 2[1][2] !no header: the input is empty");
    /* a line that one file leaves open is not finished by the next */
    fill_file(0, INPUT("a,b\n1,\"2"));
    fill_file(1, INPUT("a,b\n3,4\n"));
    read_at_every_size(&story, 2, 12, commas);
    CHECK_TEXT(story.text, "[a][b] !2: field 2: a quoted field that never ends");
    fill_file(0, INPUT("a,b\n1,2\n\n"));
    read_at_every_size(&story, 2, 12, commas);
    CHECK_TEXT(story.text, "[a][b] 2[1][2] 2[3][4]");
    free(story.text);
}

static void test_missing_file(void)
{
    const char *paths[] = {"/nonexistent/file.csv"};
    struct ddg_context context = {0};
    struct ddg_csv *csv = NULL;

    CHECK(ddg_csv_open(&csv, paths, 1, &commas, &context) == DDG_IO);
    CHECK_TEXT(context.message, "/nonexistent/file.csv: No such file or directory");
    ddg_csv_close(csv);
    context = (struct ddg_context){0};
    paths[0] = "/";
    CHECK(ddg_csv_open(&csv, paths, 1, &commas, &context) == DDG_IO);
    CHECK_TEXT(context.message, "/: Is a directory");
    ddg_csv_close(csv);
}

static void test_large(void)
{
    enum { FIELD = 1 << 20, COLUMNS = 5000 };
    static const size_t blocks[] = {0, 1, 7, 4096, 1 << 16};
    struct story input = {0}, wanted = {0}, story = {0};
    struct ddg_csv_options options = commas;

    tell(&input, "a,b\n", 4);
    tell(&wanted, "[a][b] 2[", 9);
    tell(&input, "\"", 1);
    for (int i = 0; i < FIELD; i++) {
        tell(&input, i % 1000 ? "x" : "\"\"", i % 1000 ? 1 : 2);
        tell(&wanted, i % 1000 ? "x" : "\"", 1);
    }
    tell(&input, "\",1\n", 4);
    tell(&wanted, "][1]", 4);
    fill_file(0, input.text, input.length);
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) {
        options.block = blocks[i];
        read_files(&story, 1, &options);
        CHECK(strcmp(story.text, wanted.text) == 0);
    }

    input.length = wanted.length = 0;
    for (int line = 1; line <= 2; line++) {
        if (line == 2)
            tell(&wanted, " 2", 2);
        for (int i = 0; i < COLUMNS; i++) {
            char text[16];
            int length = snprintf(text, sizeof text, "%d", i * line);

            tell(&input, i ? "," : "", i ? 1 : 0);
            tell(&input, text, (size_t)length);
            tell_field(&wanted, text, (size_t)length);
        }
        tell(&input, "\n", 1);
    }
    fill_file(0, input.text, input.length);
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) {
        options.block = blocks[i];
        read_files(&story, 1, &options);
        CHECK(strcmp(story.text, wanted.text) == 0);
    }
    free(input.text);
    free(wanted.text);
    free(story.text);
}

static void test_columns(void)
{
    const char *paths[] = {file[0].path};
    const size_t wanted[] = {2, 0, 2};
    struct ddg_context context = {0};
    struct ddg_record record = {0};
    struct ddg_csv *csv;
    size_t column = 7;
    bool more;

    fill_file(0, INPUT("a,b,c,b\n1,2,3,4\n5,6,7,8\na,b,c,9\n"));
    CHECK(!ddg_csv_open(&csv, paths, 1, &commas, &context));
    CHECK(!ddg_csv_find(csv, ddg_text_of("c"), &column, &context) && column == 2);
    CHECK(ddg_csv_find(csv, ddg_text_of("b"), &column, &context) == DDG_USAGE);
    CHECK_TEXT(without_path(context.message), "two columns are called 'b'");
    context = (struct ddg_context){0};
    CHECK(ddg_csv_find(csv, ddg_text_of("A"), &column, &context) == DDG_USAGE);
    CHECK_TEXT(without_path(context.message), "no column is called 'A'");
    context = (struct ddg_context){0};
    CHECK(!ddg_csv_next(csv, &record, &more, &context) && more);
    CHECK(ddg_text_is(record.field[3], "4"));
    CHECK(!ddg_csv_project(csv, wanted, 3, &context));
    CHECK(!ddg_csv_next(csv, &record, &more, &context) && more);
    CHECK(ddg_text_is(record.field[0], "7") && ddg_text_is(record.field[1], "5") &&
          ddg_text_is(record.field[2], "7") && record.line == 3);
    /* the kept columns look like the header's, the record does not */
    CHECK(!ddg_csv_next(csv, &record, &more, &context) && more && record.line == 4);
    CHECK(ddg_csv_fail(csv, 4, 2, &context, "no number") == DDG_INPUT);
    CHECK_TEXT(without_path(context.message), "4: column 'c': no number");
    context = (struct ddg_context){0};
    CHECK(!ddg_csv_next(csv, &record, &more, &context) && !more);
    CHECK(!ddg_csv_next(csv, &record, &more, &context) && !more);
    ddg_csv_close(csv);

    /* with no column wanted, records are still counted and checked */
    fill_file(0, INPUT("a,b\n1,2\na,b\n"));
    CHECK(!ddg_csv_open(&csv, paths, 1, &commas, &context));
    CHECK(!ddg_csv_project(csv, NULL, 0, &context));
    CHECK(!ddg_csv_next(csv, &record, &more, &context) && more);
    CHECK(ddg_csv_next(csv, &record, &more, &context) == DDG_INPUT);
    ddg_csv_close(csv);
}

/* Checks the story of a reading against the reference. */
static bool agrees(const struct story *story, const struct reference *r)
{
    struct story wanted = {0};
    char number[32];
    bool same;

    if (!r->accepted)
        return strstr(story->text, " !") != NULL;
    for (size_t i = 0; i < r->rows; i++) {
        if (i > 0)
            tell(&wanted, number, (size_t)snprintf(number, sizeof number, " %zu", r->row[i].line));
        for (size_t j = 0; j < r->row[i].fields; j++)
            tell_field(&wanted, r->row[i].field[j].bytes, r->row[i].field[j].length);
    }
    same = story->length == wanted.length && memcmp(story->text, wanted.text, wanted.length) == 0;
    free(wanted.text);
    return same;
}

static void compare_with_reference(struct story *story, const char *bytes, size_t length,
                                   bool every_size)
{
    struct reference r = reference_read(bytes, length, ',');
    struct ddg_csv_options options = commas;

    fill_file(0, bytes, length);
    if (every_size) {
        read_at_every_size(story, 1, length, commas);
    } else {
        options.block = 1 + length / 2;
        read_files(story, 1, &options);
    }
    if (!CHECK(agrees(story, &r)))
        printf("input: %.*s\nread:  %s\n", (int)length, bytes, story->text);
    reference_free(&r);
}

/* Every string over the bytes that matter, up to a length. */
static void test_exhaustively(void)
{
    static const char alphabet[] = {'a', ',', '"', '\n', '\r', ' '};
    const size_t longest = check_quickly() ? 4 : 7, every_size_to = longest - 1;
    struct story story = {0};
    size_t digit[8] = {0}, length = 0;
    char bytes[8];

    while (length <= longest) {
        size_t i = 0;

        for (size_t j = 0; j < length; j++)
            bytes[j] = alphabet[digit[j]];
        compare_with_reference(&story, bytes, length, length <= every_size_to);
        while (i < length && ++digit[i] == sizeof alphabet)
            digit[i++] = 0;
        if (i == length)
            length++;
    }
    free(story.text);
}

/* Longer inputs that are nearly tables: regular rows with a few bytes changed. */
static void test_at_random(void)
{
    static const char *const fields[] = {"",        "1",      "ab c",      "\"\"",
                                         "\"x,y\"", "\"\n\"", "\"\r\n\"z", "\"a\"\"b\""};
    static const char *const ends[] = {"\n", "\n", "\r\n"};
    static const char noise[] = {'"', ',', '\n', '\r', ' ', '\0', 'x', '\xef'};
    uint64_t random = 88172645463325252;
    struct story story = {0};

    for (int round = check_quickly() ? 300 : 6000; round > 0; round--) {
        char bytes[512];
        size_t length = 0, columns = 1 + check_random(&random) % 3;

        if (check_random(&random) % 4 == 0)
            length += (size_t)sprintf(bytes, BOM);
        for (size_t rows = 1 + check_random(&random) % 5; rows > 0; rows--) {
            for (size_t i = 0; i < columns; i++)
                length += (size_t)sprintf(bytes + length, "%s%s", i ? "," : "",
                                          fields[check_random(&random) % 8]);
            length += (size_t)sprintf(bytes + length, "%s", ends[check_random(&random) % 3]);
        }
        for (size_t changes = check_random(&random) % 3; changes > 0 && length > 0; changes--)
            bytes[check_random(&random) % length] = noise[check_random(&random) % 8];
        compare_with_reference(&story, bytes, length, true);
    }
    free(story.text);
}

/* What the writer writes, the reader reads: any bytes but NUL, any number of fields. */
static void test_round_trip(void)
{
    static const char bytes[] = "ab,;\"\"\n\r \t\xc3\xa9\xef\xbb\xbf";
    const char *paths[] = {file[0].path};
    uint64_t random = 1;

    for (int round = check_quickly() ? 50 : 2000; round > 0; round--) {
        size_t columns = 1 + check_random(&random) % 4, rows = check_random(&random) % 6;
        char delimiter = ",;\t"[check_random(&random) % 3];
        struct ddg_text table[6 * 4];
        char texts[6 * 4][16];
        struct ddg_context context = {0};
        struct ddg_output output;
        struct ddg_csv *csv = NULL;
        struct ddg_record record;
        bool more;

        fill_file(0, "", 0);
        /* a special file is written as it is; a descriptor's is not, so write to it by hand */
        CHECK(!ddg_output_open(&output, NULL, delimiter, &context));
        output.sink.fd = open(file[0].path, O_WRONLY | O_CLOEXEC);
        for (size_t i = 0; i < columns; i++)
            ddg_output_field(&output, (struct ddg_text){&"ABCD"[i], 1});
        CHECK(!ddg_output_end(&output));
        for (size_t i = 0; i < rows * columns; i++) {
            size_t length = check_random(&random) % 16;

            for (size_t j = 0; j < length; j++)
                texts[i][j] = bytes[check_random(&random) % (sizeof bytes - 1)];
            table[i] = (struct ddg_text){length ? texts[i] : NULL, length};
            ddg_output_field(&output, table[i]);
            if (i % columns == columns - 1)
                CHECK(!ddg_output_end(&output));
        }
        CHECK(!ddg_output_finish(&output));
        CHECK(!ddg_csv_open(&csv, paths, 1, &(struct ddg_csv_options){.delimiter = delimiter},
                            &context));
        for (size_t i = 0; i < rows; i++) {
            CHECK(!ddg_csv_next(csv, &record, &more, &context) && more);
            for (size_t j = 0; more && !context.error && j < columns; j++)
                CHECK(ddg_text_equal(record.field[j], table[i * columns + j]));
        }
        CHECK(!ddg_csv_next(csv, &record, &more, &context) && !more);
        if (context.error)
            printf("%s\n", context.message);
        ddg_csv_close(csv);
    }
}

int main(void)
{
    make_files();
    test_cases();
    test_delimiters();
    test_loose_names();
    test_several_files();
    test_missing_file();
    test_large();
    test_columns();
    test_exhaustively();
    test_at_random();
    test_round_trip();
    return check_result();
}
