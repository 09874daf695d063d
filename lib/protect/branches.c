#include "protect/branches.h"

#include <stdlib.h>

static enum ddg_error apply(struct ddg_branches *b, const struct ddg_branch *branch, bool *good,
                            struct ddg_context *context)
{
    return ddg_fitting_try(b->fitting, branch->cell, branch->up ? branch->above : 0,
                           branch->up ? UINT64_MAX : branch->below, good, context);
}

enum ddg_error ddg_branches_add(struct ddg_branches *b, const struct ddg_branch *branch, bool *good,
                                struct ddg_context *context)
{
    enum ddg_error error = ddg_grow(&b->item, &b->room, b->count + 1, sizeof *b->item, context);
    struct ddg_branch *item;

    if (error)
        return error;
    item = &b->item[b->count++];
    *item = *branch;
    item->other = false;
    item->mark = b->fitting->trail_count;
    return apply(b, item, good, context);
}

enum ddg_error ddg_branches_turn(struct ddg_branches *b, bool *good, struct ddg_context *context)
{
    enum ddg_error error = DDG_OK;

    *good = false;
    while (!error && !*good && b->count > 0) {
        struct ddg_branch *branch = &b->item[b->count - 1];

        ddg_fitting_back(b->fitting, branch->mark);
        if (branch->other) {
            b->count--;
            continue;
        }
        branch->other = true;
        branch->up = !branch->up;
        error = apply(b, branch, good, context);
    }
    return error;
}

void ddg_branches_free(struct ddg_branches *b)
{
    free(b->item);
}
