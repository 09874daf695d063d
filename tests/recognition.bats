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
    scores $((5 + 1 - 3 - 5 + 1)) --statewide --period '24 months'
}

@test "recognition: R-PSC-7 R-PSC-14 a period that can be read in two ways is the shorter one, and says which" {
    local period
    table sex,count Male,50
    for period in 2018-22 2018/22; do
        scores $((5 + 1 + 5 - 5 + 1)) --statewide --period "$period"
        says time 5 'may be a week, which scores higher than years (2018-2022 are years)'
    done
    for period in 2011-12 2011/12; do
        scores $((5 + 1 + 5 - 5 + 1)) --statewide --period "$period"
        says time 5 "--period $period (read as a month, since it may be one; a fiscal year is FY 2011-12)"
    done
    scores $((5 + 1 + 0 - 5 + 1)) --statewide --period 2019-20
    says time 0 'read as a year that ends in the next; a week is 2019-W20'
    scores $((5 + 1 - 3 - 5 + 1)) --statewide --period 2020-2021
    says time -3 'read as two years together; a fiscal year is FY 2020-2021'
    for period in 2018-2022 2011-05 'FY 2011-12' 2018; do
        threshold -q --card card.txt --statewide --period "$period" t.csv
        run ! grep -q 'read as' card.txt
    done
    # other labels decide: years beside it lie within it
    table year,count 2019,50 2020,60
    scores $((5 + 0 - 5 - 5)) --statewide --period 2018-22
    # and in columns
    table period,count 2011-12,50
    scores $((5 + 5 - 5 - 5)) --statewide
    says time 5 '1 month (read as a month, since it may be one'
    table period,count 2011-12,50 2012-13,50
    scores $((5 + 0 - 5 - 5)) --statewide
    says time 0 '12 months (read as a year that ends in the next'
    table years,count 2018-22,50
    scores $((5 - 5 - 5 - 5)) --statewide
    says time -5 '60 months (read as years; a week is 2019-W20)'
    table period,count 2018-22,50
    scores $((5 + 5 - 5 - 5)) --statewide
    says time 5 'not known of a category of column .period.*--var COLUMN=time:MONTHS'
}

@test "recognition: names in which a period stands beside something else" {
    for name in age_years age_in_years 'age (years)'; do
        table "$name,count" 0-17,50 18-64,50 65+,50
        scores $((5 + 2 - 5 + 1)) --statewide --period 2022
        says age_range 2
    done
    table age_months,count 0-5,50 6-11,50 12-23,50
    scores $((5 + 7 - 5 + 1)) --statewide --period 2022
    # when somebody was born is an age
    for name in birth_year year_of_birth yob; do
        table "$name,count" 1980,50 1981,50
        scores $((5 + 7 - 5 + 1)) --statewide --period 2022
    done
    # how long something took is no period of the counts
    table wait_time,count '60 months',50
    fails "column 'wait_time' is no variable" --statewide t.csv
    # counts by two kinds of years are of parts of years, if they are periods at all
    table year,admission_year,count 2020,2015,50 2021,2016,50
    scores $((5 + 5 - 5 - 5)) --statewide
    says time 5 'two columns of years'
    scores $((5 + 0 - 5 - 5)) --statewide --var admission_year=time:12
    # when somebody arrived is none
    table year,arrival_year,count 2020,2015,50 2021,2016,50
    fails "column 'arrival_year' is no variable" --statewide t.csv
}

@test "recognition: numbers in a column of no known name are no ages and no years" {
    for labels in '0-50 51-100 101-130' '0-25% 26-50%' '0-25 26-50 51-75 76-100' '17 18' '1990 2010 2050' '1-30_visits 31-60_visits'; do
        echo v,count >t.csv
        for label in $labels; do
            echo "$label,50" >>t.csv
        done
        fails "column 'v' is no variable" --statewide --period 2022 t.csv
    done
    table v,count 0-17,50 18-64,50 65+,50
    scores $((5 + 2 - 5 + 1)) --statewide --period 2022
    table v,count 2019,50 2020,50
    scores $((5 - 5 - 5)) --statewide
}

