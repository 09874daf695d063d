/*
 * The scoring criteria as data, labels of periods, places, and rows that go through a spool.
 */
#include "small_table.h"

#include "csv/spool.h"
#include "rules/period_label.h"
#include "score/criteria.h"
#include "score/gazetteer.h"

static const struct ddg_variable *variable(const struct ddg_criteria *c, const char *name)
{
    return ddg_criteria_find(c, ddg_text_of(name));
}

static int64_t of_number(const struct ddg_criteria *c, const char *name, uint64_t number)
{
    return ddg_class_of_number(variable(c, name), number)->score;
}

static void check_builtin(void)
{
    struct ddg_context context = {.error = DDG_OK};
    struct ddg_criteria c;

    CHECK(!ddg_criteria_read(&c, "2.0", NULL, &context));
    CHECK_TEXT(c.edition, "2.0");
    CHECK(c.release_most == 12 && c.age_end == 99 && c.high_risks > 0);
    CHECK(of_number(&c, "events", 10) == 7 && of_number(&c, "events", 1000) == 2);
    CHECK(of_number(&c, "age_range", 0) == 7);
    CHECK(of_number(&c, "time", 0) == 5 && of_number(&c, "time", 600) == -5);
    CHECK(of_number(&c, "residence", 4000) == 7 && of_number(&c, "residence", 4001) == 5);
    CHECK(ddg_class_of_label(variable(&c, "sex"), ddg_text_of("FEMALE"))->score == 1);
    CHECK(!ddg_class_of_label(variable(&c, "sex"), ddg_text_of("Martian")));
    CHECK(
        ddg_class_of_label(variable(&c, "race_ethnicity"), ddg_text_of("NH White alone"))->score ==
        2);
    CHECK(!ddg_class_of_label(variable(&c, "sex"), ddg_text_of("Male alone")));
    CHECK(!ddg_class_of_label(variable(&c, "race_ethnicity"), ddg_text_of("of any race")));
    CHECK(ddg_class_of_label(variable(&c, "immigration"), ddg_text_of("Martian"))->high_risk);
    CHECK(!ddg_class_named(variable(&c, "service"), ddg_text_of("address")));
    CHECK(ddg_class_named(variable(&c, "service"), ddg_text_of("Rural"))->score == 5);
    CHECK(ddg_class_highest(variable(&c, "insurance"))->score == 5);
    CHECK(!variable(&c, "shoe_size") && ddg_phrases_have(&c.nothing, ddg_text_of("UNKNOWN")));
    ddg_criteria_free(&c);
    CHECK(!ddg_criteria_read(&c, "1.0", NULL, &context));
    CHECK(of_number(&c, "age_range", 40) == 2 && !variable(&c, "insurance"));
    CHECK(ddg_class_of_label(variable(&c, "race"), ddg_text_of("Martian"))->score == 4);
    ddg_criteria_free(&c);
}

#define HEADER                                                                                     \
    "variable,category,min,max,score,section,note,by,columns,labels,least,crossed,refines\n"
#define LIMITS "edition,x,,,,,,,,,,,\ndecision,release,,12,,,,,,,,,\ndecision,mask,13,,,,,,,,,,\n"

/* Labels of a variable before item `j` of class `i` that are the same, and so hide it. */
static size_t count_before(const struct ddg_variable *v, size_t i, size_t j)
{
    const char *label = v->class[i].labels.item[j];
    size_t count = 0;

    for (size_t class = 0; class <= i; class ++)
        for (size_t k = 0; k < (class == i ? j : v->class[class].labels.count); k++)
            count += strcmp(v->class[class].labels.item[k], label) == 0;
    return count;
}

/* Every label that is built in is one that some content has, in its own class. */
static void check_labels(const char *edition)
{
    struct ddg_context context = {.error = DDG_OK};
    struct ddg_criteria c;

    CHECK(!ddg_criteria_read(&c, edition, NULL, &context));
    for (size_t i = 0; i < c.variables; i++)
        for (size_t j = 0; j < c.variable[i].classes; j++)
            for (size_t k = 0; k < c.variable[i].class[j].labels.count; k++) {
                const struct ddg_variable *v = &c.variable[i];
                const char *label = v->class[j].labels.item[k];

                if (!CHECK(count_before(v, j, k) == 0) ||
                    !CHECK(ddg_class_with_label(v, ddg_text_of(label)) == &v->class[j]))
                    printf("# %s, %s:%s\n", edition, v->name, label);
            }
    ddg_criteria_free(&c);
}

