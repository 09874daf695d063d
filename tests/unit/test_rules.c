/*
 * Denominators and the numerator-denominator condition (R-NUM, R-DEN, R-ND).
 */
#include "small_table.h"

#include "rules/condition.h"

static const char counties[] = "county,sex,count\nAlpine,F,0\nAlpine,M,10\nAlpine,Total,10\n"
                               "Kern,F,11\nKern,M,1\nKern,Total,12\nTotal,F,11\nTotal,M,11\n"
                               "Total,Total,22\n";

/* The population of each row as "1 2 -", "-" where none is known. */
static void check_people(const char *text, const char *options, const char *file,
                         const char *column, const char *wanted)
{
    struct small_table t;
    struct ddg_population population = {0};
    char path[SMALL_PATH_ROOM] = "", got[512] = "", *at = got;

    if (file)
        small_file(path, file);
    CHECK(!small_table_read(&t, DDG_THRESHOLD, text, options));
    CHECK(!ddg_population_read(&population, &t.model, &t.description, file ? path : column,
                               &t.context));
    for (size_t row = 0; population.found && row < t.table.rows; row++) {
        if (population.found[row])
            at += sprintf(at, "%llu ", (unsigned long long)population.people[row]);
        else
            at += sprintf(at, "- ");
    }
    CHECK_TEXT(got, wanted);
    ddg_population_free(&population);
    small_table_free(&t);
    if (file)
        unlink(path);
}

static void check_populations(void)
{
    check_people(counties, "", NULL, NULL, "- - - - - - - - - ");
    check_people(counties, "", "county,population\nAlpine,1204\nKern,909235\n", NULL,
                 "1204 1204 1204 909235 909235 909235 910439 910439 910439 ");
    check_people(counties, "", "population,county\n1204,Alpine\n909235,Kern\n7,Total\n", NULL,
                 "1204 1204 1204 909235 909235 909235 7 7 7 ");
    check_people(counties, "", "county,population\nKern,909235\n", NULL,
                 "- - - 909235 909235 909235 - - - ");
    check_people(counties, "", "county,sex,population\nAlpine,F,600\nAlpine,M,604\nKern,F,450000\n",
                 NULL, "600 604 1204 450000 - - 450600 - - ");
    check_people(counties, "", "sex,population\nF,1\nM,2\n", NULL, "1 2 3 1 2 3 1 2 3 ");
    check_people("g,count,people\na,1,5\nb,2,\nc,3,0\n", "", NULL, "people", "5 - 0 ");
    check_people("g,count,people\na,1,\" 1,234 \"\n", "loose", NULL, "people", "1234 ");
    /* sums that no number can hold are not known */
    check_people("g,count\na,1\nb,2\nTotal,3\n", "", "g,population\na,18446744073709551615\nb,1\n",
                 NULL, "18446744073709551615 1 - ");
}

static void check_refused(const char *file, enum ddg_error wanted, const char *message)
{
    struct small_table t;
    struct ddg_population population = {0};
    char path[SMALL_PATH_ROOM];

    small_file(path, file);
    CHECK(!small_table_read(&t, DDG_THRESHOLD, counties, ""));
    CHECK(ddg_population_read(&population, &t.model, &t.description, path, &t.context) == wanted);
    CHECK(strncmp(t.context.message, path, strlen(path)) == 0);
    CHECK_TEXT(t.context.message + strlen(path), message);
    ddg_population_free(&population);
    small_table_free(&t);
    unlink(path);
}

static void check_refusals(void)
{
    check_refused("area,population\nAlpine,1\n", DDG_USAGE,
                  ": no column is a dimension of the table");
    check_refused("county,people\nAlpine,1\n", DDG_USAGE, ": no column is called 'population'");
    check_refused("county,population\nAlpine,many\n", DDG_INPUT,
                  ":2: column 'population': not a whole number");
    check_refused("county,population\nAlpine,1\nAlpine,1\n", DDG_INPUT,
                  ":3: column 'population': a second population for the same cells: has the file "
                  "a dimension that the table lacks?");
}

/* Verdicts of all rows: "N" and "D" where numerator and denominator are good, "-" where not. */
static void check_condition(const char *text, const char *options, uint64_t least,
                            const char *wanted, uint64_t small, uint64_t failed, uint64_t missing)
{
    struct small_table t;
    struct ddg_population population = {0};
    struct ddg_condition condition = {0};
    char got[64] = "", *at = got;

    CHECK(!small_table_read(&t, DDG_THRESHOLD, text, options));
    CHECK(!ddg_population_read(&population, &t.model, &t.description, "people", &t.context));
    CHECK(
        !ddg_condition_judge(&condition, &t.model, &t.description, &population, least, &t.context));
    for (size_t row = 0; condition.numerator_ok && row < t.table.rows; row++)
        at += sprintf(at, "%c%c ", condition.numerator_ok[row] ? 'N' : '-',
                      condition.denominator_ok[row] ? 'D' : '-');
    CHECK_TEXT(got, wanted);
    CHECK(condition.small == small && condition.denominators_failed == failed &&
          condition.denominators_missing == missing);
    ddg_condition_free(&condition);
    ddg_population_free(&population);
    small_table_free(&t);
}

static void check_conditions(void)
{
    static const char edges[] = "g,count,people\na,0,20001\nb,1,20000\nc,10,\nd,11,20001\n";

    check_condition(edges, "", DDG_LEAST_POPULATION, "ND -- -- ND ", 2, 2, 1);
    check_condition(edges, "", 20000, "ND -D -- ND ", 2, 1, 1);
    check_condition(edges, "threshold 10", 20000, "ND -D N- ND ", 1, 1, 1);
    check_condition(edges, "threshold 40", 1, "ND -D -- -D ", 3, 1, 1);
    /* a population of nobody is known, and is no population even where no least is asked for */
    check_condition("g,count,people\na,0,0\n", "", 1, "N- ", 0, 1, 0);
    /* every measure has to be good; a cell without data is no small one */
    check_condition("g,n,m,people,n_annotation\na,11,10,30000,\nb,50,0,30000,\nc,,11,30000,3\n",
                    "count n,m", DDG_LEAST_POPULATION, "-D ND ND ", 1, 0, 0);
}

static void check_masked(const char *text, const char *message)
{
    struct small_table t;
    struct ddg_population population = {0};
    struct ddg_condition condition = {0};

    CHECK(!small_table_read(&t, DDG_THRESHOLD, text, ""));
    CHECK(!ddg_population_read(&population, &t.model, &t.description, NULL, &t.context));
    CHECK(ddg_condition_judge(&condition, &t.model, &t.description, &population,
                              DDG_LEAST_POPULATION, &t.context) == DDG_INPUT);
    CHECK_TEXT(small_message(&t), message);
    ddg_condition_free(&condition);
    ddg_population_free(&population);
    small_table_free(&t);
}

int main(void)
{
    check_populations();
    check_refusals();
    check_conditions();
    check_masked("g,count,annotation\na,5,\nb,,1\n",
                 "3: column 'count': suppressed already: the unmasked table is wanted");
    check_masked("g,count,annotation\na,5,\nb,,2\n",
                 "3: column 'count': suppressed already: the unmasked table is wanted");
    check_masked("g,count\na,5\nb,\n", "3: column 'count': blank, and no annotation says why");
    return check_result();
}
