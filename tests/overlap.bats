#!/usr/bin/env bats
# Ages and periods that overlap, so that one count minus another is a third: ddg-suppress refuses
# such a column, ddg-audit gives no verdict, and what says how they hang together is believed.

# shellcheck disable=SC2030,SC2031 # each test is a subshell; none reads a status of another

bats_require_minimum_version 1.5.0

load suppress

setup() {
    build=${DDG_BUILD:-$BATS_TEST_DIRNAME/../build}
    cd "$BATS_TEST_TMPDIR" || return 1
    rest='and one less the other is a count that nothing protects: publish one of them, or a row of the rest as well, with --hierarchy'
}

audit() {
    status=0
    env -i PATH="$PATH" LC_ALL=C "$build/ddg-audit" "$@" >out 2>err </dev/null || status=$?
}

# overlaps TEXT TABLE ARGUMENT...: both programs say it of the file.
overlaps() {
    local text=$1
    shift
    fails "$text" "$@"
    audit "$@"
    [ "$status" = 2 ]
    grep -qxF "ddg-audit: note: $text" err
}

# passes TABLE ARGUMENT...: both have nothing to say of overlaps.
passes() {
    suppress "$@"
    if [ "$status" != 0 ] || grep -q 'nothing protects\|--hierarchy' err; then
        cat err
        return 1
    fi
    audit "$@"
    if grep -q 'nothing protects\|has to say so' err; then
        cat err
        return 1
    fi
}

# bands COLUMN LABEL...: a table of a county with large counts.
bands() {
    local column=$1 count=100
    shift
    printf '%s,county,count\n' "$column"
    for label; do
        count=$((count * 2 + 7))
        printf '"%s",Kern,%s\n' "$label" "$count"
    done
}

@test "overlap: bands of ages of which one minus another is a small count" {
    printf 'age,county,count\n0-17,Kern,40\n0-18,Kern,43\n0-64,Kern,900\n' >table.csv
    overlaps "table.csv:3: column 'age': '0-18' overlaps '0-17' of line 2, $rest" table.csv
    # whatever the order of the rows and of the columns, and however the column is called
    printf 'county,band,count\nKern,under 19,43\nKern,under 18,40\nYolo,under 19,50\n' >table.csv
    overlaps "table.csv:2: column 'band': 'under 19' overlaps 'under 18' of line 3, $rest" table.csv
    # nobody adds up over a dimension of --by, but everybody can subtract
    fails "table.csv:2: column 'band': 'under 19' overlaps 'under 18' of line 3, $rest" --by band --whole table.csv
    overlaps "table.csv:2: column 'band': 'under 19' overlaps 'under 18' of line 3, $rest" --overlapping band table.csv
}

@test "overlap: several counts, distinct persons, and a verdict where nothing is hidden" {
    printf 'age,persons,count\n0-17,40,60\n0-18,43,70\nTotal,43,70\n' >table.csv
    overlaps "table.csv:3: column 'age': '0-18' overlaps '0-17' of line 2, $rest" --count persons table.csv
    audit --count persons --report report.json table.csv
    [ "$status" = 2 ]
    grep -qF '"doubts": [' report.json
    grep -qF "'0-18' overlaps '0-17' of line 2" report.json
}

@test "overlap: a band within another, and one that others join" {
    bands age 0-64 20-30 >table.csv
    overlaps "table.csv:2: column 'age': '0-64' overlaps '20-30' of line 3, $rest" table.csv
    bands age 18+ 65+ >table.csv
    overlaps "table.csv:2: column 'age': '18+' overlaps '65+' of line 3, $rest" table.csv
    # 0-17 and 18-25 less 0-20 is 21-25
    bands age 0-17 18-25 0-20 >table.csv
    overlaps "table.csv:4: column 'age': '0-20' overlaps '0-17' of line 2, $rest" table.csv
    bands age 0-9 5-14 10-19 15-24 20-24 >table.csv
    overlaps "table.csv:5: column 'age': '15-24' overlaps '20-24' of line 6, $rest" table.csv
}

