/*
 * Files of criteria, of populations and of hierarchies, of any bytes, beside a table: what is
 * accepted scores within the limits of the criteria, and what is refused says why.
 */
#include "input.h"

#include "base/number.h"
#include "score/assessment.h"

static const char table[] =
    "county,age,sex,year,count\nAlpine,0-4,M,2020,5\nAlpine,5+,F,2020,60\nKern,0-4,F,2021,7\n"
    "East,Total,Total,2020,65\nTotal,Total,Total,2020,72\n";

/* A score is the sum of its lines, and decides. */
static void check(const struct ddg_assessment *a)
{
    for (size_t i = 0; a->scored && i < a->score.sides; i++) {
        const struct ddg_side_score *side = &a->score.side[i];
        int64_t sum = 0;

        for (size_t j = 0; j < side->entries; j++) {
            FUZZ_REQUIRE(ddg_criteria_find(&a->criteria, ddg_text_of(side->entry[j].variable)));
            sum += side->entry[j].score;
        }
        FUZZ_REQUIRE(side->total == sum);
        FUZZ_REQUIRE(side->mask == (side->high_risk || sum > a->criteria.release_most));
    }
    FUZZ_REQUIRE(a->reason[0]);
}

static enum ddg_error set_hierarchy(struct ddg_description *description, const char *path,
                                    struct ddg_context *context)
{
    char pair[128];

    snprintf(pair, sizeof pair, "county=%s", path);
    for (const struct ddg_option *o = ddg_description_options; o->name; o++)
        if (strcmp(o->name, "hierarchy") == 0)
            return ddg_description_set(
                description, o->id,
                ddg_arena_copy(&description->arena, ddg_text_of(pair), context).at, context);
    abort();
}

static void assess(const char *criteria, const char *population, const char *hierarchy)
{
    struct ddg_context context = {0};
    struct ddg_description description;
    struct ddg_facts facts;
    struct ddg_registry *registry = NULL;
    struct ddg_assessment assessment = {0};
    struct ddg_cells cells = {0};
    struct ddg_intake intake = {.key = {.fd = -1}, .text = {.fd = -1}};
    enum ddg_error error = DDG_OK;

    ddg_description_init(&description, DDG_THRESHOLD);
    ddg_facts_init(&facts);
    facts.criteria = criteria;
    if (hierarchy)
        error = set_hierarchy(&description, hierarchy, &context);
    if (!error)
        error =
            ddg_intake_read_text(&intake, &description, population, ddg_text_of(table), &context);
    if (!error && population)
        error = ddg_registry_open(&registry, intake.dimension, intake.dimensions, &description,
                                  population, &context);
    if (!error)
        error = ddg_cells_read(&cells, &intake, registry, 20001);
    if (!error)
        error = ddg_assess(&assessment, &facts, &intake, &cells, population, &context);
    if (!error)
        check(&assessment);
    FUZZ_REQUIRE(!error || context.message[0]);
    ddg_assessment_free(&assessment);
    ddg_cells_free(&cells);
    ddg_registry_close(registry);
    ddg_intake_free(&intake);
    ddg_facts_free(&facts);
    ddg_description_free(&description);
}

/* The first byte says which file the others are; those of criteria have their header already. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static const char header[] =
        "variable,category,min,max,score,section,note,by,columns,labels,least,crossed,refines\n"
        "edition,x,,,,,,labels,,,,,\ndecision,release,,12,,,,total,,,,,\n"
        "decision,mask,13,,,,,total,,,,,\nevents,e,1,,2,,,count,,,,no,\n"
        "time,t,1,,1,,,months,year,,,no,\nresidence,r,1,,1,,,area,county,,,no,\n"
        "interaction,i,0,,1,,,variables,,,,,\nage_range,a,1,,1,,,years,age,,,,\n";
    static char both[sizeof header + 4096];
    size_t used = sizeof header - 1;

    if (length == 0 || length > 4096)
        return 0;
    if (bytes[0] % 3 == 1) {
        assess(NULL, fuzz_file(bytes + 1, length - 1), NULL);
    } else if (bytes[0] % 3 == 2) {
        assess(NULL, NULL, fuzz_file(bytes + 1, length - 1));
    } else {
        memcpy(both, header, used);
        memcpy(both + used, bytes + 1, length - 1);
        assess(fuzz_file((const uint8_t *)both, used + length - 1), NULL, NULL);
    }
    return 0;
}
