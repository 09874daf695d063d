#!/usr/bin/env bats
# ddg-threshold: the score of a table by the Publication Scoring Criteria (DDG 4.3, 16.2), what columns
# are taken for, and the score card.

bats_require_minimum_version 1.5.0

load scores

setup() {
    build="${DDG_BUILD:-$BATS_TEST_DIRNAME/../build}"
    data="$BATS_TEST_DIRNAME/../data"
    cd "$BATS_TEST_TMPDIR" || return 1
}

@test "scores: the scenarios of section 21" {
    count=0
    while IFS=, read -r name smallest months area members enrolled total decision; do
        arguments=()
        table year,count "2020,$smallest" 2021,900
        [ "$months" = 12 ]
        if [ "$area" = 39500000 ]; then
            arguments+=(--statewide)
        elif [ -n "$area" ]; then
            table county,year,count "Small,2020,$smallest" Large,2020,900
            printf 'county,population\nSmall,%s\nLarge,39000000\n' "$area" >people.csv
            arguments+=(--population people.csv)
        fi
        [ -z "$members" ] || arguments+=(--insurance-members "$members")
        [ -z "$enrolled" ] || arguments+=(--program-enrollment "$enrolled")
        scores "$total" "${arguments[@]}" || { echo "$name" && return 1; }
        decides "$decision" || { echo "$name" && return 1; }
        count=$((count + 1))
    done < <(tail -n +2 "$BATS_TEST_DIRNAME/data/scenarios.csv")
    [ "$count" = 10 ]
}

@test "scores: bands that tell a shorter one by subtraction score as that one" {
    # 18 is 0-18 less 0-17; nothing joins the ends of 0-17 and 19-64
    table age,year,count 0-17,2020,13 19-64,2020,900
    scores 3 --statewide
    table age,year,count 0-17,2020,13 0-18,2020,16
    scores 8 --statewide
    says age_range 7 "told by subtraction"
    # 18 is all up to 64 less those below and above
    table age,year,count 0-64,2020,950 0-17,2020,13 19-64,2020,900
    scores 8 --statewide
    # 2019 is told; moving windows and halves tell no other
    table year,count 2014-2018,50 2014-2019,53
    scores -5 --statewide
    table year,count 2014-2018,50 2015-2019,53
    scores -10 --statewide
    table year,count 2010-2019,90 2010-2014,50 2015-2019,40
    scores -10 --statewide
}

@test "scores: verdicts stand behind each row, small counts are masked at 13" {
    table county,year,sex,count Modoc,2020,Male,9 Modoc,2020,Female,12 Modoc,2020,Total,21
    threshold -q t.csv
    cmp out - <<'END'
county,year,sex,count,numerator_ok,denominator_ok,score,mask
Modoc,2020,Male,9,0,0,14,1
Modoc,2020,Female,12,1,0,14,0
Modoc,2020,Total,21,1,0,14,0
END
    # the same of a large county: 7 - 5 + 0 + 1 + 1
    sed -i 's/Modoc/Los Angeles/' t.csv
    threshold -q t.csv
    cmp out - <<'END'
county,year,sex,count,numerator_ok,denominator_ok,score,mask
Los Angeles,2020,Male,9,0,0,4,0
Los Angeles,2020,Female,12,1,0,4,0
Los Angeles,2020,Total,21,1,0,4,0
END
}

@test "scores: ddg-suppress --when-masked takes the table as it is" {
    table county,sex,count Modoc,Male,9 Modoc,Female,12 Modoc,Total,21 Kern,Male,90 Kern,Female,120 \
        Kern,Total,210 Total,Male,99 Total,Female,132 Total,Total,231
    "$build/ddg-threshold" -q --period 2020 t.csv | "$build/ddg-suppress" -q --when-masked >masked.csv
    [ "$(grep -c ',,1,' masked.csv)" = 4 ]
    sed -i 's/Modoc/Los Angeles/' t.csv
    "$build/ddg-threshold" -q --period 2020 t.csv | "$build/ddg-suppress" -q --when-masked >masked.csv
    cut -d, -f1-3 masked.csv | cmp - t.csv
}

@test "scores: the names of the columns that are added can be set" {
    table year,count 2020,5
    threshold -q --statewide --names n,d,s,m t.csv
    cmp out <(printf 'year,count,n,d,s,m\n2020,5,0,0,-3,0\n')
    fails 'names wants 4 names' --names a,b,c t.csv
    fails "column 'year' is there already" --statewide --names year,b,c,d t.csv
}

@test "scores: R-PSC-3 --check answers by the score" {
    table county,year,count Modoc,2020,9
    threshold --check t.csv
    [ "$status" = 0 ] && cmp out /dev/null && cmp err /dev/null
    threshold --check --high-risk t.csv
    [ "$status" = 1 ] && cmp out /dev/null && cmp err /dev/null
    echo old >kept.csv
    fails -- '--check writes no table: it goes without --output' --check -o kept.csv t.csv
    [ "$(<kept.csv)" = old ]
    table county,year,count Alpine,2020,2
    threshold --check t.csv
    [ "$status" = 1 ]
    threshold --check --provider-data t.csv
    [ "$status" = 0 ]
    # every cell meets the condition, so no score is needed (R-ND-1)
    table county,year,count Alpine,2020,11
    printf 'county,population\nAlpine,20001\n' >people.csv
    threshold --check --high-risk --population people.csv t.csv
    [ "$status" = 0 ]
}

