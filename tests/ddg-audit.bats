#!/usr/bin/env bats
# ddg-audit: what it recovers from published tables, what it says, and what is no table to attack.

# shellcheck disable=SC2030,SC2031 # each test is a subshell; none reads a status of another

bats_require_minimum_version 1.5.0

setup() {
    build=${DDG_BUILD:-$BATS_TEST_DIRNAME/../build}
    audit=$build/ddg-audit
    # what helps where a count is no number
    hide='--hidden names texts that mean a hidden count'
    range='--range says which counts such a text means'
    loose='--loose reads padded and grouped ones'
    # what may be behind a total that is too small
    zeros='; if zeros were hidden, too: --knows sums'
    overlap='; the parts are more than the total: if people can count in several of them, --distinct or --overlapping'
    cd "$BATS_TEST_TMPDIR" || return 1
    # the small counts alone are masked: 4 in Kern and 9 in Inyo
    cat >naive.csv <<'END'
county,sex,count,annotation
Kern,F,,1
Kern,M,30,
Kern,Total,34,
Yolo,F,25,
Yolo,M,31,
Yolo,Total,56,
Inyo,F,40,
Inyo,M,,1
Inyo,Total,49,
Total,F,69,
Total,M,70,
Total,Total,139,
END
    # rows 1 and 2 less columns 1 and 2 leave the cell that joins two blocks: 7
    cat >joined.csv <<'END'
r,c,count
r1,c1,
r1,c2,
r1,c3,60
r1,c4,61
r1,Total,171
r2,c1,
r2,c2,
r2,c3,
r2,c4,62
r2,Total,159
r3,c1,63
r3,c2,64
r3,c3,
r3,c4,
r3,Total,167
r4,c1,65
r4,c2,66
r4,c3,
r4,c4,
r4,Total,211
Total,c1,188
Total,c2,210
Total,c3,117
Total,c4,193
Total,Total,708
END
}

# The tool in an environment of its own: stdout in `out`, stderr in `err`, the status in $status.
audit() {
    status=0
    env -i PATH="$PATH" LC_ALL=C "$audit" "$@" >out 2>err </dev/null || status=$?
}

# fails MESSAGE ARGUMENT...: status 2, one line on stderr, nothing on stdout but poison.
fails() {
    printf 'ddg-audit: %s\n' "$1" >expected_err
    shift
    audit "$@"
    [ "$status" = 2 ]
    diff -u expected_err err
    [ ! -s out ] || [[ $(tail -n 1 out) = '"ddg: this output is incomplete'* ]]
}

# rules_aside: what the rule checks say of today's tables goes from `out` to `rules`, the rest
# stays, without the rules that earlier releases break.
rules_aside() {
    grep -E '[,	]rule[,	]' out >rules || true
    sed -i -E '/[,	](previous-)?rule[,	]/d' out
}

# finds ARGUMENT...: standard input has the findings but those of rules; the status is 1 if there
# are any.
finds() {
    cat >expected
    audit -q "$@"
    rules_aside
    diff -u expected out
    cmp expected out
    cmp err /dev/null
    [ "$status" = $(($(cat expected rules | wc -l) > 1)) ]
}

# finds_values ARGUMENT...: the same without the column `how`; `value` is the count, or LOW..HIGH.
finds_values() {
    cat >expected
    audit -q --show-values "$@"
    rules_aside
    sed -E 's/,(recovered|narrowed|determined|safe|undecided),("([^"]|"")*"|[^,]*),/,\1,/
        s/,status,how,low,high$/,status,value/
        s/,([0-9]+),\1$/,\1/; s/,([0-9]+),([0-9]*)$/,\1..\2/' out >got
    diff -u expected got
    cmp err /dev/null
    [ "$status" = $(($(cat expected rules | wc -l) > 1)) ]
}

@test "audit: R-SUP-2 masking small counts alone is undone, with the right values" {
    audit naive.csv
    [ "$status" = 1 ]
    cmp err - <<'END'
ddg-audit: 2 of 2 hidden cells can be recovered (attacker knows sums, that zeros are shown, and which counts are small)
ddg-audit: note: R-SAFE-1: column 'county': places smaller than a state: no Safe Harbor, so an expert has to sign
END
    finds_values naive.csv <<'END'
line,measure,county,sex,status,value
2,count,Kern,F,recovered,4
9,count,Inyo,M,recovered,9
END
}

@test "audit: values are printed only when they are asked for" {
    audit naive.csv
    head -n 1 out | cmp - <(echo line,measure,county,sex,status,how)
    cut -d, -f1-5 out | tail -n 2 | cmp - <(printf '2,count,Kern,F,recovered\n9,count,Inyo,M,recovered\n')
    [ "$(cat out err | grep -cE '(^|[^0-9])[49]($|[^0-9,])')" = 0 ]
    # nothing that was published either
    [ "$(cat out err | grep -cE '34|49|69|70')" = 0 ]
}

@test "audit: a finding says which line gave the cell away" {
    printf 'g,count\na,\nb,20\nc,30\nTotal,54\n' >line.csv
    finds --show-values line.csv <<'END'
line,measure,g,status,how,low,high
2,count,a,recovered,g=Total (parts by g): 54 minus 50 in the 2 shown parts,4,4
END
    finds line.csv <<'END'
line,measure,g,status,how
2,count,a,recovered,g=Total (parts by g): the total minus the 2 shown parts
END
}

@test "audit: the status is 0 where nothing is found" {
    printf 'g,count,annotation\na,,1\nb,,1\nc,30,\nTotal,43,\n' >safe.csv
    audit safe.csv
    [ "$status" = 0 ]
    cmp out <(echo line,measure,g,status,how)
    cmp err - <<'END'
ddg-audit: 0 of 2 hidden cells can be recovered (attacker knows sums, that zeros are shown, and which counts are small)
END
}

@test "audit: a table that hides nothing has nothing to find" {
    printf 'g,count\na,20\nb,30\nTotal,50\n' >open.csv
    audit open.csv
    [ "$status" = 0 ]
    cmp err - <<'END'
ddg-audit: 0 of 0 hidden cells can be recovered (attacker knows sums and that zeros are shown)
ddg-audit: note: no cell of this table is hidden
END
}

@test "audit: R-SUP-7 two hidden cells in every row and column do not suffice: the system of all lines" {
    audit joined.csv
    [ "$status" = 1 ]
    cmp err - <<'END'
ddg-audit: 1 of 9 hidden cells can be recovered; 1 rule broken (attacker knows sums and that zeros are shown)
END
    finds --show-values joined.csv <<'END'
line,measure,r,c,status,how,low,high
9,count,r2,c3,recovered,"r=r2, c=Total (parts by c): 159 minus 62 in 1 of 4 parts; r=Total, c=c1 (parts by r): 188 minus 128 in 2 of 4 parts; r=Total, c=c2 (parts by r): 210 minus 130 in 2 of 4 parts; r=r1, c=Total (parts by c): 171 minus 121 in 2 of 4 parts",7,7
END
    finds joined.csv <<'END'
line,measure,r,c,status,how
9,count,r2,c3,recovered,"r=r2, c=Total (parts by c): the total and 1 of 4 parts are shown; r=Total, c=c1 (parts by r): the total and 2 of 4 parts are shown; r=Total, c=c2 (parts by r): the total and 2 of 4 parts are shown; r=r1, c=Total (parts by c): the total and 2 of 4 parts are shown"
END
}

@test "audit: a blank count is hidden, whatever its annotation is or is not" {
    for code in '' 0 1 3 4 5; do
        printf 'g,count,annotation\na,,%s\nb,20,\nTotal,30,\n' "$code" >blank.csv
        finds_values blank.csv <<'END'
line,measure,g,status,value
2,count,a,recovered,10
END
    done
    # code 2 would mean 11 or more
    printf 'g,count,annotation\na,,2\nb,20,\nTotal,31,\n' >blank.csv
    finds_values blank.csv <<'END'
line,measure,g,status,value
2,count,a,recovered,11
END
    printf 'g,count\na,\nb,20\nTotal,30\n' >blank.csv
    finds_values blank.csv <<'END'
line,measure,g,status,value
2,count,a,recovered,10
END
}

@test "audit: R-SUP-8 who knows that zeros are shown knows that what is hidden is 1 or more" {
    printf 'g,count\na,\nb,\nc,30\nTotal,32\n' >ones.csv
    finds_values ones.csv <<'END'
line,measure,g,status,value
2,count,a,recovered,1
3,count,b,recovered,1
END
    finds_values --knows sums ones.csv <<'END'
line,measure,g,status,value
END
    audit --knows sums ones.csv
    cmp err - <<'END'
ddg-audit: 0 of 2 hidden cells can be recovered; 2 rules broken (attacker knows sums)
END
    # without data there may be none
    printf 'g,count,annotation\na,,3\nb,,1\nc,30,\nTotal,31,\n' >data.csv
    finds_values data.csv <<'END'
line,measure,g,status,value
2,count,a,recovered,0
3,count,b,recovered,1
END
}

@test "audit: a hidden zero is recovered where a total is used up" {
    printf 'g,count\na,\nb,30\nTotal,30\n' >zero.csv
    finds_values --knows sums zero.csv <<'END'
line,measure,g,status,value
2,count,a,recovered,0
END
}

@test "audit: a hidden total over shown parts is recovered" {
    printf 'g,h,count\na,x,4\na,y,20\na,Total,\nb,x,30\nb,y,40\nb,Total,70\n' >total.csv
    finds_values total.csv <<'END'
line,measure,g,h,status,value
4,count,a,Total,recovered,24
END
}

@test "audit: R-SUP-8 examples 1, 2 and 4 of the guideline: told apart they give counts away, merged they do not" {
    printf '%s\n' age,count,annotation A1,,1 A2,14, A3,,1 A4,,1 A5,0, A6,0, A7,0, A8,30, Total,74, >one.csv
    printf '%s\n' age,count,annotation A1,,1 A2,14, A3,,1 A4,17, A5,0, A6,0, A7,0, A8,30, Total,80, >two.csv
    printf '%s\n' age,count,annotation A1,14, A2,14, A3,,1 A4,,2 A5,0, A6,0, A7,0, A8,30, Total,70, >four.csv
    finds_values one.csv <<'END'
line,measure,age,status,value
2,count,A1,recovered,10
4,count,A3,recovered,10
5,count,A4,recovered,10
END
    finds_values two.csv <<'END'
line,measure,age,status,value
2,count,A1,narrowed,9..10
4,count,A3,narrowed,9..10
END
    finds_values four.csv <<'END'
line,measure,age,status,value
4,count,A3,recovered,1
5,count,A4,recovered,11
END
    for example in two four one; do
        finds_values --codes merged $example.csv <<'END'
line,measure,age,status,value
END
        finds_values --knows zeros $example.csv <<'END'
line,measure,age,status,value
END
        # a description that speaks of both kinds says that they are merged
        sed -E '1s/$/,annotation_description/; 2,$s/$/,/; s/,[12],$/,1,Small or COMPLEMENTARY number/' $example.csv >described.csv
        finds_values described.csv <<'END'
line,measure,age,status,value
END
    done
    # unless it is known better
    finds_values --codes separate described.csv <<'END'
line,measure,age,status,value
2,count,A1,recovered,10
4,count,A3,recovered,10
5,count,A4,recovered,10
END
}

