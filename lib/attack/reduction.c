#include "attack/reduction.h"

#include "base/hash.h"

#include <stdlib.h>
#include <string.h>

/* How much larger than the problem its reduction may be. */
enum { GROWTH_MOST = 40 };

/* A sum under construction: factors of basic unknowns, and a number. */
struct sum {
    int64_t *factor; /* of each unknown, 0 outside the sum */
    uint32_t *unknown;
    uint32_t count;
    int64_t number;
};

struct reducing {
    struct ddg_reduction *r;
    const struct ddg_problem *p;
    const int64_t *low, *high;
    uint32_t *definition; /* of each unknown: the row of the problem that defines it, or NO_ROW */
    uint32_t *order;      /* defined unknowns, each behind those that it is defined by */
    uint32_t defined;
    uint8_t *state; /* of each unknown, while ordering */
    bool *used;     /* of each row of the problem: a definition */
    struct sum sum;
    uint32_t *slot; /* rows by the hash of their terms */
    size_t slots;
    struct ddg_hash_key key;
    struct ddg_context *context;
};

/* Definitions -------------------------------------------------------------------------------- */

/* The unknown that an equation defines: the only one with its sign, all factors being 1 or -1. */
static uint32_t defined_by(const struct ddg_problem *p, uint32_t row)
{
    uint32_t unknown[2] = {DDG_NO_UNKNOWN, DDG_NO_UNKNOWN};
    size_t count[2] = {0, 0};

    if (p->sense[row] != DDG_EQUAL)
        return DDG_NO_UNKNOWN;
    for (size_t i = p->row_start[row]; i < p->row_start[row + 1]; i++) {
        int sign = p->row_factor[i] < 0;

        if (p->row_factor[i] != 1 && p->row_factor[i] != -1)
            return DDG_NO_UNKNOWN;
        unknown[sign] = p->row_unknown[i];
        count[sign]++;
    }
    if (count[1] == 1 && count[0] > 0)
        return unknown[1];
    return count[0] == 1 && count[1] > 1 ? unknown[0] : DDG_NO_UNKNOWN;
}

static void choose_definitions(struct reducing *g)
{
    const struct ddg_problem *p = g->p;

    for (uint32_t u = 0; u < p->unknowns; u++)
        g->definition[u] = DDG_NO_ROW;
    for (uint32_t row = 0; row < p->rows; row++) {
        uint32_t u = defined_by(p, row), old;

        if (u == DDG_NO_UNKNOWN)
            continue;
        old = g->definition[u];
        if (old == DDG_NO_ROW ||
            p->row_start[row + 1] - p->row_start[row] < p->row_start[old + 1] - p->row_start[old])
            g->definition[u] = row;
    }
}

enum { UNVISITED, OPEN, DONE };

/* Orders the unknowns below one, depth first and without recursion: `stack` holds pairs of an
 * unknown and how many terms of its definition were gone through.  A definition that leads back to
 * itself is dropped. */
static void order_from(struct reducing *g, uint32_t start, uint32_t *stack)
{
    const struct ddg_problem *p = g->p;
    size_t depth = 0;

    stack[0] = start;
    stack[1] = 0;
    g->state[start] = OPEN;
    for (;;) {
        uint32_t u = stack[2 * depth], row = g->definition[u];
        size_t at = row == DDG_NO_ROW ? 0 : p->row_start[row] + stack[2 * depth + 1];

        if (row == DDG_NO_ROW || at == p->row_start[row + 1]) {
            g->state[u] = DONE;
            if (row != DDG_NO_ROW)
                g->order[g->defined++] = u;
            if (depth == 0)
                return;
            depth--;
            continue;
        }
        stack[2 * depth + 1]++;
        if (p->row_unknown[at] == u || g->state[p->row_unknown[at]] == DONE)
            continue;
        if (g->state[p->row_unknown[at]] == OPEN) {
            g->definition[u] = DDG_NO_ROW;
            continue;
        }
        depth++;
        stack[2 * depth] = p->row_unknown[at];
        stack[2 * depth + 1] = 0;
        g->state[p->row_unknown[at]] = OPEN;
    }
}

static enum ddg_error order_definitions(struct reducing *g)
{
    uint32_t *stack;
    enum ddg_error error =
        ddg_allocate(&stack, 2 * ((size_t)g->p->unknowns + 1), sizeof *stack, g->context);

