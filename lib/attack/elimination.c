#include "attack/elimination.h"

#include "attack/field.h"
#include "attack/wide.h"
#include "base/hash.h"

#include <stdlib.h>

#define NO_COLUMN UINT32_MAX

/* Terms that may be merged before the work is broken off: some ten seconds. */
#define WORK_MOST UINT64_C(2000000000)

struct term {
    uint32_t column;
    uint64_t factor;
};

struct row {
    struct term *term; /* by ascending column */
    uint32_t terms;
    size_t room;
    uint64_t right; /* the sum of terms is this */
    bool done;      /* a pivot row, or empty */
};

struct column {
    uint32_t unknown;
    uint32_t *row; /* rows that hold it or once did */
    size_t rows, room;
    uint32_t live; /* rows not done that hold it */
    bool pivot;
};

struct pivot {
    uint32_t row, column;
};

struct system {
    const struct ddg_problem *problem;
    bool supposing; /* a pattern is solved, with what is supposed: numbers do not count */
    bool impossible;
    uint64_t work; /* terms that were merged */
    struct ddg_context *context;
    struct row *row;
    uint32_t rows;
    struct column *column;
    uint32_t columns;
    uint32_t *column_of; /* of each unknown, NO_COLUMN for those that are known */
    struct pivot *pivot;
    uint32_t pivots;
    struct term *merged; /* a row under construction */
    size_t merged_room;
    /* rows by their number of terms: lists, so that the shortest is at hand */
    uint32_t *bucket; /* first row of each length */
    uint32_t *next, *previous;
    uint32_t buckets;
    uint32_t *single; /* columns that a single row holds; may hold stale entries */
    size_t singles, single_room;
};

/* Rows by length ----------------------------------------------------------------------------- */

static uint32_t bucket_of(const struct system *s, uint32_t row)
{
    uint32_t terms = s->row[row].terms;

    return terms < s->buckets ? terms : s->buckets - 1;
}

static void link_row(struct system *s, uint32_t row)
{
    uint32_t *first = &s->bucket[bucket_of(s, row)];

    s->next[row] = *first;
    s->previous[row] = DDG_NO_ROW;
    if (*first != DDG_NO_ROW)
        s->previous[*first] = row;
    *first = row;
}

static void unlink_row(struct system *s, uint32_t row)
{
    if (s->previous[row] == DDG_NO_ROW)
        s->bucket[bucket_of(s, row)] = s->next[row];
    else
        s->next[s->previous[row]] = s->next[row];
    if (s->next[row] != DDG_NO_ROW)
        s->previous[s->next[row]] = s->previous[row];
}

static uint32_t shortest_row(const struct system *s)
{
    for (uint32_t length = 1; length < s->buckets; length++)
        if (s->bucket[length] != DDG_NO_ROW)
            return s->bucket[length];
    return DDG_NO_ROW;
}

/* Building ----------------------------------------------------------------------------------- */

static enum ddg_error add_row_to_column(struct system *s, uint32_t column, uint32_t row)
{
    struct column *c = &s->column[column];
    enum ddg_error error = ddg_grow(&c->row, &c->room, c->rows + 1, sizeof *c->row, s->context);

    if (!error) {
        c->row[c->rows++] = row;
        c->live++;
    }
    return error;
}

static enum ddg_error drop_live(struct system *s, uint32_t column)
{
    if (--s->column[column].live != 1)
        return DDG_OK;
    if (ddg_grow(&s->single, &s->single_room, s->singles + 1, sizeof *s->single, s->context))
        return DDG_MEMORY;
    s->single[s->singles++] = column;
    return DDG_OK;
}

static int by_column(const void *a, const void *b)
{
    const struct term *s = a, *t = b;

    return (s->column > t->column) - (s->column < t->column);
}

/* An integer modulo the prime. */
static uint64_t residue(int64_t a)
{
    return a < 0 ? ddg_field_minus(ddg_field_fold((uint64_t)-a)) : ddg_field_fold((uint64_t)a);
}

static bool is_known(const struct system *s, uint32_t unknown)
{
    const struct ddg_problem *p = s->problem;

    return p->low[unknown] == p->high[unknown] || (s->supposing && p->supposed[unknown]);
}

