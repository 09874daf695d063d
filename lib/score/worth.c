/* What a category counts as: see score/recognise.h. */
#include "rules/time_span.h"
#include "score/bands.h"
#include "score/fiscal.h"
#include "score/recognise.h"

enum { YEAR = 12 };

/* Numbers ------------------------------------------------------------------------------------ */

/* The county or state that a label means; *doubtful where it may be a smaller place of the name. */
static const struct ddg_place_entry *find_place(const struct ddg_evidence *e,
                                                const struct ddg_recognised *r,
                                                struct ddg_text label, bool *doubtful)
{
    enum ddg_place_label how;
    const struct ddg_place_entry *place = ddg_gazetteer_find(e->gazetteer, label, &how);

    *doubtful = false;
    if (r->scale == DDG_SCALE_SMALLER)
        return NULL;
    if (how == DDG_PLACE_DIGITS)
        return r->scale == DDG_SCALE_COUNTY ? ddg_gazetteer_code(e->gazetteer, label, r->fips)
                                            : NULL;
    *doubtful = place && how == DDG_PLACE_NAME && r->scale == DDG_SCALE_UNSAID;
    return *doubtful ? NULL : place;
}

/* The population that the file has for a category, whatever the other dimensions are; of several
 * periods the least. */
static enum ddg_error find_in_file(const struct ddg_evidence *e, uint32_t *category, size_t from,
                                   struct ddg_worth *w)
{
    const struct ddg_intake *in = e->intake;
    uint64_t people;
    enum ddg_error error;
    bool found;

    while (from < in->dimensions && !(e->of_time[from] && ddg_registry_has(e->registry, from)))
        from++;
    if (from == in->dimensions) {
        if ((error = ddg_registry_find(e->registry, category, &people, &found)) || !found)
            return error;
        if (!w->numbered || people < w->number)
            w->number = people;
        w->numbered = true;
        return DDG_OK;
    }
    error = DDG_OK;
    for (uint32_t i = 0; !error && i < in->dimension[from].category.count; i++) {
        category[from] = i;
        error = find_in_file(e, category, from + 1, w);
    }
    return error;
}

/* People of a category, from a file, a column or, of places, from the census; the parts of one that
 * has none are added up. */
static enum ddg_error find_people(const struct ddg_evidence *e, size_t dimension, uint32_t category,
                                  const struct ddg_recognised *parts, struct ddg_worth *w)
{
    const struct ddg_intake *in = e->intake;
    const struct ddg_dimension *d = &in->dimension[dimension];
    const struct ddg_place_entry *place = NULL;
    enum ddg_error error = DDG_OK;
    size_t level;
    struct ddg_text label = ddg_own_label(d, category, &level);

    if (e->registry && ddg_registry_has(e->registry, dimension)) {
        uint32_t all[DDG_DIMENSIONS_MOST];

        for (size_t i = 0; i < in->dimensions; i++)
            all[i] = i == dimension ? category : in->dimension[i].total;
        w->from = e->population;
        error = find_in_file(e, all, 0, w);
    }
    /* a column has the people of a cell's area */
    if (error || w->numbered ||
        parts[in->parts[dimension].of[category]].variable->by != DDG_BY_AREA)
        return error;
    w->numbered = e->cells->people[dimension][category] > 0;
    w->number = e->cells->people[dimension][category];
    w->from = e->population;
    if (w->numbered)
        return DDG_OK;
    place = find_place(e, &parts[in->parts[dimension].of[category]], label, &w->doubtful);
    w->from = "census of 2020";
    w->numbered = place != NULL;
    w->number = place ? place->people : 0;
    if (w->numbered || d->height[category] == 0)
        return DDG_OK;
    w->numbered = true;
    for (uint32_t child = 0; !error && w->numbered && child < d->category.count; child++) {
        struct ddg_worth part = {.numbered = false};

        if (d->parent[child] != category)
            continue;
        error = find_people(e, dimension, child, parts, &part);
        w->numbered = part.numbered;
        w->number += part.number;
    }
    return error;
}

