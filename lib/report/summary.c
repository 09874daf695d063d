#include "report/summary.h"

#include "base/number.h"

/* Numbers ------------------------------------------------------------------------------------ */

struct ddg_tally ddg_summary_tally(const struct ddg_report *report, size_t release, size_t measure)
{
    const struct ddg_audit *audit = report->audit;
    struct ddg_tally tally = {0};

    /* what an earlier release gives away by itself counts where that release is asked for */
    size_t findings = audit->findings + (release == DDG_ALL ? 0 : audit->alone);

    for (size_t i = 0; i < findings; i++) {
        const struct ddg_finding *finding = &audit->finding[i];

        if ((release != DDG_ALL && finding->release != release) ||
            (measure != DDG_ALL && finding->measure != measure))
            continue;
        tally.hidden++;
        tally.verdict[finding->answer.verdict]++;
        tally.small += finding->code == DDG_CODE_SMALL;
        tally.complementary += finding->code == DDG_CODE_COMPLEMENTARY;
    }
    for (size_t i = 0; i < audit->releases; i++)
        if (release == i || (release == DDG_ALL && !audit->release[i].previous))
            tally.printed += (uint64_t)audit->release[i].model.printed *
                             (measure == DDG_ALL ? audit->release[i].table->measures : 1);
    return tally;
}

static uint64_t given_away(const struct ddg_tally *tally)
{
    uint64_t cells = 0;

    for (int v = 0; v < DDG_VERDICTS; v++)
        cells += ddg_verdict_gives_away((enum ddg_verdict)v) ? tally->verdict[v] : 0;
    return cells;
}

enum ddg_outcome ddg_summary_outcome(const struct ddg_report *report)
{
    struct ddg_tally tally = ddg_summary_tally(report, DDG_ALL, DDG_ALL);

    if (given_away(&tally) > 0 || ddg_findings_rules(report->audit) > 0)
        return DDG_OUTCOME_FINDINGS;
    if (tally.verdict[DDG_VERDICT_UNDECIDED] > 0 || report->audit->conflicts > 0 ||
        report->audit->doubts.open)
        return DDG_OUTCOME_OPEN;
    return tally.hidden > 0 ? DDG_OUTCOME_CLEAR : DDG_OUTCOME_NOTHING;
}

/* Sentences ---------------------------------------------------------------------------------- */

/* Adds "3 can be recovered exactly", with what joins it to what was said before. */
static void add_verdict(struct ddg_prose *prose, uint64_t count, const char *what, bool *first)
{
    if (count == 0)
        return;
    ddg_prose_say(prose, *first ? " " : ", ");
    ddg_prose_number(prose, count);
    ddg_prose_say(prose, what);
    *first = false;
}

static void say_findings(const struct ddg_report *report, const struct ddg_tally *tally,
                         struct ddg_prose *prose)
{
    uint64_t broken = ddg_findings_rules(report->audit);
    bool first = true;

    if (given_away(tally) > 0) {
        ddg_prose_say(prose, "This publication gives hidden cells away: of ");
        ddg_prose_count(prose, tally->hidden, "hidden cell,", "hidden cells,");
        add_verdict(prose, tally->verdict[DDG_VERDICT_RECOVERED], " can be recovered exactly",
                    &first);
        add_verdict(prose, tally->verdict[DDG_VERDICT_NARROWED],
                    " can be narrowed to fewer values than have to remain", &first);
        add_verdict(prose, tally->verdict[DDG_VERDICT_DETERMINED],
                    " would be known under a condition that is often met", &first);
        add_verdict(prose, tally->verdict[DDG_VERDICT_UNDECIDED], " remained undecided", &first);
        if (broken > 0) {
            ddg_prose_say(prose, "; rule checks have ");
            ddg_prose_count(prose, broken, "finding", "findings");
        }
    } else {
        ddg_prose_say(prose, "This publication breaks rules of the guideline (");
        ddg_prose_count(prose, broken, "finding), ", "findings), ");
        if (tally->verdict[DDG_VERDICT_UNDECIDED] > 0) {
            ddg_prose_say(prose, "and of its hidden cells ");
            ddg_prose_number(prose, tally->verdict[DDG_VERDICT_UNDECIDED]);
            ddg_prose_say(prose, " remained undecided");
        } else {
            ddg_prose_say(prose, "although no hidden cell was worked out");
        }
    }
    ddg_prose_say(prose, ".");
}

static void say_open(const struct ddg_report *report, const struct ddg_tally *tally,
                     struct ddg_prose *prose)
{
    uint64_t undecided = tally->verdict[DDG_VERDICT_UNDECIDED];
    bool conflicts = report->audit->conflicts > 0;