static enum ddg_error add_row(struct system *s, uint32_t number)
{
    const struct ddg_problem *p = s->problem;
    struct row *row = &s->row[s->rows];

    *row = (struct row){.right = residue(p->right[number])};
    for (size_t i = p->row_start[number]; i < p->row_start[number + 1]; i++) {
        uint32_t unknown = p->row_unknown[i], column = s->column_of[unknown];
        uint64_t factor = residue(p->row_factor[i]);
        enum ddg_error error;

        if (column == NO_COLUMN) {
            row->right = ddg_field_plus(
                row->right, ddg_field_minus(ddg_field_times(factor, residue(p->low[unknown]))));
            continue;
        }
        if ((error =
                 ddg_grow(&row->term, &row->room, row->terms + 1, sizeof *row->term, s->context)) ||
            (error = add_row_to_column(s, column, s->rows)))
            return error;
        row->term[row->terms++] = (struct term){column, factor};
    }
    if (row->terms == 0) {
        s->impossible = s->impossible || row->right != 0;
        return DDG_OK;
    }
    qsort(row->term, row->terms, sizeof *row->term, by_column);
    s->rows++;
    return DDG_OK;
}

static enum ddg_error make_columns(struct system *s)
{
    uint32_t unknowns = s->problem->unknowns;
    enum ddg_error error;

    if ((error = ddg_allocate(&s->column_of, unknowns, sizeof *s->column_of, s->context)))
        return error;
    for (uint32_t u = 0; u < unknowns; u++)
        s->column_of[u] = is_known(s, u) ? NO_COLUMN : s->columns++;
    if ((error = ddg_allocate(&s->column, s->columns, sizeof *s->column, s->context)))
        return error;
    for (uint32_t u = 0; u < unknowns; u++)
        if (s->column_of[u] != NO_COLUMN)
            s->column[s->column_of[u]].unknown = u;
    return DDG_OK;
}

/* A supposed row that no numbers within the ranges fit is refuted: somebody was counted twice. */
static bool may_hold(const struct ddg_problem *p, uint32_t row)
{
    wide least = 0, most = 0;
    bool bounded = true;

    for (size_t i = p->row_start[row]; i < p->row_start[row + 1]; i++) {
        uint32_t u = p->row_unknown[i];
        wide factor = p->row_factor[i];

        if (p->high[u] == DDG_UNBOUNDED) {
            bounded = bounded && factor < 0;
            least = factor < 0 ? -DDG_UNBOUNDED : least + factor * p->low[u];
            most += factor < 0 ? factor * p->low[u] : 0;
            continue;
        }
        least += factor * (factor > 0 ? p->low[u] : p->high[u]);
        most += factor * (factor > 0 ? p->high[u] : p->low[u]);
    }
    return least <= p->right[row] && (!bounded || most >= p->right[row]);
}

static enum ddg_error make_rows(struct system *s)
{
    const struct ddg_problem *p = s->problem;
    enum ddg_error error = ddg_allocate(&s->row, p->rows, sizeof *s->row, s->context);

    for (uint32_t row = 0; !error && row < p->rows; row++)
        if (p->sense[row] == DDG_EQUAL ||
            (s->supposing && p->sense[row] == DDG_SUPPOSED && may_hold(p, row)))
            error = add_row(s, row);
    if (s->supposing)
        s->impossible = false;
    return error;
}

static enum ddg_error make_lists(struct system *s)
{
    enum ddg_error error;

    s->buckets = 256;
    if ((error = ddg_allocate(&s->bucket, s->buckets, sizeof *s->bucket, s->context)) ||
        (error = ddg_allocate(&s->next, s->rows, sizeof *s->next, s->context)) ||
        (error = ddg_allocate(&s->previous, s->rows, sizeof *s->previous, s->context)) ||
        (error = ddg_allocate(&s->pivot, s->columns, sizeof *s->pivot, s->context)) ||
        (error = ddg_grow(&s->single, &s->single_room, s->columns, sizeof *s->single, s->context)))
        return error;
    for (uint32_t i = 0; i < s->buckets; i++)
        s->bucket[i] = DDG_NO_ROW;
    for (uint32_t row = s->rows; row > 0; row--)
        link_row(s, row - 1);
    for (uint32_t column = 0; column < s->columns; column++)
        if (s->column[column].live == 1)
            s->single[s->singles++] = column;
    return DDG_OK;
}

