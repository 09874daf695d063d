#include "protect/twins.h"

#include <stdlib.h>

static uint32_t release_of(const struct ddg_twins *t, uint32_t cell)
{
    return ddg_model_category(t->model, cell, t->release);
}

/* The digests of the table that a cell stands in, of its measure alone. */
static size_t digests_of(const struct ddg_twins *t, uint32_t cell)
{
    size_t number = release_of(t, cell);

    if (t->measures > 1)
        number = number * t->measures + ddg_model_category(t->model, cell, t->joined);
    return number;
}

/* Adds up hashes of the categories that the total of each dimension adds up in each release,
 * whatever their order. */
static enum ddg_error digest_parts(struct ddg_twins *t, struct ddg_context *context)
{
    const struct ddg_model *m = t->model;
    struct ddg_hash_key key = ddg_hash_key_new();
    enum ddg_error error = DDG_OK;

    for (size_t d = 0; !error && d < t->release; d++) {
        uint32_t categories = m->dimension[d].category.count;
        bool *seen;

        if (m->dimension[d].joined)
            continue;
        error = ddg_allocate(&seen, (size_t)t->releases * t->measures * categories, sizeof *seen,
                             context);
        for (uint32_t cell = 0; !error && cell < m->cells; cell++) {
            uint32_t category = ddg_model_category(m, cell, d);
            size_t digests = digests_of(t, cell);
            bool *here = &seen[digests * categories + category];

            if (category != m->dimension[d].total && !*here)
                t->parts[digests * m->dimensions + d] += ddg_hash_word(&key, category);
            *here = true;
        }
        free(seen);
    }
    return error;
}

enum ddg_error ddg_twins_init(struct ddg_twins *t, const struct ddg_model *model,
                              struct ddg_context *context)
{
    enum ddg_error error;

    *t = (struct ddg_twins){.model = model, .release = model->dimensions - 1, .measures = 1};
    t->releases = model->dimension[t->release].category.count;
    for (size_t d = 0; d < t->release; d++)
        if (model->dimension[d].joined) {
            t->joined = d;
            t->measures = model->dimension[d].category.count;
        }
    if ((error = ddg_allocate(&t->same, model->cells, sizeof *t->same, context)) ||
        (error = ddg_allocate(&t->apart, model->cells, sizeof *t->apart, context)) ||
        (error = ddg_allocate(&t->printed, model->cells, sizeof *t->printed, context)) ||
        (error = ddg_allocate(&t->parts, (size_t)t->releases * t->measures * model->dimensions,
                              sizeof *t->parts, context)))
        return error;
    for (uint32_t cell = 0; cell < model->printed; cell++)
        t->printed[cell] = true;
    for (size_t i = 0; i < model->table->beyond; i++)
        t->printed[model->beyond[i]] = true;
    return digest_parts(t, context);
}

void ddg_twins_free(struct ddg_twins *t)
{
    free(t->same);
    free(t->apart);
    free(t->parts);
    free(t->printed);
    *t = (struct ddg_twins){0};
}

/* True when both cells have a row, or the totals among their categories add up the same.  A table
 * that has nothing but the total of a dimension says nothing against it. */
static bool same_parts(const struct ddg_twins *t, uint32_t a, uint32_t b)
{
    const struct ddg_model *m = t->model;
    const uint64_t *of_a = &t->parts[digests_of(t, a) * m->dimensions];
    const uint64_t *of_b = &t->parts[digests_of(t, b) * m->dimensions];

    if (t->printed[a] && t->printed[b])
        return true;
    for (size_t d = 0; d < t->release; d++)
        if (!m->dimension[d].joined && ddg_model_category(m, a, d) == m->dimension[d].total &&
            of_a[d] != 0 && of_b[d] != 0 && of_a[d] != of_b[d])
            return false;
    return true;
}

/* Releases are numbered from 1, ours first. */
void ddg_twins_find(struct ddg_twins *t)
{
    for (uint32_t cell = 0; cell < t->model->cells; cell++) {
        uint32_t release = release_of(t, cell);

        t->same[cell] = cell;
        for (uint32_t r = 1; r < release && t->same[cell] == cell && !t->apart[cell]; r++) {
            uint32_t twin = ddg_model_neighbour(t->model, cell, t->release, r);

            if (twin != DDG_NO_CELL && !t->apart[twin] && same_parts(t, twin, cell))
                t->same[cell] = t->same[twin];
        }
    }
}

uint32_t ddg_twins_of(const struct ddg_twins *t, uint32_t cell, uint32_t other)
{
    return ddg_model_neighbour(t->model, cell, t->release, release_of(t, other));
}
