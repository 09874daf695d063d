#include "protect/parts.h"

#include "base/random.h"

#include <stdlib.h>
#include <string.h>

/* Products that are looked at for a cell, of the lightest parts. */
enum { MOST_PRODUCTS = 1500 };

/* Which of two that cost the same is the better is left to chance, within so many cells. */
enum { CHANCE = 256 };

/* How many parts of each of so many dimensions are multiplied. */
static uint32_t beam_of(size_t dimensions)
{
    uint32_t beam = 1;

    if (dimensions == 0)
        return 0;
    for (;; beam++) {
        uint64_t products = 1;

        for (size_t d = 0; d < dimensions && products <= MOST_PRODUCTS; d++)
            products *= beam + 1;
        if (products > MOST_PRODUCTS)
            return beam;
    }
}

enum ddg_error ddg_move_parts_init(struct ddg_move_parts *p, struct ddg_ground *ground,
                                   size_t open_count, struct ddg_context *context)
{
    const struct ddg_model *m = ground->mask->model;
    size_t dimensions = m->dimensions, most = 0;
    enum ddg_error error;

    *p = (struct ddg_move_parts){.ground = ground, .open_count = open_count};
    p->beam = beam_of(dimensions - open_count);
    if ((error = ddg_allocate(&p->own, dimensions, sizeof *p->own, context)) ||
        (error = ddg_allocate(&p->parts, dimensions, sizeof *p->parts, context)) ||
        (error = ddg_allocate(&p->flat, dimensions, sizeof *p->flat, context)) ||
        (error = ddg_allocate(&p->part, dimensions, sizeof *p->part, context)))
        return error;
    for (size_t d = 0; !error && d < dimensions; d++) {
        p->flat[d] = ddg_move_parts_is_flat(&m->dimension[d]);
        most = m->dimension[d].category.count > most ? m->dimension[d].category.count : most;
        error = ddg_allocate(&p->part[d], p->beam, sizeof **p->part, context);
    }
    return error ? error : ddg_allocate(&p->other, most, sizeof *p->other, context);
}

void ddg_move_parts_free(struct ddg_move_parts *p)
{
    for (size_t d = 0; p->part && d < p->ground->mask->model->dimensions; d++)
        free(p->part[d]);
    free(p->part);
    free(p->parts);
    free(p->own);
    free(p->flat);
    free(p->other);
    *p = (struct ddg_move_parts){0};
}

static uint64_t with_chance(struct ddg_move_parts *p, uint64_t weight)
{
    return weight / CHANCE * CHANCE + ddg_random_below(&p->random, CHANCE);
}

/* Parts ---------------------------------------------------------------------------------------- */

static uint32_t top_of(const struct ddg_dimension *d, uint32_t category)
{
    while (d->parent[category] != DDG_NO_NAME)
        category = d->parent[category];
    return category;
}

/* A category and what is above it, unless that is above the other as well; false when there is no
 * room. */
static bool add_path(const struct ddg_dimension *d, struct ddg_move_part *part, uint32_t from,
                     int sign, uint32_t other)
{
    for (; from != DDG_NO_NAME; from = d->parent[from]) {
        if (other != DDG_NO_NAME && ddg_dimension_is_above(d, from, other))
            return true;
        if (part->count == DDG_PART_MOST)
            return false;
        part->category[part->count] = from;
        part->sign[part->count++] = (int8_t)sign;
    }
    return true;
}

/* What the cells weigh that stand beside the wanted one along the dimension. */
static void weigh_part(struct ddg_move_parts *p, size_t d, struct ddg_move_part *part,
                       uint64_t most)
{
    const struct ddg_model *m = p->ground->mask->model;
    uint64_t key = m->key[p->cell] - p->own[d] * m->stride[d];

    part->weight = 0;
    for (uint32_t i = 0; i < part->count && part->weight != DDG_NO_WAY; i++) {
        uint64_t weight = ddg_ground_weight(p->ground, key + part->category[i] * m->stride[d],
                                            p->by * part->sign[i]);
        bool light = weight != DDG_NO_WAY && weight <= most - part->weight;

        part->weight = light ? part->weight + weight : DDG_NO_WAY;
    }
}

/* Sorts a part into the lightest of its dimension. */
static void keep_part(struct ddg_move_parts *p, size_t d, const struct ddg_move_part *part)
{
    struct ddg_move_part *list = p->part[d];
    uint32_t at = p->parts[d] < p->beam ? p->parts[d]++ : p->beam;

    for (; at > 0 && part->weight < list[at - 1].weight; at--)
        if (at < p->beam)
            list[at] = list[at - 1];
    if (at < p->beam)
        list[at] = *part;
}

