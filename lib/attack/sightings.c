#include "attack/sightings.h"

#include <stdlib.h>

/* Values between the ends that were refuted are kept, so many for each that is wanted; more are
 * forgotten, which leaves more undecided. */
enum { GONE = 4 };

/* How many values the proven range leaves, cut off at 2 more than can be wanted. */
static int64_t width(const struct ddg_sightings *s, uint32_t u)
{
    const struct ddg_answer *a = &s->answer[u];
    int64_t most = UINT8_MAX + 2, left;

    if (a->high == DDG_UNBOUNDED || a->high - a->low >= 2 * most)
        return most;
    left = a->high - a->low + 1;
    for (size_t i = 0; i < s->gone_count[u]; i++) {
        int64_t value = s->gone[GONE * s->start[u] + i];

        left -= value >= a->low && value <= a->high;
    }
    return left;
}

static bool is_gone(const struct ddg_sightings *s, uint32_t u, int64_t value)
{
    for (size_t i = 0; i < s->gone_count[u]; i++)
        if (s->gone[GONE * s->start[u] + i] == value)
            return true;
    return false;
}

/* Moves the ends of the range inwards over values that were refuted. */
static void trim(struct ddg_sightings *s, uint32_t u)
{
    struct ddg_answer *a = &s->answer[u];

    while (a->low <= a->high && is_gone(s, u, a->low))
        a->low++;
    while (a->low <= a->high && is_gone(s, u, a->high))
        a->high--;
    s->contradiction = s->contradiction || a->low > a->high;
}

static bool is_certain(const struct ddg_sightings *s, uint32_t u)
{
    return s->count[u] >= s->problem->wanted[u] || (s->count[u] > 0 && s->count[u] == width(s, u));
}

/* True when nothing more can be found out, or needs to be. */
static bool is_settled(const struct ddg_sightings *s, uint32_t u)
{
    const struct ddg_answer *a = &s->answer[u];

    return is_certain(s, u) &&
           (!s->intervals || (a->seen_low == a->low && a->seen_high == a->high));
}

static void settle(struct ddg_sightings *s, uint32_t u)
{
    if (!s->settled[u] && is_settled(s, u)) {
        s->settled[u] = true;
        s->open--;
    }
}

static bool has_seen(const struct ddg_sightings *s, uint32_t u, int64_t value)
{
    for (size_t i = 0; i < s->count[u]; i++)
        if (s->value[s->start[u] + i] == value)
            return true;
    return false;
}

enum ddg_error ddg_sightings_start(struct ddg_sightings *s, const struct ddg_problem *p,
                                   struct ddg_answer *answer, bool intervals,
                                   struct ddg_context *context)
{
    size_t n = p->unknowns;
    enum ddg_error error;

    *s = (struct ddg_sightings){.problem = p, .answer = answer, .intervals = intervals};
    pthread_mutex_init(&s->lock, NULL);
    if ((error = ddg_allocate(&s->start, n + 1, sizeof *s->start, context)) ||
        (error = ddg_allocate(&s->count, n, sizeof *s->count, context)) ||
        (error = ddg_allocate(&s->gone_count, n, sizeof *s->gone_count, context)) ||
        (error = ddg_allocate(&s->settled, n, sizeof *s->settled, context)))
        return error;
    for (uint32_t u = 0; u < n; u++) {
        s->start[u + 1] = s->start[u] + p->wanted[u];
        answer[u].low = p->low[u];
        answer[u].high = p->high[u];
        answer[u].seen_low = DDG_UNBOUNDED;
        answer[u].seen_high = -DDG_UNBOUNDED;
        s->settled[u] = p->wanted[u] == 0;
        s->open += p->wanted[u] > 0;
    }
    if ((error = ddg_allocate(&s->value, s->start[n], sizeof *s->value, context)))
        return error;
    return ddg_allocate(&s->gone, GONE * s->start[n], sizeof *s->gone, context);
}

