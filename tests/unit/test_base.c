/*
 * The base layer: numbers, decimals, the order of labels, names, lists, options.
 */
#define _GNU_SOURCE /* memfd_create */
#include "check.h"

#include "base/error.h"
#include "base/list.h"
#include "base/cgroup.h"
#include "base/machine.h"
#include "base/memory.h"
#include "base/names.h"
#include "base/number.h"
#include "base/options.h"
#include "base/prose.h"
#include "base/random.h"
#include "base/safe_text.h"
#include "base/text_sort.h"
#include "base/tuple.h"

#include <getopt.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static void test_unsigned(void)
{
    static const char *const refused[] = {"",
                                          " ",
                                          "-1",
                                          "+1",
                                          "1 ",
                                          " 1",
                                          "1.0",
                                          "1e3",
                                          "0x1",
                                          "1,0",
                                          "S",
                                          "*",
                                          "<11",
                                          "None",
                                          "NaN",
                                          "18446744073709551616",
                                          "\n1",
                                          "１",
                                          "99999999999999999999"};
    char room[DDG_UNSIGNED_ROOM];
    uint64_t value = 5, random = 7;

    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        CHECK(!ddg_parse_unsigned(ddg_text_of(refused[i]), &value) && value == 5);
    CHECK(!ddg_parse_unsigned((struct ddg_text){"1\0", 2}, &value) && value == 5);
    CHECK(!ddg_parse_unsigned((struct ddg_text){NULL, 0}, &value) && value == 5);
    CHECK(ddg_parse_unsigned(ddg_text_of("007"), &value) && value == 7);
    CHECK(ddg_parse_unsigned(ddg_text_of("18446744073709551615"), &value) && value == UINT64_MAX);
    CHECK(ddg_text_is(ddg_format_unsigned(UINT64_MAX, room), "18446744073709551615"));
    for (int i = 0; i < 10000; i++) {
        uint64_t number = check_random(&random) >> (check_random(&random) % 64);

        CHECK(ddg_parse_unsigned(ddg_format_unsigned(number, room), &value) && value == number);
    }
    value = UINT64_MAX - 1;
    CHECK(ddg_add_unsigned(&value, 1) && value == UINT64_MAX);
    CHECK(!ddg_add_unsigned(&value, 1) && value == UINT64_MAX);
}

static void test_grouped(void)
{
    static const char *const refused[] = {"",       " ",      ",",       "1,",       ",123",
                                          "1,23",   "1,2345", "1 234",   "1234,567", "1,234,56",
                                          "1,,234", "-1,234", "1,234.0", "1.234,000"};
    uint64_t value = 5;

    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        CHECK(!ddg_parse_grouped(ddg_text_of(refused[i]), &value) && value == 5);
    CHECK(ddg_parse_grouped(ddg_text_of(" 293,311 "), &value) && value == 293311);
    CHECK(ddg_parse_grouped(ddg_text_of("\t1234"), &value) && value == 1234);
    CHECK(ddg_parse_grouped(ddg_text_of("12,345,678"), &value) && value == 12345678);
    CHECK(ddg_parse_grouped(ddg_text_of("18,446,744,073,709,551,615"), &value) &&
          value == UINT64_MAX);
    CHECK(!ddg_parse_grouped(ddg_text_of("18,446,744,073,709,551,616"), &value));
}

/* Parses and writes back. */
static const char *decimal(const char *text, char *room)
{
    struct ddg_decimal value;

    if (!ddg_decimal_parse(ddg_text_of(text), &value))
        return "refused";
    return ddg_decimal_format(value, room).at;
}

static const char *decimal_sum(const char *a, const char *b, char *room)
{
    struct ddg_decimal x, y;

    if (!ddg_decimal_parse(ddg_text_of(a), &x) || !ddg_decimal_parse(ddg_text_of(b), &y) ||
        !ddg_decimal_add(&x, y))
        return "refused";
    return ddg_decimal_format(x, room).at;
}

