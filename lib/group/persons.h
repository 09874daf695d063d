/*
 * Who is in which cell.  A person counts once in every cell and once in every total, however many
 * records there are (R-NUM-1), so what is kept is the set of distinct pairs (person, cell); a total
 * is counted from the cells of one person after the other.
 *
 * First all pairs are added, then they are read, as often as needed.  What does not fit into the
 * memory that the persons may take is spilled: sorted by a hash of the identifier into parts, each
 * of which is read back alone, and spilled again if it does not fit either.  What is counted never
 * depends on it.
 */
#ifndef DDG_GROUP_PERSONS_H
#define DDG_GROUP_PERSONS_H

#include "group/roster.h"
#include "group/spill.h"

/* Persons that are added at a time. */
enum { DDG_PERSONS_BATCH = DDG_ROSTER_BATCH };

struct ddg_persons {
    size_t memory; /* bytes that persons may take before they are spilled; set it at any time */
    bool ordered;  /* the same persons are read in the same order in every run; set it at first */
    /* the rest is the persons' own */
    struct ddg_hash_key key;
    struct ddg_roster roster; /* those in memory */
    bool spilled, ended;
    unsigned level; /* how often these were spilled before */
    struct ddg_spill spill;
    struct ddg_persons *part; /* while spilled ones are read: one part of them */
    size_t next_part;
    struct ddg_persons_place *place; /* of those of the roster, where they are ordered */
    size_t at;                       /* how many of the roster were read */
    char room[DDG_SHORT_TEXT_MOST];
};

/* Persons that are never spilled, unless their memory is set.  Free with ddg_persons_free(), also
 * after an error. */
enum ddg_error ddg_persons_init(struct ddg_persons *persons, struct ddg_context *context);

/* Notes that the person with this identifier, which has no NUL, is in the cell.  DDG_IO here and
 * below where what is spilled cannot be written or read. */
enum ddg_error ddg_persons_add(struct ddg_persons *persons, struct ddg_text identifier,
                               uint32_t cell, struct ddg_context *context);

/* The same for identifier[i * stride] and cell[i], for each i below `count`, DDG_PERSONS_BATCH at
 * most.  Identifiers are padded (base/short_text.h). */
enum ddg_error ddg_persons_add_all(struct ddg_persons *persons, const struct ddg_text *identifier,
                                   size_t stride, const uint32_t *cell, size_t count,
                                   struct ddg_context *context);

/* Ends adding: none may be added after it. */
enum ddg_error ddg_persons_end(struct ddg_persons *persons, struct ddg_context *context);

/* Starts reading at the first person. */
void ddg_persons_rewind(struct ddg_persons *persons);

/* The distinct cells of the next person, in no order, valid until the next call; *more is false
 * behind the last person.  The order of persons means nothing and, unless they are `ordered`, is
 * another in every run. */
enum ddg_error ddg_persons_next(struct ddg_persons *persons, const uint32_t **cells, size_t *count,
                                bool *more, struct ddg_context *context);

/* The identifier of the person whose cells ddg_persons_next() gave last; as long-lived as those. */
struct ddg_text ddg_persons_identifier(struct ddg_persons *persons);

void ddg_persons_free(struct ddg_persons *persons);

#endif
