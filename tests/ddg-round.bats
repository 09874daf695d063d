#!/usr/bin/env bats
# ddg-round: what is rounded and what stays, and when whole percentages may stand for counts.

bats_require_minimum_version 1.5.0

setup() {
    round="${DDG_BUILD:-$BATS_TEST_DIRNAME/../build}/ddg-round"
    cd "$BATS_TEST_TMPDIR" || return 1
    cat >sexes.csv <<'END'
sex,count
Male,545
Female,545
Intersex,10
Total,1100
END
}

# The tool in an environment of its own: stdout in `out`, stderr in `err`, the status in $status.
round() {
    status=0
    env -i PATH="$PATH" LC_ALL=C "$round" "$@" >out 2>err </dev/null || status=$?
}

# fails MESSAGE ARGUMENT...: status 2, one line on stderr, nothing on stdout.
fails() {
    printf 'ddg-round: %s\n' "$1" >expected_err
    shift
    round "$@"
    [ "$status" = 2 ] && cmp out /dev/null && diff -u expected_err err
}

# ... the same, but rows may have been written before: then the output is poisoned.
fails_late() {
    printf 'ddg-round: %s\n' "$1" >expected_err
    shift
    round "$@"
    [ "$status" = 2 ]
    diff -u expected_err err
    [ ! -s out ] || [[ $(tail -n 1 out) = '"ddg: this output is incomplete'* ]]
}

# gives ARGUMENT...: status 0, nothing on stderr, stdout as on standard input.
gives() {
    cat >expected
    round "$@"
    [ "$status" = 0 ] && cmp err /dev/null && diff -u expected out && cmp expected out
}

@test "round: R-RND-1 counts go to the nearest multiple of 5" {
    { echo g,count && for n in {0..13}; do echo "g$n,$n"; done; } >counts.csv
    gives counts.csv <<'END'
g,count
g0,0
g1,0
g2,0
g3,5
g4,5
g5,5
g6,5
g7,5
g8,10
g9,10
g10,10
g11,10
g12,10
g13,15
END
}

@test "round: halves go up" {
    printf 'g,count\na,1\nb,2\nc,3\nd,5\ne,6\n' >halves.csv
    gives --to 2 halves.csv <<'END'
g,count
a,2
b,2
c,4
d,6
e,6
END
    printf 'g,count\na,4\nb,5\nc,14\nd,15\n' >halves.csv
    gives --to 10 halves.csv <<'END'
g,count
a,0
b,10
c,10
d,20
END
}

@test "round: R-RND-1 a total is rounded by itself, so that it need not be the sum of its parts" {
    printf 'g,count\na,7\nb,7\nc,8\nTotal,22\n' >total.csv
    gives total.csv <<'END'
g,count
a,5
b,5
c,10
Total,20
END
    printf 'g,count\na,12\nb,12\nTotal,24\n' >total.csv
    gives total.csv <<'END'
g,count
a,10
b,10
Total,25
END
}

@test "round: R-SUP-10 suppressed cells and their annotations are not touched" {
    cat >masked.csv <<'END'
g,count,annotation,annotation_description,rate
a,,1,small number or complementary,
b,,2,complementary,
c,,3,no data,
d,17,,,1.7
e,0,0,,0.0
f,23,4,unstable,2.3
Total,,1,small number or complementary,
END
    gives masked.csv <<'END'
g,count,annotation,annotation_description,rate
a,,1,small number or complementary,
b,,2,complementary,
c,,3,no data,
d,15,,,1.7
e,0,0,,0.0
f,25,4,unstable,2.3
Total,,1,small number or complementary,
END
}

@test "round: a blank that no annotation explains is an error" {
    printf 'g,count\na,\n' >blank.csv
    fails_late "blank.csv:2: column 'count': blank, and no annotation says why" blank.csv
    printf 'g,count,annotation\na,5,\nb,,0\n' >blank.csv
    fails_late "blank.csv:3: column 'count': blank, and no annotation says why" blank.csv
}

@test "round: texts in place of a count are never numbers, unless --hidden names them" {
    for text in S '*' '<11' -1; do
        printf 'g,count\na,%s\n' "$text" >text.csv
        fails_late "text.csv:2: column 'count': not a whole number; --hidden names texts that mean a hidden count" text.csv
    done
    printf 'g,count\na,5.0\n' >text.csv
    fails_late "text.csv:2: column 'count': not a whole number" text.csv
    printf 'g,count\na,"1,234"\n' >text.csv
    fails_late "text.csv:2: column 'count': not a whole number; --loose reads padded and grouped ones" text.csv
    printf 'g,count\na,S\nb,<11\nc,8\n' >text.csv
    gives --hidden 'S,<11' text.csv <<'END'
g,count
a,S
b,<11
c,10
END
}

@test "round: a count that is negative, a fraction or no number is an error of its line and column, by every way" {
    local text way
    make_keys
    for text in -3 2.5 1e3 +4 0x1F '7 ' nan 1,5 18446744073709551616; do
        [[ $text = *,* ]] && text="\"$text\""
        printf 'g,count\na,1200\nb,%s\nc,5000\n' "$text" >wrong.csv
        for way in '--method nearest' '--method up' '--method down' '--method random --key-file key' \
            '--method controlled' '--method small' '--method adjust' --percent --whole-percent; do
            # shellcheck disable=SC2086 # words
            round $way wrong.csv
            [ "$status" = 2 ]
            grep -q "^ddg-round: wrong.csv:3: column 'count': " err
        done
    done
}

# The most memory, in KB, that a run takes.
memory_of() {
    python3 -c 'import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)' "$round" "$@"
}

@test "round: counts are rounded in the memory of a record, however many there are" {
    local how few many
    make_keys
    awk 'BEGIN { print "g,h,count"; for (i = 0; i < 100000; i++) print "a long label of row " i ",x," i }' >many.csv
    head -n 10 many.csv >few.csv
    for how in nearest up down 'random --key-file key'; do
        # shellcheck disable=SC2086 # words
        few=$(memory_of --method $how few.csv) && many=$(memory_of --method $how many.csv)
        [ "$many" -lt $((few + 2000)) ]
    done
    # which a method that needs the whole table is far from
    [ "$(memory_of --percent many.csv)" -gt $((few + 4000)) ]
}

