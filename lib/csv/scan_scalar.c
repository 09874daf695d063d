#include <stddef.h>

#define SCAN_TARGET
#define SCAN_OWN_WRITE

/* Or what is left where there is no whole one. */
struct scan_block {
    const char *bytes;
    size_t length;
};

#include "csv/scan_body.h"
#include "csv/scan_scalar.h"

SCAN_INLINE struct scan_block load(const char *bytes)
{
    return (struct scan_block){bytes, DDG_SCAN_BLOCK};
}

SCAN_INLINE uint64_t find(struct scan_block v, char byte)
{
    uint64_t mask = 0;

    for (size_t i = 0; i < v.length; i++)
        mask |= (uint64_t)(v.bytes[i] == byte) << i;
    return mask;
}

SCAN_INLINE uint64_t find_any_odd(struct scan_block v)
{
    return find(v, '"') | find(v, '\r') | find(v, '\0');
}

SCAN_INLINE uint32_t *write_ends(uint32_t *to, uint64_t ends, uint32_t offset, bool few)
{
    (void)few;
    for (; ends; ends &= ends - 1)
        *to++ = offset + SCAN_LOWEST(ends);
    return to;
}

const struct ddg_scanner ddg_scanner_scalar = {"scalar", scan_blocks, odd_quotes};

void ddg_scan_start(struct ddg_scan *scan)
{
    *scan = (struct ddg_scan){
        .delimiter = scan->delimiter, .to = scan->to, .doubled = scan->doubled, .behind_end = 1};
}

/* Less than a block. */
static bool scan_rest(struct ddg_scan *scan, const char *bytes, size_t length)
{
    const struct scan_block v = {bytes, length};
    struct scan_ends block = find_ends(v, scan->delimiter);

    if (!look_closer(scan, &block, find_odd(v), (unsigned)length - 1))
        return false;
    take_block(scan, block, (unsigned)length - 1);
    return true;
}

size_t ddg_scan_bytes(const struct ddg_scanner *scanner, struct ddg_scan *scan, const char *bytes,
                      size_t length)
{
    size_t whole = length / DDG_SCAN_BLOCK, rest = length % DDG_SCAN_BLOCK;
    size_t done = scanner->scan(scan, bytes, whole);

    bytes += done * DDG_SCAN_BLOCK;
    if (done < whole || rest == 0 || !scan_rest(scan, bytes, rest))
        return done * DDG_SCAN_BLOCK;
    return length;
}

bool ddg_scan_odd_quotes(const struct ddg_scanner *scanner, const char *bytes, size_t length)
{
    size_t whole = length / DDG_SCAN_BLOCK, rest = length % DDG_SCAN_BLOCK;
    const struct scan_block left = {bytes + whole * DDG_SCAN_BLOCK, rest};

    return scanner->odd_quotes(bytes, whole) != __builtin_parityll(find(left, '"'));
}
