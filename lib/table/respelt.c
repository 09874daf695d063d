#include "table/respelt.h"

static enum ddg_error fail(const struct ddg_table *t, size_t row, struct ddg_text label,
                           struct ddg_text name, struct ddg_text total, struct ddg_context *context)
{
    return ddg_fail_at(
        context, DDG_INPUT, ddg_table_file(t, row), t->line[row], NULL,
        "'%.*s' of '%.*s' is '%.*s', the label of totals, but for case or spaces: "
        "--alias makes them one%s",
        (int)label.length, label.at, (int)name.length, name.at, (int)total.length, total.at,
        ddg_text_is(total, DDG_USUAL_TOTAL)
            ? ", and --total with the dimension says that it is a category like others"
            : "");
}

enum ddg_error ddg_respelt_check(const struct ddg_model *m,
                                 const struct ddg_description *description,
                                 struct ddg_context *context)
{
    const struct ddg_table *t = m->table;

    for (size_t d = 0; d < t->dims; d++) {
        const struct ddg_level *level = ddg_model_level(m, d);
        struct ddg_text total = ddg_text_trim(level->total);
        struct ddg_text name = t->name[t->dim[d]];

        if (ddg_description_total_is_usual(description, name))
            continue;
        for (size_t row = 0; row < t->rows; row++) {
            struct ddg_text label = ddg_table_field(t, row, t->dim[d]);
            struct ddg_text meaning = ddg_level_meaning(level, label);

            if (!ddg_text_equal(meaning, level->total) &&
                ddg_text_alike(ddg_text_trim(meaning), total))
                return fail(t, row, label, name, level->total, context);
        }
    }
    return DDG_OK;
}
