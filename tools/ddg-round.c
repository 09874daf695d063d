/*
 * ddg-round: rounds the counts of a table, masked or not, or turns them into percentages or rates.
 */
#include "common.h"
#include "round/companions.h"
#include "round/kinds.h"
#include "round/rating_options.h"
#include "round/stream.h"
#include "round/whole_percent.h"
#include "round/whole_table.h"

enum { TO = 1, METHOD, WITHIN, KEY_FILE, WHOLE_PERCENT };

/* Methods that need the whole table. */
enum { CONTROLLED = DDG_METHOD_RANDOM + 1, SMALL, ADJUST };

static const char *const methods[] = {"nearest",    "up",    "down",   "random",
                                      "controlled", "small", "adjust", NULL};

struct opts {
    uint64_t base, within;
    int method; /* enum ddg_method, or one of those below */
    const char *key_file;
    bool within_named, whole_percent, base_named, method_named;
    const char *dimension;
    struct ddg_rating rating;
};

static const struct ddg_option options[] = {
    {TO, 0, "to", "BASE", "round to multiples of BASE [5; small: --threshold]", 0},
    {METHOD, 0, "method", "HOW",
     "nearest (halves up), up, down, random, controlled, small or adjust [nearest]", 0},
    {WITHIN, 0, "within", "N",
     "controlled: to multiples N bases away [1]; adjust: totals change by N [0]", 0},
    {KEY_FILE, 0, "key-file", "FILE", "what random rounding is drawn from, and kept secret", 0},
    {WHOLE_PERCENT, 0, "whole-percent", "[DIM]",
     "whole percentages of DIM instead of counts (R-PCT-1)", 0},
    {0, 0, NULL, NULL, NULL, 0},
};

static enum ddg_error set(void *data, int id, const char *value, struct ddg_context *context)
{
    struct opts *opts = data;

    switch (id) {
    case TO:
        opts->base_named = true;
        return ddg_whole_number("to", ddg_text_of(value), 2, DDG_LARGEST_BASE, &opts->base,
                                context);
    case METHOD:
        opts->method_named = true;
        return ddg_choose("method", value, methods, &opts->method, context);
    case WITHIN:
        opts->within_named = true;
        return ddg_whole_number("within", ddg_text_of(value), 0, DDG_WITHIN_MOST, &opts->within,
                                context);
    case KEY_FILE:
        opts->key_file = value;
        return DDG_OK;
    case WHOLE_PERCENT:
        opts->whole_percent = true;
        opts->dimension = value;
        return DDG_OK;
    default:
        return ddg_rating_set(&opts->rating, id, value, context);
    }
}

static enum ddg_error check_rates(const struct opts *opts, struct ddg_context *context)
{
    const struct ddg_rating *rating = &opts->rating;

    if (rating->percent + (rating->precision.per > 0) + opts->whole_percent > 1)
        return ddg_fail(context, DDG_USAGE,
                        "--percent, --rate-per and --whole-percent exclude each other");
    if ((ddg_rating_is_wanted(rating) || opts->whole_percent) && opts->method_named)
        return ddg_fail(context, DDG_USAGE, "--method is for counts");
    return ddg_rating_check(rating, context);
}

static enum ddg_error check(const struct opts *opts, const struct ddg_list *partitions,
                            struct ddg_context *context)
{
    bool random = opts->method == DDG_METHOD_RANDOM, summed = opts->method == SMALL ||
                                                              opts->whole_percent ||
                                                              ddg_rating_is_wanted(&opts->rating);

    if (partitions->count > 0 && summed)
        return ddg_fail(context, DDG_USAGE,
                        "--partitions is not for --method small, percentages and rates: each kind "
                        "has to be a table of its own");
    if (random && !opts->key_file)
        return ddg_fail(context, DDG_USAGE, "--method random wants a --key-file");
    if (!random && opts->key_file)
        return ddg_fail(context, DDG_USAGE, "--key-file without --method random");
    if (opts->within_named && opts->method != CONTROLLED && opts->method != ADJUST)
        return ddg_fail(context, DDG_USAGE, "--within is for --method controlled and adjust");
    return check_rates(opts, context);
}

