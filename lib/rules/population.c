#include "rules/population.h"

#include "base/number.h"
#include "csv/reader.h"

#include <stdlib.h>

/* The populations of a file, keyed by the labels of the dimensions that it has. */
struct ddg_registry {
    const struct ddg_dimension *all; /* of the table */
    size_t all_count;
    bool nested; /* some have several columns */
    const struct ddg_description *description;
    struct ddg_context *context;
    size_t *dimension; /* of the table: those that the file has */
    size_t dimensions;
    struct match {
        size_t dimension, level, column; /* of the file */
        struct ddg_names label;          /* what stands in it */
    } * match;                           /* columns of the file, by dimension and level */
    size_t matches;
    size_t population;     /* column of the file */
    struct ddg_names keys; /* labels, each ended by a byte that joins no others */
    uint64_t *people;
    size_t people_room;
    uint32_t *category; /* of each of `dimension`: whose population is wanted */
    char *key;          /* under construction */
    size_t key_used, key_room;
};

enum { KEY_END = 0x1e };

static enum ddg_error add_to_key(struct ddg_registry *r, struct ddg_text label)
{
    enum ddg_error error =
        ddg_grow(&r->key, &r->key_room, r->key_used + label.length + 1, 1, r->context);

    if (error)
        return error;
    if (label.length > 0)
        memcpy(r->key + r->key_used, label.at, label.length);
    r->key_used += label.length;
    r->key[r->key_used++] = KEY_END;
    return DDG_OK;
}

static size_t find_column(const struct ddg_csv *csv, struct ddg_text name)
{
    for (size_t i = 0; i < ddg_csv_columns(csv); i++)
        if (ddg_text_equal(ddg_csv_name(csv, i), name))
            return i;
    return DDG_NO_COLUMN;
}

/* The file has a dimension when it has the column of its lowest level: a region's population is not
 * that of its counties. */
static enum ddg_error match_columns(struct ddg_registry *r, const struct ddg_csv *csv)
{
    enum ddg_error error;

    if ((error = ddg_csv_find(csv, ddg_text_of("population"), &r->population, r->context)))
        return error;
    for (size_t d = 0; d < r->all_count; d++) {
        const struct ddg_dimension *dimension = &r->all[d];

        if (find_column(csv, dimension->level[dimension->levels - 1].name) == DDG_NO_COLUMN)
            continue;
        r->dimension[r->dimensions++] = d;
        for (size_t i = 0; i < dimension->levels; i++) {
            size_t column = find_column(csv, dimension->level[i].name);

            if (column == DDG_NO_COLUMN)
                continue;
            ddg_names_init(&r->match[r->matches].label);
            r->match[r->matches].dimension = r->dimensions - 1;
            r->match[r->matches].level = i;
            r->match[r->matches++].column = column;
        }
    }
    if (r->dimensions == 0)
        return ddg_fail(r->context, DDG_USAGE, "%s: no column is a dimension of the table%s",
                        ddg_csv_file(csv),
                        r->nested ? " (of nested columns the lowest is wanted)" : "");
    return DDG_OK;
}

static enum ddg_error keep_record(struct ddg_registry *r, const struct ddg_csv *csv,
                                  const struct ddg_record *record)
{
    uint32_t before = r->keys.count, key;
    enum ddg_error error = DDG_OK;
    uint64_t people;

    if (!ddg_description_number(r->description, record->field[r->population], &people))
        return ddg_csv_fail(csv, record->line, r->population, r->context, "not a whole number");
    r->key_used = 0;
    for (size_t i = 0; !error && i < r->matches; i++) {
        struct match *match = &r->match[i];
        const struct ddg_level *level = &r->all[r->dimension[match->dimension]].level[match->level];
        struct ddg_text label = ddg_level_meaning(level, record->field[match->column]);
        uint32_t number;

        if (!(error = add_to_key(r, label)))
            error = ddg_names_add(&match->label, label, &number, r->context);
    }
    if (error ||
        (error =
             ddg_names_add(&r->keys, (struct ddg_text){r->key, r->key_used}, &key, r->context)) ||
        (error =
             ddg_grow(&r->people, &r->people_room, r->keys.count, sizeof *r->people, r->context)))
        return error;
    if (r->keys.count == before)
        return ddg_csv_fail(csv, record->line, r->population, r->context,
                            "a second population for the same cells: has the file a dimension "
                            "that the table lacks?");
    r->people[key] = people;
    return DDG_OK;
}

/* The match of a dimension's lowest level; NULL where the file does not have the dimension. */
static const struct match *match_of(const struct ddg_registry *r, size_t dimension)
{
    for (size_t i = r->matches; i-- > 0;)
        if (r->dimension[r->match[i].dimension] == dimension)
            return &r->match[i];
    return NULL;
}

bool ddg_registry_lacks(const struct ddg_registry *r, size_t dimension, uint32_t category)
{
    const struct match *match = match_of(r, dimension);

    return match && ddg_names_find(&match->label, ddg_dimension_label(&r->all[dimension], category,
                                                                      match->level)) == DDG_NO_NAME;
}

