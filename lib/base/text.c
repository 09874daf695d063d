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

void ddg_text_make_printable(char *string)
{
    for (; *string; string++)
        if ((unsigned char)*string < 0x20 || *string == 0x7f)
            *string = '?';
}
