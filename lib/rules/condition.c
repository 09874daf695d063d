#include "rules/condition.h"

const char *const ddg_verdict_column[DDG_VERDICT_COLUMNS] = {"numerator_ok", "denominator_ok",
                                                             "score", "mask"};

bool ddg_is_verdict_column(struct ddg_text name)
{
    for (size_t i = 0; i < DDG_VERDICT_COLUMNS; i++)
        if (ddg_text_is(name, ddg_verdict_column[i]))
            return true;
    return false;
}
