#include "table/description.h"

#include "base/number.h"

#include <stdlib.h>

enum {
    DIMS = 1000,
    COUNT,
    ANNOTATION,
    ANNOTATION_TEXT,
    KEEP,
    BY,
    NESTED,
    OVERLAPPING,
    HIDDEN,
    UNANNOTATED,
    TOTAL,
    HIERARCHY,
    ALIAS,
    ABSENT,
    TOTALS,
    THRESHOLD,
    DELIMITER,
    LOOSE,
    DISTINCT,
    REPEATS,
    RANGE,
    PARTITIONS,
    BEHIND_LAST,
};

#define TABLES (DDG_THRESHOLD | DDG_SUPPRESS | DDG_ROUND | DDG_AUDIT)
#define MODELS (DDG_THRESHOLD | DDG_SUPPRESS | DDG_ROUND | DDG_AUDIT)
#define LINES (DDG_SUPPRESS | DDG_AUDIT)

const struct ddg_option ddg_description_options[] = {
    {DIMS, 0, "dims", "LIST", "dimension columns [all left of the count]", TABLES},
    {COUNT, 0, "count", "LIST", "count columns [count or persons]", TABLES},
    {TOTAL, 0, "total", "LABEL", "label of totals, or DIM=LABEL [Total]", MODELS | DDG_COUNT},
    {TOTALS, 0, "totals", "WHAT",
     "unprinted totals: implied (suppress), none (audit); add prints them", LINES},
    {HIERARCHY, 0, "hierarchy", "DIM=FILE", "child,parent pairs of a dimension; repeatable",
     MODELS | DDG_COUNT},
    {NESTED, 0, "nested", "LIST", "columns that are levels of one hierarchy, top first; repeatable",
     MODELS},
    {BY, 0, "by", "LIST", "dimensions that nobody adds up over, each value a table", MODELS},
    {DISTINCT, 0, "distinct", NULL, "counts are of distinct persons: totals may fall short",
     DDG_ROUND | LINES},
    {OVERLAPPING, 0, "overlapping", "LIST", "dimensions whose categories overlap",
     DDG_ROUND | LINES},
    {KEEP, 0, "keep", "LIST", "columns that stay beside a suppressed count", LINES},
    {THRESHOLD, 0, "threshold", "N", "the smallest count that is not small [11]", TABLES},
    {ANNOTATION, 0, "annotation", "LIST", "annotation columns, one per count [annotation]", TABLES},
    {ANNOTATION_TEXT, 0, "annotation-text", "LIST",
     "columns that describe them [annotation_description]", LINES},
    {UNANNOTATED, 0, "unannotated", "LIST", "annotations that mean none", TABLES},
    {HIDDEN, 0, "hidden", "LIST", "texts in a count that mean a hidden cell", DDG_ROUND | LINES},
    {RANGE, 0, "range", "TEXT=LOW..HIGH", "a text in a count that means a range; repeatable",
     DDG_ROUND | LINES},
    {ALIAS, 0, "alias", "DIM=FILE", "spelling,meaning pairs of a dimension; repeatable", MODELS},
    {ABSENT, 0, "absent", "WHAT", "absent rows are cells of: zero, unknown, auto [auto]",
     DDG_AUDIT},
    {REPEATS, 0, "repeats", NULL, "a row that repeats a cell is one of another table [an error]",
     DDG_THRESHOLD | DDG_AUDIT},
    {PARTITIONS, 0, "partitions", "TYPE,VALUE",
     "columns of several partitions of one population; repeatable", MODELS},
    {DELIMITER, 'd', "delimiter", "CHAR", "field delimiter, or 'tab' [,]", TABLES | DDG_COUNT},
    {LOOSE, 0, "loose", NULL, "padded names and numbers, digits grouped by commas", TABLES},
    {0, 0, NULL, NULL, NULL, 0},
};

/* No agency calls counts near this small. */
enum { THRESHOLD_MOST = 1000000 };

bool ddg_description_has(int id)
{
    return id >= DIMS && id < BEHIND_LAST;
}

void ddg_description_init(struct ddg_description *description, enum ddg_program program)
{
    *description = (struct ddg_description){.program = program, .threshold = 11, .delimiter = ','};
    if (program == DDG_AUDIT) {
        description->absent = DDG_ABSENT_AUTO;
        description->unprinted = DDG_TOTALS_NONE;
    }
}

static enum ddg_error push_pair(struct ddg_of_dimensions *list, struct ddg_of_dimension pair,
                                struct ddg_context *context)
{
    enum ddg_error error =
        ddg_grow(&list->item, &list->capacity, list->count + 1, sizeof *list->item, context);

    if (!error)
        list->item[list->count++] = pair;
    return error;
}

static enum ddg_error set_file(struct ddg_of_dimensions *list, const char *value,
                               struct ddg_context *context)
{
    struct ddg_of_dimension pair;

