#include "attack/explain.h"

#include "attack/bounds.h"
#include "attack/part.h"
#include "attack/program.h"
#include "attack/proof.h"
#include "attack/search.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    RINGS = 6,
    TREE_ROWS = 120, /* more rows than this are not searched as trees */
    TREE_NODES = 200,
    PROOF_WORK = 5000,  /* that a program takes beside its terms, counted in terms */
    LOOSENED_MOST = 50, /* unknowns whose ranges are tried one by one */
};

/* Rows around the unknown that are tried, fewest first. */
static const size_t ring_rows[RINGS] = {1, 12, 60, 250, 1000, 4000};

struct explaining {
    const struct ddg_problem *original;
    const struct ddg_answer *answer;
    uint32_t unknown;
    uint32_t *scratch;
    bool whole;   /* trees may be searched */
    bool *priced; /* of each row of a part: it had a price in a program that proved the range; NULL
                   * while nobody asks */
    uint64_t *work; /* terms of programs that may still be gone through */
    struct ddg_context *context;
};

/* Proofs ------------------------------------------------------------------------------------- */

static void mark_priced(const struct explaining *x, const struct ddg_problem *p,
                        const double *prices)
{
    for (uint32_t row = 0; x->priced && row < p->rows; row++)
        x->priced[row] = x->priced[row] || fabs(prices[row]) > 1e-9;
}

static bool is_enough(const struct explaining *x, int64_t low, int64_t high)
{
    return low >= x->answer->low && high <= x->answer->high;
}

static enum ddg_error prove_by_rows(const struct explaining *x, const struct ddg_problem *p,
                                    uint32_t u, bool *proven)
{
    size_t bytes = p->unknowns * sizeof(int64_t);
    int64_t *low = NULL, *high = NULL;
    uint32_t impossible;
    enum ddg_error error;

    if (!(error = ddg_allocate(&low, p->unknowns, sizeof *low, x->context)) &&
        !(error = ddg_allocate(&high, p->unknowns, sizeof *high, x->context))) {
        memcpy(low, p->low, bytes);
        memcpy(high, p->high, bytes);
        error = ddg_bounds_narrow(p, low, high, DDG_NO_UNKNOWN, &impossible, x->context);
        *proven = !error && impossible == DDG_NO_ROW && is_enough(x, low[u], high[u]);
    }
    free(low);
    free(high);
    return error;
}

static enum ddg_error prove_by_program(const struct explaining *x, const struct ddg_problem *p,
                                       uint32_t u, bool *proven)
{
    struct ddg_linear_program *program;
    int64_t low = p->low[u], high = p->high[u];
    enum ddg_error error = ddg_program_new(&program, p, p->low, p->high, x->context);

    if (error)
        return error;
    ddg_program_solve(program, 0, 0, 0);
    for (int direction = 1; direction >= -1; direction -= 2) {
        int64_t bound;

        if (ddg_program_solve(program, u, direction, 0) != DDG_PROGRAM_OPTIMAL ||
            !ddg_proof_bound(p, p->low, p->high, ddg_program_prices(program), u, direction, &bound))
            continue;
        mark_priced(x, p, ddg_program_prices(program));
        if (direction > 0 && bound < high)
            high = bound;
        if (direction < 0 && bound > low)
            low = bound;
    }
    ddg_program_free(program);
    *proven = is_enough(x, low, high);
    return DDG_OK;
}

/* Refutes one side of the range by a tree. */
static enum ddg_error refute_side(const struct explaining *x, const struct ddg_problem *p,
                                  uint32_t u, int64_t first, int64_t last, bool *refuted)
{
    int64_t *value, low = p->low[u], high = p->high[u];
    enum ddg_search_result result;
    enum ddg_error error;

    *refuted = first > last;
    if (*refuted)
        return DDG_OK;
    if ((error = ddg_allocate(&value, p->unknowns, sizeof *value, x->context)))
        return error;
    p->low[u] = first;
    p->high[u] = last;
    error = ddg_search(p, p->low, p->high, TREE_NODES, 0, value, &result, x->context);
    p->low[u] = low;
    p->high[u] = high;
    *refuted = !error && result == DDG_SEARCH_REFUTED;
    free(value);
    return error;
}