    for (uint32_t u = 0; !error && u < g->p->unknowns; u++)
        if (g->state[u] == UNVISITED)
            order_from(g, u, stack);
    free(stack);
    return error;
}

/* Sums --------------------------------------------------------------------------------------- */

static void add_basic(struct sum *sum, uint32_t unknown, int64_t factor)
{
    /* an unknown whose factor went back to 0 is in the list already: it may stand there twice */
    if (sum->factor[unknown] == 0)
        sum->unknown[sum->count++] = unknown;
    sum->factor[unknown] += factor;
}

/* False when a factor would no longer fit into a row. */
static bool is_narrow(const struct sum *sum)
{
    for (uint32_t i = 0; i < sum->count; i++) {
        int64_t factor = sum->factor[sum->unknown[i]];

        if (factor > INT32_MAX || factor < -INT32_MAX)
            return false;
    }
    return true;
}

static bool has_room(const struct reducing *g, size_t more)
{
    return g->sum.count + more <= 2 * (size_t)g->p->unknowns;
}

/* Adds factor * unknown, as what defines it.  False when the list of terms has no room. */
static bool add_unknown(struct reducing *g, uint32_t unknown, int64_t factor)
{
    const struct ddg_reduction *r = g->r;
    uint32_t row = r->row_of[unknown];

    if (row == DDG_NO_ROW) {
        if (!has_room(g, 1))
            return false;
        add_basic(&g->sum, unknown, factor);
        return true;
    }
    if (!has_room(g, r->row_start[row + 1] - r->row_start[row]))
        return false;
    g->sum.number += factor * r->plus[row];
    for (size_t i = r->row_start[row]; i < r->row_start[row + 1]; i++)
        add_basic(&g->sum, r->row_unknown[i], factor * r->row_factor[i]);
    return true;
}

static int by_number(const void *a, const void *b)
{
    const uint32_t *s = a, *t = b;

    return (*s > *t) - (*s < *t);
}

/* Sorts the terms, each once; those that cancelled out go. */
static void tidy(struct sum *sum)
{
    uint32_t kept = 0;

    qsort(sum->unknown, sum->count, sizeof *sum->unknown, by_number);
    for (uint32_t i = 0; i < sum->count; i++)
        if (sum->factor[sum->unknown[i]] != 0 &&
            (kept == 0 || sum->unknown[kept - 1] != sum->unknown[i]))
            sum->unknown[kept++] = sum->unknown[i];
    sum->count = kept;
}

static void clear(struct sum *sum)
{
    for (uint32_t i = 0; i < sum->count; i++)
        sum->factor[sum->unknown[i]] = 0;
    sum->count = 0;
    sum->number = 0;
}

/* Makes a row of the sum, which is tidy. */
static enum ddg_error add_row(struct reducing *g, int64_t low, int64_t high, uint32_t defines)
{
    struct ddg_reduction *r = g->r;
    const struct sum *sum = &g->sum;
    size_t need = (size_t)r->rows + 1, terms = r->row_start[r->rows] + sum->count;
    enum ddg_error error;

    if ((error = ddg_grow(&r->row_start, &r->row_room[0], need + 1, sizeof *r->row_start,
                          g->context)) ||
        (error = ddg_grow(&r->low, &r->row_room[1], need, sizeof *r->low, g->context)) ||
        (error = ddg_grow(&r->high, &r->row_room[2], need, sizeof *r->high, g->context)) ||
        (error = ddg_grow(&r->defines, &r->row_room[3], need, sizeof *r->defines, g->context)) ||
        (error = ddg_grow(&r->plus, &r->row_room[4], need, sizeof *r->plus, g->context)) ||
        (error = ddg_grow(&r->row_unknown, &r->term_room[0], terms, sizeof *r->row_unknown,
                          g->context)) ||
        (error =
             ddg_grow(&r->row_factor, &r->term_room[1], terms, sizeof *r->row_factor, g->context)))
        return error;
    for (uint32_t i = 0; i < sum->count; i++) {
        r->row_unknown[r->row_start[r->rows] + i] = sum->unknown[i];
        r->row_factor[r->row_start[r->rows] + i] = (int32_t)sum->factor[sum->unknown[i]];
    }
    r->low[r->rows] = low;
    r->high[r->rows] = high;
    r->defines[r->rows] = defines;
    r->plus[r->rows] = sum->number;
    r->rows++;
    r->row_start[r->rows] = terms;
    return DDG_OK;
}

