#include "score/bands.h"

#include "rules/age_label.h"
#include "rules/words.h"

/* How a label is read; false where it is none. */
typedef bool reading(const struct ddg_evidence *e, const struct ddg_recognised *r,
                     struct ddg_text label, struct ddg_band *band);

static bool read_ages(const struct ddg_evidence *e, const struct ddg_recognised *r,
                      struct ddg_text label, struct ddg_band *band)
{
    char words[DDG_WORDS_ROOM];

    *band = (struct ddg_band){0, 0};
    if (ddg_age_words_are_fine(r->words))
        return true;
    ddg_words_of(label, words);
    return ddg_band_of_age(label, (uint32_t)e->criteria->age_end, band) ||
           ddg_age_words_are_fine(words);
}

static bool read_time(const struct ddg_evidence *e, const struct ddg_recognised *r,
                      struct ddg_text label, struct ddg_band *band)
{
    (void)e;
    return ddg_band_of_time(label, r->words, false, band);
}

static bool is_within_reach(struct ddg_band band)
{
    return band.from < band.behind && band.behind < DDG_BAND_ENDS;
}

enum ddg_error ddg_bands_join(const struct ddg_evidence *e, size_t dimension, size_t part,
                              struct ddg_recognised *r)
{
    const struct ddg_dimension *d = &e->intake->dimension[dimension];
    const uint32_t *of = e->intake->parts[dimension].of;
    bool ages = r->variable->by == DDG_BY_YEARS;
    reading *read = ages ? read_ages : read_time;
    struct ddg_band_ends *ends;
    struct ddg_band band;
    size_t level;

    if (r->class || r->number_said || !(ages || r->variable->by == DDG_BY_MONTHS))
        return DDG_OK;
    r->ends = ends = ddg_arena_allocate(e->arena, sizeof *ends, e->context);
    if (!ends)
        return DDG_MEMORY;
    ddg_band_ends_init(ends);
    for (uint32_t i = 0; i < d->category.count; i++)
        if (i != d->total && of[i] == part && read(e, r, ddg_own_label(d, i, &level), &band) &&
            is_within_reach(band))
            ddg_band_ends_join(ends, &band);
    return DDG_OK;
}

static bool find_told(const struct ddg_evidence *e, const struct ddg_recognised *r,
                      struct ddg_text label, reading *read, struct ddg_worth *worth)
{
    struct ddg_band own;
    uint32_t shortest;

    if (!read(e, r, label, &own))
        return false;
    worth->number = own.behind - own.from;
    if (!is_within_reach(own))
        return true;
    shortest = ddg_band_ends_shortest(r->ends, &own);
    if (shortest < worth->number) {
        worth->number = shortest;
        worth->from = "told by subtraction";
    }
    return true;
}

bool ddg_band_of_ages(const struct ddg_evidence *e, const struct ddg_recognised *r,
                      struct ddg_text label, struct ddg_worth *worth)
{
    return find_told(e, r, label, read_ages, worth);
}

bool ddg_band_of_months(const struct ddg_evidence *e, const struct ddg_recognised *r,
                        struct ddg_text label, struct ddg_worth *worth)
{
    return find_told(e, r, label, read_time, worth);
}