/* Texts of a few bytes are read by a way of their own: leading zeros make them long. */
static void test_short_decimals(void)
{
    static const char bytes[] = "0123456789.+- x";
    uint64_t state = 18;

    for (int i = 0; i < 20000; i++) {
        char text[48] = "", zeros[48] = "", room[DDG_DECIMAL_ROOM], other[DDG_DECIMAL_ROOM];
        size_t length = check_random(&state) % 19, digits = 0;

        for (size_t at = 0; at < length; at++) {
            size_t choice = check_random(&state) % (sizeof bytes - 1 + 20);

            text[at] = bytes[choice < sizeof bytes - 1 ? choice : choice % 11];
            digits += text[at] >= '0' && text[at] <= '9';
        }
        /* "" and "." are no numbers, and zeros would make them ones */
        snprintf(zeros, sizeof zeros, "%.*s%s%s", text[0] == '-' || text[0] == '+', text,
                 digits ? "00000000000000000000" : "x", text + (text[0] == '-' || text[0] == '+'));
        CHECK_TEXT(decimal(text, room), decimal(zeros, other));
    }
    CHECK_TEXT(decimal("-99999999999999999", (char[DDG_DECIMAL_ROOM]){0}), "-99999999999999999");
    CHECK_TEXT(decimal("999999999999999999", (char[DDG_DECIMAL_ROOM]){0}), "999999999999999999");
}

static void test_decimals(void)
{
    static const char *const refused[] = {"",
                                          "-",
                                          ".",
                                          "-.",
                                          "1.2.3",
                                          "1e5",
                                          "$5",
                                          "1,000.00",
                                          " 1",
                                          "1 ",
                                          "--1",
                                          "nan",
                                          "inf",
                                          "0x1p3",
                                          "1.0000000000000000001",
                                          "999999999999999999999999999999999999999999"};
    char room[DDG_DECIMAL_ROOM];
    struct ddg_decimal sum = {0, 0}, cent = {10, 2};

    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        CHECK_TEXT(decimal(refused[i], room), "refused");
    CHECK_TEXT(decimal("12.50", room), "12.50");
    CHECK_TEXT(decimal("-0.05", room), "-0.05");
    CHECK_TEXT(decimal("+3", room), "3");
    CHECK_TEXT(decimal("-0", room), "0");
    CHECK_TEXT(decimal(".5", room), "0.5");
    CHECK_TEXT(decimal("007.1", room), "7.1");
    CHECK_TEXT(decimal("0.000000000000000001", room), "0.000000000000000001");
    CHECK_TEXT(decimal("-170141183460469231731687303715884105727", room),
               "-170141183460469231731687303715884105727");
    CHECK_TEXT(decimal("170141183460469231731.687303715884105727", room),
               "170141183460469231731.687303715884105727");
    CHECK_TEXT(decimal_sum("0.1", "0.2", room), "0.3");
    CHECK_TEXT(decimal_sum("1", "0.25", room), "1.25");
    CHECK_TEXT(decimal_sum("0.25", "1", room), "1.25");
    CHECK_TEXT(decimal_sum("-5.00", "5", room), "0.00");
    CHECK_TEXT(decimal_sum("-0.5", "0.25", room), "-0.25");
    CHECK_TEXT(decimal_sum("170141183460469231731687303715884105727", "1", room), "refused");
    CHECK_TEXT(decimal_sum("170141183460469231731687303715884105727", "0.1", room), "refused");
    for (int i = 0; i < 1000000; i++)
        ddg_decimal_add(&sum, cent);
    CHECK_TEXT(ddg_decimal_format(sum, room).at, "100000.00");
}

static int sign(int order)
{
    return (order > 0) - (order < 0);
}

static void test_order_of_labels(void)
{
    static const char *const sorted[] = {
        "",   "0", "00",  "01",   "1",  "1-4",  "5-9", "10-14", "18",  "18-44", "65+", "100",
        "<1", "A", "A 2", "A 10", "A1", "A01b", "A1c", "A2",    "A10", "Total", "a",   "\xc3\xa9"};
    enum { COUNT = sizeof sorted / sizeof *sorted };

    for (size_t i = 0; i < COUNT; i++)
        for (size_t j = 0; j < COUNT; j++)
            if (!CHECK(sign(ddg_text_compare(ddg_text_of(sorted[i]), ddg_text_of(sorted[j]))) ==
                       sign((int)i - (int)j)))
                printf("  '%s' and '%s'\n", sorted[i], sorted[j]);
    CHECK(ddg_text_compare(ddg_text_of("99999999999999999999998"),
                           ddg_text_of("99999999999999999999999")) < 0);
}

/* Antisymmetric, transitive, and 0 for equal bytes only: over all pairs and triples of short
 * labels. */
