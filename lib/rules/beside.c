#include "rules/beside.h"

#include "rules/condition.h"
#include "rules/words.h"

#include <stdlib.h>

/* So many repetitions have to agree before a column is taken to depend on a dimension alone. */
enum { ENOUGH_REPEATS = 5 };

struct beside {
    struct ddg_notices *notices;
    const struct ddg_model *model;
    const struct ddg_table *table;
    const struct ddg_description *description;
    const struct ddg_check_options *options;
    const struct ddg_seen *seen;
    struct ddg_context *context;
    size_t *first; /* of each category: the first row with a value */
};

/* What is known of the column that is looked at. */
struct column {
    size_t number;
    size_t measure; /* that it goes with; DDG_NO_MEASURE: with all */
    bool amount;
    const char *text;             /* of its findings, once there is one */
    size_t text_rows, text_row;   /* rows with a text that is no number, and the first */
    size_t some_rows, some_row;   /* rows where it may go with a hidden measure or another */
    size_t fixed_rows, fixed_row; /* rows with a number that depends on a dimension alone */
    const char *fixed;            /* which one; NULL if on none */
};

static const char *const statistic_words[] = {
    "rate",   "rates", "percent", "pct",   "percentage", "mean",       "avg",       "average",
    "median", "per",   "ratio",   "share", "proportion", "prevalence", "incidence", NULL};

static const char *const amount_words[] = {
    "paid",    "cost",     "costs",       "amount",  "amounts",       "amt",
    "charge",  "charges",  "charged",     "dollars", "dollar",        "usd",
    "payment", "payments", "expenditure", "spend",   "expenditures",  "spending",
    "revenue", "allowed",  "reimbursed",  "billed",  "reimbursement", NULL};

static bool is_population(const struct beside *b, size_t column)
{
    static const char *const words[] = {"population", "denominator", "pop", NULL};
    struct ddg_text name = b->table->name[column];
    char said[DDG_WORDS_ROOM];

    if (b->options->populations && ddg_list_has(b->options->populations, name))
        return true;
    ddg_words_of(name, said);
    return ddg_words_have_any(said, words) && !ddg_words_have_any(said, statistic_words);
}

static bool is_of_no_interest(const struct beside *b, size_t column)
{
    static const char *const words[] = {
        "annotation", "footnote", "note",    "notes",    "flag",      "fips", "code",  "id",
        "year",       "date",     "version", "latitude", "longitude", "sort", "order", NULL};
    struct ddg_text name = b->table->name[column];
    char said[DDG_WORDS_ROOM];

    if (ddg_list_has(&b->description->keep, name) || is_population(b, column) ||
        ddg_is_verdict_column(name))
        return true;
    ddg_words_of(name, said);
    return ddg_words_have_any(said, words) && !ddg_words_have_any(said, statistic_words) &&
           !ddg_words_have_any(said, amount_words);
}

static struct ddg_text value_of(const struct beside *b, size_t row, size_t column)
{
    return ddg_text_trim(ddg_table_field(b->table, row, column));
}

static bool is_masked(const struct beside *b, struct ddg_text value)
{
    return ddg_text_is_mask(value, b->description->threshold) ||
           ddg_list_has(&b->description->hidden, value);
}

enum dependence {
    DEPENDS,
    VARIES,  /* two rows of the same category have different values */
    UNKNOWN, /* too few of them to tell */
};

/* Whether rows of the same category have the same value; all rows are of one where `dimension` is
 * NULL.  Hidden values neither confirm nor contradict. */
static enum dependence dependence_on(const struct beside *b, size_t column,
                                     const struct ddg_dimension *dimension)
{
    size_t repeats = 0, categories = dimension ? dimension->category.count : 1;

    for (size_t i = 0; i < categories; i++)
        b->first[i] = SIZE_MAX;
    for (size_t row = 0; row < b->table->rows; row++) {
        struct ddg_text value = value_of(b, row, column);
        size_t *first = &b->first[dimension ? dimension->of_row[row] : 0];

        if (is_masked(b, value))
            continue;
        if (*first == SIZE_MAX)
            *first = row;
        else if (!ddg_text_equal(value, value_of(b, *first, column)))
            return VARIES;
        else
            repeats++;
    }
    return repeats >= ENOUGH_REPEATS ? DEPENDS : UNKNOWN;
}