static bool grows_too_much(const struct reducing *g)
{
    return g->r->row_start[g->r->rows] >
           1000000 + (size_t)GROWTH_MOST * g->p->row_start[g->p->rows];
}

/* Replaces a defined unknown. */
static enum ddg_error define(struct reducing *g, uint32_t unknown)
{
    const struct ddg_problem *p = g->p;
    uint32_t row = g->definition[unknown];
    int64_t sign = 1;
    bool fits = !grows_too_much(g);
    enum ddg_error error = DDG_OK;

    for (size_t i = p->row_start[row]; i < p->row_start[row + 1]; i++)
        if (p->row_unknown[i] == unknown)
            sign = -p->row_factor[i];
    /* sum of the others - sign * unknown = right, so unknown = sign * (sum of the others - right)
     */
    for (size_t i = p->row_start[row]; fits && i < p->row_start[row + 1]; i++)
        if (p->row_unknown[i] != unknown)
            fits = add_unknown(g, p->row_unknown[i], sign * p->row_factor[i]);
    g->sum.number -= sign * p->right[row];
    tidy(&g->sum);
    if (fits && is_narrow(&g->sum)) {
        error = add_row(g, g->low[unknown] - g->sum.number,
                        g->high[unknown] == DDG_UNBOUNDED ? DDG_UNBOUNDED
                                                          : g->high[unknown] - g->sum.number,
                        unknown);
        g->r->row_of[unknown] = g->r->rows - 1;
        g->used[row] = true;
    }
    clear(&g->sum);
    return error;
}

/* Rows that are left ------------------------------------------------------------------------- */

static bool same_terms(const struct ddg_reduction *r, uint32_t row, const struct sum *sum)
{
    size_t start = r->row_start[row];

    if (r->row_start[row + 1] - start != sum->count)
        return false;
    for (uint32_t i = 0; i < sum->count; i++)
        if (r->row_unknown[start + i] != sum->unknown[i] ||
            r->row_factor[start + i] != sum->factor[sum->unknown[i]])
            return false;
    return true;
}

static uint32_t *find_slot(struct reducing *g)
{
    const struct sum *sum = &g->sum;
    uint64_t hash = sum->count;
    size_t at;

    for (uint32_t i = 0; i < sum->count; i++)
        hash = ddg_hash_word(&g->key, hash ^ ((uint64_t)sum->unknown[i] << 8) ^
                                          (uint64_t)sum->factor[sum->unknown[i]]);
    for (at = hash & (g->slots - 1); g->slot[at] != DDG_NO_ROW; at = (at + 1) & (g->slots - 1))
        if (same_terms(g->r, g->slot[at], sum))
            break;
    return &g->slot[at];
}

static void narrow(struct ddg_reduction *r, uint32_t row, int64_t low, int64_t high)
{
    if (low > r->low[row])
        r->low[row] = low;
    if (high < r->high[row])
        r->high[row] = high;
}

/* Reduces a row that defines nothing; one that the rows before imply is left out. */
static enum ddg_error reduce_row(struct reducing *g, uint32_t row)
{
    const struct ddg_problem *p = g->p;
    int64_t low, high;
    uint32_t *slot;
    bool fits = true;
    enum ddg_error error = DDG_OK;

    for (size_t i = p->row_start[row]; fits && i < p->row_start[row + 1]; i++)
        fits = add_unknown(g, p->row_unknown[i], p->row_factor[i]);
    tidy(&g->sum);
    if (!fits || !is_narrow(&g->sum)) {
        clear(&g->sum);
        return ddg_fail(g->context, DDG_LIMIT, "lines too long to be attacked");
    }
    high = p->right[row] - g->sum.number;
    low = p->sense[row] == DDG_EQUAL ? high : -DDG_UNBOUNDED;
    if (g->sum.count > 0 && g->sum.factor[g->sum.unknown[0]] < 0) {
        int64_t turned = p->sense[row] == DDG_EQUAL ? -high : DDG_UNBOUNDED;

        for (uint32_t i = 0; i < g->sum.count; i++)
            g->sum.factor[g->sum.unknown[i]] *= -1;
        low = -high;
        high = turned;
    }
    slot = find_slot(g);
    if (g->sum.count == 0 && low <= 0 && high >= 0) {
        clear(&g->sum);
        return DDG_OK;
    }
    if (*slot != DDG_NO_ROW) {
        narrow(g->r, *slot, low, high);
    } else {
        *slot = g->r->rows;
        g->sum.number = 0;
        error = add_row(g, low, high, DDG_NO_UNKNOWN);
    }
    clear(&g->sum);
    return error;
}

