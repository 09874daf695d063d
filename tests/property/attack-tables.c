/*
 * attack-tables: masks random tables with ddg-suppress and tries to undo it.
 *
 * The attacker is written against the text of the rules and shares no code with lib/: it builds the
 * tables, the hierarchies and the lines (a total and the parts that it adds up) itself, and reads
 * what ddg-suppress prints with a reader of its own.  A cell is recovered when every table of whole
 * numbers that fits the publication has the same value there.  The true table always fits, so the
 * attack looks for one more table that fits and differs in the cell: by search with bound
 * propagation, which is exhaustive when it finds none, and by elimination for cells that the
 * linear system alone determines.
 */
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L
#endif

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    MAX_DIMS = 4,
    MAX_LEAVES = 6,
    MAX_PARENTS = 3,
    MAX_NODES = MAX_LEAVES + MAX_PARENTS + 1,
    SMALL_TABLE = 40,
    MAX_INNER = 400,
    MAX_CELLS = 4096,
    MAX_LINES = 8192,
    MAX_TERMS = 32768,
    THRESHOLD = 11,
    WORKERS = 2,
    SELF_TEST_TABLES = 400,
    SHRINK_RUNS = 400,
    SHRUNK_FAILURES = 4,
    TOOL_SECONDS = 60,
};

/* ---------------------------------------------------------------- text */

struct text {
    char *at;
    size_t length, capacity;
};

static void die(const char *what)
{
    fprintf(stderr, "attack-tables: %s: %s\n", what, strerror(errno));
    exit(2);
}

static void *need(void *memory)
{
    if (!memory)
        die("memory");
    return memory;
}

static void text_add(struct text *text, const char *bytes, size_t length)
{
    if (text->length + length + 1 > text->capacity) {
        text->capacity = 2 * (text->length + length + 512);
        text->at = need(realloc(text->at, text->capacity));
    }
    if (length)
        memcpy(text->at + text->length, bytes, length);
    text->length += length;
    text->at[text->length] = '\0';
}

__attribute__((format(printf, 2, 3))) static void text_print(struct text *text, const char *format,
                                                             ...)
{
    char piece[512];
    va_list arguments;
    int length;

    va_start(arguments, format);
    length = vsnprintf(piece, sizeof piece, format, arguments);
    va_end(arguments);
    text_add(text, piece, length < (int)sizeof piece ? (size_t)length : sizeof piece - 1);
}

static void text_clear(struct text *text)
{
    text->length = 0;
    text_add(text, "", 0);
}

/* ---------------------------------------------------------------- random numbers */

