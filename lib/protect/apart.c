#include "protect/apart.h"

#include "rules/eventful.h"

static bool holds(const struct ddg_model *m, const struct ddg_truth *persons,
                  const struct ddg_truth *events)
{
    bool any = false;

    for (uint32_t row = 0; row < m->printed; row++) {
        if (persons->low[row] > events->high[row] ||
            (persons->high[row] == 0 && events->low[row] > 0))
            return false;
        any = any || persons->low[row] > 0;
    }
    return any;
}

enum ddg_error ddg_apart_check(const struct ddg_model *m, const struct ddg_truth *truth,
                               struct ddg_context *context)
{
    const struct ddg_table *t = m->table;
    struct ddg_eventful pair = {0, 0};

    while (ddg_eventful_next(t, &pair)) {
        const char *persons = t->name[t->measure[pair.persons].count].at;
        const char *events = t->name[t->measure[pair.events].count].at;

        if (ddg_eventful_is_counted(t, &pair) ||
            holds(m, &truth[pair.persons], &truth[pair.events]))
            return ddg_fail(context, DDG_USAGE,
                            "%s: '%s' and '%s' are often the same number, and masked each by "
                            "itself one shows what the other hides: mask with --count %s, which "
                            "blanks the %s beside hidden %s",
                            t->file, persons, events, persons, events, persons);
    }
    return DDG_OK;
}
