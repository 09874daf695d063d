#include "rules/banded.h"

#include "base/number.h"
#include "rules/age_forms.h"
#include "rules/age_label.h"
#include "rules/age_span.h"
#include "rules/period_label.h"
#include "rules/time_span.h"
#include "rules/words.h"

#include <stdlib.h>

/* Ages from here on are one; a band of both that ends below is one like others. */
enum { OLDEST = 110 };

/* Months of age are fewer than this: what lies beyond are those of other people. */
enum { OTHER_PEOPLE = 1 << 20 };

/* Reading ------------------------------------------------------------------------------------- */

static bool has_digit(struct ddg_text label)
{
    for (size_t i = 0; i < label.length; i++)
        if (label.at[i] >= '0' && label.at[i] <= '9')
            return true;
    return false;
}

/* A column of ages begins at 0, or ends in an open band, or a label says so: "1-1" and "1-2" may be
 * numbers of anything. */
static bool all_are_ages(const struct ddg_banded *label, size_t count)
{
    bool enough = false;
    char room[DDG_AGE_FORMS_ROOM];
    struct ddg_age_range range;

    for (size_t i = 0; i < count; i++) {
        if (!has_digit(label[i].label))
            continue;
        if (!ddg_age_label_is_plain(ddg_age_forms_plain(label[i].label, room), OLDEST, &range))
            return false;
        enough = enough || range.low == 0 || range.high == UINT32_MAX ||
                 ddg_age_label_speaks(label[i].label);
    }
    return enough;
}

/* True for a column of periods; in one that is called after time, which *named becomes, more than
 * half of the labels are: one that is odd makes no other column of it. */
static bool are_periods(const struct ddg_banded *label, size_t count, const char *words,
                        bool *named)
{
    static const char *const names[] = {"year", "years",   "yr",  "fy",   "sfy",    "ffy",  "month",
                                        "date", "quarter", "qtr", "half", "period", "time", NULL};
    size_t all = 0, others = 0;

    *named = ddg_words_have_any(words, names);
    for (size_t i = 0; i < count; i++) {
        struct ddg_band days;
        uint32_t months;

        if (!has_digit(label[i].label))
            continue;
        all++;
        others += !(*named ? ddg_period_label_read(label[i].label, words, &months)
                           : ddg_period_label_is_plain(label[i].label)) &&
                  !ddg_time_span_read(label[i].label, words, *named, false, &days);
    }
    return all > 0 && (*named ? 2 * others < all : others == 0);
}

/* Years that are counted twice for another reason: a mean, or what is not final yet. */
static bool is_another_count(struct ddg_text label)
{
    static const char *const words[] = {"average", "mean",  "preliminary", "provisional",
                                        "revised", "final", NULL};
    char said[DDG_WORDS_ROOM];

    ddg_words_of(label, said);
    return ddg_words_have_any(said, words);
}

/* Who has a row for each year has none for fiscal years beside them, but may have one for two. */
static bool any_is_year(const struct ddg_banded *label, size_t count, const char *words)
{
    for (size_t i = 0; i < count; i++)
        if (ddg_band_is_year(label[i].label, words))
            return true;
    return false;
}

/* The ages of girls are no others than those of boys, and still not the same count: a column of
 * both holds each for itself. */
static uint32_t people_of(struct ddg_text label, bool letters)
{
    static const char *const women[] = {"female", "females", "women", "woman",
                                        "girl",   "girls",   NULL};
    static const char *const men[] = {"male", "males", "men", "man", "boy", "boys", NULL};
    char said[DDG_WORDS_ROOM];
    uint32_t people = 0;

    ddg_words_of(label, said);
    if (ddg_words_have_any(said, women) || (letters && ddg_words_have(said, "f")))
        people += 1;
    if (ddg_words_have_any(said, men) || (letters && ddg_words_have(said, "m")))
        people += 2;
    return people;
}