static enum ddg_error prove_by_trees(const struct explaining *x, const struct ddg_problem *p,
                                     uint32_t u, bool *proven)
{
    bool below, above;
    enum ddg_error error = refute_side(x, p, u, p->low[u], x->answer->low - 1, &below);

    if (!error && below)
        error = refute_side(x, p, u, x->answer->high + 1, p->high[u], &above);
    *proven = !error && below && above;
    return error;
}

static void spend(const struct explaining *x, uint64_t work)
{
    *x->work = work < *x->work ? *x->work - work : 0;
}

/* Does the part prove the range by itself? */
static enum ddg_error proves(const struct explaining *x, const struct ddg_part *part, bool *proven)
{
    const struct ddg_problem *p = &part->problem;
    uint32_t u = ddg_part_place(part, x->unknown);
    enum ddg_error error;

    *proven = false;
    spend(x, PROOF_WORK + p->row_start[p->rows]);
    if (u == DDG_NO_UNKNOWN || *x->work == 0)
        return DDG_OK;
    error = prove_by_rows(x, p, u, proven);
    if (!error && !*proven)
        error = prove_by_program(x, p, u, proven);
    if (!error && !*proven && x->whole && p->rows <= TREE_ROWS)
        error = prove_by_trees(x, p, u, proven);
    return error;
}

/* Fewer rows --------------------------------------------------------------------------------- */

static enum ddg_error rows_prove(const struct explaining *x, const uint32_t *row, size_t rows,
                                 bool *proven)
{
    struct ddg_part part;
    enum ddg_error error = ddg_part_make(&part, x->original, row, rows, x->scratch, x->context);

    if (!error)
        error = proves(x, &part, proven);
    ddg_part_free(&part);
    return error;
}

/* Leaves out rows that are not needed, chunk by chunk and at last one by one, those farthest away
 * first.  What is left proves the range, and no row of it can be spared. */
static enum ddg_error leave_out(const struct explaining *x, uint32_t *row, size_t *rows)
{
    uint32_t *fewer;
    enum ddg_error error = ddg_allocate(&fewer, *rows, sizeof *fewer, x->context);

    for (size_t chunk = *rows / 2 ? *rows / 2 : 1; !error; chunk /= 2) {
        for (size_t end = *rows; !error && end > 0;) {
            size_t first = end > chunk ? end - chunk : 0, kept = *rows - (end - first);
            bool proven = false;

            memcpy(fewer, row, first * sizeof *row);
            memcpy(fewer + first, row + end, (*rows - end) * sizeof *row);
            if (kept > 0 && !(error = rows_prove(x, fewer, kept, &proven)) && proven) {
                memcpy(row, fewer, kept * sizeof *row);
                *rows = kept;
            }
            end = first;
        }
        if (chunk == 1)
            break;
    }
    free(fewer);
    return error;
}

/* Ranges that are needed --------------------------------------------------------------------- */

/* Finds the unknowns whose own range is needed: with any other, more would be possible. */
static enum ddg_error find_ranges(const struct explaining *x, struct ddg_reasons *reasons)
{
    struct ddg_part part;
    enum ddg_error error =
        ddg_part_make(&part, x->original, reasons->row, reasons->rows, x->scratch, x->context);
    struct ddg_problem *p = &part.problem;

