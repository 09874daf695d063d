/*
 * Roll-ups: at which level each dimension stands in a part of the cube.  A margin takes some
 * dimensions whole; one that it keeps stands at the labels of records or, where it has a hierarchy,
 * at a depth above them.
 */
#ifndef DDG_GROUP_ROLLUP_H
#define DDG_GROUP_ROLLUP_H

#include "group/margin.h"

enum {
    DDG_LEVEL_LABELS = 0, /* the labels of records; 1 and so on are depths of categories above */
    DDG_LEVEL_TOTAL = UINT8_MAX, /* all together */
};

struct ddg_rollup {
    uint8_t level[DDG_DIMENSIONS_MOST];
};

/* Zero-initialise it; free with free(rollups.item). */
struct ddg_rollups {
    struct ddg_rollup *item; /* the first is the inner table */
    size_t count, capacity;
};

/* Makes the roll-ups of the inner table and the margins, of labels that are climbed.  DDG_LIMIT for
 * a hierarchy of hundreds of levels. */
enum ddg_error ddg_rollups_make(struct ddg_rollups *rollups, const struct ddg_margins *margins,
                                const struct ddg_cube *cube, struct ddg_context *context);

/* Makes key[] that of the roll-up's cell that an inner cell goes to; false where there is none. */
bool ddg_rollup_key(const struct ddg_rollup *rollup, const struct ddg_cube *cube, uint32_t inner,
                    uint32_t *key);

/* The codes that the dimension has in the roll-up, from *first up to below *end; false where it
 * stands at the total. */
bool ddg_rollup_codes(const struct ddg_rollup *rollup, const struct ddg_cube *cube,
                      size_t dimension, uint32_t *first, uint32_t *end);

#endif
