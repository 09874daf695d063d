#include "report/message.h"

/* Verdict ------------------------------------------------------------------------------------ */

/* What the attacker was taken to know. */
static const char *knowledge_of(enum ddg_reader reader)
{
    static const char *const words[] = {
        [DDG_READER_SUMS] = "sums",
        [DDG_READER_ZEROS] = "sums and that zeros are shown",
        [DDG_READER_THRESHOLD] = "sums, that zeros are shown, and which counts are small",
        [DDG_READER_CODES] = "sums, that zeros are shown, which counts are small and which are not",
    };

    return words[reader];
}

/* Adds a number, which is not grouped here, between other words; nothing for 0. */
static void add_count(struct ddg_prose *prose, const char *before, uint64_t count,
                      const char *behind)
{
    if (count > 0)
        ddg_prose_print(prose, "%s%llu%s", before, (unsigned long long)count, behind);
}

void ddg_message_verdict(const struct ddg_report *report, struct ddg_prose *prose)
{
    const struct ddg_audit *audit = report->audit;
    const uint64_t *count = audit->count, rules = ddg_findings_rules(audit),
                   alone = ddg_findings_alone(audit);

    ddg_prose_print(prose, "%s: %llu of %zu hidden cells can be recovered%s", report->record->tool,
                    (unsigned long long)count[DDG_VERDICT_RECOVERED], audit->findings,
                    audit->release[audit->releases - 1].previous ? " from today's release" : "");
    add_count(prose, ", ", count[DDG_VERDICT_NARROWED], " narrowed to too few values");
    add_count(prose, ", ", count[DDG_VERDICT_DETERMINED], " more if ");
    if (count[DDG_VERDICT_DETERMINED] > 0)
        ddg_prose_print(prose, "%s%s%s", audit->overlapping ? "nobody counts twice" : "",
                        audit->overlapping && audit->totals ? " and " : "",
                        audit->totals ? "other totals are known" : "");
    add_count(prose, ", ", count[DDG_VERDICT_UNDECIDED], " undecided");
    add_count(prose, "; ", rules, rules == 1 ? " rule broken" : " rules broken");
    add_count(prose, "; ", audit->absent, " without a row taken as hidden");
    add_count(prose, "; ", alone,
              alone == 1 ? " finding is of earlier releases alone"
                         : " findings are of earlier releases alone");
    ddg_prose_print(prose, " (attacker knows %s)\n", knowledge_of(audit->reader));
}

/* Remarks ------------------------------------------------------------------------------------ */

/* Adds "ddg-audit: note: ", or another kind of remark. */
static void begin(struct ddg_prose *prose, const struct ddg_report *report, const char *kind)
{
    ddg_prose_print(prose, "%s: %s: ", report->record->tool, kind);
}

static void add_note(struct ddg_prose *prose, const struct ddg_report *report, const char *text)
{
    begin(prose, report, "note");
    ddg_prose_print(prose, "%s\n", text);
}

static void add_lines(struct ddg_prose *prose, const struct ddg_report *report, const char *kind,
                      const char *const *line, size_t lines)
{
    for (size_t i = 0; i < lines; i++) {
        begin(prose, report, kind);
        ddg_prose_print(prose, "%s\n", line[i]);
    }
}

/* What was not read, what has no row, and what the description may leave out. */
static void add_tables(struct ddg_prose *prose, const struct ddg_report *report)
{
    const struct ddg_audit *audit = report->audit;

    if (audit->findings == 0)
        add_note(prose, report,
                 audit->releases > 1 ? "no cell of these tables is hidden"
                                     : "no cell of this table is hidden");
    for (size_t i = 0; i < audit->repeats; i++) {
        begin(prose, report, "note");
        ddg_prose_print(prose, "%s holds the same as %s and is passed over\n",
                        audit->repeat[i].file, audit->repeat[i].of);
    }
    if (audit->findings > 0 && audit->unprinted > 0 && !audit->totals) {
        begin(prose, report, "note");
        ddg_prose_print(prose,
                        "totals that are not printed (%llu) are taken as unknown; "
                        "--totals implied takes them as known\n",
                        (unsigned long long)audit->unprinted);
    }
    add_lines(prose, report, "note", audit->doubts.text, audit->doubts.count);
}

