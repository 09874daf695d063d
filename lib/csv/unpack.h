/*
 * Compressed streams, told by their first bytes: gzip (RFC 1952, by zlib) and Zstandard (RFC 8878,
 * by libzstd).  Members or frames one behind the other are one stream.
 */
#ifndef DDG_CSV_UNPACK_H
#define DDG_CSV_UNPACK_H

#include "base/error.h"

#include <stdbool.h>

enum ddg_packing { DDG_PLAIN, DDG_GZIP, DDG_ZSTD };

enum { DDG_PACKING_BYTES = 4 }; /* that tell them apart */

/* How a stream that begins with these bytes, all that it has or DDG_PACKING_BYTES, is packed. */
enum ddg_packing ddg_packing_of(const char *bytes, size_t length);

struct ddg_unpack;

/* Starts a stream; `packing` is not DDG_PLAIN.  `name` is the source's, for messages, and must
 * outlive it.  Free with ddg_unpack_close(), also after an error. */
enum ddg_error ddg_unpack_open(struct ddg_unpack **unpack, enum ddg_packing packing,
                               const char *name, struct ddg_context *context);

/* Goes on with `length` more bytes of the stream, of which *used are used up, and puts *got bytes
 * into bytes[0..room).  Where *got is 0, all are used up. */
enum ddg_error ddg_unpack_next(struct ddg_unpack *unpack, const char *packed, size_t length,
                               size_t *used, char *bytes, size_t room, size_t *got,
                               struct ddg_context *context);

/* DDG_INPUT where the stream may not end after what was used up. */
enum ddg_error ddg_unpack_end(const struct ddg_unpack *unpack, struct ddg_context *context);

void ddg_unpack_close(struct ddg_unpack *unpack);

#endif
