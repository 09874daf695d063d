#include "score/finding.h"

#include "rules/age_label.h"

#include <stdlib.h>

/* Bands whose neighbours are merged one by one: of more there are too many choices. */
enum { BANDS_MOST = 40 };

struct band {
    uint32_t category;
    struct ddg_age_range range;
};

static int compare_bands(const void *a, const void *b)
{
    const struct band *x = a, *y = b;

    return x->range.low < y->range.low ? -1 : x->range.low > y->range.low;
}

static const char *merged_label(const struct finding *f, const struct band *a, const struct band *b)
{
    if (b->range.high == UINT32_MAX)
        return ddg_finding_say(f, "%u+", a->range.low);
    return ddg_finding_say(f, "%u-%u", a->range.low, b->range.high);
}

static enum ddg_error merge(const struct finding *f, struct ddg_choice *choice,
                            const struct band *a, const struct band *b)
{
    const char *label = choice ? merged_label(f, a, b) : NULL;

    if (!label)
        return DDG_MEMORY;
    choice->label[a->category] = choice->label[b->category] = ddg_text_of(label);
    return DDG_OK;
}

static enum ddg_error merge_bands(const struct finding *f, const struct band *band, size_t bands)
{
    enum ddg_error error = DDG_OK;
    struct ddg_choice *choice;

    for (size_t i = 0; !error && bands <= BANDS_MOST && i + 1 < bands; i++) {
        struct ddg_text a = f->d->category.text[band[i].category],
                        b = f->d->category.text[band[i + 1].category];

        choice = ddg_finding_add(
            f, ddg_finding_say(f, "merge %.*s and %.*s", (int)a.length, a.at, (int)b.length, b.at));
        error = merge(f, choice, &band[i], &band[i + 1]);
    }
    if (error || bands < 3)
        return error;
    choice = ddg_finding_add(f, ddg_finding_say(f, "merge each two bands of %.*s",
                                                (int)ddg_finding_name(f).length,
                                                ddg_finding_name(f).at));
    for (size_t i = 0; !error && i + 1 < bands; i += 2)
        error = merge(f, choice, &band[i], &band[i + 1]);
    return error;
}

enum ddg_error ddg_find_choices_of_ages(const struct finding *f)
{
    struct band *band = NULL;
    size_t bands = 0;
    enum ddg_error error = ddg_allocate(&band, f->d->category.count, sizeof *band, f->context);
    bool whole = !error && f->d->levels == 1 && f->d->highest <= 1;

    for (uint32_t i = 0; whole && i < f->d->category.count; i++) {
        if (!ddg_finding_uses(f, i))
            continue;
        band[bands].category = i;
        whole = ddg_age_label_read(f->d->category.text[i], &band[bands].range);
        bands++;
    }
    if (whole && bands > 1) {
        qsort(band, bands, sizeof *band, compare_bands);
        /* bands that overlap cannot be merged, nor those with ages between them */
        for (size_t i = 0; i + 1 < bands; i++)
            whole = whole && band[i].range.high != UINT32_MAX &&
                    band[i].range.high + 1 == band[i + 1].range.low;
        if (whole)
            error = merge_bands(f, band, bands);
    }
    free(band);
    return error;
}
