/*
 * What would help (R-RED-1): coarser tables that can be made of this one, each with the score, the
 * small counts and the small populations that it would have, and how much information it keeps.
 *
 * A dimension can be dropped, some adjacent age bands merged or all of them made wider, parts of
 * years taken together to years, categories to what their hierarchy says; and up to four such
 * choices be made together.  Counts of what is merged are added up where the table does not print
 * them, so that those of distinct persons may come out too large.
 *
 * Each choice is tried alone, then those that come nearest with each of the others, and so on (beam
 * search, score/coarse_beam.h), within a bound on work that is counted in cells, so that equal
 * tables get equal advice.  Bands that would do with fewer of them merged are not shown.
 */
#ifndef DDG_SCORE_COARSER_H
#define DDG_SCORE_COARSER_H

#include "score/coarse_found.h"

enum { DDG_COARSER_SHOWN = 5 };

struct ddg_advice {
    /* "merge 0-4 and 5-9; drop sex: score 10, no small cells; 90 % of the information is kept":
     * those that help first, and of these the one that keeps most */
    char best[DDG_COARSER_SHOWN][DDG_ADVICE_ROOM];
    size_t count;
    uint64_t tried; /* combinations of choices */
    bool stopped;   /* by the bound, before all was tried that could have been better */
};

/* Tries what the table allows.  `population` and `least` are what the table itself was assessed
 * with.  DDG_USAGE for a table with --repeats or --partitions, DDG_LIMIT for more rows than
 * DDG_COARSE_CELLS_MOST. */
enum ddg_error ddg_coarser_find(struct ddg_advice *advice, const struct ddg_assessment *assessment,
                                struct ddg_intake *intake, const char *population, uint64_t least,
                                struct ddg_context *context);

#endif
