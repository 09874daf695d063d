#include "protect/never_more.h"

#include <stdlib.h>

enum {
    MEASURES_MOST = 24, /* as many as are tried for sums */
    ROWS_LEAST = 8,     /* so many do not go one way by chance, */
    NEAR_LEAST = 2,     /* and what is far apart says nothing of small counts */
};

static bool has_both(const struct ddg_equation *equation, struct ddg_text a, struct ddg_text b)
{
    bool has_a = false, has_b = false;

    for (size_t term = 0; term < equation->terms; term++) {
        has_a = has_a || ddg_text_equal(equation->name[term], a);
        has_b = has_b || ddg_text_equal(equation->name[term], b);
    }
    return has_a && has_b;
}

enum ddg_error ddg_never_more_init(struct ddg_never_more *n, const struct ddg_table *t,
                                   const struct ddg_equation *equation, size_t equations,
                                   struct ddg_context *context)
{
    enum ddg_error error;

    *n = (struct ddg_never_more){.measures = t->measures};
    if (t->measures < 2 || t->measures > MEASURES_MOST) {
        n->measures = 0;
        return DDG_OK;
    }
    if ((error = ddg_allocate(&n->name, n->measures, sizeof *n->name, context)) ||
        (error = ddg_allocate(&n->pair, n->measures * n->measures, sizeof *n->pair, context)))
        return error;
    for (size_t i = 0; i < n->measures; i++)
        n->name[i] = t->name[t->measure[i].count];
    for (size_t a = 0; a < n->measures; a++)
        for (size_t b = 0; b < n->measures; b++)
            for (size_t i = 0; i < equations; i++)
                if (has_both(&equation[i], n->name[a], n->name[b]))
                    n->pair[a * n->measures + b].broken = true;
    return DDG_OK;
}

static void look(struct ddg_never_more_pair *pair, const struct ddg_model *m,
                 const struct ddg_truth *a, const struct ddg_truth *b, uint64_t threshold)
{
    for (uint32_t row = 0; !pair->broken && row < m->printed; row++) {
        if (a->low[row] != a->high[row] || b->low[row] != b->high[row])
            continue;
        pair->broken = a->low[row] > b->low[row];
        pair->less = pair->less || a->low[row] < b->low[row];
        pair->rows += a->low[row] > 0;
        pair->near += a->low[row] > 0 && b->low[row] - a->low[row] < threshold;
    }
}

void ddg_never_more_add(struct ddg_never_more *n, const struct ddg_model *m,
                        const struct ddg_truth *truth, uint64_t threshold)
{
    for (size_t a = 0; a < n->measures; a++)
        for (size_t b = 0; b < n->measures; b++)
            if (a != b)
                look(&n->pair[a * n->measures + b], m, &truth[a], &truth[b], threshold);
}

static bool is_known_part(const struct ddg_linked *linked, size_t a, size_t b)
{
    for (size_t i = 0; i < linked->links; i++)
        if (!linked->link[i].broken && linked->link[i].sum == b && linked->link[i].parts >> a & 1)
            return true;
    return false;
}

/* The column that `a` is nearest to of those that it is never more than; n->measures for none. */
static size_t nearest_of(const struct ddg_never_more *n, const struct ddg_linked *linked, size_t a)
{
    size_t nearest = n->measures;

    for (size_t b = 0; b < n->measures; b++) {
        const struct ddg_never_more_pair *pair = &n->pair[a * n->measures + b];

        if (a == b || pair->broken || !pair->less || pair->rows < ROWS_LEAST ||
            pair->near < NEAR_LEAST || is_known_part(linked, a, b))
            continue;
        if (nearest == n->measures || pair->near > n->pair[a * n->measures + nearest].near)
            nearest = b;
    }
    return nearest;
}

void ddg_never_more_say(const struct ddg_never_more *n, const struct ddg_linked *linked,
                        struct ddg_prose *prose)
{
    for (size_t a = 0; a < n->measures; a++) {
        size_t b = nearest_of(n, linked, a);

        if (b == n->measures)
            continue;
        ddg_prose_print(prose,
                        "ddg-suppress: note: '%s' is, in every row, at most '%s': each column is "
                        "protected by itself, and if these are persons and their events one shows "
                        "what the other hides; ddg-audit --events '%s:%s' attacks them together\n",
                        n->name[a].at, n->name[b].at, n->name[a].at, n->name[b].at);
    }
}

void ddg_never_more_free(struct ddg_never_more *n)
{
    free(n->pair);
    free(n->name);
    *n = (struct ddg_never_more){0};
}
