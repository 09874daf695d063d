#include "score/intake.h"

#include "table/nesting.h"

#include <stdlib.h>

/* Rows of the sample that bring no new label: what else a table shows is looked for in them. */
enum { FIRST_ROWS = 1000 };

/* What a reading knows of the row that it holds. */
struct reading {
    struct ddg_intake *intake;
    const char *people;
    ddg_row_check *check;
    const void *data;
    struct ddg_table row; /* one row, whose fields are the record's */
    struct ddg_table_part part;
    struct ddg_record record;
};

/* The header ---------------------------------------------------------------------------------- */

static enum ddg_error keep_header(struct reading *r)
{
    struct ddg_intake *in = r->intake;
    struct ddg_table *t = &in->sample;
    struct ddg_roles roles;
    enum ddg_error error;

    t->file = ddg_csv_file(in->csv);
    t->columns = ddg_csv_columns(in->csv);
    t->name = ddg_arena_allocate(&t->arena, t->columns * sizeof *t->name, in->context);
    if (!t->name)
        return DDG_MEMORY;
    for (size_t i = 0; i < t->columns; i++) {
        t->name[i] = ddg_arena_copy(&t->arena, ddg_csv_name(in->csv, i), in->context);
        if (!t->name[i].at)
            return DDG_MEMORY;
    }
    if ((error = ddg_roles_find(&roles, in->description, t->file, t->name, t->columns, &t->arena,
                                in->context)))
        return error;
    t->dim = roles.dim;
    t->dims = roles.dims;
    t->measure = roles.measure;
    t->measures = roles.measures;
    if (t->dims > DDG_DIMENSIONS_MOST)
        return ddg_fail(in->context, DDG_LIMIT, "%s: more than %d dimensions", t->file,
                        DDG_DIMENSIONS_MOST);
    in->people = r->people ? ddg_table_find(t, ddg_text_of(r->people)) : DDG_NO_COLUMN;
    r->row = *t;
    r->row.rows = r->row.parts = 1;
    r->row.part = &r->part;
    return DDG_OK;
}

static bool has_all(const struct ddg_intake *in, const struct ddg_list *names)
{
    for (size_t i = 0; i < names->count; i++)
        if (ddg_table_find_dim(&in->sample, names->item[i]) == DDG_NO_COLUMN)
            return false;
    return true;
}

/* The nest of --nested that a column stands in, NULL for none; *level is its place there. */
static const struct ddg_list *nest_of(const struct ddg_intake *in, struct ddg_text name,
                                      size_t *level)
{
    const struct ddg_description *d = in->description;

    for (size_t n = 0; n < d->nested_count; n++)
        for (*level = 0; *level < d->nested[n].count; ++*level)
            if (ddg_text_equal(d->nested[n].item[*level], name))
                return d->several && !has_all(in, &d->nested[n]) ? NULL : &d->nested[n];
    return NULL;
}

/* Columns that make one dimension are one group, in the order of ddg_dimensions_read(). */
static enum ddg_error find_groups(struct ddg_intake *in)
{
    const struct ddg_table *t = &in->sample;
    enum ddg_error error = ddg_allocate(&in->group, t->dims, sizeof *in->group, in->context);

    for (size_t i = 0; !error && i < t->dims; i++) {
        size_t level = 0;
        const struct ddg_list *nest = nest_of(in, t->name[t->dim[i]], &level);
        struct group *group;

        if (nest && level > 0)
            continue;
        group = &in->group[in->groups++];
        ddg_names_init(&group->label);
        group->column[group->columns++] = t->dim[i];
        for (size_t j = 1; nest && j < nest->count && j < DDG_DIMENSIONS_MOST; j++) {
            size_t column = ddg_table_find(t, nest->item[j]);

            /* ddg_dimensions_read() says what is wrong with a nest whose columns are not there */
            if (column != DDG_NO_COLUMN)
                group->column[group->columns++] = column;
        }
    }
    if (!error)
        error = ddg_allocate(&in->number, in->groups, sizeof *in->number, in->context);
    return error;
}

/* Rows ---------------------------------------------------------------------------------------- */

static enum ddg_error join(struct ddg_intake *in, const struct group *group,
                           const struct ddg_text *field, struct ddg_text *label)
{
    size_t used = 0;

    if (group->columns == 1) {
        *label = field[group->column[0]];
        return DDG_OK;
    }
    for (size_t i = 0; i < group->columns; i++) {
        struct ddg_text part = field[group->column[i]];
        enum ddg_error error = ddg_grow(&in->joint, &in->joint_room,
                                        used + sizeof part.length + part.length, 1, in->context);

        if (error)
            return error;
        memcpy(in->joint + used, &part.length, sizeof part.length);
        used += sizeof part.length;
        if (part.length > 0)
            memcpy(in->joint + used, part.at, part.length);
        used += part.length;
    }
    *label = (struct ddg_text){in->joint, used};
    return DDG_OK;
}

/* Numbers the labels of a row; *news where one was not seen before. */
static enum ddg_error number_labels(struct reading *r, bool *news)
{
    struct ddg_intake *in = r->intake;
    enum ddg_error error = DDG_OK;

