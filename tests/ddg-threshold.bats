#!/usr/bin/env bats
# ddg-threshold: which cells fail the numerator-denominator condition (DDG 4.2, 16.1), and what is
# no table to judge.

bats_require_minimum_version 1.5.0

setup() {
    threshold="${DDG_BUILD:-$BATS_TEST_DIRNAME/../build}/ddg-threshold"
    cd "$BATS_TEST_TMPDIR" || return 1
    cat >counts.csv <<'END'
county,sex,count
Alpine,Female,0
Alpine,Male,10
Alpine,Total,10
Kern,Female,11
Kern,Male,1
Kern,Total,12
Total,Female,11
Total,Male,11
Total,Total,22
END
    printf 'county,population\nAlpine,1204\nKern,909235\n' >people.csv
}

# The tool in an environment of its own: stdout in `out`, stderr in `err`, the status in $status.  The
# condition holds or not whatever the score is, which tests/scores.bats is about.
threshold() {
    status=0
    env -i PATH="$PATH" LC_ALL=C "$threshold" --no-score "$@" >out 2>err </dev/null || status=$?
}

# fails MESSAGE ARGUMENT...: status 2, one line on stderr, nothing on stdout.
fails() {
    printf 'ddg-threshold: %s\n' "$1" >expected_err
    shift
    threshold "$@"
    [ "$status" = 2 ] && cmp out /dev/null && diff -u expected_err err
}

# gives ARGUMENT...: status 0, nothing on stderr, stdout as on standard input.
gives() {
    cat >expected
    threshold -q "$@"
    [ "$status" = 0 ] && cmp err /dev/null && diff -u expected out && cmp expected out
}

# answers STATUS ARGUMENT...: --check has this status and says nothing at all.
answers() {
    local wanted=$1
    shift
    threshold --check "$@"
    [ "$status" = "$wanted" ] && cmp out /dev/null && cmp err /dev/null
}

# summary SMALL CELLS FAILED MISSING: the line on stderr, at the usual threshold.
summary() {
    printf 'ddg-threshold: %s of %s cells have a numerator of 1 to 10, ' "$1" "$2"
    printf '%s fail the denominator (%s have none); ' "$3" "$4"
    printf 'no score was taken, so every small cell is to be masked\n'
}

@test "threshold: a verdict stands behind each row, and a summary on stderr" {
    threshold --population people.csv counts.csv
    [ "$status" = 0 ]
    cmp err <(summary 3 9 3 0)
    cmp out - <<'END'
county,sex,count,numerator_ok,denominator_ok,score,mask
Alpine,Female,0,1,0,,0
Alpine,Male,10,0,0,,1
Alpine,Total,10,0,0,,1
Kern,Female,11,1,1,,0
Kern,Male,1,0,1,,1
Kern,Total,12,1,1,,0
Total,Female,11,1,1,,0
Total,Male,11,1,1,,0
Total,Total,22,1,1,,0
END
}

@test "threshold: R-NUM-1 the persons of a cell are its numerator, not its events" {
    printf 'g,persons,events\na,3,40\nb,11,11\n' >persons.csv
    gives persons.csv <<'END'
g,persons,events,numerator_ok,denominator_ok,score,mask
a,3,40,0,0,,1
b,11,11,1,0,,0
END
}

@test "threshold: R-NUM-2 a numerator of 1 to 10 fails, 11 does not" {
    printf 'g,count\na,1\nb,2\nc,9\nd,10\ne,11\nf,12\n' >edge.csv
    gives edge.csv <<'END'
g,count,numerator_ok,denominator_ok,score,mask
a,1,0,0,,1
b,2,0,0,,1
c,9,0,0,,1
d,10,0,0,,1
e,11,1,0,,0
f,12,1,0,,0
END
}

