/*
 * The CSV reader, at a block size that the first byte chooses, beside the reference of the unit
 * tests: both accept the same records, or both refuse.
 */
#include "input.h"

#include "../unit/reference_csv.h"
#include "csv/reader.h"
#include "csv/unpack.h"

static bool same_field(struct ddg_text field, const struct reference_field *reference)
{
    return ddg_text_equal(field, (struct ddg_text){reference->bytes, reference->length});
}

static void read_beside(struct ddg_csv *csv, const struct reference *r, struct ddg_context *context)
{
    struct ddg_record record;
    size_t row = 1;
    bool more;

    while (!ddg_csv_next(csv, &record, &more, context) && more) {
        if (r->accepted) {
            FUZZ_REQUIRE(row < r->rows);
            FUZZ_REQUIRE(record.line == r->row[row].line);
            for (size_t i = 0; i < r->row[row].fields; i++)
                FUZZ_REQUIRE(same_field(record.field[i], &r->row[row].field[i]));
        }
        row++;
    }
    FUZZ_REQUIRE(!r->accepted || (context->error == DDG_OK && row == r->rows));
}

/* The reader refuses these by name, and the reference knows nothing of them. */
static bool is_utf16(const uint8_t *bytes, size_t length)
{
    return length >= 2 && (memcmp(bytes, "\xff\xfe", 2) == 0 || memcmp(bytes, "\xfe\xff", 2) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct ddg_csv_options options = {.delimiter = ','};
    struct ddg_context context = {0};
    struct ddg_csv *csv = NULL;
    struct reference r;
    const char *path;

    if (length == 0 || is_utf16(bytes + 1, length - 1) ||
        ddg_packing_of((const char *)bytes + 1, length - 1) != DDG_PLAIN)
        return 0;
    options.block = bytes[0];
    r = reference_read((const char *)bytes + 1, length - 1, ',');
    path = fuzz_file(bytes + 1, length - 1);
    if (!ddg_csv_open(&csv, &path, 1, &options, &context))
        read_beside(csv, &r, &context);
    FUZZ_REQUIRE(r.accepted == (context.error == DDG_OK));
    FUZZ_REQUIRE(context.error == DDG_OK || context.message[0]);
    ddg_csv_close(csv);
    reference_free(&r);
    return 0;
}
