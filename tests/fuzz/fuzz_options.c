/*
 * Files of options, read into the description of a table as every program does, and lists.
 */
#include "input.h"

#include "table/description.h"

#include <string.h>

static enum ddg_error take(void *data, int id, const char *value, struct ddg_context *context)
{
    return ddg_description_set(data, id, value, context);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static const struct ddg_option *const tables[] = {ddg_description_options};
    struct ddg_description description;
    struct ddg_context context = {0};
    struct ddg_option_set set = {tables, 1, DDG_AUDIT, take, &description};
    enum ddg_error error;

    ddg_description_init(&description, DDG_AUDIT);
    error = ddg_options_read(&set, fuzz_file(bytes, length), &description.arena, &context);
    FUZZ_REQUIRE(error == context.error);
    FUZZ_REQUIRE(error == DDG_OK || strchr(context.message, ':'));
    for (size_t i = 0; i < description.dims.count; i++)
        FUZZ_REQUIRE(description.dims.item[i].length > 0);
    ddg_description_total(&description, ddg_text_of("county"));
    ddg_description_free(&description);
    return 0;
}
