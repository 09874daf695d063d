#include "attack/discover.h"

#include "base/prose.h"

#include <stdlib.h>

enum {
    CONFIRMED_LEAST = 5,      /* places in which at least two addends are no zeros */
    MEASURES_MOST = 10,       /* 3^10 sums are tried */
    TERMS_MOST = 5,           /* of a sum of measures */
    PAIRS_MOST = 120,         /* categories of a dimension of which two are tried, */
    TRIPLES_MOST = 40,        /* and three */
    UNASKED_MOST = 200000000, /* rows times sums that are tried where nobody asked: a second */
};

#define HIDDEN INT64_MIN

/* Counts as a matrix: places down, measures or categories across; HIDDEN where none is shown. */
struct matrix {
    int64_t *value;
    size_t places, columns, room;
};

struct discovering {
    const struct ddg_publication *publication;
    const struct ddg_release *release;
    size_t number, measure; /* of the release; of the measure where categories are tried */
    const struct ddg_dimension *dimension; /* NULL where measures are tried */
    struct matrix matrix;
    struct ddg_arena *arena;
    struct ddg_context *context;
    const char ***text;
    size_t *count, *room;
};

static int64_t shown(const struct discovering *d, size_t measure, uint32_t cell)
{
    const struct ddg_publication *p = d->publication;
    uint32_t slot;

    if (cell >= d->release->model.printed)
        return HIDDEN;
    slot = ddg_slot(p, d->number, measure, cell);
    return p->seen[slot] == DDG_SEEN_SHOWN && p->low[slot] == p->high[slot] ? p->low[slot] : HIDDEN;
}

/* How many places confirm that columns times factors add up to 0; 0 where one refutes it. */
static size_t confirm(const struct matrix *m, const uint32_t *column, const int8_t *factor,
                      size_t terms)
{
    size_t confirmed = 0;

    for (size_t place = 0; place < m->places; place++) {
        const int64_t *row = m->value + place * m->columns;
        int64_t sum = 0;
        size_t nonzero = 0;
        bool all = true;

        for (size_t i = 0; all && i < terms; i++) {
            all = row[column[i]] != HIDDEN;
            sum += all ? factor[i] * row[column[i]] : 0;
            nonzero += all && row[column[i]] != 0;
        }
        if (!all)
            continue;
        if (sum != 0)
            return 0;
        /* a sum of one number and zeros says little, unless it has no more terms */
        confirmed += nonzero > 2 || (terms == 2 && nonzero == 2);
    }
    return confirmed;
}

/* Texts -------------------------------------------------------------------------------------- */

/* Adds a name as --equation reads it: in quotes where it has to be. */
static void add_name(struct ddg_prose *prose, struct ddg_text name)
{
    bool quoted = name.length == 0 || ddg_text_trim(name).length != name.length;

    for (size_t i = 0; i < name.length; i++)
        quoted = quoted || strchr("+=:@\"", name.at[i]);
    if (!quoted) {
        ddg_prose_add(prose, name);
        return;
    }
    ddg_prose_say(prose, "\"");
    for (size_t i = 0; i < name.length; i++) {
        ddg_prose_add(prose, (struct ddg_text){name.at + i, 1});
        ddg_prose_say(prose, name.at[i] == '"' ? "\"" : "");
    }
    ddg_prose_say(prose, "\"");
}

static struct ddg_text name_of(const struct discovering *d, uint32_t column)
{
    const struct ddg_table *table = d->release->table;

    return d->dimension ? ddg_dimension_label(d->dimension, column,
                                              ddg_dimension_level_of(d->dimension, column))
                        : table->name[table->measure[column].count];
}

/* Adds what --equation reads before the terms, of which `column` is one: of several measures that
 * which is meant, and the dimension by the level on which the category is. */
static void begin(const struct discovering *d, struct ddg_prose *prose, uint32_t column)
{
    const struct ddg_table *table = d->release->table;

    *prose = (struct ddg_prose){.context = d->context};
    if (!d->dimension)
        return;
    if (table->measures > 1) {
        add_name(prose, table->name[table->measure[d->measure].count]);
        ddg_prose_say(prose, " @ ");
    }
    add_name(prose, d->dimension->level[ddg_dimension_level_of(d->dimension, column)].name);
    ddg_prose_say(prose, ": ");
}

