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
    char words[SMALL_OPTIONS_ROOM]; /* see small_set() */
};

static enum ddg_error know(void *knowledge, int id, const char *value, struct ddg_context *context)
{
    CHECK(ddg_knowledge_has(id));
    return ddg_knowledge_set(knowledge, id, value, context);
}

/* Audits up to three tables, with options of the attacker such as "knows codes; rounded 5"; one
 * that begins with '<' is an earlier release. */
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
        error =
            small_set(a->words, words, ddg_knowledge_options, know, &a->knowledge, &a->t.context);
    for (size_t i = 0; i < count; i++) {
        small_file(a->path[i], texts[i] + (texts[i][0] == '<'));
        if (texts[i][0] == '<')
            know(&a->knowledge, small_option(ddg_knowledge_options, "previous"), a->path[i],
                 &a->t.context);
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
    for (size_t i = 0; i < a->audit.findings + a->audit.alone && used < size; i++) {
        const struct ddg_finding *f = &a->audit.finding[i];
        const struct ddg_release *r = &a->audit.release[f->release];
        char cell[200];

        if (f->answer.verdict == DDG_VERDICT_SAFE)
            continue;
        ddg_model_describe(&r->model, f->cell, cell, sizeof cell);
        used +=
            (size_t)snprintf(room + used, size - used, "%s%u %s %s: %s%s", used ? "; " : "",
                             f->release, r->table->name[r->table->measure[f->measure].count].at,
                             cell, i < a->audit.findings ? "" : "alone ", words[f->answer.verdict]);
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
    CHECK(a.audit.findings + a.audit.alone == hidden);
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
    /* somebody was counted twice: the parts cannot add up, and nothing follows from supposing it */
    check_one("g,persons\na,\nb,20\nTotal,20\n", "", "", 1, "");
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
    check_one("g,count\na,\nb,20\nTotal,20\n", "", "rounded 5:controlled:1; min-values 11", 1,
              "0 count g=a: narrowed 1..10");
    check_one("g,count\na,\nb,20\nTotal,20\n", "", "rounded 5:controlled:2; min-values 21", 1,
              "0 count g=a: narrowed 1..20");
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

/* Several tables ------------------------------------------------------------------------------- */

static void check_two(const char *one, const char *other, const char *description,
                      const char *words, size_t hidden, const char *wanted)
{
    const char *const texts[] = {one, other};

    check_tables(texts, 2, description, words, hidden, wanted);
}

static void check_links(void)
{
    static const char by_sex[] = "county,sex,count\nA,F,\nA,M,20\nB,F,30\nB,M,\n";
    static const char by_county[] = "county,count\nA,25\nB,\n";
    static const char in_dutch[] = "plaats,count\nA,25\nB,\n";

    /* what one table hides, the other shows */
    check_two("g,count\na,\nb,20\n", "g,x,count\na,Total,4\nb,Total,20\n", "", "", 1,
              "0 count g=a: recovered 4..4");
    /* a total that is printed in the other */
    check_two(by_sex, by_county, "", "", 3, "0 count county=A, sex=F: recovered 5..5");
    check_two(by_sex, in_dutch, "", "", 3, "");
    check_two(by_sex, in_dutch, "", "link county=plaats", 3,
              "0 count county=A, sex=F: recovered 5..5");
    /* measures of two names */
    check_two("g,count\na,\nb,20\n", "g,x,persons\na,u,4\na,v,5\n", "", "link count=persons", 1,
              "0 count g=a: determined 5..9");
    check_two("g,count\na,\nb,20\n", "g,x,persons\na,u,0\na,v,1\n", "", "link count=persons", 1,
              "0 count g=a: recovered 1..1");
    /* totals that neither prints: the same only over the same categories */
    check_two("c,s,count\nA,F,\nA,M,20\n", "c,g,count\nA,x,11\nA,y,13\n", "", "", 1,
              "0 count c=A, s=F: recovered 4..4");
    check_two("c,s,count\nA,F,\nA,M,20\n", "c,s,g,count\nA,X,x,11\nA,Y,x,13\n", "", "", 1, "");
    check_two("c,s,count\nA,F,\nB,M,20\n", "s,g,count\nF,x,11\nM,x,20\n", "", "", 1,
              "0 count c=A, s=F: recovered 11..11");
    /* rows of one header are one table, unless a cell stands in both: it is then listed once */
    check_two("g,count\na,\n", "g,count\nb,20\nTotal,24\n", "", "", 1,
              "0 count g=a: recovered 4..4");
    check_two("g,count\na,\nb,\nTotal,24\n", "g,count\na,\nb,20\n", "", "", 2,
              "0 count g=a: recovered 4..4; 0 count g=b: recovered 20..20");
    /* quarters of a year, distinct persons */
    check_two("c,y,persons,annotation\nA,1,,1\n", "c,y,q,persons\nA,1,q1,10\nA,1,q2,3\n", "", "", 1,
              "0 persons c=A, y=1: recovered 10..10");
}

static void check_conflicts(void)
{
    const char *const shown[] = {"g,count\na,4\nb,\nTotal,30\n", "g,x,count\na,Total,5\n"};
    const char *const lines[] = {"g,y,persons\na,1,4\nb,1,\nb,2,\n",
                                 "g,y,q,persons\na,1,q1,5\na,1,q2,3\nb,1,q1,1\n"};
    struct small_audit a;
    char room[400];

    CHECK(!run(&a, shown, 2, "", ""));
    CHECK(a.audit.conflicts == 1);
    CHECK(a.audit.conflicts == 1 &&
          strstr(a.audit.conflict[0], ": g=a, x=Total: another count than in "));
    CHECK_TEXT(found(&a, room, sizeof room), "0 count g=b: recovered 26..26");
    finish(&a);
    CHECK(!run(&a, lines, 2, "", ""));
    CHECK(a.audit.conflicts > 0 && strstr(a.audit.conflict[0], ": more than the total in "));
    finish(&a);
}

static void check_previous(void)
{
    static const char today[] = "g,count\na,\nb,\nc,30\nTotal,61\n";

    check_two(today, "<g,count\na,\nb,21\nc,30\nTotal,61\n", "", "", 2,
              "0 count g=a: recovered 10..10; 0 count g=b: recovered 21..21");
    /* corrected: what stands in a line with a count that changed may have changed, too */
    check_two(today, "<g,count\na,\nb,21\nc,29\nTotal,61\n", "", "", 3,
              "1 count g=a: alone recovered 11..11");
    check_two(today, "<g,count\na,\nb,21\nc,29\nTotal,60\n", "", "previous-kind moving", 3,
              "1 count g=a: alone recovered 10..10");
    /* cumulative: 21 of 31 are in b already, and a had 7 */
    check_two(today, "<g,count\na,7\nb,21\nc,29\nTotal,57\n", "",
              "previous-kind cumulative; min-values 5", 2,
              "0 count g=a: narrowed 7..10; 0 count g=b: narrowed 21..24");
    check_two("g,count\na,\nb,20\n", "<g,count\na,4\nb,20\n", "", "", 1,
              "0 count g=a: recovered 4..4");
    check_two("g,count\na,40\nb,20\n", "<g,count\na,\nb,20\n", "", "", 1,
              "1 count g=a: recovered 40..40");
}

static void check_growth(void)
{
    const char *const texts[] = {"g,count\na,40\nb,20\nc,60\n", "<g,count\na,30\nb,20\nc,49\n"};
    struct small_audit a;
    size_t found_growth = 0;

    CHECK(!run(&a, texts, 2, "", "previous-kind cumulative"));
    for (size_t i = 0; i < a.audit.notices[0].count; i++)
        if (strcmp(a.audit.notices[0].item[i].rule, "R-DOC-2") == 0) {
            CHECK(a.audit.notices[0].item[i].row == 0);
            found_growth++;
        }
    CHECK(found_growth == 1);
    finish(&a);
}

/* Equations ------------------------------------------------------------------------------------ */

static void check_equations(void)
{
    static const char doses[] = "g,one,full,any\na,,30,41\nb,20,,30\nTotal,,,71\n";
    static const char plans[] = "plan,g,count\nMHP,a,\nMHP,b,20\nMCP,a,30\nMCP,b,40\n"
                                "Core Set,a,34\nCore Set,b,60\n";

    check_one(doses, "count one,full,any", "equation one + full = any", 4,
              "0 one g=a: recovered 11..11; 0 one g=Total: recovered 31..31; "
              "0 full g=b: recovered 10..10; 0 full g=Total: recovered 40..40");
    check_one(doses, "count one,full,any", "", 4, "");
    check_one(plans, "", "", 1, "");
    check_one(plans, "", "equation plan: MHP + MCP = Core Set", 1,
              "0 count plan=MHP, g=a: recovered 4..4");
    check_one(plans, "", "equation \"plan\": \"Core Set\" = \"MHP\" + MCP", 1,
              "0 count plan=MHP, g=a: recovered 4..4");
}

static void check_partitions(void)
{
    static const char text[] = "county,type,value,count\nA,sex,F,\nA,sex,M,20\nA,age,young,10\n"
                               "A,age,old,14\nB,sex,F,\nB,sex,M,20\n";

    check_one(text, "by type", "", 2, "");
    check_one(text, "partitions type,value", "", 2,
              "0 count county=A, type=sex, value=F: recovered 4..4");
    check_one("type,value,count\nsex,F,\nsex,M,20\nage,y,10\nage,o,14\nTotal,Total,24\n",
              "partitions type,value", "", 1, "0 count type=sex, value=F: recovered 4..4");
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
    check_option("equation a + = b",
                 "'A + B = C' or '[COUNT @] DIM: X + Y = Z' is wanted, not 'a + = b'");
    check_option("equation \"a\"b = c",
                 "'A + B = C' or '[COUNT @] DIM: X + Y = Z' is wanted, not '\"a\"b = c'");
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
        "4: no counts fit this line: a total and its parts disagree: g=Total (parts by g); if "
        "zeros were hidden, too: --knows sums");
    check_contradiction(
        "g,persons\na,21\nb,\nTotal,20\n", "", "",
        "4: no counts fit this line: a total and its parts disagree: g=Total (parts by g)");
    check_contradiction("g,count\na,18446744073709551615\n", "", "",
                        "2: column 'count': a count of 2^53 or more cannot be attacked");
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
    check_links();
    check_conflicts();
    check_previous();
    check_growth();
    check_equations();
    check_partitions();
    return check_result();
}
