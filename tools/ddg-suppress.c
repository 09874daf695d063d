/*
 * ddg-suppress: masks small counts of a table, and as many others as it takes so that no masked
 * count can be worked out (DDG 4.4.3).
 */
#include "common.h"
#include "protect/protect.h"
#include "protect/publish.h"

#include <stdio.h>
#include <stdlib.h>

enum { WHEN_MASKED = 1, GROUP_RULE, KNOWS };

struct opts {
    bool when_masked, no_group_rule;
    enum ddg_knows knows;
};

static const struct ddg_option options[] = {
    {WHEN_MASKED, 0, "when-masked", NULL,
     "small counts only where ddg-threshold's column mask is 1 [all]", 0},
    {GROUP_RULE, 0, "group-rule", "on|off", "R-SUP-6, more cells where values are tiny [on]", 0},
    {KNOWS, 0, "knows", "LEVEL", "reader to protect against: sums, zeros [zeros]", 0},
    {0, 0, NULL, NULL, NULL, 0},
};

static enum ddg_error set(void *data, int id, const char *value, struct ddg_context *context)
{
    static const char *const levels[] = {"sums", "zeros", NULL};
    static const char *const on_off[] = {"on", "off", NULL};
    struct opts *opts = data;
    enum ddg_error error;
    int choice = 0;

    switch (id) {
    case WHEN_MASKED:
        opts->when_masked = true;
        return DDG_OK;
    case KNOWS:
        error = ddg_choose("knows", value, levels, &choice, context);
        opts->knows = (enum ddg_knows)choice;
        return error;
    default:
        error = ddg_choose("group-rule", value, on_off, &choice, context);
        opts->no_group_rule = choice == 1;
        return error;
    }
}

/* Reads the column `mask`: which rows are to be masked where they are small. */
static enum ddg_error read_chosen(const struct ddg_table *table, bool **chosen,
                                  struct ddg_context *context)
{
    size_t column = ddg_table_find(table, ddg_text_of("mask"));
    enum ddg_error error;

    if (column == DDG_NO_COLUMN)
        return ddg_fail(context, DDG_USAGE,
                        "%s: --when-masked wants the column 'mask' that ddg-threshold adds",
                        table->file);
    error = ddg_allocate(chosen, table->rows, sizeof **chosen, context);
    for (size_t row = 0; !error && row < table->rows; row++) {
        struct ddg_text field = ddg_table_field(table, row, column);

        (*chosen)[row] = ddg_text_is(field, "1");
        if (!(*chosen)[row] && !ddg_text_is(field, "0"))
            error = ddg_table_fail(table, row, column, context, "neither 0 nor 1");
    }
    return error;
}

/* Totals of distinct persons cannot be added up from their parts. */
static enum ddg_error check_added(const struct ddg_mask *mask, struct ddg_context *context)
{
    for (uint32_t cell = mask->model->printed; cell < mask->owned; cell++)
        if (mask->truth->low[cell] != mask->truth->high[cell])
            return ddg_fail(context, DDG_INPUT,
                            "%s: --totals add cannot know totals of distinct persons or of cells "
                            "without data: let ddg-count --totals count them",
                            mask->model->table->file);
    return DDG_OK;
}

/* How many cells are small and how many complementary is not said: where it is known that there is
 * no complementary cell, each is 1 to 10, which merged codes are there to hide. */
static void report(const struct ddg_mask *mask, uint32_t unbound, struct ddg_text measure,
                   bool several)
{
    if (several)
        fprintf(stderr, "ddg-suppress: '%.*s': ", (int)measure.length, measure.at);
    else
        fprintf(stderr, "ddg-suppress: ");
    fprintf(stderr, "%u of %u cells suppressed; codes merged; none can be recovered from sums%s\n",
            mask->primary + mask->complementary, mask->owned,
            mask->floor ? " by who knows that zeros are shown" : " alone");
    if (unbound > 0)
        fprintf(stderr,
                "ddg-suppress: note: R-SUP-6 asks for one more cell where none is left, in %u "
                "line%s whose total is not printed here: do not publish %s\n",
                unbound, unbound == 1 ? "" : "s", unbound == 1 ? "that total" : "those totals");
}

/* A total whose label was not declared is an ordinary category to us, and the key to its line to
 * others; one whose parts are not in the table may be the key to another table. */
