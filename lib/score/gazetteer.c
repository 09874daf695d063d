#include "score/gazetteer.h"

#include "base/number.h"
#include "csv/reader.h"
#include "rules/words.h"
#include "score/data.h"

#include <stdio.h>
#include <stdlib.h>

enum { NAME, CODE, PEOPLE, SHARED, STATE = 6, COUNTIES = 1000 };

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
    place->shared = ddg_text_is(record->field[SHARED], "yes");
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

static const struct ddg_place_entry *find_code(const struct ddg_gazetteer *g, uint64_t code)
{
    for (size_t i = 0; i < g->places; i++)
        if (g->place[i].code == code)
            return &g->place[i];
    return NULL;
}

const struct ddg_place_entry *ddg_gazetteer_code(const struct ddg_gazetteer *g,
                                                 struct ddg_text label, bool fips)
{
    const struct ddg_place_entry *of_fips, *of_alphabet;
    uint64_t code;

    label = ddg_text_trim(label);
    if (!ddg_parse_unsigned(label, &code) || label.length > 3 || code == 0)
        return NULL;
    if (fips && label.length == 2 && code == STATE)
        return &g->place[0];
    of_fips = find_code(g, STATE * COUNTIES + code);
    if (fips || label.length == 3)
        return of_fips;
    /* the codes of counties are odd and in the order of their names */
    of_alphabet = find_code(g, STATE * COUNTIES + 2 * code - 1);
    if (!of_fips || !of_alphabet)
        return of_fips ? of_fips : of_alphabet;
    return of_fips->people < of_alphabet->people ? of_fips : of_alphabet;
}

/* Takes a word or two off the end of words, or off their start; false where they are not there. */
static bool take_off(char *words, const char *phrase, bool from_start)
{
    size_t length = strlen(words), off = strlen(phrase);

    if (length <= off || strncmp(from_start ? words : words + length - off, phrase, off) != 0)
        return false;
    if (from_start)
        memmove(words, words + off - 1, length - off + 2);
    else
        words[length - off + 1] = '\0';
    return true;
}

const struct ddg_place_entry *ddg_gazetteer_find(const struct ddg_gazetteer *g,
                                                 struct ddg_text label, enum ddg_place_label *how)
{
    static const char *const state[] = {" california ", " ca ", " statewide ",
                                        " state of california ", NULL};
    char words[DDG_WORDS_ROOM], name[DDG_WORDS_ROOM];
    uint64_t code;
    bool sure;

    label = ddg_text_trim(label);
    *how = DDG_PLACE_SURE;
    if (ddg_parse_unsigned(label, &code)) {
        *how = label.length < 4 ? DDG_PLACE_DIGITS : DDG_PLACE_SURE;
        return label.length == 4 || label.length == 5 ? find_code(g, code) : NULL;
    }
    ddg_words_of(label, words);
    for (const char *const *each = state; *each; each++)
        if (strcmp(words, *each) == 0)
            return &g->place[0];
    (void)(take_off(words, " california ", false) || take_off(words, " ca ", false));
    sure = take_off(words, " county ", false) || take_off(words, " co ", false) ||
           take_off(words, " county of ", true);
    *how = sure ? DDG_PLACE_SURE : DDG_PLACE_NAME;
    for (size_t i = 1; i < g->places; i++) {
        ddg_words_of(g->place[i].name, name);
        if (strcmp(words, name) == 0)
            return &g->place[i];
    }
    return NULL;
}

void ddg_gazetteer_free(struct ddg_gazetteer *g)
{
    free(g->place);
    ddg_arena_free(&g->arena);
    *g = (struct ddg_gazetteer){0};
}