/* True where a letter stands for the sexes: "m" alone is months. */
static bool has_letters(const struct ddg_banded *label, size_t count)
{
    char said[DDG_WORDS_ROOM];

    for (size_t i = 0; i < count; i++) {
        ddg_words_of(label[i].label, said);
        if (ddg_words_have(said, "f"))
            return true;
    }
    return false;
}

static bool read_age(struct ddg_banded *label, bool letters)
{
    uint32_t people = people_of(label->label, letters);

    if (!ddg_age_span_read(label->label, OLDEST, &label->band))
        return false;
    /* of both they are those of all */
    if (people < 3) {
        label->band.from += people * OTHER_PEOPLE;
        label->band.behind += people * OTHER_PEOPLE;
    }
    return true;
}

/* How the labels of a column are read. */
struct manner {
    const char *words;
    bool ages, named, pairs;
    bool letters; /* sexes are told by one */
};

static bool read_label(struct ddg_banded *label, const struct manner *as)
{
    if (!has_digit(label->label))
        return false;
    if (as->ages)
        return read_age(label, as->letters);
    return ddg_time_span_read(label->label, as->words, as->named, as->pairs, &label->band) &&
           !is_another_count(label->label);
}

static int by_number(const void *a, const void *b)
{
    uint32_t s = *(const uint32_t *)a, t = *(const uint32_t *)b;

    return (s > t) - (s < t);
}

/* The number of an end among all, which are in order, each once. */
static uint32_t number_of(const uint32_t *end, size_t ends, uint32_t wanted)
{
    const uint32_t *at = bsearch(&wanted, end, ends, sizeof *end, by_number);

    return (uint32_t)(at - end);
}

/* Numbers the ends of all bands; there are none of these any more where they are too many. */
static enum ddg_error number_ends(struct ddg_banded *label, size_t *bands,
                                  struct ddg_context *context)
{
    uint32_t *end;
    size_t ends = 0;
    enum ddg_error error = ddg_allocate(&end, 2 * *bands, sizeof *end, context);

    if (error)
        return error;
    for (size_t i = 0; i < *bands; i++) {
        end[2 * i] = label[i].band.from;
        end[2 * i + 1] = label[i].band.behind;
    }
    qsort(end, 2 * *bands, sizeof *end, by_number);
    for (size_t i = 0; i < 2 * *bands; i++)
        if (ends == 0 || end[i] != end[ends - 1])
            end[ends++] = end[i];
    if (ends > DDG_BAND_ENDS)
        *bands = 0;
    for (size_t i = 0; i < *bands; i++)
        label[i].end = (struct ddg_band){number_of(end, ends, label[i].band.from),
                                         number_of(end, ends, label[i].band.behind)};
    free(end);
    return DDG_OK;
}

enum ddg_error ddg_banded_read(struct ddg_banded *label, size_t count, const char *words,
                               size_t *bands, struct ddg_context *context)
{
    struct manner as = {.words = words,
                        .ages = ddg_age_words_name_ages(words) && !ddg_age_words_are_fine(words)};

    *bands = 0;
    if (!as.ages && !are_periods(label, count, words, &as.named)) {
        as.ages = all_are_ages(label, count);
        if (!as.ages)
            return DDG_OK;
    }
    as.letters = as.ages && has_letters(label, count);
    as.pairs = !as.ages && any_is_year(label, count, words);
    for (size_t i = 0; i < count; i++) {
        struct ddg_banded here = label[i];

        if (!read_label(&here, &as))
            continue;
        label[i] = label[*bands];
        label[(*bands)++] = here;
    }
    return number_ends(label, bands, context);
}

/* Overlapping --------------------------------------------------------------------------------- */

static bool is_within(const struct ddg_band *inner, const struct ddg_band *outer)
{
    return inner->from >= outer->from && inner->behind <= outer->behind;
}

static uint32_t length_of(const struct ddg_band *band)
{
    return band->behind - band->from;
}

