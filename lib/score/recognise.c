#include "score/recognise_by.h"

#include "base/prose.h"
#include "rules/words.h"

/* Labels ------------------------------------------------------------------------------------- */

const char *ddg_evidence_text(const struct ddg_evidence *e, const char *format, ...)
{
    const char *line;
    va_list arguments;

    va_start(arguments, format);
    line = ddg_prose_line(e->arena, e->context, format, arguments);
    va_end(arguments);
    return line;
}

bool ddg_is_nothing(const struct ddg_criteria *criteria, struct ddg_text label)
{
    return ddg_text_trim(label).length == 0 || ddg_phrases_have(&criteria->nothing, label);
}

bool ddg_is_no_category(const struct ddg_criteria *criteria, const struct ddg_recognised *r,
                        struct ddg_text label)
{
    return ddg_is_nothing(criteria, label) &&
           (r->variable->by != DDG_BY_LABELS || !ddg_is_class_label(r->variable, label));
}

bool ddg_next_label(const struct ddg_evidence *e, size_t dimension, size_t part, uint32_t *at,
                    struct ddg_text *label)
{
    const struct ddg_intake *in = e->intake;
    const struct ddg_dimension *d = &in->dimension[dimension];

    while (*at < in->group[dimension].label.count) {
        uint32_t category = in->category[dimension][(*at)++];
        size_t own;

        *label = ddg_own_label(d, category, &own);
        if (category != d->total && in->parts[dimension].of[category] == part &&
            !ddg_is_nothing(e->criteria, *label))
            return true;
    }
    return false;
}

/* Places -------------------------------------------------------------------------------------- */

/* Whether places of which no name of a column says so are counties: three and more with names of
 * counties, and one of them a name that no city has. */
static bool are_counties(const struct ddg_evidence *e, size_t dimension, size_t part)
{
    const struct ddg_intake *in = e->intake;
    const struct ddg_dimension *d = &in->dimension[dimension];
    unsigned count = 0;
    bool certain = false;

    for (uint32_t i = 0; i < in->group[dimension].label.count; i++) {
        uint32_t category = in->category[dimension][i];
        size_t own;
        struct ddg_text label = ddg_own_label(d, category, &own);
        enum ddg_place_label how;
        const struct ddg_place_entry *place;

        if (category == d->total || in->parts[dimension].of[category] != part ||
            d->height[category] > 0 || ddg_is_nothing(e->criteria, label))
            continue;
        place = ddg_gazetteer_find(e->gazetteer, label, &how);
        if (!place)
            return false;
        certain = certain || (how == DDG_PLACE_NAME && !place->shared);
        count++;
    }
    return certain && count >= 3;
}

/* All of it ---------------------------------------------------------------------------------- */

static size_t count_groups(const struct ddg_evidence *e, size_t dimension, size_t part)
{
    const struct ddg_dimension *d = &e->intake->dimension[dimension];
    const uint32_t *of = e->intake->parts[dimension].of;
    size_t count = 0, level;

    for (uint32_t i = 0; i < e->intake->group[dimension].label.count; i++) {
        uint32_t category = e->intake->category[dimension][i];

        count += of[category] == part && category != d->total && d->height[category] == 0 &&
                 !ddg_is_nothing(e->criteria, ddg_own_label(d, category, &level));
    }
    return count;
}

enum ddg_error ddg_recognise(const struct ddg_evidence *e, size_t dimension, size_t part,
                             struct ddg_recognised *r)
{
    struct ddg_text name = e->intake->parts[dimension].name[part];
    const struct ddg_said *said = ddg_facts_of(e->facts, name);
    const struct ddg_variable *holder;
    struct ddg_text label;
    uint32_t at = 0;

    *r = (struct ddg_recognised){.column = name};
    ddg_words_of(name, r->words);
    r->scale = ddg_scale_of(r->words, &r->fips);
    r->groups = count_groups(e, dimension, part);
    if (said)
        return ddg_recognise_as_said(e, dimension, said, r);
    ddg_recognise_by_name(e, dimension, part, r);
    /* a column of race that is called ethnicity is both in one */
    if (r->variable && !r->class && r->variable->by == DDG_BY_LABELS &&
        ddg_next_label(e, dimension, part, &at, &label) &&
        (holder = ddg_recognise_holder(e, dimension, part, r->variable)) != NULL &&
        holder != r->variable) {
        r->variable = holder;
        r->reason = "by its labels, whatever its name";
    }
    if (!r->variable)
        r->variable = ddg_recognise_by_labels(e, dimension, part, r->words, &r->reason);
    if (r->variable && r->variable->by == DDG_BY_AREA && r->scale == DDG_SCALE_UNSAID &&
        are_counties(e, dimension, part))
        r->scale = DDG_SCALE_COUNTY;
    return DDG_OK;
}
