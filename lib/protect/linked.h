/*
 * Count columns that add up to another, row by row: women, men and all.  Each column is protected
 * by itself, so that a reader who adds over columns knows more than was protected from.
 */
#ifndef DDG_PROTECT_LINKED_H
#define DDG_PROTECT_LINKED_H

#include "base/prose.h"
#include "protect/truth.h"

/* Adds a note for each column that is, in every printed row, the sum of two others or of all
 * others, of which more than one count something; `truth` has an entry per measure. */
void ddg_linked_note(struct ddg_prose *prose, const struct ddg_model *model,
                     const struct ddg_truth *truth);

#endif