/* Ends the text, and keeps it. */
static enum ddg_error keep(struct discovering *d, struct ddg_prose *prose, size_t confirmed)
{
    const struct ddg_table *table = d->release->table;
    struct ddg_text copy = {0};
    enum ddg_error error;

    ddg_prose_print(prose, " (confirmed %zu times", confirmed);
    if (d->publication->releases > 1)
        ddg_prose_print(prose, " in %s", table->file);
    ddg_prose_say(prose, ")");
    if (!d->context->error)
        copy = ddg_arena_copy(d->arena, ddg_prose_text(prose), d->context);
    ddg_prose_free(prose);
    if (!copy.at)
        return DDG_MEMORY;
    if ((error = ddg_grow(d->text, d->room, *d->count + 1, sizeof **d->text, d->context)))
        return error;
    (*d->text)[(*d->count)++] = copy.at;
    return DDG_OK;
}

/* Keeps "A + B = C". */
static enum ddg_error keep_equation(struct discovering *d, const uint32_t *column,
                                    const int8_t *factor, size_t terms, size_t confirmed)
{
    struct ddg_prose prose;

    begin(d, &prose, column[0]);
    for (int side = 1; side >= -1; side -= 2) {
        const char *before = side > 0 ? "" : " = ";

        for (size_t i = 0; i < terms; i++) {
            if (factor[i] != side)
                continue;
            ddg_prose_say(&prose, before);
            add_name(&prose, name_of(d, column[i]));
            before = " + ";
        }
    }
    return keep(d, &prose, confirmed);
}

/* Keeps "A is the sum of all others". */
static enum ddg_error keep_sum(struct discovering *d, uint32_t total, size_t confirmed)
{
    struct ddg_prose prose;

    begin(d, &prose, total);
    add_name(&prose, name_of(d, total));
    ddg_prose_say(&prose, " is the sum of all others");
    return keep(d, &prose, confirmed);
}

/* Measures ----------------------------------------------------------------------------------- */

/* Equations that are known, as rows in echelon form: what they add up to is known as well. */
struct span {
    double row[MEASURES_MOST][MEASURES_MOST];
    size_t rows, lead[MEASURES_MOST];
};

/* Takes the equation in; false when it follows from those that were. */
static bool extend(struct span *span, const int8_t *factor, size_t columns)
{
    double row[MEASURES_MOST];
    size_t lead = 0;

    for (size_t i = 0; i < columns; i++)
        row[i] = factor[i];
    for (size_t r = 0; r < span->rows; r++) {
        double times = row[span->lead[r]];

        for (size_t i = 0; i < columns; i++)
            row[i] -= times * span->row[r][i];
    }
    while (lead < columns && row[lead] < 1e-9 && row[lead] > -1e-9)
        lead++;
    if (lead == columns)
        return false;
    for (size_t i = 0; i < columns; i++)
        span->row[span->rows][i] = row[i] / row[lead];
    span->lead[span->rows++] = lead;
    return true;
}

/* Tries the sum whose factors are the digits of `pattern` to base 3, if it has so many terms. */
static enum ddg_error try_pattern(struct discovering *d, struct span *span, uint32_t pattern,
                                  size_t wanted)
{
    int8_t dense[MEASURES_MOST] = {0}, factor[MEASURES_MOST];
    uint32_t column[MEASURES_MOST];
    size_t terms = 0, left = 0, confirmed;

    for (uint32_t i = 0; i < d->matrix.columns; i++, pattern /= 3) {
        if (pattern % 3 == 0)
            continue;
        dense[i] = pattern % 3 == 1 ? 1 : -1;
        column[terms] = i;
        factor[terms++] = dense[i];
        left += dense[i] > 0;
    }
    /* each equation once: more terms on the left, or as many and the first among them */
    if (terms != wanted || left * 2 < terms || left == terms ||
        (left * 2 == terms && factor[0] < 0))
        return DDG_OK;
    confirmed = confirm(&d->matrix, column, factor, terms);
    if (confirmed < CONFIRMED_LEAST || !extend(span, dense, d->matrix.columns))
        return DDG_OK;
    return keep_equation(d, column, factor, terms, confirmed);
}

