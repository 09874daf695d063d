#include "rules/time_span.h"

#include "rules/period_label.h"
#include "rules/time_point.h"

enum {
    /* as in rules/bands.h: of each calendar */
    MONTHS = DDG_BAND_ENDS / 4,
    DAYS = MONTHS * 31,
};

/* Days ---------------------------------------------------------------------------------------- */

/* The first day of a month that bands count. */
static uint32_t day_of_month(uint32_t end)
{
    uint32_t months = end % MONTHS, days = end / MONTHS * DAYS;

    for (uint32_t i = 0; i < months; i++)
        days +=
            ddg_time_month_length(DDG_PERIOD_FIRST_YEAR + i / DDG_TIME_YEAR, i % DDG_TIME_YEAR + 1);
    return days;
}

static struct ddg_band days_of(const struct ddg_band *months)
{
    return (struct ddg_band){day_of_month(months->from), day_of_month(months->behind)};
}

/* The days of a point whose year is known. */
static struct ddg_band days_of_point(const struct ddg_time_reading *r,
                                     const struct ddg_time_point *p)
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

/* Ranges -------------------------------------------------------------------------------------- */

static struct ddg_band from_start(const struct ddg_time_reading *r, uint32_t behind)
{
    struct ddg_band all =
        ddg_band_in_year(r->words, r->column, DDG_PERIOD_FIRST_YEAR, 0, MONTHS - DDG_TIME_YEAR);

    return (struct ddg_band){day_of_month(all.from), behind};
}

static struct ddg_band to_the_end(const struct ddg_time_reading *r, uint32_t from)
{
    struct ddg_band all =
        ddg_band_in_year(r->words, r->column, DDG_PERIOD_FIRST_YEAR, 0, MONTHS - DDG_TIME_YEAR);

    return (struct ddg_band){from, day_of_month(all.behind)};
}

/* Two points; two years are mostly read by others, since they may be one that begins in the first.
 */
static bool read_range(struct ddg_time_reading *r, enum ddg_time_word between,
                       struct ddg_time_point *first, struct ddg_band *days)
{
    struct ddg_time_point second;
    bool years, listed = between == DDG_TIME_AND || between == DDG_TIME_PLUS;
    struct ddg_band from, to;

    if (!ddg_time_take_second(r, first, &second) || ddg_time_peek(r, 0)->word != DDG_TIME_END)
        return false;
    first->year = first->year ? first->year : second.year;
    second.year = second.year ? second.year : first->year;
    years = first->months == DDG_TIME_YEAR || second.months == DDG_TIME_YEAR;
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
static bool read_lead(struct ddg_time_reading *r, enum ddg_time_word lead, struct ddg_band *days)
{
    struct ddg_time_point p;
    struct ddg_band here;

    r->at++;
    if (!ddg_time_take_point(r, &p) || ddg_time_peek(r, 0)->word != DDG_TIME_END || p.year == 0)
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
    return lead != DDG_TIME_YTD || p.months == DDG_TIME_YEAR;
}

/* What stands behind a point that is the last: "2018+", "2018 and later", "2018-present". */
static bool read_tail(struct ddg_time_reading *r, const struct ddg_time_point *p,
                      struct ddg_band *days)
{
    enum ddg_time_word word = ddg_time_peek(r, 0)->word, next = ddg_time_peek(r, 1)->word;
    struct ddg_band here = days_of_point(r, p);

    if ((word == DDG_TIME_AND || word == DDG_TIME_DASH || word == DDG_TIME_TO) &&
        next != DDG_TIME_END) {
        r->at++;
        word = next;
        next = ddg_time_peek(r, 1)->word;
    }
    if (next != DDG_TIME_END)
        return false;
    if (word == DDG_TIME_YTD)
        *days = (struct ddg_band){here.from, here.behind - 1};
    else if (word == DDG_TIME_BEFORE)
        *days = from_start(r, here.behind);
    else
        *days = to_the_end(r, here.from);
    return word == DDG_TIME_YTD ? p->months == DDG_TIME_YEAR
                                : word == DDG_TIME_PLUS || word == DDG_TIME_LATER ||
                                      word == DDG_TIME_NOW || word == DDG_TIME_BEFORE;
}

/* Labels that say more than a year, a month by numbers or two years. */
static bool read_own(struct ddg_time_reading *r, struct ddg_band *days)
{
    enum ddg_time_word lead = ddg_time_peek(r, 0)->word, between;
    struct ddg_time_point first;
    size_t behind;

    if (lead == DDG_TIME_TO || lead == DDG_TIME_BEFORE || lead == DDG_TIME_SINCE ||
        lead == DDG_TIME_LATER || lead == DDG_TIME_YTD)
        return read_lead(r, lead, days);
    if (!ddg_time_take_point(r, &first))
        return false;
    between = ddg_time_peek(r, 0)->word;
    behind = r->at;
    if (between == DDG_TIME_END) {
        *days = first.year ? days_of_point(r, &first) : *days;
        return first.year > 0 && first.months != DDG_TIME_YEAR && !first.numbered;
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
    struct ddg_time_reading r = {.named = named, .column = column};
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

/* Lengths ------------------------------------------------------------------------------------- */

/* Whole months of one calendar; 0 where the ends are of two. */
static uint32_t whole_months(const struct ddg_band *days)
{
    uint32_t calendar = days->from / DAYS, day = calendar * DAYS, count = 0;

    if ((days->behind - 1) / DAYS != calendar)
        return 0;
    for (uint32_t i = 0; i < MONTHS && day < days->behind; i++) {
        uint32_t next = day + ddg_time_month_length(DDG_PERIOD_FIRST_YEAR + i / DDG_TIME_YEAR,
                                                    i % DDG_TIME_YEAR + 1);

        count += day >= days->from && next <= days->behind;
        day = next;
    }
    return count;
}

static bool says_to_date(const struct ddg_time_token *token)
{
    while (token->word != DDG_TIME_END && token->word != DDG_TIME_YTD)
        token++;
    return token->word == DDG_TIME_YTD;
}

/* A range of two points, or a year to date. */
static bool read_length(struct ddg_text label, const char *column, uint32_t *months)
{
    struct ddg_time_reading r = {.column = column};
    struct ddg_time_point first;
    struct ddg_band days;
    enum ddg_time_word between;

    ddg_words_of(label, r.words);
    if (!ddg_time_tokens_read(label, r.token))
        return false;
    if (says_to_date(r.token)) {
        *months = 0;
        return read_own(&r, &days);
    }
    if (!ddg_time_take_point(&r, &first))
        return false;
    between = ddg_time_peek(&r, 0)->word;
    r.at++;
    if ((between != DDG_TIME_DASH && between != DDG_TIME_SLASH && between != DDG_TIME_TO) ||
        !read_range(&r, between, &first, &days))
        return false;
    *months = whole_months(&days);
    return true;
}

bool ddg_time_months(struct ddg_text label, const char *column, uint32_t *months)
{
    bool read = ddg_period_label_read(label, column, months);

    /* both ends of a range of dates are dates, of which others see the first */
    return (read && *months > 0) || read_length(ddg_text_trim(label), column, months) || read;
}