    *news = false;
    for (size_t g = 0; !error && g < in->groups; g++) {
        struct group *group = &in->group[g];
        uint32_t before = group->label.count;
        struct ddg_text label;

        if ((error = join(in, group, r->record.field, &label)) ||
            (error = ddg_names_add(&group->label, label, &in->number[g], in->context)) ||
            group->label.count == before)
            continue;
        *news = true;
        if (!(error = ddg_grow(&group->row, &group->row_room, group->label.count,
                               sizeof *group->row, in->context)))
            group->row[before] = in->sample.rows;
    }
    return error;
}

static enum ddg_error keep_in_sample(struct reading *r)
{
    struct ddg_intake *in = r->intake;
    struct ddg_table *t = &in->sample;
    struct ddg_text *to;
    enum ddg_error error;

    if (t->parts == 0 || t->part[t->parts - 1].file != r->part.file) {
        if ((error = ddg_grow(&t->part, &t->part_room, t->parts + 1, sizeof *t->part, in->context)))
            return error;
        t->part[t->parts++] = (struct ddg_table_part){r->part.file, t->rows};
    }
    if ((error = ddg_grow(&t->field, &t->field_room, (t->rows + 1) * t->columns, sizeof *t->field,
                          in->context)) ||
        (error = ddg_grow(&t->line, &t->line_room, t->rows + 1, sizeof *t->line, in->context)))
        return error;
    to = t->field + t->rows * t->columns;
    for (size_t i = 0; i < t->columns; i++) {
        to[i] = ddg_arena_copy(&t->arena, r->record.field[i], in->context);
        if (!to[i].at)
            return DDG_MEMORY;
    }
    t->line[t->rows++] = r->record.line;
    return DDG_OK;
}

static enum ddg_error read_counts(struct reading *r, struct ddg_taken *taken)
{
    struct ddg_intake *in = r->intake;

    for (size_t i = 0; i < r->row.measures; i++) {
        struct ddg_count count;
        enum ddg_error error = ddg_table_true_count(&r->row, in->description, 0, &r->row.measure[i],
                                                    &count, in->context);

        if (error)
            return error;
        if (count.state != DDG_SHOWN || count.value == 0)
            continue;
        if (count.value < in->description->threshold)
            taken->numerator_ok = false;
        if (count.value < taken->smallest)
            taken->smallest = count.value;
    }
    return DDG_OK;
}

static enum ddg_error read_people(struct reading *r, struct ddg_taken *taken)
{
    struct ddg_intake *in = r->intake;
    struct ddg_text field;

    if (in->people == DDG_NO_COLUMN)
        return DDG_OK;
    field = r->record.field[in->people];
    taken->people_known = field.length > 0;
    if (taken->people_known && !ddg_description_number(in->description, field, &taken->people))
        return ddg_table_fail(&r->row, 0, in->people, in->context, "not a whole number");
    return DDG_OK;
}

static enum ddg_error spool_row(struct reading *r, const struct ddg_taken *taken)
{
    struct ddg_intake *in = r->intake;
    enum ddg_error error;

    if ((error = ddg_spool_add(&in->key, taken, sizeof *taken)) ||
        (error = ddg_spool_add(&in->key, in->number, in->groups * sizeof *in->number)))
        return error;
    for (size_t i = 0; !error && i < in->sample.columns; i++) {
        struct ddg_text field = r->record.field[i];

        if (!(error = ddg_spool_add(&in->text, &field.length, sizeof field.length)))
            error = ddg_spool_add(&in->text, field.at, field.length);
    }
    return error;
}

static enum ddg_error note_file(struct reading *r, struct ddg_taken *taken)
{
    struct ddg_intake *in = r->intake;

    r->part.file = ddg_csv_file(in->csv);
    if (in->files == 0 || in->file[in->files - 1] != r->part.file) {
        enum ddg_error error =
            ddg_grow(&in->file, &in->file_room, in->files + 1, sizeof *in->file, in->context);

        if (error)
            return error;
        in->file[in->files++] = r->part.file;
    }
    taken->file = (uint32_t)in->files - 1;
    return DDG_OK;
}

static enum ddg_error take(struct reading *r)
{
    struct ddg_intake *in = r->intake;
    struct ddg_taken taken;
    enum ddg_error error;
    bool news;

    /* what stands between its fields goes to a file */
    memset(&taken, 0, sizeof taken);
    taken.line = r->record.line;
    taken.smallest = DDG_NO_COUNT;
    taken.numerator_ok = true;
    r->row.field = (struct ddg_text *)r->record.field;
    r->row.line = &r->record.line;
    if ((error = note_file(r, &taken)) || (error = read_counts(r, &taken)) ||
        (error = read_people(r, &taken)) || (error = number_labels(r, &news)) ||
        ((news || in->rows < FIRST_ROWS) && (error = keep_in_sample(r))) ||
        (r->check && (error = r->check(r->data, &r->row, &taken.unstable, in->context))))
        return error;
    in->rows++;
    in->small += !taken.numerator_ok;
    in->unstable += taken.unstable;
    return spool_row(r, &taken);
}

/* Categories ---------------------------------------------------------------------------------- */

