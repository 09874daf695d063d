/*
 * Reports: digests, the record of what was read, and what each format says and does not say.
 */
#include "small_table.h"

#include "base/digest.h"
#include "base/digest_blocks.h"
#include "base/inputs.h"
#include "report/escape.h"
#include "report/message.h"
#include "report/picture.h"
#include "report/report.h"

/* Digests -------------------------------------------------------------------------------------- */

static const char *digest_of(const char *text, size_t length, size_t piece)
{
    static char room[DDG_DIGEST_ROOM];
    struct ddg_digest digest;

    ddg_digest_init(&digest);
    for (size_t at = 0; at < length; at += piece)
        ddg_digest_add(&digest, text + at, length - at < piece ? length - at : piece);
    ddg_digest_text(&digest, room);
    return room;
}

/* The examples that NIST gives for FIPS 180-4. */
static void test_digest(void)
{
    static const struct {
        const char *text, *digest;
    } known[] = {
        {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
         "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
        {"abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqr"
         "lmnopqrsmnopqrstnopqrstu",
         "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"},
    };
    static char many[1000000];
    char whole[DDG_DIGEST_ROOM];

    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        CHECK_TEXT(digest_of(known[i].text, strlen(known[i].text), 1 + i), known[i].digest);
    memset(many, 'a', sizeof many);
    CHECK_TEXT(digest_of(many, sizeof many, 4099),
               "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    for (size_t length = 0; length < 260; length++) {
        strcpy(whole, digest_of(many, length, 1000));
        for (size_t piece = 1; piece < 140; piece += 7)
            CHECK_TEXT(digest_of(many, length, piece), whole);
    }
}

/* Whatever the digest is made with here, both ways to make it agree. */
static void test_digest_twins(void)
{
#ifdef DDG_DIGEST_SHA
    unsigned char block[4 * DDG_DIGEST_BLOCK + 1];
    uint64_t random = 20251024;

    for (int i = 0; i < 2000 && __builtin_cpu_supports("sha"); i++) {
        uint32_t scalar[8], sha[8];
        size_t count = (size_t)i % 5, start = (size_t)i % 2;

        for (size_t at = 0; at < sizeof block; at++)
            block[at] = (unsigned char)check_random(&random);
        for (size_t at = 0; at < 8; at++)
            scalar[at] = sha[at] = (uint32_t)check_random(&random);
        ddg_digest_blocks_scalar(scalar, block + start, count);
        ddg_digest_blocks_sha(sha, block + start, count);
        CHECK(memcmp(scalar, sha, sizeof sha) == 0);
    }
#endif
}

static void test_inputs(void)
{
    static const char text[] = "a,count\nx,1\n";
    struct ddg_inputs inputs = {0};
    struct ddg_context context = {.inputs = &inputs};
    struct ddg_description description;
    struct ddg_table table;
    char path[SMALL_PATH_ROOM], room[DDG_DIGEST_ROOM];
    const char *paths[] = {path};

    small_file(path, text);
    ddg_description_init(&description, DDG_AUDIT);
    CHECK(!ddg_table_read(&table, &description, paths, 1, &context));
    if (CHECK(inputs.count == 1)) {
        CHECK_TEXT(inputs.input[0].name, path);
        CHECK(inputs.input[0].digest.length == strlen(text));
        ddg_digest_text(&inputs.input[0].digest, room);
        CHECK_TEXT(room, digest_of(text, strlen(text), strlen(text)));
    }
    unlink(path);
    ddg_table_free(&table);
    ddg_description_free(&description);
    ddg_inputs_free(&inputs);
}

/* Escaping ------------------------------------------------------------------------------------- */

static const char *escaped(const char *bytes, size_t length, enum ddg_escape escape)
{
    static char room[512];
    struct ddg_context context = {0};
    struct ddg_sink sink = {.context = &context};

    ddg_escape(&sink, (struct ddg_text){bytes, length}, escape);
    CHECK(sink.used < sizeof room);
    memcpy(room, sink.buffer ? sink.buffer : "", sink.used);
    room[sink.used] = '\0';
    free(sink.buffer);
    return room;
}

static const char *escaped_string(const char *string, enum ddg_escape escape)
{
    return escaped(string, strlen(string), escape);
}

#define BAD "\xef\xbf\xbd"

static void test_escape(void)
{
    CHECK_TEXT(escaped_string("a<b>&\"'", DDG_ESCAPE_HTML), "a&lt;b&gt;&amp;&quot;&#39;");
    CHECK_TEXT(escaped_string("a\"\\/\n\x01\x7f", DDG_ESCAPE_JSON),
               "a\\\"\\\\/\\u000a\\u0001\\u007f");
    CHECK_TEXT(escaped("a\0b", 3, DDG_ESCAPE_JSON), "a\\u0000b");
    CHECK_TEXT(escaped("a\0b", 3, DDG_ESCAPE_TEXT), "a" BAD "b");
    CHECK_TEXT(escaped_string("a\tb\r\nc", DDG_ESCAPE_TEXT), "a b  c");
    CHECK_TEXT(escaped_string("\x1b[31m", DDG_ESCAPE_HTML), BAD "[31m");
    CHECK_TEXT(escaped_string("\xe2\x80\xaelatoT", DDG_ESCAPE_HTML), BAD "latoT");
    CHECK_TEXT(escaped_string("\xe2\x80\xaelatoT", DDG_ESCAPE_JSON), "\\u202elatoT");
    CHECK_TEXT(escaped_string("a|b*_`[x](y)", DDG_ESCAPE_MARKDOWN), "a\\|b\\*\\_\\`\\[x\\](y)");
    CHECK_TEXT(escaped_string("1. x", DDG_ESCAPE_MARKDOWN), "1\\. x");
    CHECK_TEXT(escaped_string("# x #", DDG_ESCAPE_MARKDOWN), "\\# x #");
    CHECK_TEXT(escaped_string("more may follow. WWW.x W.y", DDG_ESCAPE_MARKDOWN),
               "more may follow. WWW\\.x W.y");
    CHECK_TEXT(escaped_string("http://www.x.y", DDG_ESCAPE_MARKDOWN), "http\\://www\\.x.y");
    CHECK(ddg_escape_width(ddg_text_of("\xc3\xa9\xff\xe2\x82\xac")) == 3);
}

/* What is no UTF-8: stray and missing continuations, long forms, surrogates, too large. */
static void test_escape_malformed(void)
{
    static const char *const malformed[] = {
        "\x80", "\xc3", "\xc0\xaf", "\xe0\x80\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xff",
    };

    for (size_t i = 0; i < sizeof malformed / sizeof *malformed; i++) {
        char wanted[64] = "";

        for (size_t j = 0; j < strlen(malformed[i]); j++)
            strcat(wanted, BAD);
        CHECK_TEXT(escaped_string(malformed[i], DDG_ESCAPE_JSON), wanted);
        CHECK_TEXT(escaped_string(malformed[i], DDG_ESCAPE_HTML), wanted);
    }
    CHECK_TEXT(escaped_string("\xf0\x9f\x91\xa9\xc3\xa9", DDG_ESCAPE_JSON),
               "\xf0\x9f\x91\xa9\xc3\xa9");
}

/* Dates ---------------------------------------------------------------------------------------- */

static void test_date(void)
{
    struct ddg_context context = {0};
    char room[DDG_DATE_ROOM];
    int64_t seconds = 0;

    setenv("SOURCE_DATE_EPOCH", "1761323400", 1);
    CHECK(!ddg_record_date(&seconds, &context) && seconds == 1761323400);
    CHECK_TEXT(ddg_record_date_text(seconds, room), "2025-10-24T16:30:00Z");
    setenv("SOURCE_DATE_EPOCH", "253402300800", 1);
    CHECK(ddg_record_date(&seconds, &context) == DDG_USAGE);
    context = (struct ddg_context){0};
    setenv("SOURCE_DATE_EPOCH", "yesterday", 1);
    CHECK(ddg_record_date(&seconds, &context) == DDG_USAGE);
    context = (struct ddg_context){0};
    unsetenv("SOURCE_DATE_EPOCH");
    CHECK(!ddg_record_date(&seconds, &context) && seconds > 1761323400);
}

/* An audit made by hand -------------------------------------------------------------------------
 *
 * Hidden cells get the verdicts of a text, one letter each in the order of the rows: r, n, d, u or
 * s. Their ranges are numbers that stand nowhere else. */

enum { LOW = 8675309, HIGH = 8675311, FIGURE = 7654321 };

struct fake {
    struct small_table t;
    enum ddg_reader reader[4];
    struct ddg_release release;
    struct ddg_finding finding[1024];
    struct ddg_audit audit;
    struct ddg_inputs inputs;
    struct ddg_notices notices;
    struct ddg_report_record record;
    struct ddg_context context;
};

static const char hostile[] = "\"dim \"\"<b>\"\"\",b|ar,count,annotation\n"
                              "<script>alert('1')</script>,\"x\ny\",,1\n"
                              "\xff\xfe\x01,*a*,,2\n"
                              "\xe2\x80\xaelatoT,\"a\"\"b\",,1\n"
                              "</table></style>,z,40,\n"
                              "Total,z,50,\n";

static enum ddg_verdict verdict_of(char letter)
{
    switch (letter) {
    case 'r':
        return DDG_VERDICT_RECOVERED;
    case 'n':
        return DDG_VERDICT_NARROWED;
    case 'd':
        return DDG_VERDICT_DETERMINED;
    case 'u':
        return DDG_VERDICT_UNDECIDED;
    default:
        return DDG_VERDICT_SAFE;
    }
}

static void fake_findings(struct fake *fake, const char *verdicts)
{
    for (size_t m = 0; m < fake->t.table.measures; m++)
        for (uint32_t cell = 0; cell < fake->t.model.printed; cell++) {
            struct ddg_finding *finding = &fake->finding[fake->audit.findings];
            struct ddg_count count;

            CHECK(!ddg_table_count(&fake->t.table, &fake->t.description, cell,
                                   &fake->t.table.measure[m], &count, &fake->context));
            if (count.state == DDG_SHOWN || *verdicts == '\0')
                continue;
            *finding = (struct ddg_finding){
                .measure = (uint32_t)m,
                .cell = cell,
                .code = count.code,
                .how = "all but <this> | are shown",
                .figures = "7654321 minus the shown",
                .answer = {verdict_of(*verdicts++), DDG_METHOD_ROWS, LOW, HIGH, LOW + 1, HIGH},
            };
            fake->audit.count[finding->answer.verdict]++;
            fake->audit.findings++;
        }
}

static void fake_make(struct fake *fake, const char *table, const char *options,
                      const char *verdicts)
{
    static const char *const command[] = {"--report", "<x>.html"};
    static const char *equation[] = {"a < b"};
    size_t number;

    *fake = (struct fake){0};
    if (!CHECK(!small_table_read(&fake->t, DDG_AUDIT, table, options)))
        printf("%s\n", fake->t.context.message);
    for (size_t m = 0; m < 4; m++)
        fake->reader[m] = DDG_READER_CODES;
    fake->release = (struct ddg_release){
        .table = &fake->t.table,
        .description = &fake->t.description,
        .model = fake->t.model,
        .reader = fake->reader,
    };
    fake->audit.release = &fake->release;
    fake->audit.releases = 1;
    fake->audit.finding = fake->finding;
    fake->audit.equation = fake->audit.discovered = equation;
    fake->audit.equations = fake->audit.discoveries = 1;
    fake->audit.notices = &fake->notices;
    fake_findings(fake, verdicts);
    CHECK(!ddg_inputs_open(&fake->inputs, "a<b>.csv", &number, &fake->context));
    fake->record = (struct ddg_report_record){
        .tool = "ddg-audit",
        .version = "0.1",
        .date = 1761323400,
        .inputs = &fake->inputs,
        .option = command,
        .options = 2,
        .threshold = 11,
        .seconds = 1.5,
        .threads = 2,
    };
}

static void fake_free(struct fake *fake)
{
    ddg_notices_free(&fake->notices);
    ddg_inputs_free(&fake->inputs);
    small_table_free(&fake->t);
}

static char directory[] = "/tmp/ddg-report-XXXXXX";

static const char *path_of(const char *suffix)
{
    static char path[128];

    snprintf(path, sizeof path, "%s/report%s", directory, suffix);
    return path;
}

/* Writes a report and returns its text; the caller frees. */
static char *report_of(struct fake *fake, const char *suffix)
{
    const char *path = path_of(suffix);
    char *text = calloc(1, 1 << 22);
    FILE *file;

    CHECK(!ddg_report_write(path, &fake->audit, &fake->record, &fake->context));
    if (fake->context.error)
        printf("%s\n", fake->context.message);
    file = fopen(path, "r");
    if (!text || !file)
        abort();
    CHECK(fread(text, 1, (1 << 22) - 1, file) > 0);
    fclose(file);
    return text;
}

static const char *const suffixes[] = {".txt", ".md", ".html", ".json"};

enum { FORMATS = 4 };

/* Formats -------------------------------------------------------------------------------------- */

static bool is_clean(const char *text)
{
    for (const char *at = text; *at; at++)
        if ((unsigned char)*at < 0x20 && *at != '\n')
            return false;
    return strcmp(escaped_string("", DDG_ESCAPE_TEXT), "") == 0 && !strchr(text, 0x7f) &&
           !strstr(text, "\xe2\x80\xae") && !strchr(text, '\xff') && !strchr(text, '\xfe');
}

/* True when every element of the page is closed in turn, and nothing hostile became one. */
static bool is_balanced(const char *html)
{
    static const char *const alone[] = {"meta", "rect", "!DOCTYPE"};
    char open[64][16];
    size_t depth = 0;

    while ((html = strchr(html, '<')) != NULL) {
        bool closes = *++html == '/';
        size_t length;
        bool is_alone = false;

        html += closes;
        length = strcspn(html, " />\n");
        for (size_t i = 0; i < sizeof alone / sizeof *alone; i++)
            is_alone =
                is_alone || (strlen(alone[i]) == length && memcmp(alone[i], html, length) == 0);
        if (is_alone)
            continue;
        if (length == 0 || length >= sizeof *open || depth == 64)
            return false;
        if (!closes) {
            memcpy(open[depth], html, length);
            open[depth++][length] = '\0';
        } else if (depth == 0 || strlen(open[depth - 1]) != length ||
                   memcmp(open[--depth], html, length) != 0) {
            return false;
        }
    }
    return depth == 0;
}

static void test_hostile(void)
{
    struct fake fake;

    for (int values = 0; values <= 1; values++) {
        fake_make(&fake, hostile, "", "rnds");
        fake.record.show_values = values;
        fake.record.intervals = true;
        for (size_t i = 0; i < FORMATS; i++) {
            char *text = report_of(&fake, suffixes[i]);

            CHECK(is_clean(text));
            if (i == 2) {
                CHECK(is_balanced(text));
                CHECK(!strstr(text, "<script") && !strstr(text, "</table></style>"));
                CHECK(strstr(text, "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;"));
                CHECK(!strstr(text, "<th>"));
            }
            free(text);
        }
        fake_free(&fake);
    }
}

/* python3 reads the report and says what else should hold. */
static bool python_agrees(const char *path, const char *condition)
{
    char command[1024];

    snprintf(command, sizeof command,
             "python3 -m json.tool %s >/dev/null && python3 -c 'import json,sys\n"
             "r = json.load(open(sys.argv[1], encoding=\"utf-8\"))\n"
             "sys.exit(0 if (%s) else 1)' %s",
             path, condition, path);
    return system(command) == 0;
}

static void test_json(void)
{
    struct fake fake;

    fake_make(&fake, hostile, "", "rns");
    free(report_of(&fake, ".json"));
    CHECK(
        python_agrees(path_of(".json"),
                      "list(r)[:4] == [\"schema\", \"tool\", \"date\", \"values_shown\"] and "
                      "r[\"counts\"][\"recovered\"] == 1 and r[\"parameters\"][\"seconds\"] == 1.5 "
                      "and len(r[\"findings\"]) == 2 and r[\"findings\"][0][\"range\"] is None and "
                      "r[\"findings\"][0][\"figures\"] is None and len(r[\"steps\"]) == 6"));
    fake.record.show_values = fake.record.intervals = true;
    fake.finding[1].answer.high = DDG_UNBOUNDED;
    free(report_of(&fake, ".json"));
    CHECK(
        python_agrees(path_of(".json"),
                      "len(r[\"findings\"]) == 3 and r[\"findings\"][0][\"range\"] == {\"low\": "
                      "8675309, \"high\": 8675311, \"seen_low\": 8675310, \"seen_high\": 8675311} "
                      "and r[\"findings\"][1][\"range\"][\"high\"] is None"));
    fake_free(&fake);
}

/* No report has a hidden number unless it was asked for; and then it has. */
static void test_values(void)
{
    static const char *const secrets[] = {"86753", "8,675,3", "76543", "7,654,3", "<rect", "<svg"};
    struct fake fake;

    fake_make(&fake, hostile, "", "rns");
    for (size_t i = 0; i < FORMATS; i++) {
        char *text = report_of(&fake, suffixes[i]);

        for (size_t s = 0; s < sizeof secrets / sizeof *secrets; s++)
            CHECK(!strstr(text, secrets[s]));
        free(text);
    }
    fake.record.show_values = true;
    for (size_t i = 0; i < FORMATS; i++) {
        char *text = report_of(&fake, suffixes[i]);

        CHECK(strstr(text, "8675309") || strstr(text, "8,675,309"));
        CHECK(strstr(text, "7654321"));
        CHECK(i != 2 || strstr(text, "<rect"));
        free(text);
    }
    fake_free(&fake);
}

static void test_same_bytes(void)
{
    struct fake fake;

    fake_make(&fake, hostile, "", "rnu");
    for (size_t i = 0; i < FORMATS; i++) {
        char *first, *second;

        fake.audit.seconds = 1;
        first = report_of(&fake, suffixes[i]);
        fake.audit.seconds = 2;
        second = report_of(&fake, suffixes[i]);
        CHECK(strcmp(first, second) == 0);
        free(first);
        free(second);
    }
    fake_free(&fake);
}

static void test_names(void)
{
    static const char *const refused[] = {"report", "report.pdf", "report.HTML", ".html", "", "-"};
    struct ddg_context context = {0};
    struct fake fake;
    char *text;

    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        CHECK(ddg_report_check(refused[i], &context) == DDG_USAGE);
        context = (struct ddg_context){0};
    }
    CHECK(!ddg_report_check("a.b/c.json", &context));
    fake_make(&fake, hostile, "", "r");
    CHECK(ddg_report_write("/nowhere/x.txt", &fake.audit, &fake.record, &context) == DDG_IO);
    /* the old file stays when the new one is not whole */
    text = report_of(&fake, ".txt");
    fake.record.version = "0.2";
    CHECK(ddg_report_write(path_of(".txt"), &fake.audit, &fake.record, &context) == DDG_IO);
    free(text);
    text = calloc(1, 1 << 16);
    if (text) {
        FILE *file = fopen(path_of(".txt"), "r");

        CHECK(file && fread(text, 1, (1 << 16) - 1, file) > 0 && strstr(text, "ddg-audit 0.1"));
        if (file)
            fclose(file);
    }
    free(text);
    fake_free(&fake);
}