static void test_total_order(void)
{
    static const char alphabet[] = "019a-";
    struct ddg_text label[156];
    char bytes[156][3];
    size_t count = 0;
    size_t starts[] = {0, 1, 6, 31};

    label[count++] = (struct ddg_text){NULL, 0};
    for (size_t length = 1; length <= 3; length++)
        for (size_t i = starts[length - 1]; i < starts[length]; i++)
            for (size_t c = 0; c < 5; c++) {
                if (length > 1)
                    memcpy(bytes[count], bytes[i], length - 1);
                bytes[count][length - 1] = alphabet[c];
                label[count] = (struct ddg_text){bytes[count], length};
                count++;
            }
    CHECK(count == 156);
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < count; j++) {
            int order = sign(ddg_text_compare(label[i], label[j]));

            CHECK(order == -sign(ddg_text_compare(label[j], label[i])));
            CHECK((order == 0) == ddg_text_equal(label[i], label[j]));
            for (size_t k = 0; order < 0 && k < count; k++)
                if (ddg_text_compare(label[j], label[k]) < 0)
                    CHECK(ddg_text_compare(label[i], label[k]) < 0);
        }
}

/* A text of chance that often begins like others, with numbers of all lengths. */
static struct ddg_text some_label(uint64_t *seed, char *room)
{
    static const char piece[][5] = {"0", "7", "12",  "a",    "-", "\xc3",
                                    ":", "/", "000", "1234", "",  " "};
    size_t pieces = ddg_random_below(seed, 9), length = 0;

    if (ddg_random_below(seed, 4) == 0)
        for (size_t n = 250 + ddg_random_below(seed, 20); n > 0; n--)
            room[length++] = '9';
    if (ddg_random_below(seed, 2) == 0)
        for (size_t n = ddg_random_below(seed, 40); n > 0; n--)
            room[length++] = 'x';
    while (pieces-- > 0) {
        const char *next = piece[ddg_random_below(seed, sizeof piece / sizeof *piece)];

        memcpy(room + length, next, strlen(next));
        length += strlen(next);
    }
    return (struct ddg_text){room, length};
}

static int compare_numbers(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return (x > y) - (x < y);
}

/* As comparing them does it, by any number of keys. */
static void test_sorted_labels(void)
{
    enum { COUNT = 6000, ROOM = 400 };
    struct ddg_context context = {0};
    struct ddg_text *label = calloc(COUNT, sizeof *label);
    char *bytes = calloc(COUNT, ROOM);
    uint32_t *number = calloc(COUNT, sizeof *number);
    uint64_t seed = 5;
    bool keys = true, sorted = true;

    for (uint32_t i = 0; i < COUNT; i++) {
        label[i] = some_label(&seed, bytes + (size_t)i * ROOM);
        number[i] = i;
    }
    for (uint32_t i = 1; i < COUNT; i++) {
        unsigned skip = 0;

        while (skip < 256 && ddg_text_key(label[i - 1], skip) == ddg_text_key(label[i], skip))
            skip += DDG_TEXT_KEY;
        keys &= skip == 256 || (ddg_text_key(label[i - 1], skip) < ddg_text_key(label[i], skip)) ==
                                   (ddg_text_compare(label[i - 1], label[i]) < 0);
    }
    CHECK(keys);
    CHECK(ddg_text_sort(label, number, COUNT, &context) == DDG_OK);
    for (uint32_t i = 1; i < COUNT; i++)
        sorted &= ddg_text_compare(label[number[i - 1]], label[number[i]]) <= 0;
    CHECK(sorted);
    qsort(number, COUNT, sizeof *number, compare_numbers);
    for (uint32_t i = 0; i < COUNT; i++)
        sorted &= number[i] == i;
    CHECK(sorted);
    CHECK(ddg_text_sort(label, number, 0, &context) == DDG_OK);
    free(label);
    free(bytes);
    free(number);
}

static void test_texts(void)
{
    CHECK(ddg_text_equal((struct ddg_text){NULL, 0}, ddg_text_of("")));
    CHECK(!ddg_text_equal(ddg_text_of("a"), ddg_text_of("A")));
    CHECK(ddg_text_is(ddg_text_trim(ddg_text_of(" \ta b\t ")), "a b"));
    CHECK(ddg_text_trim(ddg_text_of(" \t ")).length == 0);
}

