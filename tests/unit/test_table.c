/*
 * The table layer: what counts and annotations say, which columns are what, which cells there are
 * and which lines bind them, beside the plainest definition of a line.
 */
#include "small_table.h"

/* Counts and annotations ---------------------------------------------------------------------- */

static void check_count(const char *options, const char *count, const char *annotation,
                        enum ddg_state state, enum ddg_code code, uint64_t value)
{
    struct small_table t = {0};
    struct ddg_count parsed;
    const char *what = "";

    ddg_description_init(&t.description, DDG_AUDIT);
    CHECK(!small_options(&t, options));
    CHECK(ddg_count_parse(&t.description, ddg_text_of(count), ddg_text_of(annotation), &parsed,
                          &what));
    CHECK_TEXT(what, "");
    CHECK(parsed.state == state && parsed.code == code && parsed.value == value);
    ddg_description_free(&t.description);
}

static void check_no_count(const char *options, const char *count, const char *annotation,
                           const char *wanted)
{
    struct small_table t = {0};
    struct ddg_count parsed;
    const char *what = "";

    ddg_description_init(&t.description, DDG_AUDIT);
    CHECK(!small_options(&t, options));
    CHECK(!ddg_count_parse(&t.description, ddg_text_of(count), ddg_text_of(annotation), &parsed,
                           &what));
    CHECK_TEXT(what, wanted);
    ddg_description_free(&t.description);
}

/* R-SUP-10, and texts that are never numbers unless an option says so. */
static void check_counts(void)
{
    static const char *const no_numbers[] = {"5.0", "1e3", "0x1", "18446744073709551616", "1 234"};
    static const char *const texts[] = {"S", "*", "-1", "None", "."};
    static const char *const ranges[] = {"<11", "1-10", "1000+", "\u226410", "10 or fewer"};
    static const char *const padded[] = {"1,234", " 5", "5 "};
    static const char *const no_codes[] = {"6", "00", "12"};

    check_count("", "0", "", DDG_SHOWN, DDG_CODE_NONE, 0);
    check_count("", "007", "0", DDG_SHOWN, DDG_CODE_NONE, 7);
    check_count("", "18446744073709551615", "", DDG_SHOWN, DDG_CODE_NONE, UINT64_MAX);
    check_count("", "12", "4", DDG_SHOWN, DDG_CODE_UNSTABLE, 12);
    check_count("", "12", "1", DDG_SHOWN, DDG_CODE_SMALL, 12);
    check_count("", "", "", DDG_BLANK, DDG_CODE_NONE, 0);
    check_count("", "", "0", DDG_BLANK, DDG_CODE_NONE, 0);
    check_count("", "", "1", DDG_SUPPRESSED, DDG_CODE_SMALL, 0);
    check_count("", "", "2", DDG_SUPPRESSED, DDG_CODE_COMPLEMENTARY, 0);
    check_count("", "", "3", DDG_NO_DATA, DDG_CODE_NO_DATA, 0);
    check_count("", "", "4", DDG_NO_DATA, DDG_CODE_UNSTABLE, 0);
    check_count("", "", "5", DDG_NO_DATA, DDG_CODE_INCOMPLETE, 0);
    check_count("hidden S,<11", "S", "", DDG_SUPPRESSED, DDG_CODE_NONE, 0);
    check_count("hidden S,<11", "<11", "", DDG_SUPPRESSED, DDG_CODE_NONE, 0);
    check_count("unannotated None,n/a", "3", "None", DDG_SHOWN, DDG_CODE_NONE, 3);
    check_count("unannotated None,n/a", "", "n/a", DDG_BLANK, DDG_CODE_NONE, 0);
    check_count("loose", " 293,311 ", " 0 ", DDG_SHOWN, DDG_CODE_NONE, 293311);
    check_count("loose; hidden S", " S ", "", DDG_SUPPRESSED, DDG_CODE_NONE, 0);
    check_count("loose", "  ", " 1 ", DDG_SUPPRESSED, DDG_CODE_SMALL, 0);
    check_count("loose; unannotated None", " 7 ", " None ", DDG_SHOWN, DDG_CODE_NONE, 7);
    for (size_t i = 0; i < sizeof no_numbers / sizeof *no_numbers; i++)
        check_no_count("", no_numbers[i], "", "not a whole number");
    for (size_t i = 0; i < sizeof no_codes / sizeof *no_codes; i++)
        check_no_count("", "1", no_codes[i], "an annotation that is no code (0 to 5)");
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        check_no_count("", texts[i], "",
                       "not a whole number; --hidden names texts that mean a hidden count");
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        check_no_count("", ranges[i], "",
                       "not a whole number; --range says which counts such a text means");
    for (size_t i = 0; i < sizeof padded / sizeof *padded; i++)
        check_no_count("", padded[i], "",
                       "not a whole number; --loose reads padded and grouped ones");
    check_no_count("loose", "29,3311", "", "not a whole number");
    check_no_count("hidden S", "s", "",
                   "not a whole number; --hidden names texts that mean a hidden count");
    check_no_count("", "1", "1 ",
                   "an annotation that is no code (0 to 5); --loose reads padded ones");
    check_no_count("", "1", "None",
                   "an annotation that is no code (0 to 5); --unannotated names texts that mean "
                   "none");
}

