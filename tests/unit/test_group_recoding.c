/*
 * Dates, recodings and the SPEC that names them: what each reads, what it makes of it, and what it
 * refuses.
 */
#include "check.h"
#include "group/date.h"
#include "group/spec.h"

/* The label that the first dimension of `argument` makes of `value`, or "! " and what is wrong. */
static const char *label_of(const char *argument, const char *value)
{
    static char out[600];
    struct ddg_spec spec = {0};
    struct ddg_context context = {0};
    struct ddg_text label = ddg_text_of(value);
    const char *problem = NULL;
    char room[DDG_LABEL_ROOM];

    if (ddg_spec_add(&spec, argument, &context)) {
        snprintf(out, sizeof out, "?? %s", context.message);
    } else {
        for (size_t i = 0; i < spec.dimension[0].steps && !problem; i++)
            problem = ddg_recoding_apply(&spec.dimension[0].step[i], label, room, &label);
        if (problem)
            snprintf(out, sizeof out, "! %s", problem);
        else
            snprintf(out, sizeof out, "%.*s", (int)label.length, label.at);
    }
    ddg_spec_free(&spec);
    return out;
}

static void check_bands(void)
{
    const char *bands = "a:bands(0,18,45,65)";

    CHECK_TEXT(label_of(bands, "0"), "0-17");
    CHECK_TEXT(label_of(bands, "17"), "0-17");
    CHECK_TEXT(label_of(bands, "018"), "18-44");
    CHECK_TEXT(label_of(bands, "64"), "45-64");
    CHECK_TEXT(label_of(bands, "65"), "65+");
    CHECK_TEXT(label_of(bands, "18446744073709551615"), "65+");
    CHECK_TEXT(label_of(bands, "18446744073709551616"), "! not a whole number");
    CHECK_TEXT(label_of(bands, "-1"), "! not a whole number");
    CHECK_TEXT(label_of(bands, "45.5"), "! not a whole number");
    CHECK_TEXT(label_of(bands, " 45"), "! not a whole number");
    CHECK_TEXT(label_of(bands, "+"), "! not a whole number");
    CHECK_TEXT(label_of(bands, "90+"), "65+");
    CHECK_TEXT(label_of(bands, "65+"), "65+");
    CHECK_TEXT(label_of(bands, "64+"), "! an open range (N+) that spans several bands");
    CHECK_TEXT(label_of("a:bands(18,65)", "17"), "! a number below the first band");
    CHECK_TEXT(label_of("a:bands(0,1,5)", "0"), "0");
    CHECK_TEXT(label_of("a:bands(0,1,5)", "1"), "1-4");
    CHECK_TEXT(label_of("a:bands(7)", "7"), "7+");
    CHECK_TEXT(label_of("a:bands(5,5)", "7"), "?? bands begin at ever larger numbers");
    CHECK_TEXT(label_of("a:bands(5,x)", "7"), "?? 'x' is not a whole number");
}

static void check_numbers(void)
{
    CHECK_TEXT(label_of("a:width(5)", "0"), "0-4");
    CHECK_TEXT(label_of("a:width(5)", "24"), "20-24");
    CHECK_TEXT(label_of("a:width(1)", "024"), "24");
    CHECK_TEXT(label_of("a:width(5)", "90+"), "90+");
    CHECK_TEXT(label_of("a:width(20)", "90+"), "! an open range (N+) that begins inside a band");
    CHECK_TEXT(label_of("a:width(10)", "18446744073709551615"), "! a number too large for a band");
    CHECK_TEXT(label_of("a:width(0)", "1"), "?? a recoding's number is 1 or more");
    CHECK_TEXT(label_of("a:width(1,2)", "1"), "?? a recoding is written width(N)");
    CHECK_TEXT(label_of("a:width", "1"), "?? a recoding is written width(N)");
    CHECK_TEXT(label_of("a:topcode(90)", "89"), "89");
    CHECK_TEXT(label_of("a:topcode(90)", "089"), "89");
    CHECK_TEXT(label_of("a:topcode(90)", "90"), "90+");
    CHECK_TEXT(label_of("a:topcode(90)", "95+"), "90+");
    CHECK_TEXT(label_of("a:topcode(90)", "80+"),
               "! an open range (N+) that begins below the top code");
    CHECK_TEXT(label_of("a:topcode(90)", ""), "! not a whole number");
    CHECK_TEXT(label_of("a:topcode(90):width(5)", "104"), "90+");
    CHECK_TEXT(label_of("a:topcode(90):width(5)", "88"), "85-89");
    CHECK_TEXT(label_of("a:topcode(90):bands(0,65)", "104"), "65+");
    CHECK_TEXT(label_of("a:topcode(90):bands(0,65,95)", "104"),
               "! an open range (N+) that spans several bands");
}

