#include "protect/masking.h"

#include "rules/scored.h"

#include <stdlib.h>

enum {
    WHEN_MASKED = 1600,
    HIGH_RISK,
    GROUP_RULE,
    KNOWS,
    CODES,
    MIN_VALUES,
    EFFORT,
    PUBLISHED,
    WHOLE,
    EQUATION,
    BEHIND_LAST,
};

/* The most that can be asked for: witnesses change a count by no more. */
enum { VALUES_MOST = 20, EFFORT_MOST = 1000 };

const struct ddg_option ddg_masking_options[] = {
    {PUBLISHED, 0, "published", "FILE",
     "what is out already: an earlier release, a linked table (R-DOC-2)", 0},
    {EQUATION, 0, "equation", "SUM", "count columns that add up: 'A + B = C'; repeatable", 0},
    {CODES, 0, "codes", "WHAT",
     "code 1 for all: merged; 2 for complementary: separate; auto: if no worse [merged]", 0},
    {WHEN_MASKED, 0, "when-masked", NULL,
     "small counts only where ddg-threshold's column mask is 1 [all]", 0},
    {HIGH_RISK, 0, "high-risk", NULL, "all small counts, whatever --when-masked says (R-HR-1)", 0},
    {GROUP_RULE, 0, "group-rule", "on|off", "R-SUP-6, more cells where values are tiny [on]", 0},
    {KNOWS, 0, "knows", "LEVEL",
     "reader to protect from: sums, zeros, threshold, codes [zeros; codes if separate]", 0},
    {MIN_VALUES, 0, "min-values", "N[,M]",
     "values that must remain for small counts and for others [3,2]", 0},
    {EFFORT, 0, "effort", "N", "how long to look for a mask that loses less: 0 to 1000 [1]", 0},
    {WHOLE, 0, "whole", NULL, "mask all blocks at a time, their rows in any order", 0},
    {0, 0, NULL, NULL, NULL, 0},
};

bool ddg_masking_has(int id)
{
    return id >= WHEN_MASKED && id < BEHIND_LAST;
}

void ddg_masking_init(struct ddg_masking *masking)
{
    *masking = (struct ddg_masking){
        .group_rule = true, .effort = 1, .primary_values = 3, .complement_values = 2};
}

void ddg_masking_free(struct ddg_masking *masking)
{
    ddg_costs_free(&masking->costs);
    free(masking->published.item);
    free(masking->equation);
    ddg_arena_free(&masking->arena);
}

static enum ddg_error set_effort(struct ddg_masking *masking, const char *value,
                                 struct ddg_context *context)
{
    uint64_t effort;
    enum ddg_error error =
        ddg_whole_number("effort", ddg_text_of(value), 0, EFFORT_MOST, &effort, context);

    if (error)
        return error;
    masking->effort = (uint32_t)effort;
    masking->effort_given = true;
    return DDG_OK;
}

static enum ddg_error set_min_values(struct ddg_masking *masking, const char *value,
                                     struct ddg_context *context)
{
    uint32_t values[2];
    enum ddg_error error = ddg_one_or_two("min-values", value, 2, VALUES_MOST, values, context);

    if (error)
        return error;
    masking->primary_values = values[0];
    masking->complement_values = values[1];
    return DDG_OK;
}

static enum ddg_error set_equation(struct ddg_masking *masking, const char *value,
                                   struct ddg_context *context)
{
    struct ddg_equation equation;
    enum ddg_error error = ddg_equation_read(&equation, value, &masking->arena, context);

    if (!error && equation.dimension.length > 0)
        error = ddg_fail(context, DDG_USAGE,
                         "--equation is between count columns here: categories that add up are for "
                         "--hierarchy, not '%s'",
                         value);
    if (!error)
        error = ddg_grow(&masking->equation, &masking->equation_room, masking->equations + 1,
                         sizeof equation, context);
    if (!error)
        masking->equation[masking->equations++] = equation;
    return error;
}

