#include "csv/output.h"

static const char poison[] = "\"ddg: this output is incomplete";

enum ddg_error ddg_output_open(struct ddg_output *output, const char *path, char delimiter,
                               struct ddg_context *context)
{
    enum ddg_error error;

    *output = (struct ddg_output){.delimiter = delimiter};
    error = ddg_sink_open(&output->sink, path, context);
    output->sink.poison = poison;
    return error;
}

static bool needs_quotes(const struct ddg_output *output, struct ddg_text text)
{
    for (size_t i = 0; i < text.length; i++) {
        char c = text.at[i];

        if (c == output->delimiter || c == '"' || c == '\n' || c == '\r')
            return true;
    }
    return false;
}

void ddg_output_field(struct ddg_output *output, struct ddg_text text)
{
    bool quotes = needs_quotes(output, text);
    char *to;

    /* worst case: every byte doubled, two quotes, a delimiter; a record needs three more at its
     * end */
    if (ddg_sink_room(&output->sink, 2 * text.length + 6))
        return;
    to = output->sink.buffer + output->sink.used;
    if (output->fields++ > 0)
        *to++ = output->delimiter;
    if (!quotes) {
        if (text.length > 0)
            memcpy(to, text.at, text.length);
        to += text.length;
    } else {
        *to++ = '"';
        for (size_t i = 0; i < text.length; i++) {
            if (text.at[i] == '"')
                *to++ = '"';
            *to++ = text.at[i];
        }
        *to++ = '"';
    }
    output->sink.used = (size_t)(to - output->sink.buffer);
}

enum ddg_error ddg_output_end(struct ddg_output *output)
{
    struct ddg_sink *sink = &output->sink;
    enum ddg_error error = sink->context->error;

    if (error)
        return error;
    /* a lone blank field would read as a blank line */
    if (output->fields == 1 && sink->used == output->record) {
        sink->buffer[sink->used++] = '"';
        sink->buffer[sink->used++] = '"';
    }
    sink->buffer[sink->used++] = '\n';
    output->fields = 0;
    error = ddg_sink_pass(sink);
    output->record = sink->used;
    return error;
}

enum ddg_error ddg_output_finish(struct ddg_output *output)
{
    return ddg_output_close(output, DDG_OK);
}

void ddg_output_abandon(struct ddg_output *output)
{
    ddg_sink_abandon(&output->sink, poison);
}

enum ddg_error ddg_output_close(struct ddg_output *output, enum ddg_error error)
{
    return ddg_sink_close(&output->sink, error, poison);
}
