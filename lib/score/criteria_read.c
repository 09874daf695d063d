#include "score/criteria.h"

#include "base/number.h"
#include "csv/reader.h"
#include "rules/words.h"
#include "score/data.h"

#include <stdlib.h>

enum column {
    VARIABLE,
    CATEGORY,
    MIN,
    MAX,
    SCORE,
    SECTION,
    NOTE,
    BY,
    COLUMNS,
    LABELS,
    LEAST,
    CROSSED,
    REFINES,
    COLUMN_COUNT,
};

static const char *const column_name[COLUMN_COUNT] = {
    "variable", "category", "min",    "max",   "score",   "section", "note",
    "by",       "columns",  "labels", "least", "crossed", "refines"};

struct reading {
    struct ddg_criteria *criteria;
    struct ddg_context *context;
    struct ddg_csv *csv;
    size_t column[COLUMN_COUNT];
    struct ddg_record record;
    struct ddg_class *class; /* of all variables, one after the other */
    size_t classes, class_room, variable_room;
    bool limits[2]; /* "release" and "mask" were there */
    int64_t mask_least;
};

static struct ddg_text field(const struct reading *r, enum column column)
{
    return r->record.field[r->column[column]];
}

static enum ddg_error fail(const struct reading *r, enum column column, const char *text)
{
    return ddg_csv_fail(r->csv, r->record.line, r->column[column], r->context, text);
}

/* Single fields ------------------------------------------------------------------------------ */

static enum ddg_error keep(const struct reading *r, enum column column, const char **string)
{
    *string = ddg_arena_copy(&r->criteria->arena, field(r, column), r->context).at;
    return *string ? DDG_OK : DDG_MEMORY;
}

static enum ddg_error read_number(const struct reading *r, enum column column, uint64_t *number,
                                  bool *there)
{
    struct ddg_text text = field(r, column);

    *there = text.length > 0;
    if (*there && !ddg_parse_unsigned(text, number))
        return fail(r, column, "not a whole number");
    return DDG_OK;
}

static enum ddg_error read_score(const struct reading *r, int64_t *score)
{
    struct ddg_text text = field(r, SCORE), digits = text;
    bool minus = text.length > 0 && text.at[0] == '-';
    uint64_t number;

    digits.at += minus;
    digits.length -= minus;
    if (!ddg_parse_unsigned(digits, &number) || number > INT32_MAX)
        return fail(r, SCORE, "neither a whole number nor 'high-risk'");
    *score = minus ? -(int64_t)number : (int64_t)number;
    return DDG_OK;
}

static size_t count_items(struct ddg_text text)
{
    size_t count = text.length > 0;

    for (size_t i = 0; i < text.length; i++)
        count += text.at[i] == '|';
    return count;
}

static enum ddg_error read_phrases(const struct reading *r, enum column column,
                                   struct ddg_phrases *phrases)
{
    struct ddg_text rest = field(r, column);

    *phrases = (struct ddg_phrases){NULL, 0};
    phrases->item = ddg_arena_allocate(&r->criteria->arena,
                                       count_items(rest) * sizeof *phrases->item, r->context);
    if (!phrases->item)
        return DDG_MEMORY;
    while (rest.length > 0) {
        const char *end = memchr(rest.at, '|', rest.length);
        struct ddg_text item = {rest.at, end ? (size_t)(end - rest.at) : rest.length};
        char words[DDG_WORDS_ROOM];

        ddg_words_of(item, words);
        phrases->item[phrases->count] =
            ddg_arena_copy(&r->criteria->arena, ddg_text_of(words), r->context).at;
        if (!phrases->item[phrases->count++])
            return DDG_MEMORY;
        rest.at += item.length + (end != NULL);
        rest.length -= item.length + (end != NULL);
    }
    return DDG_OK;
}

