/*
 * From tables to the attacker's problem and back: what counts say, which cells are one number,
 * equations, rates, earlier releases; and the options that say all this.
 */
#include "small_table.h"

#include "attack/audit.h"
#include "attack/rates.h"

enum { FILES_MOST = 4 };

/* An audit of tables that are written as texts. */
struct small_audit {
    struct small_table t; /* for its description and context */
    struct ddg_knowledge knowledge;
    struct ddg_releases releases;
    struct ddg_audit audit;
    char path[FILES_MOST][SMALL_PATH_ROOM];
    char words[1024]; /* NUL after each, for the knowledge looks into it */
};

static int option_id(const char *name)
{
    const struct ddg_option *option = ddg_knowledge_options;

    while (option->name && strcmp(option->name, name) != 0)
        option++;
    if (!option->name)
        abort();
    CHECK(ddg_knowledge_has(option->id));
    return option->id;
}

/* Sets options of the attacker from a text such as "knows codes; rounded 5". */
static enum ddg_error know(struct small_audit *a, const char *words)
{
    enum ddg_error error = DDG_OK;

    snprintf(a->words, sizeof a->words, "%s", words);
    for (char *at = a->words, *next; !error && at && *at; at = next) {
        char *value;

        next = strchr(at, ';');
        if (next)
            *next++ = '\0';
        at += strspn(at, " ");
        value = strchr(at, ' ');
        if (value)
            *value++ = '\0';
        error = ddg_knowledge_set(&a->knowledge, option_id(at), value, &a->t.context);
    }
    return error;
}

/* Audits up to three tables; one that begins with '<' is an earlier release. */
static enum ddg_error run(struct small_audit *a, const char *const *texts, size_t count,
                          const char *description, const char *words)
{
    struct ddg_audit_options options = {.knowledge = &a->knowledge, .decide = {.threads = 1}};
    const char *paths[FILES_MOST];
    enum ddg_error error;
    size_t today = 0;

    *a = (struct small_audit){0};
    ddg_description_init(&a->t.description, DDG_AUDIT);
    ddg_knowledge_init(&a->knowledge);
    error = small_options(&a->t, description);
    if (!error)
        error = know(a, words);
    for (size_t i = 0; i < count; i++) {
        small_file(a->path[i], texts[i] + (texts[i][0] == '<'));
        if (texts[i][0] == '<')
            ddg_knowledge_set(&a->knowledge, option_id("previous"), a->path[i], &a->t.context);
        else
            paths[today++] = a->path[i];
    }
    if (!error)
        error = ddg_releases_read(&a->releases, &a->t.description, paths, today, &a->knowledge,
                                  &a->t.context);
    if (!error)
        error = ddg_audit_run(&a->audit, &a->releases, &options, &a->t.context);
    for (size_t i = 0; i < count; i++)
        unlink(a->path[i]);
    return error;
}

static void finish(struct small_audit *a)
{
    ddg_audit_free(&a->audit);
    ddg_releases_free(&a->releases);
    ddg_knowledge_free(&a->knowledge);
    ddg_description_free(&a->t.description);
}

/* What was found, as "0 count g=a: recovered 4..4" (the release, the measure), joined by "; ". */
static const char *found(const struct small_audit *a, char *room, size_t size)
{
    static const char *const words[] = {"?",          "safe",     "undecided",
                                        "determined", "narrowed", "recovered"};
    size_t used = 0;

    room[0] = '\0';
    for (size_t i = 0; i < a->audit.findings && used < size; i++) {
        const struct ddg_finding *f = &a->audit.finding[i];
        const struct ddg_release *r = &a->audit.release[f->release];
        char cell[200];

        if (f->answer.verdict == DDG_VERDICT_SAFE)
            continue;
        ddg_model_describe(&r->model, f->cell, cell, sizeof cell);
        used += (size_t)snprintf(room + used, size - used, "%s%u %s %s: %s", used ? "; " : "",
                                 f->release, r->table->name[r->table->measure[f->measure].count].at,
                                 cell, words[f->answer.verdict]);
        if (f->answer.high != DDG_UNBOUNDED && used < size)
            used += (size_t)snprintf(room + used, size - used, " %lld..%lld",
                                     (long long)f->answer.low, (long long)f->answer.high);
    }
    return room;
}

