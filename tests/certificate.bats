#!/usr/bin/env bats
# ddg-suppress --certificate: what is in the file, and that a checker who knows nothing but the
# manual (tests/oracle/check_certificate.py) accepts it, and nothing that was tampered with.

# shellcheck disable=SC2094,SC2154 # one file for two things is refused; run sets stderr

bats_require_minimum_version 1.5.0

setup() {
    build=${DDG_BUILD:-$BATS_TEST_DIRNAME/../build}
    judge=$BATS_TEST_DIRNAME/oracle/check_certificate.py
    table=table.csv
    cd "$BATS_TEST_TMPDIR" || return 1
}

suppress() {
    env -i PATH="$PATH" LC_ALL=C "$build/ddg-suppress" -q "$@"
}

# certifies OPTION...: the table is masked, and its certificate holds.
certifies() {
    suppress -o masked.csv --certificate certificate.csv "$@" "$table"
    judge "$@"
}

# judge OPTION...: what the checker finds wrong.
judge() {
    /usr/bin/python3 -B "$judge" "$table" masked.csv certificate.csv "$@"
}

# finds WORD OPTION...: the checker finds a fault of this kind.
finds() {
    local word=$1 status=0
    shift
    judge "$@" >faults || status=$?
    [ "$status" = 1 ] && grep -q "^$word: " faults
}

# The example of the manual.
example() {
    cat >table.csv <<'END'
county,sex,count
Alpine,Female,4
Alpine,Male,30
Alpine,Total,34
Kern,Female,50
Kern,Male,60
Kern,Total,110
Total,Female,54
Total,Male,90
Total,Total,144
END
}

@test "certificate: it says what to add to which cells, in tables that are all needed" {
    example
    certifies
    cmp certificate.csv - <<'END'
table,county,sex,change
1,Alpine,Female,-1
1,Alpine,Male,1
1,Kern,Female,1
1,Kern,Male,-1
2,Alpine,Female,1
2,Alpine,Male,-1
2,Kern,Female,-1
2,Kern,Male,1
END
    certifies --min-values 2
    [ "$(wc -l <certificate.csv)" = 5 ]
}

@test "certificate: a table without suppressed cells has an empty one" {
    printf 'age,count\nA,20\nB,0\nTotal,20\n' >table.csv
    certifies
    cmp certificate.csv <(echo table,age,change)
}

@test "certificate: those of random tables hold, and a checker refuses them once they were tampered with" {
    /usr/bin/python3 -B "$judge" --compare "$build" --tables 120 >answer || {
        grep -v '^ok' answer
        return 1
    }
    [ "$(grep -c '^ok' answer)" = 120 ]
}

@test "certificate: the checker notices a table that does not add up" {
    example
    certifies
    sed -i 's/^1,Kern,Male,-1$/1,Kern,Male,-2/' certificate.csv
    finds line
    sed -i '/^1,Kern,Male/d' certificate.csv
    finds line
}

@test "certificate: the checker notices a count that leaves its range" {
    example
    certifies
    sed -i 's/^\(1,.*\),-1$/\1,-4/; s/^\(1,.*\),1$/\1,4/' certificate.csv
    finds range
    judge --knows sums
    certifies --codes separate
    grep -q '^1,.*,-1$' certificate.csv
    sed -i 's/^\(1,.*\),-1$/\1,-20/; s/^\(1,.*\),1$/\1,20/' certificate.csv
    finds range --codes separate
}

@test "certificate: the checker notices a cell that is shown after all" {
    example
    certifies
    sed -i 's/^Kern,Male,.*/Kern,Male,60,,/' masked.csv
    finds known
}

@test "certificate: the checker notices a shown count that is not true" {
    example
    certifies
    sed -i 's/^Kern,Total,110/Kern,Total,111/' masked.csv
    finds shown
}

@test "certificate: the checker notices values that are missing" {
    example
    certifies
    sed -i '/^1,/d' certificate.csv
    finds values
    judge --min-values 2
}

@test "certificate: the checker notices a change of a total that is public though not printed" {
    printf 'g,s,count\na,F,4\na,M,30\nb,F,50\nb,M,60\n' >table.csv
    certifies
    printf '%s\n' 9,a,F,1 9,b,F,1 9,a,M,1 9,b,M,1 9,a,Total,2 9,b,Total,2 9,Total,F,2 9,Total,M,2 \
        9,Total,Total,4 >>certificate.csv
    finds known
    judge --totals none
}