@test "audit: symbols are hidden counts where --hidden names them, else errors" {
    printf 'r,c,count\nx,u,S\nx,v,<11\nx,Total,20\ny,u,30\ny,v,40\ny,Total,70\nTotal,u,34\nTotal,v,56\nTotal,Total,90\n' >symbols.csv
    finds_values --hidden 'S,<11' symbols.csv <<'END'
line,measure,r,c,status,value
2,count,x,u,recovered,4
3,count,x,v,recovered,16
END
    fails "symbols.csv:2: column 'count': not a whole number; $hide" symbols.csv
    fails "symbols.csv:3: column 'count': not a whole number; $range" --hidden S symbols.csv
}

@test "audit: what is no number names the option that reads it, and not the text" {
    for text in S '*' '**' . - None NULL 'S ' -1 -99; do
        printf 'g,count\na,%s\n' "$text" >text.csv
        fails "text.csv:2: column 'count': not a whole number; $hide" text.csv
        audit --hidden "$text" text.csv
        [ "$status" = 0 ]
    done
    for text in '<11' '< 11' '1-10' '≤10' '1000+' '>=90' '10 or fewer' 'under 11'; do
        printf 'g,count\na,%s\n' "$text" >text.csv
        fails "text.csv:2: column 'count': not a whole number; $range" text.csv
        audit --range "$text=1..10" text.csv
        [ "$status" = 0 ]
    done
    for text in '1,234' ' 12' '"12 "' '" 293,311 "'; do
        printf 'g;count\na;%s\n' "$text" >text.csv
        fails "text.csv:2: column 'count': not a whole number; $loose" -d ';' text.csv
        audit --loose -d ';' text.csv
        [ "$status" = 0 ]
    done
    for text in 1.5 1e3 '1,23' 5% 0x10; do
        printf 'g;count\na;%s\n' "$text" >text.csv
        fails "text.csv:2: column 'count': not a whole number" -d ';' text.csv
    done
    printf 'g,count\na, S \n' >text.csv
    audit --loose --hidden S text.csv
    [ "$status" = 0 ]
    printf 'g,count,annotation\na,5,suppressed\n' >text.csv
    fails "text.csv:2: column 'count': an annotation that is no code (0 to 5); --unannotated names texts that mean none" text.csv
    printf 'g,count,annotation\na,, 1\n' >text.csv
    fails "text.csv:2: column 'count': an annotation that is no code (0 to 5); --loose reads padded ones" text.csv
}

@test "audit: a header, or a cell that stands twice, names the option that helps" {
    no="no column called 'count' or 'persons': name it with --count"
    printf 'g;count\na;5\n' >semicolons.csv
    fails "semicolons.csv: $no, or the delimiter with -d (try --help)" semicolons.csv
    printf 'g\tcount\na\t5\n' >semicolons.csv
    fails "semicolons.csv: $no, or the delimiter with -d (try --help)" semicolons.csv
    printf 'g, count\na,5\n' >padded.csv
    fails "padded.csv: $no; --loose reads padded names (try --help)" padded.csv
    fails "padded.csv: no column is called 'count'; --loose reads padded names (try --help)" --count count padded.csv
    printf 'g,count,h\na,5,x\na,6,y\n' >twice.csv
    fails "twice.csv:3: the same cell stands in line 2 already; --dims names more dimensions" twice.csv
    printf 'g,count,annotation\na,5,\na,,1\n' >twice.csv
    fails "twice.csv:3: the same cell stands in line 2 already; --repeats takes it for another table's" twice.csv
}

@test "audit: padded and grouped numbers are read with --loose, None by --unannotated" {
    printf 'g, count , annotation \na," 293,311 ",None\nb,, 1 \nTotal," 293,315 ", None \n' >loose.csv
    finds_values --loose --unannotated None loose.csv <<'END'
line,measure,g,status,value
3,count,b,recovered,4
END
    fails "loose.csv:2: column 'count': an annotation that is no code (0 to 5); --unannotated names texts that mean none" --loose loose.csv
    fails "loose.csv: no column called 'count' or 'persons': name it with --count; --loose reads padded names (try --help)" \
        --unannotated None loose.csv
    printf 'g,count\na,"29,331,1"\n' >loose.csv
    fails "loose.csv:2: column 'count': not a whole number" --loose loose.csv
}

@test "audit: R-SUP-2 --totals implied tells what a total would give away that is not printed" {
    printf 'g,count,annotation\na,,1\nb,20,\nc,30,\n' >untotalled.csv
    audit untotalled.csv
    [ "$status" = 0 ]
    audit --totals implied --show-values untotalled.csv
    [ "$status" = 1 ]
    cmp err - <<'END'
ddg-audit: 0 of 1 hidden cells can be recovered, 1 more if other totals are known (attacker knows sums, that zeros are shown, and which counts are small)
ddg-audit: note: untotalled.csv: no row is a total; if some are, --total says how they are labelled
END
    cmp out - <<'END'
line,measure,g,status,how,low,high
2,count,a,determined,"g=Total (parts by g): the total minus the other parts, if totals that are not printed are known",1,10
END
    # a total that may be small itself would be hidden where it stands
    printf 'g,count,annotation\na,,1\nb,5,\n' >untotalled.csv
    finds --totals implied untotalled.csv <<'END'
line,measure,g,status,how
END
}

@test "audit: absent rows are hidden cells where the shown total exceeds the shown parts, and it says so" {
    printf 'g,h,count\na,x,20\na,Total,24\nb,x,30\nb,y,40\nb,Total,70\n' >absent.csv
    audit --show-values absent.csv
    [ "$status" = 1 ]
    cmp err - <<'END'
ddg-audit: 1 of 1 hidden cells can be recovered; 1 without a row taken as hidden (attacker knows sums and that zeros are shown)
ddg-audit: note: totals that are not printed (3) are taken as unknown; --totals implied takes them as known
END
    cmp out - <<'END'
line,measure,g,h,status,how,low,high
,count,a,y,recovered,"g=a, h=Total (parts by h): 24 minus 20 in the 1 shown part",4,4
END
    fails 'absent.csv:3: no counts fit this line: a total and its parts disagree: g=a, h=Total (parts by h)' \
        --absent zero absent.csv
}

@test "audit: absent rows are hidden also where it takes several lines to see that" {
    printf 'a,R\nb,R\nc,S\nd,S\n' >tree.csv
    printf 'p,count,annotation\na,,1\nS,30,\nTotal,50,\n' >levels.csv
    for absent in auto unknown; do
        audit --show-values --intervals --hierarchy p=tree.csv --absent $absent levels.csv
        [ "$status" = 0 ]
        [ "$(grep -c ',safe,' out)" = 2 ]
        grep -q '^2,count,a,safe,.*,1,10$' out
        grep -q '^,count,b,safe,.*,10,19$' out
    done
    # what stands beside them in the other direction
    printf 'g,h,count,annotation\na,x,,1\na,y,20,\na,Total,40,\nb,x,,1\nb,y,5,\nb,z,9,\nTotal,x,9,\n' >across.csv
    finds --absent auto across.csv <<'END'
line,measure,g,h,status,how
END
}

@test "audit: absent rows are zeros where the parts make up the total" {
    printf 'g,h,count\na,x,24\na,Total,24\nb,x,30\nb,y,40\nb,Total,70\n' >full.csv
    audit full.csv
    [ "$status" = 0 ]
    cmp err - <<'END'
ddg-audit: 0 of 0 hidden cells can be recovered (attacker knows sums and that zeros are shown)
ddg-audit: note: no cell of this table is hidden
END
}

@test "audit: --absent unknown hides absent rows also beside hidden parts" {
    printf 'g,h,count\na,x,\na,Total,24\nb,x,30\nb,y,40\nb,Total,70\n' >beside.csv
    finds_values --absent zero beside.csv <<'END'
line,measure,g,h,status,value
2,count,a,x,recovered,24
END
    finds_values --absent unknown beside.csv <<'END'
line,measure,g,h,status,value
END
}

@test "audit: R-SUP-12 a hierarchy gives away what one level alone keeps" {
    cat >regions.csv <<'END'
county,count
a,
b,20
East,25
c,
d,40
West,52
Total,77
END
    printf 'child,parent\na,East\nb,East\nc,West\nd,West\n' >parents.csv
    finds_values --hierarchy county=parents.csv regions.csv <<'END'
line,measure,county,status,value
2,count,a,recovered,5
5,count,c,recovered,12
END
    # the same counts without the regions: 17 for two counties
    printf 'county,count\na,\nb,20\nc,\nd,40\nTotal,77\n' >flat.csv
    finds_values flat.csv <<'END'
line,measure,county,status,value
END
    # and with regions that no row has, nobody knows how the 17 are shared
    finds_values --hierarchy county=parents.csv flat.csv <<'END'
line,measure,county,status,value
END
}

@test "audit: R-SUP-12 nested columns are one hierarchy" {
    cat >nested.csv <<'END'
region,county,count
Sierra,Alpine,
Sierra,Inyo,25
Sierra,Total,28
Coast,Marin,
Coast,Other,
Coast,Total,62
Total,Total,90
END
    finds_values --nested region,county nested.csv <<'END'
line,measure,region,county,status,value
2,count,Sierra,Alpine,recovered,3
END
    sed -i 's/^Sierra,Total,28/Sierra,Total,/' nested.csv
    finds_values --nested region,county nested.csv <<'END'
line,measure,region,county,status,value
2,count,Sierra,Alpine,recovered,3
4,count,Sierra,Total,recovered,28
END
}

@test "audit: a row that repeats a cell is one of another table with --repeats" {
    printf 'g,count\na,\nb,20\nTotal,24\na,30\nb,\nTotal,35\n' >twice.csv
    fails "twice.csv:5: the same cell stands in line 2 already; --repeats takes it for another table's" twice.csv
    finds_values --repeats twice.csv <<'END'
line,measure,g,status,value
2,count,a,recovered,4
6,count,b,recovered,5
END
}

@test "audit: R-SUP-13 what is determined if nobody counts twice is told from what is recovered" {
    printf 'g,persons,annotation\na,,1\nb,20,\nTotal,25,\n' >persons.csv
    audit --show-values persons.csv
    [ "$status" = 1 ]
    cmp err - <<'END'
ddg-audit: 0 of 1 hidden cells can be recovered, 1 more if nobody counts twice (attacker knows sums, that zeros are shown, and which counts are small)
END
    cmp out - <<'END'
line,measure,g,status,how,low,high
2,persons,a,determined,"g=Total (parts by g): the total minus the other parts, if nobody counts twice",5,10
END
}

@test "audit: R-SUP-13 bounds on distinct persons recover, too" {
    # all three are the same person, or a and b are 1 and 1 of at most 2
    printf 'g,persons\na,\nb,1\nTotal,1\n' >one.csv
    finds_values one.csv <<'END'
line,measure,g,status,value
2,persons,a,recovered,1
END
    printf 'g,persons\na,5\nb,5\nTotal,\nc,0\n' >between.csv
    finds_values between.csv <<'END'
line,measure,g,status,value
4,persons,Total,determined,5..10
END
}

@test "audit: --distinct and --overlapping say what a column's name does not" {
    printf 'g,count\na,\nb,20\nc,30\nTotal,40\n' >any.csv
    fails "any.csv:5: no counts fit this line: a total and its parts disagree: g=Total (parts by g)$overlap" any.csv
    printf 'g,count\na,\nb,20\nc,30\nTotal,55\n' >fits.csv
    for option in --distinct --overlapping=g; do
        finds_values $option fits.csv <<'END'
line,measure,g,status,value
2,count,a,determined,5..55
END
        # somebody was counted twice, and nothing follows from supposing that nobody was
        finds_values $option any.csv <<'END'
line,measure,g,status,value
END
    done
}