static uint64_t mix(uint64_t x)
{
    x += 0x9e3779b97f4a7c15u;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

static uint64_t next_random(uint64_t *state)
{
    *state += 0x9e3779b97f4a7c15u;
    return mix(*state);
}

/* A whole number from `from` to `to`. */
static int pick(uint64_t *state, int from, int to)
{
    return from + (int)(next_random(state) % (uint64_t)(to - from + 1));
}

static bool chance(uint64_t *state, int percent)
{
    return pick(state, 1, 100) <= percent;
}

/* ---------------------------------------------------------------- random tables */

enum totals { IMPLIED, ADD, NONE };
enum printing { PRINT_ALL, PRINT_NONE, PRINT_MARGINS, PRINT_SOME };

/* Nodes are numbered leaves first, then parents, then the total. */
struct dimension {
    int leaves, parents;
    int parent[MAX_LEAVES]; /* 0 .. parents - 1, or -1 for straight under the total */
};

/* Everything that makes a table and the call that masks it. */
struct spec {
    uint64_t key; /* decides row order, and what is left out */
    int dims;
    struct dimension dim[MAX_DIMS];
    long inner[MAX_INNER]; /* the last dimension runs fastest */
    enum totals totals;
    enum printing printing;
    bool say_implied, absent_zeros, shuffled, persons, amounts, annotated, hierarchy_header;
};

struct line {
    int total, first, parts; /* the parts are term[first .. first + parts - 1] */
};

/* A table with all its margins, printed or not. */
struct table {
    const struct spec *spec;
    int cells, rows, lines, terms;
    int stride[MAX_DIMS];
    long truth[MAX_CELLS];
    bool leaf[MAX_CELLS], printed[MAX_CELLS];
    int order[MAX_CELLS]; /* the printed cells, row by row */
    struct line line[MAX_LINES];
    int term[MAX_TERMS];
};

static int nodes_of(const struct dimension *dim)
{
    return dim->leaves + dim->parents + 1;
}

static int inner_cells(const struct spec *spec)
{
    int cells = 1;

    for (int d = 0; d < spec->dims; d++)
        cells *= spec->dim[d].leaves;
    return cells;
}

static void choose_hierarchy(struct dimension *dim, uint64_t *random)
{
    dim->parents = pick(random, 1, dim->leaves < MAX_PARENTS ? dim->leaves : MAX_PARENTS);
    for (int leaf = 0; leaf < dim->leaves; leaf++) {
        if (leaf < dim->parents)
            dim->parent[leaf] = leaf;
        else if (chance(random, 15))
            dim->parent[leaf] = -1;
        else
            dim->parent[leaf] = pick(random, 0, dim->parents - 1);
    }
}

static void choose_shape(struct spec *spec, uint64_t *random)
{
    bool large = chance(random, 2);
    int from = large ? SMALL_TABLE + 1 : 1;
    int to = large ? MAX_INNER : SMALL_TABLE;

    do {
        spec->dims = large ? pick(random, 2, MAX_DIMS) : pick(random, 1, MAX_DIMS);
        for (int d = 0; d < spec->dims; d++) {
            spec->dim[d] = (struct dimension){.leaves = pick(random, 2, MAX_LEAVES)};
            for (int leaf = 0; leaf < MAX_LEAVES; leaf++)
                spec->dim[d].parent[leaf] = -1;
        }
    } while (inner_cells(spec) < from || inner_cells(spec) > to);
    if (chance(random, 40))
        choose_hierarchy(&spec->dim[pick(random, 0, spec->dims - 1)], random);
}

static void choose_counts(struct spec *spec, uint64_t *random)
{
    static const int mixture[][4] = {
        /* zero, 1..3, 1..10, 11..40, the rest large: percent */
        {35, 10, 30, 17}, {10, 5, 25, 40}, {60, 15, 15, 5}, {20, 50, 15, 10}, {5, 5, 5, 20},
    };
    const int *share = mixture[pick(random, 0, 4)];
    int cells = inner_cells(spec);

    for (int i = 0; i < cells; i++) {
        int draw = pick(random, 1, 100);

        if ((draw -= share[0]) <= 0)
            spec->inner[i] = 0;
        else if ((draw -= share[1]) <= 0)
            spec->inner[i] = pick(random, 1, 3);
        else if ((draw -= share[2]) <= 0)
            spec->inner[i] = pick(random, 1, THRESHOLD - 1);
        else if ((draw -= share[3]) <= 0)
            spec->inner[i] = pick(random, THRESHOLD, 40);
        else
            spec->inner[i] = pick(random, 41, 3000);
    }
}

static void make_spec(struct spec *spec, uint64_t seed, long number)
{
    uint64_t random = mix(seed) ^ mix((uint64_t)number * 2654435761u + 1);

    memset(spec, 0, sizeof *spec);
    choose_shape(spec, &random);
    choose_counts(spec, &random);
    spec->key = next_random(&random);
    if (chance(&random, 30)) {
        spec->totals = (enum totals)pick(&random, IMPLIED, NONE);
        spec->printing = (enum printing)pick(&random, PRINT_NONE, PRINT_SOME);
    }
    spec->say_implied = chance(&random, 50);
    spec->absent_zeros = chance(&random, 30);
    spec->shuffled = chance(&random, 30);
    spec->persons = chance(&random, 15) &&
                    (spec->printing == PRINT_ALL || spec->totals != ADD); /* nobody knows them */
    spec->amounts = chance(&random, 20);
    spec->annotated = chance(&random, 15);
    spec->hierarchy_header = chance(&random, 50);
}

static int node_of(const struct table *table, int cell, int d)
{
    return cell / table->stride[d] % nodes_of(&table->spec->dim[d]);
}

/* What the node is: 0 a leaf, 1 a parent, 2 the total. */
static int level_of(const struct dimension *dim, int node)
{
    return node < dim->leaves ? 0 : node < dim->leaves + dim->parents ? 1 : 2;
}

/* The node that `node` is a part of, or -1. */
static int above(const struct dimension *dim, int node)
{
    int level = level_of(dim, node);

    if (level == 2)
        return -1;
    if (level == 0 && dim->parent[node] >= 0)
        return dim->leaves + dim->parent[node];
    return dim->leaves + dim->parents;
}

/* Adds `value` to the cell and, from dimension d on, to everything above it. */
static void add_upwards(struct table *table, int cell, int d, long value)
{
    int node;

    if (d == table->spec->dims) {
        table->truth[cell] += value;
        return;
    }
    node = node_of(table, cell, d);
    for (int up = node; up >= 0; up = above(&table->spec->dim[d], up))
        add_upwards(table, cell + (up - node) * table->stride[d], d + 1, value);
}

static void add_counts(struct table *table)
{
    const struct spec *spec = table->spec;
    int cells = inner_cells(spec);

    for (int i = 0; i < cells; i++) {
        int cell = 0, rest = i;

        for (int d = spec->dims - 1; d >= 0; d--) {
            cell += rest % spec->dim[d].leaves * table->stride[d];
            rest /= spec->dim[d].leaves;
        }
        table->leaf[cell] = true;
        add_upwards(table, cell, 0, spec->inner[i]);
    }
}

static void add_line(struct table *table, int total, int d)
{
    const struct dimension *dim = &table->spec->dim[d];
    struct line *line = &table->line[table->lines++];
    int node = node_of(table, total, d);

    *line = (struct line){.total = total, .first = table->terms};
    for (int part = 0; part < nodes_of(dim); part++)
        if (above(dim, part) == node)
            table->term[table->terms++] = total + (part - node) * table->stride[d];
    line->parts = table->terms - line->first;
}

static void add_lines(struct table *table)
{
    const struct spec *spec = table->spec;

    for (int cell = 0; cell < table->cells; cell++)
        for (int d = 0; d < spec->dims; d++)
            if (level_of(&spec->dim[d], node_of(table, cell, d)) > 0) {
                if (table->lines == MAX_LINES || table->terms + MAX_NODES > MAX_TERMS) {
                    errno = ENOMEM;
                    die("a table with too many lines");
                }
                add_line(table, cell, d);
            }
}

static bool is_printed(const struct table *table, int cell)
{
    const struct spec *spec = table->spec;
    uint64_t margin = 1;

    if (spec->absent_zeros && table->truth[cell] == 0 && (mix(spec->key ^ mix((uint64_t)cell)) & 1))
        return false;
    if (table->leaf[cell] || spec->printing == PRINT_ALL)
        return true;
    for (int d = 0; d < spec->dims; d++)
        margin = 3 * margin + (uint64_t)level_of(&spec->dim[d], node_of(table, cell, d));
    if (spec->printing == PRINT_MARGINS)
        return mix(spec->key + margin) & 1;
    return spec->printing == PRINT_SOME && (mix(spec->key + 7919u * (uint64_t)cell) & 3);
}

static void choose_rows(struct table *table)
{
    uint64_t random = table->spec->key;

    for (int cell = 0; cell < table->cells; cell++)
        if ((table->printed[cell] = is_printed(table, cell)))
            table->order[table->rows++] = cell;
    for (int i = table->rows - 1; table->spec->shuffled && i > 0; i--) {
        int other = pick(&random, 0, i), cell = table->order[i];

        table->order[i] = table->order[other];
        table->order[other] = cell;
    }
}

static void build_table(struct table *table, const struct spec *spec)
{
    memset(table, 0, sizeof *table);
    table->spec = spec;
    table->cells = 1;
    for (int d = spec->dims - 1; d >= 0; d--) {
        table->stride[d] = table->cells;
        table->cells *= nodes_of(&spec->dim[d]);
    }
    if (table->cells > MAX_CELLS) {
        errno = ENOMEM;
        die("a table with too many cells");
    }
    add_counts(table);
    add_lines(table);
    choose_rows(table);
}

/* ---------------------------------------------------------------- writing */

static void write_label(struct text *out, const struct dimension *dim, int d, int node)
{
    switch (level_of(dim, node)) {
    case 0:
        text_print(out, "%c%d", 'a' + d, node + 1);
        break;
    case 1:
        text_print(out, "group %c%d", 'a' + d, node - dim->leaves + 1);
        break;
    default:
        text_print(out, "Total");
    }
}

static void write_cell(struct text *out, const struct table *table, int cell)
{
    for (int d = 0; d < table->spec->dims; d++) {
        write_label(out, &table->spec->dim[d], d, node_of(table, cell, d));
        text_print(out, ",");
    }
}

static void write_header(struct text *out, const struct spec *spec)
{
    for (int d = 0; d < spec->dims; d++)
        text_print(out, "dim_%c,", 'a' + d);
    text_print(out, "%s%s%s", spec->persons ? "persons" : "count", spec->amounts ? ",amount" : "",
               spec->annotated ? ",annotation" : "");
}

/* The amounts are different where the counts are, so that one that stays gives its count away. */
static long amount_of(long count)
{
    return 7 * count;
}

static void write_table(struct text *out, const struct table *table)
{
    const struct spec *spec = table->spec;

    text_clear(out);
    write_header(out, spec);
    text_print(out, "\n");
    for (int i = 0; i < table->rows; i++) {
        long count = table->truth[table->order[i]];

        write_cell(out, table, table->order[i]);
        text_print(out, "%ld", count);
        if (spec->amounts)
            text_print(out, ",%ld", amount_of(count));
        text_print(out, "%s\n", spec->annotated ? "," : "");
    }
}

/* As ddg-suppress would print it with the cells where hide[] is true suppressed. */
static void write_masked(struct text *out, const struct table *table, const bool *hide)
{
    const struct spec *spec = table->spec;

    text_clear(out);
    write_header(out, spec);
    text_print(out, spec->annotated ? ",annotation_description\n"
                                    : ",annotation,annotation_description\n");
    for (int i = 0; i < table->rows; i++) {
        int cell = table->order[i];
        long count = table->truth[cell];

        write_cell(out, table, cell);
        if (hide[cell]) {
            text_print(out, "%s,1,small number or complementary\n", spec->amounts ? "," : "");
            continue;
        }
        text_print(out, "%ld", count);
        if (spec->amounts)
            text_print(out, ",%ld", amount_of(count));
        text_print(out, ",,\n");
    }
}

static void write_hierarchy(struct text *out, const struct spec *spec, int d)
{
    const struct dimension *dim = &spec->dim[d];

    text_clear(out);
    text_print(out, "%s", spec->hierarchy_header ? "child,parent\n" : "");
    for (int leaf = 0; leaf < dim->leaves; leaf++)
        if (dim->parent[leaf] >= 0) {
            write_label(out, dim, d, leaf);
            text_print(out, ",");
            write_label(out, dim, d, dim->leaves + dim->parent[leaf]);
            text_print(out, "\n");
        }
}

static int hierarchical(const struct spec *spec)
{
    for (int d = 0; d < spec->dims; d++)
        if (spec->dim[d].parents > 0)
            return d;
    return -1;
}

/* ---------------------------------------------------------------- reading */

enum state { UNPRINTED, SHOWN, SUPPRESSED };

/* What was published. */
struct masked {
    enum state state[MAX_CELLS];
    long value[MAX_CELLS]; /* where it is SHOWN */
    int code[MAX_CELLS];   /* where it is SUPPRESSED */
};

/* What went wrong; rule is NULL when nothing did. */
struct verdict {
    const char *rule;
    char detail[256];
};

__attribute__((format(printf, 3, 4))) static bool blame(struct verdict *verdict, const char *rule,
                                                        const char *format, ...)
{
    va_list arguments;

    verdict->rule = rule;
    va_start(arguments, format);
    vsnprintf(verdict->detail, sizeof verdict->detail, format, arguments);
    va_end(arguments);
    return false;
}

static bool blame_cell(struct verdict *verdict, const char *rule, const struct table *table,
                       int cell, const char *what)
{
    struct text name = {0};

    write_cell(&name, table, cell);
    blame(verdict, rule, "%s%ld: %s", name.at, table->truth[cell], what);
    free(name.at);
    return false;
}

/* Cuts the next record at `at` into fields, in place; NULL at the end or after a broken record. */
static char *read_record(char *at, char **field, int capacity, int *fields)
{
    *fields = 0;
    if (*at == '\0')
        return NULL;
    for (;;) {
        char *to = at;
        bool quoted = *at == '"';

        if (*fields == capacity)
            return NULL;
        field[(*fields)++] = at;
        at += quoted;
        while (*at && (quoted || (*at != ',' && *at != '\n'))) {
            if (quoted && *at == '"' && at[1] != '"') {
                quoted = false;
                at++;
                continue;
            }
            at += quoted && *at == '"';
            *to++ = *at++;
        }
        if (*at == '\0')
            return NULL;
        if (*at == '\n') {
            *to = '\0';
            return at + 1;
        }
        at++;
        *to = '\0';
    }
}

/* The places of the columns in the output. */
struct columns {
    int fields, count, amount, annotation, description;
};

static bool read_header(struct columns *columns, const struct spec *spec, char **field, int fields,
                        struct verdict *verdict)
{
    struct text wanted = {0};
    char *comma;
    int i = 0;
    bool same = true;

    write_header(&wanted, spec);
    for (char *at = wanted.at; at && same; at = comma) {
        comma = strchr(at, ',');
        if (comma)
            *comma++ = '\0';
        same = i < fields && strcmp(field[i++], at) == 0;
    }
    free(wanted.at);
    *columns = (struct columns){.fields = fields, .count = spec->dims, .amount = spec->dims + 1};
    for (i = spec->dims; i < fields; i++) {
        if (strcmp(field[i], "annotation") == 0)
            columns->annotation = i;
        if (strcmp(field[i], "annotation_description") == 0)
            columns->description = i;
    }
    if (!same || !columns->annotation || !columns->description)
        return blame(verdict, "format", "the header is not as expected");
    return true;
}

/* The cell that a record is about, or -1. */
static int find_cell(const struct table *table, char **field)
{
    int cell = 0;

    for (int d = 0; d < table->spec->dims; d++) {
        const struct dimension *dim = &table->spec->dim[d];
        int found = -1;

        for (int node = 0; node < nodes_of(dim) && found < 0; node++) {
            struct text label = {0};

            write_label(&label, dim, d, node);
            if (strcmp(label.at, field[d]) == 0)
                found = node;
            free(label.at);
        }
        if (found < 0)
            return -1;
        cell += found * table->stride[d];
    }
    return cell;
}

static bool read_cell(struct masked *masked, const struct table *table,
                      const struct columns *columns, char **field, int cell,
                      struct verdict *verdict)
{
    const char *count = field[columns->count], *annotation = field[columns->annotation];
    bool hidden = *count == '\0', amounts = table->spec->amounts;
    char *end;

    if (hidden != (strcmp(annotation, "1") == 0) || (!hidden && *annotation))
        return blame_cell(verdict, "R-SUP-10", table, cell, "count and annotation disagree");
    if (hidden != (*field[columns->description] != '\0'))
        return blame_cell(verdict, "R-SUP-10", table, cell, "annotation and description disagree");
    if (amounts && hidden && *field[columns->amount])
        return blame_cell(verdict, "R-SUP-4", table, cell, "an amount stays");
    masked->state[cell] = hidden ? SUPPRESSED : SHOWN;
    masked->code[cell] = hidden ? 1 : 0;
    masked->value[cell] = hidden ? 0 : strtol(count, &end, 10);
    if (!hidden && (*end || masked->value[cell] != table->truth[cell]))
        return blame_cell(verdict, "format", table, cell, "the count has changed");
    if (amounts && !hidden && table->printed[cell] &&
        strtol(field[columns->amount], &end, 10) != amount_of(masked->value[cell]))
        return blame_cell(verdict, "format", table, cell, "the amount has changed");
    return true;
}

/* Reads the published table; `text` is used up. */
static bool read_masked(struct masked *masked, const struct table *table, struct text *text,
                        struct verdict *verdict)
{
    char *field[MAX_DIMS + 6];
    int fields, row = 0;
    struct columns columns;
    char *at = read_record(text->at, field, MAX_DIMS + 6, &fields);

    memset(masked, 0, sizeof *masked);
    if (!at || !read_header(&columns, table->spec, field, fields, verdict))
        return blame(verdict, "format", "no header as expected");
    while (*at) {
        int cell;

        at = read_record(at, field, MAX_DIMS + 6, &fields);
        if (!at || fields != columns.fields)
            return blame(verdict, "format", "row %d is broken", row + 1);
        cell = find_cell(table, field);
        if (row < table->rows ? cell != table->order[row]
                              : cell < 0 || table->spec->totals != ADD || table->leaf[cell] ||
                                    masked->state[cell] != UNPRINTED)
            return blame(verdict, "format", "row %d is not the expected one", row + 1);
        if (!read_cell(masked, table, &columns, field, cell, verdict))
            return false;
        row++;
    }
    return row >= table->rows || blame(verdict, "format", "only %d rows", row);
}

/* ---------------------------------------------------------------- rules that show in the table */

static bool check_cells(const struct table *table, const struct masked *masked,
                        struct verdict *verdict)
{
    for (int cell = 0; cell < table->cells; cell++) {
        long truth = table->truth[cell];

        if (masked->state[cell] == SHOWN && truth > 0 && truth < THRESHOLD)
            return blame_cell(verdict, "R-SUP-1", table, cell, "a small count is shown");
        if (masked->state[cell] == SUPPRESSED && truth == 0)
            return blame_cell(verdict, "R-SUP-3", table, cell, "a zero is suppressed");
        if (masked->state[cell] == UNPRINTED && truth > 0 && table->spec->totals == ADD)
            return blame_cell(verdict, "totals", table, cell, "the total was not added");
    }
    return true;
}

/* A total that nobody publishes, or that is assumed to be hidden wherever it stands. */
static bool is_unpublished(const struct table *table, int cell)
{
    long truth = table->truth[cell];

    if (table->leaf[cell] || table->spec->printing == PRINT_ALL)
        return false;
    return table->spec->totals == NONE || (truth > 0 && truth < THRESHOLD);
}

static bool is_unknown(const struct table *table, const struct masked *masked, int cell)
{
    return masked->state[cell] == SUPPRESSED ||
           (masked->state[cell] == UNPRINTED && is_unpublished(table, cell));
}

/* R-SUP-6: too little is hidden in the line for the total that it shows. */
static bool check_hidden_sum(const struct table *table, const struct masked *masked,
                             const struct line *line, struct verdict *verdict)
{
    long sum = 0, largest = 0;
    int suppressed = 0, eligible = 0;

    if (masked->state[line->total] != SHOWN)
        return true;
    for (int i = 0; i < line->parts; i++) {
        int cell = table->term[line->first + i];
        long truth = table->truth[cell];

        suppressed += masked->state[cell] == SUPPRESSED;
        eligible += masked->state[cell] == SHOWN && truth > 0;
        if (is_unknown(table, masked, cell)) {
            sum += truth;
            largest = truth > largest ? truth : largest;
        }
    }
    if (!suppressed || (largest > 3 && sum >= THRESHOLD))
        return true;
    return blame_cell(verdict, eligible ? "R-SUP-6" : "R-SUP-6 (total)", table, line->total,
                      eligible ? "too little is hidden below this total"
                               : "too little is hidden below this total, which could be hidden");
}

static bool check_lines(const struct table *table, const struct masked *masked,
                        struct verdict *verdict)
{
    for (int l = 0; l < table->lines; l++) {
        const struct line *line = &table->line[l];
        int unknown = is_unknown(table, masked, line->total);
        int suppressed = masked->state[line->total] == SUPPRESSED;

        for (int i = 0; i < line->parts; i++) {
            int cell = table->term[line->first + i];

            unknown += is_unknown(table, masked, cell);
            suppressed += masked->state[cell] == SUPPRESSED;
        }
        if (unknown == 1 && suppressed == 1)
            return blame_cell(verdict, "R-SUP-7", table, line->total,
                              "one unknown cell in the line of this total");
        if (!check_hidden_sum(table, masked, line, verdict))
            return false;
    }
    return true;
}

/* ---------------------------------------------------------------- the attack */

/* What the attacker knows: each level includes those before. */
enum knows { SUMS, ZEROS, SMALL, CODES };

enum { UNBOUNDED = 1 << 30, REACH = 100, DIVES = 400 };

struct term {
    int unknown, sign;
};

struct equation {
    int first, terms;
    long sum;
};

struct change {
    int unknown;
    long low, high;
};

/* The unknown cells, and the equations between them. */
struct attack {
    int unknowns, equations, terms, changes, change_capacity;
    int cell[MAX_CELLS], number[MAX_CELLS]; /* unknown to cell and back; -1 */
    long truth[MAX_CELLS], low[MAX_CELLS], high[MAX_CELLS];
    bool cut[MAX_CELLS];  /* high is REACH above the truth, not a bound */
    bool free[MAX_CELLS]; /* a fitting table differs from the truth here */
    bool suppressed[MAX_CELLS];
    struct equation equation[MAX_LINES];
    struct term term[MAX_TERMS + MAX_LINES];
    int use_first[MAX_CELLS + 1], use[MAX_TERMS + MAX_LINES]; /* the equations of an unknown */
    bool queued[MAX_LINES];
    int queue[MAX_LINES], queue_length;
    long residue[MAX_LINES]; /* by how much the likeliest values miss the sum */
    struct change *change;   /* what to undo */
    long budget;             /* equations that may still be looked at */
    uint64_t noise;          /* 0, or the state of what shakes the choices of the search */
};

enum finding { FOUND, NOTHING, GAVE_UP };

/* The range that the attacker gives a cell before he adds anything up. */
static void set_range(struct attack *attack, int unknown, const struct masked *masked,
                      enum knows knows, bool merged)
{
    int cell = attack->cell[unknown];
    bool suppressed = masked->state[cell] == SUPPRESSED, primary = masked->code[cell] == 1;

    attack->suppressed[unknown] = suppressed;
    attack->low[unknown] = 0;
    attack->high[unknown] = UNBOUNDED;
    if (!suppressed)
        return;
    if (knows >= ZEROS)
        attack->low[unknown] = 1;
    if (knows >= SMALL && !merged && primary)
        attack->high[unknown] = THRESHOLD - 1;
    if (knows >= CODES && !merged && !primary)
        attack->low[unknown] = THRESHOLD;
}

static void add_term(struct attack *attack, struct equation *equation, const struct table *table,
                     int cell, int sign)
{
    int unknown = attack->number[cell];

    if (unknown < 0) {
        equation->sum -= sign * table->truth[cell];
        return;
    }
    attack->term[attack->terms++] = (struct term){unknown, sign};
    equation->terms++;
}

static void index_uses(struct attack *attack)
{
    int at = 0;

    memset(attack->use_first, 0, sizeof attack->use_first);
    for (int t = 0; t < attack->terms; t++)
        attack->use_first[attack->term[t].unknown]++;
    for (int u = 0; u < attack->unknowns; u++) {
        at += attack->use_first[u];
        attack->use_first[u] = at;
    }
    attack->use_first[attack->unknowns] = at;
    for (int e = 0; e < attack->equations; e++)
        for (int i = 0; i < attack->equation[e].terms; i++) {
            int unknown = attack->term[attack->equation[e].first + i].unknown;

            attack->use[--attack->use_first[unknown]] = e;
        }
}

static void set_up(struct attack *attack, const struct table *table, const struct masked *masked,
                   enum knows knows, bool merged)
{
    attack->unknowns = attack->equations = attack->terms = attack->changes = 0;
    attack->queue_length = 0;
    attack->noise = 0;
    memset(attack->free, 0, sizeof attack->free);
    memset(attack->cut, 0, sizeof attack->cut);
    memset(attack->queued, 0, sizeof attack->queued);
    for (int cell = 0; cell < table->cells; cell++) {
        attack->number[cell] = -1;
        if (!is_unknown(table, masked, cell))
            continue;
        attack->number[cell] = attack->unknowns;
        attack->cell[attack->unknowns] = cell;
        attack->truth[attack->unknowns] = table->truth[cell];
        set_range(attack, attack->unknowns++, masked, knows, merged);
    }
    for (int l = 0; l < table->lines; l++) {
        const struct line *line = &table->line[l];
        struct equation *equation = &attack->equation[attack->equations];

        *equation = (struct equation){.first = attack->terms};
        for (int i = 0; i < line->parts; i++)
            add_term(attack, equation, table, table->term[line->first + i], 1);
        add_term(attack, equation, table, line->total, -1);
        attack->equations += equation->terms > 0;
    }
    index_uses(attack);
}

static void enqueue(struct attack *attack, int unknown)
{
    for (int i = attack->use_first[unknown]; i < attack->use_first[unknown + 1]; i++) {
        int e = attack->use[i];

        if (!attack->queued[e]) {
            attack->queued[e] = true;
            attack->queue[attack->queue_length++] = e;
        }
    }
}

/* Narrows the range of an unknown; false when nothing is left of it. */
static bool narrow(struct attack *attack, int unknown, long low, long high)
{
    if (low <= attack->low[unknown] && high >= attack->high[unknown])
        return true;
    if (attack->changes == attack->change_capacity) {
        attack->change_capacity = 2 * attack->change_capacity + 1024;
        attack->change =
            need(realloc(attack->change, (size_t)attack->change_capacity * sizeof *attack->change));
    }
    attack->change[attack->changes++] =
        (struct change){unknown, attack->low[unknown], attack->high[unknown]};
    if (low > attack->low[unknown])
        attack->low[unknown] = low;
    if (high < attack->high[unknown])
        attack->high[unknown] = high;
    enqueue(attack, unknown);
    return attack->low[unknown] <= attack->high[unknown];
}

static void undo(struct attack *attack, int changes)
{
    while (attack->changes > changes) {
        const struct change *change = &attack->change[--attack->changes];

        attack->low[change->unknown] = change->low;
        attack->high[change->unknown] = change->high;
    }
    while (attack->queue_length > 0)
        attack->queued[attack->queue[--attack->queue_length]] = false;
}

/* Narrows each unknown of an equation to what the others leave; false when it cannot hold. */
static bool apply_equation(struct attack *attack, const struct equation *equation)
{
    const struct term *term = attack->term + equation->first;
    long least = 0, most = 0;

    for (int i = 0; i < equation->terms; i++) {
        long low = attack->low[term[i].unknown], high = attack->high[term[i].unknown];

        least += term[i].sign > 0 ? low : -high;
        most += term[i].sign > 0 ? high : -low;
    }
    if (least > equation->sum || most < equation->sum)
        return false;
    for (int i = 0; i < equation->terms; i++) {
        long low = attack->low[term[i].unknown], high = attack->high[term[i].unknown];
        long above_least = equation->sum - least, below_most = most - equation->sum;

        if (!narrow(attack, term[i].unknown,
                    term[i].sign > 0 ? high - below_most : high - above_least,
                    term[i].sign > 0 ? low + above_least : low + below_most))
            return false;
    }
    return true;
}

static bool propagate(struct attack *attack)
{
    while (attack->queue_length > 0) {
        int e = attack->queue[--attack->queue_length];

        attack->queued[e] = false;
        if (attack->budget-- <= 0 || !apply_equation(attack, &attack->equation[e]))
            return false;
    }
    return true;
}

/* The value that the search expects: the truth, or the nearest that is left. */
static long likely(const struct attack *attack, int unknown)
{
    long truth = attack->truth[unknown];

    return truth < attack->low[unknown]    ? attack->low[unknown]
           : truth > attack->high[unknown] ? attack->high[unknown]
                                           : truth;
}

/* The equation with the fewest open unknowns among those that the likely values miss; -1: none. */
static int worst_equation(struct attack *attack)
{
    int worst = -1, fewest = MAX_CELLS;

    for (int e = 0; e < attack->equations; e++) {
        const struct equation *equation = &attack->equation[e];
        const struct term *term = attack->term + equation->first;
        int open = 0;

        attack->residue[e] = equation->sum;
        for (int i = 0; i < equation->terms; i++) {
            attack->residue[e] -= term[i].sign * likely(attack, term[i].unknown);
            open += attack->low[term[i].unknown] < attack->high[term[i].unknown];
        }
        if (attack->residue[e] != 0 && open < fewest) {
            fewest = open;
            worst = e;
        }
    }
    attack->budget -= attack->equations / 8 + 1;
    return worst;
}

static int sign_in(const struct attack *attack, int e, int unknown)
{
    const struct equation *equation = &attack->equation[e];

    for (int i = 0; i < equation->terms; i++)
        if (attack->term[equation->first + i].unknown == unknown)
            return attack->term[equation->first + i].sign;
    return 0;
}

/* How much better the equations fit when the unknown moves by `step`. */
static long gain(const struct attack *attack, int unknown, long step)
{
    long sum = 0;

    for (int i = attack->use_first[unknown]; i < attack->use_first[unknown + 1]; i++) {
        int e = attack->use[i];

        sum += labs(attack->residue[e]) -
               labs(attack->residue[e] - sign_in(attack, e, unknown) * step);
    }
    return sum;
}

/* The unknown of the equation to branch on, and the value to try first. */
static int choose_branch(struct attack *attack, int e, long *value)
{
    const struct equation *equation = &attack->equation[e];
    int best = -1;
    long best_gain = 0, best_reach = -1;

    for (int i = 0; i < equation->terms; i++) {
        const struct term *term = &attack->term[equation->first + i];
        int u = term->unknown;
        long now = likely(attack, u), wanted = now + term->sign * attack->residue[e], reach, score;

        if (attack->low[u] == attack->high[u])
            continue;
        if (wanted < attack->low[u])
            wanted = attack->low[u];
        if (wanted > attack->high[u])
            wanted = attack->high[u];
        reach = labs(wanted - now);
        score = 4 * gain(attack, u, wanted - now);
        if (attack->noise)
            score += pick(&attack->noise, 0, 5);
        if (reach > best_reach || (reach == best_reach && score > best_gain)) {
            best = u;
            best_reach = reach;
            best_gain = score;
            *value = wanted;
        }
    }
    return best;
}

static enum finding search(struct attack *attack);

/* Searches with the unknown between low and high, and leaves the ranges as they were if nothing
 * is found; when something is, they hold a table that fits. */
static enum finding search_between(struct attack *attack, int unknown, long low, long high)
{
    int changes = attack->changes;
    enum finding finding = NOTHING;

    if (attack->low[unknown] > high || attack->high[unknown] < low)
        return NOTHING;
    if (narrow(attack, unknown, low, high) && propagate(attack))
        finding = search(attack);
    if (finding != FOUND) {
        undo(attack, changes);
        if (attack->budget <= 0)
            finding = GAVE_UP;
    }
    return finding;
}

static enum finding search(struct attack *attack)
{
    int e = worst_equation(attack), unknown;
    long value = 0, now;
    enum finding finding;

    if (attack->budget <= 0)
        return GAVE_UP;
    if (e < 0)
        return FOUND;
    unknown = choose_branch(attack, e, &value);
    if (unknown < 0)
        return NOTHING;
    now = likely(attack, unknown);
    finding = search_between(attack, unknown, value, value);
    if (finding == NOTHING && now < value)
        finding = search_between(attack, unknown, 0, value - 1);
    if (finding == NOTHING)
        finding = search_between(attack, unknown, value + 1, UNBOUNDED);
    if (finding == NOTHING && now >= value)
        finding = search_between(attack, unknown, 0, value - 1);
    return finding;
}

/* Notes where the table that was found differs from the truth. */
static void note_table(struct attack *attack)
{
    for (int u = 0; u < attack->unknowns; u++)
        attack->free[u] = attack->free[u] || likely(attack, u) != attack->truth[u];
}

/* Looks for a table whose unknown lies between low and high and whose cells are all within `reach`
 * of the truth. */
static enum finding look_between(struct attack *attack, int unknown, long low, long high,
                                 long reach, long budget)
{
    int changes = attack->changes;
    enum finding finding = NOTHING;
    bool possible = true;

    attack->budget = budget;
    for (int u = 0; u < attack->unknowns && possible; u++)
        possible = narrow(attack, u, attack->truth[u] - reach, attack->truth[u] + reach);
    if (possible && propagate(attack))
        finding = search_between(attack, unknown, low, high);
    if (finding == FOUND)
        note_table(attack);
    else if (attack->budget <= 0)
        finding = GAVE_UP;
    undo(attack, changes);
    return finding;
}

/* Looks for a table that fits and differs in the unknown. */
static enum finding look(struct attack *attack, int unknown, long reach, long budget)
{
    long truth = attack->truth[unknown];
    enum finding up = look_between(attack, unknown, truth + 1, UNBOUNDED, reach, budget), down;

    if (up == FOUND)
        return FOUND;
    down = look_between(attack, unknown, 0, truth - 1, reach, budget);
    return down == NOTHING ? up : down;
}

/* Adds up once with nothing assumed, and cuts off what has no bound; false when the publication
 * contradicts itself. */
static bool first_bounds(struct attack *attack)
{
    attack->budget = 100000000;
    for (int u = 0; u < attack->unknowns; u++)
        enqueue(attack, u);
    if (!propagate(attack))
        return false;
    for (int u = 0; u < attack->unknowns; u++)
        if (attack->high[u] > UNBOUNDED / 4) {
            attack->high[u] = attack->truth[u] + REACH;
            attack->cut[u] = true;
        }
    attack->changes = 0;
    return true;
}

/* ---------------------------------------------------------------- elimination */

enum { PRIME = 2147483647 };

static uint64_t inverse(uint64_t value)
{
    uint64_t result = 1;

    for (uint64_t exponent = PRIME - 2; exponent; exponent >>= 1) {
        if (exponent & 1)
            result = result * value % PRIME;
        value = value * value % PRIME;
    }
    return result;
}

/* row -= factor * other */
static void subtract(uint32_t *row, const uint32_t *other, uint64_t factor, int length)
{
    for (int i = 0; i < length; i++)
        if (other[i])
            row[i] = (uint32_t)((row[i] + (PRIME - factor) * other[i]) % PRIME);
}

/* Reduces a row by those before it and keeps what is left, with a leading one. */
static void insert_row(uint32_t **basis, uint32_t *row, int length)
{
    for (int i = 0; i < length; i++) {
        if (row[i] && basis[i])
            subtract(row, basis[i], row[i], length);
        else if (row[i]) {
            uint64_t factor = inverse(row[i]);

            basis[i] = need(malloc((size_t)length * sizeof *row));
            for (int k = 0; k < length; k++)
                basis[i][k] = (uint32_t)(row[k] * factor % PRIME);
            return;
        }
    }
}

/* Marks the unknowns that the equations determine whatever the bounds (modulo a large prime). */
static void eliminate(const struct attack *attack, bool *determined)
{
    int n = attack->unknowns;
    uint32_t **basis = need(calloc((size_t)n + 1, sizeof *basis));
    uint32_t *row = need(malloc(((size_t)n + 1) * sizeof *row));

    for (int e = 0; e < attack->equations; e++) {
        const struct equation *equation = &attack->equation[e];

        memset(row, 0, (size_t)n * sizeof *row);
        for (int i = 0; i < equation->terms; i++) {
            const struct term *term = &attack->term[equation->first + i];

            row[term->unknown] = term->sign > 0 ? 1 : PRIME - 1;
        }
        insert_row(basis, row, n);
    }
    for (int i = n - 1; i >= 0; i--) {
        determined[i] = basis[i] != NULL;
        for (int k = i + 1; basis[i] && k < n; k++) {
            if (basis[i][k] && basis[k])
                subtract(basis[i], basis[k], basis[i][k], n);
            if (basis[i][k])
                determined[i] = false;
        }
    }
    for (int i = 0; i < n; i++)
        free(basis[i]);
    free(basis);
    free(row);
}

/* ---------------------------------------------------------------- what was recovered */

enum { RECOVERED = 'r', UNDECIDED = '?', SAFE = 's' };

struct outcome {
    long cells, recovered, undecided;
    long determined; /* recovered by the linear system alone, whatever the bounds */
    int first;       /* a recovered cell, or -1 */
};

/* An early wrong choice spoils a long search: many short ones, each a little different. */
static enum finding look_shaken(struct attack *attack, int unknown)
{
    enum finding finding = GAVE_UP;

    attack->noise = mix((uint64_t)unknown) | 1;
    for (int i = 0; i < DIVES && finding != FOUND; i++)
        finding = look(attack, unknown, 1, 2000);
    attack->noise = 0;
    return finding;
}

/* The last word on an unknown for which no other table lay near. */
static int decide(struct attack *attack, int unknown, const bool *determined)
{
    enum finding finding;

    if (determined[unknown])
        return RECOVERED;
    finding = look(attack, unknown, UNBOUNDED, 100000);
    if (finding == GAVE_UP && look_shaken(attack, unknown) == FOUND)
        return SAFE;
    if (finding == GAVE_UP)
        finding = look(attack, unknown, UNBOUNDED, 1000000);
    if (finding == FOUND)
        return SAFE;
    for (int u = 0; u < attack->unknowns; u++)
        if (attack->cut[u])
            return UNDECIDED;
    return finding == NOTHING ? RECOVERED : UNDECIDED;
}

/* Attacks every suppressed cell; false when the publication contradicts itself. */
static bool attack_table(struct attack *attack, const struct table *table,
                         const struct masked *masked, enum knows knows, bool merged,
                         struct outcome *outcome)
{
    bool *determined = NULL;

    *outcome = (struct outcome){.first = -1};
    set_up(attack, table, masked, knows, merged);
    if (!first_bounds(attack))
        return false;
    for (int u = 0; u < attack->unknowns; u++) {
        int fate = SAFE;

        if (!attack->suppressed[u])
            continue;
        outcome->cells++;
        if (!attack->free[u] && look(attack, u, 1, 4000) != FOUND &&
            look(attack, u, 2, 4000) != FOUND) {
            if (!determined) {
                determined = need(calloc((size_t)attack->unknowns, sizeof *determined));
                eliminate(attack, determined);
            }
            fate = decide(attack, u, determined);
            outcome->determined += determined[u];
        }
        outcome->undecided += fate == UNDECIDED;
        outcome->recovered += fate == RECOVERED;
        if (fate == RECOVERED && outcome->first < 0)
            outcome->first = attack->cell[u];
    }
    free(determined);
    return true;
}

/* ---------------------------------------------------------------- running the tools */

/* One worker's memory and its share of the results. */
struct worker {
    struct spec spec, trial;
    struct table table;
    struct masked masked;
    struct attack attack;
    struct text input, output, errors, hierarchy;
    char directory[64], hierarchy_path[96], hierarchy_option[112];
    bool verbose, show;
    enum knows knows;
    uint64_t seed;
};

struct results {
    long tables, cells, recovered, undecided, refused, implied, failures;
};

extern char **environ;

static void close_on_exec(const int *ends)
{
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
}

static pid_t spawn(const char *path, char **argv, int pipes[3][2])
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t defaults;
    pid_t pid;

    sigemptyset(&defaults);
    sigaddset(&defaults, SIGPIPE);
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigdefault(&attributes, &defaults);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
    for (int i = 0; i < 3; i++) {
        if (pipe(pipes[i]) != 0)
            die("pipe");
        close_on_exec(pipes[i]);
        posix_spawn_file_actions_adddup2(&actions, pipes[i][i != 0], i);
    }
    errno = posix_spawn(&pid, path, &actions, &attributes, argv, environ);
    if (errno)
        die(path);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    for (int i = 0; i < 3; i++)
        close(pipes[i][i != 0]);
    return pid;
}