/* True when the column depends on the dimension and the counts do not: else it could well be a rate
 * of them. */
static bool is_fixed_by(const struct beside *b, const struct column *c,
                        const struct ddg_dimension *dimension)
{
    if (dependence_on(b, c->number, dimension) != DEPENDS)
        return false;
    for (size_t m = 0; m < b->table->measures; m++)
        if ((c->measure == DDG_NO_MEASURE || c->measure == m) &&
            dependence_on(b, b->table->measure[m].count, dimension) != VARIES)
            return false;
    return true;
}

/* True when the column depends on one dimension at most, and then says on which. */
static bool is_fixed(const struct beside *b, struct column *c)
{
    if (is_fixed_by(b, c, NULL))
        return true;
    for (size_t d = 0; d < b->model->dimensions; d++) {
        const struct ddg_dimension *dimension = &b->model->dimension[d];

        /* where hardly a category repeats, everything depends on it */
        if (dimension->category.count > b->table->rows / 2)
            continue;
        if (is_fixed_by(b, c, dimension)) {
            c->fixed = dimension->level[dimension->levels - 1].name.at;
            return true;
        }
    }
    return false;
}

/* Money has a currency sign, or cents throughout. */
static bool is_amount(const struct beside *b, size_t column)
{
    char said[DDG_WORDS_ROOM];
    bool cents = false;

    ddg_words_of(b->table->name[column], said);
    if (ddg_words_have_any(said, statistic_words))
        return false;
    if (ddg_words_have_any(said, amount_words))
        return true;
    for (size_t row = 0; row < b->table->rows; row++) {
        struct ddg_text value = value_of(b, row, column);

        if (value.length == 0 || !ddg_text_is_number(value))
            continue;
        if (memchr(value.at, '$', value.length))
            return true;
        cents = value.length > 3 && value.at[value.length - 3] == '.';
        if (!cents)
            return false;
    }
    return cents;
}

/* The measure whose name stands in the column's name; of several the one with the longest. */
static size_t measure_of(const struct beside *b, size_t column)
{
    const struct ddg_table *t = b->table;
    char said[DDG_WORDS_ROOM], name[DDG_WORDS_ROOM];
    size_t best = DDG_NO_MEASURE, longest = 0;

    if (t->measures == 1)
        return 0;
    ddg_words_of(t->name[column], said);
    for (size_t m = 0; m < t->measures; m++) {
        size_t length;

        ddg_words_of(t->name[t->measure[m].count], name);
        length = strlen(name);
        if (length > 2 && length > longest && strstr(said, name)) {
            best = m;
            longest = length;
        }
    }
    return best;
}

/* How many of the measures that the column goes with are hidden in a row. */
static size_t hidden_measures(const struct beside *b, size_t measure, size_t row, size_t *which)
{
    size_t hidden = 0;

    for (size_t m = b->table->measures; m-- > 0;)
        if ((measure == DDG_NO_MEASURE || m == measure) &&
            ddg_seen_hides(&b->seen[m * b->table->rows + row])) {
            *which = m;
            hidden++;
        }
    return hidden;
}

static enum ddg_error add_finding(const struct beside *b, struct column *c, size_t row,
                                  size_t measure)
{
    struct ddg_notice notice = {.rule = c->amount ? "R-SUP-4" : "R-SUP-5",
                                .finding = true,
                                .row = row,
                                .rows = 1,
                                .column = c->number,
                                .measure = measure};

    if (!c->text)
        c->text =
            ddg_notices_text(b->notices, b->context,
                             "%s in column '%s' stands beside a hidden count (--keep if it "
                             "tells nothing of it)",
                             c->amount ? "the amount" : "the value", b->table->name[c->number].at);
    notice.text = c->text;
    return c->text ? ddg_notices_add(b->notices, &notice, b->context) : DDG_MEMORY;
}

