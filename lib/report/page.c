#include "report/page.h"

#include <assert.h>
#include <stdlib.h>

void ddg_page_put(struct ddg_page *page, const char *string)
{
    ddg_sink_say(page->sink, string);
}

/* Ends a list or fields that the next block does not belong to, and lets the sink write. */
static void leave(struct ddg_page *page)
{
    if (page->in_list)
        page->format->list(page, false);
    if (page->in_fields)
        page->format->fields(page, false);
    page->in_list = page->in_fields = false;
    (void)ddg_sink_pass(page->sink);
}

static struct ddg_text take(struct ddg_page *page)
{
    struct ddg_text text = ddg_prose_text(&page->text);

    page->text.used = 0;
    return text;
}

void ddg_page_heading(struct ddg_page *page, const char *id, unsigned level, const char *text)
{
    leave(page);
    page->format->heading(page, id, level, ddg_text_of(text));
}

void ddg_page_paragraph(struct ddg_page *page, enum ddg_tone tone)
{
    leave(page);
    page->format->paragraph(page, tone, take(page));
}

void ddg_page_item(struct ddg_page *page)
{
    if (!page->in_list) {
        leave(page);
        page->format->list(page, true);
        page->in_list = true;
    }
    page->format->item(page, take(page));
}

void ddg_page_field(struct ddg_page *page, const char *label)
{
    if (!page->in_fields) {
        leave(page);
        page->format->fields(page, true);
        page->in_fields = true;
    }
    page->format->field(page, label, take(page));
}

void ddg_page_table(struct ddg_page *page, const char *caption, const struct ddg_column *column,
                    size_t columns)
{
    leave(page);
    page->column = column;
    page->columns = columns;
    page->cell = 0;
    page->tables++;
    page->format->table(page, caption);
}

void ddg_page_cell(struct ddg_page *page)
{
    page->format->cell(page, take(page));
    page->cell = (page->cell + 1) % page->columns;
    (void)ddg_sink_pass(page->sink);
}

void ddg_page_table_end(struct ddg_page *page)
{
    assert(page->cell == 0);
    if (page->format->table_end)
        page->format->table_end(page);
}

void ddg_page_say(struct ddg_page *page, enum ddg_tone tone, const char *text)
{
    ddg_prose_say(&page->text, text);
    ddg_page_paragraph(page, tone);
}

void ddg_page_say_cell(struct ddg_page *page, const char *text)
{
    ddg_prose_say(&page->text, text);
    ddg_page_cell(page);
}

void ddg_page_end(struct ddg_page *page)
{
    leave(page);
    page->format->end(page);
}

void ddg_page_free(struct ddg_page *page)
{
    ddg_prose_free(&page->text);
    ddg_prose_free(&page->held);
    free(page->end);
}
