/*
 * Numbers: what is accepted is written back as the same number, and sums do not depend on order.
 */
#include "input.h"

#include "base/number.h"

static bool same(struct ddg_decimal a, struct ddg_decimal b)
{
    return a.units == b.units && a.places == b.places;
}

static void try_decimal(struct ddg_text text)
{
    char room[DDG_DECIMAL_ROOM];
    struct ddg_decimal value, again;

    if (!ddg_decimal_parse(text, &value))
        return;
    FUZZ_REQUIRE(value.places <= DDG_DECIMAL_PLACES_MOST);
    FUZZ_REQUIRE(ddg_decimal_parse(ddg_decimal_format(value, room), &again));
    FUZZ_REQUIRE(same(value, again));
}

static void try_sum(struct ddg_text a, struct ddg_text b)
{
    struct ddg_decimal x, y, sum, reverse;

    if (!ddg_decimal_parse(a, &x) || !ddg_decimal_parse(b, &y))
        return;
    sum = x;
    reverse = y;
    FUZZ_REQUIRE(ddg_decimal_add(&sum, y) == ddg_decimal_add(&reverse, x));
    if (!same(sum, x) || y.units == 0)
        FUZZ_REQUIRE(same(sum, reverse) || same(sum, x));
}

static void try_whole(struct ddg_text text)
{
    char room[DDG_UNSIGNED_ROOM];
    uint64_t value, grouped, again;
    bool plain = ddg_parse_unsigned(text, &value);

    if (plain) {
        FUZZ_REQUIRE(ddg_parse_unsigned(ddg_format_unsigned(value, room), &again));
        FUZZ_REQUIRE(again == value);
    }
    if (ddg_parse_grouped(text, &grouped))
        FUZZ_REQUIRE(!plain || grouped == value);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct ddg_text text = {(const char *)bytes, length};
    const char *space = length ? memchr(bytes, ' ', length) : NULL;

    try_decimal(text);
    try_whole(text);
    if (space) {
        size_t before = (size_t)(space - text.at);

        try_sum((struct ddg_text){text.at, before},
                (struct ddg_text){space + 1, length - before - 1});
    }
    return 0;
}
