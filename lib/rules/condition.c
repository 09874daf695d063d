#include "rules/condition.h"

const char *const ddg_verdict_column[DDG_VERDICT_COLUMNS] = {"numerator_ok", "denominator_ok",
                                                             "score", "mask"};

bool ddg_is_verdict_column(struct ddg_text name)
{
    for (size_t i = 0; i < DDG_VERDICT_COLUMNS; i++)
        if (ddg_text_alike(name, ddg_text_of(ddg_verdict_column[i])))
            return true;
    return false;
}

size_t ddg_find_verdict_column(const struct ddg_text *name, size_t columns, const char *verdict)
{
    size_t column = 0;

    while (column < columns && !ddg_text_alike(name[column], ddg_text_of(verdict)))
        column++;
    return column;
}