/* What was made of margins of a table that is not printed. */
static void add_crossing(struct ddg_prose *prose, const struct ddg_report *report)
{
    const struct ddg_audit *audit = report->audit;
    const struct {
        bool said;
        const char *why;
    } missed[] = {
        {audit->missed.large, "the table is too large"},
        {audit->missed.overlapping, "categories overlap, or count distinct persons"},
        {audit->missed.different, "the margins do not have the same categories"},
        {audit->missed.contradicted, "the margins contradict each other"},
    };

    for (size_t i = 0; i < audit->crosseds; i++) {
        begin(prose, report, "note");
        ddg_prose_print(prose,
                        "counts by %s are not printed; what their margins give away is attacked\n",
                        audit->crossed[i]);
    }
    for (size_t i = 0; i < sizeof missed / sizeof *missed; i++)
        if (missed[i].said) {
            begin(prose, report, "note");
            ddg_prose_print(prose,
                            "what margins of a table that is not printed give away together, "
                            "beside the totals that they share, is not attacked: %s\n",
                            missed[i].why);
        }
}

/* What the attack made of the tables together, and of what stands beside them. */
static void add_attack(struct ddg_prose *prose, const struct ddg_report *report,
                       const struct ddg_knowledge *knowledge)
{
    const struct ddg_audit *audit = report->audit;

    if (audit->releases > 1) {
        begin(prose, report, "note");
        ddg_prose_print(prose, "%zu tables, of which %llu numbers are the same\n", audit->releases,
                        (unsigned long long)audit->joined);
    }
    add_crossing(prose, report);
    if (audit->unread > 0) {
        begin(prose, report, "note");
        ddg_prose_print(prose,
                        "rates that cannot be read, or have no population beside them (%llu), are "
                        "passed over\n",
                        (unsigned long long)audit->unread);
    }
    if (audit->vague > 0) {
        begin(prose, report, "note");
        ddg_prose_print(prose,
                        "rates of totals that are hidden or rounded (%llu) are taken as ranges: "
                        "what they bind together is not attacked\n",
                        (unsigned long long)audit->vague);
    }
    if (knowledge->previous_count > 0 && knowledge->previous_kind == DDG_PREVIOUS_MOVING)
        add_note(prose, report,
                 "nothing follows from earlier releases whose counts move with time");
}

static bool is_note(const struct ddg_audit *audit, size_t release, const struct ddg_notice *notice)
{
    return !notice->finding && !audit->release[release].previous;
}

/* True where another measure of the table has the same note. */
static bool is_repeated(const struct ddg_notices *notices, size_t note)
{
    for (size_t i = 0; i < note; i++)
        if (!notices->item[i].finding &&
            strcmp(notices->item[i].rule, notices->item[note].rule) == 0 &&
            strcmp(notices->item[i].text, notices->item[note].text) == 0)
            return true;
    return false;
}

/* Adds the names of today's tables of which a note is true; false where one before `from` has named
 * them already. */
static bool add_tables_of(struct ddg_prose *prose, const struct ddg_report *report, size_t from,
                          const struct ddg_notice *note)
{
    const struct ddg_audit *audit = report->audit;
    bool begun = false;

    for (size_t r = 0; r < audit->releases; r++)
        for (size_t i = 0; i < audit->notices[r].count; i++) {
            const struct ddg_notice *other = &audit->notices[r].item[i];

            if (!is_note(audit, r, other) || strcmp(other->rule, note->rule) != 0 ||
                strcmp(other->text, note->text) != 0)
                continue;
            if (r < from)
                return false;
            if (!begun)
                begin(prose, report, "note");
            if (audit->releases > 1)
                ddg_prose_print(prose, "%s%s", begun ? ", " : "", audit->release[r].table->file);
            begun = true;
            break;
        }
    return true;
}

/* What the rule checks say of today's tables that is no finding, once for all of them. */
static void add_rules(struct ddg_prose *prose, const struct ddg_report *report)
{
    const struct ddg_audit *audit = report->audit;

    for (size_t r = 0; r < audit->releases; r++)
        for (size_t i = 0; i < audit->notices[r].count; i++) {
            const struct ddg_notice *notice = &audit->notices[r].item[i];

            if (is_note(audit, r, notice) && !is_repeated(&audit->notices[r], i) &&
                add_tables_of(prose, report, r, notice))
                ddg_prose_print(prose, "%s%s: %s\n", audit->releases > 1 ? ": " : "", notice->rule,
                                notice->text);
        }
}

void ddg_message_remarks(const struct ddg_report *report, const struct ddg_knowledge *knowledge,
                         struct ddg_prose *prose)
{
    const struct ddg_audit *audit = report->audit;

    add_tables(prose, report);
    add_attack(prose, report, knowledge);
    add_lines(prose, report, "set aside", audit->conflict, audit->conflicts);
    add_lines(prose, report, "holds throughout", audit->discovered, audit->discoveries);
    add_rules(prose, report);
}
