#include "score/criteria_fields.h"

#include "base/number.h"
#include "rules/words.h"

static const char *const column_name[DDG_CRITERIA_COLUMNS_END] = {
    "variable", "category", "min",    "max",   "score",   "section", "note",
    "by",       "columns",  "labels", "least", "crossed", "refines"};

enum ddg_error ddg_criteria_columns(struct ddg_criteria_row *r)
{
    enum ddg_error error = DDG_OK;

    for (size_t i = 0; !error && i < DDG_CRITERIA_COLUMNS_END; i++)
        error = ddg_csv_find(r->csv, ddg_text_of(column_name[i]), &r->column[i], r->context);
    return error;
}

struct ddg_text ddg_criteria_field(const struct ddg_criteria_row *r,
                                   enum ddg_criteria_column column)
{
    return r->record.field[r->column[column]];
}

enum ddg_error ddg_criteria_fail(const struct ddg_criteria_row *r, enum ddg_criteria_column column,
                                 const char *text)
{
    return ddg_csv_fail(r->csv, r->record.line, r->column[column], r->context, text);
}

enum ddg_error ddg_criteria_keep(const struct ddg_criteria_row *r, enum ddg_criteria_column column,
                                 const char **string)
{
    *string = ddg_arena_copy(&r->criteria->arena, ddg_criteria_field(r, column), r->context).at;
    return *string ? DDG_OK : DDG_MEMORY;
}

enum ddg_error ddg_criteria_number(const struct ddg_criteria_row *r,
                                   enum ddg_criteria_column column, uint64_t *number, bool *there)
{
    struct ddg_text text = ddg_criteria_field(r, column);

    *there = text.length > 0;
    if (*there && !ddg_parse_unsigned(text, number))
        return ddg_criteria_fail(r, column, "not a whole number");
    return DDG_OK;
}

enum ddg_error ddg_criteria_score(const struct ddg_criteria_row *r, int64_t *score)
{
    struct ddg_text text = ddg_criteria_field(r, DDG_CRITERIA_SCORE), digits = text;
    bool minus = text.length > 0 && text.at[0] == '-';
    uint64_t number;

    digits.at += minus;
    digits.length -= minus;
    if (!ddg_parse_unsigned(digits, &number) || number > INT32_MAX)
        return ddg_criteria_fail(r, DDG_CRITERIA_SCORE, "neither a whole number nor 'high-risk'");
    *score = minus ? -(int64_t)number : (int64_t)number;
    return DDG_OK;
}

static size_t count_items(struct ddg_text text)
{
    size_t count = text.length > 0;

    for (size_t i = 0; i < text.length; i++)
        count += text.at[i] == '|';
    return count;
}

enum ddg_error ddg_criteria_phrases(const struct ddg_criteria_row *r,
                                    enum ddg_criteria_column column, struct ddg_phrases *phrases)
{
    struct ddg_text rest = ddg_criteria_field(r, column);

    *phrases = (struct ddg_phrases){NULL, 0};
    phrases->item = ddg_arena_allocate(&r->criteria->arena,
                                       count_items(rest) * sizeof *phrases->item, r->context);
    if (!phrases->item)
        return DDG_MEMORY;
    while (rest.length > 0) {
        const char *end = memchr(rest.at, '|', rest.length);
        struct ddg_text item = {rest.at, end ? (size_t)(end - rest.at) : rest.length};
        char words[DDG_WORDS_ROOM];

        ddg_words_of(item, words);
        phrases->item[phrases->count] =
            ddg_arena_copy(&r->criteria->arena, ddg_text_of(words), r->context).at;
        if (!phrases->item[phrases->count++])
            return DDG_MEMORY;
        rest.at += item.length + (end != NULL);
        rest.length -= item.length + (end != NULL);
    }
    return DDG_OK;
}

enum ddg_error ddg_criteria_by_field(const struct ddg_criteria_row *r, enum ddg_measured *by)
{
    static const char *const words[] = {
        [DDG_BY_LABELS] = "labels",       [DDG_BY_COUNT] = "count", [DDG_BY_YEARS] = "years",
        [DDG_BY_MONTHS] = "months",       [DDG_BY_AREA] = "area",   [DDG_BY_MEMBERS] = "members",
        [DDG_BY_ENROLMENT] = "enrolment", [DDG_BY_GROUP] = "group", [DDG_BY_GROUPS] = "groups",
        [DDG_BY_VARIABLES] = "variables", [DDG_BY_TOTAL] = "total"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (ddg_text_is(ddg_criteria_field(r, DDG_CRITERIA_BY), words[i])) {
            *by = (enum ddg_measured)i;
            return DDG_OK;
        }
    return ddg_criteria_fail(
        r, DDG_CRITERIA_BY,
        "labels, count, years, months, area, members, enrolment, group, groups, "
        "variables or total is wanted");
}