static void close_end(int *end)
{
    close(*end);
    *end = -1;
}

static void feed(int *end, const struct text *input, size_t *fed)
{
    ssize_t length = write(*end, input->at + *fed, input->length - *fed);

    if (length > 0)
        *fed += (size_t)length;
    if (*fed == input->length || (length < 0 && errno != EAGAIN && errno != EINTR))
        close_end(end);
}

static void drain(int *end, struct text *text)
{
    char piece[16384];
    ssize_t length = read(*end, piece, sizeof piece);

    if (length > 0)
        text_add(text, piece, (size_t)length);
    else if (length == 0 || errno != EINTR)
        close_end(end);
}

/* Runs a tool; returns its exit status, or -1 when it crashed or took too long. */
static int run_tool(const char *name, char **argv, const struct text *input, struct text *output,
                    struct text *errors)
{
    const char *build = getenv("DDG_BUILD");
    char path[512];
    int pipes[3][2], status;
    size_t fed = 0;
    pid_t pid;

    snprintf(path, sizeof path, "%s/%s", build && *build ? build : "build", name);
    text_clear(output);
    text_clear(errors);
    pid = spawn(path, argv, pipes);
    fcntl(pipes[0][1], F_SETFL, O_NONBLOCK);
    while (pipes[1][0] >= 0 || pipes[2][0] >= 0) {
        struct pollfd wait[3] = {
            {pipes[0][1], POLLOUT, 0}, {pipes[1][0], POLLIN, 0}, {pipes[2][0], POLLIN, 0}};

        if (poll(wait, 3, TOOL_SECONDS * 1000) == 0) {
            kill(pid, SIGKILL);
            break;
        }
        if (wait[0].revents)
            feed(&pipes[0][1], input, &fed);
        if (wait[1].revents)
            drain(&pipes[1][0], output);
        if (wait[2].revents)
            drain(&pipes[2][0], errors);
    }
    for (int i = 0; i < 3; i++)
        if (pipes[i][i == 0] >= 0)
            close(pipes[i][i == 0]);
    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR)
            die("waitpid");
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void write_file(const char *path, const struct text *text)
{
    FILE *file = fopen(path, "w");

    if (!file || fwrite(text->at, 1, text->length, file) != text->length || fclose(file) != 0)
        die(path);
}

