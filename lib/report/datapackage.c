#include "report/datapackage.h"

#include "base/prose.h"
#include "protect/publish.h"
#include "report/escape.h"

/* Writes `before`, then the text in quotes. */
static void put_text(struct ddg_sink *sink, const char *before, struct ddg_text text)
{
    ddg_sink_say(sink, before);
    ddg_escape_quoted(sink, text);
}

/* What the codes of a measure mean; those that are not for suppressed counts were there before. */
static void say_codes(struct ddg_prose *prose, const struct ddg_mask *mask)
{
    bool withheld = ddg_publish_withholds(mask);
    unsigned long long threshold = mask->threshold;

    if (mask->policy.apart)
        ddg_prose_print(prose,
                        "0 or blank: none; 1: suppressed for small numbers (<%llu); 2: "
                        "complementary%s",
                        threshold, withheld ? ", or withheld by choice" : "");
    else
        ddg_prose_print(prose, "0 or blank: none; 1: small number (<%llu)%s", threshold,
                        withheld ? ", complementary, or withheld by choice" : " or complementary");
    ddg_prose_say(prose, "; 3: no data available; 4: statistically unstable; 5: incomplete");
}

static void put_field(struct ddg_sink *sink, const struct ddg_datapackage *p,
                      const struct ddg_column *column, const char *before)
{
    const struct ddg_table *t = p->masks[0].model->table;
    struct ddg_prose prose = {.context = sink->context};
    bool counts = column->role == DDG_COLUMN_COUNT && !p->description->loose;

    put_text(sink, before, column->name);
    ddg_sink_say(sink, counts ? ", \"type\": \"integer\"" : ", \"type\": \"string\"");
    if (column->role == DDG_COLUMN_COUNT && p->display)
        ddg_sink_say(sink, p->masks[column->measure].policy.apart
                               ? ", \"missingValues\": [\"\", \"S\", \"C\"]"
                               : ", \"missingValues\": [\"\", \"S\"]");
    if (column->role == DDG_COLUMN_COUNT)
        ddg_prose_print(&prose, "%s",
                        t->measure[column->measure].distinct ? "distinct persons" : "count");
    else if (column->role == DDG_COLUMN_ANNOTATION)
        say_codes(&prose, &p->masks[column->measure]);
    else if (column->role == DDG_COLUMN_TEXT)
        ddg_prose_say(&prose,
                      p->display ? "the annotation as a footnote" : "the annotation in words");
    else if (column->role == DDG_COLUMN_STATISTIC)
        ddg_prose_say(&prose, "blank beside a suppressed count");
    if (prose.used > 0)
        put_text(sink, ", \"description\": ", ddg_prose_text(&prose));
    ddg_sink_say(sink, "}");
    ddg_prose_free(&prose);
}

static void put_schema(struct ddg_sink *sink, const struct ddg_datapackage *p)
{
    const char *before = "\n          {\"name\": ";

    ddg_sink_say(sink, "      \"schema\": {\n        \"fields\": [");
    for (size_t i = 0; i < p->columns->count; i++) {
        if (p->columns->column[i].role == DDG_COLUMN_DROPPED)
            continue;
        put_field(sink, p, &p->columns->column[i], before);
        before = ",\n          {\"name\": ";
    }
    ddg_sink_say(sink, "\n        ],\n        \"missingValues\": [\"\"]\n      }\n");
}

/* Where the table is beside the package: its name without folders. */
static struct ddg_text name_of(const char *path)
{
    const char *slash = path ? strrchr(path, '/') : NULL;

    if (!path || strcmp(path, "-") == 0)
        return ddg_text_of("table.csv");
    return ddg_text_of(slash ? slash + 1 : path);
}

static void put_method(struct ddg_sink *sink, const struct ddg_datapackage *p)
{
    struct ddg_prose prose = {.context = sink->context};
    bool withheld = ddg_publish_withholds(p->masks);

    ddg_prose_print(&prose,
                    "Counts of 1 to %llu (<%llu), %scomplementary counts that would give them "
                    "away, %sare suppressed in accordance with the CalHHS Data De-Identification "
                    "Guidelines (DDG), Edition 2.0.",
                    (unsigned long long)p->masks[0].threshold - 1,
                    (unsigned long long)p->masks[0].threshold, withheld ? "" : "and ",
                    withheld ? "and others by choice, " : "");
    put_text(sink, "  \"description\": ", ddg_prose_text(&prose));
    prose.used = 0;
    ddg_prose_print(&prose, "<%llu", (unsigned long long)p->masks[0].threshold);
    put_text(sink, ",\n  \"suppression\": {\"method\": ", ddg_prose_text(&prose));
    prose.used = 0;
    ddg_prose_print(&prose, "%s %s", p->tool, p->version);
    put_text(sink, ", \"tool\": ", ddg_prose_text(&prose));
    ddg_sink_say(sink, "},\n");
    ddg_prose_free(&prose);
}

enum ddg_error ddg_datapackage_write(const char *path, const struct ddg_datapackage *p,
                                     struct ddg_context *context)
{
    struct ddg_sink sink;
    enum ddg_error error = ddg_sink_open(&sink, path, context);

    if (error)
        return error;
    ddg_sink_say(&sink,
                 "{\n  \"profile\": \"tabular-data-package\",\n  \"name\": \"masked-counts\",\n");
    put_method(&sink, p);
    ddg_sink_say(&sink, "  \"resources\": [\n    {\n      \"profile\": \"tabular-data-resource\",\n"
                        "      \"name\": \"table\",\n");
    put_text(&sink, "      \"path\": ", name_of(p->table));
    ddg_sink_say(&sink, ",\n      \"format\": \"csv\",\n      \"mediatype\": \"text/csv\",\n"
                        "      \"encoding\": \"utf-8\",\n");
    put_text(&sink, "      \"dialect\": {\"delimiter\": ",
             (struct ddg_text){&p->description->delimiter, 1});
    ddg_sink_say(&sink, "},\n");
    put_schema(&sink, p);
    ddg_sink_say(&sink, "    }\n  ]\n}\n");
    return ddg_sink_close(&sink, context->error, "");
}