/* What reports say ----------------------------------------------------------------------------- */

static void check_sentence(const char *verdicts, bool broken, const char *wanted,
                           enum ddg_outcome outcome)
{
    struct fake fake;
    struct ddg_report report = {&fake.audit, &fake.record};
    struct ddg_prose prose = {0};
    struct ddg_notice notice = {.rule = "R-SUP-5",
                                .finding = true,
                                .row = DDG_WHOLE_TABLE,
                                .column = DDG_NO_COLUMN,
                                .measure = DDG_NO_MEASURE,
                                .text = "a rate"};

    fake_make(&fake, hostile, "", verdicts);
    prose.context = &fake.context;
    if (broken)
        CHECK(!ddg_notices_add(&fake.notices, &notice, &fake.context));
    CHECK(ddg_summary_outcome(&report) == outcome);
    ddg_summary_sentence(&report, &prose);
    CHECK_TEXT(ddg_prose_string(&prose), wanted);
    ddg_prose_free(&prose);
    fake_free(&fake);
}

static void test_sentences(void)
{
    check_sentence("", false,
                   "No cell of this publication is hidden, so that there was nothing to attack.",
                   DDG_OUTCOME_NOTHING);
    check_sentence("s", false,
                   "No hidden cell is given away to the attacker described here: for the only one, "
                   "at least as many values fit the publication as have to remain.",
                   DDG_OUTCOME_CLEAR);
    check_sentence(
        "su", false,
        "This audit came to no conclusion: 1 of 2 hidden cells remained undecided in the "
        "time allowed.",
        DDG_OUTCOME_OPEN);
    check_sentence(
        "rnd", true,
        "This publication gives hidden cells away: of 3 hidden cells, 1 can be recovered "
        "exactly, 1 can be narrowed to fewer values than have to remain, 1 would be known "
        "under a condition that is often met; rule checks have 1 finding.",
        DDG_OUTCOME_FINDINGS);
    check_sentence("ss", true,
                   "This publication breaks rules of the guideline (1 finding), although no hidden "
                   "cell was worked out.",
                   DDG_OUTCOME_FINDINGS);
}