/* A hierarchy none of whose labels has a row describes another table, and is refused as such. */
static bool hierarchy_occurs(const struct table *table, int d)
{
    const struct dimension *dim = &table->spec->dim[d];

    for (int cell = 0; cell < table->cells; cell++) {
        int node = node_of(table, cell, d);

        if (table->printed[cell] && node != nodes_of(dim) - 1 &&
            (node >= dim->leaves || dim->parent[node] >= 0))
            return true;
    }
    return false;
}

/* The options that describe the table; only suppress is told of totals.  Returns how many. */
static int describe(struct worker *worker, const struct spec *spec, bool totals, char **argv)
{
    static char none[] = "--totals=none", add[] = "--totals=add", implied[] = "--totals=implied";
    static char option[] = "--hierarchy";
    int d = hierarchical(spec), count = 0;

    if (d >= 0 && hierarchy_occurs(&worker->table, d)) {
        write_hierarchy(&worker->hierarchy, spec, d);
        write_file(worker->hierarchy_path, &worker->hierarchy);
        snprintf(worker->hierarchy_option, sizeof worker->hierarchy_option, "dim_%c=%s", 'a' + d,
                 worker->hierarchy_path);
        argv[count++] = option;
        argv[count++] = worker->hierarchy_option;
    }
    if (!totals)
        return count;
    if (spec->printing != PRINT_ALL && spec->totals == NONE)
        argv[count++] = none;
    else if (spec->printing != PRINT_ALL && spec->totals == ADD)
        argv[count++] = add;
    else if (spec->say_implied)
        argv[count++] = implied;
    return count;
}