    if (!ddg_cut(ddg_text_of(value), &pair.dimension, &pair.value) || pair.dimension.length == 0 ||
        pair.value.length == 0)
        return ddg_fail(context, DDG_USAGE, "DIM=FILE is wanted, not '%s'", value);
    return push_pair(list, pair, context);
}

static enum ddg_error set_total(struct ddg_description *description, const char *value,
                                struct ddg_context *context)
{
    struct ddg_of_dimension pair = {{NULL, 0}, ddg_text_of(value)};

    ddg_cut(ddg_text_of(value), &pair.dimension, &pair.value);
    if (pair.value.length == 0)
        return ddg_fail(context, DDG_USAGE, "a label is wanted, not '%s'", value);
    return push_pair(&description->totals, pair, context);
}

static enum ddg_error set_delimiter(struct ddg_description *description, const char *value,
                                    struct ddg_context *context)
{
    if (strcmp(value, "tab") == 0 || strcmp(value, "\\t") == 0)
        value = "\t";
    if (value[0] == '\0' || value[1] != '\0' || strchr("\"\r\n", value[0]))
        return ddg_fail(context, DDG_USAGE, "a delimiter is one byte, no quote and no line end");
    description->delimiter = value[0];
    return DDG_OK;
}

static enum ddg_error set_threshold(struct ddg_description *description, const char *value,
                                    struct ddg_context *context)
{
    if (!ddg_parse_unsigned(ddg_text_of(value), &description->threshold) ||
        description->threshold < 2 || description->threshold > THRESHOLD_MOST)
        return ddg_fail(context, DDG_USAGE, "a threshold is a whole number from 2 to %d, not '%s'",
                        THRESHOLD_MOST, value);
    return DDG_OK;
}

/* Each --nested is a list of its own, and so is each --partitions. */
static enum ddg_error add_nest(struct ddg_description *description, const char *value,
                               bool partitions, struct ddg_context *context)
{
    struct ddg_list list = {0};
    enum ddg_error error = ddg_list_add(&list, value, ',', &description->arena, context);

    if (!error && partitions && list.count != 2)
        error = ddg_fail(context, DDG_USAGE, "--partitions wants two columns, not '%s'", value);
    if (!error && list.count < 2)
        error =
            ddg_fail(context, DDG_USAGE, "--nested wants two columns at least, not '%s'", value);
    if (!error)
        error = ddg_grow(&description->nested, &description->nested_room,
                         description->nested_count + 1, sizeof list, context);
    if (error)
        free(list.item);
    else
        description->nested[description->nested_count++] = list;
    return error;
}

/* Each --partitions is a nest whose top level nobody adds up over. */
static enum ddg_error set_partitions(struct ddg_description *description, const char *value,
                                     struct ddg_context *context)
{
    enum ddg_error error = add_nest(description, value, true, context);
    const struct ddg_list *nest;

    if (error)
        return error;
    nest = &description->nested[description->nested_count - 1];
    if ((error = ddg_list_push(&description->by, nest->item[0], context)) ||
        (error = ddg_list_push(&description->partitions, nest->item[0], context)))
        return error;
    return ddg_list_push(&description->partitions, nest->item[1], context);
}

/* Reads "LOW..HIGH" or "LOW..". */
static bool parse_range(struct ddg_text text, struct ddg_count_range *range)
{
    for (size_t i = 0; i + 1 < text.length; i++) {
        struct ddg_text low = {text.at, i}, high = {text.at + i + 2, text.length - i - 2};

        if (text.at[i] != '.' || text.at[i + 1] != '.')
            continue;
        range->high = DDG_OPEN_RANGE;
        return ddg_parse_unsigned(low, &range->low) &&
               (high.length == 0 || ddg_parse_unsigned(high, &range->high)) &&
               range->low <= range->high;
    }
    return false;
}

/* A text that was said to mean two things would be read as one of them. */
static enum ddg_error fail_meant(struct ddg_text text, struct ddg_context *context)
{
    return ddg_fail(context, DDG_USAGE, "'%.*s' is said to mean two things by --range or --hidden",
                    (int)text.length, text.at);
}

static enum ddg_error set_hidden(struct ddg_description *description, const char *value,
                                 struct ddg_context *context)
{
    size_t before = description->hidden.count;
    enum ddg_error error =
        ddg_list_add(&description->hidden, value, ',', &description->arena, context);

    for (size_t i = before; !error && i < description->hidden.count; i++)
        if (ddg_description_range(description, description->hidden.item[i]))
            error = fail_meant(description->hidden.item[i], context);
    return error;
}

/* The text may hold '=' itself ("<=10=0..10"): the last one counts. */
static enum ddg_error set_range(struct ddg_description *description, const char *value,
                                struct ddg_context *context)
{
    const char *equals = strrchr(value, '=');
    struct ddg_count_range range = {{value, 0}, 0, 0};
    enum ddg_error error;