@test "audit: --by keeps tables apart that nobody adds up" {
    printf 'year,g,count\n2020,a,\n2020,b,\n2020,Total,30\n2021,a,40\n2021,b,50\n2021,Total,90\nTotal,a,44\nTotal,b,76\nTotal,Total,120\n' >years.csv
    finds_values years.csv <<'END'
line,measure,year,g,status,value
2,count,2020,a,recovered,4
3,count,2020,b,recovered,26
END
    finds_values --by year years.csv <<'END'
line,measure,year,g,status,value
END
}

@test "audit: --alias joins spellings, also of totals" {
    printf 'g,count\na,\nb,20\nAll of them,25\n' >spelt.csv
    printf 'All of them,Total\n' >alias.csv
    finds_values --alias g=alias.csv spelt.csv <<'END'
line,measure,g,status,value
2,count,a,recovered,5
END
}

@test "audit: --alias joins spellings of several tables, and need not be about all of them" {
    printf 'g,count\nKern,\nYolo,20\nTotal,30\n' >long.csv
    printf 'g,count\nKE,10\nYO,20\nTotal,30\n' >short.csv
    printf 'KE,Kern\nYO,Yolo\n' >alias.csv
    for order in 'long short' 'short long'; do
        # shellcheck disable=SC2086 # two names
        set -- $order
        sed -i "s/^Kern,.*/Kern,/; s/^Total.*/Total,/" long.csv
        finds_values --alias g=alias.csv "$1.csv" "$2.csv" <<'END'
line,measure,g,status,value
long.csv:2,count,Kern,recovered,10
long.csv:4,count,Total,recovered,30
END
    done
    printf 'Inyo,IN\n' >alias.csv
    fails "long.csv: none of the labels of the alias file of 'g' occurs" --alias g=alias.csv long.csv short.csv
    printf 'n,count\n1,5\n' >else.csv
    fails "long.csv: none of the labels of the alias file of 'g' occurs" --alias g=alias.csv long.csv else.csv
}

@test "audit: counts that were rounded are ranges" {
    # 30 is 28..32, 20 and 10 are 18..22 and 8..12: what is hidden is 1..6
    printf 'g,count\na,\nb,20\nc,10\nTotal,30\n' >rounded.csv
    finds_values --rounded 5 rounded.csv <<'END'
line,measure,g,status,value
END
    fails "rounded.csv:5: no counts fit this line: a total and its parts disagree: g=Total (parts by g)$zeros" rounded.csv
    # halves went up, so that 2 stands for 1 or 2: with a hidden 1 the total of at most 2 is full
    printf 'g,count\na,\nb,2\nTotal,2\n' >rounded.csv
    finds_values --rounded 2 rounded.csv <<'END'
line,measure,g,status,value
2,count,a,recovered,1
END
    finds_values --rounded 2 --knows sums rounded.csv <<'END'
line,measure,g,status,value
END
    printf 'g,count\na,\nb,21\n' >rounded.csv
    fails "rounded.csv:3: column 'count': not a multiple of what --rounded says" --rounded 5 rounded.csv
    fails "--rounded is a whole number from 2 to 1000000000, not '1' (try --help)" --rounded 1 rounded.csv
}

@test "audit: each of several measures is attacked" {
    cat >measures.csv <<'END'
g,filed,solved,filed_annotation,solved_annotation
a,,30,1,
b,,,1,1
c,30,40,,
Total,46,77,,
END
    audit --count filed,solved --show-values measures.csv
    [ "$status" = 1 ]
    cmp err - <<'END'
ddg-audit: 1 of 3 hidden cells can be recovered (attacker knows sums, that zeros are shown, and which counts are small)
END
    cmp out - <<'END'
line,measure,g,status,how,low,high
3,solved,b,recovered,solved: g=Total (parts by g): 77 minus 70 in the 2 shown parts,7,7
END
    # codes of one measure are not those of another
    finds_values --count filed,solved --annotation solved_annotation,filed_annotation measures.csv <<'END'
line,measure,g,status,value
3,solved,b,recovered,7
END
    fails 'as many annotation columns are wanted as count columns (try --help)' \
        --count filed,solved --annotation filed_annotation measures.csv
}

@test "audit: R-SUP-8 --knows, --codes and --min-values say what the attacker knows and what is too narrow" {
    printf 'g,count,annotation\na,,1\nb,,2\nTotal,14,\n' >told.csv
    for how in '' '--knows codes' '--codes separate'; do
        # shellcheck disable=SC2086 # options
        finds_values --min-values 4 $how told.csv <<'END'
line,measure,g,status,value
2,count,a,narrowed,1..3
3,count,b,narrowed,11..13
END
    done
    finds_values --min-values 4,3 told.csv <<'END'
line,measure,g,status,value
2,count,a,narrowed,1..3
END
    for how in '--knows threshold' '--knows zeros' '--knows sums' '--codes merged'; do
        # shellcheck disable=SC2086 # options
        finds_values --min-values 4 $how told.csv <<'END'
line,measure,g,status,value
END
    done
    # what codes mean is said by their description also
    printf 'g,count,annotation,annotation_description\na,,1,small number or complementary\nb,,1,small number or complementary\nTotal,14,,\n' >merged.csv
    for how in threshold codes; do
        fails '--codes merged says that codes tell nothing, --knows that they do (try --help)' --codes merged --knows $how merged.csv
        fails 'merged.csv: the description of code 1 says that codes tell nothing, --knows that they do; --codes separate takes them so (try --help)' --knows $how merged.csv
        finds_values --codes separate --knows $how merged.csv <<'END'
line,measure,g,status,value
END
    done
    finds_values --threshold 13 told.csv <<'END'
line,measure,g,status,value
2,count,a,recovered,1
3,count,b,recovered,13
END
}

@test "audit: --intervals lists every hidden cell with its range" {
    printf 'g,h,count\na,x,\na,y,\na,Total,20\nb,x,\nb,y,\nb,Total,\nTotal,x,\nTotal,y,\nTotal,Total,\n' >open.csv
    finds_values --intervals open.csv <<'END'
line,measure,g,h,status,value
2,count,a,x,safe,1..19
3,count,a,y,safe,1..19
5,count,b,x,safe,1..
6,count,b,y,safe,1..
7,count,b,Total,safe,2..
8,count,Total,x,safe,2..
9,count,Total,y,safe,2..
10,count,Total,Total,safe,22..
END
}

@test "audit: texts that mean ranges, top and bottom coding" {
    printf 'g,count\na,<11\nb,<11\nc,1000+\nTotal,1019\n' >coded.csv
    finds_values --range '<11=1..10' --range '1000+=1000..' coded.csv <<'END'
line,measure,g,status,value
END
    sed -i 's/1019/1002/' coded.csv
    finds_values --range '<11=1..10' --range '1000+=1000..' coded.csv <<'END'
line,measure,g,status,value
2,count,a,recovered,1
3,count,b,recovered,1
4,count,c,recovered,1000
END
    fails "coded.csv:4: column 'count': not a whole number; $range" --range '<11=1..10' coded.csv
    for said in '<11' '<11=' '=1..2' '<11=1-10' '<11=5..1' '<11=..5'; do
        fails "TEXT=LOW..HIGH is wanted, not '$said' (try --help)" --range "$said" coded.csv
    done
}

@test "audit: R-SUP-5 a printed rate beside its population gives a count away" {
    # example 3 of the guideline: 0.0 % of 7,500 is 1 to 3
    printf 'county,count,percent,people\na,,0.0,"7,500"\nb,15,1.0,1500\nc,0,0.0,900\n' >rates.csv
    finds_values --rate percent:100:people --min-values 4 rates.csv <<'END'
line,measure,county,status,value
2,count,a,narrowed,1..3
END
    finds_values rates.csv <<'END'
line,measure,county,status,value
END
    fails "rates.csv: the columns of --rate are not there: 'rate', 'people' (try --help)" --rate rate:100:people rates.csv
    sed -i 's/1\.0,/1.2,/' rates.csv
    fails "rates.csv:3: column 'percent': no count fits the rate" --rate percent:100:people rates.csv
}

@test "audit: R-SUP-5 percentages of a total that stands in the table give counts away" {
    printf 'county,race,count,percent\nA,x,,45.2\nA,y,,3.7\nA,z,,51.1\nA,Total,787,100\n' >share.csv
    finds_values share.csv <<'END'
line,measure,county,race,status,value
END
    finds_values --rate 'percent:100:of race' share.csv <<'END'
line,measure,county,race,status,value
2,count,A,x,recovered,356
3,count,A,y,recovered,29
4,count,A,z,recovered,402
END
    # as fractions, and of the whole table
    sed -i '1s/.*/county,race,count,share/; s/45\.2/0.452/; s/3\.7/0.037/; s/51\.1/0.511/; s/,100$/,1/' share.csv
    printf 'Total,Total,787,1\n' >>share.csv
    for of in 'of race' 'of county,race'; do
        audit --rate "share:1:$of:count" share.csv
        [ "$(grep -c ',recovered,' out)" = 3 ]
        grep -q '^2,.*percentages of their totals are printed' out
    done
    fails "share.csv: the columns of --rate are not there: 'share', 'of sex' (try --help)" --rate 'share:1:of sex' share.csv
    sed -i 's/0\.452/0.4525/' share.csv
    fails "share.csv:2: column 'share': no count fits the rate" --rate 'share:1:of race' share.csv
    fails "share.csv: no rate in column 'county' can be read with its total 'of race'" --rate 'county:1:of race' share.csv
}

@test "audit: R-SUP-5 a percentage beside a shown count gives its total away, and so the other counts" {
    printf 'county,sex,count,percent\nA,F,20,40.0\nA,M,,60.0\nB,F,,\nB,M,30,\n' >halves.csv
    finds_values --rate 'percent:100:of sex' halves.csv <<'END'
line,measure,county,sex,status,value
3,count,A,M,recovered,30
END
    # a total that other lines give away
    printf 'county,sex,count,percent\nA,F,,40.0\nA,M,,60.0\nA,Total,,100\nB,F,30,\nB,M,40,\nB,Total,70,100\nTotal,Total,120,100\n' >lines.csv
    finds_values --rate 'percent:100:of sex' lines.csv <<'END'
line,measure,county,sex,status,value
2,count,A,F,recovered,20
3,count,A,M,recovered,30
4,count,A,Total,recovered,50
END
    # nobody knows the total: what is left are ranges, and a note
    printf 'county,sex,count,percent,annotation\nA,F,,,1\nA,M,,90.0,1\nA,Total,,100,1\n' >open.csv
    audit --rate 'percent:100:of sex' --intervals --show-values --codes merged open.csv
    [ "$status" = 1 ]
    grep -qx 'ddg-audit: note: rates of totals that are hidden or rounded (1) are taken as ranges: what they bind together is not attacked' err
    # levels of a hierarchy: of the county is of the region, of the region is of all
    printf 'region,county,count,percent\nN,a,,10.0\nN,b,,\nN,Total,100,\nS,c,100,\nS,Total,100,\nTotal,Total,200,\n' >nested.csv
    finds_values --nested region,county --rate 'percent:100:of county' nested.csv <<'END'
line,measure,region,county,status,value
2,count,N,a,recovered,10
3,count,N,b,recovered,90
END
    sed -i 's/^N,b,/N,b,90/' nested.csv
    fails "nested.csv:2: column 'percent': no count fits the rate" --nested region,county --rate 'percent:100:of region' nested.csv
}

