#include "protect/failure.h"

#include <stdio.h>

/* Puts `before` and `after` around the message of a failure, which is cut where it gets too long.
 */
static void add_to_message(struct ddg_context *context, const char *before, const char *after)
{
    char message[sizeof context->message];

    if (snprintf(message, sizeof message, "%s%s%s", before, context->message, after) > 0)
        memcpy(context->message, message, sizeof message);
}

/* A line in which --never leaves nothing to hide beside a suppressed cell; DDG_NO_CELL where that
 * is not the trouble. */
static uint32_t find_forbidden(const struct ddg_mask *mask, uint32_t *alone)
{
    const struct ddg_model *m = mask->model;

    for (uint32_t line = 0; line < m->lines; line++) {
        bool forbidden = false, eligible = false;

        *alone = DDG_NO_CELL;
        if (mask->unknowns[line] != 1)
            continue;
        for (size_t i = m->line_start[line]; i < m->line_start[line + 1]; i++) {
            uint32_t cell = m->line_cell[i];

            if (mask->kind[cell] != DDG_PUBLIC)
                *alone = cell;
            eligible = eligible || ddg_mask_eligible(mask, cell);
            forbidden = forbidden || (cell < mask->ours && mask->policy.never[cell] &&
                                      mask->truth->low[cell] > 0 && mask->kind[cell] == DDG_PUBLIC);
        }
        if (forbidden && !eligible && *alone < mask->ours)
            return line;
    }
    return DDG_NO_CELL;
}

static void explain_never(const struct ddg_mask *mask, struct ddg_context *context)
{
    const struct ddg_table *t = mask->model->table;
    uint32_t cell, line;
    char where[256], along[320];

    if (!mask->policy.never || !mask->unknowns)
        return;
    line = find_forbidden(mask, &cell);
    if (line == DDG_NO_CELL) {
        add_to_message(context, "", " (--never may leave too little to hide)");
        return;
    }
    ddg_model_describe(mask->model, cell, where, sizeof where);
    ddg_model_describe_line(mask->model, line, along, sizeof along);
    *context = (struct ddg_context){.inputs = context->inputs};
    /* of several measures each has all rows */
    if (cell < mask->model->printed)
        ddg_fail_at(
            context, DDG_UNSAFE, ddg_table_file(t, cell % t->rows), t->line[cell % t->rows], NULL,
            "no way found to protect %s: --never leaves nothing else to hide in the line %s", where,
            along);
    else
        ddg_fail(context, DDG_UNSAFE,
                 "%s: no way found to protect %s: --never leaves nothing else to hide in the line "
                 "%s",
                 t->file, where, along);
}

/* A dimension beside others that has another category in each row, of three at least, and none from
 * a file: an identifier, or a number. */
static size_t find_identifier(const struct ddg_model *m)
{
    size_t rows = m->table->rows, dimensions = 0, found = DDG_NO_COLUMN;

    /* that of measures, with all rows in each, is no column of the table */
    for (size_t d = 0; d < m->dimensions; d++) {
        if (m->dimension[d].joined)
            continue;
        dimensions++;
        if (found == DDG_NO_COLUMN && m->dimension[d].levels == 1 &&
            m->dimension[d].of_files == 1 && m->dimension[d].category.count > rows)
            found = d;
    }
    return dimensions > 1 && rows > 2 ? found : DDG_NO_COLUMN;
}

static void explain_identifier(const struct ddg_mask *mask,
                               const struct ddg_description *description,
                               struct ddg_context *context)
{
    size_t d = find_identifier(mask->model);
    struct ddg_context aside = {0};
    struct ddg_prose prose = {.context = &aside};

    if (d == DDG_NO_COLUMN || description->dims.count > 0 || mask->policy.known)
        return;
    ddg_prose_say(&prose, "; '");
    ddg_prose_add(&prose, mask->model->dimension[d].level->name);
    ddg_prose_say(&prose, "' has another value in each row: is it a dimension? --dims");
    add_to_message(context, "", ddg_prose_string(&prose));
    ddg_prose_free(&prose);
}

void ddg_failure_explain(const struct ddg_mask *mask, const struct ddg_misnamed *misnamed,
                         const struct ddg_description *description, struct ddg_context *context)
{
    struct ddg_context aside = {0};
    struct ddg_prose likely = {.context = &aside};

    explain_never(mask, context);
    explain_identifier(mask, description, context);
    /* what is shown there cannot be hidden any more */
    if (mask->policy.known)
        add_to_message(context, "",
                       " (beside what is --published, which cannot be hidden any more)");
    if (misnamed->dim != DDG_NO_COLUMN) {
        ddg_prose_print(&likely, "%s: ", mask->model->table->file);
        ddg_misnamed_say(&likely, misnamed, mask->model, description);
        ddg_prose_say(&likely, "; otherwise: ");
        add_to_message(context, ddg_prose_string(&likely), "");
        ddg_prose_free(&likely);
    }
}
