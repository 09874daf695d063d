/*
 * What is published already: earlier releases of a table and tables that are linked with it, masked
 * as their public has them.
 *
 * Columns are matched by their names.  A table that lacks a dimension of ours is about its totals,
 * and one that has a dimension more has ours among the totals of that.
 */
#ifndef DDG_PROTECT_PUBLISHED_H
#define DDG_PROTECT_PUBLISHED_H

#include "table/model.h"

struct ddg_published {
    const struct ddg_table *table; /* the one that is to be masked, */
    const bool *apart;             /* or a block, and of each dimension whether it differs in it */
    struct ddg_table *file;
    size_t files, room;
};

/* A row of a published table, as far as one measure goes. */
struct ddg_entry {
    uint32_t file, row;
    uint32_t measure; /* which of those that were asked for */
    bool shown;
    bool text;                      /* a text of --hidden or --range, or a symbol, stands for it */
    enum ddg_code code;             /* of a count that is not shown */
    uint64_t least, most;           /* the range that its reader knows; equal where it is shown */
    uint64_t said_least, said_most; /* what is left of it when codes say nothing */
};

/* True for a text that says of a count no more than that it is hidden. */
static inline bool ddg_entry_is_open(const struct ddg_entry *entry)
{
    return entry->text && entry->code == DDG_CODE_NONE && entry->said_most == UINT64_MAX &&
           entry->said_least <= 1;
}

/* A source is a count column of a file, of which each may be masked in its own way. */
struct ddg_entries {
    struct ddg_entry *item;
    size_t count, room;
    uint32_t measures; /* how many were asked for */
    uint32_t sources;
    bool *merged; /* of each source: code 1 stands beside counts of any size */
};

static inline uint32_t ddg_entries_source(const struct ddg_entries *entries, size_t i)
{
    return entries->item[i].file * entries->measures + entries->item[i].measure;
}

/* Reads the files, whose names end with a NUL and which have to outlive what is read, as
 * `description` says, and in the form of --display also.  `apart` is that of the reading of `table`
 * (table/reading.h), which has to outlive what is read as well: of another block nothing is listed,
 * and `published->table` has to be set for each.  DDG_USAGE for a file without its count column, or
 * without a dimension of --by. Free with ddg_published_free(), also after an error. */
enum ddg_error ddg_published_read(struct ddg_published *published, const struct ddg_table *table,
                                  const bool *apart, const struct ddg_description *description,
                                  const struct ddg_list *paths, struct ddg_context *context);
void ddg_published_free(struct ddg_published *published);

/* Lists what the files say of some measures of the table, file by file.  Rows without data are left
 * out.  Free with ddg_entries_free(), also after an error. */
enum ddg_error ddg_published_list(const struct ddg_published *published, const uint32_t *measure,
                                  uint32_t measures, const struct ddg_description *description,
                                  struct ddg_entries *entries, struct ddg_context *context);

/* Takes code 1 of a source, and texts that mean a range, as saying nothing of how large a count is.
 */
void ddg_entries_merge(struct ddg_entries *entries, uint32_t source);

/* Takes texts of a source of which no range is known for ones that stand for zeros, too. */
void ddg_entries_admit_zeros(struct ddg_entries *entries, uint32_t source);

void ddg_entries_free(struct ddg_entries *entries);

/* Makes one table of ours and of the entries, which are the rows beyond it: with all dimensions
 * that any of them has.  Where entries are of several measures it has our rows once for each, all
 * of the first of them before those of the next.  It borrows what the tables hold.  Free with
 * ddg_table_free(), also after an error. */
enum ddg_error ddg_published_join(const struct ddg_published *published,
                                  const struct ddg_entries *entries,
                                  const struct ddg_description *description,
                                  struct ddg_table *joint, struct ddg_context *context);

#endif