/* Columns ------------------------------------------------------------------------------------- */

static void check_columns(void)
{
    struct small_table t;

    CHECK(!small_table_read(&t, DDG_SUPPRESS, "a,b,persons,events,annotation\nx,y,3,4,\n", ""));
    CHECK(t.table.dims == 2 && t.table.dim[0] == 0 && t.table.dim[1] == 1);
    CHECK(t.table.measures == 1 && t.table.measure[0].count == 2 && t.table.measure[0].distinct);
    CHECK(t.table.measure[0].annotation == 4 && t.table.measure[0].text == DDG_NO_COLUMN);
    CHECK(ddg_table_find(&t.table, ddg_text_of("events")) == 3 &&
          ddg_table_find(&t.table, ddg_text_of("cost")) == DDG_NO_COLUMN);
    small_table_free(&t);

    CHECK(!small_table_read(&t, DDG_SUPPRESS, "n,m,a,m_annotation,g\n1,2,x,,y\n",
                            "count n,m; dims g,a"));
    CHECK(t.table.dims == 2 && t.table.dim[0] == 4 && t.table.dim[1] == 2);
    CHECK(ddg_table_find_dim(&t.table, ddg_text_of("a")) == 1 &&
          ddg_table_find_dim(&t.table, ddg_text_of("m")) == DDG_NO_COLUMN);
    CHECK(ddg_table_find_measure(&t.table, ddg_text_of("m")) == 1 &&
          ddg_table_find_measure(&t.table, ddg_text_of("a")) == DDG_NO_MEASURE);
    CHECK(t.table.measures == 2 && !t.table.measure[0].distinct);
    CHECK(t.table.measure[0].annotation == DDG_NO_COLUMN && t.table.measure[1].annotation == 3);
    small_table_free(&t);

    CHECK(!small_table_read(&t, DDG_SUPPRESS, "g,count\nx,5\n", "distinct"));
    CHECK(t.table.measure[0].distinct);
    small_table_free(&t);
}

static void check_refused(const char *text, const char *options, enum ddg_error wanted,
                          const char *message)
{
    struct small_table t;

    CHECK(small_table_read(&t, DDG_SUPPRESS, text, options) == wanted);
    CHECK_TEXT(small_message(&t), message);
    small_table_free(&t);
}

static void check_refusals(void)
{
    check_refused("g,n\nx,1\n", "", DDG_USAGE,
                  " no column called 'count' or 'persons': name it with --count");
    check_refused("g,count,persons\nx,1,1\n", "", DDG_USAGE,
                  " more than one column called 'count' or 'persons': name it with --count");
    check_refused("g,n,n\nx,1,1\n", "count n", DDG_USAGE, " two columns are called 'n'");
    check_refused("g,count\nx,1\n", "dims g,g", DDG_USAGE,
                  " column 'g' can only be one of dimension, count, annotation and its "
                  "description, once (--dims, --count, --annotation)");
    check_refused("g,count\nx,1\n", "count count,count", DDG_USAGE,
                  " column 'count' can only be one of dimension, count, annotation and its "
                  "description, once (--dims, --count, --annotation)");
    check_refused("g,count\nx,1\n", "dims count", DDG_USAGE,
                  " column 'count' can only be one of dimension, count, annotation and its "
                  "description, once (--dims, --count, --annotation)");
    check_refused("g,count\nx,1\nx,2\n", "", DDG_INPUT,
                  "3: the same cell stands in line 2 already");
    check_refused("g,count\nx,1\n", "by h", DDG_USAGE, " no dimension is called 'h'");
    check_refused("g,count\nx,1\n", "overlapping h", DDG_USAGE, " no dimension is called 'h'");
}