@test "overlap: the same ages in two words" {
    bands age 0-17 'under 18' 18+ >table.csv
    overlaps "table.csv:3: column 'age': 'under 18' is the same as '0-17' of line 2: publish one of them, or --alias has to say so" table.csv
    printf 'spelling,meaning\nunder 18,0-17\n' >alias.csv
    suppress --alias age=alias.csv table.csv
    [ "$status" = 2 ]
    grep -q 'line 2' err
}

@test "overlap: a band that others make up is theirs by --hierarchy" {
    local parts="table.csv:4: column 'age': '65+' is '65-74' of line 5 and others together: --hierarchy has to say so"
    printf 'age,county,count\n0-17,Kern,40\n18-64,Kern,430\n65+,Kern,90\n65-74,Kern,50\n75+,Kern,40\n' >table.csv
    overlaps "$parts" table.csv
    printf 'child,parent\n65-74,65+\n75+,65+\n' >parents.csv
    passes --hierarchy age=parents.csv table.csv
    # a hierarchy that says something else does not answer it
    printf 'child,parent\n0-17,Young\n18-64,Young\n' >parents.csv
    overlaps "$parts" --hierarchy age=parents.csv table.csv
    # what spans all others may be the total
    printf 'age,count\n0+,901\n0-17,40\n18+,861\n' >table.csv
    overlaps "table.csv:2: column 'age': '0+' is '0-17' of line 3 and others together: --hierarchy has to say so, or --total if it is the total" --total age=Total table.csv
    passes --total age=0+ table.csv
}

@test "overlap: years, quarters and months" {
    bands year 2018-2020 2018-2021 >table.csv
    overlaps "table.csv:3: column 'year': '2018-2021' overlaps '2018-2020' of line 2, $rest" table.csv
    bands period 2019 2018-2020 >table.csv
    overlaps "table.csv:3: column 'period': '2018-2020' overlaps '2019' of line 2, $rest" table.csv
    for quarter in '2018 Q1' 2018Q1 'Q1 2018' 'Jan-Mar 2018' 2018-Q1 'Quarter 1, 2018'; do
        bands period "$quarter" 2018 >table.csv
        overlaps "table.csv:3: column 'period': '2018' overlaps '$quarter' of line 2, $rest" table.csv
    done
    for month in 2018-03 'March 2018' 03/2018 201803; do
        bands month "$month" '2018 Q1' >table.csv
        overlaps "table.csv:3: column 'month': '2018 Q1' overlaps '$month' of line 2, $rest" table.csv
    done
    bands period '2018 Q1' '2018 Q2' '2018 Q3' '2018 Q4' 2018 2019 >table.csv
    overlaps "table.csv:6: column 'period': '2018' is '2018 Q1' of line 2 and others together: --hierarchy has to say so" table.csv
    bands fiscal_year 2018-19 'FY 2019 Q1' >table.csv
    overlaps "table.csv:2: column 'fiscal_year': '2018-19' overlaps 'FY 2019 Q1' of line 3, $rest" table.csv
    # fiscal and calendar years share no end
    bands year 2018 'FY 2018-19' 2019 'FY 2019-20' >table.csv
    passes table.csv
    bands year 2018-19 2019-20 >table.csv
    passes table.csv
    # beside calendar years two are both of them, or else a year of their own has to be called one
    for both in 2018-2019 2018-19 2018/2019; do
        bands year 2018 2019 "$both" 2020 >table.csv
        overlaps "table.csv:4: column 'year': '$both' is '2018' of line 2 and others together: --hierarchy has to say so" table.csv
        bands year "$both" 2019 >table.csv
        overlaps "table.csv:2: column 'year': '$both' overlaps '2019' of line 3, $rest" table.csv
    done
}

# tells COLUMN LABEL LABEL: both programs say that the two overlap, in one order or the other.
tells() {
    bands "$@" >table.csv
    suppress table.csv
    if [ "$status" != 2 ] || ! grep -qE "^ddg-suppress: table.csv:[23]: column '$1': .* (overlaps|is the same as) " err; then
        echo "$*"
        cat err
        return 1
    fi
    audit table.csv
    [ "$status" = 2 ] && grep -qE 'overlaps|is the same as' err
}

