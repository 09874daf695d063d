#include "score/recognise_by.h"

#include "base/number.h"
#include "rules/age_label.h"
#include "rules/period_label.h"
#include "rules/words.h"

#include <stdio.h>

/* "A", "M" and "yes" are labels of many things. */
static bool says_enough(struct ddg_text label)
{
    static const char *const little[] = {" yes ", " no ", " other ", NULL};
    char words[DDG_WORDS_ROOM];

    ddg_words_of(label, words);
    for (const char *const *each = little; *each; each++)
        if (strcmp(words, *each) == 0)
            return false;
    return strlen(words) >= sizeof " x x ";
}

bool ddg_is_class_label(const struct ddg_variable *variable, struct ddg_text label)
{
    return ddg_class_with_label(variable, label) != NULL;
}

static bool is_refinement(const struct ddg_variable *finer, const struct ddg_variable *variable)
{
    return finer->refines && strcmp(finer->refines, variable->name) == 0;
}

/* True where the label is of a class of the variable or of one that refines it. */
static bool is_of_family(const struct ddg_criteria *c, const struct ddg_variable *variable,
                         struct ddg_text label)
{
    bool is = ddg_is_class_label(variable, label);

    for (size_t i = 0; !is && i < c->variables; i++)
        is = is_refinement(&c->variable[i], variable) && ddg_is_class_label(&c->variable[i], label);
    return is;
}

/* How many labels the variable and those that refine it have in all: the fewer, the more it says
 * that a column has no others. */
static size_t count_labels(const struct ddg_criteria *c, const struct ddg_variable *variable)
{
    size_t count = 0;

    for (size_t i = 0; i < c->variables; i++)
        if (&c->variable[i] == variable || is_refinement(&c->variable[i], variable))
            for (size_t j = 0; j < c->variable[i].classes; j++)
                count += c->variable[i].class[j].labels.count;
    return count;
}

/* True where all labels are of the variable's family, and one of them says enough. */
static bool holds(const struct ddg_evidence *e, size_t dimension, size_t part,
                  const struct ddg_variable *variable)
{
    struct ddg_text label;
    bool enough = false;

    for (uint32_t at = 0; ddg_next_label(e, dimension, part, &at, &label);) {
        if (!is_of_family(e->criteria, variable, label))
            return false;
        enough = enough || says_enough(label);
    }
    return enough;
}

const struct ddg_variable *ddg_recognise_holder(const struct ddg_evidence *e, size_t dimension,
                                                size_t part, const struct ddg_variable *variable)
{
    const struct ddg_criteria *c = e->criteria;
    const struct ddg_variable *found = NULL;

    if (variable && holds(e, dimension, part, variable))
        return variable;
    for (size_t i = 0; i < c->variables; i++)
        if (c->variable[i].by == DDG_BY_LABELS && !c->variable[i].refines &&
            holds(e, dimension, part, &c->variable[i]) &&
            (!found || count_labels(c, &c->variable[i]) < count_labels(c, found)))
            found = &c->variable[i];
    return found;
}

static bool is_plain_age(const struct ddg_evidence *e, struct ddg_text label)
{
    struct ddg_age_range range;

    return ddg_age_label_is_plain(label, e->criteria->age_end, &range);
}

static bool is_plain_period(const struct ddg_evidence *e, struct ddg_text label)
{
    (void)e;
    return ddg_period_label_is_plain(label);
}

static bool is_plain_place(const struct ddg_evidence *e, struct ddg_text label)
{
    enum ddg_place_label how;

    return ddg_gazetteer_find(e->gazetteer, label, &how) != NULL;
}

/* True where all labels are so, and `least` at least. */
static bool all_are(const struct ddg_evidence *e, size_t dimension, size_t part, unsigned least,
                    bool (*is)(const struct ddg_evidence *e, struct ddg_text label))
{
    struct ddg_text label;
    unsigned count = 0;

    for (uint32_t at = 0; ddg_next_label(e, dimension, part, &at, &label); count++)
        if (!is(e, label))
            return false;
    return count >= least;
}

/* Years follow one another; other numbers of four digits may be codes. */
static bool are_years_in_a_row(const struct ddg_evidence *e, size_t dimension, size_t part)
{
    struct ddg_text label;
    uint64_t first = UINT64_MAX, last = 0, count = 0, year;

    for (uint32_t at = 0; ddg_next_label(e, dimension, part, &at, &label);) {
        if (!ddg_parse_unsigned(ddg_text_trim(label), &year))
            continue;
        first = year < first ? year : first;
        last = year > last ? year : last;
        count++;
    }
    return count == 0 || last - first < count;
}

const struct ddg_variable *ddg_recognise_by_labels(const struct ddg_evidence *e, size_t dimension,
                                                   size_t part, const char *words,
                                                   const char **reason)
{
    const struct ddg_phrases *apart = e->criteria->apart;

    *reason = "its labels are periods";
    if (!ddg_phrases_longest(&apart[DDG_BY_MONTHS], words) &&
        all_are(e, dimension, part, 1, is_plain_period) && are_years_in_a_row(e, dimension, part))
        return ddg_criteria_by(e->criteria, DDG_BY_MONTHS);
    *reason = "its labels are ages";
    if (!ddg_phrases_longest(&apart[DDG_BY_YEARS], words) &&
        !ddg_phrases_longest(&e->criteria->quantity, words) &&
        all_are(e, dimension, part, 2, is_plain_age))
        return ddg_criteria_by(e->criteria, DDG_BY_YEARS);
    /* "Orange" and "Lake" alone say nothing */
    *reason = "its labels are counties of California";
    if (!ddg_phrases_longest(&apart[DDG_BY_AREA], words) &&
        all_are(e, dimension, part, 3, is_plain_place))
        return ddg_criteria_by(e->criteria, DDG_BY_AREA);
    *reason = "its labels are all of the variable's";
    return ddg_recognise_holder(e, dimension, part, NULL);
}