static enum ddg_error find_categories(struct ddg_intake *in)
{
    enum ddg_error error;

    if ((error =
             ddg_allocate(&in->dimension, in->sample.dims, sizeof *in->dimension, in->context)) ||
        (error = ddg_dimensions_read(in->dimension, &in->dimensions, in->place, &in->sample,
                                     in->description, in->context)) ||
        (error = ddg_allocate(&in->category, in->dimensions, sizeof *in->category, in->context)))
        return error;
    for (size_t d = 0; !error && d < in->dimensions; d++) {
        const struct group *group = &in->group[d];

        error =
            ddg_allocate(&in->category[d], group->label.count, sizeof **in->category, in->context);
        for (uint32_t i = 0; !error && i < group->label.count; i++)
            in->category[d][i] = in->dimension[d].of_row[group->row[i]];
    }
    return error;
}

static enum ddg_error read_all(struct reading *r, const char *const *paths, size_t path_count,
                               struct ddg_text held, struct ddg_context *context)
{
    struct ddg_intake *in = r->intake;
    struct ddg_csv_options options = {.delimiter = in->description->delimiter,
                                      .loose_names = in->description->loose,
                                      .held = held};
    bool more = true;
    enum ddg_error error;

    in->context = context;
    ddg_spool_init(&in->key, context);
    ddg_spool_init(&in->text, context);
    if ((error = ddg_csv_open(&in->csv, paths, path_count, &options, context)) ||
        (error = keep_header(r)) || (error = find_groups(in)))
        return error;
    while (!error && more)
        if (!(error = ddg_csv_next(in->csv, &r->record, &more, context)) && more)
            error = take(r);
    return error ? error : find_categories(in);
}

enum ddg_error ddg_intake_read(struct ddg_intake *in, const struct ddg_description *description,
                               const char *people, ddg_row_check *check, const void *data,
                               const char *const *paths, size_t path_count,
                               struct ddg_context *context)
{
    struct reading r = {.intake = in, .people = people, .check = check, .data = data};

    *in = (struct ddg_intake){.description = description};
    return read_all(&r, paths, path_count, (struct ddg_text){NULL, 0}, context);
}

enum ddg_error ddg_intake_read_text(struct ddg_intake *in,
                                    const struct ddg_description *description, const char *people,
                                    struct ddg_text text, struct ddg_context *context)
{
    const char *paths[] = {"the coarser table"};
    struct reading r = {.intake = in, .people = people};

    *in = (struct ddg_intake){.description = description};
    return read_all(&r, paths, 1, text, context);
}

/* Reading back -------------------------------------------------------------------------------- */

enum ddg_error ddg_intake_rewind(struct ddg_intake *in, bool texts)
{
    enum ddg_error error = ddg_spool_rewind(&in->key);

    if (!error && texts)
        error = ddg_spool_rewind(&in->text);
    return error;
}

enum ddg_error ddg_intake_next(struct ddg_intake *in, struct ddg_taken *row)
{
    size_t numbers = in->groups * sizeof *in->number;
    const char *bytes;
    enum ddg_error error = ddg_spool_take(&in->key, sizeof *row + numbers, &bytes);

    if (error)
        return error;
    memcpy(row, bytes, sizeof *row);
    if (numbers > 0)
        memcpy(in->number, bytes + sizeof *row, numbers);
    return DDG_OK;
}

enum ddg_error ddg_intake_fields(struct ddg_intake *in, struct ddg_text *field)
{
    /* a text is valid until the next is taken, so they are gathered in one place */
    size_t used = 0;

    for (size_t i = 0; i < in->sample.columns; i++) {
        const char *bytes;
        size_t length;
        enum ddg_error error;

        if ((error = ddg_spool_take(&in->text, sizeof length, &bytes)))
            return error;
        memcpy(&length, bytes, sizeof length);
        if ((error = ddg_spool_take(&in->text, length, &bytes)) ||
            (error = ddg_grow(&in->joint, &in->joint_room, used + length, 1, in->context)))
            return error;
        if (length > 0)
            memcpy(in->joint + used, bytes, length);
        field[i] = (struct ddg_text){NULL, length};
        used += length;
    }
    used = 0;
    for (size_t i = 0; i < in->sample.columns; i++) {
        field[i].at = in->joint + used;
        used += field[i].length;
    }
    return DDG_OK;
}

void ddg_intake_free(struct ddg_intake *in)
{
    for (size_t g = 0; in->group && g < in->groups; g++) {
        ddg_names_free(&in->group[g].label);
        free(in->group[g].row);
    }
    for (size_t d = 0; d < in->dimensions; d++) {
        if (in->category)
            free(in->category[d]);
        ddg_dimension_free(&in->dimension[d]);
    }
    free(in->category);
    free(in->dimension);
    free(in->group);
    free(in->number);
    free(in->joint);
    free(in->file);
    ddg_spool_free(&in->key);
    ddg_spool_free(&in->text);
    ddg_csv_close(in->csv);
    ddg_table_free(&in->sample);
    *in = (struct ddg_intake){.key = {.fd = -1}, .text = {.fd = -1}};
}