@test "round: loosely written numbers are read with --loose and written plainly" {
    printf ' g , count \na," 1,233 "\nb, 7 \n' >loose.csv
    round --loose loose.csv
    [ "$status" = 0 ]
    [ "$(tail -n 2 out)" = 'a,1235
b,5' ]
}

@test "round: events beside persons are rounded, too" {
    printf 'g,persons,events,cost\na,3,41,12.34\nb,8,8,7\n' >persons.csv
    gives persons.csv <<'END'
g,persons,events,cost
a,5,40,12.34
b,10,10,7
END
}

@test "round: no count column stays exact beside a rounded one, by any method, whatever --count names" {
    cat >masked.csv <<'END'
county,persons,events,annotation,annotation_description
Alpine,,,1,small number or complementary
Inyo,,,1,small number or complementary
Kern,2811,7203,,
Total,2911,7409,,
END
    local how name
    make_keys
    for name in '' '--count persons'; do
        for how in nearest up down 'random --key-file key' controlled; do
            # shellcheck disable=SC2086 # words
            round -q --method $how $name masked.csv
            [ "$status" = 0 ]
            [ "$(cut -d, -f2,3 out | tail -n 2 | tr -d '\n,' | tr -d 0-9)" = '' ]
            [ "$(sed -n 4p out | cut -d, -f2,3 | tr , '\n' | grep -c '[05]$')" = 2 ]
            [ "$(sed -n 2p out)" = 'Alpine,,,1,small number or complementary' ]
        done
        # shellcheck disable=SC2086 # words
        round -q --method adjust $name masked.csv
        [ "$status" = 0 ]
        [ "$(head -n 1 out)" = county,persons,events,annotation,annotation_description,persons_adjusted,events_adjusted ]
        awk -F, 'NR > 1 { if ($2 !~ /^[0-9]+$/ || $2 + 0 > $3 + 0) bad = 1; e += $1 == "Total" ? -$3 : $3 } END { exit bad || e != 0 }' out
        # shellcheck disable=SC2086 # words
        gives --percent $name masked.csv <<'END'
county,persons_percent,events_percent,annotation,annotation_description
Alpine,,,1,small number or complementary
Inyo,,,1,small number or complementary
Kern,97,97,,
Total,100,100,,
END
    done
    # 'count' beside 'persons', capitals, and the other way round
    printf 'g,persons,count,Events\na,13,13,14\nb,21,21,24\n' >three.csv
    for name in persons count Events; do
        gives --dims g --count "$name" three.csv <<'END'
g,persons,count,Events
a,15,15,15
b,20,20,25
END
    done
    printf 'g,persons,events\na,3,4\nTotal,3,4\n' >small.csv
    gives -q --method small --count persons small.csv <<'END'
g,persons,events
a,0,0
Total,0,0
END
    # the events of a total are among the dimensions here
    printf 'events,count\n1,13\n2,22\n' >dims.csv
    gives dims.csv <<'END'
events,count
1,15
2,20
END
}

# Of 4 x 3 x 2 cells and their totals how many died, and how many cases there were.
make_pairs() {
    awk -v seed="$1" '
        function next_of(n) { seed = (seed * 1103515245 + 12345) % 2147483648; return int(seed / 65536) % n }
        BEGIN {
            for (i = 0; i < 4; i++) for (j = 0; j < 3; j++) for (k = 0; k < 2; k++) {
                died = next_of(3) ? next_of(13) : next_of(60)
                cases = died + (next_of(2) ? next_of(3) : 0)
                for (at = 0; at < 8; at++) {
                    key = (at % 2 ? "Total" : i) "," (int(at / 2) % 2 ? "Total" : j) "," (at > 3 ? "Total" : k)
                    d[key] += died; c[key] += cases
                }
            }
            for (key in d) print key "," d[key] "," c[key]
        }' | LC_ALL=C sort | sed '1i a,b,c,died,cases'
}

@test "round: R-RND-1 what is never more than another count is not so when rounded, by any method" {
    local seed how
    make_keys
    for seed in 1 2 3 4 5 6 7 8; do
        make_pairs "$seed" >pairs.csv
        for how in nearest up down controlled 'controlled --to 11' small; do
            # shellcheck disable=SC2086 # words
            round -q --method $how --count died,cases pairs.csv
            [ "$status" = 0 ]
            awk -F, 'NR > 1 && $4 > $5 { exit 1 }' out
        done
        # at random persons and events go together, whatever else the table has
        sed '1s/died,cases/persons,events/' pairs.csv >events.csv
        round -q --method random --key-file key --count persons events.csv
        [ "$status" = 0 ]
        awk -F, 'NR > 1 && $4 > $5 { exit 1 }' out
        cut -d, -f1-3,5 out >both
        cut -d, -f1-3,5 events.csv >alone.csv
        round -q --method random --key-file key --count events alone.csv
        cmp both out
    done
    # what is equal stays equal, and three columns keep their order
    awk -F, 'NR == 1 { print "a,b,c,died,ill,cases"; next } { print $1 "," $2 "," $3 "," $4 "," $4 "," $5 }' pairs.csv >three.csv
    for how in controlled small; do
        round -q --method "$how" --count died,ill,cases three.csv
        [ "$status" = 0 ]
        awk -F, 'NR > 1 && ($4 != $5 || $5 > $6) { exit 1 }' out
    done
}

@test "round: R-RND-1 adjusted numbers keep to their order too, or it is said of how many rows they do not" {
    cat >masked.csv <<'END'
county,died,cases,died_annotation,cases_annotation
Inyo,,,1,1
Kern,,,1,1
Mono,20,40,,
Total,34,64,,
END
    round -q --method adjust --count died,cases masked.csv
    [ "$status" = 0 ]
    awk -F, 'NR > 1 && $2 > $3 { exit 1 }' out
    printf 'g,died,cases,died_annotation\na,,13,1\nb,,14,1\nTotal,17,27,\n' >masked.csv
    round --method adjust --count died,cases masked.csv
    [ "$status" = 0 ]
    grep -qx 'ddg-round: note: 1 rows have a count that is more than one beside it that it is never more than: no other safe numbers were found' err
}

@test "round: several measures are each rounded" {
    printf 'g,a,b\nx,3,4\ny,7,8\n' >measures.csv
    gives --count a,b --to 4 measures.csv <<'END'
g,a,b
x,4,4
y,8,8
END
}

@test "round: the largest counts are rounded, or refused where no number can hold the result" {
    printf 'g,count\na,18446744073709551615\nb,18446744073709551612\nc,9007199254740993\n' >large.csv
    # 2^64 - 1 is a multiple of 5, and 2^53 + 1 is no binary fraction's business
    gives large.csv <<'END'
g,count
a,18446744073709551615
b,18446744073709551610
c,9007199254740995
END
    printf 'g,count\na,18446744073709551615\n' >large.csv
    fails_late "large.csv:2: column 'count': too large to be rounded" --to 10 large.csv
    printf 'g,count\na,18446744073709551616\n' >large.csv
    fails_late "large.csv:2: column 'count': not a whole number" large.csv
}

@test "round: what counts are rounded to is a whole number above 1" {
    fails "--to is a whole number from 2 to 1000000000, not '1' (try --help)" --to 1 sexes.csv
    fails "--to is a whole number from 2 to 1000000000, not '0' (try --help)" --to 0 sexes.csv
    fails "--to is a whole number from 2 to 1000000000, not '2.5' (try --help)" --to 2.5 sexes.csv
}

@test "round: rounding twice is rounding once" {
    { echo g,count && for n in {0..200}; do echo "g$n,$((n * n % 317))"; done; } >many.csv
    round many.csv
    cp out once.csv
    cp out wanted
    gives once.csv <wanted
}

# Makes `key`, and `other` which is another.
make_keys() {
    (umask 077 && echo 'a key of nobody, made up here' >key && echo 'one more key made up here' >other)
}

@test "round: R-RND-1 up and down go to the multiple beside, and multiples stay" {
    printf 'g,count\na,0\nb,1\nc,4\nd,5\ne,6\n' >counts.csv
    gives --method up counts.csv <<'END'
g,count
a,0
b,5
c,5
d,5
e,10
END
    gives --method down counts.csv <<'END'
g,count
a,0
b,0
c,0
d,5
e,5
END
    fails "--method is nearest, up, down, random, controlled, small or adjust, not 'sideways' (try --help)" --method sideways counts.csv
}

@test "round: R-RND-1 random rounding is the same in every run, by fingerprint, and the key is told to nobody" {
    make_keys
    { echo g,count && for n in {0..99}; do echo "g$n,$n"; done; } >counts.csv
    round --method random --key-file key counts.csv
    [ "$status" = 0 ]
    cp out first
    grep -qx 'ddg-round: --method random needs departmental approval (R-RND-1)' err
    grep -qxE 'ddg-round: drawn from the key with the fingerprint [0-9a-f]{16}' err
    ! grep -qE 'nobody|made' err out || return 1
    # each is beside its count, multiples stay, and of the others some go up and some down
    paste -d, counts.csv out | awk -F, 'NR > 1 {
        d = $4 - $2
        if ($4 % 5 || d <= -5 || d >= 5) exit 1
        up += d > 0; down += d < 0; stay += d == 0
    } END { exit !(stay == 20 && up > 20 && down > 20) }'
    round -q --method random --key-file key counts.csv
    cmp err /dev/null
    cmp out first
    round -q --method random --key-file other counts.csv
    [ "$status" = 0 ]
    run -1 cmp -s out first
}

