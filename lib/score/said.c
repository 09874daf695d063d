#include "score/recognise_by.h"

#include "base/number.h"
#include "base/prose.h"

#include <stdio.h>

static enum ddg_error fail_said(const struct ddg_evidence *e, const struct ddg_said *said,
                                const char *what)
{
    return ddg_fail(e->context, DDG_USAGE, "--var %.*s=%.*s%s%.*s: %s", (int)said->column.length,
                    said->column.at, (int)said->variable.length, said->variable.at,
                    said->how.length ? ":" : "", (int)said->how.length,
                    said->how.length ? said->how.at : "", what);
}

static enum ddg_error fail_no_variable(const struct ddg_evidence *e, const struct ddg_said *said)
{
    struct ddg_prose text = {.context = e->context};

    ddg_prose_say(&text, "the criteria have no such variable; they have ");
    ddg_criteria_say_variables(e->criteria, &text);
    (void)fail_said(e, said, ddg_prose_string(&text));
    ddg_prose_free(&text);
    return e->context->error;
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

/* Takes "population", "groups", "detailed", "population=N", "N", "county" or the name of a class.
 */
static enum ddg_error take_how(const struct ddg_evidence *e, const struct ddg_said *said,
                               struct ddg_recognised *r)
{
    struct ddg_text how = said->how, word, number;
    const struct ddg_variable *finer;

    if (!ddg_cut(how, &word, &number)) {
        word = how;
        number = how;
    }
    if (r->variable && r->variable->by == DDG_BY_AREA && ddg_text_is(how, "county")) {
        r->scale = DDG_SCALE_COUNTY;
        return DDG_OK;
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
        return fail_no_variable(e, said);
    if (finer || ddg_text_is(word, "population") || ddg_text_is(word, "groups"))
        return DDG_OK;
    r->class = ddg_class_named(r->variable, how);
    return r->class ? DDG_OK
                    : fail_said(e, said,
                                "neither a number nor population, groups, detailed, county or "
                                "a class of the variable");
}

enum ddg_error ddg_recognise_as_said(const struct ddg_evidence *e, size_t dimension,
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
        return fail_no_variable(e, said);
    pair = r->variable->by == DDG_BY_COUNT || r->variable->by == DDG_BY_VARIABLES;
    return pair ? fail_said(e, said, "no column is that variable") : DDG_OK;
}
