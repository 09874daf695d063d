/*
 * What somebody knows of the counts of a measure: the data holder all of them, a reader those that
 * are shown.
 */
#ifndef DDG_TABLE_FIGURES_H
#define DDG_TABLE_FIGURES_H

#include <stddef.h>
#include <stdint.h>

struct ddg_figures {
    size_t measure;
    const uint64_t *low;  /* of each cell of a model: the least that it can count, */
    const uint64_t *high; /* and the most; UINT64_MAX where nothing bounds it */
};

#endif
