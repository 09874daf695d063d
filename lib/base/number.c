#include "base/number.h"

/* Digits that 64 bits hold in any case; so that places are within their limit, too. */
enum { SHORT_LENGTH = 18 };

bool ddg_parse_unsigned(struct ddg_text text, uint64_t *value)
{
    uint64_t sum = 0;

    if (text.length == 0)
        return false;
    for (size_t i = 0; i < text.length; i++) {
        unsigned digit = (unsigned)(unsigned char)text.at[i] - '0';

        if (digit > 9 || sum > (UINT64_MAX - digit) / 10)
            return false;
        sum = sum * 10 + digit;
    }
    *value = sum;
    return true;
}

bool ddg_parse_grouped(struct ddg_text text, uint64_t *value)
{
    char digits[DDG_UNSIGNED_ROOM];
    size_t used = 0, since_comma = 0;
    bool grouped = false;

    text = ddg_text_trim(text);
    for (size_t i = 0; i < text.length; i++) {
        if (text.at[i] == ',') {
            if (grouped ? since_comma != 3 : since_comma == 0 || since_comma > 3)
                return false;
            grouped = true;
            since_comma = 0;
        } else {
            if (used == sizeof digits)
                return false;
            digits[used++] = text.at[i];
            since_comma++;
        }
    }
    if (grouped && since_comma != 3)
        return false;
    return ddg_parse_unsigned((struct ddg_text){digits, used}, value);
}

struct ddg_text ddg_format_unsigned(uint64_t value, char *room)
{
    char digits[DDG_UNSIGNED_ROOM], *end = digits + sizeof digits, *at = end;
    size_t length;

    do
        *--at = (char)('0' + value % 10);
    while ((value /= 10) > 0);
    length = (size_t)(end - at);
    memcpy(room, at, length);
    room[length] = '\0';
    return (struct ddg_text){room, length};
}

bool ddg_add_unsigned(uint64_t *a, uint64_t b)
{
    if (b > UINT64_MAX - *a)
        return false;
    *a += b;
    return true;
}

/* Reads a decimal of so few digits that a machine word holds it. */
static bool parse_short(struct ddg_text text, struct ddg_decimal *value)
{
    const char *at = text.at, *end = at + text.length, *point = NULL;
    bool negative = *at == '-';
    int64_t units = 0;

    at += negative || *at == '+';
    if (at + (at < end && *at == '.') == end)
        return false;
    for (; at < end; at++) {
        unsigned digit = (unsigned)(unsigned char)*at - '0';

        if (digit <= 9)
            units = units * 10 + (int64_t)digit;
        else if (*at == '.' && !point)
            point = at;
        else
            return false;
    }
    value->units = negative ? -units : units;
    value->places = point ? (unsigned)(end - point - 1) : 0;
    return true;
}

bool ddg_decimal_parse(struct ddg_text text, struct ddg_decimal *value)
{
    struct ddg_decimal sum = {0, 0};
    bool negative = false, point = false, digits = false;
    size_t i = 0;

    if (text.length > 0 && text.length <= SHORT_LENGTH)
        return parse_short(text, value);
    if (text.length > 0 && (text.at[0] == '-' || text.at[0] == '+')) {
        negative = text.at[0] == '-';
        i = 1;
    }
    for (; i < text.length; i++) {
        unsigned digit = (unsigned)(unsigned char)text.at[i] - '0';

        if (text.at[i] == '.' && !point) {
            point = true;
            continue;
        }
        if (digit > 9)
            return false;
        if (__builtin_mul_overflow(sum.units, 10, &sum.units) ||
            __builtin_add_overflow(sum.units, (int)digit, &sum.units))
            return false;
        if (point && ++sum.places > DDG_DECIMAL_PLACES_MOST)
            return false;
        digits = true;
    }
    if (!digits)
        return false;
    if (negative)
        sum.units = -sum.units;
    *value = sum;
    return true;
}

static bool scale_to(struct ddg_decimal *value, unsigned places)
{
    for (; value->places < places; value->places++)
        if (__builtin_mul_overflow(value->units, 10, &value->units))
            return false;
    return true;
}

bool ddg_decimal_add(struct ddg_decimal *a, struct ddg_decimal b)
{
    struct ddg_decimal sum = *a;

    if (!scale_to(&sum, b.places) || !scale_to(&b, sum.places) ||
        __builtin_add_overflow(sum.units, b.units, &sum.units))
        return false;
    *a = sum;
    return true;
}

struct ddg_text ddg_decimal_format(struct ddg_decimal value, char *room)
{
    char *at = room + DDG_DECIMAL_ROOM - 1;
    bool negative = value.units < 0;
    unsigned __int128 rest =
        negative ? -(unsigned __int128)value.units : (unsigned __int128)value.units;
    unsigned written = 0;

    *at = '\0';
    do {
        if (written == value.places && written > 0)
            *--at = '.';
        *--at = (char)('0' + (int)(rest % 10));
        rest /= 10;
        written++;
    } while (rest > 0 || written <= value.places);
    if (negative)
        *--at = '-';
    return (struct ddg_text){at, (size_t)(room + DDG_DECIMAL_ROOM - 1 - at)};
}
