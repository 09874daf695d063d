#include "attack/box.h"

#include "base/hash.h"
#include "base/random.h"

#include <stdlib.h>
#include <string.h>

/* Two rows, the lower number first, and an unknown in both. */
struct ddg_meeting {
    uint32_t low, high, unknown; /* `unknown` is DDG_NO_UNKNOWN in an empty slot */
};

/* Which ways a box can be gone: as its corners say, or the other way round. */
struct ways {
    bool up, down;
};

static size_t rows_of(const struct ddg_problem *p, uint32_t unknown)
{
    return p->unknown_start[unknown + 1] - p->unknown_start[unknown];
}

/* Meetings ----------------------------------------------------------------------------------- */

static struct ddg_meeting *find_slot(const struct ddg_boxes *b, uint32_t one, uint32_t other)
{
    static const struct ddg_hash_key key = {0, 0};
    uint32_t low = one < other ? one : other, high = one < other ? other : one;
    size_t at = ddg_hash_word(&key, (uint64_t)low << 32 | high) & (b->slots - 1);

    while (b->met[at].unknown != DDG_NO_UNKNOWN &&
           (b->met[at].low != low || b->met[at].high != high))
        at = (at + 1) & (b->slots - 1);
    return &b->met[at];
}

static void add_meeting(struct ddg_boxes *b, uint32_t one, uint32_t other, uint32_t unknown)
{
    *find_slot(b, one, other) =
        (struct ddg_meeting){one < other ? one : other, one < other ? other : one, unknown};
}

/* The unknown in both rows, or DDG_NO_UNKNOWN; one of them where there are several. */
static uint32_t meeting(struct ddg_boxes *b, uint32_t one, uint32_t other)
{
    b->left -= b->left > 0;
    return find_slot(b, one, other)->unknown;
}

static void add_meetings_of(struct ddg_boxes *b, uint32_t unknown)
{
    const struct ddg_problem *p = b->problem;

    for (size_t i = p->unknown_start[unknown]; i < p->unknown_start[unknown + 1]; i++)
        for (size_t j = i + 1; j < p->unknown_start[unknown + 1]; j++)
            add_meeting(b, p->unknown_row[i], p->unknown_row[j], unknown);
}

enum ddg_error ddg_boxes_start(struct ddg_boxes *b, const struct ddg_problem *p, uint64_t seed,
                               struct ddg_context *context)
{
    size_t pairs = 0;
    enum ddg_error error;

    *b = (struct ddg_boxes){.problem = p};
    b->random = ddg_random_start(seed);
    for (uint32_t u = 0; u < p->unknowns; u++)
        if (rows_of(p, u) <= DDG_BOX_ROWS)
            pairs += rows_of(p, u) * rows_of(p, u) / 2;
    for (b->slots = 64; b->slots < 2 * pairs;)
        b->slots *= 2;
    if ((error = ddg_allocate(&b->met, b->slots, sizeof *b->met, context)))
        return error;
    for (size_t i = 0; i < b->slots; i++)
        b->met[i].unknown = DDG_NO_UNKNOWN;
    for (uint32_t u = 0; u < p->unknowns; u++)
        if (rows_of(p, u) <= DDG_BOX_ROWS)
            add_meetings_of(b, u);
    return DDG_OK;
}

void ddg_boxes_free(struct ddg_boxes *b)
{
    free(b->met);
    *b = (struct ddg_boxes){0};
}

/* Corners ------------------------------------------------------------------------------------ */

/* Corner m of a box, m in binary, is where the first corner comes by a step in each direction whose
 * bit is set.  A step in direction i doubles the corners: what stands at m gets a partner at m plus
 * bit i, in the row of m in that direction. */

/* True when a corner may have a row in a direction: it has, or neither of them is taken. */
static bool may_run(const struct ddg_boxes *b, const struct ddg_box_corner *corner,
                    unsigned direction, uint32_t row)
{
    if (corner->row[direction] != DDG_NO_ROW)
        return corner->row[direction] == row;
    for (unsigned i = 0; i < b->rows; i++)
        if (corner->row[i] == row)
            return false;
    return true;
}

/* Finds the corner that closes a square: in a row of `one` in direction i, and in a row of `other`
 * in direction j.  They learn these rows. */
static bool close_square(struct ddg_boxes *b, struct ddg_box_corner *one, unsigned i,
                         struct ddg_box_corner *other, unsigned j, struct ddg_box_corner *corner)
{
    const struct ddg_problem *p = b->problem;

    for (size_t s = p->unknown_start[one->unknown]; s < p->unknown_start[one->unknown + 1]; s++) {
        uint32_t row = p->unknown_row[s];

        if (!may_run(b, one, i, row))
            continue;
        for (size_t t = p->unknown_start[other->unknown]; t < p->unknown_start[other->unknown + 1];
             t++) {
            uint32_t across = p->unknown_row[t], found;

            if (across == row || !may_run(b, other, j, across))
                continue;
            found = meeting(b, row, across);
            if (found == DDG_NO_UNKNOWN || found == one->unknown || found == other->unknown)
                continue;
            corner->unknown = found;
            one->row[i] = corner->row[i] = row;
            other->row[j] = corner->row[j] = across;
            return true;
        }
    }
    return false;
}