static enum ddg_error read_by(const struct reading *r, enum ddg_measured *by)
{
    static const char *const words[] = {
        [DDG_BY_LABELS] = "labels",       [DDG_BY_COUNT] = "count", [DDG_BY_YEARS] = "years",
        [DDG_BY_MONTHS] = "months",       [DDG_BY_AREA] = "area",   [DDG_BY_MEMBERS] = "members",
        [DDG_BY_ENROLMENT] = "enrolment", [DDG_BY_GROUP] = "group", [DDG_BY_GROUPS] = "groups",
        [DDG_BY_VARIABLES] = "variables", [DDG_BY_TOTAL] = "total"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (ddg_text_is(field(r, BY), words[i])) {
            *by = (enum ddg_measured)i;
            return DDG_OK;
        }
    return fail(r, BY,
                "labels, count, years, months, area, members, enrolment, group, groups, "
                "variables or total is wanted");
}

/* Rows --------------------------------------------------------------------------------------- */

static enum ddg_error read_class(const struct reading *r, struct ddg_class *class)
{
    bool min, max, least, minus = ddg_text_is(field(r, CROSSED), "no");
    enum ddg_error error;

    *class = (struct ddg_class){.max = UINT64_MAX, .crossed = !minus};
    if ((error = keep(r, CATEGORY, &class->category)) ||
        (error = keep(r, SECTION, &class->section)) ||
        (error = read_number(r, MIN, &class->min, &min)) ||
        (error = read_number(r, MAX, &class->max, &max)) ||
        (error = read_number(r, LEAST, &class->least, &least)) ||
        (error = read_phrases(r, COLUMNS, &class->columns)))
        return error;
    class->numbers = min || max;
    if (class->min > class->max)
        return fail(r, MAX, "less than min");
    class->any_label = ddg_text_is(field(r, LABELS), "*");
    if (!class->any_label && (error = read_phrases(r, LABELS, &class->labels)))
        return error;
    class->high_risk = ddg_text_is(field(r, SCORE), "high-risk");
    return class->high_risk ? DDG_OK : read_score(r, &class->score);
}

static enum ddg_error add_class(struct reading *r)
{
    enum ddg_error error =
        ddg_grow(&r->class, &r->class_room, r->classes + 1, sizeof *r->class, r->context);

    if (!error)
        error = read_class(r, &r->class[r->classes]);
    r->classes += !error;
    return error;
}

/* Begins a variable, or goes on with the last. */
static enum ddg_error add_to_variable(struct reading *r)
{
    struct ddg_criteria *c = r->criteria;
    struct ddg_variable *last = c->variables > 0 ? &c->variable[c->variables - 1] : NULL;
    enum ddg_measured by = DDG_BY_LABELS;
    enum ddg_error error = read_by(r, &by);

    if (error)
        return error;
    if (!last || !ddg_text_is(field(r, VARIABLE), last->name)) {
        if (ddg_criteria_find(c, field(r, VARIABLE)))
            return fail(r, VARIABLE, "other rows of the variable stand apart from this one");
        if ((error = ddg_grow(&c->variable, &r->variable_room, c->variables + 1, sizeof *last,
                              r->context)))
            return error;
        last = &c->variable[c->variables];
        *last = (struct ddg_variable){.by = by};
        if ((error = keep(r, VARIABLE, &last->name)) || (error = keep(r, REFINES, &last->refines)))
            return error;
        if (!*last->refines)
            last->refines = NULL;
        c->variables++;
    }
    if (last->by != by)
        return fail(r, BY, "not what the rows before it say of the variable");
    last->classes++;
    return add_class(r);
}

static enum ddg_error read_decision(struct reading *r)
{
    bool release = ddg_text_is(field(r, CATEGORY), "release"), there;
    enum column column = release ? MAX : MIN;
    uint64_t limit = 0;
    enum ddg_error error = read_number(r, column, &limit, &there);

    if (error)
        return error;
    if (!there || limit > INT32_MAX)
        return fail(r, column, "not a score");
    r->limits[!release] = true;
    if (!release) {
        r->mask_least = (int64_t)limit;
        return DDG_OK;
    }
    r->criteria->release_most = (int64_t)limit;
    return keep(r, SECTION, &r->criteria->release_section);
}

static enum ddg_error read_row(struct reading *r)
{
    struct ddg_criteria *c = r->criteria;
    struct ddg_text variable = field(r, VARIABLE);
    enum ddg_error error;
    bool there;