static void check_dates(void)
{
    const char *no_date = "! not a date (YYYY-MM-DD or MM/DD/YYYY)";
    const char *no_day = "! a date that no calendar has";

    CHECK_TEXT(label_of("d:year", "2024-03-05"), "2024");
    CHECK_TEXT(label_of("d:quarter", "2024-03-31"), "2024-Q1");
    CHECK_TEXT(label_of("d:quarter", "2024-04-01"), "2024-Q2");
    CHECK_TEXT(label_of("d:quarter", "12/31/2024"), "2024-Q4");
    CHECK_TEXT(label_of("d:month", "3/5/2024"), "2024-03");
    CHECK_TEXT(label_of("d:month", "2024-02-29"), "2024-02");
    CHECK_TEXT(label_of("d:month", "2023-02-29"), no_day);
    CHECK_TEXT(label_of("d:month", "2000-02-29"), "2000-02");
    CHECK_TEXT(label_of("d:month", "1900-02-29"), no_day);
    CHECK_TEXT(label_of("d:month", "04/31/2024"), no_day);
    CHECK_TEXT(label_of("d:month", "13/01/2024"), no_day);
    CHECK_TEXT(label_of("d:month", "2024-00-10"), no_day);
    CHECK_TEXT(label_of("d:month", "2024-01-00"), no_day);
    CHECK_TEXT(label_of("d:year", "0000-01-01"), no_day);
    CHECK_TEXT(label_of("d:year", "0000"), no_day);
    CHECK_TEXT(label_of("d:month", "2024-3-05"), no_date);
    CHECK_TEXT(label_of("d:month", "2024-03-5"), no_date);
    CHECK_TEXT(label_of("d:month", "03/05/24"), no_date);
    CHECK_TEXT(label_of("d:month", "2024-03-05x"), no_date);
    CHECK_TEXT(label_of("d:month", "20240305"), no_date);
    CHECK_TEXT(label_of("d:month", ""), no_date);
    CHECK_TEXT(label_of("d:month", "2024-03-05T23:59"), "2024-03");
    CHECK_TEXT(label_of("d:month", "2024-03-05 00:00:00"), "2024-03");
    CHECK_TEXT(label_of("d:month", "2024-03-05T23:59:60.123Z"), "2024-03");
    CHECK_TEXT(label_of("d:month", "2024-03-05T23:59:00-08:00"), "2024-03");
    CHECK_TEXT(label_of("d:month", "2024-03-05T23:59+0800"), "2024-03");
    CHECK_TEXT(label_of("d:month", "2024-03-05T24:00"), no_date);
    CHECK_TEXT(label_of("d:month", "2024-03-05T23"), no_date);
    CHECK_TEXT(label_of("d:month", "2024-03-05T23:59:"), no_date);
    CHECK_TEXT(label_of("d:month", "2024-03-05T23:59Zx"), no_date);
    CHECK_TEXT(label_of("d:month", "2024-03-05T23:59:00."), no_date);
    CHECK_TEXT(label_of("d:month", "2024-03"), "2024-03");
    CHECK_TEXT(label_of("d:quarter", "2024-12"), "2024-Q4");
    CHECK_TEXT(label_of("d:quarter", "2024-Q2"), "2024-Q2");
    CHECK_TEXT(label_of("d:quarter", "2024-Q5"), no_date);
    CHECK_TEXT(label_of("d:year", "2024-Q2"), "2024");
    CHECK_TEXT(label_of("d:year", "2024"), "2024");
    CHECK_TEXT(label_of("d:quarter", "2024"), "! a year alone, which has no quarter");
    CHECK_TEXT(label_of("d:month", "2024-Q2"), "! a year or quarter alone, which has no month");
    CHECK_TEXT(label_of("d:month:quarter:year", "2024-05-06"), "2024");
    CHECK_TEXT(label_of("d:year:width(5)", "2024-05-06"), "2020-2024");
    CHECK_TEXT(label_of("d:year(1)", "2024"), "?? a recoding is written year");
}