/* Takes in the equations between count columns that were declared. */
static void extend_declared(struct span *span, const struct discovering *d)
{
    const struct ddg_knowledge *k = d->publication->knowledge;

    for (size_t i = 0; i < k->equations; i++) {
        const struct ddg_equation *e = &k->equation[i];
        int8_t dense[MEASURES_MOST] = {0};
        bool all = e->dimension.length == 0;

        for (size_t term = 0; all && term < e->terms; term++) {
            size_t measure = ddg_table_find_measure(d->release->table, e->name[term]);

            all = measure < d->matrix.columns;
            if (all)
                dense[measure] = e->factor[term];
        }
        if (all)
            extend(span, dense, d->matrix.columns);
    }
}

static enum ddg_error try_measures(struct discovering *d, bool declared)
{
    struct span span = {.rows = 0};
    uint32_t patterns = 1;
    enum ddg_error error;

    d->matrix.columns = d->release->table->measures;
    d->matrix.places = d->release->model.printed;
    if (d->matrix.columns < 2 || d->matrix.columns > MEASURES_MOST)
        return DDG_OK;
    if ((error = ddg_allocate(&d->matrix.value, d->matrix.places * d->matrix.columns,
                              sizeof *d->matrix.value, d->context)))
        return error;
    for (uint32_t cell = 0; cell < d->matrix.places; cell++)
        for (size_t m = 0; m < d->matrix.columns; m++)
            d->matrix.value[cell * d->matrix.columns + m] = shown(d, m, cell);
    if (declared)
        extend_declared(&span, d);
    for (size_t i = 0; i < d->matrix.columns; i++)
        patterns *= 3;
    for (size_t terms = 2; !error && terms <= TERMS_MOST; terms++)
        for (uint32_t pattern = 1; !error && pattern < patterns; pattern++)
            error = try_pattern(d, &span, pattern, terms);
    free(d->matrix.value);
    d->matrix = (struct matrix){0};
    return error;
}

/* Categories --------------------------------------------------------------------------------- */

/* True when the sum is a line of the dimension, which is no discovery. */
static bool is_line(const struct ddg_dimension *d, const uint32_t *column, size_t terms)
{
    uint32_t total = column[terms - 1], children = 0, among = 0;

    for (uint32_t c = 0; c < d->category.count; c++)
        children += d->parent[c] == total;
    for (size_t i = 0; i + 1 < terms; i++)
        among += d->parent[column[i]] == total;
    return children > 0 && among == children && among == terms - 1;
}

static enum ddg_error try_sum(struct discovering *d, const uint32_t *column, size_t terms)
{
    static const int8_t factor[] = {1, 1, 1, -1};
    const int8_t *signs = factor + 4 - terms;
    size_t confirmed = confirm(&d->matrix, column, signs, terms);

    if (confirmed < CONFIRMED_LEAST || is_line(d->dimension, column, terms))
        return DDG_OK;
    return keep_equation(d, column, signs, terms, confirmed);
}

/* Tries pairs, and triples where the categories are few, against all others. */
static enum ddg_error try_sums(struct discovering *d)
{
    uint32_t n = (uint32_t)d->matrix.columns, column[4];
    enum ddg_error error = DDG_OK;

    for (uint32_t a = 0; n <= PAIRS_MOST && a < n; a++)
        for (uint32_t b = a + 1; b < n; b++)
            for (uint32_t total = 0; !error && total < n; total++) {
                if (total == a || total == b)
                    continue;
                column[0] = a;
                column[1] = b;
                column[2] = total;
                error = try_sum(d, column, 3);
                for (uint32_t c = b + 1; n <= TRIPLES_MOST && !error && c < n; c++) {
                    if (c == total)
                        continue;
                    column[2] = c;
                    column[3] = total;
                    error = try_sum(d, column, 4);
                }
            }
    return error;
}

/* Tries whether a category is the sum of all others that are parts of the same. */
static enum ddg_error try_hidden_total(struct discovering *d, uint32_t total)
{
    const struct ddg_dimension *dimension = d->dimension;
    uint32_t others = 0, *column;
    int8_t *factor = NULL;
    size_t confirmed = 0;
    enum ddg_error error =
        ddg_allocate(&column, dimension->category.count, sizeof *column, d->context);

