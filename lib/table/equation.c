#include "table/equation.h"

#include <string.h>

struct parsing {
    struct ddg_equation *equation;
    const char *at;
    struct ddg_arena *arena;
    struct ddg_context *context;
};

static enum ddg_error fail_form(const struct parsing *p)
{
    return ddg_fail(p->context, DDG_USAGE,
                    "'A + B = C' or '[COUNT @] DIM: X + Y = Z' is wanted, not '%s'",
                    p->equation->text.at);
}

/* Reads a name up to one of the `ends`, without the spaces around it; in quotes it may hold any
 * byte. */
static enum ddg_error read_name(struct parsing *p, const char *ends, struct ddg_text *name)
{
    enum ddg_error error;

    p->at += strspn(p->at, " ");
    if (*p->at == '"') {
        if ((error = ddg_list_quoted(&p->at, name, p->arena, p->context)))
            return error;
        p->at += strspn(p->at, " ");
    } else {
        size_t length = strcspn(p->at, ends);

        *name = ddg_text_trim((struct ddg_text){p->at, length});
        p->at += length;
    }
    if (name->length == 0 || (*p->at && !strchr(ends, *p->at)))
        return fail_form(p);
    return DDG_OK;
}

static enum ddg_error read_terms(struct parsing *p)
{
    struct ddg_equation *equation = p->equation;
    enum ddg_error error;
    int8_t factor = 1;

    for (;;) {
        struct ddg_text *name = &equation->name[equation->terms];

        if ((error = read_name(p, "+=", name)))
            return error;
        for (size_t i = 0; i < equation->terms; i++)
            if (ddg_text_equal(equation->name[i], *name))
                return ddg_fail(p->context, DDG_USAGE, "a name twice in '%s'", equation->text.at);
        equation->factor[equation->terms++] = factor;
        if (*p->at == '\0')
            break;
        if (*p->at++ == '+')
            continue;
        if (factor < 0)
            return ddg_fail(p->context, DDG_USAGE, "two equals signs in '%s'", equation->text.at);
        factor = -1;
    }
    if (factor > 0)
        return ddg_fail(p->context, DDG_USAGE, "no equals sign in '%s'", equation->text.at);
    return DDG_OK;
}

/* The first of the signs of a text outside quotes, NUL where there is none. */
static char first_sign(const char *text)
{
    bool quoted = false;

    for (; *text; text++) {
        if (*text == '"')
            quoted = !quoted;
        else if (!quoted && strchr("+=:@", *text))
            return *text;
    }
    return '\0';
}

/* Reads what stands before the terms: a dimension, and before that a measure. */
static enum ddg_error read_dimension(struct parsing *p)
{
    enum ddg_error error = DDG_OK;

    if (first_sign(p->at) == '@') {
        error = read_name(p, "@", &p->equation->measure);
        p->at += !error;
    }
    if (!error && (first_sign(p->at) == ':' || p->equation->measure.length > 0)) {
        error = read_name(p, ":", &p->equation->dimension);
        if (!error && *p->at != ':')
            return fail_form(p);
        p->at += !error;
    }
    return error;
}

enum ddg_error ddg_equation_read(struct ddg_equation *equation, const char *value,
                                 struct ddg_arena *arena, struct ddg_context *context)
{
    struct parsing parsing = {equation, value, arena, context};
    size_t most = 1;
    enum ddg_error error;

    *equation = (struct ddg_equation){.text = ddg_text_of(value)};
    for (const char *at = value; *at; at++)
        most += *at == '+' || *at == '=';
    equation->name = ddg_arena_allocate(arena, most * sizeof *equation->name, context);
    equation->factor = ddg_arena_allocate(arena, most, context);
    if (!equation->name || !equation->factor)
        return DDG_MEMORY;
    error = read_dimension(&parsing);
    return error ? error : read_terms(&parsing);
}
