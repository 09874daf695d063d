#include "group/margin.h"

#include <stdlib.h>

/* Adds a margin unless it is among the first `known` already. */
static enum ddg_error push(struct ddg_margins *margins, uint64_t kept, size_t known,
                           struct ddg_context *context)
{
    enum ddg_error error;

    for (size_t i = 0; i < known; i++)
        if (margins->kept[i] == kept)
            return DDG_OK;
    error = ddg_grow(&margins->kept, &margins->capacity, margins->count + 1, sizeof *margins->kept,
                     context);
    if (!error)
        margins->kept[margins->count++] = kept;
    return error;
}

enum ddg_error ddg_margins_add_all(struct ddg_margins *margins, size_t dims,
                                   struct ddg_context *context)
{
    /* those of the loop differ from each other */
    size_t before = margins->count;
    enum ddg_error error = DDG_OK;

    if (dims > DDG_ALL_MARGINS_DIMS)
        return ddg_fail(context, DDG_LIMIT,
                        "every total of more than %d dimensions is too much (--margins chooses)",
                        (int)DDG_ALL_MARGINS_DIMS);
    for (uint64_t kept = 0; !error && kept < ddg_margin_inner(dims); kept++)
        error = push(margins, kept, before, context);
    return error;
}

/* The end of the margin at `at`: a semicolon outside quotes, or the end of the argument. */
static const char *margin_end(const char *at)
{
    bool quoted = false;

    for (; *at && (quoted || *at != ';'); at++)
        quoted ^= *at == '"';
    return at;
}

static enum ddg_error add_named(struct ddg_margins *margins, const struct ddg_list *names,
                                const struct ddg_spec *spec, struct ddg_context *context)
{
    uint64_t kept = 0;

    for (size_t i = 0; i < names->count; i++) {
        size_t dimension = ddg_spec_find(spec, ddg_text_trim(names->item[i]));

        if (dimension == spec->count)
            return ddg_fail(context, DDG_USAGE, "a margin keeps '%.*s', which is no dimension",
                            (int)names->item[i].length, names->item[i].at);
        kept |= UINT64_C(1) << dimension;
    }
    return kept == ddg_margin_inner(spec->count) ? DDG_OK
                                                 : push(margins, kept, margins->count, context);
}

enum ddg_error ddg_margins_add(struct ddg_margins *margins, const char *argument,
                               const struct ddg_spec *spec, struct ddg_context *context)
{
    struct ddg_arena arena = {0};
    enum ddg_error error = DDG_OK;

    for (const char *at = argument, *end; !error; at = end + 1) {
        struct ddg_list names = {0};
        struct ddg_text margin;

        end = margin_end(at);
        margin = ddg_text_trim((struct ddg_text){at, (size_t)(end - at)});
        if (margin.length > 0) {
            margin = ddg_arena_copy(&arena, margin, context);
            error = margin.at ? ddg_list_add(&names, margin.at, ',', &arena, context) : DDG_MEMORY;
        }
        if (!error)
            error = add_named(margins, &names, spec, context);
        free(names.item);
        if (*end == '\0')
            break;
    }
    ddg_arena_free(&arena);
    return error;
}