@test "audit: rates that cannot be read are counted, and an error where none can" {
    printf 'county,count,percent,people\na,,<1,7500\nb,,0.4,\nc,15,1.0,1500\nd,,,800\n' >some.csv
    audit --rate percent:100:people some.csv
    [ "$status" = 1 ]
    rules_aside
    [ "$(wc -l <out)" = 1 ]
    grep -qx 'ddg-audit: note: rates that cannot be read, or have no population beside them (2), are passed over' err
    for rate in '"0,4"' 4e-1 '<1'; do
        printf 'county,count,percent,people\na,,%s,7500\nb,,,800\n' "$rate" >none.csv
        fails "none.csv: no rate in column 'percent' can be read with its population in 'people'" \
            --rate percent:100:people none.csv
    done
}

@test "audit: R-DOC-2 tables of different headers are attacked together" {
    printf 'county,sex,count\nA,F,\nA,M,20\nB,F,30\nB,M,\n' >sexes.csv
    printf 'county,count\nA,25\nB,\n' >counties.csv
    for table in sexes counties; do
        finds_values $table.csv <<END
$(head -n 1 $table.csv | sed 's/count$/status,value/; s/^/line,measure,/')
END
    done
    finds_values sexes.csv counties.csv <<'END'
line,measure,county,sex,status,value
sexes.csv:2,count,A,F,recovered,5
END
    audit sexes.csv counties.csv
    grep -qx 'ddg-audit: note: 2 tables, of which 3 numbers are the same' err
    # a line of the cell's own table goes without its name
    grep -qF ',county=A, sex=Total (parts by sex): the total minus the 1 shown part' <(tr -d '"' <out)
    grep -qx "ddg-audit: note: sexes.csv, counties.csv: R-SAFE-1: column 'county': places smaller than a state: no Safe Harbor, so an expert has to sign" err
    sed 's/county/plaats/' counties.csv >dutch.csv
    finds_values sexes.csv dutch.csv <<'END'
line,measure,county,sex,plaats,status,value
END
    finds_values --link county=plaats sexes.csv dutch.csv <<'END'
line,measure,county,sex,status,value
sexes.csv:2,count,A,F,recovered,5
END
    fails "sexes.csv: no column is called 'town' (try --help)" --link county=town sexes.csv dutch.csv
    fails "sexes.csv: no dimension is called 'town' (try --help)" --by town sexes.csv dutch.csv
    fails "sexes.csv: no column is called 'clients' (try --help)" --count count,clients sexes.csv dutch.csv
}

@test "audit: R-DOC-2 several tables are joined alike in whatever order they come" {
    printf 'county,sex,race,count,annotation\nX,F,x,,1\nY,F,x,,1\nX,M,x,20,\nY,M,x,30,\n' >g1.csv
    cat >g2.csv <<'END'
county,sex,count,annotation
A,F,20,
C,F,,1
A,M,20,
C,M,30,
Total,F,,1
Total,M,50,
END
    printf 'sex,count\nF,24\nM,50\n' >g3.csv
    for order in 'g1 g2 g3' 'g1 g3 g2' 'g2 g1 g3' 'g2 g3 g1' 'g3 g1 g2' 'g3 g2 g1'; do
        # shellcheck disable=SC2086 # three names
        set -- $order
        audit --codes merged --group-rule off "$1.csv" "$2.csv" "$3.csv"
        [ "$status" = 1 ]
        [ "$(grep -c ',recovered,' out)" = 2 ]
        grep -q '^g2.csv:3,.*,recovered,' out
        grep -q '^g2.csv:6,.*,recovered,' out
    done
    for order in 'g1 g2' 'g2 g1'; do
        for kind in restated cumulative; do
            # shellcheck disable=SC2086
            set -- $order
            audit --codes merged --group-rule off --show-values --previous g3.csv \
                --previous-kind "$kind" "$1.csv" "$2.csv"
            if [ "$kind" = restated ]; then
                grep -q '^g2.csv:6,.*,recovered,.*,24,24$' out
                [ "$(grep -c ',recovered,' out)" = 2 ]
            else
                [ "$status" = 0 ]
            fi
        done
    done
}

@test "audit: R-DOC-2 quarters of one header are one table, also beside a year that has another" {
    for quarter in 1:4:34 2:12:37 3:20:27 4:15:55; do
        IFS=: read -r q north total <<<"$quarter"
        printf 'region,service,quarter,visits\nNorth,ER,Q%s,%s\nNorth,Clinic,Q%s,%s\n' \
            "$q" "${north/#4/<11}" "$q" "$((total - north))" >q"$q".csv
        printf 'region,service,quarter,visits\nNorth,Total,Q%s,%s\n' "$q" "${total/34/*}" >t"$q".csv
    done
    printf 'region,service,visits\nNorth,ER,51\nNorth,Clinic,102\nNorth,Total,153\n' >year.csv
    for order in 'q1 q2 year q3 q4 t1 t2 t3 t4' 'year t4 t3 t2 t1 q4 q3 q2 q1'; do
        # shellcheck disable=SC2086 # names
        set -- $order
        audit --count visits --hidden '*' --range '<11=1..10' --show-values "${@/%/.csv}"
        [ "$status" = 1 ]
        grep -q '^q1.csv:2,visits,North,ER,Q1,recovered,.*,4,4$' out
        grep -q '^t1.csv:2,visits,North,Total,Q1,recovered,.*,34,34$' out
        run -1 grep 'set aside' err
        grep -qx 'ddg-audit: note: 2 tables, of which .* numbers are the same' err
    done
    # a quarter that is given twice, with another count: none of them is put together with others
    sed 's/,12$/,13/' q2.csv >q2b.csv
    audit --count visits --hidden '*' --range '<11=1..10' q1.csv q2.csv q2b.csv
    grep -qx 'ddg-audit: note: 3 tables, of which .* numbers are the same' err
    audit --count visits --hidden '*' --range '<11=1..10' q2.csv q2b.csv q1.csv
    grep -qx 'ddg-audit: note: 3 tables, of which .* numbers are the same' err
}

# doubts TEXT ARGUMENT...: it is noted that the description may leave something out; without TEXT
# nothing is.
doubts() {
    local text=$1
    shift
    audit "$@"
    grep '^ddg-audit: note: .*\(--\|spaces\)' err | grep -v 'totals that are not printed' >noted || true
    if [ -n "$text" ]; then
        printf 'ddg-audit: note: %s\n' "$text" | diff -u - noted
    else
        cmp noted /dev/null
    fi
}

@test "audit: persons whose events show subtotals that no hierarchy names are not passed" {
    printf '%s\n' child,parent Alpine,North Inyo,North >regions.csv
    cat >persons.csv <<'END'
county,persons,events,annotation
Alpine,,,1
Inyo,,,1
North,60,70,
Kern,50,90,
Total,100,160,
END
    fewer='the events of a total are fewer than those of its parts (are some subtotals of others? --hierarchy): county=Total (parts by county)'
    # 70 and 90 are 160 already: nobody is left for what is hidden
    sed -i 's/^Alpine,,,1/Alpine,30,40,/' persons.csv
    audit persons.csv
    [ "$status" = 2 ]
    grep -qx "ddg-audit: note: persons.csv:6: $fewer" err
    cmp <(printf 'line,measure,county,status,how\n') out
    audit --report persons.json persons.csv
    grep -qF "the events of a total are fewer" persons.json
    grep -qF '"outcome": "open"' persons.json
    # who says what is so is believed
    for said in '--hierarchy county=regions.csv' '--overlapping county' '--distinct'; do
        # shellcheck disable=SC2086
        audit $said persons.csv
        run -1 grep 'the events of' err
    done
    # what is over may come from rounding, declared or seen
    sed 's/,160,/,155,/; s/,90,/,80,/; s/,40,/,5,/' persons.csv >rounded.csv
    audit --rounded 5 rounded.csv
    run -1 grep 'the events of' err
    sed -i 's/,155,/,140,/' rounded.csv
    audit --rounded 5 rounded.csv
    grep -q 'the events of' err
}