@test "overlap: ages in other words and signs" {
    tells age 'LT 18' 'LT 19'
    tells age 'LE 17' 'lte 18'
    tells age 'GT 17' 'GT 18'
    tells age 'at least 18' 'GE 19'
    tells age 'At least 18' '19+'
    tells age '18 and over' '19 and over'
    tells age 'under 18' 'under 19'
    tells age 'no more than 17' 'not over 18'
    tells age 'not under 18' 'no younger than 19'
    tells age '0..17' '0...18'
    tells age 'Birth-17' '0-18'
    tells age 'birth to 17' 'newborn through 18'
    tells age '⩾18' '≥19'
    tells age '&lt;18' '<19'
    # a column that is not called so
    tells group '0..17' '0..18'
    tells group 'LT 18 years' 'LT 19 years'
    tells group 'Children (0-17)' 'Children (0-18)'
    tells group 'Adults 18+' 'Older adults (65+)'
}

@test "overlap: ages in months, weeks and days" {
    tells age '0-11 months' '0-12 months'
    tells age '< 12 months' '<13 mo'
    tells age '0-11 months' '<1'
    tells age '12-23 months' '1-2'
    tells age '0-6 days' '0-7 days'
    tells age '0-5 weeks' '0-6 wks'
    tells age '0-27 days' '0-4 weeks'
    tells age_months '0-11' '0-12'
}

@test "overlap: ranges of dates, quarters and months" {
    tells period '2018Q1-Q3' '2018Q1-Q2'
    tells year '2018 Q1-Q3' 2018
    tells period 'Q1-Q3 2018' 'Q1 2018'
    tells period '2018Q1-2018Q3' '2018 Q1-4'
    tells period 'FY 2019 Q1-Q3' 'FY 2019'
    tells period 'first half 2018' 2018
    tells period '2018 first quarter' '2018 H1'
    tells period "Q1'18" 2018
    tells period 1Q18 '2018 Q1-Q2'
    tells period '2020-01-01 to 2020-06-30' '2020-01-01 to 2020-07-01'
    tells period '01/01/2020-06/30/2020' 2020
    tells period '1/1/2020 - 6/30/2020' '1/1/2020 through 7/31/2020'
    tells period '2020-01-01/2020-06-30' '2020 H1'
    tells period 'Jan 1, 2020 - Jun 30, 2020' 'Jan 1 - Jul 31, 2020'
    tells period 2018-03-01 2018-03
    tells period '2018-03 to 2018-06' '2018-03 to 2018-07'
    tells period 201803-201806 201803-201807
    tells period 03/2018-06/2018 'Mar-Jul 2018'
    # whatever the column is called
    tells when '2020-01-01 to 2020-06-30' '2020-01-01 to 2020-07-01'
    tells when '2018 Q1-Q3' '2018 Q1-Q2'
}

@test "overlap: years to date, and periods that are open at one end" {
    tells period '2022 YTD' 2022
    tells year '2022 year to date' 2022
    tells period 'YTD 2022' '2022 Q1'
    tells period 'through 2018' 'through 2019'
    tells period 'through 2018' 2018
    tells period 'before 2018' 'prior to 2019'
    tells period 'up to 2018' 2018
    tells period '2018 and earlier' 2017
    tells period 'since 2018' '2019 and later'
    tells period 2018+ 2019-present
    tells period '2018 to date' 2018
    tells period '2018 & 2019' 2018
    tells period '2018, 2019' 2019
    tells year 2018..2020 2018..2021
    tells year 2018:2020 2018-2021
}

@test "overlap: a label that is not read hides nothing in a column that is called after time" {
    bands period 2018 2018Q1 'before the 2 rules' >table.csv
    suppress table.csv
    [ "$status" = 2 ]
    grep -qF "'2018' overlaps '2018Q1' of line 3" err
    # how long somebody waited is no time of its own
    bands time 1-2 1-3 '5 days or more' >table.csv
    passes table.csv
}

