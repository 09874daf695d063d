#include "score/gazetteer.h"

#include "base/number.h"
#include "csv/reader.h"
#include "score/data.h"

#include <stdlib.h>

enum { NAME, CODE, PEOPLE, STATE = 6, COUNTIES = 1000 };

static enum ddg_error keep(struct ddg_gazetteer *g, const struct ddg_csv *csv,
                           const struct ddg_record *record, struct ddg_context *context)
{
    struct ddg_place_entry *place;
    enum ddg_error error = ddg_grow(&g->place, &g->room, g->places + 1, sizeof *g->place, context);

    if (error)
        return error;
    place = &g->place[g->places++];
    place->name = ddg_arena_copy(&g->arena, record->field[NAME], context);
    if (!place->name.at)
        return DDG_MEMORY;
    if (!ddg_parse_unsigned(record->field[CODE], &place->code) ||
        !ddg_parse_unsigned(record->field[PEOPLE], &place->people))
        return ddg_csv_fail(csv, record->line, PEOPLE, context, "not a whole number");
    return DDG_OK;
}

enum ddg_error ddg_gazetteer_read(struct ddg_gazetteer *g, struct ddg_context *context)
{
    const char *paths[] = {"population-2020.csv"};
    struct ddg_csv_options options = {.delimiter = ',',
                                      .held = ddg_text_of(ddg_data_population_2020)};
    struct ddg_csv *csv = NULL;
    struct ddg_record record;
    bool more = true;
    enum ddg_error error = ddg_csv_open(&csv, paths, 1, &options, context);

    *g = (struct ddg_gazetteer){0};
    while (!error && more)
        if (!(error = ddg_csv_next(csv, &record, &more, context)) && more)
            error = keep(g, csv, &record, context);
    ddg_csv_close(csv);
    return error;
}

static const struct ddg_place_entry *find_code(const struct ddg_gazetteer *g, struct ddg_text label,
                                               uint64_t code, bool fips)
{
    if (code > STATE * COUNTIES && label.length != 5 && label.length != 4)
        return NULL;
    if (code < COUNTIES && !fips)
        return NULL;
    if (code < COUNTIES && !(label.length == 2 && code == STATE))
        code += STATE * COUNTIES;
    for (size_t i = 0; i < g->places; i++)
        if (g->place[i].code == code)
            return &g->place[i];
    return NULL;
}

const struct ddg_place_entry *ddg_gazetteer_find(const struct ddg_gazetteer *g,
                                                 struct ddg_text label, bool fips)
{
    static const char *const suffix[] = {" County", ", CA", ", California"};
    uint64_t code;

    label = ddg_text_trim(label);
    if (ddg_parse_unsigned(label, &code))
        return find_code(g, label, code, fips);
    for (size_t i = sizeof suffix / sizeof *suffix; i-- > 0;) {
        size_t length = strlen(suffix[i]);

        if (label.length > length &&
            ddg_text_alike((struct ddg_text){label.at + label.length - length, length},
                           ddg_text_of(suffix[i])))
            label.length -= length;
    }
    if (ddg_text_alike(label, ddg_text_of("CA")) ||
        ddg_text_alike(label, ddg_text_of("Statewide")) ||
        ddg_text_alike(label, ddg_text_of("State of California")))
        return &g->place[0];
    for (size_t i = 0; i < g->places; i++)
        if (ddg_text_alike(label, g->place[i].name))
            return &g->place[i];
    return NULL;
}

void ddg_gazetteer_free(struct ddg_gazetteer *g)
{
    free(g->place);
    ddg_arena_free(&g->arena);
    *g = (struct ddg_gazetteer){0};
}
