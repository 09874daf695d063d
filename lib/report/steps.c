#include "report/steps.h"

static void describe_characteristics(const struct ddg_report *report, struct ddg_step *step)
{
    static const char *const blank[] = {"Personal characteristics in the table", "Judged by", NULL};
    const struct ddg_audit *audit = report->audit;

    step->title = "Step 1: personal characteristics";
    step->blank = blank;
    for (size_t r = 0; r < audit->releases; r++) {
        const struct ddg_table *table = audit->release[r].table;

        ddg_prose_say(&step->outcome, r > 0 ? " " : "");
        ddg_prose_say(&step->outcome, table->file);
        ddg_prose_say(&step->outcome,
                      table->dims > 0 ? " tells people apart by " : " has one cell");
        for (size_t i = 0; i < table->dims; i++) {
            ddg_prose_say(&step->outcome, i > 0 ? ", " : "");
            ddg_prose_add(&step->outcome, table->name[table->dim[i]]);
        }
        ddg_prose_say(&step->outcome, ".");
    }
    ddg_prose_say(&step->reason,
                  "Whether these are characteristics of persons, directly or not, is "
                  "for people to say. The audit takes it that they are.");
}

static void describe_condition(const struct ddg_report *report, struct ddg_step *step)
{
    static const char *const blank[] = {"Numerators and denominators checked with",
                                        "Source of the populations", NULL};
    struct ddg_tally tally = ddg_summary_tally(report, DDG_ALL, DDG_ALL);

    step->title = "Step 2: numerators and denominators";
    step->blank = blank;
    ddg_prose_say(&step->outcome, "Not judged by the audit; a count of 1 to ");
    ddg_prose_number(&step->outcome, report->record->threshold - 1);
    ddg_prose_say(&step->outcome, " is taken as small. ");
    ddg_prose_count(&step->outcome, tally.hidden, "cell is", "cells are");
    ddg_prose_say(&step->outcome, " hidden, ");
    ddg_prose_number(&step->outcome, tally.small);
    ddg_prose_say(&step->outcome, " with code 1 and ");
    ddg_prose_number(&step->outcome, tally.complementary);
    ddg_prose_say(&step->outcome, " with code 2.");
    ddg_prose_say(&step->reason,
                  "Only the published table was read: the true numerators and the denominators are "
                  "not in it. Small counts that were left visible are among the rule checks.");
}

static void describe_score(const struct ddg_report *report, struct ddg_step *step)
{
    static const char *const blank[] = {"Score, and the method it was taken with",
                                        "High-risk population (R-HR-1)", NULL};

    (void)report;
    step->title = "Step 3: assessment of the risk";
    step->blank = blank;
    ddg_prose_say(&step->outcome, "Not taken by the audit.");
    ddg_prose_say(
        &step->reason,
        "The Publication Scoring Criteria depend on what each variable means. With a score "
        "of 13 or more, or without one, small counts have to be masked.");
}

static void describe_masking(const struct ddg_report *report, struct ddg_step *step)
{
    static const char *const blank[] = {"Variables left out or made coarser",
                                        "Method and program of the masking", NULL};
    struct ddg_tally tally = ddg_summary_tally(report, DDG_ALL, DDG_ALL);

    step->title = "Step 4: masking";
    step->blank = blank;
    ddg_prose_number(&step->outcome, tally.hidden - report->audit->absent);
    ddg_prose_say(&step->outcome, " of ");
    ddg_prose_count(&step->outcome, tally.printed, "published cell is", "published cells are");
    ddg_prose_say(&step->outcome, " hidden");
    if (report->audit->absent > 0) {
        ddg_prose_say(&step->outcome, ", and ");
        ddg_prose_count(&step->outcome, report->audit->absent, "cell has", "cells have");
        ddg_prose_say(&step->outcome, " no row but cannot be taken for zero");
    }
    ddg_prose_say(&step->outcome, ". ");
    ddg_summary_sentence(report, &step->outcome);
    ddg_prose_say(&step->reason,
                  "The masked tables were attacked as this report describes. A cell is called safe "
                  "on the strength of whole-number tables that all fit the publication and differ "
                  "in it; it is called recovered or narrowed on the strength of a proof in exact "
                  "arithmetic.");
}

static void describe_determination(const struct ddg_report *report, struct ddg_step *step)
{
    static const char *const blank[] = {"The risk is very small (yes or no), because",
                                        "Reviewer, with qualification",
                                        "Signature of the reviewer",
                                        "Date of the review",
                                        "Legal review by",
                                        "Date of the legal review",
                                        NULL};

    step->title = "Step 5: expert determination and legal review";
    step->blank = blank;
    switch (ddg_summary_outcome(report)) {
    case DDG_OUTCOME_FINDINGS:
        ddg_prose_say(&step->outcome, "Open. The findings of this report speak against a release "
                                      "until they are remedied or explained.");
        break;
    case DDG_OUTCOME_OPEN:
        ddg_prose_say(&step->outcome,
                      "Open. The audit is no ground for a release until it comes to "
                      "a conclusion.");
        break;
    default:
        ddg_prose_say(&step->outcome,
                      "Open. Nothing that the audit found speaks against a release.");
    }
    ddg_prose_say(&step->reason,
                  "The determination is the expert's. This report has the methods, the parameters, "
                  "the results of the attack, and what the attack does not cover.");
}

static void describe_release(const struct ddg_report *report, struct ddg_step *step)
{
    static const char *const blank[] = {"Released by", "Where, and in which form", "Signature",
                                        "Date of release", NULL};

    (void)report;
    step->title = "Step 6: release";
    step->blank = blank;
    ddg_prose_say(&step->outcome, "Open.");
    ddg_prose_say(&step->reason,
                  "The department decides. What is released has to be the files whose "
                  "digests stand in this report.");
}

void ddg_step_describe(const struct ddg_report *report, size_t number, struct ddg_step *step,
                       struct ddg_context *context)
{
    static void (*const describe[DDG_STEPS])(const struct ddg_report *, struct ddg_step *) = {
        describe_characteristics, describe_condition,     describe_score,
        describe_masking,         describe_determination, describe_release,
    };

    *step = (struct ddg_step){.outcome.context = context, .reason.context = context};
    describe[number](report, step);
}

void ddg_step_free(struct ddg_step *step)
{
    ddg_prose_free(&step->outcome);
    ddg_prose_free(&step->reason);
}