static enum ddg_error round_stream(const struct opts *opts, const struct tool_call *call,
                                   struct ddg_output *output, struct ddg_context *context)
{
    struct ddg_key key;
    struct ddg_rounds rounds = {(enum ddg_method)opts->method, opts->base, NULL};
    enum ddg_error error = DDG_OK;

    if (opts->key_file) {
        error = ddg_key_read(&key, opts->key_file, context);
        rounds.key = &key;
    }
    if (!error)
        error = ddg_round_stream(output, &rounds, &call->description, call->paths, call->path_count,
                                 context);
    if (!error && rounds.key && !call->quiet)
        fprintf(stderr, "ddg-round: drawn from the key with the fingerprint %s\n", key.fingerprint);
    ddg_key_wipe(&key);
    return error;
}

static void tell_rated(const struct ddg_rated *rated, const struct ddg_rating *rating)
{
    const struct ddg_too_small *coarser = &rated->coarser, *withheld = &rated->withheld;
    const char *wholes = rating->population ? "populations" : "totals", *note = "ddg-round: note";

    if (*rated->gaps.dimensions)
        fprintf(stderr,
                "%s: %s has no column %s: every category of it is taken to have the population of "
                "all\n",
                note, rating->population, rated->gaps.dimensions);
    if (rated->digits < rating->precision.digits)
        fprintf(stderr,
                "%s: rates have %u digits at the most, not %u: totals and their parts would tell "
                "too much of each other\n",
                note, rated->digits, rating->precision.digits);
    if (coarser->counts > 0)
        fprintf(stderr,
                "%s: %llu rates have fewer digits than %u, as their %s are too small for more: the "
                "first is %s, with %u\n",
                note, (unsigned long long)coarser->counts, rated->digits, wholes, coarser->first,
                coarser->digits);
    if (withheld->counts > 0)
        fprintf(stderr,
                "%s: %llu counts have no rate, as their %s are under %llu: the first is %s\n", note,
                (unsigned long long)withheld->counts, wholes, (unsigned long long)rated->least,
                withheld->first);
    if (rated->blank.counts > 0)
        fprintf(stderr,
                "%s: %llu counts have no rate: what it would be of is 0, hidden or unknown: the "
                "first is %s\n",
                note, (unsigned long long)rated->blank.counts, rated->blank.first);
    if (*rated->gaps.category)
        fprintf(
            stderr,
            "%s: %s has no population of %s: totals over it have one only where they have a row "
            "there\n",
            note, rating->population, rated->gaps.category);
}

static enum ddg_error write_rates(const struct opts *opts, const struct ddg_model *model,
                                  const struct tool_call *call, struct ddg_output *output,
                                  struct ddg_context *context)
{
    struct ddg_rating rating = opts->rating;
    struct ddg_rated rated;
    enum ddg_error error;

    rating.base = opts->base;
    if (rating.percent)
        rating.precision.per = 100;
    error = ddg_rates_write(output, model, &call->description, &rating, &rated, context);
    if (!error && !call->quiet)
        tell_rated(&rated, &rating);
    return error;
}

static enum ddg_error write_controlled(const struct opts *opts, const struct ddg_model *model,
                                       const struct tool_call *call, struct ddg_output *output,
                                       struct ddg_context *context)
{
    struct ddg_strays strays;
    enum ddg_error error = ddg_controlled_write(output, model, &call->description, opts->base,
                                                opts->within, &strays, context);
    unsigned long long base = opts->base, counts = strays.counts, far = strays.farthest;

    if (!error && counts > 0 && !call->quiet)
        fprintf(stderr,
                "ddg-round: note: %llu counts moved by %llu or more, up to %llu: ddg-audit wants "
                "--rounded %llu:controlled:%llu\n",
                counts, base, base * far, base, far);
    return error;
}

