/*
 * What all scanners do with the masks of a block.  A file that includes this has defined
 *
 *   SCAN_TARGET         the attribute that lets its functions use the processor's instructions
 *   SCAN_WIDTH          bytes of its vectors; not where it has none
 *   struct scan_block   the 64 bytes of a block
 *
 * and defines
 *
 *   load()              a block
 *   find()              the mask of a byte in it
 *   find_any_odd()      not 0 where it has a byte that needs a closer look
 *   find_parity()       in each bit the parity of the bits up to it
 *   write_ends()        a mask as offsets; `few`: there seldom are more than 8
 *
 * (the last two may be taken from csv/scan_scalar.h), with vectors also
 *
 *   no_rare()           what was seen of no bytes
 *   join_rare()         and of more of them
 *   is_rare()           whether there was a carriage return or a NUL byte
 *
 * and gets scan_blocks() and odd_quotes().
 */
#include "csv/scan.h"

/* Bit i stands for byte i of the block. */
struct scan_ends {
    uint64_t ends, newlines; /* also in quotes */
    uint64_t odd;            /* not 0 where there is a quote, a carriage return or a NUL byte */
};

struct scan_odd {
    uint64_t quotes, returns, nuls;
};

#define SCAN_INLINE static inline __attribute__((always_inline)) SCAN_TARGET

SCAN_INLINE struct scan_block load(const char *bytes);
SCAN_INLINE uint64_t find(struct scan_block v, char byte);
SCAN_INLINE uint64_t find_any_odd(struct scan_block v);
SCAN_INLINE uint64_t find_parity(uint64_t bits);
SCAN_INLINE uint32_t *write_ends(uint32_t *to, uint64_t ends, uint32_t offset, bool few);

SCAN_INLINE struct scan_ends find_ends(struct scan_block v, char delimiter)
{
    uint64_t newlines = find(v, '\n');

    return (struct scan_ends){newlines | find(v, delimiter), newlines, find_any_odd(v)};
}

SCAN_INLINE struct scan_odd find_odd(struct scan_block v)
{
    return (struct scan_odd){find(v, '"'), find(v, '\r'), find(v, '\0')};
}

/* Notes the block or not, without asking twice. */
SCAN_INLINE void note_doubled(struct ddg_scan *scan, uint32_t offset, uint64_t doubled)
{
    *scan->doubled = offset;
    scan->doubled += doubled != 0;
}

/* Takes what stands in quotes out of the ends of a block with `last` + 1 bytes, and looks for what
 * makes it doubtful: false then, and the scan is as it was. */
SCAN_INLINE bool look_closer(struct ddg_scan *scan, struct scan_ends *block, struct scan_odd odd,
                             unsigned last)
{
    uint64_t valid = ~UINT64_C(0) >> (63 - last);
    uint64_t inside = find_parity(odd.quotes) ^ scan->inside;
    uint64_t opening = odd.quotes & inside, closing = odd.quotes & ~inside;
    uint64_t ends = block->ends & ~inside, newlines = block->newlines & ~inside;
    uint64_t returns = odd.returns & ~inside;
    uint64_t behind_close = closing << 1 | scan->behind_close;
    uint64_t bad = odd.nuls;

    /* a quoted field begins behind the end of another; a quote that opens behind one that closes
     * is the second of two that stand for one */
    bad |= opening & ~(ends << 1 | scan->behind_end | behind_close);
    bad |= behind_close & ~(ends | odd.quotes | returns);
    bad |= (returns << 1 | scan->behind_return) & ~newlines;
    if (bad & valid)
        return false;
    note_doubled(scan, scan->offset, opening & behind_close);
    scan->quotes |= odd.quotes != 0;
    if (__builtin_expect((block->newlines & inside) != 0, 0))
        scan->hidden += (unsigned)__builtin_popcountll(block->newlines & inside);
    scan->returns |= returns != 0;
    scan->behind_close = closing >> last & 1;
    scan->behind_return = returns >> last & 1;
    /* behind the last byte no quote stands, so the parity stays */
    scan->inside = (uint64_t)((int64_t)inside >> 63);
    block->ends = ends;
    block->newlines = newlines;
    return true;
}

SCAN_INLINE void take_block(struct ddg_scan *scan, struct scan_ends block, unsigned last)
{
    scan->newlines += (unsigned)__builtin_popcountll(block.newlines);
    scan->to = write_ends(scan->to, block.ends, scan->offset, false);
    scan->behind_end = block.ends >> last & 1;
    scan->offset += last + 1;
}

#ifdef SCAN_WIDTH
SCAN_INLINE struct scan_block no_rare(void);
SCAN_INLINE struct scan_block join_rare(struct scan_block rare, struct scan_block v);
SCAN_INLINE bool is_rare(struct scan_block rare);

#include "csv/scan_strip.h"
#else
/* Without vectors nothing is gained by many blocks at a time. */
SCAN_INLINE size_t scan_strip(struct ddg_scan *scan, const char *bytes, size_t blocks)
{
    (void)scan;
    (void)bytes;
    (void)blocks;
    return 0;
}
#endif

static SCAN_TARGET size_t scan_blocks(struct ddg_scan *scan, const char *bytes, size_t blocks)
{
    struct ddg_scan now = *scan; /* in registers */
    size_t i = 0;

    while (i < blocks) {
        const char *at = bytes + i * DDG_SCAN_BLOCK;
        struct scan_block v = load(at);
        struct scan_ends block = find_ends(v, now.delimiter);

        if (__builtin_expect((block.odd | now.inside | now.behind_close | now.behind_return) != 0,
                             0)) {
            size_t passed = scan_strip(&now, at, blocks - i);

            i += passed;
            if (passed > 0)
                continue;
            if (!look_closer(&now, &block, find_odd(v), DDG_SCAN_BLOCK - 1))
                break;
        }
        take_block(&now, block, DDG_SCAN_BLOCK - 1);
        i++;
    }
    *scan = now;
    return i;
}

static SCAN_TARGET bool odd_quotes(const char *bytes, size_t blocks)
{
    uint64_t odd = 0;

    for (; blocks > 0; blocks--, bytes += DDG_SCAN_BLOCK)
        odd ^= find(load(bytes), '"');
    return __builtin_parityll(odd);
}
