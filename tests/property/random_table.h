/*
 * Random tables for the property tests, and running the programs on them.
 *
 * Nothing here comes from lib/: an error in the table model there must not be repeated here.  A
 * table is built with all its margins, printed or not, and with the lines (a total and the parts
 * that it adds up) that bind its cells; all of it is known from the key of a spec.
 *
 * Define PROGRAM, the name for messages, before this header is included.
 */
#ifndef DDG_RANDOM_TABLE_H
#define DDG_RANDOM_TABLE_H

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
#include <unistd.h>

enum {
    MAX_DIMS = 5,
    MAX_LEAVES = 6,
    MAX_PARENTS = 3,
    MAX_NODES = MAX_LEAVES + MAX_PARENTS + 1,
    MAX_INNER = 400,
    MAX_SHARED = 12,
    MAX_CELLS = 4096,
    MAX_LINES = 8192,
    MAX_TERMS = 32768,
    WORKERS = 2,
    TOOL_SECONDS = 60,
};

/* ---------------------------------------------------------------- text */

struct text {
    char *at;
    size_t length, capacity;
};

static inline void die(const char *what)
{
    fprintf(stderr, PROGRAM ": %s: %s\n", what, strerror(errno));
    exit(2);
}

static inline void *need(void *memory)
{
    if (!memory)
        die("memory");
    return memory;
}

static inline void text_add(struct text *text, const char *bytes, size_t length)
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

__attribute__((format(printf, 2, 3))) static inline void text_print(struct text *text,
                                                                    const char *format, ...)
{
    char piece[512];
    va_list arguments;
    int length;

    va_start(arguments, format);
    length = vsnprintf(piece, sizeof piece, format, arguments);
    va_end(arguments);
    text_add(text, piece, length < (int)sizeof piece ? (size_t)length : sizeof piece - 1);
}

static inline void text_clear(struct text *text)
{
    text->length = 0;
    text_add(text, "", 0);
}

/* ---------------------------------------------------------------- random numbers */

