#include "report/card_json.h"

#include "report/escape.h"

#include <inttypes.h>
#include <stdio.h>

/* NULL is null. */
static void put_member(struct ddg_sink *sink, const char *before, const char *name,
                       const char *string)
{
    ddg_sink_say(sink, before);
    ddg_sink_say(sink, "\"");
    ddg_sink_say(sink, name);
    ddg_sink_say(sink, "\": ");
    if (string)
        ddg_escape_quoted(sink, ddg_text_of(string));
    else
        ddg_sink_say(sink, "null");
}

static void put_number(struct ddg_sink *sink, const char *before, const char *name, int64_t number)
{
    char room[64];

    snprintf(room, sizeof room, "%s\"%s\": %" PRId64, before, name, number);
    ddg_sink_say(sink, room);
}

static void put_variable(struct ddg_sink *sink, const struct ddg_score_entry *entry)
{
    put_member(sink, "    {", "variable", entry->variable);
    put_member(sink, ", ", "column", entry->column);
    put_member(sink, ", ", "category", entry->category);
    if (entry->high_risk)
        put_member(sink, ", ", "score", "high-risk");
    else
        put_number(sink, ", ", "score", entry->score);
    put_member(sink, ", ", "section", entry->section);
    ddg_sink_say(sink, ", \"source\": \"");
    if (entry->unknown) {
        ddg_sink_say(sink, "'");
        ddg_escape(sink, ddg_text_of(entry->unknown), DDG_ESCAPE_JSON);
        ddg_sink_say(sink, "': ");
    }
    ddg_escape(sink, ddg_text_of(entry->source), DDG_ESCAPE_JSON);
    ddg_sink_say(sink, "\"}");
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
    ddg_sink_say(sink, ",\n  \"variables\": [");
    for (size_t i = 0; side && i < side->entries; i++) {
        ddg_sink_say(sink, i ? ",\n" : "\n");
        put_variable(sink, &side->entry[i]);
    }
    ddg_sink_say(sink, side && side->entries > 0 ? "\n  ]\n}\n" : "]\n}\n");
}
