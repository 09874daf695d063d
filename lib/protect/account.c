#include "protect/account.h"

#include "protect/known.h"

/* Fewer complements than this are not added up: one would be given away, and two to who has one. */
enum { SUM_FROM = 3 };

static const char *const knowing[] = {
    [DDG_KNOWS_SUMS] = "",
    [DDG_KNOWS_ZEROS] = ", even knowing that zeros are always shown",
    [DDG_KNOWS_THRESHOLD] = ", even knowing that code 1 means a small count",
    [DDG_KNOWS_CODES] = ", even knowing what codes 1 and 2 mean",
};

/* What the complements add up to, and how much that is of all cells together. */
static void add_sum(struct ddg_prose *prose, const struct ddg_mask *mask)
{
    unsigned __int128 lost = 0, all = 0;
    uint64_t tenths;

    for (uint32_t cell = 0; cell < mask->owned; cell++) {
        all += mask->truth->low[cell];
        if (mask->kind[cell] == DDG_COMPLEMENT)
            lost += mask->truth->low[cell];
    }
    tenths = (uint64_t)((lost * 1000 + all / 2) / all);
    if (lost <= UINT64_MAX)
        ddg_prose_print(prose, " (together %llu, %llu.%llu %% of the sum of all cells)",
                        (unsigned long long)lost, (unsigned long long)(tenths / 10),
                        (unsigned long long)(tenths % 10));
}

static void begin(struct ddg_prose *prose, const char *what, struct ddg_text measure)
{
    ddg_prose_say(prose, "ddg-suppress: ");
    ddg_prose_say(prose, what);
    if (measure.length > 0) {
        ddg_prose_say(prose, "'");
        ddg_prose_add(prose, measure);
        ddg_prose_say(prose, "': ");
    }
}

