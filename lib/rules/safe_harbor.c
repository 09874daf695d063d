#include "rules/safe_harbor.h"

#include "base/names.h"
#include "rules/age_label.h"
#include "rules/date_label.h"
#include "rules/identifiers.h"
#include "rules/places.h"
#include "rules/seen.h"
#include "rules/words.h"

#include <stdlib.h>

struct harbor {
    struct ddg_notices *notices;
    const struct ddg_table *table;
    const struct ddg_description *description;
    struct ddg_context *context;
    bool organisations; /* the table is about some, whose addresses may stand there */
};

/* The column that is looked at. */
struct column {
    size_t number;
    struct ddg_text total;
    char words[DDG_WORDS_ROOM]; /* of its name */
};

struct tally {
    size_t rows, first;
};

static void count_rows(struct tally *tally, size_t rows, size_t first)
{
    if (tally->rows == 0 || first < tally->first)
        tally->first = first;
    tally->rows += rows;
}

static void add_tally(struct tally *tally, const struct tally *more)
{
    if (more->rows > 0)
        count_rows(tally, more->rows, more->first);
}

static enum ddg_error add(const struct harbor *h, const struct column *c, bool finding,
                          const struct tally *tally, const char *text)
{
    struct ddg_notice notice = {
        .rule = "R-SAFE-1",
        .finding = finding,
        .row = tally ? tally->first : DDG_WHOLE_TABLE,
        .rows = tally ? tally->rows : 0,
        .column = c->number,
        .measure = DDG_NO_MEASURE,
        .text = ddg_notices_text(h->notices, h->context, "column '%s': %s",
                                 h->table->name[c->number].at, text),
    };

    return notice.text ? ddg_notices_add(h->notices, &notice, h->context) : DDG_MEMORY;
}

/* The labels of a dimension but for blank ones and that of totals, and the rows of each. */
struct labels {
    struct ddg_names names;
    struct tally *rows;
    size_t room;
};

static enum ddg_error read_labels(struct labels *labels, const struct harbor *h,
                                  const struct column *c)
{
    ddg_names_init(&labels->names);
    for (size_t row = 0; row < h->table->rows; row++) {
        struct ddg_text label = ddg_text_trim(ddg_table_field(h->table, row, c->number));
        uint32_t number, known = labels->names.count;
        enum ddg_error error;

        if (label.length == 0 || ddg_text_equal(label, c->total))
            continue;
        if ((error = ddg_names_add(&labels->names, label, &number, h->context)) ||
            (error = ddg_grow(&labels->rows, &labels->room, labels->names.count,
                              sizeof *labels->rows, h->context)))
            return error;
        if (number == known)
            labels->rows[number] = (struct tally){0};
        count_rows(&labels->rows[number], 1, row);
    }
    return DDG_OK;
}

static void free_labels(struct labels *labels)
{
    ddg_names_free(&labels->names);
    free(labels->rows);
}

/* Ages --------------------------------------------------------------------------------------- */

/* A single age of 90 may be all of 90 and more, where nobody is older. */
static bool is_ninety(const struct ddg_age_range *range)
{
    return range->low == DDG_OLDEST_AGE + 1 && range->high == range->low;
}

static enum ddg_error check_ages(const struct harbor *h, const struct column *c,
                                 const struct labels *labels)
{
    /* else the label has to */
    bool named = ddg_age_words_name_ages(c->words);
    struct tally fine = {0};
    bool older = false;

    for (uint32_t i = 0; i < labels->names.count; i++) {
        struct ddg_text label = labels->names.text[i];
        struct ddg_age_range range;

        if (!(named || ddg_age_label_speaks(label)) || !ddg_age_label_read(label, &range) ||
            !ddg_age_range_is_fine(&range))
            continue;
        add_tally(&fine, &labels->rows[i]);
        older = older || !is_ninety(&range);
    }
    if (!older)
        return DDG_OK;
    return add(h, c, false, &fine, "ages over 89 are not in one category of 90 and more");
}

/* Dates -------------------------------------------------------------------------------------- */

static bool is_said_to_be_a_date(const char *words)
{
    static const char *const names[] = {"month", "quarter", "qtr",    "week",   "day",
                                        "date",  "mmwr",    "yyyymm", "period", NULL};

    return ddg_words_have_any(words, names);
}

/* Dates of the publication or the ends of its period, where all rows have the same. */
static bool is_about_publication(const char *words)
{
    static const char *const names[] = {
        "as of",    "updated",   "refresh", "refreshed",   "extract", "release",
        "released", "published", "of data", "data date",   "start",   "end",
        "from",     "through",   "run",     "report date", NULL};

    return ddg_words_have_any(words, names);
}

