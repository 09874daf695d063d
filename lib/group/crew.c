#include "group/crew.h"

#include "base/meter.h"
#include "base/thread.h"
#include "csv/pieces.h"

#include <assert.h>
#include <stdlib.h>

enum {
    /* Of a worker that finds a new cell in more than one of NEW records, and that has FEW cells,
     * the cube is no smaller than what it was made of: joining would take as long as counting. */
    FEW = 1 << 16,
    NEW = 4,
};

struct worker {
    struct ddg_crew_work *work;
    struct ddg_csv *reader;
    struct ddg_cube own; /* all but the first have one */
    struct ddg_counting counting;
    struct ddg_context context;
    struct ddg_meter meter; /* what it has read, until the meter of the run knows */
    pthread_t thread;
};

struct ddg_crew_work {
    struct ddg_csv *csv;
    struct worker *worker;
    struct ddg_csv **reader; /* of each worker */
    unsigned workers, room;
    size_t memory, share; /* that persons may take: of all, and of each */
    struct ddg_meter *meter;
    pthread_mutex_t lock; /* on the csv, which all cut pieces off, and on what follows */
    bool enough;          /* nobody takes another piece */
    bool growing;         /* since several cubes do not help */
};

static enum ddg_error start_worker(struct ddg_crew *crew, unsigned i, struct ddg_context *context)
{
    struct ddg_crew_work *work = crew->work;
    struct worker *w = &work->worker[i];
    struct ddg_cube *cube = crew->first->cube;
    enum ddg_error error = DDG_OK;

    w->work = work;
    w->context =
        (struct ddg_context){.inputs = context->inputs, .meter = i == 0 ? work->meter : &w->meter};
    if (i > 0) {
        error = ddg_cube_init_like(&w->own, cube, context);
        cube = &w->own;
    }
    cube->persons.memory = work->share;
    if (error || (error = ddg_csv_read_pieces(&w->reader, work->csv, context)))
        return error;
    work->reader[i] = w->reader;
    return ddg_counting_start(&w->counting, cube, w->reader, &crew->first->counted, context);
}

static enum ddg_error start(struct ddg_crew *crew, struct ddg_context *context)
{
    struct ddg_crew_work *work;
    enum ddg_error error = ddg_allocate(&crew->work, 1, sizeof *crew->work, context);

    if (error)
        return error;
    work = crew->work;
    work->csv = crew->first->csv;
    work->meter = context->meter;
    work->memory = crew->first->cube->persons.memory;
    work->share = work->memory / crew->wanted;
    work->room = crew->wanted;
    pthread_mutex_init(&work->lock, NULL);
    if ((error = ddg_allocate(&work->worker, work->room, sizeof *work->worker, context)) ||
        (error = ddg_allocate(&work->reader, work->room, sizeof(struct ddg_csv *), context)))
        return error;
    for (; !error && work->workers < work->room; work->workers++)
        error = start_worker(crew, work->workers, context);
    return error;
}

/* What a worker has counted is more than it should keep to itself. */
static bool grows(struct worker *w)
{
    struct ddg_cube *cube = &w->own;
    size_t bytes = ddg_cube_bytes(cube);

    if (bytes > w->work->share / 2 ||
        (cube->groups.count > FEW && cube->groups.count > cube->records / NEW))
        return true;
    cube->persons.memory = w->work->share - bytes;
    return false;
}

/* All records of its piece are counted. */
static void end_piece(struct worker *w, uint64_t records)
{
    struct ddg_crew_work *work = w->work;

    ddg_csv_done(work->csv, w->reader, work->reader, work->workers);
    if (w == work->worker)
        return;
    if (work->meter)
        work->meter->elsewhere += records;
    if (grows(w))
        work->enough = work->growing = true;
}

static bool next_piece(struct worker *w)
{
    struct ddg_crew_work *work = w->work;
    bool more = false;

    if (!work->enough)
        ddg_csv_cut(work->csv, w->reader, &more, &w->context);
    if (w->context.error)
        work->enough = true;
    if (work->meter && w != work->worker) {
        work->meter->bytes += w->meter.bytes;
        w->meter.bytes = 0;
    }
    return more;
}

