#include "score/recognise.h"

#include "base/number.h"
#include "base/prose.h"
#include "rules/age_label.h"
#include "rules/period_label.h"
#include "rules/words.h"

#include <stdio.h>

/* Labels ------------------------------------------------------------------------------------- */

const char *ddg_evidence_text(const struct ddg_evidence *e, const char *format, ...)
{
    const char *line;
    va_list arguments;

    va_start(arguments, format);
    line = ddg_prose_line(e->arena, e->context, format, arguments);
    va_end(arguments);
    return line;
}

struct ddg_text ddg_own_label(const struct ddg_dimension *dimension, uint32_t category,
                              size_t *level)
{
    struct ddg_text label = ddg_dimension_label(dimension, category, 0);

    *level = 0;
    for (size_t i = 1; category != dimension->total && i < dimension->levels; i++) {
        struct ddg_text lower = ddg_dimension_label(dimension, category, i);

        if (ddg_text_equal(lower, dimension->level[i].total))
            break;
        label = lower;
        *level = i;
    }
    return label;
}

bool ddg_is_nothing(const struct ddg_criteria *criteria, struct ddg_text label)
{
    return ddg_text_trim(label).length == 0 || ddg_phrases_have(&criteria->nothing, label);
}

/* Goes through the labels that the rows have in a level: *at is 0 at first. */
static bool next_label(const struct ddg_evidence *e, size_t dimension, size_t level, uint32_t *at,
                       struct ddg_text *label)
{
    const struct ddg_intake *in = e->intake;
    const struct ddg_dimension *d = &in->dimension[dimension];

    while (*at < in->group[dimension].label.count) {
        uint32_t category = in->category[dimension][(*at)++];
        size_t own;

        *label = ddg_own_label(d, category, &own);
        if (category != d->total && own == level && !ddg_is_nothing(e->criteria, *label))
            return true;
    }
    return false;
}

/* By content --------------------------------------------------------------------------------- */

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

static bool is_class_label(const struct ddg_variable *variable, struct ddg_text label)
{
    for (size_t i = 0; i < variable->classes; i++)
        if (ddg_phrases_have(&variable->class[i].labels, label))
            return true;
    return false;
}

static bool is_refinement(const struct ddg_variable *finer, const struct ddg_variable *variable)
{
    return finer->refines && strcmp(finer->refines, variable->name) == 0;
}

/* True where the label is of a class of the variable or of one that refines it. */
static bool is_of_family(const struct ddg_criteria *c, const struct ddg_variable *variable,
                         struct ddg_text label)
{
    bool is = is_class_label(variable, label);

