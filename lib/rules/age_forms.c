#include "rules/age_forms.h"

/* What stands for a sign, or, where that is "", for nothing that numbers do not say; words only
 * before a number, and "birth" only where a range begins. */
struct form {
    const char *text, *sign;
    enum { ANYWHERE, BEFORE_NUMBER, BEFORE_RANGE, AS_WORD } where;
};

static const struct form signs[] = {
    {"&lt;", "<", ANYWHERE},
    {"&gt;", ">", ANYWHERE},
    {"&le;", "<=", ANYWHERE},
    {"&ge;", ">=", ANYWHERE},
    {"\xe2\xa9\xbd", "<=", ANYWHERE},
    {"\xe2\xa9\xbe", ">=", ANYWHERE},
    {"\xe2\x80\xa6", "-", ANYWHERE},
    {"...", "-", ANYWHERE},
    {"..", "-", ANYWHERE},
    {"lt", "<", BEFORE_NUMBER},
    {"le", "<=", BEFORE_NUMBER},
    {"lte", "<=", BEFORE_NUMBER},
    {"gt", ">", BEFORE_NUMBER},
    {"ge", ">=", BEFORE_NUMBER},
    {"gte", ">=", BEFORE_NUMBER},
    {NULL, NULL, ANYWHERE},
};

static const struct form words[] = {
    {"at least", ">=", BEFORE_NUMBER},
    {"at most", "<=", BEFORE_NUMBER},
    {"no more than", "<=", BEFORE_NUMBER},
    {"not more than", "<=", BEFORE_NUMBER},
    {"no older than", "<=", BEFORE_NUMBER},
    {"not older than", "<=", BEFORE_NUMBER},
    {"not over", "<=", BEFORE_NUMBER},
    {"no less than", ">=", BEFORE_NUMBER},
    {"not less than", ">=", BEFORE_NUMBER},
    {"no younger than", ">=", BEFORE_NUMBER},
    {"not younger than", ">=", BEFORE_NUMBER},
    {"not under", ">=", BEFORE_NUMBER},
    {"birth", "0", BEFORE_RANGE},
    {"newborn", "0", BEFORE_RANGE},
    {"children", "", AS_WORD},
    {"child", "", AS_WORD},
    {"youth", "", AS_WORD},
    {"youths", "", AS_WORD},
    {"teens", "", AS_WORD},
    {"teenagers", "", AS_WORD},
    {"adolescents", "", AS_WORD},
    {"minors", "", AS_WORD},
    {"older adults", "", AS_WORD},
    {"adults", "", AS_WORD},
    {"adult", "", AS_WORD},
    {"seniors", "", AS_WORD},
    {"elderly", "", AS_WORD},
    {NULL, NULL, ANYWHERE},
};

static bool is_letter(char c)
{
    c = ddg_text_small(c);
    return c >= 'a' && c <= 'z';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t skip_spaces(struct ddg_text label, size_t at)
{
    while (at < label.length && label.at[at] == ' ')
        at++;
    return at;
}

static bool has_at(struct ddg_text label, size_t at, const char *text)
{
    size_t length = strlen(text);

    if (label.length - at < length)
        return false;
    return ddg_text_alike((struct ddg_text){label.at + at, length},
                          (struct ddg_text){text, length});
}

/* True where what follows the form lets it be one. */
static bool is_followed(struct ddg_text label, size_t behind, const struct form *form)
{
    static const char *const to[] = {"to ", "through ", "thru ", "\xe2\x80\x93"};
    size_t at = skip_spaces(label, behind);

    if (form->where == ANYWHERE)
        return true;
    if (form->where == AS_WORD)
        return behind == label.length || !is_letter(label.at[behind]);
    if (at == label.length)
        return false;
    if (form->where == BEFORE_NUMBER)
        return is_digit(label.at[at]);
    if (label.at[at] == '-')
        return true;
    for (size_t i = 0; i < sizeof to / sizeof *to; i++)
        if (has_at(label, at, to[i]))
            return true;
    return false;
}

/* The form of a list that begins at a place; NULL for none. */
static const struct form *find_form(const struct form *form, struct ddg_text label, size_t at)
{
    for (; form->text; form++) {
        if (form->where != ANYWHERE && at > 0 && is_letter(label.at[at - 1]))
            continue;
        if (has_at(label, at, form->text) && is_followed(label, at + strlen(form->text), form))
            return form;
    }
    return NULL;
}

static struct ddg_text put_signs(const struct form *forms, struct ddg_text label,
                                 char room[DDG_AGE_FORMS_ROOM])
{
    size_t used = 0;

    /* no sign is longer than what it stands for */
    if (label.length > DDG_AGE_FORMS_ROOM)
        return label;
    for (size_t i = 0; i < label.length;) {
        const struct form *form = find_form(forms, label, i);

        if (!form) {
            room[used++] = label.at[i++];
            continue;
        }
        for (const char *c = form->sign; *c; c++)
            room[used++] = *c;
        i += strlen(form->text);
    }
    return (struct ddg_text){room, used};
}

struct ddg_text ddg_age_forms_signs(struct ddg_text label, char room[DDG_AGE_FORMS_ROOM])
{
    return put_signs(signs, label, room);
}

struct ddg_text ddg_age_forms_plain(struct ddg_text label, char room[DDG_AGE_FORMS_ROOM])
{
    char of_signs[DDG_AGE_FORMS_ROOM];

    return put_signs(words, put_signs(signs, label, of_signs), room);
}
