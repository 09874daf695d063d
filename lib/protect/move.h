/*
 * Moves: other tables that fit the publication as well as the true one.
 *
 * A move changes some unknown cells by whole numbers so that every line still adds up and nothing
 * leaves the range that the reader knows it to lie in.  The true table and the moved one then fit
 * the publication equally well, so no cell that the move changes can be recovered by adding and
 * subtracting, by bounds or because counts are whole numbers.  Verifying a move takes plain
 * whole-number arithmetic; finding one is a search.
 */
#ifndef DDG_PROTECT_MOVE_H
#define DDG_PROTECT_MOVE_H

#include "protect/hope.h"

/* Some cells and by how much each changes. */
struct ddg_move {
    const uint32_t *cell;
    const int8_t *change; /* of each of those cells; never 0 */
    uint32_t count;
    uint64_t cost; /* of its public cells */
};

/* How often the move can be made forwards (by = 1) or backwards (-1) until a cell leaves its range,
 * up to `most`, as if its public cells were complements. */
int ddg_move_times(const struct ddg_mask *mask, const struct ddg_move *move, int by, int most);

/* True when the move, made `times` times (or less than 0: backwards), keeps every line and takes no
 * cell beyond its range, public cells taken as complements.  Shares no state with the search.
 * `scratch` holds an entry per line, all zero before and after. */
bool ddg_move_fits(const struct ddg_mask *mask, const struct ddg_move *move, int times,
                   int64_t *scratch);

/* True when the move fits as often as its manner says. */
bool ddg_move_holds(const struct ddg_mask *mask, const struct ddg_move *move,
                    enum ddg_manner manner, int64_t *scratch);

/* True when the part of a loose line stays at most its total while it rises by `over` more. */
bool ddg_move_stays_below(const struct ddg_mask *mask, uint32_t part, uint32_t total, int64_t over);

#endif