    ddg_prose_say(prose, "This audit came to no conclusion: ");
    if (undecided > 0) {
        ddg_prose_number(prose, undecided);
        ddg_prose_say(prose, " of ");
        ddg_prose_count(prose, tally->hidden, "hidden cell", "hidden cells");
        ddg_prose_say(prose, " remained undecided in the time allowed");
    }
    if (conflicts)
        ddg_prose_say(prose, undecided > 0 ? ", and parts of the publication contradict each other"
                                           : "parts of the publication contradict each other");
    if (report->audit->doubts.open)
        ddg_prose_print(prose,
                        "%sthe description of the tables seems to leave out a total, subtotals "
                        "or bands that overlap",
                        undecided > 0 || conflicts ? ", and " : "");
    ddg_prose_say(prose, ".");
}

void ddg_summary_sentence(const struct ddg_report *report, struct ddg_prose *prose)
{
    struct ddg_tally tally = ddg_summary_tally(report, DDG_ALL, DDG_ALL);

    switch (ddg_summary_outcome(report)) {
    case DDG_OUTCOME_FINDINGS:
        say_findings(report, &tally, prose);
        break;
    case DDG_OUTCOME_OPEN:
        say_open(report, &tally, prose);
        break;
    case DDG_OUTCOME_CLEAR:
        ddg_prose_say(prose, "No hidden cell is given away to the attacker described here: for ");
        ddg_prose_say(prose, tally.hidden == 1 ? "the only one, " : "each of ");
        if (tally.hidden > 1) {
            ddg_prose_number(prose, tally.hidden);
            ddg_prose_say(prose, ", ");
        }
        ddg_prose_say(prose, "at least as many values fit the publication as have to remain.");
        break;
    default:
        ddg_prose_say(prose, "No cell of this publication is hidden, so that there was nothing to "
                             "attack.");
    }
}

/* Words -------------------------------------------------------------------------------------- */

const char *ddg_summary_meaning(enum ddg_verdict verdict)
{
    static const char *const words[DDG_VERDICTS] = {
        [DDG_VERDICT_NONE] = "no verdict was asked for",
        [DDG_VERDICT_SAFE] = "at least as many values fit as have to remain",
        [DDG_VERDICT_UNDECIDED] = "not found out in the time allowed",
        [DDG_VERDICT_DETERMINED] =
            "one value would fit if nobody were counted twice, or other totals were known",
        [DDG_VERDICT_NARROWED] = "fewer values fit than have to remain",
        [DDG_VERDICT_RECOVERED] = "a single value fits",
    };

    return words[verdict];
}

const char *ddg_summary_method(enum ddg_method method)
{
    switch (method) {
    case DDG_METHOD_ROWS:
        return "single lines";
    case DDG_METHOD_SYSTEM:
        return "all equations together";
    case DDG_METHOD_PROGRAM:
        return "linear program";
    case DDG_METHOD_SEARCH:
        return "search among whole numbers";
    default:
        return "none";
    }
}

const char *ddg_summary_knowledge(enum ddg_reader reader)
{
    static const char *const words[] = {
        [DDG_READER_SUMS] = "lines add up at every level; counts are whole and not negative",
        [DDG_READER_ZEROS] =
            "as sums, and that zeros are always shown: a hidden count is 1 or more",
        [DDG_READER_THRESHOLD] = "as zeros, and that code 1 means a count below the threshold",
        [DDG_READER_CODES] = "as threshold, and that code 2 means a count of the threshold or more",
    };

    return words[reader];
}

void ddg_summary_min_values(const struct ddg_report *report, enum ddg_reader reader,
                            struct ddg_prose *prose)
{
    const struct ddg_report_record *record = report->record;

    if (record->min_primary > 0) {
        ddg_prose_number(prose, record->min_primary);
        if (record->min_complementary == record->min_primary)
            return;
        ddg_prose_say(prose, " for small numbers, ");
        ddg_prose_number(prose, record->min_complementary);
        ddg_prose_say(prose, " for others");
    } else if (reader == DDG_READER_CODES) {
        ddg_prose_say(prose, "3 for small numbers, 2 for others");
    } else {
        ddg_prose_say(prose, reader == DDG_READER_THRESHOLD ? "3" : "2");
    }
}

/* Places ------------------------------------------------------------------------------------- */

static void say_row(const struct ddg_report *report, size_t release, size_t row,
                    struct ddg_prose *prose)
{
    const struct ddg_table *table = report->audit->release[release].table;
    char number[DDG_UNSIGNED_ROOM];

    if (report->audit->releases > 1 || table->parts > 1) {
        ddg_prose_say(prose, ddg_table_file(table, row));
        ddg_prose_say(prose, ":");
    }
    ddg_prose_add(prose, ddg_format_unsigned(table->line[row], number));
}

void ddg_summary_place(const struct ddg_report *report, size_t release, uint32_t cell,
                       struct ddg_prose *prose)
{
    const struct ddg_release *from = &report->audit->release[release];

    if (cell < from->model.printed) {
        say_row(report, release, cell, prose);
        return;
    }
    if (report->audit->releases > 1) {
        ddg_prose_say(prose, from->table->file);
        ddg_prose_say(prose, ": ");
    }
    ddg_prose_say(prose, "no row");
}

