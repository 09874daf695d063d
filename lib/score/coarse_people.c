#include "score/coarse_people.h"

#include "base/number.h"

#include <stdlib.h>

/* Whether cells that differ in nothing but this dimension have different populations. */
static enum ddg_error find_whether_added(struct ddg_coarse_table *t, size_t d,
                                         struct ddg_context *context)
{
    const struct ddg_dimension *dimension = &t->intake->dimension[d];
    struct ddg_names others;
    uint64_t *first = NULL;
    size_t room = 0;
    enum ddg_error error = DDG_OK;

    ddg_names_init(&others);
    for (uint64_t i = 0; !error && !t->adds_people[d] && i < t->cells; i++) {
        uint32_t category = ddg_coarse_category(t, t->key[i], d), before = others.count, number;
        uint64_t rest = t->key[i] - category * t->stride[d];
        struct ddg_text name = {(const char *)&rest, sizeof rest};

        if (category == dimension->total || dimension->height[category] > 0 ||
            t->people[i] == DDG_NO_PEOPLE)
            continue;
        if ((error = ddg_names_add(&others, name, &number, context)) ||
            (error = ddg_grow(&first, &room, others.count, sizeof *first, context)))
            break;
        if (others.count > before)
            first[number] = t->people[i];
        t->adds_people[d] = first[number] != t->people[i];
    }
    free(first);
    ddg_names_free(&others);
    return error;
}

enum ddg_error ddg_coarse_people_read(struct ddg_intake *in, const struct ddg_taken *row,
                                      const struct ddg_cells *of_intake, uint64_t *people)
{
    uint32_t category[DDG_DIMENSIONS_MOST];
    bool found = row->people_known;
    enum ddg_error error = DDG_OK;

    *people = row->people;
    for (size_t d = 0; d < in->dimensions; d++)
        category[d] = ddg_intake_category(in, d);
    if (of_intake->registry)
        error = ddg_registry_find(of_intake->registry, category, people, &found);
    if (!found)
        *people = DDG_NO_PEOPLE;
    return error;
}

enum ddg_error ddg_coarse_people_find(struct ddg_coarse_table *t, const struct ddg_assessment *a,
                                      struct ddg_context *context)
{
    enum ddg_error error = DDG_OK;

    for (size_t d = 0; !error && t->people && d < t->intake->dimensions; d++) {
        size_t last = t->intake->dimension[d].levels - 1;

        if (a->score.recognised[d][last].variable->by == DDG_BY_MONTHS)
            continue;
        if (a->cells->registry)
            t->adds_people[d] = ddg_registry_has(a->cells->registry, d);
        else
            error = find_whether_added(t, d, context);
    }
    return error;
}

uint64_t ddg_coarse_people_merge(const struct ddg_coarse_table *t, size_t d, uint64_t a, uint64_t b)
{
    if (a == DDG_NO_PEOPLE || b == DDG_NO_PEOPLE)
        return DDG_NO_PEOPLE;
    if (!t->adds_people[d])
        return a < b ? a : b;
    return ddg_add_unsigned(&a, b) ? a : DDG_NO_PEOPLE;
}

bool ddg_coarse_people_are_of_cells(const struct ddg_coarse_table *t,
                                    const struct ddg_cells *of_intake)
{
    if (!of_intake->registry)
        return t->people != NULL;
    for (size_t i = 0; i < t->choices; i++)
        if (ddg_registry_has(of_intake->registry, t->choice[i]->dimension))
            return true;
    return false;
}

uint64_t ddg_coarse_people_class(const struct ddg_coarse_table *t,
                                 const struct ddg_cells *of_intake, uint64_t cell)
{
    uint64_t place = 0;

    if (ddg_coarse_people_are_of_cells(t, of_intake))
        return t->people[cell] != DDG_NO_PEOPLE && t->people[cell] >= of_intake->least;
    for (size_t d = 0; d < t->intake->dimensions; d++)
        if (ddg_registry_has(of_intake->registry, d))
            place += ddg_coarse_category(t, t->key[cell], d) * t->stride[d];
    return place;
}
