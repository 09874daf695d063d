#include "rules/seen.h"

#include "rules/words.h"

static enum ddg_sight sight_of(enum ddg_state state)
{
    switch (state) {
    case DDG_SHOWN:
        return DDG_SEEN_NUMBER;
    case DDG_SUPPRESSED:
        return DDG_SEEN_HIDDEN;
    case DDG_NO_DATA:
        return DDG_SEEN_NO_DATA;
    default:
        return DDG_SEEN_BLANK;
    }
}

struct ddg_seen ddg_see(const struct ddg_table *table, const struct ddg_description *description,
                        size_t row, const struct ddg_measure *measure)
{
    struct ddg_text text = ddg_table_field(table, row, measure->count), none = {NULL, 0};
    struct ddg_text annotation = measure->annotation == DDG_NO_COLUMN
                                     ? none
                                     : ddg_table_field(table, row, measure->annotation);
    struct ddg_seen seen = {.sight = DDG_SEEN_OTHER};
    struct ddg_count count;
    const char *what;

    if (ddg_is_rated(table, description, row, measure))
        return (struct ddg_seen){.sight = DDG_SEEN_NO_DATA};
    /* a blank count tells whether it is the annotation that cannot be read */
    seen.bad_code = !ddg_count_parse(description, none, annotation, &count, &what);
    seen.code = seen.bad_code ? DDG_CODE_NONE : count.code;
    if (ddg_count_parse(description, text, seen.bad_code ? none : annotation, &count, &what)) {
        seen.sight = sight_of(count.state);
        seen.value = count.value;
    } else if (ddg_text_is_mask(text, description->threshold) || text.at[0] == '<') {
        seen.sight = DDG_SEEN_HIDDEN;
    }
    seen.symbol = seen.sight == DDG_SEEN_HIDDEN && ddg_text_trim(text).length > 0;
    return seen;
}

void ddg_seen_roles(const struct ddg_table *table, bool *role)
{
    for (size_t i = 0; i < table->dims; i++)
        role[table->dim[i]] = true;
    for (size_t i = 0; i < table->measures; i++) {
        const struct ddg_measure *m = &table->measure[i];

        role[m->count] = true;
        if (m->annotation != DDG_NO_COLUMN)
            role[m->annotation] = true;
        if (m->text != DDG_NO_COLUMN)
            role[m->text] = true;
    }
}
