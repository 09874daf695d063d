#include "attack/events.h"

static bool find_columns(const struct ddg_table *table, const struct ddg_pair *said,
                         struct ddg_eventful *pair)
{
    pair->persons = ddg_table_find_measure(table, said->left);
    pair->events = ddg_table_find_measure(table, said->right);
    return pair->persons != DDG_NO_MEASURE && pair->events != DDG_NO_MEASURE;
}

enum ddg_error ddg_events_each(const struct ddg_publication *p, ddg_events_handler *handle,
                               void *data, struct ddg_context *context)
{
    const struct ddg_knowledge *k = p->knowledge;
    enum ddg_error error = DDG_OK;

    for (size_t i = 0; !error && i < k->events_count; i++) {
        bool found = false;

        for (uint32_t r = 0; !error && r < p->releases; r++) {
            struct ddg_eventful pair;

            if (!find_columns(p->release[r].table, &k->events[i], &pair))
                continue;
            found = true;
            for (uint32_t cell = 0; !error && cell < p->release[r].model.cells; cell++)
                error = handle(data, r, ddg_slot(p, r, pair.persons, cell),
                               ddg_slot(p, r, pair.events, cell));
        }
        if (!error && !found)
            error = ddg_fail(context, DDG_USAGE,
                             "%s: --events '%.*s:%.*s' wants two count columns; --count names "
                             "count columns",
                             p->release[0].table->file, (int)k->events[i].left.length,
                             k->events[i].left.at, (int)k->events[i].right.length,
                             k->events[i].right.at);
    }
    return error;
}

struct applying {
    struct ddg_publication *publication;
    struct ddg_context *context;
};

static enum ddg_error apply(void *data, uint32_t release, uint32_t persons, uint32_t events)
{
    const struct applying *a = data;
    struct ddg_publication *p = a->publication;
    char where[512];

    (void)release;
    if (p->low[events] > 0 && p->high[persons] == 0) {
        ddg_slot_describe(p, events, where, sizeof where);
        return ddg_publication_conflict(p, a->context, "%s: events of nobody (--events)", where);
    }
    if (p->low[events] > 0 && p->low[persons] == 0) {
        p->low[persons] = 1;
        p->source[persons] |= DDG_SOURCE_EVENTS;
    }
    if (p->high[persons] == 0 && p->high[events] > 0) {
        p->high[events] = 0;
        p->source[events] |= DDG_SOURCE_EVENTS;
    }
    return DDG_OK;
}

enum ddg_error ddg_events_apply(struct ddg_publication *p, struct ddg_context *context)
{
    struct applying applying = {p, context};

    return ddg_events_each(p, apply, &applying, context);
}

static bool is_declared(const struct ddg_publication *p, const struct ddg_table *t,
                        const struct ddg_eventful *pair)
{
    for (size_t i = 0; i < p->knowledge->events_count; i++) {
        struct ddg_eventful said;

        if (find_columns(t, &p->knowledge->events[i], &said) && said.persons == pair->persons &&
            said.events == pair->events)
            return true;
    }
    return false;
}

static bool may_be(const struct ddg_publication *p, size_t release, const struct ddg_eventful *pair)
{
    for (uint32_t cell = 0; cell < p->release[release].model.printed; cell++) {
        uint32_t persons = ddg_slot(p, release, pair->persons, cell);
        uint32_t events = ddg_slot(p, release, pair->events, cell);

        if (p->low[persons] > p->high[events] || (p->high[persons] == 0 && p->low[events] > 0))
            return false;
    }
    return true;
}

bool ddg_events_undeclared(const struct ddg_publication *p, size_t release,
                           struct ddg_eventful *pair, bool *sure)
{
    const struct ddg_table *t = p->release[release].table;

    *pair = (struct ddg_eventful){0, 0};
    while (ddg_eventful_next(t, pair))
        if (!is_declared(p, t, pair) && may_be(p, release, pair)) {
            *sure = ddg_eventful_is_counted(t, pair);
            return true;
        }
    return false;
}
