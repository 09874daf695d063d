#include "table/table.h"

#include "table/advice.h"
#include "table/reading.h"

#include <assert.h>
#include <stdlib.h>

struct ddg_text ddg_table_field(const struct ddg_table *table, size_t row, size_t column)
{
    return table->field[row * table->columns + column];
}

const char *ddg_table_file(const struct ddg_table *table, size_t row)
{
    size_t part = table->parts - 1;

    while (table->part[part].first > row)
        part--;
    return table->part[part].file;
}

static size_t find_name(const struct ddg_text *names, size_t columns, struct ddg_text name)
{
    for (size_t i = 0; i < columns; i++)
        if (ddg_text_equal(names[i], name))
            return i;
    return DDG_NO_COLUMN;
}

size_t ddg_table_find(const struct ddg_table *table, struct ddg_text name)
{
    return find_name(table->name, table->columns, name);
}

size_t ddg_table_find_dim(const struct ddg_table *table, struct ddg_text name)
{
    for (size_t i = 0; i < table->dims; i++)
        if (ddg_text_equal(table->name[table->dim[i]], name))
            return i;
    return DDG_NO_COLUMN;
}

enum ddg_error ddg_table_need_dim(const struct ddg_table *table, struct ddg_text name, size_t *dim,
                                  struct ddg_context *context)
{
    *dim = ddg_table_find_dim(table, name);
    if (*dim != DDG_NO_COLUMN)
        return DDG_OK;
    return ddg_fail(context, DDG_USAGE, "%s: no dimension is called '%.*s'", table->file,
                    (int)name.length, name.at);
}

size_t ddg_table_find_measure(const struct ddg_table *table, struct ddg_text name)
{
    for (size_t i = 0; i < table->measures; i++)
        if (ddg_text_equal(table->name[table->measure[i].count], name))
            return i;
    return DDG_NO_MEASURE;
}

enum ddg_error ddg_table_fail(const struct ddg_table *table, size_t row, size_t column,
                              struct ddg_context *context, const char *text)
{
    /* names are copies in the arena, which ends them with a NUL */
    return ddg_fail_at(context, DDG_INPUT, ddg_table_file(table, row), table->line[row],
                       table->name[column].at, "%s", text);
}

static bool parse_code(const struct ddg_description *description, struct ddg_text annotation,
                       enum ddg_code *code)
{
    if (description->loose)
        annotation = ddg_text_trim(annotation);
    *code = DDG_CODE_NONE;
    if (annotation.length == 0 || ddg_list_has(&description->unannotated, annotation))
        return true;
    if (annotation.length != 1 || annotation.at[0] < '0' ||
        annotation.at[0] > '0' + DDG_CODE_INCOMPLETE)
        return false;
    *code = (enum ddg_code)(annotation.at[0] - '0');
    return true;
}

/* What ddg-suppress --display writes in place of counts, each with its annotation. */
static bool is_symbol(struct ddg_text count, enum ddg_code code)
{
    return (code == DDG_CODE_SMALL && ddg_text_is(count, "S")) ||
           (code == DDG_CODE_COMPLEMENTARY && ddg_text_is(count, "C"));
}

bool ddg_count_parse(const struct ddg_description *description, struct ddg_text count,
                     struct ddg_text annotation, struct ddg_count *parsed, const char **what)
{
    if (description->loose)
        count = ddg_text_trim(count);
    *parsed = (struct ddg_count){DDG_SHOWN, DDG_CODE_NONE, 0, NULL};
    if (!parse_code(description, annotation, &parsed->code)) {
        *what = ddg_advice_annotation(description, annotation);
        return false;
    }
    if (count.length == 0) {
        switch (parsed->code) {
        case DDG_CODE_NONE:
            parsed->state = DDG_BLANK;
            break;
        case DDG_CODE_SMALL:
        case DDG_CODE_COMPLEMENTARY:
            parsed->state = DDG_SUPPRESSED;
            break;
        default:
            parsed->state = DDG_NO_DATA;
        }
        return true;
    }
    parsed->range = ddg_description_range(description, count);
    if (parsed->range || ddg_list_has(&description->hidden, count) ||
        (description->symbols && is_symbol(count, parsed->code))) {
        parsed->state = DDG_SUPPRESSED;
        return true;
    }
    if (ddg_description_number(description, count, &parsed->value))
        return true;
    *what = ddg_advice_count(description, count);
    return false;
}