@test "overlap: bands in such words that lie side by side" {
    beside() {
        bands "$@" >table.csv
        passes table.csv || {
            echo "$*"
            return 1
        }
    }
    beside age 'LT 18' 18-64 'GE 65'
    beside age 'at most 17' 'at least 18'
    beside age 0..17 18..64 65+
    beside age Birth-17 18+
    beside group 'Children (0-17)' 'Adults (18-64)' 'Seniors (65+)'
    beside code 'Adults 1' 'Adults 2' 'Adults 3'
    beside age '<1' 1-4 5+
    beside age '0-11 months' 1-4 5+
    # loose, but no count is told by it
    beside age '0-12 months' '1-4 years' '5-9 years'
    beside age '0-27 days' '28-364 days' 1-4
    beside age '< 28 days' '28 days - 11 months' 1-4
    beside age '0-5 weeks' '6-11 weeks' '12+ weeks'
    beside period 'before 2018' 2018 2019 '2020 and later'
    beside period 'through 2017' 2018 2019+
    beside period 'until 2018' 2018 'after 2018'
    beside period 2020 2021 '2022 YTD'
    beside period 2018Q1-Q2 2018Q3-Q4 'Q1-Q2 2019'
    beside period '2020-01-01 to 2020-01-07' '2020-01-08 to 2020-01-14' '2020-01-15 to 2020-01-21'
    beside period 12/25/2019-12/31/2019 01/01/2020-01/07/2020
    beside date 2020-02-28 2020-02-29 2020-03-01
    beside date 02/28/2020 02/29/2020 03/01/2020
    beside month 2018-03 2018-04 2018-05
    beside month 'Mar 2018' 'Apr 2018' 'May 2018'
    beside period 'Nov-Feb 2018' 'Mar-Jun 2018'
    beside year 2018-19 2019-20 2020-21
    beside fiscal_year 'FY 2019' 'FY 2020'
    # no ages, and no time
    beside code 2018-03-A 2018-03-B 2018-04-A
    beside ratio 1:2018 2:2018
    beside zip 90001-90004 90005-90010
}

@test "overlap: bands of a table and of what is published beside it" {
    printf 'age,count\n0-17,40\n18-64,430\n65+,90\nTotal,560\n' >table.csv
    printf 'age,count\n0-18,43\n19-64,427\n65+,90\nTotal,560\n' >march.csv
    suppress --published march.csv table.csv
    [ "$status" = 0 ]
    grep -qxF "ddg-suppress: note: march.csv: '0-18' overlaps '0-17' of the table, and one less the other is a count that nothing protects" err
    for option in '' --previous; do
        # shellcheck disable=SC2086 # an option or none
        audit table.csv $option march.csv
        [ "$status" = 0 ]
        grep -qxF "ddg-audit: note: table.csv: 'age': '0-17' overlaps '0-18' of march.csv, and one less the other is a count that nothing protects" err
    done
    # the same bands, finer ones of others, and ones that lie side by side
    sed 's/,430/,431/; s/560/561/' table.csv >march.csv
    suppress --published march.csv table.csv
    run -1 grep overlaps err
    printf 'age,count\n0-17,40\n65+,90\n' >march.csv
    suppress --published march.csv table.csv
    run -1 grep overlaps err
    printf 'county,count\nKern,430\nYolo,90\nTotal,520\n' >counties.csv
    audit table.csv counties.csv
    run -1 grep overlaps err
    # parts that --hierarchy names
    printf 'age,count\n0-17,40\n65-74,50\n75+,40\n' >march.csv
    suppress --published march.csv table.csv
    grep -qF "'65-74' overlaps '65+' of the table" err
    printf 'child,parent\n65-74,65+\n75+,65+\n' >parents.csv
    suppress --hierarchy age=parents.csv --published march.csv table.csv
    run -1 grep overlaps err
    audit --hierarchy age=parents.csv table.csv march.csv
    run -1 grep overlaps err
    # the same ages in other words
    printf 'age,count\nunder 18,40\n65+,90\n' >march.csv
    suppress --published march.csv table.csv
    grep -qF "march.csv: 'under 18' is the same as '0-17' of the table: --alias has to say so" err
}