static void consider(struct ddg_move_parts *p, size_t d, uint32_t more, uint32_t less,
                     uint64_t most)
{
    const struct ddg_dimension *dimension = &p->ground->mask->model->dimension[d];
    struct ddg_move_part part;

    part.count = 0;
    if (!add_path(dimension, &part, more, 1, less) ||
        (less != DDG_NO_NAME && !add_path(dimension, &part, less, -1, more)))
        return;
    weigh_part(p, d, &part, most);
    if (part.weight == DDG_NO_WAY)
        return;
    part.weight = with_chance(p, part.weight);
    keep_part(p, d, &part);
}

static void find_parts(struct ddg_move_parts *p, size_t d, uint64_t most)
{
    const struct ddg_dimension *dimension = &p->ground->mask->model->dimension[d];
    uint32_t own = p->own[d], count = dimension->category.count;

    for (uint32_t more = 0; more < count; more++) {
        if (dimension->height[more] > 0 || !ddg_dimension_is_above(dimension, own, more))
            continue;
        consider(p, d, more, DDG_NO_NAME, most);
        for (uint32_t less = 0; less < count; less++)
            if (dimension->height[less] == 0 && !ddg_dimension_is_above(dimension, own, less) &&
                top_of(dimension, less) == top_of(dimension, more))
                consider(p, d, more, less, most);
    }
}

/* Flat dimensions ------------------------------------------------------------------------------ */

/* Cells of tables where all places are looked at: that takes longer, and finds what loses less. */
enum { ALL_PLACES = 200000 };

bool ddg_move_parts_is_flat(const struct ddg_dimension *d)
{
    if (d->total >= d->category.count || d->height[d->total] != 1)
        return false;
    for (uint32_t i = 0; i < d->category.count; i++)
        if (i != d->total && d->parent[i] != d->total)
            return false;
    return true;
}

bool ddg_move_parts_go_by_lines(const struct ddg_move_parts *p)
{
    return p->ground->mask->model->cells > ALL_PLACES;
}

static int by_number(const void *a, const void *b)
{
    uint32_t s = *(const uint32_t *)a, t = *(const uint32_t *)b;

    return (s > t) - (s < t);
}

/* The categories of the cells in a line that may be light enough, in their order. */
static uint32_t list_others(struct ddg_move_parts *p, size_t d, uint32_t line, uint64_t most)
{
    const struct ddg_mask *mask = p->ground->mask;
    const struct ddg_model *m = mask->model;
    size_t start = m->line_start[line];
    uint32_t count = 0;

    for (size_t i = start; i < start + mask->unknowns[line]; i++)
        p->other[count++] = ddg_model_category(m, mask->unknown[i], d);
    for (size_t i = start; i < start + mask->servants[line]; i++) {
        uint32_t cell = mask->servant[i];

        if (mask->cost[cell] > most >> DDG_WEIGHT_BITS)
            break;
        if (mask->kind[cell] == DDG_PUBLIC)
            p->other[count++] = ddg_model_category(m, cell, d);
    }
    qsort(p->other, count, sizeof *p->other, by_number);
    return count;
}

/* In a flat dimension the line of the wanted cell says which parts there are. */
static void find_parts_in_line(struct ddg_move_parts *p, size_t d, uint32_t line, uint64_t most)
{
    uint32_t total = p->ground->mask->model->dimension[d].total, own = p->own[d];
    uint32_t count = list_others(p, d, line, most);

    if (own != total)
        consider(p, d, own, DDG_NO_NAME, most);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t other = p->other[i];

        if (other == own || other == total)
            continue;
        if (own == total)
            consider(p, d, other, DDG_NO_NAME, most);
        else
            consider(p, d, own, other, most);
    }
}

/* The line of the wanted cell along a dimension; UINT32_MAX when cells that are in none of its
 * lists might serve as well. */
static uint32_t line_along(const struct ddg_move_parts *p, size_t d)
{
    const struct ddg_model *m = p->ground->mask->model;

    if (!ddg_move_parts_go_by_lines(p) || !p->flat[d] || ddg_ground_leaves_ranges(p->ground))
        return UINT32_MAX;
    for (size_t i = m->cell_start[p->cell]; i < m->cell_start[p->cell + 1]; i++)
        if (m->line_dimension[m->cell_line[i]] == d)
            return m->cell_line[i];
    return UINT32_MAX;
}

void ddg_move_parts_find(struct ddg_move_parts *p, uint32_t cell, int by, uint64_t most)
{
    const struct ddg_model *m = p->ground->mask->model;

    p->cell = cell;
    p->by = by;
    for (size_t d = 0; d < m->dimensions; d++)
        p->own[d] = ddg_model_category(m, cell, d);
    for (size_t d = 0; d < m->dimensions && p->beam > 0; d++) {
        uint32_t line = line_along(p, d);

        p->parts[d] = 0;
        if (line == UINT32_MAX)
            find_parts(p, d, most);
        else
            find_parts_in_line(p, d, line, most);
    }
}

