#include "score/finding.h"

#include "rules/age_label.h"

#include <stdlib.h>

enum {
    BANDS_MOST = 40, /* whose neighbours are merged: of more there are too many choices */
    RUNS_MOST = 160, /* of neighbours, short ones first */
    LISTED_MOST = 4, /* bands that are named one by one */
};

struct band {
    uint32_t category;
    struct ddg_age_range range;
    size_t group; /* the first of the bands that it is merged with, or itself */
};

/* The bands of a dimension, youngest first. */
struct bands {
    struct band *at;
    size_t count;
};

static int compare_bands(const void *a, const void *b)
{
    const struct band *x = a, *y = b;

    return x->range.low < y->range.low ? -1 : x->range.low > y->range.low;
}

static struct ddg_text label_of_band(const struct finding *f, const struct band *band)
{
    return f->d->category.text[band->category];
}

/* Groups ------------------------------------------------------------------------------------- */

static bool are_merged(const struct bands *b)
{
    for (size_t i = 0; i < b->count; i++)
        if (b->at[i].group != i)
            return true;
    return false;
}

static size_t last_of_group(const struct bands *b, size_t first)
{
    size_t last = first;

    while (last + 1 < b->count && b->at[last + 1].group == first)
        last++;
    return last;
}

static const char *merged_label(const struct finding *f, const struct band *a, const struct band *b)
{
    if (b->range.high == UINT32_MAX)
        return ddg_finding_say(f, "%u+", a->range.low);
    return ddg_finding_say(f, "%u-%u", a->range.low, b->range.high);
}

/* Whether another choice of the dimension makes the same bands. */
static bool is_there(const struct finding *f, const struct ddg_choice *choice,
                     const struct bands *b)
{
    for (size_t i = 0; &f->choices->item[i] < choice; i++) {
        const struct ddg_choice *other = &f->choices->item[i];
        bool same = other->dimension == f->dimension && !other->drop;

        for (size_t j = 0; same && j < b->count; j++)
            same =
                ddg_text_equal(other->label[b->at[j].category], choice->label[b->at[j].category]);
        if (same)
            return true;
    }
    return false;
}

/* Adds the choice that makes a band of each group; `run` is how many bands it merges where it
 * leaves the others as they are, else 0. */
static enum ddg_error add_groups(const struct finding *f, const struct bands *b, size_t run,
                                 const char *text)
{
    struct ddg_choice *choice = ddg_finding_add(f, text);

    if (!choice)
        return DDG_MEMORY;
    choice->run = run;
    for (size_t first = 0, last; first < b->count; first = last + 1) {
        const char *label;

        last = last_of_group(b, first);
        if (last == first)
            continue;
        if (!(label = merged_label(f, &b->at[first], &b->at[last])))
            return DDG_MEMORY;
        for (size_t i = first; i <= last; i++)
            choice->label[b->at[i].category] = ddg_text_of(label);
    }
    f->choices->count -= is_there(f, choice, b);
    return DDG_OK;
}

/* Runs of neighbours --------------------------------------------------------------------------- */

/* "merge 0-4, 5-9 and 10-14" */
static const char *say_run(const struct finding *f, const struct bands *b, size_t first,
                           size_t last)
{
    struct ddg_text to = label_of_band(f, &b->at[last]), from = label_of_band(f, &b->at[first]);
    const char *text = ddg_finding_say(f, "merge %.*s", (int)from.length, from.at);

    if (last - first >= LISTED_MOST)
        return text ? ddg_finding_say(f, "%s through %.*s", text, (int)to.length, to.at) : NULL;
    for (size_t i = first + 1; text && i < last; i++) {
        struct ddg_text label = label_of_band(f, &b->at[i]);

        text = ddg_finding_say(f, "%s, %.*s", text, (int)label.length, label.at);
    }
    return text ? ddg_finding_say(f, "%s and %.*s", text, (int)to.length, to.at) : NULL;
}

