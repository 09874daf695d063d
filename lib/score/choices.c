#include "score/choices.h"

#include "base/prose.h"
#include "rules/age_label.h"
#include "rules/period_label.h"
#include "rules/words.h"

#include <stdlib.h>

/* Bands whose neighbours are merged one by one: of more there are too many choices. */
enum { BANDS_MOST = 40, YEAR = 12, FIRST_YEAR = 1850, LAST_YEAR = 2150 };

struct finding {
    struct ddg_choices *choices;
    const struct ddg_assessment *a;
    const struct ddg_dimension *d;
    size_t dimension;
    struct ddg_context *context;
};

static const char *say(const struct finding *f, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static const char *say(const struct finding *f, const char *format, ...)
{
    const char *line;
    va_list arguments;

    va_start(arguments, format);
    line = ddg_prose_line(&f->choices->arena, f->context, format, arguments);
    va_end(arguments);
    return line;
}

/* Adds a choice that changes nothing yet; NULL when memory runs out.  What its labels become is
 * found once they are all there. */
static struct ddg_choice *add(const struct finding *f, const char *text)
{
    struct ddg_choices *c = f->choices;
    struct ddg_choice *choice;

    if (!text || ddg_grow(&c->item, &c->room, c->count + 1, sizeof *c->item, f->context))
        return NULL;
    choice = &c->item[c->count];
    *choice = (struct ddg_choice){.dimension = f->dimension, .levels = f->d->levels, .text = text};
    choice->label = ddg_arena_allocate(
        &c->arena, (f->d->category.count + 1) * sizeof *choice->label, f->context);
    c->count += choice->label != NULL;
    return choice->label ? choice : NULL;
}

static struct ddg_text name_of(const struct finding *f)
{
    return f->d->level[f->d->levels - 1].name;
}

/* Categories that rows have and that are some of the variable's. */
static bool is_used(const struct finding *f, uint32_t category)
{
    size_t level;

    for (uint32_t i = 0; i < f->a->intake->group[f->dimension].label.count; i++)
        if (f->a->intake->category[f->dimension][i] == category)
            return category != f->d->total &&
                   !ddg_is_nothing(&f->a->criteria, ddg_own_label(f->d, category, &level));
    return false;
}

/* Periods ------------------------------------------------------------------------------------ */

/* The one year that a label names, 0 where there is none or several. */
static unsigned year_of(struct ddg_text label)
{
    char words[DDG_WORDS_ROOM];
    unsigned year = 0;

    ddg_words_of(label, words);
    for (const char *at = words; (at = strchr(at, ' ')) != NULL && at[1];) {
        struct ddg_text word = {at + 1, strcspn(at + 1, " ")};

        at++;
        if (!ddg_text_fits(word, "9999"))
            continue;
        if (year)
            return 0;
        year = (unsigned)strtoul(word.at, NULL, 10);
    }
    return year;
}

/* The first and the last year of all labels; false where one has none or is of weeks or days, where
 * a year is not there with all its months, or, of years that are to be one period, between others
 * not at all. */
static bool find_years(const struct finding *f, bool one, unsigned *first, unsigned *last,
                       bool *parts)
{
    uint32_t months_of[LAST_YEAR - FIRST_YEAR + 1] = {0};

    *first = *last = 0;
    *parts = false;
    for (uint32_t i = 0; i < f->d->category.count; i++) {
        unsigned year;
        uint32_t months = 0;

        if (!is_used(f, i))
            continue;
        year = year_of(f->d->category.text[i]);
        if (year < FIRST_YEAR || year > LAST_YEAR ||
            !ddg_period_label_read(f->d->category.text[i], "", &months) || months == 0)
            return false;
        months_of[year - FIRST_YEAR] += months;
        *parts = *parts || months < YEAR;
        if (*first == 0 || year < *first)
            *first = year;
        if (year > *last)
            *last = year;
    }
    for (unsigned year = *first; *first > 0 && year <= *last; year++) {
        uint32_t months = months_of[year - FIRST_YEAR];

        if (months < YEAR && (one || months > 0))
            return false;
    }
    return *first > 0 && *last < LAST_YEAR;
}

static enum ddg_error to_years(const struct finding *f)
{
    struct ddg_choice *choice;
    unsigned first, last;
    bool parts;

    if (f->d->levels > 1 || !find_years(f, false, &first, &last, &parts) || !parts)
        return DDG_OK;
    choice = add(f, say(f, "take %.*s together to years", (int)name_of(f).length, name_of(f).at));
    for (uint32_t i = 0; choice && i < f->d->category.count; i++) {
        const char *label;

        if (!is_used(f, i))
            continue;
        if (!(label = say(f, "%u", year_of(f->d->category.text[i]))))
            return DDG_MEMORY;
        choice->label[i] = ddg_text_of(label);
    }
    return choice ? DDG_OK : DDG_MEMORY;
}

/* Dropping ----------------------------------------------------------------------------------- */

static bool has_all_counties(const struct finding *f)
{
    const struct ddg_gazetteer *g = &f->a->gazetteer;
    size_t count = 0, level;

    for (uint32_t i = 0; i < f->d->category.count; i++) {
        struct ddg_text label = ddg_own_label(f->d, i, &level);
        enum ddg_place_label how;
        const struct ddg_place_entry *place =
            is_used(f, i) ? ddg_gazetteer_find(g, label, &how) : NULL;

        if (!place && is_used(f, i))
            place = ddg_gazetteer_code(g, label, true);

        count += place && place != &g->place[0];
    }
    return count + 1 >= g->places;
}

static enum ddg_error drop(const struct finding *f, enum ddg_measured by)
{
    struct ddg_choice *choice;
    unsigned first, last;
    bool parts;

    /* without its years nobody would know what the counts are of */
    if (by == DDG_BY_MONTHS && !find_years(f, true, &first, &last, &parts))
        return DDG_OK;
    choice = add(f, say(f, "drop %.*s", (int)name_of(f).length, name_of(f).at));
    if (!choice)
        return DDG_MEMORY;
    choice->drop = true;
    choice->levels = 0;
    choice->statewide = by == DDG_BY_AREA && has_all_counties(f);
    if (by == DDG_BY_MONTHS &&
        !(choice->period = first == last ? say(f, "%u", first) : say(f, "%u-%u", first, last)))
        return DDG_MEMORY;
    return DDG_OK;
}

/* Ages --------------------------------------------------------------------------------------- */

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
        return say(f, "%u+", a->range.low);
    return say(f, "%u-%u", a->range.low, b->range.high);
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

        choice = add(f, say(f, "merge %.*s and %.*s", (int)a.length, a.at, (int)b.length, b.at));
        error = merge(f, choice, &band[i], &band[i + 1]);
    }
    if (error || bands < 3)
        return error;
    choice = add(f, say(f, "merge each two bands of %.*s", (int)name_of(f).length, name_of(f).at));
    for (size_t i = 0; !error && i + 1 < bands; i += 2)
        error = merge(f, choice, &band[i], &band[i + 1]);
    return error;
}

