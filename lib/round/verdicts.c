#include "round/verdicts.h"

#include "round/companions.h"
#include "rules/condition.h"

#include <stdlib.h>

enum ddg_error ddg_verdicts_find(struct ddg_verdicts *v, const struct ddg_text *name,
                                 size_t columns, const struct ddg_roles *roles,
                                 struct ddg_context *context)
{
    enum ddg_error error;

    *v = (struct ddg_verdicts){.mask = DDG_NO_COLUMN};
    if ((error = ddg_allocate(&v->dropped, columns, sizeof *v->dropped, context)))
        return error;
    for (size_t i = 0; i < columns; i++) {
        if (ddg_has_role(roles, i))
            continue;
        v->ours = v->ours || ddg_text_alike(name[i], ddg_text_of("numerator_ok"));
        v->dropped[i] = ddg_is_verdict_column(name[i]);
        if (ddg_text_alike(name[i], ddg_text_of("mask")))
            v->mask = i;
    }
    for (size_t i = 0; !v->ours && i < columns; i++)
        v->dropped[i] = false;
    return DDG_OK;
}

enum ddg_error ddg_verdicts_of_table(struct ddg_verdicts *verdicts, const struct ddg_table *t,
                                     struct ddg_context *context)
{
    const struct ddg_roles roles = {t->dim, t->dims, t->measure, t->measures};

    return ddg_verdicts_find(verdicts, t->name, t->columns, &roles, context);
}

void ddg_verdicts_free(struct ddg_verdicts *verdicts)
{
    free(verdicts->dropped);
    *verdicts = (struct ddg_verdicts){.mask = DDG_NO_COLUMN};
}

enum ddg_error ddg_verdicts_check(const struct ddg_verdicts *v, const struct ddg_table *t,
                                  const struct ddg_description *description,
                                  struct ddg_context *context)
{
    for (size_t row = 0; v->mask != DDG_NO_COLUMN && row < t->rows; row++)
        for (size_t i = 0; i < t->measures; i++) {
            struct ddg_count count;
            enum ddg_error error =
                ddg_table_count(t, description, row, &t->measure[i], &count, context);

            if (error)
                return error;
            if (!ddg_verdict_allows(v, ddg_table_field(t, row, v->mask), &count,
                                    description->threshold))
                return ddg_table_fail(t, row, v->mask, context, DDG_VERDICTS_FORBID);
        }
    return DDG_OK;
}
