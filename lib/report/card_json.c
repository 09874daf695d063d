#include "report/card_json.h"

#include "report/escape.h"

#include <inttypes.h>
#include <stdio.h>

static void put(struct ddg_sink *sink, const char *string)
{
    ddg_sink_add(sink, string, strlen(string));
}

/* NULL is null. */
static void put_member(struct ddg_sink *sink, const char *before, const char *name,
                       const char *string)
{
    put(sink, before);
    put(sink, "\"");
    put(sink, name);
    put(sink, "\": ");
    if (!string) {
        put(sink, "null");
        return;
    }
    put(sink, "\"");
    ddg_escape(sink, ddg_text_of(string), DDG_ESCAPE_JSON);
    put(sink, "\"");
}

static void put_number(struct ddg_sink *sink, const char *before, const char *name, int64_t number)
{
    char room[64];

    snprintf(room, sizeof room, "%s\"%s\": %" PRId64, before, name, number);
    put(sink, room);
}

static void put_variable(struct ddg_sink *sink, const struct ddg_entry *entry)
{
    put_member(sink, "    {", "variable", entry->variable);
    put_member(sink, ", ", "column", entry->column);
    put_member(sink, ", ", "category", entry->category);
    if (entry->high_risk)
        put_member(sink, ", ", "score", "high-risk");
    else
        put_number(sink, ", ", "score", entry->score);
    put_member(sink, ", ", "section", entry->section);
    put(sink, ", \"source\": \"");
    if (entry->unknown) {
        put(sink, "'");
        ddg_escape(sink, ddg_text_of(entry->unknown), DDG_ESCAPE_JSON);
        put(sink, "': ");
    }
    ddg_escape(sink, ddg_text_of(entry->source), DDG_ESCAPE_JSON);
    put(sink, "\"}");
}

void ddg_card_json(struct ddg_sink *sink, const struct ddg_assessment *a)
{
    const struct ddg_side_score *side = a->scored ? &a->score.side[a->score.worst] : NULL;

    put_member(sink, "{\n  ", "edition", a->scored ? a->criteria.edition : a->facts->edition);
    if (side)
        put_number(sink, ",\n  ", "total", side->total);
    else
        put_member(sink, ",\n  ", "total", NULL);
    put_member(sink, ",\n  ", "decision", a->mask ? "mask" : "release");
    put_member(sink, ",\n  ", "reason", a->reason);
    put(sink, ",\n  \"variables\": [");
    for (size_t i = 0; side && i < side->entries; i++) {
        put(sink, i ? ",\n" : "\n");
        put_variable(sink, &side->entry[i]);
    }
    put(sink, side && side->entries > 0 ? "\n  ]\n}\n" : "]\n}\n");
}
