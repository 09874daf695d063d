#include "group/spec.h"

#include <stdlib.h>

struct parsing {
    const char *at;
    const char *argument; /* the whole, for messages */
    struct ddg_spec *spec;
    struct ddg_context *context;
};

static enum ddg_error fail(const struct parsing *p)
{
    return ddg_fail(p->context, DDG_USAGE,
                    "[NAME=]COLUMN[:RECODING]... is wanted, separated by commas, not '%s'",
                    p->argument);
}

/* Reads a text in quotes, or up to one of `stops`. */
static enum ddg_error read_text(struct parsing *p, const char *stops, struct ddg_text *text)
{
    if (*p->at == '"') {
        enum ddg_error error = ddg_list_quoted(&p->at, text, &p->spec->arena, p->context);

        if (error)
            return error;
    } else {
        *text = (struct ddg_text){p->at, strcspn(p->at, stops)};
        p->at += text->length;
    }
    return text->length > 0 ? DDG_OK : fail(p);
}

/* Reads "(A,B,...)"; p->at is behind the opening parenthesis. */
static enum ddg_error read_arguments(struct parsing *p, struct ddg_list *arguments)
{
    for (;; p->at++) {
        struct ddg_text text;
        enum ddg_error error = read_text(p, ",)", &text);

        if (!error && *p->at != ',' && *p->at != ')')
            error = fail(p);
        if (!error)
            error = ddg_list_push(arguments, text, p->context);
        if (error)
            return error;
        if (*p->at == ')') {
            p->at++;
            return DDG_OK;
        }
    }
}

static enum ddg_error read_recoding(struct parsing *p, struct ddg_grouping *dimension)
{
    struct ddg_list arguments = {0};
    struct ddg_text name;
    enum ddg_error error = read_text(p, "=:,(", &name);

    if (!error && *p->at == '(') {
        p->at++;
        error = read_arguments(p, &arguments);
    }
    if (!error)
        error = ddg_grow(&dimension->step, &dimension->capacity, dimension->steps + 1,
                         sizeof *dimension->step, p->context);
    if (!error)
        error = ddg_recoding_prepare(&dimension->step[dimension->steps], name, &arguments,
                                     &p->spec->arena, p->context);
    if (!error)
        dimension->steps++;
    free(arguments.item);
    return error;
}

static enum ddg_error check_name(const struct parsing *p, struct ddg_text name)
{
    if (ddg_spec_find(p->spec, name) < p->spec->count)
        return ddg_fail(p->context, DDG_USAGE, "two dimensions are called '%.*s'", (int)name.length,
                        name.at);
    if (p->spec->count == DDG_DIMENSIONS_MOST)
        return ddg_fail(p->context, DDG_USAGE, "a table has at most %d dimensions",
                        (int)DDG_DIMENSIONS_MOST);
    return DDG_OK;
}

static enum ddg_error read_dimension(struct parsing *p)
{
    struct ddg_grouping fresh = {0}, *dimension;
    enum ddg_error error = read_text(p, "=:,", &fresh.column);

    fresh.name = fresh.column;
    if (!error && *p->at == '=') {
        p->at++;
        error = read_text(p, "=:,", &fresh.column);
    }
    if (!error)
        error = check_name(p, fresh.name);
    if (!error)
        error = ddg_grow(&p->spec->dimension, &p->spec->capacity, p->spec->count + 1,
                         sizeof *p->spec->dimension, p->context);
    if (error)
        return error;
    dimension = &p->spec->dimension[p->spec->count++];
    *dimension = fresh;
    while (!error && *p->at == ':') {
        p->at++;
        error = read_recoding(p, dimension);
    }
    return error;
}

enum ddg_error ddg_spec_add(struct ddg_spec *spec, const char *argument,
                            struct ddg_context *context)
{
    struct parsing p = {argument, argument, spec, context};
    enum ddg_error error;

    while (!(error = read_dimension(&p)) && *p.at == ',')
        p.at++;
    return error || *p.at == '\0' ? error : fail(&p);
}

size_t ddg_spec_find(const struct ddg_spec *spec, struct ddg_text name)
{
    size_t i = 0;

    while (i < spec->count && !ddg_text_equal(spec->dimension[i].name, name))
        i++;
    return i;
}

void ddg_spec_free(struct ddg_spec *spec)
{
    for (size_t i = 0; i < spec->count; i++) {
        for (size_t j = 0; j < spec->dimension[i].steps; j++)
            ddg_recoding_release(&spec->dimension[i].step[j]);
        free(spec->dimension[i].step);
    }
    free(spec->dimension);
    ddg_arena_free(&spec->arena);
    *spec = (struct ddg_spec){0};
}