@test "audit: R-SUP-1 small counts that their score leaves in print are no findings, and others are" {
    printf '%s\n' county,sex,count,mask A,F,4,0 A,M,30,0 A,Total,34,0 B,F,3,1 B,M,60,0 B,Total,63,0 \
        C,F,20,0 C,M,25,0 C,Total,45,0 Total,F,27,0 Total,M,115,0 Total,Total,142,0 >scored.csv
    "$build/ddg-suppress" -q -o masked.csv --when-masked scored.csv
    grep -q '^A,F,4,,' masked.csv
    audit masked.csv
    [ "$status" = 1 ]
    grep -qx '2,count,A,F,rule,R-SUP-1: a small count is shown' out
    audit --when-masked scored.csv --report audit.json masked.csv
    [ "$status" = 0 ]
    cmp <(printf 'line,measure,county,sex,status,how\n') out
    left='small counts stay in print by their score, as --when-masked has it'
    grep -qF "R-SUP-1: $left" err
    grep -qF "$left" audit.json
    # one that was to be hidden, one of which nothing is said, another count, and one said twice
    sed 's/^B,F,,1,.*/B,F,3,,/' masked.csv >shown.csv
    for said in 's/^$//' '/^A,F,/d' 's/^A,F,4,/A,F,5,/' 's/^A,F,4,0/&\nA,F,4,1/' 's/^A,F,4,0/A,F,,0/'; do
        sed "$said" scored.csv >said.csv
        audit --when-masked said.csv shown.csv
        [ "$status" = 1 ]
        grep -qx '5,count,B,F,rule,R-SUP-1: a small count is shown' out
        [ "$(grep -c '^2,count,A,F,rule,R-SUP-1' out)" = $((${#said} > 6)) ]
    done
    # an annotation that calls it suppressed, and an earlier release, which was scored by itself
    sed 's/^A,F,4,,/A,F,4,1,/' masked.csv >called.csv
    audit --when-masked scored.csv called.csv
    grep -q '^2,count,A,F,rule,"R-SUP-1: .*says that it is suppressed"' out
    audit --when-masked scored.csv --previous shown.csv masked.csv
    grep -q '^shown.csv:2,count,A,F,previous-rule,R-SUP-1' out
    # rounded counts stand for those that were scored; columns may stand otherwise
    sed 's/^A,F,4,/A,F,5,/; s/34/35/; s/63/65/; s/27/25/; s/142/140/' masked.csv >rounded.csv
    awk -F, -v OFS=, '{ print $2, $1, $3, $4 }' scored.csv >turned.csv
    audit --when-masked turned.csv --rounded 5 rounded.csv
    run -1 grep R-SUP-1: out
}

@test "audit: --when-masked of a table without verdicts is an error" {
    printf 'g,count,annotation\na,4,\nb,20,\n' >table.csv
    printf 'g,count,mask\na,4,no\nb,20,0\n' >wrong.csv
    fails "table.csv: --when-masked wants the column 'mask' that ddg-threshold adds: run ddg-threshold on the table first (try --help)" \
        --when-masked table.csv table.csv
    fails "wrong.csv:2: column 'mask': neither 0 nor 1" --when-masked wrong.csv table.csv
}

@test "audit: a total under another name is asked for, and the table is not passed" {
    is="no row of 'sex' is labelled 'Total': is 'Both' the total? If it is: --total sex=Both; if it is a category like others: --total sex=Total"
    # what is hidden in A and C cannot be seen to add up or not, what is shown in B does
    printf 'area,sex,count,annotation\nA,F,,1\nA,M,30,\nA,Both,34,\nB,F,50,\nB,M,60,\nB,Both,110,\n' >both.csv
    doubts "both.csv: $is" both.csv
    [ "$status" = 2 ]
    cmp <(printf 'line,measure,area,sex,status,how\n') out
    audit --report both.json --report both.txt both.csv
    grep -qF "\"doubts\": [" both.json
    grep -qF '"outcome": "open"' both.json
    grep -qF 'seems to leave out a total' both.txt
    grep -qF "Not described: both.csv: no row of 'sex'" both.txt
    # either answer ends the doubt
    doubts '' --total sex=Both both.csv
    [ "$status" = 1 ]
    grep -q '^2,count,A,F,recovered,' out
    doubts "both.csv: 'Both' counts what 'F' and 'M' do together: if it is a subtotal, --hierarchy has to say so" \
        --total sex=Total --total area=Total both.csv
    [ "$status" = 0 ]
    # where the name is all that speaks for it, it is asked and no more
    sed '/^B/d' both.csv >alone.csv
    doubts "alone.csv: $is" alone.csv
    [ "$status" = 0 ]
    # a category that no table allows to be the total is none
    sed 's/^A,Both,34/A,Both,29/' both.csv >less.csv
    doubts 'less.csv: no row is a total; if some are, --total says how they are labelled' less.csv
    [ "$status" = 0 ]
    # without such a name it takes several lines that show it, of three others
    printf 'area,age,count\n' >year.csv
    for area in A:7:20 B:9:30 C:12:40; do
        IFS=: read -r area young old <<<"$area"
        printf '%s,0-17,%s\n%s,18-64,%s\n%s,65+,11\n%s,Clients,%s\n' \
            "$area" "$young" "$area" "$old" "$area" "$area" $((young + old + 11))
    done >>year.csv
    printf 'D,0-17,\nD,18-64,\nD,65+,90\nD,Clients,120\n' >>year.csv
    doubts "year.csv: no row of 'age' is labelled 'Total': is 'Clients' the total? If it is: --total age=Clients; if it is a category like others: --total age=Total" \
        --group-rule off --hidden 7,9 year.csv
    # each of several measures and dimensions, once; of several tables each by its name
    sed 's/,F,,1/,F,,1,,1/; s/,\([0-9]*\),$/,\1,,\1,/; s/count,annotation/count,annotation,n,n_annotation/' both.csv >two.csv
    doubts "two.csv: $is" --count count,n --equation 'n = count' two.csv
    audit both.csv two.csv
    grep -qxF "ddg-audit: note: both.csv: $is" err
    grep -qxF "ddg-audit: note: two.csv: $is" err
    [ "$status" = 2 ]
    # an earlier release alone does not decide about today's
    doubts "both.csv: $is" --previous both.csv <(sed 's/Both/Total/; s/34/51/; s/^A,F,/A,F,21/; s/^B,F,50/B,F,/; s/110/140/; s/60,/90,/; s/30,/30,/' both.csv)
}

@test "audit: totals that are spelt in two ways are noted, and the table is not passed" {
    printf 'sex,count\nF,S\nM,30\nX,S\ntotal ,50\nTotal,100\n' >spelt.csv
    audit --hidden S spelt.csv
    [ "$status" = 2 ]
    grep -qxF "ddg-audit: note: spelt.csv:5: 'total ' of 'sex' is 'Total', the label of totals, but for case or spaces: --alias makes them one, and --total with the dimension says that it is a category like others" err
    doubts '' --hidden S --total sex=Total spelt.csv
    [ "$status" = 0 ]
}

@test "audit: subtotals that no hierarchy names are noted, also where a total does not add up for them" {
    cat >areas.csv <<'END'
area,sex,count
North,F,104
Ames,F,75
Bode,F,29
South,F,300
Cole,F,S
Dyer,F,S
North,M,55
Ames,M,S
Bode,M,S
South,M,166
Cole,M,100
Dyer,M,66
END
    for label in F M; do printf 'State,%s,%s\n' $label "$(awk -F, -v s=$label '$1 ~ /th$/ && $2 == s { n += $3 } END { print n }' areas.csv)"; done >states
    also="'North' counts what 'Ames' and 'Bode' do together, and 1 other does the like: if they are subtotals, --hierarchy has to say so"
    audit --hidden S areas.csv
    grep -qxF "ddg-audit: note: areas.csv: $also" err
    sed 's/^State/Total/' states | cat areas.csv - >total.csv
    fails "total.csv:14: no counts fit this line: a total and its parts disagree: area=Total, sex=F (parts by area); $also" \
        --hidden S total.csv
    printf 'Ames,North\nBode,North\nCole,South\nDyer,South\n' >parents.csv
    doubts '' --hidden S --hierarchy area=parents.csv total.csv
    [ "$status" = 0 ]
    cat areas.csv states >state.csv
    doubts "state.csv: no row of 'area' is labelled 'Total': is 'State' the total? If it is: --total area=State; if it is a category like others: --total area=Total" \
        --hidden S --hierarchy area=parents.csv state.csv
    [ "$status" = 2 ]
}

@test "audit: columns of which one tells the other, and columns of numbers, are noted" {
    printf 'kind,group,count\nage,0-17,\nage,18+,30\nsex,F,40\nsex,M,21\nall,Everyone,61\n' >kinds.csv
    doubts "kinds.csv: values of 'group' stand beside one of 'kind' each: if they are parts of it, --nested kind,group; if these are several breakdowns of the same people, --partitions kind,group" \
        --total kind=Total --total group=Total kinds.csv
    for option in --partitions=kind,group --by=kind; do
        audit $option --total group=Everyone kinds.csv
        run -1 grep 'stand beside' err
    done
    printf 'area,population,count\nA,1204,\nB,19016,33\nC,909235,250\n' >people.csv
    doubts "people.csv: 'population' has another number in most rows: if it is no dimension, --dims names those that are" \
        --total area=Total --total population=Total people.csv
    doubts '' --dims area --total area=Total people.csv
    printf 'area,population,count\nA,1204,\nB,19016,33\nC,909235,250\nTotal,Total,280\n' >people.csv
    fails "people.csv:5: no counts fit this line: a total and its parts disagree: area=Total, population=Total (parts by population); 'population' has another number in most rows: if it is no dimension, --dims names those that are" people.csv
}

@test "audit: counts that look rounded are noted, where nothing fits as its cause" {
    printf 'site,count\na,15\nb,\nc,25\nd,40\ne,10\nTotal,85\n' >fives.csv
    rounded='all shown counts are multiples of 5: if they were rounded, --rounded 5'
    fails "fives.csv:7: no counts fit this line: a total and its parts disagree: site=Total (parts by site); $rounded" fives.csv
    doubts '' --rounded 5 fives.csv
    printf 'site,count\na,16\nb,22\nc,31\nd,44\ne,\nTotal,121\n' >today.csv
    doubts "fives.csv: $rounded" --previous fives.csv today.csv
    # in today's table alone it takes more of them
    printf 'site,count\na,15\nb,\nc,25\nd,40\ne,10\nTotal,95\n' >fives.csv
    doubts '' fives.csv
    printf 'site,count\na,15\nb,\nc,25\nd,40\ne,10\nf,15\ng,20\nh,55\nTotal,185\n' >fives.csv
    doubts "fives.csv: $rounded" fives.csv
}

@test "audit: of several measures a line that does not add up says whose it is" {
    printf 'g,filed,resolved\na,20,<11\nb,30,80\nTotal,50,79\n' >two.csv
    fails "two.csv:4: no counts fit this line of 'resolved': a total and its parts disagree: g=Total (parts by g)" \
        --count filed,resolved --range '<11=0..10' two.csv
}

@test "audit: of several tables --rounded is about those that are rounded" {
    printf 'g,count\na,16\nb,22\nc,31\nd,\nTotal,77\n' >exact.csv
    printf 'g,count\na,15\nb,20\nc,25\nd,\nTotal,65\n' >fives.csv
    audit --codes merged --show-values --intervals --rounded 5 --previous fives.csv --previous-kind cumulative exact.csv
    grep -q '^exact.csv:5,count,d,recovered,.*,8,8$' out
    # 63 to 67 less 13 to 17, 18 to 22 and 23 to 27 leave 13 at the most, and today's 8 says more
    grep -q '^fives.csv:5,count,d,.*,1,8$' out
    run -1 grep R-DOC-2 out
    grep -qx 'ddg-audit: note: exact.csv: not all counts are multiples of what --rounded says: this table is taken as not rounded' err
    # one that is alone, and all of several, were to be rounded
    fails "exact.csv:2: column 'count': not a multiple of what --rounded says" --rounded 5 exact.csv
    sed 's/16/17/' exact.csv >other.csv
    fails "exact.csv:2: column 'count': not a multiple of what --rounded says" --rounded 5 exact.csv other.csv
}

@test "audit: a note on several measures is said once" {
    printf 'g,one,two\na,S,S\nb,30,40\n' >two.csv
    audit --hidden S --count one,two two.csv
    [ "$(grep -c R-SUP-11 err)" = 1 ]
}

@test "audit: what helps is named: an annotation column, a count column of a rate or an equation, tables apart" {
    printf 'g,count,Code,n\na,,1,5\nb,30,,6\nc,,2,7\n' >code.csv
    audit code.csv
    grep -qF "R-SUP-10: counts are blank, and no annotation column says why: is 'Code' one? --annotation (2 rows)" out
    sed 's/a,,1/a,,/' code.csv >none.csv
    audit none.csv
    grep -qF 'R-SUP-10: counts are blank, and no annotation column says why (2 rows)' out
    printf 'county,births,low,percent\nA,12,*,16.7\nB,160,14,8.8\n' >rates.csv
    fails "rates.csv:2: column 'percent': no count fits the rate as one of 'births'; a fourth name in --rate is another count column" \
        --count births,low --hidden '*' --rate percent:100:births rates.csv
    fails "rates.csv: --equation 'births = low + high': no count column is called 'high'; --count names count columns (try --help)" \
        --count births,low --hidden '*' --equation 'births = low + high' rates.csv
    printf 'g,count\na,S\nb,30\nTotal,34\n' >first.csv
    printf 'g,count\na,15\nb,20\nTotal,35\n' >second.csv
    audit --hidden S first.csv second.csv
    grep -qx 'ddg-audit: note: tables of the same columns contradict each other: if they are of different times or people, --repeats keeps them apart, and a column that says which lets them be added up' err
    audit --hidden S --repeats first.csv second.csv
    run -1 grep contradict err
    grep -q '^first.csv:2,count,a,recovered' out
}

@test "audit: count columns that add up are noted until --equation says so" {
    printf 'g,women,men,all\na,S,16,23\nb,20,31,51\nc,33,24,57\nd,46,57,103\ne,18,12,30\nf,21,34,55\n' >sexes.csv
    set -- --hidden S --count women,men,all --total g=Total sexes.csv
    doubts 'count columns add up wherever they are shown, which is not attacked: if that is no chance, --equation: women + men = all (confirmed 5 times)' "$@"
    [ "$status" = 0 ]
    doubts '' --equation 'all = men + women' "$@"
    [ "$status" = 1 ]
    grep -q '^2,women,a,recovered' out
    doubts '' --discover "$@"
    sed 's/55$/56/' sexes.csv >no.csv
    doubts '' --hidden S --count women,men,all --total g=Total no.csv
}

@test "audit: a line of which nothing but the total is shown, or all of it rounded, is described as that" {
    cat >fives.csv <<'END'
site,type,n
A,x,15
A,y,1 to 4
A,z,25
A,Total,45
B,x,10
B,y,20
B,z,1 to 4
B,Total,35
C,x,0
C,y,40
C,z,15
C,Total,60
Total,x,20
Total,y,65
Total,z,50
Total,Total,135
END
    # 48 at the least in all, of which 27 and 17 at the most are not in B
    audit --count n --range '1 to 4=1..4' --rounded 5 --show-values fives.csv
    grep -q '^8,n,B,z,recovered,"site=Total, type=z (parts by site): the total and 2 of 3 parts are shown, rounded; .*",4,4$' out
    printf 'r,c,count,annotation\nA,x,,1\nA,y,,1\nA,z,15,\nA,Total,18,\nB,x,,1\nB,y,,1\nB,z,50,\nB,Total,70,\nTotal,x,12,\nTotal,y,11,\nTotal,z,65,\nTotal,Total,88,\n' >two.csv
    audit --show-values --codes separate two.csv
    grep -qF 'r=Total, c=x (parts by r): 12 in 2 parts, none of which is shown' out
    audit --codes separate two.csv
    grep -qF 'r=Total, c=x (parts by r): the total is shown, and none of its 2 parts' out
}

@test "audit: R-DOC-2 a file that is given twice counts once" {
    sed 's/$/\r/' naive.csv >copy.csv
    audit naive.csv
    cp out once
    cp err said
    for other in naive.csv copy.csv; do
        audit naive.csv "$other"
        [ "$status" = 1 ]
        cmp out once
        grep -v "^ddg-audit: note: $other holds the same as naive.csv and is passed over$" err | cmp - said
        [ "$(wc -l <err)" = $(($(wc -l <said) + 1)) ]
    done
    printf 'county,n\nKern,\n' >less.csv
    audit --count count,n naive.csv less.csv copy.csv
    [ "$(grep -c ',recovered,' out)" = 2 ]
    grep -qx 'ddg-audit: note: copy.csv holds the same as naive.csv and is passed over' err
}

@test "audit: R-DOC-2 a cell that stands in two tables of one header is listed once" {
    { head -n 1 naive.csv && sed -n '2p;9p' naive.csv; } >part.csv
    { head -n 1 naive.csv && tail -n +2 naive.csv | tac; } >turned.csv
    { head -n 1 naive.csv && sed -n '2p;4p;9p' naive.csv; } >absent.csv
    for other in part turned absent; do
        finds_values naive.csv $other.csv <<'END'
line,measure,county,sex,status,value
naive.csv:2,count,Kern,F,recovered,4
naive.csv:9,count,Inyo,M,recovered,9
END
        audit naive.csv $other.csv
        grep -q '^ddg-audit: 2 of 2 hidden cells can be recovered (' err
        run ! grep 'without a row' err
    done
    # in a table of another shape it is another cell
    printf 'county,count\nKern,\nYolo,56\nTotal,139\n' >shape.csv
    sed 's/^Kern,Total,34/Kern,Total,/' naive.csv >hidden.csv
    audit hidden.csv shape.csv
    [ "$(grep -c ',Kern,\(Total\)*,recovered,' out)" = 2 ]
}

# Three files that are margins of a table by sex, race and age: nobody white is young, and nobody
# black is old, so that sex by age is sex by race.  The lines of sr.csv alone leave 10 to 50 for F,
# white.
margins() {
    cat >sr.csv <<'END'
sex,race,count,annotation
F,white,,1
F,black,,1
F,Total,50,
M,white,,1
M,black,,1
M,Total,50,
Total,white,60,
Total,black,40,
END
    printf 'race,age,count\nwhite,old,60\nwhite,young,0\nblack,old,0\nblack,young,40\n' >ra.csv
    printf 'sex,age,count\nF,old,33\nF,young,17\nM,old,27\nM,young,23\n' >sa.csv
    # the same in one file
    awk -F, 'BEGIN { OFS = ","; print "sex,race,age,count,annotation" } FNR == 1 { next }
        FILENAME == "sr.csv" { print $1, $2, "Total", $3, $4 }
        FILENAME == "ra.csv" { print "Total", $1, $2, $3, "" }
        FILENAME == "sa.csv" { print $1, "Total", $2, $3, "" }' sr.csv ra.csv sa.csv >one.csv
}

# The note about margins that are not attacked together.
not_attacked() {
    grep -qx "ddg-audit: note: what margins of a table that is not printed give away together, \
beside the totals that they share, is not attacked: $1" err
}

@test "audit: margins of a table that is not printed give away what none of them does" {
    margins
    finds_values --codes merged sr.csv ra.csv sa.csv <<'END'
line,measure,sex,race,age,status,value
sr.csv:2,count,F,white,,recovered,33
sr.csv:3,count,F,black,,recovered,17
sr.csv:5,count,M,white,,recovered,27
sr.csv:6,count,M,black,,recovered,23
END
    finds_values --codes merged one.csv <<'END'
line,measure,sex,race,age,status,value
2,count,F,white,Total,recovered,33
3,count,F,black,Total,recovered,17
5,count,M,white,Total,recovered,27
6,count,M,black,Total,recovered,23
END
    for tables in 'sr.csv ra.csv sa.csv' one.csv; do
        # shellcheck disable=SC2086 # several names
        audit --codes merged $tables
        [ "$(grep -cx 'ddg-audit: note: counts by sex, race and age are not printed; what their margins give away is attacked' err)" = 1 ]
    done
    # two of the three fit together however sex and race go: nothing is lost, and nothing said
    for more in sa.csv ra.csv; do
        audit --codes merged --group-rule off sr.csv $more
        [ "$status" = 0 ]
        run ! grep 'margins' err
    done
}

@test "audit: crossed margins leave a range where they do not leave a value" {
    margins
    # one person is white and young: one more or less of them may be a woman
    printf 'race,age,count\nwhite,old,59\nwhite,young,1\nblack,old,1\nblack,young,39\n' >ra.csv
    finds_values --codes merged --min-values 4 sr.csv ra.csv sa.csv <<'END'
line,measure,sex,race,age,status,value
sr.csv:2,count,F,white,,narrowed,32..34
sr.csv:3,count,F,black,,narrowed,16..18
sr.csv:5,count,M,white,,narrowed,26..28
sr.csv:6,count,M,black,,narrowed,22..24
END
    finds_values --codes merged sr.csv ra.csv sa.csv <<<line,measure,sex,race,age,status,value
}

@test "audit: what crossed margins give away is explained by the counts that are crossed" {
    margins
    audit --codes merged sr.csv ra.csv sa.csv
    grep -qF 'each of these is a sum of counts by sex, race and age, which are not printed and cannot be negative: ' out
    grep -qF 'sr.csv:6: sex=M, race=black (hidden); ra.csv:5: race=black, age=young; ' out
    run ! grep -E '[^0-9](33|17|27|23)[^0-9]' out
    audit --codes merged --show-values sr.csv ra.csv sa.csv
    grep -qF 'ra.csv:5: race=black, age=young (40); ' out
}

@test "audit: crossed margins can stand at an upper level of a hierarchy" {
    margins
    printf 'child,parent\nwhite1,white\nwhite2,white\nblack1,black\nblack2,black\n' >races.csv
    printf 'sex,race,count\nF,white1,20\nF,white2,\nF,black1,10\nF,black2,\nM,white1,20\nM,white2,\nM,black1,10\nM,black2,\n' >sr.csv
    finds_values --hierarchy race=races.csv sr.csv ra.csv sa.csv <<'END'
line,measure,sex,race,age,status,value
sr.csv:3,count,F,white2,,recovered,13
sr.csv:5,count,F,black2,,recovered,7
sr.csv:7,count,M,white2,,recovered,7
sr.csv:9,count,M,black2,,recovered,13
END
}

@test "audit: a row that a margin leaves out is nobody in what it crosses" {
    margins
    sed -i '/,0$/d' ra.csv
    sed -i '/,0,$/d' one.csv
    for tables in 'sr.csv ra.csv sa.csv' one.csv; do
        # shellcheck disable=SC2086
        audit --codes merged --show-values $tables
        [ "$(grep -c ',recovered,' out)" = 4 ]
    done
}

@test "audit: margins that do not count the same are not crossed, and a note says so" {
    margins
    audit --codes merged --group-rule off --overlapping race sr.csv ra.csv sa.csv
    run ! grep ',recovered,' out
    not_attacked 'categories overlap, or count distinct persons'
    audit --codes merged --group-rule off --distinct one.csv
    run ! grep ',recovered,' out
    not_attacked 'categories overlap, or count distinct persons'
    sed -i 's/,old,/,0-64,/' sa.csv
    audit --codes merged --group-rule off sr.csv ra.csv sa.csv
    run ! grep ',recovered,' out
    not_attacked 'the margins do not have the same categories'
}

@test "audit: margins of a table that is too large are not crossed, and a note says so" {
    for crossing in 'x y 60 60 20' 'x z 60 20 60' 'y z 60 20 60'; do
        # shellcheck disable=SC2086
        set -- $crossing
        awk -v a="$1" -v b="$2" -v m="$3" -v n="$4" -v count="$5" 'BEGIN {
            OFS = ","
            print a, b, "count", "annotation"
            for (i = 1; i <= m; i++)
                for (j = 1; j <= n; j++)
                    if (b == "y" && i < 3 && j < 3)
                        print a i, b j, "", 1
                    else
                        print a i, b j, count, ""
        }' >"$1$2.csv"
    done
    audit --codes merged xy.csv xz.csv yz.csv
    [ "$status" = 0 ]
    not_attacked 'the table is too large'
    awk -F, 'BEGIN { OFS = ","; print "x,y,z,count,annotation" } FNR == 1 { next }
        FILENAME == "xy.csv" { print $1, $2, "Total", $3, $4 }
        FILENAME == "xz.csv" { print $1, "Total", $2, $3, $4 }
        FILENAME == "yz.csv" { print "Total", $1, $2, $3, $4 }' xy.csv xz.csv yz.csv >xyz.csv
    audit --codes merged xyz.csv
    [ "$status" = 0 ]
    not_attacked 'the table is too large'
}

@test "audit: margins that no table has together are named and set aside" {
    margins
    # nobody white is old and all F are young, but 10 of those are black, and old
    printf 'race,age,count\nwhite,old,0\nwhite,young,60\nblack,old,40\nblack,young,0\n' >ra.csv
    printf 'sex,age,count\nF,old,0\nF,young,50\nM,old,40\nM,young,10\n' >sa.csv
    printf 'sex,race,count,annotation\nF,white,40,\nF,black,,1\nF,Total,50,\nM,white,,1\nM,black,,1\nM,Total,50,\n' >sr.csv
    audit --codes merged --show-values sr.csv ra.csv sa.csv
    [ "$status" = 1 ]
    grep -qx 'ddg-audit: set aside: sr.csv: no counts by sex, race and age add up to all that is shown' err
    not_attacked 'the margins contradict each other'
    awk -F, 'BEGIN { OFS = ","; print "sex,race,age,count,annotation" } FNR == 1 { next }
        FILENAME == "sr.csv" { print $1, $2, "Total", $3, $4 }
        FILENAME == "ra.csv" { print "Total", $1, $2, $3, "" }
        FILENAME == "sa.csv" { print $1, "Total", $2, $3, "" }' sr.csv ra.csv sa.csv >one.csv
    fails 'one.csv: no counts by sex, race and age add up to all that is shown' --codes merged one.csv
}

@test "audit: R-DOC-2 what two tables say against each other is named and set aside" {
    printf 'g,count\na,14\nb,\nTotal,30\n' >one.csv
    printf 'g,x,count\na,Total,15\n' >other.csv
    audit --show-values one.csv other.csv
    [ "$status" = 1 ]
    grep -qx 'ddg-audit: set aside: other.csv:2: g=a, x=Total: another count than in one.csv:2: g=a' err
    sed -i 's/b,/b,16/' one.csv
    audit one.csv other.csv
    [ "$status" = 2 ]
    cmp out <(echo line,measure,g,x,status,how)
}

@test "audit: R-DOC-2 what only several lines together contradict is set aside, too" {
    printf 'g,count\nk,1000000\nl,1000001\nx,\ny,\nz,\nw,\n' >sums.csv
    printf 'n,count\n1,5\n' >other.csv
    set -- --by g --equation 'g: x + y = k' --equation 'g: z + w = l' --equation 'g: x + z = k' \
        --equation 'g: y + w = k'
    fails 'sums.csv: no counts fit the table: its lines disagree' "$@" sums.csv
    for order in 'sums.csv other.csv' 'other.csv sums.csv'; do
        # shellcheck disable=SC2086 # two names
        audit "$@" $order
        rules_aside
        [ "$(wc -l <out)" = 1 ]
        grep "^ddg-audit: set aside: sums.csv.*: no counts fit the equation 'g: y + w = k'" err
        [ "$(grep -c 'set aside' err)" = 1 ]
    done
}

@test "audit: R-DOC-2 distinct persons of quarters and of their year" {
    printf 'county,year,persons,annotation\nA,1,,1\nB,1,40,\n' >years.csv
    printf 'county,year,quarter,persons\nA,1,q1,10\nA,1,q2,9\nB,1,q1,41\nB,1,q2,39\n' >quarters.csv
    audit --show-values years.csv quarters.csv
    [ "$status" = 1 ]
    rules_aside
    cmp out - <<'END'
line,measure,county,year,quarter,status,how,low,high
years.csv:2,persons,A,1,,recovered,"quarters.csv: county=A, year=1, quarter=Total (parts by quarter): no part is more than the total; code 1 means 1 to 10",10,10
END
    grep -qx 'ddg-audit: set aside: quarters.csv:4: county=B, year=1, quarter=q1: more than the total in years.csv:3: county=B, year=1' err
}

@test "audit: R-DOC-2 --previous attacks the difference of two releases" {
    printf 'g,count\na,\nb,\nc,30\nTotal,61\n' >today.csv
    printf 'g,count\na,\nb,21\nc,30\nTotal,61\n' >earlier.csv
    finds_values today.csv <<'END'
line,measure,g,status,value
END
    finds_values --previous earlier.csv today.csv <<'END'
line,measure,g,status,value
today.csv:2,count,a,recovered,10
today.csv:3,count,b,recovered,21
END
    audit --previous earlier.csv today.csv
    grep -q '^today.csv:3,.*,shown in earlier.csv:3: g=b$' out
    # a count that was corrected: what stands in its lines may have been, too
    sed -i 's/c,30/c,29/; s/61/60/' earlier.csv
    audit --show-values --previous earlier.csv today.csv
    rules_aside
    cmp out - <<'END'
line,measure,g,status,how,low,high
earlier.csv:2,count,a,previous-recovered,g=Total (parts by g): 60 minus 50 in the 2 shown parts,10,10
END
    sed -i 's/^a,$/a,7/; s/60/57/' earlier.csv
    finds_values --previous earlier.csv --previous-kind cumulative --min-values 5 today.csv <<'END'
line,measure,g,status,value
today.csv:2,count,a,narrowed,7..10
today.csv:3,count,b,narrowed,21..24
END
    audit --previous earlier.csv --previous-kind cumulative today.csv
    # 1 of c, 4 of all
    [ "$(grep -c ',rule,R-DOC-2: what was added since the earlier release is a small number' out)" = 2 ]
    audit --previous earlier.csv --previous-kind moving today.csv
    grep -qx 'ddg-audit: note: nothing follows from earlier releases whose counts move with time' err
}

@test "audit: R-DOC-2 what an earlier release gives away by itself is marked, and is not today's verdict" {
    printf 'g,count,annotation\na,,1\nb,,1\nc,30,\nTotal,41,\n' >today.csv
    printf 'g,h,count,annotation\nx,d,,1\nx,e,5,\nx,Total,12,\n' >earlier.csv
    audit --report both.json --report both.md --previous earlier.csv today.csv
    [ "$status" = 0 ]
    cmp out - <<'END'
line,measure,g,h,status,how
earlier.csv:2,count,x,d,previous-recovered,"g=x, h=Total (parts by h): the total minus the 1 shown part"
earlier.csv:3,count,x,e,previous-rule,R-SUP-1: a small count is shown
END
    grep -qx 'ddg-audit: 0 of 2 hidden cells can be recovered from today.s release; 2 findings are of earlier releases alone (attacker knows sums, that zeros are shown, and which counts are small)' err
    grep -q '"previous_alone": 2' both.json
    grep -q '"previous_alone": true' both.json
    grep -q 'No hidden cell is given away' both.md
    grep -q 'Earlier releases by themselves' both.md
    grep -q '2 of 4 published cells are hidden' both.md
    # what today's table adds counts, whichever of them hid it
    printf 'g,count,annotation\na,,1\nb,,1\nc,30,\nTotal,41,\n' >earlier.csv
    printf 'g,count,annotation\na,9,\nb,,1\nc,30,\nTotal,41,\n' >today.csv
    finds_values --previous earlier.csv today.csv <<'END'
line,measure,g,status,value
today.csv:3,count,b,recovered,2
earlier.csv:2,count,a,recovered,9
END
    audit --previous earlier.csv today.csv
    grep -q '^ddg-audit: 2 of 2 hidden cells can be recovered from today.s release; 1 rule broken (' err
    # a rule that both break is a finding of each
    printf 'g,count\na,5\nb,20\n' >earlier.csv
    printf 'g,count\na,6\nb,20\n' >today.csv
    audit --previous earlier.csv today.csv
    [ "$status" = 1 ]
    grep -q '; 1 rule broken; 1 finding is of earlier releases alone (' err
}

@test "audit: --equation binds measures, and categories" {
    printf 'g,one,full,any\na,,30,41\nb,20,,30\nTotal,,,71\n' >doses.csv
    finds_values --count one,full,any doses.csv <<'END'
line,measure,g,status,value
END
    finds_values --count one,full,any --equation 'one + full = any' doses.csv <<'END'
line,measure,g,status,value
2,one,a,recovered,11
4,one,Total,recovered,31
3,full,b,recovered,10
4,full,Total,recovered,40
END
    printf 'plan,g,count\nMHP,a,\nMHP,b,20\nMCP,a,30\nMCP,b,40\nCore Set,a,34\nCore Set,b,60\n' >plans.csv
    finds_values --equation 'plan: MHP + MCP = "Core Set"' plans.csv <<'END'
line,measure,plan,g,status,value
2,count,MHP,a,recovered,4
END
    fails "plans.csv: not all that --equation 'plan: MHP + XYZ = MCP' names is there (try --help)" \
        --equation 'plan: MHP + XYZ = MCP' plans.csv
    sed -i 's/^Core Set,b,60/Core Set,b,61/' plans.csv
    fails "plans.csv:3: plan=MHP, g=b: no counts fit the equation 'plan: MHP + MCP = Core Set'" \
        --equation 'plan: MHP + MCP = Core Set' plans.csv
}

@test "audit: --discover lists equations that nobody declared" {
    {
        echo plan,g,one,full,any
        for g in a b c d e f; do
            for plan in MHP MCP Both; do
                case $plan in MHP) n=11 ;; MCP) n=$((20 + $(printf %d "'$g") % 7)) ;; Both) n=$((31 + $(printf %d "'$g") % 7)) ;; esac
                echo "$plan,$g,$n,$((n * 3)),$((n * 4))"
            done
        done
    } >hints.csv
    audit --by plan --count one,full,any --discover hints.csv
    grep '^ddg-audit: holds' err >held
    diff -u - held <<'END'
ddg-audit: holds throughout: one + full = any (confirmed 18 times)
ddg-audit: holds throughout: one @ plan: MHP + MCP = Both (confirmed 6 times)
ddg-audit: holds throughout: full @ plan: MHP + MCP = Both (confirmed 6 times)
ddg-audit: holds throughout: any @ plan: MHP + MCP = Both (confirmed 6 times)
END
    # one that fails once is none
    sed -i 's/^Both,f,\([0-9]*\),.*/Both,f,\1,1,99/' hints.csv
    audit --by plan --count one,full,any --discover hints.csv
    grep '^ddg-audit: holds' err >held
    diff -u - held <<'END'
ddg-audit: holds throughout: one @ plan: MHP + MCP = Both (confirmed 6 times)
END
    # a total under another name
    { echo county,g,count; for g in u v w x y; do printf '%s\n' "Statewide,$g,70" "a,$g,11" "b,$g,12" "c,$g,14" "d,$g,33"; done; } >state.csv
    audit --by county --discover state.csv
    grep -qx 'ddg-audit: holds throughout: county: Statewide is the sum of all others (confirmed 5 times)' err
}

