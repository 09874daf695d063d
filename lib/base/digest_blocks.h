/*
 * SHA-256 of whole blocks of 64 bytes: the part of a digest that takes time.  The scalar function
 * defines it; the other one uses the instructions that some processors have for it.
 */
#ifndef DDG_BASE_DIGEST_BLOCKS_H
#define DDG_BASE_DIGEST_BLOCKS_H

#include <stddef.h>
#include <stdint.h>

enum { DDG_DIGEST_BLOCK = 64, DDG_DIGEST_ROUNDS = 64 };

extern const uint32_t ddg_digest_constants[DDG_DIGEST_ROUNDS];

/* Adds `count` blocks to the state. */
void ddg_digest_blocks_scalar(uint32_t state[8], const unsigned char *block, size_t count);

/* clang 14 cannot ask whether the processor has them */
#if defined(__x86_64__) && !defined(__clang__)
#define DDG_DIGEST_SHA
void ddg_digest_blocks_sha(uint32_t state[8], const unsigned char *block, size_t count);
#endif

#endif