bool ddg_is_rated(const struct ddg_table *table, const struct ddg_description *description,
                  size_t row, const struct ddg_measure *measure)
{
    struct ddg_text text = ddg_table_field(table, row, measure->count);

    return measure->rated && text.length > 0 && !ddg_description_range(description, text) &&
           !ddg_list_has(&description->hidden, text);
}

enum ddg_error ddg_table_count(const struct ddg_table *table,
                               const struct ddg_description *description, size_t row,
                               const struct ddg_measure *measure, struct ddg_count *count,
                               struct ddg_context *context)
{
    struct ddg_text annotation = {NULL, 0};
    const char *what;

    if (measure->annotation != DDG_NO_COLUMN)
        annotation = ddg_table_field(table, row, measure->annotation);
    if (ddg_is_rated(table, description, row, measure)) {
        *count = (struct ddg_count){.state = DDG_NO_DATA};
        return DDG_OK;
    }
    if (ddg_count_parse(description, ddg_table_field(table, row, measure->count), annotation, count,
                        &what))
        return DDG_OK;
    return ddg_table_fail(table, row, measure->count, context, what);
}

enum ddg_error ddg_table_true_count(const struct ddg_table *table,
                                    const struct ddg_description *description, size_t row,
                                    const struct ddg_measure *measure, struct ddg_count *count,
                                    struct ddg_context *context)
{
    enum ddg_error error = ddg_table_count(table, description, row, measure, count, context);

    if (error)
        return error;
    if (count->state == DDG_SUPPRESSED || count->code == DDG_CODE_SMALL ||
        count->code == DDG_CODE_COMPLEMENTARY)
        return ddg_table_fail(table, row, measure->count, context,
                              "suppressed already: the unmasked table is wanted");
    if (count->state == DDG_BLANK)
        return ddg_table_fail(table, row, measure->count, context,
                              "blank, and no annotation says why");
    return DDG_OK;
}

/* Finding the columns ------------------------------------------------------------------------ */

struct header {
    const char *file;
    const struct ddg_text *name;
    size_t columns;
    const struct ddg_description *description;
    struct ddg_context *context;
};

static size_t find(const struct header *header, struct ddg_text name)
{
    return find_name(header->name, header->columns, name);
}

/* One of several tables has only some of the columns that the description names. */
static bool passes_over(const struct header *header, struct ddg_text name)
{
    return header->description->several && find(header, name) == DDG_NO_COLUMN;
}

static enum ddg_error find_one(const struct header *header, struct ddg_text name, size_t *column)
{
    *column = find(header, name);
    if (*column == DDG_NO_COLUMN)
        return ddg_fail(
            header->context, DDG_USAGE, "%s: no column is called '%.*s'%s", header->file,
            (int)name.length, name.at,
            ddg_advice_column(header->description, header->name, header->columns, &name));
    for (size_t i = *column + 1; i < header->columns; i++)
        if (ddg_text_equal(header->name[i], name))
            return ddg_fail(header->context, DDG_USAGE, "%s: two columns are called '%.*s'",
                            header->file, (int)name.length, name.at);
    return DDG_OK;
}

/* The column for a measure that `said` names, or else NAME or COUNT_NAME; DDG_NO_COLUMN where there
 * is none.  NAME is that of a header's single count column. */
static enum ddg_error find_beside(const struct header *header, const struct ddg_list *said,
                                  const char *name, struct ddg_text count, size_t place,
                                  bool single, size_t *column)
{
    char own[512];
    int length;

    if (said->count > 0 && !passes_over(header, said->item[place]))
        return find_one(header, said->item[place], column);
    *column = single ? find(header, ddg_text_of(name)) : DDG_NO_COLUMN;
    if (*column != DDG_NO_COLUMN)
        return DDG_OK;
    length = snprintf(own, sizeof own, "%.*s_%s", (int)count.length, count.at, name);
    if (length > 0 && (size_t)length < sizeof own)
        *column = find(header, (struct ddg_text){own, (size_t)length});
    return DDG_OK;
}

/* The names of the count columns that the header has: those of the description, or the usual ones
 * of which one is `usual`. */
