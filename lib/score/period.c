#include "score/period.h"

#include "rules/period_label.h"
#include "rules/time_span.h"

enum { YEAR = 12 };

struct said {
    uint32_t months, from, to; /* years; `to` 0 where it names none */
};

static struct said read_said(struct ddg_text label)
{
    struct said said = {0, 0, 0};

    (void)ddg_time_months(label, DDG_PERIOD_COLUMN, &said.months);
    if (!ddg_period_label_span(label, &said.from, &said.to))
        said.to = 0;
    else if (said.months > YEAR && said.from + said.months / YEAR - 1 > said.to)
        said.to = said.from + said.months / YEAR - 1; /* "2018-22" */
    else if (said.months == YEAR && said.from == said.to && label.length > 4)
        said.to++; /* "2021-22" */
    return said;
}

static bool agrees(const struct said *said, struct ddg_text label, const char *words)
{
    uint32_t from, to, months;

    if (said->to > 0 && ddg_period_label_span(label, &from, &to) &&
        (from < said->from || to > said->to))
        return false;
    return !ddg_time_months(label, words, &months) || months <= said->months;
}

enum ddg_error ddg_period_check(const struct ddg_score *score, const struct ddg_evidence *e)
{
    const struct ddg_intake *in = e->intake;
    struct said said;

    if (!e->facts->period)
        return DDG_OK;
    said = read_said(ddg_text_of(e->facts->period));
    for (size_t d = 0; d < in->dimensions; d++)
        for (uint32_t i = 0; i < in->group[d].label.count; i++) {
            size_t level;
            uint32_t category = in->category[d][i];
            struct ddg_text label = ddg_own_label(&in->dimension[d], category, &level);
            const struct ddg_recognised *r = &score->recognised[d][in->parts[d].of[category]];

            if (category == in->dimension[d].total || !r->variable ||
                r->variable->by != DDG_BY_MONTHS || r->class || r->number_said ||
                ddg_is_nothing(e->criteria, label) || agrees(&said, label, r->words))
                continue;
            return ddg_table_fail(&in->sample, in->group[d].row[i],
                                  in->dimension[d].level[level].column, e->context,
                                  "the period is not within that of --period");
        }
    return DDG_OK;
}
