/*
 * Releases: the tables that are attacked together.
 *
 * Files of the same header are one table, as for the other programs, unless the same cell stands in
 * two of them; each of the others is a release of its own, and so is each earlier release.  A file
 * that holds the same as one before it is passed over.
 */
#ifndef DDG_ATTACK_RELEASE_H
#define DDG_ATTACK_RELEASE_H

#include "attack/knowledge.h"
#include "table/model.h"

/* One table that was handed over. */
struct ddg_release {
    struct ddg_table *table;
    const struct ddg_description *description;
    struct ddg_model model;  /* of all its measures */
    bool previous;           /* an earlier release of another (--previous) */
    bool exact;              /* its counts are not rounded, though those of another table are */
    enum ddg_reader *reader; /* of each measure: the level that was used */
};

/* A file that holds the same as one before it. */
struct ddg_repeat {
    const char *file, *of;
};

struct ddg_releases {
    struct ddg_release *item; /* today's, then earlier ones in the order of the options */
    size_t count;
    struct ddg_repeat *repeat; /* files that were passed over */
    size_t repeats;
    struct ddg_description description; /* the caller's, which owns what it points to */
    size_t room, repeat_room;
};

/* Reads the files (standard input when path_count is 0) and the earlier releases; the models are
 * not built yet.  `releases` must stay where it is: its items point into it.  DDG_USAGE for a
 * column that none of the tables has, and for knowledge that contradicts itself.  Free with
 * ddg_releases_free(), also after an error. */
enum ddg_error ddg_releases_read(struct ddg_releases *releases,
                                 const struct ddg_description *description,
                                 const char *const *paths, size_t path_count,
                                 const struct ddg_knowledge *knowledge,
                                 struct ddg_context *context);

void ddg_releases_free(struct ddg_releases *releases);

#endif