static enum ddg_error find_counts(const struct header *header, const struct ddg_text usual[2],
                                  const struct ddg_text **count, size_t *counts)
{
    const struct ddg_list *said = &header->description->counts;
    bool has_count = find(header, usual[0]) != DDG_NO_COLUMN;
    bool has_persons = find(header, usual[1]) != DDG_NO_COLUMN;

    *count = said->item;
    *counts = said->count;
    if (said->count > 0)
        return DDG_OK;
    if (has_count == has_persons)
        return ddg_fail(header->context, DDG_USAGE,
                        "%s: %s column called 'count' or 'persons': name it with --count%s",
                        header->file, has_count ? "more than one" : "no",
                        has_count ? ""
                                  : ddg_advice_column(header->description, header->name,
                                                      header->columns, NULL));
    *count = &usual[has_persons];
    *counts = 1;
    return DDG_OK;
}

/* True where the header has one of the count columns only. */
static bool has_one(const struct header *header, const struct ddg_text *count, size_t counts)
{
    size_t present = 0;

    for (size_t i = 0; i < counts; i++)
        present += find(header, count[i]) != DDG_NO_COLUMN;
    return present == 1;
}

static enum ddg_error find_measures(const struct header *header, struct ddg_roles *roles)
{
    const struct ddg_description *d = header->description;
    const struct ddg_text usual[2] = {ddg_text_of("count"), ddg_text_of("persons")}, *count;
    enum ddg_error error;
    size_t counts;
    bool single;

    if ((error = find_counts(header, usual, &count, &counts)))
        return error;
    if ((d->annotations.count > 0 && d->annotations.count != counts) ||
        (d->annotation_texts.count > 0 && d->annotation_texts.count != counts))
        return ddg_fail(header->context, DDG_USAGE,
                        "as many annotation columns are wanted as count columns");
    single = has_one(header, count, counts);
    for (size_t i = 0; i < counts; i++) {
        struct ddg_measure *m = &roles->measure[roles->measures];

        if (passes_over(header, count[i]))
            continue;
        if ((error = find_one(header, count[i], &m->count)) ||
            (error = find_beside(header, &d->annotations, "annotation", count[i], i, single,
                                 &m->annotation)) ||
            (error = find_beside(header, &d->annotation_texts, "annotation_description", count[i],
                                 i, single, &m->text)))
            return error;
        m->distinct = d->distinct || ddg_text_alike(count[i], usual[1]);
        roles->measures++;
    }
    if (roles->measures == 0)
        return ddg_fail(header->context, DDG_USAGE, "%s: no column that --count names",
                        header->file);
    return DDG_OK;
}

static enum ddg_error find_dims(const struct header *header, struct ddg_roles *roles)
{
    const struct ddg_list *said = &header->description->dims;
    size_t first = header->columns;

    for (size_t i = 0; i < said->count; i++) {
        enum ddg_error error;

        if (passes_over(header, said->item[i]))
            continue;
        if ((error = find_one(header, said->item[i], &roles->dim[roles->dims])))
            return error;
        roles->dims++;
    }
    if (said->count > 0)
        return DDG_OK;
    for (size_t i = 0; i < roles->measures; i++)
        if (roles->measure[i].count < first)
            first = roles->measure[i].count;
    for (size_t i = 0; i < first; i++)
        roles->dim[i] = i;
    roles->dims = first;
    return DDG_OK;
}

/* A column that served two ends would have one of them written over the other. */
static enum ddg_error claim(const struct header *header, bool *taken, size_t column)
{
    if (column == DDG_NO_COLUMN)
        return DDG_OK;
    if (taken[column])
        return ddg_fail(header->context, DDG_USAGE,
                        "%s: column '%.*s' can only be one of dimension, count, annotation and "
                        "its description, once (--dims, --count, --annotation)",
                        header->file, (int)header->name[column].length, header->name[column].at);
    taken[column] = true;
    return DDG_OK;
}

