#include "score/intake_columns.h"

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
    uint64_t *value; /* of each measure of the row; 0 where it is not shown */
};

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

/* Counts of one row, as long as all of them are shown. */
struct row_sum {
    unsigned __int128 sum;
    bool hidden;
};

static enum ddg_error read_count(struct reading *r, size_t measure, struct ddg_taken *taken,
                                 struct row_sum *row, uint64_t *value)
{
    struct ddg_intake *in = r->intake;
    struct ddg_count count;
    enum ddg_error error = ddg_table_true_count(&r->row, in->description, 0,
                                                &r->row.measure[measure], &count, in->context);

    if (error)
        return error;
    row->hidden = row->hidden || count.state != DDG_SHOWN;
    *value = count.state == DDG_SHOWN ? count.value : 0;
    row->sum += *value;
    if (*value > 0 && *value < in->description->threshold)
        taken->numerator_ok = false;
    if (*value > 0 && *value < taken->smallest)
        taken->smallest = *value;
    return DDG_OK;
}

static enum ddg_error read_counts(struct reading *r, struct ddg_taken *taken)
{
    struct ddg_intake *in = r->intake;
    struct row_sum row = {0};
    enum ddg_error error = DDG_OK;

    for (size_t i = 0; !error && i < r->row.measures; i++)
        error = read_count(r, i, taken, &row, &r->value[i]);
    if (error || row.hidden || row.sum == 0)
        return error;
    in->summed++;
    for (size_t i = 0; i < r->row.measures; i++)
        in->no_sum[i] = in->no_sum[i] || row.sum != (unsigned __int128)r->value[i] * 2;
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

/* Files -------------------------------------------------------------------------------------- */

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
        (error = ddg_intake_columns(in, r->people)))
        return error;
    if (!(r->value = ddg_arena_allocate(&in->sample.arena, in->sample.measures * sizeof *r->value,
                                        context)))
        return DDG_MEMORY;
    r->row = in->sample;
    r->row.rows = r->row.parts = 1;
    r->row.part = &r->part;
    while (!error && more)
        if (!(error = ddg_csv_next(in->csv, &r->record, &more, context)) && more)
            error = take(r);
    return error ? error : ddg_intake_categories(in);
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