    if (!equals || equals == value || !parse_range(ddg_text_of(equals + 1), &range))
        return ddg_fail(context, DDG_USAGE, "TEXT=LOW..HIGH is wanted, not '%s'", value);
    range.text.length = (size_t)(equals - value);
    if (ddg_description_range(description, range.text) ||
        ddg_list_has(&description->hidden, range.text))
        return fail_meant(range.text, context);
    error = ddg_grow(&description->range, &description->range_room, description->ranges + 1,
                     sizeof range, context);
    if (!error)
        description->range[description->ranges++] = range;
    return error;
}

const struct ddg_count_range *ddg_description_range(const struct ddg_description *description,
                                                    struct ddg_text text)
{
    for (size_t i = description->ranges; i > 0; i--)
        if (ddg_text_equal(description->range[i - 1].text, text))
            return &description->range[i - 1];
    return NULL;
}

static struct ddg_list *list_of(struct ddg_description *d, int id)
{
    switch (id) {
    case DIMS:
        return &d->dims;
    case COUNT:
        return &d->counts;
    case ANNOTATION:
        return &d->annotations;
    case ANNOTATION_TEXT:
        return &d->annotation_texts;
    case KEEP:
        return &d->keep;
    case BY:
        return &d->by;
    case OVERLAPPING:
        return &d->overlapping;
    case HIDDEN:
        return &d->hidden;
    case UNANNOTATED:
        return &d->unannotated;
    default:
        return NULL;
    }
}

enum ddg_error ddg_description_set(struct ddg_description *description, int id, const char *value,
                                   struct ddg_context *context)
{
    static const char *const absent[] = {"zero", "unknown", "auto", NULL};
    static const char *const totals[] = {"implied", "add", "none", NULL};
    struct ddg_list *list = list_of(description, id);
    enum ddg_error error = DDG_OK;
    int choice = 0;

    if (id == HIDDEN)
        return set_hidden(description, value, context);
    if (list)
        return ddg_list_add(list, value, ',', &description->arena, context);
    switch (id) {
    case TOTAL:
        return set_total(description, value, context);
    case HIERARCHY:
        return set_file(&description->hierarchies, value, context);
    case ALIAS:
        return set_file(&description->aliases, value, context);
    case NESTED:
        return add_nest(description, value, false, context);
    case RANGE:
        return set_range(description, value, context);
    case PARTITIONS:
        return set_partitions(description, value, context);
    case ABSENT:
        error = ddg_choose("absent", value, absent, &choice, context);
        description->absent = (enum ddg_absent)choice;
        return error;
    case TOTALS:
        error = ddg_choose("totals", value, totals, &choice, context);
        description->unprinted = (enum ddg_totals)choice;
        return error;
    case THRESHOLD:
        return set_threshold(description, value, context);
    case DELIMITER:
        return set_delimiter(description, value, context);
    case LOOSE:
        description->loose = true;
        return DDG_OK;
    case REPEATS:
        description->repeats = true;
        return DDG_OK;
    default:
        description->distinct = true;
        return DDG_OK;
    }
}

struct ddg_text ddg_description_total(const struct ddg_description *description,
                                      struct ddg_text dimension)
{
    struct ddg_text label = ddg_text_of(DDG_USUAL_TOTAL);
    bool named = false;

    for (size_t i = 0; i < description->totals.count; i++) {
        const struct ddg_of_dimension *total = &description->totals.item[i];

        if (total->dimension.at && !ddg_text_equal(total->dimension, dimension))
            continue;
        if (named && !total->dimension.at)
            continue;
        named = named || total->dimension.at;
        label = total->value;
    }
    return label;
}

bool ddg_description_number(const struct ddg_description *description, struct ddg_text text,
                            uint64_t *number)
{
    return description->loose ? ddg_parse_grouped(text, number) : ddg_parse_unsigned(text, number);
}

bool ddg_description_total_is_usual(const struct ddg_description *description,
                                    struct ddg_text dimension)
{
    bool said = false;

    for (size_t i = 0; i < description->totals.count; i++) {
        struct ddg_text name = description->totals.item[i].dimension;

        said = said || !name.at || ddg_text_equal(name, dimension);
    }
    return said && ddg_text_is(ddg_description_total(description, dimension), DDG_USUAL_TOTAL);
}

void ddg_description_free(struct ddg_description *d)
{
    for (int id = DIMS; id < BEHIND_LAST; id++)
        if (list_of(d, id))
            free(list_of(d, id)->item);
    for (size_t i = 0; i < d->nested_count; i++)
        free(d->nested[i].item);
    free(d->nested);
    free(d->range);
    free(d->partitions.item);
    free(d->totals.item);
    free(d->hierarchies.item);
    free(d->aliases.item);
    ddg_arena_free(&d->arena);
}