static enum ddg_error find_number(const struct ddg_evidence *e, size_t dimension, uint32_t category,
                                  const struct ddg_recognised *parts, struct ddg_text label,
                                  struct ddg_worth *w)
{
    const struct ddg_recognised *r = &parts[e->intake->parts[dimension].of[category]];
    uint32_t months;

    switch (r->variable->by) {
    case DDG_BY_YEARS:
        w->numbered = ddg_band_of_ages(e, r, label, w);
        return DDG_OK;
    case DDG_BY_MONTHS:
        w->numbered = ddg_time_months(label, r->words, &months);
        w->number = w->numbered ? months : 0;
        if (ddg_fiscal_is_year(r, label, w->number))
            w->number = YEAR;
        else
            (void)ddg_band_of_months(e, r, label, w);
        return DDG_OK;
    case DDG_BY_GROUPS:
        w->number = r->groups;
        w->numbered = true;
        w->from = "number of categories";
        return DDG_OK;
    case DDG_BY_LABELS:
        return DDG_OK;
    default:
        return find_people(e, dimension, category, parts, w);
    }
}

/* What --insurance-members and --program-enrollment say of categories of which nothing else does.
 */
static void take_facts(const struct ddg_evidence *e, struct ddg_worth *w)
{
    const struct ddg_facts *f = e->facts;
    bool plan = w->variable->by == DDG_BY_MEMBERS;

    if (!(plan ? f->members_known : w->variable->by == DDG_BY_ENROLMENT && f->enrolment_known))
        return;
    w->numbered = true;
    w->number = plan ? f->members : f->enrolment;
    w->from = plan ? "--insurance-members" : "--program-enrollment";
}

/* Classes ------------------------------------------------------------------------------------ */

/* Looks for the label in the variable and those that refine it; where none has it, the highest
 * class of those that refine it holds, for want of anything that is known. */
static void find_class(const struct ddg_evidence *e, struct ddg_text label, struct ddg_worth *w)
{
    const struct ddg_variable *own = w->variable, *highest = own;

    w->class = ddg_class_of_label(own, label);
    for (size_t i = 0; !w->class && i < e->criteria->variables; i++) {
        const struct ddg_variable *v = &e->criteria->variable[i];

        if (!v->refines || strcmp(v->refines, own->name) != 0)
            continue;
        if (ddg_class_highest(v)->score > ddg_class_highest(highest)->score)
            highest = v;
        if (w->numbered && v->by == DDG_BY_GROUP)
            w->class = ddg_class_of_number(v, w->number);
        else
            w->class = ddg_class_of_label(v, label);
        if (w->class)
            w->variable = v;
    }
    w->known = w->class != NULL;
    if (w->known)
        return;
    w->variable = highest;
    w->class = ddg_class_highest(highest);
}

enum ddg_error ddg_recognise_worth(const struct ddg_evidence *e, size_t dimension,
                                   uint32_t category, const struct ddg_recognised *parts,
                                   struct ddg_worth *w)
{
    size_t level;
    struct ddg_text label = ddg_own_label(&e->intake->dimension[dimension], category, &level);
    const struct ddg_recognised *r = &parts[e->intake->parts[dimension].of[category]];
    enum ddg_error error = DDG_OK;

    *w = (struct ddg_worth){.variable = r->variable, .from = "", .known = true};
    if (r->class) {
        w->class = r->class;
        return DDG_OK;
    }
    if (r->number_said) {
        w->numbered = true;
        w->number = r->number;
        w->from = "--var";
    } else if ((error = find_number(e, dimension, category, parts, label, w))) {
        return error;
    }
    if (r->variable->by == DDG_BY_LABELS) {
        /* populations of groups count only for labels that no class has */
        if (!r->number_said)
            error = find_people(e, dimension, category, parts, w);
        find_class(e, label, w);
        return error;
    }
    if (!w->numbered && (w->class = ddg_class_of_label(r->variable, label)) != NULL)
        return DDG_OK;
    if (!w->numbered)
        take_facts(e, w);
    w->known = w->numbered;
    w->class =
        w->known ? ddg_class_of_number(r->variable, w->number) : ddg_class_highest(r->variable);
    return DDG_OK;
}
