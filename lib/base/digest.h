/*
 * SHA-256 (FIPS 180-4): the digest by which a record names the bytes that a run has read.
 */
#ifndef DDG_BASE_DIGEST_H
#define DDG_BASE_DIGEST_H

#include <stddef.h>
#include <stdint.h>

enum {
    DDG_DIGEST_BYTES = 32,
    DDG_DIGEST_ROOM = 2 * DDG_DIGEST_BYTES + 1, /* its hexadecimal digits and a NUL */
};

struct ddg_digest {
    uint32_t state[8];
    uint64_t length; /* bytes so far */
    unsigned char block[64];
};

void ddg_digest_init(struct ddg_digest *digest);

/* Adds bytes; how they are cut into pieces does not matter. */
void ddg_digest_add(struct ddg_digest *digest, const void *bytes, size_t length);

/* Writes the digest of all bytes so far.  More may be added afterwards. */
void ddg_digest_bytes(const struct ddg_digest *digest, unsigned char bytes[DDG_DIGEST_BYTES]);

/* The same in lower-case hexadecimal digits. */
void ddg_digest_text(const struct ddg_digest *digest, char room[DDG_DIGEST_ROOM]);

#endif
