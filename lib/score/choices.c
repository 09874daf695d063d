#include "score/finding.h"

#include "base/prose.h"

#include <stdlib.h>

const char *ddg_finding_say(const struct finding *f, const char *format, ...)
{
    const char *line;
    va_list arguments;

    va_start(arguments, format);
    line = ddg_prose_line(&f->choices->arena, f->context, format, arguments);
    va_end(arguments);
    return line;
}

struct ddg_choice *ddg_finding_add(const struct finding *f, const char *text)
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

struct ddg_text ddg_finding_name(const struct finding *f)
{
    return f->d->level[f->d->levels - 1].name;
}

bool ddg_finding_uses(const struct finding *f, uint32_t category)
{
    size_t level;

    for (uint32_t i = 0; i < f->a->intake->group[f->dimension].label.count; i++)
        if (f->a->intake->category[f->dimension][i] == category)
            return category != f->d->total &&
                   !ddg_is_nothing(&f->a->criteria, ddg_own_label(f->d, category, &level));
    return false;
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
            ddg_finding_uses(f, i) ? ddg_gazetteer_find(g, label, &how) : NULL;

        if (!place && ddg_finding_uses(f, i))
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
    if (by == DDG_BY_MONTHS && !ddg_finding_years(f, true, &first, &last, &parts))
        return DDG_OK;
    choice = ddg_finding_add(f, ddg_finding_say(f, "drop %.*s", (int)ddg_finding_name(f).length,
                                                ddg_finding_name(f).at));
    if (!choice)
        return DDG_MEMORY;
    choice->drop = true;
    choice->levels = 0;
    choice->statewide = by == DDG_BY_AREA && has_all_counties(f);
    if (by == DDG_BY_MONTHS &&
        !(choice->period = first == last ? ddg_finding_say(f, "%u", first)
                                         : ddg_finding_say(f, "%u-%u", first, last)))
        return DDG_MEMORY;
    return DDG_OK;
}

/* Hierarchies -------------------------------------------------------------------------------- */

static enum ddg_error to_parents(const struct finding *f)
{
    struct ddg_choice *choice;

    if (f->d->levels > 1 || f->d->highest < 2)
        return DDG_OK;
    choice = ddg_finding_add(f, ddg_finding_say(f, "take %.*s together as its hierarchy does",
                                                (int)ddg_finding_name(f).length,
                                                ddg_finding_name(f).at));
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
    choice = ddg_finding_add(
        f, ddg_finding_say(f, "drop %.*s, keep %.*s", (int)ddg_finding_name(f).length,
                           ddg_finding_name(f).at, (int)f->d->level[0].name.length,
                           f->d->level[0].name.at));
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

/* Whether all that b makes one a makes one, too.  Wider bands of all ages are worth telling beside
 * a run of some. */
static bool is_within(const struct ddg_choice *b, const struct ddg_choice *a,
                      const struct ddg_dimension *d)
{
    if (a == b || a->dimension != b->dimension || a->drop || b->drop || a->levels < d->levels ||
        b->levels < d->levels || (a->run == 0 && b->run > 0))
        return false;
    for (uint32_t i = 0; i < d->category.count; i++)
        if (a->target[b->target[i]] != a->target[i])
            return false;
    return true;
}

static enum ddg_error find_covered(struct ddg_choices *c, const struct ddg_intake *in,
                                   struct ddg_context *context)
{
    c->covered = ddg_arena_allocate(&c->arena, c->count * c->count + 1, context);
    for (size_t i = 0; c->covered && i < c->count; i++)
        for (size_t j = 0; j < c->count; j++)
            c->covered[i * c->count + j] =
                is_within(&c->item[j], &c->item[i], &in->dimension[c->item[i].dimension]);
    return c->covered ? DDG_OK : DDG_MEMORY;
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
            error = ddg_find_choices_of_ages(&f);
        else if (by == DDG_BY_MONTHS)
            error = ddg_find_choices_of_time(&f);
    }
    for (size_t i = 0; !error && i < choices->count; i++)
        error = find_targets(choices, &choices->item[i],
                             &a->intake->dimension[choices->item[i].dimension], context);
    return error ? error : find_covered(choices, a->intake, context);
}

static bool changes(const struct ddg_choice *choice, uint32_t category)
{
    return choice->target[category] != category || choice->label[category].length > 0;
}

bool ddg_choices_go_together(const struct ddg_intake *in, const struct ddg_choice *a,
                             const struct ddg_choice *b)
{
    const struct ddg_dimension *d = &in->dimension[a->dimension];

    if (a == b)
        return false;
    if (a->dimension != b->dimension)
        return true;
    if (a->drop || b->drop || a->levels < d->levels || b->levels < d->levels)
        return false;
    for (uint32_t i = 0; i < d->category.count; i++)
        if (changes(a, i) && changes(b, i))
            return false;
    return true;
}

void ddg_choices_free(struct ddg_choices *choices)
{
    free(choices->item);
    ddg_arena_free(&choices->arena);
    *choices = (struct ddg_choices){.count = 0};
}
