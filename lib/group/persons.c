#define _GNU_SOURCE /* qsort_r */
#include "group/persons.h"

#include <assert.h>
#include <stdlib.h>

/* A hash of 64 bits sorts so often; what is together then stays so. */
enum { LEVELS_MOST = 64 / DDG_SPILL_PART_BITS };

/* Where a person of the roster stands among them. */
struct ddg_persons_place {
    uint64_t hash;
    size_t number;
};

/* What precedes each person in a part; the bytes of the identifier and then the cells follow. */
struct header {
    size_t length, cells;
};

enum ddg_error ddg_persons_init(struct ddg_persons *persons, struct ddg_context *context)
{
    *persons = (struct ddg_persons){.memory = SIZE_MAX, .key = ddg_hash_key_new()};
    return ddg_roster_init(&persons->roster, persons->key, context);
}

/* The persons of a part of those that were spilled. */
static enum ddg_error start_part(struct ddg_persons *part, const struct ddg_persons *whole,
                                 struct ddg_context *context)
{
    *part = (struct ddg_persons){.memory = whole->memory,
                                 .ordered = whole->ordered,
                                 .level = whole->level + 1,
                                 .key = whole->key};
    return ddg_roster_init(&part->roster, part->key, context);
}

/* What persons are sorted by, into parts and, where they are ordered, in memory: in every run the
 * same then, at the price that somebody who chooses identifiers could have all of them in one part.
 */
static uint64_t hash_of(const struct ddg_persons *persons, size_t number,
                        struct ddg_text identifier)
{
    static const struct ddg_hash_key known = {0, 0};

    return persons->ordered ? ddg_hash_bytes(&known, identifier.at, identifier.length)
                            : ddg_roster_hash(&persons->roster, number);
}

static enum ddg_error spill_person(struct ddg_persons *persons, size_t number,
                                   struct ddg_context *context)
{
    struct ddg_text identifier = ddg_roster_identifier(&persons->roster, number, persons->room);
    unsigned used = (persons->level + 1) * DDG_SPILL_PART_BITS;
    size_t part = hash_of(persons, number, identifier) >> (64 - used) & (DDG_SPILL_PARTS - 1);
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

/* Bytes that persons take with `more` of them. */
static size_t bytes_of(const struct ddg_persons *persons, size_t more)
{
    /* once, and once more while they are sorted */
    size_t places = persons->ordered ? 2 * (persons->roster.count + more) : 0;

    return ddg_roster_bytes(&persons->roster, more) + places * sizeof *persons->place;
}

/* One person is never spilled: that would gain nothing. */
static enum ddg_error make_room(struct ddg_persons *persons, size_t count,
                                struct ddg_context *context)
{
    bool full = bytes_of(persons, count) > persons->memory ||
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

static int compare_places(const void *a, const void *b, void *data)
{
    const struct ddg_persons_place *x = a, *y = b;
    const struct ddg_persons *persons = data;
    char room[2][DDG_SHORT_TEXT_MOST];

    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    return ddg_text_compare(ddg_roster_identifier(&persons->roster, x->number, room[0]),
                            ddg_roster_identifier(&persons->roster, y->number, room[1]));
}

static enum ddg_error put_in_order(struct ddg_persons *persons, struct ddg_context *context)
{
    size_t count = persons->roster.count;
    enum ddg_error error = ddg_allocate(&persons->place, count, sizeof *persons->place, context);

    if (error)
        return error;
    for (size_t i = 0; i < count; i++) {
        char room[DDG_SHORT_TEXT_MOST];
        struct ddg_text identifier = ddg_roster_identifier(&persons->roster, i, room);

        persons->place[i] = (struct ddg_persons_place){hash_of(persons, i, identifier), i};
    }
    qsort_r(persons->place, count, sizeof *persons->place, compare_places, persons);
    return DDG_OK;
}

enum ddg_error ddg_persons_end(struct ddg_persons *persons, struct ddg_context *context)
{
    enum ddg_error error;

    persons->ended = true;
    if (!persons->spilled)
        return persons->ordered ? put_in_order(persons, context) : DDG_OK;
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
        (error = start_part(persons->part, persons, context)))
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

/* The number of the person of the roster who was read last. */
static size_t number_read(const struct ddg_persons *persons)
{
    return persons->ordered ? persons->place[persons->at - 1].number : persons->at - 1;
}

enum ddg_error ddg_persons_next(struct ddg_persons *persons, const uint32_t **cells, size_t *count,
                                bool *more, struct ddg_context *context)
{
    if (persons->spilled)
        return next_spilled(persons, cells, count, more, context);
    *more = persons->at < persons->roster.count;
    if (!*more)
        return DDG_OK;
    persons->at++;
    return ddg_roster_cells(&persons->roster, number_read(persons), cells, count, context);
}

struct ddg_text ddg_persons_identifier(struct ddg_persons *persons)
{
    if (persons->part)
        return ddg_persons_identifier(persons->part);
    return ddg_roster_identifier(&persons->roster, number_read(persons), persons->room);
}

void ddg_persons_free(struct ddg_persons *persons)
{
    free_part(persons);
    ddg_roster_free(&persons->roster);
    ddg_spill_free(&persons->spill);
    free(persons->place);
    *persons = (struct ddg_persons){0};
}
