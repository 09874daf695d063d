#include "base/prose.h"

#include "base/number.h"

#include <stdio.h>
#include <stdlib.h>

void ddg_prose_add(struct ddg_prose *prose, struct ddg_text text)
{
    if (text.length == 0 ||
        ddg_grow(&prose->at, &prose->room, prose->used + text.length + 1, 1, prose->context))
        return;
    memcpy(prose->at + prose->used, text.at, text.length);
    prose->used += text.length;
    prose->at[prose->used] = '\0';
}

void ddg_prose_say(struct ddg_prose *prose, const char *string)
{
    if (string)
        ddg_prose_add(prose, ddg_text_of(string));
}

void ddg_prose_quote(struct ddg_prose *prose, struct ddg_text text)
{
    ddg_prose_say(prose, "'");
    ddg_prose_add(prose, text);
    ddg_prose_say(prose, "'");
}

void ddg_prose_print(struct ddg_prose *prose, const char *format, ...)
{
    va_list arguments;
    int length;

    va_start(arguments, format);
    length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length <= 0 ||
        ddg_grow(&prose->at, &prose->room, prose->used + (size_t)length + 1, 1, prose->context))
        return;
    va_start(arguments, format);
    vsnprintf(prose->at + prose->used, prose->room - prose->used, format, arguments);
    va_end(arguments);
    prose->used += (size_t)length;
}

void ddg_prose_number(struct ddg_prose *prose, uint64_t number)
{
    char room[DDG_UNSIGNED_ROOM];
    struct ddg_text digits = ddg_format_unsigned(number, room);

    for (size_t i = 0; i < digits.length; i++) {
        if (i > 0 && (digits.length - i) % 3 == 0)
            ddg_prose_say(prose, ",");
        ddg_prose_add(prose, (struct ddg_text){digits.at + i, 1});
    }
}

void ddg_prose_count(struct ddg_prose *prose, uint64_t number, const char *one, const char *many)
{
    ddg_prose_number(prose, number);
    ddg_prose_say(prose, " ");
    ddg_prose_say(prose, number == 1 ? one : many);
}

const char *ddg_prose_line(struct ddg_arena *arena, struct ddg_context *context, const char *format,
                           va_list arguments)
{
    char room[768];

    vsnprintf(room, sizeof room, format, arguments);
    ddg_text_make_printable(room);
    return ddg_arena_copy(arena, ddg_text_of(room), context).at;
}

void ddg_prose_free(struct ddg_prose *prose)
{
    free(prose->at);
    *prose = (struct ddg_prose){.context = prose->context};
}
