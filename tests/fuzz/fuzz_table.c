/*
 * Tables of any bytes: what is accepted is masked, and attacked where nothing was masked before.
 */
#include "input.h"

#include "attack/audit.h"
#include "protect/protect.h"

/* Searches take their time in large tables; the reading and the structure are what is tried. */
enum { LONGEST = 400 };

static void mask(const struct ddg_model *model, const struct ddg_description *description,
                 enum ddg_knows knows)
{
    const struct ddg_mask_policy policy = {
        .knows = knows, .primary_values = 3, .complement_values = 2};
    struct ddg_context context = {0};
    struct ddg_truth truth;
    struct ddg_mask masked = {0};
    struct ddg_outcome outcome;

    if (!ddg_truth_read(&truth, model, 0, description, &context) &&
        !ddg_mask_start(&masked, model, &truth, 0, description, &policy, &context) &&
        !ddg_protect(&masked, true, 0, &outcome, NULL, &context))
        for (uint32_t cell = 0; cell < masked.owned; cell++)
            FUZZ_REQUIRE(!ddg_is_suppressed(masked.kind[cell]) || truth.low[cell] > 0);
    FUZZ_REQUIRE(context.error == DDG_OK || context.message[0]);
    ddg_mask_free(&masked);
    ddg_truth_free(&truth);
}

static void attack(const char *path)
{
    struct ddg_description description;
    struct ddg_knowledge knowledge;
    struct ddg_audit_options options = {.knowledge = &knowledge,
                                        .decide = {1, 1, false, NULL, NULL}};
    struct ddg_context context = {0};
    struct ddg_releases releases;
    struct ddg_audit audit = {0};

    ddg_description_init(&description, DDG_AUDIT);
    ddg_knowledge_init(&knowledge);
    if (!ddg_releases_read(&releases, &description, &path, 1, &knowledge, &context) &&
        !ddg_audit_run(&audit, &releases, &options, &context))
        for (size_t i = 0; i < audit.findings; i++)
            FUZZ_REQUIRE(audit.finding[i].answer.low <= audit.finding[i].answer.high &&
                         audit.finding[i].how);
    FUZZ_REQUIRE(context.error == DDG_OK || context.message[0]);
    ddg_audit_free(&audit);
    ddg_releases_free(&releases);
    ddg_knowledge_free(&knowledge);
    ddg_description_free(&description);
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
        !ddg_model_build(&model, &table, &description, &context))
        mask(&model, &description, (enum ddg_knows)(length % (DDG_KNOWS_CODES + 1)));
    attack(path);
    ddg_model_free(&model);
    ddg_table_free(&table);
    ddg_description_free(&description);
    return 0;
}