/* Cells and lines ------------------------------------------------------------------------------ */

static uint32_t parent_of(const struct ddg_model *m, uint32_t cell, size_t d)
{
    return m->dimension[d].parent[ddg_model_category(m, cell, d)];
}

/* Every line is a cell with all cells that are its parts along a dimension, and there is no other;
 * the turned lists say the same. */
static void check_lines(const struct ddg_model *m)
{
    size_t lines = 0;

    for (uint32_t total = 0; total < m->cells; total++)
        for (size_t d = 0; d < m->dimensions; d++) {
            uint32_t line = UINT32_MAX, parts = 0;

            for (uint32_t i = 0; i < m->lines; i++)
                if (m->line_dimension[i] == d && m->line_cell[m->line_start[i]] == total)
                    line = i;
            for (uint32_t cell = 0; cell < m->cells; cell++) {
                uint32_t parent = parent_of(m, cell, d);

                if (parent == DDG_NO_NAME || ddg_model_neighbour(m, cell, d, parent) != total)
                    continue;
                parts++;
                CHECK(line != UINT32_MAX && m->line_cell[m->line_start[line] + parts] == cell);
            }
            CHECK((line != UINT32_MAX) == (parts > 0));
            if (line == UINT32_MAX)
                continue;
            lines++;
            CHECK(m->line_start[line + 1] - m->line_start[line] == parts + 1);
            CHECK(ddg_model_height(m, total) > 0);
        }
    CHECK(lines == m->lines);
    for (uint32_t cell = 0; cell < m->cells; cell++)
        for (size_t i = m->cell_start[cell]; i < m->cell_start[cell + 1]; i++) {
            uint32_t line = m->cell_line[i];
            bool found = false;

            for (size_t j = m->line_start[line]; j < m->line_start[line + 1]; j++)
                found = found || m->line_cell[j] == cell;
            CHECK(found);
        }
    CHECK(m->lines == 0 || m->cell_start[m->cells] == m->line_start[m->lines]);
}

/* Implied cells come with every part before the cells that it is a part of. */
static void check_order(const struct ddg_model *m)
{
    uint32_t first = m->printed + m->absent, height = 0;

    for (uint32_t i = 0; i < m->cells - first; i++) {
        uint32_t cell = m->by_height[i];

        CHECK(cell >= first && cell < m->cells && ddg_model_height(m, cell) >= height);
        height = ddg_model_height(m, cell);
    }
}

static void check_two_by_two(void)
{
    struct small_table t;
    char where[64];
    uint32_t total;

    CHECK(!small_table_read(&t, DDG_SUPPRESS, "r,c,count\nx,u,1\nx,v,2\ny,u,3\ny,v,4\n", ""));
    CHECK(t.model.printed == 4 && t.model.cells == 9 && t.model.lines == 6 && t.model.absent == 0);
    total = small_cell(&t, "Total", "Total");
    CHECK(total >= 4 && total != DDG_NO_CELL && ddg_model_height(&t.model, total) == 2);
    CHECK(small_cell(&t, "x", "v") == 1 && small_cell(&t, "Total", "v") != DDG_NO_CELL);
    ddg_model_describe(&t.model, total, where, sizeof where);
    CHECK_TEXT(where, "r=Total, c=Total");
    ddg_model_describe(&t.model, total, where, 6);
    CHECK_TEXT(where, "r=Tot");
    check_lines(&t.model);
    check_order(&t.model);
    small_table_free(&t);

    CHECK(!small_table_read(&t, DDG_SUPPRESS, "r,c,count\nx,u,1\nx,v,2\ny,u,3\ny,v,4\n", "by r"));
    CHECK(t.model.cells == 6 && t.model.lines == 2);
    CHECK(small_cell(&t, "Total", "u") == DDG_NO_CELL);
    check_lines(&t.model);
    small_table_free(&t);

    CHECK(!small_table_read(&t, DDG_SUPPRESS, "count\n7\n", ""));
    CHECK(t.model.cells == 1 && t.model.lines == 0 && t.model.dimensions == 0);
    small_table_free(&t);
}