@test "audit: an equation between categories can be one of a measure, as --discover prints it" {
    {
        echo '"p:lan @ x",g,one,two'
        for g in a b c d e f; do
            n=$((20 + $(printf %d "'$g") % 7))
            printf '%s\n' "A+B,$g,11,$((n * 5))" "C,$g,$n,12" "D,$g,$((n + 11)),40"
        done
        printf '%s\n' A+B,z,,12 C,z,14, D,z,30,44
    } >own.csv
    audit --by g --count one,two --discover own.csv
    grep '^ddg-audit: holds' err >held
    cmp held - <<'END'
ddg-audit: holds throughout: one @ "p:lan @ x": "A+B" + C = D (confirmed 6 times)
END
    sum=$(sed 's/^ddg-audit: holds throughout: //; s/ (confirmed.*//' held)
    finds_values --by g --count one,two --equation "$sum" own.csv <<'END'
line,measure,p:lan @ x,g,status,value
20,one,A+B,z,recovered,16
END
    fails "own.csv:2: p:lan @ x=A+B, g=a: no counts fit the equation '${sum#one @ }'" \
        --by g --count one,two --equation "${sum#one @ }" own.csv
    fails "own.csv: not all that --equation 'three @ g: a + b = c' names is there (try --help)" \
        --count one,two --equation 'three @ g: a + b = c' own.csv
    fails "'A + B = C' or '[COUNT @] DIM: X + Y = Z' is wanted, not 'one @ R + T = S' (try --help)" \
        --count one,two --equation 'one @ R + T = S' own.csv
    # levels of a hierarchy
    {
        echo region,county,n,count
        for n in 1 2 3 4 5 6; do
            printf '%s\n' "N,a,$n,$((n + 11))" "N,b,$n,$((n * n + 20))" "N,c,$n,$((n * n + n + 31))" "N,Total,$n,$((2 * n * n + 2 * n + 62))"
        done
    } >nested.csv
    audit --by n --nested region,county --discover nested.csv
    grep '^ddg-audit: holds' err >held
    cmp held <(echo 'ddg-audit: holds throughout: county: a + b = c (confirmed 6 times)')
    audit --by n --nested region,county --equation 'county: a + b = c' nested.csv
    [ "$status" = 0 ]
    audit --by n --nested region,county --equation 'region: a + b = c' nested.csv
    [ "$status" = 0 ]
}

