#include "group/persons.h"

#include <assert.h>
#include <stdlib.h>

/* A hash of 64 bits sorts so often; what is together then stays so. */
enum { LEVELS_MOST = 64 / DDG_SPILL_PART_BITS };

/* What precedes each person in a part; the bytes of the identifier and then the cells follow. */
struct header {
    size_t length, cells;
};

static enum ddg_error start(struct ddg_persons *persons, struct ddg_hash_key key, size_t memory,
                            unsigned level, struct ddg_context *context)
{
    *persons = (struct ddg_persons){.memory = memory, .level = level, .key = key};
    return ddg_roster_init(&persons->roster, key, context);
}

enum ddg_error ddg_persons_init(struct ddg_persons *persons, struct ddg_context *context)
{
    return start(persons, ddg_hash_key_new(), SIZE_MAX, 0, context);
}

static enum ddg_error spill_person(struct ddg_persons *persons, size_t number,
                                   struct ddg_context *context)
{
    struct ddg_text identifier = ddg_roster_identifier(&persons->roster, number, persons->room);
    unsigned used = (persons->level + 1) * DDG_SPILL_PART_BITS;
    size_t part = ddg_roster_hash(&persons->roster, number) >> (64 - used) & (DDG_SPILL_PARTS - 1);
    struct header header = {.length = identifier.length};
    const uint32_t *cells;
    enum ddg_error error =
        ddg_roster_cells(&persons->roster, number, &cells, &header.cells, context);

    if (error ||
        (error = ddg_spill_write(&persons->spill, part, &header, sizeof header, context)) ||
        (error = ddg_spill_write(&persons->spill, part, identifier.at, header.length, context)))
        return error;
    return ddg_spill_write(&persons->spill, part, cells, header.cells * sizeof *cells, context);
}

static enum ddg_error spill_all(struct ddg_persons *persons, struct ddg_context *context)
{
    enum ddg_error error = DDG_OK;

    if (!persons->spilled) {
        persons->spilled = true;
        error = ddg_spill_init(&persons->spill, persons->memory, context);
    }
    for (size_t number = 0; !error && number < persons->roster.count; number++)
        error = spill_person(persons, number, context);
    ddg_roster_clear(&persons->roster);
    return error;
}

/* One person is never spilled: that would gain nothing. */
static enum ddg_error make_room(struct ddg_persons *persons, size_t count,
                                struct ddg_context *context)
{
    bool full = ddg_roster_bytes(&persons->roster, count) > persons->memory ||
                persons->roster.count + count > DDG_ROSTER_MOST;
    enum ddg_error error = DDG_OK;

    if (full && persons->roster.count > 1 && persons->level < LEVELS_MOST)
        error = spill_all(persons, context);
    return error ? error : ddg_roster_make_room(&persons->roster, count, context);
}

enum ddg_error ddg_persons_add_all(struct ddg_persons *persons, const struct ddg_text *identifier,
                                   size_t stride, const uint32_t *cell, size_t count,
                                   struct ddg_context *context)
{
    enum ddg_error error = make_room(persons, count, context);

    assert(!persons->ended);
    if (error)
        return error;
    return ddg_roster_add(&persons->roster, identifier, stride, cell, count, context);
}

enum ddg_error ddg_persons_add(struct ddg_persons *persons, struct ddg_text identifier,
                               uint32_t cell, struct ddg_context *context)
{
    char room[DDG_SHORT_TEXT_MOST] = {0};

    if (identifier.length < sizeof room) {
        if (identifier.length > 0)
            memcpy(room, identifier.at, identifier.length);
        identifier.at = room;
    }
    return ddg_persons_add_all(persons, &identifier, 1, &cell, 1, context);
}

enum ddg_error ddg_persons_end(struct ddg_persons *persons, struct ddg_context *context)
{
    enum ddg_error error;