@test "scores: R-PSC-1 events by the smallest count that is not 0" {
    for pair in 1:7 10:7 11:5 99:5 100:3 999:3 1000:2; do
        table year,count 2020,0 "2021,${pair%:*}" 2022,5000
        scores $((${pair#*:} - 5 + (${pair%:*} >= 5 ? -5 : 0))) --statewide
        says events "${pair#*:}"
    done
}

@test "scores: R-PSC-5 the narrowest band of ages decides, an open one ends at 99" {
    table age_group,count 0-17,50
    for pair in 12-14:5 90+:3 65+:1 '<1:7' 0-17:2 18-44:2 18-64:1 '[40-50):3' '85 and over:2' 7:7 \
        10-15:3 0-29:1 1-29:2 '6 months:7' 'under 5:5'; do
        table age_group,year,count "${pair%:*},2020,50" 0-99,2020,50 Total,2020,100 Unknown,2020,20
        scores $((${pair##*:} + 5 - 5 + 1)) --statewide
        says age_range "${pair##*:}"
    done
}

@test "scores: R-PSC-7 the shortest period decides" {
    for pair in 2018-2022:-5 2018-2021:-3 2020-2021:-3 2020:0 2020-21:0 'FY 2020-2021:0' 2020H1:3 2020-Q3:4 'Q3 2020:4' \
        2020-07:5 'July 2020:5' 07/2020:5 2020-07-15:5 'Jan-Jun 2020:3' 'Jan-Mar 2020:4'; do
        table period,count "${pair%:*},50" 2001-2010,60
        scores $((${pair##*:} + 5 - 5 - 5)) --statewide
        says time "${pair##*:}"
        # and as a fact
        table sex,count Male,50
        scores $((${pair##*:} + 5 + 1 - 5 + 1)) --statewide --period "${pair%:*}"
    done
    table quarter,count 1,50 2,60
    scores -1 --statewide
    table month,count 1,50 2,60
    scores 0 --statewide
}

@test "scores: R-PSC-7 --period is a range of months or of dates, or a year to date" {
    table sex,count Male,50
    for pair in '2022-07 to 2023-06:0' '07/2022 - 06/2023:0' '2022-07-01 to 2022-12-31:3' '2022-07-02 to 2022-12-31:4' \
        '2022-07-02 to 2022-12-30:4' '2023 YTD:5' '2024-01 to 2024-02:5' '2019-01 through 2023-12:-5'; do
        scores $((${pair##*:} + 5 + 1 - 5 + 1)) --statewide --period "${pair%:*}"
    done
    for period in '2018 and later' '2022-07 to present' '2023-06 to 2022-07' YTD; do
        fails "--period is a period like .*, not '$period'" --statewide --period "$period" t.csv
    done
    table period,count '2022-07 to 2023-06',50 2022Q4,60
    scores $((5 + 4 - 5 - 5)) --statewide --period '2022-07 to 2023-06'
    fails "t.csv:2: column 'period': the period is not within that of --period" --statewide --period 2023 t.csv
}

@test "scores: --period beside a column of periods has to agree with it" {
    table county,year,count Kern,2020,50 Kern,2021,60
    for period in 2019 2020 2021-2022 2020-Q1 '18 months'; do
        [ "$period" = '18 months' ] && scores -1 --period "$period" && continue
        fails "t.csv:[23]: column 'year': the period is not within that of --period" --period "$period" t.csv
    done
    for period in 2020-2021 2018-22 '5 years' 2020-21; do
        scores -1 --period "$period"
    done
    table county,period,count Kern,2018-2022,50
    fails 't.csv:2: .*not within' --period '18 months' t.csv
    # months are parts of the year
    table month,count 1,50 2,60
    scores 0 --statewide --period 2020
    table month,count 2011-12,50
    scores 0 --statewide --period 2011
    fails 't.csv:2: .*not within' --statewide --period 2012 t.csv
}

@test "scores: R-PSC-8 the smallest area decides, of residence or service" {
    table county,year,count Alpine,2020,50 'Los Angeles',2020,60
    scores 7
    says residence 7 "'Alpine'.*1,204 people (census of 2020)"
    scores 1 --geography service
    says service 1
    for name in '06003' 6003 'Alpine County' alpine; do
        table where,year,count "$name,2020,50" Kern,2020,50 Inyo,2020,60
        scores 7
    done
    table fips,year,count 003,2020,50
    scores 7
    for pair in 4000:7 4001:5 20000:5 20001:4 50001:3 100001:1 250001:0 560001:-1 1000001:-3 2000001:-5; do
        table city,year,count Somewhere,2020,50
        printf 'city,population\nSomewhere,%s\n' "${pair%:*}" >people.csv
        scores $((${pair#*:})) --population people.csv
    done
    fails '--geography is residence or service' --geography moon t.csv
}

@test "scores: R-PSC-8 a region has the people of its counties" {
    table county,year,count Alpine,2020,50 Inyo,2020,60 East,2020,110 West,2020,70
    printf 'child,parent\nAlpine,East\nInyo,East\nKern,West\n' >regions.csv
    scores 7 --hierarchy county=regions.csv
    table county,year,count West,2020,70
    scores -1 --hierarchy county=regions.csv
}

@test "scores: R-PSC-6 race and ethnicity, crossed, combined, detailed" {
    table race,year,count White,2020,50 Asian,2020,50
    scores 3 --statewide
    says race_ethnicity 2
    table race,year,count White,2020,50 'Native Hawaiian or Other Pacific Islander',2020,50
    scores 4 --statewide
    table race,ethnicity,year,count White,'Not Hispanic',2020,50 White,'Hispanic or Latino',2020,50
    scores 5 --statewide
    says race_ethnicity 2
    says ethnicity 1
    table race_ethnicity,year,count 'White, not Hispanic',2020,50
    sed -i '2s/.*/"White, not Hispanic",2020,50/' t.csv
    scores 3 --statewide
    for pair in Mexican:1 Chinese:2 Japanese:3 Thai:5 Tongan:7; do
        table race_ethnicity,year,count White,2020,50 "${pair%:*},2020,50"
        best=$((${pair#*:} > 2 ? ${pair#*:} : 2))
        scores $((best + 1)) --statewide
        table race,year,count "${pair%:*},2020,50"
        scores $((${pair#*:} + 1)) --statewide --var race=race_ethnicity:detailed
    done
    # nobody knows how many they are
    table race,year,count White,2020,50 Venusian,2020,50
    scores 8 --statewide
    grep -q "'Venusian': not known" card.json
    printf 'race,population\nVenusian,150000\nWhite,16296122\n' >people.csv
    scores 4 --statewide --population people.csv
}

@test "scores: R-PSC-6 tables side by side are scored each alone" {
    table sex,age,year,count Male,Total,2020,5 Female,Total,2020,60 Total,0-4,2020,50 Total,5-99,2020,15
    threshold --card card.txt --card card.json --statewide t.csv
    # sex: 7 + 1 + 1 - 5; age: 5 + 5 + 1 - 5
    cmp out - <<'END'
sex,age,year,count,numerator_ok,denominator_ok,score,mask
Male,Total,2020,5,0,0,4,0
Female,Total,2020,60,1,0,4,0
Total,0-4,2020,50,1,0,6,0
Total,5-99,2020,15,1,0,6,0
END
    grep -q '"total": 6' card.json
    # crossed they are one: 7 + 1 + 5 + 2 - 5
    echo Male,0-4,2020,1 >>t.csv
    scores 10 --statewide
}

@test "scores: R-PSC-6 --partitions reads breakdowns in one pair of columns, each a table with a variable of its own" {
    table kind,value,year,count Sex,Male,2020,5 Sex,Female,2020,60 Sex,Total,2020,65 'Age Group,0-4,2020,50' \
        'Age Group,5-99,2020,15' 'Age Group,Total,2020,65' Total,Total,2020,65
    # as in columns of their own, which is the test before: sex 4, age 6; neither is crossed with the other
    threshold -q --card card.json --card card.json --statewide --partitions kind,value t.csv
    cmp out - <<'END'
kind,value,year,count,numerator_ok,denominator_ok,score,mask
Sex,Male,2020,5,0,0,4,0
Sex,Female,2020,60,1,0,4,0
Sex,Total,2020,65,1,0,4,0
Age Group,0-4,2020,50,1,0,6,0
Age Group,5-99,2020,15,1,0,6,0
Age Group,Total,2020,65,1,0,6,0
Total,Total,2020,65,1,0,6,0
END
    grep -q '"total": 6' card.json
    says age_range 5 "'0-4' of column 'Age Group', by its name"
    # crossed with counties: 5 + 5 (Modoc) + 0 + 3 (Two or more races) + 1, and 5 + 5 + 0 + 1 + 1
    table county,kind,value,year,count Modoc,race,White,2020,50 'Modoc,race,Two or more races,2020,20' Modoc,sex,Male,2020,30 \
        Modoc,sex,Female,2020,40
    scores_each() { threshold -q "$@" --partitions kind,value t.csv && cut -d, -f8 out | uniq | tr '\n' ' '; }
    [ "$(scores_each)" = 'score 14 12 ' ]
    # a kind that nobody knows, and what it is
    sed -i 's/,sex,/,Gruppe,/; s/Male/a/; s/Female/b/' t.csv
    fails "column 'Gruppe' is no variable that is known: add --var 'Gruppe=other:groups'" --partitions kind,value t.csv
    [ "$(scores_each --var Gruppe=other:groups)" = 'score 14 ' ]
    fails '--advise goes without --partitions' --check --advise --var Gruppe=sex --partitions kind,value t.csv
    fails '--partitions wants two columns' --partitions county,kind,value t.csv
}

@test "scores: R-PSC-11 the interaction, by variables and by the smallest count" {
    for pair in 2:0 3:-3 4:-3 5:-5; do
        table year,count "2020,${pair%:*}"
        scores $((7 - 5 + ${pair#*:})) --statewide
    done
    table sex,language,race,hispanic,count Male,English,White,Yes,50
    scores $((5 + 1 + 1 + 2 + 1 - 5 + 4)) --statewide --period 2020
    table sex,language,race,count Male,English,White,50
    scores $((5 + 1 + 1 + 2 - 5 + 4)) --statewide --period 2020
    table sex,language,count Male,English,50
    scores $((5 + 1 + 1 - 5 + 2)) --statewide --period 2020
    # a total crosses nothing
    table sex,language,count Male,Total,50
    scores $((5 + 1 - 5 + 1)) --statewide --period 2020
}

@test "scores: R-PSC-9 R-PSC-10 insurance or geography, and programmes by enrolment" {
    table county,year,count Kern,2020,50
    # 909,235 people: -1, or the plan where it is smaller
    scores $((5 - 1 - 5)) --insurance-members 1000000
    says insurance 0 '"560001-1000000, not scored".*residence scores, never both: the plan has no fewer members'
    scores $((5 + 5 - 5)) --insurance-members 20000
    says insurance 5
    says residence 0 '"560001-1000000, not scored".*; insurance scores, never both: the plan has fewer members'
    # where a number is not known the higher score holds, and both are said
    table plan,county,year,count A,Alpine,2020,50 A,Kern,2020,50
    scores $((5 + 7 - 5))
    says insurance 0 '"20000 or fewer, not scored".*one of the numbers is not known, and the higher score holds'
    table plan,county,year,count A,Kern,2020,50 B,Kern,2020,50
    scores $((5 + 5 - 5))
    says residence 0 'not scored.*one of the numbers is not known'
    # a plan without a place leaves nothing out
    table year,count 2020,50
    scores $((5 + 4 - 5)) --insurance-members 30000
    run ! grep -q 'not scored' card.json
    table year,count 2020,50
    scores $((5 - 5 + 0 - 5)) --statewide --program-enrollment 10000001
    scores $((5 - 5 + 1 + 1)) --statewide --program-enrollment 10000000
    scores $((5 - 5 + 7 + 1)) --statewide --program-enrollment 20000
    table payer,year,count Medi-Cal,2020,50
    scores $((5 - 5 + 0 - 5)) --statewide
    table payer,year,count Medi-Cal,2020,50 WIC,2020,50
    scores $((5 - 5 + 2 + 1)) --statewide
    table plan,year,count A,2020,50 B,2020,50
    printf 'plan,population\nA,30000\nB,3000000\n' >people.csv
    scores $((5 + 4 - 5)) --population people.csv
}

@test "scores: R-PSC-12 other variables by population or by the number of groups" {
    table disease,year,count a,2020,50 b,2020,50
    scores $((5 + 3 - 5 + 1)) --statewide --var disease=other
    says other_groups 3
    grep -q 'R-PSC-12' <(threshold --statewide --var disease=other t.csv && cat err)
    scores $((5 + 5 - 5 + 1)) --statewide --var disease=other:groups=9
    scores $((5 + 7 - 5 + 1)) --statewide --var disease=other:groups=10
    scores $((5 + 2 - 5 + 1)) --statewide --var disease=other:population=4000000
    says other_population 2
    printf 'disease,population\na,20000\nb,4000001\n' >people.csv
    scores $((5 + 7 - 5 + 1)) --statewide --var disease=other --population people.csv
    scores $((5 + 7 - 5 + 1)) --statewide --var disease=other:population --population people.csv
    scores $((5 + 3 - 5 + 1)) --statewide --var disease=other_groups --population people.csv
}

@test "scores: other variables of the criteria" {
    table sex,year,count Male,2020,50 Intersex,2020,50
    scores $((5 + 2 - 5 + 1)) --statewide
    table gender,year,count Man,2020,50 Woman,2020,50 'Transgender or non-binary',2020,50
    scores $((5 + 3 - 5 + 1)) --statewide
    says gender_identity 3
    table gender,year,count Man,2020,50 'Transgender woman',2020,50
    scores $((5 + 5 - 5 + 1)) --statewide
    table sexual_orientation,year,count Straight,2020,50 'Gay or lesbian',2020,50
    scores $((5 + 2 - 5 + 1)) --statewide
    table intersex,year,count Yes,2020,50 No,2020,50
    scores $((5 + 2 - 5 + 1)) --statewide
    table language,year,count English,2020,50 Spanish,2020,60
    scores $((5 + 1 - 5 + 1)) --statewide
    for pair in Other:1 Korean:2 Hindi:3 Navajo:7 Tamil:5; do
        table language,year,count English,2020,50 "${pair%:*},2020,50"
        scores $((5 + ${pair#*:} - 5 + 1)) --statewide
    done
    table clinic_address,year,count x,2020,50
    scores $((5 + 3 - 5)) --var clinic_address=service:street
    scores $((5 + 7 - 5)) --var clinic_address=service:frontier
}

@test "scores: R-HR-1 populations at high risk are masked whatever the score" {
    table year,count 2020,5
    scores -3 --statewide
    decides release
    scores -3 --statewide --high-risk
    decides mask
    tail -n 1 out | grep -q ',1$'
    table immigration,year,count Citizen,2020,5 Refugee,2020,50
    threshold -q --card card.json --statewide t.csv
    decides mask
    says immigration '"high-risk"'
    # a sign of one is named
    table substance_use,year,count Yes,2020,50
    threshold --statewide --var substance_use=other t.csv
    grep -q 'R-HR-1: a name or a label speaks of substance use' err
}

@test "scores: --edition 1.0 has its own scores" {
    table sex,age,race,year,county,count Male,0-30,Venusian,2020,Alpine,5
    scores $((7 + 1 + 2 + 4 + 0 + 5 + 3)) --edition 1.0
    grep -q '"edition": "1.0"' card.json
    table ethnicity,year,count Hispanic,2020,5
    scores $((7 + 2 - 5 + 1)) --edition 1.0 --statewide
    fails 'no variable for --insurance-members' --edition 1.0 --statewide --insurance-members 5 t.csv
    fails '--edition is 2.0 or 1.0' --edition 3.0 t.csv
}

@test "scores: --criteria takes a department's own file" {
    table sex,year,count Male,2020,5
    sed 's/^edition,2.0,/edition,ours,/; s/^sex,male or female,,,1,/sex,male or female,,,9,/
        s/^decision,release,,12,/decision,release,,11,/; s/^decision,mask,13,/decision,mask,12,/' \
        "$data/psc-2.0.csv" >ours.csv
    scores 12 --criteria ours.csv --statewide
    decides mask
    grep -q '"edition": "ours"' card.json
    sed 's/^sex,male or female,,,1,/sex,male or female,,,one,/' "$data/psc-2.0.csv" >bad.csv
    line=$(grep -n ',one,' bad.csv | cut -d: -f1)
    fails "bad.csv:$line: column 'score': neither a whole number nor 'high-risk'" --criteria bad.csv t.csv
    grep -v ^decision "$data/psc-2.0.csv" >bad.csv
    fails 'bad.csv: rows are missing' --criteria bad.csv t.csv
    sed 's/^decision,mask,13,/decision,mask,14,/' "$data/psc-2.0.csv" >bad.csv
    fails "'mask' has to begin where 'release' ends" --criteria bad.csv t.csv
    cut -d, -f1-7 "$data/psc-1.0.csv" >bad.csv
    fails "bad.csv: no column is called 'by'" --criteria bad.csv t.csv
}

@test "scores: a dimension that is no variable is an error that says what to add" {
    table disease,year,count flu,2020,5
    fails "t.csv: column 'disease' is no variable that is known: add --var 'disease=other:groups', or .*, gender_identity, " t.csv
    run ! grep -q flu err
    # as it is, for all columns at once
    table "ward's,disease,count" a,flu,5
    fails "columns 'ward's', 'disease' are no .* add --var 'ward'.''s=other:groups' --var 'disease=other:groups', or" t.csv
    eval "threshold --period 2020 --statewide $(grep -o -- "--var.*groups'" err) t.csv"
    [ "$status" = 0 ]
    table disease,year,count flu,2020,5
    threshold -q --no-score t.csv
    cmp out <(printf 'disease,year,count,numerator_ok,denominator_ok,score,mask\nflu,2020,5,0,0,,1\n')
    fails "no dimension is called 'illness'" --var illness=other --var disease=other t.csv
    fails 'the criteria have no such variable; they have age_range, sex, .*, time, other:population, other:groups' \
        --var disease=illness t.csv
    fails 'they have sex, age_range, race, .*, service (try --help)$' --edition 1.0 --var disease=illness t.csv
    # what that edition does not have is no way out
    fails "add --var 'disease=VARIABLE', where VARIABLE is one of sex, .*, service; or --no-score" --edition 1.0 t.csv
    fails 'no column is that variable' --var disease=events t.csv
    fails 'neither a number nor' --var disease=sex:many t.csv
    fails '--var wants COLUMN=VARIABLE' --var disease t.csv
    fails '--no-score goes without --statewide' --no-score --statewide t.csv
}

@test "scores: what nobody said scores as the highest class, and is named" {
    table sex,count Male,50
    scores $((5 + 1 + 5 + 7 + 1))
    grep -q '"variable": "time".*not known.*--period' card.json
    grep -q '"variable": "residence".*not known.*--statewide' card.json
    table county,year,count Nowhere,2020,50
    scores 7
    grep -q "'Nowhere': not known.*--population" card.json
    threshold t.csv
    run ! grep -q Nowhere err
    grep -q 'not known of a category' err
}

@test "scores: columns are recognised by their labels, and the reason is said" {
    table a,b,c,d,e,count '[40-50)',2020-Q1,Female,'Hispanic or Latino',Kern,50 '[50-60)',2020-Q2,Male,'Not Hispanic',Alpine,50 \
        '[60-70)',2020-Q2,Male,'Not Hispanic',Inyo,50
    threshold t.csv
    [ "$status" = 0 ]
    grep -q "age_range: +3 .* of column 'a', its labels are ages" err
    grep -q "time: +4 .* of column 'b', its labels are periods" err
    grep -q "sex: +1 .* of column 'c', its labels are all of the variable's" err
    grep -q "^ddg-threshold: ethnicity: +1 .* of column 'd', its labels are all" err
    grep -q "residence: +7 .* of column 'e', its labels are counties of California" err
    # a column of race that is called ethnicity
    table ethnicity,year,count White,2020,50 Black,2020,50 Hispanic,2020,50
    scores 3 --statewide
    says race_ethnicity 2 'by its labels, whatever its name'
}

@test "scores: nested columns are one variable" {
    table region,county,year,count East,Alpine,2020,50 East,Inyo,2020,50 East,Total,2020,100
    scores 7 --nested region,county
    sed -i 's/Alpine/Kern/' t.csv
    scores 5 --nested region,county
}

@test "scores: R-PSC-13 R-SAFE-1 state-wide and annual is said to be within Safe Harbor" {
    table year,count 2020,50
    threshold --statewide t.csv
    grep -q 'R-PSC-13: annual and state-wide' err
    table month,count 1,50
    threshold --statewide t.csv
    run ! grep -q R-PSC-13 err
    grep -q "R-SAFE-1: column 'month': dates finer than a year" err
    table year,ssn,count 2020,123-45-6789,5
    threshold --statewide --var ssn=other t.csv
    grep -q "R-SAFE-1: column 'ssn': named like social security numbers" err
}

@test "scores: cards in four forms, --explain on stderr" {
    table county,year,count 'Mo<d>oc',2020,9
    for form in txt md html json; do
        threshold -q --card card.$form t.csv
        [ "$status" = 0 ] && cmp err /dev/null
        grep -q 'R-PSC-3' card.$form
        grep -q 'residence' card.$form
    done
    grep -q 'Mo&lt;d&gt;oc' card.html
    grep -q 'Signature' card.txt
    [ "$(grep -o '"[a-z]*":' card.json | sort -u | tr -d '\n')" = '"category":"column":"decision":"edition":"reason":"score":"section":"source":"total":"variable":"variables":' ]
    threshold -q --explain t.csv
    grep -q '^  Variable: residence' err
    fails 'ends in .txt, .md, .html or .json' --card card.doc t.csv
    fails 'wants a file of its own' --card t.json -o t.json t.csv
    threshold -q --card card.json --provider-data t.csv
    grep -q '"total": null' card.json
    decides release
}

@test "scores: cards have the variables in the order of the guideline, and their scores add up to the total" {
    table language,year,county,sex,kind,age,count English,2020,Kern,Male,a,0-17,50 Spanish,2020,Kern,Male,b,18+,50
    threshold --card card.json --card card.json --var kind=other --program-enrollment 1000000 t.csv
    sed -n 's/^    {"variable": "\([a-z_]*\)".*/\1/p' card.json | tr '\n' ' ' >order
    [ "$(<order)" = 'events age_range sex language program residence time interaction other_groups ' ]
    [ "$(sed -n 's/^ddg-threshold: \([a-z_]*\): [+-].*/\1/p' err | tr '\n' ' ')" = "$(<order)" ]
    threshold -q --card card.md --program-enrollment 1000000 --var kind=other t.csv
    grep -qx '| Variable | Category | Score | Section | Source |' card.md
    awk -F ' *[|] *' '/^[|] [a-z]/ { sub("\\\\", "", $4); sum += $4 } /^[|] Total/ { total = $4 } END { exit sum != total }' card.md
}

@test "scores: a count is on no card and in no message" {
    table county,sex,year,count Alpine,Male,2020,7 Alpine,Female,2020,4718 Alpine,Total,2020,4725
    threshold --explain --card card.txt t.csv
    run ! grep -q '47[12][58]' err card.txt
}

@test "scores: equal bytes whether rows fit in memory or not" {
    awk 'BEGIN { print "county,age,year,count,note"
        for (c = 0; c < 200; c++) for (a = 0; a < 100; a++) for (y = 2010; y < 2014; y++)
            print "c" c "," a "," y "," (c * a + y) % 97 ",some words that take room in a row" }' >large.csv
    [ "$(wc -c <large.csv)" -gt 3000000 ]
    threshold -q -o whole.csv large.csv
    [ "$status" = 0 ]
    cut -d, -f1-5 whole.csv | cmp - large.csv
    echo c0,0,2010,5,again >>large.csv
    fails 'large.csv:80002: the same cell stands in line 2 already; --dims names more' large.csv
}

@test "scores: R-SRV-1 unreliable survey estimates get the annotation 4" {
    table sex,count,n,rse Male,500,30,20 Female,400,29,5 Other,60,90,20.1% X,40,,1
    threshold -q --no-score --sample-column n t.csv
    cmp out - <<'END'
sex,count,n,rse,annotation,numerator_ok,denominator_ok,score,mask
Male,500,30,20,,1,0,,0
Female,400,29,5,4,1,0,,0
Other,60,90,20.1%,,1,0,,0
X,40,,1,4,1,0,,0
END
    threshold -q --no-score --rse-column rse --survey CHIS t.csv
    [ "$(cut -d, -f5 out | tr '\n' ' ')" = 'annotation   4  ' ]
    threshold --no-score --rse-column rse --survey CHIS --rse-max 4.9 t.csv
    [ "$(cut -d, -f5 out | tr '\n' ' ')" = 'annotation 4 4 4  ' ]
    grep -q '3 are not reliable (R-SRV-1)' err
    # limits of other surveys are 23 to 30 %, and no survey's own is known but that of CHIS
    sed -i 's/20.1%/23.1%/' t.csv
    threshold -q --no-score --rse-column rse --survey other t.csv
    [ "$(cut -d, -f5 out | tr '\n' ' ')" = 'annotation   4  ' ]
    fails "--survey has no rule for 'NCHS': it has CHIS, other, and --rse-max any other limit" --no-score --rse-column rse --survey NCHS t.csv
    # codes that stand there stay
    table sex,count,n,annotation Male,500,3,5 Female,400,3,0 Other,60,3,
    threshold -q --no-score --sample-column n t.csv
    cmp out - <<'END'
sex,count,n,annotation,numerator_ok,denominator_ok,score,mask
Male,500,3,5,1,0,,0
Female,400,3,4,1,0,,0
Other,60,3,4,1,0,,0
END
    # the code is described where codes are
    table sex,count,n,annotation,annotation_description Male,500,3,, 'Other,,,3,no data available'
    threshold -q --no-score --sample-column n t.csv
    sed -n 2,3p out | cmp - <(printf 'Male,500,3,4,statistically unstable,1,0,,0\nOther,,,3,no data available,1,0,,0\n')
    fails "--survey has no rule for 'XYZ'" --survey XYZ --sample-column n t.csv
    fails 'want --sample-column or --rse-column' --survey CHIS t.csv
    fails '--rse-column wants --rse-max or --survey' --rse-column n t.csv
    fails '--rse-max is a percentage' --rse-max much t.csv
    fails "no column is called 'cases'" --no-score --sample-column cases t.csv
    table sex,count,n Male,5,many
    fails "t.csv:2: column 'n': not a whole number" --no-score --sample-column n t.csv
}

# A table by age and sex in which one band has few men and another few women.
ages() {
    table age_group,sex,count 0-4,Male,3 0-4,Female,40 0-4,Total,43 5-9,Male,30 5-9,Female,50 5-9,Total,80 \
        10-29,Male,60 10-29,Female,70 10-29,Total,130 30+,Male,60 30+,Female,"$1" 30+,Total,$((60 + $1)) \
        Total,Male,153 Total,Female,$((160 + $1)) Total,Total,$((313 + $1))
}

# advises ARGUMENT...: stderr as on standard input.
advises() {
    cat >wanted
    threshold -q --advise "$@" t.csv
    diff -u wanted err
}

@test "scores: R-RED-1 --advise names coarser tables by what they keep" {
    ages 47
    # 7 + 5 + 1 + 2 + 4 - 5; without 0-4 the smallest is 30: 5 + 3 + 1 + 2 + 4 - 5
    advises --period 2020-Q1 --statewide <<'END'
ddg-threshold: advice: merge 0-4 and 5-9: score 10, no small cells; 90 % of the information is kept
ddg-threshold: advice: drop sex: score 10, no small cells; 68 % of the information is kept
ddg-threshold: advice: merge each two bands of age_group: score 10, no small cells; 67 % of the information is kept
ddg-threshold: advice: drop age_group: score 4, no small cells; 35 % of the information is kept
END
    # the advice is true of the table that it speaks of
    awk -F, 'NR == 1 { print; next } /^(0-4|5-9),/ { sum[$2] += $3; next } { print }
        END { for (sex in sum) print "0-9," sex "," sum[sex] }' t.csv >merged.csv
    mv merged.csv t.csv
    scores 10 --period 2020-Q1 --statewide
    threshold -q --advise --period 2020-Q1 --statewide t.csv
    grep -qx 'ddg-threshold: advice: nothing has to be coarser (R-PSC-3: a score of 12 or less)' err
}

@test "scores: R-RED-1 advice on periods, hierarchies, nested columns, and two choices" {
    # a year has all its quarters
    table county,quarter,count Alpine,2020Q1,5 Alpine,2020Q2,6 Kern,2020Q1,200 Kern,2020Q2,300
    threshold -q --advise t.csv
    run ! grep -q quarter err
    for county in Alpine Kern; do
        echo "$county,2020Q3,70" && echo "$county,2020Q4,80"
    done >>t.csv
    threshold -q --advise t.csv
    grep -q 'advice: take quarter together to years: score .*, no small cells' err
    printf 'child,parent\nAlpine,South\nKern,South\n' >regions.csv
    threshold -q --advise --hierarchy county=regions.csv t.csv
    grep -q 'advice: take county together as its hierarchy does: score .*, no small cells' err
    table region,county,year,count South,Alpine,2020,2 South,Kern,2020,200 South,Total,2020,202
    threshold -q --advise --nested region,county t.csv
    grep -q 'advice: drop county, keep region: score .*, no small cells' err
    table county,age,year,count Alpine,0-4,2020,2 Alpine,5-9,2020,3 Kern,0-4,2020,4 Kern,5-9,2020,4
    threshold -q --advise --no-score t.csv
    [ "$status" = 2 ]
    threshold -q --advise t.csv
    grep -q 'advice: .*; .*: score .*, no small cells' err
    fails '--advise goes without --repeats' --check --advise --repeats t.csv
}

@test "scores: R-RED-1 no advice makes one band or one period of what lies apart" {
    table age,year,count 0-4,2015,3 0-4,2019,4 60-64,2015,5 60-64,2019,6 65+,2015,50 65+,2019,60
    threshold -q --advise t.csv
    grep -q 'advice: drop age: ' err
    run ! grep -q 'merge\|drop year' err
}

@test "scores: R-RED-1 advice merges as many adjacent bands as it takes, and no more" {
    # 0 to 9 are 7 persons, 0 to 14 are 12
    table age_group,count 0-4,3 5-9,4 10-14,5 15-19,200 20-24,210 25-29,190 30+,300
    threshold -q --advise --high-risk t.csv
    sed -n 1p err | grep -q 'advice: merge 0-4, 5-9 and 10-14: score [0-9]*, no small cells; 9[0-9] % of the information is kept'
    run ! grep -q 'merge 0-4, 5-9, 10-14 and 15-19\|through' err
    # six of a single person each, which stand beside no other
    table age_group,count 0-4,2 5-9,2 10-14,2 15-19,2 20-24,2 25-29,2 30-34,300 35-39,290 40+,310
    threshold -q --advise --high-risk t.csv
    sed -n 1p err | grep -q 'advice: merge 0-4 through 25-29: score [0-9]*, no small cells; '
}

@test "scores: R-RED-1 advice takes all bands together to wider ones" {
    # each 5 years 6 persons of either sex, each 10 years 12; the open band ends in the last one
    awk 'BEGIN { print "age_group,sex,count"
        for (a = 0; a < 85; a += 5) print a "-" a + 4 ",Male,6\n" a "-" a + 4 ",Female,6"
        print "85+,Male,6\n85+,Female,6" }' >t.csv
    threshold -q --advise --high-risk t.csv
    grep -q 'advice: take age_group together to bands of 10 years: score [0-9-]*, no small cells; ' err
    run ! grep -q 'bands of [23]0 years\|each two' err
    sed -i '/^8/!s/,6$/,3/' t.csv
    threshold -q --advise --high-risk t.csv
    grep -q 'advice: take age_group together to bands of 20 years: score [0-9-]*, no small cells; ' err
    # single years; 0 to 4 are 15
    awk 'BEGIN { print "age,count"; for (a = 0; a < 100; a++) print a ",3" }' >t.csv
    threshold -q --advise --high-risk t.csv
    grep -q 'advice: take age together to bands of 5 years: score [0-9-]*, no small cells; ' err
    # no band is cut
    table age,count 0-14,3 15-24,4 25-34,5 35-44,5 45+,6
    threshold -q --advise --high-risk t.csv
    run ! grep -q 'together to bands' err
}

@test "scores: R-RED-1 advice adds up no printed total beside its parts" {
    table age_group,sex,count 0-4,Male,1 0-4,Female,2 0-4,Total,3 5-9,Male,2 5-9,Female,3 5-9,Total,5 \
        10-29,Male,40 10-29,Female,50 10-29,Total,90 30+,Male,60 30+,Female,70 30+,Total,130 \
        Total,Male,103 Total,Female,125 Total,Total,228
    # without sex, 0 to 9 are 8 persons
    advises --period 2020-Q1 <<'END'
ddg-threshold: advice: merge 0-4, 5-9 and 10-29: score 20, no small cells; 90 % of the information is kept
ddg-threshold: advice: drop age_group: score 16, no small cells; 45 % of the information is kept
END
    # nor regions beside their counties: Alpine and Kern are 6 in 2020
    table county,year,count Alpine,2020,2 Kern,2020,4 South,2020,6 Alpine,2021,20 Kern,2021,30 South,2021,50
    printf 'child,parent\nAlpine,South\nKern,South\n' >regions.csv
    threshold -q --advise --hierarchy county=regions.csv t.csv
    grep -q 'advice: drop county: score 9, 1 small cell, which need not be masked' err
}

@test "scores: R-RED-1 advice of more than two choices, also of one dimension" {
    # each of four small counts has a neighbour of its own that loses least, and small counts decide
    table age_group,count 0-4,2 5-9,50 10-14,60 15-19,3 20-24,70 25-29,80 30-34,4 35-39,90 40-44,100 45-49,5 50-54,110 55+,400
    threshold -q --advise --high-risk t.csv
    sed -n 1p err | grep -q 'advice: merge 0-4 and 5-9; merge 10-14 and 15-19; merge 25-29 and 30-34; merge 40-44 and 45-49: .*, no small cells; 97 %'
    # of small counts at every other band three together, and two pairs, lose less than four pairs
    table age_group,count 0-4,6 5-9,50 10-14,7 15-19,60 20-24,8 25-29,70 30-34,9 35+,80
    threshold -q --advise --high-risk t.csv
    sed -n 1p err | grep -q 'advice: merge 15-19 and 20-24; merge 25-29 and 30-34; merge 0-4, 5-9 and 10-14: .*, no small cells; 81 %'
    # three together have 16 in each cell, two at most 8
    echo sex,language,county,year,count >t.csv
    for sex in Male Female; do
        for language in English Spanish; do
            for county in Alpine Kern; do
                for year in 2019 2020; do
                    echo "$sex,$language,$county,$year,2"
                done
            done
        done
    done >>t.csv
    threshold -q --advise --high-risk t.csv
    grep -q 'advice: drop sex; drop language; drop county: .*, no small cells; 25 %' err
    [ "$(grep -c 'no small cells' err)" = 4 ]
}

@test "scores: R-RED-1 advice does not forget populations that are small" {
    # 900 people of 0 to 4 stay small whatever is done with the others, and without age there are 60,900
    table age,count,people 0-4,50,900 5-9,50,30000 10-14,3,30000
    advises --population people --period 2020-03 <<'END'
ddg-threshold: advice: drop age: score 10, no small cells; 0 % of the information is kept
END
    # populations of bands are added up: each of two pairs mends one thing
    table age,count,people 0-4,50,900 5-9,50,30000 10-14,3,30000 15-19,50,30000
    threshold -q --advise --high-risk --population people --period 2020-03 t.csv
    grep -q 'advice: merge 0-4 and 5-9; merge 10-14 and 15-19: score [0-9]*, no small cells; ' err
    run ! grep -q 'advice: merge 10-14 and 15-19: ' err
    # that of an area is not, whatever the age; neither is that of several years
    table county,age,year,count,people Alpine,0-4,2019,5,1200 Alpine,5-9,2019,50,1200 Kern,0-4,2019,60,900000 \
        Kern,5-9,2019,70,900000 Alpine,0-4,2020,50,1190 Alpine,5-9,2020,50,1190 Kern,0-4,2020,60,910000 \
        Kern,5-9,2020,70,910000
    threshold -q --advise --high-risk --population people t.csv
    [ "$(grep -c 'no small cells' err)" = 1 ]
    grep -q 'advice: drop county: .*, no small cells; ' err
    # one that is not known is none: 3 + 5 + 7 - 5, by the census's 1,204 people of Alpine
    table county,age,count,people Alpine,0-4,3,1200 Alpine,5-9,150,
    advises --population people --period 2020-03 <<'END'
ddg-threshold: advice: drop age: score 10, 1 cell with a small population, which need not be masked; 0 % of the information is kept
END
    # where nothing is enough, both are told: 7 + 5 - 5, and 7 + 3 + 5 + 1, and 7 for a place that is not known
    table age,count,people 0-4,2,400 5-9,3,500
    advises --high-risk --population people --period 2020-03 <<'END'
ddg-threshold: advice: drop age: score 14, 1 small cell and 1 cell with a small population; 0 % of the information is kept
ddg-threshold: advice: merge 0-4 and 5-9: score 23, 1 small cell and 1 cell with a small population; 0 % of the information is kept
END
}

@test "scores: R-RED-1 advice counts small populations of a file, by place" {
    table county,age,count Alpine,0-4,3 Alpine,5-9,50 Kern,0-4,60 Kern,5-9,70
    # 5 + 5 + 7 - 5; Alpine has 53 in one cell
    printf 'county,population\nAlpine,1200\nKern,900000\n' >people.csv
    advises --high-risk --population people.csv --period 2020-03 <<'END'
ddg-threshold: advice: drop county: score 23, no small cells; 56 % of the information is kept
ddg-threshold: advice: drop age: score 12, 1 cell with a small population, which need not be masked; 52 % of the information is kept
END
    # a file by county and age has rows of no cell of a table without age: 5 + 5 + 4 - 5, 24,000 in Alpine
    table county,age,count Alpine,0-4,3 Alpine,5-9,30 Kern,0-4,34 Kern,5-9,50
    printf 'county,age,population\nAlpine,0-4,12000\nAlpine,5-9,12000\nKern,0-4,80000\nKern,5-9,90000\n' >people.csv
    threshold -q --advise --high-risk --population people.csv --period 2020-03 t.csv
    grep -q 'advice: drop age: score 9, no small cells; ' err
    grep -q 'advice: drop county: .*, no small cells; ' err
    grep -q 'advice: merge 0-4 and 5-9: .*, no small cells; ' err
}

@test "scores: R-RED-1 the search for advice ends, and says where it could go on" {
    awk 'BEGIN {
            print "a_age,b_age,c_age,d_age,e_age,f_age,g_age,count"
            split("1 3 7 11 13 17 19", prime)
            for (i = 0; i < 40; i++) {
                for (column = 1; column <= 7; column++)
                    printf "%d-%d,", 2 * (i * prime[column] % 40), 2 * (i * prime[column] % 40) + 1
                print i == 9
            }
        }' >t.csv
    threshold -q --advise --high-risk t.csv
    grep -q 'advice: stopped after [0-9]* tables: others may keep more' err
}

@test "scores: R-PSC-1 a breakdown in columns is refused, whose variable nobody would score" {
    text="column 'all' is the sum of the other counts, whose columns are a breakdown that the score has to know: put it into a column of its own, and each of its counts into a row"
    printf 'county,all,women,men\nInyo,52,12,40\nKern,462,200,262\n' >wide.csv
    fails "wide.csv: $text" --period 2024 --count all,women,men wide.csv
    threshold --no-score --count all,women,men wide.csv
    [ "$status" = 0 ]
    # counts that are no parts of one, and one row, which shows nothing
    sed 's/262$/263/' wide.csv >others.csv
    threshold --period 2024 --count all,women,men others.csv
    [ "$status" = 0 ]
    sed 3d wide.csv >one.csv
    threshold --period 2024 --count all,women,men one.csv
    [ "$status" = 0 ]
}
