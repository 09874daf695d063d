#include "rules/places.h"

#include "rules/words.h"

static const char *const counties[] = {
    "Alameda",        "Alpine",        "Amador",        "Butte",       "Calaveras",
    "Colusa",         "Contra Costa",  "Del Norte",     "El Dorado",   "Fresno",
    "Glenn",          "Humboldt",      "Imperial",      "Inyo",        "Kern",
    "Kings",          "Lake",          "Lassen",        "Los Angeles", "Madera",
    "Marin",          "Mariposa",      "Mendocino",     "Merced",      "Modoc",
    "Mono",           "Monterey",      "Napa",          "Nevada",      "Orange",
    "Placer",         "Plumas",        "Riverside",     "Sacramento",  "San Benito",
    "San Bernardino", "San Diego",     "San Francisco", "San Joaquin", "San Luis Obispo",
    "San Mateo",      "Santa Barbara", "Santa Clara",   "Santa Cruz",  "Shasta",
    "Sierra",         "Siskiyou",      "Solano",        "Sonoma",      "Stanislaus",
    "Sutter",         "Tehama",        "Trinity",       "Tulare",      "Tuolumne",
    "Ventura",        "Yolo",          "Yuba"};

enum {
    COUNTIES = sizeof counties / sizeof *counties,
    ENOUGH_COUNTIES = 3, /* "Orange" and "Lake" alone say nothing */
};

/* The number of a county; COUNTIES for any other text. */
static size_t county_of(struct ddg_text value)
{
    static const char suffix[] = " County";
    size_t rest = sizeof suffix - 1;

    value = ddg_text_trim(value);
    if (value.length == 0 || (value.at[0] >= '0' && value.at[0] <= '9'))
        return COUNTIES;
    if (value.length > rest && memcmp(value.at + value.length - rest, suffix, rest) == 0)
        value.length -= rest;
    for (size_t i = 0; i < COUNTIES; i++)
        if (ddg_text_alike(value, ddg_text_of(counties[i])))
            return i;
    return COUNTIES;
}

/* True when at least half of the values that are not blank are counties, of which several. */
static bool holds_counties(const struct ddg_table *table, size_t column)
{
    bool seen[COUNTIES] = {false};
    size_t filled = 0, rows = 0, different = 0;

    for (size_t row = 0; row < table->rows; row++) {
        struct ddg_text value = ddg_table_field(table, row, column);
        size_t county = county_of(value);

        filled += value.length > 0;
        if (county == COUNTIES)
            continue;
        rows++;
        different += !seen[county];
        seen[county] = true;
    }
    return different >= ENOUGH_COUNTIES && rows * 2 >= filled;
}

static bool holds_five_digits(const struct ddg_table *table, size_t column)
{
    static const char *const shapes[] = {"99999", "99999-9999", NULL};

    for (size_t row = 0; row < table->rows; row++)
        if (ddg_text_fits_any(ddg_text_trim(ddg_table_field(table, row, column)), shapes))
            return true;
    return false;
}

enum ddg_place ddg_place_of(const struct ddg_table *table, size_t column, const char *words)
{
    static const char *const zips[] = {"zip",  "zipcode",  "zips",        "zcta",
                                       "zip3", "postcode", "postal code", NULL};
    static const char *const places[] = {
        "county",       "counties",     "city",     "cities",        "town",
        "village",      "precinct",     "tract",    "tracts",        "borough",
        "census block", "block group",  "parish",   "neighborhood",  "latitude",
        "longitude",    "municipality", "district", "fips",          "puma",
        "mssa",         "geocode",      "township", "neighbourhood", NULL};
    /* what is said about places, and codes of whole states */
    static const char *const about[] = {"type",  "size",   "class", "rural",
                                        "state", "status", "model", NULL};

    if (ddg_words_have_any(words, zips))
        return holds_five_digits(table, column) ? DDG_PLACE_ZIP_FIVE : DDG_PLACE_ZIP;
    if (ddg_words_have_any(words, places))
        return ddg_words_have_any(words, about) ? DDG_PLACE_NONE : DDG_PLACE_BELOW_STATE;
    return holds_counties(table, column) ? DDG_PLACE_BELOW_STATE : DDG_PLACE_NONE;
}