static void test_prose(void)
{
    struct ddg_context context = {0};
    struct ddg_prose prose = {.context = &context};

    CHECK_TEXT(ddg_prose_string(&prose), "");
    ddg_prose_print(&prose, "%s", "");
    ddg_prose_say(&prose, NULL);
    CHECK_TEXT(ddg_prose_string(&prose), "");
    ddg_prose_count(&prose, 1234567, "cell", "cells");
    for (int i = 0; i < 100; i++)
        ddg_prose_print(&prose, ", %d of %s", i, "many");
    ddg_prose_add(&prose, (struct ddg_text){".xx", 1});
    CHECK(strncmp(ddg_prose_string(&prose), "1,234,567 cells, 0 of many, 1 of many, ", 39) == 0);
    CHECK_TEXT(ddg_prose_string(&prose) + prose.used - 13, ", 99 of many.");
    CHECK(ddg_prose_text(&prose).length == strlen(ddg_prose_string(&prose)));
    prose.used = 0;
    CHECK_TEXT(ddg_prose_string(&prose), "");
    ddg_prose_count(&prose, 1, "cell", "cells");
    CHECK_TEXT(ddg_prose_string(&prose), "1 cell");
    ddg_prose_free(&prose);
    CHECK_TEXT(ddg_prose_string(&prose), "");
    CHECK(!context.error);
}

static void test_names(void)
{
    struct ddg_context context = {0};
    struct ddg_names names;
    uint32_t number;
    char text[16];

    ddg_names_init(&names);
    CHECK(ddg_names_find(&names, ddg_text_of("x")) == DDG_NO_NAME);
    for (uint32_t i = 0; i < 20000; i++) {
        snprintf(text, sizeof text, "%u", i * 7);
        CHECK(!ddg_names_add(&names, ddg_text_of(text), &number, &context) && number == i);
    }
    for (uint32_t i = 0; i < 20000; i++) {
        snprintf(text, sizeof text, "%u", i * 7);
        CHECK(ddg_names_find(&names, ddg_text_of(text)) == i);
        CHECK(!ddg_names_add(&names, ddg_text_of(text), &number, &context) && number == i);
        CHECK(ddg_text_is(names.text[i], text));
    }
    CHECK(names.count == 20000);
    CHECK(ddg_names_find(&names, ddg_text_of("1")) == DDG_NO_NAME);
    CHECK(!ddg_names_add(&names, (struct ddg_text){NULL, 0}, &number, &context));
    CHECK(number == 20000 && ddg_names_find(&names, ddg_text_of("")) == 20000);
    CHECK(!ddg_names_add(&names, (struct ddg_text){"a\0b", 3}, &number, &context));
    CHECK(ddg_names_find(&names, (struct ddg_text){"a\0c", 3}) == DDG_NO_NAME);
    ddg_names_free(&names);
}

/* The items between bars, or the message. */
static const char *list_of(const char *argument, char separator)
{
    static char story[600];
    struct ddg_context context = {0};
    struct ddg_arena arena = {0};
    struct ddg_list list = {0};
    size_t used = 0;

    story[0] = '\0';
    if (ddg_list_add(&list, argument, separator, &arena, &context))
        snprintf(story, sizeof story, "%s", context.message);
    else
        for (size_t i = 0; i < list.count; i++)
            used += (size_t)snprintf(story + used, sizeof story - used, "|%.*s",
                                     (int)list.item[i].length, list.item[i].at);
    free(list.item);
    ddg_arena_free(&arena);
    return story;
}

static void test_lists(void)
{
    struct ddg_text name, rest;

    CHECK_TEXT(list_of("county", ','), "|county");
    CHECK_TEXT(list_of("county,sex,age group", ','), "|county|sex|age group");
    CHECK_TEXT(list_of("\"a,b\",c", ','), "|a,b|c");
    CHECK_TEXT(list_of("\"say \"\"x\"\"\",c", ','), "|say \"x\"|c");
    CHECK_TEXT(list_of("a,b;c", ';'), "|a,b|c");
    CHECK_TEXT(list_of("", ','), "a list of names is wanted, not ''");
    CHECK_TEXT(list_of("a,", ','), "a list of names is wanted, not 'a,'");
    CHECK_TEXT(list_of(",a", ','), "a list of names is wanted, not ',a'");
    CHECK_TEXT(list_of("a,,b", ','), "a list of names is wanted, not 'a,,b'");
    CHECK_TEXT(list_of("\"a\"b", ','), "a list of names is wanted, not '\"a\"b'");
    CHECK_TEXT(list_of("x,\"a", ','), "a quote that does not close in '\"a'");
    CHECK(ddg_cut(ddg_text_of("a=b=c"), &name, &rest));
    CHECK(ddg_text_is(name, "a") && ddg_text_is(rest, "b=c"));
    CHECK(!ddg_cut(ddg_text_of("abc"), &name, &rest) && ddg_text_is(name, "a"));
}

/* What the handler was told, as "id=value;". */
static char told[1000];

static enum ddg_error take(void *data, int id, const char *value, struct ddg_context *context)
{
    size_t used = strlen(told);

