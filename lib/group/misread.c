#include "group/misread.h"

static bool has_column(const struct ddg_csv *csv, struct ddg_text name)
{
    for (size_t i = 0; i < ddg_csv_columns(csv); i++)
        if (ddg_text_equal(ddg_csv_name(csv, i), name))
            return true;
    return false;
}

/* True when the text, cut at the delimiter, has a part of that name. */
static bool has_part(struct ddg_text text, char delimiter, struct ddg_text name)
{
    size_t start = 0;

    for (size_t i = 0; i <= text.length; i++) {
        struct ddg_text part = {text.at + start, i - start};

        if (i < text.length && text.at[i] != delimiter)
            continue;
        if (part.length < text.length && ddg_text_equal(part, name))
            return true;
        start = i + 1;
    }
    return false;
}

/* True for numbers and dates, which are no names of columns: "94110", "-12.50", "2024-03-05". */
static bool is_value(struct ddg_text text)
{
    bool digits = false;

    for (size_t i = 0; i < text.length; i++) {
        bool digit = text.at[i] >= '0' && text.at[i] <= '9';

        if (!digit && (!text.at[i] || !strchr("+-./:", text.at[i])))
            return false;
        digits |= digit;
    }
    return digits;
}

/* What the header shows, as the end of a message. */
static const char *advice(const struct ddg_csv *csv, struct ddg_text name)
{
    static const struct {
        char delimiter;
        const char *text;
    } others[] = {
        {';', ", unless its fields are separated by semicolons: -d ';'"},
        {'\t', ", unless its fields are separated by tabs: -d tab"},
        {'|', ", unless its fields are separated by bars: -d '|'"},
        {',', ", unless its fields are separated by commas: -d ,"},
    };

    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        for (size_t c = 0; c < ddg_csv_columns(csv); c++)
            if (has_part(ddg_csv_name(csv, c), others[i].delimiter, name))
                return others[i].text;
    for (size_t c = 0; c < ddg_csv_columns(csv); c++)
        if (is_value(ddg_csv_name(csv, c)))
            return ", and the first line reads like a record: --no-header and --columns are for "
                   "files without a header";
    return "";
}

enum ddg_error ddg_misread_find(const struct ddg_csv *csv, struct ddg_text name, size_t *column,
                                struct ddg_context *context)
{
    if (has_column(csv, name))
        return ddg_csv_find(csv, name, column, context);
    return ddg_fail(context, DDG_USAGE, "%s: no column is called '%.*s'%s", ddg_csv_file(csv),
                    (int)name.length, name.at, advice(csv, name));
}
