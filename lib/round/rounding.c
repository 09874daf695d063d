#include "round/rounding.h"

static bool goes_up(enum ddg_method method, uint64_t rest, uint64_t base, uint64_t draw)
{
    switch (method) {
    case DDG_METHOD_UP:
        return rest > 0;
    case DDG_METHOD_DOWN:
        return false;
    case DDG_METHOD_RANDOM:
        return draw < rest;
    default:
        /* rest >= base / 2, without a fraction for odd bases */
        return rest >= base - rest;
    }
}

bool ddg_round(enum ddg_method method, uint64_t count, uint64_t base, uint64_t draw,
               uint64_t *rounded)
{
    uint64_t rest = count % base;

    *rounded = count - rest;
    return !goes_up(method, rest, base, draw) || !__builtin_add_overflow(*rounded, base, rounded);
}
