#define _GNU_SOURCE /* mempcpy */
#include "group/recoding.h"

#include "base/digest.h"
#include "base/number.h"
#include "group/date.h"
#include "group/map.h"

#include <inttypes.h>
#include <stdio.h>

/* An entry of the table.  `prepare` checks the arguments and makes the state; NULL where there are
 * none.  `apply` is ddg_recoding_apply(): it is done with `value` before it writes to `room`. */
struct ddg_recoding {
    const char *name;
    const char *form;    /* for messages */
    size_t fewest, most; /* arguments */
    enum ddg_error (*prepare)(const struct ddg_list *arguments, struct ddg_arena *arena,
                              void **state, struct ddg_context *context);
    const char *(*apply)(const void *state, struct ddg_text value, char *room,
                         struct ddg_text *label);
    void (*release)(void *state); /* NULL when the arena owns all of the state */
    /* Writes what stands for the arguments in the step's text; NULL where they do themselves. */
    void (*digest)(const void *state, char room[DDG_DIGEST_ROOM]);
};

struct numbers {
    size_t count;
    uint64_t number[];
};

/* A whole number, or all from one on: "90+". */
struct range {
    uint64_t from;
    bool open;
};

/* "10-19", which a recoding may have made. */
static bool is_band(struct ddg_text value)
{
    const char *dash = value.length > 0 ? memchr(value.at, '-', value.length) : NULL;
    size_t before = dash ? (size_t)(dash - value.at) : 0;
    uint64_t number;

    return before > 0 && ddg_parse_unsigned((struct ddg_text){value.at, before}, &number) &&
           ddg_parse_unsigned((struct ddg_text){dash + 1, value.length - before - 1}, &number);
}

static const char *read_range(struct ddg_text value, struct range *range)
{
    if (is_band(value))
        return "a band, not a whole number (what makes bands comes last: topcode(90):width(10))";
    range->open = value.length > 1 && value.at[value.length - 1] == '+';
    if (range->open)
        value.length--;
    return ddg_parse_unsigned(value, &range->from) ? NULL : "not a whole number";
}

static struct ddg_text write_number(char *room, uint64_t number, const char *behind)
{
    int length = snprintf(room, DDG_LABEL_ROOM, "%" PRIu64 "%s", number, behind);

    return (struct ddg_text){room, (size_t)length};
}

static struct ddg_text write_band(char *room, uint64_t from, uint64_t to)
{
    int length;

    if (from == to)
        return write_number(room, from, "");
    length = snprintf(room, DDG_LABEL_ROOM, "%" PRIu64 "-%" PRIu64, from, to);
    return (struct ddg_text){room, (size_t)length};
}

static enum ddg_error prepare_numbers(const struct ddg_list *arguments, struct ddg_arena *arena,
                                      void **state, struct ddg_context *context)
{
    struct numbers *numbers =
        ddg_arena_allocate(arena, sizeof *numbers + arguments->count * sizeof(uint64_t), context);

    if (!numbers)
        return DDG_MEMORY;
    for (size_t i = 0; i < arguments->count; i++)
        if (!ddg_parse_unsigned(arguments->item[i], &numbers->number[i]))
            return ddg_fail(context, DDG_USAGE, "'%.*s' is not a whole number",
                            (int)arguments->item[i].length, arguments->item[i].at);
    numbers->count = arguments->count;
    *state = numbers;
    return DDG_OK;
}

static enum ddg_error prepare_bands(const struct ddg_list *arguments, struct ddg_arena *arena,
                                    void **state, struct ddg_context *context)
{
    enum ddg_error error = prepare_numbers(arguments, arena, state, context);
    const struct numbers *bounds = *state;

    if (error)
        return error;
    for (size_t i = 1; i < bounds->count; i++)
        if (bounds->number[i] <= bounds->number[i - 1])
            return ddg_fail(context, DDG_USAGE, "bands begin at ever larger numbers");
    return DDG_OK;
}

static const char *apply_bands(const void *state, struct ddg_text value, char *room,
                               struct ddg_text *label)
{
    const struct numbers *bounds = state;
    size_t low = 0, high = bounds->count; /* the band is one of low..high-1 */
    struct range range;
    const char *problem = read_range(value, &range);

    if (problem)
        return problem;
    if (range.from < bounds->number[0])
        return "a number below the first band";
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;

