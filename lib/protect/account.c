#include "protect/account.h"

#include "table/subtotals.h"

#include <math.h>
#include <stdlib.h>

static const char *const knowing[] = {
    [DDG_KNOWS_SUMS] = "",
    [DDG_KNOWS_ZEROS] = ", even knowing that zeros are always shown",
    [DDG_KNOWS_THRESHOLD] = ", even knowing that code 1 means a small count",
    [DDG_KNOWS_CODES] = ", even knowing what codes 1 and 2 mean",
};

/* Adding up ------------------------------------------------------------------------------------ */

enum ddg_error ddg_account_init(struct ddg_account *a, const struct ddg_table *t,
                                const struct ddg_masking *masking, struct ddg_context *context)
{
    enum ddg_error error;

    *a = (struct ddg_account){.misnamed = {.context = context}};
    ddg_breakdowns_init(&a->breakdowns, context);
    if ((error = ddg_allocate(&a->measure, t->measures, sizeof *a->measure, context)))
        return error;
    a->measures = t->measures;
    a->asked = masking->effort_given && masking->effort > 0;
    a->published = masking->published.count > 0;
    for (size_t i = 0; i < t->measures; i++) {
        if (t->measures > 1)
            a->measure[i].name = t->name[t->measure[i].count];
        a->measure[i].subtotals.context = context;
    }
    error = ddg_linked_init(&a->linked, t, masking->equation, masking->equations, context);
    return error ? error
                 : ddg_never_more_init(&a->never_more, t, masking->equation, masking->equations,
                                       context);
}

void ddg_account_free(struct ddg_account *account)
{
    ddg_linked_free(&account->linked);
    ddg_never_more_free(&account->never_more);
    ddg_breakdowns_free(&account->breakdowns);
    ddg_prose_free(&account->misnamed);
    for (size_t i = 0; i < account->measures; i++)
        ddg_prose_free(&account->measure[i].subtotals);
    free(account->measure);
    *account = (struct ddg_account){0};
}

static uint32_t small_but_never(const struct ddg_mask *mask)
{
    uint32_t count = 0;

    for (uint32_t cell = 0; mask->policy.never && cell < mask->owned; cell++)
        count += mask->policy.never[cell] && mask->kind[cell] == DDG_PRIMARY;
    return count;
}

/* Cells of --always that are shown, printed or not; those without data are blank as they are. */
static uint32_t shown_but_always(const struct ddg_mask *mask, bool printed)
{
    uint32_t count = 0;

    for (uint32_t cell = 0; mask->policy.always && cell < mask->model->cells; cell++)
        count += mask->policy.always[cell] && mask->kind[cell] == DDG_PUBLIC &&
                 (cell < mask->owned) == printed && (mask->truth->high[cell] == 0) == printed;
    return count;
}

/* Counts that are shown here and, as others that are near, in a file. */
static uint32_t shown_but_near(const struct ddg_mask *mask)
{
    uint32_t count = 0;

    for (uint32_t cell = 0; mask->beside && cell < mask->ours; cell++)
        count += mask->beside->near[cell] && mask->kind[cell] == DDG_PUBLIC;
    return count;
}

static void add_loss(struct ddg_loss *loss, uint64_t cost, uint64_t least, bool loose)
{
    loss->cost += cost;
    loss->least += least;
    loss->unbounded = loss->unbounded || (least == 0 && cost > 0);
    loss->loose = loss->loose || loose;
}

static void add_measure(struct ddg_measure_account *a, const struct ddg_mask *mask,
                        const struct ddg_outcome *outcome)
{
    const struct ddg_told *beside = mask->beside;

    a->apart = mask->policy.apart;
    a->knows = mask->policy.knows;
    a->published = beside != NULL;
    a->joined = mask->told != mask->model;
    a->cells += mask->owned;
    a->primary += mask->primary;
    a->complementary += mask->complementary;
    for (uint32_t cell = 0; cell < mask->owned; cell++) {
        a->all += mask->truth->low[cell];
        if (mask->kind[cell] == DDG_COMPLEMENT)
            a->lost += mask->truth->low[cell];
    }
    if (!a->joined)
        add_loss(&a->loss, mask->lost, outcome->least, mask->any_loose);
    a->unbound += outcome->unbound;
    a->derived += mask->truth->derived;
    a->never += small_but_never(mask);
    a->zeros += shown_but_always(mask, true);
    a->elsewhere += shown_but_always(mask, false);
    a->texts += beside ? beside->texts : 0;
    a->symbols += beside ? beside->symbols : 0;
    a->differ += beside ? beside->apart : 0;
    a->given += mask->given;
    a->near += shown_but_near(mask);
    a->threshold = mask->threshold;
}