@test "audit: reports say whether equations were looked for" {
    audit --report plain.md --report plain.json naive.csv
    grep -A 2 '^### Found to hold' plain.md | grep -qx 'They were not looked for (--discover).'
    grep -q '"discovered": null' plain.json
    audit --discover --report found.md --report found.json naive.csv
    grep -A 2 '^### Found to hold' found.md | grep -qx 'None.'
    grep -q '"discovered": \[\]' found.json
}

@test "audit: --partitions takes the totals of ages and sexes for one number" {
    printf 'county,type,value,count\nA,sex,F,\nA,sex,M,20\nA,age,young,10\nA,age,old,14\nB,sex,F,\nB,sex,M,20\n' >sides.csv
    finds_values --by type sides.csv <<'END'
line,measure,county,type,value,status,value
END
    finds_values --partitions type,value sides.csv <<'END'
line,measure,county,type,value,status,value
2,count,A,sex,F,recovered,4
END
    fails "--partitions wants two columns, not 'county,type,value' (try --help)" --partitions county,type,value sides.csv
    printf 'type,value,count\nsex,F,10\nsex,M,20\nsex,Total,30\nage,y,31\nage,Total,31\n' >sides.csv
    fails 'sides.csv:6: type=age, value=Total: another count than in sides.csv:4: type=sex, value=Total' --partitions type,value sides.csv
}

