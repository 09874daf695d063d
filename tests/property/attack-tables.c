/*
 * attack-tables: masks random tables with ddg-suppress and tries to undo it.
 *
 * The attacker is written against the text of the rules and shares no code with lib/: it builds the
 * tables, the hierarchies and the lines (a total and the parts that it adds up) itself, and reads
 * what ddg-suppress prints with a reader of its own.  A cell is recovered when every table of whole
 * numbers that fits the publication has the same value there, and narrowed when they have fewer
 * values than it is to keep: 3 for small counts, 2 for others.  The true table always fits, so the
 * attack looks for more tables that fit and have other values in the cell: by search with bound
 * propagation, which is exhaustive when it finds none, and by elimination for cells that the
 * linear system alone determines.
 *
 * Which suppressed cell is a small count he takes from the table before it was masked: who knows
 * codes must not gain by it.
 *
 * Lines of distinct persons are read so that both readings are covered: as equations short by as
 * many persons as they are in truth, and no part exceeds its total.  Whatever fits that fits the
 * bounds (at most the sum, at least the largest part), and the equations where nobody is in two
 * parts.
 */
#define PROGRAM "attack-tables"
#include "random_table.h"

enum {
    SMALL_TABLE = 40,
    LARGEST_TABLE = 600, /* cells, totals among them, before there is one more hierarchy */
    THRESHOLD = 11,
    SELF_TEST_TABLES = 400,
    SHRINK_RUNS = 400,
    SHRUNK_FAILURES = 4,
    SMALL_VALUES = 3, /* that a small count keeps */
    OTHER_VALUES = 2,
};

/* ---------------------------------------------------------------- random tables */

/* With all totals. */
static int all_cells(const struct spec *spec)
{
    int cells = 1;

    for (int d = 0; d < spec->dims; d++)
        cells *= nodes_of(&spec->dim[d]);
    return cells;
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
    } while (inner_cells(spec) < from || inner_cells(spec) > to || all_cells(spec) > LARGEST_TABLE);
    if (chance(random, 40))
        choose_hierarchy(&spec->dim[pick(random, 0, spec->dims - 1)], random);
    for (int d = 0; d < spec->dims; d++)
        if (spec->dim[d].parents == 0 && all_cells(spec) <= LARGEST_TABLE && chance(random, 15))
            choose_hierarchy(&spec->dim[d], random);
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

/* Some persons in two cells, near each other mostly. */
static void choose_shared(struct spec *spec, uint64_t *random)
{
    int cells = inner_cells(spec);

    spec->shares = pick(random, 0, MAX_SHARED);
    for (int i = 0; i < spec->shares; i++) {
        struct shared *shared = &spec->shared[i];

        shared->cell[0] = pick(random, 0, cells - 1);
        shared->cell[1] =
            chance(random, 50) ? pick(random, 0, cells - 1) : (shared->cell[0] + 1) % cells;
        shared->persons = chance(random, 50) ? pick(random, 1, 5) : pick(random, 1, 30);
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
    spec->no_group_rule = chance(&random, 35);
    /* totals that are not printed are not known to who masks, nor bound as he takes them to be */
    if (spec->persons && spec->printing == PRINT_ALL && chance(&random, 60))
        choose_shared(spec, &random);
    if (chance(&random, 15))
        spec->always = pick(&random, 1, 100000);
}

/* ---------------------------------------------------------------- writing */

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

static bool is_small(const struct table *table, int cell)
{
    return table->truth[cell] > 0 && table->truth[cell] < THRESHOLD;
}

/* The dimension and the category of --always: one of a row, so that there is one whatever is left
 * of the table. */
static int asked_dim(const struct spec *spec)
{
    return spec->always % spec->dims;
}

static int asked_node(const struct table *table)
{
    return node_of(table, table->order[table->spec->always % table->rows], asked_dim(table->spec));
}

static bool asks(const struct table *table)
{
    return table->spec->always && table->rows > 0;
}

static bool is_asked(const struct table *table, int cell)
{
    return asks(table) && node_of(table, cell, asked_dim(table->spec)) == asked_node(table);
}

/* As ddg-suppress would print it with the cells where hide[] is true suppressed; with `apart` the
 * codes tell small counts from others. */
static void write_masked(struct text *out, const struct table *table, const bool *hide, bool apart)
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
            text_print(out, "%s,%d,%s\n", spec->amounts ? "," : "",
                       apart && !is_small(table, cell) ? 2 : 1,
                       !apart                  ? "small number or complementary"
                       : is_small(table, cell) ? "small number"
                                               : "complementary");
            continue;
        }
        text_print(out, "%ld", count);
        if (spec->amounts)
            text_print(out, ",%ld", amount_of(count));
        text_print(out, ",,\n");
    }
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