@test "round: R-RND-1 a cell is rounded by what it is, wherever its row and its columns stand" {
    make_keys
    {
        echo county,sex,count
        for n in {1..40}; do
            echo "c$n,F,$((n * 7))"
            echo "c$n,M,$((n * 11))"
            echo "c$n,Total,$((n * 18))"
        done
    } >table.csv
    round -q --method random --key-file key table.csv
    sort out >wanted
    # rows the other way round, columns too
    { head -n 1 table.csv && tail -n +2 table.csv | tac; } | awk -F, '{ print $2 "," $1 "," $3 }' >turned.csv
    round -q --method random --key-file key turned.csv
    awk -F, '{ print $2 "," $1 "," $3 }' out | sort | cmp - wanted
    # a table by county alone has the same totals
    grep -E 'county|Total' table.csv | cut -d, -f1,3 >margin.csv
    round -q --method random --key-file key margin.csv
    sort out | cmp - <(grep -E 'county|Total' wanted | cut -d, -f1,3)
    # a total that nobody adds up is a label like others
    round -q --by sex --method random --key-file key table.csv
    run -1 cmp -s <(sort out) wanted
}

@test "round: a key that others can read, a short one, or one too few or too many is an error" {
    make_keys
    printf 'g,count\na,7\n' >table.csv
    fails '--method random wants a --key-file (try --help)' --method random table.csv
    fails '--key-file without --method random (try --help)' --key-file key table.csv
    fails 'nowhere: No such file or directory' --method random --key-file nowhere table.csv
    chmod 644 key
    fails 'key: a key that others can read (chmod 600)' --method random --key-file key table.csv
    (umask 077 && echo short >short.key)
    fails 'short.key: a key has 16 to 4096 bytes' --method random --key-file short.key table.csv
}

@test "round: what is rounded from a masked table, by whatever method, gives ddg-audit nothing" {
    local how key=()
    make_keys
    cat >masked.csv <<'END'
county,sex,count,annotation
Alpine,Female,,1
Alpine,Male,,1
Alpine,Total,34,
Inyo,Female,,1
Inyo,Male,,1
Inyo,Total,56,
Total,Female,29,
Total,Male,61,
Total,Total,90,
END
    for how in nearest up down random controlled; do
        key=()
        [ "$how" != random ] || key=(--key-file key)
        round -q --method "$how" "${key[@]}" masked.csv
        [ "$status" = 0 ]
        cp out rounded.csv
        "${round%round}audit" -q --codes merged --rounded "5:$how" rounded.csv
    done
}

# A table of two or three dimensions, made of a number, with all totals.
make_table() {
    awk -v seed="$1" -v dims="$(($1 % 2 + 2))" 'function draw(below) {
        seed = (seed * 1103515245 + 12345) % 2147483648
        return int(seed / 65536) % below
    }
    BEGIN {
        for (a = 0; a < 5; a++) for (b = 0; b < 4; b++) for (c = 0; c < (dims > 2 ? 3 : 1); c++) {
            n = draw(10) < 4 ? draw(11) : draw(90)
            for (i = 0; i < 8; i++) {
                if (dims == 2 && i % 2) continue
                cell = (int(i / 4) ? "Total" : "a" a) "," (int(i / 2) % 2 ? "Total" : "b" b)
                if (dims > 2) cell = cell "," (i % 2 ? "Total" : "c" c)
                if (!(cell in sum)) order[count++] = cell
                sum[cell] += n
            }
        }
        print (dims > 2 ? "a,b,c,count" : "a,b,count")
        for (i = 0; i < count; i++) print order[i] "," sum[order[i]]
    }'
}

@test "round: ddg-audit --rounded finds nothing in what ddg-suppress masked and ddg-round rounded" {
    local seed base how key
    make_keys
    for seed in 1 2 3 4; do
        base=$((3 + 2 * (seed % 3)))
        make_table "$seed" >table.csv
        "${round%round}suppress" -q table.csv >masked.csv
        grep -q ',1,' masked.csv
        for how in nearest up down random controlled; do
            key=()
            [ "$how" != random ] || key=(--key-file key)
            round -q --to "$base" --method "$how" "${key[@]}" masked.csv
            [ "$status" = 0 ]
            cp out rounded.csv
            [ "$how" != controlled ] || how=controlled:1
            "${round%round}audit" -q --codes merged --rounded "$base:$how" rounded.csv
        done
    done
}

# What ddg-round says of a method when it is done.
approval_of() {
    echo "ddg-round: --method $1 needs departmental approval (R-RND-1)"
}

@test "round: R-RND-1 controlled rounding adds up, in hierarchies too, as near as can be" {
    printf 'child,parent\nAlpine,Sierra\nInyo,Sierra\n' >regions.csv
    cat >table.csv <<'END'
county,sex,count
Alpine,F,12
Alpine,M,12
Alpine,Total,24
Inyo,F,7
Inyo,M,0
Inyo,Total,7
Sierra,F,19
Sierra,M,12
Sierra,Total,31
Kern,F,41
Kern,M,44
Kern,Total,85
Total,F,60
Total,M,56
Total,Total,116
END
    round --method controlled --hierarchy county=regions.csv table.csv
    [ "$status" = 0 ]
    approval_of controlled | diff - err
    diff - out <<'END'
county,sex,count
Alpine,F,15
Alpine,M,10
Alpine,Total,25
Inyo,F,5
Inyo,M,0
Inyo,Total,5
Sierra,F,20
Sierra,M,10
Sierra,Total,30
Kern,F,40
Kern,M,45
Kern,Total,85
Total,F,60
Total,M,55
Total,Total,115
END
}

# Each plane of this cube has one unit of base 2 to give, and no two corners may share one.
make_cube() {
    echo a,b,c,count
    for cell in 0,0,0 0,1,1 1,0,1 1,1,0; do echo "$cell,1"; done
    for cell in 1,1,1 1,0,0 0,1,0 0,0,1; do echo "$cell,0"; done
    for i in 0 1; do
        for j in 0 1; do printf '%s\n' "Total,$i,$j,1" "$i,Total,$j,1" "$i,$j,Total,1"; done
        printf '%s\n' "$i,Total,Total,2" "Total,$i,Total,2" "Total,Total,$i,2"
    done
    echo Total,Total,Total,4
}

@test "round: R-RND-1 a table that no multiples fit is refused, and not one that does not add up" {
    make_cube >cube.csv
    fails 'cube.csv: no multiples that add up were found as near to the counts as --within 0 asks; 1 would do' --method controlled --within 0 --to 2 cube.csv
    round -q --method controlled --to 3 cube.csv
    [ "$status" = 0 ]
    printf 'g,count\na,7\nb,7\nTotal,15\n' >wrong.csv
    fails 'wrong.csv:4: a total and its parts disagree: g=Total (parts by g)' --method controlled wrong.csv
    printf 'g,count\na,\nTotal,15\n' >blank.csv
    fails "blank.csv:2: column 'count': blank, and no annotation says why" --method controlled blank.csv
    printf 'g,count\na,18446744073709551615\n' >large.csv
    fails 'large.csv: a count is too large to be rounded' --method controlled --to 1000000000 large.csv
}

@test "round: R-RND-1 a multiple moves by one base where nothing else adds up, never a zero, and that is said" {
    make_cube >cube.csv
    round --method controlled --to 2 cube.csv
    [ "$status" = 0 ]
    grep -Eqx 'ddg-round: note: [1-9] counts moved by 2 or more, up to 2: ddg-audit wants --rounded 2:controlled:1' err
    paste -d, cube.csv out | awk -F, 'NR > 1 && ($8 % 2 || $8 - $4 > 2 || $4 - $8 > 2 || ($4 == 0 && $8)) { exit 1 }'
    awk -F, '$1 != "Total" && $2 != "Total" && $3 != "Total" { inner += $4 } END { exit inner != $4 }' out
    fails '--within is for --method controlled and adjust (try --help)' --within 2 cube.csv
}

