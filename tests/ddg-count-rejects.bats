#!/usr/bin/env bats
# ddg-count and bad records: what --rejects sets aside, and what it does not.

# shellcheck disable=SC2154 # count.bash sets count

bats_require_minimum_version 1.5.0

setup() {
    load count
    cd "$BATS_TEST_TMPDIR" || return 1
    printf '%s\n' id,place,age,paid p1,A,4,1.5 p2,A,17,2 p3,B,30,1 >good.csv
    # the same records among bad ones
    printf '%s\n' id,place,age,paid p1,A,4,1.5 p9,C p2,A,17,2 'p9,C"c,5,1' 'p9,"C"c,5,1' \
        'p9,"C' 'c"d,5,1' '' p9,C,five,1 ,C,5,1 '   ,C,5,1' p9,C,5, p9,C,5,1e3 p9,C,5,1,1 \
        'p9,Total,5,1' >bad.csv
    printf 'p9,C\0,5,1\np9,C\r,5,1\np3,B,30,1\np9,D,six,1' >>bad.csv
    what=(-g 'place,age:width(10)' --id id --sum paid --totals --complete)
}

# Prints the records of a file of rejects as they were, as the manual says.
restore() {
    python3 -c 'import csv, sys
for row in list(csv.reader(open(sys.argv[1], newline="", encoding="latin-1")))[1:]:
    sys.stdout.buffer.write(row[3].encode("latin-1"))' "$1"
}

@test "rejects: the table is that of the good records alone, and a note says how many were bad" {
    count "${what[@]}" good.csv
    [ "$status" = 0 ]
    cp out wanted
    count "${what[@]}" --rejects aside bad.csv
    [ "$status" = 0 ]
    cmp out wanted
    [ "$(cat err)" = 'ddg-count: 15 bad records were set aside in aside and counted nowhere' ]
    count "${what[@]}" --rejects aside good.csv
    [ "$status" = 0 ]
    cmp out wanted
    cmp err /dev/null
    [ "$(cat aside)" = file,line,reason,record ]
}

