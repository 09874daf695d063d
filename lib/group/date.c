#include "group/date.h"

static const char no_date[] = "not a date (YYYY-MM-DD or MM/DD/YYYY)";

/* Takes `least` to `most` digits off the front. */
static bool take_number(struct ddg_text *text, size_t least, size_t most, unsigned *value)
{
    size_t used = 0;

    *value = 0;
    while (used < most && used < text->length) {
        unsigned digit = (unsigned)(unsigned char)text->at[used] - '0';

        if (digit > 9)
            break;
        *value = *value * 10 + digit;
        used++;
    }
    text->at += used;
    text->length -= used;
    return used >= least;
}

static bool take(struct ddg_text *text, char c)
{
    if (text->length == 0 || text->at[0] != c)
        return false;
    text->at++;
    text->length--;
    return true;
}

static bool take_two_digits(struct ddg_text *text, unsigned most)
{
    unsigned value;

    return take_number(text, 2, 2, &value) && value <= most;
}

/* "Z", "+08:00", "-0800", "+08" or nothing, up to the end. */
static bool is_zone(struct ddg_text text)
{
    if (text.length == 0)
        return true;
    if (take(&text, 'Z'))
        return text.length == 0;
    if ((!take(&text, '+') && !take(&text, '-')) || !take_two_digits(&text, 23))
        return false;
    if (text.length == 0)
        return true;
    take(&text, ':');
    return take_two_digits(&text, 59) && text.length == 0;
}

/* "hh:mm", "hh:mm:ss" or "hh:mm:ss.fraction", and a zone. */
static bool is_time(struct ddg_text text)
{
    unsigned fraction;

    if (!take_two_digits(&text, 23) || !take(&text, ':') || !take_two_digits(&text, 59))
        return false;
    if (take(&text, ':')) {
        if (!take_two_digits(&text, 60)) /* a leap second */
            return false;
        if (take(&text, '.') && !take_number(&text, 1, 9, &fraction))
            return false;
    }
    return is_zone(text);
}

static unsigned days_of(unsigned year, unsigned month)
{
    static const unsigned char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

    return days[month - 1] + (month == 2 && leap ? 1u : 0u);
}

static const char *check(struct ddg_date *date, bool has_day)
{
    if (date->year == 0 || date->month < 1 || date->month > 12)
        return "a date that no calendar has";
    if (has_day && (date->day < 1 || date->day > days_of(date->year, date->month)))
        return "a date that no calendar has";
    date->quarter = (date->month - 1) / 3 + 1;
    return NULL;
}

/* Behind "YYYY": the rest of an ISO date. */
static const char *parse_iso(struct ddg_text text, struct ddg_date *date)
{
    if (text.length == 0)
        return date->year ? NULL : "a date that no calendar has";
    if (!take(&text, '-'))
        return no_date;
    if (take(&text, 'Q'))
        return take_number(&text, 1, 1, &date->quarter) && date->quarter >= 1 &&
                       date->quarter <= 4 && text.length == 0 && date->year
                   ? NULL
                   : no_date;
    if (!take_number(&text, 2, 2, &date->month))
        return no_date;
    if (text.length == 0)
        return check(date, false);
    if (!take(&text, '-') || !take_number(&text, 2, 2, &date->day))
        return no_date;
    if (text.length > 0 && !((take(&text, 'T') || take(&text, ' ')) && is_time(text)))
        return no_date;
    return check(date, true);
}

const char *ddg_date_parse(struct ddg_text text, struct ddg_date *date)
{
    struct ddg_text rest = text;

    *date = (struct ddg_date){0};
    if (take_number(&rest, 4, 4, &date->year))
        return parse_iso(rest, date);
    date->year = 0;
    if (!take_number(&text, 1, 2, &date->month) || !take(&text, '/') ||
        !take_number(&text, 1, 2, &date->day) || !take(&text, '/') ||
        !take_number(&text, 4, 4, &date->year) || text.length > 0)
        return no_date;
    return check(date, true);
}
