#include "rules/time_span.h"

#include "rules/period_label.h"
#include "rules/time_token.h"
#include "rules/words.h"

enum {
    YEAR = 12,
    HALF = 6,
    QUARTER = 3,
    /* as in rules/bands.h: of each calendar */
    MONTHS = DDG_BAND_ENDS / 4,
    DAYS = MONTHS * 31,
    CENTURY = 100,
    PIVOT = 50, /* of years of two digits: 49 is 2049, 50 is 1950 */
};

/* A year, or a part of one; `year` is 0 where another point has to say it. */
struct point {
    uint32_t year, months; /* months: how many it has; 0 for a day */
    uint32_t part;         /* which of the parts of that length, from 1; of a day, the month */
    uint32_t day;
    bool numbered; /* "2018-03", which may be a fiscal year, too */
};

struct reading {
    struct ddg_time_token token[DDG_TIME_TOKENS + 1];
    size_t at;
    bool named;
    char words[DDG_WORDS_ROOM];
    const char *column;
};

/* Days ---------------------------------------------------------------------------------------- */

static bool is_leap(uint32_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static uint32_t month_length(uint32_t year, uint32_t month)
{
    static const uint8_t length[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    return length[month - 1] + (uint32_t)(month == 2 && is_leap(year));
}

/* The first day of a month that bands count. */
static uint32_t day_of_month(uint32_t end)
{
    uint32_t months = end % MONTHS, days = end / MONTHS * DAYS;

    for (uint32_t i = 0; i < months; i++)
        days += month_length(DDG_PERIOD_FIRST_YEAR + i / YEAR, i % YEAR + 1);
    return days;
}

static struct ddg_band days_of(const struct ddg_band *months)
{
    return (struct ddg_band){day_of_month(months->from), day_of_month(months->behind)};
}

/* The days of a point whose year is known. */
static struct ddg_band days_of_point(const struct reading *r, const struct point *p)
{
    struct ddg_band months;

    if (p->months == 0) {
        months = ddg_band_in_year("", "", p->year, p->part - 1, 1);
        months.from = day_of_month(months.from) + p->day - 1;
        return (struct ddg_band){months.from, months.from + 1};
    }
    months = ddg_band_in_year(r->words, r->column, p->year, (p->part - 1) * p->months, p->months);
    return days_of(&months);
}

/* Points -------------------------------------------------------------------------------------- */

static const struct ddg_time_token *peek(const struct reading *r, size_t ahead)
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
    return t->word == DDG_TIME_QUARTER ? QUARTER : t->word == DDG_TIME_HALF ? HALF : 0;
}

static bool take_day(struct reading *r, struct point *p, uint32_t year, uint32_t month,
                     uint32_t day, size_t tokens)
{
    if (month < 1 || month > YEAR || day < 1 || day > month_length(year ? year : 2000, month))
        return false;
    *p = (struct point){.year = year, .part = month, .day = day};
    r->at += tokens;
    return true;
}

/* "2020-01-31", "1/31/2020", "31/1/2020", "20200131". */
static bool take_date(struct reading *r, struct point *p)
{
    const struct ddg_time_token *t[5];

    for (size_t i = 0; i < 5; i++)
        t[i] = peek(r, i);
    if (t[0]->word == DDG_TIME_NUMBER && t[0]->digits == 8)
        return t[0]->number / 10000 >= DDG_PERIOD_FIRST_YEAR &&
               t[0]->number / 10000 <= DDG_PERIOD_LAST_YEAR &&
               take_day(r, p, t[0]->number / 10000, t[0]->number / 100 % 100, t[0]->number % 100,
                        1);
    if (!is_between(t[1]) || t[3]->word != t[1]->word)
        return false;
    if (is_year(t[0]) && is_number(t[2], 2, 1, YEAR) && is_number(t[4], 2, 1, 31))
        return take_day(r, p, t[0]->number, t[2]->number, t[4]->number, 5);
    if (!is_number(t[0], 2, 1, 31) || !is_number(t[2], 2, 1, 31) || !is_year(t[4]))
        return false;
    if (t[0]->number > YEAR)
        return take_day(r, p, t[4]->number, t[2]->number, t[0]->number, 5);
    return take_day(r, p, t[4]->number, t[0]->number, t[2]->number, 5);
}

/* Takes a year that follows, also behind a comma or a dash, or with two digits. */
static uint32_t take_year(struct reading *r)
{
    size_t ahead = peek(r, 0)->word == DDG_TIME_AND || peek(r, 0)->word == DDG_TIME_DASH;
    const struct ddg_time_token *t = peek(r, ahead);

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
static bool take_named_month(struct reading *r, struct point *p)
{
    uint32_t month = peek(r, 0)->number;

    if (is_number(peek(r, 1), 2, 1, 31)) {
        uint32_t day = peek(r, 1)->number;

        r->at += 2;
        return take_day(r, p, take_year(r), month, day, 0);
    }
    r->at++;
    *p = (struct point){.months = 1, .part = month};
    p->year = take_year(r);
    return true;
}

/* "Q1", "1Q", "first quarter"; the year is another's to say. */
static bool take_part(struct reading *r, struct point *p)
{
    size_t word = part_of(peek(r, 0)) > 0 ? 0 : 1;
    uint32_t months = part_of(peek(r, word));
    const struct ddg_time_token *number = peek(r, 1 - word);

    if (months == 0 || !is_number(number, 2, 1, YEAR / months))
        return false;
    r->at += 2;
    *p = (struct point){.months = months, .part = number->number};
    return true;
}

/* What follows a year: "2018 Q1", "2018-Q1", "2018 first half", "2018 March", "2018-03". */
static bool take_of_year(struct reading *r, struct point *p)
{
    uint32_t year = peek(r, 0)->number;
    size_t begun = ++r->at, ahead = peek(r, 0)->word == DDG_TIME_DASH;

    *p = (struct point){.year = year, .months = YEAR, .part = 1};
    if (is_between(peek(r, 0)) && peek(r, 1)->digits == 2 && is_number(peek(r, 1), 2, 1, YEAR)) {
        *p = (struct point){year, 1, peek(r, 1)->number, 0, true};
        r->at += 2;
        return true;
    }
    r->at += ahead;
    if (take_part(r, p)) {
        p->year = year;
    } else if (peek(r, 0)->word == DDG_TIME_MONTH && !is_number(peek(r, 1), 4, 1, 9999)) {
        *p = (struct point){.year = year, .months = 1, .part = peek(r, 0)->number};
        r->at++;
    } else {
        r->at = begun;
    }
    return true;
}

static bool take_point(struct reading *r, struct point *p)
{
    const struct ddg_time_token *t = peek(r, 0);

    if (take_date(r, p))
        return true;
    if (is_year(t))
        return take_of_year(r, p);
    if (t->word == DDG_TIME_MONTH)
        return take_named_month(r, p);
    if (t->digits == 6 &&
        is_number(t, 6, DDG_PERIOD_FIRST_YEAR * CENTURY + 1,
                  DDG_PERIOD_LAST_YEAR * CENTURY + YEAR) &&
        t->number % CENTURY >= 1 && t->number % CENTURY <= YEAR) {
        *p = (struct point){t->number / CENTURY, 1, t->number % CENTURY, 0, true};
        r->at++;
        return true;
    }
    if (is_number(t, 2, 1, YEAR) && is_between(peek(r, 1)) && is_year(peek(r, 2))) {
        *p = (struct point){peek(r, 2)->number, 1, t->number, 0, true};
        r->at += 3;
        return true;
    }
    if (!take_part(r, p))
        return false;
    p->year = take_year(r);
    return true;
}

/* Ranges -------------------------------------------------------------------------------------- */

/* The second of two may be no more than a number: "Q1-3". */
static bool take_second(struct reading *r, const struct point *first, struct point *p)
{
    const struct ddg_time_token *t = peek(r, 0);

    if ((first->months == QUARTER || first->months == HALF) && part_of(peek(r, 1)) == 0 &&
        t->digits == 1 && is_number(t, 1, 1, YEAR / first->months)) {
        r->at++;
        *p = (struct point){.months = first->months, .part = t->number};
        p->year = take_year(r);
        return true;
    }
    return take_point(r, p);
}

static struct ddg_band from_start(const struct reading *r, uint32_t behind)
{
    struct ddg_band all =
        ddg_band_in_year(r->words, r->column, DDG_PERIOD_FIRST_YEAR, 0, MONTHS - YEAR);

    return (struct ddg_band){day_of_month(all.from), behind};
}

static struct ddg_band to_the_end(const struct reading *r, uint32_t from)
{
    struct ddg_band all =
        ddg_band_in_year(r->words, r->column, DDG_PERIOD_FIRST_YEAR, 0, MONTHS - YEAR);

    return (struct ddg_band){from, day_of_month(all.behind)};
}

/* Two points; two years are mostly read by others, since they may be one that begins in the first.
 */
static bool read_range(struct reading *r, enum ddg_time_word between, struct point *first,
                       struct ddg_band *days)
{
    struct point second;
    bool years, listed = between == DDG_TIME_AND || between == DDG_TIME_PLUS;
    struct ddg_band from, to;

    if (!take_second(r, first, &second) || peek(r, 0)->word != DDG_TIME_END)
        return false;
    first->year = first->year ? first->year : second.year;
    second.year = second.year ? second.year : first->year;
    years = first->months == YEAR || second.months == YEAR;
    if (first->year == 0 ||
        (between == DDG_TIME_SLASH && (first->months > 0 || second.months > 0)) ||
        (between == DDG_TIME_DASH && years))
        return false;
    from = days_of_point(r, first);
    to = days_of_point(r, &second);
    *days = (struct ddg_band){from.from, to.behind};
    return to.from >= from.from && (!listed || to.from == from.behind);
}

/* What stands before the first point: an end is open, or it is a year to date. */
static bool read_lead(struct reading *r, enum ddg_time_word lead, struct ddg_band *days)
{
    struct point p;
    struct ddg_band here;

    r->at++;
    if (!take_point(r, &p) || peek(r, 0)->word != DDG_TIME_END || p.year == 0)
        return false;
    here = days_of_point(r, &p);
    if (lead == DDG_TIME_TO)
        *days = from_start(r, here.behind);
    else if (lead == DDG_TIME_BEFORE)
        *days = from_start(r, here.from);
    else if (lead == DDG_TIME_SINCE)
        *days = to_the_end(r, here.from);
    else if (lead == DDG_TIME_LATER)
        *days = to_the_end(r, here.behind);
    else
        *days = (struct ddg_band){here.from, here.behind - 1};
    return lead != DDG_TIME_YTD || p.months == YEAR;
}

/* What stands behind a point that is the last: "2018+", "2018 and later", "2018-present". */
static bool read_tail(struct reading *r, const struct point *p, struct ddg_band *days)
{
    enum ddg_time_word word = peek(r, 0)->word, next = peek(r, 1)->word;
    struct ddg_band here = days_of_point(r, p);

    if ((word == DDG_TIME_AND || word == DDG_TIME_DASH || word == DDG_TIME_TO) &&
        next != DDG_TIME_END) {
        r->at++;
        word = next;
        next = peek(r, 1)->word;
    }
    if (next != DDG_TIME_END)
        return false;
    if (word == DDG_TIME_YTD)
        *days = (struct ddg_band){here.from, here.behind - 1};
    else if (word == DDG_TIME_BEFORE)
        *days = from_start(r, here.behind);
    else
        *days = to_the_end(r, here.from);
    return word == DDG_TIME_YTD ? p->months == YEAR
                                : word == DDG_TIME_PLUS || word == DDG_TIME_LATER ||
                                      word == DDG_TIME_NOW || word == DDG_TIME_BEFORE;
}

/* Labels that say more than a year, a month by numbers or two years. */
static bool read_own(struct reading *r, struct ddg_band *days)
{
    enum ddg_time_word lead = peek(r, 0)->word, between;
    struct point first;
    size_t behind;

    if (lead == DDG_TIME_TO || lead == DDG_TIME_BEFORE || lead == DDG_TIME_SINCE ||
        lead == DDG_TIME_LATER || lead == DDG_TIME_YTD)
        return read_lead(r, lead, days);
    if (!take_point(r, &first))
        return false;
    between = peek(r, 0)->word;
    behind = r->at;
    if (between == DDG_TIME_END) {
        *days = first.year ? days_of_point(r, &first) : *days;
        return first.year > 0 && first.months != YEAR && !first.numbered;
    }
    if (first.year > 0 && read_tail(r, &first, days))
        return true;
    r->at = behind + 1;
    return (between == DDG_TIME_DASH || between == DDG_TIME_SLASH || between == DDG_TIME_TO ||
            between == DDG_TIME_AND || between == DDG_TIME_PLUS) &&
           read_range(r, between, &first, days);
}

bool ddg_time_span_read(struct ddg_text label, const char *column, bool named, bool pairs,
                        struct ddg_band *days)
{
    struct reading r = {.named = named, .column = column};
    struct ddg_band months;

    label = ddg_text_trim(label);
    ddg_words_of(label, r.words);
    if (ddg_time_tokens_read(label, r.token) && read_own(&r, days))
        return days->from < days->behind;
    if (!ddg_band_of_time(label, column, pairs, &months))
        return false;
    *days = days_of(&months);
    return true;
}
