/*
 * Every scanner that the processor has beside libcsv, at a block size that the first bytes choose,
 * with bad records set aside or not: the same records with the same lines, and the same error.
 */
#include "input.h"

#include "csv/reader.h"
#include "csv/scan.h"

/* Both read by blocks, of which each has its own: so they are compared record by record. */
struct side {
    struct ddg_rejects rejects;
    struct ddg_csv *csv;
    struct ddg_csv_block block;
    struct ddg_context context;
    size_t r;
};

static void start(struct side *side, const char *path, struct ddg_csv_options options,
                  bool set_aside)
{
    *side = (struct side){.r = 0};
    FUZZ_REQUIRE(!ddg_rejects_open(&side->rejects, "/dev/null", UINT64_MAX, &side->context));
    if (set_aside)
        options.rejects = &side->rejects;
    ddg_csv_open(&side->csv, &path, 1, &options, &side->context);
}

/* The next record; false at the end and after an error. */
static bool advance(struct side *side)
{
    if (++side->r < side->block.count)
        return true;
    side->r = 0;
    return side->context.error == DDG_OK &&
           !ddg_csv_next_block(side->csv, &side->block, &side->context) && side->block.count > 0;
}

static void finish(struct side *side)
{
    ddg_csv_close(side->csv);
    ddg_rejects_abandon(&side->rejects);
}

static void compare_records(struct side *a, struct side *b)
{
    FUZZ_REQUIRE(ddg_csv_line(a->csv, a->r) == ddg_csv_line(b->csv, b->r));
    FUZZ_REQUIRE(ddg_text_equal(ddg_csv_bytes(a->csv, a->r), ddg_csv_bytes(b->csv, b->r)));
    FUZZ_REQUIRE(a->block.stride == b->block.stride);
    for (size_t i = 0; i < a->block.stride; i++)
        FUZZ_REQUIRE(ddg_text_equal(a->block.field[a->r * a->block.stride + i],
                                    b->block.field[b->r * b->block.stride + i]));
}

static void compare(const char *path, struct ddg_csv_options options, bool set_aside)
{
    struct ddg_csv_options judged = {.delimiter = options.delimiter, .scanner = "libcsv"};
    struct side a, b;
    bool more = true;

    start(&a, path, options, set_aside);
    start(&b, path, judged, set_aside);
    while (more) {
        more = advance(&a);
        FUZZ_REQUIRE(advance(&b) == more);
        if (more)
            compare_records(&a, &b);
    }
    FUZZ_REQUIRE(a.context.error == b.context.error);
    FUZZ_REQUIRE(strcmp(a.context.message, b.context.message) == 0);
    FUZZ_REQUIRE(a.rejects.count == b.rejects.count);
    finish(&a);
    finish(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct ddg_csv_options options = {.delimiter = ','};
    const struct ddg_scanner *scanner;
    const char *path;

    if (length < 2)
        return 0;
    options.block = bytes[0] | (size_t)(bytes[1] & 7) << 8;
    options.delimiter = ",;\tx"[bytes[1] >> 6];
    path = fuzz_file(bytes + 2, length - 2);
    for (size_t i = 0; (scanner = ddg_scanner_at(i)); i++) {
        options.scanner = scanner->name;
        compare(path, options, bytes[1] & 8);
    }
    return 0;
}
