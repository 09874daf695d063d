#include "group/counting.h"

#include "group/misread.h"

#include <assert.h>
#include <stdlib.h>

/* Records that are counted at a time: column by column, so that each loop is short. */
enum { BATCH = DDG_GROUPS_BATCH, LITTLE = 4 };

static_assert((int)BATCH <= (int)DDG_PERSONS_BATCH, "a batch of records is one of persons");

static enum ddg_error want(struct ddg_counting *c, struct ddg_text name,
                           struct ddg_counted_field *field, struct ddg_context *context)
{
    enum ddg_error error = ddg_misread_find(c->csv, name, &field->column, context);

    if (error)
        return error;
    for (field->slot = 0; field->slot < c->wanted_count; field->slot++)
        if (c->wanted[field->slot] == field->column)
            return DDG_OK;
    c->wanted[c->wanted_count++] = field->column;
    return DDG_OK;
}

enum ddg_error ddg_counting_start(struct ddg_counting *c, struct ddg_cube *cube,
                                  struct ddg_csv *csv, const struct ddg_counted *counted,
                                  struct ddg_context *context)
{
    const struct ddg_spec *spec = counted->spec;
    const struct ddg_list *sums = counted->sums;
    enum ddg_error error;

    *c = (struct ddg_counting){.counted = *counted, .cube = cube, .csv = csv, .batch = BATCH};
    if ((error = ddg_allocate(&c->dimension, spec->count, sizeof *c->dimension, context)) ||
        (error = ddg_allocate(&c->amount, sums->count, sizeof *c->amount, context)) ||
        (error = ddg_allocate(&c->value, sums->count * BATCH, sizeof *c->value, context)) ||
        (error = ddg_allocate(&c->code, spec->count * BATCH, sizeof *c->code, context)) ||
        (error =
             ddg_allocate(&c->wanted, spec->count + sums->count + 1, sizeof *c->wanted, context)))
        return error;
    for (size_t i = 0; !error && i < spec->count; i++)
        error = want(c, spec->dimension[i].column, &c->dimension[i], context);
    if (!error && c->cube->by_person)
        error = want(c, counted->identifier, &c->person, context);
    for (size_t i = 0; !error && i < sums->count; i++)
        error = want(c, sums->item[i], &c->amount[i], context);
    return error ? error : ddg_csv_project(c->csv, c->wanted, c->wanted_count, context);
}

/* What is wrong with a record.  Of a batch the first one counts, and of that record what is looked
 * at first: once something is wrong with record r, only those before it are looked at. */
struct problem {
    const char *text; /* NULL: nothing */
    size_t column;
};

static bool is_blank(struct ddg_text text)
{
    return text.length == 0 ||
           ((text.at[0] == ' ' || text.at[0] == '\t') && ddg_text_trim(text).length == 0);
}

static void check_persons(const struct ddg_counting *c, const struct ddg_csv_block *batch,
                          size_t *count, struct problem *problem)
{
    const struct ddg_text *person = batch->field + c->person.slot;

    for (size_t r = 0; r < *count; r++)
        if (is_blank(person[r * batch->stride])) {
            *problem =
                (struct problem){"blank, where a person's identifier is wanted", c->person.column};
            *count = r;
        }
}

static enum ddg_error find_codes(struct ddg_counting *c, const struct ddg_csv_block *batch,
                                 size_t *count, struct problem *problem,
                                 struct ddg_context *context)
{
    enum ddg_error error = DDG_OK;

    for (size_t i = 0; !error && i < c->cube->dims; i++) {
        const char *text = NULL;

        error = ddg_labels_code_all(&c->cube->label[i], batch->field + c->dimension[i].slot,
                                    batch->stride, count, c->code + i * BATCH, &text, context);
        if (text)
            *problem = (struct problem){text, c->dimension[i].column};
    }
    return error;
}

static void read_amounts(struct ddg_counting *c, const struct ddg_csv_block *batch, size_t *count,
                         struct problem *problem)
{
    for (size_t i = 0; i < c->cube->tally.sums; i++)
        for (size_t r = 0; r < *count; r++) {
            struct ddg_text text = batch->field[r * batch->stride + c->amount[i].slot];

            if (ddg_decimal_parse(text, &c->value[i * BATCH + r]))
                continue;
            problem->text =
                text.length ? "not a decimal number" : "blank, where an amount is wanted";
            problem->column = c->amount[i].column;
            *count = r;
        }
}

static enum ddg_error add_up(struct ddg_counting *c, const struct ddg_csv_block *batch,
                             size_t count, struct ddg_context *context)
{
    struct ddg_cube *cube = c->cube;
    enum ddg_error error = ddg_cube_add_all(cube, c->code, count, c->cell, context);

    cube->records += count;
    for (size_t i = 0; !error && i < cube->tally.sums; i++)
        error =
            ddg_tally_add_amounts(&cube->tally, i, c->cell, c->value + i * BATCH, count, context);
    if (error || !cube->by_person)
        return error;
    if (c->clerk)
        return ddg_clerk_add(c->clerk, batch->field + c->person.slot, batch->stride, c->cell, count,
                             context);
    return ddg_persons_add_all(&cube->persons, batch->field + c->person.slot, batch->stride,
                               c->cell, count, context);
}

/* Counts a batch of records, the first of which is record `first` of its block, up to one that
 * cannot be counted; puts the number of those that are done with into *done. */
static enum ddg_error add_batch(struct ddg_counting *c, const struct ddg_csv_block *batch,
                                size_t first, size_t *done, struct ddg_context *context)
{
    struct problem problem = {NULL, 0};
    size_t count = batch->count;
    enum ddg_error error;

    if (c->cube->by_person)
        check_persons(c, batch, &count, &problem);
    if ((error = find_codes(c, batch, &count, &problem, context)))
        return error;
    read_amounts(c, batch, &count, &problem);
    if (problem.text &&
        (error = ddg_csv_reject(c->csv, first + count, problem.column, context, problem.text)))
        return error;
    *done = count + (problem.text ? 1 : 0);
    return add_up(c, batch, count, context);
}

enum ddg_error ddg_counting_add(struct ddg_counting *c, const struct ddg_csv_block *block,
                                struct ddg_context *context)
{
    enum ddg_error error = DDG_OK;
    size_t done = 0;

    for (size_t first = 0; !error && first < block->count; first += done) {
        size_t left = block->count - first;
        const struct ddg_csv_block batch = {block->field + first * block->stride, block->stride,
                                            left < c->batch ? left : c->batch};

        error = add_batch(c, &batch, first, &done, context);
        /* what stands behind a bad record is looked at again: less of it where there are many */
        c->batch = done < batch.count ? LITTLE : c->batch < BATCH ? 2 * c->batch : BATCH;
    }
    return error;
}

void ddg_counting_free(struct ddg_counting *c)
{
    free(c->dimension);
    free(c->amount);
    free(c->value);
    free(c->code);
    free(c->wanted);
}