/* Prints what was asked of a tool and what it answered. */
static void show_call(const struct worker *worker, char **argv, const struct text *input,
                      int status)
{
    printf("$");
    for (int i = 0; argv[i]; i++)
        printf(" %s", argv[i]);
    printf("\n");
    if (hierarchical(worker->table.spec) >= 0)
        printf("-- hierarchy\n%s", worker->hierarchy.at);
    printf("-- input\n%s-- output, exit status %d\n%s-- messages\n%s--\n", input->at, status,
           worker->output.at, worker->errors.at);
}

static int call(struct worker *worker, char *name, struct text *input)
{
    char *argv[8] = {name};
    int status;

    argv[1 + describe(worker, worker->table.spec, strcmp(name, "ddg-suppress") == 0, argv + 1)] =
        NULL;
    status = run_tool(name, argv, input, &worker->output, &worker->errors);
    if (worker->show)
        show_call(worker, argv, input, status);
    return status;
}

/* ---------------------------------------------------------------- one table */

/* Hides every count that could be hidden at all. */
static void hide_all(struct masked *masked, const struct table *table)
{
    memset(masked, 0, sizeof *masked);
    for (int cell = 0; cell < table->cells; cell++) {
        if (!table->printed[cell])
            continue;
        masked->state[cell] = table->truth[cell] ? SUPPRESSED : SHOWN;
        masked->code[cell] = 1;
    }
}

