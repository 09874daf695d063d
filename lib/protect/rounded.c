#include "protect/rounded.h"

/* Nobody rounds to less than the one, and fewer counts than the other are multiples by chance. */
enum { BASE_LEAST = 5, COUNTS_LEAST = 8 };

static bool is_shown(const struct ddg_entries *entries, size_t i, uint32_t source)
{
    return ddg_entries_source(entries, i) == source && entries->item[i].shown &&
           entries->item[i].most > 0;
}

uint64_t ddg_rounded_base(const struct ddg_entries *entries, uint32_t source)
{
    uint64_t base = 0;

    for (size_t i = 0; i < entries->count; i++) {
        uint64_t other = is_shown(entries, i, source) ? entries->item[i].most : 0;

        while (other > 0) {
            uint64_t rest = base % other;

            base = other;
            other = rest;
        }
    }
    return base < BASE_LEAST ? 0 : base;
}

/* True when enough counts are shown, and one that is not ours is less than `base` from it. */
static bool looks_rounded(const struct ddg_entries *entries, uint32_t source, uint64_t base,
                          const struct ddg_twins *twins, const struct ddg_truth *truth)
{
    size_t counts = 0;
    bool near = false;

    for (size_t i = 0; base > 0 && i < entries->count; i++) {
        uint32_t own = ddg_twins_of(twins, twins->model->beyond[i], 0);
        uint64_t ours, count = entries->item[i].most;

        if (!is_shown(entries, i, source))
            continue;
        counts++;
        if (own == DDG_NO_CELL || truth->low[own] != truth->high[own])
            continue;
        ours = truth->low[own];
        near =
            near || (ours > count && ours - count < base) || (ours < count && count - ours < base);
    }
    return near && counts >= COUNTS_LEAST;
}

enum ddg_error ddg_rounded_check(const struct ddg_published *published,
                                 const struct ddg_entries *entries, const struct ddg_twins *twins,
                                 const struct ddg_truth *truth, struct ddg_context *context)
{
    for (uint32_t source = 0; source < entries->sources; source++) {
        uint64_t base = ddg_rounded_base(entries, source);

        if (looks_rounded(entries, source, base, twins, truth))
            return ddg_fail(context, DDG_INPUT,
                            "%s: rounded to multiples of %llu, it seems: name the file that it was "
                            "rounded from, which ddg-round read",
                            published->file[source / entries->measures].file,
                            (unsigned long long)base);
    }
    return DDG_OK;
}
