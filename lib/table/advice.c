#include "table/advice.h"

#include "base/number.h"

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* True for what stands in place of a number and has none of its own, as S, * and None; -1 and -99
 * are such texts, too. */
static bool looks_hidden(struct ddg_text text)
{
    size_t digits = 0;

    for (size_t i = 0; i < text.length; i++)
        digits += is_digit(text.at[i]);
    return digits == 0 || (text.at[0] == '-' && digits == text.length - 1);
}

/* True for "<11", "1-10", "1000+" and "10 or fewer". */
static bool looks_like_range(struct ddg_text text)
{
    bool space = false, letter = false;

    for (size_t i = 0; i < text.length; i++) {
        char byte = text.at[i], small = (char)(byte | 0x20);

        if ((unsigned char)byte >= 0x80 || (byte && strchr("<>+", byte)) || (i > 0 && byte == '-'))
            return true;
        space = space || byte == ' ';
        letter = letter || (small >= 'a' && small <= 'z');
    }
    return space && letter;
}

const char *ddg_advice_count(const struct ddg_description *description, struct ddg_text count)
{
    struct ddg_text text = ddg_text_trim(count);
    uint64_t value;

    if (!description->loose && ddg_parse_grouped(count, &value))
        return "not a whole number; --loose reads padded and grouped ones";
    if (text.length == 0 || !(description->program & (DDG_ROUND | DDG_SUPPRESS | DDG_AUDIT)))
        return "not a whole number";
    if (description->program == DDG_SUPPRESS && !description->symbols)
        return looks_hidden(text) || looks_like_range(text)
                   ? "not a whole number: the unmasked table is wanted"
                   : "not a whole number";
    if (looks_hidden(text))
        return "not a whole number; --hidden names texts that mean a hidden count";
    if (!looks_like_range(text))
        return "not a whole number";
    return description->program != DDG_ROUND
               ? "not a whole number; --range says which counts such a text means"
               : "not a whole number; --hidden names texts that mean a hidden count";
}

const char *ddg_advice_annotation(const struct ddg_description *description,
                                  struct ddg_text annotation)
{
    struct ddg_text text = ddg_text_trim(annotation);
    bool code = text.length == 1 && is_digit(text.at[0]);

    if (code && text.length < annotation.length && !description->loose)
        return "an annotation that is no code (0 to 5); --loose reads padded ones";
    for (size_t i = 0; i < text.length; i++)
        if (!is_digit(text.at[i]))
            return "an annotation that is no code (0 to 5); --unannotated names texts that mean "
                   "none";
    return "an annotation that is no code (0 to 5)";
}

static bool is_wanted(struct ddg_text found, const struct ddg_text *name)
{
    return name ? ddg_text_equal(found, *name)
                : ddg_text_is(found, "count") || ddg_text_is(found, "persons");
}

const char *ddg_advice_column(const struct ddg_description *description,
                              const struct ddg_text *header, size_t columns,
                              const struct ddg_text *name)
{
    static const char others[] = ",;\t|";

    if (columns == 1)
        for (size_t i = 0; i < header[0].length; i++)
            if (memchr(others, header[0].at[i], sizeof others - 1))
                return ", or the delimiter with -d";
    for (size_t i = 0; !description->loose && i < columns; i++)
        if (is_wanted(ddg_text_trim(header[i]), name))
            return "; --loose reads padded names";
    /* a sentence is no name of a column */
    if (columns == 1 && header[0].length > 0 && memchr(header[0].at, ' ', header[0].length))
        return "; if line 1 is a title, take it off: tail -n +2";
    return "";
}

static bool has_role(const struct ddg_table *table, size_t column)
{
    for (size_t i = 0; i < table->dims; i++)
        if (table->dim[i] == column)
            return true;
    for (size_t i = 0; i < table->measures; i++)
        if (table->measure[i].count == column || table->measure[i].annotation == column ||
            table->measure[i].text == column)
            return true;
    return false;
}

const char *ddg_advice_repeat(const struct ddg_description *description,
                              const struct ddg_table *table, size_t first, size_t second)
{
    for (size_t i = 0; i < table->columns; i++)
        if (!has_role(table, i) &&
            !ddg_text_equal(ddg_table_field(table, first, i), ddg_table_field(table, second, i)))
            return "; --dims names more dimensions";
    return description->program & (DDG_THRESHOLD | DDG_AUDIT)
               ? "; --repeats takes it for another table's"
               : "";
}