/* Nothing that could be taken for a whole table may stand before a refusal. */
static bool is_poisoned(const struct text *output)
{
    size_t quotes = 0;

    for (size_t i = 0; i < output->length; i++)
        quotes += output->at[i] == '"';
    return output->length == 0 || quotes % 2 == 1;
}

/* Only totals that stand elsewhere, where this table cannot hide them, excuse a refusal. */
static bool judge_refusal(struct worker *worker, struct results *results, struct verdict *verdict)
{
    const struct table *table = &worker->table;
    struct outcome outcome;

    if (!is_poisoned(&worker->output))
        return blame(verdict, "poison", "a refusal leaves a table behind");
    if (table->spec->totals != IMPLIED || table->spec->printing == PRINT_ALL ||
        !strstr(worker->errors.at, "no way found to protect"))
        return blame(verdict, "refused", "%.200s", worker->errors.at);
    hide_all(&worker->masked, table);
    if (!attack_table(&worker->attack, table, &worker->masked, worker->knows, true, &outcome))
        return blame(verdict, "attacker", "the table contradicts itself");
    results->refused++;
    return outcome.recovered > 0 || outcome.undecided > 0 ||
           blame(verdict, "refused in vain", "hiding every count would have been safe");
}

static bool attack_output(struct worker *worker, struct results *results, struct verdict *verdict)
{
    const struct table *table = &worker->table;
    struct outcome outcome;

    if (!attack_table(&worker->attack, table, &worker->masked, worker->knows, true, &outcome))
        return blame(verdict, "format", "the published table does not add up");
    results->cells += outcome.cells;
    results->recovered += outcome.recovered;
    results->undecided += outcome.undecided;
    return outcome.recovered == 0 ||
           blame_cell(verdict, "R-SUP-2", table, outcome.first, "is recovered");
}

static bool audit(struct worker *worker, struct text *published, int wanted,
                  struct verdict *verdict)
{
    static char name[] = "ddg-audit";
    int status = call(worker, name, published);

    return status == wanted ||
           blame(verdict, wanted ? "audit misses" : "audit finds",
                 "ddg-audit ends with %d, not %d: %.160s", status, wanted, worker->errors.at);
}

/* ddg-audit must find what the attacker finds where only small counts are hidden; he knows that
 * zeros are shown, as it does.  Lines of distinct persons bound a cell less than equations do, so
 * there it has to find only what the system of all lines determines. */
static bool audit_naive(struct worker *worker, struct verdict *verdict)
{
    const struct table *table = &worker->table;
    bool hide[MAX_CELLS] = {false};
    struct text naive = {0};
    struct outcome outcome;
    bool fine;

    for (int cell = 0; cell < table->cells; cell++)
        hide[cell] = table->truth[cell] > 0 && table->truth[cell] < THRESHOLD;
    write_masked(&naive, table, hide);
    text_clear(&worker->input);
    text_add(&worker->input, naive.at, naive.length);
    fine = read_masked(&worker->masked, table, &naive, verdict);
    free(naive.at);
    if (!fine || !attack_table(&worker->attack, table, &worker->masked, ZEROS, true, &outcome))
        return blame(verdict, "attacker", "the naive table cannot be attacked");
    if (!outcome.determined && (outcome.undecided || (outcome.recovered && table->spec->persons)))
        return true;
    return audit(worker, &worker->input, outcome.recovered > 0, verdict);
}

/* Masks the table of `spec` and attacks it. */
static bool try_spec(struct worker *worker, const struct spec *spec, struct results *results,
                     struct verdict *verdict)
{
    static char name[] = "ddg-suppress";
    struct table *table = &worker->table;
    struct text published = {0};
    int status;
    bool fine;

    *verdict = (struct verdict){0};
    build_table(table, spec);
    write_table(&worker->input, table);
    results->tables++;
    results->implied += spec->totals == IMPLIED && spec->printing != PRINT_ALL;
    status = call(worker, name, &worker->input);
    if (status == 2)
        return judge_refusal(worker, results, verdict);
    if (status != 0)
        return blame(verdict, "crash", "ddg-suppress ends with %d: %.200s", status,
                     worker->errors.at);
    text_add(&published, worker->output.at, worker->output.length);
    fine = read_masked(&worker->masked, table, &worker->output, verdict) &&
           check_cells(table, &worker->masked, verdict) &&
           check_lines(table, &worker->masked, verdict) && attack_output(worker, results, verdict);
    if (fine && (inner_cells(spec) > SMALL_TABLE || spec->key % 4 == 0))
        fine = audit(worker, &published, 0, verdict);
    if (fine && spec->printing == PRINT_ALL && spec->key % 8 == 1)
        fine = audit_naive(worker, verdict);
    free(published.at);
    return fine;
}

/* ---------------------------------------------------------------- making a failure small */

/* The spec without a leaf. */
static void without_leaf(struct spec *to, const struct spec *from, int d, int leaf)
{
    int cells = inner_cells(from), kept = 0, stride = 1;

    *to = *from;
    for (int k = d + 1; k < from->dims; k++)
        stride *= from->dim[k].leaves;
    for (int i = 0; i < cells; i++)
        if (i / stride % from->dim[d].leaves != leaf)
            to->inner[kept++] = from->inner[i];
    to->dim[d].leaves--;
    for (int i = leaf; i < to->dim[d].leaves; i++)
        to->dim[d].parent[i] = from->dim[d].parent[i + 1];
}

static void without_hierarchies(struct spec *spec)
{
    for (int d = 0; d < spec->dims; d++) {
        spec->dim[d].parents = 0;
        for (int leaf = 0; leaf < MAX_LEAVES; leaf++)
            spec->dim[d].parent[leaf] = -1;
    }
}

/* The spec without a dimension: the cells of its first leaf. */
static void without_dimension(struct spec *to, const struct spec *from, int d)
{
    struct spec one = *from;

    while (one.dim[d].leaves > 1) {
        without_leaf(to, &one, d, one.dim[d].leaves - 1);
        one = *to;
    }
    *to = one;
    to->dims--;
    for (int k = d; k < to->dims; k++)
        to->dim[k] = one.dim[k + 1];
}

/* The next smaller value to try; the same when there is none. */
static long smaller(long value, int attempt)
{
    static const long step[] = {0, 1, 2, 11, 12, 20};
    const int steps = sizeof step / sizeof *step;

    if (attempt < steps)
        return step[attempt] < value ? step[attempt] : value;
    return attempt == steps ? value / 2 : value > 0 ? value - 1 : value;
}

/* Keeps worker->trial as the spec if it fails by the same rule. */
static bool keep_trial(struct worker *worker, const char *rule, int *runs)
{
    struct results ignored = {0};
    struct verdict verdict;

    if (++*runs > SHRINK_RUNS || try_spec(worker, &worker->trial, &ignored, &verdict) ||
        strcmp(verdict.rule, rule) != 0)
        return false;
    worker->spec = worker->trial;
    return true;
}

