/*
 * Denominators that stand in a file (R-DEN-2).
 */
#include "small_table.h"

#include "rules/population.h"

static const char counties[] = "county,sex,count\nAlpine,F,0\nAlpine,M,10\nAlpine,Total,10\n"
                               "Kern,F,11\nKern,M,1\nKern,Total,12\nTotal,F,11\nTotal,M,11\n"
                               "Total,Total,22\n";

static enum ddg_error find(struct small_table *t, struct ddg_registry *registry, uint32_t row,
                           uint64_t *people, bool *found)
{
    uint32_t category[8];

    for (size_t d = 0; d < t->model.dimensions; d++)
        category[d] = ddg_model_category(&t->model, row, d);
    return ddg_registry_find(registry, category, people, found);
}

static enum ddg_error open_registry(struct small_table *t, const char *path,
                                    struct ddg_registry **registry)
{
    return ddg_registry_open(registry, t->model.dimension, t->model.dimensions, &t->description,
                             path, &t->context);
}

/* The population of each row as "1 2 -", "-" where none is known. */
static void check_people(const char *text, const char *options, const char *file,
                         const char *wanted)
{
    struct small_table t;
    struct ddg_registry *registry = NULL;
    char path[SMALL_PATH_ROOM], got[512] = "", *at = got;

    small_file(path, file);
    CHECK(!small_table_read(&t, DDG_THRESHOLD, text, options));
    CHECK(!open_registry(&t, path, &registry));
    for (uint32_t row = 0; row < t.table.rows; row++) {
        uint64_t people = 0;
        bool found = false;

        CHECK(!find(&t, registry, row, &people, &found));
        if (found)
            at += sprintf(at, "%llu ", (unsigned long long)people);
        else
            at += sprintf(at, "- ");
    }
    CHECK_TEXT(got, wanted);
    ddg_registry_close(registry);
    small_table_free(&t);
    unlink(path);
}

static void check_populations(void)
{
    check_people(counties, "", "county,population\nAlpine,1204\nKern,909235\n",
                 "1204 1204 1204 909235 909235 909235 910439 910439 910439 ");
    check_people(counties, "", "population,county\n1204,Alpine\n909235,Kern\n7,Total\n",
                 "1204 1204 1204 909235 909235 909235 7 7 7 ");
    check_people(counties, "", "county,population\nKern,909235\n",
                 "- - - 909235 909235 909235 - - - ");
    check_people(counties, "", "county,sex,population\nAlpine,F,600\nAlpine,M,604\nKern,F,450000\n",
                 "600 604 1204 450000 - - 450600 - - ");
    check_people(counties, "", "sex,population\nF,1\nM,2\n", "1 2 3 1 2 3 1 2 3 ");
    check_people("g,count\na,1\n", "loose", "g,population\na,\" 1,234 \"\n", "1234 ");
    /* sums that no number can hold are not known */
    check_people("g,count\na,1\nb,2\nTotal,3\n", "", "g,population\na,18446744073709551615\nb,1\n",
                 "18446744073709551615 1 - ");
}

static void check_refused(const char *file, enum ddg_error wanted, const char *message)
{
    struct small_table t;
    struct ddg_registry *registry = NULL;
    char path[SMALL_PATH_ROOM];

    small_file(path, file);
    CHECK(!small_table_read(&t, DDG_THRESHOLD, counties, ""));
    CHECK(open_registry(&t, path, &registry) == wanted);
    CHECK(strncmp(t.context.message, path, strlen(path)) == 0);
    CHECK_TEXT(t.context.message + strlen(path), message);
    ddg_registry_close(registry);
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

int main(void)
{
    check_populations();
    check_refusals();
    return check_result();
}