/* Audits tables and compares what was found, and how many cells are hidden. */
static void check_tables(const char *const *texts, size_t count, const char *description,
                         const char *words, size_t hidden, const char *wanted)
{
    struct small_audit a;
    char room[2000];

    CHECK(!run(&a, texts, count, description, words));
    CHECK_TEXT(a.t.context.message, "");
    CHECK_TEXT(found(&a, room, sizeof room), wanted);
    CHECK(a.audit.findings == hidden);
    finish(&a);
}

static void check_one(const char *text, const char *description, const char *words, size_t hidden,
                      const char *wanted)
{
    check_tables(&text, 1, description, words, hidden, wanted);
}

static void check_failure(const char *const *texts, size_t count, const char *description,
                          const char *words, enum ddg_error wanted, const char *message)
{
    struct small_audit a;

    CHECK(run(&a, texts, count, description, words) == wanted);
    memcpy(a.t.path, a.path[0], sizeof a.t.path);
    CHECK_TEXT(small_message(&a.t), message);
    finish(&a);
}

/* Levels --------------------------------------------------------------------------------------- */

static void check_levels(void)
{
    static const char told[] = "g,count,annotation\na,,1\nb,,2\nTotal,14,\n";
    static const char small[] = "g,count,annotation\na,,1\nb,,1\nTotal,19,\n";

    check_one("g,count\na,\nb,\nTotal,2\n", "", "", 2,
              "0 count g=a: recovered 1..1; 0 count g=b: recovered 1..1");
    check_one("g,count\na,\nb,\nTotal,2\n", "", "knows sums", 2, "");
    check_one("g,count\na,\nb,\nTotal,3\n", "", "", 2, "");
    check_one("g,count\na,\nb,\nTotal,3\n", "", "min-values 3", 2,
              "0 count g=a: narrowed 1..2; 0 count g=b: narrowed 1..2");
    /* three values of each remain, four do not */
    check_one(told, "", "", 2, "");
    check_one(told, "", "min-values 4", 2,
              "0 count g=a: narrowed 1..3; 0 count g=b: narrowed 11..13");
    check_one(told, "", "min-values 4,3", 2, "0 count g=a: narrowed 1..3");
    check_one(told, "", "codes merged; min-values 4", 2, "");
    check_one(told, "", "knows threshold; min-values 4", 2, "");
    check_one(told, "threshold 13", "", 2,
              "0 count g=a: recovered 1..1; 0 count g=b: recovered 13..13");
    check_one(small, "", "", 2, "0 count g=a: narrowed 9..10; 0 count g=b: narrowed 9..10");
    check_one(small, "", "knows zeros", 2, "");
    /* a small count of a threshold of 3 has two values at the most */
    check_one("g,count,annotation\na,,1\nb,,1\nTotal,3,\n", "threshold 3", "", 2, "");
}

/* Lines ---------------------------------------------------------------------------------------- */

