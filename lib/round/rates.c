#include "round/rates.h"

#include "round/people.h"
#include "round/rating.h"
#include "round/whole_table.h"

#include <stdlib.h>
#include <string.h>

/* What rates are of ---------------------------------------------------------------------------- */

static enum ddg_error find_dimensions(struct ddg_rating_state *r)
{
    const struct ddg_model *m = r->model;
    const struct ddg_list *of = &r->options->of;
    enum ddg_error error = ddg_allocate(&r->summed, m->dimensions, sizeof *r->summed, r->context);

    for (size_t d = 0; !error && d < m->dimensions; d++)
        r->summed[d] = of->count == 0;
    for (size_t i = 0; !error && i < of->count; i++) {
        size_t d = 0;

        while (d < m->dimensions && !ddg_text_equal(m->dimension[d].level->name, of->item[i]))
            d++;
        if (d == m->dimensions)
            return ddg_fail(r->context, DDG_USAGE,
                            "%s: --of: no dimension is called '%.*s' (of nested columns the top "
                            "one is wanted)",
                            m->table->file, (int)of->item[i].length, of->item[i].at);
        r->summed[d] = true;
    }
    return error;
}

/* The total that a share of the cell is of; DDG_NO_CELL where there is none. */
static uint32_t total_of(const struct ddg_rating_state *r, uint32_t cell)
{
    for (size_t d = 0; cell != DDG_NO_CELL && d < r->model->dimensions; d++)
        if (r->summed[d])
            cell = ddg_model_neighbour(r->model, cell, d, r->model->dimension[d].total);
    return cell;
}

static void find_wholes(const struct ddg_rating_state *r, struct ddg_measure_rates *rates)
{
    const struct ddg_truth *range = &rates->shown.range;

    for (uint32_t row = 0; row < r->model->printed; row++) {
        uint32_t total = r->people ? DDG_NO_CELL : total_of(r, row);

        if (r->people)
            rates->whole[row] = r->people[row];
        if (total == DDG_NO_CELL || range->low[total] != range->high[total])
            continue;
        rates->whole[row] = range->low[total];
        rates->is_whole[total] = true;
    }
}

static enum ddg_error read_measure(struct ddg_rating_state *r, size_t measure)
{
    struct ddg_measure_rates *rates = &r->rates[measure];
    enum ddg_error error;

    if ((error =
             ddg_allocate(&rates->whole, r->model->printed, sizeof *rates->whole, r->context)) ||
        (error = ddg_allocate(&rates->digits, r->model->printed, 1, r->context)) ||
        (error = ddg_allocate(&rates->withheld, r->model->printed, sizeof *rates->withheld,
                              r->context)) ||
        (error = ddg_allocate(&rates->is_whole, r->model->cells, sizeof *rates->is_whole,
                              r->context)) ||
        (error = ddg_shown_read(&rates->shown, r->model, measure, r->description, r->context)))
        return error;
    find_wholes(r, rates);
    return DDG_OK;
}

/* Digits --------------------------------------------------------------------------------------- */

/* True where rates of so many leave enough counts, whichever the rate: that of 0 has the fewest.
 * What is asked of no count tells nothing of one. */
static bool is_safe_of(const struct ddg_rating_state *r, uint64_t whole, unsigned digits)
{
    uint64_t low, high;

    ddg_rate_counts((struct ddg_precision){r->options->precision.per, digits}, 0, whole, &low,
                    &high);
    return high - low >= r->options->base - 1;
}

/* The same digits for all rates, or with --safe as many as what each is of allows; none at all
 * where that is too small. */
static void set_digits(struct ddg_rating_state *r)
{
    for (size_t i = 0; i < r->model->table->measures; i++)
        for (uint32_t row = 0; row < r->model->printed; row++) {
            struct ddg_measure_rates *rates = &r->rates[i];
            unsigned digits = r->digits;

            if (!ddg_has_rate(rates, row))
                continue;
            while (r->safe && digits > 0 && !is_safe_of(r, rates->whole[row], digits))
                digits--;
            rates->digits[row] = (uint8_t)digits;
            rates->withheld[row] = r->safe && !is_safe_of(r, rates->whole[row], digits);
        }
}

/* What came of a search for digits. */
struct choice {
    uint32_t first, told; /* rows: told too much of with the digits that were asked for, and with
                           * the last that were tried; DDG_NO_CELL: there is none */
    uint64_t fewest;      /* counts that those leave */
};

/* Finds the most digits, of those that were asked for, that do not say too much. */
static enum ddg_error lower_digits(struct ddg_rating_state *r, struct choice *choice)
{
    enum ddg_error error;

    r->digits = r->options->precision.digits;
    set_digits(r);
    error = ddg_rates_told(r, &choice->first, &choice->fewest);
    choice->told = choice->first;
    while (!error && choice->told != DDG_NO_CELL && r->digits > 0) {
        r->digits--;
        set_digits(r);
        error = ddg_rates_told(r, &choice->told, &choice->fewest);
    }
    return error;
}

/* Adds a remedy to a text. */
static void add_remedy(char *remedy, size_t size, const char *text)
{
    size_t used = strlen(remedy);

    snprintf(remedy + used, size - used, "%s%s", used > 0 ? ", or " : "", text);
}

