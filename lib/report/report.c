#include "report/report.h"

#include "report/content.h"
#include "report/html.h"
#include "report/json.h"
#include "report/markdown.h"
#include "report/text.h"

/* What a report ends with that broke off behind the part that has already left. */
static const char poison[] = "\nddg: this report is incomplete\n";

static const struct kind {
    const char *suffix;
    const struct ddg_page_format *format; /* NULL: JSON, which is no page */
} kinds[] = {
    {".txt", &ddg_text_format},
    {".md", &ddg_markdown_format},
    {".html", &ddg_html_format},
    {".json", NULL},
};

static const struct kind *kind_of(const char *path)
{
    size_t length = strlen(path);

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        size_t suffix = strlen(kinds[i].suffix);

        if (length > suffix && strcmp(path + length - suffix, kinds[i].suffix) == 0)
            return &kinds[i];
    }
    return NULL;
}

enum ddg_error ddg_report_check(const char *path, struct ddg_context *context)
{
    if (kind_of(path))
        return DDG_OK;
    return ddg_fail(context, DDG_USAGE,
                    "the name of a report ends in .txt, .md, .html or .json, unlike '%s'", path);
}

const struct ddg_page_format *ddg_report_format(const char *path)
{
    return kind_of(path)->format;
}

static void write_page(const struct ddg_page_format *format, const struct ddg_report *report,
                       struct ddg_sink *sink)
{
    struct ddg_page page = {.format = format, .sink = sink};

    page.text.context = page.held.context = sink->context;
    ddg_content_write(&page, report);
    ddg_page_free(&page);
}

enum ddg_error ddg_report_write(const char *path, const struct ddg_audit *audit,
                                const struct ddg_report_record *record, struct ddg_context *context)
{
    struct ddg_report report = {audit, record};
    struct ddg_sink sink;
    enum ddg_error error;

    if ((error = ddg_report_check(path, context)) || (error = ddg_sink_open(&sink, path, context)))
        return error;
    sink.poison = poison;
    if (kind_of(path)->format)
        write_page(kind_of(path)->format, &report, &sink);
    else
        ddg_json_write(&sink, &report);
    return ddg_sink_close(&sink, DDG_OK, poison);
}
