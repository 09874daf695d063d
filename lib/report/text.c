#include "report/text.h"

#include "report/escape.h"

enum { WIDTH = 78, GAP = 2, BLANK_LINE = 32 };

static void put_times(struct ddg_page *page, const char *string, size_t times)
{
    while (times-- > 0)
        ddg_page_put(page, string);
}

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

/* Cuts the first word off the text; a blank word at its end. */
static struct ddg_text next_word(struct ddg_text *text)
{
    struct ddg_text word;

    while (text->length > 0 && is_space(text->at[0])) {
        text->at++;
        text->length--;
    }
    word = (struct ddg_text){text->at, 0};
    while (word.length < text->length && !is_space(text->at[word.length]))
        word.length++;
    text->at += text->at ? word.length : 0;
    text->length -= word.length;
    return word;
}

/* Puts words from column `column` on, further lines indented. */
static void put_wrapped(struct ddg_page *page, struct ddg_text text, size_t column, size_t indent)
{
    bool first = true;

    for (struct ddg_text word = next_word(&text); word.length > 0; word = next_word(&text)) {
        size_t width = ddg_escape_width(word);

        if (!first && column + 1 + width > WIDTH) {
            ddg_page_put(page, "\n");
            put_times(page, " ", indent);
            column = indent;
        } else if (!first) {
            ddg_page_put(page, " ");
            column++;
        }
        ddg_escape(page->sink, word, DDG_ESCAPE_TEXT);
        column += width;
        first = false;
    }
    ddg_page_put(page, "\n");
}

static void put_underlined(struct ddg_page *page, struct ddg_text text, const char *line)
{
    ddg_escape(page->sink, text, DDG_ESCAPE_TEXT);
    ddg_page_put(page, "\n");
    put_times(page, line, ddg_escape_width(text));
    ddg_page_put(page, "\n");
}

static void begin(struct ddg_page *page, struct ddg_text title, const struct ddg_section *section,
                  size_t sections)
{
    (void)section;
    (void)sections;
    put_underlined(page, title, "=");
}

static void end(struct ddg_page *page)
{
    (void)page;
}

static void heading(struct ddg_page *page, const char *id, unsigned level, struct ddg_text text)
{
    (void)id;
    ddg_page_put(page, "\n");
    if (level == 2) {
        ddg_page_put(page, "\n");
        put_underlined(page, text, "-");
    } else {
        put_wrapped(page, text, 0, 0);
    }
}

static void paragraph(struct ddg_page *page, enum ddg_tone tone, struct ddg_text text)
{
    (void)tone;
    ddg_page_put(page, "\n");
    put_wrapped(page, text, 0, 0);
}

static void group(struct ddg_page *page, bool begins)
{
    if (begins)
        ddg_page_put(page, "\n");
}

static void item(struct ddg_page *page, struct ddg_text text)
{
    ddg_page_put(page, "  * ");
    put_wrapped(page, text, 4, 4);
}

static void field(struct ddg_page *page, const char *label, struct ddg_text text)
{
    ddg_page_put(page, "  ");
    ddg_page_put(page, label);
    ddg_page_put(page, ": ");
    if (text.length == 0) {
        put_times(page, "_", BLANK_LINE);
        ddg_page_put(page, "\n");
    } else {
        put_wrapped(page, text, strlen(label) + 4, 4);
    }
}

/* Tables: all cells are held until the widths of the columns are known. */

static void table(struct ddg_page *page, const char *caption)
{
    page->held.used = 0;
    page->ends = 0;
    ddg_page_put(page, "\n");
    put_wrapped(page, ddg_text_of(caption), 0, 0);
    ddg_page_put(page, "\n");
}

static void cell(struct ddg_page *page, struct ddg_text text)
{
    ddg_prose_add(&page->held, text);
    if (ddg_grow(&page->end, &page->end_room, page->ends + 1, sizeof *page->end,
                 page->sink->context))
        return;
    page->end[page->ends++] = page->held.used;
}

static struct ddg_text held_cell(const struct ddg_page *page, size_t number)
{
    size_t start = number > 0 ? page->end[number - 1] : 0;

    return (struct ddg_text){page->held.at + start, page->end[number] - start};
}

static size_t width_of(const struct ddg_page *page, size_t column)
{
    size_t widest = strlen(page->column[column].name);

    for (size_t i = column; i < page->ends; i += page->columns) {
        size_t width = ddg_escape_width(held_cell(page, i));

        widest = width > widest ? width : widest;
    }
    return widest;
}

/* A cell of the last column starts at `indent`, where its further lines start too. */
static void put_aligned(struct ddg_page *page, struct ddg_text text, size_t column, size_t width,
                        size_t indent)
{
    size_t fill = width - ddg_escape_width(text);
    bool last = column + 1 == page->columns;

    if (!last || text.length > 0)
        put_times(page, " ", GAP);
    if (page->column[column].number)
        put_times(page, " ", fill);
    if (last) {
        put_wrapped(page, text, indent, indent);
        return;
    }
    ddg_escape(page->sink, text, DDG_ESCAPE_TEXT);
    if (!page->column[column].number)
        put_times(page, " ", fill);
}

static void put_columns(struct ddg_page *page, const size_t *width, size_t indent)
{
    for (size_t i = 0; i < page->columns; i++)
        put_aligned(page, ddg_text_of(page->column[i].name), i, width[i], indent);
    for (size_t i = 0; i < page->ends; i++)
        put_aligned(page, held_cell(page, i), i % page->columns, width[i % page->columns], indent);
}

static void put_rows(struct ddg_page *page)
{
    for (size_t i = 0; i < page->ends; i++) {
        const char *name = page->column[i % page->columns].name;
        struct ddg_text text = held_cell(page, i);

        if (i > 0 && i % page->columns == 0)
            ddg_page_put(page, "\n");
        if (text.length > 0) {
            ddg_page_put(page, "  ");
            ddg_page_put(page, name);
            ddg_page_put(page, ": ");
            put_wrapped(page, text, strlen(name) + 4, 6);
        }
        (void)ddg_sink_pass(page->sink);
    }
}

/* In columns, where all fit, or all but the last and that has room enough for its lines. */
static void table_end(struct ddg_page *page)
{
    enum { COLUMNS_MOST = 16, LAST_LEAST = 30 };
    size_t width[COLUMNS_MOST], indent = GAP, last = page->columns - 1;

    if (page->sink->context->error)
        return;
    for (size_t i = 0; i < page->columns && i < COLUMNS_MOST; i++) {
        width[i] = width_of(page, i);
        indent += i < last ? width[i] + GAP : 0;
    }
    if (page->columns <= COLUMNS_MOST &&
        (indent + width[last] <= WIDTH || indent + LAST_LEAST <= WIDTH))
        put_columns(page, width, indent);
    else
        put_rows(page);
}

const struct ddg_page_format ddg_text_format = {
    .begin = begin,
    .end = end,
    .heading = heading,
    .paragraph = paragraph,
    .list = group,
    .item = item,
    .fields = group,
    .field = field,
    .table = table,
    .cell = cell,
    .table_end = table_end,
};
