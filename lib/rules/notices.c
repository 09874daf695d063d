#include "rules/notices.h"

#include "base/prose.h"

#include <stdlib.h>

enum ddg_error ddg_notices_add(struct ddg_notices *notices, const struct ddg_notice *notice,
                               struct ddg_context *context)
{
    enum ddg_error error = ddg_grow(&notices->item, &notices->room, notices->count + 1,
                                    sizeof *notices->item, context);

    if (!error)
        notices->item[notices->count++] = *notice;
    return error;
}

const char *ddg_notices_text(struct ddg_notices *notices, struct ddg_context *context,
                             const char *format, ...)
{
    const char *line;
    va_list arguments;

    va_start(arguments, format);
    line = ddg_prose_line(&notices->arena, context, format, arguments);
    va_end(arguments);
    return line;
}

void ddg_notices_free(struct ddg_notices *notices)
{
    free(notices->item);
    ddg_arena_free(&notices->arena);
    *notices = (struct ddg_notices){0};
}
