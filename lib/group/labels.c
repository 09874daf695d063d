#include "group/labels.h"

#include <stdlib.h>

/* Values that are remembered.  Time stamps could be as many as records, and memory must stay
 * proportional to groups. */
enum { RAW_MOST = 1 << 16 };

enum ddg_error ddg_labels_init(struct ddg_labels *labels, const struct ddg_grouping *dimension,
                               struct ddg_text missing, struct ddg_text total,
                               struct ddg_context *context)
{
    *labels = (struct ddg_labels){
        .step = dimension->step, .steps = dimension->steps, .missing = missing, .total = total};
    ddg_names_init(&labels->label);
    ddg_names_init(&labels->raw);
    if (ddg_text_equal(missing, total))
        return ddg_fail(context, DDG_USAGE,
                        "dimension '%.*s': the label of blank values is the label of totals",
                        (int)dimension->name.length, dimension->name.at);
    return DDG_OK;
}

/* Gives `label` its code. */
static enum ddg_error add_label(struct ddg_labels *labels, struct ddg_text label, uint32_t *code,
                                const char **problem, struct ddg_context *context)
{
    if (label.length == 0)
        label = labels->missing;
    if (ddg_text_equal(label, labels->total)) {
        *problem = "a value that reads as the label of totals (--total gives them another)";
        return DDG_OK;
    }
    return ddg_names_add(&labels->label, label, code, context);
}

/* Blank passes through: a recoding reads values, and there is none. */
static enum ddg_error recode(struct ddg_labels *labels, struct ddg_text value, uint32_t *code,
                             const char **problem, struct ddg_context *context)
{
    char room[DDG_LABEL_ROOM];

    for (size_t i = 0; i < labels->steps && value.length > 0; i++) {
        *problem = ddg_recoding_apply(&labels->step[i], value, room, &value);
        if (*problem)
            return DDG_OK;
    }
    return add_label(labels, value, code, problem, context);
}

static enum ddg_error remember(struct ddg_labels *labels, struct ddg_text value, uint32_t code,
                               struct ddg_context *context)
{
    enum ddg_error error;
    uint32_t number;

    if (labels->raw.count == RAW_MOST) {
        ddg_names_free(&labels->raw);
        ddg_names_init(&labels->raw);
    }
    error = ddg_grow(&labels->code_of, &labels->capacity, (size_t)labels->raw.count + 1,
                     sizeof *labels->code_of, context);
    if (!error)
        error = ddg_names_add(&labels->raw, value, &number, context);
    if (!error)
        labels->code_of[number] = code;
    return error;
}

enum ddg_error ddg_labels_code(struct ddg_labels *labels, struct ddg_text value, uint32_t *code,
                               const char **problem, struct ddg_context *context)
{
    enum ddg_error error;
    uint32_t number;

    *problem = NULL;
    if (labels->steps == 0)
        return add_label(labels, value, code, problem, context);
    number = ddg_names_find(&labels->raw, value);
    if (number != DDG_NO_NAME) {
        *code = labels->code_of[number];
        return DDG_OK;
    }
    error = recode(labels, value, code, problem, context);
    return error || *problem ? error : remember(labels, value, *code, context);
}

void ddg_labels_free(struct ddg_labels *labels)
{
    ddg_names_free(&labels->label);
    ddg_names_free(&labels->raw);
    free(labels->code_of);
    *labels = (struct ddg_labels){0};
}
