#include "score/criteria_fields.h"

#include "score/data.h"

#include <stdlib.h>

struct reading {
    struct ddg_criteria_row row;
    struct ddg_class *class; /* of all variables, one after the other */
    size_t classes, class_room, variable_room;
    bool limits[2]; /* "release" and "mask" were there */
    int64_t mask_least;
};

/* Rows --------------------------------------------------------------------------------------- */

static enum ddg_error read_class(const struct reading *r, struct ddg_class *class)
{
    bool min, max, least,
        minus = ddg_text_is(ddg_criteria_field(&r->row, DDG_CRITERIA_CROSSED), "no");
    enum ddg_error error;

    *class = (struct ddg_class){.max = UINT64_MAX, .crossed = !minus};
    if ((error = ddg_criteria_keep(&r->row, DDG_CRITERIA_CATEGORY, &class->category)) ||
        (error = ddg_criteria_keep(&r->row, DDG_CRITERIA_SECTION, &class->section)) ||
        (error = ddg_criteria_number(&r->row, DDG_CRITERIA_MIN, &class->min, &min)) ||
        (error = ddg_criteria_number(&r->row, DDG_CRITERIA_MAX, &class->max, &max)) ||
        (error = ddg_criteria_number(&r->row, DDG_CRITERIA_LEAST, &class->least, &least)) ||
        (error = ddg_criteria_phrases(&r->row, DDG_CRITERIA_COLUMNS, &class->columns)))
        return error;
    class->numbers = min || max;
    if (class->min > class->max)
        return ddg_criteria_fail(&r->row, DDG_CRITERIA_MAX, "less than min");
    class->any_label = ddg_text_is(ddg_criteria_field(&r->row, DDG_CRITERIA_LABELS), "*");
    if (!class->any_label &&
        (error = ddg_criteria_phrases(&r->row, DDG_CRITERIA_LABELS, &class->labels)))
        return error;
    class->high_risk = ddg_text_is(ddg_criteria_field(&r->row, DDG_CRITERIA_SCORE), "high-risk");
    return class->high_risk ? DDG_OK : ddg_criteria_score(&r->row, &class->score);
}

static enum ddg_error add_class(struct reading *r)
{
    enum ddg_error error =
        ddg_grow(&r->class, &r->class_room, r->classes + 1, sizeof *r->class, r->row.context);

    if (!error)
        error = read_class(r, &r->class[r->classes]);
    r->classes += !error;
    return error;
}

/* Begins a variable, or goes on with the last. */
static enum ddg_error add_to_variable(struct reading *r)
{
    struct ddg_criteria *c = r->row.criteria;
    struct ddg_variable *last = c->variables > 0 ? &c->variable[c->variables - 1] : NULL;
    enum ddg_measured by = DDG_BY_LABELS;
    enum ddg_error error = ddg_criteria_by_field(&r->row, &by);

    if (error)
        return error;
    if (!last || !ddg_text_is(ddg_criteria_field(&r->row, DDG_CRITERIA_VARIABLE), last->name)) {
        if (ddg_criteria_find(c, ddg_criteria_field(&r->row, DDG_CRITERIA_VARIABLE)))
            return ddg_criteria_fail(&r->row, DDG_CRITERIA_VARIABLE,
                                     "other rows of the variable stand apart from this one");
        if ((error = ddg_grow(&c->variable, &r->variable_room, c->variables + 1, sizeof *last,
                              r->row.context)))
            return error;
        last = &c->variable[c->variables];
        *last = (struct ddg_variable){.by = by};
        if ((error = ddg_criteria_keep(&r->row, DDG_CRITERIA_VARIABLE, &last->name)) ||
            (error = ddg_criteria_keep(&r->row, DDG_CRITERIA_REFINES, &last->refines)))
            return error;
        if (!*last->refines)
            last->refines = NULL;
        c->variables++;
    }
    if (last->by != by)
        return ddg_criteria_fail(&r->row, DDG_CRITERIA_BY,
                                 "not what the rows before it say of the variable");
    last->classes++;
    return add_class(r);
}

static enum ddg_error read_decision(struct reading *r)
{
    bool release = ddg_text_is(ddg_criteria_field(&r->row, DDG_CRITERIA_CATEGORY), "release"),
         there;
    enum ddg_criteria_column column = release ? DDG_CRITERIA_MAX : DDG_CRITERIA_MIN;
    uint64_t limit = 0;
    enum ddg_error error = ddg_criteria_number(&r->row, column, &limit, &there);