static void check_refused(const char *text, const char *message)
{
    struct ddg_context context = {.error = DDG_OK};
    struct ddg_criteria c;
    char path[SMALL_PATH_ROOM];

    small_file(path, text);
    CHECK(ddg_criteria_read(&c, "2.0", path, &context));
    CHECK_TEXT(context.message + (strncmp(context.message, path, strlen(path)) ? 0 : strlen(path)),
               message);
    ddg_criteria_free(&c);
    unlink(path);
}

static void check_refusals(void)
{
    check_refused(HEADER "a,c,x,,1,,,count,,,,,\n", ":2: column 'min': not a whole number");
    check_refused(HEADER "a,c,2,1,1,,,count,,,,,\n", ":2: column 'max': less than min");
    check_refused(HEADER "a,c,1,2,,,,count,,,,,\n",
                  ":2: column 'score': neither a whole number nor 'high-risk'");
    check_refused(HEADER "a,c,1,2,1,,,count,,,,,\na,c,3,4,1,,,years,,,,,\n",
                  ":3: column 'by': not what the rows before it say of the variable");
    check_refused(HEADER "a,c,1,,1,,,count,,,,,\nb,c,1,,1,,,years,,,,,\na,c,1,,1,,,count,,,,,\n",
                  ":4: column 'variable': other rows of the variable stand apart from this one");
    check_refused(HEADER "a,c,,,1,,,labels,,x,,,\naside,c,,,,,,,,alone,,,b\n",
                  ":3: column 'refines': no variable of a row before it");
    check_refused(HEADER ",c,1,,1,,,count,,,,,\n", ":2: column 'variable': blank");
    check_refused(HEADER LIMITS "a,c,1,,1,,,count,,,,,\n",
                  ": rows are missing: edition, decision (release and mask), and variables by "
                  "count, months, area and variables are wanted");
}

static void check_period(const char *label, const char *column, int wanted)
{
    uint32_t months = 9999;
    bool read = ddg_period_label_read(ddg_text_of(label), column, &months);

    if (!CHECK(read == (wanted >= 0)) || (read && !CHECK(months == (uint32_t)wanted)))
        printf("  '%s': %d, not %d\n", label, read ? (int)months : -1, wanted);
}

static void check_periods(void)
{
    static const struct {
        const char *label;
        int months;
    } plain[] = {
        {"2020", 12},         {"CY 2020", 12},
        {"FY2020-21", 12},    {"2020/21", 12},
        {"2018-2022", 60},    {"2018 to 2022", 60},
        {"2020-2021", 24},    {"SFY 2020-2021", 12},
        {"1999-00", 12},      {"2020Q1", 3},
        {"Q1 2020", 3},       {"2020 H2", 6},
        {"1st half 2020", 6}, {"2024-03", 1},
        {"2008-12", 1},       {"03/2024", 1},
        {"202403", 1},        {"March 2024", 1},
        {"Mar", 1},           {"Jul-Sep 2020", 3},
        {"2024-03-15", 0},    {"3/15/2024", 0},
        {"20240315", 0},      {"Week 5", 0},
        {"2018-22", -1}, /* or a week */
        {"2019-45", -1},      {"2020-W25", 0},
        {"2015, 2019", -1},   {"5 years", -1}, /* of anything */
        {"2022-2018", -1},    {"", -1},
        {"flu", -1},          {"3", -1},
        {"12345", -1},        {"Nov 2020-Feb 2021", 4},
    };

    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        check_period(plain[i].label, "", plain[i].months);
    check_period("3", " month ", 1);
    check_period("3", " quarter ", 3);
    check_period("3", " week ", 0);
    check_period("2020-2021", " fiscal year ", 12);
    /* November or a fiscal year: the shorter one scores higher */
    check_period("2010-11", "", 1);
    check_period("2010-11", DDG_PERIOD_COLUMN, 1);
    check_period("2010-11", " year ", 12);
    check_period("FY 2010-11", "", 12);
    check_period("2010/2011", "", 12);
    check_period("FY20", "", 12);
    check_period("19-20", " fiscal year ", 12);
    check_period("2010-11", " month ", 1);
    check_period("2018-22", " fiscal ", 60);
    check_period("2018-22", DDG_PERIOD_COLUMN, 60);
    check_period("18 months", DDG_PERIOD_COLUMN, 18);
    check_period("5 years", DDG_PERIOD_COLUMN, 60);
    CHECK(ddg_period_label_is_plain(ddg_text_of("Q1 2020")));
    CHECK(!ddg_period_label_is_plain(ddg_text_of("Q1")));
    CHECK(!ddg_period_label_is_plain(ddg_text_of("1234")));
}