static void test_message(void)
{
    static const char *conflict[] = {"A and B differ"};
    static const struct ddg_repeat repeat = {"b.csv", "a.csv"};
    const struct ddg_notice notices[] = {{.rule = "R-SUP-5", .finding = true, .text = "a rate"},
                                         {.rule = "R-SUP-11", .text = "a symbol"}};
    const struct ddg_knowledge knowledge = {.previous_count = 1,
                                            .previous_kind = DDG_PREVIOUS_MOVING};
    struct fake fake;
    struct ddg_report report = {&fake.audit, &fake.record};
    struct ddg_prose prose = {0};

    fake_make(&fake, hostile, "", "rnd");
    prose.context = &fake.context;
    for (size_t i = 0; i < 2; i++)
        CHECK(!ddg_notices_add(&fake.notices, &notices[i], &fake.context));
    fake.audit.overlapping = fake.audit.totals = true;
    fake.audit.absent = 1234;
    fake.audit.reader = DDG_READER_ZEROS;
    ddg_message_verdict(&report, &prose);
    CHECK_TEXT(
        ddg_prose_string(&prose),
        "ddg-audit: 1 of 3 hidden cells can be recovered, 1 narrowed to too few values, 1 "
        "more if nobody counts twice and other totals are known; 1 rule broken; 1234 without "
        "a row taken as hidden (attacker knows sums and that zeros are shown)\n");
    prose.used = 0;
    fake.audit.totals = false;
    fake.audit.unprinted = 5;
    fake.audit.unread = 6;
    fake.audit.repeat = &repeat;
    fake.audit.repeats = 1;
    fake.audit.conflict = conflict;
    fake.audit.conflicts = 1;
    ddg_message_remarks(&report, &knowledge, &prose);
    CHECK_TEXT(ddg_prose_string(&prose),
               "ddg-audit: note: b.csv holds the same as a.csv and is passed over\n"
               "ddg-audit: note: totals that are not printed (5) are taken as unknown; --totals "
               "implied takes them as known\n"
               "ddg-audit: note: rates that cannot be read, or have no population beside them (6), "
               "are passed over\n"
               "ddg-audit: note: nothing follows from earlier releases whose counts move with "
               "time\n"
               "ddg-audit: set aside: A and B differ\n"
               "ddg-audit: holds throughout: a < b\n"
               "ddg-audit: note: R-SUP-11: a symbol\n");
    ddg_prose_free(&prose);
    fake_free(&fake);
}

