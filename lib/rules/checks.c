#include "rules/checks.h"

#include "base/prose.h"
#include "rules/beside.h"
#include "rules/condition.h"
#include "rules/safe_harbor.h"
#include "rules/seen.h"
#include "rules/words.h"

#include <stdlib.h>

struct checks {
    struct ddg_notices *notices;
    const struct ddg_model *model;
    const struct ddg_table *table;
    const struct ddg_description *description;
    const struct ddg_check_options *options;
    struct ddg_seen *seen; /* all rows of the first measure, then of the second ... */
    struct ddg_context *context;
};

/* What is said of a measure as a whole: how many rows, and the first. */
struct tally {
    size_t rows, first;
};

static void count_row(struct tally *tally, size_t row)
{
    if (tally->rows++ == 0)
        tally->first = row;
}

static enum ddg_error add(const struct checks *c, const struct ddg_notice *notice)
{
    return notice->text ? ddg_notices_add(c->notices, notice, c->context) : DDG_MEMORY;
}

static enum ddg_error add_tally(const struct checks *c, const struct tally *tally, const char *rule,
                                bool finding, size_t measure, size_t column, const char *text)
{
    struct ddg_notice notice = {rule, finding, tally->first, tally->rows, column, measure, text};

    return tally->rows > 0 ? add(c, &notice) : DDG_OK;
}

/* Counts and their annotations --------------------------------------------------------------- */

/* True when the number that stands in the table can only be that of a few persons. */
static bool is_small(const struct checks *c, const struct ddg_seen *seen)
{
    const struct ddg_check_options *o = c->options;

    return seen->sight == DDG_SEEN_NUMBER && seen->value > o->below &&
           seen->value < c->description->threshold &&
           o->above < c->description->threshold - seen->value;
}

/* True for one that is allowed to be there, and that no annotation calls suppressed. */
static bool is_left(const struct checks *c, size_t row, size_t measure, const struct ddg_seen *seen)
{
    return c->options->left && c->options->left[measure * c->table->rows + row] &&
           is_small(c, seen) && !ddg_seen_suppresses(seen);
}

static enum ddg_error check_cell(const struct checks *c, size_t row, size_t measure,
                                 const struct ddg_seen *seen)
{
    struct ddg_notice notice = {.finding = true,
                                .row = row,
                                .rows = 1,
                                .column = c->table->measure[measure].count,
                                .measure = measure};

    if (is_small(c, seen)) {
        notice.rule = "R-SUP-1";
        notice.text = ddg_seen_suppresses(seen)
                          ? "a small count is shown, and its annotation says that it is suppressed"
                          : "a small count is shown";
    } else if (seen->sight == DDG_SEEN_NUMBER && ddg_seen_suppresses(seen)) {
        notice.rule = seen->value == 0 ? "R-SUP-3" : "R-SUP-10";
        notice.text = seen->value == 0
                          ? "the annotation of a zero says that it is suppressed"
                          : "a count is shown, and its annotation says that it is suppressed";
    } else {
        return DDG_OK;
    }
    return add(c, &notice);
}

static bool has_role(const struct ddg_table *t, size_t column)
{
    for (size_t i = 0; i < t->dims; i++)
        if (t->dim[i] == column)
            return true;
    for (size_t i = 0; i < t->measures; i++)
        if (t->measure[i].count == column || t->measure[i].annotation == column ||
            t->measure[i].text == column)
            return true;
    return false;
}

/* True for a column that holds codes of annotations, one beside each blank count. */
static bool has_codes(const struct checks *c, size_t measure, size_t column)
{
    for (size_t row = 0; row < c->table->rows; row++) {
        struct ddg_text code = ddg_text_trim(ddg_table_field(c->table, row, column));
        bool blank = c->seen[measure * c->table->rows + row].sight == DDG_SEEN_BLANK;

        if (code.length > 1 || (code.length == 1 && (code.at[0] < '0' || code.at[0] > '5')) ||
            (blank && (code.length == 0 || code.at[0] == '0')))
            return false;
    }
    return true;
}

/* What is wrong with blank counts that no column annotates, and the column that may. */
static const char *say_unannotated(const struct checks *c, size_t measure)
{
    for (size_t column = 0; column < c->table->columns; column++)
        if (!has_role(c->table, column) && has_codes(c, measure, column))
            return ddg_notices_text(
                c->notices, c->context,
                "counts are blank, and no annotation column says why: is '%.*s' one? --annotation",
                (int)c->table->name[column].length, c->table->name[column].at);
    return "counts are blank, and no annotation column says why";
}

static enum ddg_error check_measure(const struct checks *c, size_t measure)
{
    const struct ddg_measure *m = &c->table->measure[measure];
    bool annotated = m->annotation != DDG_NO_COLUMN;
    struct tally left = {0}, unexplained = {0}, no_codes = {0}, symbols = {0};
    enum ddg_error error = DDG_OK;