@test "recognition: R-PSC-8 a city with the name of a county does not have its people" {
    for pair in 'city:San Bernardino' 'town:Sacramento' zip:06037 zip_code:06037 'city:San Francisco'; do
        table "${pair%%:*},year,count" "${pair#*:},2020,50"
        scores $((5 + 7 - 5))
        grep -q 'not known of a category' card.json
    done
    table county,year,count 'San Bernardino',2020,50
    scores $((5 - 5 - 5))
    # 222101 people
    table city,year,count 'San Bernardino',2020,50
    printf 'city,population\nSan Bernardino,222101\n' >people.csv
    scores $((5 + 1 - 5)) --population people.csv
}

@test "recognition: R-PSC-8 a name of a county is a smaller place, unless something says so" {
    table residence,year,count 'San Diego',2020,50
    scores $((5 + 7 - 5))
    says residence 7 "may be a place smaller than the county of its name.*if they are counties: --var 'residence=residence:county'"
    threshold t.csv
    run ! grep -q Diego err
    # 3,298,634 people
    scores $((5 - 5 - 5)) --var residence=residence:county
    fails 'neither a number nor' --var residence=residence:parish t.csv
}

@test "recognition: one is not many in what is said of a label" {
    table age,date,count 7,2020-03-05,50 8,2020-03-06,50
    scores $((5 + 7 + 5 - 5 + 1)) --statewide
    says age_range 7 "by its name: 1 year wide"
    says time 5 "by its name: days or weeks"
    table age_months,month,count 3,March,50
    scores $((5 + 7 + 5 - 5 + 1)) --statewide
    says age_range 7 "by its name: less than a year wide"
    says time 5 "by its name: 1 month\""
}

@test "recognition: a label of sex that nobody knows may be a gender identity" {
    for name in sex gender; do
        table "$name,count" M,50 F,50 X,50
        scores $((5 + 5 - 5 + 1)) --statewide --period 2022
        table "$name,count" M,50 F,50 U,50
        scores $((5 + 1 - 5 + 1)) --statewide --period 2022
    done
}

@test "recognition: R-PSC-6 usual spellings, and groups whose people the guideline lists" {
    table race,count White,50 'Black/African American',50 Hisp.,50
    scores $((5 + 2 - 5 + 1)) --statewide --period 2022
    for label in AIAN AI/AN NH/PI Multi-Racial; do
        table race,count White,50 "$label,50"
        scores $((5 + 3 - 5 + 1)) --statewide --period 2022
    done
    for pair in 'White:1' 'Black or African American:2' 'American Indian and Alaska Native:2' \
        'Native Hawaiian and Other Pacific Islander:3' '"Some Other Race, not Hispanic":3'; do
        table race,count "${pair%:*},50"
        scores $((5 + ${pair#*:} - 5 + 1)) --statewide --period 2022 --var race=race_ethnicity:detailed
    done
    table language,count English,50 Spanish,50
    scores $((5 + 1 - 5 + 1)) --statewide --period 2022 --var language=language:detailed
    # the number of people is that of several languages together
    for label in Mandarin Dari Cajun; do
        table language,count English,50 "$label,50"
        scores $((5 + 7 - 5 + 1)) --statewide --period 2022
    done
}

@test "recognition: where a service was given, as a kind of place, is no place where people live" {
    local name
    for name in place_of_service place; do
        table "county,$name,year,count" Kern,Clinic,2020,50 Kern,Hospital,2020,60
        fails "column '$name' is no variable that is known" t.csv
        # 5 events, 3 groups, 0 time, -1 Kern, 1 interaction
        scores 8 --var "$name=other:groups"
    done
    table place_of_residence,year,count Kern,2020,50
    # 5 events, 0 time, 7 a place that may be smaller than the county, -5 nothing crossed
    scores 7
}

@test "recognition: R-PSC-7 years in a column of months or quarters are no whole years" {
    periods 5 month 2020
    periods 4 quarter 2020
}

@test "recognition: labels are looked at once each, whatever the others are" {
    # wards of their own, each with one school year that meets no other, and as many groups
    awk 'BEGIN { print "ward,period,count"; for (i = 0; i < 30000; i++) print "w" i ",2018-2019,50" }' >t.csv
    ulimit -t 20
    threshold -q --var ward=other --nested ward,period --statewide t.csv
    [ "$status" = 0 ]
    sed -i 's/^ward/kind/' t.csv
    threshold -q --var kind=other --statewide t.csv
    [ "$status" = 0 ]
}
