#include "round/companions.h"

enum { NAMES = 3 };

static const char *const names[NAMES] = {"count", "persons", "events"};

bool ddg_has_role(const struct ddg_roles *roles, size_t column)
{
    for (size_t i = 0; i < roles->dims; i++)
        if (roles->dim[i] == column)
            return true;
    for (size_t i = 0; i < roles->measures; i++) {
        const struct ddg_measure *m = &roles->measure[i];

        if (column == m->count || column == m->annotation || column == m->text)
            return true;
    }
    return false;
}

bool ddg_is_companion_name(struct ddg_text name)
{
    for (size_t i = 0; i < NAMES; i++)
        if (ddg_text_alike(name, ddg_text_of(names[i])))
            return true;
    return false;
}

/* The column COUNT_WHAT, or else `shared`. */
static size_t find_own(const struct ddg_text *name, size_t columns, struct ddg_text count,
                       const char *what, size_t shared)
{
    char own[64];

    snprintf(own, sizeof own, "%.*s_%s", (int)count.length, count.at, what);
    for (size_t i = 0; i < columns; i++)
        if (ddg_text_is(name[i], own))
            return i;
    return shared;
}

/* The measure that a companion is blanked with. */
static const struct ddg_measure *find_leader(const struct ddg_roles *roles, size_t named)
{
    for (size_t i = 0; i < named; i++)
        if (roles->measure[i].distinct)
            return &roles->measure[i];
    return &roles->measure[0];
}

enum ddg_error ddg_companions_add(struct ddg_roles *roles, const struct ddg_text *name,
                                  size_t columns, const struct ddg_description *description,
                                  struct ddg_arena *arena, struct ddg_context *context)
{
    size_t named = roles->measures;
    struct ddg_measure *all = ddg_arena_allocate(arena, (named + columns) * sizeof *all, context);

    if (!all)
        return DDG_MEMORY;
    for (size_t i = 0; i < named; i++)
        all[i] = roles->measure[i];
    roles->measure = all;
    for (size_t i = 0; i < columns; i++) {
        const struct ddg_measure *leader = find_leader(roles, named);

        if (!ddg_is_companion_name(name[i]) || ddg_has_role(roles, i))
            continue;
        all[roles->measures++] = (struct ddg_measure){
            .count = i,
            .annotation = find_own(name, columns, name[i], "annotation", leader->annotation),
            .text = find_own(name, columns, name[i], "annotation_description", leader->text),
            .distinct = description->distinct || ddg_text_alike(name[i], ddg_text_of("persons")),
        };
    }
    return DDG_OK;
}

enum ddg_error ddg_companions_of_table(struct ddg_table *t,
                                       const struct ddg_description *description,
                                       struct ddg_context *context)
{
    struct ddg_roles roles = {t->dim, t->dims, t->measure, t->measures};
    enum ddg_error error =
        ddg_companions_add(&roles, t->name, t->columns, description, &t->arena, context);

    t->measure = roles.measure;
    t->measures = roles.measures;
    return error;
}
