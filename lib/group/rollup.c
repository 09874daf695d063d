#include "group/rollup.h"

static enum ddg_error push(struct ddg_rollups *rollups, const struct ddg_rollup *rollup,
                           struct ddg_context *context)
{
    enum ddg_error error = ddg_grow(&rollups->item, &rollups->capacity, rollups->count + 1,
                                    sizeof *rollups->item, context);

    if (!error)
        rollups->item[rollups->count++] = *rollup;
    return error;
}

/* Adds every choice of levels of the dimensions that are kept, the labels of records first. */
static enum ddg_error add_levels(struct ddg_rollups *rollups, uint64_t kept,
                                 const struct ddg_cube *cube, struct ddg_context *context)
{
    struct ddg_rollup rollup = {{DDG_LEVEL_LABELS}};
    enum ddg_error error;
    size_t i;

    for (i = 0; i < cube->dims; i++)
        if (!ddg_margin_keeps(kept, i))
            rollup.level[i] = DDG_LEVEL_TOTAL;
    do {
        if ((error = push(rollups, &rollup, context)))
            return error;
        for (i = 0; i < cube->dims; i++) {
            if (rollup.level[i] == DDG_LEVEL_TOTAL)
                continue;
            if (rollup.level[i] < cube->label[i].levels) {
                rollup.level[i]++;
                break;
            }
            rollup.level[i] = DDG_LEVEL_LABELS;
        }
    } while (i < cube->dims);
    return DDG_OK;
}

enum ddg_error ddg_rollups_make(struct ddg_rollups *rollups, const struct ddg_margins *margins,
                                const struct ddg_cube *cube, struct ddg_context *context)
{
    enum ddg_error error;

    for (size_t i = 0; i < cube->dims; i++)
        if (cube->label[i].levels >= DDG_LEVEL_TOTAL)
            return ddg_fail(context, DDG_LIMIT, "a hierarchy of more than %d levels",
                            (int)DDG_LEVEL_TOTAL);
    error = add_levels(rollups, UINT64_MAX, cube, context);
    for (size_t i = 0; !error && i < margins->count; i++)
        error = add_levels(rollups, margins->kept[i], cube, context);
    return error;
}

bool ddg_rollup_key(const struct ddg_rollup *rollup, const struct ddg_cube *cube, uint32_t inner,
                    uint32_t *key)
{
    const uint32_t *from = cube->groups.key + (size_t)inner * cube->dims;

    for (size_t i = 0; i < cube->dims; i++) {
        const struct ddg_labels *labels = &cube->label[i];
        size_t level = rollup->level[i];

        key[i] = DDG_ALL_LABELS;
        if (level == DDG_LEVEL_LABELS)
            key[i] = from[i];
        else if (level != DDG_LEVEL_TOTAL &&
                 (key[i] = labels->above[level * labels->first[1] + from[i]]) == DDG_NOT_THERE)
            return false;
    }
    return true;
}

bool ddg_rollup_codes(const struct ddg_rollup *rollup, const struct ddg_cube *cube,
                      size_t dimension, uint32_t *first, uint32_t *end)
{
    const uint32_t *codes = cube->label[dimension].first;
    size_t level = rollup->level[dimension];

    if (level == DDG_LEVEL_TOTAL)
        return false;
    *first = level == DDG_LEVEL_LABELS ? 0 : codes[level];
    *end = codes[level + 1];
    return true;
}