/* A file of other places, or with other spellings, would fail every cell. */
static enum ddg_error check_any(const struct ddg_registry *r, const char *path)
{
    if (r->keys.count == 0)
        return ddg_fail(r->context, DDG_INPUT, "%s: there is no row with a population", path);
    for (size_t i = 0; i < r->dimensions; i++) {
        const struct ddg_dimension *d = &r->all[r->dimension[i]];
        const struct match *match = match_of(r, r->dimension[i]);
        bool any = d->category.count <= 1;
        struct ddg_text first = match->label.text[0];

        for (uint32_t c = 0; !any && c < d->category.count; c++)
            any = !ddg_registry_lacks(r, r->dimension[i], c);
        if (any)
            continue;
        return ddg_fail(r->context, DDG_INPUT,
                        "%s: column '%.*s' has no category of the table's: are they spelled alike? "
                        "The file's first is '%.*s'",
                        path, (int)d->level[match->level].name.length,
                        d->level[match->level].name.at, (int)first.length, first.at);
    }
    return DDG_OK;
}

static enum ddg_error read_register(struct ddg_registry *r, const char *path)
{
    const char *paths[] = {path};
    struct ddg_csv_options options = {.delimiter = ',', .loose_names = r->description->loose};
    struct ddg_csv *csv = NULL;
    bool more = true;
    enum ddg_error error = ddg_csv_open(&csv, paths, 1, &options, r->context);

    if (!error)
        error = match_columns(r, csv);
    while (!error && more) {
        struct ddg_record record;

        error = ddg_csv_next(csv, &record, &more, r->context);
        if (!error && more)
            error = keep_record(r, csv, &record);
    }
    ddg_csv_close(csv);
    return error ? error : check_any(r, path);
}

/* Looks r->category up; where the file has no such row, adds up the children of its first category
 * that has any.  *found is false when some part is not found. */
static enum ddg_error look_up(struct ddg_registry *r, uint64_t *people, bool *found)
{
    enum ddg_error error = DDG_OK;
    uint32_t key;

    r->key_used = 0;
    for (size_t i = 0; !error && i < r->matches; i++) {
        const struct match *match = &r->match[i];

        error = add_to_key(r, ddg_dimension_label(&r->all[r->dimension[match->dimension]],
                                                  r->category[match->dimension], match->level));
    }
    if (error)
        return error;
    key = ddg_names_find(&r->keys, (struct ddg_text){r->key, r->key_used});
    *found = key != DDG_NO_NAME;
    if (*found)
        *people = r->people[key];
    for (size_t i = 0; !*found && i < r->dimensions; i++) {
        const struct ddg_dimension *d = &r->all[r->dimension[i]];
        uint32_t parent = r->category[i];

        if (d->height[parent] == 0)
            continue;
        *people = 0;
        *found = true;
        for (uint32_t child = 0; !error && *found && child < d->category.count; child++) {
            uint64_t part;

            if (d->parent[child] != parent)
                continue;
            r->category[i] = child;
            error = look_up(r, &part, found);
            *found = !error && *found && ddg_add_unsigned(people, part);
        }
        r->category[i] = parent;
        break;
    }
    return error;
}

enum ddg_error ddg_registry_open(struct ddg_registry **registry,
                                 const struct ddg_dimension *dimension, size_t dimensions,
                                 const struct ddg_description *description, const char *path,
                                 struct ddg_context *context)
{
    struct ddg_registry *r;
    enum ddg_error error = ddg_allocate(registry, 1, sizeof **registry, context);
    size_t columns = 0;

    if (error)
        return error;
    r = *registry;
    *r = (struct ddg_registry){
        .all = dimension, .all_count = dimensions, .description = description, .context = context};
    ddg_names_init(&r->keys);
    for (size_t d = 0; d < dimensions; d++)
        columns += dimension[d].levels;
    r->nested = columns > dimensions;
    if ((error = ddg_allocate(&r->dimension, dimensions, sizeof *r->dimension, context)) ||
        (error = ddg_allocate(&r->match, columns, sizeof *r->match, context)) ||
        (error = ddg_allocate(&r->category, dimensions, sizeof *r->category, context)))
        return error;
    return read_register(r, path);
}

enum ddg_error ddg_registry_find(struct ddg_registry *r, const uint32_t *category, uint64_t *people,
                                 bool *found)
{
    for (size_t i = 0; i < r->dimensions; i++)
        r->category[i] = category[r->dimension[i]];
    return look_up(r, people, found);
}

bool ddg_registry_has(const struct ddg_registry *r, size_t dimension)
{
    for (size_t i = 0; i < r->dimensions; i++)
        if (r->dimension[i] == dimension)
            return true;
    return false;
}

void ddg_registry_close(struct ddg_registry *r)
{
    if (!r)
        return;
    for (size_t i = 0; i < r->matches; i++)
        ddg_names_free(&r->match[i].label);
    free(r->dimension);
    free(r->match);
    free(r->key);
    free(r->category);
    free(r->people);
    ddg_names_free(&r->keys);
    free(r);
}