    (void)data;
    if (value && strcmp(value, "bad") == 0)
        return ddg_fail(context, DDG_USAGE, "a better value is wanted");
    snprintf(told + used, sizeof told - used, value ? "%d=%s;" : "%d;", id, value ? value : "");
    return DDG_OK;
}

static const struct ddg_option own[] = {{1, 'g', "group", "LIST", "group by these", 0},
                                        {2, 'q', "quiet", NULL, "say nothing", 0},
                                        {3, 0, "whole", "[DIM]", "an argument or none", 0},
                                        {0, 0, NULL, NULL, NULL, 0}};
static const struct ddg_option shared[] = {{4, 'o', "output", "FILE", "write there", 0},
                                           {5, 0, "elsewhere", "X", "of another program", 2},
                                           {6, 0, "total", "LABEL", "of totals", 1 | 2},
                                           {0, 0, NULL, NULL, NULL, 0}};
static const struct ddg_option *const tables[] = {own, shared};
static const struct ddg_option_set set = {tables, 2, 1, take, NULL};

/* What a command line of up to 6 words comes to: what was told, then the operands. */
static const char *parse(const char *a, const char *b, const char *c, const char *d)
{
    static char story[2000];
    const char *words[] = {"ddg-test", a, b, c, d, NULL};
    char *argv[6];
    struct ddg_context context = {0};
    int argc = 0, first = 0;

    for (; words[argc]; argc++)
        argv[argc] = (char *)(uintptr_t)words[argc];
    argv[argc] = NULL;
    told[0] = '\0';
    optind = 0; /* glibc: start anew */
    if (ddg_options_parse(&set, argc, argv, &first, &context)) {
        CHECK(context.error == DDG_USAGE);
        snprintf(story, sizeof story, "%s", context.message);
        return story;
    }
    strcpy(story, told);
    for (; first < argc; first++) {
        strcat(story, " ");
        strcat(story, argv[first]);
    }
    return story;
}

static void test_command_line(void)
{
    CHECK_TEXT(parse(NULL, NULL, NULL, NULL), "");
    CHECK_TEXT(parse("-g", "a,b", "file", NULL), "1=a,b; file");
    CHECK_TEXT(parse("file", "--group=a", "-q", "other"), "1=a;2; file other");
    CHECK_TEXT(parse("-qga", "-oout", "--total", "All"), "2;1=a;4=out;6=All;");
    CHECK_TEXT(parse("--whole", "x", "--whole=y", NULL), "3;3=y; x");
    CHECK_TEXT(parse("-q", "--", "-g", "-"), "2; -g -");
    CHECK_TEXT(parse("-q", "-", NULL, NULL), "2; -");
    CHECK_TEXT(parse("--nonsense", NULL, NULL, NULL), "unknown option '--nonsense'");
    CHECK_TEXT(parse("-q", "-x", NULL, NULL), "unknown option '-x'");
    CHECK_TEXT(parse("--elsewhere", "x", NULL, NULL), "unknown option '--elsewhere'");
    CHECK_TEXT(parse("--group", NULL, NULL, NULL), "option '--group' needs an argument");
    CHECK_TEXT(parse("-q", "-g", NULL, NULL), "option '-g' needs an argument");
    CHECK_TEXT(parse("--quiet=1", NULL, NULL, NULL), "option '--quiet' takes no argument");
    CHECK_TEXT(parse("-g", "bad", NULL, NULL), "a better value is wanted");
}

/* What "--n VALUE" comes to where a number from 2 to 20 is wanted. */
static const char *whole_number(const char *value)
{
    static char story[200];
    struct ddg_context context = {0};
    uint64_t number = 0;

    if (ddg_whole_number("n", ddg_text_of(value), 2, 20, &number, &context)) {
        CHECK(context.error == DDG_USAGE && number == 0);
        return strcpy(story, context.message);
    }
    snprintf(story, sizeof story, "%u", (unsigned)number);
    return story;
}

static void test_whole_number(void)
{
    CHECK_TEXT(whole_number("2"), "2");
    CHECK_TEXT(whole_number("20"), "20");
    CHECK_TEXT(whole_number("1"), "--n is a whole number from 2 to 20, not '1'");
    CHECK_TEXT(whole_number("21"), "--n is a whole number from 2 to 20, not '21'");
    CHECK_TEXT(whole_number("2.5"), "--n is a whole number from 2 to 20, not '2.5'");
    CHECK_TEXT(whole_number(""), "--n is a whole number from 2 to 20, not ''");
    CHECK_TEXT(whole_number("18446744073709551618"),
               "--n is a whole number from 2 to 20, not '18446744073709551618'");
}

