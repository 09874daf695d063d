/*
 * Finding where fields end, 64 bytes at a time.
 *
 * A scanner looks at blocks of 64 bytes as sets of positions (masks): delimiters, line feeds,
 * quotes, carriage returns, NUL bytes.  Between an odd quote and the next even one nothing ends a
 * field; the parity of the quotes before each byte says which those are, and in blocks without
 * quotes nothing has to be asked.  The method is that of Langdale and Lemire, Parsing Gigabytes of
 * JSON per Second, VLDB Journal 28 (2019), section 3.1.
 *
 * A scanner accepts less than libcsv, never more: whatever it doubts, it leaves to the judge.  All
 * scanners do the same as the one called "scalar", which is written without vectors.
 */
#ifndef DDG_CSV_SCAN_H
#define DDG_CSV_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    DDG_SCAN_BLOCK = 64,
    DDG_SCAN_SLACK = 64, /* so many elements behind the last end are written, whatever they hold */
};

/* How far a scan has come.  ddg_scan_start() at the first byte of a record; it leaves the delimiter
 * and the two pointers as they are. */
struct ddg_scan {
    char delimiter;
    uint32_t *to;    /* where the next end of a field goes */
    uint32_t offset; /* of the next byte; ends are written as offsets */
    size_t newlines; /* ends that are line feeds */
    size_t hidden;   /* line feeds in quotes */
    /* where the offset of the next block goes that has the second of two doubled quotes; one more
     * element is written */
    uint32_t *doubled;
    bool quotes, returns; /* seen so far; carriage returns outside quotes */
    /* of the byte before the next one, 1 or 0 */
    uint64_t behind_end, behind_close, behind_return;
    uint64_t inside; /* all ones where the next byte stands in quotes, else 0 */
};

struct ddg_scanner {
    const char *name;
    /* Scans whole blocks and returns how many.  Stops before one that it doubts: a quote where none
     * may stand, a carriage return without a line feed, a NUL byte. */
    size_t (*scan)(struct ddg_scan *scan, const char *bytes, size_t blocks);
    /* True where whole blocks have an odd number of quotes. */
    bool (*odd_quotes)(const char *bytes, size_t blocks);
};

void ddg_scan_start(struct ddg_scan *scan);

/* Scans `length` bytes: whole blocks by the scanner, what is left by the scalar one.  Returns how
 * many; less than `length` where the next block is doubted. */
size_t ddg_scan_bytes(const struct ddg_scanner *scanner, struct ddg_scan *scan, const char *bytes,
                      size_t length);

/* True where `length` bytes have an odd number of quotes. */
bool ddg_scan_odd_quotes(const struct ddg_scanner *scanner, const char *bytes, size_t length);

/* The scanners that this processor has, fastest first and "scalar" last; NULL behind the last. */
const struct ddg_scanner *ddg_scanner_at(size_t i);

extern const struct ddg_scanner ddg_scanner_scalar, ddg_scanner_words, ddg_scanner_sse2,
    ddg_scanner_avx2, ddg_scanner_avx512, ddg_scanner_neon;

#endif
