#include "score/scale.h"

#include "rules/words.h"

/* "COUNTYNAME", "patcnty" */
static bool speaks_of_county(const char *words)
{
    static const char *const county[] = {"county", "counties", "cnty", NULL};

    for (const char *const *each = county; *each; each++)
        for (const char *at = words; (at = strstr(at, *each)) != NULL; at++)
            if (at[-1] == ' ' || at[strlen(*each)] == ' ')
                return true;
    return false;
}

enum ddg_scale ddg_scale_of(const char *words, bool *fips)
{
    static const char *const of_fips[] = {"fips", "geoid", NULL};
    static const char *const smaller[] = {
        "city",  "cities",       "town",   "village",  "municipality", "place",     "places",
        "zip",   "zipcode",      "zcta",   "tract",    "township",     "community", "communities",
        "block", "neighborhood", "mssa",   "puma",     "borough",      "district",  "districts",
        "zips",  "towns",        "tracts", "precinct", "postcode",     "postal",    NULL};
    bool is_smaller = ddg_words_have_any(words, smaller);

    *fips = ddg_words_have_any(words, of_fips);
    if (speaks_of_county(words))
        return is_smaller ? DDG_SCALE_UNSAID : DDG_SCALE_COUNTY;
    if (is_smaller)
        return DDG_SCALE_SMALLER;
    return *fips ? DDG_SCALE_COUNTY : DDG_SCALE_UNSAID;
}