/* Turns terms of rows around into terms of unknowns. */
static enum ddg_error turn(struct reducing *g)
{
    struct ddg_reduction *r = g->r;
    size_t terms = r->row_start[r->rows], *next;
    uint32_t n = g->p->unknowns;
    enum ddg_error error;

    if ((error = ddg_allocate(&r->unknown_start, (size_t)n + 1, sizeof *next, g->context)) ||
        (error = ddg_allocate(&r->unknown_row, terms, sizeof *r->unknown_row, g->context)) ||
        (error = ddg_allocate(&r->unknown_factor, terms, sizeof *r->unknown_factor, g->context)) ||
        (error = ddg_allocate(&next, n, sizeof *next, g->context)))
        return error;
    for (size_t i = 0; i < terms; i++)
        r->unknown_start[r->row_unknown[i] + 1]++;
    for (uint32_t u = 0; u < n; u++) {
        r->unknown_start[u + 1] += r->unknown_start[u];
        next[u] = r->unknown_start[u];
    }
    for (uint32_t row = 0; row < r->rows; row++)
        for (size_t i = r->row_start[row]; i < r->row_start[row + 1]; i++) {
            size_t at = next[r->row_unknown[i]]++;

            r->unknown_row[at] = row;
            r->unknown_factor[at] = r->row_factor[i];
        }
    free(next);
    return DDG_OK;
}

static enum ddg_error start(struct reducing *g)
{
    size_t n = g->p->unknowns, m = g->p->rows;
    enum ddg_error error;

    for (g->slots = 64; g->slots < 2 * m + 2;)
        g->slots *= 2;
    if ((error = ddg_allocate(&g->definition, n, sizeof *g->definition, g->context)) ||
        (error = ddg_allocate(&g->order, n, sizeof *g->order, g->context)) ||
        (error = ddg_allocate(&g->state, n, sizeof *g->state, g->context)) ||
        (error = ddg_allocate(&g->used, m, sizeof *g->used, g->context)) ||
        (error = ddg_allocate(&g->sum.factor, n, sizeof *g->sum.factor, g->context)) ||
        (error = ddg_allocate(&g->sum.unknown, 2 * n, sizeof *g->sum.unknown, g->context)) ||
        (error = ddg_allocate(&g->slot, g->slots, sizeof *g->slot, g->context)) ||
        (error = ddg_allocate(&g->r->row_of, n, sizeof *g->r->row_of, g->context)) ||
        (error = ddg_grow(&g->r->row_start, &g->r->row_room[0], 1, sizeof *g->r->row_start,
                          g->context)))
        return error;
    g->r->row_start[0] = 0;
    for (size_t i = 0; i < g->slots; i++)
        g->slot[i] = DDG_NO_ROW;
    for (size_t u = 0; u < n; u++)
        g->r->row_of[u] = DDG_NO_ROW;
    return DDG_OK;
}

enum ddg_error ddg_reduce(struct ddg_reduction *reduction, const struct ddg_problem *problem,
                          const int64_t *low, const int64_t *high, struct ddg_context *context)
{
    struct reducing g = {
        .r = reduction, .p = problem, .low = low, .high = high, .key = {0, 0}, .context = context};
    enum ddg_error error;

    *reduction = (struct ddg_reduction){0};
    if (!(error = start(&g))) {
        choose_definitions(&g);
        error = order_definitions(&g);
    }
    for (uint32_t i = 0; !error && i < g.defined; i++)
        if (g.definition[g.order[i]] != DDG_NO_ROW)
            error = define(&g, g.order[i]);
    for (uint32_t row = 0; !error && row < problem->rows; row++)
        if (!g.used[row] && problem->sense[row] != DDG_SUPPOSED)
            error = reduce_row(&g, row);
    if (!error)
        error = turn(&g);
    free(g.definition);
    free(g.order);
    free(g.state);
    free(g.used);
    free(g.sum.factor);
    free(g.sum.unknown);
    free(g.slot);
    return error;
}

void ddg_reduction_free(struct ddg_reduction *r)
{
    free(r->row_start);
    free(r->row_unknown);
    free(r->row_factor);
    free(r->low);
    free(r->high);
    free(r->defines);
    free(r->plus);
    free(r->row_of);
    free(r->unknown_start);
    free(r->unknown_row);
    free(r->unknown_factor);
    *r = (struct ddg_reduction){0};
}
