#include "score/intake.h"

#include <stdlib.h>

enum ddg_error ddg_intake_rewind(struct ddg_intake *in, bool texts)
{
    enum ddg_error error = ddg_spool_rewind(&in->key);

    if (!error && texts)
        error = ddg_spool_rewind(&in->text);
    return error;
}

enum ddg_error ddg_intake_next(struct ddg_intake *in, struct ddg_taken *row)
{
    size_t numbers = in->groups * sizeof *in->number;
    const char *bytes;
    enum ddg_error error = ddg_spool_take(&in->key, sizeof *row + numbers, &bytes);

    if (error)
        return error;
    memcpy(row, bytes, sizeof *row);
    if (numbers > 0)
        memcpy(in->number, bytes + sizeof *row, numbers);
    return DDG_OK;
}

enum ddg_error ddg_intake_fields(struct ddg_intake *in, struct ddg_text *field)
{
    /* a text is valid until the next is taken, so they are gathered in one place */
    size_t used = 0;

    for (size_t i = 0; i < in->sample.columns; i++) {
        const char *bytes;
        size_t length;
        enum ddg_error error;

        if ((error = ddg_spool_take(&in->text, sizeof length, &bytes)))
            return error;
        memcpy(&length, bytes, sizeof length);
        if ((error = ddg_spool_take(&in->text, length, &bytes)) ||
            (error = ddg_grow(&in->joint, &in->joint_room, used + length, 1, in->context)))
            return error;
        if (length > 0)
            memcpy(in->joint + used, bytes, length);
        field[i] = (struct ddg_text){NULL, length};
        used += length;
    }
    used = 0;
    for (size_t i = 0; i < in->sample.columns; i++) {
        field[i].at = in->joint + used;
        used += field[i].length;
    }
    return DDG_OK;
}

void ddg_intake_free(struct ddg_intake *in)
{
    for (size_t g = 0; in->group && g < in->groups; g++) {
        ddg_names_free(&in->group[g].label);
        free(in->group[g].row);
    }
    for (size_t d = 0; d < in->dimensions; d++) {
        if (in->category)
            free(in->category[d]);
        ddg_dimension_free(&in->dimension[d]);
    }
    free(in->category);
    free(in->parts);
    ddg_arena_free(&in->arena);
    free(in->dimension);
    free(in->group);
    free(in->number);
    free(in->joint);
    free(in->file);
    ddg_spool_free(&in->key);
    ddg_spool_free(&in->text);
    ddg_csv_close(in->csv);
    ddg_table_free(&in->sample);
    *in = (struct ddg_intake){.key = {.fd = -1}, .text = {.fd = -1}};
}
