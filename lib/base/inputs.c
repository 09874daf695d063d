#include "base/inputs.h"

#include <stdlib.h>

enum ddg_error ddg_inputs_open(struct ddg_inputs *inputs, const char *name, size_t *number,
                               struct ddg_context *context)
{
    struct ddg_text copy = ddg_arena_copy(&inputs->arena, ddg_text_of(name), context);
    enum ddg_error error = copy.at ? DDG_OK : DDG_MEMORY;

    if (!error)
        error = ddg_grow(&inputs->input, &inputs->room, inputs->count + 1, sizeof *inputs->input,
                         context);
    if (error)
        return error;
    *number = inputs->count++;
    inputs->input[*number].name = copy.at;
    ddg_digest_init(&inputs->input[*number].digest);
    return DDG_OK;
}

void ddg_inputs_free(struct ddg_inputs *inputs)
{
    free(inputs->input);
    ddg_arena_free(&inputs->arena);
    *inputs = (struct ddg_inputs){0};
}
