/*
 * What the rule checks have to say of a table: a growing list of notices.
 *
 * No notice holds a count of the table: its text names columns, dimensions and categories, and says
 * what is wrong.  Where the same holds for a whole column there is one notice for all of its rows.
 */
#ifndef DDG_RULES_NOTICES_H
#define DDG_RULES_NOTICES_H

#include "base/memory.h"
#include "table/table.h"

#define DDG_WHOLE_TABLE SIZE_MAX

struct ddg_notice {
    const char *rule; /* "R-SUP-5" */
    bool finding;     /* a rule is broken; else a note, which somebody should look at */
    size_t row;       /* the row of the table, the first where there are several; DDG_WHOLE_TABLE */
    size_t rows;      /* how many rows it stands for; 0 for the whole table */
    size_t column;    /* or DDG_NO_COLUMN */
    size_t measure;   /* or DDG_NO_MEASURE */
    const char *text; /* one line, owned by the list; equal texts may be one and the same */
};

/* Starts as {0}. */
struct ddg_notices {
    struct ddg_notice *item;
    size_t count, room;
    struct ddg_arena arena;
};

/* Adds a copy of the notice, whose text must live as long as the list. */
enum ddg_error ddg_notices_add(struct ddg_notices *notices, const struct ddg_notice *notice,
                               struct ddg_context *context);

/* Makes a text that lives as long as the list; control bytes are replaced by '?', so that the name
 * of a column cannot drive a terminal.  NULL when memory runs out. */
const char *ddg_notices_text(struct ddg_notices *notices, struct ddg_context *context,
                             const char *format, ...) __attribute__((format(printf, 3, 4)));

void ddg_notices_free(struct ddg_notices *notices);

#endif
