#include "rules/bands.h"

#include "rules/age_label.h"
#include "rules/period_label.h"
#include "rules/period_parts.h"

enum {
    YEAR = 12,
    HALF = 6,
    QUARTER = 3,
    YEARS = DDG_PERIOD_LAST_YEAR - DDG_PERIOD_FIRST_YEAR + 2,
};

_Static_assert(DDG_BAND_ENDS == 4 * YEAR * YEARS, "ends are those of the years of four calendars");

/* Ages ---------------------------------------------------------------------------------------- */

bool ddg_band_of_age(struct ddg_text label, uint32_t oldest, struct ddg_band *band)
{
    struct ddg_age_range range;

    if (!ddg_age_label_read(label, &range))
        return false;
    /* "90-120" is an open band, too */
    if (range.high > oldest)
        range.high = range.low > oldest ? range.low : oldest;
    *band = (struct ddg_band){range.low, range.high + 1};
    return true;
}

/* Time ---------------------------------------------------------------------------------------- */

/* When years begin; these have nothing but their lengths in common. */
enum calendar { CALENDAR, FISCAL, FEDERAL, SCHOOL };

static enum calendar calendar_of(const char *label, const char *column)
{
    static const char *const federal[] = {"ffy", "federal", NULL};
    static const char *const school[] = {"school", "academic", "sy", NULL};
    const char *const said[] = {label, column};

    for (int i = 0; i < 2; i++) {
        if (ddg_words_have_any(said[i], federal))
            return FEDERAL;
        if (ddg_words_have_any(said[i], school))
            return SCHOOL;
        if (ddg_period_is_fiscal(said[i]))
            return FISCAL;
    }
    return CALENDAR;
}

static struct ddg_band months_from(enum calendar calendar, uint32_t year, uint32_t month,
                                   uint32_t months)
{
    uint32_t from = ((uint32_t)calendar * YEARS + year - DDG_PERIOD_FIRST_YEAR) * YEAR + month;

    return (struct ddg_band){from, from + months};
}

/* "2018", "2018-2022"; "2018-19", which is called after the year in which it ends, unless it is
 * both of two. */
static bool read_years(const struct ddg_period_parts *r, enum calendar calendar, uint32_t months,
                       bool pairs, struct ddg_band *band)
{
    bool pair = r->numbers == 2 && (ddg_period_part_is_year(r, 1) || r->digits[1] == 2);

    if (months % YEAR != 0 || r->months > 0 || !ddg_period_part_is_year(r, 0) ||
        (r->numbers != 1 && !pair) || (!pair && months != YEAR))
        return false;
    if (pair && months == YEAR && r->number[1] != r->number[0] && pairs && calendar == CALENDAR)
        *band = months_from(calendar, r->number[0], 0, 2 * YEAR);
    else if (pair && months == YEAR && r->number[1] != r->number[0])
        *band = months_from(calendar == CALENDAR ? FISCAL : calendar, r->number[0] + 1, 0, YEAR);
    else
        *band = months_from(calendar, r->number[0], 0, months);
    return true;
}

/* "2018 Q1", "1st half of 2018". */
static bool read_part(const struct ddg_period_parts *r, enum calendar calendar, uint32_t months,
                      struct ddg_band *band)
{
    unsigned year = ddg_period_part_is_year(r, 0) ? 0 : 1;

    if ((months != QUARTER && months != HALF) || r->months > 0 || r->numbers != 2 ||
        !ddg_period_part_is_year(r, year) || r->digits[1 - year] > 2 || r->number[1 - year] == 0 ||
        r->number[1 - year] > YEAR / months)
        return false;
    *band = months_from(calendar, r->number[year], (r->number[1 - year] - 1) * months, months);
    return true;
}

/* "March 2018", "Jan-Jun 2018", "July 2021 to June 2022". */
static bool read_named(const struct ddg_period_parts *r, uint32_t months, struct ddg_band *band)
{
    if (r->months == 0 || r->numbers == 0 || !ddg_period_part_is_year(r, 0))
        return false;
    *band = months_from(CALENDAR, r->number[0], r->month[0] - 1, months);
    return true;
}

/* "2018-03", "03/2018", "201803". */
static bool read_numbered(const struct ddg_period_parts *r, uint32_t months, struct ddg_band *band)
{
    unsigned year = ddg_period_part_is_year(r, 0) ? 0 : 1;
    uint32_t number[2] = {r->number[year], r->number[1 - year]};

    if (months != 1 || r->months > 0)
        return false;
    if (r->numbers == 1 && r->digits[0] == 6) {
        number[0] = r->number[0] / 100;
        number[1] = r->number[0] % 100;
    } else if (r->numbers != 2 || !ddg_period_part_is_year(r, year)) {
        return false;
    }
    if (number[0] < DDG_PERIOD_FIRST_YEAR || number[0] > DDG_PERIOD_LAST_YEAR || number[1] == 0 ||
        number[1] > YEAR)
        return false;
    *band = months_from(CALENDAR, number[0], number[1] - 1, 1);
    return true;
}

bool ddg_band_of_time(struct ddg_text label, const char *column, bool pairs, struct ddg_band *band)
{
    struct ddg_period_parts r;
    enum calendar calendar;
    uint32_t months;

    if (!ddg_period_label_read(label, column, &months) || months == 0 ||
        !ddg_period_parts_read(ddg_text_trim(label), &r))
        return false;
    calendar = calendar_of(r.words, column);
    return (read_years(&r, calendar, months, pairs, band) ||
            read_part(&r, calendar, months, band) || read_named(&r, months, band) ||
            read_numbered(&r, months, band)) &&
           band->behind < DDG_BAND_ENDS;
}

struct ddg_band ddg_band_in_year(const char *words, const char *column, uint32_t year,
                                 uint32_t month, uint32_t months)
{
    return months_from(calendar_of(words, column), year, month, months);
}

bool ddg_band_is_year(struct ddg_text label, const char *column)
{
    struct ddg_period_parts r;
    struct ddg_band band;

    return ddg_period_parts_read(ddg_text_trim(label), &r) && r.numbers == 1 &&
           calendar_of(r.words, column) == CALENDAR &&
           ddg_band_of_time(label, column, false, &band) && band.behind - band.from == YEAR;
}

/* Ends ---------------------------------------------------------------------------------------- */

void ddg_band_ends_init(struct ddg_band_ends *ends)
{
    for (uint32_t i = 0; i < DDG_BAND_ENDS; i++)
        ends->root[i] = (uint16_t)i;
}

static uint16_t root_of(const struct ddg_band_ends *ends, uint32_t end)
{
    while (ends->root[end] != end)
        end = ends->root[end];
    return (uint16_t)end;
}

void ddg_band_ends_join(struct ddg_band_ends *ends, const struct ddg_band *band)
{
    uint16_t a = root_of(ends, band->from), b = root_of(ends, band->behind);

    if (a != b)
        ends->root[a < b ? b : a] = a < b ? a : b;
}

bool ddg_band_ends_meet(const struct ddg_band_ends *ends, const struct ddg_band *a,
                        const struct ddg_band *b)
{
    return root_of(ends, a->from) == root_of(ends, b->from);
}

uint32_t ddg_band_ends_shortest(const struct ddg_band_ends *ends, const struct ddg_band *band)
{
    uint32_t shortest = band->behind - band->from, last = band->from;
    uint16_t root = root_of(ends, band->from);

    for (uint32_t i = band->from + 1; i <= band->behind; i++) {
        if (root_of(ends, i) != root)
            continue;
        shortest = i - last < shortest ? i - last : shortest;
        last = i;
    }
    return shortest;
}
