#include "score/twice.h"

#include "base/hash.h"
#include "table/advice.h"

#include <stdlib.h>

/* Cells held at a time, in slots of which a quarter at least are free. */
enum { HELD = 3 << 20, SLOTS = 1 << 22 };

struct pass {
    struct ddg_intake *intake;
    struct ddg_hash_key hash;
    uint64_t stride[DDG_DIMENSIONS_MOST];
    struct slot {
        uint64_t key_and_1, row;
    } * slot;
    size_t slots;
    uint64_t passes, number;
};

static enum ddg_error find_strides(struct pass *p)
{
    const struct ddg_intake *in = p->intake;
    uint64_t stride = 1;

    for (size_t d = 0; d < in->dimensions; d++) {
        p->stride[d] = stride;
        if (__builtin_mul_overflow(stride, (uint64_t)in->dimension[d].category.count + 1, &stride))
            return ddg_fail(in->context, DDG_LIMIT,
                            "%s: too many categories in too many dimensions", in->sample.file);
    }
    return DDG_OK;
}

/* Says so, with what would help: that takes all fields of both rows. */
static enum ddg_error fail_twice(struct ddg_intake *in, uint64_t first, uint64_t second)
{
    struct ddg_table both = in->sample;
    struct ddg_arena arena = {0};
    struct ddg_text *field = NULL;
    uint64_t line[2] = {0, 0};
    struct ddg_taken row = {0};
    enum ddg_error error = ddg_allocate(&field, 2 * both.columns, sizeof *field, in->context);

    if (!error)
        error = ddg_intake_rewind(in, true);
    for (uint64_t i = 0; !error && i <= second; i++) {
        /* the first stays in its place once it is there */
        struct ddg_text *to = field + (i > first ? both.columns : 0);

        if ((error = ddg_intake_next(in, &row)) || (error = ddg_intake_fields(in, to)) ||
            (i != first && i != second))
            continue;
        line[i == second] = row.line;
        for (size_t c = 0; !error && c < both.columns; c++) {
            to[c] = ddg_arena_copy(&arena, to[c], in->context);
            error = to[c].at ? DDG_OK : DDG_MEMORY;
        }
    }
    both.field = field;
    if (!error)
        error =
            ddg_fail_at(in->context, DDG_INPUT, in->file[row.file], row.line, NULL,
                        "the same cell stands in line %llu already%s", (unsigned long long)line[0],
                        ddg_advice_repeat(in->description, &both, 0, 1));
    ddg_arena_free(&arena);
    free(field);
    return error;
}

static enum ddg_error hold(struct pass *p, uint64_t number)
{
    struct ddg_intake *in = p->intake;
    uint64_t key = 1, hash;
    size_t at;

    for (size_t d = 0; d < in->dimensions; d++)
        key += ddg_intake_category(in, d) * p->stride[d];
    hash = ddg_hash_word(&p->hash, key);
    if (p->passes > 1 && (hash >> 32) % p->passes != p->number)
        return DDG_OK;
    for (at = hash & (p->slots - 1); p->slot[at].key_and_1; at = (at + 1) & (p->slots - 1))
        if (p->slot[at].key_and_1 == key)
            return fail_twice(in, p->slot[at].row, number);
    p->slot[at] = (struct slot){key, number};
    return DDG_OK;
}

enum ddg_error ddg_twice_check(struct ddg_intake *in)
{
    struct pass p = {.intake = in, .hash = ddg_hash_key_new(), .slots = 16};
    enum ddg_error error = find_strides(&p);

    p.passes = in->rows / HELD + 1;
    while (p.slots < SLOTS && p.slots * 3 / 4 <= in->rows)
        p.slots *= 2;
    /* shares of the cells differ a little */
    if (p.passes > 1)
        p.slots *= 2;
    for (; !error && p.number < p.passes; p.number++) {
        if ((error = ddg_allocate(&p.slot, p.slots, sizeof *p.slot, in->context)) ||
            (error = ddg_intake_rewind(in, false)))
            break;
        for (uint64_t i = 0; !error && i < in->rows; i++) {
            struct ddg_taken row;

            if (!(error = ddg_intake_next(in, &row)))
                error = hold(&p, i);
        }
        free(p.slot);
        p.slot = NULL;
    }
    free(p.slot);
    return error;
}