static void check_lines(void)
{
    /* persons, and categories that overlap */
    check_one("g,persons\na,\nb,20\nTotal,30\n", "", "", 1, "0 persons g=a: determined 10..30");
    check_one("g,persons\na,\nb,20\nTotal,20\n", "", "", 1, "0 persons g=a: determined 1..20");
    check_one("g,persons\na,\nb,1\nTotal,1\n", "", "", 1, "0 persons g=a: recovered 1..1");
    check_one("g,count\na,\nb,20\nTotal,30\n", "overlapping g", "", 1,
              "0 count g=a: determined 10..30");
    /* what the lines of two regions leave of a state */
    check_one("r,g,count\nx,a,\nx,b,\nx,Total,12\ny,a,20\ny,b,30\ny,Total,50\nTotal,a,24\n"
              "Total,b,38\nTotal,Total,62\n",
              "", "", 2, "0 count r=x, g=a: recovered 4..4; 0 count r=x, g=b: recovered 8..8");
    /* a row that is not there: zero, hidden, or what the total says */
    check_one("g,h,count\na,x,20\na,Total,24\nb,x,30\nb,y,40\nb,Total,70\n", "", "", 1,
              "0 count g=a, h=y: recovered 4..4");
    check_one("g,h,count\na,x,24\na,Total,24\nb,x,30\nb,y,40\nb,Total,70\n", "", "", 0, "");
    check_one("g,h,count\na,x,\na,Total,24\nb,x,30\nb,y,40\nb,Total,70\n", "absent zero", "", 1,
              "0 count g=a, h=x: recovered 24..24");
    check_one("g,h,count\na,x,\na,Total,24\nb,x,30\nb,y,40\nb,Total,70\n", "absent unknown", "", 2,
              "");
    /* a code says that the other part cannot make up the total */
    check_one("g,h,count,annotation\na,x,,1\na,Total,24,\nb,x,30,\nb,y,40,\nb,Total,70,\n", "", "",
              2, "");
    /* totals that are not printed, if they are known */
    check_one("g,count\na,\nb,20\n", "totals implied", "", 1, "0 count g=a: determined");
    check_one("g,count\na,\nb,5\n", "totals implied", "", 1, "");
    check_one("g,h,count\na,x,\na,y,20\nb,x,30\nb,y,\nTotal,x,35\n", "totals implied", "", 2,
              "0 count g=a, h=x: recovered 5..5; 0 count g=b, h=y: determined");
}

/* Ranges --------------------------------------------------------------------------------------- */

static void check_rounding(void)
{
    static const char fives[] = "g,count\na,\nb,15\nTotal,20\n";

    check_one(fives, "", "rounded 5", 1, "");
    check_one("g,count\na,\nb,20\nTotal,20\n", "", "rounded 5:up; min-values 5", 1,
              "0 count g=a: narrowed 1..4");
    check_one("g,count\na,\nb,20\nTotal,20\n", "", "rounded 5:down; min-values 5", 1,
              "0 count g=a: narrowed 1..4");
    check_one("g,count\na,\nb,20\nTotal,20\n", "", "rounded 5:random; min-values 9", 1,
              "0 count g=a: narrowed 1..8");
    check_one("g,count\na,\nb,20\nTotal,20\n", "", "rounded 5:controlled; min-values 9", 1,
              "0 count g=a: narrowed 1..8");
    check_one("g,count\na,\nb,20\nTotal,20\n", "", "rounded 5:nearest; min-values 5", 1,
              "0 count g=a: narrowed 1..4");
    check_one("g,count\na,\nb,0\nTotal,0\n", "", "rounded 5:down; min-values 5", 1,
              "0 count g=a: narrowed 1..4");
}

static void check_texts_as_ranges(void)
{
    static const char less[] = "g,count\na,<11\nb,<11\nc,30\nTotal,49\n";

    check_one(less, "range <11=1..10", "", 2,
              "0 count g=a: narrowed 9..10; 0 count g=b: narrowed 9..10");
    check_one(less, "range <11=1..10", "min-values 2", 2, "");
    check_one("g,count\na,1000+\nb,<=10\nTotal,1012\n", "range 1000+=1000..;range <=10=0..10", "",
              2, "");
    check_one("g,count\na,1000+\nb,<=10\nTotal,1001\n", "range 1000+=1000..;range <=10=0..10", "",
              2, "0 count g=b: narrowed 0..1");
}

static void check_rate_range(const char *rate, uint64_t per, uint64_t population, int64_t low,
                             int64_t high)
{
    struct ddg_decimal decimal = {0, 0};
    int64_t got[2] = {-1, -1};

    CHECK(ddg_decimal_parse(ddg_text_of(rate), &decimal));
    CHECK(ddg_rate_range(decimal, per, population, &got[0], &got[1]) == (low >= 0));
    CHECK(got[0] == low && got[1] == high);
}

