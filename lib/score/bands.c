#include "score/bands.h"

#include "rules/age_label.h"
#include "rules/period_label.h"
#include "rules/words.h"

enum { YEAR = 12, ENDS = 512 };

/* The first year of a band, and the one behind its last. */
struct band {
    uint32_t from, behind;
};

/* How a label is read; false where it is none. */
typedef bool reading(const struct ddg_evidence *e, const struct ddg_recognised *r,
                     struct ddg_text label, struct band *band);

static bool read_ages(const struct ddg_evidence *e, const struct ddg_recognised *r,
                      struct ddg_text label, struct band *band)
{
    struct ddg_age_range range;
    char words[DDG_WORDS_ROOM];

    *band = (struct band){0, 0};
    if (ddg_age_words_are_fine(r->words))
        return true;
    ddg_words_of(label, words);
    if (!ddg_age_label_read(label, &range))
        return ddg_age_words_are_fine(words);
    /* "90-120" is an open band, too */
    if (range.high > e->criteria->age_end)
        range.high = range.low > e->criteria->age_end ? range.low : (uint32_t)e->criteria->age_end;
    *band = (struct band){range.low, range.high + 1};
    return true;
}

static bool read_time(const struct ddg_evidence *e, const struct ddg_recognised *r,
                      struct ddg_text label, struct band *band)
{
    uint32_t from, to, months;

    (void)e;
    if (!ddg_period_label_read(label, r->words, &months) ||
        !ddg_period_label_span(label, &from, &to) || months != (to - from + 1) * YEAR)
        return false;
    *band = (struct band){from - DDG_PERIOD_FIRST_YEAR, to + 1 - DDG_PERIOD_FIRST_YEAR};
    return true;
}

static bool is_within_reach(struct band band)
{
    return band.from < band.behind && band.behind < ENDS;
}

static void join(uint16_t root[ENDS], struct band band)
{
    uint16_t kept = root[band.from], other = root[band.behind];

    for (uint32_t i = 0; kept != other && i < ENDS; i++)
        if (root[i] == other)
            root[i] = kept;
}

static uint32_t find_shortest(const uint16_t root[ENDS], struct band band)
{
    uint32_t shortest = band.behind - band.from, last = band.from;

    for (uint32_t i = band.from + 1; i <= band.behind; i++) {
        if (root[i] != root[band.from])
            continue;
        shortest = i - last < shortest ? i - last : shortest;
        last = i;
    }
    return shortest;
}

static bool find_told(const struct ddg_evidence *e, const struct ddg_recognised *r,
                      size_t dimension, uint32_t category, struct ddg_text label, reading *read,
                      struct ddg_worth *worth)
{
    const struct ddg_dimension *d = &e->intake->dimension[dimension];
    const uint32_t *of = e->intake->parts[dimension].of;
    uint16_t root[ENDS];
    struct band own, band;
    size_t level;

    if (!read(e, r, label, &own))
        return false;
    worth->number = own.behind - own.from;
    if (!is_within_reach(own))
        return true;
    for (uint16_t i = 0; i < ENDS; i++)
        root[i] = i;
    for (uint32_t i = 0; i < d->category.count; i++)
        if (i != d->total && of[i] == of[category] &&
            read(e, r, ddg_own_label(d, i, &level), &band) && is_within_reach(band))
            join(root, band);
    if (find_shortest(root, own) < worth->number) {
        worth->number = find_shortest(root, own);
        worth->from = "told by subtraction";
    }
    return true;
}

bool ddg_band_of_ages(const struct ddg_evidence *e, const struct ddg_recognised *r,
                      size_t dimension, uint32_t category, struct ddg_text label,
                      struct ddg_worth *worth)
{
    return find_told(e, r, dimension, category, label, read_ages, worth);
}

bool ddg_band_of_time(const struct ddg_evidence *e, const struct ddg_recognised *r,
                      size_t dimension, uint32_t category, struct ddg_text label,
                      struct ddg_worth *worth)
{
    if (!find_told(e, r, dimension, category, label, read_time, worth))
        return false;
    worth->number *= YEAR;
    return true;
}
