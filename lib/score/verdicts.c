#include "score/verdicts.h"

#include "rules/condition.h"

#include <stdio.h>
#include <stdlib.h>

/* Of an unreliable estimate (R-SRV-1, R-SUP-10). */
#define CODE "4"
#define DESCRIPTION "statistically unstable"

/* What is written of each row. */
struct writing {
    const struct ddg_assessment *assessment;
    struct ddg_intake *intake;
    struct ddg_cells *cells;
    struct ddg_output *output;
    struct ddg_text *field;
    bool annotates; /* a column of annotations is added, since the table has none */
};

/* An unreliable estimate gets its code where no other stands (R-SRV-1). */
static void annotate(const struct writing *w)
{
    const struct ddg_table *t = &w->intake->sample;

    for (size_t i = 0; i < t->measures; i++) {
        size_t column = t->measure[i].annotation;

        if (column != DDG_NO_COLUMN &&
            (w->field[column].length == 0 || ddg_text_is(w->field[column], "0")))
            w->field[column] = ddg_text_of(CODE);
        else
            continue;
        if (t->measure[i].text != DDG_NO_COLUMN)
            w->field[t->measure[i].text] = ddg_text_of(DESCRIPTION);
    }
}

/* True when no count has a column of annotations. */
static bool lacks_annotations(const struct ddg_table *table)
{
    for (size_t i = 0; i < table->measures; i++)
        if (table->measure[i].annotation != DDG_NO_COLUMN)
            return false;
    return true;
}

static enum ddg_error write_row(struct writing *w)
{
    const struct ddg_assessment *a = w->assessment;
    const struct ddg_side_score *side = NULL;
    struct ddg_taken row;
    char score[24] = "";
    bool ok, known, mask;
    enum ddg_error error;

    if ((error = ddg_intake_next(w->intake, &row)) ||
        (error = ddg_intake_fields(w->intake, w->field)) ||
        (error = ddg_cells_denominator(w->cells, w->intake, &row, &ok, &known)))
        return error;
    if (a->scored) {
        struct ddg_crosses crossing = ddg_crosses_of(w->intake);

        side = ddg_score_of(&a->score, &crossing);
        snprintf(score, sizeof score, "%lld", (long long)side->total);
    }
    mask = !row.numerator_ok && !a->facts->no_persons && (!side || side->mask);
    if (row.unstable)
        annotate(w);
    for (size_t i = 0; i < w->intake->sample.columns; i++)
        ddg_output_field(w->output, w->field[i]);
    if (w->annotates) {
        ddg_output_field(w->output, ddg_text_of(row.unstable ? CODE : ""));
    }
    ddg_output_field(w->output, ddg_text_of(row.numerator_ok ? "1" : "0"));
    ddg_output_field(w->output, ddg_text_of(ok ? "1" : "0"));
    ddg_output_field(w->output, ddg_text_of(score));
    ddg_output_field(w->output, ddg_text_of(mask ? "1" : "0"));
    return ddg_output_end(w->output);
}

static enum ddg_error write_rows(struct writing *w, const struct ddg_text *name,
                                 struct ddg_context *context)
{
    const struct ddg_table *table = &w->intake->sample;
    enum ddg_error error;

    for (size_t i = 0; i < table->columns; i++)
        ddg_output_field(w->output, table->name[i]);
    if (w->annotates) {
        ddg_output_field(w->output, ddg_text_of("annotation"));
    }
    for (size_t i = 0; i < DDG_VERDICT_COLUMNS; i++)
        ddg_output_field(w->output, name[i]);
    if ((error = ddg_output_end(w->output)) ||
        (error = ddg_allocate(&w->field, table->columns, sizeof *w->field, context)))
        return error;
    error = ddg_intake_rewind(w->intake, true);
    for (uint64_t i = 0; !error && i < w->intake->rows; i++)
        error = write_row(w);
    free(w->field);
    return error;
}

enum ddg_error ddg_verdicts_write(struct ddg_output *output,
                                  const struct ddg_assessment *assessment,
                                  struct ddg_intake *intake, struct ddg_cells *cells,
                                  const struct ddg_text *name, bool annotate)
{
    struct writing w = {assessment, intake, cells,
                        output,     NULL,   annotate && lacks_annotations(&intake->sample)};

    return write_rows(&w, name, intake->context);
}
