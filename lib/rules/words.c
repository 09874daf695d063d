#include "rules/words.h"

#include "base/number.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* Bytes beyond ASCII are letters of other alphabets, or close enough. */
static bool is_letter(char c)
{
    return is_upper(c) || (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
}

/* True when a word ends between at[i - 1] and at[i]: "zip5", "birthDate", "IPAddress". */
static bool is_border(struct ddg_text name, size_t i)
{
    char before = name.at[i - 1], here = name.at[i];

    if (is_digit(before) != is_digit(here))
        return true;
    if (!is_upper(here))
        return false;
    return !is_upper(before) ||
           (i + 1 < name.length && is_letter(name.at[i + 1]) && !is_upper(name.at[i + 1]));
}

void ddg_words_of(struct ddg_text name, char room[DDG_WORDS_ROOM])
{
    size_t used = 0;

    room[used++] = ' ';
    for (size_t i = 0; i < name.length && used + 3 < DDG_WORDS_ROOM; i++) {
        bool part = is_letter(name.at[i]) || is_digit(name.at[i]);

        if (room[used - 1] != ' ' && (!part || is_border(name, i)))
            room[used++] = ' ';
        if (part)
            room[used++] = ddg_text_small(name.at[i]);
    }
    if (room[used - 1] != ' ')
        room[used++] = ' ';
    room[used] = '\0';
}

bool ddg_words_have(const char *words, const char *phrase)
{
    size_t length = strlen(phrase);

    for (const char *at = words; (at = strchr(at, ' ')) != NULL;)
        if (strncmp(++at, phrase, length) == 0 && at[length] == ' ')
            return true;
    return false;
}

bool ddg_words_have_any(const char *words, const char *const *phrases)
{
    while (*phrases)
        if (ddg_words_have(words, *phrases++))
            return true;
    return false;
}

static bool is_one_of(struct ddg_text word, const char *const *known)
{
    while (*known)
        if (ddg_text_is(word, *known++))
            return true;
    return false;
}

bool ddg_words_are_all(const char *words, const char *const *known)
{
    for (const char *at = words + 1, *end; *at; at = end + 1) {
        end = strchr(at, ' ');
        if (!is_digit(*at) && !is_one_of((struct ddg_text){at, (size_t)(end - at)}, known))
            return false;
    }
    return true;
}

bool ddg_text_fits(struct ddg_text text, const char *pattern)
{
    size_t i = 0;

    for (; *pattern && *pattern != '~'; pattern++, i++)
        if (i >= text.length || !(*pattern == '9' ? is_digit(text.at[i]) : text.at[i] == *pattern))
            return false;
    return *pattern == '~' || i == text.length;
}

bool ddg_text_fits_any(struct ddg_text text, const char *const *patterns)
{
    while (*patterns)
        if (ddg_text_fits(text, *patterns++))
            return true;
    return false;
}

bool ddg_text_is_mask(struct ddg_text text, uint64_t threshold)
{
    static const char *const masks[] = {"*",   "**",   "***",        "s",        "c",      "x",
                                        "-",   "--",   "---",        ".",        "..",     "...",
                                        "n/a", "na",   "null",       "none",     "nr",     "nd",
                                        "dsu", "dsu*", "suppressed", "redacted", "masked", NULL};
    char below[DDG_UNSIGNED_ROOM + 1] = "<";

    text = ddg_text_trim(text);
    if (text.length == 0)
        return true;
    for (const char *const *mask = masks; *mask; mask++)
        if (ddg_text_alike(text, ddg_text_of(*mask)))
            return true;
    if (text.at[0] != '<')
        return false;
    ddg_format_unsigned(threshold, below + 1);
    return ddg_text_is(ddg_text_trim((struct ddg_text){text.at + 1, text.length - 1}), below + 1);
}

/* Words that stand within numbers. */
static bool is_number_word(struct ddg_text text, size_t from, size_t to)
{
    static const char *const words[] = {"to", "and", "per", "usd", "ci", "e", "pct", NULL};
    struct ddg_text word = {text.at + from, to - from};

    for (const char *const *known = words; *known; known++)
        if (ddg_text_alike(word, ddg_text_of(*known)))
            return true;
    return false;
}

bool ddg_text_is_number(struct ddg_text text)
{
    static const char *const dates[] = {"9999-99-99~", "9999-99", "9/9/~",  "99/9/~", "9/99/~",
                                        "99/99/~",     "99/9999", "9/9999", NULL};
    bool digits = false;

    if (ddg_text_fits_any(text, dates))
        return false;
    for (size_t i = 0; i < text.length; i++) {
        size_t from = i;

        digits = digits || is_digit(text.at[i]);
        /* currencies and dashes beyond ASCII are no words */
        while (i < text.length && (unsigned char)text.at[i] < 0x80 && is_letter(text.at[i]))
            i++;
        if (i > from && !is_number_word(text, from, i--))
            return false;
    }
    return digits;
}