/* True where bands within `outer`, one behind the other, go from one end to another. */
static bool reach(const struct ddg_banded *band, size_t bands, const struct ddg_band *outer,
                  uint32_t from, uint32_t to)
{
    bool reached[DDG_BAND_ENDS] = {false}, more = true;

    reached[from] = true;
    while (more && !reached[to]) {
        more = false;
        for (size_t i = 0; i < bands; i++) {
            const struct ddg_band *b = &band[i].end;

            if (!is_within(b, outer) || is_within(outer, b) || !reached[b->from] ||
                reached[b->behind])
                continue;
            reached[b->behind] = more = true;
        }
    }
    return reached[to];
}

static enum ddg_overlap_kind compare(const struct ddg_banded *band, size_t bands, size_t of_longer,
                                     size_t of_shorter)
{
    const struct ddg_band *longer = &band[of_longer].end, *shorter = &band[of_shorter].end;

    if (is_within(longer, shorter))
        return DDG_OVERLAP_SAME;
    return is_within(shorter, longer) && reach(band, bands, longer, longer->from, shorter->from) &&
                   reach(band, bands, longer, shorter->behind, longer->behind)
               ? DDG_OVERLAP_PARTS
               : DDG_OVERLAP_REST;
}

/* Of two that overlap: those that are nearest to each other come first, one within the other before
 * others, and what has parts last. */
static uint64_t rank(enum ddg_overlap_kind kind, const struct ddg_band *longer,
                     const struct ddg_band *shorter)
{
    static const uint64_t step = (uint64_t)1 << 32;
    uint64_t less = length_of(longer) - length_of(shorter);

    if (kind == DDG_OVERLAP_PARTS)
        return 3 * step;
    if (kind == DDG_OVERLAP_SAME)
        return 2 * step;
    return (is_within(shorter, longer) ? 0 : step) + less;
}

static bool spans_all(const struct ddg_banded *band, size_t bands, const struct ddg_band *longer)
{
    for (size_t i = 0; i < bands; i++)
        if (!is_within(&band[i].band, longer))
            return false;
    return true;
}

void ddg_banded_overlap(struct ddg_banded_pair *pair, const struct ddg_banded *band, size_t bands,
                        ddg_banded_said *said, const void *data)
{
    struct ddg_band_ends ends;
    uint64_t first = UINT64_MAX;

    *pair = (struct ddg_banded_pair){.kind = DDG_OVERLAP_NONE};
    /* of most rows: theirs are gathered with an earlier one */
    if (bands < 2)
        return;
    ddg_band_ends_init(&ends);
    for (size_t i = 0; i < bands; i++)
        ddg_band_ends_join(&ends, &band[i].end);
    for (size_t i = 0; i < bands; i++)
        for (size_t j = 0; j < i; j++) {
            const struct ddg_band *a = &band[i].band, *b = &band[j].band;
            bool of_first = length_of(a) >= length_of(b);
            size_t longer = of_first ? i : j, shorter = of_first ? j : i;
            enum ddg_overlap_kind kind;

            if (a->from >= b->behind || b->from >= a->behind ||
                (!is_within(a, b) && !is_within(b, a) &&
                 !ddg_band_ends_meet(&ends, &band[i].end, &band[j].end)) ||
                (said && said(data, band[i].id, band[j].id)))
                continue;
            if (rank(DDG_OVERLAP_REST, &band[longer].band, &band[shorter].band) >= first)
                continue;
            kind = compare(band, bands, longer, shorter);
            if (rank(kind, &band[longer].band, &band[shorter].band) >= first)
                continue;
            first = rank(kind, &band[longer].band, &band[shorter].band);
            *pair = (struct ddg_banded_pair){kind, longer, shorter, false};
        }
    if (pair->kind != DDG_OVERLAP_NONE)
        pair->all = spans_all(band, bands, &band[pair->longer].band);
}
