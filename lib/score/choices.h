/*
 * Choices that make a table coarser: what becomes of each category of one dimension.
 */
#ifndef DDG_SCORE_CHOICES_H
#define DDG_SCORE_CHOICES_H

#include "score/assessment.h"

struct ddg_choice {
    size_t dimension;
    bool drop;              /* the whole dimension: all becomes its total */
    uint32_t *target;       /* of each category: the one that it becomes part of, or its own */
    struct ddg_text *label; /* of each category, a new one's name; length 0: as before */
    size_t levels;          /* of the dimension that stay */
    const char *text;       /* "drop sex" */
    const char *period;     /* what the counts are of when the dimension is gone; NULL: as before */
    bool statewide;         /* all counties were in it */
    size_t run; /* of neighbours: how many become one, all others as they were; else 0 */
};

struct ddg_choices {
    struct ddg_choice *item;
    size_t count, room;
    bool *covered; /* of choice i and j: see ddg_choices_cover() */
    struct ddg_arena arena;
};

/* Finds all choices that the dimensions of a scored table allow.  Free with ddg_choices_free(),
 * also after an error. */
enum ddg_error ddg_choices_find(struct ddg_choices *choices,
                                const struct ddg_assessment *assessment,
                                struct ddg_context *context);

/* Whether two choices can be made together: of one dimension those that change different
 * categories, and a choice never with itself. */
bool ddg_choices_go_together(const struct ddg_intake *intake, const struct ddg_choice *a,
                             const struct ddg_choice *b);

/* True where choice `a` merges all that `b` does, and more: a run of neighbours holds another, or
 * bands of all ages are wider. */
static inline bool ddg_choices_cover(const struct ddg_choices *choices, size_t a, size_t b)
{
    return choices->covered[a * choices->count + b];
}

void ddg_choices_free(struct ddg_choices *choices);

#endif