@test "round: controlled rounding keeps totals of distinct persons between their bounds" {
    { echo g,persons && printf '%s\n' a,11 b,11 c,11 d,11 Total,43; } >persons.csv
    round -q --method controlled persons.csv
    [ "$status" = 0 ]
    awk -F, 'NR > 1 && $1 != "Total" { sum += $2 } $1 == "Total" { exit !($2 <= sum && ($2 == 40 || $2 == 45)) }' out
    # a total beside its largest part does not fall below it
    printf 'g,persons\na,14\nb,11\nTotal,14\n' >persons.csv
    round -q --method controlled persons.csv
    [ "$(sed -n 2p out)" = a,15 ]
    [ "$(sed -n 4p out)" = Total,15 ]
}

@test "round: R-RND-1 adjustment puts safe numbers in place of suppressed counts, and totals stay" {
    cat >masked.csv <<'END'
county,sex,count,annotation,annotation_description,rate
Alpine,F,,1,small number or complementary,
Alpine,M,,1,small number or complementary,
Alpine,Total,34,,,3.4
Inyo,F,,1,small number or complementary,
Inyo,M,,1,small number or complementary,
Inyo,Total,56,,,5.6
Kern,F,40,,,4.0
Kern,M,0,,,0.0
Kern,Total,40,,,4.0
Total,F,69,,,6.9
Total,M,61,,,6.1
Total,Total,130,,,13.0
END
    round --method adjust masked.csv
    [ "$status" = 0 ]
    approval_of adjust | diff - err
    diff - out <<'END'
county,sex,count,annotation,annotation_description,rate,adjusted
Alpine,F,14,,"adjusted, not the count itself",,1
Alpine,M,20,,"adjusted, not the count itself",,1
Alpine,Total,34,,,3.4,0
Inyo,F,15,,"adjusted, not the count itself",,1
Inyo,M,41,,"adjusted, not the count itself",,1
Inyo,Total,56,,,5.6,0
Kern,F,40,,,4.0,0
Kern,M,0,,,0.0,0
Kern,Total,40,,,4.0,0
Total,F,69,,,6.9,0
Total,M,61,,,6.1,0
Total,Total,130,,,13.0,0
END
}

@test "round: R-RND-1 adjustment takes from shown counts where it must, never from totals, and says where" {
    printf 'g,count,annotation\na,,1\nb,,1\nc,20,\nTotal,27,\n' >masked.csv
    round -q --method adjust masked.csv
    [ "$status" = 0 ]
    awk -F, 'NR > 1 && $1 != "Total" { sum += $2; if ($2 > 0 && $2 < 11) exit 1 }
        $1 == "c" && $4 != ($2 != 20) { exit 1 }
        $1 == "Total" { exit !(sum == 27 && $2 == 27 && $4 == 0) }' out
    # small counts are masked first, since not every neighbour of them may stay as it is
    printf 'g,count\na,3\nb,20\nTotal,23\n' >small.csv
    fails "small.csv:2: column 'count': a small count is shown: ddg-suppress finds what else has to be adjusted with it" --method adjust small.csv
    printf 'g,count,annotation\na,,1\nb,,1\nTotal,9,5\n' >none.csv
    fails "none.csv:4: column 'count': a small count is shown: ddg-suppress finds what else has to be adjusted with it" --method adjust none.csv
    printf 'g,count,annotation,adjusted\na,,1,\nTotal,20,,\n' >twice.csv
    fails "twice.csv: there is a column 'adjusted' already" --method adjust twice.csv
}

@test "round: R-RND-1 adjustment that the totals are in the way of says by how much they have to move" {
    cat >masked.csv <<'END'
g,h,count,annotation
a,x,,1
a,y,,1
a,Total,12,
b,x,,1
b,y,,1
b,Total,13,
Total,x,14,
Total,y,11,
Total,Total,25,
END
    round --method adjust masked.csv
    [ "$status" = 2 ]
    grep -Eqx 'ddg-round: masked.csv: no safe numbers were found that add up to the totals that are shown; with --within [12], which lets totals change by so many, there are some' err
    round -q --method adjust --within 2 masked.csv
    [ "$status" = 0 ]
    paste -d, masked.csv out | awk -F, 'NR == 1 { next }
        $7 > 0 && $7 < 11 { exit 1 }
        $3 != "" && ($7 - $3 > 2 || $3 - $7 > 2 || $9 != ($3 != $7)) { exit 1 }
        $1 != "Total" && $2 != "Total" { inner += $7 }
        END { exit inner != $7 }'
}

@test "round: R-RND-1 rates and amounts of what was adjusted are blank, populations stay" {
    printf '%s\n' g,count,rate,people,annotation a,,,700,1 b,,,800,1 c,20,2.0,1000, Total,27,2.7,2500, >masked.csv
    round -q --method adjust masked.csv
    [ "$status" = 0 ]
    awk -F, 'NR > 1 && (($3 == "") != ($6 == 1) || $4 == "") { exit 1 }
        $1 == "c" && $6 != 1 { exit 1 }
        $1 == "Total" && $3 != 2.7 { exit 1 }' out
}

@test "round: percentages are of the total along a dimension, exact, halves up" {
    printf 'county,sex,count\nInyo,F,1201\nInyo,M,799\nInyo,Total,2000\nKern,F,81\nKern,M,7919\nKern,Total,8000\n' >cases.csv
    gives --percent --of sex cases.csv <<'END'
county,sex,percent
Inyo,F,60
Inyo,M,40
Inyo,Total,100
Kern,F,1
Kern,M,99
Kern,Total,100
END
    # without --of they are of the whole table, whose total need not be printed
    round --percent cases.csv
    [ "$(cut -d, -f3 out | paste -sd,)" = percent,12,8,20,1,79,80 ]
    # 60.05 is a half and goes up, 9.95 is one and goes up: no binary fraction holds them
    printf 'g,count\na,12010\nb,6000\nc,1990\n' >cases.csv
    gives --percent --digits 1 cases.csv <<'END'
g,percent
a,60.1
b,30.0
c,10.0
END
    # two halves that go up give both counts away, since their sum is known
    printf 'g,count\na,12010\nb,7990\n' >cases.csv
    fails 'cases.csv: rates with --digits 1 leave fewer than 2 possible counts to g=a: try --digits 0, or --safe, which takes digits where they tell too much' \
        --percent --digits 1 --to 2 cases.csv
}

@test "round: rates are of the population, from a column or a file, and other columns stay" {
    printf 'county,count,population,note\nInyo,120,19016,x\nKern,8500,901000,y\n' >cases.csv
    gives --rate-per 1000 --population population --digits 0 cases.csv <<'END'
county,rate,population,note
Inyo,6,19016,x
Kern,9,901000,y
END
    printf 'county,population\nInyo,19016\nKern,901000\n' >people.csv
    gives --rate-per 1000 --population people.csv cases.csv <<'END'
county,rate,population,note
Inyo,6,19016,x
Kern,9,901000,y
END
    gives --percent --population population --digits 1 cases.csv <<'END'
county,percent,population,note
Inyo,0.6,19016,x
Kern,0.9,901000,y
END
}

