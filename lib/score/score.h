/*
 * The score of a table by the Publication Scoring Criteria (R-PSC-1 to R-PSC-14), and the decision
 * that follows from it.
 *
 * The score is the sum over variables of the highest score that a category in the table gets.  What
 * nobody said (the period, the population of a place) scores as its highest class, and its entry
 * says so: a score is never too low for want of a fact.  Tables side by side are scored each alone.
 */
#ifndef DDG_SCORE_SCORE_H
#define DDG_SCORE_SCORE_H

#include "score/recognise.h"

/* A line of the score card. */
struct ddg_score_entry {
    const char *variable;
    const char *column; /* NULL where no column holds it */
    const char *category, *section, *source;
    int64_t score;
    bool high_risk;      /* the category has no score: small counts are masked (R-HR-1) */
    bool crossed;        /* it counts in the interaction */
    bool assumed;        /* nobody said, so the highest class holds */
    const char *unknown; /* the label of which nobody said; NULL for none.  It is for cards: no
                          * message names what is not known to be a category */
    uint64_t number;
    bool numbered;
};

/* The score of one of the tables that stand side by side. */
struct ddg_side_score {
    struct ddg_crosses crossing;
    uint64_t small; /* rows with a small numerator */
    struct ddg_score_entry *entry;
    size_t entries;
    int64_t total;
    bool high_risk, mask;
};

struct ddg_score {
    const struct ddg_criteria *criteria;
    const struct ddg_variable *place;   /* what places are of, as somebody said; NULL: nobody did */
    struct ddg_recognised **recognised; /* of each dimension, by part */
    struct ddg_side_score *side;
    size_t sides;
    size_t worst;      /* the side whose score is the table's */
    const char **note; /* what people should know beside the score */
    size_t notes, note_room;
    bool state_wide, annual; /* R-PSC-13 */
    struct ddg_arena arena;
};

/* Recognises every column, then scores every side.  `e` needs no arena and no `of_time`; what it
 * points to must outlive the score.  Free with ddg_score_free(), also after an error. */
enum ddg_error ddg_score_take(struct ddg_score *score, struct ddg_evidence *e);

/* The score of a row with this crossing: the highest of the sides that it is in. */
const struct ddg_side_score *ddg_score_of(const struct ddg_score *score,
                                          const struct ddg_crosses *crossing);

void ddg_score_free(struct ddg_score *score);

#endif
