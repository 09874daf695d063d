/*
 * The verdict on every unknown of a problem: how many values it can have.
 *
 * A verdict "safe" rests on witnesses: whole-number solutions of the whole problem, checked in
 * integer arithmetic, in which the unknown has as many different values as are wanted.  A verdict
 * "recovered" or "narrowed" rests on ranges that were derived in exact arithmetic: by propagation
 * over rows, by elimination modulo a prime (see elimination.h: wrong with a probability of 2^-61),
 * by linear programs whose dual solution was checked with whole numbers, or by a search tree each
 * leaf of which was refuted so.  What neither decides is "undecided".
 */
#ifndef DDG_ATTACK_DECIDE_H
#define DDG_ATTACK_DECIDE_H

#include "attack/problem.h"

#define DDG_THREADS_MOST 64

enum ddg_verdict {
    DDG_VERDICT_NONE,       /* none was wanted */
    DDG_VERDICT_SAFE,       /* as many values fit as are wanted, or more */
    DDG_VERDICT_UNDECIDED,  /* not found out in the time allowed */
    DDG_VERDICT_DETERMINED, /* a single value would fit if lines that may overlap added up, or if
                             * totals that are not printed here were known (--totals implied) */
    DDG_VERDICT_NARROWED,   /* fewer values fit than are wanted */
    DDG_VERDICT_RECOVERED,  /* a single value fits */
};

/* True when the number is given away, be it on a condition. */
static inline bool ddg_verdict_gives_away(enum ddg_verdict verdict)
{
    return verdict >= DDG_VERDICT_DETERMINED;
}

/* How a range was found. */
enum ddg_method {
    DDG_METHOD_NONE,
    DDG_METHOD_ROWS,    /* by single rows, one after the other */
    DDG_METHOD_SYSTEM,  /* by all equations together */
    DDG_METHOD_PROGRAM, /* by a linear program: rows and ranges together */
    DDG_METHOD_SEARCH,  /* by a search tree: also that numbers are whole */
};

struct ddg_answer {
    enum ddg_verdict verdict;
    enum ddg_method method;
    int64_t low, high;           /* proven: no solution has the unknown outside; high may be
                                  * DDG_UNBOUNDED */
    int64_t seen_low, seen_high; /* the smallest and largest value in solutions that were found;
                                  * seen_low > seen_high when none was */
};

struct ddg_decide_options {
    double seconds;   /* time allowed; 0: as long as it takes */
    unsigned threads; /* 1 .. DDG_THREADS_MOST */
    bool intervals;   /* go on until seen and proven range are the same, for every unknown wanted */
    void (*progress)(void *data, uint64_t decided, uint64_t all); /* may be NULL */
    void *data;
};

/* Decides all unknowns; `answer` has room for each.  Narrows the ranges of the problem on the way.
 * *fits is false when it was proven that no numbers fit; *impossible is then a row that shows it,
 * or DDG_NO_ROW where it takes several, and the answers are of no use. */
enum ddg_error ddg_decide(struct ddg_problem *problem, const struct ddg_decide_options *options,
                          struct ddg_answer *answer, bool *fits, uint32_t *impossible,
                          struct ddg_context *context);

#endif