static enum ddg_error check_dates(const struct harbor *h, const struct column *c,
                                  const struct labels *labels)
{
    bool named = is_said_to_be_a_date(c->words), months = false;
    struct tally dates = {0}, years = {0}, all = {0};

    if (is_about_publication(c->words) && labels->names.count == 1)
        return DDG_OK;
    for (uint32_t i = 0; i < labels->names.count; i++) {
        enum ddg_date_label date = ddg_date_label_read(labels->names.text[i]);

        add_tally(&all, &labels->rows[i]);
        months = months || date == DDG_DATE_PART;
        if (date == DDG_DATE_YEARS)
            add_tally(&years, &labels->rows[i]);
        else if (date != DDG_DATE_NONE && (date != DDG_DATE_MAYBE || named))
            add_tally(&dates, &labels->rows[i]);
    }
    /* "2010-11" is a month among months */
    if (months)
        add_tally(&dates, &years);
    if (dates.rows == 0 || dates.rows * 2 < all.rows)
        return DDG_OK;
    return add(h, c, false, &dates, "dates finer than a year");
}

/* Places and identifiers --------------------------------------------------------------------- */

static enum ddg_error check_place(const struct harbor *h, const struct column *c)
{
    switch (ddg_place_of(h->table, c->number, c->words)) {
    case DDG_PLACE_BELOW_STATE:
        return add(h, c, false, NULL,
                   "places smaller than a state: no Safe Harbor, so an expert has to sign");
    case DDG_PLACE_ZIP:
        return add(h, c, false, NULL,
                   "ZIP codes; those of three digits need more than 20,000 people each, else 000");
    case DDG_PLACE_ZIP_FIVE:
        return add(h, c, false, NULL, "ZIP codes of five digits");
    default:
        return DDG_OK;
    }
}

static enum ddg_error check_identifier(const struct harbor *h, const struct column *c, bool *found)
{
    struct ddg_identifier identifier;
    const char *how = "named like";
    char text[128];

    *found = ddg_identifier_by_name(c->words, &identifier);
    if (!*found) {
        *found = ddg_identifier_by_values(h->table, c->number, c->total, &identifier);
        how = "its values look like";
    }
    if (*found) {
        bool finding = identifier.personal || !h->organisations;

        snprintf(text, sizeof text, "%s %s%s", how, identifier.what,
                 finding ? "" : ": of persons?");
        return add(h, c, finding, NULL, text);
    }
    *found = strcmp(c->words, " name ") == 0;
    if (!*found)
        return DDG_OK;
    if (ddg_identifier_like_names(h->table, c->number, c->total))
        return add(h, c, true, NULL, "named like names of persons");
    return add(h, c, false, NULL, "names: of persons?");
}

/* True when some column is about facilities or the like. */
static bool has_organisations(const struct ddg_table *table)
{
    char words[DDG_WORDS_ROOM];

    for (size_t column = 0; column < table->columns; column++) {
        ddg_words_of(table->name[column], words);
        if (ddg_identifier_of_organisation(words))
            return true;
    }
    return false;
}

static bool is_empty(const struct harbor *h, size_t column)
{
    for (size_t row = 0; row < h->table->rows; row++)
        if (ddg_text_trim(ddg_table_field(h->table, row, column)).length > 0)
            return false;
    return true;
}

static bool is_dimension(const struct ddg_table *table, size_t column)
{
    for (size_t i = 0; i < table->dims; i++)
        if (table->dim[i] == column)
            return true;
    return false;
}

static enum ddg_error check_dimension(const struct harbor *h, const struct column *c)
{
    struct labels labels = {0};
    enum ddg_error error = read_labels(&labels, h, c);

    if (!error)
        error = check_ages(h, c, &labels);
    if (!error)
        error = check_dates(h, c, &labels);
    free_labels(&labels);
    return error;
}

static enum ddg_error check_column(const struct harbor *h, size_t number)
{
    struct column c = {.number = number,
                       .total = ddg_description_total(h->description, h->table->name[number])};
    enum ddg_error error;
    bool identifier;

    if (is_empty(h, number))
        return DDG_OK;
    ddg_words_of(h->table->name[number], c.words);
    error = check_identifier(h, &c, &identifier);
    if (error || identifier)
        return error;
    error = check_place(h, &c);
    if (!error && is_dimension(h->table, number))
        error = check_dimension(h, &c);
    return error;
}

enum ddg_error ddg_safe_harbor_check(struct ddg_notices *notices, const struct ddg_table *table,
                                     const struct ddg_description *description,
                                     struct ddg_context *context)
{
    struct harbor harbor = {notices, table, description, context, has_organisations(table)};
    bool *role = NULL;
    enum ddg_error error = ddg_allocate(&role, table->columns, sizeof *role, context);

    if (!error)
        ddg_seen_roles(table, role);
    for (size_t i = 0; !error && i < table->dims; i++)
        role[table->dim[i]] = false;
    for (size_t column = 0; !error && column < table->columns; column++)
        if (!role[column])
            error = check_column(&harbor, column);
    free(role);
    return error;
}