static void test_contents(void)
{
    static const char *const said[] = {
        "Step 1: personal characteristics",
        "Step 6: release",
        "Signature of the reviewer",
        "What the attack does not cover",
        "R-SUP-5",
        "stays beside a hidden count",
        "2025-10-24T16:30:00Z",
        "e3b0c44298fc1c1",
        "3 for small numbers",
    };
    struct ddg_notice notice = {.rule = "R-SUP-5",
                                .finding = true,
                                .row = 1,
                                .rows = 3,
                                .column = 0,
                                .measure = 0,
                                .text = "it stays beside a hidden count"};
    struct fake fake;

    fake_make(&fake, hostile, "", "rn");
    CHECK(!ddg_notices_add(&fake.notices, &notice, &fake.context));
    for (size_t i = 0; i < FORMATS; i++) {
        char *text = report_of(&fake, suffixes[i]);

        /* JSON has the rows of a notice as a number, and no headings */
        for (size_t s = i == 3 ? 4 : 0; s < sizeof said / sizeof *said; s++)
            if (!CHECK(strstr(text, said[s])))
                printf("  %s lacks %s\n", suffixes[i], said[s]);
        CHECK(i == 3 || strstr(text, "and 2 more"));
        free(text);
    }
    fake_free(&fake);
}

