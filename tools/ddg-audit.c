/*
 * ddg-audit: attacks a published table and lists the masked cells that it gives away.
 */
#include "base/number.h"
#include "common.h"
#include "report/findings.h"

#include <stdio.h>
#include <stdlib.h>

enum { SHOW_VALUES = 1, ROUNDED, KNOWS };

struct opts {
    struct ddg_attack_options attack;
    bool show_values;
};

struct tally {
    uint64_t hidden, recovered, determined, absent, unprinted;
};

static const struct ddg_option options[] = {
    {SHOW_VALUES, 0, "show-values", NULL, "print the recovered counts", 0},
    {ROUNDED, 0, "rounded", "BASE", "counts were rounded to the nearest multiple of BASE", 0},
    {KNOWS, 0, "knows", "LEVEL", "what the attacker knows: sums, zeros [zeros]", 0},
    {0, 0, NULL, NULL, NULL, 0},
};

static enum ddg_error set(void *data, int id, const char *value, struct ddg_context *context)
{
    static const char *const levels[] = {"sums", "zeros", NULL};
    struct opts *opts = data;
    enum ddg_error error;
    int choice = 0;

    switch (id) {
    case SHOW_VALUES:
        opts->show_values = true;
        return DDG_OK;
    case KNOWS:
        error = ddg_choose("knows", value, levels, &choice, context);
        opts->attack.reader = (enum ddg_reader)choice;
        return error;
    default:
        if (!ddg_parse_unsigned(ddg_text_of(value), &opts->attack.rounded) ||
            opts->attack.rounded < 2 || opts->attack.rounded > DDG_LARGEST_BASE)
            return ddg_fail(context, DDG_USAGE,
                            "--rounded is a whole number from 2 to %d, not '%s'", DDG_LARGEST_BASE,
                            value);
        return DDG_OK;
    }
}

static enum ddg_error attack_measure(const struct opts *opts, const struct tool_call *call,
                                     const struct ddg_table *table, size_t measure,
                                     struct ddg_output *output, struct tally *tally,
                                     struct ddg_context *context)
{
    const struct ddg_measure *m = &table->measure[measure];
    const struct ddg_description *d = &call->description;
    struct ddg_attack attack = {0};
    struct ddg_model model = {0};
    uint64_t *keys = NULL;
    size_t key_count = 0, key_room = 0;
    enum ddg_error error = ddg_model_build(&model, table, d, context);

    if (!error)
        error =
            ddg_attack_absent(&model, m, d, &opts->attack, &keys, &key_count, &key_room, context);
    if (!error && key_count > 0) {
        ddg_model_free(&model);
        error = ddg_model_build_with(&model, table, d, keys, key_count, context);
    }
    if (!error)
        error = ddg_attack_run(&attack, &model, m, d, &opts->attack, context);
    if (!error)
        error = ddg_findings_write(output, &model, m, &attack, opts->show_values);
    tally->hidden += attack.hidden;
    tally->recovered += attack.recovered;
    tally->determined += attack.determined;
    tally->absent += model.absent;
    tally->unprinted += model.cells - model.printed - model.absent;
    ddg_attack_free(&attack);
    ddg_model_free(&model);
    free(keys);
    return error;
}

static enum ddg_error write_findings(const struct opts *opts, const struct tool_call *call,
                                     const struct ddg_table *table, struct tally *tally,
                                     struct ddg_context *context)
{
    struct ddg_output output;
    enum ddg_error error =
        ddg_output_open(&output, call->output, call->description.delimiter, context);

    if (error)
        return error;
    error = ddg_findings_header(&output, table, opts->show_values);
    for (size_t i = 0; !error && i < table->measures; i++)
        error = attack_measure(opts, call, table, i, &output, tally, context);
    return ddg_output_close(&output, error);
}

static void report(const struct opts *opts, const struct ddg_description *description,
                   const struct tally *tally)
{
    fprintf(stderr, "ddg-audit: %llu of %llu hidden cells can be recovered",
            (unsigned long long)tally->recovered, (unsigned long long)tally->hidden);
    if (tally->determined > 0)
        fprintf(stderr, ", %llu more if nobody counts twice%s",
                (unsigned long long)tally->determined,
                description->unprinted == DDG_TOTALS_NONE ? "" : " and other totals are known");
    if (tally->absent > 0)
        fprintf(stderr, "; %llu without a row taken as hidden", (unsigned long long)tally->absent);
    fprintf(stderr, " (attacker knows sums%s)\n",
            opts->attack.reader >= DDG_READER_ZEROS ? " and that zeros are shown" : "");
    if (tally->hidden == 0)
        fprintf(stderr, "ddg-audit: note: no cell of this table is hidden\n");
    if (tally->hidden > 0 && tally->unprinted > 0 && description->unprinted == DDG_TOTALS_NONE)
        fprintf(stderr,
                "ddg-audit: note: totals that are not printed (%llu) are taken as unknown; "
                "--totals implied takes them as known\n",
                (unsigned long long)tally->unprinted);
}

static enum ddg_error run(void *data, const struct tool_call *call, enum tool_status *status,
                          struct ddg_context *context)
{
    const struct opts *opts = data;
    struct tally tally = {0};
    struct ddg_table table;
    enum ddg_error error =
        ddg_table_read(&table, &call->description, call->paths, call->path_count, context);

    if (!error)
        error = write_findings(opts, call, &table, &tally, context);
    if (!error && !call->quiet)
        report(opts, &call->description, &tally);
    if (tally.recovered + tally.determined > 0)
        *status = TOOL_NO;
    ddg_table_free(&table);
    return error;
}

int main(int argc, char **argv)
{
    struct opts opts = {.attack.reader = DDG_READER_ZEROS};
    const struct tool tool = {
        .name = "ddg-audit",
        .summary = "Attacks a published table and lists the masked cells that it gives away.",
        .program = DDG_AUDIT,
        .options = options,
        .set = set,
        .run = run,
        .data = &opts,
    };

    return tool_main(&tool, argc, argv);
}
