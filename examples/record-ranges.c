/*
 * Shares a CSV file out in parts of whole records, also where fields hold newlines:
 *
 *   record-ranges PARTS FILE
 *
 * Prints a line `OFFSET BYTES` for each part; in this order they are the file without its first
 * record, the header.  Few records can make fewer parts than PARTS.
 *
 * A newline ends a record when the number of quotes before it is even, since quotes that a field
 * holds are doubled.  A file in which that number ends odd is refused.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_PARTS = 10000 };

struct scan {
    const char *path;
    FILE *file;
    uint64_t offset; /* of the next byte */
    bool inside;     /* of quotes */
};

static _Noreturn void fail(const struct scan *scan, const char *what)
{
    fprintf(stderr, "record-ranges: %s: %s\n", scan->path, what);
    exit(2);
}

/* Only the number of quotes matters before the place where a record may end. */
static void pass(struct scan *scan, uint64_t bytes)
{
    static char block[1 << 16];
    size_t got;

    while (bytes > 0 &&
           (got = fread(block, 1, bytes < sizeof block ? bytes : sizeof block, scan->file)) > 0) {
        unsigned quotes = 0;

        for (size_t i = 0; i < got; i++)
            quotes += block[i] == '"';
        scan->inside ^= quotes % 2 == 1;
        scan->offset += got;
        bytes -= got;
    }
}

static void pass_record(struct scan *scan)
{
    int byte;

    while ((byte = getc(scan->file)) != EOF) {
        scan->offset++;
        scan->inside ^= byte == '"';
        if (byte == '\n' && !scan->inside)
            return;
    }
}

static uint64_t open_file(struct scan *scan)
{
    off_t size = -1;

    scan->file = fopen(scan->path, "r");
    if (scan->file && fseeko(scan->file, 0, SEEK_END) == 0)
        size = ftello(scan->file);
    if (size < 0)
        fail(scan, strerror(errno));
    rewind(scan->file);
    return (uint64_t)size;
}

/* Sets the ends of the parts, some of which may be empty; returns the end of the header. */
static uint64_t share_out(struct scan *scan, uint64_t size, uint64_t parts, uint64_t *end)
{
    uint64_t header;

    pass_record(scan);
    header = scan->offset;
    for (uint64_t part = 0; part < parts; part++) {
        uint64_t target = header + (size - header) * (part + 1) / parts;

        if (target > scan->offset) {
            /* the byte before the target can be the newline that ends a record right there */
            pass(scan, target - 1 - scan->offset);
            pass_record(scan);
        }
        end[part] = scan->offset;
    }
    if (ferror(scan->file))
        fail(scan, strerror(errno));
    if (scan->inside)
        fail(scan, "ends inside of quotes");
    return header;
}

int main(int argc, char **argv)
{
    static uint64_t end[MOST_PARTS];
    char *rest;
    unsigned long parts = argc == 3 ? strtoul(argv[1], &rest, 10) : 0;
    struct scan scan = {.path = argv[argc - 1]};
    uint64_t from;

    if (parts == 0 || parts > MOST_PARTS || *rest != '\0') {
        fputs("usage: record-ranges PARTS FILE\n", stderr);
        return 2;
    }
    from = share_out(&scan, open_file(&scan), parts, end);
    for (unsigned long part = 0; part < parts; from = end[part++])
        if (end[part] > from)
            printf("%" PRIu64 " %" PRIu64 "\n", from, end[part] - from);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        perror("record-ranges");
        return 2;
    }
    return 0;
}