static enum ddg_error merge_ages(const struct finding *f)
{
    struct band *band = NULL;
    size_t bands = 0;
    enum ddg_error error = ddg_allocate(&band, f->d->category.count, sizeof *band, f->context);
    bool whole = !error && f->d->levels == 1 && f->d->highest <= 1;

    for (uint32_t i = 0; whole && i < f->d->category.count; i++) {
        if (!is_used(f, i))
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

/* Hierarchies -------------------------------------------------------------------------------- */

static enum ddg_error to_parents(const struct finding *f)
{
    struct ddg_choice *choice;

    if (f->d->levels > 1 || f->d->highest < 2)
        return DDG_OK;
    choice = add(f, say(f, "take %.*s together as its hierarchy does", (int)name_of(f).length,
                        name_of(f).at));
    for (uint32_t i = 0; choice && i < f->d->category.count; i++) {
        uint32_t parent = f->d->parent[i];

        if (f->d->height[i] == 0 && parent != DDG_NO_NAME && parent != f->d->total)
            choice->label[i] = f->d->category.text[parent];
    }
    return choice ? DDG_OK : DDG_MEMORY;
}

static enum ddg_error drop_level(const struct finding *f)
{
    struct ddg_choice *choice;

    if (f->d->levels < 2)
        return DDG_OK;
    choice = add(f, say(f, "drop %.*s, keep %.*s", (int)name_of(f).length, name_of(f).at,
                        (int)f->d->level[0].name.length, f->d->level[0].name.at));
    if (!choice)
        return DDG_MEMORY;
    choice->levels = f->d->levels - 1;
    for (uint32_t i = 0; i < f->d->category.count; i++) {
        uint32_t parent = f->d->parent[i];
        size_t level;

        (void)ddg_own_label(f->d, i, &level);
        if (i != f->d->total && level + 1 == f->d->levels && parent != DDG_NO_NAME)
            choice->label[i] = f->d->category.text[parent];
    }
    return DDG_OK;
}

/* All of it ---------------------------------------------------------------------------------- */

/* Categories with a new label in common become the first of them; with the label of a category that
 * is there they become that one. */
static enum ddg_error find_targets(struct ddg_choices *choices, struct ddg_choice *choice,
                                   const struct ddg_dimension *d, struct ddg_context *context)
{
    struct ddg_names fresh;
    uint32_t *first = NULL, number;
    enum ddg_error error = ddg_allocate(&first, d->category.count, sizeof *first, context);

    ddg_names_init(&fresh);
    choice->target = ddg_arena_allocate(&choices->arena,
                                        (d->category.count + 1) * sizeof *choice->target, context);
    if (!choice->target)
        error = DDG_MEMORY;
    for (uint32_t i = 0; !error && i < d->category.count; i++) {
        struct ddg_text *label = &choice->label[i];
        uint32_t there = label->length > 0 ? ddg_names_find(&d->category, *label)
                         : choice->drop    ? d->total
                                           : i;

        if (there != DDG_NO_NAME) {
            *label = (struct ddg_text){NULL, 0};
            choice->target[i] = there;
        } else if (!(error = ddg_names_add(&fresh, *label, &number, context))) {
            if (number + 1 == fresh.count && !first[number])
                first[number] = i + 1;
            choice->target[i] = first[number] - 1;
        }
    }
    ddg_names_free(&fresh);
    free(first);
    return error;
}

enum ddg_error ddg_choices_find(struct ddg_choices *choices, const struct ddg_assessment *a,
                                struct ddg_context *context)
{
    enum ddg_error error = DDG_OK;

    *choices = (struct ddg_choices){.count = 0};
    for (size_t i = 0; !error && i < a->intake->dimensions; i++) {
        struct finding f = {choices, a, &a->intake->dimension[i], i, context};
        enum ddg_measured by = a->score.recognised[i][f.d->levels - 1].variable->by;

        if ((error = drop(&f, by)) || (error = to_parents(&f)) || (error = drop_level(&f)))
            break;
        if (by == DDG_BY_YEARS)
            error = merge_ages(&f);
        else if (by == DDG_BY_MONTHS)
            error = to_years(&f);
    }
    for (size_t i = 0; !error && i < choices->count; i++)
        error = find_targets(choices, &choices->item[i],
                             &a->intake->dimension[choices->item[i].dimension], context);
    return error;
}

void ddg_choices_free(struct ddg_choices *choices)
{
    free(choices->item);
    ddg_arena_free(&choices->arena);
    *choices = (struct ddg_choices){.count = 0};
}
