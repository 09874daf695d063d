#include "round/stream.h"

#include "base/number.h"
#include "csv/reader.h"
#include "round/companions.h"
#include "round/verdicts.h"

#include <stdlib.h>

struct streaming {
    const struct ddg_rounds *rounds;
    const struct ddg_description *description;
    struct ddg_csv *csv;
    struct ddg_output *output;
    struct ddg_context *context;
    struct ddg_arena arena;
    size_t columns;
    struct ddg_measure *rounded; /* of each column: how it is read */
    bool *is_count;              /* of each column */
    struct ddg_verdicts verdicts;
    struct ddg_trait *trait; /* of the record, in the order that draws want */
    size_t *trait_column;
    struct ddg_text *total; /* of each trait; NULL where nobody adds up */
    size_t traits;
    struct ddg_key_room room;
};

static enum ddg_error find_roles(struct streaming *s, struct ddg_roles *roles)
{
    struct ddg_text *name = ddg_arena_allocate(&s->arena, s->columns * sizeof *name, s->context);
    enum ddg_error error;

    if (!name)
        return DDG_MEMORY;
    for (size_t i = 0; i < s->columns; i++)
        name[i] = ddg_csv_name(s->csv, i);
    error = ddg_roles_find(roles, s->description, ddg_csv_file(s->csv), name, s->columns, &s->arena,
                           s->context);
    if (!error)
        error = ddg_companions_add(roles, name, s->columns, s->description, &s->arena, s->context);
    return error ? error : ddg_verdicts_find(&s->verdicts, name, s->columns, roles, s->context);
}

static enum ddg_error find_counts(struct streaming *s, const struct ddg_roles *roles)
{
    s->rounded = ddg_arena_allocate(&s->arena, s->columns * sizeof *s->rounded, s->context);
    s->is_count = ddg_arena_allocate(&s->arena, s->columns, s->context);
    if (!s->rounded || !s->is_count)
        return DDG_MEMORY;
    for (size_t i = 0; i < roles->measures; i++) {
        s->rounded[roles->measure[i].count] = roles->measure[i];
        s->is_count[roles->measure[i].count] = true;
    }
    return DDG_OK;
}

/* Puts the dimensions into the order of their names, so that the order of columns does not matter.
 */
static enum ddg_error find_traits(struct streaming *s, const struct ddg_roles *roles)
{
    size_t count = roles->dims;

    s->trait = ddg_arena_allocate(&s->arena, count * sizeof *s->trait, s->context);
    s->trait_column = ddg_arena_allocate(&s->arena, count * sizeof *s->trait_column, s->context);
    s->total = ddg_arena_allocate(&s->arena, count * sizeof *s->total, s->context);
    if (!s->trait || !s->trait_column || !s->total)
        return DDG_MEMORY;
    for (size_t i = 0; i < count; i++)
        s->trait[i].name = ddg_csv_name(s->csv, roles->dim[i]);
    ddg_key_sort(s->trait, count);
    for (size_t i = 0; i < count; i++) {
        for (size_t d = 0; d < count; d++)
            if (ddg_csv_name(s->csv, roles->dim[d]).at == s->trait[i].name.at)
                s->trait_column[i] = roles->dim[d];
        if (!ddg_list_has(&s->description->by, s->trait[i].name))
            s->total[i] = ddg_description_total(s->description, s->trait[i].name);
    }
    s->traits = count;
    return DDG_OK;
}

static struct ddg_trait *find_trait(const struct streaming *s, struct ddg_text name)
{
    for (size_t i = 0; i < s->traits; i++)
        if (ddg_text_equal(s->trait[i].name, name))
            return &s->trait[i];
    return NULL;
}

/* The totals of all kinds of a population are the same cell. */
static void join_kinds(struct streaming *s, const struct ddg_text *kind_and_value)
{
    struct ddg_trait *kind = find_trait(s, kind_and_value[0]),
                     *value = find_trait(s, kind_and_value[1]);

    if (kind && value && value->is_total)
        kind->is_total = true;
}

static void read_traits(struct streaming *s, const struct ddg_record *record)
{
    for (size_t i = 0; i < s->traits; i++) {
        struct ddg_text label = record->field[s->trait_column[i]];

        s->trait[i].label = label;
        s->trait[i].is_total = s->total[i].at && ddg_text_equal(label, s->total[i]);
    }
    for (size_t i = 0; i < s->description->partitions.count; i += 2)
        join_kinds(s, &s->description->partitions.item[i]);
}

