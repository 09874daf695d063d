#include "score/survey.h"

#include "base/number.h"
#include "base/prose.h"
#include "csv/reader.h"
#include "score/data.h"

enum { SAMPLE = 1900, RSE, RSE_MAX, SURVEY, BEHIND_LAST };

const struct ddg_option ddg_survey_options[] = {
    {SAMPLE, 0, "sample-column", "COLUMN", "sample cases: fewer than 30 get the annotation 4", 0},
    {RSE, 0, "rse-column", "COLUMN", "relative standard errors in percent", 0},
    {RSE_MAX, 0, "rse-max", "PERCENT", "larger ones get the annotation 4", 0},
    {SURVEY, 0, "survey", "NAME", "limits of a survey: CHIS, other", 0},
    {0, 0, NULL, NULL, NULL, 0},
};

bool ddg_survey_has(int id)
{
    return id >= SAMPLE && id < BEHIND_LAST;
}

enum ddg_error ddg_survey_set(struct ddg_survey *survey, int id, const char *value,
                              struct ddg_context *context)
{
    struct ddg_decimal number;

    switch (id) {
    case SAMPLE:
        survey->sample_column = value;
        return DDG_OK;
    case RSE:
        survey->rse_column = value;
        return DDG_OK;
    case SURVEY:
        survey->name = value;
        return DDG_OK;
    default:
        survey->most_rse = value;
        if (!ddg_decimal_parse(ddg_text_of(value), &number) || number.units < 0)
            return ddg_fail(context, DDG_USAGE, "--rse-max is a percentage, not '%s'", value);
        return DDG_OK;
    }
}

bool ddg_survey_is_on(const struct ddg_survey *survey)
{
    return survey->sample_column || survey->rse_column;
}

/* Rules -------------------------------------------------------------------------------------- */

enum { NAME, LEAST_SAMPLE, MOST_RSE };

static enum ddg_error take_rule(struct ddg_survey *survey, const struct ddg_record *record,
                                struct ddg_context *context)
{
    (void)ddg_parse_unsigned(record->field[LEAST_SAMPLE], &survey->least_sample);
    /* what was said on the command line goes before the survey's own */
    if (survey->most_rse || record->field[MOST_RSE].length == 0)
        return DDG_OK;
    survey->most_rse = ddg_arena_copy(&survey->arena, record->field[MOST_RSE], context).at;
    return survey->most_rse ? DDG_OK : DDG_MEMORY;
}

/* Takes the rule of that name, and says what others there are. */
static enum ddg_error read_rules(struct ddg_survey *survey, const char *name, bool *found,
                                 struct ddg_prose *others, struct ddg_context *context)
{
    const char *paths[] = {"surveys.csv"};
    struct ddg_csv_options options = {.delimiter = ',', .held = ddg_text_of(ddg_data_surveys)};
    struct ddg_csv *csv = NULL;
    struct ddg_record record;
    bool more = true;
    enum ddg_error error = ddg_csv_open(&csv, paths, 1, &options, context);

    *found = false;
    while (!error && more && !*found) {
        if ((error = ddg_csv_next(csv, &record, &more, context)) || !more)
            break;
        *found = ddg_text_alike(record.field[NAME], ddg_text_of(name));
        if (*found)
            error = take_rule(survey, &record, context);
        else if (record.field[MOST_RSE].length > 0 && record.line > 1)
            ddg_prose_print(others, "%.*s, ", (int)record.field[NAME].length,
                            record.field[NAME].at);
    }
    ddg_csv_close(csv);
    return error;
}

enum ddg_error ddg_survey_settle(struct ddg_survey *survey, struct ddg_context *context)
{
    struct ddg_prose others = {.context = context};
    bool found;
    enum ddg_error error =
        read_rules(survey, survey->name ? survey->name : "any", &found, &others, context);

    if (!error && !found)
        error = ddg_fail(context, DDG_USAGE,
                         "--survey has no rule for '%s': it has %sand --rse-max any other limit",
                         survey->name, ddg_prose_string(&others));
    ddg_prose_free(&others);
    if (error)
        return error;
    if ((survey->name || survey->most_rse) && !ddg_survey_is_on(survey))
        return ddg_fail(context, DDG_USAGE,
                        "--survey and --rse-max want --sample-column or --rse-column");
    if (survey->rse_column && !survey->most_rse)
        return ddg_fail(context, DDG_USAGE, "--rse-column wants --rse-max or --survey");
    if (survey->most_rse && !survey->rse_column && !survey->name)
        return ddg_fail(context, DDG_USAGE, "--rse-max wants --rse-column");
    return DDG_OK;
}

/* Rows --------------------------------------------------------------------------------------- */

static enum ddg_error find(const struct ddg_table *row, const char *name, size_t *column,
                           struct ddg_context *context)
{
    *column = ddg_table_find(row, ddg_text_of(name));
    if (*column != DDG_NO_COLUMN)
        return DDG_OK;
    return ddg_fail(context, DDG_USAGE, "%s: no column is called '%s'", row->file, name);
}

static enum ddg_error check_sample(const struct ddg_survey *survey, const struct ddg_table *row,
                                   bool *unstable, struct ddg_context *context)
{
    struct ddg_text field;
    uint64_t cases;
    size_t column;
    enum ddg_error error = find(row, survey->sample_column, &column, context);

    if (error)
        return error;
    field = ddg_text_trim(ddg_table_field(row, 0, column));
    if (field.length > 0 && !ddg_parse_grouped(field, &cases))
        return ddg_table_fail(row, 0, column, context, "not a whole number");
    *unstable = *unstable || field.length == 0 || cases < survey->least_sample;
    return DDG_OK;
}

static enum ddg_error check_rse(const struct ddg_survey *survey, const struct ddg_table *row,
                                bool *unstable, struct ddg_context *context)
{
    struct ddg_decimal most, rse = {0, 0};
    struct ddg_text field;
    size_t column;
    enum ddg_error error = find(row, survey->rse_column, &column, context);

    if (error)
        return error;
    field = ddg_text_trim(ddg_table_field(row, 0, column));
    if (field.length > 1 && field.at[field.length - 1] == '%')
        field.length--;
    if (field.length > 0 && !ddg_decimal_parse(field, &rse))
        return ddg_table_fail(row, 0, column, context, "not a percentage");
    (void)ddg_decimal_parse(ddg_text_of(survey->most_rse), &most);
    /* the limit less the error: below 0 where it is exceeded */
    rse.units = -rse.units;
    *unstable = *unstable || field.length == 0 || !ddg_decimal_add(&most, rse) || most.units < 0;
    return DDG_OK;
}

enum ddg_error ddg_survey_check(const void *data, const struct ddg_table *row, bool *unstable,
                                struct ddg_context *context)
{
    const struct ddg_survey *survey = data;
    enum ddg_error error = DDG_OK;

    if (survey->sample_column)
        error = check_sample(survey, row, unstable, context);
    if (!error && survey->rse_column)
        error = check_rse(survey, row, unstable, context);
    return error;
}

void ddg_survey_free(struct ddg_survey *survey)
{
    ddg_arena_free(&survey->arena);
}