static inline uint64_t mix(uint64_t x)
{
    x += 0x9e3779b97f4a7c15u;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

static inline uint64_t next_random(uint64_t *state)
{
    *state += 0x9e3779b97f4a7c15u;
    return mix(*state);
}

/* A whole number from `from` to `to`. */
static inline int pick(uint64_t *state, int from, int to)
{
    return from + (int)(next_random(state) % (uint64_t)(to - from + 1));
}

static inline bool chance(uint64_t *state, int percent)
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

/* Persons who are in two inner cells each, and once in every total that holds both. */
struct shared {
    int cell[2]; /* of spec.inner */
    long persons;
};

/* Everything that makes a table and the call that masks it. */
struct spec {
    uint64_t key; /* decides row order, and what is left out */
    int dims;
    struct dimension dim[MAX_DIMS];
    long inner[MAX_INNER]; /* the last dimension runs fastest */
    enum totals totals;
    enum printing printing;
    unsigned crossed; /* not 0: no inner cell is printed, and of its margins those whose bit is set:
                       * bit 3 is that of dimensions 0 and 1, */
    unsigned coarse;  /* these without what is below the parents of a dimension */
    int shares;
    struct shared shared[MAX_SHARED]; /* the same person twice: in tables of persons alone */
    bool say_implied, absent_zeros, shuffled, persons, amounts, annotated, hierarchy_header;
    bool no_group_rule;
    int always; /* not 0: a category of some row is to be hidden, see is_asked() */
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

static inline int nodes_of(const struct dimension *dim)
{
    return dim->leaves + dim->parents + 1;
}

static inline int inner_cells(const struct spec *spec)
{
    int cells = 1;

    for (int d = 0; d < spec->dims; d++)
        cells *= spec->dim[d].leaves;
    return cells;
}

static inline void choose_hierarchy(struct dimension *dim, uint64_t *random)
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

static inline int node_of(const struct table *table, int cell, int d)
{
    return cell / table->stride[d] % nodes_of(&table->spec->dim[d]);
}

/* What the node is: 0 a leaf, 1 a parent, 2 the total. */
static inline int level_of(const struct dimension *dim, int node)
{
    return node < dim->leaves ? 0 : node < dim->leaves + dim->parents ? 1 : 2;
}

/* The node that `node` is a part of, or -1. */
static inline int above(const struct dimension *dim, int node)
{
    int level = level_of(dim, node);

    if (level == 2)
        return -1;
    if (level == 0 && dim->parent[node] >= 0)
        return dim->leaves + dim->parent[node];
    return dim->leaves + dim->parents;
}

/* Adds `value` to the cell and, from dimension d on, to everything above it. */
static inline void add_upwards(struct table *table, int cell, int d, long value)
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

/* The cell of an entry of spec->inner. */
static inline int inner_cell(const struct table *table, int i)
{
    const struct spec *spec = table->spec;
    int cell = 0;

    for (int d = spec->dims - 1; d >= 0; d--) {
        cell += i % spec->dim[d].leaves * table->stride[d];
        i /= spec->dim[d].leaves;
    }
    return cell;
}

/* True when `other` is the cell itself or a total that it is counted in. */
static inline bool is_above(const struct table *table, int other, int cell)
{
    for (int d = 0; d < table->spec->dims; d++) {
        int node = node_of(table, cell, d), wanted = node_of(table, other, d);

        while (node >= 0 && node != wanted)
            node = above(&table->spec->dim[d], node);
        if (node < 0)
            return false;
    }
    return true;
}

/* Counts once in every common total who is in two cells; nobody is in three. */
static inline void take_shared(struct table *table)
{
    const struct spec *spec = table->spec;
    long left[MAX_INNER];

    memcpy(left, spec->inner, sizeof left);
    for (int i = 0; i < spec->shares; i++) {
        const struct shared *shared = &spec->shared[i];
        int a = shared->cell[0], b = shared->cell[1];
        long persons = shared->persons;

        if (a == b)
            continue;
        persons = persons < left[a] ? persons : left[a];
        persons = persons < left[b] ? persons : left[b];
        left[a] -= persons;
        left[b] -= persons;
        for (int cell = 0; cell < table->cells; cell++)
            if (is_above(table, cell, inner_cell(table, a)) &&
                is_above(table, cell, inner_cell(table, b)))
                table->truth[cell] -= persons;
    }
}

static inline void add_counts(struct table *table)
{
    const struct spec *spec = table->spec;
    int cells = inner_cells(spec);

    for (int i = 0; i < cells; i++) {
        int cell = inner_cell(table, i);

        table->leaf[cell] = true;
        add_upwards(table, cell, 0, spec->inner[i]);
    }
    take_shared(table);
}

static inline void add_line(struct table *table, int total, int d)
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

static inline void add_lines(struct table *table)
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

/* Of a table whose inner cells are not printed. */
static inline bool is_printed_margin(const struct table *table, int cell)
{
    const struct spec *spec = table->spec;
    unsigned margin = 0;
    bool below = false;

    for (int d = 0; d < spec->dims; d++) {
        int node = node_of(table, cell, d), level = level_of(&spec->dim[d], node);

        margin |= (unsigned)(level < 2) << d;
        below = below || (level == 0 && spec->dim[d].parent[node] >= 0);
    }
    return (spec->crossed >> margin & 1) && !(below && (spec->coarse >> margin & 1));
}

static inline bool is_printed(const struct table *table, int cell)
{
    const struct spec *spec = table->spec;
    uint64_t margin = 1;

    if (spec->absent_zeros && table->truth[cell] == 0 && (mix(spec->key ^ mix((uint64_t)cell)) & 1))
        return false;
    if (spec->crossed)
        return is_printed_margin(table, cell);
    if (table->leaf[cell] || spec->printing == PRINT_ALL)
        return true;
    for (int d = 0; d < spec->dims; d++)
        margin = 3 * margin + (uint64_t)level_of(&spec->dim[d], node_of(table, cell, d));
    if (spec->printing == PRINT_MARGINS)
        return mix(spec->key + margin) & 1;
    return spec->printing == PRINT_SOME && (mix(spec->key + 7919u * (uint64_t)cell) & 3);
}

static inline void choose_rows(struct table *table)
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

static inline void build_table(struct table *table, const struct spec *spec)
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

static inline void write_label(struct text *out, const struct dimension *dim, int d, int node)
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

static inline void write_cell(struct text *out, const struct table *table, int cell)
{
    for (int d = 0; d < table->spec->dims; d++) {
        write_label(out, &table->spec->dim[d], d, node_of(table, cell, d));
        text_print(out, ",");
    }
}

static inline void write_header(struct text *out, const struct spec *spec)
{
    for (int d = 0; d < spec->dims; d++)
        text_print(out, "dim_%c,", 'a' + d);
    text_print(out, "%s%s%s", spec->persons ? "persons" : "count", spec->amounts ? ",amount" : "",
               spec->annotated ? ",annotation" : "");
}
static inline void write_hierarchy(struct text *out, const struct spec *spec, int d)
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

static inline int hierarchical(const struct spec *spec)
{
    for (int d = 0; d < spec->dims; d++)
        if (spec->dim[d].parents > 0)
            return d;
    return -1;
}

/* ---------------------------------------------------------------- reading */

/* Cuts the next record at `at` into fields, in place; NULL at the end or after a broken record. */
static inline char *read_record(char *at, char **field, int capacity, int *fields)
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

/* The cell that a record is about, or -1. */
static inline int find_cell(const struct table *table, char **field)
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

/* ---------------------------------------------------------------- elimination */

enum { PRIME = 2147483647 };

static inline uint64_t inverse(uint64_t value)
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
static inline void subtract(uint32_t *row, const uint32_t *other, uint64_t factor, int length)
{
    for (int i = 0; i < length; i++)
        if (other[i])
            row[i] = (uint32_t)((row[i] + (PRIME - factor) * other[i]) % PRIME);
}

/* Reduces a row by those before it and keeps what is left, with a leading one. */
static inline void insert_row(uint32_t **basis, uint32_t *row, int length)
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

/* Marks the unknowns whose value the rows of the basis determine, and frees the rows. */
static inline void reduce(uint32_t **basis, int length, bool *determined)
{
    for (int i = length - 1; i >= 0; i--) {
        determined[i] = basis[i] != NULL;
        for (int k = i + 1; basis[i] && k < length; k++) {
            if (basis[i][k] && basis[k])
                subtract(basis[i], basis[k], basis[i][k], length);
            if (basis[i][k])
                determined[i] = false;
        }
    }
    for (int i = 0; i < length; i++)
        free(basis[i]);
}

/* ---------------------------------------------------------------- running the tools */

extern char **environ;

static inline void close_on_exec(const int *ends)
{
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
}

static inline pid_t spawn(const char *path, char **argv, int pipes[3][2])
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

static inline void close_end(int *end)
{
    close(*end);
    *end = -1;
}

static inline void feed(int *end, const struct text *input, size_t *fed)
{
    ssize_t length = write(*end, input->at + *fed, input->length - *fed);

    if (length > 0)
        *fed += (size_t)length;
    if (*fed == input->length || (length < 0 && errno != EAGAIN && errno != EINTR))
        close_end(end);
}

static inline void drain(int *end, struct text *text)
{
    char piece[16384];
    ssize_t length = read(*end, piece, sizeof piece);

    if (length > 0)
        text_add(text, piece, (size_t)length);
    else if (length == 0 || errno != EINTR)
        close_end(end);
}

/* Runs a tool; returns its exit status, or -1 when it crashed or took too long. */
static inline int run_tool(const char *name, char **argv, const struct text *input,
                           struct text *output, struct text *errors)
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

static inline void write_file(const char *path, const struct text *text)
{
    FILE *file = fopen(path, "w");

    if (!file || fwrite(text->at, 1, text->length, file) != text->length || fclose(file) != 0)
        die(path);
}

/* A hierarchy none of whose labels has a row describes another table, and is refused as such. */
static inline bool hierarchy_occurs(const struct table *table, int d)
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

/* A directory of one's own for the files that a call names. */
struct scratch {
    char directory[64], hierarchy_path[MAX_DIMS][96], hierarchy_option[MAX_DIMS][112];
    struct text hierarchy[MAX_DIMS];
};

static inline void make_scratch(struct scratch *scratch)
{
    const char *directory = getenv("TMPDIR");

    snprintf(scratch->directory, sizeof scratch->directory, "%.32s/%.20s-XXXXXX",
             directory && *directory ? directory : "/tmp", PROGRAM);
    if (!mkdtemp(scratch->directory))
        die(scratch->directory);
    for (int d = 0; d < MAX_DIMS; d++)
        snprintf(scratch->hierarchy_path[d], sizeof *scratch->hierarchy_path, "%s/hierarchy-%c.csv",
                 scratch->directory, 'a' + d);
}

static inline void free_scratch(struct scratch *scratch)
{
    for (int d = 0; d < MAX_DIMS; d++) {
        unlink(scratch->hierarchy_path[d]);
        free(scratch->hierarchy[d].at);
    }
    rmdir(scratch->directory);
}

/* Writes the files of the table's hierarchies and puts the options that name them into argv, which
 * has room for two a dimension.  Returns how many arguments that are. */
static inline int describe_hierarchy(struct scratch *scratch, const struct table *table,
                                     char **argv)
{
    static char option[] = "--hierarchy";
    int count = 0;

    for (int d = 0; d < table->spec->dims; d++) {
        if (table->spec->dim[d].parents == 0 || !hierarchy_occurs(table, d))
            continue;
        write_hierarchy(&scratch->hierarchy[d], table->spec, d);
        write_file(scratch->hierarchy_path[d], &scratch->hierarchy[d]);
        snprintf(scratch->hierarchy_option[d], sizeof *scratch->hierarchy_option, "dim_%c=%s",
                 'a' + d, scratch->hierarchy_path[d]);
        argv[count++] = option;
        argv[count++] = scratch->hierarchy_option[d];
    }
    return count;
}

/* ---------------------------------------------------------------- workers */

/* What a worker does: every WORKERS-th task from `share` on, with its results in *results. */
typedef void worker_main(int share, const void *tasks, void *results);

static inline pid_t start_worker(worker_main *work, int share, const void *tasks, void *results,
                                 size_t size, int *results_end)
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
        setvbuf(stdout, NULL, _IOFBF, 1 << 20); /* what a table prints stays together */
        work(share, tasks, results);
        fflush(stdout);
        _exit(write(ends[1], results, size) == (ssize_t)size ? 0 : 2);
    }
    close(ends[1]);
    *results_end = ends[0];
    return pid;
}

