#include "group/state.h"
#include "group/state_order.h"
#include "group/words.h"

#include <stdlib.h>

/* A state on its way: what has been digested of the sink's buffer. */
struct writing {
    struct ddg_sink *sink;
    struct ddg_digest digest;
    size_t digested;
    struct ddg_state_order order;
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

    for (size_t d = 0; d < cube->dims; d++)
        for (uint32_t i = 0; !error && i < w->order.labels[d]; i++) {
            ddg_sink_add(w->sink, "l", 1);
            ddg_word_add_number(w->sink, d);
            ddg_word_add(w->sink, cube->label[d].label.text[w->order.label[d][i]]);
            error = end_line(w);
        }
    return error;
}

static enum ddg_error write_cells(struct writing *w, const struct ddg_cube *cube)
{
    const struct ddg_tally *tally = &cube->tally;
    enum ddg_error error = DDG_OK;

    for (uint32_t n = 0; !error && n < cube->inner; n++) {
        size_t cell = w->order.cell[n];

        ddg_sink_add(w->sink, "c", 1);
        for (size_t d = 0; d < cube->dims; d++)
            ddg_word_add_number(w->sink, w->order.code[d][cube->groups.key[cell * cube->dims + d]]);
        ddg_word_add_number(w->sink, tally->events[cell]);
        for (size_t i = 0; i < tally->sums; i++) {
            char room[DDG_DECIMAL_ROOM];

            ddg_word_add(w->sink, ddg_decimal_format(tally->sum[cell * tally->sums + i], room));
        }
        error = end_line(w);
    }
    return error;
}

static int compare_numbers(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return (x > y) - (x < y);
}

/* `number` has room for those of all cells. */
static void write_cells_of(struct writing *w, const uint32_t *cell, size_t count, uint32_t *number)
{
    for (size_t i = 0; i < count; i++)
        number[i] = w->order.number[cell[i]];
    if (count > 1)
        qsort(number, count, sizeof *number, compare_numbers);
    for (size_t i = 0; i < count; i++)
        ddg_word_add_number(w->sink, number[i]);
}

static enum ddg_error write_persons(struct writing *w, struct ddg_persons *persons,
                                    struct ddg_context *context)
{
    const uint32_t *cell;
    uint32_t *number = NULL;
    size_t count, room = 0;
    bool more;
    enum ddg_error error = ddg_persons_end(persons, context);

    if (!error)
        ddg_persons_rewind(persons);
    while (!error && !(error = ddg_persons_next(persons, &cell, &count, &more, context)) && more) {
        if ((error = ddg_grow(&number, &room, count, sizeof *number, context)))
            break;
        ddg_sink_add(w->sink, "p", 1);
        ddg_word_add(w->sink, ddg_persons_identifier(persons));
        write_cells_of(w, cell, count, number);
        error = end_line(w);
    }
    free(number);
    return error;
}

static enum ddg_error write_all(struct writing *w, const struct ddg_form *form,
                                struct ddg_cube *cube, struct ddg_context *context)
{
    char digest[DDG_DIGEST_ROOM];
    enum ddg_error error = ddg_state_order_make(&w->order, cube, context);

    if (error)
        return error;
    ddg_sink_say(w->sink, ddg_state_first);
    ddg_form_write(form, w->sink);
    if ((error = pass(w)) || (error = write_labels(w, cube)) || (error = write_cells(w, cube)) ||
        (cube->by_person && (error = write_persons(w, &cube->persons, context))))
        return error;
    ddg_digest_text(&w->digest, digest);
    ddg_sink_say(w->sink, "end");
    ddg_word_add(w->sink, ddg_text_of(digest));
    ddg_sink_add(w->sink, "\n", 1);
    return ddg_sink_pass(w->sink);
}

enum ddg_error ddg_state_write(const struct ddg_form *form, struct ddg_cube *cube,
                               struct ddg_sink *sink, struct ddg_context *context)
{
    struct writing w = {.sink = sink};
    enum ddg_error error;

    ddg_digest_init(&w.digest);
    error = write_all(&w, form, cube, context);
    ddg_state_order_free(&w.order);
    return error;
}
