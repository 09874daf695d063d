/*
 * solvers: times the linear programs of an audit with CLP and with GLPK.
 *
 *   solvers PROBLEM [SECONDS [clp|glpk]]
 *
 * PROBLEM is what problem.py prints.  Measured are, by each solver and each of its simplex methods
 * (with a presolve of its own, too), the first solution that fits from scratch; from there, by the
 * primal method and warm, the optimum of random objectives; and the largest and smallest values of
 * single unknowns, of which a plain audit asks one by one.  Medians of REPEATS runs, means of
 * SINGLES programs, seconds of processor time; a program that takes longer than SECONDS (60) is
 * given up, and what it would have taken is not guessed.
 */
#include <coin/Clp_C_Interface.h>
#include <float.h>
#include <glpk.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { REPEATS = 5, SINGLES = 50, LARGEST_FACTOR = 100 };

/* Unknowns are 1 or more, rows are equations. */
struct problem {
    int unknowns, rows, terms;
    int *start, *row;
    double *factor, *right, *low, *high, *objective;
};

/* What a program took. */
struct run {
    double seconds;
    long iterations;
    bool solved, unbounded;
};

enum solver { CLP, GLPK };
enum method { DUAL, PRIMAL, PRESOLVED };

static const char *const method_name[] = {
    "first solution, dual method", "first solution, primal method", "first solution, presolved"};

/* A solver with the problem in it. */
struct model {
    enum solver solver;
    Clp_Simplex *clp;
    glp_prob *glpk;
    glp_smcp parameters;
};

static double seconds_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static void die(const char *what)
{
    fprintf(stderr, "solvers: %s\n", what);
    exit(2);
}

static void *need(void *memory)
{
    if (!memory)
        die("memory");
    return memory;
}

static int *read_integers(FILE *file, int count)
{
    int *numbers = need(calloc((size_t)count + 1, sizeof *numbers));

    for (int i = 0; i < count; i++)
        if (fscanf(file, "%d", &numbers[i]) != 1)
            die("a problem that is cut off");
    return numbers;
}

static double *read_numbers(FILE *file, int count)
{
    double *numbers = need(calloc((size_t)count + 1, sizeof *numbers));

    for (int i = 0; i < count; i++)
        if (fscanf(file, "%lf", &numbers[i]) != 1)
            die("a problem that is cut off");
    return numbers;
}

static void read_problem(struct problem *problem, const char *path)
{
    FILE *file = fopen(path, "r");

    if (!file || fscanf(file, "%d %d %d", &problem->unknowns, &problem->rows, &problem->terms) != 3)
        die("no problem in the file");
    problem->start = read_integers(file, problem->unknowns + 1);
    problem->row = read_integers(file, problem->terms);
    problem->factor = read_numbers(file, problem->terms);
    problem->right = read_numbers(file, problem->rows);
    problem->low = need(calloc((size_t)problem->unknowns, sizeof *problem->low));
    problem->high = need(calloc((size_t)problem->unknowns, sizeof *problem->high));
    problem->objective = need(calloc((size_t)problem->unknowns, sizeof *problem->objective));
    for (int i = 0; i < problem->unknowns; i++) {
        problem->low[i] = 1;
        problem->high[i] = DBL_MAX;
    }
    fclose(file);
}

static Clp_Simplex *new_clp(const struct problem *problem)
{
    Clp_Simplex *clp = need(Clp_newModel());

    Clp_setLogLevel(clp, 0);
    Clp_loadProblem(clp, problem->unknowns, problem->rows, problem->start, problem->row,
                    problem->factor, problem->low, problem->high, problem->objective,
                    problem->right, problem->right);
    return clp;
}