static void note_totals(const struct ddg_model *model, const struct ddg_truth *truth)
{
    uint32_t totals = 0, first = 0, partless = ddg_truth_partless(truth, model, &first);

    for (uint32_t cell = 0; cell < model->printed; cell++)
        totals += ddg_model_height(model, cell) > 0;
    if (totals == 0 && model->lines > 0)
        fprintf(stderr, "ddg-suppress: note: no row is a total; if some are, --total says how they "
                        "are labelled\n");
    if (partless > 0)
        fprintf(stderr,
                "ddg-suppress: note: %u row%s: a total without parts in this table (first: "
                "line %llu)\n",
                partless, partless == 1 ? "" : "s", (unsigned long long)model->table->line[first]);
}

static enum ddg_error mask_measure(const struct opts *opts, const struct tool_call *call,
                                   const struct ddg_model *model, size_t measure,
                                   const bool *chosen, struct ddg_truth *truth,
                                   struct ddg_mask *mask, uint32_t *unbound,
                                   struct ddg_context *context)
{
    const struct ddg_description *d = &call->description;
    enum ddg_error error;

    if ((error = ddg_truth_read(truth, model, &model->table->measure[measure], d, context)) ||
        (error = ddg_mask_start(mask, model, truth, d, chosen, opts->knows, context)) ||
        (error = check_added(mask, context)))
        return error;
    return ddg_protect(mask, !opts->no_group_rule, unbound, context);
}

static enum ddg_error write_table(const struct tool_call *call, const struct ddg_model *model,
                                  const struct ddg_mask *masks, struct ddg_context *context)
{
    struct ddg_output output;
    enum ddg_error error =
        ddg_output_open(&output, call->output, call->description.delimiter, context);

    if (error)
        return error;
    error = ddg_publish(&output, model, masks, &call->description, context);
    return ddg_output_close(&output, error);
}

static enum ddg_error mask_table(const struct opts *opts, const struct tool_call *call,
                                 const struct ddg_model *model, const bool *chosen,
                                 struct ddg_context *context)
{
    size_t count = model->table->measures;
    struct ddg_truth *truths = NULL;
    struct ddg_mask *masks = NULL;
    uint32_t *unbound = NULL;
    enum ddg_error error;

    if (!(error = ddg_allocate(&truths, count, sizeof *truths, context)) &&
        !(error = ddg_allocate(&masks, count, sizeof *masks, context)) &&
        !(error = ddg_allocate(&unbound, count, sizeof *unbound, context))) {
        for (size_t i = 0; !error && i < count; i++)
            error = mask_measure(opts, call, model, i, chosen, &truths[i], &masks[i], &unbound[i],
                                 context);
        if (!error)
            error = write_table(call, model, masks, context);
        for (size_t i = 0; !error && !call->quiet && i < count; i++)
            report(&masks[i], unbound[i], model->table->name[model->table->measure[i].count],
                   count > 1);
        if (!error && !call->quiet)
            note_totals(model, &truths[0]);
        for (size_t i = 0; i < count; i++) {
            ddg_mask_free(&masks[i]);
            ddg_truth_free(&truths[i]);
        }
    }
    free(truths);
    free(masks);
    free(unbound);
    return error;
}

static enum ddg_error run(void *data, const struct tool_call *call, enum tool_status *status,
                          struct ddg_context *context)
{
    const struct opts *opts = data;
    struct ddg_table table;
    struct ddg_model model = {0};
    bool *chosen = NULL;
    enum ddg_error error;

    (void)status;
    error = ddg_table_read(&table, &call->description, call->paths, call->path_count, context);
    if (!error && opts->when_masked)
        error = read_chosen(&table, &chosen, context);
    if (!error)
        error = ddg_model_build(&model, &table, &call->description, context);
    if (!error)
        error = mask_table(opts, call, &model, chosen, context);
    free(chosen);
    ddg_model_free(&model);
    ddg_table_free(&table);
    return error;
}

int main(int argc, char **argv)
{
    struct opts opts = {.knows = DDG_KNOWS_ZEROS};
    const struct tool tool = {
        .name = "ddg-suppress",
        .summary = "Masks small counts of a table so that none can be worked out.",
        .program = DDG_SUPPRESS,
        .options = options,
        .set = set,
        .run = run,
        .data = &opts,
    };

    return tool_main(&tool, argc, argv);
}
