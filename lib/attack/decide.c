#include "attack/decide.h"

#include "attack/bounds.h"
#include "attack/elimination.h"
#include "attack/hunt.h"
#include "base/clock.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <time.h>

enum {
    SLICED_FROM = 2000, /* unknowns of a component that all threads hunt in together */
    PROGRESS_MS = 200,
};

/* Ranges of rows and equations --------------------------------------------------------------- */

/* Makes points of what the equations determine. */
static bool take_determined(struct ddg_problem *p, const struct ddg_elimination *found,
                            struct ddg_answer *answer)
{
    for (uint32_t u = 0; u < p->unknowns; u++) {
        if (!found->determined[u])
            continue;
        if (found->value[u] < p->low[u] || found->value[u] > p->high[u])
            return false;
        p->low[u] = p->high[u] = found->value[u];
        answer[u].method = DDG_METHOD_SYSTEM;
    }
    return true;
}

/* Alternates between single rows and all equations until neither finds more. */
static enum ddg_error narrow_all(struct ddg_problem *p, struct ddg_answer *answer, bool *fits,
                                 uint32_t *impossible, struct ddg_context *context)
{
    for (;;) {
        struct ddg_elimination found;
        enum ddg_error error =
            ddg_bounds_narrow(p, p->low, p->high, DDG_NO_UNKNOWN, impossible, context);
        uint32_t count;

        *fits = *impossible == DDG_NO_ROW;
        if (error || !*fits)
            return error;
        error = ddg_eliminate(&found, p, false, context);
        count = found.count;
        if (!error)
            *fits = !found.impossible && take_determined(p, &found, answer);
        ddg_elimination_free(&found);
        if (error || !*fits || count == 0)
            return error;
    }
}

/* Says of ranges that single rows narrowed that they did. */
static void credit_rows(const struct ddg_problem *p, struct ddg_answer *answer)
{
    for (uint32_t u = 0; u < p->unknowns; u++)
        if (answer[u].method == DDG_METHOD_NONE)
            answer[u].method = DDG_METHOD_ROWS;
}

/* Threads ------------------------------------------------------------------------------------ */

/* Components and slices of them, handed out one by one. */
struct pool {
    struct ddg_part *part;
    struct ddg_first *first; /* of each part */
    size_t parts;
    struct job {
        size_t part;
        unsigned slice, slices;
    } * job;
    size_t jobs, next, running;
    struct ddg_sightings *sightings;
    double deadline;
    bool contradiction;
    struct ddg_context *context; /* takes the first failure */
    enum ddg_error error;
    pthread_mutex_t lock;
    pthread_cond_t ended; /* a thread has ended */
};

static bool take_job(struct pool *pool, struct job *job)
{
    bool more;

    pthread_mutex_lock(&pool->lock);
    more = pool->next < pool->jobs && !pool->error && !pool->contradiction;
    if (more)
        *job = pool->job[pool->next++];
    pthread_mutex_unlock(&pool->lock);
    return more;
}

static void end_job(struct pool *pool, const struct ddg_hunt *hunt, enum ddg_error error,
                    const struct ddg_context *context)
{
    pthread_mutex_lock(&pool->lock);
    pool->contradiction = pool->contradiction || hunt->contradiction;
    if (error && !pool->error) {
        pool->error = error;
        ddg_fail(pool->context, error, "%s", context->message);
    }
    pthread_mutex_unlock(&pool->lock);
}

static void *work(void *data)
{
    struct pool *pool = data;
    struct job job;

    while (take_job(pool, &job)) {
        struct ddg_context context = {.error = DDG_OK};
        struct ddg_hunt hunt = {.part = &pool->part[job.part],
                                .first = &pool->first[job.part],
                                .sightings = pool->sightings,
                                .slice = job.slice,
                                .slices = job.slices,
                                .deadline = pool->deadline};

        end_job(pool, &hunt, ddg_hunt_run(&hunt, &context), &context);
    }
    pthread_mutex_lock(&pool->lock);
    pool->running--;
    pthread_cond_signal(&pool->ended);
    pthread_mutex_unlock(&pool->lock);
    return NULL;
}