/* Puts what would do, all of it tried, into `remedy`. */
static enum ddg_error find_remedy(struct ddg_rating_state *r, const struct choice *choice,
                                  char *remedy, size_t size)
{
    struct choice safely = {.told = 0};
    char text[128];
    bool digits = choice->told == DDG_NO_CELL;
    enum ddg_error error = DDG_OK;

    *remedy = '\0';
    snprintf(text, sizeof text, "--digits %u", r->digits);
    if (digits)
        add_remedy(remedy, size, text);
    r->safe = true;
    if (!r->options->safe)
        error = lower_digits(r, &safely);
    if (!error && safely.told == DDG_NO_CELL)
        add_remedy(remedy, size,
                   digits ? "--safe, which takes digits where they tell too much"
                          : "--safe, which leaves such rates out");
    snprintf(text, sizeof text, "%s--to %llu",
             r->options->precision.digits > 0 ? "--digits 0 " : "",
             (unsigned long long)choice->fewest);
    if (!digits && choice->fewest > 1)
        add_remedy(remedy, size, text);
    return error;
}

static enum ddg_error refuse(struct ddg_rating_state *r, const struct choice *choice)
{
    bool found = choice->told == DDG_NO_CELL;
    char where[256], remedy[256], how[64] = ", even without digits,";
    enum ddg_error error = find_remedy(r, choice, remedy, sizeof remedy);

    if (error)
        return error;
    if (found)
        snprintf(how, sizeof how, " with --digits %u", r->options->precision.digits);
    ddg_model_describe(r->model, found ? choice->first : choice->told, where, sizeof where);
    return ddg_fail(r->context, DDG_UNSAFE,
                    "%s: rates%s leave fewer than %llu possible counts to %s: %s%s",
                    r->model->table->file, how, (unsigned long long)r->options->base, where,
                    *remedy ? "try " : "no other digits or --to would do", remedy);
}

static enum ddg_error choose_digits(struct ddg_rating_state *r)
{
    struct choice choice;
    enum ddg_error error = lower_digits(r, &choice);
    bool good = choice.first == DDG_NO_CELL || (r->safe && choice.told == DDG_NO_CELL);

    return error || good ? error : refuse(r, &choice);
}

/* Whole ---------------------------------------------------------------------------------------- */

static void count_too_small(const struct ddg_rating_state *r, uint32_t row, unsigned digits,
                            struct ddg_too_small *small)
{
    if (small->counts++ > 0)
        return;
    small->digits = digits;
    ddg_model_describe(r->model, row, small->first, sizeof small->first);
}

static void give_account(const struct ddg_rating_state *r, struct ddg_rated *rated)
{
    rated->digits = r->digits;
    /* see is_safe_of(): half a unit has as many counts */
    rated->least = 2 * r->options->precision.per * (r->options->base - 1) + 1;
    for (size_t i = 0; i < r->model->table->measures; i++)
        for (uint32_t row = 0; row < r->model->printed; row++) {
            const struct ddg_measure_rates *rates = &r->rates[i];

            if (rates->shown.state[row] != DDG_SHOWN)
                continue;
            if (rates->whole[row] == 0)
                count_too_small(r, row, 0, &rated->blank);
            if (rates->withheld[row])
                count_too_small(r, row, 0, &rated->withheld);
            else if (rates->whole[row] > 0 && rates->digits[row] < r->digits)
                count_too_small(r, row, rates->digits[row], &rated->coarser);
        }
}

static enum ddg_error read_all(struct ddg_rating_state *r, struct ddg_rated *rated)
{
    size_t measures = r->model->table->measures;
    enum ddg_error error;

    if ((error = ddg_verdicts_of_table(&r->verdicts, r->model->table, r->context)) ||
        (error = ddg_verdicts_check(&r->verdicts, r->model->table, r->description, r->context)) ||
        (error = find_dimensions(r)) ||
        (error = ddg_allocate(&r->rates, measures, sizeof *r->rates, r->context)))
        return error;
    if (r->options->population) {
        error = ddg_allocate(&r->people, r->model->printed, sizeof *r->people, r->context);
        if (!error)
            error = ddg_people_read(r->people, r->model, r->description, r->options->population,
                                    &rated->gaps, r->context);
    }
    for (size_t i = 0; !error && i < measures; i++)
        error = read_measure(r, i);
    return error;
}

enum ddg_error ddg_rates_write(struct ddg_output *output, const struct ddg_model *model,
                               const struct ddg_description *description,
                               const struct ddg_rating *rating, struct ddg_rated *rated,
                               struct ddg_context *context)
{
    struct ddg_rating_state r = {.options = rating,
                                 .model = model,
                                 .description = description,
                                 .context = context,
                                 .safe = rating->safe};
    enum ddg_error error;

    *rated = (struct ddg_rated){0};
    error = read_all(&r, rated);
    if (!error)
        error = choose_digits(&r);
    if (!error)
        error = ddg_rates_write_all(&r, output);
    if (!error)
        give_account(&r, rated);
    for (size_t i = 0; r.rates && i < model->table->measures; i++) {
        ddg_shown_free(&r.rates[i].shown);
        free(r.rates[i].whole);
        free(r.rates[i].digits);
        free(r.rates[i].withheld);
        free(r.rates[i].is_whole);
    }
    ddg_verdicts_free(&r.verdicts);
    free(r.rates);
    free(r.summed);
    free(r.people);
    return error;
}
