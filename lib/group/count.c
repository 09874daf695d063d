#include "group/count.h"

#include "csv/pieces.h"
#include "group/crew.h"

/* With so many threads and persons the second is a clerk. */
enum { WITH_CLERK = 2 };

/* Has others help, since the file is long. */
static enum ddg_error get_help(struct ddg_counting *counting, struct ddg_crew *crew,
                               unsigned threads, struct ddg_context *context)
{
    if (threads != WITH_CLERK || !counting->cube->by_person)
        return crew->wanted > 1 ? ddg_crew_count(crew, context) : DDG_OK;
    return counting->clerk ? DDG_OK
                           : ddg_clerk_start(&counting->clerk, &counting->cube->persons, context);
}

enum ddg_error ddg_count_records(struct ddg_cube *cube, struct ddg_csv *csv,
                                 const struct ddg_counted *counted, unsigned threads,
                                 struct ddg_context *context)
{
    struct ddg_counting counting;
    struct ddg_crew crew = {.first = &counting, .wanted = threads};
    enum ddg_error error = ddg_counting_start(&counting, cube, csv, counted, context);
    struct ddg_csv_block block;

    while (!error && !(error = ddg_csv_next_block(csv, &block, context)) && block.count > 0) {
        error = ddg_counting_add(&counting, &block, context);
        if (!error && threads > 1 && ddg_csv_is_long(csv))
            error = get_help(&counting, &crew, threads, context);
    }
    error = ddg_clerk_end(counting.clerk, context);
    if (!error)
        error = ddg_crew_join(&crew, context);
    ddg_crew_free(&crew);
    ddg_counting_free(&counting);
    return error;
}