@test "round: digits that tell counts are refused with what would do, or --safe takes fewer" {
    printf 'county,count,population\nInyo,120,19016\nKern,8500,901000\n' >cases.csv
    fails 'cases.csv: rates with --digits 2 leave fewer than 5 possible counts to county=Inyo: try --digits 1, or --safe, which takes digits where they tell too much' \
        --percent --population population --digits 2 cases.csv
    round --percent --population population --digits 2 --safe cases.csv
    [ "$status" = 0 ]
    echo 'ddg-round: note: 1 rates have fewer digits than 2, as their populations are too small for more: the first is county=Inyo, with 1' | cmp - err
    # a small county does not cost the others their digits
    [ "$(cut -d, -f2 out | paste -sd,)" = percent,0.6,0.94 ]
    # as coarse as multiples of 2 would be is finer
    round --percent --population population --digits 2 --to 2 cases.csv
    [ "$(cut -d, -f2 out | paste -sd,)" = percent,0.63,0.94 ]
    printf 'county,count,population\nInyo,12,300\n' >cases.csv
    fails 'cases.csv: rates, even without digits, leave fewer than 5 possible counts to county=Inyo: try --safe, which leaves such rates out, or --to 3' \
        --percent --population population cases.csv
    # the county that is in the way of every number of digits, not one before it
    printf 'county,count,population\nKern,1200,6000\nInyo,12,300\n' >both.csv
    fails 'both.csv: rates, even without digits, leave fewer than 5 possible counts to county=Inyo: try --safe, which leaves such rates out, or --digits 0 --to 3' \
        --percent --population population --digits 2 both.csv
    # which has no rate then, whatever its count is
    for count in 0 3 12; do
        sed -i "s/^Inyo,[0-9]*/Inyo,$count/" both.csv
        round --percent --population population --digits 2 --safe both.csv
        [ "$status" = 0 ]
        cmp - err <<'END'
ddg-round: note: 1 rates have fewer digits than 2, as their populations are too small for more: the first is county=Kern, with 0
ddg-round: note: 1 counts have no rate, as their populations are under 801: the first is county=Inyo
END
        printf 'county,percent,population\nKern,20,6000\nInyo,,300\n' | cmp - out
    done
}

@test "round: what --safe says is said only of what there is" {
    printf 'county,count,population\nKern,1200,600000\nInyo,12,300\n' >cases.csv
    round --percent --population population --safe cases.csv
    echo 'ddg-round: note: 1 counts have no rate, as their populations are under 801: the first is county=Inyo' | cmp - err
    # 801 it takes, 800 are too few
    printf 'county,count,population\nKern,120,801\nInyo,120,800\n' >cases.csv
    round --percent --population population --safe cases.csv
    [ "$(cut -d, -f2 out | paste -sd,)" = percent,15, ]
    printf 'county,count,population\nKern,1200,600000\nInyo,12,90000\n' >cases.csv
    round --percent --population population --safe cases.csv
    cmp err /dev/null
    # large populations whose lines say too much of each other
    printf 'g,count\na,2993\nb,2993\nc,3014\n' >lines.csv
    round --percent --digits 1 --safe lines.csv
    [ "$(paste -sd' ' out)" = 'g,percent a,33 b,33 c,33' ]
    echo 'ddg-round: note: rates have 0 digits at the most, not 1: totals and their parts would tell too much of each other' | cmp - err
}

@test "round: R-SUP-10 a rate that is left out has code 3, whatever the count is, and what there was to say stays" {
    for count in 0 3 12 250; do
        printf 'county,count,population,annotation,annotation_description\nKern,1200,6000,,\nInyo,%s,300,0,\nMono,,300,1,small\nAlpine,40,300,5,late\nYolo,40,,,\n' "$count" >codes.csv
        round -q --percent --population population --safe codes.csv
        [ "$status" = 0 ]
        diff - out <<'END'
county,percent,population,annotation,annotation_description
Kern,20,6000,,
Inyo,,300,3,no rate: the population is too small
Mono,,300,1,small
Alpine,,300,5,late
Yolo,,,3,"no rate: what it would be of is 0, hidden or unknown"
END
    done
    "${round%round}audit" -q --codes merged --count percent --keep population --rate percent:100:population out
    # of two count columns with one annotation either
    printf 'g,died,cases,died_annotation,cases_annotation\na,300,3000,-,\nb,300,3000,,-\n' >two.csv
    round -q --percent --safe --unannotated - --count died,cases two.csv
    [ "$(paste -sd' ' out)" = 'g,died_percent,cases_percent,died_annotation,cases_annotation a,,50,3, b,,50,3,-' ]
    # a table without annotations gets none
    printf 'g,count\na,30\nb,30\n' >none.csv
    round -q --percent --safe none.csv
    [ "$(paste -sd' ' out)" = 'g,percent a, b,' ]
}

@test "round: a dimension that the population file lacks is named" {
    printf 'county,sex,age,count\nInyo,F,0-17,1200\nKern,F,18+,8500\nInyo,M,0-17,2000\n' >cases.csv
    printf 'county,population\nInyo,19016\nKern,901000\n' >people.csv
    round --rate-per 1000 --population people.csv cases.csv
    [ "$status" = 0 ]
    echo "ddg-round: note: people.csv has no column 'sex' or 'age': every category of it is taken to have the population of all" | cmp - err
    round -q --rate-per 1000 --population people.csv cases.csv
    cmp err /dev/null
    # no dimension of rates of a column, nor of files that have all
    printf 'county,sex,age,population\nInyo,F,0-17,9016\nKern,F,18+,401000\nInyo,M,0-17,9000\n' >people.csv
    round --rate-per 1000 --population people.csv cases.csv
    [ "$status" = 0 ] && cmp err /dev/null
}

@test "round: a category that the population file lacks is named, with what has no rate for it" {
    printf 'county,sex,count\nInyo,F,1200\nInyo,M,1300\nInyo,Unknown,40\nInyo,Total,2540\nKern,F,8500\nKern,M,8500\nKern,Total,17000\n' >cases.csv
    printf 'county,sex,population\nInyo,F,9000\nInyo,M,10016\nKern,F,450000\nKern,M,450000\n' >people.csv
    round --rate-per 100 --population people.csv cases.csv
    [ "$status" = 0 ]
    cmp - err <<'END'
ddg-round: note: 3 counts have no rate: what it would be of is 0, hidden or unknown: the first is county=Inyo, sex=Unknown
ddg-round: note: people.csv has no population of sex=Unknown: totals over it have one only where they have a row there
END
    [ "$(cut -d, -f3 out | paste -sd,)" = rate,13,13,,,2,2, ]
    # totals of its own do
    printf 'Inyo,Total,19016\nKern,Total,900000\n' >>people.csv
    round --rate-per 100 --population people.csv cases.csv
    [ "$(cut -d, -f3 out | paste -sd,)" = rate,13,13,,13,2,2,2 ]
    # a row that the file lacks, of categories that it has elsewhere
    printf 'Mono,F,5000\n' | cat people.csv - >more.csv
    printf 'Mono,F,500\nMono,M,500\n' | cat cases.csv - | grep -v Unknown >rows.csv
    sed -i '/Inyo,Total/d' rows.csv
    round --rate-per 100 --population more.csv rows.csv
    echo 'ddg-round: note: 1 counts have no rate: what it would be of is 0, hidden or unknown: the first is county=Mono, sex=M' | cmp - err
}

@test "round: a reader of rates knows that halves go up" {
    # 202 of 400 would be 51 percent: 198 to 201 are left, and 199 to 201 where two are half
    printf 'sex,count\nFemale,200\nMale,200\nTotal,400\n' >halves.csv
    for base in 5 4; do
        fails "halves.csv: rates, even without digits, leave fewer than $base possible counts to sex=Female: try --safe, which leaves such rates out, or --to 3" \
            --percent --to "$base" halves.csv
    done
    gives --percent --to 3 halves.csv <<'END'
sex,percent
Female,50
Male,50
Total,100
END
    printf 'county,count,population\nInyo,200,400\n' >halves.csv
    fails 'halves.csv: rates, even without digits, leave fewer than 5 possible counts to county=Inyo: try --safe, which leaves such rates out, or --to 4' \
        --percent --population population halves.csv
}

@test "round: what lines make of rates counts, too" {
    # by themselves the rates leave 5 counts to each, the known total fewer
    printf 'g,count\na,167\nb,167\nc,167\n' >thirds.csv
    fails 'thirds.csv: rates, even without digits, leave fewer than 5 possible counts to g=a: try --safe, which leaves such rates out' \
        --percent thirds.csv
    printf 'g,count\na,167\nb,167\nc,168\nd,498\n' >thirds.csv
    round --percent thirds.csv
    [ "$status" = 0 ]
}