static bool read_cell(struct masked *masked, const struct table *table,
                      const struct columns *columns, char **field, int cell, bool apart,
                      struct verdict *verdict)
{
    const char *count = field[columns->count], *annotation = field[columns->annotation];
    bool hidden = *count == '\0', amounts = table->spec->amounts;
    char *end;

    if (strcmp(annotation, !hidden ? "" : apart && !is_small(table, cell) ? "2" : "1") != 0)
        return blame_cell(verdict, "R-SUP-10", table, cell, "count and annotation disagree");
    if (hidden != (*field[columns->description] != '\0'))
        return blame_cell(verdict, "R-SUP-10", table, cell, "annotation and description disagree");
    if (amounts && hidden && *field[columns->amount])
        return blame_cell(verdict, "R-SUP-4", table, cell, "an amount stays");
    masked->state[cell] = hidden ? SUPPRESSED : SHOWN;
    masked->code[cell] = !hidden ? 0 : is_small(table, cell) ? 1 : 2;
    masked->value[cell] = hidden ? 0 : strtol(count, &end, 10);
    if (!hidden && (*end || masked->value[cell] != table->truth[cell]))
        return blame_cell(verdict, "format", table, cell, "the count has changed");
    if (amounts && !hidden && table->printed[cell] &&
        strtol(field[columns->amount], &end, 10) != amount_of(masked->value[cell]))
        return blame_cell(verdict, "format", table, cell, "the amount has changed");
    return true;
}

/* Reads the published table, whose codes tell small counts `apart` or not; `text` is used up. */
static bool read_masked(struct masked *masked, const struct table *table, struct text *text,
                        bool apart, struct verdict *verdict)
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
        if (!read_cell(masked, table, &columns, field, cell, apart, verdict))
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

        if (masked->state[cell] == SHOWN && is_small(table, cell))
            return blame_cell(verdict, "R-SUP-1", table, cell, "a small count is shown");
        if (masked->state[cell] == SHOWN && truth > 0 && is_asked(table, cell))
            return blame_cell(verdict, "always", table, cell, "is shown in spite of --always");
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
    if (table->leaf[cell] || table->spec->printing == PRINT_ALL)
        return false;
    return table->spec->totals == NONE || is_small(table, cell);
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
        if (!table->spec->no_group_rule && !check_hidden_sum(table, masked, line, verdict))
            return false;
    }
    return true;
}

/* ---------------------------------------------------------------- the attack */

enum {
    UNBOUNDED = 1 << 30,
    REACH = 100,
    DIVES = 400,
    MAX_GAPS = 8192, /* between parts and totals of distinct persons */
    MAX_UNKNOWNS = MAX_CELLS + MAX_GAPS,
    MAX_EQUATIONS = MAX_LINES + MAX_GAPS,
    MAX_USES = MAX_TERMS + MAX_LINES + 3 * MAX_GAPS,
    MAX_OTHERS = 8,
};

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

/* The unknown cells, and the equations between them.  The gap between an unknown part and its
 * unknown total is an unknown as well. */
struct attack {
    int unknowns, equations, terms, changes, change_capacity;
    int cell[MAX_UNKNOWNS], number[MAX_CELLS]; /* unknown to cell and back; -1 */
    long truth[MAX_UNKNOWNS], low[MAX_UNKNOWNS], high[MAX_UNKNOWNS];
    bool cut[MAX_UNKNOWNS];               /* high is REACH above the truth, not a bound */
    long other[MAX_UNKNOWNS][MAX_OTHERS]; /* values beside the truth that tables that fit have, */
    int others[MAX_UNKNOWNS];             /* how many */
    int wanted[MAX_UNKNOWNS]; /* how many there should be: none where the cell is not suppressed */
    struct equation equation[MAX_EQUATIONS];
    struct term term[MAX_USES];
    int use_first[MAX_UNKNOWNS + 1], use[MAX_USES]; /* the equations of an unknown */
    bool queued[MAX_EQUATIONS];
    int queue[MAX_EQUATIONS], queue_length;
    long residue[MAX_EQUATIONS]; /* by how much the likeliest values miss the sum */
    struct change *change;       /* what to undo */
    long budget;                 /* equations that may still be looked at */
    uint64_t noise;              /* 0, or the state of what shakes the choices of the search */
};

enum finding { FOUND, NOTHING, GAVE_UP };

/* The range that the attacker gives a cell before he adds anything up.  Totals that are not printed
 * are to him what they are to ddg-suppress: suppressed elsewhere because they are small, or, with
 * --totals none, nowhere. */