@test "certificate: the checker notices persons who are more in a part than in the total" {
    printf 'g,persons\na,4\nb,5\nc,90\nTotal,91\n' >table.csv
    printf 'g,persons,annotation\na,,1\nb,,1\nc,,1\nTotal,91,\n' >masked.csv
    printf '%s\n' table,g,change 1,a,1 1,b,-1 2,a,-1 2,b,1 3,a,-1 3,c,1 4,a,2 4,b,-2 >certificate.csv
    judge
    printf '%s\n' 5,a,-2 5,c,2 >>certificate.csv
    finds part
}

@test "certificate: totals that are small and not printed are named by the label of totals" {
    printf 'g,s,count\na,F,4\nb,F,50\nb,M,60\n' >table.csv
    certifies --totals none
    grep -q ',a,Total,' certificate.csv
    certifies --totals add --codes separate
}

@test "certificate: hierarchies, years apart and rows that are passed over" {
    printf 'child,parent\nAlpine,Sierra\nInyo,Sierra\n' >regions.csv
    cat >table.csv <<'END'
year,county,count,mask
2020,Alpine,4,1
2020,Inyo,40,0
2020,Kern,7,0
2020,Yolo,30,0
2020,Sierra,44,0
2020,Total,81,0
2021,Alpine,14,0
2021,Inyo,9,1
2021,Kern,3,1
2021,Yolo,60,0
2021,Sierra,23,0
2021,Total,86,0
END
    certifies --by year --hierarchy county=regions.csv
    certifies --by year --hierarchy county=regions.csv --when-masked
    certifies --by year --hierarchy county=regions.csv --when-masked --codes separate
    certifies --by year --hierarchy county=regions.csv --when-masked --always county=Kern
}

@test "certificate: several count columns have tables of their own" {
    printf 'g,p,q\na,10,4\nb,14,7\nc,10,30\nd,10,40\nTotal,44,81\n' >table.csv
    certifies --count p,q
    [ "$(head -n 1 certificate.csv)" = table,measure,g,change ]
    grep -q ',p,a,' certificate.csv
    grep -q ',q,a,' certificate.csv
    sed -i 's/,q,/,p,/' certificate.csv
    finds values --count p,q
}

@test "certificate: persons, and overlapping categories" {
    cat >table.csv <<'END'
g,s,persons
a,F,4
a,M,30
a,Total,33
b,F,50
b,M,60
b,Total,99
Total,F,51
Total,M,85
Total,Total,120
END
    certifies
    sed -i s/persons/count/ table.csv
    certifies --overlapping g,s
}

@test "certificate: nothing about the table changes, and the bytes are the same again" {
    example
    suppress table.csv >plain
    certifies
    cmp plain masked.csv
    cp certificate.csv first.csv
    certifies
    cmp certificate.csv first.csv
}

@test "certificate: only its owner can read it; so it is with reasons" {
    example
    umask 022
    suppress --certificate certificate.csv --explain why.csv -o masked.csv table.csv
    [ "$(stat -c %a certificate.csv why.csv masked.csv | tr '\n' ' ')" = '600 600 644 ' ]
}

@test "certificate: files beside the table are files of their own" {
    example
    cp table.csv kept.csv
    for option in certificate explain metadata; do
        for file in - table.csv ./table.csv out.csv; do
            run -2 --separate-stderr suppress "--$option" "$file" -o out.csv table.csv
            [ "$stderr" = "ddg-suppress: --$option wants a file of its own, not '$file' (try --help)" ]
        done
    done
    run -2 --separate-stderr suppress --explain one.csv --certificate one.csv table.csv
    [ "$stderr" = "ddg-suppress: --certificate wants a file of its own, not 'one.csv' (try --help)" ]
    status=0
    suppress --certificate printed <table.csv >printed || status=$?
    [ "$status" = 2 ]
    status=0
    suppress --certificate table.csv <table.csv >printed || status=$?
    [ "$status" = 2 ]
    cmp table.csv kept.csv
    [ ! -e out.csv ] && [ ! -e one.csv ]
    suppress --certificate /dev/null --explain /dev/null table.csv >printed
}

@test "certificate: one that cannot be written is an error without a table" {
    example
    for file in nowhere/certificate.csv /dev/full; do
        run -2 suppress --certificate "$file" -o out.csv table.csv
        [ ! -e out.csv ]
    done
    printf 'g,s,count\na,F,4\na,M,0\nb,F,0\nb,M,60\n' >table.csv
    run -2 suppress --certificate certificate.csv table.csv
    [ ! -e certificate.csv ]
}
