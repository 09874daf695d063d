/*
 * What the parts of finding out what a reader knows share: which cells are the same, in known.c,
 * which are ours, in known_place.c, and which counts fit what is hidden, in known_fit.c.
 */
#ifndef DDG_PROTECT_KNOWN_PARTS_H
#define DDG_PROTECT_KNOWN_PARTS_H

#include "protect/known.h"
#include "protect/twins.h"

/* While it is found out. */
struct ddg_finding {
    struct ddg_known *known;
    const struct ddg_published *published;
    const struct ddg_matter *matter;
    struct ddg_truth truth; /* of own cells */
    const struct ddg_description *description;
    struct ddg_context *context;
    struct ddg_entries entries; /* entry i is row i beyond our table */
    struct ddg_twins twins;
    bool *near;  /* of each own cell: see struct ddg_told */
    bool *loose; /* of each line */
    bool *mark;  /* of each cell; false between uses */
};

/* Takes a cell of a published table for another than the one with its labels; *any is set where
 * that is new. */
static inline void ddg_finding_set_apart(struct ddg_finding *f, uint32_t cell, bool *any)
{
    *any = *any || !f->twins.apart[cell];
    f->twins.apart[cell] = true;
}

/* Finds which own cells are those of the table, for each measure, and their counts. */
enum ddg_error ddg_finding_place(struct ddg_finding *finding);

/* Tells of each measure which cells of the table are near. */
enum ddg_error ddg_finding_tell_near(struct ddg_finding *finding);

/* Finds counts for all that is hidden; *again is set where something had to be set apart. */
enum ddg_error ddg_finding_fit(struct ddg_finding *finding, bool *again);

#endif