@test "rejects: blank lines stand apart from what follows them, whatever that is" {
    printf 'age\n40\n\n\n4,""x\n50\n' >blank.csv
    count -g age --rows --rejects aside blank.csv
    [ "$status" = 0 ]
    [ "$(cat err)" = 'ddg-count: 2 bad records were set aside in aside and counted nowhere' ]
    [ "$(head -n 2 aside)" = "$(printf 'file,line,reason,record\nblank.csv,3,a blank line,"')" ]
    grep -q '^blank.csv,5,' aside
}

@test "rejects: each has its file, its line and its reason" {
    count "${what[@]}" --rejects aside good.csv bad.csv
    [ "$status" = 0 ]
    python3 -c 'import csv
for row in csv.reader(open("aside", newline="", encoding="latin-1")):
    print("|".join(row[:3]).split(" (")[0])' >got
    cmp got - <<'END'
file|line|reason
bad.csv|3|2 fields where the header has 4
bad.csv|5|field 2: a quote where none may stand
bad.csv|6|field 2: a quote where none may stand
bad.csv|7|field 2: a quote where none may stand
bad.csv|9|a blank line
bad.csv|10|column 'age': not a whole number
bad.csv|11|column 'id': blank, where a person's identifier is wanted
bad.csv|12|column 'id': blank, where a person's identifier is wanted
bad.csv|13|column 'paid': blank, where an amount is wanted
bad.csv|14|column 'paid': not a decimal number
bad.csv|15|5 fields where the header has 4
bad.csv|16|column 'place': a value that reads as the label of totals
bad.csv|17|a NUL byte
bad.csv|18|a carriage return that no line feed follows
bad.csv|20|column 'age': not a whole number
END
}

@test "rejects: records come out byte for byte, and belong to their owner alone" {
    count "${what[@]}" --rejects aside bad.csv
    [ "$(stat -c %a aside)" = 600 ]
    restore aside >bytes
    grep -avxFf good.csv bad.csv | cmp - <(cat bytes && echo)
}

@test "rejects: what was set aside can be mended and counted apart" {
    printf 'id,a\n1,x\n2,"y\n3,z\n' | sed 's/^2,"y/2,y"/' >bad.csv
    count -g a --id id --rejects aside --partial -o good.state bad.csv
    restore aside | tr -d '"' >mended.csv
    count -g a --id id --no-header --columns id,a --partial -o mended.state mended.csv
    count --merge good.state mended.state
    [ "$(cat out)" = $'a,persons,events\nx,1,1\ny,1,1\nz,1,1' ]
}

@test "rejects: without it the first bad record stops the run" {
    fails 'bad.csv:3: 2 fields where the header has 4' "${what[@]}" bad.csv
}

@test "rejects: --max-rejects stops the run behind so many, which are kept" {
    fails "bad.csv:6: field 2: a quote where none may stand (a field with quotes in it is written in quotes, with each of them doubled) (and --max-rejects lets no more be set aside)" \
        "${what[@]}" --rejects aside --max-rejects 2 bad.csv
    [ "$(restore aside | wc -l)" = 2 ]
    count "${what[@]}" --rejects aside --max-rejects 15 bad.csv
    [ "$status" = 0 ]
    fails 'bad.csv:3: 2 fields where the header has 4 (and --max-rejects lets no more be set aside)' \
        "${what[@]}" --rejects aside --max-rejects 0 bad.csv
}

@test "rejects: a quoted field that never ends stops the run, as poisoned input does" {
    { cat good.csv && printf 'p9,C\n"ddg: this output is incomplete'; } >poisoned.csv
    fails 'poisoned.csv:6: field 1: a quoted field that never ends' \
        "${what[@]}" --rejects aside poisoned.csv
    [ ! -e aside ]
    printf 'p9,C,"5,1\n' | cat good.csv - good.csv >open.csv
    fails 'open.csv:5: field 3: a quoted field that never ends' \
        "${what[@]}" --rejects aside open.csv
}

@test "rejects: headers and broken streams are no matter of single records" {
    cat good.csv good.csv >twice.csv
    fails 'twice.csv:5: the header stands here a second time' "${what[@]}" --rejects aside twice.csv
    printf 'a,b\n' >other.csv
    fails "other.csv:1: a header that differs from the first file's" \
        "${what[@]}" --rejects aside good.csv other.csv
    gzip -c bad.csv | head -c 100 >cut.gz
    fails 'cut.gz: a gzip stream that is cut off' "${what[@]}" --rejects aside cut.gz
    [ ! -e aside ]
}

@test "rejects: a file or a table that cannot be written is an error" {
    echo old >aside
    status=0
    "$count" "${what[@]}" --rejects aside bad.csv >/dev/full 2>err || status=$?
    [ "$status" = 2 ]
    fails 'none/aside: No such file or directory' "${what[@]}" --rejects none/aside bad.csv
    [ -c /dev/full ]
    fails '/dev/full: No space left on device' "${what[@]}" --rejects /dev/full bad.csv
}

@test "rejects: many bad records cost no more than their reading" {
    { echo id,place,age,paid && yes $'p1,A,4,1\np1,A,4,x\np1,A,five,1' | head -n 60000; } >many.csv
    count "${what[@]}" --rejects aside many.csv
    [ "$status" = 0 ]
    [ "$(sed -n 2p out)" = 'A,0-9,1,20000,20000' ]
    [ "$(wc -l <aside)" = 80001 ]
}

@test "rejects: a label that only bad records have is in no table, also not as a zero" {
    printf 'id,a,b\n1,x,1\n2,y,one\n3,z,2\n' >labels.csv
    count -g 'a,b:width(1)' --id id --complete --rejects aside labels.csv
    cmp out - <<'END'
a,b,persons,events
x,1,1,1
x,2,0,0
z,1,0,0
z,2,1,1
END
    count -g 'a,b:width(1)' --id id --rejects aside --partial labels.csv
    cp out state
    count -g 'a,b:width(1)' --id id --complete --rejects aside labels.csv
    cp out wanted
    count --merge --complete state
    cmp out wanted
}

@test "rejects: blank values are no bad records, and --missing counts them" {
    printf 'id,a,b\n1,,4\n2,x,\n' >blank.csv
    count -g 'a,b:width(10)' --id id --missing None --rejects aside blank.csv
    [ "$(cat out)" = $'a,b,persons,events\nNone,0-9,1,1\nx,None,1,1' ]
    [ "$(wc -l <aside)" = 1 ]
}

@test "rejects: options and files that make no sense are refused" {
    fails '--max-rejects is a limit of --rejects, which is missing (try --help)' \
        "${what[@]}" --max-rejects 3 bad.csv
    fails '--rejects is for records, --merge reads states (try --help)' --merge --rejects aside state
    fails "--max-rejects is a whole number from 0 to 18446744073709551615, not '-1' (try --help)" \
        "${what[@]}" --rejects aside --max-rejects -1 bad.csv
    fails "--rejects wants a file of its own, not 'bad.csv' (try --help)" \
        "${what[@]}" --rejects bad.csv bad.csv
    fails "--rejects wants a file of its own, not '-' (try --help)" "${what[@]}" --rejects - bad.csv
}