enum ddg_error ddg_masking_set(struct ddg_masking *masking, int id, const char *value,
                               struct ddg_context *context)
{
    static const char *const levels[] = {"sums", "zeros", "threshold", "codes", NULL};
    static const char *const codes[] = {"merged", "separate", "auto", NULL};
    static const char *const on_off[] = {"on", "off", NULL};
    enum ddg_error error = DDG_OK;
    int choice = 0;

    switch (id) {
    case WHEN_MASKED:
        masking->when_masked = true;
        break;
    case HIGH_RISK:
        masking->high_risk = true;
        break;
    case KNOWS:
        error = ddg_choose("knows", value, levels, &choice, context);
        masking->knows = (enum ddg_knows)choice;
        masking->knows_given = true;
        break;
    case CODES:
        error = ddg_choose("codes", value, codes, &choice, context);
        masking->codes = (enum ddg_mask_codes)choice;
        break;
    case MIN_VALUES:
        return set_min_values(masking, value, context);
    case EFFORT:
        return set_effort(masking, value, context);
    case PUBLISHED:
        return ddg_list_push(&masking->published, ddg_text_of(value), context);
    case EQUATION:
        return set_equation(masking, value, context);
    case WHOLE:
        masking->whole = true;
        break;
    default:
        error = ddg_choose("group-rule", value, on_off, &choice, context);
        masking->group_rule = choice == 0;
    }
    return error;
}

enum ddg_error ddg_masking_check(const struct ddg_masking *masking,
                                 const struct ddg_description *description,
                                 struct ddg_context *context)
{
    if (masking->knows_given && masking->codes == DDG_MASK_AUTO)
        return ddg_fail(context, DDG_USAGE,
                        "--codes auto chooses what --knows says: use merged or separate");
    if (masking->knows_given && masking->codes == DDG_MASK_MERGED &&
        masking->knows > DDG_KNOWS_ZEROS)
        return ddg_fail(context, DDG_USAGE,
                        "--knows threshold and codes are for --codes separate: merged codes do "
                        "not say which counts are small");
    if (description->partitions.count > 0 && masking->published.count > 0)
        return ddg_fail(context, DDG_USAGE,
                        "--partitions goes with a table by itself: not with --published");
    if (masking->whole && description->by.count == 0)
        return ddg_fail(context, DDG_USAGE, "--whole without --by: there are no blocks then");
    if (masking->certified && masking->published.count > 0)
        return ddg_fail(context, DDG_USAGE,
                        "--certificate is about one table by itself: not with --published");
    if (masking->codes == DDG_MASK_SEPARATE && description->threshold < 3)
        return ddg_fail(context, DDG_USAGE,
                        "--codes separate: below a --threshold of 2 there is 1 alone, which code "
                        "1 would give away");
    return DDG_OK;
}

bool ddg_masking_blocks(const struct ddg_masking *masking,
                        const struct ddg_description *description)
{
    return !masking->whole && masking->codes != DDG_MASK_AUTO && description->partitions.count == 0;
}

/* ddg-threshold has no count to judge where there are no data.  Where it asks for a mask at all,
 * one that can be worked out none the less is not left in print for that. */
static void choose_blank_rows(const struct ddg_table *table, bool *chosen)
{
    bool any = false;

    for (size_t row = 0; row < table->rows; row++)
        any = any || chosen[row];
    for (size_t row = 0; any && row < table->rows; row++) {
        bool blank = true;

        for (size_t i = 0; i < table->measures; i++)
            blank = blank && ddg_table_field(table, row, table->measure[i].count).length == 0;
        chosen[row] = chosen[row] || blank;
    }
}

enum ddg_error ddg_masking_chosen(const struct ddg_masking *masking, const struct ddg_table *table,
                                  bool **chosen, struct ddg_context *context)
{
    enum ddg_error error;

    *chosen = NULL;
    if (!masking->when_masked || masking->high_risk)
        return DDG_OK;
    if (!(error = ddg_scored_masks(table, chosen, context)))
        choose_blank_rows(table, *chosen);
    return error;
}