    for (size_t row = 0; !error && row < c->table->rows; row++) {
        const struct ddg_seen *seen = &c->seen[measure * c->table->rows + row];

        if (is_left(c, row, measure, seen))
            count_row(&left, row);
        else
            error = check_cell(c, row, measure, seen);
        if (seen->bad_code)
            count_row(&no_codes, row);
        else if (seen->sight == DDG_SEEN_BLANK)
            count_row(&unexplained, row);
        if (seen->symbol && m->text == DDG_NO_COLUMN)
            count_row(&symbols, row);
    }
    if (!error)
        error = add_tally(c, &unexplained, "R-SUP-10", true, measure,
                          annotated ? m->annotation : m->count,
                          unexplained.rows == 0 ? ""
                          : annotated           ? "no annotation says why counts are blank"
                                                : say_unannotated(c, measure));
    if (!error)
        error = add_tally(c, &left, "R-SUP-1", false, measure, m->count,
                          "small counts stay in print by their score, as --when-masked has it");
    if (!error)
        error = add_tally(c, &no_codes, "R-SUP-10", true, measure, m->annotation,
                          "annotations are no codes (0 to 5)");
    if (!error)
        error = add_tally(c, &symbols, "R-SUP-11", false, measure, m->count,
                          "symbols stand for hidden counts, and no column describes them: the "
                          "publication needs a footnote");
    return error;
}

/* Lines -------------------------------------------------------------------------------------- */

/* A line as its readers see it. */
struct line {
    uint64_t shown, least; /* sums of the shown parts: as they stand, and at the least */
    size_t suppressed;     /* hidden parts that have a row or are known to have been left out */
    size_t unknown;        /* all parts that are not shown */
    bool zeros_excluded;   /* all of these are suppressed, so that none is zero */
    bool overflow;
};

static void see_part(const struct checks *c, size_t measure, uint32_t cell, struct line *line)
{
    const struct ddg_model *m = c->model;
    const struct ddg_seen *seen;

    if (cell >= m->printed) {
        line->unknown++;
        line->suppressed += cell < m->printed + m->absent;
        line->zeros_excluded = false;
        return;
    }
    seen = &c->seen[measure * c->table->rows + cell];
    if (seen->sight != DDG_SEEN_NUMBER) {
        line->unknown++;
        line->suppressed += ddg_seen_hides(seen);
        line->zeros_excluded = line->zeros_excluded && seen->sight == DDG_SEEN_HIDDEN;
        return;
    }
    line->overflow = line->overflow || seen->value > UINT64_MAX - line->shown;
    line->shown += seen->value;
    if (seen->value > c->options->below)
        line->least += seen->value - c->options->below;
}

static const char *text_of_line(const struct checks *c, uint32_t number, const char *what)
{
    char where[320];
    const char *along;

    ddg_model_describe_line(c->model, number, where, sizeof where);
    /* the cell is named by its row; its dimension comes last */
    for (along = where + strlen(where); along > where && *along != '(';)
        along--;
    return ddg_notices_text(c->notices, c->context, "%s %s", what, along);
}

/* What the shown total tells of the hidden parts.  `loose`, where parts may overlap, has an entry
 * per row, for totals that tell what would hold if they did not. */
static enum ddg_error check_line(const struct checks *c, size_t measure, uint32_t number,
                                 bool *loose)
{
    const struct ddg_model *m = c->model;
    size_t start = m->line_start[number], end = m->line_start[number + 1];
    uint32_t total = m->line_cell[start];
    const struct ddg_seen *whole;
    struct ddg_notice notice = {"R-SUP-6", true, total, 1, c->table->measure[measure].count,
                                measure,   NULL};
    struct line line = {.zeros_excluded = true};
    uint64_t most;

    if (total >= m->printed)
        return DDG_OK;
    whole = &c->seen[measure * c->table->rows + total];
    if (whole->sight != DDG_SEEN_NUMBER)
        return DDG_OK;
    for (size_t i = start + 1; i < end; i++)
        see_part(c, measure, m->line_cell[i], &line);
    if (line.suppressed == 0 || line.overflow || whole->value > UINT64_MAX - c->options->above ||
        whole->value + c->options->above < line.least)
        return DDG_OK;
    most = whole->value + c->options->above - line.least;
    if (most == 0) {
        if (loose || !line.zeros_excluded)
            return DDG_OK;
        notice.rule = "R-SUP-3";
        notice.text = text_of_line(c, number, "suppressed counts can only be zeros");
    } else if (!c->options->group_rule || line.unknown < 2) {
        return DDG_OK;
    } else if (most < c->description->threshold) {
        notice.text = text_of_line(
            c, number, "hidden counts add up to a small number: hide one more or the total");
    } else if (line.zeros_excluded && most - line.unknown < 3) {
        notice.text = text_of_line(
            c, number, "hidden counts can only be 3 or less each: hide a larger one or the total");
    } else {
        return DDG_OK;
    }
    if (loose) {
        loose[total] = true;
        return DDG_OK;
    }
    return add(c, &notice);
}

/* Says of totals that they would tell too much, and names the first by their categories, which are
 * public. */