static int64_t factor_in(const struct ddg_problem *p, uint32_t unknown, uint32_t row)
{
    for (size_t i = p->unknown_start[unknown]; i < p->unknown_start[unknown + 1]; i++)
        if (p->unknown_row[i] == row)
            return p->unknown_factor[i];
    return 0;
}

/* The partner's change: what keeps the row that both are in.  False where 1 does not make up for
 * 1. */
static bool balance(const struct ddg_boxes *b, const struct ddg_box_corner *from,
                    unsigned direction, struct ddg_box_corner *corner)
{
    uint32_t row = from->row[direction];
    int64_t one = factor_in(b->problem, from->unknown, row),
            other = factor_in(b->problem, corner->unknown, row);

    if (one == other)
        corner->change = -from->change;
    else if (one == -other)
        corner->change = from->change;
    return one == other || one == -other;
}

/* Leaves the ways in which a corner stays in its range; false when it has a row too few or too
 * many, or none is left. */
static bool allows(const struct ddg_boxes *b, const struct ddg_box_corner *corner,
                   struct ways *ways)
{
    const struct ddg_problem *p = b->problem;
    uint32_t u = corner->unknown;
    bool more = b->value[u]<p->high[u], less = b->value[u]> p->low[u];

    ways->up = ways->up && (corner->change > 0 ? more : less);
    ways->down = ways->down && (corner->change > 0 ? less : more);
    return (ways->up || ways->down) && rows_of(p, u) == b->rows;
}

/* Doubles the corners by a step in a direction that leads from the first to `partner`. */
static bool take_step(struct ddg_boxes *b, unsigned direction, uint32_t partner, struct ways *ways)
{
    unsigned bit = 1U << direction;

    for (unsigned m = 0; m < bit; m++) {
        struct ddg_box_corner *from = &b->corner[m], *to = &b->corner[m | bit];

        for (unsigned i = 0; i < b->rows; i++)
            to->row[i] = DDG_NO_ROW;
        if (m == 0) {
            to->unknown = partner;
            to->row[direction] = from->row[direction];
        } else {
            unsigned last = 31 - (unsigned)__builtin_clz(m);

            if (!close_square(b, from, direction, &b->corner[(m ^ (1U << last)) | bit], last, to))
                return false;
        }
        if (!balance(b, from, direction, to) || !allows(b, to, ways))
            return false;
    }
    return true;
}

/* Search ------------------------------------------------------------------------------------- */

static bool search(struct ddg_boxes *b, unsigned direction, struct ways *ways)
{
    const struct ddg_problem *p = b->problem;
    struct ddg_box_corner before[DDG_BOX_CORNERS / 2];
    uint32_t row, terms, at;

    if (direction == b->rows)
        return true;
    row = b->corner[0].row[direction];
    terms = (uint32_t)(p->row_start[row + 1] - p->row_start[row]);
    at = ddg_random_below(&b->random, terms);
    memcpy(before, b->corner, sizeof *before << direction);
    for (uint32_t i = 0; i < terms && b->left > 0; i++, at = at + 1 == terms ? 0 : at + 1) {
        uint32_t partner = p->row_unknown[p->row_start[row] + at];
        struct ways left = *ways;

        b->left--;
        if (partner == b->corner[0].unknown)
            continue;
        if (take_step(b, direction, partner, &left) && search(b, direction + 1, &left)) {
            *ways = left;
            return true;
        }
        memcpy(b->corner, before, sizeof *before << direction);
    }
    return false;
}

/* The rows of the first corner, the shortest first: they leave the least to try. */
static void set_first(struct ddg_boxes *b, uint32_t unknown)
{
    const struct ddg_problem *p = b->problem;
    struct ddg_box_corner *first = &b->corner[0];

    first->unknown = unknown;
    first->change = 1;
    for (unsigned i = 0; i < b->rows; i++) {
        uint32_t row = p->unknown_row[p->unknown_start[unknown] + i];
        unsigned at = i;

        for (; at > 0; at--) {
            uint32_t other = first->row[at - 1];

            if (p->row_start[other + 1] - p->row_start[other] <=
                p->row_start[row + 1] - p->row_start[row])
                break;
            first->row[at] = other;
        }
        first->row[at] = row;
    }
}

bool ddg_boxes_find(struct ddg_boxes *b, uint32_t unknown, bool up, bool down, const int64_t *value,
                    uint64_t lookups)
{
    size_t rows = rows_of(b->problem, unknown);
    struct ways ways = {up, down};

    if (rows == 0 || rows > DDG_BOX_ROWS)
        return false;
    b->rows = (unsigned)rows;
    b->value = value;
    b->left = lookups;
    set_first(b, unknown);
    if (!allows(b, &b->corner[0], &ways) || !search(b, 0, &ways))
        return false;
    b->corners = 1U << b->rows;
    for (unsigned i = 0; !ways.up && i < b->corners; i++)
        b->corner[i].change = -b->corner[i].change;
    return true;
}