static void check_nested(void)
{
    struct small_table t;

    CHECK(!small_table_read(&t, DDG_SUPPRESS,
                            "region,county,count\nS,A,1\nS,B,2\nC,A,3\nS,Total,3\n",
                            "nested region,county"));
    /* two regions and the root beside three counties */
    CHECK(t.model.dimensions == 1 && t.model.cells == 6 && t.model.lines == 3);
    CHECK(small_cell(&t, "C", "Total") != DDG_NO_CELL);
    CHECK(small_cell(&t, "Total", "Total") != DDG_NO_CELL);
    CHECK(small_cell(&t, "Total", "A") == DDG_NO_CELL);
    CHECK(ddg_model_height(&t.model, small_cell(&t, "Total", "Total")) == 2);
    check_lines(&t.model);
    check_order(&t.model);
    small_table_free(&t);
}

static void check_hierarchy(void)
{
    struct small_table t;
    char path[SMALL_PATH_ROOM], options[128];
    uint64_t *keys = NULL;
    size_t count = 0, room = 0;

    small_file(path, "child,parent\na,East\nb,East\nz,North\n");
    snprintf(options, sizeof options, "hierarchy g=%s", path);
    CHECK(!small_table_read(&t, DDG_SUPPRESS, "g,count\na,1\nc,3\nEast,1\nTotal,4\n", options));
    CHECK(t.model.cells == 4 && t.model.lines == 2);
    CHECK(t.model.dimension[0].highest == 2);
    /* North and its z are nowhere in the table */
    CHECK(small_cell(&t, "North") == DDG_NO_CELL);
    check_lines(&t.model);
    for (uint32_t line = 0; line < t.model.lines; line++) {
        uint32_t total = t.model.line_cell[t.model.line_start[line]];

        CHECK(ddg_model_has_absent(&t.model, line));
        count = 0;
        CHECK(!ddg_model_absent_keys(&t.model, line, &keys, &count, &room, &t.context));
        /* b of East, North of the total */
        CHECK(count == 1 && (total == 2 || total == 3));
    }
    ddg_model_free(&t.model);
    CHECK(!ddg_model_build_with(&t.model, &t.table, &t.description, keys, count, &t.context));
    CHECK(t.model.absent == 1 && t.model.cells == 5);
    check_lines(&t.model);
    check_order(&t.model);
    free(keys);
    small_table_free(&t);
    unlink(path);
}

static void check_no_tree(const char *pairs, const char *message)
{
    struct small_table t;
    char path[SMALL_PATH_ROOM], options[128];

    small_file(path, pairs);
    snprintf(options, sizeof options, "hierarchy g=%s", path);
    CHECK(small_table_read(&t, DDG_SUPPRESS, "g,count\na,1\n", options) == DDG_INPUT);
    CHECK(strstr(t.context.message, message));
    small_table_free(&t);
    unlink(path);
}

/* Tables of random shape: some rows missing, some totals printed. */
static void check_random_tables(void)
{
    uint64_t state = 42;
    int tables = check_quickly() ? 20 : 200;

    for (int i = 0; i < tables; i++) {
        uint32_t dims = 1 + (uint32_t)(check_random(&state) % 3), rows = 0;
        char text[8192] = "", *at = text;
        struct small_table t;

        for (uint32_t d = 0; d < dims; d++)
            at += sprintf(at, "d%u,", d);
        at += sprintf(at, "count\n");
        for (uint32_t cell = 0; cell < 64; cell++) {
            if (cell >> (2 * dims) || check_random(&state) % 3 == 0)
                continue;
            for (uint32_t d = 0; d < dims; d++) {
                uint32_t label = cell >> (2 * d) & 3;

                at += label ? sprintf(at, "l%u,", label) : sprintf(at, "Total,");
            }
            at += sprintf(at, "1\n");
            rows++;
        }
        CHECK(!small_table_read(&t, DDG_SUPPRESS, text, ""));
        CHECK(t.model.printed == rows);
        check_lines(&t.model);
        check_order(&t.model);
        small_table_free(&t);
    }
}

int main(void)
{
    check_counts();
    check_columns();
    check_refusals();
    check_two_by_two();
    check_nested();
    check_hierarchy();
    check_no_tree("a,b\nb,a\n", "the hierarchy of 'g' has a category below itself");
    check_no_tree(
        "a,b\na,c\n",
        ":2: a category with two different parents: another hierarchy is a dimension of its own");
    check_no_tree("a,a\n", ":1: a category is its own parent");
    check_no_tree("Total,b\n", ":1: the total has no parent");
    check_no_tree("a\n", ":1: two columns are wanted: child,parent");
    check_random_tables();
    return check_result();
}
