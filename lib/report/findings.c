#include "report/findings.h"

#include "attack/ranges.h"
#include "base/number.h"

enum ddg_error ddg_findings_header(struct ddg_output *output, const struct ddg_model *model,
                                   bool values)
{
    ddg_output_field(output, ddg_text_of("line"));
    ddg_output_field(output, ddg_text_of("measure"));
    for (size_t i = 0; i < model->table->dims; i++)
        ddg_output_field(output, model->table->name[model->table->dim[i]]);
    ddg_output_field(output, ddg_text_of("status"));
    ddg_output_field(output, ddg_text_of("how"));
    if (values)
        ddg_output_field(output, ddg_text_of("value"));
    return ddg_output_end(output);
}

static struct ddg_text explain(const struct ddg_model *model, const struct ddg_finding *finding,
                               char *room, size_t size)
{
    if (finding->verdict == DDG_VERDICT_DETERMINED)
        return ddg_text_of("all lines together, if nobody counts twice");
    if (finding->method == DDG_METHOD_SYSTEM || finding->line == DDG_NO_LINE)
        return ddg_text_of("all lines together");
    ddg_model_describe_line(model, finding->line, room, size);
    return ddg_text_of(room);
}

static enum ddg_error write_finding(struct ddg_output *output, const struct ddg_model *model,
                                    const struct ddg_measure *measure, uint32_t cell,
                                    const struct ddg_finding *finding, bool values)
{
    char room[512], number[DDG_UNSIGNED_ROOM];
    struct ddg_text blank = {NULL, 0};

    ddg_output_field(output, cell < model->printed
                                 ? ddg_format_unsigned(model->table->line[cell], number)
                                 : blank);
    ddg_output_field(output, model->table->name[measure->count]);
    for (size_t i = 0; i < model->table->dims; i++)
        ddg_output_field(output, ddg_model_label(model, cell, i));
    ddg_output_field(output, ddg_text_of(finding->verdict == DDG_VERDICT_RECOVERED ? "recovered"
                                                                                   : "determined"));
    ddg_output_field(output, explain(model, finding, room, sizeof room));
    if (values)
        ddg_output_field(output, finding->verdict == DDG_VERDICT_RECOVERED
                                     ? ddg_format_unsigned(finding->value, number)
                                     : blank);
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
            error = write_finding(output, model, measure, cell, finding, values);
    }
    return error;
}
