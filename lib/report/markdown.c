#include "report/markdown.h"

#include "report/escape.h"

static void put_text(struct ddg_page *page, struct ddg_text text)
{
    ddg_escape(page->sink, ddg_text_trim(text), DDG_ESCAPE_MARKDOWN);
}

static void begin(struct ddg_page *page, struct ddg_text title, const struct ddg_section *section,
                  size_t sections)
{
    (void)section;
    (void)sections;
    ddg_page_put(page, "# ");
    put_text(page, title);
    ddg_page_put(page, "\n");
}

static void end(struct ddg_page *page)
{
    (void)page;
}

static void heading(struct ddg_page *page, const char *id, unsigned level, struct ddg_text text)
{
    (void)id;
    ddg_page_put(page, "\n");
    for (unsigned i = 0; i < level; i++)
        ddg_page_put(page, "#");
    ddg_page_put(page, " ");
    put_text(page, text);
    ddg_page_put(page, "\n");
}

static void paragraph(struct ddg_page *page, enum ddg_tone tone, struct ddg_text text)
{
    bool verdict = tone == DDG_TONE_GOOD || tone == DDG_TONE_OPEN || tone == DDG_TONE_BAD;

    ddg_page_put(page, verdict ? "\n**" : "\n");
    put_text(page, text);
    ddg_page_put(page, verdict ? "**\n" : "\n");
}

static void group(struct ddg_page *page, bool begins)
{
    if (begins)
        ddg_page_put(page, "\n");
}

static void item(struct ddg_page *page, struct ddg_text text)
{
    ddg_page_put(page, "- ");
    put_text(page, text);
    ddg_page_put(page, "\n");
}

static void field(struct ddg_page *page, const char *label, struct ddg_text text)
{
    ddg_page_put(page, "- **");
    put_text(page, ddg_text_of(label));
    ddg_page_put(page, ":** ");
    if (text.length > 0)
        put_text(page, text);
    else
        ddg_page_put(page, "\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_");
    ddg_page_put(page, "\n");
}

static void table(struct ddg_page *page, const char *caption)
{
    ddg_page_put(page, "\n");
    put_text(page, ddg_text_of(caption));
    ddg_page_put(page, ":\n\n|");
    for (size_t i = 0; i < page->columns; i++) {
        ddg_page_put(page, " ");
        put_text(page, ddg_text_of(page->column[i].name));
        ddg_page_put(page, " |");
    }
    ddg_page_put(page, "\n|");
    for (size_t i = 0; i < page->columns; i++)
        ddg_page_put(page, page->column[i].number ? " ---: |" : " --- |");
    ddg_page_put(page, "\n");
}

static void cell(struct ddg_page *page, struct ddg_text text)
{
    ddg_page_put(page, page->cell == 0 ? "| " : " ");
    put_text(page, text);
    ddg_page_put(page, page->cell + 1 == page->columns ? " |\n" : " |");
}

const struct ddg_page_format ddg_markdown_format = {
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
};
