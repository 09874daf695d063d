/*
 * Parts of moves: what a move does in one dimension, when it does the same in all others.
 *
 * In one dimension a move takes one more of a category and one less of another, and what is above
 * one of them and not above both changes likewise; or it takes one more of a category and of all
 * that is above it.  Such changes keep every line of the dimension.  The product of one part of
 * each dimension, signs multiplied, keeps every line of the table: so moves with 2^d cells and more
 * come together from d choices.  Where one or two dimensions are left open, a product is a set of
 * slices of the table, in each of which the same happens, forwards or backwards.
 */
#ifndef DDG_PROTECT_PARTS_H
#define DDG_PROTECT_PARTS_H

#include "protect/ground.h"

/* Categories of a part; slices of a product; products that are found.  A part with more, which
 * takes a deep hierarchy, and a product with more are left out. */
enum { DDG_PART_MOST = 16, DDG_SLICES_MOST = 256, DDG_PRODUCTS_MOST = 8 };

struct ddg_move_part {
    uint32_t category[DDG_PART_MOST];
    int8_t sign[DDG_PART_MOST]; /* 1 for the wanted cell's own category */
    uint32_t count;
    uint64_t weight;
};

/* Which part of each dimension. */
struct ddg_product {
    uint64_t weight;
    uint32_t part[UINT8_MAX];
};

struct ddg_slice {
    uint64_t key; /* without what the open dimensions add */
    int sign;
};

struct ddg_move_parts {
    struct ddg_ground *ground;
    uint32_t cell;                                 /* the wanted one */
    int by;                                        /* 1 or -1 */
    uint32_t *own;                                 /* its category in each dimension */
    struct ddg_product product[DDG_PRODUCTS_MOST]; /* the lightest first */
    uint32_t products;
    struct ddg_slice slice[DDG_SLICES_MOST];
    uint32_t slices;
    size_t open_count;   /* how many dimensions stay open in each product */
    const uint8_t *open; /* which, in those that are found; NULL: none */
    uint64_t place;      /* what these add to the key of the wanted cell */
    /* the rest is their own */
    struct ddg_move_part **part; /* of each dimension, the lightest first */
    uint32_t *parts;
    uint32_t beam;   /* how many of each dimension are kept */
    bool *flat;      /* of each dimension: see ddg_move_parts_is_flat() */
    uint32_t *other; /* categories in a line of a flat one */
    uint64_t random;
};

/* True for a dimension of a total and its parts, and no more. */
bool ddg_move_parts_is_flat(const struct ddg_dimension *dimension);

/* True in tables so large that only cells in the lines of a place are looked at, not all places. */
bool ddg_move_parts_go_by_lines(const struct ddg_move_parts *parts);

/* For products that leave `open_count` dimensions open.  `ground` must outlive the parts.  Free
 * with ddg_move_parts_free(), also after an error. */
enum ddg_error ddg_move_parts_init(struct ddg_move_parts *parts, struct ddg_ground *ground,
                                   size_t open_count, struct ddg_context *context);
void ddg_move_parts_free(struct ddg_move_parts *parts);

/* Finds parts of every dimension for a cell that is to change by 1 or -1: those whose cells beside
 * the wanted one are the lightest, each of them up to `most`. */
void ddg_move_parts_find(struct ddg_move_parts *parts, uint32_t cell, int by, uint64_t most);

/* Finds the products of parts of all dimensions but the `open` ones, in whose slices the wanted
 * cell's place is the lightest.  `open` has as many entries as ddg_move_parts_init() was told, and
 * must stay until the next call. */
void ddg_move_parts_multiply(struct ddg_move_parts *parts, const uint8_t *open, uint64_t most);

/* Makes the slices of one of these products; *weight becomes what the wanted cell's place weighs in
 * them. False when that is more than `most`. */
bool ddg_move_parts_slice(struct ddg_move_parts *parts, const struct ddg_product *product,
                          uint64_t most, uint64_t *weight);

/* What it weighs to change the cells of all slices in one place, by `by` times their signs;
 * DDG_NO_WAY when that is more than `most`.  The first slice comes last: those who ask have mostly
 * looked at it. */
static inline uint64_t ddg_move_parts_weigh(struct ddg_move_parts *p, uint64_t place, int by,
                                            uint64_t most)
{
    uint64_t sum = 0;

    for (uint32_t i = p->slices; i-- > 0;) {
        uint64_t weight =
            ddg_ground_weight(p->ground, p->slice[i].key + place, by * p->slice[i].sign);

        if (weight == DDG_NO_WAY || weight > most - sum)
            return DDG_NO_WAY;
        sum += weight;
    }
    return sum;
}

#endif