    for (size_t i = 0; !is && i < c->variables; i++)
        is = is_refinement(&c->variable[i], variable) && is_class_label(&c->variable[i], label);
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
static bool holds(const struct ddg_evidence *e, size_t dimension, size_t level,
                  const struct ddg_variable *variable)
{
    struct ddg_text label;
    bool enough = false;

    for (uint32_t at = 0; next_label(e, dimension, level, &at, &label);) {
        if (!is_of_family(e->criteria, variable, label))
            return false;
        enough = enough || says_enough(label);
    }
    return enough;
}

static const struct ddg_variable *find_holder(const struct ddg_evidence *e, size_t dimension,
                                              size_t level)
{
    const struct ddg_criteria *c = e->criteria;
    const struct ddg_variable *found = NULL;

    for (size_t i = 0; i < c->variables; i++)
        if (c->variable[i].by == DDG_BY_LABELS && !c->variable[i].refines &&
            holds(e, dimension, level, &c->variable[i]) &&
            (!found || count_labels(c, &c->variable[i]) < count_labels(c, found)))
            found = &c->variable[i];
    return found;
}

/* Beside numbers nothing stands in the label but words for ages. */
static bool speaks_of_ages(struct ddg_text label)
{
    static const char *const known[] = {
        "age", "ages",    "aged", "year",    "years",        "yr",    "yrs",
        "y",   "old",     "and",  "or",      "over",         "older", "above",
        "up",  "more",    "plus", "under",   "less",         "than",  "below",
        "to",  "through", "thru", "younger", "\xe2\x80\x93", NULL};
    char words[DDG_WORDS_ROOM];

    ddg_words_of(label, words);
    for (const char *at = words + 1, *end; *at; at = end + 1) {
        char word[DDG_WORDS_ROOM + 1];

        end = strchr(at, ' ');
        snprintf(word, sizeof word, " %.*s ", (int)(end - at), at);
        if ((*at < '0' || *at > '9') && !ddg_words_have_any(word, known))
            return false;
    }
    return !memchr(label.at, '%', label.length) && !memchr(label.at, '$', label.length);
}

/* A single number is no age by itself, and nothing that goes to 100 or more: it may be percent. */
static bool is_plain_age(const struct ddg_evidence *e, struct ddg_text label)
{
    struct ddg_age_range range;
    uint64_t number;

    return !ddg_parse_unsigned(ddg_text_trim(label), &number) && speaks_of_ages(label) &&
           ddg_age_label_read(label, &range) &&
           (range.high == UINT32_MAX ? range.low : range.high) <= e->criteria->age_end;
}

static bool is_plain_period(const struct ddg_evidence *e, struct ddg_text label)
{
    (void)e;
    return ddg_period_label_is_plain(label);
}

static bool is_plain_place(const struct ddg_evidence *e, struct ddg_text label)
{
    return ddg_gazetteer_find(e->gazetteer, label, false) != NULL;
}

/* True where all labels are so, and `least` at least. */
static bool all_are(const struct ddg_evidence *e, size_t dimension, size_t level, unsigned least,
                    bool (*is)(const struct ddg_evidence *e, struct ddg_text label))
{
    struct ddg_text label;
    unsigned count = 0;

    for (uint32_t at = 0; next_label(e, dimension, level, &at, &label); count++)
        if (!is(e, label))
            return false;
    return count >= least;
}

/* Years follow one another; other numbers of four digits may be codes. */
static bool are_years_in_a_row(const struct ddg_evidence *e, size_t dimension, size_t level)
{
    struct ddg_text label;
    uint64_t first = UINT64_MAX, last = 0, count = 0, year;

    for (uint32_t at = 0; next_label(e, dimension, level, &at, &label);) {
        if (!ddg_parse_unsigned(ddg_text_trim(label), &year))
            continue;
        first = year < first ? year : first;
        last = year > last ? year : last;
        count++;
    }
    return count == 0 || last - first < count;
}

static const struct ddg_variable *by_content(const struct ddg_evidence *e, size_t dimension,
                                             size_t level, const char **reason)
{
    *reason = "its labels are periods";
    if (all_are(e, dimension, level, 1, is_plain_period) && are_years_in_a_row(e, dimension, level))
        return ddg_criteria_by(e->criteria, DDG_BY_MONTHS);
    *reason = "its labels are ages";
    if (all_are(e, dimension, level, 2, is_plain_age))
        return ddg_criteria_by(e->criteria, DDG_BY_YEARS);
    /* "Orange" and "Lake" alone say nothing */
    *reason = "its labels are counties of California";
    if (all_are(e, dimension, level, 3, is_plain_place))
        return ddg_criteria_by(e->criteria, DDG_BY_AREA);
    *reason = "its labels are all of the variable's";
    return find_holder(e, dimension, level);
}

/* By name ------------------------------------------------------------------------------------ */

static size_t longest_phrase(const struct ddg_phrases *phrases, const char *words)
{
    size_t longest = 0;

    for (size_t i = 0; i < phrases->count; i++) {
        /* a phrase has a space at both ends, and so have the words */
        size_t length = strlen(phrases->item[i]);

        if (length > longest && strstr(words, phrases->item[i]))
            longest = length;
    }
    return longest;
}

static void by_name(const struct ddg_evidence *e, struct ddg_recognised *r)
{
    const struct ddg_variable *age = ddg_criteria_by(e->criteria, DDG_BY_YEARS);
    size_t longest = 0;

    for (size_t i = 0; i < e->criteria->variables; i++) {
        const struct ddg_variable *v = &e->criteria->variable[i];

        for (size_t j = 0; j < v->classes; j++) {
            const struct ddg_class *class = &v->class[j];
            size_t length = longest_phrase(&class->columns, r->words);

            if (length <= longest)
                continue;
            longest = length;
            r->variable = v;
            r->class = j > 0 && !class->numbers && class->labels.count == 0 ? class : NULL;
        }
    }
    /* "age_years" */
    for (size_t j = 0; age && r->variable && r->variable->by == DDG_BY_MONTHS && j < age->classes;
         j++)
        if (longest_phrase(&age->class[j].columns, r->words) > 0)
            r->variable = age;
    if (r->variable)
        r->reason = "by its name";
}

/* True where the name is nothing but that of the variable, or some label is a period: "wait_time"
 * and "years_of_school" are no period. */
static bool is_period(const struct ddg_evidence *e, size_t dimension, size_t level,
                      const struct ddg_recognised *r)
{
    struct ddg_text label;
    uint32_t months;

    for (size_t i = 0; i < r->variable->classes; i++)
        if (longest_phrase(&r->variable->class[i].columns, r->words) == strlen(r->words))
            return true;
    for (uint32_t at = 0; next_label(e, dimension, level, &at, &label);)
        if (ddg_period_label_read(label, r->words, &months))
            return true;
    return false;
}

/* As somebody said --------------------------------------------------------------------------- */

static enum ddg_error fail_said(const struct ddg_evidence *e, const struct ddg_said *said,
                                const char *what)
{
    return ddg_fail(e->context, DDG_USAGE, "--var %.*s=%.*s%s%.*s: %s", (int)said->column.length,
                    said->column.at, (int)said->variable.length, said->variable.at,
                    said->how.length ? ":" : "", (int)said->how.length,
                    said->how.length ? said->how.at : "", what);
}

/* "race" and "detailed" is the variable race_detailed, where there is one. */
static const struct ddg_variable *find_suffixed(const struct ddg_evidence *e, struct ddg_text name,
                                                struct ddg_text suffix)
{
    char both[128];