static bool shrink_shape(struct worker *worker, const char *rule, int *runs)
{
    struct spec *spec = &worker->spec;

    for (int d = 0; d < spec->dims && spec->dims > 1; d++) {
        without_dimension(&worker->trial, spec, d);
        if (keep_trial(worker, rule, runs))
            return true;
    }
    for (int d = 0; d < spec->dims; d++)
        for (int leaf = 0; leaf < spec->dim[d].leaves && spec->dim[d].leaves > 1; leaf++) {
            without_leaf(&worker->trial, spec, d, leaf);
            if (keep_trial(worker, rule, runs))
                return true;
        }
    worker->trial = *spec;
    without_hierarchies(&worker->trial);
    if (hierarchical(spec) >= 0 && keep_trial(worker, rule, runs))
        return true;
    worker->trial = *spec;
    worker->trial.absent_zeros = worker->trial.shuffled = worker->trial.persons = false;
    worker->trial.amounts = worker->trial.annotated = false;
    return memcmp(&worker->trial, spec, sizeof *spec) != 0 && keep_trial(worker, rule, runs);
}

static bool shrink_counts(struct worker *worker, const char *rule, int *runs)
{
    int cells = inner_cells(&worker->spec);

    for (int attempt = 0; attempt < 8; attempt++)
        for (int i = 0; i < cells; i++) {
            worker->trial = worker->spec;
            worker->trial.inner[i] = smaller(worker->spec.inner[i], attempt);
            if (worker->trial.inner[i] < worker->spec.inner[i] && keep_trial(worker, rule, runs))
                return true;
        }
    return false;
}

/* Makes the table smaller as long as it fails by the same rule, and shows what is left. */
static void show_smallest(struct worker *worker, const char *rule)
{
    struct results ignored = {0};
    struct verdict verdict;
    int runs = 0;

    while (shrink_shape(worker, rule, &runs) || shrink_counts(worker, rule, &runs))
        continue;
    worker->show = true;
    try_spec(worker, &worker->spec, &ignored, &verdict);
    worker->show = false;
    printf("smallest: %s: %s\n", verdict.rule ? verdict.rule : "passes",
           verdict.rule ? verdict.detail : "");
}

/* ---------------------------------------------------------------- self test */

static int expect(bool held, const char *what)
{
    if (!held)
        printf("self test: FAILED: %s\n", what);
    return held ? 0 : 1;
}

/* The values that the attacker cannot rule out for a cell of an example. */
static int values_left(struct worker *worker, int cell, enum knows knows, bool merged)
{
    struct attack *attack = &worker->attack;
    int unknown, values = 0;

    set_up(attack, &worker->table, &worker->masked, knows, merged);
    unknown = attack->number[cell];
    if (!first_bounds(attack) || unknown < 0)
        return -1;
    for (long value = attack->low[unknown]; value <= attack->high[unknown]; value++)
        values += look_between(attack, unknown, value, value, UNBOUNDED, 100000) == FOUND;
    return values;
}

/* A one-dimensional table with its total printed; codes[i] is 0, 1 or 2. */
static void set_example(struct worker *worker, const long *counts, const int *codes, int leaves)
{
    struct spec *spec = &worker->spec;

    memset(spec, 0, sizeof *spec);
    spec->dims = 1;
    spec->dim[0].leaves = leaves;
    for (int i = 0; i < leaves; i++) {
        spec->dim[0].parent[i] = -1;
        spec->inner[i] = counts[i];
    }
    build_table(&worker->table, spec);
    memset(&worker->masked, 0, sizeof worker->masked);
    for (int cell = 0; cell < worker->table.cells; cell++) {
        int code = cell < leaves ? codes[cell] : 0;

        worker->masked.state[cell] = code ? SUPPRESSED : SHOWN;
        worker->masked.code[cell] = code;
    }
}

/* The worked examples of the guideline (4.4.3); one of the three zeros is left out. */
static int test_examples(struct worker *worker)
{
    static const long first[] = {10, 14, 10, 10, 0, 30}, second[] = {10, 14, 9, 17, 0, 30};
    static const long fourth[] = {14, 14, 1, 11, 0, 30};
    static const int small[] = {1, 0, 1, 1, 0, 0}, more[] = {1, 2, 1, 1, 0, 0};
    static const int two[] = {1, 0, 1, 0, 0, 0}, three[] = {1, 2, 1, 0, 0, 0};
    static const int both[] = {0, 0, 1, 2, 0, 0};
    int failed = 0;

    set_example(worker, first, small, 6);
    failed += expect(values_left(worker, 0, SMALL, false) == 1, "example 1 is recovered");
    failed += expect(values_left(worker, 0, SUMS, false) == 31, "example 1, sums alone");
    failed += expect(values_left(worker, 0, CODES, true) == 28, "example 1, merged");
    set_example(worker, first, more, 6);
    failed += expect(values_left(worker, 0, SMALL, false) == 10, "example 1, 14 hidden");
    set_example(worker, second, two, 6);
    failed += expect(values_left(worker, 0, SMALL, false) == 2, "example 2 is narrowed to two");
    failed += expect(values_left(worker, 0, CODES, true) == 18, "example 2, merged");
    set_example(worker, second, three, 6);
    failed += expect(values_left(worker, 0, CODES, false) == 10, "example 2, 14 hidden");
    set_example(worker, fourth, both, 6);
    failed += expect(values_left(worker, 2, CODES, false) == 1, "example 4 is recovered");
    failed += expect(values_left(worker, 3, CODES, false) == 1, "example 4, the other cell");
    failed += expect(values_left(worker, 2, SMALL, false) == 10, "example 4, small alone");
    failed += expect(values_left(worker, 2, CODES, true) == 11, "example 4, merged");
    return failed;
}

/* Every table whose inner unknowns lie within `reach` of the truth, by counting through them all:
 * sets other[] for the cells that differ in one that fits. */
static void count_through(const struct table *table, const struct masked *masked, const int *inner,
                          int length, int reach, bool *other)
{
    struct table *trial = need(malloc(sizeof *trial));
    struct spec *spec = need(malloc(sizeof *spec));
    int step[8] = {0}, at = 0;

    *spec = *table->spec;
    for (int i = 0; i < length; i++)
        step[i] = -reach;
    while (at < length) {
        bool fits = true;

        memset(trial, 0, sizeof *trial);
        trial->spec = spec;
        memcpy(trial->stride, table->stride, sizeof trial->stride);
        memcpy(trial->truth, table->truth, sizeof trial->truth);
        for (int i = 0; i < length; i++)
            add_upwards(trial, inner[i], 0, step[i]);
        for (int cell = 0; cell < table->cells && fits; cell++) {
            long move = labs(trial->truth[cell] - table->truth[cell]);

            fits = trial->truth[cell] >= 0 && move <= (is_unknown(table, masked, cell) ? reach : 0);
        }
        for (int cell = 0; cell < table->cells && fits; cell++)
            other[cell] = other[cell] || trial->truth[cell] != table->truth[cell];
        for (at = 0; at < length && ++step[at] > reach; at++)
            step[at] = -reach;
    }
    free(trial);
    free(spec);
}

/* The search finds another table exactly where counting through all of them does. */
static int test_search(struct worker *worker, long number)
{
    const struct table *table = &worker->table;
    const struct masked *masked = &worker->masked;
    struct attack *attack = &worker->attack;
    bool other[MAX_CELLS] = {false};
    int inner[8], length = 0, reach;

    for (int cell = 0; cell < table->cells; cell++)
        if (table->leaf[cell] && is_unknown(table, masked, cell)) {
            if (length == 8)
                return 0;
            inner[length++] = cell;
        }
    reach = length <= 4 ? 3 : 1;
    count_through(table, masked, inner, length, reach, other);
    set_up(attack, table, masked, SUMS, true);
    if (!first_bounds(attack))
        return expect(false, "a table that contradicts itself");
    for (int u = 0; u < attack->unknowns; u++)
        if ((look(attack, u, reach, 1000000) == FOUND) != other[attack->cell[u]]) {
            printf("table %ld: ", number);
            return expect(false, "search and counting through agree");
        }
    return 0;
}

/* Spoils a masked table in one way and expects the rule that it breaks. */
static int expect_rule(struct worker *worker, const char *rule, int cell, bool hidden)
{
    const struct table *table = &worker->table;
    bool hide[MAX_CELLS];
    struct verdict verdict = {0};

    for (int i = 0; i < table->cells; i++)
        hide[i] = worker->masked.state[i] == SUPPRESSED;
    hide[cell] = hidden;
    write_masked(&worker->output, table, hide);
    if (read_masked(&worker->masked, table, &worker->output, &verdict) &&
        check_cells(table, &worker->masked, &verdict))
        check_lines(table, &worker->masked, &verdict);
    return expect(verdict.rule && strcmp(verdict.rule, rule) == 0, rule);
}

/* The checks of the rules see what they are there to see. */
static int test_rules(struct worker *worker)
{
    static const long counts[] = {5, 14, 9, 20, 0, 30}, few[] = {3, 3, 0, 0, 20, 30};
    static const long threes[] = {3, 3, 3, 3, 0, 0};
    static const int codes[] = {1, 0, 1, 0, 0, 0}, both[] = {1, 1, 0, 0, 0, 0};
    static const int all[] = {1, 1, 1, 1, 0, 0};
    int failed = 0;

    set_example(worker, counts, codes, 6);
    failed += expect_rule(worker, "R-SUP-1", 0, false);
    set_example(worker, counts, codes, 6);
    failed += expect_rule(worker, "R-SUP-3", 4, true);
    set_example(worker, few, both, 6);
    failed += expect_rule(worker, "R-SUP-6", 0, true);
    set_example(worker, threes, all, 6);
    failed += expect_rule(worker, "R-SUP-6 (total)", 0, true);
    set_example(worker, (const long[]){5, 14}, (const int[]){1, 0}, 2);
    failed += expect_rule(worker, "R-SUP-7", 0, true);
    set_example(worker, counts, codes, 6);
    worker->table.order[0] = 1;
    worker->table.order[1] = 0;
    write_masked(&worker->output, &worker->table, (const bool[MAX_CELLS]){true});
    worker->table.order[0] = 0;
    worker->table.order[1] = 1;
    failed +=
        expect(!read_masked(&worker->masked, &worker->table, &worker->output, &(struct verdict){0}),
               "rows in another order");
    return failed;
}