static enum ddg_error merge_run(const struct finding *f, const struct bands *b, size_t first,
                                size_t last)
{
    for (size_t i = 0; i < b->count; i++)
        b->at[i].group = i > first && i <= last ? first : i;
    return add_groups(f, b, last - first + 1, say_run(f, b, first, last));
}

/* All of two bands, of three and so on, but never all bands, which is to drop the dimension. */
static enum ddg_error merge_runs(const struct finding *f, const struct bands *b)
{
    size_t runs = 0;
    enum ddg_error error = DDG_OK;

    if (b->count > BANDS_MOST)
        return DDG_OK;
    for (size_t length = 2; !error && (length == 2 || length < b->count); length++) {
        runs += b->count - length + 1;
        if (runs > RUNS_MOST)
            break;
        for (size_t i = 0; !error && i + length <= b->count; i++)
            error = merge_run(f, b, i, i + length - 1);
    }
    return error;
}

/* All bands ------------------------------------------------------------------------------------ */

/* Bands of so many years, from multiples of that on: not where one would have to be cut. */
static enum ddg_error widen(const struct finding *f, const struct bands *b, uint32_t years)
{
    struct ddg_text name = ddg_finding_name(f);

    for (size_t i = 0; i < b->count; i++) {
        const struct ddg_age_range *range = &b->at[i].range;
        bool joins = i > 0 && b->at[i - 1].range.low / years == range->low / years;

        if (range->high != UINT32_MAX && range->high / years != range->low / years)
            return DDG_OK;
        b->at[i].group = joins ? b->at[i - 1].group : i;
    }
    if (!are_merged(b) || b->at[b->count - 1].group == 0)
        return DDG_OK;
    return add_groups(f, b, 0,
                      ddg_finding_say(f, "take %.*s together to bands of %u years",
                                      (int)name.length, name.at, years));
}

static enum ddg_error merge_each(const struct finding *f, const struct bands *b, size_t each,
                                 const char *number)
{
    struct ddg_text name = ddg_finding_name(f);

    if (b->count <= each)
        return DDG_OK;
    for (size_t i = 0; i < b->count; i++)
        b->at[i].group = i / each * each;
    return add_groups(
        f, b, 0,
        ddg_finding_say(f, "merge each %s bands of %.*s", number, (int)name.length, name.at));
}

static enum ddg_error merge_bands(const struct finding *f, const struct bands *b)
{
    static const uint32_t years[] = {5, 10, 15, 20, 30};
    static const char *const number[] = {"two", "three", "four"};
    enum ddg_error error = merge_runs(f, b);

    for (size_t i = 0; !error && i < sizeof years / sizeof *years; i++)
        error = widen(f, b, years[i]);
    for (size_t i = 0; !error && i < sizeof number / sizeof *number; i++)
        error = merge_each(f, b, i + 2, number[i]);
    return error;
}

enum ddg_error ddg_find_choices_of_ages(const struct finding *f)
{
    struct bands b = {NULL, 0};
    enum ddg_error error = ddg_allocate(&b.at, f->d->category.count, sizeof *b.at, f->context);
    bool whole = !error && f->d->levels == 1 && f->d->highest <= 1;

    for (uint32_t i = 0; whole && i < f->d->category.count; i++) {
        if (!ddg_finding_uses(f, i))
            continue;
        b.at[b.count].category = i;
        whole = ddg_age_label_read(f->d->category.text[i], &b.at[b.count].range);
        b.count++;
    }
    if (whole && b.count > 1) {
        qsort(b.at, b.count, sizeof *b.at, compare_bands);
        /* bands that overlap cannot be merged, nor those with ages between them */
        for (size_t i = 0; i + 1 < b.count; i++)
            whole = whole && b.at[i].range.high != UINT32_MAX &&
                    b.at[i].range.high + 1 == b.at[i + 1].range.low;
        if (whole)
            error = merge_bands(f, &b);
    }
    free(b.at);
    return error;
}