/* Elimination -------------------------------------------------------------------------------- */

static struct term *find_term(const struct row *row, uint32_t column)
{
    struct term key = {column, 0};

    return row->terms ? bsearch(&key, row->term, row->terms, sizeof key, by_column) : NULL;
}

/* row += factor * pivot row, with which the pivot's column leaves the row. */
static enum ddg_error add_multiple(struct system *s, uint32_t to, const struct row *from,
                                   uint64_t factor)
{
    struct row *row = &s->row[to];
    size_t need = (size_t)row->terms + from->terms, i = 0, j = 0;
    uint32_t count = 0;
    enum ddg_error error;
    struct term *old;
    size_t old_room;

    if ((error = ddg_grow(&s->merged, &s->merged_room, need, sizeof *s->merged, s->context)))
        return error;
    while (i < row->terms || j < from->terms) {
        if (j == from->terms || (i < row->terms && row->term[i].column < from->term[j].column)) {
            s->merged[count++] = row->term[i++];
        } else {
            struct term term = {from->term[j].column,
                                ddg_field_times(from->term[j].factor, factor)};
            bool fresh = i == row->terms || row->term[i].column > term.column;

            if (!fresh)
                term.factor = ddg_field_plus(term.factor, row->term[i++].factor);
            j++;
            if (term.factor != 0)
                s->merged[count++] = term;
            if (fresh)
                error = add_row_to_column(s, term.column, to);
            else if (term.factor == 0)
                error = drop_live(s, term.column);
            if (error)
                return error;
        }
    }
    s->work += need;
    row->right = ddg_field_plus(row->right, ddg_field_times(from->right, factor));
    old = row->term;
    old_room = row->room;
    row->term = s->merged;
    row->room = s->merged_room;
    row->terms = count;
    s->merged = old;
    s->merged_room = old_room;
    return DDG_OK;
}

/* Takes (row, column) as a pivot: the row is scaled and set aside, the column leaves all others. */
static enum ddg_error eliminate(struct system *s, uint32_t pivot_row, uint32_t pivot_column)
{
    struct row *row = &s->row[pivot_row];
    struct column *column = &s->column[pivot_column];
    uint64_t scale = ddg_field_inverse(find_term(row, pivot_column)->factor);
    enum ddg_error error = DDG_OK;

    unlink_row(s, pivot_row);
    row->done = true;
    column->pivot = true;
    s->pivot[s->pivots++] = (struct pivot){pivot_row, pivot_column};
    row->right = ddg_field_times(row->right, scale);
    for (uint32_t i = 0; i < row->terms; i++)
        row->term[i].factor = ddg_field_times(row->term[i].factor, scale);
    for (size_t i = 0; i < column->rows; i++) {
        uint32_t other = column->row[i];
        struct term *term = s->row[other].done ? NULL : find_term(&s->row[other], pivot_column);

        if (!term)
            continue;
        unlink_row(s, other);
        if ((error = add_multiple(s, other, row, ddg_field_minus(term->factor))))
            return error;
        if (s->row[other].terms > 0)
            link_row(s, other);
        else {
            s->impossible = s->impossible || (s->row[other].right != 0 && !s->supposing);
            s->row[other].done = true;
        }
    }
    for (uint32_t i = 0; !error && i < row->terms; i++)
        error = drop_live(s, row->term[i].column);
    return error;
}

/* The row, not done, that holds a column; DDG_NO_ROW when there is none. */
static uint32_t row_of_single(const struct system *s, uint32_t column)
{
    const struct column *c = &s->column[column];

    for (size_t i = 0; i < c->rows; i++)
        if (!s->row[c->row[i]].done && find_term(&s->row[c->row[i]], column))
            return c->row[i];
    return DDG_NO_ROW;
}

/* The column of the row that the fewest other rows hold. */
static uint32_t rarest_column(const struct system *s, uint32_t row)
{
    const struct row *r = &s->row[row];
    uint32_t best = r->term[0].column;

    for (uint32_t i = 1; i < r->terms; i++)
        if (s->column[r->term[i].column].live < s->column[best].live)
            best = r->term[i].column;
    return best;
}