/* Keeps what is said of all blocks: what would be a total in some and not in others is none. */
static void keep_common(struct ddg_prose *common, const struct ddg_prose *of_block, bool first)
{
    if (first)
        ddg_prose_add(common, ddg_prose_text(of_block));
    else if (!ddg_text_equal(ddg_prose_text(common), ddg_prose_text(of_block)))
        common->used = 0;
}

static struct ddg_figures figures_of(const struct ddg_masks *masks, size_t measure)
{
    return (struct ddg_figures){measure, masks->truth[measure].low, masks->truth[measure].high};
}

/* Adds a note for each dimension that has subtotals, in lines of which no total is printed; of
 * several measures it names which. */
static void note_subtotals(struct ddg_prose *prose, const struct ddg_model *m,
                           const struct ddg_figures *figures,
                           const struct ddg_description *description)
{
    const struct ddg_table *t = m->table;

    for (size_t d = 0; d < m->dimensions; d++) {
        struct ddg_subtotals found;

        if (ddg_subtotals_find(&found, m, figures, d, false, description, prose->context) ||
            !found.any)
            continue;
        ddg_prose_say(prose, "ddg-suppress: note: ");
        if (t->measures > 1) {
            ddg_prose_say(prose, "'");
            ddg_prose_add(prose, t->name[t->measure[figures->measure].count]);
            ddg_prose_say(prose, "': ");
        }
        ddg_subtotals_say(prose, &found);
        ddg_prose_say(prose, ", or parts are not safe\n");
    }
}

static void add_likely(struct ddg_account *a, const struct ddg_model *model,
                       const struct ddg_masks *masks, const struct ddg_description *description)
{
    struct ddg_prose total = {.context = a->misnamed.context};

    ddg_misnamed_say(&total, &masks->misnamed, model, description);
    keep_common(&a->misnamed, &total, a->blocks == 0);
    ddg_prose_free(&total);
    for (size_t i = 0; i < a->measures; i++) {
        struct ddg_prose *common = &a->measure[i].subtotals;
        struct ddg_prose subtotals = {.context = a->misnamed.context};
        struct ddg_figures figures = figures_of(masks, i);

        if (a->blocks == 0 || common->used > 0)
            note_subtotals(&subtotals, model, &figures, description);
        keep_common(common, &subtotals, a->blocks == 0);
        ddg_prose_free(&subtotals);
    }
}

void ddg_account_add(struct ddg_account *a, const struct ddg_model *model,
                     const struct ddg_masks *masks, const struct ddg_description *description)
{
    uint32_t first = 0, partless = ddg_truth_partless(&masks->truth[0], model, &first);

    for (size_t i = 0; i < a->measures; i++) {
        add_measure(&a->measure[i], &masks->mask[i], &masks->outcome[i]);
        a->measure[i].seconds += masks->seconds[i];
    }
    add_loss(&a->joined, masks->bound.cost, masks->bound.least, masks->bound.loose);
    if (partless > 0 && a->partless == 0)
        a->first = model->table->line[first];
    a->partless += partless;
    add_likely(a, model, masks, description);
    ddg_linked_add(&a->linked, model, masks->truth);
    ddg_never_more_add(&a->never_more, model, masks->truth, description->threshold);
    ddg_breakdowns_add(&a->breakdowns, model, &masks->truth[0], description);
    a->blocks++;
    a->lines += model->lines;
    for (uint32_t cell = 0; cell < model->printed; cell++)
        a->totals += ddg_model_height(model, cell) > 0;
}

