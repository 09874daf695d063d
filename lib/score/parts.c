#include "score/parts.h"

struct ddg_text ddg_own_label(const struct ddg_dimension *dimension, uint32_t category,
                              size_t *level)
{
    struct ddg_text label = ddg_dimension_label(dimension, category, 0);

    *level = 0;
    for (size_t i = 1; category != dimension->total && i < dimension->levels; i++) {
        struct ddg_text lower = ddg_dimension_label(dimension, category, i);

        if (ddg_text_equal(lower, dimension->level[i].total))
            break;
        label = lower;
        *level = i;
    }
    return label;
}

static bool is_partitions(const struct ddg_dimension *d, const struct ddg_description *description)
{
    for (size_t i = 0; i < description->partitions.count; i += 2)
        if (d->levels == 2 && ddg_text_equal(d->level[0].name, description->partitions.item[i]) &&
            ddg_text_equal(d->level[1].name, description->partitions.item[i + 1]))
            return true;
    return false;
}

static enum ddg_error add_part(struct ddg_parts *parts, struct ddg_text name, size_t level,
                               struct ddg_arena *arena, struct ddg_context *context)
{
    struct ddg_text *to = &parts->name[parts->count];

    *to = ddg_arena_copy(arena, name, context);
    parts->level[parts->count++] = level;
    return to->at ? DDG_OK : DDG_MEMORY;
}

/* Each kind is a part behind the column of kinds itself. */
static enum ddg_error find_kinds(struct ddg_parts *parts, const struct ddg_dimension *d,
                                 struct ddg_arena *arena, struct ddg_context *context)
{
    struct ddg_names kinds;
    enum ddg_error error = DDG_OK;

    ddg_names_init(&kinds);
    for (uint32_t i = 0; !error && i < d->category.count; i++) {
        struct ddg_text kind = ddg_dimension_label(d, i, 0);
        uint32_t number, before = kinds.count;
        size_t level;

        (void)ddg_own_label(d, i, &level);
        if (i == d->total || ddg_text_equal(kind, d->level[0].total) ||
            (error = ddg_names_add(&kinds, kind, &number, context)))
            continue;
        parts->kind[i] = number + 1;
        parts->of[i] = level == 0 ? 0 : number + 1;
        if (number == before)
            error = add_part(parts, kind, 1, arena, context);
    }
    ddg_names_free(&kinds);
    return error;
}

enum ddg_error ddg_parts_find(struct ddg_parts *parts, const struct ddg_dimension *d,
                              const struct ddg_description *description, size_t *slot,
                              struct ddg_arena *arena, struct ddg_context *context)
{
    bool kinds = is_partitions(d, description);
    size_t categories = d->category.count + (size_t)1,
           most = kinds ? categories + d->levels : d->levels;
    enum ddg_error error = DDG_OK;

    *parts = (struct ddg_parts){.count = 0};
    if (kinds && *slot == DDG_PARTITIONS_MOST)
        return ddg_fail(context, DDG_LIMIT, "--partitions: more than %d pairs of columns",
                        DDG_PARTITIONS_MOST);
    parts->slot = kinds ? (*slot)++ : 0;
    parts->name = ddg_arena_allocate(arena, most * sizeof *parts->name, context);
    parts->level = ddg_arena_allocate(arena, most * sizeof *parts->level, context);
    parts->of = ddg_arena_allocate(arena, categories * sizeof *parts->of, context);
    if (kinds)
        parts->kind = ddg_arena_allocate(arena, categories * sizeof *parts->kind, context);
    if (!parts->name || !parts->level || !parts->of || (kinds && !parts->kind))
        return DDG_MEMORY;
    for (size_t i = 0; !error && i < (kinds ? 1 : d->levels); i++)
        error = add_part(parts, d->level[i].name, i, arena, context);
    if (kinds)
        return error ? error : find_kinds(parts, d, arena, context);
    for (uint32_t i = 0; i < d->category.count; i++) {
        size_t level;

        (void)ddg_own_label(d, i, &level);
        parts->of[i] = (uint32_t)level;
    }
    return error;
}