@test "threshold: R-NUM-2 the threshold can be set from 2 on" {
    printf 'g,count\na,2\nb,3\nc,39\nd,40\n' >edge.csv
    gives --threshold 3 edge.csv <<'END'
g,count,numerator_ok,denominator_ok,score,mask
a,2,0,0,,1
b,3,1,0,,0
c,39,1,0,,0
d,40,1,0,,0
END
    gives --threshold 40 edge.csv <<'END'
g,count,numerator_ok,denominator_ok,score,mask
a,2,0,0,,1
b,3,0,0,,1
c,39,0,0,,1
d,40,1,0,,0
END
    threshold --threshold 40 edge.csv
    grep -q '^ddg-threshold: 3 of 4 cells have a numerator of 1 to 39, ' err
    fails "a threshold is a whole number from 2 to 1000000, not '1' (try --help)" --threshold 1 edge.csv
    fails "a threshold is a whole number from 2 to 1000000, not '-5' (try --help)" --threshold=-5 edge.csv
}

@test "threshold: R-NUM-3 a zero does not fail" {
    printf 'g,count,population\na,0,30000\nb,0,30000\n' >zeros.csv
    gives --population population zeros.csv <<'END'
g,count,population,numerator_ok,denominator_ok,score,mask
a,0,30000,1,1,,0
b,0,30000,1,1,,0
END
    answers 0 --population population zeros.csv
}

@test "threshold: R-DEN-1 a population of 20,000 fails, 20,001 does not, and the least can be set" {
    printf 'g,count,people\na,50,20000\nb,50,20001\nc,50,0\n' >edge.csv
    gives --population people edge.csv <<'END'
g,count,people,numerator_ok,denominator_ok,score,mask
a,50,20000,1,0,,0
b,50,20001,1,1,,0
c,50,0,1,0,,0
END
    gives --population people --min-population 20000 edge.csv <<'END'
g,count,people,numerator_ok,denominator_ok,score,mask
a,50,20000,1,1,,0
b,50,20001,1,1,,0
c,50,0,1,0,,0
END
    fails "--min-population is a whole number, not '20,000' (try --help)" \
        --min-population 20,000 edge.csv
}

