/*
 * Who is in which cell.  A person counts once in every cell and once in every total, however many
 * records there are (R-NUM-1), so what is kept is the set of distinct pairs (person, cell); a total
 * is counted from the cells of one person after the other.
 *
 * First all pairs are added, then they are sorted by person, then read, as often as needed.  Pairs
 * wait in a batch until it is full: a lookup among millions of persons waits for memory, and a
 * batch waits once.
 */
#ifndef DDG_GROUP_PERSONS_H
#define DDG_GROUP_PERSONS_H

#include "base/names.h"

struct ddg_persons {
    struct ddg_names name; /* identifiers; name.count is the number of persons */
    /* the rest is the persons' own */
    struct ddg_pending *pending; /* the batch */
    size_t pending_count;
    char *bytes; /* identifiers of the batch, one behind the other */
    size_t bytes_used, bytes_room;
    uint64_t *slot; /* open addressing: a pair, or 0 where empty */
    size_t slots;   /* a power of two, or 0 */
    size_t pairs;
    struct ddg_hash_key hash;
    uint32_t *cell; /* once sorted: the cells of person p are cell[start[p]..start[p + 1]) */
    size_t *start;
    uint32_t next; /* person that ddg_persons_next() gives */
};

void ddg_persons_init(struct ddg_persons *persons);

/* Notes that the person with this identifier is in the cell. */
enum ddg_error ddg_persons_add(struct ddg_persons *persons, struct ddg_text identifier,
                               uint32_t cell, struct ddg_context *context);

/* Sorts the pairs by person; none may be added after it. */
enum ddg_error ddg_persons_sort(struct ddg_persons *persons, struct ddg_context *context);

/* Starts reading at the first person. */
void ddg_persons_rewind(struct ddg_persons *persons);

/* The distinct cells of the next person, in no order, valid until the next call; false behind the
 * last person. */
bool ddg_persons_next(struct ddg_persons *persons, const uint32_t **cells, size_t *count);

/* The identifier of the person whose cells ddg_persons_next() gave last; as long-lived as those. */
struct ddg_text ddg_persons_identifier(const struct ddg_persons *persons);

void ddg_persons_free(struct ddg_persons *persons);

#endif