@test "round: what count columns make of each other's rates counts, too" {
    # 151 or 152 of each, since both together are 303 at least
    printf 'county,women,men,all,population\nInyo,152,152,304,500\n' >columns.csv
    fails 'columns.csv: rates, even without digits, leave fewer than 5 possible counts to county=Inyo: try --safe, which leaves such rates out, or --to 2' \
        --percent --population population --count women,men,all columns.csv
    sed -i 's/304/306/' columns.csv
    round --percent --population population --count women,men,all columns.csv
    [ "$status" = 0 ]
}

@test "round: what a count has beyond another adds up along lines, and tells of the rates of both" {
    # three cases did not die: nowhere more, so that of 231..250 deaths and 251..270 cases few are left
    printf 'county,died,cases\nInyo,249,251\nKern,1100,1101\nMono,652,652\n' >cases.csv
    # the total need not be printed for it, nor need the row of Kern be shown
    round --percent --to 4 --count died,cases cases.csv
    [ "$status" = 2 ] && [[ $(cat err) = *' leave fewer than 4 possible counts to county=Inyo: try '* ]]
    printf 'Total,2001,2004\n' >>cases.csv
    sed 's/^Kern.*/Kern,S,S/' cases.csv >hidden.csv
    for table in cases.csv hidden.csv; do
        round --percent --to 4 --hidden S --count died,cases "$table"
        [ "$status" = 2 ] && [[ $(cat err) = *' leave fewer than 4 possible counts to county=Inyo: try '* ]]
    done
    round --percent --to 3 --count died,cases cases.csv
    [ "$status" = 0 ]
    # where a hidden row has to be otherwise nothing is taken for granted of it
    sed 's/^Mono.*/Mono,652,662/' hidden.csv >otherwise.csv
    round --percent --hidden S --count died,cases otherwise.csv
    [ "$status" = 0 ]
    # women and men are all but a few, of whom no column is
    printf 'g,women,men,all,people\na,152,152,305,500\nb,900,801,1702,5000\n' >others.csv
    round --percent --population people --count women,men,all others.csv
    [ "$status" = 0 ]
    # 153 or 154 of each, since both together are 307 at the most
    sed -i 's/152,152,305/153,153,307/' others.csv
    round --percent --population people --count women,men,all others.csv
    [ "$status" = 2 ] && [[ $(cat err) = *' to g=a: try '* ]]
}

@test "round: what the texts of hidden counts say is known, too" {
    # by its rate a is 676 to 682, and both others together are 20 at most
    printf 'g,count\na,682\nb,<11\nc,<11\nTotal,700\n' >texts.csv
    fails 'texts.csv: rates, even without digits, leave fewer than 5 possible counts to g=a: try --safe, which leaves such rates out, or --to 3' \
        --percent --range '<11=1..10' texts.csv
    round --percent --to 3 --range '<11=1..10' texts.csv
    [ "$status" = 0 ]
    round --percent --hidden '<11' texts.csv
    [ "$status" = 0 ]
}

@test "round: R-SUP-5 a suppressed count has no rate, nor has what is a share of one" {
    cat >masked.csv <<'END'
county,sex,count,annotation
Inyo,F,,1
Inyo,M,,1
Inyo,Total,2000,
Kern,F,1500,
Kern,M,,1
Kern,Total,,1
Yolo,F,0,
Yolo,M,0,
Yolo,Total,0,
END
    round --percent --of sex masked.csv
    [ "$status" = 0 ]
    echo 'ddg-round: note: 4 counts have no rate: what it would be of is 0, hidden or unknown: the first is county=Kern, sex=F' | cmp - err
    diff - out <<'END'
county,sex,percent,annotation
Inyo,F,,1
Inyo,M,,1
Inyo,Total,100,
Kern,F,,3
Kern,M,,1
Kern,Total,,1
Yolo,F,,3
Yolo,M,,3
Yolo,Total,,3
END
}

@test "round: ddg-audit finds as many values behind rates as were asked for" {
    { echo g,count,population && for n in {1..40}; do echo "g$n,$((n * n * 3)),$((n * 700 + 4000))"; done; } >cases.csv
    round --percent --population population --digits 1 --to 4 cases.csv
    [ "$status" = 0 ]
    # the counts go, the rates and populations stay
    awk -F, 'NR == 1 { print "g,count,annotation,percent,population"; next }
        { print $1 ",,1," $2 "," $3 }' out >published.csv
    "${round%round}audit" -q --codes merged --keep percent,population --knows sums --min-values 4 --rate percent:100:population published.csv
    run -1 "${round%round}audit" -q --codes merged --keep percent,population --knows sums --min-values 12 --rate percent:100:population published.csv
}

# The example of the manual that has a text.
example_of() {
    awk -v text="$1" '/^\.Bd/ { block = ""; inside = 1; next }
        /^\.Ed/ { inside = 0; if (index(block, text)) printf "%s", block; next }
        inside { gsub(/\\e/, "\\"); block = block $0 "\n" }' "$BATS_TEST_DIRNAME/../man/ddg-round.1"
}