/* Saying --------------------------------------------------------------------------------------- */

/* What the complements add up to, and how much that is of all cells together. */
static void say_sum(struct ddg_prose *prose, const struct ddg_measure_account *a)
{
    uint64_t tenths = (uint64_t)((a->lost * 1000 + a->all / 2) / a->all);

    if (a->lost <= UINT64_MAX)
        ddg_prose_print(prose, " (together %llu, %llu.%llu %% of the sum of all cells)",
                        (unsigned long long)a->lost, (unsigned long long)(tenths / 10),
                        (unsigned long long)(tenths % 10));
}

static void begin(struct ddg_prose *prose, const char *what, const struct ddg_measure_account *a)
{
    ddg_prose_say(prose, "ddg-suppress: ");
    ddg_prose_say(prose, what);
    if (a->name.length > 0) {
        ddg_prose_say(prose, "'");
        ddg_prose_add(prose, a->name);
        ddg_prose_say(prose, "': ");
    }
}

static void say_mask(struct ddg_prose *prose, const struct ddg_measure_account *a, bool in_person)
{
    begin(prose, "", a);
    ddg_prose_print(prose, "%llu of %llu cells suppressed: %llu small, %llu complementary",
                    (unsigned long long)(a->primary + a->complementary),
                    (unsigned long long)a->cells, (unsigned long long)a->primary,
                    (unsigned long long)a->complementary);
    if (in_person && a->complementary > 0)
        say_sum(prose, a);
    ddg_prose_print(prose,
                    "; codes %s; no%s suppressed count can be worked out %sby adding and "
                    "subtracting, if the table is as described%s",
                    a->apart ? "separate" : "merged", a->given > 0 ? " other" : "",
                    a->joined            ? "from the columns of --equation "
                    : a->name.length > 0 ? "from its column "
                                         : "",
                    knowing[a->knows]);
    if (in_person)
        ddg_prose_print(prose, "; %.1f s", a->seconds);
    ddg_prose_say(prose, "\n");
}

/* A note that begins with how many there are of something, where there are any. */
static void note_count(struct ddg_prose *prose, const struct ddg_measure_account *a, uint64_t n,
                       const char *one, const char *many, const char *text)
{
    if (n == 0)
        return;
    begin(prose, "note: ", a);
    ddg_prose_count(prose, n, one, many);
    ddg_prose_say(prose, text);
    ddg_prose_say(prose, "\n");
}

static void note_always(struct ddg_prose *prose, const struct ddg_measure_account *a)
{
    note_count(prose, a, a->zeros, "cell", "cells",
               " of --always shown none the less, for being 0 (R-SUP-3)");
    note_count(prose, a, a->elsewhere, "cell of --always not suppressed: a total that is",
               "cells of --always not suppressed: totals that are",
               " not printed here, and taken as public");
}

/* If the table grows, what was added is a count, too, and everybody can work it out. */
static void note_growth(struct ddg_prose *prose, const struct ddg_measure_account *a)
{
    if (a->near == 0)
        return;
    begin(prose, "note: ", a);
    ddg_prose_count(prose, a->near, "count is", "counts are");
    ddg_prose_print(prose,
                    " shown here and in --published with a difference of 1 to %llu: if the "
                    "table grows from release to release, %s published; ddg-suppress(1) says "
                    "under GROWING TABLES how to mask it\n",
                    (unsigned long long)a->threshold - 1,
                    a->near == 1 ? "that is a small count, and is"
                                 : "these are small counts, and are");
}

/* What is published already. */
static void note_published(struct ddg_prose *prose, const struct ddg_measure_account *a)
{
    note_count(prose, a, a->symbols, "count", "counts",
               " of --published taken for hidden: S with code 1 or C with code 2, as --display "
               "writes them");
    note_count(prose, a, a->texts, "count", "counts",
               " of --published taken for hidden: texts of --hidden or --range");
    note_count(prose, a, a->differ, "count of --published differs from this table, or stands in",
               "counts of --published differ from this table, or stand in",
               " a line with one that does: taken as other numbers, which are not protected");
    note_growth(prose, a);
    note_count(prose, a, a->given, "small count", "small counts",
               " of this table can be known from --published already: suppressed none the less "
               "(R-SUP-1)");
}

