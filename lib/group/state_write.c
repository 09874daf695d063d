#include "group/state.h"
#include "group/words.h"

#include <stdlib.h>

/* A state on its way: what has been digested of the sink's buffer. */
struct writing {
    struct ddg_sink *sink;
    struct ddg_digest digest;
    size_t digested;
};

/* Lets whole lines go. */
static enum ddg_error pass(struct writing *w)
{
    enum ddg_error error = w->sink->context->error;

    if (error)
        return error;
    ddg_digest_add(&w->digest, w->sink->buffer + w->digested, w->sink->used - w->digested);
    error = ddg_sink_pass(w->sink);
    w->digested = w->sink->used;
    return error;
}

static enum ddg_error end_line(struct writing *w)
{
    ddg_sink_add(w->sink, "\n", 1);
    return pass(w);
}

static enum ddg_error write_labels(struct writing *w, const struct ddg_cube *cube)
{
    enum ddg_error error = DDG_OK;

    for (size_t d = 0; d < cube->dims; d++) {
        const struct ddg_names *label = &cube->label[d].label;

        for (uint32_t i = 0; !error && i < label->count; i++) {
            ddg_sink_add(w->sink, "l", 1);
            ddg_word_add_number(w->sink, d);
            ddg_word_add(w->sink, label->text[i]);
            error = end_line(w);
        }
    }
    return error;
}

static enum ddg_error write_cells(struct writing *w, const struct ddg_cube *cube)
{
    const struct ddg_tally *tally = &cube->tally;
    enum ddg_error error = DDG_OK;

    for (uint32_t cell = 0; !error && cell < cube->inner; cell++) {
        ddg_sink_add(w->sink, "c", 1);
        for (size_t i = 0; i < cube->dims; i++)
            ddg_word_add_number(w->sink, cube->groups.key[cell * cube->dims + i]);
        ddg_word_add_number(w->sink, tally->events[cell]);
        for (size_t i = 0; i < tally->sums; i++) {
            char room[DDG_DECIMAL_ROOM];

            ddg_word_add(w->sink, ddg_decimal_format(tally->sum[cell * tally->sums + i], room));
        }
        error = end_line(w);
    }
    return error;
}

static int compare_cells(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return (x > y) - (x < y);
}

/* A person's cells come in no order: equal records shall give equal lines. */
static void write_cells_of(struct writing *w, const uint32_t *cell, size_t count, uint32_t *order)
{
    memcpy(order, cell, count * sizeof *cell);
    if (count > 1)
        qsort(order, count, sizeof *order, compare_cells);
    for (size_t i = 0; i < count; i++)
        ddg_word_add_number(w->sink, order[i]);
}

static enum ddg_error write_persons(struct writing *w, struct ddg_persons *persons,
                                    struct ddg_context *context)
{
    const uint32_t *cell;
    uint32_t *order = NULL;
    size_t count, room = 0;
    bool more;
    enum ddg_error error = ddg_persons_end(persons, context);

    if (!error)
        ddg_persons_rewind(persons);
    while (!error && !(error = ddg_persons_next(persons, &cell, &count, &more, context)) && more) {
        if ((error = ddg_grow(&order, &room, count, sizeof *order, context)))
            break;
        ddg_sink_add(w->sink, "p", 1);
        ddg_word_add(w->sink, ddg_persons_identifier(persons));
        write_cells_of(w, cell, count, order);
        error = end_line(w);
    }
    free(order);
    return error;
}

enum ddg_error ddg_state_write(const struct ddg_form *form, struct ddg_cube *cube,
                               struct ddg_sink *sink, struct ddg_context *context)
{
    struct writing w = {.sink = sink};
    char digest[DDG_DIGEST_ROOM];
    enum ddg_error error;

    ddg_digest_init(&w.digest);
    ddg_sink_say(sink, ddg_state_first);
    ddg_form_write(form, sink);
    if ((error = pass(&w)) || (error = write_labels(&w, cube)) || (error = write_cells(&w, cube)) ||
        (cube->by_person && (error = write_persons(&w, &cube->persons, context))))
        return error;
    ddg_digest_text(&w.digest, digest);
    ddg_sink_say(sink, "end");
    ddg_word_add(sink, ddg_text_of(digest));
    ddg_sink_add(sink, "\n", 1);
    return ddg_sink_pass(sink);
}