static enum ddg_error count_piece(struct worker *w)
{
    struct ddg_csv_block block;
    enum ddg_error error;

    while (!(error = ddg_csv_next_block(w->reader, &block, &w->context)) && block.count > 0)
        if ((error = ddg_counting_add(&w->counting, &block, &w->context)))
            return error;
    return error;
}

static void *run(void *data)
{
    struct worker *w = data;
    struct ddg_crew_work *work = w->work;
    const struct ddg_cube *cube = w->counting.cube;

    pthread_mutex_lock(&work->lock);
    while (next_piece(w)) {
        uint64_t before = cube->records;

        pthread_mutex_unlock(&work->lock);
        count_piece(w);
        pthread_mutex_lock(&work->lock);
        if (w->context.error)
            work->enough = true;
        else
            end_piece(w, cube->records - before);
    }
    pthread_mutex_unlock(&work->lock);
    return NULL;
}

/* The calling thread is the first of the crew. */
static void run_all(struct ddg_crew_work *work)
{
    unsigned running = 1;

    while (running < work->workers &&
           ddg_thread_start(&work->worker[running].thread, run, &work->worker[running]))
        running++;
    run(&work->worker[0]);
    while (running > 1)
        pthread_join(work->worker[--running].thread, NULL);
}

/* The worker whose error one thread would have met; NULL where there is none. */
static struct worker *first_to_fail(struct ddg_crew_work *work)
{
    struct worker *first = NULL;

    for (unsigned i = 0; i < work->workers; i++) {
        struct worker *w = &work->worker[i];

        if (w->context.error && (!first || ddg_csv_piece(w->reader) < ddg_csv_piece(first->reader)))
            first = w;
    }
    return first;
}

/* Where the error is one of a record, its piece is read once more, now that its lines have their
 * numbers. */
static enum ddg_error fail(struct worker *w, struct ddg_context *context)
{
    if (w->context.error == DDG_INPUT) {
        w->context.error = DDG_OK;
        ddg_csv_again(w->reader);
        count_piece(w);
        assert(w->context.error == DDG_INPUT);
    }
    return ddg_fail(context, w->context.error, "%s", w->context.message);
}

enum ddg_error ddg_crew_count(struct ddg_crew *crew, struct ddg_context *context)
{
    struct worker *failed;
    enum ddg_error error;

    if (!crew->work && (error = start(crew, context)))
        return error;
    run_all(crew->work);
    if ((failed = first_to_fail(crew->work)))
        return fail(failed, context);
    if (!crew->work->growing)
        return DDG_OK;
    crew->wanted = 1;
    return ddg_crew_join(crew, context);
}

static void free_worker(struct worker *w)
{
    ddg_csv_close(w->reader);
    ddg_cube_free(&w->own);
    ddg_counting_free(&w->counting);
    *w = (struct worker){0};
}

enum ddg_error ddg_crew_join(struct ddg_crew *crew, struct ddg_context *context)
{
    struct ddg_crew_work *work = crew->work;
    struct ddg_cube *cube = crew->first->cube;
    enum ddg_error error = DDG_OK;

    if (!work)
        return DDG_OK;
    if (work->meter)
        work->meter->elsewhere = 0;
    for (unsigned i = 1; !error && i < work->workers; i++) {
        error = ddg_cube_join(cube, &work->worker[i].own, context);
        free_worker(&work->worker[i]);
        cube->persons.memory += work->share;
    }
    cube->persons.memory = work->memory;
    ddg_crew_free(crew);
    return error;
}

void ddg_crew_free(struct ddg_crew *crew)
{
    struct ddg_crew_work *work = crew->work;

    if (!work)
        return;
    for (unsigned i = 0; work->worker && work->reader && i < work->room; i++)
        free_worker(&work->worker[i]);
    pthread_mutex_destroy(&work->lock);
    free(work->worker);
    free(work->reader);
    free(work);
    crew->work = NULL;
}