    persons->ended = true;
    if (!persons->spilled)
        return DDG_OK;
    if ((error = spill_all(persons, context)))
        return error;
    ddg_roster_free(&persons->roster);
    return ddg_spill_end(&persons->spill, context);
}

static void free_part(struct ddg_persons *persons)
{
    if (persons->part)
        ddg_persons_free(persons->part);
    free(persons->part);
    persons->part = NULL;
}

void ddg_persons_rewind(struct ddg_persons *persons)
{
    assert(persons->ended);
    free_part(persons);
    persons->next_part = 0;
    persons->at = 0;
}

/* Adds the next person of the part that the spill is open at. */
static enum ddg_error take_person(struct ddg_persons *persons, char **bytes, size_t *room,
                                  bool *more, struct ddg_context *context)
{
    uint32_t cell[DDG_PERSONS_BATCH];
    struct header header;
    struct ddg_text identifier;
    bool whole;
    enum ddg_error error = ddg_spill_read(&persons->spill, &header, sizeof header, more, context);

    if (error || !*more)
        return error;
    if ((error = ddg_grow(bytes, room, header.length + DDG_SHORT_TEXT_MOST, 1, context)) ||
        (error = ddg_spill_read(&persons->spill, *bytes, header.length, &whole, context)))
        return error;
    identifier = (struct ddg_text){*bytes, header.length};
    while (!error && header.cells > 0) {
        size_t now = header.cells < DDG_PERSONS_BATCH ? header.cells : DDG_PERSONS_BATCH;

        error = ddg_spill_read(&persons->spill, cell, now * sizeof *cell, &whole, context);
        if (!error)
            error = ddg_persons_add_all(persons->part, &identifier, 0, cell, now, context);
        header.cells -= now;
    }
    return error;
}

/* Reads the next part. */
static enum ddg_error next_part(struct ddg_persons *persons, struct ddg_context *context)
{
    char *bytes = NULL;
    size_t room = 0;
    bool more = true;
    enum ddg_error error;

    free_part(persons);
    if ((error = ddg_allocate(&persons->part, 1, sizeof *persons->part, context)) ||
        (error = start(persons->part, persons->key, persons->memory, persons->level + 1, context)))
        return error;
    ddg_spill_open(&persons->spill, persons->next_part++);
    while (!error && more)
        error = take_person(persons, &bytes, &room, &more, context);
    free(bytes);
    if (!error && !(error = ddg_persons_end(persons->part, context)))
        ddg_persons_rewind(persons->part);
    return error;
}

static enum ddg_error next_spilled(struct ddg_persons *persons, const uint32_t **cells,
                                   size_t *count, bool *more, struct ddg_context *context)
{
    enum ddg_error error = DDG_OK;

    for (;;) {
        if (persons->part) {
            error = ddg_persons_next(persons->part, cells, count, more, context);
            if (error || *more)
                return error;
        }
        if (persons->next_part == DDG_SPILL_PARTS) {
            free_part(persons);
            *more = false;
            return DDG_OK;
        }
        if ((error = next_part(persons, context)))
            return error;
    }
}

enum ddg_error ddg_persons_next(struct ddg_persons *persons, const uint32_t **cells, size_t *count,
                                bool *more, struct ddg_context *context)
{
    if (persons->spilled)
        return next_spilled(persons, cells, count, more, context);
    *more = persons->at < persons->roster.count;
    return *more ? ddg_roster_cells(&persons->roster, persons->at++, cells, count, context)
                 : DDG_OK;
}

struct ddg_text ddg_persons_identifier(struct ddg_persons *persons)
{
    if (persons->part)
        return ddg_persons_identifier(persons->part);
    return ddg_roster_identifier(&persons->roster, persons->at - 1, persons->room);
}

void ddg_persons_free(struct ddg_persons *persons)
{
    free_part(persons);
    ddg_roster_free(&persons->roster);
    ddg_spill_free(&persons->spill);
    *persons = (struct ddg_persons){0};
}