@test "round: the attacks of the manual on rates and percentages are run as they stand there, and can find something" {
    cat >masked.csv <<'END'
county,sex,count,annotation,annotation_description,people
Inyo,F,,1,small number or complementary,20000
Inyo,M,,1,small number or complementary,20000
Inyo,Total,2000,,,40000
Kern,F,1513,,,30000
Kern,M,2521,,,30000
Kern,Total,4034,,,60000
Mono,F,20,,,30000
Mono,M,3111,,,30000
Mono,Total,3131,,,60000
END
    PATH=${round%/*}:$PATH
    local what file
    for what in rate-per percent=count; do
        file=rates.csv
        [ "$what" = rate-per ] || file=percent.csv
        example_of "$what" >attack.sh
        [ "$(grep -c ddg- attack.sh)" = 2 ]
        env -i PATH="$PATH" LC_ALL=C bash -e attack.sh >out 2>err
        [ "$(wc -l <out)" = 1 ]
        # fewer digits and totals leave less
        sed -i 's/--min-values 5/--min-values 50/' attack.sh
        run -1 --separate-stderr env -i PATH="$PATH" LC_ALL=C bash -e attack.sh
        grep -q ',Kern,F,narrowed' <<<"$output"
        run -1 grep -q ',Kern,Total,recovered' <<<"$output"
        # two digits more tell the counts
        [ "$what" = rate-per ] || continue
        sed -i 's/^Kern,F,50,/Kern,F,50.433,/' "$file"
        run -1 --separate-stderr env -i PATH="$PATH" LC_ALL=C bash -c "$(tail -n 2 attack.sh)"
        grep -q ',Kern,F,recovered' <<<"$output"
    done
}

@test "round: a percentage that is left out is no hidden count to who attacks with its total" {
    printf 'g,count,annotation\na,300,\nb,,1\nTotal,700,\n' >masked.csv
    round -q --percent --safe masked.csv
    cp out percent.csv
    printf 'g,count,annotation\nTotal,700,\n' >totals.csv
    [ "$(paste -sd' ' percent.csv)" = 'g,percent,annotation a,,3 b,,1 Total,,3' ]
    run -0 --separate-stderr "${round%round}audit" --codes merged --count percent,count --link percent=count --rate 'percent:100:of g' percent.csv totals.csv
    [ "$output" = line,measure,g,status,how ]
    # a hidden one is
    printf 'g,count,annotation\nTotal,700,\nb,400,\n' >totals.csv
    run -1 --separate-stderr "${round%round}audit" --codes merged --count percent,count --link percent=count --rate 'percent:100:of g' percent.csv totals.csv
    grep -q ',b,recovered,' <<<"$output"
}

@test "round: several count columns of rates are attacked together" {
    printf 'county,persons,events,people\nInyo,1000,1003,20000\nKern,5000,6003,90000\n' >events.csv
    round --rate-per 1000 --population people events.csv
    cp out rates.csv
    audit=${round%round}audit
    "$audit" -q --count persons_rate,events_rate --keep people --rate persons_rate:1000:people --rate events_rate:1000:people --min-values 5 rates.csv
    # 1000 of 20000 are 50.00, 1003 are 50.15
    sed -i 's/Inyo,50,50,/Inyo,50.000,50.150,/' rates.csv
    run -1 --separate-stderr "$audit" --count persons_rate,events_rate --keep people --rate persons_rate:1000:people --rate events_rate:1000:people rates.csv
    [ "$(grep -c ',Inyo,recovered' <<<"$output")" = 2 ]
}

@test "round: options of rates, percentages and counts that exclude each other are an error" {
    printf 'g,count,population\na,700,90000\n' >cases.csv
    fails '--percent, --rate-per and --whole-percent exclude each other (try --help)' --percent --whole-percent cases.csv
    fails '--method is for counts (try --help)' --percent --method up cases.csv
    fails '--rate-per wants a --population (try --help)' --rate-per 1000 cases.csv
    fails '--of is for --percent without --population (try --help)' --percent --of g --population population cases.csv
    fails '--population, --digits and --safe are for --percent and --rate-per (try --help)' --digits 1 cases.csv
    fails "--digits is a whole number from 0 to 9, not '-1' (try --help)" --percent --digits -1 cases.csv
    fails "cases.csv: --of: no dimension is called 'h' (of nested columns the top one is wanted) (try --help)" --percent --of h cases.csv
}

@test "round: R-PCT-1 example 5 of the guideline, without a count in the output" {
    gives --whole-percent sexes.csv <<'END'
sex,percent,footnote
Male,50%,
Female,50%,
Intersex,<1%,"<1%: more than none and fewer than 1 in 100; percentages are rounded to whole percent and counts are not shown, in accordance with the CalHHS DDG Edition 2.0"
Total,100%,
END
}

@test "round: R-PCT-1 a total of 1,099 is refused, 1,100 is accepted, printed or not" {
    local message='the total is too small for whole percentages (R-PCT-1)'
    printf 'sex,count\nMale,545\nFemale,544\nIntersex,10\nTotal,1099\n' >few.csv
    fails "few.csv: $message: sex=Total" --whole-percent few.csv
    printf 'sex,count\nMale,545\nFemale,544\nIntersex,10\n' >few.csv
    fails "few.csv: $message: sex=Total" --whole-percent few.csv
    printf 'sex,count\nMale,545\nFemale,545\nIntersex,10\n' >enough.csv
    gives --whole-percent enough.csv <<'END'
sex,percent,footnote
Male,50%,
Female,50%,
Intersex,<1%,"<1%: more than none and fewer than 1 in 100; percentages are rounded to whole percent and counts are not shown, in accordance with the CalHHS DDG Edition 2.0"
END
}

@test "round: R-PCT-1 the total that is enough follows the threshold" {
    printf 'sex,count\nMale,700\nFemale,790\nIntersex,10\n' >some.csv
    gives --whole-percent --threshold 15 some.csv <<'END'
sex,percent,footnote
Male,47%,
Female,53%,
Intersex,<1%,"<1%: more than none and fewer than 1 in 100; percentages are rounded to whole percent and counts are not shown, in accordance with the CalHHS DDG Edition 2.0"
END
    printf 'sex,count\nMale,700\nFemale,789\nIntersex,10\n' >some.csv
    fails 'some.csv: the total is too small for whole percentages (R-PCT-1): sex=Total' \
        --whole-percent --threshold 15 some.csv
}

@test "round: R-PCT-1 two small categories are refused" {
    printf 'sex,count\nMale,10\nFemale,1090\nIntersex,10\n' >two.csv
    fails 'two.csv: more than one category is small (R-PCT-1): sex=Total' --whole-percent two.csv
}

@test "round: R-PCT-1 a variable of two or of four categories is refused" {
    printf 'sex,count\nMale,1000\nFemale,5\n' >two.csv
    fails "two.csv: whole percentages are for a variable of three categories (R-PCT-1), 'sex' has 2" \
        --whole-percent two.csv
    printf 'sex,count\na,1000\nb,1000\nc,5\nd,1000\nTotal,3005\n' >four.csv
    fails "four.csv: whole percentages are for a variable of three categories (R-PCT-1), 'sex' has 4" \
        --whole-percent four.csv
}

@test "round: R-PCT-1 a table with another count of the variable is refused" {
    local message='a count of the variable stands elsewhere in the table (R-PCT-1)'
    printf 'sex,persons,events\nMale,545,600\nFemale,545,600\nIntersex,10,12\nTotal,1100,1212\n' >two.csv
    fails "two.csv: column 'events': $message" --whole-percent two.csv
    sed -i 1s/events/Events/ two.csv
    for name in persons Events; do
        round --whole-percent --dims sex --count "$name" two.csv
        [ "$status" = 2 ]
        grep -qF "': $message" err
    done
    printf 'sex,a,b\nMale,545,600\nFemale,545,600\nIntersex,10,12\n' >two.csv
    fails "two.csv: column 'b': $message" --whole-percent --count a,b two.csv
}

@test "round: R-PCT-1 a masked table is refused" {
    printf 'sex,count,annotation\nMale,545,\nFemale,545,\nIntersex,,1\nTotal,1100,\n' >masked.csv
    fails "masked.csv:4: column 'count': suppressed already: the unmasked table is wanted" \
        --whole-percent masked.csv
}

@test "round: R-PCT-1 percentages are of the group that the other dimensions make" {
    cat >groups.csv <<'END'
county,sex,count,cost
Kern,Male,1498,8.10
Kern,Female,1498,8.20
Kern,Intersex,4,8.30
Kern,Total,3000,24.60
Yolo,Male,700,1
Yolo,Female,1300,1
Yolo,Intersex,0,1
Yolo,Total,2000,3
END
    gives --whole-percent=sex groups.csv <<'END'
county,sex,percent,footnote
Kern,Male,50%,
Kern,Female,50%,
Kern,Intersex,<1%,"<1%: more than none and fewer than 1 in 100; percentages are rounded to whole percent and counts are not shown, in accordance with the CalHHS DDG Edition 2.0"
Kern,Total,100%,
Yolo,Male,35%,
Yolo,Female,65%,
Yolo,Intersex,0%,
Yolo,Total,100%,
END
    fails '--whole-percent=DIM has to name one of the dimensions (try --help)' \
        --whole-percent groups.csv
    fails "groups.csv: no dimension is called 'age' (try --help)" --whole-percent=age groups.csv
    # one group that is too small refuses the whole table, and nothing was written before
    sed -i '/^Yolo,Female/s/1300/300/; /^Yolo,Total/s/2000/1000/' groups.csv
    fails 'groups.csv: the total is too small for whole percentages (R-PCT-1): county=Yolo, sex=Total' \
        --whole-percent=sex groups.csv
}

@test "round: R-PCT-1 two categories under one percent leave more to each other than who is alone" {
    # what rounds to 100% leaves 12 to both, and 11 of these are of the one that is not small
    for a in 11 1; do
        for total in 2400 2599; do
            printf 'g,count\na,%d\nb,%d\nc,%d\n' "$a" $((12 - a)) $((total - 12)) >two.csv
            fails 'two.csv: two categories under 1% leave too little to each other (R-PCT-1): g=Total' --whole-percent two.csv
        done
    done
    printf 'g,count\na,11\nb,1\nc,2588\n' >two.csv
    round --whole-percent two.csv
    [ "$status" = 0 ]
    [ "$(cut -d, -f2 out | paste -sd,)" = 'percent,<1%,<1%,100%' ]
    # 99% leaves more
    printf 'g,count\na,13\nb,1\nc,2386\n' >two.csv
    round --whole-percent two.csv
    [ "$status" = 0 ]
}

@test "round: R-PCT-1 halves of a percent go up, and less than one percent is never 0%" {
    printf 'g,count\na,1250\nb,8749\nc,1\n' >halves.csv
    # 12.5, 87.49 and 0.01 percent of 10,000
    gives --whole-percent halves.csv <<'END'
g,percent,footnote
a,13%,
b,87%,
c,<1%,"<1%: more than none and fewer than 1 in 100; percentages are rounded to whole percent and counts are not shown, in accordance with the CalHHS DDG Edition 2.0"
END
}

@test "round: a table that stays in order keeps its delimiter, quotes and line breaks" {
    printf '"a, b"\tcount\r\n"x\n""y"""\t8\r\nz,\t2' >odd.tsv
    printf 'a, b\tcount\n"x\n""y"""\t10\nz,\t0\n' >wanted
    gives -d tab odd.tsv <wanted
}

@test "round: options can stand in a table file" {
    printf 'count n\nthreshold 11\nhierarchy g=nowhere.csv\n' >table.conf
    printf 'g,n\na,8\n' >n.csv
    gives --table table.conf n.csv <<'END'
g,n
a,10
END
}

@test "round: equal input gives equal bytes" {
    round sexes.csv
    cp out first
    for _ in 1 2 3; do
        round sexes.csv
        cmp out first
    done
}

@test "round: R-RND-1 small counts become 0 or the threshold, others stay, and totals are their sums" {
    printf 'child,parent\nAlpine,Sierra\nInyo,Sierra\n' >regions.csv
    cat >table.csv <<'END'
county,sex,count,note
Alpine,F,4,x
Alpine,M,9,
Alpine,Total,13,
Inyo,F,0,y
Inyo,M,30,
Inyo,Total,30,
Sierra,F,4,
Sierra,M,39,
Sierra,Total,43,
Kern,F,7,
Kern,M,11,
Kern,Total,18,
Total,F,11,
Total,M,50,
Total,Total,61,
END
    round --method small --hierarchy county=regions.csv table.csv
    [ "$status" = 0 ]
    approval_of small | diff - err
    diff - out <<'END'
county,sex,count,note
Alpine,F,0,x
Alpine,M,11,
Alpine,Total,11,
Inyo,F,0,y
Inyo,M,30,
Inyo,Total,30,
Sierra,F,0,
Sierra,M,41,
Sierra,Total,41,
Kern,F,11,
Kern,M,11,
Kern,Total,22,
Total,F,11,
Total,M,52,
Total,Total,63,
END
    cp out rounded.csv
    "${round%round}audit" -q --hierarchy county=regions.csv rounded.csv
    # what is published by it is no surprise: nothing small is left, and no line is broken
    round -q --method small --hierarchy county=regions.csv rounded.csv
    cmp out rounded.csv
}

@test "round: R-RND-1 small counts go by the threshold, or a base above it" {
    printf 'g,count\na,3\nb,5\nc,25\n' >counts.csv
    round -q --method small --threshold 4 counts.csv
    [ "$(cut -d, -f2 out | paste -sd,)" = count,4,5,25 ]
    round -q --method small --to 30 counts.csv
    [ "$(cut -d, -f2 out | paste -sd,)" = count,0,0,30 ]
    fails '--method small with a --to below the --threshold of 11 would leave small counts (try --help)' \
        --method small --to 5 counts.csv
}

@test "round: R-RND-1 small counts are not rounded where nothing adds up, or something is hidden already" {
    printf 'g,count,annotation\na,,1\nb,25,\nTotal,30,\n' >masked.csv
    fails "masked.csv:2: column 'count': suppressed already: the unmasked table is wanted" --method small masked.csv
    printf 'g,persons\na,8\nb,25\nTotal,30\n' >persons.csv
    fails 'persons.csv:4: persons who count in several parts: what is rounded would not add up: g=Total (parts by g)' \
        --method small persons.csv
    printf 'g,persons\na,8\nb,25\nTotal,33\n' >persons.csv
    round -q --method small persons.csv
    [ "$(cut -d, -f2 out | paste -sd,)" = persons,11,25,36 ]
    # a total of a part without data would be small without the other
    printf 'g,count,annotation\na,,3\nb,10,\nTotal,14,\n' >part.csv
    round -q --method small part.csv
    [ "$status" = 0 ]
    printf 'g,count,annotation\na,,3\nb,3,\nTotal,12,\n' >part.csv
    fails 'part.csv: parts that have no data leave a small total: g=Total' --method small part.csv
    printf 'g,count\na,9007199254740992\nTotal,9007199254740992\n' >large.csv
    fails "large.csv:2: column 'count': too large to be rounded" --method small large.csv
}

@test "round: a small count that ddg-threshold asks a mask of is not rounded, and its columns go" {
    printf 'g,count,numerator_ok,denominator_ok,score,mask,note\na,25,1,1,14,0,x\nb,7,0,1,14,1,\nTotal,32,1,1,14,0,\n' >scored.csv
    local message='ddg-threshold asks for a mask of this row: ddg-suppress comes first'
    printf 'an example of a key' >key
    chmod 600 key
    for how in nearest up down 'random --key-file key'; do
        # shellcheck disable=SC2086 # words
        fails_late "scored.csv:3: column 'mask': $message" --method $how scored.csv
    done
    fails "scored.csv:3: column 'mask': $message" --method controlled scored.csv
    fails "scored.csv:3: column 'mask': $message" --percent scored.csv
    # ways to mask are what is asked for
    round -q --method small scored.csv
    printf 'g,count,note\na,25,x\nb,11,\nTotal,36,\n' | cmp - out
    # nor is what neither asks nor allows a leave
    for word in '' yes 01; do
        sed "s/14,1,/14,$word,/" scored.csv >unclear.csv
        fails_late "unclear.csv:3: column 'mask': $message" unclear.csv
    done
    # where none is asked for, the columns would tell small counts from others still
    sed -i 's/14,1,/14,0,/' scored.csv
    gives scored.csv <<'END'
g,count,note
a,25,x
b,5,
Total,30,
END
    round -q --method controlled scored.csv
    [ "$(head -n 1 out)" = g,count,note ]
    sed -i 's/,32,/,3200,/; s/,7,/,700,/; s/,25,/,2500,/' scored.csv
    round --percent scored.csv
    [ "$(head -n 1 out)" = g,percent,note ]
}

@test "round: the columns of ddg-threshold are known in capitals, too" {
    printf 'g,count,Numerator_OK,denominator_ok,Score,Mask\na,25,1,1,14,0\nb,7,0,1,14,1\n' >scored.csv
    local how message='ddg-threshold asks for a mask of this row: ddg-suppress comes first'
    for how in nearest controlled; do
        fails_late "scored.csv:3: column 'Mask': $message" --method $how scored.csv
    done
    fails "scored.csv:3: column 'Mask': $message" --percent scored.csv
    sed 's/14,1/14,0/' scored.csv >released.csv
    gives released.csv <<'END'
g,count
a,25
b,5
END
    sed 1s/.*/g,count,NUMERATOR_OK,DENOMINATOR_OK,SCORE,MASK/ scored.csv >capitals.csv
    fails_late "capitals.csv:3: column 'MASK': $message" capitals.csv
    printf 'g,count,MASK\na,7,1\n' >alone.csv
    fails_late "alone.csv:2: column 'MASK': $message" alone.csv
}

@test "round: columns that are only called like those of ddg-threshold stay" {
    printf 'mask,count,score\nN95,7,0.8\n1,25,0.9\n' >masks.csv
    gives masks.csv <<'END'
mask,count,score
N95,5,0.8
1,25,0.9
END
    printf 'g,count,mask\na,12,1\nb,7,N95\n' >masks.csv
    gives masks.csv <<'END'
g,count,mask
a,10,1
b,5,N95
END
}