static enum ddg_error write_adjusted(const struct opts *opts, const struct ddg_model *model,
                                     const struct tool_call *call, struct ddg_output *output,
                                     struct ddg_context *context)
{
    uint64_t disorder, within = opts->within_named ? opts->within : 0;
    enum ddg_error error =
        ddg_adjusted_write(output, model, &call->description, within, &disorder, context);

    if (!error && disorder > 0 && !call->quiet)
        fprintf(stderr,
                "ddg-round: note: %llu rows have a count that is more than one beside it that it "
                "is never more than: no other safe numbers were found\n",
                (unsigned long long)disorder);
    return error;
}

static enum ddg_error write_small(const struct opts *opts, const struct ddg_model *model,
                                  const struct ddg_description *description,
                                  struct ddg_output *output, struct ddg_context *context)
{
    uint64_t threshold = description->threshold, base = opts->base_named ? opts->base : threshold;

    if (base < threshold)
        return ddg_fail(context, DDG_USAGE,
                        "--method small with a --to below the --threshold of %llu would leave "
                        "small counts",
                        (unsigned long long)threshold);
    return ddg_small_write(output, model, description, base, context);
}

static enum ddg_error write_whole(const struct opts *opts, const struct ddg_model *model,
                                  const struct tool_call *call, struct ddg_output *output,
                                  struct ddg_context *context)
{
    const struct ddg_description *d = &call->description;

    if (opts->whole_percent)
        return ddg_whole_percent_write(output, model, d, opts->dimension, context);
    if (ddg_rating_is_wanted(&opts->rating))
        return write_rates(opts, model, call, output, context);
    if (opts->method == CONTROLLED)
        return write_controlled(opts, model, call, output, context);
    if (opts->method == SMALL)
        return write_small(opts, model, d, output, context);
    return write_adjusted(opts, model, call, output, context);
}

static enum ddg_error round_whole(const struct opts *opts, const struct tool_call *call,
                                  struct ddg_output *output, struct ddg_context *context)
{
    struct ddg_model model = {0};
    struct ddg_table table;
    enum ddg_error error =
        ddg_table_read(&table, &call->description, call->paths, call->path_count, context);

    if (!error)
        error = ddg_companions_of_table(&table, &call->description, context);
    if (!error)
        error = ddg_model_build(&model, &table, &call->description, context);
    if (!error && call->description.partitions.count > 0)
        error = ddg_kinds_unite(&model, &call->description, context);
    if (!error)
        error = write_whole(opts, &model, call, output, context);
    ddg_model_free(&model);
    ddg_table_free(&table);
    return error;
}

static enum ddg_error run(void *data, const struct tool_call *call, enum tool_status *status,
                          struct ddg_context *context)
{
    const struct opts *opts = data;
    bool whole =
        opts->whole_percent || ddg_rating_is_wanted(&opts->rating) || opts->method >= CONTROLLED;
    struct ddg_output output;
    enum ddg_error error = check(opts, &call->description.partitions, context);

    (void)status;
    if (!error)
        error = ddg_output_open(&output, call->output, call->description.delimiter, context);
    if (error)
        return error;
    error = whole ? round_whole(opts, call, &output, context)
                  : round_stream(opts, call, &output, context);
    error = ddg_output_close(&output, error);
    if (!error && opts->method >= DDG_METHOD_RANDOM && !call->quiet)
        fprintf(stderr, "ddg-round: --method %s needs departmental approval (R-RND-1)\n",
                methods[opts->method]);
    return error;
}

int main(int argc, char **argv)
{
    struct opts opts = {.base = 5, .within = 1};
    const struct tool tool = {
        .name = "ddg-round",
        .summary = "Rounds the counts of a table, or turns them into percentages or rates.",
        .program = DDG_ROUND,
        .options = {options, ddg_rating_options},
        .set = set,
        .run = run,
        .data = &opts,
        .solves = true,
    };
    int status = tool_main(&tool, argc, argv);

    ddg_rating_free(&opts.rating);
    return status;
}