void ddg_sightings_tell(struct ddg_sightings *s, const uint32_t *unknown, const int64_t *value,
                        size_t count)
{
    pthread_mutex_lock(&s->lock);
    for (size_t i = 0; i < count; i++) {
        uint32_t u = unknown[i];
        struct ddg_answer *a = &s->answer[u];

        if (s->problem->wanted[u] == 0)
            continue;
        if (value[i] < a->seen_low)
            a->seen_low = value[i];
        if (value[i] > a->seen_high)
            a->seen_high = value[i];
        if (s->count[u] < s->problem->wanted[u] && !has_seen(s, u, value[i]))
            s->value[s->start[u] + s->count[u]++] = value[i];
        settle(s, u);
    }
    pthread_mutex_unlock(&s->lock);
}

void ddg_sightings_prove(struct ddg_sightings *s, uint32_t u, int64_t low, int64_t high,
                         enum ddg_method method)
{
    struct ddg_answer *a = &s->answer[u];

    pthread_mutex_lock(&s->lock);
    if (low > a->low || high < a->high) {
        a->low = low > a->low ? low : a->low;
        a->high = high < a->high ? high : a->high;
        a->method = method;
        trim(s, u);
        settle(s, u);
    }
    pthread_mutex_unlock(&s->lock);
}

void ddg_sightings_refute(struct ddg_sightings *s, uint32_t u, int64_t value)
{
    struct ddg_answer *a = &s->answer[u];

    pthread_mutex_lock(&s->lock);
    /* one more at an end needs no place: the end moves */
    if (value == a->low)
        a->low++;
    else if (value == a->high)
        a->high--;
    else if (s->gone_count[u] < GONE * s->problem->wanted[u] && !is_gone(s, u, value))
        s->gone[GONE * s->start[u] + s->gone_count[u]++] = value;
    trim(s, u);
    a->method = DDG_METHOD_SEARCH;
    settle(s, u);
    pthread_mutex_unlock(&s->lock);
}

bool ddg_sightings_settled(struct ddg_sightings *s, uint32_t u)
{
    bool settled;

    pthread_mutex_lock(&s->lock);
    settled = s->settled[u];
    pthread_mutex_unlock(&s->lock);
    return settled;
}

bool ddg_sightings_certain(struct ddg_sightings *s, uint32_t u)
{
    bool certain;

    pthread_mutex_lock(&s->lock);
    certain = is_certain(s, u);
    pthread_mutex_unlock(&s->lock);
    return certain;
}

uint64_t ddg_sightings_open(struct ddg_sightings *s)
{
    uint64_t open;

    pthread_mutex_lock(&s->lock);
    open = s->open;
    pthread_mutex_unlock(&s->lock);
    return open;
}

struct ddg_answer ddg_sightings_ask(struct ddg_sightings *s, uint32_t u, int64_t value, bool *seen)
{
    struct ddg_answer answer;

    pthread_mutex_lock(&s->lock);
    answer = s->answer[u];
    *seen = has_seen(s, u, value);
    pthread_mutex_unlock(&s->lock);
    return answer;
}

/* One value is left: what trees refuted between the ends of the range is no part of it. */
static void recover(struct ddg_sightings *s, uint32_t u)
{
    struct ddg_answer *a = &s->answer[u];

    a->verdict = DDG_VERDICT_RECOVERED;
    if (s->count[u] > 0)
        a->low = a->high = s->value[s->start[u]];
}

bool ddg_sightings_judge(struct ddg_sightings *s)
{
    for (uint32_t u = 0; u < s->problem->unknowns; u++) {
        struct ddg_answer *a = &s->answer[u];

        if (s->problem->wanted[u] == 0)
            a->verdict = DDG_VERDICT_NONE;
        else if (width(s, u) == 1)
            recover(s, u);
        else if (width(s, u) < s->problem->wanted[u])
            a->verdict = DDG_VERDICT_NARROWED;
        else if (s->count[u] >= s->problem->wanted[u])
            a->verdict = DDG_VERDICT_SAFE;
        else
            a->verdict = DDG_VERDICT_UNDECIDED;
    }
    return !s->contradiction;
}

void ddg_sightings_free(struct ddg_sightings *s)
{
    free(s->start);
    free(s->value);
    free(s->count);
    free(s->gone);
    free(s->gone_count);
    free(s->settled);
    pthread_mutex_destroy(&s->lock);
}
