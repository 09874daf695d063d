#include "base/error.h"

#include "base/text.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void set_message(struct ddg_context *context, const char *place, const char *format,
                        va_list arguments)
{
    size_t used = strlen(place);

    if (used >= sizeof context->message)
        used = sizeof context->message - 1;
    memcpy(context->message, place, used);
    vsnprintf(context->message + used, sizeof context->message - used, format, arguments);
    ddg_text_make_printable(context->message);
}

enum ddg_error ddg_fail(struct ddg_context *context, enum ddg_error error, const char *format, ...)
{
    va_list arguments;

    assert(error != DDG_OK);
    if (context->error != DDG_OK)
        return context->error;
    context->error = error;
    va_start(arguments, format);
    set_message(context, "", format, arguments);
    va_end(arguments);
    return error;
}

enum ddg_error ddg_fail_at(struct ddg_context *context, enum ddg_error error, const char *file,
                           uint64_t line, const char *column, const char *format, ...)
{
    char place[sizeof context->message] = "";
    size_t used = 0;
    va_list arguments;

    assert(error != DDG_OK);
    if (context->error != DDG_OK)
        return context->error;
    context->error = error;
    used = (size_t)snprintf(place, sizeof place, "%s", file);
    if (used < sizeof place && line > 0)
        used +=
            (size_t)snprintf(place + used, sizeof place - used, ":%llu", (unsigned long long)line);
    if (used < sizeof place && column)
        used += (size_t)snprintf(place + used, sizeof place - used, ": column '%s'", column);
    if (used < sizeof place)
        snprintf(place + used, sizeof place - used, ": ");
    va_start(arguments, format);
    set_message(context, place, format, arguments);
    va_end(arguments);
    return error;
}

enum ddg_error ddg_fail_memory(struct ddg_context *context)
{
    return ddg_fail(context, DDG_MEMORY, "out of memory");
}
