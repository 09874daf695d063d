#include "attack/knowledge.h"

#include "base/number.h"
#include "table/table.h"

#include <stdlib.h>

enum {
    KNOWS = 1500,
    CODES,
    MIN_VALUES,
    ROUNDED,
    RATE,
    LINK,
    PREVIOUS,
    PREVIOUS_KIND,
    EQUATION,
    EVENTS,
    DISCOVER,
    BEHIND_LAST,
};

const struct ddg_option ddg_knowledge_options[] = {
    {KNOWS, 0, "knows", "LEVEL",
     "what the attacker knows: sums, zeros, threshold, codes [what the table gives away]",
     DDG_AUDIT},
    {CODES, 0, "codes", "WHAT", "codes 1 and 2 are taken as: merged, separate [as described]",
     DDG_AUDIT},
    {MIN_VALUES, 0, "min-values", "N[,M]",
     "values that must remain for small counts and for others [3,2]", DDG_AUDIT},
    {ROUNDED, 0, "rounded", "BASE[:HOW]",
     "counts are multiples: nearest, random, controlled[:N], up, down [nearest]", DDG_AUDIT},
    {RATE, 0, "rate", "COLUMN:PER:POPULATION",
     "a column of count * PER / POPULATION, a column or 'of DIM': the total; repeatable",
     DDG_AUDIT},
    {LINK, 0, "link", "A=B", "columns of two tables that mean the same; repeatable", DDG_AUDIT},
    {PREVIOUS, 0, "previous", "FILE", "an earlier release; repeatable", DDG_AUDIT},
    {PREVIOUS_KIND, 0, "previous-kind", "KIND",
     "earlier counts are: restated, cumulative, moving [restated]", DDG_AUDIT},
    {EQUATION, 0, "equation", "SUM",
     "'A + B = C' of count columns, or '[COUNT @] DIM: X + Y = Z'; repeatable", DDG_AUDIT},
    {EVENTS, 0, "events", "PERSONS:EVENTS",
     "count columns of persons and of their events, one or more of each; repeatable", DDG_AUDIT},
    {DISCOVER, 0, "discover", NULL, "list equations that hold throughout the shown counts",
     DDG_AUDIT},
    {0, 0, NULL, NULL, NULL, 0},
};

const char *const ddg_reader_word[] = {
    [DDG_READER_SUMS] = "sums",
    [DDG_READER_ZEROS] = "zeros",
    [DDG_READER_THRESHOLD] = "threshold",
    [DDG_READER_CODES] = "codes",
    [DDG_READER_AUTO] = NULL,
};

bool ddg_knowledge_has(int id)
{
    return id >= KNOWS && id < BEHIND_LAST;
}

void ddg_knowledge_init(struct ddg_knowledge *knowledge)
{
    *knowledge = (struct ddg_knowledge){.reader = DDG_READER_AUTO};
}

static enum ddg_error set_min_values(struct ddg_knowledge *k, const char *value,
                                     struct ddg_context *context)
{
    uint32_t values[2];
    enum ddg_error error = ddg_one_or_two("min-values", value, 2, UINT8_MAX, values, context);

    if (error)
        return error;
    k->values_primary = (uint8_t)values[0];
    k->values_complementary = (uint8_t)values[1];
    return DDG_OK;
}

/* Reads "controlled:N" in place of a plain kind; *is says whether that is what stands there. */
static enum ddg_error set_within(struct ddg_knowledge *k, const char *how, bool *is,
                                 struct ddg_context *context)
{
    static const char word[] = "controlled:";
    size_t length = sizeof word - 1;

    *is = strncmp(how, word, length) == 0;
    if (!*is)
        return DDG_OK;
    k->rounding = DDG_ROUNDED_CONTROLLED;
    return ddg_whole_number("rounded BASE:controlled:", ddg_text_of(how + length), 1, 1000,
                            &k->within, context);
}

static enum ddg_error set_rounded(struct ddg_knowledge *k, const char *value,
                                  struct ddg_context *context)
{
    static const char *const kinds[] = {"nearest", "random", "controlled", "up", "down", NULL};
    const char *colon = strchr(value, ':');
    struct ddg_text base = {value, colon ? (size_t)(colon - value) : strlen(value)};
    int kind = DDG_ROUNDED_NEAREST;
    bool within = false;
    enum ddg_error error =
        ddg_whole_number("rounded", base, 2, DDG_LARGEST_BASE, &k->base, context);

    k->within = 0;
    if (!error && colon)
        error = set_within(k, colon + 1, &within, context);
    if (error || within)
        return error;
    if (colon)
        error = ddg_choose("rounded BASE:HOW", colon + 1, kinds, &kind, context);
    k->rounding = (enum ddg_rounding)kind;
    return error;
}

void ddg_knowledge_rounding(const struct ddg_knowledge *k, uint64_t *below, uint64_t *above)
{
    uint64_t most = k->base > 0 ? k->base - 1 : 0;

    *below = *above = k->within > 0 ? k->within * k->base : most;
    if (k->rounding == DDG_ROUNDED_NEAREST) {
        *below = k->base / 2;
        *above = most / 2;
    } else if (k->rounding == DDG_ROUNDED_UP) {
        *above = 0;
    } else if (k->rounding == DDG_ROUNDED_DOWN) {
        *below = 0;
    }
}

/* Reads "of DIM,DIM" where that is given in place of a population. */
static enum ddg_error read_of(struct ddg_knowledge *k, struct ddg_text population,
                              struct ddg_list *of, struct ddg_context *context)
{
    static const char word[] = "of ";
    size_t length = sizeof word - 1;
    struct ddg_text rest;

