#define SCAN_TARGET
#include "csv/scan_body.h"
#include "csv/scan_scalar.h"

static struct scan_ends find_ends_of(const char *bytes, size_t length, char delimiter)
{
    struct scan_ends block = {0, 0, 0};

    for (size_t i = 0; i < length; i++) {
        uint64_t newline = bytes[i] == '\n', odd;

        odd = (bytes[i] == '"') | (bytes[i] == '\r') | (bytes[i] == '\0');
        block.ends |= (newline | (bytes[i] == delimiter)) << i;
        block.newlines |= newline << i;
        block.odd |= odd << i;
    }
    return block;
}

static struct scan_odd find_odd_of(const char *bytes, size_t length)
{
    struct scan_odd odd = {0, 0, 0};

    for (size_t i = 0; i < length; i++) {
        odd.quotes |= (uint64_t)(bytes[i] == '"') << i;
        odd.returns |= (uint64_t)(bytes[i] == '\r') << i;
        odd.nuls |= (uint64_t)(bytes[i] == '\0') << i;
    }
    return odd;
}

SCAN_INLINE struct scan_ends find_ends(const char *bytes, char delimiter)
{
    return find_ends_of(bytes, DDG_SCAN_BLOCK, delimiter);
}

SCAN_INLINE struct scan_odd find_odd(const char *bytes)
{
    return find_odd_of(bytes, DDG_SCAN_BLOCK);
}

SCAN_INLINE uint64_t find_parity(uint64_t bits)
{
    return parity_by_shifts(bits);
}

SCAN_INLINE uint32_t *write_ends(uint32_t *to, uint64_t ends, uint32_t offset)
{
    for (; ends; ends &= ends - 1)
        *to++ = offset + SCAN_LOWEST(ends);
    return to;
}

const struct ddg_scanner ddg_scanner_scalar = {"scalar", scan_blocks};

void ddg_scan_start(struct ddg_scan *scan)
{
    *scan = (struct ddg_scan){.delimiter = scan->delimiter, .to = scan->to, .behind_end = 1};
}

/* Less than a block. */
static bool scan_rest(struct ddg_scan *scan, const char *bytes, size_t length)
{
    struct scan_ends block = find_ends_of(bytes, length, scan->delimiter);

    if (!look_closer(scan, &block, find_odd_of(bytes, length), (unsigned)length - 1))
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
