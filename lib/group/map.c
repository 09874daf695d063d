#include "group/map.h"

#include "base/number.h"
#include "csv/reader.h"

#include <stdlib.h>

static enum ddg_error add_pair(struct ddg_map *map, struct ddg_text value, struct ddg_text label,
                               const char *path, uint64_t line, struct ddg_context *context)
{
    uint32_t known = map->value.count, number;
    struct ddg_text copy;
    enum ddg_error error = ddg_names_add(&map->value, value, &number, context);

    if (error)
        return error;
    if (number < known)
        return ddg_fail_at(context, DDG_INPUT, path, line, NULL, "a value that stands here twice");
    error = ddg_grow(&map->label, &map->capacity, map->value.count, sizeof *map->label, context);
    if (error)
        return error;
    copy = ddg_arena_copy(&map->arena, label, context);
    map->label[number] = copy;
    return copy.at ? DDG_OK : DDG_MEMORY;
}

static enum ddg_error read_pairs(struct ddg_map *map, struct ddg_csv *csv, const char *path,
                                 struct ddg_context *context)
{
    struct ddg_text first, second;
    struct ddg_record record;
    enum ddg_error error;
    bool more;

    if (ddg_csv_columns(csv) != 2)
        return ddg_fail_at(context, DDG_INPUT, path, 1, NULL,
                           "a map has two columns, value and label");
    first = ddg_csv_name(csv, 0);
    second = ddg_csv_name(csv, 1);
    if (!ddg_text_is(first, "value") || !ddg_text_is(second, "label")) {
        error = add_pair(map, first, second, path, 1, context);
        if (error)
            return error;
    }
    while (!(error = ddg_csv_next(csv, &record, &more, context)) && more)
        if ((error = add_pair(map, record.field[0], record.field[1], path, record.line, context)))
            break;
    return error;
}

enum ddg_error ddg_map_read(struct ddg_map *map, const char *path, struct ddg_context *context)
{
    const struct ddg_csv_options options = {.delimiter = ','};
    struct ddg_csv *csv = NULL;
    enum ddg_error error;

    *map = (struct ddg_map){0};
    ddg_names_init(&map->value);
    error = ddg_csv_open(&csv, &path, 1, &options, context);
    if (!error)
        error = read_pairs(map, csv, path, context);
    ddg_csv_close(csv);
    return error;
}

bool ddg_map_find(const struct ddg_map *map, struct ddg_text value, struct ddg_text *label)
{
    uint32_t number = ddg_names_find(&map->value, value);

    if (number == DDG_NO_NAME)
        return false;
    *label = map->label[number];
    return true;
}

static void digest_text(struct ddg_digest *digest, struct ddg_text text)
{
    char room[DDG_UNSIGNED_ROOM];
    struct ddg_text length = ddg_format_unsigned(text.length, room);

    /* with its length and a NUL in front, so that no two lists of texts are the same bytes */
    ddg_digest_add(digest, length.at, length.length + 1);
    ddg_digest_add(digest, text.at, text.length);
}

void ddg_map_digest(const struct ddg_map *map, char room[DDG_DIGEST_ROOM])
{
    struct ddg_digest digest;

    ddg_digest_init(&digest);
    for (uint32_t i = 0; i < map->value.count; i++) {
        digest_text(&digest, map->value.text[i]);
        digest_text(&digest, map->label[i]);
    }
    ddg_digest_text(&digest, room);
}

void ddg_map_free(struct ddg_map *map)
{
    ddg_names_free(&map->value);
    free(map->label);
    ddg_arena_free(&map->arena);
    *map = (struct ddg_map){0};
}