/* What "--n VALUE" comes to where one or two numbers from 2 to 20 are wanted. */
static const char *one_or_two(const char *value)
{
    static char story[200];
    struct ddg_context context = {0};
    uint32_t pair[2] = {0, 0};

    if (ddg_one_or_two("n", value, 2, 20, pair, &context)) {
        CHECK(context.error == DDG_USAGE && pair[0] == 0 && pair[1] == 0);
        return strcpy(story, context.message);
    }
    snprintf(story, sizeof story, "%u %u", (unsigned)pair[0], (unsigned)pair[1]);
    return story;
}

static void test_one_or_two(void)
{
    static const char *const wrong[] = {"",   "1",   "21",   "x",     ",",    "3,",
                                        ",3", "3,1", "21,3", "3,2,1", "3, 2", "3,4294967298"};

    CHECK_TEXT(one_or_two("2"), "2 2");
    CHECK_TEXT(one_or_two("20"), "20 20");
    CHECK_TEXT(one_or_two("3,2"), "3 2");
    CHECK_TEXT(one_or_two("2,20"), "2 20");
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char message[200];

        snprintf(message, sizeof message, "--n is one or two whole numbers from 2 to 20, not '%s'",
                 wrong[i]);
        CHECK_TEXT(one_or_two(wrong[i]), message);
    }
}

/* What a file of options comes to; "FILE" stands for its name. */
static const char *read_options(const char *text)
{
    static char story[2000];
    char path[64], *found;
    struct ddg_context context = {0};
    struct ddg_arena arena = {0};
    int fd = memfd_create("options", MFD_CLOEXEC);

    told[0] = '\0';
    if (fd < 0 || write(fd, text, strlen(text)) != (ssize_t)strlen(text))
        abort();
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    if (ddg_options_read(&set, path, &arena, &context)) {
        found = strstr(context.message, path);
        snprintf(story, sizeof story, "%s%s", found == context.message ? "FILE" : "",
                 context.message + (found == context.message ? strlen(path) : 0));
    } else {
        strcpy(story, told);
    }
    ddg_arena_free(&arena);
    close(fd);
    return story;
}

static void test_options_file(void)
{
    struct ddg_context context = {0};
    struct ddg_arena arena = {0};

    CHECK_TEXT(read_options(""), "");
    CHECK_TEXT(read_options("# a comment\n\n   # another\ngroup a,b\n"), "1=a,b;");
    CHECK_TEXT(read_options("group = a, b \n--output=x y\nquiet\n"), "1=a, b;4=x y;2;");
    CHECK_TEXT(read_options("group\tcounty=x\r\ntotal All\r\n"), "1=county=x;6=All;");
    CHECK_TEXT(read_options("  whole\nwhole=a\nwhole = b"), "3;3=a;3=b;");
    CHECK_TEXT(read_options("elsewhere x\nquiet\n"), "2;");
    CHECK_TEXT(read_options("quiet\nnonsense 1\n"), "FILE:2: unknown option 'nonsense'");
    CHECK_TEXT(read_options("group\n"), "FILE:1: option 'group' needs an argument");
    CHECK_TEXT(read_options("\nquiet x\n"), "FILE:2: option 'quiet' takes no argument");
    CHECK_TEXT(read_options("group bad\n"), "FILE:1: a better value is wanted");
    CHECK_TEXT(read_options("=x\n"), "FILE:1: unknown option ''");
    CHECK(ddg_options_read(&set, "/nonexistent", &arena, &context) == DDG_IO);
    CHECK_TEXT(context.message, "/nonexistent: No such file or directory");
    context = (struct ddg_context){0};
    CHECK(ddg_options_read(&set, "/", &arena, &context) == DDG_IO);
    CHECK_TEXT(context.message, "/: Is a directory");
    ddg_arena_free(&arena);
}

static const char *printed(void (*print)(FILE *))
{
    static char text[2000];
    FILE *out = fmemopen(text, sizeof text, "w");

    if (!out)
        abort();
    print(out);
    fclose(out);
    return text;
}

static void print_help(FILE *out)
{
    ddg_options_help(&set, out);
}

static void print_completion(FILE *out)
{
    ddg_options_completion(&set, "ddg-test", out);
}

static void test_help(void)
{
    CHECK_TEXT(printed(print_help), "  -g, --group LIST    group by these\n"
                                    "  -q, --quiet         say nothing\n"
                                    "      --whole[=DIM]   an argument or none\n"
                                    "  -o, --output FILE   write there\n"
                                    "      --total LABEL   of totals\n");
    CHECK_TEXT(printed(print_completion),
               "complete -o default -W '--group --quiet --whole --output --total' ddg-test\n");
}

