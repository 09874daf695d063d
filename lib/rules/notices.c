#include "rules/notices.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { LONGEST_TEXT = 480 };

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
    char room[LONGEST_TEXT];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(room, sizeof room, format, arguments);
    va_end(arguments);
    for (char *at = room; *at; at++)
        if ((unsigned char)*at < 0x20 || *at == 0x7f)
            *at = '?';
    return ddg_arena_copy(&notices->arena, ddg_text_of(room), context).at;
}

void ddg_notices_free(struct ddg_notices *notices)
{
    free(notices->item);
    ddg_arena_free(&notices->arena);
    *notices = (struct ddg_notices){0};
}