static enum ddg_error check_distinct_columns(const struct header *header,
                                             const struct ddg_roles *roles, struct ddg_arena *arena)
{
    bool *taken = ddg_arena_allocate(arena, header->columns, header->context);
    enum ddg_error error = taken ? DDG_OK : DDG_MEMORY;

    for (size_t i = 0; !error && i < roles->dims; i++)
        error = claim(header, taken, roles->dim[i]);
    for (size_t i = 0; !error && i < roles->measures; i++) {
        const struct ddg_measure *m = &roles->measure[i];

        if (!(error = claim(header, taken, m->count)) &&
            !(error = claim(header, taken, m->annotation)))
            error = claim(header, taken, m->text);
    }
    return error;
}

enum ddg_error ddg_roles_find(struct ddg_roles *roles, const struct ddg_description *description,
                              const char *file, const struct ddg_text *name, size_t columns,
                              struct ddg_arena *arena, struct ddg_context *context)
{
    struct header header = {file, name, columns, description, context};
    size_t dims = columns + description->dims.count, measures = description->counts.count + 1;
    enum ddg_error error;

    roles->dim = ddg_arena_allocate(arena, dims * sizeof *roles->dim, context);
    roles->measure = ddg_arena_allocate(arena, measures * sizeof *roles->measure, context);
    if (!roles->dim || !roles->measure)
        return DDG_MEMORY;
    roles->dims = roles->measures = 0;
    if ((error = find_measures(&header, roles)) || (error = find_dims(&header, roles)))
        return error;
    return check_distinct_columns(&header, roles, arena);
}

/* Reading ------------------------------------------------------------------------------------ */

enum ddg_error ddg_table_read(struct ddg_table *table, const struct ddg_description *description,
                              const char *const *paths, size_t path_count,
                              struct ddg_context *context)
{
    struct ddg_reading reading;
    enum ddg_error error =
        ddg_reading_open(&reading, description, false, paths, path_count, context);

    *table = (struct ddg_table){0};
    if (!error)
        error = ddg_reading_next(&reading, table, context);
    /* what the table borrows is to live as long */
    ddg_arena_join(&table->arena, &reading.arena);
    ddg_reading_close(&reading);
    return error;
}

bool ddg_table_same_header(const struct ddg_table *a, const struct ddg_table *b)
{
    if (a->columns != b->columns)
        return false;
    for (size_t i = 0; i < a->columns; i++)
        if (!ddg_text_equal(a->name[i], b->name[i]))
            return false;
    return true;
}

bool ddg_table_same(const struct ddg_table *a, const struct ddg_table *b)
{
    if (!ddg_table_same_header(a, b) || a->rows != b->rows)
        return false;
    for (size_t i = 0; i < a->rows * a->columns; i++)
        if (!ddg_text_equal(a->field[i], b->field[i]))
            return false;
    return true;
}

enum ddg_error ddg_table_append(struct ddg_table *into, struct ddg_table *from,
                                struct ddg_context *context)
{
    size_t rows = into->rows + from->rows, columns = into->columns;
    enum ddg_error error;

    assert(ddg_table_same_header(into, from));
    /* texts and lists of parts stay where they are: only who owns them changes */
    ddg_arena_join(&into->arena, &from->arena);
    if (rows >= UINT32_MAX)
        return ddg_fail(context, DDG_LIMIT, "%s: more than 4 thousand million rows", into->file);
    if ((error = ddg_grow(&into->field, &into->field_room, rows * columns, sizeof *into->field,
                          context)) ||
        (error = ddg_grow(&into->line, &into->line_room, rows, sizeof *into->line, context)) ||
        (error = ddg_grow(&into->part, &into->part_room, into->parts + from->parts,
                          sizeof *into->part, context)))
        return error;
    for (size_t i = 0; i < from->rows * columns; i++)
        into->field[into->rows * columns + i] = from->field[i];
    for (size_t i = 0; i < from->rows; i++)
        into->line[into->rows + i] = from->line[i];
    for (size_t i = 0; i < from->parts; i++)
        into->part[into->parts++] = (struct ddg_table_part){
            from->part[i].file,
            from->part[i].first + into->rows,
        };
    into->rows = rows;
    from->rows = from->parts = 0;
    return DDG_OK;
}

void ddg_table_free(struct ddg_table *table)
{
    free(table->field);
    free(table->line);
    free(table->release);
    free(table->of_measure);
    free(table->part);
    ddg_arena_free(&table->arena);
    *table = (struct ddg_table){0};
}
