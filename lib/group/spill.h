/*
 * A spill: bytes that do not fit into memory, in a temporary file, sorted into parts that are read
 * back one after the other.
 *
 * The file is in TMPDIR (/tmp where that is not set).  Nobody but its owner can read it, and it has
 * no name: whatever ends the program, nothing stays behind.
 */
#ifndef DDG_GROUP_SPILL_H
#define DDG_GROUP_SPILL_H

#include "base/memory.h"

enum { DDG_SPILL_PART_BITS = 6, DDG_SPILL_PARTS = 1 << DDG_SPILL_PART_BITS };

struct ddg_spill {
    int fd;
    const char *directory;
    char *buffer; /* `room` bytes for each part, while it is written, and for one when it is read */
    size_t room, used[DDG_SPILL_PARTS];
    uint64_t end; /* of the file */
    struct ddg_spill_piece *piece;
    size_t pieces, piece_room;
    size_t part, next, at, filled; /* what is read: its part, the next piece, where in the buffer */
};

/* Makes the file; buffers take about an eighth of `memory` bytes.  DDG_IO here and below when the
 * file cannot be made, written or read.  Free with ddg_spill_free(), also after an error. */
enum ddg_error ddg_spill_init(struct ddg_spill *spill, size_t memory, struct ddg_context *context);

/* Adds bytes to the part. */
enum ddg_error ddg_spill_write(struct ddg_spill *spill, size_t part, const void *bytes,
                               size_t length, struct ddg_context *context);

/* Ends writing. */
enum ddg_error ddg_spill_end(struct ddg_spill *spill, struct ddg_context *context);

/* Begins to read a part. */
void ddg_spill_open(struct ddg_spill *spill, size_t part);

/* Reads the next `length` bytes of the part.  *more is false behind its last byte, nothing is read
 * then; a part that ends amid these bytes is an error. */
enum ddg_error ddg_spill_read(struct ddg_spill *spill, void *bytes, size_t length, bool *more,
                              struct ddg_context *context);

void ddg_spill_free(struct ddg_spill *spill);

#endif