static glp_prob *new_glpk(const struct problem *problem)
{
    glp_prob *glpk = need(glp_create_prob());
    int *row = need(calloc((size_t)problem->rows + 1, sizeof *row));
    double *factor = need(calloc((size_t)problem->rows + 1, sizeof *factor));

    glp_add_rows(glpk, problem->rows);
    glp_add_cols(glpk, problem->unknowns);
    for (int i = 0; i < problem->rows; i++)
        glp_set_row_bnds(glpk, i + 1, GLP_FX, problem->right[i], problem->right[i]);
    for (int i = 0; i < problem->unknowns; i++) {
        int terms = problem->start[i + 1] - problem->start[i];

        for (int t = 0; t < terms; t++) {
            row[t + 1] = problem->row[problem->start[i] + t] + 1;
            factor[t + 1] = problem->factor[problem->start[i] + t];
        }
        glp_set_mat_col(glpk, i + 1, terms, row, factor);
        glp_set_col_bnds(glpk, i + 1, GLP_LO, problem->low[i], 0);
    }
    free(row);
    free(factor);
    return glpk;
}

static void open_model(struct model *model, enum solver solver, const struct problem *problem,
                       double seconds)
{
    *model = (struct model){.solver = solver};
    if (solver == CLP) {
        model->clp = new_clp(problem);
        Clp_setMaximumSeconds(model->clp, seconds);
        return;
    }
    model->glpk = new_glpk(problem);
    glp_adv_basis(model->glpk, 0);
    glp_init_smcp(&model->parameters);
    model->parameters.msg_lev = GLP_MSG_OFF;
    model->parameters.tm_lim = (int)(seconds * 1000);
}

static void close_model(struct model *model)
{
    if (model->clp)
        Clp_deleteModel(model->clp);
    if (model->glpk)
        glp_delete_prob(model->glpk);
}

static void set_objective(struct model *model, int unknown, double factor)
{
    if (model->solver == CLP)
        Clp_objective(model->clp)[unknown] = factor;
    else
        glp_set_obj_coef(model->glpk, unknown + 1, factor);
}

/* Minimizes. */
static struct run solve(struct model *model, enum method method, double seconds)
{
    struct run run = {0};
    double from = seconds_now();

    if (model->solver == CLP) {
        Clp_setMaximumSeconds(model->clp, seconds);
        if (method == PRESOLVED)
            Clp_initialSolve(model->clp);
        else if (method == DUAL)
            Clp_dual(model->clp, 0);
        else
            Clp_primal(model->clp, 1);
        run.iterations = Clp_numberIterations(model->clp);
        run.solved = Clp_status(model->clp) == 0;
        run.unbounded = Clp_status(model->clp) == 2;
    } else {
        int before = glp_get_it_cnt(model->glpk), status;

        model->parameters.meth = method == DUAL ? GLP_DUAL : GLP_PRIMAL;
        model->parameters.presolve = method == PRESOLVED ? GLP_ON : GLP_OFF;
        glp_simplex(model->glpk, &model->parameters);
        run.iterations = glp_get_it_cnt(model->glpk) - before;
        status = glp_get_status(model->glpk);
        run.solved = status == GLP_OPT;
        run.unbounded = status == GLP_UNBND;
    }
    run.seconds = seconds_now() - from;
    return run;
}

/* How many unknowns of the last solution are not whole. */
static int count_fractions(const struct model *model, const struct problem *problem)
{
    int count = 0;

    for (int i = 0; i < problem->unknowns; i++) {
        double value = model->solver == CLP ? Clp_primalColumnSolution(model->clp)[i]
                                            : glp_get_col_prim(model->glpk, i + 1);

        count += fabs(value - round(value)) > 1e-6;
    }
    return count;
}

static int compare(const void *a, const void *b)
{
    double x = ((const struct run *)a)->seconds, y = ((const struct run *)b)->seconds;

    return (x > y) - (x < y);
}

static void print_run(const char *what, const struct run *run, int runs)
{
    if (!run->solved && !run->unbounded)
        printf("  %-34s not done in %.0f s (%ld iterations)\n", what, run->seconds,
               run->iterations);
    else
        printf("  %-34s %10.4f s %8ld iterations%s\n", what, run->seconds, run->iterations,
               runs == 1 ? " (one run)" : "");
}