static void tally(size_t *rows, size_t *first, size_t row)
{
    if ((*rows)++ == 0)
        *first = row;
}

static enum ddg_error add_note(const struct beside *b, const struct column *c, size_t rows,
                               size_t row, const char *text)
{
    struct ddg_notice notice = {.rule = c->amount ? "R-SUP-4" : "R-SUP-5",
                                .row = row,
                                .rows = rows,
                                .column = c->number,
                                .measure = c->measure,
                                .text = text};

    if (rows == 0)
        return DDG_OK;
    return text ? ddg_notices_add(b->notices, &notice, b->context) : DDG_MEMORY;
}

static enum ddg_error add_notes(const struct beside *b, const struct column *c)
{
    const char *name = b->table->name[c->number].at;
    enum ddg_error error = DDG_OK;

    if (c->fixed_rows > 0 && c->fixed)
        error = add_note(b, c, c->fixed_rows, c->fixed_row,
                         ddg_notices_text(b->notices, b->context,
                                          "column '%s' is taken to tell nothing of hidden counts, "
                                          "since it depends on '%s' alone",
                                          name, c->fixed));
    if (!error && c->text_rows > 0)
        error = add_note(b, c, c->text_rows, c->text_row,
                         ddg_notices_text(b->notices, b->context,
                                          "texts in column '%s' stand beside hidden counts: do "
                                          "they tell anything of them?",
                                          name));
    if (!error && c->some_rows > 0)
        error = add_note(b, c, c->some_rows, c->some_row,
                         ddg_notices_text(b->notices, b->context,
                                          "column '%s' stands beside hidden and shown counts: it "
                                          "may tell something of the hidden ones",
                                          name));
    return error;
}

static enum ddg_error check_row(const struct beside *b, struct column *c, size_t row, bool fixed)
{
    struct ddg_text value = value_of(b, row, c->number);
    size_t measure = DDG_NO_MEASURE, hidden = hidden_measures(b, c->measure, row, &measure);

    if (hidden == 0 || is_masked(b, value))
        return DDG_OK;
    if (!ddg_text_is_number(value)) {
        if (!fixed)
            tally(&c->text_rows, &c->text_row, row);
    } else if (fixed) {
        tally(&c->fixed_rows, &c->fixed_row, row);
    } else if (c->measure == DDG_NO_MEASURE && hidden < b->table->measures) {
        tally(&c->some_rows, &c->some_row, row);
    } else {
        return add_finding(b, c, row, measure);
    }
    return DDG_OK;
}

static enum ddg_error check_column(const struct beside *b, size_t number)
{
    struct column c = {.number = number, .measure = measure_of(b, number)};
    bool fixed = is_fixed(b, &c);
    enum ddg_error error = DDG_OK;

    c.amount = is_amount(b, number);
    for (size_t row = 0; !error && row < b->table->rows; row++)
        error = check_row(b, &c, row, fixed);
    return error ? error : add_notes(b, &c);
}

enum ddg_error ddg_check_beside(struct ddg_notices *notices, const struct ddg_model *model,
                                const struct ddg_description *description,
                                const struct ddg_check_options *options,
                                const struct ddg_seen *seen, struct ddg_context *context)
{
    const struct ddg_table *table = model->table;
    struct beside b = {notices, model, table, description, options, seen, context, NULL};
    size_t categories = 1;
    bool *role = NULL;
    enum ddg_error error;

    for (size_t d = 0; d < model->dimensions; d++)
        if (model->dimension[d].category.count > categories)
            categories = model->dimension[d].category.count;
    if (!(error = ddg_allocate(&b.first, categories, sizeof *b.first, context)) &&
        !(error = ddg_allocate(&role, table->columns, sizeof *role, context)))
        ddg_seen_roles(table, role);
    for (size_t column = 0; !error && column < table->columns; column++)
        if (!role[column] && !is_of_no_interest(&b, column))
            error = check_column(&b, column);
    free(role);
    free(b.first);
    return error;
}