/* Hides small counts only, as one should not, and expects to undo much of it. */
static int test_naive(struct worker *worker, long tables)
{
    long attacked = 0, undone = 0, undecided = 0, cells = 0;
    int failed = 0;

    for (long number = 0; number < tables; number++) {
        struct table *table = &worker->table;
        struct outcome outcome;

        make_spec(&worker->spec, worker->seed, number);
        build_table(table, &worker->spec);
        hide_all(&worker->masked, table);
        for (int cell = 0; cell < table->cells; cell++)
            if (table->truth[cell] >= THRESHOLD && table->printed[cell])
                worker->masked.state[cell] = SHOWN;
        if (!attack_table(&worker->attack, table, &worker->masked, SUMS, true, &outcome))
            return expect(false, "the true table fits");
        attacked += outcome.cells > 0;
        undone += outcome.recovered > 0;
        undecided += outcome.undecided;
        cells += outcome.cells;
        failed += test_search(worker, number);
    }
    printf("self test: %ld of %ld naively masked tables undone, %ld of %ld cells undecided\n",
           undone, attacked, undecided, cells);
    failed += expect(tables < 50 || undone * 2 > attacked, "half the naive tables are undone");
    failed += expect(undecided * 50 <= cells, "hardly a cell is left undecided");
    return failed;
}

static int self_test(struct worker *worker, long tables)
{
    int failed = test_examples(worker) + test_rules(worker) + test_naive(worker, tables);

    printf("self test: %s\n", failed ? "failed" : "passed");
    return failed;
}

/* ---------------------------------------------------------------- workers */

static struct worker *new_worker(uint64_t seed, enum knows knows, bool verbose)
{
    struct worker *worker = need(calloc(1, sizeof *worker));
    const char *directory = getenv("TMPDIR");

    worker->seed = seed;
    worker->knows = knows;
    worker->verbose = verbose;
    snprintf(worker->directory, sizeof worker->directory, "%.32s/attack-XXXXXX",
             directory && *directory ? directory : "/tmp");
    if (!mkdtemp(worker->directory))
        die(worker->directory);
    snprintf(worker->hierarchy_path, sizeof worker->hierarchy_path, "%s/hierarchy.csv",
             worker->directory);
    return worker;
}

static void free_worker(struct worker *worker)
{
    unlink(worker->hierarchy_path);
    rmdir(worker->directory);
    free(worker->input.at);
    free(worker->output.at);
    free(worker->errors.at);
    free(worker->hierarchy.at);
    free(worker->attack.change);
    free(worker);
}

static void try_number(struct worker *worker, long number, struct results *results)
{
    struct results before = *results;
    struct verdict verdict;

    make_spec(&worker->spec, worker->seed, number);
    if (try_spec(worker, &worker->spec, results, &verdict)) {
        if (worker->verbose)
            printf("table %ld: %d inner cells, %ld suppressed, %ld undecided%s\n", number,
                   inner_cells(&worker->spec), results->cells - before.cells,
                   results->undecided - before.undecided,
                   results->refused > before.refused ? ", refused" : "");
        fflush(stdout);
        return;
    }
    results->failures++;
    printf("FAILED: --seed %llu --one %ld: %s: %s\n", (unsigned long long)worker->seed, number,
           verdict.rule, verdict.detail);
    if (!worker->show && results->failures <= SHRUNK_FAILURES)
        show_smallest(worker, verdict.rule);
    fflush(stdout);
}

static void add_results(struct results *sum, const struct results *share)
{
    sum->tables += share->tables;
    sum->cells += share->cells;
    sum->recovered += share->recovered;
    sum->undecided += share->undecided;
    sum->refused += share->refused;
    sum->implied += share->implied;
    sum->failures += share->failures;
}

static pid_t start_worker(uint64_t seed, enum knows knows, bool verbose, long tables, int share,
                          int *results_end)
{
    int ends[2];
    pid_t pid;

    fflush(stdout);
    if (pipe(ends) != 0)
        die("pipe");
    close_on_exec(ends);
    pid = fork();
    if (pid < 0)
        die("fork");
    if (pid == 0) {
        struct results results = {0};
        struct worker *worker = new_worker(seed, knows, verbose);

        setvbuf(stdout, NULL, _IOFBF, 1 << 20); /* what a table prints stays together */
        for (long number = share; number < tables; number += WORKERS)
            try_number(worker, number, &results);
        free_worker(worker);
        fflush(stdout);
        _exit(write(ends[1], &results, sizeof results) == (ssize_t)sizeof results ? 0 : 2);
    }
    close(ends[1]);
    *results_end = ends[0];
    return pid;
}

/* Attacks the tables 0 .. tables - 1; false when a worker broke down. */
static bool attack_all(uint64_t seed, enum knows knows, bool verbose, long tables,
                       struct results *sum)
{
    pid_t pid[WORKERS];
    int end[WORKERS], status;
    bool whole = true;

    for (int i = 0; i < WORKERS; i++)
        pid[i] = start_worker(seed, knows, verbose, tables, i, &end[i]);
    for (int i = 0; i < WORKERS; i++) {
        struct results share = {0};

        whole = read(end[i], &share, sizeof share) == (ssize_t)sizeof share && whole;
        close(end[i]);
        whole = waitpid(pid[i], &status, 0) == pid[i] && status == 0 && whole;
        add_results(sum, &share);
    }
    return whole;
}

static int conclude(const struct results *sum, bool whole)
{
    if (sum->implied)
        printf("unprinted totals: %ld of %ld tables refused\n", sum->refused, sum->implied);
    if (!whole)
        printf("FAILED: a worker broke down\n");
    if (sum->undecided * 100 > sum->cells)
        printf("FAILED: more than one cell in a hundred is undecided\n");
    printf(
        "property: %ld tables, %ld suppressed cells, %ld recovered, %ld undecided, %ld refused\n",
        sum->tables, sum->cells, sum->recovered, sum->undecided, sum->refused);
    return !whole || sum->failures || sum->recovered || sum->undecided * 100 > sum->cells;
}

/* ---------------------------------------------------------------- main */

struct opts {
    long tables, one;
    uint64_t seed;
    enum knows knows;
    bool self_test, verbose;
};

static int usage(void)
{
    fprintf(stderr, "usage: attack-tables [--tables N] [--seed S] [--one K] [--verbose]\n"
                    "                     [--self-test] [--knows sums|zeros|threshold|codes]\n"
                    "DDG_BUILD names the directory with ddg-suppress and ddg-audit [build]\n");
    return 2;
}

static bool read_knows(const char *word, enum knows *knows)
{
    static const char *const level[] = {"sums", "zeros", "threshold", "codes"};

    for (int i = 0; i < 4; i++)
        if (strcmp(word, level[i]) == 0) {
            *knows = (enum knows)i;
            return true;
        }
    return false;
}

static bool read_options(struct opts *opts, int argc, char **argv)
{
    static const struct option options[] = {
        {"tables", required_argument, NULL, 't'},
        {"seed", required_argument, NULL, 's'},
        {"one", required_argument, NULL, 'o'},
        {"knows", required_argument, NULL, 'k'},
        {"self-test", no_argument, NULL, 'S'},
        {"verbose", no_argument, NULL, 'v'},
        {NULL, 0, NULL, 0},
    };
    int option;

    *opts = (struct opts){.tables = -1, .one = -1, .seed = 1, .knows = ZEROS};
    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        char *end = NULL;

        if (option == 't')
            opts->tables = strtol(optarg, &end, 10);
        else if (option == 's')
            opts->seed = strtoull(optarg, &end, 10);
        else if (option == 'o')
            opts->one = strtol(optarg, &end, 10);
        else if (option == 'S')
            opts->self_test = true;
        else if (option == 'v')
            opts->verbose = true;
        else if (option != 'k' || !read_knows(optarg, &opts->knows))
            return false;
        if (end && (end == optarg || *end))
            return false;
    }
    return optind == argc;
}

static int run_self_test(const struct opts *opts)
{
    struct worker *worker = new_worker(opts->seed, SUMS, opts->verbose);
    int failed =
        self_test(worker, opts->self_test && opts->tables >= 0 ? opts->tables : SELF_TEST_TABLES);

    free_worker(worker);
    return failed;
}

static int run_one(const struct opts *opts)
{
    struct worker *worker = new_worker(opts->seed, opts->knows, true);
    struct results results = {0};

    worker->show = true;
    try_number(worker, opts->one, &results);
    free_worker(worker);
    return conclude(&results, true);
}

int main(int argc, char **argv)
{
    struct results sum = {0};
    struct opts opts;
    bool whole;

    if (!read_options(&opts, argc, argv))
        return usage();
    signal(SIGPIPE, SIG_IGN);
    if (opts.one >= 0)
        return run_one(&opts);
    if (run_self_test(&opts))
        return 1;
    if (opts.self_test)
        return 0;
    whole = attack_all(opts.seed, opts.knows, opts.verbose, opts.tables >= 0 ? opts.tables : 10000,
                       &sum);
    return conclude(&sum, whole);
}
