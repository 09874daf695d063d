#include "base/list.h"

enum ddg_error ddg_list_push(struct ddg_list *list, struct ddg_text item,
                             struct ddg_context *context)
{
    enum ddg_error error =
        ddg_grow(&list->item, &list->capacity, list->count + 1, sizeof *list->item, context);

    if (!error)
        list->item[list->count++] = item;
    return error;
}

enum ddg_error ddg_list_quoted(const char **at, struct ddg_text *item, struct ddg_arena *arena,
                               struct ddg_context *context)
{
    const char *from = *at + 1;
    char *copy = ddg_arena_allocate(arena, strlen(from) + 1, context);
    size_t length = 0;

    if (!copy)
        return DDG_MEMORY;
    for (;; from++) {
        if (*from == '\0')
            return ddg_fail(context, DDG_USAGE, "a quote that does not close in '%s'", *at);
        if (*from == '"' && *++from != '"')
            break;
        copy[length++] = *from;
    }
    *item = (struct ddg_text){copy, length};
    *at = from;
    return DDG_OK;
}

enum ddg_error ddg_list_add(struct ddg_list *list, const char *argument, char separator,
                            struct ddg_arena *arena, struct ddg_context *context)
{
    for (const char *at = argument;; at++) {
        enum ddg_error error = DDG_OK;
        struct ddg_text item = {NULL, 0};

        if (*at == '"') {
            error = ddg_list_quoted(&at, &item, arena, context);
        } else {
            const char *end = strchr(at, separator);

            item = (struct ddg_text){at, end ? (size_t)(end - at) : strlen(at)};
            at += item.length;
        }
        if (!error && (item.length == 0 || (*at && *at != separator)))
            error = ddg_fail(context, DDG_USAGE, "a list of names is wanted, not '%s'", argument);
        if (!error)
            error = ddg_list_push(list, item, context);
        if (error || *at == '\0')
            return error;
    }
}

bool ddg_list_has(const struct ddg_list *list, struct ddg_text text)
{
    for (size_t i = 0; i < list->count; i++)
        if (ddg_text_equal(list->item[i], text))
            return true;
    return false;
}

bool ddg_cut(struct ddg_text text, struct ddg_text *name, struct ddg_text *rest)
{
    const char *equals = text.length ? memchr(text.at, '=', text.length) : NULL;

    if (!equals)
        return false;
    *name = (struct ddg_text){text.at, (size_t)(equals - text.at)};
    *rest = (struct ddg_text){equals + 1, text.length - name->length - 1};
    return true;
}