static void check_rates(void)
{
    check_rate_range("0.4", 100, 7500, 27, 33);
    check_rate_range("0.0", 100, 7500, 0, 3);
    check_rate_range("0", 100, 7500, 0, 37);
    check_rate_range("100", 100, 10, 10, 10);
    check_rate_range("12.5", 100, 8, 1, 1);
    check_rate_range("12.6", 100, 8, -1, -1);
    check_rate_range("7", 100000, 20000, -1, -1);
    check_one("g,count,pct,pop\na,,0.0,7500\nb,15,1.0,1500\nc,0,0.0,900\n", "",
              "rate pct:100:pop; "
              "min-values 4",
              1, "0 count g=a: narrowed 1..3");
    check_one("g,count,pct,pop\na,,0.4 %,\"7,500\"\nb,15,1.0,1500\n", "",
              "rate pct:100:pop; min-values 8", 1, "0 count g=a: narrowed 27..33");
}

/* What cannot be ------------------------------------------------------------------------------- */

static void check_option(const char *words, const char *message)
{
    static const char *const text = "g,count\na,20\nTotal,20\n";

    check_failure(&text, 1, "", words, DDG_USAGE, message);
}

static void check_options(void)
{
    check_option("knows all", "--knows is sums, zeros, threshold or codes, not 'all'");
    check_option("codes 1", "--codes is merged or separate, not '1'");
    check_option("min-values 1", "--min-values is one or two whole numbers from 2 to 255, not '1'");
    check_option("min-values 3,",
                 "--min-values is one or two whole numbers from 2 to 255, not '3,'");
    check_option("rounded 5:off",
                 "--rounded BASE:HOW is nearest, random, controlled, up or down, not 'off'");
    check_option("rounded 1:up", "--rounded is a whole number from 2 to 1000000000, not '1'");
    check_option("rate pct:pop", "COLUMN:PER:POPULATION is wanted, not 'pct:pop'");
    check_option("rate pct:0:pop", "COLUMN:PER:POPULATION is wanted, not 'pct:0:pop'");
    check_option("link a", "A=B is wanted, not 'a'");
    check_option("equation a + b", "no equals sign in 'a + b'");
    check_option("equation a = b = c", "two equals signs in 'a = b = c'");
    check_option("equation a + a = b", "a name twice in 'a + a = b'");
    check_option("equation a + = b", "'A + B = C' or 'DIM: X + Y = Z' is wanted, not 'a + = b'");
    check_option("equation \"a\"b = c",
                 "'A + B = C' or 'DIM: X + Y = Z' is wanted, not '\"a\"b = c'");
    check_option("previous-kind old",
                 "--previous-kind is restated, cumulative or moving, not 'old'");
}

static void check_contradiction(const char *text, const char *description, const char *words,
                                const char *message)
{
    check_failure(&text, 1, description, words, DDG_INPUT, message);
}

static void check_contradictions(void)
{
    check_contradiction(
        "g,count\na,20\nb,20\nTotal,41\n", "", "",
        "4: no counts fit this line: a total and its parts disagree: g=Total (parts by g)");
    check_contradiction(
        "g,count\na,\nb,20\nTotal,20\n", "", "",
        "4: no counts fit this line: a total and its parts disagree: g=Total (parts by g)");
    check_contradiction(
        "g,persons\na,21\nb,\nTotal,20\n", "", "",
        "4: no counts fit this line: a total and its parts disagree: g=Total (parts by g)");
    check_contradiction("g,count\na,18446744073709551615\n", "", "",
                        "2: column 'count': a count too large to be attacked");
    check_contradiction("g,count\na,21\n", "", "rounded 5",
                        "2: column 'count': not a multiple of what --rounded says");
    check_contradiction("g,count,pct,pop\na,,12.6,8\n", "", "rate pct:100:pop",
                        "2: column 'pct': no count fits the rate");
    check_contradiction("g,count,pct,pop\na,50,0.1,1000\n", "", "rate pct:100:pop",
                        "2: column 'pct': no count fits the rate");
}

int main(void)
{
    check_options();
    check_contradictions();
    check_levels();
    check_lines();
    check_rounding();
    check_texts_as_ranges();
    check_rates();
    return check_result();
}
