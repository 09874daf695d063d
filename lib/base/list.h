/*
 * Lists in an option's argument: "county,sex" or, where a name holds a comma, "\"a,b\",c" as in a
 * CSV record.
 */
#ifndef DDG_BASE_LIST_H
#define DDG_BASE_LIST_H

#include "base/memory.h"

struct ddg_list {
    struct ddg_text *item; /* views of the argument, or copies in the arena where quotes came off */
    size_t count, capacity;
};

/* Adds the items of `argument` (which must outlive the list), split at `separator`.  DDG_USAGE for
 * a blank item or a quote that does not close.  Free with free(list.item). */
enum ddg_error ddg_list_add(struct ddg_list *list, const char *argument, char separator,
                            struct ddg_arena *arena, struct ddg_context *context);

/* Reads a text in quotes at *at, each quote inside doubled, and moves *at behind the closing one.
 * *item is a copy in the arena.  DDG_USAGE for a quote that does not close. */
enum ddg_error ddg_list_quoted(const char **at, struct ddg_text *item, struct ddg_arena *arena,
                               struct ddg_context *context);

/* Adds one item as it is. */
enum ddg_error ddg_list_push(struct ddg_list *list, struct ddg_text item,
                             struct ddg_context *context);

/* True when the list holds the text. */
bool ddg_list_has(const struct ddg_list *list, struct ddg_text text);

/* Cuts "NAME=REST" at the first '='; false, and nothing is changed, where there is none. */
bool ddg_cut(struct ddg_text text, struct ddg_text *name, struct ddg_text *rest);

#endif