    if (population.length <= length || memcmp(population.at, word, length) != 0)
        return DDG_OK;
    rest = ddg_arena_copy(
        &k->arena, (struct ddg_text){population.at + length, population.length - length}, context);
    return rest.at ? ddg_list_add(of, rest.at, ',', &k->arena, context) : DDG_MEMORY;
}

static enum ddg_error set_rate(struct ddg_knowledge *k, const char *value,
                               struct ddg_context *context)
{
    struct ddg_list list = {0};
    struct ddg_rate rate = {0};
    enum ddg_error error = ddg_list_add(&list, value, ':', &k->arena, context);

    if (!error &&
        (list.count < 3 || list.count > 4 || !ddg_parse_unsigned(list.item[1], &rate.per) ||
         rate.per == 0 || rate.per > DDG_LARGEST_BASE))
        error = ddg_fail(context, DDG_USAGE, "COLUMN:PER:POPULATION is wanted, not '%s'", value);
    if (!error)
        error = read_of(k, list.item[2], &rate.of, context);
    if (!error)
        error = ddg_grow(&k->rate, &k->rate_room, k->rates + 1, sizeof rate, context);
    if (error)
        free(rate.of.item);
    if (!error) {
        rate.column = list.item[0];
        rate.population = list.item[2];
        if (list.count > 3)
            rate.measure = list.item[3];
        k->rate[k->rates++] = rate;
    }
    free(list.item);
    return error;
}

/* Adds two names with `between` between them to a growing array. */
static enum ddg_error add_pair(struct ddg_knowledge *k, const char *value, char between,
                               const char *wanted, struct ddg_pair **pair, size_t *count,
                               size_t *room, struct ddg_context *context)
{
    struct ddg_list list = {0};
    enum ddg_error error = ddg_list_add(&list, value, between, &k->arena, context);

    if (!error && list.count != 2)
        error = ddg_fail(context, DDG_USAGE, "%s is wanted, not '%s'", wanted, value);
    if (!error)
        error = ddg_grow(pair, room, *count + 1, sizeof **pair, context);
    if (!error)
        (*pair)[(*count)++] = (struct ddg_pair){list.item[0], list.item[1]};
    free(list.item);
    return error;
}

static enum ddg_error set_previous(struct ddg_knowledge *k, const char *value,
                                   struct ddg_context *context)
{
    enum ddg_error error = ddg_grow(&k->previous, &k->previous_room, k->previous_count + 1,
                                    sizeof *k->previous, context);

    if (!error)
        k->previous[k->previous_count++] = value;
    return error;
}

/* Equations ---------------------------------------------------------------------------------- */

static enum ddg_error set_equation(struct ddg_knowledge *k, const char *value,
                                   struct ddg_context *context)
{
    struct ddg_equation equation;
    enum ddg_error error = ddg_equation_read(&equation, value, &k->arena, context);

    if (!error)
        error =
            ddg_grow(&k->equation, &k->equation_room, k->equations + 1, sizeof equation, context);
    if (!error)
        k->equation[k->equations++] = equation;
    return error;
}

/* All -------------------------------------------------------------------------------------- */

static enum ddg_error set_choice(struct ddg_knowledge *k, int id, const char *value,
                                 struct ddg_context *context)
{
    static const char *const codes[] = {"merged", "separate", NULL};
    static const char *const kinds[] = {"restated", "cumulative", "moving", NULL};
    enum ddg_error error;
    int choice = 0;

    switch (id) {
    case KNOWS:
        if (!(error = ddg_choose("knows", value, ddg_reader_word, &choice, context)))
            k->reader = (enum ddg_reader)choice;
        return error;
    case CODES:
        if (!(error = ddg_choose("codes", value, codes, &choice, context)))
            k->codes = choice == 0 ? DDG_CODES_MERGED : DDG_CODES_SEPARATE;
        return error;
    default:
        if (!(error = ddg_choose("previous-kind", value, kinds, &choice, context)))
            k->previous_kind = (enum ddg_previous)choice;
        k->previous_kind_named = true;
        return error;
    }
}

enum ddg_error ddg_knowledge_set(struct ddg_knowledge *k, int id, const char *value,
                                 struct ddg_context *context)
{
    switch (id) {
    case MIN_VALUES:
        return set_min_values(k, value, context);
    case ROUNDED:
        return set_rounded(k, value, context);
    case RATE:
        return set_rate(k, value, context);
    case LINK:
        return add_pair(k, value, '=', "A=B", &k->link, &k->links, &k->link_room, context);
    case EVENTS:
        return add_pair(k, value, ':', "PERSONS:EVENTS", &k->events, &k->events_count,
                        &k->events_room, context);
    case PREVIOUS:
        return set_previous(k, value, context);
    case EQUATION:
        return set_equation(k, value, context);
    case DISCOVER:
        k->discover = true;
        return DDG_OK;
    default:
        return set_choice(k, id, value, context);
    }
}

enum ddg_error ddg_knowledge_check(const struct ddg_knowledge *k, struct ddg_context *context)
{
    bool codes_known = k->reader == DDG_READER_THRESHOLD || k->reader == DDG_READER_CODES;

    if (k->codes == DDG_CODES_MERGED && codes_known)
        return ddg_fail(context, DDG_USAGE,
                        "--codes merged says that codes tell nothing, --knows that they do");
    if (k->previous_kind_named && k->previous_count == 0)
        return ddg_fail(context, DDG_USAGE, "--previous-kind without --previous");
    return DDG_OK;
}

void ddg_knowledge_free(struct ddg_knowledge *k)
{
    for (size_t i = 0; i < k->rates; i++)
        free(k->rate[i].of.item);
    free(k->rate);
    free(k->equation);
    free(k->link);
    free(k->events);
    free(k->previous);
    ddg_arena_free(&k->arena);
    *k = (struct ddg_knowledge){0};
}
