#!/usr/bin/env bats
# ddg-threshold: what columns and labels are taken for.  Whatever can be read in two ways scores the
# higher one, or is an error: a score that is too low publishes somebody.

bats_require_minimum_version 1.5.0

load scores

setup() {
    cd "$BATS_TEST_TMPDIR" || return 1
}

# years SCORE LABEL...: each label is an age band of this score.
years() {
    local score=$1 label
    shift
    for label in "$@"; do
        table age_group,year,count "\"$label\",2020,50" 0-99,2020,50
        scores $((score + 5 - 5 + 1)) --statewide || { echo "$label" && return 1; }
        says age_range "$score"
    done
}

# periods SCORE COLUMN LABEL...: each label is a period of this score in a column of that name.
periods() {
    local score=$1 column=$2 label
    shift 2
    for label in "$@"; do
        table "$column,count" "\"$label\",50"
        scores $((score + 5 - 5 - 5)) --statewide || { echo "$label" && return 1; }
        says time "$score"
    done
}

@test "recognition: R-PSC-5 an end that is left out makes a band narrower" {
    years 3 '[40,50)' '(40,50]' '40-<50' '40 to under 50' '40 to less than 50' '>39-49' '>= 40 to < 50'
    years 5 '(0,5]' '5-<10' '(4,10)' '10 to under 15' 'up to 4' 'under 5'
    years 2 'up to 17' '0 to 17' '(18 to 44)' '<= 17' '≤17'
    years 1 '≥65' '65 years & older'
}

@test "recognition: R-PSC-5 ages in months and days, and what is no band, score as the narrowest" {
    years 7 1-11m 0-27d '2 wks' newborn 'no more than 5' 'not over 4' 'at most 4' adults '(39,40]'
}

@test "recognition: R-PSC-7 words that may name a part of a year make no year of it" {
    periods 4 period 'Third quarter 2022' 'Q3 2022' 2022-Q3 1Q22
    periods 3 period 'First half 2022' 'First half of 2020-21'
    periods 5 period 'Summer 2020' '2020 YTD' '2020 (partial)' 'week ending 2020' 'weekly Jan-Dec 2020' 2020-W25 2020W25 \
        '2020 week 30' 2019-45 'Jan 2022'
    periods 0 period 'FY 2021-22' 'SFY 2021-22' 2019-20 'state fiscal year 2020-21' '2022 (preliminary)' 'CY 2021'
}

@test "recognition: R-PSC-7 two years that are named apart are no range" {
    periods 5 period '2015 and 2019' '2015, 2019' '2015 & 2019' 'Jan and Dec 2020'
    periods -5 period 2018-2022 '2018 to 2022' '2018 through 2022' '2018–2022'
    periods -5 years 2018-22
    periods 5 period 2018-22
    periods 5 month 2010-11
    periods 5 week 2019-20 2019-45
    # years that meet are fiscal or school years
    table year,count 2018-2019,50 2019-2020,50
    scores $((5 + 0 - 5 - 5)) --statewide
    table year,count 2016-2018,50 2017-2019,50
    scores $((5 - 3 - 5 - 5)) --statewide
    table sex,count Male,50
    scores $((5 + 1 - 5 - 5 + 1)) --statewide --period 2018-22
    scores $((5 + 1 - 3 - 5 + 1)) --statewide --period '24 months'
}
