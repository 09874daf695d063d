#include "rules/time_point.h"

#include "rules/period_label.h"

enum {
    CENTURY = 100,
    PIVOT = 50, /* of years of two digits: 49 is 2049, 50 is 1950 */
};

static bool is_leap(uint32_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

uint32_t ddg_time_month_length(uint32_t year, uint32_t month)
{
    static const uint8_t length[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    return length[month - 1] + (uint32_t)(month == 2 && is_leap(year));
}

const struct ddg_time_token *ddg_time_peek(const struct ddg_time_reading *r, size_t ahead)
{
    size_t at = r->at;

    while (ahead > 0 && r->token[at].word != DDG_TIME_END) {
        at++;
        ahead--;
    }
    return &r->token[at];
}

static bool is_number(const struct ddg_time_token *t, unsigned digits, uint32_t least,
                      uint32_t most)
{
    return t->word == DDG_TIME_NUMBER && t->digits <= digits && t->number >= least &&
           t->number <= most;
}

static bool is_year(const struct ddg_time_token *t)
{
    return t->digits == 4 && is_number(t, 4, DDG_PERIOD_FIRST_YEAR, DDG_PERIOD_LAST_YEAR);
}

static bool is_between(const struct ddg_time_token *t)
{
    return t->word == DDG_TIME_DASH || t->word == DDG_TIME_SLASH;
}

/* How many months a word for a part of a year has; 0 for any other. */
static uint32_t part_of(const struct ddg_time_token *t)
{
    return t->word == DDG_TIME_QUARTER ? DDG_TIME_QUARTER_YEAR
           : t->word == DDG_TIME_HALF  ? DDG_TIME_HALF_YEAR
                                       : 0;
}

static bool take_day(struct ddg_time_reading *r, struct ddg_time_point *p, uint32_t year,
                     uint32_t month, uint32_t day, size_t tokens)
{
    if (month < 1 || month > DDG_TIME_YEAR || day < 1 ||
        day > ddg_time_month_length(year ? year : 2000, month))
        return false;
    *p = (struct ddg_time_point){.year = year, .part = month, .day = day};
    r->at += tokens;
    return true;
}

/* "2020-01-31", "1/31/2020", "31/1/2020", "20200131". */
static bool take_date(struct ddg_time_reading *r, struct ddg_time_point *p)
{
    const struct ddg_time_token *t[5];

    for (size_t i = 0; i < 5; i++)
        t[i] = ddg_time_peek(r, i);
    if (t[0]->word == DDG_TIME_NUMBER && t[0]->digits == 8)
        return t[0]->number / 10000 >= DDG_PERIOD_FIRST_YEAR &&
               t[0]->number / 10000 <= DDG_PERIOD_LAST_YEAR &&
               take_day(r, p, t[0]->number / 10000, t[0]->number / 100 % 100, t[0]->number % 100,
                        1);
    if (!is_between(t[1]) || t[3]->word != t[1]->word)
        return false;
    if (is_year(t[0]) && is_number(t[2], 2, 1, DDG_TIME_YEAR) && is_number(t[4], 2, 1, 31))
        return take_day(r, p, t[0]->number, t[2]->number, t[4]->number, 5);
    if (!is_number(t[0], 2, 1, 31) || !is_number(t[2], 2, 1, 31) || !is_year(t[4]))
        return false;
    if (t[0]->number > DDG_TIME_YEAR)
        return take_day(r, p, t[4]->number, t[2]->number, t[0]->number, 5);
    return take_day(r, p, t[4]->number, t[0]->number, t[2]->number, 5);
}

/* Takes a year that follows, also behind a comma or a dash, or with two digits. */
static uint32_t take_year(struct ddg_time_reading *r)
{
    size_t ahead =
        ddg_time_peek(r, 0)->word == DDG_TIME_AND || ddg_time_peek(r, 0)->word == DDG_TIME_DASH;
    const struct ddg_time_token *t = ddg_time_peek(r, ahead);

    if (is_year(t)) {
        r->at += ahead + 1;
        return t->number;
    }
    if (ahead == 0 && r->named && t->digits == 2 && is_number(t, 2, 0, 99)) {
        r->at++;
        return t->number + (t->number < PIVOT ? 20U : 19U) * CENTURY;
    }
    return 0;
}

/* "Jan 31, 2020", "Jan 2020", "Jan 31", "Jan". */
static bool take_named_month(struct ddg_time_reading *r, struct ddg_time_point *p)
{
    uint32_t month = ddg_time_peek(r, 0)->number;

    if (is_number(ddg_time_peek(r, 1), 2, 1, 31)) {
        uint32_t day = ddg_time_peek(r, 1)->number;

        r->at += 2;
        return take_day(r, p, take_year(r), month, day, 0);
    }
    r->at++;
    *p = (struct ddg_time_point){.months = 1, .part = month};
    p->year = take_year(r);
    return true;
}

/* "Q1", "1Q", "first quarter"; the year is another's to say. */
static bool take_part(struct ddg_time_reading *r, struct ddg_time_point *p)
{
    size_t word = part_of(ddg_time_peek(r, 0)) > 0 ? 0 : 1;
    uint32_t months = part_of(ddg_time_peek(r, word));
    const struct ddg_time_token *number = ddg_time_peek(r, 1 - word);

    if (months == 0 || !is_number(number, 2, 1, DDG_TIME_YEAR / months))
        return false;
    r->at += 2;
    *p = (struct ddg_time_point){.months = months, .part = number->number};
    return true;
}

/* What follows a year: "2018 Q1", "2018-Q1", "2018 first half", "2018 March", "2018-03". */
static bool take_of_year(struct ddg_time_reading *r, struct ddg_time_point *p)
{
    uint32_t year = ddg_time_peek(r, 0)->number;
    size_t begun = ++r->at, ahead = ddg_time_peek(r, 0)->word == DDG_TIME_DASH;

    *p = (struct ddg_time_point){.year = year, .months = DDG_TIME_YEAR, .part = 1};
    if (is_between(ddg_time_peek(r, 0)) && ddg_time_peek(r, 1)->digits == 2 &&
        is_number(ddg_time_peek(r, 1), 2, 1, DDG_TIME_YEAR)) {
        *p = (struct ddg_time_point){year, 1, ddg_time_peek(r, 1)->number, 0, true};
        r->at += 2;
        return true;
    }
    r->at += ahead;
    if (take_part(r, p)) {
        p->year = year;
    } else if (ddg_time_peek(r, 0)->word == DDG_TIME_MONTH &&
               !is_number(ddg_time_peek(r, 1), 4, 1, 9999)) {
        *p =
            (struct ddg_time_point){.year = year, .months = 1, .part = ddg_time_peek(r, 0)->number};
        r->at++;
    } else {
        r->at = begun;
    }
    return true;
}

bool ddg_time_take_point(struct ddg_time_reading *r, struct ddg_time_point *p)
{
    const struct ddg_time_token *t = ddg_time_peek(r, 0);

    if (take_date(r, p))
        return true;
    if (is_year(t))
        return take_of_year(r, p);
    if (t->word == DDG_TIME_MONTH)
        return take_named_month(r, p);
    if (t->digits == 6 &&
        is_number(t, 6, DDG_PERIOD_FIRST_YEAR * CENTURY + 1,
                  DDG_PERIOD_LAST_YEAR * CENTURY + DDG_TIME_YEAR) &&
        t->number % CENTURY >= 1 && t->number % CENTURY <= DDG_TIME_YEAR) {
        *p = (struct ddg_time_point){t->number / CENTURY, 1, t->number % CENTURY, 0, true};
        r->at++;
        return true;
    }
    if (is_number(t, 2, 1, DDG_TIME_YEAR) && is_between(ddg_time_peek(r, 1)) &&
        is_year(ddg_time_peek(r, 2))) {
        *p = (struct ddg_time_point){ddg_time_peek(r, 2)->number, 1, t->number, 0, true};
        r->at += 3;
        return true;
    }
    if (!take_part(r, p))
        return false;
    p->year = take_year(r);
    return true;
}

bool ddg_time_take_second(struct ddg_time_reading *r, const struct ddg_time_point *first,
                          struct ddg_time_point *p)
{
    const struct ddg_time_token *t = ddg_time_peek(r, 0);

    if ((first->months == DDG_TIME_QUARTER_YEAR || first->months == DDG_TIME_HALF_YEAR) &&
        part_of(ddg_time_peek(r, 1)) == 0 && t->digits == 1 &&
        is_number(t, 1, 1, DDG_TIME_YEAR / first->months)) {
        r->at++;
        *p = (struct ddg_time_point){.months = first->months, .part = t->number};
        p->year = take_year(r);
        return true;
    }
    return ddg_time_take_point(r, p);
}
