/*
 * Tables of any bytes: what is accepted is masked, and attacked where nothing was masked before.
 */
#include "input.h"

#include "attack/attack.h"
#include "protect/protect.h"

/* Searches take their time in large tables; the reading and the structure are what is tried. */
enum { LONGEST = 400 };

static void mask(const struct ddg_model *model, const struct ddg_description *description)
{
    struct ddg_context context = {0};
    struct ddg_truth truth;
    struct ddg_mask masked = {0};
    uint32_t unbound;

    if (!ddg_truth_read(&truth, model, &model->table->measure[0], description, &context) &&
        !ddg_mask_start(&masked, model, &truth, description, NULL, DDG_KNOWS_ZEROS, &context) &&
        !ddg_protect(&masked, true, &unbound, &context))
        for (uint32_t cell = 0; cell < masked.owned; cell++)
            FUZZ_REQUIRE(!ddg_is_suppressed(masked.kind[cell]) || truth.low[cell] > 0);
    FUZZ_REQUIRE(context.error == DDG_OK || context.message[0]);
    ddg_mask_free(&masked);
    ddg_truth_free(&truth);
}

static void attack(const struct ddg_model *model, const struct ddg_description *description)
{
    const struct ddg_attack_options options = {DDG_READER_ZEROS, 0};
    struct ddg_context context = {0};
    struct ddg_attack result;

    if (!ddg_attack_run(&result, model, &model->table->measure[0], description, &options, &context))
        FUZZ_REQUIRE(result.recovered + result.determined <= result.hidden);
    ddg_attack_free(&result);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct ddg_description description;
    struct ddg_context context = {0};
    struct ddg_table table;
    struct ddg_model model = {0};
    const char *path;

    if (length > LONGEST)
        return 0;
    path = fuzz_file(bytes, length);
    ddg_description_init(&description, DDG_SUPPRESS);
    if (!ddg_table_read(&table, &description, &path, 1, &context) &&
        !ddg_model_build(&model, &table, &description, &context)) {
        mask(&model, &description);
        attack(&model, &description);
    }
    ddg_model_free(&model);
    ddg_table_free(&table);
    ddg_description_free(&description);
    return 0;
}