@test "audit: a table that no counts fit is an error that names the line" {
    printf 'g,count\na,20\nb,30\nTotal,51\n' >more.csv
    fails 'more.csv:4: no counts fit this line: a total and its parts disagree: g=Total (parts by g)' more.csv
    printf 'g,count\na,20\nb,30\nTotal,49\n' >less.csv
    fails "less.csv:4: no counts fit this line: a total and its parts disagree: g=Total (parts by g)$overlap" less.csv
    # zeros would be shown: the hidden cell has no room
    printf 'g,count\na,\nb,30\nTotal,30\n' >zero.csv
    fails "zero.csv:4: no counts fit this line: a total and its parts disagree: g=Total (parts by g)$zeros" zero.csv
    # every line has room, all of them together do not: rows say 40, columns 41
    printf '%s\n' r,c,count x,u, x,v, x,Total,20 y,u, y,v, y,Total,20 Total,u,20 Total,v,21 >system.csv
    audit system.csv
    [ "$status" = 2 ]
    [ "$(wc -l <err)" = 1 ]
    grep -q '^ddg-audit: system.csv: no counts fit' err
}

@test "audit: where several lines together fit no counts all of them are named" {
    # a of x is 1 or 2, so that of y is 53 or 54, which leaves 7 at the most for a large count
    printf '%s\n' r,c,count,annotation x,a,,1 x,b,,2 x,Total,13, y,a,,2 y,b,,2 y,Total,60, Total,a,55, z,a,0, z,b,,2 z,Total,,2 >two.csv
    fails 'two.csv: no counts fit these together, of which one is wrong: line 7: r=y, c=Total (parts by c); line 4: r=x, c=Total (parts by c); line 8: r=Total, c=a (parts by r)' two.csv
    # with another table one of them is set aside, and all are named
    printf 'n,count\n1,50\n' >other.csv
    audit two.csv other.csv
    [ "$(grep -c '^ddg-audit: set aside: two.csv: no counts fit these together, of which one is wrong: ' err)" = 1 ]
    # a single line is named alone, whatever it took to come there
    sed -i 's/^y,Total,60/y,Total,12/' two.csv
    fails "two.csv:7: no counts fit this line: a total and its parts disagree: r=y, c=Total (parts by c)" two.csv
}

@test "audit: a cell that stands twice is an error that names both lines" {
    printf 'g,count\na,20\nb,20\na,20\n' >twice.csv
    fails "twice.csv:4: the same cell stands in line 2 already; --repeats takes it for another table's" twice.csv
}

@test "audit: counts that sums could not hold are an error" {
    printf 'g,count\na,18446744073709551615\nb,\n' >large.csv
    fails "large.csv:2: column 'count': a count of 2^53 or more cannot be attacked" large.csv
    printf 'g,count\na,18446744073709551616\n' >large.csv
    fails "large.csv:2: column 'count': not a whole number" large.csv
    printf 'g,count\na,\nb,\nTotal,1099511627777\n' >large.csv
    fails 'large.csv: hidden counts that may be above 2^40 cannot be attacked' large.csv
    printf 'g,count\na,9007199254740901\nb,\nTotal,9007199254740905\n' >exact.csv
    finds_values exact.csv <<'END'
line,measure,g,status,value
3,count,b,recovered,4
END
}

@test "audit: byte order mark, CRLF and tabs make no difference" {
    printf '\357\273\277g\tcount\r\n"a\tb"\t\r\nc\t20\r\nTotal\t24' >odd.tsv
    printf 'line\tmeasure\tg\tstatus\thow\n2\tcount\t"a\tb"\trecovered\tg=Total (parts by g): the total minus the 1 shown part\n' >wanted
    finds -d tab odd.tsv <wanted
}

@test "audit: options can stand in a table file, beside those of other programs" {
    printf 'hidden S\nthreshold 15\nkeep cost\ntotal All\n' >table.conf
    printf 'g,count\na,S\nb,20\nAll,24\n' >all.csv
    finds_values --table table.conf all.csv <<'END'
line,measure,g,status,value
2,count,a,recovered,4
END
}

@test "audit: -o writes the findings, and keeps the old file when the table is none" {
    audit -q -o findings.csv naive.csv
    [ "$status" = 1 ]
    cmp out /dev/null
    [ "$(wc -l <findings.csv)" = 3 ]
    printf 'g,count\na,x\n' >bad.csv
    audit -o findings.csv bad.csv
    [ "$status" = 2 ]
    [ "$(wc -l <findings.csv)" = 3 ]
}

@test "audit: R-DOC-1 --report writes a record by the name of the file, without counts unless asked" {
    for form in txt md json html; do
        run -1 --separate-stderr env -i SOURCE_DATE_EPOCH=0 LC_ALL=C "$audit" -q --report "report.$form" naive.csv
        [ -z "$stderr" ]
        grep -q 1970-01-01 "report.$form"
        grep -q "$(sha256sum naive.csv | cut -c1-64)" "report.$form"
        grep -q 'recovered' "report.$form"
        run -1 grep -wE '34|49|69|70' "report.$form"
    done
    run ! grep -E '[a-vx-z]\\\.' report.md
    audit -q --report one.json --report two.txt --show-values naive.csv
    [ -s one.json ]
    grep -q '69 minus 65' two.txt
    fails "the name of a report ends in .txt, .md, .html or .json, unlike 'report.pdf' (try --help)" --report report.pdf naive.csv
}

@test "audit: numbers of seconds and threads, and switches" {
    for option in time threads; do
        for value in 0 x 1.5 -1 99999999999; do
            audit "--$option" "$value" naive.csv
            [ "$status" = 2 ]
            grep -q "^ddg-audit: --$option is a whole number from 1 to" err
        done
        audit -q "--$option" 1 naive.csv
        [ "$status" = 1 ]
    done
    printf 'g,count,annotation\na,,1\nb,,1\nc,30,\nTotal,34,\n' >group.csv
    audit -q --min-values 2 group.csv
    [ "$status" = 1 ]
    grep -q ',rule,R-SUP-6: ' out
    audit -q --min-values 2 --group-rule off group.csv
    [ "$status" = 0 ]
}

@test "audit: options that contradict each other, or say something of nothing, are errors" {
    for level in threshold codes; do
        fails '--codes merged says that codes tell nothing, --knows that they do (try --help)' \
            --codes merged --knows $level naive.csv
    done
    fails '--previous-kind without --previous (try --help)' --previous-kind restated naive.csv
    fails "naive.csv: no column is called 'town' (try --help)" --link county=town naive.csv
    message="'<11' is said to mean two things by --range or --hidden (try --help)"
    fails "$message" --range '<11=1..10' --range '<11=0..10' naive.csv
    fails "$message" --range '<11=1..10' --hidden 'S,<11' naive.csv
    fails "$message" --hidden '<11' --range '<11=1..10' naive.csv
}

@test "audit: --keep names columns that tell nothing of a hidden count" {
    printf 'county,count,annotation,area\nA,,1,12\nB,,1,13\nC,30,,14\n' >area.csv
    audit area.csv
    grep -q ',rule,"\?R-SUP-5: .*--keep' out
    audit --keep area area.csv
    [ "$status" = 0 ]
    [ "$(wc -l <out)" = 1 ]
}

@test "audit: R-SUP-6 the note on distinct persons names totals by their categories" {
    {
        echo g,h,persons,annotation
        for g in a b c d e; do printf '%s\n' "$g,x,,1" "$g,y,,1" "$g,z,40," "$g,Total,48,"; done
    } >persons.csv
    audit persons.csv
    grep -qx 'ddg-audit: note: R-SUP-6: hidden counts under these totals would add up to a small number if nobody counted twice: g=a, h=Total; g=b, h=Total; g=c, h=Total; and 2 more' err
    sed -i '/^[cde],/d' persons.csv
    audit persons.csv
    grep -qx 'ddg-audit: note: R-SUP-6: hidden counts under these totals would add up to a small number if nobody counted twice: g=a, h=Total; g=b, h=Total' err
    # no value leaves by it
    run ! grep -E '48|40' err
}

@test "audit: --help says that 2 may mean undecided" {
    audit --help
    [ "$status" = 0 ]
    grep -qx 'Exit status: 0 nothing found, 1 findings, 2 not all decided, or an error.  See ddg-audit(1) and ddg(7).' out
}

@test "audit: a table of no rows has nothing to find" {
    echo g,count >empty.csv
    finds empty.csv <<'END'
line,measure,g,status,how
END
}

@test "audit: the order of the rows changes nothing but the order of the findings" {
    for seed in 1 2 3; do
        { head -n 1 joined.csv && tail -n +2 joined.csv | shuf --random-source=<(yes "$seed"); } >shuffled.csv
        audit -q --show-values shuffled.csv
        [ "$status" = 1 ]
        rules_aside
        [[ $(tail -n +2 out | cut -d, -f2-) == count,r2,c3,recovered,*,7,7 ]]
    done
}

@test "audit: equal input gives equal bytes" {
    for table in naive joined; do
        audit --show-values $table.csv
        cp out first
        for _ in 1 2 3; do
            audit --show-values $table.csv
            cmp out first
        done
    done
}

opinion=$BATS_TEST_DIRNAME/oracle/second_opinion.py

@test "audit: a second opinion on random tables finds no more, and nothing in masked ones" {
    python3 -B "$opinion" --compare "$build" --tables 60 --seed 1 >answer || {
        grep -v '^ok' answer
        return 1
    }
    [ "$(grep -c '^ok' answer)" = 120 ]
}

@test "audit: a second opinion is the same in each run" {
    for order in 0 1 2; do
        PYTHONHASHSEED=$order python3 -B "$opinion" --compare "$build" --tables 18 --seed 11 >answer.$order
        cmp answer.0 answer.$order
    done
}

@test "audit: the second opinion knows the tables above, and notices an audit or a mask that is none" {
    status=0
    python3 -B "$opinion" naive.csv >answer || status=$?
    [ "$status" = 1 ]
    cmp answer <(printf '2,Kern,F,recovered,4\n9,Inyo,M,recovered,9\n')
    python3 -B "$opinion" joined.csv >answer || true
    cmp answer <(echo 9,r2,c3,recovered,7)
    mkdir broken
    printf '#!/bin/sh\nexit 0\n' >broken/ddg-audit
    # shellcheck disable=SC2016 # for the other shell
    printf '#!/bin/sh\nfor last; do :; done\nwhile [ "$1" != -o ]; do shift; done\ncp "$last" "$2"\n' >broken/ddg-suppress
    chmod +x broken/*
    status=0
    python3 -B "$opinion" --compare broken --tables 10 >answer || status=$?
    [ "$status" = 1 ]
    [ "$(grep -c '^not ok .* finds as much$' answer)" -ge 5 ]
    [ "$(grep -c '^not ok .* leaves nothing$' answer)" -ge 5 ]
}