    if (error)
        return error;
    if (!there || limit > INT32_MAX)
        return ddg_criteria_fail(&r->row, column, "not a score");
    r->limits[!release] = true;
    if (!release) {
        r->mask_least = (int64_t)limit;
        return DDG_OK;
    }
    r->row.criteria->release_most = (int64_t)limit;
    return ddg_criteria_keep(&r->row, DDG_CRITERIA_SECTION, &r->row.criteria->release_section);
}

/* Of a variable before. */
static enum ddg_error read_aside(const struct reading *r)
{
    struct ddg_criteria *c = r->row.criteria;
    struct ddg_text name = ddg_criteria_field(&r->row, DDG_CRITERIA_REFINES);

    for (size_t i = 0; i < c->variables; i++)
        if (ddg_text_is(name, c->variable[i].name))
            return ddg_criteria_phrases(&r->row, DDG_CRITERIA_LABELS, &c->variable[i].aside);
    return ddg_criteria_fail(&r->row, DDG_CRITERIA_REFINES, "no variable of a row before it");
}

static enum ddg_error read_row(struct reading *r)
{
    struct ddg_criteria *c = r->row.criteria;
    struct ddg_text variable = ddg_criteria_field(&r->row, DDG_CRITERIA_VARIABLE);
    enum ddg_measured by = DDG_BY_LABELS;
    enum ddg_error error;
    bool there;

    if (variable.length == 0)
        return ddg_criteria_fail(&r->row, DDG_CRITERIA_VARIABLE, "blank");
    if (ddg_text_is(variable, "edition"))
        return (error = ddg_criteria_keep(&r->row, DDG_CRITERIA_CATEGORY, &c->edition))
                   ? error
                   : ddg_criteria_keep(&r->row, DDG_CRITERIA_NOTE, &c->title);
    if (ddg_text_is(variable, "decision"))
        return read_decision(r);
    if (ddg_text_is(variable, "nothing"))
        return ddg_criteria_phrases(&r->row, DDG_CRITERIA_LABELS, &c->nothing);
    if (ddg_text_is(variable, "aside"))
        return read_aside(r);
    if (ddg_text_is(variable, "apart"))
        return (error = ddg_criteria_by_field(&r->row, &by))
                   ? error
                   : ddg_criteria_phrases(&r->row, DDG_CRITERIA_COLUMNS, &c->apart[by]);
    if (ddg_text_is(variable, "quantity"))
        return ddg_criteria_phrases(&r->row, DDG_CRITERIA_COLUMNS, &c->quantity);
    if (ddg_text_is(variable, "age_end"))
        return ddg_criteria_number(&r->row, DDG_CRITERIA_MAX, &c->age_end, &there);
    if (!ddg_text_is(variable, "high_risk"))
        return add_to_variable(r);
    c->high_risks++;
    return add_class(r);
}

/* Files -------------------------------------------------------------------------------------- */

/* Classes move to where they stay, those of high risk behind the others. */
static enum ddg_error settle(struct reading *r, const char *file)
{
    struct ddg_criteria *c = r->row.criteria;
    struct ddg_class *class =
        ddg_arena_allocate(&c->arena, (r->classes + 1) * sizeof *class, r->row.context);
    size_t next = 0;

    if (!class)
        return DDG_MEMORY;
    if (!c->edition || !r->limits[0] || !r->limits[1] || !ddg_criteria_by(c, DDG_BY_COUNT) ||
        !ddg_criteria_by(c, DDG_BY_MONTHS) || !ddg_criteria_by(c, DDG_BY_VARIABLES) ||
        !ddg_criteria_by(c, DDG_BY_AREA))
        return ddg_fail(r->row.context, DDG_INPUT,
                        "%s: rows are missing: edition, decision (release and mask), and variables "
                        "by count, months, area and variables are wanted",
                        file);
    if (r->mask_least != c->release_most + 1)
        return ddg_fail(r->row.context, DDG_INPUT,
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
    struct reading r = {.row = {.criteria = criteria, .context = context}};
    struct ddg_csv_options options = {.delimiter = ','};
    const char *paths[] = {path};
    bool more = true;
    enum ddg_error error = DDG_OK;

    *criteria = (struct ddg_criteria){.age_end = 0};
    if (!path)
        error = find_builtin(edition, &options.held, &paths[0], context);
    if (!error)
        error = ddg_csv_open(&r.row.csv, paths, 1, &options, context);
    if (!error)
        error = ddg_criteria_columns(&r.row);
    while (!error && more)
        if (!(error = ddg_csv_next(r.row.csv, &r.row.record, &more, context)) && more)
            error = read_row(&r);
    if (!error)
        error = settle(&r, paths[0]);
    ddg_csv_close(r.row.csv);
    free(r.class);
    return error;
}
