/*
 * A text is a view: bytes that belong to somebody else, with a length and without a final NUL.
 * Fields of records, column names and category labels are texts.  How long one may be used is said
 * by the function that returns it.
 */
#ifndef DDG_BASE_TEXT_H
#define DDG_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct ddg_text {
    const char *at; /* may be NULL only when length is 0 */
    size_t length;  /* bytes */
};

/* The bytes of a C string, without its NUL; as long-lived as the string. */
static inline struct ddg_text ddg_text_of(const char *string)
{
    return (struct ddg_text){string, strlen(string)};
}

/* True when both hold the same bytes: no folding of case, space or Unicode forms. */
static inline bool ddg_text_equal(struct ddg_text a, struct ddg_text b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.at, b.at, a.length) == 0);
}

static inline bool ddg_text_is(struct ddg_text text, const char *string)
{
    return ddg_text_equal(text, ddg_text_of(string));
}

/* A byte with the capitals of ASCII made small. */
static inline char ddg_text_small(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
}

/* True when both hold the same bytes but for capitals of ASCII. */
static inline bool ddg_text_alike(struct ddg_text a, struct ddg_text b)
{
    if (a.length != b.length)
        return false;
    for (size_t i = 0; i < a.length; i++)
        if (ddg_text_small(a.at[i]) != ddg_text_small(b.at[i]))
            return false;
    return true;
}

/* The text without spaces and tabs at its ends; a view of the same bytes. */
static inline struct ddg_text ddg_text_trim(struct ddg_text text)
{
    while (text.length > 0 && (text.at[0] == ' ' || text.at[0] == '\t')) {
        text.at++;
        text.length--;
    }
    while (text.length > 0 && (text.at[text.length - 1] == ' ' || text.at[text.length - 1] == '\t'))
        text.length--;
    return text;
}

/* Order of category labels: bytes compare as bytes, but a run of ASCII digits compares as the
 * number it spells, so that 5-9 comes before 10-14.  A total order: labels that differ only in
 * leading zeros are told apart by their bytes.  Returns <0, 0 or >0. */
int ddg_text_compare(struct ddg_text a, struct ddg_text b);

enum { DDG_TEXT_KEY = 64 }; /* bits of a key */

/* A number for sorting by that order: bits of a code of the text, from the bit `skip` on, the most
 * significant first; zeros behind its end.  Of two texts that have the same keys before `skip`, the
 * one whose key is smaller there is smaller.  Texts that differ may have the same code. */
uint64_t ddg_text_key(struct ddg_text text, unsigned skip);

/* Replaces control bytes of a string by '?': they could hide the rest of a line, or drive a
 * terminal. */
void ddg_text_make_printable(char *string);

#endif