static void set_range(struct attack *attack, int unknown, const struct table *table,
                      const struct masked *masked, enum knows knows, bool merged)
{
    int cell = attack->cell[unknown];
    bool suppressed = masked->state[cell] == SUPPRESSED, primary = masked->code[cell] == 1;
    bool elsewhere = !suppressed && table->spec->totals != NONE;

    attack->wanted[unknown] =
        !suppressed ? 0 : (primary && !merged ? SMALL_VALUES : OTHER_VALUES) - 1;
    attack->low[unknown] = 0;
    attack->high[unknown] = UNBOUNDED;
    if (!suppressed && !elsewhere)
        return;
    primary = primary || elsewhere;
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

/* total = part + gap, where both are unknown; else what is known bounds the other. */
static void add_gap(struct attack *attack, const struct table *table, int total, int part)
{
    int t = attack->number[total], p = attack->number[part], gap = attack->unknowns;
    struct equation *equation = &attack->equation[attack->equations];

    if (t >= 0 && p < 0 && attack->low[t] < table->truth[part])
        attack->low[t] = table->truth[part];
    if (p >= 0 && t < 0 && attack->high[p] > table->truth[total])
        attack->high[p] = table->truth[total];
    if (p < 0 || t < 0)
        return;
    if (gap == MAX_UNKNOWNS || attack->equations == MAX_EQUATIONS) {
        errno = ENOMEM;
        die("a table with too many parts");
    }
    attack->unknowns++;
    attack->equations++;
    attack->cell[gap] = -1;
    attack->wanted[gap] = 0;
    attack->truth[gap] = table->truth[total] - table->truth[part];
    attack->low[gap] = 0;
    attack->high[gap] = UNBOUNDED;
    *equation = (struct equation){.first = attack->terms, .terms = 3};
    attack->term[attack->terms++] = (struct term){t, 1};
    attack->term[attack->terms++] = (struct term){p, -1};
    attack->term[attack->terms++] = (struct term){gap, -1};
}

static void add_line_equation(struct attack *attack, const struct table *table,
                              const struct line *line)
{
    struct equation *equation = &attack->equation[attack->equations];
    long twice = -table->truth[line->total]; /* persons counted in more than one part */

    for (int i = 0; i < line->parts; i++)
        twice += table->truth[table->term[line->first + i]];
    *equation = (struct equation){.first = attack->terms, .sum = twice};
    for (int i = 0; i < line->parts; i++)
        add_term(attack, equation, table, table->term[line->first + i], 1);
    add_term(attack, equation, table, line->total, -1);
    attack->equations += equation->terms > 0;
    for (int i = 0; i < line->parts && table->spec->persons; i++)
        add_gap(attack, table, line->total, table->term[line->first + i]);
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
    memset(attack->others, 0, sizeof attack->others);
    memset(attack->cut, 0, sizeof attack->cut);
    memset(attack->queued, 0, sizeof attack->queued);
    for (int cell = 0; cell < table->cells; cell++) {
        attack->number[cell] = -1;
        if (!is_unknown(table, masked, cell))
            continue;
        attack->number[cell] = attack->unknowns;
        attack->cell[attack->unknowns] = cell;
        attack->truth[attack->unknowns] = table->truth[cell];
        set_range(attack, attack->unknowns++, table, masked, knows, merged);
    }
    for (int l = 0; l < table->lines; l++)
        add_line_equation(attack, table, &table->line[l]);
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

static bool is_noted(const struct attack *attack, int unknown, long value)
{
    bool noted = value == attack->truth[unknown];

    for (int i = 0; i < attack->others[unknown]; i++)
        noted = noted || attack->other[unknown][i] == value;
    return noted;
}

/* Notes the values of the table that was found. */
static void note_table(struct attack *attack)
{
    for (int u = 0; u < attack->unknowns; u++)
        if (attack->others[u] < MAX_OTHERS && !is_noted(attack, u, likely(attack, u)))
            attack->other[u][attack->others[u]++] = likely(attack, u);
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
        if (attack->cell[u] >= 0)
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

/* Looks for a table that fits and has a value in the unknown that none had yet: above the truth,
 * then below, between the values that are known. */
static enum finding look(struct attack *attack, int unknown, long reach, long budget)
{
    enum finding worst = NOTHING;

    for (int direction = 1; direction >= -1; direction -= 2) {
        long from = attack->truth[unknown];

        for (bool last = false; !last;) {
            long to = direction > 0 ? UNBOUNDED : 0;
            enum finding finding = NOTHING;

            from += direction;
            for (int i = 0; i < attack->others[unknown]; i++) {
                long known = attack->other[unknown][i];

                if ((known - from) * direction >= 0 && (to - known) * direction >= 0)
                    to = known - direction;
            }
            if ((to - from) * direction >= 0)
                finding = look_between(attack, unknown, from < to ? from : to,
                                       from < to ? to : from, reach, budget);
            if (finding == FOUND)
                return FOUND;
            if (finding == GAVE_UP)
                worst = GAVE_UP;
            last = to == (direction > 0 ? UNBOUNDED : 0) || to + direction < 0;
            from = to + direction;
        }
    }
    return worst;
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
    reduce(basis, n, determined);
    free(basis);
    free(row);
}

/* ---------------------------------------------------------------- what was recovered */

enum { RECOVERED = 'r', NARROWED = 'n', UNDECIDED = '?', SAFE = 's' };

struct outcome {
    long cells, recovered, narrowed, undecided;
    long determined; /* recovered by the linear system alone, whatever the bounds */
    int first;       /* a recovered or narrowed cell, or -1 */
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

/* Looks far for a value that no table near the truth has. */
static int look_far(struct attack *attack, int unknown)
{
    enum finding finding = look(attack, unknown, UNBOUNDED, 100000);

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

/* What becomes of a suppressed cell. */
static int decide(struct attack *attack, int unknown, bool **determined)
{
    int fate = SAFE;

    while (fate == SAFE && attack->others[unknown] < attack->wanted[unknown]) {
        if (look(attack, unknown, 1, 4000) == FOUND || look(attack, unknown, 2, 4000) == FOUND)
            continue;
        if (!*determined) {
            *determined = need(calloc((size_t)attack->unknowns, sizeof **determined));
            eliminate(attack, *determined);
        }
        fate = (*determined)[unknown] ? RECOVERED : look_far(attack, unknown);
    }
    return fate == RECOVERED && attack->others[unknown] > 0 ? NARROWED : fate;
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
        int fate;

        if (attack->wanted[u] == 0)
            continue;
        outcome->cells++;
        fate = decide(attack, u, &determined);
        outcome->determined += fate == RECOVERED && determined[u];
        outcome->undecided += fate == UNDECIDED;
        outcome->recovered += fate == RECOVERED;
        outcome->narrowed += fate == NARROWED;
        if ((fate == RECOVERED || fate == NARROWED) && outcome->first < 0)
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
    struct text input, output, errors;
    struct scratch scratch;
    bool verbose, show;
    enum knows knows;
    uint64_t seed;
};

struct results {
    long tables, cells, recovered, narrowed, undecided, refused, implied, failures;
};

/* The options that describe the table; only suppress is told of totals.  Returns how many. */
static int describe(struct worker *worker, const struct spec *spec, bool totals, char **argv)
{
    static char none[] = "--totals=none", add[] = "--totals=add", implied[] = "--totals=implied";
    int count = describe_hierarchy(&worker->scratch, &worker->table, argv);

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
    for (int d = 0; d < worker->table.spec->dims; d++)
        if (worker->table.spec->dim[d].parents > 0 && worker->scratch.hierarchy[d].at)
            printf("-- hierarchy %c\n%s", 'a' + d, worker->scratch.hierarchy[d].at);
    printf("-- input\n%s-- output, exit status %d\n%s-- messages\n%s--\n", input->at, status,
           worker->output.at, worker->errors.at);
}

/* Some tables are masked as two blocks of --by, the same twice. */
static bool is_in_blocks(const struct spec *spec)
{
    return spec->key % 5 == 3;
}

/* Adds the lines of a table with a field in front. */
static void write_block(struct text *out, const char *from, const char *label)
{
    for (const char *end; (end = strchr(from, '\n')); from = end + 1)
        text_print(out, "%s,%.*s\n", label, (int)(end - from), from);
}

static void write_blocks(struct text *out, const struct text *table)
{
    char *rows = strchr(table->at, '\n') + 1;

    text_print(out, "block,%.*s", (int)(rows - table->at), table->at);
    write_block(out, rows, "A");
    write_block(out, rows, "B");
}

/* Leaves the second of the two blocks in the output, as a table; false where the first is another.
 */
static bool take_block(struct text *output, struct verdict *verdict)
{
    struct text one = {0}, both = {0};
    bool same;

    for (const char *at = output->at, *end; (end = strchr(at, '\n')); at = end + 1)
        if (strncmp(at, "A,", 2) != 0)
            text_add(&one, strchr(at, ',') + 1, (size_t)(end - strchr(at, ',')));
    if (one.at)
        write_blocks(&both, &one);
    same = both.at && strcmp(both.at, output->at) == 0;
    text_clear(output);
    if (one.at)
        text_add(output, one.at, one.length);
    free(one.at);
    free(both.at);
    return same || blame(verdict, "blocks", "two blocks of the same rows are masked differently");
}

/* Calls a tool with the table's description, what the attacker knows, and perhaps more options. */
static int call(struct worker *worker, char *name, enum knows knows, char *const *more,
                struct text *input)
{
    static char off[] = "--group-rule=off", separate[] = "--codes=separate", quick[] = "--effort=0";
    const struct spec *spec = worker->table.spec;
    static char by[] = "--by=block";
    char *argv[2 * MAX_DIMS + 12] = {name}, level[32];
    bool totals = strcmp(name, "ddg-suppress") == 0;
    struct text always = {0}, blocks = {0};
    int status, count = 1 + describe(worker, spec, totals, argv + 1);

    if (totals && asks(&worker->table)) {
        int d = asked_dim(spec);

        text_print(&always, "--always=dim_%c=", 'a' + d);
        write_label(&always, &spec->dim[d], d, asked_node(&worker->table));
        argv[count++] = always.at;
    }
    snprintf(level, sizeof level, "--knows=%s", level_name[knows]);
    argv[count++] = level;
    if (spec->no_group_rule)
        argv[count++] = off;
    if (totals && knows > ZEROS)
        argv[count++] = separate;
    if (totals && worker->table.rows % 4 != 0)
        argv[count++] = quick;
    while (more && *more)
        argv[count++] = *more++;
    if (totals && is_in_blocks(spec)) {
        argv[count++] = by;
        write_blocks(&blocks, input);
        input = &blocks;
    }
    status = run_tool(name, argv, input, &worker->output, &worker->errors);
    if (worker->show)
        show_call(worker, argv, input, status);
    free(always.at);
    free(blocks.at);
    return status;
}

/* What can be known of a table that does not tell small counts from others. */
static enum knows merged_level(const struct worker *worker)
{
    return worker->knows < ZEROS ? worker->knows : ZEROS;
}

/* ---------------------------------------------------------------- one table */

/* Hides every count that could be hidden at all. */
static void hide_all(struct masked *masked, const struct table *table)
{
    memset(masked, 0, sizeof *masked);
    for (int cell = 0; cell < table->cells; cell++) {
        if (!table->printed[cell] && table->spec->totals != ADD)
            continue;
        masked->state[cell] = table->truth[cell] ? SUPPRESSED : SHOWN;
        masked->code[cell] = is_small(table, cell) ? 1 : 2;
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

/* Only what hiding everything would not have kept safe excuses a refusal: totals that stand
 * elsewhere, where this table cannot hide them, and small totals of as many ones where the reader
 * knows that they are small. */
static bool judge_refusal(struct worker *worker, struct results *results, struct verdict *verdict)
{
    const struct table *table = &worker->table;
    struct outcome outcome;

    if (!is_poisoned(&worker->output))
        return blame(verdict, "poison", "a refusal leaves a table behind");
    if (!strstr(worker->errors.at, "no way found to protect"))
        return blame(verdict, "refused", "%.200s", worker->errors.at);
    hide_all(&worker->masked, table);
    if (!attack_table(&worker->attack, table, &worker->masked, worker->knows, false, &outcome))
        return blame(verdict, "attacker", "the table contradicts itself");
    results->refused++;
    /* totals of persons that are not printed may be less than they are, as far as he who masks
     * knows */
    if (table->spec->persons && table->spec->printing != PRINT_ALL)
        return true;
    return outcome.recovered > 0 || outcome.narrowed > 0 || outcome.undecided > 0 ||
           blame(verdict, "refused in vain", "hiding every count would have been safe");
}

static bool attack_output(struct worker *worker, struct results *results, struct verdict *verdict)
{
    const struct table *table = &worker->table;
    struct outcome outcome;

    if (!attack_table(&worker->attack, table, &worker->masked, worker->knows, false, &outcome))
        return blame(verdict, "format", "the published table does not add up");
    results->cells += outcome.cells;
    results->recovered += outcome.recovered;
    results->narrowed += outcome.narrowed;
    results->undecided += outcome.undecided;
    return outcome.first < 0 || blame_cell(verdict, "R-SUP-2", table, outcome.first,
                                           outcome.recovered ? "is recovered" : "is narrowed");
}

static bool audit(struct worker *worker, enum knows knows, char *const *options,
                  struct text *published, int wanted, struct verdict *verdict)
{
    static char name[] = "ddg-audit";
    int status = call(worker, name, knows, options, published);

    return status == wanted ||
           blame(verdict, wanted ? "audit misses" : "audit finds",
                 "ddg-audit ends with %d, not %d: %.160s", status, wanted, worker->errors.at);
}

/* Nor does ddg-audit find anything when it is told which suppressed counts are small. */
static bool audit_apart(struct worker *worker, struct verdict *verdict)
{
    static char codes[] = "--codes=separate", values[] = "--min-values=3,2";
    static char *const options[] = {codes, values, NULL};
    bool hide[MAX_CELLS];

    for (int cell = 0; cell < worker->table.cells; cell++)
        hide[cell] = worker->masked.state[cell] == SUPPRESSED;
    write_masked(&worker->input, &worker->table, hide, true);
    return audit(worker, worker->knows, options, &worker->input, 0, verdict);
}

/* ddg-audit must find what the attacker finds where only small counts are hidden; he knows that
 * zeros are shown, as it does, and the rule for groups (R-SUP-6) is no part of it.  Lines of
 * distinct persons bound a cell less than equations do, so there it has to find only what the
 * system of all lines determines; and not even that where somebody is in two parts: how many they
 * are, which is what he reads these lines by, no reader knows, and a line that cannot add up is no
 * equation to anybody. */
static bool audit_naive(struct worker *worker, struct verdict *verdict)
{
    static char rule[] = "--group-rule=off", values[] = "--min-values=2";
    static char *const options[] = {rule, values, NULL};
    const struct table *table = &worker->table;
    enum knows knows = merged_level(worker);
    bool hide[MAX_CELLS] = {false};
    struct text naive = {0};
    struct outcome outcome;
    bool fine;

    for (int cell = 0; cell < table->cells; cell++)
        hide[cell] = table->truth[cell] > 0 && table->truth[cell] < THRESHOLD;
    write_masked(&naive, table, hide, false);
    text_clear(&worker->input);
    text_add(&worker->input, naive.at, naive.length);
    fine = read_masked(&worker->masked, table, &naive, false, verdict);
    free(naive.at);
    if (!fine || !attack_table(&worker->attack, table, &worker->masked, knows, true, &outcome))
        return blame(verdict, "attacker", "the naive table cannot be attacked");
    if (table->spec->shares > 0)
        return true;
    if (!outcome.determined &&
        (outcome.undecided || ((outcome.recovered || outcome.narrowed) && table->spec->persons)))
        return true;
    return audit(worker, knows, options, &worker->input, outcome.recovered > 0, verdict);
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
    status = call(worker, name, worker->knows, NULL, &worker->input);
    if (status == 2)
        return judge_refusal(worker, results, verdict);
    if (status != 0)
        return blame(verdict, "crash", "ddg-suppress ends with %d: %.200s", status,
                     worker->errors.at);
    if (is_in_blocks(spec) && !take_block(&worker->output, verdict))
        return false;
    text_add(&published, worker->output.at, worker->output.length);
    fine = read_masked(&worker->masked, table, &worker->output, worker->knows > ZEROS, verdict) &&
           check_cells(table, &worker->masked, verdict) &&
           check_lines(table, &worker->masked, verdict) && attack_output(worker, results, verdict);
    if (fine && (inner_cells(spec) > SMALL_TABLE || spec->key % 4 == 0))
        fine = audit(worker, merged_level(worker), NULL, &published, 0, verdict);
    if (fine && spec->printing == PRINT_ALL && spec->key % 4 == 2)
        fine = audit_apart(worker, verdict);
    if (fine && spec->printing == PRINT_ALL && spec->key % 8 == 1)
        fine = audit_naive(worker, verdict);
    free(published.at);
    return fine;
}

/* ---------------------------------------------------------------- making a failure small */

/* The spec without a leaf. */
static void without_leaf(struct spec *to, const struct spec *from, int d, int leaf)
{
    int cells = inner_cells(from), kept = 0, stride = 1, place[MAX_INNER];

    *to = *from;
    for (int k = d + 1; k < from->dims; k++)
        stride *= from->dim[k].leaves;
    for (int i = 0; i < cells; i++) {
        place[i] = i / stride % from->dim[d].leaves != leaf ? kept : 0;
        if (i / stride % from->dim[d].leaves != leaf)
            to->inner[kept++] = from->inner[i];
    }
    for (int i = 0; i < 2 * to->shares; i++)
        to->shared[i / 2].cell[i % 2] = place[to->shared[i / 2].cell[i % 2]];
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
    worker->trial.shares = worker->trial.always = 0;
    return memcmp(&worker->trial, spec, sizeof *spec) != 0 && keep_trial(worker, rule, runs);
}

static bool shrink_shared(struct worker *worker, const char *rule, int *runs)
{
    for (int i = 0; i < worker->spec.shares; i++) {
        worker->trial = worker->spec;
        worker->trial.shared[i] = worker->trial.shared[--worker->trial.shares];
        if (keep_trial(worker, rule, runs))
            return true;
    }
    return false;
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

    while (shrink_shape(worker, rule, &runs) || shrink_shared(worker, rule, &runs) ||
           shrink_counts(worker, rule, &runs))
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
    struct outcome outcome;
    int failed = 0;

    set_example(worker, first, small, 6);
    failed += expect(values_left(worker, 0, SMALL, false) == 1, "example 1 is recovered");
    failed += expect(values_left(worker, 0, SUMS, false) == 31, "example 1, sums alone");
    failed += expect(values_left(worker, 0, CODES, true) == 28, "example 1, merged");
    set_example(worker, first, more, 6);
    failed += expect(values_left(worker, 0, SMALL, false) == 10, "example 1, 14 hidden");
    set_example(worker, second, two, 6);
    failed += expect(values_left(worker, 0, SMALL, false) == 2, "example 2 is narrowed to two");
    failed += expect(
        attack_table(&worker->attack, &worker->table, &worker->masked, SMALL, false, &outcome) &&
            outcome.narrowed == 2 && outcome.recovered == 0,
        "two small counts of two values each are narrowed");
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

/* True when the trial fits what the attacker gives each unknown before he adds up, and what is
 * shown, and differs nowhere by more than `reach`. */
static bool trial_fits(const struct attack *attack, const struct table *table,
                       const struct table *trial, int reach)
{
    bool fits = true;

    for (int cell = 0; cell < table->cells && fits; cell++) {
        int u = attack->number[cell];
        long value = trial->truth[cell], move = labs(value - table->truth[cell]);

        fits = u < 0 ? move == 0
                     : move <= reach && value >= attack->low[u] && value <= attack->high[u];
    }
    for (int l = 0; l < table->lines && fits && table->spec->persons; l++)
        for (int i = 0; i < table->line[l].parts && fits; i++)
            fits = trial->truth[table->term[table->line[l].first + i]] <=
                   trial->truth[table->line[l].total];
    return fits;
}

/* Every table whose inner unknowns lie within `reach` of the truth, by counting through them all:
 * sets a bit of offsets[] for each other value that a cell has in one that fits. */
static void count_through(const struct attack *attack, const struct table *table, const int *inner,
                          int length, int reach, unsigned *offsets)
{
    struct table *trial = need(malloc(sizeof *trial));
    int step[8] = {0}, at = 0;

    memcpy(trial, table, sizeof *trial);
    for (int i = 0; i < length; i++)
        step[i] = -reach;
    while (at < length) {
        memcpy(trial->truth, table->truth, sizeof trial->truth);
        for (int i = 0; i < length; i++)
            add_upwards(trial, inner[i], 0, step[i]);
        if (trial_fits(attack, table, trial, reach))
            for (int cell = 0; cell < table->cells; cell++)
                if (trial->truth[cell] != table->truth[cell])
                    offsets[cell] |= 1u << (8 + trial->truth[cell] - table->truth[cell]);
        for (at = 0; at < length && ++step[at] > reach; at++)
            step[at] = -reach;
    }
    free(trial);
}

/* The search finds as many other values as counting through all tables does. */
static int test_search(struct worker *worker, long number)
{
    const struct table *table = &worker->table;
    const struct masked *masked = &worker->masked;
    struct attack *attack = &worker->attack;
    unsigned offsets[MAX_CELLS] = {0};
    int inner[8], length = 0, reach;

    for (int cell = 0; cell < table->cells; cell++)
        if (table->leaf[cell] && is_unknown(table, masked, cell)) {
            if (length == 8)
                return 0;
            inner[length++] = cell;
        }
    reach = length <= 4 ? 3 : 1;
    set_up(attack, table, masked, (enum knows)(number % LEVELS), false);
    count_through(attack, table, inner, length, reach, offsets);
    if (!first_bounds(attack))
        return expect(false, "a table that contradicts itself");
    for (int u = 0; u < attack->unknowns; u++) {
        if (attack->cell[u] < 0)
            continue;
        while (attack->others[u] < MAX_OTHERS && look(attack, u, reach, 1000000) == FOUND)
            continue;
        if (attack->others[u] != __builtin_popcount(offsets[attack->cell[u]])) {
            printf("table %ld: ", number);
            return expect(false, "search and counting through agree");
        }
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
    write_masked(&worker->output, table, hide, false);
    if (read_masked(&worker->masked, table, &worker->output, false, &verdict) &&
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
    set_example(worker, counts, codes, 6);
    worker->spec.always = 3;
    failed += expect_rule(worker, "always", 0, true);
    set_example(worker, few, both, 6);
    failed += expect_rule(worker, "R-SUP-6", 0, true);
    set_example(worker, threes, all, 6);
    failed += expect_rule(worker, "R-SUP-6 (total)", 0, true);
    set_example(worker, (const long[]){5, 14}, (const int[]){1, 0}, 2);
    failed += expect_rule(worker, "R-SUP-7", 0, true);
    set_example(worker, counts, codes, 6);
    worker->table.order[0] = 1;
    worker->table.order[1] = 0;
    write_masked(&worker->output, &worker->table, (const bool[MAX_CELLS]){true}, false);
    worker->table.order[0] = 0;
    worker->table.order[1] = 1;
    failed += expect(
        !read_masked(&worker->masked, &worker->table, &worker->output, false, &(struct verdict){0}),
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

    worker->seed = seed;
    worker->knows = knows;
    worker->verbose = verbose;
    make_scratch(&worker->scratch);
    return worker;
}

static void free_worker(struct worker *worker)
{
    free_scratch(&worker->scratch);
    free(worker->input.at);
    free(worker->output.at);
    free(worker->errors.at);
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
    printf("FAILED: --seed %llu --knows %s --one %ld: %s: %s\n", (unsigned long long)worker->seed,
           level_name[worker->knows], number, verdict.rule, verdict.detail);
    if (!worker->show && results->failures <= SHRUNK_FAILURES)
        show_smallest(worker, verdict.rule);
    fflush(stdout);
}

static void add_results(struct results *sum, const struct results *share)
{
    sum->tables += share->tables;
    sum->cells += share->cells;
    sum->recovered += share->recovered;
    sum->narrowed += share->narrowed;
    sum->undecided += share->undecided;
    sum->refused += share->refused;
    sum->implied += share->implied;
    sum->failures += share->failures;
}

static void attack_share(int share, const void *tasks, void *results)
{
    const struct opts *opts = tasks;
    struct worker *worker = new_worker(opts->seed, (enum knows)opts->level, opts->verbose);

    for (long number = share; number < opts->tables; number += WORKERS)
        try_number(worker, number, results);
    free_worker(worker);
}

/* Attacks the tables 0 .. opts->tables - 1; false when a worker broke down. */
static bool attack_all(const struct opts *opts, struct results *sum)
{
    struct results share[WORKERS] = {0};
    bool whole = share_work(attack_share, opts, share, sizeof *share);

    for (int i = 0; i < WORKERS; i++)
        add_results(sum, &share[i]);
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
        "property: %ld tables, %ld suppressed cells, %ld recovered, %ld narrowed, %ld undecided, "
        "%ld refused\n",
        sum->tables, sum->cells, sum->recovered, sum->narrowed, sum->undecided, sum->refused);
    return !whole || sum->failures || sum->recovered || sum->narrowed ||
           sum->undecided * 100 > sum->cells;
}

/* ---------------------------------------------------------------- main */

static int usage(void)
{
    fprintf(stderr, "usage: attack-tables [--tables N] [--seed S] [--one K] [--verbose]\n"
                    "                     [--self-test] [--knows sums|zeros|threshold|codes]\n"
                    "DDG_BUILD names the directory with ddg-suppress and ddg-audit [build]\n");
    return 2;
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
    struct worker *worker =
        new_worker(opts->seed, opts->level < 0 ? ZEROS : (enum knows)opts->level, true);
    struct results results = {0};

    worker->show = true;
    try_number(worker, opts->one, &results);
    free_worker(worker);
    return conclude(&results, true);
}

static int attack_level(struct opts opts, enum knows level)
{
    struct results sum = {0};
    bool whole;

    opts.level = (int)level;
    whole = attack_all(&opts, &sum);
    printf("%s: ", level_name[level]);
    return conclude(&sum, whole);
}

int main(int argc, char **argv)
{
    static const struct option options[] = {
        SHARED_OPTIONS,
        {"verbose", no_argument, NULL, 'v'},
        {NULL, 0, NULL, 0},
    };
    struct opts opts = {.tables = -1, .one = -1, .seed = 1, .level = -1};
    int failed = 0;

    if (!read_options(&opts, options, argc, argv))
        return usage();
    signal(SIGPIPE, SIG_IGN);
    if (opts.one >= 0)
        return run_one(&opts);
    if (run_self_test(&opts))
        return 1;
    if (opts.self_test)
        return 0;
    if (opts.tables < 0)
        opts.tables = property_tables("DDG_ATTACK_TABLES", 100);
    if (opts.level >= 0)
        return attack_level(opts, (enum knows)opts.level);
    for (int level = 0; level < LEVELS; level++)
        failed += attack_level(opts, (enum knows)level);
    return failed > 0;
}
