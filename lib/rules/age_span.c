#include "rules/age_span.h"

#include "rules/age_forms.h"
#include "rules/age_label.h"
#include "rules/words.h"

enum {
    YEAR = 12,
    WEEK = 7,
    FIRST_DAY = 10000, /* behind all months */
    DAYS_MOST = 2000,  /* no age in days or weeks goes on from here */
};

bool ddg_age_span_read(struct ddg_text label, uint32_t oldest, struct ddg_band *span)
{
    static const char *const months[] = {"month", "months", "mo", "mos", "mth", "mths", "m", NULL};
    static const char *const weeks[] = {"week", "weeks", "wk", "wks", "w", NULL};
    static const char *const days[] = {"day", "days", "d", NULL};
    static const char *const others[] = {"year",  "years", "yr",  "yrs", "y", "hour",
                                         "hours", "hr",    "hrs", "h",   NULL};
    char said[DDG_WORDS_ROOM], room[DDG_AGE_FORMS_ROOM];
    struct ddg_age_range range;
    bool of_months, of_weeks, of_days;
    uint32_t unit, first, last;

    label = ddg_age_forms_plain(label, room);
    if (ddg_band_of_age(label, oldest, span)) {
        *span = (struct ddg_band){span->from * YEAR, span->behind * YEAR};
        return true;
    }
    ddg_words_of(label, said);
    of_months = ddg_words_have_any(said, months);
    of_weeks = ddg_words_have_any(said, weeks);
    of_days = ddg_words_have_any(said, days);
    if (of_months + of_weeks + of_days != 1 || ddg_words_have_any(said, others) ||
        !ddg_age_label_count(label, DAYS_MOST - 1, &range))
        return false;
    unit = of_weeks ? WEEK : 1;
    first = of_months ? 0 : FIRST_DAY;
    last = of_months ? (oldest + 1) * YEAR : DAYS_MOST * WEEK;
    span->from = range.low * unit;
    span->behind = range.high >= last / unit ? last : (range.high + 1) * unit;
    if (span->from >= span->behind)
        return false;
    span->from += first;
    span->behind += first;
    return true;
}