static enum ddg_error add_loose(const struct checks *c, size_t measure, const bool *loose)
{
    enum { NAMED = 3 };
    struct tally tally = {0};
    struct ddg_prose prose = {.context = c->context};
    const char *text;
    char where[320];
    enum ddg_error error = DDG_OK;

    ddg_prose_say(&prose, "hidden counts under these totals would add up to a small number if "
                          "nobody counted twice: ");
    for (size_t row = 0; row < c->table->rows; row++) {
        if (!loose[row])
            continue;
        if (tally.rows < NAMED) {
            ddg_model_describe(c->model, (uint32_t)row, where, sizeof where);
            ddg_prose_print(&prose, "%s%s", tally.rows > 0 ? "; " : "", where);
        }
        count_row(&tally, row);
    }
    if (tally.rows > NAMED)
        ddg_prose_print(&prose, "; and %zu more", tally.rows - NAMED);
    if (tally.rows > 0) {
        text = ddg_notices_text(c->notices, c->context, "%s", ddg_prose_string(&prose));
        error = text ? add_tally(c, &tally, "R-SUP-6", false, measure,
                                 c->table->measure[measure].count, text)
                     : DDG_MEMORY;
    }
    ddg_prose_free(&prose);
    return error;
}

static enum ddg_error check_lines(const struct checks *c, size_t measure)
{
    bool *loose;
    enum ddg_error error = ddg_allocate(&loose, c->table->rows, sizeof *loose, c->context);

    for (uint32_t line = 0; !error && line < c->model->lines; line++) {
        bool overlaps = ddg_model_may_overlap(c->model, measure, line);

        error = check_line(c, measure, line, overlaps ? loose : NULL);
    }
    if (!error)
        error = add_loose(c, measure, loose);
    free(loose);
    return error;
}

/* Columns ------------------------------------------------------------------------------------ */

/* A score or a mask need not be ours: a mask says yes or no, and a score is the same everywhere. */
static bool is_verdict(const struct ddg_table *table, size_t column)
{
    struct ddg_text name = table->name[column];
    bool mask = ddg_text_alike(name, ddg_text_of("mask")),
         score = ddg_text_alike(name, ddg_text_of("score"));

    for (size_t row = 0; (mask || score) && row < table->rows; row++) {
        struct ddg_text value = ddg_table_field(table, row, column);

        if (mask && !ddg_text_is(value, "0") && !ddg_text_is(value, "1"))
            return false;
        if (score && !ddg_text_equal(value, ddg_table_field(table, 0, column)))
            return false;
    }
    return ddg_is_verdict_column(name);
}

static enum ddg_error check_verdicts(const struct checks *c, const bool *role)
{
    enum ddg_error error = DDG_OK;

    for (size_t column = 0; !error && column < c->table->columns; column++) {
        struct ddg_notice notice = {"R-SUP-8",      true, DDG_WHOLE_TABLE, 0, column,
                                    DDG_NO_MEASURE, NULL};

        if (role[column] || !is_verdict(c->table, column))
            continue;
        notice.text = ddg_notices_text(c->notices, c->context,
                                       "column '%s' is a verdict that was left in: it tells the "
                                       "small counts from the others",
                                       c->table->name[column].at);
        error = add(c, &notice);
    }
    return error;
}

/* All of them -------------------------------------------------------------------------------- */

static enum ddg_error run(const struct checks *c, bool *role)
{
    size_t rows = c->table->rows, measures = c->table->measures;
    enum ddg_error error;

    for (size_t m = 0; m < measures; m++)
        for (size_t row = 0; row < rows; row++)
            c->seen[m * rows + row] = ddg_see(c->table, c->description, row, &c->table->measure[m]);
    ddg_seen_roles(c->table, role);
    error = check_verdicts(c, role);
    for (size_t m = 0; !error && m < measures; m++)
        error = check_measure(c, m);
    if (!error)
        error =
            ddg_check_beside(c->notices, c->model, c->description, c->options, c->seen, c->context);
    for (size_t m = 0; !error && m < measures; m++)
        error = check_lines(c, m);
    return error ? error : ddg_safe_harbor_check(c->notices, c->table, c->description, c->context);
}

enum ddg_error ddg_checks_run(struct ddg_notices *notices, const struct ddg_model *model,
                              const struct ddg_description *description,
                              const struct ddg_check_options *options, struct ddg_context *context)
{
    const struct ddg_table *table = model->table;
    struct checks checks = {notices, model, table, description, options, NULL, context};
    bool *role = NULL;
    enum ddg_error error;

    if (table->rows > 0 && table->measures > SIZE_MAX / table->rows)
        return ddg_fail(context, DDG_LIMIT, "%s: too many counts", table->file);
    if (!(error = ddg_allocate(&checks.seen, table->rows * table->measures, sizeof *checks.seen,
                               context)) &&
        !(error = ddg_allocate(&role, table->columns, sizeof *role, context)))
        error = run(&checks, role);
    free(checks.seen);
    free(role);
    return error;
}