/* Every day of four centuries, by counting: the calendar's rules are written down twice. */
static void check_calendar(void)
{
    static const unsigned days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    for (unsigned year = 1800; year < 2200; year++)
        for (unsigned month = 0; month <= 13; month++)
            for (unsigned day = 0; day <= 32; day++) {
                unsigned last = month >= 1 && month <= 12 ? days[month - 1] : 0;
                struct ddg_date date;
                char text[48];
                bool good;

                if (month == 2 && ((year % 4 == 0 && year % 100 != 0) || year == 2000))
                    last = 29;
                good = day >= 1 && day <= last;
                snprintf(text, sizeof text, "%04u-%02u-%02u", year, month, day);
                CHECK((ddg_date_parse(ddg_text_of(text), &date) == NULL) == good);
                CHECK(!good || (date.year == year && date.month == month && date.day == day &&
                                date.quarter == (month + 2) / 3));
            }
}

static void check_prefix(void)
{
    CHECK_TEXT(label_of("z:prefix(3)", "95814"), "958");
    CHECK_TEXT(label_of("z:prefix(3)", "95"), "95");
    CHECK_TEXT(label_of("z:prefix(2)", "\xc3\xa9\xe2\x82\xacz"), "\xc3\xa9\xe2\x82\xac");
    CHECK_TEXT(label_of("z:prefix(1)", "\xf0\x9f\x98\x80x"), "\xf0\x9f\x98\x80");
    CHECK_TEXT(label_of("z:prefix(4):prefix(2):width(10)", "9581"), "90-99");
    CHECK_TEXT(label_of("z:prefix(0)", "x"), "?? a recoding's number is 1 or more");
}

static void check_map(void)
{
    char path[] = "/tmp/ddg-map-XXXXXX", spec[64];
    int fd = mkstemp(path);
    FILE *file = fd < 0 ? NULL : fdopen(fd, "w");

    if (!CHECK(file != NULL))
        return;
    fputs("value,label\n1,\"one, or so\"\n2,two\n3,\nvalue,label 2\n", file);
    fclose(file);
    snprintf(spec, sizeof spec, "m:map(%s)", path);
    CHECK_TEXT(label_of(spec, "1"), "one, or so");
    CHECK_TEXT(label_of(spec, "3"), "");
    CHECK_TEXT(label_of(spec, "value"), "label 2");
    CHECK_TEXT(label_of(spec, "4"), "! a value that the map does not have");
    snprintf(spec, sizeof spec, "m:map(\"%s\"):prefix(2)", path);
    CHECK_TEXT(label_of(spec, "2"), "tw");
    remove(path);
}

static void check_spec(void)
{
    struct ddg_spec spec = {0};
    struct ddg_context context = {0};

    CHECK(!ddg_spec_add(&spec, "county,age_group=age:bands(0,18),\"a,b\"=\"c:\"\"d\":year",
                        &context));
    CHECK(!ddg_spec_add(&spec, "zip:prefix(3)", &context));
    CHECK(spec.count == 4);
    CHECK(ddg_text_is(spec.dimension[0].name, "county") && spec.dimension[0].steps == 0);
    CHECK(ddg_text_is(spec.dimension[1].name, "age_group"));
    CHECK(ddg_text_is(spec.dimension[1].column, "age") && spec.dimension[1].steps == 1);
    CHECK(ddg_text_is(spec.dimension[2].name, "a,b"));
    CHECK(ddg_text_is(spec.dimension[2].column, "c:\"d") && spec.dimension[2].steps == 1);
    CHECK(ddg_text_is(spec.dimension[3].name, "zip"));
    CHECK(ddg_spec_find(&spec, ddg_text_of("a,b")) == 2);
    CHECK(ddg_spec_find(&spec, ddg_text_of("age")) == 4);
    CHECK(ddg_spec_add(&spec, "x=zip,zip", &context) == DDG_USAGE);
    ddg_spec_free(&spec);
}

static void check_bad_specs(void)
{
    static const char *const bad[] = {
        "",      ",",       "a,",       "a,,b",      "=a",         "a=",         "a:",
        "a=b=c", "a:year:", "a:width(", "a:width(5", "a:width()",  "a:width(,)", "a:width(5)x",
        "\"a",   "\"\"",    "\"a\"b",   "a:nothing", "a:map(/no)", "a:YEAR",     "a:width (5)",
    };

    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct ddg_spec spec = {0};
        struct ddg_context context = {0};

        if (!CHECK(ddg_spec_add(&spec, bad[i], &context) != DDG_OK))
            printf("  accepted: %s\n", bad[i]);
        CHECK(context.message[0] != '\0');
        ddg_spec_free(&spec);
    }
}

int main(void)
{
    check_bands();
    check_numbers();
    check_dates();
    check_calendar();
    check_prefix();
    check_map();
    check_spec();
    check_bad_specs();
    return check_result();
}