    if (!error)
        error = ddg_allocate(&reasons->unknown, p->unknowns, sizeof *reasons->unknown, x->context);
    for (uint32_t u = 0; !error && u < p->unknowns; u++) {
        int64_t low = p->low[u], high = p->high[u];
        bool proven = false;

        p->low[u] = -DDG_PROBLEM_LARGEST;
        p->high[u] = DDG_UNBOUNDED;
        /* trees without ranges would have no end: there every range counts as needed */
        if (u < LOOSENED_MOST && !x->whole && (error = proves(x, &part, &proven)))
            break;
        if (proven)
            continue;
        p->low[u] = low;
        p->high[u] = high;
        reasons->unknown[reasons->unknowns++] = part.unknown[u];
    }
    ddg_part_free(&part);
    return error;
}

/* Whole -------------------------------------------------------------------------------------- */

/* Keeps of the rows that prove the range those that have a price in a program that does, if one
 * does. */
static enum ddg_error keep_priced(struct explaining *x, const struct ddg_part *part,
                                  struct ddg_reasons *reasons)
{
    const struct ddg_problem *p = &part->problem;
    size_t kept = 0;
    bool proven = false;
    enum ddg_error error = ddg_allocate(&x->priced, p->rows, sizeof *x->priced, x->context);

    if (!error)
        error = prove_by_program(x, p, ddg_part_place(part, x->unknown), &proven);
    for (size_t i = 0; proven && i < p->rows; i++)
        if (x->priced[i])
            reasons->row[kept++] = reasons->row[i];
    if (kept > 0)
        reasons->rows = kept;
    free(x->priced);
    x->priced = NULL;
    return error;
}

/* Finds rows around the unknown that prove its range, as few rings as possible. */
static enum ddg_error find_rows(struct explaining *x, struct ddg_reasons *reasons)
{
    bool closed = false, proven = false;

    for (int i = 0; i < RINGS && !closed && !proven && *x->work > 0; i++) {
        struct ddg_part part;
        enum ddg_error error = ddg_part_around(&part, x->original, x->unknown, ring_rows[i],
                                               x->scratch, &closed, x->context);

        if (!error && !(x->whole && part.problem.rows > TREE_ROWS))
            error = proves(x, &part, &proven);
        if (!error && proven) {
            error =
                ddg_allocate(&reasons->row, part.problem.rows, sizeof *reasons->row, x->context);
            for (uint32_t row = 0; !error && row < part.problem.rows; row++)
                reasons->row[row] = part.problem.origin[row];
            reasons->rows = error ? 0 : part.problem.rows;
        }
        if (!error && reasons->rows > 2 && !x->whole)
            error = keep_priced(x, &part, reasons);
        ddg_part_free(&part);
        if (error)
            return error;
    }
    return DDG_OK;
}

enum ddg_error ddg_explain(struct ddg_reasons *reasons, const struct ddg_problem *original,
                           const struct ddg_answer *answer, uint32_t unknown, uint64_t *work,
                           struct ddg_context *context)
{
    struct explaining x = {.original = original,
                           .answer = answer,
                           .unknown = unknown,
                           .work = work,
                           .context = context};
    enum ddg_error error;

    *reasons = (struct ddg_reasons){0};
    if ((error = ddg_allocate(&x.scratch, original->unknowns, sizeof *x.scratch, context)))
        return error;
    for (uint32_t u = 0; u < original->unknowns; u++)
        x.scratch[u] = DDG_NO_UNKNOWN;
    spend(&x, original->unknowns / 4);
    error = find_rows(&x, reasons);
    if (!error && reasons->rows == 0 && *work > 0) {
        reasons->whole = x.whole = true;
        error = find_rows(&x, reasons);
    }
    if (!error && reasons->rows > 1)
        error = leave_out(&x, reasons->row, &reasons->rows);
    if (!error && reasons->rows > 0) {
        error = find_ranges(&x, reasons);
    }
    free(x.scratch);
    return error;
}

void ddg_reasons_free(struct ddg_reasons *reasons)
{
    free(reasons->row);
    free(reasons->unknown);
    *reasons = (struct ddg_reasons){0};
}
