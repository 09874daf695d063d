#include "attack/prover.h"

#include "attack/proof.h"
#include "base/clock.h"

#include <stdlib.h>

/* For a first program of a whole component. */
enum { SECONDS_MOST = 60 };

enum ddg_error ddg_prover_start(struct ddg_prover *p, const struct ddg_part *part,
                                struct ddg_sightings *sightings, double deadline,
                                struct ddg_context *context)
{
    size_t unknowns = part->problem.unknowns;
    enum ddg_error error;

    *p = (struct ddg_prover){
        .part = part, .sightings = sightings, .deadline = deadline, .context = context};
    error = ddg_allocate(&p->scratch, unknowns, sizeof *p->scratch, context);
    for (size_t u = 0; !error && u < unknowns; u++)
        p->scratch[u] = DDG_NO_UNKNOWN;
    return error;
}

void ddg_prover_free(struct ddg_prover *p)
{
    ddg_program_free(p->program);
    free(p->scratch);
    *p = (struct ddg_prover){0};
}

static double seconds_left(const struct ddg_prover *p)
{
    double left = p->deadline - ddg_clock();

    return p->deadline > 0 ? (left > 0.01 ? left : 0.01) : 0;
}

enum ddg_error ddg_prover_solve(struct ddg_prover *p)
{
    const struct ddg_problem *problem = &p->part->problem;
    enum ddg_error error;

    if (p->program)
        return DDG_OK;
    error = ddg_program_new(&p->program, problem, problem->low, problem->high, p->context);
    if (!error) {
        double left = seconds_left(p);
        enum ddg_program_outcome outcome = ddg_program_solve(
            p->program, 0, 0, left > 0 && left < SECONDS_MOST ? left : SECONDS_MOST);

        p->hopeless = outcome == DDG_PROGRAM_GAVE_UP;
    }
    return error;
}

/* Proves what the program of `problem` can about its unknown; `name` is its number in the whole
 * problem. */
static void prove_range(struct ddg_prover *p, struct ddg_linear_program *program,
                        const struct ddg_problem *problem, uint32_t unknown, uint32_t name)
{
    for (int direction = 1; direction >= -1; direction -= 2) {
        int64_t bound;

        if (ddg_sightings_settled(p->sightings, name) ||
            (p->deadline > 0 && ddg_clock() > p->deadline))
            return;
        if (ddg_program_solve(program, unknown, direction, seconds_left(p)) !=
                DDG_PROGRAM_OPTIMAL ||
            !ddg_proof_bound(problem, problem->low, problem->high, ddg_program_prices(program),
                             unknown, direction, &bound))
            continue;
        ddg_sightings_prove(p->sightings, name, direction > 0 ? -DDG_UNBOUNDED : bound,
                            direction > 0 ? bound : DDG_UNBOUNDED, DDG_METHOD_PROGRAM);
    }
}

enum ddg_error ddg_prover_around(struct ddg_prover *p, uint32_t unknown, size_t rows, bool *closed)
{
    struct ddg_part part;
    struct ddg_linear_program *program = NULL;
    enum ddg_error error =
        ddg_part_around(&part, &p->part->problem, unknown, rows, p->scratch, closed, p->context);

    if (!error)
        error = ddg_program_new(&program, &part.problem, part.problem.low, part.problem.high,
                                p->context);
    if (!error) {
        uint32_t place = ddg_part_place(&part, unknown);

        ddg_program_solve(program, 0, 0, seconds_left(p));
        if (place != DDG_NO_UNKNOWN)
            prove_range(p, program, &part.problem, place, p->part->unknown[unknown]);
    }
    ddg_program_free(program);
    ddg_part_free(&part);
    return error;
}

enum ddg_error ddg_prover_whole(struct ddg_prover *p, uint32_t unknown)
{
    enum ddg_error error = ddg_prover_solve(p);

    if (!error && !p->hopeless)
        prove_range(p, p->program, &p->part->problem, unknown, p->part->unknown[unknown]);
    return error;
}