@test "threshold: R-DEN-2 without any denominator every cell fails it, and the summary says so" {
    threshold counts.csv
    [ "$status" = 0 ]
    cmp err <(summary 3 9 9 9)
    [ "$(cut -d, -f5 out | sort | uniq -c | tr -s ' ')" = ' 9 0
 1 denominator_ok' ]
}

@test "threshold: R-DEN-2 a cell of a sex or an age has the population of its area" {
    cat >ages.csv <<'END'
sex,county,age,count
Female,Kern,0-17,20
Female,Alpine,0-17,20
Total,Kern,Total,40
END
    gives --population people.csv ages.csv <<'END'
sex,county,age,count,numerator_ok,denominator_ok,score,mask
Female,Kern,0-17,20,1,1,,0
Female,Alpine,0-17,20,1,0,,0
Total,Kern,Total,40,1,1,,0
END
}

@test "threshold: R-DEN-2 a total has the sum of its children, each of which alone may fail" {
    printf 'county,count\nAlpine,50\nInyo,60\nTotal,110\n' >rural.csv
    # 1,204 + 18,796 = 20,000, one less than enough
    printf 'county,population\nAlpine,1204\nInyo,18796\n' >few.csv
    gives --population few.csv rural.csv <<'END'
county,count,numerator_ok,denominator_ok,score,mask
Alpine,50,1,0,,0
Inyo,60,1,0,,0
Total,110,1,0,,0
END
    printf 'county,population\nAlpine,1204\nInyo,18797\n' >enough.csv
    gives --population enough.csv rural.csv <<'END'
county,count,numerator_ok,denominator_ok,score,mask
Alpine,50,1,0,,0
Inyo,60,1,0,,0
Total,110,1,1,,0
END
}

@test "threshold: R-DEN-2 a total's own population goes before the sum of its children" {
    printf 'county,population\nAlpine,1204\nKern,909235\nTotal,15\n' >people.csv
    threshold -q --population people.csv counts.csv
    [ "$(grep '^Total' out)" = 'Total,Female,11,1,0,,0
Total,Male,11,1,0,,0
Total,Total,22,1,0,,0' ]
}

@test "threshold: R-DEN-2 a total with a child whose population is missing fails" {
    printf 'county,population\nKern,909235\n' >some.csv
    threshold --population some.csv counts.csv
    [ "$status" = 0 ]
    note="ddg-threshold: note: R-DEN-2: some.csv has no population for 1 of 2 categories of column 'county', which fail: counts.csv:2"
    cmp err <(echo "$note" && summary 3 9 6 6)
    cmp out - <<'END'
county,sex,count,numerator_ok,denominator_ok,score,mask
Alpine,Female,0,1,0,,0
Alpine,Male,10,0,0,,1
Alpine,Total,10,0,0,,1
Kern,Female,11,1,1,,0
Kern,Male,1,0,1,,1
Kern,Total,12,1,1,,0
Total,Female,11,1,0,,0
Total,Male,11,1,0,,0
Total,Total,22,1,0,,0
END
}

@test "threshold: R-DEN-2 populations of county and race join on both, totals add up over both" {
    cat >race.csv <<'END'
county,race,sex,count
Alpine,A,F,20
Alpine,B,F,20
Alpine,Total,F,40
Kern,A,F,20
Kern,B,F,20
Kern,Total,F,40
Total,A,F,40
Total,B,F,40
Total,Total,F,80
END
    printf '%s\n' county,race,population Alpine,A,10000 Alpine,B,5000 Kern,A,10001 Kern,B,4000 >join.csv
    # A: 10,000 + 10,001; B: 9,000; Alpine 15,000; Kern 14,001; all 29,001
    gives --population join.csv race.csv <<'END'
county,race,sex,count,numerator_ok,denominator_ok,score,mask
Alpine,A,F,20,1,0,,0
Alpine,B,F,20,1,0,,0
Alpine,Total,F,40,1,0,,0
Kern,A,F,20,1,0,,0
Kern,B,F,20,1,0,,0
Kern,Total,F,40,1,0,,0
Total,A,F,40,1,1,,0
Total,B,F,40,1,0,,0
Total,Total,F,80,1,1,,0
END
}

@test "threshold: R-DEN-2 a region has the sum of its counties, through a hierarchy" {
    printf 'county,count\nAlpine,30\nInyo,30\nEast,60\nKern,30\nTotal,90\n' >regions.csv
    printf 'child,parent\nAlpine,East\nInyo,East\n' >parents.csv
    printf 'county,population\nAlpine,1204\nInyo,19016\nKern,909235\n' >people.csv
    # East has 20,220
    gives --hierarchy county=parents.csv --population people.csv regions.csv <<'END'
county,count,numerator_ok,denominator_ok,score,mask
Alpine,30,1,0,,0
Inyo,30,1,0,,0
East,60,1,1,,0
Kern,30,1,1,,0
Total,90,1,1,,0
END
}

@test "threshold: R-DEN-2 a region of nested columns has the sum of its counties" {
    printf '%s\n' region,county,count East,Alpine,30 East,Inyo,30 East,Total,60 Coast,Kern,30 \
        Coast,Total,30 Total,Total,90 >nested.csv
    printf 'county,population\nAlpine,1204\nInyo,19016\nKern,909235\n' >counties.csv
    printf 'region,county,population\nEast,Alpine,1204\nEast,Inyo,19016\nCoast,Kern,909235\n' >both.csv
    for file in counties both; do
        gives --nested region,county --population $file.csv nested.csv <<'END'
region,county,count,numerator_ok,denominator_ok,score,mask
East,Alpine,30,1,0,,0
East,Inyo,30,1,0,,0
East,Total,60,1,1,,0
Coast,Kern,30,1,1,,0
Coast,Total,30,1,1,,0
Total,Total,90,1,1,,0
END
    done
}

@test "threshold: R-DEN-2 a column of the table goes before a file, and a blank in it is missing" {
    printf 'county,count,people\nAlpine,50,30000\nKern,50,\n' >column.csv
    printf 'county,population\nAlpine,1\nKern,1\n' >people
    threshold --population people column.csv
    [ "$status" = 0 ]
    cmp err <(summary 0 2 1 1)
    cmp out - <<'END'
county,count,people,numerator_ok,denominator_ok,score,mask
Alpine,50,30000,1,1,,0
Kern,50,,1,0,,0
END
    printf 'county,count,people\nAlpine,50,30000\nKern,50,many\n' >column.csv
    fails "column.csv:3: column 'people': not a whole number" --population people column.csv
}

@test "threshold: R-DEN-2 categories that a population file lacks are named by their lines, and all of them an error" {
    printf 'county,sex,count\nAlpine,F,50\nKern,F,50\nLos Angeles,F,60\nKern,M,5\nTotal,F,160\n' >three.csv
    printf 'county,population\nAlpine,1204\nMono,13195\n' >some.csv
    threshold --no-score --population some.csv three.csv
    [ "$status" = 0 ]
    grep -qx "ddg-threshold: note: R-DEN-2: some.csv has no population for 2 of 3 categories of column 'county', which fail: three.csv:3, three.csv:4" err
    printf 'county,population\nAlpine County,1204\nKern County,909235\n' >other.csv
    fails "other.csv: column 'county' has no category of the table's: are they spelled alike? The file's first is 'Alpine County'" \
        --population other.csv three.csv
    printf 'county,sex,population\nKern,Male,450000\nKern,Female,450000\n' >other.csv
    fails "other.csv: column 'sex' has no category of the table's: are they spelled alike? The file's first is 'Male'" \
        --population other.csv three.csv
}

@test "threshold: a population file that cannot be joined is refused" {
    fails 'none.csv: No such file or directory' --population none.csv counts.csv
    printf 'region,population\nEast,1\n' >other.csv
    fails 'other.csv: no column is a dimension of the table (try --help)' \
        --population other.csv counts.csv
    printf 'county,people\nAlpine,1\n' >unnamed.csv
    fails "unnamed.csv: no column is called 'population' (try --help)" \
        --population unnamed.csv counts.csv
    echo county,population >none.csv
    fails "none.csv: there is no row with a population" --population none.csv counts.csv
    printf 'county,population\nAlpine,1204\nKern,"909,235"\n' >grouped.csv
    fails "grouped.csv:3: column 'population': not a whole number" \
        --population grouped.csv counts.csv
}

@test "threshold: two populations for the same cells are refused" {
    printf 'county,population\nAlpine,1204\nKern,909235\nAlpine,1204\n' >twice.csv
    fails "twice.csv:4: column 'population': a second population for the same cells: has the file a dimension that the table lacks?" \
        --population twice.csv counts.csv
    printf 'county,year,population\nAlpine,2020,1\nAlpine,2021,2\n' >years.csv
    fails "years.csv:3: column 'population': a second population for the same cells: has the file a dimension that the table lacks?" \
        --population years.csv counts.csv
}

@test "threshold: a population file may have areas that the table does not" {
    printf 'county,population\nYolo,5\nAlpine,30000\nKern,909235\n' >more.csv
    threshold --population more.csv counts.csv
    [ "$status" = 0 ]
    cmp err <(summary 3 9 0 0)
}

@test "threshold: an alias joins a spelling of the table with the population file's" {
    printf 'county,count\nKERN ,50\n' >spelt.csv
    printf 'spelling,meaning\nKERN ,Kern\n' >alias.csv
    gives --alias county=alias.csv --population people.csv spelt.csv <<'END'
county,count,numerator_ok,denominator_ok,score,mask
KERN ,50,1,1,,0
END
}

@test "threshold: R-ND-1 --check answers 0 only when every cell meets both conditions" {
    printf 'county,count\nAlpine,0\nKern,11\n' >good.csv
    printf 'county,population\nAlpine,20001\nKern,909235\n' >large.csv
    answers 0 --population large.csv good.csv
    answers 1 --population people.csv good.csv
    answers 1 good.csv
    printf 'county,count\nAlpine,0\nKern,10\n' >small.csv
    answers 1 --population large.csv small.csv
    answers 0 --population large.csv --threshold 10 small.csv
}

@test "threshold: --check is 2, with a message, when the table cannot be judged" {
    printf 'county,count\nAlpine,x\n' >bad.csv
    fails "bad.csv:2: column 'count': not a whole number" --check bad.csv
}

@test "threshold: several measures make one verdict, which each of them can fail" {
    printf 'g,a,b\nx,11,0\ny,11,10\nz,1,50\n' >measures.csv
    gives --count a,b measures.csv <<'END'
g,a,b,numerator_ok,denominator_ok,score,mask
x,11,0,1,0,,0
y,11,10,0,0,,1
z,1,50,0,0,,1
END
}

@test "threshold: a table that is masked already is refused" {
    printf 'g,count,annotation\na,,1\nb,30,\n' >masked.csv
    fails "masked.csv:2: column 'count': suppressed already: the unmasked table is wanted" masked.csv
    printf 'g,count\na,30\nb,\n' >blank.csv
    fails "blank.csv:3: column 'count': blank, and no annotation says why" blank.csv
}

@test "threshold: texts in place of a count are never numbers" {
    for text in S '*' '<11' None 5.0 -1 1e3 0x10; do
        printf 'g,count\na,%s\n' "$text" >text.csv
        fails "text.csv:2: column 'count': not a whole number" text.csv
    done
    for text in '"1,234"' ' 5'; do
        printf 'g,count\na,%s\n' "$text" >text.csv
        fails "text.csv:2: column 'count': not a whole number; --loose reads padded and grouped ones" text.csv
    done
}

@test "threshold: R-SUP-10 a cell without data, code 3, 4 or 5, is no small cell" {
    printf 'g,count,annotation\na,,3\nb,,4\nc,,5\nd,9,5\n' >codes.csv
    gives codes.csv <<'END'
g,count,annotation,numerator_ok,denominator_ok,score,mask
a,,3,1,0,,0
b,,4,1,0,,0
c,,5,1,0,,0
d,9,5,0,0,,1
END
}

@test "threshold: its own columns in the input are an error" {
    threshold -q counts.csv
    cp out scored.csv
    fails "scored.csv: column 'numerator_ok' is there already" scored.csv
    printf 'g,count,mask\na,1,0\n' >mask.csv
    fails "mask.csv: column 'mask' is there already" mask.csv
}

@test "threshold: a cell that stands twice is an error that names both lines" {
    printf 'g,count\na,1\nb,2\na,1\n' >twice.csv
    fails "twice.csv:4: the same cell stands in line 2 already; --repeats takes it for another table's" twice.csv
}

@test "threshold: order, quotes and other columns are kept" {
    printf 'count,"a, b",note\n5,"x ""y""", z \n' >odd.csv
    gives --dims 'note' odd.csv <<'END'
count,"a, b",note,numerator_ok,denominator_ok,score,mask
5,"x ""y""", z ,0,0,,1
END
}

@test "threshold: tabs as delimiters stay tabs" {
    printf 'g\tcount\na,b\t5\n' >tabs.tsv
    printf 'g\tcount\tnumerator_ok\tdenominator_ok\tscore\tmask\na,b\t5\t0\t0\t\t1\n' >wanted
    gives -d tab tabs.tsv <wanted
}

@test "threshold: options can stand in a table file, beside those of other programs" {
    printf 'threshold 3\nabsent unknown\nkeep cost\ntotal All\n' >table.conf
    printf 'county,count\nAlpine,2\nKern,3\nAll,5\n' >all.csv
    # what All stands for is the sum of both counties: 910,439
    gives --table table.conf --population people.csv all.csv <<'END'
county,count,numerator_ok,denominator_ok,score,mask
Alpine,2,0,0,,1
Kern,3,1,1,,0
All,5,1,1,,0
END
}

@test "threshold: a table of no rows has a header, and nothing in it fails" {
    echo county,count >empty.csv
    gives empty.csv <<'END'
county,count,numerator_ok,denominator_ok,score,mask
END
    answers 0 empty.csv
}

@test "threshold: equal input gives equal bytes" {
    threshold -q --population people.csv counts.csv
    cp out first
    for _ in 1 2 3; do
        threshold -q --population people.csv counts.csv
        cmp out first
    done
}
