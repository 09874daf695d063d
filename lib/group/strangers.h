/*
 * Values of records that a hierarchy does not have: no category above counts them, so that a
 * misspelt line of its file gives a plausible wrong table.
 */
#ifndef DDG_GROUP_STRANGERS_H
#define DDG_GROUP_STRANGERS_H

#include "base/prose.h"
#include "group/cube.h"

/* Adds to the prose, for each dimension with a hierarchy that lacks values (blank ones aside), a
 * line "BEFORE the hierarchy of 'county' lacks 'Inyo' and 1 more, ...", with a category of its own
 * that no record has.  The labels of the cube are climbed (ddg_labels_climb()). */
void ddg_strangers_say(const struct ddg_cube *cube, const char *before, struct ddg_prose *prose);

#endif