void ddg_account_mask(struct ddg_prose *prose, const struct ddg_mask *mask, struct ddg_text measure,
                      double seconds)
{
    begin(prose, "", measure);
    ddg_prose_print(prose, "%u of %u cells suppressed: %u small, %u complementary",
                    mask->primary + mask->complementary, mask->owned, mask->primary,
                    mask->complementary);
    if (mask->complementary >= SUM_FROM)
        add_sum(prose, mask);
    ddg_prose_print(prose,
                    "; codes %s; no%s suppressed count can be worked out %sby adding and "
                    "subtracting, if the table is as described%s",
                    mask->policy.apart ? "separate" : "merged", mask->given > 0 ? " other" : "",
                    measure.length > 0 ? "from its column " : "", knowing[mask->policy.knows]);
    if (seconds >= 0)
        ddg_prose_print(prose, "; %.1f s", seconds);
    ddg_prose_say(prose, "\n");
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

static void note_always(struct ddg_prose *prose, const struct ddg_mask *mask,
                        struct ddg_text measure)
{
    uint32_t zeros = shown_but_always(mask, true), elsewhere = shown_but_always(mask, false);

    if (zeros > 0) {
        begin(prose, "note: ", measure);
        ddg_prose_count(prose, zeros, "cell", "cells");
        ddg_prose_say(prose, " of --always shown none the less, for being 0 (R-SUP-3)\n");
    }
    if (elsewhere > 0) {
        begin(prose, "note: ", measure);
        ddg_prose_count(prose, elsewhere, "cell", "cells");
        ddg_prose_print(prose,
                        " of --always not suppressed: %s not printed here, and taken as public\n",
                        elsewhere == 1 ? "a total that is" : "totals that are");
    }
}

/* Counts that are shown here and, as others, in a file: if the table grows, what was added is a
 * count, too, and everybody can work it out. */
static void note_growth(struct ddg_prose *prose, const struct ddg_mask *mask,
                        struct ddg_text measure)
{
    const struct ddg_known *known = mask->policy.known;
    uint32_t small = 0;

    for (uint32_t cell = 0; cell < mask->ours; cell++)
        small += cell < known->model.own && known->near[cell] && mask->kind[cell] == DDG_PUBLIC;
    if (small == 0)
        return;
    begin(prose, "note: ", measure);
    ddg_prose_count(prose, small, "count is", "counts are");
    ddg_prose_print(prose,
                    " shown here and in --published with a difference of 1 to %llu: if the "
                    "table grows from release to release, %s published; ddg-suppress(1) says "
                    "under GROWING TABLES how to mask it\n",
                    (unsigned long long)mask->threshold - 1,
                    small == 1 ? "that is a small count, and is"
                               : "these are small counts, and are");
}

/* What is published already. */
static void add_published(struct ddg_prose *prose, const struct ddg_mask *mask,
                          struct ddg_text measure)
{
    const struct ddg_known *known = mask->policy.known;

    if (2 * (uint64_t)known->met < mask->owned) {
        begin(prose, "note: ", measure);
        ddg_prose_print(prose,
                        "%u of %u cells of this table stand%s in what --published names: columns "
                        "and categories must be spelt alike\n",
                        known->met, mask->owned, known->met == 1 ? "s" : "");
    }
    if (known->symbols > 0) {
        begin(prose, "note: ", measure);
        ddg_prose_count(prose, known->symbols, "count", "counts");
        ddg_prose_say(prose, " of --published taken for hidden: S with code 1 or C with code 2, as "
                             "--display writes them\n");
    }
    if (known->texts > 0) {
        begin(prose, "note: ", measure);
        ddg_prose_count(prose, known->texts, "count", "counts");
        ddg_prose_say(prose, " of --published taken for hidden: texts of --hidden or --range\n");
    }
    if (known->apart > 0) {
        begin(prose, "note: ", measure);
        ddg_prose_count(prose, known->apart, "count", "counts");
        ddg_prose_print(prose,
                        " of --published differ%s from this table, or stand%s in a line with "
                        "one that does: taken as other numbers, which are not protected\n",
                        known->apart == 1 ? "s" : "", known->apart == 1 ? "s" : "");
    }
    note_growth(prose, mask, measure);
    if (mask->given > 0) {
        begin(prose, "note: ", measure);
        ddg_prose_count(prose, mask->given, "small count", "small counts");
        ddg_prose_say(prose, " of this table can be known from --published already: suppressed "
                             "none the less (R-SUP-1)\n");
    }
}

void ddg_account_notes(struct ddg_prose *prose, const struct ddg_mask *mask,
                       struct ddg_text measure, uint32_t unbound)
{
    uint32_t never = small_but_never(mask);

    if (never > 0) {
        begin(prose, "note: ", measure);
        ddg_prose_count(prose, never, "cell", "cells");
        ddg_prose_say(prose, " of --never suppressed none the less, for being small (R-SUP-1)\n");
    }
    note_always(prose, mask, measure);
    if (mask->policy.apart && mask->policy.knows < DDG_KNOWS_CODES) {
        begin(prose, "note: ", measure);
        ddg_prose_say(prose, "separate codes tell a reader more than --knows protects from\n");
    }
    if (unbound > 0) {
        begin(prose, "note: ", measure);
        ddg_prose_print(prose,
                        "R-SUP-6 asks for one more cell where none is left, in %u line%s whose "
                        "total is not printed here%s: do not publish %s\n",
                        unbound, unbound == 1 ? "" : "s",
                        mask->policy.known ? ", or is published" : "",
                        unbound == 1 ? "that total" : "those totals");
    }
    if (mask->policy.known)
        add_published(prose, mask, measure);
}

void ddg_account_totals(struct ddg_prose *prose, const struct ddg_misnamed *misnamed,
                        const struct ddg_model *model, const struct ddg_description *description,
                        const struct ddg_truth *truth)
{
    uint32_t totals = 0, first = 0, partless = ddg_truth_partless(truth, model, &first);

    for (uint32_t cell = 0; cell < model->printed; cell++)
        totals += ddg_model_height(model, cell) > 0;
    if (misnamed->dim != DDG_NO_COLUMN) {
        ddg_prose_say(prose, "ddg-suppress: note: ");
        ddg_misnamed_say(prose, misnamed, model, description);
        ddg_prose_say(prose, "\n");
    } else if (totals == 0 && model->lines > 0)
        ddg_prose_say(prose, "ddg-suppress: note: no row is a total; if some are, --total says how "
                             "they are labelled\n");
    if (partless > 0)
        ddg_prose_print(prose,
                        "ddg-suppress: note: %u row%s: a total without parts in this table (first: "
                        "line %llu)\n",
                        partless, partless == 1 ? "" : "s",
                        (unsigned long long)model->table->line[first]);
}
