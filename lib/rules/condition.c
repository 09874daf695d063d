#include "rules/condition.h"

#include <stdlib.h>

const char *const ddg_verdict_column[DDG_VERDICT_COLUMNS] = {"numerator_ok", "denominator_ok",
                                                             "score", "mask"};

bool ddg_is_verdict_column(struct ddg_text name)
{
    for (size_t i = 0; i < DDG_VERDICT_COLUMNS; i++)
        if (ddg_text_is(name, ddg_verdict_column[i]))
            return true;
    return false;
}

static enum ddg_error judge_numerator(const struct ddg_table *table,
                                      const struct ddg_description *description, size_t row,
                                      const struct ddg_measure *measure, bool *ok,
                                      struct ddg_context *context)
{
    struct ddg_count count;
    enum ddg_error error = ddg_table_true_count(table, description, row, measure, &count, context);

    if (error)
        return error;
    if (count.state == DDG_SHOWN && count.value >= 1 && count.value < description->threshold)
        *ok = false;
    return DDG_OK;
}

enum ddg_error ddg_condition_judge(struct ddg_condition *condition, const struct ddg_model *model,
                                   const struct ddg_description *description,
                                   const struct ddg_population *population, uint64_t least,
                                   struct ddg_context *context)
{
    const struct ddg_table *table = model->table;
    enum ddg_error error;

    *condition = (struct ddg_condition){0};
    if ((error = ddg_allocate(&condition->numerator_ok, table->rows, 1, context)) ||
        (error = ddg_allocate(&condition->denominator_ok, table->rows, 1, context)))
        return error;
    for (size_t row = 0; row < table->rows; row++) {
        condition->numerator_ok[row] = true;
        for (size_t i = 0; i < table->measures; i++)
            if ((error = judge_numerator(table, description, row, &table->measure[i],
                                         &condition->numerator_ok[row], context)))
                return error;
        condition->denominator_ok[row] = population->found[row] && population->people[row] >= least;
        condition->small += !condition->numerator_ok[row];
        condition->denominators_failed += !condition->denominator_ok[row];
        condition->denominators_missing += !population->found[row];
    }
    return DDG_OK;
}

void ddg_condition_free(struct ddg_condition *condition)
{
    free(condition->numerator_ok);
    free(condition->denominator_ok);
    *condition = (struct ddg_condition){0};
}