    if (name.length + suffix.length + 2 > sizeof both)
        return NULL;
    snprintf(both, sizeof both, "%.*s_%.*s", (int)name.length, name.at, (int)suffix.length,
             suffix.at);
    return ddg_criteria_find(e->criteria, ddg_text_of(both));
}

static bool has_people(const struct ddg_evidence *e, size_t dimension)
{
    return e->registry && ddg_registry_has(e->registry, dimension);
}

/* Takes "population", "groups", "detailed", "population=N", "N" or the name of a class. */
static enum ddg_error take_how(const struct ddg_evidence *e, const struct ddg_said *said,
                               struct ddg_recognised *r)
{
    struct ddg_text how = said->how, word, number;
    const struct ddg_variable *finer;

    if (!ddg_cut(how, &word, &number)) {
        word = how;
        number = how;
    }
    r->number_said = ddg_parse_unsigned(number, &r->number);
    if (number.at != how.at && !r->number_said)
        return fail_said(e, said, "a whole number is wanted behind '='");
    if (r->number_said && number.at == how.at)
        return r->variable ? DDG_OK : fail_said(e, said, "population=N or groups=N is wanted");
    finer = find_suffixed(e, said->variable, word);
    if (finer)
        r->variable = finer;
    if (!r->variable)
        return fail_said(e, said, "the criteria have no such variable");
    if (finer || ddg_text_is(word, "population") || ddg_text_is(word, "groups"))
        return DDG_OK;
    r->class = ddg_class_named(r->variable, how);
    return r->class ? DDG_OK
                    : fail_said(e, said,
                                "neither a number nor population, groups, detailed or a "
                                "class of the variable");
}

static enum ddg_error as_said(const struct ddg_evidence *e, size_t dimension,
                              const struct ddg_said *said, struct ddg_recognised *r)
{
    enum ddg_error error = DDG_OK;
    bool pair;

    r->reason = "as --var says";
    r->variable = ddg_criteria_find(e->criteria, said->variable);
    if (said->how.length > 0) {
        error = take_how(e, said, r);
    } else if (!r->variable) {
        /* "other" alone: by population if it is known (R-PSC-12) */
        r->variable = find_suffixed(
            e, said->variable, ddg_text_of(has_people(e, dimension) ? "population" : "groups"));
    }
    if (error)
        return error;
    if (!r->variable)
        return fail_said(e, said, "the criteria have no such variable");
    pair = r->variable->by == DDG_BY_COUNT || r->variable->by == DDG_BY_VARIABLES;
    return pair ? fail_said(e, said, "no column is that variable") : DDG_OK;
}

/* All of it ---------------------------------------------------------------------------------- */

static enum ddg_error fail_unknown(const struct ddg_evidence *e, const struct ddg_recognised *r)
{
    char names[320] = "";
    size_t used = 0;

    for (size_t i = 0; i < e->criteria->variables && used < sizeof names; i++) {
        const struct ddg_variable *v = &e->criteria->variable[i];

        if (v->by != DDG_BY_COUNT && v->by != DDG_BY_VARIABLES && !v->refines &&
            strncmp(v->name, "other", 5) != 0)
            used += (size_t)snprintf(names + used, sizeof names - used, "%s, ", v->name);
    }
    return ddg_fail(e->context, DDG_USAGE,
                    "%s: column '%s' is no variable that is known: add --var '%s=VARIABLE', one of "
                    "%sother:groups, other:population; or --no-score",
                    e->intake->sample.file, r->column.at, r->column.at, names);
}

enum ddg_error ddg_recognise(const struct ddg_evidence *e, size_t dimension, size_t level,
                             struct ddg_recognised *r)
{
    const struct ddg_level *l = &e->intake->dimension[dimension].level[level];
    const struct ddg_said *said = ddg_facts_of(e->facts, l->name);
    const struct ddg_variable *holder;
    struct ddg_text label;
    uint32_t at = 0;

    *r = (struct ddg_recognised){.column = e->intake->sample.name[l->column]};
    ddg_words_of(l->name, r->words);
    if (said)
        return as_said(e, dimension, said, r);
    by_name(e, r);
    if (r->variable && r->variable->by == DDG_BY_MONTHS && !is_period(e, dimension, level, r))
        r->variable = NULL;
    /* a column of race that is called ethnicity is both in one */
    if (r->variable && !r->class && r->variable->by == DDG_BY_LABELS &&
        next_label(e, dimension, level, &at, &label) && !holds(e, dimension, level, r->variable) &&
        (holder = find_holder(e, dimension, level)) != NULL) {
        r->variable = holder;
        r->reason = "by its labels, whatever its name";
    }
    if (!r->variable)
        r->variable = by_content(e, dimension, level, &r->reason);
    return r->variable ? DDG_OK : fail_unknown(e, r);
}