    if (!error)
        error = ddg_allocate(&factor, dimension->category.count, 1, d->context);
    for (uint32_t c = 0; !error && c < dimension->category.count; c++)
        if (c != total && c != dimension->total &&
            dimension->parent[c] == dimension->parent[total]) {
            column[others] = c;
            factor[others++] = 1;
        }
    /* two and three others are tried as sums */
    if (!error && others > 3) {
        column[others] = total;
        factor[others++] = -1;
        confirmed = confirm(&d->matrix, column, factor, others);
    }
    if (!error && confirmed >= CONFIRMED_LEAST)
        error = keep_sum(d, total, confirmed);
    free(column);
    free(factor);
    return error;
}

/* Fills the matrix with the counts of a measure: a row for each combination of the other
 * dimensions. */
static enum ddg_error fill_categories(struct discovering *d, size_t dimension)
{
    const struct ddg_model *m = &d->release->model;
    size_t n = d->dimension->category.count;
    bool *done;
    enum ddg_error error = ddg_allocate(&done, m->cells, sizeof *done, d->context);

    d->matrix.columns = n;
    d->matrix.places = 0;
    for (uint32_t cell = 0; !error && cell < m->printed; cell++) {
        size_t need = (d->matrix.places + 1) * n;
        int64_t *row;

        if (done[cell])
            continue;
        if ((error = ddg_grow(&d->matrix.value, &d->matrix.room, need, sizeof *row, d->context)))
            break;
        row = d->matrix.value + d->matrix.places++ * n;
        for (uint32_t c = 0; c < n; c++) {
            uint32_t other = ddg_model_neighbour(m, cell, dimension, c);

            row[c] = other == DDG_NO_CELL ? HIDDEN : shown(d, d->measure, other);
            if (other != DDG_NO_CELL)
                done[other] = true;
        }
    }
    free(done);
    return error;
}

static enum ddg_error try_dimension(struct discovering *d, size_t dimension)
{
    enum ddg_error error;

    d->dimension = &d->release->model.dimension[dimension];
    if (d->dimension->level[0].column == DDG_NO_COLUMN)
        return DDG_OK;
    error = fill_categories(d, dimension);
    if (!error)
        error = try_sums(d);
    for (uint32_t c = 0; !error && c < d->dimension->category.count; c++)
        if (c != d->dimension->total)
            error = try_hidden_total(d, c);
    free(d->matrix.value);
    d->matrix = (struct matrix){0};
    return error;
}

static enum ddg_error try_all(struct discovering *d)
{
    enum ddg_error error = try_measures(d, false);

    for (d->measure = 0; !error && d->measure < d->release->table->measures; d->measure++)
        for (size_t i = 0; !error && i < d->release->model.dimensions; i++)
            error = try_dimension(d, i);
    return error;
}

static enum ddg_error try_undeclared(struct discovering *d)
{
    uint64_t work = d->release->model.printed;

    for (size_t m = 0; m < d->release->table->measures && work <= UNASKED_MOST; m++)
        work *= 3;
    return work <= UNASKED_MOST ? try_measures(d, true) : DDG_OK;
}

/* What it tries, for each release from a state of its own. */
static enum ddg_error discover(enum ddg_error (*try)(struct discovering *d),
                               const struct ddg_publication *p, const char ***text, size_t *count,
                               size_t *room, struct ddg_arena *arena, struct ddg_context *context)
{
    enum ddg_error error = DDG_OK;

    for (size_t r = 0; !error && r < p->releases; r++) {
        struct discovering d = {.publication = p,
                                .release = &p->release[r],
                                .number = r,
                                .arena = arena,
                                .context = context,
                                .text = text,
                                .count = count,
                                .room = room};

        error = try(&d);
    }
    return error;
}

enum ddg_error ddg_discover(const struct ddg_publication *p, const char ***text, size_t *count,
                            size_t *room, struct ddg_arena *arena, struct ddg_context *context)
{
    return discover(try_all, p, text, count, room, arena, context);
}

enum ddg_error ddg_discover_undeclared(const struct ddg_publication *p, const char ***text,
                                       size_t *count, size_t *room, struct ddg_arena *arena,
                                       struct ddg_context *context)
{
    return discover(try_undeclared, p, text, count, room, arena, context);
}