    if (variable.length == 0)
        return fail(r, VARIABLE, "blank");
    if (ddg_text_is(variable, "edition"))
        return (error = keep(r, CATEGORY, &c->edition)) ? error : keep(r, NOTE, &c->title);
    if (ddg_text_is(variable, "decision"))
        return read_decision(r);
    if (ddg_text_is(variable, "nothing"))
        return read_phrases(r, LABELS, &c->nothing);
    if (ddg_text_is(variable, "age_end"))
        return read_number(r, MAX, &c->age_end, &there);
    if (!ddg_text_is(variable, "high_risk"))
        return add_to_variable(r);
    c->high_risks++;
    return add_class(r);
}

/* Files -------------------------------------------------------------------------------------- */

static enum ddg_error find_columns(struct reading *r)
{
    enum ddg_error error = DDG_OK;

    for (size_t i = 0; !error && i < COLUMN_COUNT; i++)
        error = ddg_csv_find(r->csv, ddg_text_of(column_name[i]), &r->column[i], r->context);
    return error;
}

/* Classes move to where they stay, those of high risk behind the others. */
static enum ddg_error settle(struct reading *r, const char *file)
{
    struct ddg_criteria *c = r->criteria;
    struct ddg_class *class =
        ddg_arena_allocate(&c->arena, (r->classes + 1) * sizeof *class, r->context);
    size_t next = 0;

    if (!class)
        return DDG_MEMORY;
    if (!c->edition || !r->limits[0] || !r->limits[1] || !ddg_criteria_by(c, DDG_BY_COUNT) ||
        !ddg_criteria_by(c, DDG_BY_MONTHS) || !ddg_criteria_by(c, DDG_BY_VARIABLES) ||
        !ddg_criteria_by(c, DDG_BY_AREA))
        return ddg_fail(r->context, DDG_INPUT,
                        "%s: rows are missing: edition, decision (release and mask), and variables "
                        "by count, months, area and variables are wanted",
                        file);
    if (r->mask_least != c->release_most + 1)
        return ddg_fail(r->context, DDG_INPUT,
                        "%s: the decision 'mask' has to begin where 'release' ends", file);
    memcpy(class, r->class, r->classes * sizeof *class);
    for (size_t i = 0; i < c->variables; next += c->variable[i++].classes)
        c->variable[i].class = class + next;
    c->high_risk = class + next;
    return DDG_OK;
}

static enum ddg_error find_builtin(const char *edition, struct ddg_text *text, const char **name,
                                   struct ddg_context *context)
{
    static const struct {
        const char *edition, *name, *text;
    } builtin[] = {{"2.0", "psc-2.0.csv", ddg_data_psc_2_0},
                   {"1.0", "psc-1.0.csv", ddg_data_psc_1_0}};

    for (size_t i = 0; i < sizeof builtin / sizeof *builtin; i++)
        if (strcmp(edition, builtin[i].edition) == 0) {
            *text = ddg_text_of(builtin[i].text);
            *name = builtin[i].name;
            return DDG_OK;
        }
    return ddg_fail(context, DDG_USAGE, "--edition is 2.0 or 1.0, not '%s'", edition);
}

enum ddg_error ddg_criteria_read(struct ddg_criteria *criteria, const char *edition,
                                 const char *path, struct ddg_context *context)
{
    struct reading r = {.criteria = criteria, .context = context};
    struct ddg_csv_options options = {.delimiter = ','};
    const char *paths[] = {path};
    bool more = true;
    enum ddg_error error = DDG_OK;

    *criteria = (struct ddg_criteria){.age_end = 0};
    if (!path)
        error = find_builtin(edition, &options.held, &paths[0], context);
    if (!error)
        error = ddg_csv_open(&r.csv, paths, 1, &options, context);
    if (!error)
        error = find_columns(&r);
    while (!error && more)
        if (!(error = ddg_csv_next(r.csv, &r.record, &more, context)) && more)
            error = read_row(&r);
    if (!error)
        error = settle(&r, paths[0]);
    ddg_csv_close(r.csv);
    free(r.class);
    return error;
}
