#include "group/clerk.h"

#include "base/thread.h"

#include <assert.h>
#include <stdlib.h>

enum {
    /* A box is so much work that handing it over takes no time that counts, and so little that
     * all of them stay in the cache. */
    BOXES = 4,
    MOST = 8 * DDG_PERSONS_BATCH,
    BYTES = 1 << 17, /* a box with more is full */
};

/* Persons on their way to the clerk. */
struct box {
    size_t count;
    struct ddg_text identifier[MOST]; /* until it is handed over only their lengths */
    uint32_t cell[MOST];
    char *bytes; /* of the identifiers, one behind the other, each padded */
    size_t used, room;
};

struct ddg_clerk {
    struct ddg_persons *persons;
    struct box box[BOXES]; /* used in turn */
    pthread_t thread;
    struct ddg_context context; /* the clerk's */
    pthread_mutex_t lock;       /* on what follows */
    pthread_cond_t changed;
    size_t filled, emptied; /* boxes so far */
    bool ended;             /* no more are to come */
    bool failed;            /* the clerk has an error, and only empties boxes */
};

static size_t padded(size_t length)
{
    return length < DDG_SHORT_TEXT_MOST ? DDG_SHORT_TEXT_MOST : length;
}

static enum ddg_error note(struct ddg_clerk *clerk, struct box *box)
{
    const char *at = box->bytes;
    enum ddg_error error = DDG_OK;

    for (size_t i = 0; i < box->count; i++) {
        box->identifier[i].at = at;
        at += padded(box->identifier[i].length);
    }
    for (size_t i = 0; !error && i < box->count; i += DDG_PERSONS_BATCH) {
        size_t left = box->count - i, some = left < DDG_PERSONS_BATCH ? left : DDG_PERSONS_BATCH;

        error = ddg_persons_add_all(clerk->persons, box->identifier + i, 1, box->cell + i, some,
                                    &clerk->context);
    }
    return error;
}

static void *work(void *data)
{
    struct ddg_clerk *clerk = data;
    bool failed = false;

    pthread_mutex_lock(&clerk->lock);
    for (;;) {
        while (clerk->emptied == clerk->filled && !clerk->ended)
            pthread_cond_wait(&clerk->changed, &clerk->lock);
        if (clerk->emptied == clerk->filled)
            break;
        pthread_mutex_unlock(&clerk->lock);
        failed = failed || note(clerk, &clerk->box[clerk->emptied % BOXES]);
        pthread_mutex_lock(&clerk->lock);
        clerk->failed = failed;
        clerk->emptied++;
        pthread_cond_signal(&clerk->changed);
    }
    pthread_mutex_unlock(&clerk->lock);
    return NULL;
}

static void free_clerk(struct ddg_clerk *clerk)
{
    for (size_t i = 0; i < BOXES; i++)
        free(clerk->box[i].bytes);
    pthread_cond_destroy(&clerk->changed);
    pthread_mutex_destroy(&clerk->lock);
    free(clerk);
}

enum ddg_error ddg_clerk_start(struct ddg_clerk **out, struct ddg_persons *persons,
                               struct ddg_context *context)
{
    struct ddg_clerk *clerk;
    enum ddg_error error = ddg_allocate(out, 1, sizeof **out, context);

    if (error)
        return error;
    clerk = *out;
    clerk->persons = persons;
    pthread_mutex_init(&clerk->lock, NULL);
    pthread_cond_init(&clerk->changed, NULL);
    if (!ddg_thread_start(&clerk->thread, work, clerk)) {
        free_clerk(clerk);
        *out = NULL;
    }
    return DDG_OK;
}

/* Gives the box that is being filled to the clerk, and waits for an empty one. */
static bool hand_over(struct ddg_clerk *clerk)
{
    struct box *next;
    bool failed;

    pthread_mutex_lock(&clerk->lock);
    clerk->filled++;
    pthread_cond_signal(&clerk->changed);
    while (clerk->filled - clerk->emptied == BOXES)
        pthread_cond_wait(&clerk->changed, &clerk->lock);
    failed = clerk->failed;
    pthread_mutex_unlock(&clerk->lock);
    next = &clerk->box[clerk->filled % BOXES];
    next->count = next->used = 0;
    return !failed;
}

/* Makes room for the bytes of `count` identifiers more. */
static enum ddg_error make_room(struct box *box, const struct ddg_text *identifier, size_t stride,
                                size_t count, struct ddg_context *context)
{
    size_t bytes = box->used + DDG_SHORT_TEXT_MOST;

    for (size_t i = 0; i < count; i++)
        bytes += padded(identifier[i * stride].length);
    return ddg_grow(&box->bytes, &box->room, bytes, 1, context);
}

enum ddg_error ddg_clerk_add(struct ddg_clerk *clerk, const struct ddg_text *identifier,
                             size_t stride, const uint32_t *cell, size_t count,
                             struct ddg_context *context)
{
    struct box *box = &clerk->box[clerk->filled % BOXES];
    enum ddg_error error;

    assert(count <= DDG_PERSONS_BATCH);
    if (box->count + count > MOST || box->used > BYTES) {
        if (!hand_over(clerk))
            return ddg_fail(context, clerk->context.error, "%s", clerk->context.message);
        box = &clerk->box[clerk->filled % BOXES];
    }
    if ((error = make_room(box, identifier, stride, count, context)))
        return error;
    for (size_t i = 0; i < count; i++, identifier += stride) {
        char *to = box->bytes + box->used;

        /* most are short, and copied without asking how short */
        memcpy(to, identifier->at, DDG_SHORT_TEXT_MOST);
        if (identifier->length > DDG_SHORT_TEXT_MOST)
            memcpy(to, identifier->at, identifier->length);
        box->identifier[box->count + i].length = identifier->length;
        box->cell[box->count + i] = cell[i];
        box->used += padded(identifier->length);
    }
    box->count += count;
    return DDG_OK;
}

enum ddg_error ddg_clerk_end(struct ddg_clerk *clerk, struct ddg_context *context)
{
    if (!clerk)
        return context->error;
    pthread_mutex_lock(&clerk->lock);
    clerk->filled++;
    clerk->ended = true;
    pthread_cond_signal(&clerk->changed);
    pthread_mutex_unlock(&clerk->lock);
    pthread_join(clerk->thread, NULL);
    if (clerk->failed) {
        context->error = DDG_OK;
        ddg_fail(context, clerk->context.error, "%s", clerk->context.message);
    }
    free_clerk(clerk);
    return context->error;
}