/* Products ------------------------------------------------------------------------------------- */

static bool is_open(const struct ddg_move_parts *p, size_t dimension)
{
    for (size_t i = 0; i < p->open_count; i++)
        if (p->open[i] == dimension)
            return true;
    return false;
}

static void open_dimensions(struct ddg_move_parts *p, const uint8_t *open)
{
    p->open = open;
    p->place = 0;
    for (size_t i = 0; i < p->open_count; i++)
        p->place += p->own[open[i]] * p->ground->mask->model->stride[open[i]];
}

/* The slice of the wanted cell. */
static void start_slices(struct ddg_move_parts *p)
{
    const struct ddg_model *m = p->ground->mask->model;

    p->slices = 1;
    p->slice[0] = (struct ddg_slice){m->key[p->cell] - p->place, 1};
}

/* Multiplies the slices by a part: those that there are stay, since one of its categories is the
 * wanted cell's own.  False when they become too many, or what the place weighs in the new ones
 * makes *weight more than `most`. */
static bool add_slices(struct ddg_move_parts *p, size_t d, const struct ddg_move_part *part,
                       uint64_t *weight, uint64_t most)
{
    const uint64_t stride = p->ground->mask->model->stride[d];
    uint32_t before = p->slices;

    if (before * part->count > DDG_SLICES_MOST)
        return false;
    for (uint32_t i = 0; i < part->count; i++) {
        if (part->category[i] == p->own[d])
            continue;
        for (uint32_t j = 0; j < before; j++) {
            uint64_t key = p->slice[j].key + (part->category[i] - (uint64_t)p->own[d]) * stride;
            int sign = p->slice[j].sign * part->sign[i];
            uint64_t more = ddg_ground_weight(p->ground, key + p->place, p->by * sign);

            if (more == DDG_NO_WAY || more > most - *weight)
                return false;
            *weight += more;
            p->slice[p->slices++] = (struct ddg_slice){key, sign};
        }
    }
    return true;
}

bool ddg_move_parts_slice(struct ddg_move_parts *p, const struct ddg_product *product,
                          uint64_t most, uint64_t *weight)
{
    start_slices(p);
    *weight = ddg_move_parts_weigh(p, p->place, p->by, most);
    if (*weight == DDG_NO_WAY)
        return false;
    for (size_t d = 0; d < p->ground->mask->model->dimensions; d++)
        if (!is_open(p, d) && !add_slices(p, d, &p->part[d][product->part[d]], weight, most))
            return false;
    return true;
}

static void keep_product(struct ddg_move_parts *p, uint64_t weight, const uint32_t *choice)
{
    uint32_t at = p->products < DDG_PRODUCTS_MOST ? p->products++ : DDG_PRODUCTS_MOST;

    for (; at > 0 && weight < p->product[at - 1].weight; at--)
        if (at < DDG_PRODUCTS_MOST)
            p->product[at] = p->product[at - 1];
    if (at == DDG_PRODUCTS_MOST)
        return;
    p->product[at].weight = weight;
    memcpy(p->product[at].part, choice, p->ground->mask->model->dimensions * sizeof *choice);
}

/* The products that are looked at. */
struct choice {
    uint64_t most;
    uint32_t part[UINT8_MAX];
};

/* Goes through the parts of a dimension and of those behind it; slices that weigh too much already
 * are not multiplied further. */
static void choose(struct ddg_move_parts *p, struct choice *choice, size_t d, uint64_t weight)
{
    if (d == p->ground->mask->model->dimensions) {
        keep_product(p, with_chance(p, weight), choice->part);
        if (p->products == DDG_PRODUCTS_MOST) {
            uint64_t last = p->product[DDG_PRODUCTS_MOST - 1].weight | (CHANCE - 1);

            choice->most = last < choice->most ? last : choice->most;
        }
        return;
    }
    if (is_open(p, d)) {
        choose(p, choice, d + 1, weight);
        return;
    }
    for (uint32_t i = 0; i < p->parts[d]; i++) {
        uint32_t before = p->slices;
        uint64_t sum = weight;

        choice->part[d] = i;
        if (weight <= choice->most && add_slices(p, d, &p->part[d][i], &sum, choice->most))
            choose(p, choice, d + 1, sum);
        p->slices = before;
    }
}

void ddg_move_parts_multiply(struct ddg_move_parts *p, const uint8_t *open, uint64_t most)
{
    struct choice choice = {.most = most};
    uint64_t weight;

    p->products = 0;
    open_dimensions(p, open);
    start_slices(p);
    weight = ddg_move_parts_weigh(p, p->place, p->by, most);
    if (weight != DDG_NO_WAY)
        choose(p, &choice, 0, weight);
}