/* The first solution, from scratch; median, unless it takes long.  Leaves a model that is solved.
 */
static bool first_solution(struct model *model, enum solver solver, const struct problem *problem,
                           enum method method, double seconds)
{
    struct run run[REPEATS];
    int runs = 0;

    do {
        if (runs > 0)
            close_model(model);
        open_model(model, solver, problem, seconds);
        run[runs] = solve(model, method, seconds);
    } while (run[runs++].seconds < seconds / 10 && runs < REPEATS);
    qsort(run, (size_t)runs, sizeof *run, compare);
    print_run(method_name[method], &run[runs / 2], runs);
    return run[runs / 2].solved;
}

static uint64_t next_random(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return *state >> 33;
}

/* Random objectives of factors that have an optimum where every unknown is in a row: none below 0.
 */
static void random_objectives(struct model *model, const struct problem *problem, double seconds)
{
    struct run run[REPEATS];
    uint64_t random = 1;
    int runs = 0;

    do {
        for (int i = 0; i < problem->unknowns; i++)
            set_objective(model, i, (double)(next_random(&random) % LARGEST_FACTOR));
        run[runs] = solve(model, PRIMAL, seconds);
    } while (run[runs++].seconds < seconds / 10 && runs < REPEATS);
    qsort(run, (size_t)runs, sizeof *run, compare);
    print_run("random objective, warm", &run[runs / 2], runs);
    printf("  %-34s %10d unknowns of the last optimum\n", "not whole",
           count_fractions(model, problem));
    for (int i = 0; i < problem->unknowns; i++)
        set_objective(model, i, 0);
}

/* Largest and smallest values of unknowns in turn, each from where the last one ended. */
static void single_unknowns(struct model *model, const struct problem *problem, double seconds)
{
    double sum = 0, longest = 0;
    long iterations = 0;
    int done = 0;

    for (; done < SINGLES && sum < seconds; done++) {
        int unknown = (int)((long)(done / 2) * 7919 % problem->unknowns);
        struct run run;

        set_objective(model, unknown, done % 2 ? 1 : -1);
        run = solve(model, PRIMAL, seconds);
        set_objective(model, unknown, 0);
        sum += run.seconds;
        longest = run.seconds > longest ? run.seconds : longest;
        iterations += run.iterations;
    }
    printf("  %-34s %10.4f s %8ld iterations (mean of %d, longest %.3f s)\n", "one unknown, warm",
           sum / done, iterations / done, done, longest);
    printf("  %-34s %10.0f s (extrapolated)\n", "all unknowns, both ends",
           sum / done * 2 * problem->unknowns);
}

static void time_solver(enum solver solver, const struct problem *problem, double seconds)
{
    struct model model;
    bool solved = false;

    printf("%s\n", solver == CLP ? "CLP" : "GLPK");
    for (enum method method = DUAL; method <= PRESOLVED; method++) {
        if (method > DUAL)
            close_model(&model);
        solved = first_solution(&model, solver, problem, method, seconds);
        fflush(stdout);
    }
    if (solved) {
        single_unknowns(&model, problem, seconds);
        fflush(stdout);
        random_objectives(&model, problem, seconds);
    }
    close_model(&model);
}

int main(int argc, char **argv)
{
    struct problem problem;
    double seconds = argc > 2 ? atof(argv[2]) : 60;

    if (argc < 2 || argc > 4 || seconds <= 0)
        die("usage: solvers PROBLEM [SECONDS [clp|glpk]]");
    glp_term_out(GLP_OFF);
    read_problem(&problem, argv[1]);
    printf("%d unknowns, %d rows, %d terms\n", problem.unknowns, problem.rows, problem.terms);
    if (argc < 4 || strcmp(argv[3], "clp") == 0)
        time_solver(CLP, &problem, seconds);
    if (argc < 4 || strcmp(argv[3], "glpk") == 0)
        time_solver(GLPK, &problem, seconds);
    return 0;
}
