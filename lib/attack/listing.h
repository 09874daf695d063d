/*
 * Which hidden cells an audit lists: of tables of one header each once, of earlier releases those
 * that are the same number as none of today.
 */
#ifndef DDG_ATTACK_LISTING_H
#define DDG_ATTACK_LISTING_H

#include "attack/publication.h"

/* Puts into *listed, which the caller frees, also after an error, whether each slot is listed. */
enum ddg_error ddg_listing_make(const struct ddg_publication *publication, bool **listed,
                                struct ddg_context *context);

#endif
