#include "score/fiscal.h"

#include "rules/date_label.h"
#include "rules/period_label.h"

enum { YEAR = 12, YEARS = DDG_PERIOD_LAST_YEAR - DDG_PERIOD_FIRST_YEAR + 1 };

struct ddg_fiscal {
    bool begins[YEARS]; /* a range of this year and the next is there, from the first year on */
    bool certain;       /* a label like "2012-13", which is no month, is there */
    bool others;        /* so is one that is neither like it nor whole years */
};

/* "2010-11" */
static bool may_be_years(struct ddg_text label)
{
    return ddg_date_label_read(ddg_text_trim(label)) == DDG_DATE_YEARS;
}

static void join(struct ddg_fiscal *fiscal, const char *words, struct ddg_text label)
{
    bool brief = may_be_years(label), whole;
    uint32_t from, to, months;

    if (ddg_period_label_years(label, &from, &to) && to == from + 1)
        fiscal->begins[from - DDG_PERIOD_FIRST_YEAR] = true;
    whole = ddg_period_label_read(label, words, &months) && months >= YEAR;
    fiscal->certain = fiscal->certain || (whole && brief);
    fiscal->others = fiscal->others || !(whole || brief);
}

enum ddg_error ddg_fiscal_join(const struct ddg_evidence *e, size_t dimension, size_t part,
                               struct ddg_recognised *r)
{
    const struct ddg_dimension *d = &e->intake->dimension[dimension];
    struct ddg_fiscal *fiscal;
    size_t level;

    if (r->variable->by != DDG_BY_MONTHS)
        return DDG_OK;
    fiscal = ddg_arena_allocate(e->arena, sizeof *fiscal, e->context);
    if (!fiscal)
        return DDG_MEMORY;
    r->fiscal = fiscal;
    for (uint32_t i = 0; i < d->category.count; i++) {
        struct ddg_text label = ddg_own_label(d, i, &level);

        if (i != d->total && e->intake->parts[dimension].of[i] == part &&
            !ddg_is_nothing(e->criteria, label))
            join(fiscal, r->words, label);
    }
    return DDG_OK;
}

static bool begins(const struct ddg_fiscal *fiscal, uint32_t year)
{
    return year >= DDG_PERIOD_FIRST_YEAR && year <= DDG_PERIOD_LAST_YEAR &&
           fiscal->begins[year - DDG_PERIOD_FIRST_YEAR];
}

bool ddg_fiscal_is_year(const struct ddg_recognised *r, struct ddg_text label, uint64_t months)
{
    uint32_t from, to;

    if (months == 2 * YEAR)
        return ddg_period_label_years(label, &from, &to) &&
               (begins(r->fiscal, to) || begins(r->fiscal, from - 1));
    return months == 1 && may_be_years(label) && r->fiscal->certain && !r->fiscal->others;
}
