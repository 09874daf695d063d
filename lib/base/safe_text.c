#include "base/safe_text.h"

#include <stdbool.h>

void ddg_safe_add(struct ddg_safe_text *text, const char *string)
{
    while (*string && text->used < text->room)
        text->at[text->used++] = *string++;
}

void ddg_safe_add_number(struct ddg_safe_text *text, uint64_t number, unsigned least)
{
    char digits[24], *end = digits + sizeof digits - 1, *at = end;

    *at = '\0';
    do
        *--at = (char)('0' + number % 10);
    while ((number /= 10) > 0 || end - at < (int)least);
    ddg_safe_add(text, at);
}

static bool is_leap(uint64_t year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static uint64_t days_of(uint64_t year, unsigned month)
{
    static const unsigned char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    return days[month] + (month == 1 && is_leap(year) ? 1u : 0u);
}

void ddg_safe_add_time(struct ddg_safe_text *text, uint64_t seconds)
{
    uint64_t days = seconds / 86400, year = 1970;
    unsigned month = 0;

    for (; days >= (is_leap(year) ? 366u : 365u); year++)
        days -= is_leap(year) ? 366 : 365;
    for (; days >= days_of(year, month); month++)
        days -= days_of(year, month);
    ddg_safe_add_number(text, year, 4);
    ddg_safe_add(text, "-");
    ddg_safe_add_number(text, month + 1, 2);
    ddg_safe_add(text, "-");
    ddg_safe_add_number(text, days + 1, 2);
    ddg_safe_add(text, "T");
    ddg_safe_add_number(text, seconds / 3600 % 24, 2);
    ddg_safe_add(text, ":");
    ddg_safe_add_number(text, seconds / 60 % 60, 2);
    ddg_safe_add(text, ":");
    ddg_safe_add_number(text, seconds % 60, 2);
    ddg_safe_add(text, "Z");
}