/* Maps ----------------------------------------------------------------------------------------- */

static void test_map(void)
{
    static const char table[] = "year,county,sex,count,annotation\n"
                                "2023,A,F,5,\n2023,A,M,6,\n2023,B,F,7,\n2023,B,M,8,\n2023,C,F,9,\n"
                                "2024,A,F,,1\n2024,A,M,,2\n2024,B,F,,1\n2024,C,M,,3\n";
    struct fake fake;
    struct ddg_report report = {&fake.audit, &fake.record};
    struct ddg_picture map;
    struct ddg_picture_grid grid;

    fake_make(&fake, table, "by year", "ssr");
    CHECK(!ddg_picture_make(&map, &report, 0, 0, 10, &fake.context));
    CHECK(map.slices == 2 && map.chosen == 1);
    CHECK(map.slice[0].hidden == 3 && map.slice[0].bad == 1);
    CHECK(!ddg_picture_grid_make(&grid, &map, &map.slice[0], &fake.context));
    if (CHECK(grid.down.count == 3 && grid.across.count == 2)) {
        static const unsigned char wanted[] = {
            DDG_MARK_SMALL, DDG_MARK_COMPLEMENTARY, DDG_MARK_RECOVERED,
            DDG_MARK_NONE,  DDG_MARK_NONE,          DDG_MARK_NO_DATA,
        };

        CHECK(memcmp(grid.mark, wanted, sizeof wanted) == 0);
    }
    ddg_picture_grid_free(&grid);
    ddg_picture_free(&map);
    /* where the kinds are not told apart no map tells them apart */
    fake.reader[0] = DDG_READER_ZEROS;
    CHECK(!ddg_picture_make(&map, &report, 0, 0, 10, &fake.context));
    CHECK(map.mark[5] == DDG_MARK_HIDDEN && map.mark[6] == DDG_MARK_HIDDEN);
    ddg_picture_free(&map);
    fake_free(&fake);
}