static void check_places(void)
{
    struct ddg_context context = {.error = DDG_OK};
    struct ddg_gazetteer g;
    enum ddg_place_label how;
    uint64_t sum = 0;

    CHECK(!ddg_gazetteer_read(&g, &context));
    CHECK(g.places == 59 && g.place[0].people == 39538223);
    for (size_t i = 1; i < g.places; i++)
        sum += g.place[i].people;
    CHECK(sum == g.place[0].people);
    for (const char *const *label = (const char *const[]){"Alpine", "ALPINE County", "06003",
                                                          "6003", " Alpine ", "Alpine, CA", NULL};
         *label; label++)
        CHECK(ddg_gazetteer_find(&g, ddg_text_of(*label), &how) == &g.place[2]);
    CHECK(how == DDG_PLACE_NAME && g.place[2].shared);
    CHECK(ddg_gazetteer_find(&g, ddg_text_of("Kern County"), &how) && how == DDG_PLACE_SURE);
    CHECK(ddg_gazetteer_find(&g, ddg_text_of("06003"), &how) && how == DDG_PLACE_SURE);
    CHECK(!ddg_gazetteer_find(&g, ddg_text_of("003"), &how) && how == DDG_PLACE_DIGITS);
    CHECK(!ddg_gazetteer_find(&g, ddg_text_of("06002"), &how));
    CHECK(ddg_gazetteer_find(&g, ddg_text_of("california"), &how) == &g.place[0]);
    CHECK(ddg_gazetteer_code(&g, ddg_text_of("003"), false) == &g.place[2]);
    CHECK(ddg_gazetteer_code(&g, ddg_text_of("3"), true) == &g.place[2]);
    CHECK(ddg_gazetteer_code(&g, ddg_text_of("06"), true) == &g.place[0]);
    /* the second county is Alpine, too; the 43rd Santa Clara, and 06043 Mariposa */
    CHECK(ddg_gazetteer_code(&g, ddg_text_of("2"), false) == &g.place[2]);
    CHECK(!ddg_gazetteer_code(&g, ddg_text_of("2"), true));
    CHECK(ddg_gazetteer_code(&g, ddg_text_of("43"), false)->code == 6043);
    CHECK(!ddg_gazetteer_code(&g, ddg_text_of("06003"), false));
    ddg_gazetteer_free(&g);
}

/* Pieces of 1 to 50 bytes come back as they were, twice, whatever fits in memory. */
static void check_spool(size_t most)
{
    struct ddg_context context = {.error = DDG_OK};
    struct ddg_spool spool;
    char piece[50];

    ddg_spool_init(&spool, &context);
    spool.most = most;
    for (size_t i = 0; i < 5000; i++) {
        memset(piece, (int)(i % 251), sizeof piece);
        CHECK(!ddg_spool_add(&spool, piece, i % 50 + 1));
    }
    for (int again = 0; again < 2; again++) {
        CHECK(!ddg_spool_rewind(&spool));
        for (size_t i = 0; i < 5000; i++) {
            const char *got;

            memset(piece, (int)(i % 251), sizeof piece);
            CHECK(!ddg_spool_take(&spool, i % 50 + 1, &got));
            CHECK(memcmp(got, piece, i % 50 + 1) == 0);
        }
    }
    ddg_spool_free(&spool);
}

int main(void)
{
    check_builtin();
    check_labels("2.0");
    check_labels("1.0");
    check_refusals();
    check_periods();
    check_places();
    check_spool(0);
    check_spool(1);
    check_spool(1000);
    return check_result();
}
