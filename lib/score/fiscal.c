#include "score/fiscal.h"

#include "rules/date_label.h"
#include "rules/period_label.h"

enum { YEAR = 12 };

/* Goes through the labels of the part that a category is in, as of its own level; *at is 0 at
 * first.  False behind the last. */
static bool next(const struct ddg_evidence *e, size_t dimension, uint32_t category, uint32_t *at,
                 struct ddg_text *label)
{
    const struct ddg_dimension *d = &e->intake->dimension[dimension];
    const uint32_t *of = e->intake->parts[dimension].of;
    size_t level;

    while (*at < d->category.count) {
        uint32_t other = (*at)++;

        *label = ddg_own_label(d, other, &level);
        if (other != d->total && of[other] == of[category] && !ddg_is_nothing(e->criteria, *label))
            return true;
    }
    return false;
}

static bool meets_another(const struct ddg_evidence *e, size_t dimension, uint32_t category,
                          struct ddg_text label)
{
    uint32_t from, to, other_from, other_to, at = 0;

    if (!ddg_period_label_years(label, &from, &to))
        return false;
    while (next(e, dimension, category, &at, &label))
        if (ddg_period_label_years(label, &other_from, &other_to) && other_to == other_from + 1 &&
            (other_from == to || other_to == from))
            return true;
    return false;
}

/* "2010-11" */
static bool may_be_years(struct ddg_text label)
{
    return ddg_date_label_read(ddg_text_trim(label)) == DDG_DATE_YEARS;
}

static bool is_among_years(const struct ddg_evidence *e, const struct ddg_recognised *r,
                           size_t dimension, uint32_t category, struct ddg_text label)
{
    bool certain = false;

    if (!may_be_years(label))
        return false;
    for (uint32_t at = 0, months; next(e, dimension, category, &at, &label);) {
        bool whole = ddg_period_label_read(label, r->words, &months) && months >= YEAR;

        if (!whole && !may_be_years(label))
            return false;
        certain = certain || (whole && may_be_years(label));
    }
    return certain;
}

bool ddg_fiscal_is_year(const struct ddg_evidence *e, const struct ddg_recognised *r,
                        size_t dimension, uint32_t category, uint64_t months)
{
    size_t level;
    struct ddg_text label = ddg_own_label(&e->intake->dimension[dimension], category, &level);

    return (months == 2 * YEAR && meets_another(e, dimension, category, label)) ||
           (months == 1 && is_among_years(e, r, dimension, category, label));
}