        if (range.from < bounds->number[middle])
            high = middle;
        else
            low = middle;
    }
    if (high == bounds->count)
        *label = write_number(room, bounds->number[low], "+");
    else if (range.open)
        return "an open range (N+) that spans several bands";
    else
        *label = write_band(room, bounds->number[low], bounds->number[high] - 1);
    return NULL;
}

static enum ddg_error prepare_positive(const struct ddg_list *arguments, struct ddg_arena *arena,
                                       void **state, struct ddg_context *context)
{
    enum ddg_error error = prepare_numbers(arguments, arena, state, context);

    if (!error && ((const struct numbers *)*state)->number[0] == 0)
        error = ddg_fail(context, DDG_USAGE, "a recoding's number is 1 or more");
    return error;
}

static const char *apply_width(const void *state, struct ddg_text value, char *room,
                               struct ddg_text *label)
{
    uint64_t width = ((const struct numbers *)state)->number[0], first;
    struct range range;
    const char *problem = read_range(value, &range);

    if (problem)
        return problem;
    first = range.from - range.from % width;
    if (range.open && first != range.from)
        return "an open range (N+) that begins inside a band";
    if (range.open)
        *label = write_number(room, first, "+");
    else if (width - 1 > UINT64_MAX - first)
        return "a number too large for a band";
    else
        *label = write_band(room, first, first + (width - 1));
    return NULL;
}

static const char *apply_topcode(const void *state, struct ddg_text value, char *room,
                                 struct ddg_text *label)
{
    uint64_t top = ((const struct numbers *)state)->number[0];
    struct range range;
    const char *problem = read_range(value, &range);

    if (problem)
        return problem;
    if (range.from >= top)
        *label = write_number(room, top, "+");
    else if (range.open)
        return "an open range (N+) that begins below the top code";
    else
        *label = write_number(room, range.from, "");
    return NULL;
}

static const char *apply_year(const void *state, struct ddg_text value, char *room,
                              struct ddg_text *label)
{
    struct ddg_date date;
    const char *problem = ddg_date_parse(value, &date);

    (void)state;
    if (problem)
        return problem;
    *label = (struct ddg_text){room, (size_t)snprintf(room, DDG_LABEL_ROOM, "%04u", date.year)};
    return NULL;
}

static const char *apply_quarter(const void *state, struct ddg_text value, char *room,
                                 struct ddg_text *label)
{
    struct ddg_date date;
    const char *problem = ddg_date_parse(value, &date);

    (void)state;
    if (problem)
        return problem;
    if (date.quarter == 0)
        return "a year alone, which has no quarter";
    *label = (struct ddg_text){
        room, (size_t)snprintf(room, DDG_LABEL_ROOM, "%04u-Q%u", date.year, date.quarter)};
    return NULL;
}

static const char *apply_month(const void *state, struct ddg_text value, char *room,
                               struct ddg_text *label)
{
    struct ddg_date date;
    const char *problem = ddg_date_parse(value, &date);

    (void)state;
    if (problem)
        return problem;
    if (date.month == 0)
        return "a year or quarter alone, which has no month";
    *label = (struct ddg_text){
        room, (size_t)snprintf(room, DDG_LABEL_ROOM, "%04u-%02u", date.year, date.month)};
    return NULL;
}

/* Counts characters of UTF-8: a continuation byte stays with the byte before it. */
static const char *apply_prefix(const void *state, struct ddg_text value, char *room,
                                struct ddg_text *label)
{
    uint64_t left = ((const struct numbers *)state)->number[0];
    size_t length = 0;

    (void)room;
    for (; length < value.length; length++)
        if (((unsigned char)value.at[length] & 0xc0) != 0x80 && left-- == 0)
            break;
    *label = (struct ddg_text){value.at, length};
    return NULL;
}

static enum ddg_error prepare_map(const struct ddg_list *arguments, struct ddg_arena *arena,
                                  void **state, struct ddg_context *context)
{
    struct ddg_text path = ddg_arena_copy(arena, arguments->item[0], context);
    struct ddg_map *map = ddg_arena_allocate(arena, sizeof *map, context);
    enum ddg_error error;

    if (!path.at || !map)
        return DDG_MEMORY;
    error = ddg_map_read(map, path.at, context);
    if (error)
        ddg_map_free(map);
    *state = map;
    return error;
}