/* A large slice keeps what matters: rows with findings, in the order of the table. */
static void test_map_cut(void)
{
    enum { ROWS = 200 };
    static char table[ROWS * 24] = "place,count,annotation\n";
    char *at = table + strlen(table);
    struct fake fake;
    struct ddg_report report = {&fake.audit, &fake.record};
    struct ddg_picture map;
    struct ddg_picture_grid grid;

    for (int i = 0; i < ROWS; i++)
        at += sprintf(at, i % 50 == 49 ? "p%d,,1\n" : "p%d,70,\n", i);
    fake_make(&fake, table, "", "srnu");
    CHECK(!ddg_picture_make(&map, &report, 0, 0, 10, &fake.context));
    CHECK(!ddg_picture_grid_make(&grid, &map, &map.slice[0], &fake.context));
    CHECK(grid.across.count == 1 && !grid.across.category);
    if (CHECK(grid.down.count == DDG_PICTURE_ROWS_MOST)) {
        CHECK(grid.down.left_out == ROWS - DDG_PICTURE_ROWS_MOST);
        CHECK(grid.mark[DDG_PICTURE_ROWS_MOST - 1] == DDG_MARK_UNDECIDED);
        CHECK(grid.mark[DDG_PICTURE_ROWS_MOST - 2] == DDG_MARK_NARROWED);
        CHECK(grid.mark[DDG_PICTURE_ROWS_MOST - 3] == DDG_MARK_RECOVERED);
        CHECK(grid.mark[49] == DDG_MARK_SMALL && grid.mark[48] == DDG_MARK_SHOWN);
    }
    ddg_picture_grid_free(&grid);
    ddg_picture_free(&map);
    fake_free(&fake);
}

