/*
 * Sparing: complements are shown again where less does without them.
 *
 * First one by one, the dearest first; then some that moves tie together at a time, which are made
 * up for anew, and stay away when that costs less ("ruin and recreate", Schrimpf and others, 2000).
 */
#ifndef DDG_PROTECT_SPARE_H
#define DDG_PROTECT_SPARE_H

#include "protect/team.h"

/* Spends about `work` (see ddg_search_work()) on complements that go together, after it has gone
 * through them one by one.  What was protected stays so. */
enum ddg_error ddg_spare(struct ddg_team *team, const struct ddg_effort *effort, uint64_t work);

#endif