static enum ddg_error eliminate_all(struct system *s)
{
    enum ddg_error error = DDG_OK;

    while (!error && s->work < WORK_MOST) {
        uint32_t row;

        /* a column in a single row costs nothing */
        if (s->singles > 0) {
            uint32_t column = s->single[--s->singles];

            if (s->column[column].pivot || s->column[column].live != 1)
                continue;
            row = row_of_single(s, column);
            if (row != DDG_NO_ROW)
                error = eliminate(s, row, column);
            continue;
        }
        row = shortest_row(s);
        if (row == DDG_NO_ROW)
            break;
        error = eliminate(s, row, rarest_column(s, row));
    }
    return error;
}

/* Solutions ---------------------------------------------------------------------------------- */

/* Fills in the pivots' columns, last pivot first, from what stands in the free ones. */
static void substitute(const struct system *s, uint64_t *x, bool homogeneous)
{
    for (uint32_t p = s->pivots; p > 0; p--) {
        const struct row *row = &s->row[s->pivot[p - 1].row];
        uint32_t column = s->pivot[p - 1].column;
        uint64_t sum = homogeneous ? 0 : row->right;

        for (uint32_t i = 0; i < row->terms; i++)
            if (row->term[i].column != column)
                sum = ddg_field_plus(sum, ddg_field_minus(ddg_field_times(row->term[i].factor,
                                                                          x[row->term[i].column])));
        x[column] = sum;
    }
}

/* Unknowns that are the same in every solution: a random vector of the null space is 0 there.  A
 * column that was never a pivot is free, also where the work was broken off: what then looks
 * determined is determined by the rows that were done. */
static enum ddg_error read_solution(const struct system *s, struct ddg_elimination *result)
{
    struct ddg_hash_key key = ddg_hash_key_new();
    uint64_t *null, *one = NULL;
    enum ddg_error error;

    if (!(error = ddg_allocate(&null, s->columns, sizeof *null, s->context)))
        error = ddg_allocate(&one, s->columns, sizeof *one, s->context);
    if (!error) {
        for (uint32_t c = 0; c < s->columns; c++)
            if (!s->column[c].pivot)
                null[c] = ddg_field_fold(ddg_hash_word(&key, c) & DDG_FIELD_PRIME);
        substitute(s, null, true);
        substitute(s, one, false);
        for (uint32_t c = 0; c < s->columns; c++) {
            uint32_t unknown = s->column[c].unknown;

            if (!s->column[c].pivot || null[c] != 0)
                continue;
            result->determined[unknown] = true;
            result->value[unknown] = one[c] > DDG_FIELD_PRIME / 2
                                         ? -(int64_t)(DDG_FIELD_PRIME - one[c])
                                         : (int64_t)one[c];
            result->count++;
        }
    }
    free(null);
    free(one);
    return error;
}

static void release(struct system *s)
{
    for (uint32_t i = 0; s->row && i < s->problem->rows; i++)
        free(s->row[i].term);
    for (uint32_t i = 0; s->column && i < s->columns; i++)
        free(s->column[i].row);
    free(s->row);
    free(s->column);
    free(s->column_of);
    free(s->pivot);
    free(s->merged);
    free(s->bucket);
    free(s->next);
    free(s->previous);
    free(s->single);
}

enum ddg_error ddg_eliminate(struct ddg_elimination *result, const struct ddg_problem *problem,
                             bool supposing, struct ddg_context *context)
{
    struct system s = {.problem = problem, .context = context, .supposing = supposing};
    enum ddg_error error;

    *result = (struct ddg_elimination){0};
    if (!(error = ddg_allocate(&result->determined, problem->unknowns, 1, context)) &&
        !(error =
              ddg_allocate(&result->value, problem->unknowns, sizeof *result->value, context)) &&
        !(error = make_columns(&s)) && !(error = make_rows(&s)) && !(error = make_lists(&s)) &&
        !(error = eliminate_all(&s)))
        error = read_solution(&s, result);
    result->impossible = s.impossible;
    release(&s);
    return error;
}

void ddg_elimination_free(struct ddg_elimination *result)
{
    free(result->determined);
    free(result->value);
    *result = (struct ddg_elimination){0};
}
