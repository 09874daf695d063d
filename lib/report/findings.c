#include "report/findings.h"

#include "base/number.h"

#include <stdio.h>

enum ddg_error ddg_findings_header(struct ddg_output *output, const struct ddg_table *table,
                                   bool values)
{
    ddg_output_field(output, ddg_text_of("line"));
    ddg_output_field(output, ddg_text_of("measure"));
    for (size_t i = 0; i < table->dims; i++)
        ddg_output_field(output, table->name[table->dim[i]]);
    ddg_output_field(output, ddg_text_of("status"));
    ddg_output_field(output, ddg_text_of("how"));
    if (values)
        ddg_output_field(output, ddg_text_of("value"));
    return ddg_output_end(output);
}

static struct ddg_text explain(const struct ddg_model *model, const struct ddg_attack *attack,
                               const struct ddg_finding *finding, char *room, size_t size)
{
    if (finding->verdict == DDG_VERDICT_DETERMINED)
        return ddg_text_of(attack->totals_known
                               ? "all lines together, if nobody counts twice and other totals "
                                 "are known"
                               : "all lines together, if nobody counts twice");
    if (finding->method == DDG_METHOD_SYSTEM)
        return ddg_text_of("all lines together");
    ddg_model_describe_line(model, finding->line, room, size);
    return ddg_text_of(room);
}

/* The line of a cell, with its file where there are several. */
static struct ddg_text place_of(const struct ddg_model *model, uint32_t cell, char *room,
                                size_t size)
{
    const struct ddg_table *t = model->table;
    unsigned long long line;

    if (cell >= model->printed)
        return ddg_text_of("");
    line = t->line[cell];
    if (t->parts > 1)
        snprintf(room, size, "%s:%llu", ddg_table_file(t, cell), line);
    else
        snprintf(room, size, "%llu", line);
    return ddg_text_of(room);
}

static enum ddg_error write_finding(struct ddg_output *output, const struct ddg_model *model,
                                    const struct ddg_measure *measure, uint32_t cell,
                                    const struct ddg_attack *attack, bool values)
{
    const struct ddg_finding *finding = &attack->finding[cell];
    char room[512], number[DDG_UNSIGNED_ROOM];

    ddg_output_field(output, place_of(model, cell, room, sizeof room));
    ddg_output_field(output, model->table->name[measure->count]);
    for (size_t i = 0; i < model->table->dims; i++)
        ddg_output_field(output, ddg_model_label(model, cell, i));
    ddg_output_field(output, ddg_text_of(finding->verdict == DDG_VERDICT_RECOVERED ? "recovered"
                                                                                   : "determined"));
    ddg_output_field(output, explain(model, attack, finding, room, sizeof room));
    if (values)
        ddg_output_field(output, finding->verdict == DDG_VERDICT_RECOVERED
                                     ? ddg_format_unsigned(finding->value, number)
                                     : ddg_text_of(""));
    return ddg_output_end(output);
}

enum ddg_error ddg_findings_write(struct ddg_output *output, const struct ddg_model *model,
                                  const struct ddg_measure *measure,
                                  const struct ddg_attack *attack, bool values)
{
    enum ddg_error error = DDG_OK;

    for (uint32_t cell = 0; !error && cell < model->cells; cell++) {
        const struct ddg_finding *finding = &attack->finding[cell];

        if (finding->verdict == DDG_VERDICT_RECOVERED || finding->verdict == DDG_VERDICT_DETERMINED)
            error = write_finding(output, model, measure, cell, attack, values);
    }
    return error;
}