static const char *apply_map(const void *state, struct ddg_text value, char *room,
                             struct ddg_text *label)
{
    (void)room;
    return ddg_map_find(state, value, label) ? NULL : "a value that the map does not have";
}

static void release_map(void *state)
{
    ddg_map_free(state);
}

static void digest_map(const void *state, char room[DDG_DIGEST_ROOM])
{
    ddg_map_digest(state, room);
}

static const struct ddg_recoding recodings[] = {
    {"bands", "bands(N,N,...)", 1, SIZE_MAX, prepare_bands, apply_bands, NULL, NULL},
    {"width", "width(N)", 1, 1, prepare_positive, apply_width, NULL, NULL},
    {"topcode", "topcode(N)", 1, 1, prepare_numbers, apply_topcode, NULL, NULL},
    {"year", "year", 0, 0, NULL, apply_year, NULL, NULL},
    {"quarter", "quarter", 0, 0, NULL, apply_quarter, NULL, NULL},
    {"month", "month", 0, 0, NULL, apply_month, NULL, NULL},
    {"prefix", "prefix(N)", 1, 1, prepare_positive, apply_prefix, NULL, NULL},
    {"map", "map(FILE)", 1, 1, prepare_map, apply_map, release_map, digest_map},
};

enum { RECODINGS = sizeof recodings / sizeof recodings[0] };

static enum ddg_error fail_unknown(struct ddg_text name, struct ddg_context *context)
{
    char known[256] = "";
    size_t used = 0;

    for (size_t i = 0; i < RECODINGS && used < sizeof known; i++)
        used += (size_t)snprintf(known + used, sizeof known - used, "%s%s", i ? ", " : "",
                                 recodings[i].form);
    return ddg_fail(context, DDG_USAGE, "'%.*s' is no recoding; there are %s", (int)name.length,
                    name.at, known);
}

/* Makes the step's text: name(argument,...). */
static enum ddg_error write_text(struct ddg_recoding_step *step, const struct ddg_list *arguments,
                                 struct ddg_arena *arena, struct ddg_context *context)
{
    size_t length = strlen(step->recoding->name) + DDG_DIGEST_ROOM + 2;
    char digest[DDG_DIGEST_ROOM], *text, *to;

    for (size_t i = 0; i < arguments->count; i++)
        length += arguments->item[i].length + 1;
    if (!(text = ddg_arena_allocate(arena, length, context)))
        return DDG_MEMORY;
    to = stpcpy(text, step->recoding->name);
    if (step->recoding->digest) {
        step->recoding->digest(step->state, digest);
        to += sprintf(to, "(%s)", digest);
    } else if (arguments->count > 0) {
        for (size_t i = 0; i < arguments->count; i++) {
            *to++ = i ? ',' : '(';
            to = mempcpy(to, arguments->item[i].at, arguments->item[i].length);
        }
        *to++ = ')';
    }
    step->text = (struct ddg_text){text, (size_t)(to - text)};
    return DDG_OK;
}

enum ddg_error ddg_recoding_prepare(struct ddg_recoding_step *step, struct ddg_text name,
                                    const struct ddg_list *arguments, struct ddg_arena *arena,
                                    struct ddg_context *context)
{
    const struct ddg_recoding *recoding = recodings;
    enum ddg_error error = DDG_OK;

    *step = (struct ddg_recoding_step){0};
    while (recoding < recodings + RECODINGS && !ddg_text_is(name, recoding->name))
        recoding++;
    if (recoding == recodings + RECODINGS)
        return fail_unknown(name, context);
    if (arguments->count < recoding->fewest || arguments->count > recoding->most)
        return ddg_fail(context, DDG_USAGE, "a recoding is written %s", recoding->form);
    step->recoding = recoding;
    if (recoding->prepare)
        error = recoding->prepare(arguments, arena, &step->state, context);
    if (!error && (error = write_text(step, arguments, arena, context)))
        ddg_recoding_release(step);
    return error;
}

const char *ddg_recoding_apply(const struct ddg_recoding_step *step, struct ddg_text value,
                               char *room, struct ddg_text *label)
{
    return step->recoding->apply(step->state, value, room, label);
}

void ddg_recoding_release(struct ddg_recoding_step *step)
{
    if (step->recoding->release)
        step->recoding->release(step->state);
}
