#include "base/text.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Length of the run of digits at `i`, its leading zeros skipped by moving `*i`. */
static size_t digit_run(struct ddg_text text, size_t *i)
{
    size_t end;

    while (*i < text.length && text.at[*i] == '0')
        ++*i;
    for (end = *i; end < text.length && is_digit(text.at[end]);)
        end++;
    return end - *i;
}

static int compare_bytes(struct ddg_text a, struct ddg_text b)
{
    size_t common = a.length < b.length ? a.length : b.length;
    int order = common ? memcmp(a.at, b.at, common) : 0;

    if (order != 0)
        return order;
    return (a.length > b.length) - (a.length < b.length);
}

int ddg_text_compare(struct ddg_text a, struct ddg_text b)
{
    size_t i = 0, j = 0;

    while (i < a.length && j < b.length) {
        if (is_digit(a.at[i]) && is_digit(b.at[j])) {
            size_t m = digit_run(a, &i), n = digit_run(b, &j);

            if (m != n)
                return m < n ? -1 : 1;
            if (m > 0) {
                int order = memcmp(a.at + i, b.at + j, m);

                if (order != 0)
                    return order;
            }
            i += m;
            j += n;
        } else {
            unsigned char c = (unsigned char)a.at[i], d = (unsigned char)b.at[j];

            if (c != d)
                return c < d ? -1 : 1;
            i++;
            j++;
        }
    }
    if (i < a.length || j < b.length)
        return i < a.length ? 1 : -1;
    return compare_bytes(a, b);
}

/* Bits of a code, from the most significant one on, behind some that are passed over. */
struct bits {
    uint64_t word;
    unsigned used, skip;
};

static inline void put_bits(struct bits *bits, uint64_t value, unsigned count)
{
    unsigned room = DDG_TEXT_KEY - bits->used, passed = bits->skip < count ? bits->skip : count;

    bits->skip -= passed;
    count -= passed;
    value &= (UINT64_C(1) << count) - 1;
    if (count > room) {
        value >>= count - room;
        count = room;
    }
    if (count > 0)
        bits->word |= value << (room - count);
    bits->used += count;
}

/* Puts in the number at text.at[*i] and moves *i behind it: how many digits it has, which begins
 * with the byte of a digit, since a text may have another byte here; then the digits.  All numbers
 * that are too long for that get the same code, and false is returned: it has to end there. */
static bool put_number(struct bits *bits, struct ddg_text text, size_t *i)
{
    enum { SHORT = 9, LONG = SHORT + UINT8_MAX };
    size_t digits = digit_run(text, i), at = *i;
    size_t told = digits < LONG ? digits : LONG;

    *i += digits;
    put_bits(bits, '0' + (told < SHORT ? told : SHORT), 8);
    if (told >= SHORT)
        put_bits(bits, told - SHORT, 8);
    for (; told < LONG && at < *i && bits->used < DDG_TEXT_KEY; at++)
        put_bits(bits, (uint64_t)(text.at[at] - '0'), 4);
    return told < LONG;
}

uint64_t ddg_text_key(struct ddg_text text, unsigned skip)
{
    struct bits bits = {.skip = skip};
    bool more = true;

    for (size_t i = 0; more && i < text.length && bits.used < DDG_TEXT_KEY;) {
        if (is_digit(text.at[i]))
            more = put_number(&bits, text, &i);
        else
            put_bits(&bits, (unsigned char)text.at[i++], 8);
    }
    return bits.word;
}

void ddg_text_make_printable(char *string)
{
    for (; *string; string++)
        if ((unsigned char)*string < 0x20 || *string == 0x7f)
            *string = '?';
}