static void test_failures(void)
{
    struct ddg_context context = {0};
    char long_text[2000];

    CHECK(ddg_fail_at(&context, DDG_INPUT, "f", 3, "a\nb\x1b", "%s", "x\ty") == DDG_INPUT);
    CHECK_TEXT(context.message, "f:3: column 'a?b?': x?y");
    CHECK(ddg_fail(&context, DDG_IO, "later") == DDG_INPUT);
    CHECK_TEXT(context.message, "f:3: column 'a?b?': x?y");
    context = (struct ddg_context){0};
    CHECK(ddg_fail_at(&context, DDG_IO, "\xc3\xa9", 0, NULL, "no") == DDG_IO);
    CHECK_TEXT(context.message, "\xc3\xa9: no");
    memset(long_text, 'x', sizeof long_text - 1);
    long_text[sizeof long_text - 1] = '\0';
    context = (struct ddg_context){0};
    CHECK(ddg_fail_at(&context, DDG_INPUT, long_text, 1, long_text, "%s", long_text) == DDG_INPUT);
    CHECK(strlen(context.message) == sizeof context.message - 1);
}

static void test_tuples(void)
{
    static const uint32_t numbers[] = {7, 0, UINT32_MAX, 7, 3}, sorted[] = {0, 3, 7, 7, UINT32_MAX};
    struct ddg_context context = {0};
    struct ddg_tuple tuple = {0}, other = {0};

    CHECK(ddg_tuple_name(&tuple).length == 0);
    ddg_tuple_sort(&tuple);
    for (size_t i = 0; i < 5; i++) {
        CHECK(!ddg_tuple_push(&tuple, numbers[i], &context));
        CHECK(!ddg_tuple_push(&other, sorted[i], &context));
    }
    CHECK(tuple.count == 5 && memcmp(tuple.number, numbers, sizeof numbers) == 0);
    CHECK(!ddg_text_equal(ddg_tuple_name(&tuple), ddg_tuple_name(&other)));
    ddg_tuple_sort(&tuple);
    CHECK(ddg_text_equal(ddg_tuple_name(&tuple), ddg_tuple_name(&other)));
    other.count--;
    CHECK(!ddg_text_equal(ddg_tuple_name(&tuple), ddg_tuple_name(&other)));
    ddg_tuple_free(&tuple);
    ddg_tuple_free(&other);
    CHECK(!tuple.number);
}

static void test_random(void)
{
    /* the first of the generator's numbers from 1 are 5180492295206395165 and so on */
    static const uint32_t wide[] = {1206177354, 2882512551, 3117485454, 1303648415};
    static const uint32_t narrow[] = {2, 6, 7, 3, 0, 7, 8, 6, 3, 7};
    uint64_t state = 1;

    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
        CHECK(ddg_random_below(&state, UINT32_MAX) == wide[i]);
    state = ddg_random_start(0);
    for (size_t i = 0; i < sizeof narrow / sizeof *narrow; i++)
        CHECK(ddg_random_below(&state, 10) == narrow[i]);
    for (unsigned i = 0; i < 100; i++)
        CHECK(ddg_random_below(&state, 1) == 0);
}

static void test_memory(void)
{
    struct ddg_context context = {0};
    struct ddg_arena arena = {0};
    uint64_t *array = NULL;
    size_t room = 0;
    void *piece;

    for (size_t i = 0; i < 1000; i++) {
        CHECK(!ddg_grow(&array, &room, i + 1, sizeof *array, &context) && room > i);
        array[i] = i;
    }
    CHECK(array[999] == 999);
    CHECK(ddg_grow(&array, &room, SIZE_MAX / 4, sizeof *array, &context) == DDG_MEMORY);
    CHECK(array[999] == 999 && room < 10000);
    free(array);
    context = (struct ddg_context){0};
    CHECK(ddg_allocate(&array, SIZE_MAX / 4, sizeof *array, &context) == DDG_MEMORY && !array);
    CHECK_TEXT(context.message, "out of memory");
    context = (struct ddg_context){0};
    CHECK(!ddg_allocate(&array, 0, sizeof *array, &context) && array);
    free(array);
    for (size_t bytes = 0; bytes < 300000; bytes = bytes * 3 + 1) {
        piece = ddg_arena_allocate(&arena, bytes, &context);
        CHECK(piece && (uintptr_t)piece % _Alignof(max_align_t) == 0);
        CHECK(bytes == 0 || (((char *)piece)[0] == 0 && ((char *)piece)[bytes - 1] == 0));
        if (piece)
            memset(piece, 1, bytes);
    }
    CHECK(!ddg_arena_allocate(&arena, SIZE_MAX, &context) && context.error == DDG_MEMORY);
    ddg_arena_free(&arena);
}