@test "overlap: ages of women are not those of men in the same column" {
    for people in 'Female Male' 'F M' 'Girls Boys' '(F) (M)' 'Women Men'; do
        read -r women men <<<"$people"
        bands 'age and sex' "$women 0-17" "$men 0-17" "$women 18+" "$men 18+" >table.csv
        passes table.csv
        bands 'age and sex' "0-17 $women" "0-17 $men" "18+ $women" "18+ $men" >table.csv
        passes table.csv
    done
    # where there is no F an M is months
    bands age '<1' '0-5 M' '6-11 M' 1-17 18+ >table.csv
    suppress table.csv
    [ "$status" = 2 ]
    grep -qF "'<1' is '0-5 M' of line 3 and others together: --hierarchy has to say so" err
    # each for itself they are compared, and so are those of both
    bands 'age and sex' 'Female 0-17' 'Male 0-17' 'Male 0-18' 'Female 18+' 'Male 19+' >table.csv
    overlaps "table.csv:4: column 'age and sex': 'Male 0-18' overlaps 'Male 0-17' of line 3, $rest" table.csv
    bands age '0-17' 'Men and women 0-18' '19+' >table.csv
    overlaps "table.csv:3: column 'age': 'Men and women 0-18' overlaps '0-17' of line 2, $rest" table.csv
}

@test "overlap: blocks of --by that are read one at a time" {
    printf 'year,county,count\n2018-2020,Kern,40\n2018-2020,Yolo,50\n2019,Kern,20\n2019,Yolo,30\n' >table.csv
    overlaps "table.csv:2: column 'year': '2018-2020' overlaps '2019' of line 4, $rest" --by year table.csv
}

@test "overlap: bands that say nothing of each other" {
    printf 'age,county,count\n0-17,Kern,40\n18-44,Kern,43\n45+,Kern,90\nUnknown,Kern,30\nTotal,Kern,203\n' >table.csv
    passes table.csv
    # each in a county of its own
    printf 'age,county,count\n0-17,Kern,40\n18+,Kern,43\n0-18,Yolo,41\n19+,Yolo,55\n' >table.csv
    passes table.csv
    # years that move
    bands year 2014-2018 2015-2019 2016-2020 2019-2023 >table.csv
    passes table.csv
    bands age 0 1 2 3 4 5+ >table.csv
    passes table.csv
    # numbers that are no ages and no years
    bands precinct 1-1 1-2 1-3 2-1 2-3 >table.csv
    passes table.csv
    bands code 100-199 100-149 2150-2200 >table.csv
    passes table.csv
    bands diagnosis A00-B99 A00-A09 C00-D49 >table.csv
    passes table.csv
    # months of age have no years
    bands age '0-5 months' '6-11 months' 1-4 5+ >table.csv
    passes table.csv
}

@test "overlap: bands on several levels of nested columns" {
    printf '%s\n' broad,ages,count 0-17,Total,60 0-17,0-9,25 0-17,10-17,35 18+,Total,400 18+,18-64,300 18+,65+,100 >table.csv
    passes --nested broad,ages table.csv
    # one below another than the one that it is in
    printf '%s\n' 0-18,Total,63 >>table.csv
    suppress --nested broad,ages table.csv
    [ "$status" = 2 ]
    sed -i '$d' table.csv
    sed 's/^18+,18-64,300/18+,15-64,300/' table.csv >below.csv
    overlaps "below.csv:6: column 'ages': '15-64' overlaps '0-17' of line 2, $rest" --nested broad,ages below.csv
    # what is below no ages is apart
    printf '%s\n' sex,ages,count F,Total,60 F,0-9,25 F,10+,35 M,Total,400 M,0-10,300 M,11+,100 >sexes.csv
    passes --nested sex,ages sexes.csv
    # and what is no ages below them
    printf '%s\n' age,code,count 0-17,Total,60 0-17,1-4,25 0-17,2-9,35 18+,Total,400 18+,1-5,300 18+,6-8,100 >codes.csv
    passes --nested age,code codes.csv
}

@test "overlap: ages of several kinds side by side are not compared" {
    printf 'kind,group,count\nage of mother,15-19,300\nage of mother,20+,500\nage of father,15-20,200\nage of father,21+,600\n' >table.csv
    passes --partitions kind,group --totals implied table.csv
    passes --nested kind,group table.csv
    passes table.csv
    sed -i 's/^age of father,15-20/age of mother,15-20/' table.csv
    suppress --partitions kind,group table.csv
    [ "$status" = 2 ]
    grep -q "'15-20' overlaps '15-19' of line 2" err
}