/* Counts, persons and events of a cell go the same way, so that events are never fewer than
 * persons, and one that is both is not drawn twice. */
static struct ddg_text drawn_name(const struct streaming *s, size_t column)
{
    struct ddg_text name = ddg_csv_name(s->csv, column);

    return ddg_is_companion_name(name) ? ddg_text_of("count") : name;
}

static enum ddg_error round_count(struct streaming *s, const struct ddg_record *record,
                                  size_t column, uint64_t count)
{
    char room[DDG_UNSIGNED_ROOM];
    uint64_t rounded, draw = 0;
    enum ddg_error error = DDG_OK;

    if (s->rounds->key)
        error = ddg_key_draw(s->rounds->key, drawn_name(s, column), s->trait, s->traits,
                             s->rounds->base, &s->room, &draw, s->context);
    if (error)
        return error;
    if (!ddg_round(s->rounds->method, count, s->rounds->base, draw, &rounded))
        return ddg_csv_fail(s->csv, record->line, column, s->context, "too large to be rounded");
    ddg_output_field(s->output, ddg_format_unsigned(rounded, room));
    return DDG_OK;
}

static enum ddg_error round_field(struct streaming *s, const struct ddg_record *record,
                                  size_t column)
{
    struct ddg_text annotation = {NULL, 0}, field = record->field[column];
    struct ddg_count count;
    const char *what;

    if (s->rounded[column].annotation != DDG_NO_COLUMN)
        annotation = record->field[s->rounded[column].annotation];
    if (!ddg_count_parse(s->description, field, annotation, &count, &what))
        return ddg_csv_fail(s->csv, record->line, column, s->context, what);
    if (count.state == DDG_BLANK)
        return ddg_csv_fail(s->csv, record->line, column, s->context,
                            "blank, and no annotation says why");
    if (s->verdicts.mask != DDG_NO_COLUMN &&
        !ddg_verdict_allows(&s->verdicts, record->field[s->verdicts.mask], &count,
                            s->description->threshold))
        return ddg_csv_fail(s->csv, record->line, s->verdicts.mask, s->context,
                            DDG_VERDICTS_FORBID);
    if (count.state == DDG_SHOWN)
        return round_count(s, record, column, count.value);
    ddg_output_field(s->output, field);
    return DDG_OK;
}

static enum ddg_error round_record(struct streaming *s, const struct ddg_record *record)
{
    enum ddg_error error = DDG_OK;

    if (s->rounds->key)
        read_traits(s, record);
    for (size_t i = 0; !error && i < s->columns; i++) {
        if (s->is_count[i])
            error = round_field(s, record, i);
        else if (!s->verdicts.dropped[i])
            ddg_output_field(s->output, record->field[i]);
    }
    return error ? error : ddg_output_end(s->output);
}

static enum ddg_error round_records(struct streaming *s)
{
    bool more = true;
    enum ddg_error error;

    for (size_t i = 0; i < s->columns; i++)
        if (!s->verdicts.dropped[i])
            ddg_output_field(s->output, ddg_csv_name(s->csv, i));
    error = ddg_output_end(s->output);
    while (!error && more) {
        struct ddg_record record;

        error = ddg_csv_next(s->csv, &record, &more, s->context);
        if (!error && more)
            error = round_record(s, &record);
    }
    return error;
}

enum ddg_error ddg_round_stream(struct ddg_output *output, const struct ddg_rounds *rounds,
                                const struct ddg_description *description, const char *const *paths,
                                size_t path_count, struct ddg_context *context)
{
    struct ddg_csv_options options = {.delimiter = description->delimiter,
                                      .loose_names = description->loose};
    struct streaming s = {
        .rounds = rounds, .description = description, .output = output, .context = context};
    struct ddg_roles roles;
    enum ddg_error error = ddg_csv_open(&s.csv, paths, path_count, &options, context);

    if (!error) {
        s.columns = ddg_csv_columns(s.csv);
        error = find_roles(&s, &roles);
    }
    if (!error)
        error = find_counts(&s, &roles);
    if (!error)
        error = find_traits(&s, &roles);
    if (!error)
        error = round_records(&s);
    ddg_csv_close(s.csv);
    ddg_verdicts_free(&s.verdicts);
    ddg_arena_free(&s.arena);
    free(s.room.bytes);
    return error;
}
