#include "csv/rejects.h"

#include "base/number.h"

/* What went wrong with the file. */
static enum ddg_error tell(const struct ddg_rejects *rejects, struct ddg_context *context)
{
    const struct ddg_context *own = &rejects->context;

    return own->error ? ddg_fail(context, own->error, "%s", own->message) : DDG_OK;
}

enum ddg_error ddg_rejects_open(struct ddg_rejects *rejects, const char *path, uint64_t most,
                                struct ddg_context *context)
{
    static const char *const names[] = {"file", "line", "reason", "record"};
    struct ddg_output *output = &rejects->output;

    *rejects = (struct ddg_rejects){.most = most, .context = {.sinks = context->sinks}};
    if (ddg_output_open(output, path, ',', &rejects->context))
        return tell(rejects, context);
    output->sink.secret = true;
    if (ddg_sink_is_terminal(&output->sink))
        return ddg_fail(context, DDG_USAGE,
                        "--rejects holds records of persons and is not for a terminal");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        ddg_output_field(output, ddg_text_of(names[i]));
    ddg_output_end(output);
    return tell(rejects, context);
}

enum ddg_error ddg_rejects_add(struct ddg_rejects *rejects, const char *file, uint64_t line,
                               const char *reason, struct ddg_text record,
                               struct ddg_context *context)
{
    struct ddg_output *output = &rejects->output;
    char room[DDG_UNSIGNED_ROOM];

    rejects->full = rejects->count == rejects->most;
    if (rejects->full)
        return ddg_fail_at(context, DDG_LIMIT, file, line, NULL,
                           "%s (and --max-rejects lets no more be set aside)", reason);
    rejects->count++;
    ddg_output_field(output, ddg_text_of(file));
    ddg_output_field(output, ddg_format_unsigned(line, room));
    ddg_output_field(output, ddg_text_of(reason));
    ddg_output_field(output, record);
    ddg_output_end(output);
    return tell(rejects, context);
}

enum ddg_error ddg_rejects_finish(struct ddg_rejects *rejects, struct ddg_context *context)
{
    ddg_output_finish(&rejects->output);
    return tell(rejects, context);
}

void ddg_rejects_abandon(struct ddg_rejects *rejects)
{
    if (rejects->full)
        ddg_output_finish(&rejects->output);
    else
        ddg_output_abandon(&rejects->output);
}
