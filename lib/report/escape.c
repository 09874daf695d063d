#include "report/escape.h"

#include <stdint.h>
#include <stdio.h>

#define REPLACEMENT "\xef\xbf\xbd" /* U+FFFD */

/* A character of a text, and what kind it is. */
struct character {
    size_t length; /* bytes it takes in the text, at least 1 */
    uint32_t code;
    bool valid;
};

static bool continues(struct ddg_text text, size_t at)
{
    return at < text.length && ((unsigned char)text.at[at] & 0xc0) == 0x80;
}

/* The first character of a text that is not empty: the shortest form only, no surrogates, nothing
 * above U+10FFFF.  A byte that starts none is a character of its own. */
static struct character first_of(struct ddg_text text)
{
    static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    unsigned char byte = (unsigned char)text.at[0];
    size_t length = byte < 0x80 ? 1 : byte < 0xc2 ? 0 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
    uint32_t code = byte;

    if (length == 1)
        return (struct character){1, code, true};
    if (length == 0 || byte > 0xf4)
        return (struct character){1, code, false};
    code &= 0xffu >> (length + 1);
    for (size_t i = 1; i < length; i++) {
        if (!continues(text, i))
            return (struct character){1, code, false};
        code = code << 6 | ((unsigned char)text.at[i] & 0x3f);
    }
    if (code < smallest[length] || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
        return (struct character){1, code, false};
    return (struct character){length, code, true};
}

static bool is_control(uint32_t code)
{
    return code < 0x20 || (code >= 0x7f && code < 0xa0);
}

/* Separators of lines, and what overrides the direction of text: "Total" could read "latoT". */
static bool is_deceptive(uint32_t code)
{
    return (code >= 0x2028 && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
}

static void add_json(struct ddg_sink *sink, struct ddg_text text, struct character c)
{
    char room[8];

    if (!c.valid) {
        ddg_sink_say(sink, REPLACEMENT);
    } else if (is_control(c.code) || is_deceptive(c.code)) {
        snprintf(room, sizeof room, "\\u%04x", (unsigned)(c.code & 0xffff));
        ddg_sink_say(sink, room);
    } else {
        if (c.code == '"' || c.code == '\\')
            ddg_sink_say(sink, "\\");
        ddg_sink_add(sink, text.at, c.length);
    }
}

static void add_html(struct ddg_sink *sink, struct ddg_text text, struct character c)
{
    switch (c.code) {
    case '&':
        ddg_sink_say(sink, "&amp;");
        break;
    case '<':
        ddg_sink_say(sink, "&lt;");
        break;
    case '>':
        ddg_sink_say(sink, "&gt;");
        break;
    case '"':
        ddg_sink_say(sink, "&quot;");
        break;
    case '\'':
        ddg_sink_say(sink, "&#39;");
        break;
    default:
        ddg_sink_add(sink, text.at, c.length);
    }
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* True behind "www", in any case: what follows its point is taken for an address. */
static bool ends_in_www(struct ddg_text text, size_t at)
{
    size_t count = 0;

    while (count < 3 && count < at && (text.at[at - 1 - count] | 0x20) == 'w')
        count++;
    return count == 3;
}

/* True where the character means something to Markdown: always, at the start of a text (a heading,
 * a list), or in what is taken for a link without brackets. */
static bool is_markup(struct ddg_text text, size_t at)
{
    char c = text.at[at];
    size_t digits = 0;

    if (strchr("\\`*_[]<>|~&$@", c))
        return true;
    if (at == 0)
        return strchr("#+-=", c) != NULL;
    if (c == ':')
        return at + 1 < text.length && text.at[at + 1] == '/';
    if (c == '.' && ends_in_www(text, at))
        return true;
    while (digits < at && is_digit(text.at[digits]))
        digits++;
    return digits == at && (c == '.' || c == ')');
}

static void add_markdown(struct ddg_sink *sink, struct ddg_text text, size_t at, size_t length)
{
    if (length == 1 && is_markup(text, at))
        ddg_sink_say(sink, "\\");
    ddg_sink_add(sink, text.at + at, length);
}

static void add_shown(struct ddg_sink *sink, struct ddg_text text, size_t at, struct character c,
                      enum ddg_escape escape)
{
    struct ddg_text rest = {text.at + at, text.length - at};

    if (c.code == '\n' || c.code == '\r' || c.code == '\t')
        ddg_sink_say(sink, " ");
    else if (!c.valid || is_control(c.code) || is_deceptive(c.code))
        ddg_sink_say(sink, REPLACEMENT);
    else if (escape == DDG_ESCAPE_HTML)
        add_html(sink, rest, c);
    else if (escape == DDG_ESCAPE_MARKDOWN)
        add_markdown(sink, text, at, c.length);
    else
        ddg_sink_add(sink, rest.at, c.length);
}

void ddg_escape(struct ddg_sink *sink, struct ddg_text text, enum ddg_escape escape)
{
    size_t at = 0;

    while (at < text.length) {
        struct ddg_text rest = {text.at + at, text.length - at};
        struct character c = first_of(rest);

        if (escape == DDG_ESCAPE_JSON)
            add_json(sink, rest, c);
        else
            add_shown(sink, text, at, c, escape);
        at += c.length;
    }
}

void ddg_escape_quoted(struct ddg_sink *sink, struct ddg_text text)
{
    ddg_sink_say(sink, "\"");
    ddg_escape(sink, text, DDG_ESCAPE_JSON);
    ddg_sink_say(sink, "\"");
}

size_t ddg_escape_width(struct ddg_text text)
{
    size_t width = 0, at = 0;

    while (at < text.length) {
        at += first_of((struct ddg_text){text.at + at, text.length - at}).length;
        width++;
    }
    return width;
}