/* Does the work in WORKERS processes.  `results` has room for as many results of `size` bytes, all
 * zero; false when a worker broke down. */
static inline bool share_work(worker_main *work, const void *tasks, void *results, size_t size)
{
    pid_t pid[WORKERS];
    int end[WORKERS], status;
    bool whole = true;

    for (int i = 0; i < WORKERS; i++)
        pid[i] = start_worker(work, i, tasks, (char *)results + (size_t)i * size, size, &end[i]);
    for (int i = 0; i < WORKERS; i++) {
        whole = read(end[i], (char *)results + (size_t)i * size, size) == (ssize_t)size && whole;
        close(end[i]);
        whole = waitpid(pid[i], &status, 0) == pid[i] && status == 0 && whole;
    }
    return whole;
}

/* How many tables a run takes: the environment's `name`, or `unless` where it is not set. */
static inline long property_tables(const char *name, long unless)
{
    const char *wanted = getenv(name);
    char *end = NULL;
    long tables = wanted && *wanted ? strtol(wanted, &end, 10) : unless;

    if (tables < 0 || (end && *end)) {
        errno = EINVAL;
        die(name);
    }
    return tables;
}

/* ---------------------------------------------------------------- the command line */

/* What the attacker knows: each level includes those before. */
enum knows { SUMS, ZEROS, SMALL, CODES, LEVELS };

static const char *const level_name[LEVELS] = {"sums", "zeros", "threshold", "codes"};

static inline int read_level(const char *word)
{
    for (int level = 0; level < LEVELS; level++)
        if (strcmp(word, level_name[level]) == 0)
            return level;
    return -1;
}

struct opts {
    long tables, one; /* -1: not said */
    uint64_t seed;
    int level; /* enum knows; -1: all */
    bool self_test, verbose;
};

/* The options that every property test takes. */
#define SHARED_OPTIONS                                                                             \
    {"tables", required_argument, NULL, 't'}, {"seed", required_argument, NULL, 's'},              \
        {"one", required_argument, NULL, 'o'}, {"knows", required_argument, NULL, 'k'},            \
    {                                                                                              \
        "self-test", no_argument, NULL, 'S'                                                        \
    }

/* Takes the command line, in which `options` stand: the shared ones and perhaps --verbose.  False
 * where something is wrong with it. */
static inline bool read_options(struct opts *opts, const struct option *options, int argc,
                                char **argv)
{
    int option;

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
        else if (option != 'k' || (opts->level = read_level(optarg)) < 0)
            return false;
        if (end && (end == optarg || *end))
            return false;
    }
    return optind == argc;
}

#endif