static struct timespec soon(void)
{
    struct timespec at;

    clock_gettime(CLOCK_REALTIME, &at);
    at.tv_nsec += PROGRESS_MS * 1000000L;
    at.tv_sec += at.tv_nsec / 1000000000L;
    at.tv_nsec %= 1000000000L;
    return at;
}

/* Waits for all threads, telling how far they are. */
static void wait_for_all(struct pool *pool, const struct ddg_decide_options *options, uint64_t all)
{
    pthread_mutex_lock(&pool->lock);
    while (pool->running > 0) {
        struct timespec at = soon();

        if (pthread_cond_timedwait(&pool->ended, &pool->lock, &at) == ETIMEDOUT &&
            options->progress)
            options->progress(options->data, all - ddg_sightings_open(pool->sightings), all);
    }
    pthread_mutex_unlock(&pool->lock);
}

/* Runs all jobs, in this thread where no other can be had. */
static void run_jobs(struct pool *pool, const struct ddg_decide_options *options)
{
    pthread_t thread[DDG_THREADS_MOST];
    unsigned wanted = options->threads, started = 0;
    uint64_t all = ddg_sightings_open(pool->sightings);

    assert(wanted > 0 && wanted <= DDG_THREADS_MOST);

    pool->running = wanted;
    while (started < wanted && pthread_create(&thread[started], NULL, work, pool) == 0)
        started++;
    pthread_mutex_lock(&pool->lock);
    pool->running -= wanted - started;
    if (started == 0)
        pool->running = 1;
    pthread_mutex_unlock(&pool->lock);
    if (started == 0)
        work(pool);
    wait_for_all(pool, options, all);
    for (unsigned i = 0; i < started; i++)
        pthread_join(thread[i], NULL);
}

/* Components --------------------------------------------------------------------------------- */

static bool wants_any(const struct ddg_problem *p)
{
    for (uint32_t u = 0; u < p->unknowns; u++)
        if (p->wanted[u] > 0)
            return true;
    return false;
}

static enum ddg_error make_parts(struct pool *pool, const struct ddg_problem *p,
                                 struct ddg_context *context)
{
    struct ddg_row_groups groups;
    uint32_t *scratch = NULL;
    enum ddg_error error = ddg_components(&groups, p, context);

    if (!error && !(error = ddg_allocate(&scratch, p->unknowns, sizeof *scratch, context)))
        error = ddg_allocate(&pool->part, groups.groups, sizeof *pool->part, context);
    if (!error)
        error = ddg_allocate(&pool->first, groups.groups, sizeof *pool->first, context);
    for (uint32_t u = 0; !error && u < p->unknowns; u++)
        scratch[u] = DDG_NO_UNKNOWN;
    for (size_t i = 0; !error && i < groups.groups; i++) {
        size_t first = groups.start[i];

        pthread_mutex_init(&pool->first[pool->parts].lock, NULL);
        error = ddg_part_make(&pool->part[pool->parts++], p, groups.row + first,
                              groups.start[i + 1] - first, scratch, context);
    }
    free(scratch);
    ddg_row_groups_free(&groups);
    return error;
}

static enum ddg_error make_jobs(struct pool *pool, unsigned threads, struct ddg_context *context)
{
    size_t room = 0;
    enum ddg_error error = DDG_OK;

    for (size_t i = 0; !error && i < pool->parts; i++) {
        const struct ddg_problem *p = &pool->part[i].problem;
        unsigned slices = p->unknowns >= SLICED_FROM ? threads : 1;

        for (unsigned slice = 0; !error && wants_any(p) && slice < slices; slice++) {
            error = ddg_grow(&pool->job, &room, pool->jobs + 1, sizeof *pool->job, context);
            if (!error)
                pool->job[pool->jobs++] = (struct job){i, slice, slices};
        }
    }
    return error;
}