/* Tables of other shapes are drawn too: a single cell, one dimension, nested levels. */
static void test_shapes(void)
{
    static const struct {
        const char *table, *options;
    } shapes[] = {
        {"count,annotation\n,1\n", ""},
        {"a,count,annotation\nx,,1\ny,,1\nTotal,20,\n", ""},
        {"region,county,count,annotation\nN,A,,1\nN,B,,1\nN,Total,20,\nTotal,Total,20,\n",
         "nested region,county"},
        {"a,b,c,d,count,annotation\nx,y,z,w,,1\nx,y,z,v,,1\nx,y,z,Total,20,\n", ""},
        {"a,x,x_annotation,y,y_annotation\np,,1,3,\nq,,1,,1\nTotal,20,,8,\n",
         "count x,y; annotation x_annotation,y_annotation"},
    };
    struct fake fake;

    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        char *text;

        fake_make(&fake, shapes[i].table, shapes[i].options, "rsn");
        text = report_of(&fake, ".html");
        CHECK(is_balanced(text));
        CHECK(strstr(text, "class=\"map"));
        free(text);
        fake_free(&fake);
    }
}

int main(void)
{
    if (!mkdtemp(directory)) {
        perror(directory);
        return EXIT_FAILURE;
    }
    test_digest();
    test_digest_twins();
    test_inputs();
    test_escape();
    test_escape_malformed();
    test_date();
    test_hostile();
    test_json();
    test_values();
    test_same_bytes();
    test_names();
    test_sentences();
    test_message();
    test_contents();
    test_map();
    test_map_cut();
    test_shapes();
    for (size_t i = 0; i < FORMATS; i++)
        unlink(path_of(suffixes[i]));
    rmdir(directory);
    return check_result();
}