static void test_safe_text(void)
{
    uint64_t state = 20251024;

    for (int i = 0; i < 3000; i++) {
        char room[64], expected[32];
        struct ddg_safe_text text = {room, sizeof room - 1, 0};
        /* up to 2200; the ends of months and years among them */
        time_t seconds = (time_t)ddg_random_below(&state, 84000) * 86400 + (i % 2 ? 0 : -1);
        struct tm parts;

        seconds = seconds < 0 ? 0 : seconds;
        ddg_safe_add_time(&text, (uint64_t)seconds);
        room[text.used] = '\0';
        CHECK(gmtime_r(&seconds, &parts) != NULL);
        strftime(expected, sizeof expected, "%Y-%m-%dT%H:%M:%SZ", &parts);
        CHECK_TEXT(room, expected);
    }
    {
        char room[9] = "--------";
        struct ddg_safe_text text = {room, 6, 0};

        ddg_safe_add_number(&text, 7, 3);
        ddg_safe_add_number(&text, 1234567, 1);
        CHECK_TEXT(room, "007123--");
        CHECK(text.used == 6);
    }
}

static void put_file(const char *directory, const char *name, const char *text)
{
    char path[128];
    FILE *file;

    snprintf(path, sizeof path, "%s/%s", directory, name);
    if ((file = fopen(path, "w")) == NULL || fputs(text, file) < 0 || fclose(file) != 0)
        abort();
}

/* The limits of groups that `list` names, where a group /job/step may take 3000 bytes by version 1
 * and its job 2000 by version 2. */
static void test_control_groups(void)
{
    static const struct {
        const char *list;
        size_t limit;
    } cases[] = {
        {"", SIZE_MAX},
        {"0::/\n", SIZE_MAX},
        {"0::/job\n", 2000},
        {"0::/job/step\n", 2000},
        {"0::/other\n", SIZE_MAX},
        {"1:cpu:/job/step\n2:cpuset,memory:/job/step\n", 3000},
        {"1:memory:/\n", 9000},
        {"3:memoryless:/job/step\n", SIZE_MAX},
        {"1:memory:/job/step\n0::/job\n", 2000},
        {"nonsense\n0:\n\n", SIZE_MAX},
    };
    static const char *const made[] = {"job", "job/step", "memory", "memory/job",
                                       "memory/job/step"};
    static const char *const files[][2] = {{"job/memory.max", "2000\n"},
                                           {"job/step/memory.max", "max\n"},
                                           {"memory/memory.limit_in_bytes", "9000\n"},
                                           {"memory/job/step/memory.limit_in_bytes", "3000\n"}};
    char root[] = "/tmp/ddg-test-XXXXXX", path[128];

    if (!mkdtemp(root))
        abort();
    for (size_t i = 0; i < sizeof made / sizeof *made; i++) {
        snprintf(path, sizeof path, "%s/%s", root, made[i]);
        CHECK(mkdir(path, 0700) == 0);
    }
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        put_file(root, files[i][0], files[i][1]);
    snprintf(path, sizeof path, "%s/list", root);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        put_file(root, "list", cases[i].list);
        CHECK(ddg_cgroup_memory(path, root) == cases[i].limit);
    }
    CHECK(ddg_cgroup_memory("/nonexistent", root) == SIZE_MAX);
    CHECK(ddg_machine_memory() > 1 << 20);
    remove(path);
    for (size_t i = sizeof files / sizeof *files; i-- > 0;) {
        snprintf(path, sizeof path, "%s/%s", root, files[i][0]);
        remove(path);
    }
    for (size_t i = sizeof made / sizeof *made; i-- > 0;) {
        snprintf(path, sizeof path, "%s/%s", root, made[i]);
        remove(path);
    }
    CHECK(remove(root) == 0);
}

int main(void)
{
    test_unsigned();
    test_grouped();
    test_decimals();
    test_short_decimals();
    test_order_of_labels();
    test_total_order();
    test_sorted_labels();
    test_texts();
    test_prose();
    test_names();
    test_lists();
    test_command_line();
    test_whole_number();
    test_one_or_two();
    test_options_file();
    test_help();
    test_failures();
    test_tuples();
    test_random();
    test_memory();
    test_safe_text();
    test_control_groups();
    return check_result();
}