/* Unknowns that no row binds any more: every value in their range fits. */
static void tell_free(struct ddg_sightings *sightings, const struct ddg_problem *p)
{
    for (uint32_t u = 0; u < p->unknowns; u++) {
        bool bound = false;

        for (size_t i = p->unknown_start[u]; i < p->unknown_start[u + 1]; i++)
            bound = bound || p->sense[p->unknown_row[i]] != DDG_SUPPOSED;
        if (p->wanted[u] == 0 || (bound && p->low[u] < p->high[u]))
            continue;
        for (int64_t i = 0; i < p->wanted[u] && p->low[u] + i <= p->high[u]; i++) {
            int64_t value = p->low[u] + i;

            ddg_sightings_tell(sightings, &u, &value, 1);
        }
        if (p->high[u] != DDG_UNBOUNDED)
            ddg_sightings_tell(sightings, &u, &p->high[u], 1);
    }
}

static enum ddg_error hunt_all(struct ddg_problem *p, const struct ddg_decide_options *options,
                               double deadline, struct ddg_answer *answer, bool *fits,
                               struct ddg_context *context)
{
    struct ddg_sightings sightings;
    struct pool pool = {.sightings = &sightings, .deadline = deadline, .context = context};
    enum ddg_error error = ddg_sightings_start(&sightings, p, answer, options->intervals, context);

    pthread_mutex_init(&pool.lock, NULL);
    pthread_cond_init(&pool.ended, NULL);
    if (!error && !(error = make_parts(&pool, p, context)) &&
        !(error = make_jobs(&pool, options->threads, context))) {
        tell_free(&sightings, p);
        run_jobs(&pool, options);
        error = pool.error;
        *fits = ddg_sightings_judge(&sightings) && !pool.contradiction;
    }
    for (size_t i = 0; i < pool.parts; i++) {
        ddg_part_free(&pool.part[i]);
        free(pool.first[i].value);
        pthread_mutex_destroy(&pool.first[i].lock);
    }
    free(pool.part);
    free(pool.first);
    free(pool.job);
    ddg_sightings_free(&sightings);
    pthread_mutex_destroy(&pool.lock);
    pthread_cond_destroy(&pool.ended);
    return error;
}

/* Suppositions ------------------------------------------------------------------------------- */

static bool supposes_any(const struct ddg_problem *p)
{
    for (uint32_t u = 0; u < p->unknowns; u++)
        if (p->supposed[u])
            return true;
    for (uint32_t row = 0; row < p->rows; row++)
        if (p->sense[row] == DDG_SUPPOSED)
            return true;
    return false;
}

/* What would be determined if lines that may overlap were equations, and if supposed unknowns were
 * known. */
static enum ddg_error suppose(const struct ddg_problem *p, struct ddg_answer *answer,
                              struct ddg_context *context)
{
    struct ddg_elimination found;
    enum ddg_error error;

    if (!supposes_any(p))
        return DDG_OK;
    if (!(error = ddg_eliminate(&found, p, true, context)))
        for (uint32_t u = 0; u < p->unknowns; u++)
            if (found.determined[u] && answer[u].verdict != DDG_VERDICT_NONE &&
                answer[u].verdict < DDG_VERDICT_DETERMINED)
                answer[u].verdict = DDG_VERDICT_DETERMINED;
    ddg_elimination_free(&found);
    return error;
}

enum ddg_error ddg_decide(struct ddg_problem *p, const struct ddg_decide_options *options,
                          struct ddg_answer *answer, bool *fits, uint32_t *impossible,
                          struct ddg_context *context)
{
    double deadline = options->seconds > 0 ? ddg_clock() + options->seconds : 0;
    enum ddg_error error;

    for (uint32_t u = 0; u < p->unknowns; u++)
        answer[u] = (struct ddg_answer){0};
    error = narrow_all(p, answer, fits, impossible, context);
    if (error || !*fits)
        return error;
    credit_rows(p, answer);
    if ((error = hunt_all(p, options, deadline, answer, fits, context)) || !*fits)
        return error;
    return suppose(p, answer, context);
}
