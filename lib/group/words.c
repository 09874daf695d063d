#include "group/words.h"

static const char digits[] = "0123456789abcdef";

static bool is_plain(unsigned char byte)
{
    return byte > ' ' && byte < 0x7f && byte != '\\';
}

void ddg_word_add(struct ddg_sink *sink, struct ddg_text text)
{
    char *to;

    if (ddg_sink_room(sink, 3 * text.length + 3))
        return;
    to = sink->buffer + sink->used;
    *to++ = ' ';
    for (size_t i = 0; i < text.length; i++) {
        unsigned char byte = (unsigned char)text.at[i];

        if (is_plain(byte)) {
            *to++ = (char)byte;
        } else {
            *to++ = '\\';
            *to++ = digits[byte >> 4];
            *to++ = digits[byte & 15];
        }
    }
    if (text.length == 0) {
        *to++ = '\\';
        *to++ = '-';
    }
    sink->used = (size_t)(to - sink->buffer);
}

void ddg_word_add_number(struct ddg_sink *sink, uint64_t number)
{
    char room[DDG_UNSIGNED_ROOM];

    ddg_word_add(sink, ddg_format_unsigned(number, room));
}

bool ddg_word_next(struct ddg_text *line, struct ddg_text *word)
{
    size_t length = 0;

    while (length < line->length && line->at[length] != ' ')
        length++;
    if (length == 0)
        return false;
    *word = (struct ddg_text){line->at, length};
    line->at += length;
    line->length -= length;
    if (line->length == 1)
        return false; /* a space with nothing behind it */
    if (line->length > 0) {
        line->at++;
        line->length--;
    }
    return true;
}

bool ddg_word_next_number(struct ddg_text *line, uint64_t most, uint64_t *number)
{
    struct ddg_text word;

    return ddg_word_next(line, &word) && ddg_parse_unsigned(word, number) && *number <= most;
}

static int value_of(char digit)
{
    const char *at = digit ? strchr(digits, digit) : NULL;

    return at ? (int)(at - digits) : -1;
}

bool ddg_word_read(struct ddg_text word, struct ddg_text *text)
{
    char *bytes = (char *)word.at, *to = bytes;

    *text = (struct ddg_text){bytes, 0};
    if (ddg_text_is(word, "\\-"))
        return true;
    for (size_t i = 0; i < word.length; i++) {
        int high, low;

        if (is_plain((unsigned char)word.at[i])) {
            *to++ = word.at[i];
            continue;
        }
        if (word.at[i] != '\\' || word.length - i < 3)
            return false;
        high = value_of(word.at[i + 1]);
        low = value_of(word.at[i + 2]);
        if (high < 0 || low < 0 || (high | low) == 0 || is_plain((unsigned char)(high << 4 | low)))
            return false;
        *to++ = (char)(high << 4 | low);
        i += 2;
    }
    text->length = (size_t)(to - bytes);
    return text->length > 0;
}
