/*
 * How large the places of a column are, as far as its name says: "San Diego" is a county of three
 * million people in a column of counties, and a city of less than half of them in others.
 */
#ifndef DDG_SCORE_SCALE_H
#define DDG_SCORE_SCALE_H

#include <stdbool.h>

enum ddg_scale {
    DDG_SCALE_UNSAID,  /* "residence", "area"; "city_or_county", too */
    DDG_SCALE_COUNTY,  /* or larger, with what a county is never mistaken for */
    DDG_SCALE_SMALLER, /* cities, ZIP codes, tracts */
};

/* What the words of a name say (ddg_words_of()); *fips: its codes are those of the FIPS. */
enum ddg_scale ddg_scale_of(const char *words, bool *fips);

#endif