/* How far from the least that must be lost, as a share: amounts are not for logs.  Where that is
 * not known, who asked for it is told why. */
static void say_loss(struct ddg_prose *prose, const struct ddg_account *a,
                     const struct ddg_loss *loss, struct ddg_text name)
{
    bool known = !loss->unbounded;

    if (loss->cost == 0 || (!known && !a->asked))
        return;
    ddg_prose_say(prose, known ? "ddg-suppress: " : "ddg-suppress: note: ");
    if (loss == &a->joined)
        ddg_prose_say(prose, "the columns of --equation together: ");
    else if (name.length > 0) {
        ddg_prose_say(prose, "'");
        ddg_prose_add(prose, name);
        ddg_prose_say(prose, "': ");
    }
    if (!known)
        ddg_prose_print(prose, "how much less another choice could lose is not known %s\n",
                        a->published  ? "beside what is --published"
                        : loss->loose ? "where persons or categories overlap"
                                      : "of a table of this size with that --effort");
    else if (loss->least == loss->cost)
        ddg_prose_say(prose, "no other choice of complementary cells loses less\n");
    else
        ddg_prose_print(
            prose, "no choice of complementary cells loses more than %.1f %% less than this one\n",
            ceil((double)(loss->cost - loss->least) * 1000 / (double)loss->cost) / 10);
}

static void note_measure(struct ddg_prose *prose, const struct ddg_measure_account *a)
{
    note_count(prose, a, a->derived, "count", "counts",
               " without data can be worked out from others, and small: suppressed (R-SUP-1)");
    note_count(prose, a, a->never, "cell", "cells",
               " of --never suppressed none the less, for being small (R-SUP-1)");
    note_always(prose, a);
    if (a->apart && a->knows < DDG_KNOWS_CODES) {
        begin(prose, "note: ", a);
        ddg_prose_say(prose, "separate codes tell a reader more than --knows protects from\n");
    }
    if (a->unbound > 0) {
        begin(prose, "note: ", a);
        ddg_prose_print(prose,
                        "R-SUP-6 asks for one more cell where none is left, in %llu line%s whose "
                        "total is not printed here%s: do not publish %s\n",
                        (unsigned long long)a->unbound, a->unbound == 1 ? "" : "s",
                        a->published ? ", or is published" : "",
                        a->unbound == 1 ? "that total" : "those totals");
    }
    if (a->published)
        note_published(prose, a);
}

void ddg_account_say(const struct ddg_account *a, bool in_person, struct ddg_prose *prose)
{
    for (size_t i = 0; i < a->measures; i++) {
        say_mask(prose, &a->measure[i], in_person);
        say_loss(prose, a, &a->measure[i].loss, a->measure[i].name);
        note_measure(prose, &a->measure[i]);
    }
    say_loss(prose, a, &a->joined, (struct ddg_text){NULL, 0});
    ddg_linked_say(&a->linked, prose);
    ddg_never_more_say(&a->never_more, &a->linked, prose);
    ddg_breakdowns_say(&a->breakdowns, prose);
    if (a->misnamed.used > 0) {
        ddg_prose_say(prose, "ddg-suppress: note: ");
        ddg_prose_add(prose, ddg_prose_text(&a->misnamed));
        ddg_prose_say(prose, "\n");
    } else {
        if (a->totals == 0 && a->lines > 0)
            ddg_prose_say(
                prose,
                "ddg-suppress: note: no row of the input is a total; if some are, --total says "
                "how they are labelled\n");
        for (size_t i = 0; i < a->measures; i++)
            ddg_prose_add(prose, ddg_prose_text(&a->measure[i].subtotals));
    }
    if (a->partless > 0)
        ddg_prose_print(prose,
                        "ddg-suppress: note: %llu row%s: a total without parts in this table "
                        "(first: line %llu)\n",
                        (unsigned long long)a->partless, a->partless == 1 ? "" : "s",
                        (unsigned long long)a->first);
}
