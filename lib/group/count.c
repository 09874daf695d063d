#include "group/count.h"

#include <stdlib.h>

/* A column that is read, and where its field stands in a record. */
struct field {
    size_t column, slot;
};

struct counting {
    struct ddg_cube *cube;
    struct ddg_csv *csv;
    struct field *dimension; /* one per dimension */
    struct field person;
    struct field *amount;      /* one per sum */
    struct ddg_decimal *value; /* of the record's amounts */
    size_t *wanted;            /* wanted[slot]: each column once, however often it is used */
    size_t wanted_count;
};

static enum ddg_error want(struct counting *c, struct ddg_text name, struct field *field,
                           struct ddg_context *context)
{
    enum ddg_error error = ddg_csv_find(c->csv, name, &field->column, context);

    if (error)
        return error;
    for (field->slot = 0; field->slot < c->wanted_count; field->slot++)
        if (c->wanted[field->slot] == field->column)
            return DDG_OK;
    c->wanted[c->wanted_count++] = field->column;
    return DDG_OK;
}

static enum ddg_error start(struct counting *c, const struct ddg_spec *spec,
                            struct ddg_text identifier, const struct ddg_list *sums,
                            struct ddg_context *context)
{
    enum ddg_error error;

    if ((error = ddg_allocate(&c->dimension, spec->count, sizeof *c->dimension, context)) ||
        (error = ddg_allocate(&c->amount, sums->count, sizeof *c->amount, context)) ||
        (error = ddg_allocate(&c->value, sums->count, sizeof *c->value, context)) ||
        (error =
             ddg_allocate(&c->wanted, spec->count + sums->count + 1, sizeof *c->wanted, context)))
        return error;
    for (size_t i = 0; !error && i < spec->count; i++)
        error = want(c, spec->dimension[i].column, &c->dimension[i], context);
    if (!error && c->cube->by_person)
        error = want(c, identifier, &c->person, context);
    for (size_t i = 0; !error && i < sums->count; i++)
        error = want(c, sums->item[i], &c->amount[i], context);
    return error ? error : ddg_csv_project(c->csv, c->wanted, c->wanted_count, context);
}

static enum ddg_error read_amounts(struct counting *c, const struct ddg_record *record,
                                   struct ddg_context *context)
{
    for (size_t i = 0; i < c->cube->tally.sums; i++) {
        struct ddg_text text = record->field[c->amount[i].slot];

        if (!ddg_decimal_parse(text, &c->value[i]))
            return ddg_csv_fail(c->csv, record->line, c->amount[i].column, context,
                                text.length ? "not a decimal number"
                                            : "blank, where an amount is wanted");
    }
    return DDG_OK;
}

static enum ddg_error read_key(struct counting *c, const struct ddg_record *record, uint32_t *key,
                               struct ddg_context *context)
{
    for (size_t i = 0; i < c->cube->dims; i++) {
        const char *problem;
        enum ddg_error error = ddg_labels_code(
            &c->cube->label[i], record->field[c->dimension[i].slot], &key[i], &problem, context);

        if (error)
            return error;
        if (problem)
            return ddg_csv_fail(c->csv, record->line, c->dimension[i].column, context, problem);
    }
    return DDG_OK;
}

static enum ddg_error add_record(struct counting *c, const struct ddg_record *record,
                                 struct ddg_context *context)
{
    struct ddg_text person = {NULL, 0};
    uint32_t key[DDG_DIMENSIONS_MOST];
    enum ddg_error error;

    if (c->cube->by_person) {
        person = record->field[c->person.slot];
        if (ddg_text_trim(person).length == 0)
            return ddg_csv_fail(c->csv, record->line, c->person.column, context,
                                "blank, where a person's identifier is wanted");
    }
    if ((error = read_key(c, record, key, context)) || (error = read_amounts(c, record, context)))
        return error;
    return ddg_cube_add(c->cube, key, person, c->value, context);
}

enum ddg_error ddg_count_records(struct ddg_cube *cube, struct ddg_csv *csv,
                                 const struct ddg_spec *spec, struct ddg_text identifier,
                                 const struct ddg_list *sums, struct ddg_context *context)
{
    struct counting c = {.cube = cube, .csv = csv};
    enum ddg_error error = start(&c, spec, identifier, sums, context);
    struct ddg_record record;
    bool more;

    while (!error && !(error = ddg_csv_next(csv, &record, &more, context)) && more)
        error = add_record(&c, &record, context);
    free(c.dimension);
    free(c.amount);
    free(c.value);
    free(c.wanted);
    return error;
}
