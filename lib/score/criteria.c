#include "score/criteria.h"

#include "rules/words.h"

#include <stdio.h>
#include <stdlib.h>

void ddg_criteria_free(struct ddg_criteria *criteria)
{
    free(criteria->variable);
    ddg_arena_free(&criteria->arena);
    *criteria = (struct ddg_criteria){0};
}

/* Looking up --------------------------------------------------------------------------------- */

const struct ddg_variable *ddg_criteria_find(const struct ddg_criteria *criteria,
                                             struct ddg_text name)
{
    for (size_t i = 0; i < criteria->variables; i++)
        if (ddg_text_is(name, criteria->variable[i].name))
            return &criteria->variable[i];
    return NULL;
}

const struct ddg_variable *ddg_criteria_by(const struct ddg_criteria *criteria,
                                           enum ddg_measured by)
{
    for (size_t i = 0; i < criteria->variables; i++)
        if (criteria->variable[i].by == by)
            return &criteria->variable[i];
    return NULL;
}

void ddg_criteria_say_variables(const struct ddg_criteria *criteria, struct ddg_prose *prose)
{
    unsigned count = 0;

    for (size_t i = 0; i < criteria->variables; i++) {
        const struct ddg_variable *v = &criteria->variable[i];

        if (v->by != DDG_BY_COUNT && v->by != DDG_BY_VARIABLES && v->class->columns.count > 0)
            ddg_prose_print(prose, "%s%s", count++ > 0 ? ", " : "", v->name);
    }
    if (ddg_criteria_find(criteria, ddg_text_of("other_population")))
        ddg_prose_say(prose, ", other:population, other:groups");
}

static bool is_higher(const struct ddg_class *a, const struct ddg_class *b)
{
    return !b || (a->high_risk && !b->high_risk) ||
           (a->high_risk == b->high_risk && a->score > b->score);
}

const struct ddg_class *ddg_class_highest(const struct ddg_variable *variable)
{
    const struct ddg_class *highest = NULL;

    for (size_t i = 0; i < variable->classes; i++)
        if (is_higher(&variable->class[i], highest))
            highest = &variable->class[i];
    return highest;
}

const struct ddg_class *ddg_class_of_number(const struct ddg_variable *variable, uint64_t number)
{
    const struct ddg_class *highest = NULL, *found = NULL;

    for (size_t i = 0; i < variable->classes; i++) {
        const struct ddg_class *class = &variable->class[i];

        if (!class->numbers)
            continue;
        if (number >= class->min && number <= class->max && is_higher(class, found))
            found = class;
        if (is_higher(class, highest))
            highest = class;
    }
    return found ? found : highest ? highest : ddg_class_highest(variable);
}

size_t ddg_phrases_longest(const struct ddg_phrases *phrases, const char *words)
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

static bool have_words(const struct ddg_phrases *phrases, const char *words)
{
    for (size_t i = 0; i < phrases->count; i++)
        if (strcmp(phrases->item[i], words) == 0)
            return true;
    return false;
}

bool ddg_phrases_have(const struct ddg_phrases *phrases, struct ddg_text label)
{
    char words[DDG_WORDS_ROOM];

    ddg_words_of(label, words);
    return have_words(phrases, words);
}

/* Takes all that stands aside out of words; false where nothing does. */
static bool take_out(char *words, const struct ddg_phrases *aside)
{
    bool any = false;

    for (size_t i = 0; i < aside->count; i++) {
        size_t length = strlen(aside->item[i]);

        /* one space of two stays */
        for (char *at; length > 2 && (at = strstr(words, aside->item[i])) != NULL; any = true)
            memmove(at, at + length - 1, strlen(at + length - 1) + 1);
    }
    return any;
}

static const struct ddg_class *find_words(const struct ddg_variable *variable, const char *words)
{
    for (size_t i = 0; i < variable->classes; i++)
        if (have_words(&variable->class[i].labels, words))
            return &variable->class[i];
    return NULL;
}

const struct ddg_class *ddg_class_with_label(const struct ddg_variable *variable,
                                             struct ddg_text label)
{
    const struct ddg_class *found;
    char words[DDG_WORDS_ROOM];

    ddg_words_of(label, words);
    found = find_words(variable, words);
    return !found && take_out(words, &variable->aside) ? find_words(variable, words) : found;
}

const struct ddg_class *ddg_class_of_label(const struct ddg_variable *variable,
                                           struct ddg_text label)
{
    const struct ddg_class *found = ddg_class_with_label(variable, label);

    for (size_t i = 0; !found && i < variable->classes; i++)
        if (variable->class[i].any_label)
            found = &variable->class[i];
    return found;
}

const struct ddg_class *ddg_class_named(const struct ddg_variable *variable, struct ddg_text name)
{
    const struct ddg_class *found = NULL;
    char words[DDG_WORDS_ROOM], phrase[DDG_WORDS_ROOM], of_class[DDG_WORDS_ROOM];
    unsigned count = 0;

    ddg_words_of(name, words);
    if (strlen(words) < 3)
        return NULL;
    /* a phrase has no space at its ends */
    snprintf(phrase, sizeof phrase, "%.*s", (int)strlen(words) - 2, words + 1);
    for (size_t i = 0; i < variable->classes; i++) {
        ddg_words_of(ddg_text_of(variable->class[i].category), of_class);
        if (strcmp(of_class, words) == 0)
            return &variable->class[i];
        if (!ddg_words_have(of_class, phrase))
            continue;
        found = &variable->class[i];
        count++;
    }
    return count == 1 ? found : NULL;
}
