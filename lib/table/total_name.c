#include "table/total_name.h"

static bool is_one_of(struct ddg_text text, const char *const *words)
{
    for (size_t i = 0; words[i]; i++)
        if (ddg_text_alike(text, ddg_text_of(words[i])))
            return true;
    return false;
}

/* Bytes of UTF-8 beyond ASCII are letters as likely as not. */
static bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (unsigned char)byte >= 0x80 || byte == '\'';
}

/* The next word behind *at, which is set behind it; an empty one where there is none. */
static struct ddg_text next_word(struct ddg_text text, size_t *at)
{
    struct ddg_text word = {0};

    while (*at < text.length && !is_letter(text.at[*at]))
        (*at)++;
    word.at = text.at + *at;
    while (*at < text.length && is_letter(text.at[*at])) {
        word.length++;
        (*at)++;
    }
    return word;
}

bool ddg_total_name_is_usual(struct ddg_text label)
{
    static const char *const state[] = {"california", "state of california", "calif", "ca", NULL};
    static const char *const total[] = {"total", "totals",   "all",       "overall",  "statewide",
                                        "state", "both",     "everyone",  "combined", "grand",
                                        "sum",   "subtotal", "subtotals", NULL};
    static const char *const rest[] = {"other", "others", "rest", NULL};
    size_t at = 0;
    struct ddg_text first = next_word(label, &at), last = first, word;

    for (word = first; word.length > 0; word = next_word(label, &at)) {
        if (is_one_of(word, rest))
            return false;
        last = word;
    }
    return is_one_of(ddg_text_trim(label), state) || is_one_of(first, total) ||
           is_one_of(last, total);
}

static bool has_space(struct ddg_text text)
{
    return memchr(text.at, ' ', text.length);
}

void ddg_total_name_say(struct ddg_prose *prose, struct ddg_text dimension, struct ddg_text label)
{
    bool plain = !(dimension.length && has_space(dimension)) && !(label.length && has_space(label));

    ddg_prose_say(prose, plain ? "--total " : "--total '");
    ddg_prose_add(prose, dimension);
    ddg_prose_say(prose, "=");
    ddg_prose_add(prose, label);
    ddg_prose_say(prose, plain ? "" : "'");
}