void ddg_summary_cell(const struct ddg_model *model, uint32_t cell, struct ddg_prose *prose)
{
    for (size_t i = 0; i < model->table->dims; i++) {
        ddg_prose_say(prose, i > 0 ? ", " : "");
        ddg_prose_add(prose, model->table->name[model->table->dim[i]]);
        ddg_prose_say(prose, "=");
        ddg_prose_add(prose, ddg_model_label(model, cell, i));
    }
}

void ddg_summary_notice_place(const struct ddg_report *report, size_t release,
                              const struct ddg_notice *notice, struct ddg_prose *prose)
{
    if (notice->row == DDG_WHOLE_TABLE) {
        if (report->audit->releases > 1)
            ddg_prose_say(prose, report->audit->release[release].table->file);
        return;
    }
    say_row(report, release, notice->row, prose);
    if (notice->rows > 1) {
        ddg_prose_say(prose, " and ");
        ddg_prose_number(prose, notice->rows - 1);
        ddg_prose_say(prose, " more");
    }
}

struct ddg_text ddg_summary_notice_column(const struct ddg_report *report, size_t release,
                                          const struct ddg_notice *notice)
{
    const struct ddg_table *table = report->audit->release[release].table;

    if (notice->column != DDG_NO_COLUMN)
        return table->name[notice->column];
    if (notice->measure != DDG_NO_MEASURE)
        return table->name[table->measure[notice->measure].count];
    return (struct ddg_text){0};
}

/* Values ------------------------------------------------------------------------------------- */

static void say_signed(struct ddg_prose *prose, int64_t value)
{
    if (value < 0)
        ddg_prose_say(prose, "-");
    ddg_prose_number(prose, value < 0 ? -(uint64_t)value : (uint64_t)value);
}

static void say_range(struct ddg_prose *prose, int64_t low, int64_t high)
{
    say_signed(prose, low);
    if (high == DDG_UNBOUNDED) {
        ddg_prose_say(prose, " or more");
    } else if (high != low) {
        ddg_prose_say(prose, " to ");
        say_signed(prose, high);
    }
}

void ddg_summary_values(const struct ddg_answer *answer, struct ddg_prose *prose)
{
    bool seen = answer->seen_low <= answer->seen_high;

    say_range(prose, answer->low, answer->high);
    if (seen && (answer->seen_low != answer->low || answer->seen_high != answer->high)) {
        ddg_prose_say(prose, " (");
        say_range(prose, answer->seen_low, answer->seen_high);
        ddg_prose_say(prose, " seen)");
    }
}

/* What is not covered ------------------------------------------------------------------------ */

static const char *const caveats[] = {
    "What people know beside the table. Somebody who is counted in a cell, or knows who is, can "
    "take "
    "that person away from a total, and a group in which everybody has the same trait gives the "
    "trait away whatever its size.",
    "Releases that were not handed over: the same cells published elsewhere, earlier or later "
    "versions of this table, other tables of the same records. They can be audited together with "
    "this one.",
    "Structure that was not described: hierarchies, other spellings of a category or of the total, "
    "equations between columns, categories that overlap.",
    "Rates, percentages and amounts that were not declared. What stands beside a hidden count is "
    "reported by the rule checks only.",
    "Which complementary cells were chosen. Somebody who knows that as little as possible was "
    "hidden "
    "can draw conclusions from the choice.",
    "A range that is wide enough is safe here, even if it is known to be narrow in proportion.",
    "Whether true counts were below the threshold, whether denominators were large enough, and "
    "what "
    "the score is: the audit sees only what is published.",
};

const char *ddg_summary_caveat(const struct ddg_report *report, size_t number)
{
    enum { CAVEATS = sizeof caveats / sizeof *caveats };
    static const char undecided[] =
        "Cells that are undecided. They are not safe; more time (--time) may decide them.";
    static const char unprinted[] = "Totals that the tables do not print, where they were taken as "
                                    "unknown. If they are published "
                                    "elsewhere, more may follow.";
    static const char margins[] =
        "What margins of a larger table that nobody prints give away together, beside the totals "
        "that they share: the table is too large, categories overlap or differ, or the margins "
        "contradict each other.";
    const struct ddg_crossing_missed *missed = &report->audit->missed;
    bool has_undecided =
        ddg_summary_tally(report, DDG_ALL, DDG_ALL).verdict[DDG_VERDICT_UNDECIDED] > 0;

    if (number < CAVEATS)
        return caveats[number];
    number -= CAVEATS;
    if (report->audit->unprinted > 0 && number-- == 0)
        return unprinted;
    if ((missed->large || missed->overlapping || missed->different || missed->contradicted) &&
        number-- == 0)
        return margins;
    return has_undecided && number == 0 ? undecided : NULL;
}
